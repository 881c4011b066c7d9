"""Passages that stand in the text twice: pull quotes, and paragraphs printed again.

A pull quote is the copy that stands alone, a paragraph that is nothing but a quotation without a cue; the
passage that it repeats is the one with more around it. It may be reworded a little, drop the attribution in
the middle, or put the outlet's own sentence in quotation marks. Candidates are compared with the places that
share three words in a row with them, and only so many of them, so that the time stays near linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from onrecord.article import Furniture, Span
from onrecord.quotations import Quotation

FEWEST: Final = 6
"""Words; a shorter quotation that comes twice may be a slogan."""

MOST: Final = 100
"""Words; a longer paragraph is no pull quote."""

COMPARED: Final = 150
"""Close comparisons, at most; no article has as many pull quotes."""

_SHINGLE = 3
_POSTINGS = 12  # a shingle that comes more often says nothing
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
_END = re.compile(r"[.!?…]+[”\"’'»]*\s*$")
_SIGNED = re.compile(r"\s*(?:—|–|--?|―)\s*[A-Z][^.!?]{2,100}$")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the text, folded, with their spans, and the paragraphs that they stand in."""

    text: str
    paragraphs: tuple[Span, ...]
    alone: frozenset[int]
    """The paragraphs that are nothing but a quotation."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    bounds: tuple[Span, ...]
    """The first and one past the last word of each paragraph."""
    starts: tuple[int, ...]
    """The first word of each paragraph."""


@dataclass(frozen=True, slots=True)
class _Match:
    """Where a passage is repeated: words `first:last` of paragraph `where`; `exact` without any rewording."""

    where: int
    first: int
    last: int
    exact: bool


def find_repeats(
    text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation], skip: frozenset[int] = frozenset()
) -> tuple[Furniture, ...]:
    """Give the pull quotes (`pull_quote`) and the paragraphs printed twice (`other`), with what they repeat.

    `skip` holds indices of paragraphs that are furniture already.
    """
    table = _tabulate(text, paragraphs, quotations)
    index = _shingles(table)
    marked: dict[int, _Match] = {}
    left = COMPARED
    for i, (first, last) in enumerate(table.bounds):
        if i in skip or not FEWEST <= last - first <= MOST:
            continue
        for where, diagonal in _places(table, index, i, skip)[:left]:
            left -= 1
            match = None if where in marked else _compare(table, i, where, diagonal)
            if match is not None and _is_copy(table, i, match):
                marked[i] = match
                break
    return tuple(_furniture(table, marked))


def _is_copy(table: _Words, i: int, match: _Match) -> bool:
    """Say whether paragraph `i` is the copy of the two, and not the passage itself."""
    if i in table.alone:
        return match.where not in table.alone or _is_copy_of_alone(table, i, match.where)
    # Words without quotation marks, and neither of the two the headline: only an exact copy is one.
    if not match.exact or 0 in (i, match.where) or match.last - match.first < FEWEST + 2:
        return False
    mine, other = (_length(table, p) for p in (i, match.where))
    return other > mine or (other == mine and match.where < i)


def _tabulate(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> _Words:
    words: list[str] = []
    spans: list[Span] = []
    bounds: list[Span] = []
    alone = _standing_alone(text, paragraphs, quotations)
    for i, (start, end) in enumerate(paragraphs):
        first = len(words)
        # A name after the quotation is no part of what it repeats.
        for match in _WORD.finditer(text, start, alone.get(i, end)):
            words.append(match.group().casefold().replace("’", "'"))
            spans.append(match.span())
        bounds.append((first, len(words)))
    return _Words(
        text,
        tuple(paragraphs),
        frozenset(alone),
        tuple(words),
        tuple(spans),
        tuple(bounds),
        tuple(first for first, _ in bounds),
    )


def _shingles(table: _Words) -> dict[tuple[str, ...], list[int]]:
    index: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for first, last in table.bounds:
        for at in range(first, last - _SHINGLE + 1):
            places = index[table.words[at : at + _SHINGLE]]
            if len(places) < _POSTINGS:
                places.append(at)
    return index


def _standing_alone(text: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> dict[int, int]:
    """Give the paragraphs that are one quotation, but for a name after a dash, each with its end."""
    starts = [start for start, _ in paragraphs]
    found = {}
    for quotation in quotations:
        i = bisect_right(starts, quotation.start) - 1
        if quotation.depth or i < 0 or paragraphs[i][0] != quotation.start:
            continue
        rest = text[quotation.end : paragraphs[i][1]]
        if not rest.strip(" .,\u00a0") or _SIGNED.fullmatch(rest):
            found[i] = quotation.end
    return found


def _places(
    table: _Words, index: dict[tuple[str, ...], list[int]], i: int, skip: frozenset[int]
) -> list[tuple[int, int]]:
    """Give the paragraphs that share most with paragraph `i`, each with where it would begin there."""
    first, last = table.bounds[i]
    votes: Counter[int] = Counter()
    diagonals: dict[int, Counter[int]] = defaultdict(Counter)
    for at in range(first, last - _SHINGLE + 1):
        for other in index[table.words[at : at + _SHINGLE]]:
            if first <= other < last:
                continue
            where = bisect_right(table.starts, other) - 1
            votes[where] += 1
            diagonals[where][other - (at - first)] += 1
    enough = max(2, (last - first - _SHINGLE + 1) // 3)
    best = [w for w, n in votes.most_common(3) if n >= enough and w not in skip]
    return [(w, diagonals[w].most_common(1)[0][0]) for w in best]


def _compare(table: _Words, i: int, where: int, diagonal: int) -> _Match | None:
    """Compare paragraph `i` with the words of paragraph `where` around `diagonal`.

    Nearly all words must come back in their order; what does not must be replaced, not added: a quotation
    that goes on beyond the other copy is no repeat of it.
    """
    first, last = table.bounds[i]
    low, high = table.bounds[where]
    length = last - first
    low, high = max(low, diagonal - length // 2 - 12), min(high, diagonal + length + length // 2 + 12)
    mine, theirs = table.words[first:last], table.words[low:high]
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    same = sum(b.size for b in blocks)
    if not blocks or same < FEWEST - 1 or same < 0.8 * length:
        return None
    # A word replaced at either end belongs to the passage too.
    around = (blocks[0].a, length - blocks[-1].a - blocks[-1].size)
    begin = max(0, blocks[0].b - around[0])
    end = min(len(theirs), blocks[-1].b + blocks[-1].size + around[1])
    added = sum(
        max(0, (b.a - a.a - a.size) - (b.b - a.b - a.size)) for a, b in pairwise(blocks)
    )  # words between matches that nothing in the other copy stands for
    if added > max(1, length // 10) or sum(around) > max(2, length // 8) or end - begin > 1.5 * length + 8:
        return None
    return _Match(where, low + begin, low + end, exact=same == length == end - begin)


def _length(table: _Words, i: int) -> int:
    first, last = table.bounds[i]
    return last - first


def _is_copy_of_alone(table: _Words, i: int, where: int) -> bool:
    """Of two quotations that both stand alone, say whether `i` is the copy.

    In this order: the copy is the shorter one; it lacks the full stop; it does not go on with a quotation
    that the paragraph before attributes; it comes later.
    """
    if _length(table, i) != _length(table, where):
        return _length(table, i) < _length(table, where)
    stops, other_stops = (bool(_END.search(_paragraph(table, p))) for p in (i, where))
    if stops != other_stops:
        return other_stops
    goes_on, other_goes_on = (_goes_on(table, p) for p in (i, where))
    if goes_on != other_goes_on:
        return other_goes_on
    return i > where


_CUED = re.compile(r"[“\"‘].{20,}[”\"’].{0,80}\b(?:said|says|told|added|adds|explained|argued|noted)\b")


def _goes_on(table: _Words, i: int) -> bool:
    return i > 0 and bool(_CUED.search(_paragraph(table, i - 1)[:1000]))


def _paragraph(table: _Words, i: int) -> str:
    return table.text[slice(*table.paragraphs[i])]


def _furniture(table: _Words, marked: dict[int, _Match]) -> Iterator[Furniture]:
    for i, match in sorted(marked.items()):
        start, end = table.paragraphs[i]
        alone = i in table.alone
        if alone and i + 1 < len(table.paragraphs) and _SIGNED.fullmatch(_paragraph(table, i + 1)):
            end = table.paragraphs[i + 1][1]
        whole_again = not alone and _length(table, i) == _length(table, match.where)
        passage = (table.spans[match.first][0], table.spans[match.last - 1][1])
        yield Furniture("other" if whole_again else "pull_quote", (start, end), passage)
