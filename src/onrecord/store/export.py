"""Records as files for other programs: CSV tables or JSONL, with a codebook that explains every column."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any, Literal

import msgspec

from onrecord.record import SCHEMA, Record, to_json
from onrecord.store import tables
from onrecord.store.rows import Cell, Row
from onrecord.store.tables import Column, Table
from onrecord.store.workbook import Sheet, write_workbook
from onrecord.store.writing import being_written, write_whole

Format = Literal["csv", "jsonl"]

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")

_INTRODUCTION = """\
# Codebook

{files}

**Cells.** Text is UTF-8. An empty cell is a value that is unknown or does not apply, never a zero. A `date`
is `YYYY-MM-DD`, a `time` UTC; a `flag` is 1 or 0; a `list` is a JSON array; a `code` is one of those listed,
or of the standard named. A spreadsheet would run text that begins with `=`, `+`, `-`, `@`, a tab or a line
break as a formula: an apostrophe stands before it. To have the text back, remove one apostrophe from cells
that begin with apostrophes and one of those characters.

**Spans** are half-open and count Unicode code points of the article's text from 0: in Python,
`text[span_start:span_end]` are the words. The text itself is in the JSONL export (`article.text`).

**Ids** are the same in every export and re-reading for as long as the words are; an actor's is local to its
article. `onrecord cite ID` prints the footnote.
"""


def export_csv(records: Iterable[Record], folder: Path, *, bom: bool = False) -> tuple[Path, ...]:
    """Write one CSV file a table into the folder, and the codebook (Markdown and CSV); give their paths.

    `bom` puts a byte order mark first, without which Excel takes UTF-8 for something else. No file is
    replaced before all are whole.

    Raises:
        OSError: where the folder cannot be written.
    """
    encoding = "utf-8-sig" if bom else "utf-8"
    paths = tuple(folder / f"{table.name}.csv" for table in tables.EXPORTED)
    with contextlib.ExitStack() as whole, contextlib.ExitStack() as opened:
        files = []
        for table, path in zip(tables.EXPORTED, paths, strict=True):
            unfinished = whole.enter_context(being_written(path))
            file = opened.enter_context(unfinished.open("w", encoding=encoding, newline=""))
            files.append((table, file, _writer(file)))
        for table, _, writer in files:
            writer.writerow(table.names)
        for record in records:
            for table, _, writer in files:
                writer.writerows(_cells(table.columns, row) for row in table.rows(record))
        # The files must be closed before they take their places.
        opened.close()
    listed = "\n".join(f"- `{table.name}.csv`: {table.says}" for table in tables.EXPORTED)
    return (*paths, *_write_codebook(folder, listed, encoding))


def export_xlsx(records: Iterable[Record], folder: Path) -> tuple[Path, ...]:
    """Write `onrecord.xlsx`: a sheet for each table and a codebook; give its path.

    Raises:
        OSError: where the folder cannot be written.
        ValueError: where a table has more rows than a sheet can hold.
    """
    book, every = folder / "onrecord.xlsx", tuple(records)
    sheets = [
        Sheet(table.name, table.columns, itertools.chain.from_iterable(map(table.rows, every)))
        for table in tables.EXPORTED
    ]
    write_workbook(book, sheets)
    return (book,)


def export_jsonl(records: Iterable[Record], folder: Path) -> tuple[Path, ...]:
    """Write `records.jsonl`, one article a line, its JSON Schema and the codebook; give their paths.

    Raises:
        OSError: where the folder cannot be written.
    """
    lines, schema = folder / "records.jsonl", folder / "records.schema.json"
    with being_written(lines) as unfinished, unfinished.open("wb") as file:
        for record in records:
            file.write(to_json(record) + b"\n")
    write_whole(schema, json_schema())
    listed = (
        "- `records.jsonl`: one article a line, the object that `onrecord read --json` prints "
        f"(schema {SCHEMA}).\n- `records.schema.json`: its JSON Schema.\n\n"
        "The tables below are those of the CSV export; their columns go by the names of the JSON."
    )
    return (lines, schema, *_write_codebook(folder, listed, "utf-8"))


def json_schema() -> bytes:
    """Give the JSON Schema of a record, as UTF-8."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Record)), indent=2) + b"\n"


def codebook(files: str = "") -> str:
    """Give the codebook of the exported tables as Markdown; `files` says what lies beside it."""
    return "\n".join([_INTRODUCTION.format(files=files), *(_chapter(table) for table in tables.EXPORTED)])


def csv_text(columns: Sequence[Column], rows: Iterable[Row]) -> str:
    """Give rows as CSV with a header, cells as the codebook says."""
    out = io.StringIO(newline="")
    writer = _writer(out)
    writer.writerow([column.name for column in columns])
    writer.writerows(_cells(columns, row) for row in rows)
    return out.getvalue()


def guarded(cell: Cell) -> Cell:
    """Give a cell that no spreadsheet takes for a formula: an apostrophe stands before what could be one."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Give the text that `guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _writer(file: IO[str]) -> Any:
    return csv.writer(file, lineterminator="\r\n")  # RFC 4180


def _cells(columns: Sequence[Column], row: Row) -> list[Cell]:
    return [guarded(row[column.name]) for column in columns]


def _write_codebook(folder: Path, files: str, encoding: str) -> tuple[Path, Path]:
    book, table = folder / "codebook.md", folder / "codebook.csv"
    write_whole(book, codebook(files).encode())
    write_whole(table, _codebook_csv().encode(encoding))
    return book, table


def _codebook_csv() -> str:
    columns = tuple(Column(name, "text", "") for name in ("table", "column", "type", "description", "codes"))
    rows: list[Row] = [
        {
            "table": table.name,
            "column": column.name,
            "type": column.type,
            "description": column.says,
            "codes": "; ".join(column.codes),
        }
        for table in tables.EXPORTED
        for column in table.columns
    ]
    return csv_text(columns, rows)


def _chapter(table: Table) -> str:
    lines = [f"## {table.name}", "", table.says, "", "| column | type | meaning |", "|---|---|---|"]
    for column in table.columns:
        codes = f" Codes: {', '.join(f'`{code}`' for code in column.codes)}." if column.codes else ""
        lines.append(f"| `{column.name}` | {column.type} | {column.says}{codes} |")
    return "\n".join([*lines, ""])
