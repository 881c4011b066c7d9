"""Whether a record is true to its own text: every mention the words at its span."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from onrecord.article import Furniture, Problem, Repair
from onrecord.record import Record


def misplaced(record: Record) -> Iterator[str]:
    """Say which mentions of a record are not the words at their span, one sentence each."""
    text = record.article.text
    for part in (record.article.published, *record.actors, *record.attributions, *record.events):
        yield from strays(part, text)
    for part in (*record.transfers, *record.positions):
        yield from strays(part, text)
    article = record.article
    pieces: tuple[Furniture | Repair | Problem, ...] = (
        *article.furniture,
        *article.repairs,
        *article.problems,
    )
    for piece in pieces:
        if piece.span is not None and not 0 <= piece.span[0] <= piece.span[1] <= len(text):
            yield f"{type(piece).__name__.lower()} at {piece.span} leaves the text"


def strays(value: object, text: str) -> Iterator[str]:
    """Say which mentions in a value, at any depth, are not the words at their span in the text."""
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        if "span" in fields and "text" in fields:
            (start, end), words = fields["span"], fields["text"]
            if start < 0 or text[start:end] != words:
                yield f"the words {words[:60]!r} are not at {start}:{end}"
        yield from strays(tuple(fields.values()), text)
    elif isinstance(value, tuple):
        for inner in value:
            yield from strays(inner, text)
