"""Bytes to text: find the encoding, then undo what was decoded wrongly (`onrecord.reading.mending`).

A byte order mark is dropped and line ends become line feeds without being listed as repairs: they are no part
of the words. Every step takes time linear in the length of its input.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final

from onrecord.article import Problem
from onrecord.reading.mending import Decoded, mend

__all__ = ["DecodeError", "Decoded", "decode", "to_text"]

_SAMPLE: Final = 200_000  # bytes that the guesses are made from

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)


class DecodeError(ValueError):
    """The bytes are no text. The message says what they look like."""


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Give the text that the bytes stand for, repaired.

    A byte order mark wins, then UTF-8 where it fits, then the `declared` charset (of a page or a response),
    then a guess.

    Raises:
        DecodeError: where the bytes are no text.
    """
    raw, problems = to_text(data, declared)
    mended = mend(raw)
    return Decoded(mended.text, mended.repairs, (*problems, *mended.problems))


def to_text(data: bytes, declared: str | None = None) -> tuple[str, tuple[Problem, ...]]:
    """Give the characters of `data` without any repair, and the problems that the encoding had.

    Raises:
        DecodeError: where the bytes are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded_as(data[len(mark) :], encoding)
    wide = _wide(data)
    if wide is not None:
        return _decoded_as(data, wide)
    _refuse_binary(data)
    try:
        return _newlines(data.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > 0:
            cut = Problem("truncated", "the file ends in the middle of a character: it was cut off")
            return _newlines(data[: error.start].decode("utf-8")), (cut,)
        return _not_utf8(data, declared)


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded_as(data: bytes, encoding: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return _newlines(data.decode(encoding)), ()
    except UnicodeDecodeError:
        text = _newlines(data.decode(encoding, "replace"))
        return text, (
            Problem("encoding", f"some bytes are not {encoding.upper()}: what they stood for is lost"),
        )


def _wide(data: bytes) -> str | None:
    """Find UTF-16 without a byte order mark: every other byte of Western text is then NUL."""
    sample = data[: _SAMPLE // 10 * 2]
    if len(sample) < 8:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\f\v\x1b\x1a")


def _refuse_binary(data: bytes) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise DecodeError(f"{what}, not text")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > max(2, 0.01 * len(sample)) or (controls and controls * 4 > len(sample)):
        raise DecodeError("binary data, not text")


def _not_utf8(data: bytes, declared: str | None) -> tuple[str, tuple[Problem, ...]]:
    if _mostly_utf8(data):
        text = data.decode("utf-8", errors="onrecord-windows-1252")
        return _newlines(text), (
            Problem(
                "encoding", "some bytes are not UTF-8: they were read as Windows-1252 (Western European)"
            ),
        )
    named = _declared(declared)
    for encoding in [named, *_guesses(data)] if named else _guesses(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == named:
            return _newlines(text), ()
        return _newlines(text), (
            Problem(
                "encoding", f"not UTF-8, and no charset that fits is declared: read as {encoding}, a guess"
            ),
        )
    raise DecodeError("no encoding fits its bytes: not text")


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error("onrecord-windows-1252", _windows_1252)


def _mostly_utf8(data: bytes) -> bool:
    """Say whether nearly all sequences of high bytes are UTF-8, as where two sources were pasted together."""
    sample = data[:_SAMPLE]
    good = len(_UTF8_SEQUENCE.findall(sample))
    rest = len(_HIGH_BYTE.findall(_UTF8_SEQUENCE.sub(b"", sample)))
    return good >= 3 * rest and good > 0


_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}",
)


def _declared(charset: str | None) -> str | None:
    """Give the codec of a declared charset, None where there is none of that name.

    As in browsers, some names stand for a wider encoding: what calls itself ASCII or Latin-1 is Windows-1252
    (WHATWG Encoding Standard, section 4.2).
    """
    try:
        codec = codecs.lookup((charset or "").strip())
        "".encode(codec.name)  # refuses codecs that are no text encodings, such as base64
    except (LookupError, ValueError):
        return None
    return _WIDER.get(codec.name, codec.name)


_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}


def _guesses(data: bytes) -> Iterator[str]:
    """Give encodings to try, best first; Latin-1, which fits anything, is the last."""
    sample = data[:_SAMPLE]
    high = sample.translate(None, bytes(range(128)))
    if len(high) < 0.15 * len(sample):
        # A few high bytes in ASCII are curly quotes and dashes: in China's encoding where they come in the
        # pairs that it has for them, else in that of Windows.
        if len(_GB_PUNCTUATION.findall(sample)) * 2 >= 0.8 * len(high):
            yield "gb18030"
        yield "cp1252"
    else:
        guess = _guess(sample)
        if guess is not None:
            yield guess
        yield "cp1252"
    yield "latin-1"


_GB_PUNCTUATION = re.compile(rb"\xa1[\xa4\xaa\xad-\xb1]")


def _guess(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(sample).best()
    return None if best is None else best.encoding
