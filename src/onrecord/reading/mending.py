"""Undo what was decoded wrongly somewhere on the way, and list every change.

A repair is taken only where it brings back Latin letters, punctuation or spaces: an English text never gains
a foreign script. Ordinary text, curly quotes included, is left exactly as it was, and the raw text can be had
back (`restore`). What stays lost is flagged
(`onrecord.reading.garbling`). All takes time linear in the length.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from onrecord.article import Problem, Repair
from onrecord.reading.garbling import find_garbled

_SAMPLE: Final = 200_000  # characters that the script of a text is told from
_LONGEST_TOKEN: Final = 2_000  # a longer run without a space is mended in parts, which keeps the time linear


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, what was changed to get it, and what is wrong with it. All spans are in `text`."""

    text: str
    repairs: tuple[Repair, ...] = ()
    problems: tuple[Problem, ...] = ()


def restore(decoded: Decoded) -> str:
    """Give the text as it was before its repairs."""
    parts, done = [], 0
    for repair in decoded.repairs:
        parts += [decoded.text[done : repair.span[0]], repair.original]
        done = repair.span[1]
    return "".join([*parts, decoded.text[done:]])


Piece = tuple[int, int, str]
"""Replace `raw[start:end]` by these words."""

_ALLOWED = re.compile(
    "[\t\n -~\u00a0-\u024f\u1e00-\u1eff\u2000-\u200a\u2010-\u2027\u202f-\u205f\u20a0-\u20bf"
    "\u2100-\u22ff\u2600-\u27bf\U0001f300-\U0001faff]*"
)
"""What a repair of a Latin text may bring: Latin letters, punctuation, spaces, signs; no foreign script."""

_PART = rf"[^ \t\n\ufffd]{{1,{_LONGEST_TOKEN}}}"
_TOKEN = re.compile(rf"{_PART}(?:(?<=[ÃÂ]) {_PART})?")
"""A run without a space; the second byte of à in UTF-8 may have become one ("Ã la")."""

_SUSPECT = re.compile(
    "[^\x00-\x7f]{2}|[ÃÂ] |[\x00-\x08\x0b-\x1f\x7f-\x9f]|[\u3400-\u9fff]|&[A-Za-z#]",
)
"""What any mistake leaves behind: two adjacent characters beyond ASCII, a control character, an entity."""

_VIA_GB = {
    # A no-break space in UTF-8 (C2 A0) read as GBK is 聽; simplified, 听, and in GBK (CC FD) read as Latin-1.
    "Ìý": " ",
    # Punctuation in GB 2312 (row 1) read as Latin-1.
    "¡°": "“", "¡±": "”", "¡®": "‘", "¡¯": "’", "¡ª": "—", "¡\xad": "…", "¡¤": "·",
}  # fmt: skip
_VIA_GB_RUN = re.compile("[\xa1-\xfe]+")
_CJK_RUN = re.compile("[\u3400-\u9fff\ue000-\uf8ff\u20ac]+[\x21-\x7e]?")

