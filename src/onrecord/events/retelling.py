"""One event, once: tellings of the same deed inside an article, linked to the one that tells it best.

Every telling stays an event of its own with its words, status and voice; all but the best point at it
(`Event.repeats`), so that a count can pass them over and a person can take a link back. Two tellings are one
deed where type, sides and status agree, their dates can be the same day, and the words say that it is the
same: the same verb or noun, or a noun that points back ("the attack"). Another number, or a word such as
"another", parts them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from onrecord.record import Event, When

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BACK = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})
_ANOTHER = frozenset({"again", "another", "earlier", "fresh", "new", "other", "second", "separate", "third"})
_MOST = 40
"""How many tellings of one type, sides and status are compared, the first in the text, so that time stays
linear; those after them are not linked."""


def link(events: Sequence[Event], doc: Doc) -> tuple[Event, ...]:
    """Give the events in their order, retellings linked; the best has all the evidence, its own first."""
    groups: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events:
        groups[event.event, _sides(event), event.status, event.reciprocal].append(event)
    best: dict[str, Event] = {}
    for group in groups.values():
        leaders: list[Event] = []
        for event in sorted(group[:_MOST], key=_worth):
            leader = next((one for one in leaders if _same(one, event, doc)), None)
            if leader is None:
                leaders.append(event)
            else:
                best[event.id] = leader
    retold: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.id in best:
            retold[best[event.id].id].append(event)
    return tuple(_linked(event, best.get(event.id), retold.get(event.id, ())) for event in events)


def _linked(event: Event, leader: Event | None, retold: Sequence[Event]) -> Event:
    if leader is not None:
        return msgspec.structs.replace(event, repeats=leader.id)
    if not retold:
        return event
    evidence = dict.fromkeys((*event.evidence, *(m for e in sorted(retold, key=_worth) for m in e.evidence)))
    return msgspec.structs.replace(event, evidence=tuple(evidence))


def _sides(event: Event) -> object:
    source, recipient = (
        frozenset(p.country or p.name for p in parties) for parties in (event.source, event.recipient)
    )
    return source | recipient if event.reciprocal else (source, recipient)


def _worth(event: Event) -> tuple[object, ...]:
    """Order tellings, the best first: in the outlet's own voice, dated, surest, earliest."""
    return (
        event.according_to is not None,
        event.when is None or event.when.start is None,
        event.background,
        -round(event.confidence, 2),
        event.act.span,
    )


def _same(one: Event, other: Event, doc: Doc) -> bool:
    if not _may_be_one_day(one.when, other.when):
        return False
    first, second = sorted((one, other), key=lambda e: e.act.span)
    words = _word(first, doc), _word(second, doc)
    if words[0] is None or words[1] is None:
        return False
    if {c.lower_ for c in words[1].children} & _ANOTHER or _numbers(words[0]) != _numbers(words[1]):
        return False
    return words[0].lemma_ == words[1].lemma_ or _points_back(words[1])


def _points_back(word: Token) -> bool:
    return word.pos_ == "NOUN" and any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in _BACK) for c in word.children
    )


def _word(event: Event, doc: Doc) -> Token | None:
    span = doc.char_span(event.act.start, event.act.end, alignment_mode="expand")
    return None if span is None else span.root


def _numbers(word: Token) -> frozenset[str]:
    """Give the numbers of a deed and its object: "two strikes", "three ships"."""
    near = [word, *(c for c in word.children if c.dep_ in ("dobj", "nsubjpass"))]
    return frozenset(c.lower_ for w in near for c in w.children if c.dep_ == "nummod")


def _may_be_one_day(one: When | None, other: When | None) -> bool:
    return one is None or other is None or not (_is_before(one, other) or _is_before(other, one))


def _is_before(one: When, other: When) -> bool:
    return one.end is not None and other.start is not None and one.end < other.start
