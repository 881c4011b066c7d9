"""Every exported column is described; what is written can be read back; no cell is run as a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from records import BOATS, any_records, any_text, boats, cables, words

from onrecord.record import Event, Record, from_json
from onrecord.store import export, tables
from onrecord.store.rows import directed, involved
from onrecord.store.writing import being_written, write_whole

TABLES = {*tables.STORED, *tables.EXPORTED}


def read(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


# --- the codebook


def test_every_column_is_described_once_and_every_code_is_listed() -> None:
    book = export.codebook()
    for table in tables.EXPORTED:
        chapter = book.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        for column in table.columns:
            (line,) = re.findall(rf"^\| `{column.name}` \| .*$", chapter, re.MULTILINE)
            assert column.says in line
            assert all(f"`{code}`" in line for code in column.codes)
    assert all(
        len(column.says) > 3 and column.says.endswith((".", "…")) for t in TABLES for column in t.columns
    )
    assert all(len(set(table.names)) == len(table.names) for table in TABLES)


@settings(max_examples=30)
@given(any_records())
def test_every_row_has_the_columns_of_its_table_in_their_order(record: Record) -> None:
    for table in TABLES:
        for row in table.rows(record):
            assert tuple(row) == table.names
            for column in table.columns:
                if column.codes and row[column.name] is not None:
                    assert row[column.name] in column.codes


def test_every_row_of_a_full_record_has_the_columns_of_its_table() -> None:
    for table in TABLES:
        rows = list(table.rows(boats()))
        assert rows, table.name
        assert all(tuple(row) == table.names for row in rows)


# --- cells


@given(any_text(max_size=8) | st.from_regex(r"'*[=+\-@\t\r]?.?", fullmatch=True))
def test_no_cell_is_a_formula_and_its_text_can_be_had_back(cell: str) -> None:
    safe = export.guarded(cell)
    assert isinstance(safe, str)
    assert not re.match(r"[=+\-@\t\r\n]", safe)
    assert export.unguarded(safe) == cell


def test_numbers_stay_numbers() -> None:
    assert export.guarded(-3) == -3
    assert export.guarded(-0.5) == -0.5
    assert export.guarded(None) is None


@given(st.lists(any_text(max_size=8), min_size=2, max_size=2))
def test_any_text_comes_back_from_csv(cells: list[str]) -> None:
    columns = (tables.Column("a", "text", ""), tables.Column("b", "text", ""))
    text = export.csv_text(columns, [dict(zip("ab", cells, strict=True))])
    header, row = csv.reader(io.StringIO(text, newline=""))
    assert header == ["a", "b"]
    assert [export.unguarded(cell) for cell in row] == cells


# --- pairs and states


def test_a_reciprocal_deed_counts_from_each_party_to_each_other() -> None:
    sending, accord = boats().events
    assert [(s and s.country, r and r.country) for s, r in directed(sending)] == [("PRT", "BRA")]
    assert [(s and s.country, r and r.country) for s, r in directed(accord)] == [
        ("PRT", "BRA"),
        ("BRA", "PRT"),
    ]
    alone = replace(sending, recipient=())
    assert [(s and s.country, r) for s, r in directed(alone)] == [("PRT", None)]
    nobody: Event = replace(sending, source=(), recipient=())
    assert list(directed(nobody)) == [(None, None)]
    assert [row["pairs"] for row in tables.EVENT_PAIRS.rows(boats())] == [1, 2, 2]


@settings(max_examples=30)
@given(any_records())
def test_no_pair_leaves_a_party_out(record: Record) -> None:
    for event in record.events:
        pairs = list(directed(event))
        for party in event.source:
            assert any(source is party for source, _ in pairs)
        for party in event.recipient:
            assert any(recipient is party for _, recipient in pairs)


def test_a_statement_involves_its_speaker_s_state_and_those_that_it_names() -> None:
    record = boats()
    promise, boast, lost = (states for _, states in involved(record))
    assert promise == {"BRA": "content", "PRT": "speaker"}
    assert boast == {"PRT": "speaker"}
    assert lost == {}
    pair = replace(
        record.actors[0], id="act-pair", country=None, members=("act-portugal", "act-brazil", "act-?")
    )
    both = replace(pair, mentions=(words(BOATS, "long road"),))
    assert dict(involved(replace(record, actors=(*record.actors, both))))[record.attributions[2].id] == {
        "BRA": "content",
        "PRT": "content",
    }


# --- files


def test_csv_files_hold_every_item_with_its_codebook(tmp_path: Path) -> None:
    paths = export.export_csv([boats(), cables()], tmp_path / "new" / "folder")
    folder = tmp_path / "new" / "folder"
    assert {p.name for p in folder.iterdir()} == {p.name for p in paths} == {
        "articles.csv", "actors.csv", "attributions.csv", "events.csv", "transfers.csv", "positions.csv",
        "codebook.md", "codebook.csv",
    }  # fmt: skip
    assert [row["id"] for row in read(folder / "articles.csv")] == ["boats", "cables"]
    attributions = read(folder / "attributions.csv")
    assert len(attributions) == 4
    first = attributions[0]
    assert first["content"] == "Portugal will send Brazil at least 40 patrol boats"
    assert BOATS[int(first["span_start"]) : int(first["span_end"])].startswith("Portugal will send")
    ((start, end),) = json.loads(first["content_spans"])
    assert BOATS[start:end] == first["content"]
    assert attributions[2]["speaker"] == ""
    events = read(folder / "events.csv")
    assert [(e["source_country"], e["recipient_country"]) for e in events] == [
        ("PRT", "BRA"),
        ("PRT", "BRA"),
        ("BRA", "PRT"),
    ]
    (transfer,) = read(folder / "transfers.csv")
    assert (transfer["quantity_low"], transfer["quantity_high"], transfer["stage"]) == ("40", "", "planned")
    described = {(row["table"], row["column"]) for row in read(folder / "codebook.csv")}
    assert described == {(t.name, c) for t in tables.EXPORTED for c in t.names}


def test_excel_is_told_the_encoding(tmp_path: Path) -> None:
    export.export_csv([boats()], tmp_path, bom=True)
    assert (tmp_path / "actors.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert read(tmp_path / "actors.csv", "utf-8-sig")[0]["name"] == "Inês Gonçalves"


def test_jsonl_holds_the_records_whole_with_their_schema(tmp_path: Path) -> None:
    export.export_jsonl([boats(), cables()], tmp_path)
    lines = (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [from_json(line) for line in lines] == [boats(), cables()]
    assert json.loads(lines[0])["schema"] == 1
    schema = json.loads((tmp_path / "records.schema.json").read_text(encoding="utf-8"))
    assert set(schema["$defs"]["Record"]["properties"]) == set(json.loads(lines[0]))
    assert "records.jsonl" in (tmp_path / "codebook.md").read_text(encoding="utf-8")


def test_an_export_that_fails_leaves_the_files_of_the_last_one(tmp_path: Path) -> None:
    export.export_csv([boats()], tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def records() -> Iterator[Record]:
        yield cables()
        raise KeyError

    with pytest.raises(KeyError):
        export.export_csv(records(), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a" / "file"
    write_whole(path, b"old")
    with pytest.raises(RuntimeError), being_written(path) as unfinished:  # noqa: PT012
        unfinished.write_bytes(b"ne")
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert [p.name for p in path.parent.iterdir()] == ["file"]
