"""Who said what: attributions with their kind, speaker and the voice that they stand in."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from onrecord.actors import Cast
from onrecord.article import Article, Mention, Span, mention
from onrecord.attributions import finder, speakers
from onrecord.attributions.found import Found
from onrecord.quotations import Quotation, find_quotations
from onrecord.record import Attribution, AttributionKind, identify

if TYPE_CHECKING:
    from spacy.tokens import Doc

Finder = Callable[["Doc", Sequence[Quotation]], Sequence[Found]]
"""Whatever finds sources, cues and contents."""

_NEAR = 64
"""How many contents back a surrounding voice is looked for."""

INFERRED = 0.5
"""What an inferred speaker leaves of the confidence of its attribution."""


def find_attributions(
    article: Article, doc: Doc, cast: Cast, find: Finder = finder.find
) -> tuple[Attribution, ...]:
    """Give the attributions of an article in the order of their first words; furniture has none."""
    quotations = find_quotations(article.text)
    skipped = [f.span for f in article.furniture]
    found = [f for f in find(doc, quotations) if not _overlaps(f.content, skipped)]
    resolved = speakers.resolve(doc, cast, found)
    ids = [_id(article, f) for f in found]
    outside = _outside(found)
    quoted = _quoted_words(doc, quotations)
    return tuple(
        Attribution(
            id=ids[i],
            kind=_kind(doc, f, quoted),
            source=_mention(article, f.source or resolved[i].source),
            cue=_mention(article, f.cue),
            content=tuple(mention(article.text, *c) for c in f.content),
            speaker=resolved[i].speaker,
            inferred=resolved[i].inferred,
            within=None if outside[i] is None else ids[outside[i] or 0],
            confidence=round(f.confidence * (INFERRED if resolved[i].inferred else 1), 3),
        )
        for i, f in enumerate(found)
    )


def _id(article: Article, found: Found) -> str:
    parts = [s for s in (found.cue, *found.content) if s is not None]
    return identify(article, "attribution", [mention(article.text, *s) for s in parts])


def _mention(article: Article, span: Span | None) -> Mention | None:
    return None if span is None else mention(article.text, *span)


def _overlaps(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(s < f and e < t for s, t in spans for e, f in others)


def _outside(found: Sequence[Found]) -> list[int | None]:
    """Give for each attribution the one whose content holds all of it most closely."""
    contents = sorted((start, end, j) for j, f in enumerate(found) for start, end in f.content)
    result: list[int | None] = []
    for i, f in enumerate(found):
        spans = (*f.content, f.cue) if f.cue else f.content
        low, high = min(s for s, _ in spans), max(e for _, e in spans)
        last = bisect.bisect_right(contents, (low, len(contents) + high))
        around = [
            (end - start, j)
            for start, end, j in contents[max(0, last - _NEAR) : last]
            if j != i and high <= end and (start, end) != (low, high)
        ]
        result.append(min(around)[1] if around else None)
    return result


def _quoted_words(doc: Doc, quotations: Sequence[Quotation]) -> set[int]:
    """Give the words inside quotation marks, as token numbers."""
    return {
        token.i
        for q in quotations
        if not q.single or q.depth == 0
        for token in (doc.char_span(*q.inner, alignment_mode="contract") or ())
    }


def _kind(doc: Doc, found: Found, quoted: set[int]) -> AttributionKind:
    """Count how much of the content stands in quotation marks: nine tenths make it direct, as in PolNeAR."""
    words = [
        t.i
        for c in found.content
        for t in (doc.char_span(*c, alignment_mode="expand") or ())
        if not (t.is_punct or t.is_space or t.is_quote)
    ]
    share = sum(i in quoted for i in words) / len(words) if words else 0.0
    return "direct" if share >= 0.9 else "mixed" if share > 0 else "indirect"
