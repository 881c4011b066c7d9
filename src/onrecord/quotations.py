"""Where the words stand in quotation marks.

Marks pair inside a paragraph. A paragraph that opens a quotation and does not close it, before another that
opens one again, is the ordinary way to print a quotation of several paragraphs: it ends with its paragraph
and says so (`closed` is false). Double marks are strong evidence of a quotation, single ones only where they
cannot be an apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.article import Span

_OPEN_CLOSE = {"“": "”", "„": "”", "«": "»", "‘": "’", "‹": "›", "``": "''"}
_MARK = re.compile(r"[“”„«»\"‹›‘’]|''|``|'")
_STRAIGHT = {'"', "''", "'"}
_SINGLE = {"'", "‘", "’"}
_ELISION = re.compile(r"['‘’](?:\d\ds?|tis|twas|em|til|cause|n)\b", re.IGNORECASE)

Side = Literal["open", "close", "either", "neither"]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks: `start:end` with the marks, `inner` without; `depth` 0 is outermost."""

    start: int
    end: int
    inner: Span
    closed: bool
    depth: int
    single: bool


@dataclass(slots=True)
class _Pending:
    mark: str
    start: int
    inner: int


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Give the quotations in the order in which they begin; spans of one depth never overlap.

    Takes time linear in the length of the text for any input.
    """
    found: list[Quotation] = []
    start = 0
    for line in text.splitlines(keepends=True):
        found.extend(_nested(_in_paragraph(line, start)))
        start += len(line)
    return tuple(found)


def _nested(quotations: Iterable[Quotation]) -> Iterator[Quotation]:
    """Order the quotations of a paragraph and count how deep each stands in the others."""
    around: list[Quotation] = []
    for q in sorted(quotations, key=lambda q: (q.start, -q.end)):
        while around and around[-1].end <= q.start:
            around.pop()
        yield replace(q, depth=len(around))
        around.append(q)


def _in_paragraph(line: str, offset: int) -> Iterator[Quotation]:
    stack: list[_Pending] = []
    last_closed = -1
    end = len(line.rstrip())
    for match in _MARK.finditer(line):
        mark, at = match.group(), match.start()
        side = _side(line, match.start(), match.end(), mark)
        opener = _opener(stack, mark) if side in ("close", "either") else None
        if opener is not None:
            pending = stack[opener]
            # Marks that opened inside and never closed were no quotations.
            del stack[opener:]
            if pending.mark not in _SINGLE:
                last_closed = max(last_closed, pending.start)
            if at > pending.inner:
                yield Quotation(
                    pending.start + offset,
                    match.end() + offset,
                    (pending.inner + offset, at + offset),
                    closed=True,
                    depth=0,
                    single=pending.mark in _SINGLE,
                )
        elif side in ("open", "either") and len(stack) < 4:
            stack.append(_Pending(mark, at, match.end()))
    # Only a double mark may stay open to the end of its paragraph: a lone single mark is an apostrophe, and
    # one with whole quotations after it is a stray.
    first = next((p for p in stack if p.mark not in _SINGLE and p.inner < end), None)
    if first is not None and first.start > last_closed:
        yield Quotation(
            first.start + offset,
            end + offset,
            (first.inner + offset, end + offset),
            closed=False,
            depth=0,
            single=False,
        )


def _opener(stack: list[_Pending], mark: str) -> int | None:
    """Find the innermost open mark that this one closes."""
    for i in range(len(stack) - 1, -1, -1):
        opened = stack[i].mark
        if opened == mark and mark in _STRAIGHT:
            return i
        if _OPEN_CLOSE.get(opened) == mark or (opened == "„" and mark == "“"):
            return i
        # Mixed typography (“…") happens where two systems met; a double closes a double.
        if opened not in _SINGLE and mark in ('"', "”", "''"):
            return i
    return None


def _side(line: str, start: int, end: int, mark: str) -> Side:
    """Say what the characters around a mark allow it to be."""
    before = line[start - 1] if start else " "
    after = line[end] if end < len(line) else " "
    can_open = not after.isspace() and not (before.isalnum() or before in ".,!?%")
    can_close = not before.isspace() and not after.isalnum()
    if mark in ("“", "«", "‹", "``", "„"):
        return "open" if mark != "“" or can_open else "either"
    if mark in ("”", "»", "›"):
        return "close"
    if mark in _SINGLE and _ELISION.match(line, start):
        return "neither"
    if mark == "‘":
        return "open" if can_open else "neither"
    if mark in ("’", "'"):
        # An apostrophe after a plural (the Kurds') looks like a closing mark; `_opener` decides whether it
        # has a partner.
        if can_close:
            return "either" if can_open and mark == "'" else "close"
        return "open" if can_open and mark == "'" and after.isalpha() else "neither"
    if can_open and can_close:
        return "either"
    if can_open:
        return "open"
    return "close" if can_close else "either"
