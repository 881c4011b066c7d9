"""Where a record's things stand in the text: lines cut into segments, each knowing which things cover it.

Things overlap and nest (a deed in a quotation in a quotation), and HTML elements may not. So the text is cut
at every boundary; joined again, the segments and the line breaks between them are the text, always.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from onrecord.article import Article, Furniture, Mention, Span
from onrecord.record import Attribution, Event, Position, Record, Transfer

Role = Literal["content", "source", "cue", "act", "item", "party", "when", "evidence", "problem"]

_PRIMARY: frozenset[Role] = frozenset({"content", "source", "cue", "act", "item", "problem"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that belong to a thing of the record, and the part that they play in it."""

    span: Span
    id: str
    role: Role


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that the same marks cover.

    `ids` are of the things that they belong to, the narrowest first; `evidence` of those that they support;
    `depth` counts the voices in voices.
    """

    start: int
    text: str
    ids: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    depth: int = 0
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text without its break; `furniture` where all of it is no part of the story."""

    start: int
    segments: tuple[Segment, ...]
    furniture: Furniture | None = None


def marks(record: Record) -> tuple[Mark, ...]:
    """Give every mark of a record, in no order. Problems have `problem-0`, `problem-1`, … for ids."""
    things: tuple[Attribution | Event | Transfer | Position, ...] = (
        *record.attributions,
        *record.events,
        *record.transfers,
        *record.positions,
    )
    found = [mark for thing in things for mark in _marks(thing)]
    for number, problem in enumerate(record.article.problems):
        if problem.span is not None:
            found.append(Mark(problem.span, f"problem-{number}", "problem"))
    return tuple(found)


def _marks(thing: Attribution | Event | Transfer | Position) -> Iterator[Mark]:
    parts: list[tuple[Role, Mention | None]]
    match thing:
        case Attribution():
            parts = [("source", thing.source), ("cue", thing.cue)]
            parts += [("content", content) for content in thing.content]
        case Event():
            parts = [("act", thing.act)]
            parts += [("evidence", words) for words in thing.evidence]
            parts += [("party", Mention(who.span, who.text)) for who in (*thing.source, *thing.recipient)]
            parts += [("when", thing.when.mention if thing.when else None), ("when", thing.where)]
        case Transfer():
            parts = [("item", thing.item), ("when", thing.when.mention if thing.when else None)]
            parts += [("evidence", words) for words in thing.evidence]
            named = [who for who in (thing.supplier, thing.recipient) if who is not None]
            parts += [("party", Mention(who.span, who.text)) for who in named]
        case Position():
            parts = [("evidence", words) for words in thing.evidence]
    for role, words in parts:
        if words is not None:
            yield Mark(words.span, thing.id, role)


def lines(article: Article, found: Sequence[Mark]) -> tuple[Line, ...]:
    """Cut the text into lines and segments. A mark that leaves the text is cut off at its end."""
    size = len(article.text)
    marking = _Covering([m for m in found if 0 <= m.span[0] < min(m.span[1], size)])
    story = _Covering([f for f in article.furniture if 0 <= f.span[0] < min(f.span[1], size)])
    made: list[Line] = []
    start = 0
    for line in article.text.split("\n"):
        span = (start, start + len(line))
        made.append(_line(article.text, span, marking.advance(span), story.advance(span)))
        start = span[1] + 1
    return tuple(made)


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


_T = TypeVar("_T", bound=_Spanned)


class _Covering(Generic[_T]):
    """The things that overlap an interval, for intervals that only move forward: linear over all of them."""

    def __init__(self, things: Sequence[_T]) -> None:
        self._waiting = deque(sorted(things, key=lambda t: t.span))
        self._open: list[_T] = []

    def advance(self, span: Span) -> list[_T]:
        start, end = span
        while self._waiting and self._waiting[0].span[0] < end:
            self._open.append(self._waiting.popleft())
        self._open = [t for t in self._open if t.span[1] > start]
        return self._open


def _line(text: str, span: Span, found: Sequence[Mark], pieces: Sequence[Furniture]) -> Line:
    start, end = span
    bounds = {start, end}
    for edges in (*(m.span for m in found), *(f.span for f in pieces)):
        bounds.update(edge for edge in edges if start < edge < end)
    cuts = sorted(bounds)
    segments = []
    covering = _Covering(found)
    for left, right in itertools.pairwise(cuts):
        furniture = any(f.span[0] <= left and right <= f.span[1] for f in pieces)
        segments.append(_segment(left, text[left:right], covering.advance((left, right)), furniture))
    whole = next((f for f in pieces if not _outside(text, span, f.span).strip()), None)
    return Line(start, tuple(segments), whole)


def _segment(start: int, text: str, active: Sequence[Mark], furniture: bool) -> Segment:
    ordered = sorted(active, key=lambda m: (m.span[1] - m.span[0], m.id))
    ids = tuple(dict.fromkeys(m.id for m in ordered if m.role in _PRIMARY))
    return Segment(
        start,
        text,
        ids,
        tuple(dict.fromkeys(m.id for m in ordered if m.role not in _PRIMARY and m.id not in ids)),
        tuple(sorted({m.role for m in ordered})),
        depth=len({m.id for m in ordered if m.role == "content"}),
        furniture=furniture,
    )


def _outside(text: str, line: Span, piece: Span) -> str:
    """Give what of a line lies outside a piece of furniture."""
    return text[line[0] : max(line[0], piece[0])] + text[min(line[1], piece[1]) : line[1]]
