"""Words that name deeds between states → PLOVER event types.

The 16 types and their scope are those of PLOVER as of 2021 (Halterman, Bagozzi, Beger, Schrodt &
Scarborough, "PLOVER and POLECAT", 2023; types named in `onrecord.record.EventType`). Which words name them
is our own choice after the definitions; it stands in `data/plover_acts.tsv`, one word or phrase a line,
with the place of its recipient ("obj" or prepositions), whether all sides do it together, and whether the
noun names a deed only as the object of a verb that does it ("deployed troops").
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from onrecord.data import table
from onrecord.record import EventType, Status

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word means as a deed.

    Its type, where its recipient stands, whether all sides do it together, and whether it needs a verb that
    does it.
    """

    event: EventType
    object: bool
    prepositions: tuple[str, ...]
    reciprocal: bool
    governed: bool


IMPOSE: EventType = "COERCE"
"""How sanctions and embargoes are filed: as the mapping of 2021 has them (CAMEO 163 → COERCE, restrict)."""

EITHER_WAY: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "ASSAULT"})
"""Types of deeds that two sides may do to each other by one act: "met", "signed", "clashed"."""


def named(types: Mapping[str, float]) -> tuple[EventType, float]:
    """Give the likeliest event type, and how probable it is; null (NONE) is left aside."""
    probable: dict[EventType, float] = dict.fromkeys(get_args(EventType), 0.0)
    for name in probable:
        probable[name] += types[name]
    probable[IMPOSE] += types["IMPOSE"]
    best = max(probable, key=lambda name: probable[name])
    return best, probable[best]


COMMISSIVE: frozenset[EventType] = frozenset({"AGREE", "THREATEN"})
"""Deeds that commit to another, which is no event by itself until it is done."""

_COMING: dict[EventType, EventType] = {
    **dict.fromkeys(("CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"), "AGREE"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "THREATEN"),
}


def as_coded(event: EventType, status: Status) -> EventType:
    """Give the type of a deed by its time: the codebook has what is still to come as AGREE or THREATEN.

    "Will visit" and "is to deliver" are intentions to cooperate (CAMEO 03: cooperative acts in the future
    tense), "will attack" and "plans to expel" are threats.
    """
    return _COMING.get(event, event) if status == "planned" else event


LIGHT = frozenset(
    """
    amass base begin carry commence conclude conduct continue declare deepen deliver deploy dispatch do
    drop establish expand express extend finalise finalize forge form give grant have hold impose
    increase issue launch lead levy make mass mend mount move normalise normalize offer open order
    organise organize pay provide reach receive renew restore resume send sign slap stage start step
    strengthen sustain undertake upgrade voice wage
    """.split()
)
"""Verbs that lend their subject to the deed that their object names: "launched an attack on"."""

ENDING = frozenset(
    """
    ban break cancel cease curb curtail cut discontinue ease end freeze halt lift loosen pause postpone
    reduce relax remove scrap sever stop suspend terminate
    """.split()
)
"""Verbs that end or reduce the deed that their object names."""

REVERSED: dict[EventType, EventType] = {
    "SANCTION": "RETREAT",
    "COERCE": "RETREAT",
    "MOBILIZE": "RETREAT",
    "ASSAULT": "RETREAT",
    "AID": "SANCTION",
    "COOPERATE": "SANCTION",
    "CONSULT": "SANCTION",
    "SUPPORT": "SANCTION",
    "AGREE": "SANCTION",
}
"""What it is to end a deed: lifted sanctions are a retreat (CAMEO 085), halted aid is a sanction."""


_ENVOYS = frozenset(
    """
    adviser advisor ambassador chancellor chief commander delegation diplomat emissary emperor envoy
    general head king leader minister negotiator official premier president prince queen representative
    secretary team
    """.split()
)
TRAVELLING = {"travel": _ENVOYS, "fly": _ENVOYS, "arrive": _ENVOYS}
"""Verbs that name a deed only where these do it: envoys travel to consult, tourists do not."""

_CAPTIVES = frozenset(
    "captive citizen crew detainee diplomat fisherman hostage national prisoner sailor soldier".split()
)
OBJECTS = {
    "recall": frozenset({"ambassador", "attache", "attaché", "diplomat", "envoy"}),
    "close": frozenset({"airspace", "border", "consulate", "embassy", "port"}),
    "release": _CAPTIVES,
    "share": frozenset({"data", "information", "intelligence", "technology"}),
}
"""Verbs that name a deed only with one of these objects."""

IDIOMS = {
    "strike": frozenset("accord agreement bargain balance blow chord deal note oil pact pose tone".split()),
    "dismiss": frozenset({"government", "minister"}),
}
"""Objects with which a verb means something else: "struck a deal"."""


@functools.cache
def _senses() -> dict[tuple[str, bool], Sense]:
    known: dict[tuple[str, bool], Sense] = {}
    types: dict[str, EventType] = {name: name for name in get_args(EventType)}
    for row in table("plover_acts.tsv"):
        places = row["recipient"].split(",")
        sense = Sense(
            event=types[row["event"]],
            object="obj" in places,
            prepositions=tuple(p for p in places if p != "obj"),
            reciprocal=row["reciprocal"] == "yes",
            governed=row["governed"] == "yes",
        )
        known[row["words"], row["pos"] == "verb"] = sense
    return known


def sense(token: Token) -> Sense | None:
    """Give the sense of a verb (with its particle: "turn down", "call on") or noun, if it has one."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB":
        for child in token.children:
            if child.dep_ in ("prt", "prep", "advmod") and (
                found := _senses().get((f"{lemma} {child.lower_}", True))
            ):
                return found
        return _senses().get((lemma, True))
    return _senses().get((lemma, False)) if token.pos_ == "NOUN" else None
