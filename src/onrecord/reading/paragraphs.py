"""Where the paragraphs of a text stand.

A paragraph is a line, or, in a text that was wrapped to a width (as in e-mail and old archives), a block
between blank lines.
"""

from __future__ import annotations

import re
from itertools import pairwise

from onrecord.article import Span

_LINE = re.compile(r"[^\n]+")
_BLOCK = re.compile(r"[^\n]+(?:\n(?![ \t]*(?:\n|\Z))[^\n]+)*")


def find_paragraphs(text: str) -> tuple[Span, ...]:
    """Give the span of each paragraph without the white space around it; blank ones are left out."""
    pattern = _BLOCK if is_wrapped(text) else _LINE
    spans = []
    for match in pattern.finditer(text):
        words = match.group()
        start = match.start() + len(words) - len(words.lstrip())
        end = match.start() + len(words.rstrip())
        if start < end:
            spans.append((start, end))
    return tuple(spans)


def is_wrapped(text: str) -> bool:
    """Say whether the lines break at a width, not where paragraphs end.

    Then a line that another follows without a blank one is nearly always 45 to 100 characters long, and most
    such lines end without a full stop.
    """
    lines = text.split("\n")
    followed = [line.rstrip() for line, after in pairwise(lines) if line.strip() and after.strip()]
    if len(followed) < 8:
        return False
    wide = sum(45 <= len(line) <= 100 for line in followed)
    open_ended = sum(line[-1] not in ".!?”\"'’:" for line in followed)
    return wide >= 0.8 * len(followed) and open_ended >= 0.6 * len(followed)
