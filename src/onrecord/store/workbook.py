"""Tables as one workbook for a spreadsheet program: a sheet a table, and a codebook that explains them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import xlsxwriter

from onrecord.store.rows import Cell, Row
from onrecord.store.tables import Column
from onrecord.store.writing import being_written

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""Characters that a cell of a workbook can hold (Excel's limit); what is longer is cut, and marked."""

MOST = 1_048_575
"""Rows below the header that a sheet can hold (Excel's limit)."""

_CUT = " […]"


class Sheet(NamedTuple):
    """A table of a workbook."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Row]


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write an XLSX file with a sheet for each table and the sheet `codebook`, whole or not at all.

    Text is text: nothing that begins like a formula or an address is taken for one. A date is a date.

    Raises:
        OSError: where the folder cannot be written.
        ValueError: where a table has more rows than a sheet can hold.
    """
    plain = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    with being_written(path) as unfinished, xlsxwriter.Workbook(str(unfinished), plain) as book:
        # A workbook that says when it was made would be another one at each writing.
        book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 (the library takes naive ones)
        formats = {
            "head": book.add_format({"bold": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        for sheet in (*sheets, _codebook(sheets)):
            _write(book.add_worksheet(sheet.name), sheet, formats)


def _write(target: Worksheet, sheet: Sheet, formats: dict[str, Format]) -> None:
    target.freeze_panes(1, 0)
    for i, column in enumerate(sheet.columns):
        target.set_column(i, i, max(9, min(40, len(column.name) + 2)))
        target.write_string(0, i, column.name, formats["head"])
    for number, row in enumerate(sheet.rows, 1):
        if number > MOST:
            raise ValueError(
                f"the sheet {sheet.name} has more rows than a workbook can hold: export CSV instead"
            )
        for i, column in enumerate(sheet.columns):
            _put(target, number, i, row[column.name], column, formats)


def _put(  # noqa: PLR0913
    target: Worksheet, row: int, at: int, cell: Cell, column: Column, formats: dict[str, Format]
) -> None:
    match cell:
        case None | "":
            return
        case str() if column.type == "date" and (day := _day(cell)) is not None:
            target.write_datetime(row, at, day, formats["day"])
        case str():
            text = cell if len(cell) <= LONGEST else cell[: LONGEST - len(_CUT)] + _CUT
            # What UTF-8 and XML cannot hold would make the whole file unreadable.
            clean = "".join(c for c in text.encode("utf-8", "replace").decode() if c >= " " or c in "\t\n")
            target.write_string(row, at, clean)
        case int() | float():
            target.write_number(row, at, cell)


def _day(cell: str) -> dt.datetime | None:
    try:
        day = dt.datetime.fromisoformat(cell)
    except ValueError:
        return None
    return day if day.year >= 1900 else None  # a workbook's calendar begins in 1900


def _codebook(sheets: Sequence[Sheet]) -> Sheet:
    columns = tuple(Column(name, "text", "") for name in ("sheet", "column", "type", "description", "codes"))
    rows: list[Row] = [
        {
            "sheet": sheet.name,
            "column": column.name,
            "type": column.type,
            "description": column.says,
            "codes": "; ".join(column.codes),
        }
        for sheet in sheets
        for column in sheet.columns
    ]
    return Sheet("codebook", columns, rows)
