"""The register in the columns of SIPRI's, as CSV, workbook and JSONL; and what people judge of its links."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from records import boats
from test_entries import number, read, report

from onrecord.article import Published
from onrecord.commands import main
from onrecord.record import Record
from onrecord.store import Writer
from onrecord.store.tables import Column
from onrecord.store.trade_register import COLUMNS, is_trade, trade_row
from onrecord.store.workbook import Sheet, write_workbook


def onrecord(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, words, prog_name="onrecord")
    assert result.exit_code == code, (result.output, result.exception)
    return result


def told(known_as: str, day: dt.date, outlet: str) -> Record:
    """Give the record of the boats as another article has it."""
    return boats(known_as=known_as, published=Published(day, day, "given"), outlet=outlet)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv("ONRECORD_STORE", str(path))
    monkeypatch.setenv("COLUMNS", "200")
    with Writer(path) as writer:
        writer.write(told("one", dt.date(2022, 5, 31), "The Lagoon"))
        writer.write(told("two", dt.date(2022, 6, 3), "The Delta"))
    return path


def entries(*more: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in onrecord("transfers", "--json", *more).stdout.splitlines()]


def test_two_articles_are_one_entry_and_every_report_can_be_had(store: Path) -> None:
    (entry,) = entries()
    assert entry["articles"] == 2
    assert entry["sources"] == 1, "one text, carried by two outlets"
    assert len(entry["reports"]) == 2
    assert [one["field"] for one in entry["history"]] == ["stage", "status", "quantity", "value"]
    assert "2 articles" in onrecord("transfers").stdout
    assert len(onrecord("transfers", "--reports", "--json").stdout.splitlines()) == 2


def test_as_of_a_day_only_what_was_printed_counts(store: Path) -> None:
    (entry,) = entries("--as-of", "2022-06-01")
    assert (entry["articles"], entry["last_reported"]) == (1, "2022-05-31")
    assert entries("--as-of", "2022-05-30") == []


def test_a_person_takes_a_link_back_and_the_judgement_too(store: Path) -> None:
    (entry,) = entries()
    one, other = entry["reports"]
    said = onrecord("unlink", one, other, "--reason", "other boats").stdout
    assert len(entries()) == 2
    number_ = said.rsplit(" ", 1)[1].strip()
    onrecord("link", "--undo", number_)
    assert len(entries()) == 1
    onrecord("unlink", one, other)
    onrecord("link", one, other)
    assert len(entries()) == 1, "the last word counts"
    with Writer(store) as writer:
        writer.write(replace(told("two", dt.date(2022, 6, 3), "The Delta"), extractor="hand 2"))
    assert len(entries()) == 1, "judgements outlive a re-reading"


@pytest.mark.parametrize("words", [("link", "tra-none", "tra-none"), ("link",), ("unlink", "--undo", "99")])
def test_what_cannot_be_judged_is_said(store: Path, words: tuple[str, ...]) -> None:
    assert "Error" in onrecord(*words, code=2).output


def test_filters_ask_for_what_some_source_says(store: Path) -> None:
    (entry,) = entries()
    assert len(entries("--stage", entry["stage"], "--status", entry["status"])) == 1
    assert entries("--stage", "returned") == []
    assert len(entries("--supplier", "Portugal", "--recipient", "Brazil")) == 1
    assert entries("--supplier", "Brazil") == []
    assert len(entries("--dyad", "BRA-PRT")) == 1


def test_the_export_has_the_three_files(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shown = onrecord("export", "--format", "register", "--out", str(out)).stdout
    assert [Path(p).name for p in shown.split()] == [
        "trade_register.csv",
        "trade_register.xlsx",
        "register.jsonl",
    ]
    assert (out / "trade_register.csv").read_text(encoding="utf-8").startswith("Recipient,Supplier,Year of")
    assert len((out / "register.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    sheets = zipfile.ZipFile(out / "trade_register.xlsx").read("xl/workbook.xml").decode()
    assert all(name in sheets for name in ("trade register", "claims", "codebook"))


def test_the_whole_store_as_a_workbook(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (path,) = onrecord("export", "--format", "xlsx", "--out", str(out)).stdout.split()
    sheets = zipfile.ZipFile(path).read("xl/workbook.xml").decode()
    assert all(f'name="{name}"' in sheets for name in ("articles", "events", "transfers", "codebook"))


# --- rows


def test_an_order_and_part_of_its_delivery_in_one_row() -> None:
    (entry,) = read(
        report("a", stage="ordered", quantity=number(24, 24), voice=None, known=dt.date(2022, 9, 1)),
        report("b", 500, quantity=number(2, 2), voice=None),
    )
    row = trade_row(entry)
    assert row["Recipient"] == "Russia"
    assert row["Supplier"] == "Iran"
    assert (row["Year of order"], row["? (year of order)"]) == (2022, "?"), "known from the article's date"
    assert (row["Number ordered"], row["Number delivered"]) == (24, 2)
    assert row["Year(s) of delivery"] == "2024"
    assert list(row) == [column.name for column in COLUMNS]


def test_claims_that_conflict_are_marked_and_never_averaged() -> None:
    (entry,) = read(
        report("a", quantity=number(50, 50)), report("b", 2, quantity=number(80, 80), voice="a newspaper")
    )
    row = trade_row(entry)
    assert (row["Number delivered"], row["? (number delivered)"]) == (50, "?")
    assert "50 to 50 delivered asserted (US officials), 80 to 80 delivered asserted (a newspaper)" in str(
        row["Comments"]
    )


def test_what_nobody_asserts_is_no_trade() -> None:
    (denied,) = read(report("a", status="denied"))
    (possible,) = read(report("a", stage="planned", status="possible"))
    (told_,) = read(report("a"))
    assert not is_trade(denied)
    assert not is_trade(possible)
    assert is_trade(told_)


# --- workbooks


def test_a_cell_is_text_whatever_it_looks_like(tmp_path: Path) -> None:
    """Formulas, addresses, control characters, half characters, and more than a cell can hold."""
    hostile = ["=1+1", "http://example.org", "a\x00b", "\ud800", "x" * 40_000, ""]
    columns = (Column("day", "date", "A day."), Column("text", "text", "Any text."))
    path = tmp_path / "book.xlsx"
    rows = [{"day": "2024-05-01" if i else "no day", "text": text} for i, text in enumerate(hostile)]
    write_workbook(path, [Sheet("sheet", columns, rows)])  # type: ignore[arg-type]
    with zipfile.ZipFile(path) as book:
        content = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in content
    assert "hyperlink" not in content
    assert "[…]" in content


def test_a_workbook_is_the_same_each_time_and_whole_or_not_there(tmp_path: Path) -> None:
    columns = (Column("n", "integer", "A number."),)
    one, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    for path in (one, other):
        write_workbook(path, [Sheet("sheet", columns, [{"n": 1}])])
    assert one.read_bytes() == other.read_bytes()
    with pytest.raises(KeyError):
        write_workbook(tmp_path / "bad.xlsx", [Sheet("sheet", columns, [{"m": 1}])])
    assert not (tmp_path / "bad.xlsx").exists()


def test_the_csv_can_be_read_back(store: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(onrecord("transfers", "--csv").stdout, newline="")))
    assert rows[0]["entry"].startswith("ent-")
    assert json.loads(rows[0]["conflicts"]) == []
