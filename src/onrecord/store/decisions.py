"""What people decide about a machine's record, and how it outlives the next reading.

A decision is bound to the words that it is about, not to an id: the quotation, with some words before and
after it (the TextQuoteSelector of the W3C Web Annotation model) and the place where it stood. After a
re-reading it is looked for again. Decisions are never changed or deleted; one that was wrong is undone.
"""

from __future__ import annotations

import datetime as dt
import difflib
import itertools
import operator
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from onrecord.article import Mention, Span
from onrecord.record import Actor, Attribution, Event, Item, Position, Record, Transfer

Verdict = Literal["accept", "mend", "merge", "split", "reject"]
Kind = Literal["actor", "attribution", "event", "transfer", "position"]

_CONTEXT = 32
_DECODERS: dict[Kind, msgspec.json.Decoder[Any]] = {
    "actor": msgspec.json.Decoder(tuple[Actor, ...]),
    "attribution": msgspec.json.Decoder(tuple[Attribution, ...]),
    "event": msgspec.json.Decoder(tuple[Event, ...]),
    "transfer": msgspec.json.Decoder(tuple[Transfer, ...]),
    "position": msgspec.json.Decoder(tuple[Position, ...]),
}


class Selector(Struct, frozen=True):
    """Words, what stands before and after them, and the place where they stood when they were selected."""

    exact: str
    prefix: str
    suffix: str
    start: int


class Decision(Struct, frozen=True):
    """A verdict on one item of a record.

    `before` is the item as it was; `after` what stands in its place: itself where it was accepted, one item
    where it was mended, several where it was split, none where it was rejected or merged into another.
    `bound_to` is the id of the item that the decision is about in the present record, null where its words
    are not there, or where the machine finds nothing in them now. `undone_at` is null while it stands.
    """

    id: int
    made_at: dt.datetime
    made_by: str
    verdict: Verdict
    article: str
    selector: Selector
    before: Item
    after: tuple[Item, ...]
    reason: str | None = None
    bound_to: str | None = None
    undone_at: dt.datetime | None = None


def kind_of(item: Item) -> Kind:
    """Name the kind of an item."""
    match item:
        case Actor():
            return "actor"
        case Attribution():
            return "attribution"
        case Event():
            return "event"
        case Transfer():
            return "transfer"
        case Position():
            return "position"


def items(record: Record, kind: Kind) -> tuple[Item, ...]:
    """Give the items of one kind."""
    match kind:
        case "actor":
            return record.actors
        case "attribution":
            return record.attributions
        case "event":
            return record.events
        case "transfer":
            return record.transfers
        case "position":
            return record.positions


def find_item(record: Record, id_: str) -> Item | None:
    """Give the item with this id, whatever its kind."""
    every: tuple[Item, ...] = (
        *record.attributions,
        *record.events,
        *record.transfers,
        *record.positions,
        *record.actors,
    )
    return next((item for item in every if item.id == id_), None)


def anchor(item: Item) -> Mention | None:
    """Give the words that an item is known by: what is said, the deed, the thing supplied, the evidence."""
    match item:
        case Actor():
            return next(iter(item.mentions), None)
        case Attribution():
            return next(iter(item.content), None)
        case Event():
            return item.act
        case Transfer():
            return item.item
        case Position():
            return next(iter(item.evidence), None)


def encode(these: Sequence[Item]) -> str:
    """Give items as a JSON array."""
    return msgspec.json.encode(these).decode()


def decode(kind: Kind, line: str) -> tuple[Item, ...]:
    """Read the items that `encode` wrote.

    Raises:
        msgspec.ValidationError: where the JSON is not items of that kind.
    """
    these: tuple[Item, ...] = _DECODERS[kind].decode(line)
    return these


def select(text: str, mention: Mention) -> Selector:
    """Give the selector of some words of the text."""
    return Selector(
        mention.text,
        text[max(0, mention.start - _CONTEXT) : mention.start],
        text[mention.end : mention.end + _CONTEXT],
        mention.start,
    )


def locate(text: str, selector: Selector) -> Span | None:
    """Find the words again: where most of what stood around them still does, nearest to where they stood."""
    width = len(selector.exact)

    def likeness(start: int) -> tuple[int, int]:
        before = text[max(0, start - _CONTEXT) : start]
        after = text[start + width : start + width + _CONTEXT]
        around = _shared(before[::-1], selector.prefix[::-1]) + _shared(after, selector.suffix)
        return around, -abs(start - selector.start)

    best = max(_occurrences(text, selector.exact), key=likeness, default=None)
    return None if best is None else (best, best + width)


