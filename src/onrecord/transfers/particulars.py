"""On what terms a thing is transferred, whether it was used before, who pays, and which way it goes.

Each is read only where the sentence of the deed says it in words that mean nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.events.arguments import arguments, prepositions
from onrecord.events.parties import Scene, parties
from onrecord.record import Attribution, Party, Terms
from onrecord.transfers.arms import Arms

if TYPE_CHECKING:
    from spacy.tokens import Token

_TERMS: tuple[tuple[Terms, str], ...] = (
    ("lease", "lease leasing rent rental charter"),
    ("loan", "borrow lend loan"),
    ("gift", "donate donation gift grant present free"),
    ("sale", "buy contract export order purchase sale sell price pay cost worth"),
)
_TERM_OF: dict[str, Terms] = {word: terms for terms, words in _TERMS for word in words.split()}
_NOUNS_ONLY = frozenset("present grant order price cost export".split())
"""Words that say it as nouns alone: what is "granted" or "presented" may be a licence or a report."""

_USED = frozenset("decommissioned ex-army ex-navy refurbished second-hand secondhand surplus used".split())
_PAYING = frozenset("bankroll cover finance foot fund pay underwrite".split())
_WAYS = frozenset({"via", "through", "across"})
_MOST = 60
"""Words on either side of an item that are looked at, so that time stays linear."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a sentence says of a transfer beside sides, item and stage."""

    terms: Terms
    second_hand: bool
    payer: Party | None
    via: tuple[Party, ...]


def read_particulars(
    item: Arms, act: Token, sides: tuple[Party | None, Party | None], scene: Scene, voice: Attribution | None
) -> Particulars:
    """Read the particulars of a deed."""
    return Particulars(
        _terms(act, item.head),
        any(t.lower_ in _USED or _is_second_hand(t) for t in _described(item)),
        _payer(item.head, sides, scene, voice),
        tuple(_via(item.head, sides, scene, voice)),
    )


def _near(head: Token) -> Iterator[Token]:
    sent = head.sent
    yield from head.doc[max(sent.start, head.i - _MOST) : min(sent.end, head.i + _MOST)]


def _described(item: Arms) -> Iterator[Token]:
    """Give the words before an item back to its number, which may say that it is used."""
    doc = item.head.doc
    yield from doc[max(item.head.sent.start, item.first - 4) : item.head.i]


def _is_second_hand(token: Token) -> bool:
    after = token.doc[token.i : token.i + 3].text.lower()
    return after.startswith(("second-hand", "second - hand"))


def _terms(act: Token, head: Token) -> Terms:
    """Give the terms that the act names, or a word above it or beside it: "as a gift", "on loan"."""
    words = [act, *list(act.ancestors)[:3], *(noun for _, noun in prepositions(act))]
    words += [
        c for c in act.children if c.dep_ in ("dobj", "attr", "oprd", "acomp", "ccomp", "advmod", "npadvmod")
    ]
    words += [noun for _, noun in prepositions(head)]
    for word in words:
        lemma = word.lemma_.lower()
        if lemma == "free" and "charge" not in word.doc[word.i : word.i + 3].text.lower():
            continue
        if lemma in _TERM_OF and (lemma not in _NOUNS_ONLY or word.pos_ == "NOUN"):
            return _TERM_OF[lemma]
    return "unknown"


def _payer(
    head: Token, sides: tuple[Party | None, Party | None], scene: Scene, voice: Attribution | None
) -> Party | None:
    """Give who pays and is neither side: "paid for by Riyadh", "with Qatar footing the bill"."""
    for token in _near(head):
        if token.lemma_.lower() not in _PAYING or token.pos_ not in ("VERB", "AUX"):
            continue
        told = arguments(token)
        if token.lemma_.lower() in ("cover", "foot") and not any(
            t.lemma_.lower() in ("bill", "cost") for t in told.themes
        ):
            continue
        by = [noun for c in token.children if c.dep_ == "agent" for noun in c.children if noun.dep_ == "pobj"]
        doers = by or told.agents
        for one in parties(tuple(doers), scene, voice):
            if not _is_side(one, sides):
                return one
    return None


def _via(
    head: Token, sides: tuple[Party | None, Party | None], scene: Scene, voice: Attribution | None
) -> Iterator[Party]:
    """Give the states between the sides: "through Chad", "by way of Lisbon", "via the port of Aqaba"."""
    seen: set[str] = set()
    for token in _near(head):
        way = token.lower_ in _WAYS or (
            token.lower_ == "of" and token.i and token.doc[token.i - 1].lower_ == "way"
        )
        if not way or token.pos_ not in ("ADP", "SCONJ", "ADV"):
            continue
        for one in parties(tuple(c for c in token.children if c.dep_ == "pobj"), scene, voice):
            if one.country is not None and one.country not in seen and not _is_side(one, sides):
                seen.add(one.country)
                yield one


def _is_side(one: Party, sides: tuple[Party | None, Party | None]) -> bool:
    return any(s is not None and (s.country or s.name) == (one.country or one.name) for s in sides)
