"""How present who is: each mention makes somebody present, and presence fades from sentence to sentence.

A subject is made more present than an object, by a main clause more than by a subordinate one (after Lappin
and Leass, An Algorithm for Pronominal Anaphora Resolution, 1994; the weights are ours).
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from onrecord.article import Span
from onrecord.record import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

_WEIGHT = {"nsubj": 1.0, "nsubjpass": 0.8, "dobj": 0.5, "dative": 0.5, "attr": 0.5, "ROOT": 0.6, "poss": 0.35}
_OTHER = 0.3
_OBLIQUE = 0.4
_SUBORDINATE = 0.7

INSIDE_A_NAME = 0.08
"""The weight of a name inside another: *the Holt campaign*."""

SPEAKING = 0.3
"""What speaking adds."""

ASKED_WHO_SPEAKS = 1.6
"""How much more a speaker is meant by a pronoun that speaks itself."""

AGAIN = 0.9
"""What a pronoun gives of the weight of a name."""

_REPEATED = 0.3
"""What counts of all mentions but the most present one, so that who is named all over does not win always."""

_FADES = 0.55
"""What a sentence leaves of presence."""

_REACH = 8
"""Sentences over which somebody stays present."""

_NEAR = 60
"""Mentions that are looked back over."""

CHAIN = 8
"""Steps up or down a list of names: an endless list must not take endless time."""

Number = Literal["person", "body", "many"]


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something that a pronoun may mean: an actor, or what the words in `span` describe."""

    key: str
    actor: Actor | None
    span: Span
    number: Number
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """One mention of a referent: where, in which sentence, how much it weighs, whether it speaks."""

    start: int
    beat: int
    weight: float
    who: Referent
    speaks: bool = False


def rank(
    mentions: Sequence[Presence], at: int, beat: int, may: Callable[[Referent], bool], speaks: float = 1.0
) -> list[tuple[Referent, float]]:
    """Give who is present at a place in sentence `beat`, the most present first.

    `mentions` are in the order of the text; `may` says who comes into question; `speaks` favours speakers.
    """
    best: dict[str, float] = {}
    rest: dict[str, float] = {}
    last: dict[str, Referent] = {}
    end = bisect.bisect_left(mentions, at, key=_start)
    for m in mentions[max(0, end - _NEAR) : end]:
        gone = beat - m.beat
        if gone <= _REACH and may(m.who):
            key = m.who.key
            value = m.weight * _FADES**gone * (speaks if m.speaks else 1.0)
            most = best.get(key, 0.0)
            best[key] = max(most, value)
            rest[key] = rest.get(key, 0.0) + min(most, value)
            last[key] = m.who
    ranked = ((last[key], value + _REPEATED * rest[key]) for key, value in best.items())
    return sorted(ranked, key=lambda p: -p[1])


def _start(m: Presence) -> int:
    return m.start


def weight_of(token: Token, end: int) -> float:
    """Say how present a mention makes: by the part that it plays in its clause."""
    for _ in range(CHAIN):
        token = token.head if token.dep_ in ("appos", "conj", "flat", "nmod") else token
    if token.dep_ == "compound" and token.head.idx >= end:
        return INSIDE_A_NAME  # "the Holt campaign"
    if token.dep_ == "pobj":
        acted = token.head.dep_ == "agent" and token.head.head.dep_ not in ("acl", "relcl")
        return _WEIGHT["nsubjpass"] if acted else _OBLIQUE
    weight = _WEIGHT.get(token.dep_, _OTHER)
    main = token.head.dep_ in ("ROOT", "conj", "parataxis")
    return weight * _SUBORDINATE if token.dep_ in ("nsubj", "nsubjpass") and not main else weight


def end_of_list(head: Token) -> Token | None:
    """Give the last noun of a list by its first (*Holt* of *Lind, Reed and Holt*), None of a noun alone."""
    last = head
    for _ in range(CHAIN):
        last = next((c for c in last.children if c.dep_ == "conj" and c.i > last.i), last)
    return last if last.i != head.i else None


def clause_subject(token: Token) -> Token | None:
    """Give the subject of the clause of which a pronoun is an object, whom it cannot mean."""
    verb = token.head
    if token.dep_ == "pobj" and verb.dep_ == "prep":
        verb = verb.head
    if token.dep_ not in ("dobj", "dative", "pobj") or verb.pos_ not in ("VERB", "AUX"):
        return None
    return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
