"""Find words that an encoding has destroyed: runs of characters that are no word in any Latin script.

`°®Âþµº` is a name in GBK read as Latin-1, `ðÒÉ×ÅÔ` a word in KOI8-R. What it said cannot be known from the
article, so it stays as it is and is flagged. Evidence is the shape of the run alone (signs between letters,
capitals after small letters, more adjacent letters beyond ASCII than any language has), since nearly any
two high bytes are *some* character of GBK. Takes time linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from onrecord.article import Problem

LISTED: Final = 50
"""Garbled runs listed one by one; a text with more of them gets one problem for the rest."""

_LETTER = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ffŒœŠšŽžŸƒ"
_SIGN = "\u0080-\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿×÷€‚„…†‡ˆ‰‹›‘’“”•–—˜™"
_RUN = re.compile(rf"[{_LETTER}{_SIGN}]{{3,}}")
"""Adjacent characters of the upper half of Latin-1 or Windows-1252."""

_BEFORE = "«¿¡“‘„‚‹(–—•·…’”\u00a0£€§©°"
_AFTER = "»”’›…®™©–—“‘°ªº²³¹\u00a0†‡£€"
"""Signs that ordinary print has right before and right after a word."""

_WITHIN = "’‘–—…·\u00ad\u00a0“”«»‹›"
"""Signs that ordinary print has between two letters: L’Été, Café–École, col·legi."""

_OPENING, _CLOSING = "“‘„«‹¿¡—–\u00a0", "”’»›…—–\u00a0"

_LOST = re.compile(
    r"\ufffd+(?:[ ]?\ufffd+)*"
    r"|鈥[?\ufffd]*|(?:Ã¢|â)€|Ã[\u0083ƒ]?Â|A\u0303\u0083?A\u0302"
    r"|(?<![^\s(“\"])\?{2,}(?![^\s.,;:)”\"])(?<![\w?] \?\?)"
)
"""Replacement characters, UTF-8 misread beyond repair, question marks where a word should be."""

_NEIGHBOUR = re.compile(rf"[ ]?[{_LETTER}{_SIGN}]{{2,}}")


def find_garbled(text: str) -> Iterator[Problem]:
    """Give a problem for each garbled run, in the order of the text, at most `LISTED` and one more."""
    for listed, (start, end) in enumerate(_spans(text)):
        if listed == LISTED:
            yield Problem("garbled", f"more than {LISTED} runs of characters are garbled", (start, end))
            return
        message = f"garbled, and what it said is lost: {_shown(text[start:end])}"
        yield Problem("garbled", message, (start, end))


def _shown(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:40]}…"


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Merge what `_RUN` and `_LOST` find, with garbled-looking neighbours after a run that certainly is."""
    end = 0
    found = sorted((*_runs(text), *(m.span() for m in _LOST.finditer(text))))
    for start, stop in found:
        if start < end:
            continue
        end = stop
        while (more := _NEIGHBOUR.match(text, end)) and _distinct(more.group()) > 1:
            end = more.end()
        yield start, end


def _distinct(words: str) -> int:
    return len(set(words.strip()))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text):
        run = match.group()
        left = len(run) - len(run.lstrip(_BEFORE))
        right = len(run.rstrip(_AFTER))
        if right - left >= 2 and _is_garbled(run[left:right], alone=right - left == len(run)):
            # Signs that stick to a garbled core are garbled too (°® in °®Âþµº); quotation marks may be real.
            yield (
                match.start() + len(run) - len(run.lstrip(_OPENING)),
                match.start() + len(run.rstrip(_CLOSING)),
            )


def _is_garbled(core: str, *, alone: bool) -> bool:
    """Say whether the characters make no word; `core` begins and ends as a word may."""
    letters = [c for c in core if _is_letter(c)]
    signs = [c for c in core if not _is_letter(c) and c not in _WITHIN]
    if len(core) == 2:
        # Two are enough only with a sign that no word holds, and other signs around them.
        return not alone and len(letters) == 1 and bool(signs) and signs[0] not in _AFTER + _BEFORE
    if letters and signs:
        return True
    if len(set(signs)) >= 3 and len(core) >= 4:
        return True
    return not signs and any(_no_word(part) for part in re.split(rf"[{_WITHIN}]+", core))


def _is_letter(char: str) -> bool:
    return char.isalpha() and char not in "ªºµ"


def _no_word(letters: str) -> bool:
    """Say whether adjacent letters beyond ASCII are more, or in a stranger case, than a word can have.

    Four in a row exist (Icelandic "óþýðanlegt"), the same one repeated too (Estonian "jäääär"); a capital
    after a small letter does not.
    """
    if len(letters) < 3 or len({c.lower() for c in letters}) < 3:
        return False
    if any(a.islower() and b.isupper() for a, b in pairwise(letters)):
        return True
    return len(letters) >= 5 or (len(letters) == 4 and letters[:2].isupper())