def _occurrences(text: str, words: str) -> Iterator[int]:
    start = text.find(words) if words else -1
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _shared(one: str, two: str) -> int:
    return sum(1 for _ in itertools.takewhile(bool, map(operator.eq, one, two)))


def bind(record: Record, decision: Decision) -> Item | None:
    """Find the item of the record that the decision is about, null where there is none."""
    span = locate(record.article.text, decision.selector)
    if span is None:
        return None
    near: list[tuple[float, bool, float, Item]] = []
    for item in items(record, kind_of(decision.before)):
        words = anchor(item)
        if words is not None and (shared := _overlap(words.span, span)) >= 0.5:
            near.append((shared, item.id == decision.before.id, _alike(item, decision.before), item))
    return max(near, key=lambda found: found[:3])[3] if near else None


def _overlap(one: Span, two: Span) -> float:
    """Give the share of the union of two spans that both cover."""
    both = min(one[1], two[1]) - max(one[0], two[0])
    union = max(one[1], two[1]) - min(one[0], two[0])
    return both / union if both > 0 else 0.0


def _alike(one: Item, two: Item) -> float:
    return difflib.SequenceMatcher(None, encode([one]), encode([two]), autojunk=False).quick_ratio()


def apply(record: Record, decisions: Sequence[Decision]) -> tuple[Record, dict[int, str | None]]:
    """Give the record as people have decided that it is, and what each standing decision is bound to.

    What a person accepted, mended or split stands even where the machine now finds something else in the same
    words, or nothing, for as long as the article has the words. A transfer falls with its event.
    """
    bound: dict[int, str | None] = {}
    events = {event.id for event in record.events}
    for decision in sorted(decisions, key=lambda d: d.id):
        if decision.undone_at is not None:
            continue
        item = bind(record, decision)
        bound[decision.id] = item.id if item is not None else None
        settled = _settled(record, decision, item)
        if settled is not None:
            record = _put(record, kind_of(decision.before), item, settled)
    gone = events - {event.id for event in record.events}
    if gone:
        record = replace(record, transfers=tuple(t for t in record.transfers if t.event not in gone))
    return record, bound


def _settled(record: Record, decision: Decision, item: Item | None) -> tuple[Item, ...] | None:
    """Give what stands in the item's place, its spans moved to where the words stand now; null: cannot be."""
    span = locate(record.article.text, decision.selector)
    if span is None:
        return None
    moved: list[Item] = []
    for after in decision.after:
        here = _moved(record.article.text, after, span[0] - decision.selector.start)
        if here is None:
            return None
        moved.append(here)
    if len(moved) == 1 and item is not None:
        # What else the record says of it refers to the id that the machine gives it now.
        moved = [replace(moved[0], id=item.id)]
    return tuple(moved)


def _moved(text: str, item: Item, by: int) -> Item | None:
    """Move every span, or leave it (an edit can stand between); null where its words are in neither place."""

    def place(span: Span, words: str) -> Span:
        start, end = span
        for offset in (by, 0):
            if start + offset >= 0 and text[start + offset : end + offset] == words:
                return start + offset, end + offset
        raise LookupError

    def shift(value: Any) -> Any:
        if isinstance(value, dict):
            shifted = {key: shift(inner) for key, inner in value.items()}
            if "span" in value and "text" in value:
                shifted["span"] = place(value["span"], value["text"])
            return shifted
        return [shift(inner) for inner in value] if isinstance(value, list | tuple) else value

    try:
        return msgspec.convert(shift(msgspec.to_builtins(item)), type(item))
    except LookupError:
        return None


def _put(record: Record, kind: Kind, item: Item | None, settled: Sequence[Item]) -> Record:
    """Put items in the place of one, or at the end where there was none."""
    everything = items(record, kind)
    at = next((i for i, other in enumerate(everything) if other is item), len(everything))
    after = (*everything[:at], *settled, *everything[at + 1 :])
    field: dict[Kind, str] = {
        "actor": "actors",
        "attribution": "attributions",
        "event": "events",
        "transfer": "transfers",
        "position": "positions",
    }
    return replace(record, **{field[kind]: after})