_ENTITY = re.compile(
    r"&(?:#(?:\d{2,7}|[xX][0-9A-Fa-f]{2,6})"
    r"|amp|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|[aeiouyAEIOUY](?:acute|grave|circ|uml)|[nN]tilde|[cC]cedil"
    r"|pound|euro|yen|cent|copy|reg|trade|deg|middot|bull|[lr]aquo|iexcl|iquest);"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BREAKS = "\x0b\x0c\x1c\x1d\x1e"


def mend(raw: str) -> Decoded:
    """Undo what was decoded wrongly somewhere on the way, list every change, and flag what stays lost.

    Line feeds are the only line breaks expected (see `to_text`).
    """
    if _SURROGATE.search(raw):
        raw = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text, repairs = _apply(raw, _pieces(raw))
    return Decoded(text, repairs, tuple(find_garbled(text)))


def _pieces(raw: str) -> Iterator[Piece]:
    latin = _is_latin(raw)
    for token in _TOKEN.finditer(raw):
        word = token.group()
        if not _SUSPECT.search(word):
            continue
        for start, end, new in _mend_token(word, latin=latin):
            yield token.start() + start, token.start() + end, new


def _is_latin(text: str) -> bool:
    """Say whether at least half of the letters are Latin, as they stand."""
    letters = [c for c in text[:_SAMPLE] if c.isalpha()]
    return 2 * sum(c < "\u0250" or "\u1e00" <= c <= "\u1eff" for c in letters) >= len(letters)


def _mend_token(word: str, *, latin: bool) -> Iterator[Piece]:
    """Give what to replace in a run without spaces, in order, without overlaps."""
    done = 0
    for start, end, new in [*sorted(_sure(word, latin=latin)), (len(word), len(word), "")]:
        if start < done:
            continue  # the piece before took in its first character
        for left, right, words in _mend_mojibake(word[done:start], latin=latin):
            yield done + left, done + right, words
        if end > start:
            yield start, end, new
        done = end


def _sure(word: str, *, latin: bool) -> Iterator[Piece]:
    """Give the repairs that need no judgement of the words around them."""
    for entity in _ENTITY.finditer(word):
        new = html.unescape(entity.group())
        if not latin or (_ALLOWED.fullmatch(new) and "\n" not in new):
            yield entity.start(), entity.end(), new
    if not latin:
        return
    for run in _VIA_GB_RUN.finditer(word):
        yield from _via_gb(run.group(), run.start())
    for run in _CJK_RUN.finditer(word):
        yield from _through_gb(run.group(), run.start())


def _via_gb(run: str, offset: int) -> Iterator[Piece]:
    """Find the pairs of `_VIA_GB` where a pair can begin in the run, not across two lost characters."""
    known = sum(run.count(pair) for pair in _VIA_GB)
    if not known:
        return
    # One accented letter may stand before ("café" and a lost space); then nothing else may follow.
    first = 1 if len(run) % 2 and run[1:3] in _VIA_GB and 2 * known == len(run) - 1 else 0
    for at in range(first, len(run) - 1, 2):
        new = _VIA_GB.get(run[at : at + 2])
        if new is not None:
            yield offset + at, offset + at + 2, new


def _through_gb(run: str, offset: int) -> Iterator[Piece]:
    """Undo UTF-8 read as GBK ("鈥檚" for "’s"), where the result is Latin punctuation or letters."""
    for end in (len(run), len(run) - 1):
        part = run[:end]
        try:
            new = part.encode("gbk").decode("utf-8") if part else ""
        except UnicodeError:
            continue
        if new and _ALLOWED.fullmatch(new):
            yield offset, offset + end, new
            return


def _mend_mojibake(part: str, *, latin: bool) -> Iterator[Piece]:
    """Undo UTF-8 read as a single-byte encoding (“ for “), and control characters."""
    if not _SUSPECT.search(part):
        return
    fixed = _fixed(part, latin=latin)
    if fixed is None:
        # The whole would bring a foreign script: its parts may still be sound.
        for run in re.finditer(r"[^\x00-\x7f]+", part):
            better = _fixed(run.group(), latin=latin)
            if better is not None and better != run.group():
                yield run.start(), run.end(), better
    elif fixed != part:
        yield from _difference(part, fixed)
    else:
        for control in _CONTROL.finditer(part):
            yield control.start(), control.end(), _without_controls(control.group())


def _fixed(part: str, *, latin: bool) -> str | None:
    """Give `part` as it was meant; None where that would leave it broken or bring in a foreign script."""
    import ftfy  # slow to import, and most texts never need it  # noqa: PLC0415
    from ftfy.badness import is_bad  # noqa: PLC0415

    settings = ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        replace_lossy_sequences=False,
        normalization=None,
        explain=False,
    )
    composed = _composed(part)
    fixed = ftfy.fix_encoding(composed, settings)
    if fixed == composed and composed != part:
        fixed = ftfy.fix_encoding(part, settings)
    fixed = _CONTROL.sub(lambda m: _without_controls(m.group()), fixed)
    if latin and not _ALLOWED.fullmatch("".join(set(fixed) - set(part))):
        return None
    return None if fixed != part and is_bad(fixed) else fixed


_MARKED = re.compile("[AÃÂ] ?[\u0301-\u0308\u0327]")
_SPACING = {" \u0308": "¨", " \u0304": "¯", " \u0301": "´", " \u0327": "¸"}


def _composed(part: str) -> str:
    """Undo a decomposition (NFD, NFKD) that came after the mistake and took its characters apart."""
    if not _MARKED.search(part):
        return part
    for apart, together in _SPACING.items():
        part = part.replace(apart, together)
    return unicodedata.normalize("NFC", part)


def _without_controls(run: str) -> str:
    """Read C1 control characters as the Windows-1252 that they come from, and drop the others."""
    new = []
    for char in run:
        if char in _BREAKS:
            new.append("\n")
        elif char >= "\x80":
            new.append(char.encode("latin-1").decode("cp1252", "ignore"))
    return "".join(new)


def _difference(old: str, new: str) -> Iterator[Piece]:
    """Give the smallest replacements that turn `old` into `new`."""
    if len(old) > 200:
        yield 0, len(old), new
        return
    for op, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op != "equal":
            yield i1, i2, new[j1:j2]


def _apply(raw: str, pieces: Iterable[Piece]) -> tuple[str, tuple[Repair, ...]]:
    """Give the text with the pieces put in, and the repairs. No repair has an empty span or original."""
    parts: list[str] = []
    repairs: list[Repair] = []
    done = length = 0
    for start, end, new in _widened(raw, pieces):
        parts.append(raw[done:start])
        length += start - done
        if new:
            repairs.append(Repair((length, length + len(new)), raw[start:end]))
        parts.append(new)
        length += len(new)
        done = end
    parts.append(raw[done:])
    return "".join(parts), tuple(repairs)


def _widened(raw: str, pieces: Iterable[Piece]) -> list[Piece]:
    """Let pieces that leave nothing, or replace nothing, take in a neighbouring character."""
    touching: list[Piece] = []
    for piece in pieces:
        before = touching[-1] if touching else None
        if before is None or before[1] < piece[0] or (_stands_alone(before) and _stands_alone(piece)):
            touching.append(piece)
        else:
            touching[-1] = (before[0], piece[1], before[2] + piece[2])
    out: list[Piece] = []
    for start, end, new in touching:
        if _stands_alone((start, end, new)):
            out.append((start, end, new))
        elif end < len(raw):
            out.append((start, end + 1, new + raw[end]))
        elif out and out[-1][1] == start:
            before = out.pop()
            out.append((before[0], end, before[2] + new))
        elif start:
            out.append((start - 1, end, raw[start - 1] + new))
        else:
            out.append((start, end, new or " "))
    return out


def _stands_alone(piece: Piece) -> bool:
    start, end, new = piece
    return start < end and bool(new)
