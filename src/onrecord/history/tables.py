"""Delimited text as publishers offer it: any of three encodings, a preamble, rows that break off."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from onrecord.history.imported import UnreadableError

PREAMBLE = 60
"""Lines in which the names of the columns must stand."""

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
"""How a text begins that a spreadsheet saved as "Unicode"."""

csv.field_size_limit(1 << 24)


class Row(NamedTuple):
    """The cells of a row by the names of their columns, and its line in the file."""

    line: int
    cells: list[str]
    columns: dict[str, int]

    def get(self, column: str) -> str:
        """Give a cell without spaces around it; empty where there is no such column."""
        place = self.columns.get(column)
        return "" if place is None else self.cells[place].strip()


class Table(NamedTuple):
    """The text above the columns, their names, and the rows."""

    preamble: str
    columns: tuple[str, ...]
    rows: list[Row]
    mended: int
    """Rows that were broken over two lines without quotation marks, and put together."""
    short: tuple[int, ...]
    """Lines of rows that have fewer cells than there are columns; the missing ones are empty."""


def decode(data: bytes) -> str:
    """Read bytes as UTF-8, or as Windows-1252 where they are not."""
    if data.startswith(UTF_16):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes undefined; Latin-1 none.
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError:
            return data.decode("latin-1")


def head_of(head: bytes) -> str:
    """Read a file's first bytes as text; a character that they cut in two is left out."""
    if head.startswith(UTF_16):
        return codecs.getincrementaldecoder("utf-16")("replace").decode(head)
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return head.decode("latin-1")


def columns_in(head: bytes, delimiter: str = ",") -> list[set[str]]:
    """Give the names that each of a file's first lines would give its columns."""
    lines = head_of(head).splitlines()[:PREAMBLE]
    return [{cell.strip() for cell in line.replace('"', "").split(delimiter)} for line in lines]


def has_columns(head: bytes, *names: str, delimiter: str = ",") -> bool:
    """Say whether one of the first lines names all of these columns."""
    return any(set(names) <= columns for columns in columns_in(head, delimiter))


def read_table(
    data: bytes, *names: str, delimiter: str = ",", ended: bool = True, mend: bool = False
) -> Table:
    """Read the rows below the line that names these columns.

    `ended` says that the publisher ends the last line: where it is not ended, the file breaks off. `mend`
    puts together a row that is broken over two lines.

    Raises:
        UnreadableError: where no line names the columns, or the file breaks off.
    """
    text = decode(data)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadableError(f"line {line:,} holds bytes that are no text: the file is damaged")
    lines = iter(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))
    preamble, header = _find_header(lines, names)
    width = len(header)
    columns = {name.strip(): i for i, name in reversed(list(enumerate(header)))}
    rows, mended, short = [], 0, None
    for line, cells in _numbered(lines):
        if short and mend and len(cells) < width and len(short.cells) + len(cells) - 1 == width:
            joined = [*short.cells[:-1], f"{short.cells[-1]} {cells[0]}".strip(), *cells[1:]]
            rows[-1] = Row(short.line, joined, columns)
            mended, short = mended + 1, None
            continue
        row = Row(line, cells, columns)
        short = row if len(cells) < width else None
        rows.append(row)
    if not rows:
        raise UnreadableError("the file has its columns and no rows")
    if len(rows[-1].cells) < width or (ended and not text.endswith(("\n", "\r"))):
        last = rows[-1]
        raise UnreadableError(
            f"the file breaks off: {len(rows) - 1:,} rows were read, and row {last.line:,} "
            f"({_beginning(last.cells)}) is not whole; download it again"
        )
    lacking = tuple(row.line for row in rows if len(row.cells) < width)
    return Table(preamble, tuple(name.strip() for name in header), _of_width(rows, width), mended, lacking)


def _find_header(lines: Iterator[list[str]], names: Sequence[str]) -> tuple[str, list[str]]:
    above: list[str] = []
    try:
        for _, cells in zip(range(PREAMBLE), lines, strict=False):
            if set(names) <= {cell.strip() for cell in cells}:
                return "\n".join(above), cells
            above.append(",".join(cells))
    except csv.Error as error:
        raise UnreadableError(f"its first lines are no table: {error}") from error
    raise UnreadableError(f"no line names the columns {', '.join(names)}")


def _numbered(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Give each row that is not empty, with the line on which it ends."""
    number: Callable[[], int] = lambda: lines.line_num  # type: ignore[attr-defined]  # noqa: E731
    try:
        for cells in lines:
            if any(cells):
                yield number(), cells
    except csv.Error as error:
        raise UnreadableError(f"line {number():,} cannot be read as a row of the table: {error}") from error


def _of_width(rows: list[Row], width: int) -> list[Row]:
    """Fill short rows with empty cells, so that every column can be asked for."""
    return [
        row
        if len(row.cells) >= width
        else Row(row.line, row.cells + [""] * (width - len(row.cells)), row.columns)
        for row in rows
    ]


def _beginning(cells: Sequence[str]) -> str:
    return ", ".join(" ".join(cell.split()) for cell in cells[:4] if cell)[:60]


def number(cell: str) -> float | None:
    """Give the number in a cell; an empty one, "?" and words are unknown, and never zero."""
    text = cell.strip().replace(" ", "")
    if not re.fullmatch(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d+)?", text, re.ASCII):
        return None
    try:
        return float(text.replace(",", ""))
    except ValueError:  # a sign, or a point alone
        return None
