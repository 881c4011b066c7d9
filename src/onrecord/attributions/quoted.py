"""What quotation marks say about contents: whole quotations, those that go on, and those that nobody claims."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.article import Span
from onrecord.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SENTENCE = 4
"""Words from which on a quotation may be a sentence rather than a term."""

_CLAUSE = 6
"""Words from which on a quotation is somebody's words rather than a title or a nickname."""


def outermost(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    """Give the quotations that stand in no other, in their order."""
    kept: list[Quotation] = []
    for q in sorted(quotations, key=lambda q: (q.start, -q.end)):
        if not kept or q.start >= kept[-1].end:
            kept.append(q)
    return tuple(kept)


class Quoted:
    """The outermost quotations of a text, to be asked by place."""

    def __init__(self, doc: Doc, quotations: Sequence[Quotation]) -> None:
        self.doc = doc
        self.text: str = doc.text
        self.quotations = outermost(quotations)
        self._starts = [q.start for q in self.quotations]

    def over(self, at: int) -> Quotation | None:
        """Give the quotation that holds the character at `at`."""
        i = bisect.bisect_right(self._starts, at) - 1
        return self.quotations[i] if i >= 0 and at < self.quotations[i].end else None

    def whole(self, span: Span, free: Span) -> Span:
        """Stretch a content to the marks of the quotations that its ends cover by half, within `free`.

        Where a content is a quotation, its marks belong to it.
        """
        start, end = span
        first, last = self.over(start), self.over(end - 1)
        if first is not None and _shared(span, first) * 2 > first.inner[1] - first.inner[0]:
            start = max(first.start, free[0])
        if last is not None and _shared(span, last) * 2 > last.inner[1] - last.inner[0]:
            end = min(last.end, free[1])
        opening, closing = self.over(start - 1), self.over(end)
        if opening is not None and opening.inner[0] == start and opening.end <= end:
            start = opening.start
        if closing is not None and closing.inner[1] == end and closing.start >= start:
            end = closing.end
        return (start, end) if start < end else span

    def continued(self, end: int) -> Span | None:
        """Give the next paragraph's quotation where the one that ends at `end` was left open for it."""
        last = self.over(end - 1)
        if last is None or last.closed or end < last.inner[1]:
            return None
        i = bisect.bisect_left(self._starts, end)
        if i == len(self._starts) or self.text[end : self._starts[i]].strip():
            return None
        return self.quotations[i].start, self.quotations[i].end

    def unclaimed(self, contents: Sequence[Span]) -> Iterator[tuple[Span, ...]]:
        """Give quoted sentences and clauses of which no content covers half; neighbours come together."""
        claimed = sorted(contents)
        reach = [0]
        for _, end in claimed:
            reach.append(max(reach[-1], end))
        parts: list[Span] = []
        for q in self.quotations:
            before = bisect.bisect_left(claimed, (q.end, 0))
            taken = reach[before] > q.start and any(
                2 * _shared(s, q) > q.end - q.start for s in claimed[max(0, before - 8) : before]
            )
            if taken or not (self._is_sentence(q) or self._is_clause(q)):
                continue
            if parts and not self._one_voice(parts[-1][1], q.start):
                yield tuple(parts)
                parts = []
            parts.append((q.start, q.end))
        if parts:
            yield tuple(parts)

    def _is_sentence(self, quotation: Quotation) -> bool:
        words = self.text[slice(*quotation.inner)].split(None, _SENTENCE)
        if len(words) < _SENTENCE or words[0][0].islower():
            return False
        at = self.doc.char_span(quotation.start, quotation.start + 1, alignment_mode="expand")
        return at is not None and len(at) > 0 and at[0].sent.start_char >= quotation.start - 1

    def _is_clause(self, quotation: Quotation) -> bool:
        words = self.doc.char_span(*quotation.inner, alignment_mode="contract")
        if words is None or quotation.single or sum(t.is_alpha for t in words) < _CLAUSE:
            return False
        verbs = any(t.pos_ in ("VERB", "AUX") for t in words)
        return verbs and not all(t.is_title or t.is_stop or not t.is_alpha for t in words)

    def _one_voice(self, end: int, start: int) -> bool:
        """Say whether nothing but punctuation stands between two quotations of a paragraph."""
        return re.fullmatch(r"[^\w\n]*", self.text[end:start]) is not None


def _shared(span: Span, quotation: Quotation) -> int:
    return min(span[1], quotation.end) - max(span[0], quotation.start)
