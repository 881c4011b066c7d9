"""Where articles come from: files, folders, addresses, standard input; each as pieces of bytes with a name.

What a file is, its content decides, and its name only where the content leaves it open. JSON lines are
streamed; of nothing else more than `LARGEST` bytes are read. What cannot be read is a `Failure`, and the
rest goes on.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

import msgspec
from msgspec import Struct

LARGEST: Final = 20_000_000
"""Bytes of one article, with all that its page has around it."""

EXTENSIONS: Final = (".txt", ".text", ".html", ".htm", ".xhtml", ".json", ".jsonl", ".ndjson")
"""What is read in a folder, each also with `.gz` after it."""

_LINES = (".jsonl", ".ndjson")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


class Failure(Struct, frozen=True):
    """A source that gave no article, and why, in one line. `source` names the file, and the line in it."""

    source: str
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one article: a document (text or page), or a row of JSON."""

    name: str
    data: bytes
    is_row: bool = False
    url: str | None = None
    charset: str | None = None


def find_pieces(source: str) -> Iterator[Piece | Failure]:
    """Give what a file, a folder with all under it, an http(s) address, or standard input (`-`) holds."""
    name = shown(source)
    try:
        if source == "-":
            yield from _stream("standard input", sys.stdin.buffer, "")
        elif _ADDRESS.match(source):
            yield _fetched(source)
        elif not source or "\0" in source:
            yield Failure(name, "no file can be called that")
        elif Path(source).is_dir():
            yield from _folder(Path(source))
        else:
            yield from _file(Path(source))
    except (OSError, EOFError, zlib.error) as error:
        yield Failure(name, reason(error))


def shown(source: object) -> str:
    """Give a name as it can stand in one line."""
    return " ".join(str(source).split()) or "''"


def reason(error: Exception) -> str:
    """Say in plain words why something could not be opened."""
    match error:
        case FileNotFoundError():
            return "no such file or folder"
        case PermissionError():
            return "no permission to read it"
        case gzip.BadGzipFile() | EOFError() | zlib.error():
            return "damaged gzip archive"
        case OSError(strerror=str(words)):
            return words[:1].lower() + words[1:]
        case _:
            return shown(error)


def too_large(size: int) -> str:
    """Say that something is larger than any article."""
    megabytes = f"{size // 1_000_000} MB, too large for one article"
    return f"{megabytes} (at most {LARGEST // 1_000_000} MB; many articles go in JSON lines)"


def _fetched(url: str) -> Piece | Failure:
    from onrecord.reading.fetching import FetchError, fetch  # only addresses need the network  # noqa: PLC0415

    try:
        got = fetch(url, LARGEST)
    except FetchError as error:
        return Failure(shown(url), f"cannot be fetched: {error}")
    return Piece(shown(url), got.data, url=url, charset=got.charset)


def _folder(folder: Path) -> Iterator[Piece | Failure]:
    empty = True
    for path in _files(folder):
        empty = False
        yield from find_pieces(str(path))
    if empty:
        yield Failure(shown(folder), f"no articles in this folder (looked for {', '.join(EXTENSIONS)})")


def _files(folder: Path) -> Iterator[Path]:
    """Give the files of a folder that have a known extension, in the order of their names.

    Hidden files and links to folders are left out.
    """
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().removesuffix(".gz").endswith(EXTENSIONS):
                yield Path(here) / name


def _file(path: Path) -> Iterator[Piece | Failure]:
    name = shown(path)
    extension = Path(path.name.lower().removesuffix(".gz")).suffix
    zipped = path.name.lower().endswith(".gz")
    if not path.is_file() and not path.exists():
        raise FileNotFoundError
    size = path.stat().st_size
    if not zipped and size > LARGEST and extension not in _LINES and not _starts_with_row(path):
        yield Failure(name, too_large(size))
        return
    with gzip.open(path) if zipped else path.open("rb") as file:
        yield from _stream(name, cast("BinaryIO", file), extension)


def _starts_with_row(path: Path) -> bool:
    with path.open("rb") as file:
        return _is_row(file.readline(LARGEST))


def _stream(name: str, file: BinaryIO, extension: str) -> Iterator[Piece | Failure]:
    """Tell what a stream holds from its first line, and give it."""
    first = file.readline(LARGEST + 1)
    if extension in _LINES or (extension not in (".html", ".htm", ".xhtml", ".json") and _is_row(first)):
        yield from _rows(name, first, file)
        return
    data = first + file.read(LARGEST + 1 - len(first)) if len(first) <= LARGEST else first
    if len(data) > LARGEST:
        yield Failure(name, f"more than {too_large(LARGEST)}")
    elif extension == ".json" or _is_json(data):
        yield from _json(name, data)
    else:
        yield Piece(name, data)


def _is_row(line: bytes) -> bool:
    """Say whether a line is a whole JSON object."""
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"), type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return bool(re.match(rb'\s*\{\s*"(?:text|id|title|url|published|outlet|authors)"\s*:', line))
    return True


def _is_json(data: bytes) -> bool:
    """Say whether a document is a JSON object or array of them that has a text."""
    return bool(re.match(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"', data[:2000])) and b'"text"' in data


def _rows(name: str, first: bytes, file: BinaryIO) -> Iterator[Piece | Failure]:
    """Give the lines of a file of JSON lines; blank ones are passed over, overlong ones are failures."""
    number = 0
    line = first.removeprefix(b"\xef\xbb\xbf")
    found = False
    while line:
        number += 1
        here = f"{name}, line {number}"
        if len(line) > LARGEST:
            yield Failure(here, f"more than {too_large(LARGEST)}")
            found = True
            while line and not line.endswith(b"\n"):
                line = file.readline(1 << 20)
        elif line.strip():
            yield Piece(here, line.strip(), is_row=True)
            found = True
        line = file.readline(LARGEST + 1)
    if not found:
        yield Failure(name, "empty, nothing to read")


def _json(name: str, data: bytes) -> Iterator[Piece | Failure]:
    """Give the one article of a JSON object, or those of an array."""
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    if not text:
        yield Failure(name, "empty, nothing to read")
        return
    if not text.startswith(b"["):
        lines = text.splitlines()
        if len(lines) > 1 and all(_is_row(line) for line in lines[:2]):
            yield from _rows(name, b"", io.BytesIO(text))
        else:
            yield Piece(name, text, is_row=True)
        return
    try:
        rows = msgspec.json.decode(text, type=list[msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        yield Failure(name, f"broken JSON: {shown(error)}")
        return
    for number, row in enumerate(rows, 1):
        yield Piece(f"{name}, article {number}", bytes(row), is_row=True)
    if not rows:
        yield Failure(name, "empty, nothing to read")
