"""The commands that ask the store, as a user types them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from records import article, boats, cables, words

from onrecord.commands import main
from onrecord.record import Attribution, Record, Speaker
from onrecord.show import wording
from onrecord.store import View, Writer, search, tables

PROMISE, BOAST, LOST = boats().attributions


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "store.sqlite"
    monkeypatch.setenv("ONRECORD_STORE", str(path))
    monkeypatch.setenv("COLUMNS", "200")
    with Writer(path) as writer:
        writer.write(boats())
        writer.write(cables())
    return path


def onrecord(*words: str, code: int = 0) -> Result:
    """Run a command line in this process."""
    result = CliRunner().invoke(main, words, prog_name="onrecord")
    assert result.exit_code == code, (result.output, result.exception)
    return result


def objects(*words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in onrecord(*words, "--json").stdout.splitlines()]


def test_claims_on_the_screen(store: Path) -> None:
    shown = onrecord("claims", "never").stdout
    assert "Inês Gonçalves" in shown
    assert "“We have never done anything like this,”" in shown
    assert BOAST.id in shown
    assert "31 May 2022" in shown
    assert "?" in onrecord("claims", "road").stdout, "a lost speaker"
    assert "(inferred)" in onrecord("claims", "cables").stdout


@pytest.mark.parametrize("columns", ["30", "60", "80", "100", "120", "200"])
def test_ids_and_words_are_whole_at_any_width(
    store: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for name, item in (
        ("claims", BOAST),
        ("events", boats().events[0]),
        ("transfers", boats().transfers[0]),
        ("positions", boats().positions[0]),
    ):
        shown = onrecord(name).stdout
        assert item.id in shown
        assert max(map(len, shown.splitlines())) <= int(columns)
        assert "Gonçalves" in shown


def test_a_status_is_never_shown_without_its_voice(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    for name, record in (("events", boats()), ("transfers", boats())):
        told = " ".join(onrecord(name).stdout.split())
        for one in getattr(record, name):
            voice = "the outlet" if one.according_to is None else "Inês Gonçalves"
            assert wording.standing(one.status, voice) in told


def test_every_listing_gives_json_and_csv_of_the_same_rows(store: Path) -> None:
    for name, count in (("claims", 4), ("events", 2), ("transfers", 1), ("positions", 1)):
        things = objects(name)
        rows = list(csv.DictReader(io.StringIO(onrecord(name, "--csv").stdout, newline="")))
        assert len(things) == len(rows) == count
        assert [t["id"] for t in things] == [r["id"] for r in rows]
        nested = ["standing", "history", "links"] if name == "transfers" else []
        assert list(things[0]) == [*rows[0], *nested]
    (transfer,) = objects("transfers")
    assert transfer["quantity_low"] == 40
    assert transfer["additional"] is False
    assert objects("positions")[0]["subject_countries"] == ["BRA", "PRT"]
    (claim,) = objects("claims", "never")
    assert claim["content_spans"] == [[116, 154]]


def test_states_go_by_name_or_code(store: Path) -> None:
    assert len(objects("transfers", "--supplier", "Portugal", "--recipient", "bra")) == 1
    assert len(objects("events", "--dyad", "Brazil-Portugal")) == 2
    assert len(objects("claims", "--dyad", "EST-ISL")) == 1
    refused = onrecord("events", "--dyad", "Brazl-Portugal", code=2).stderr
    assert "did you mean Brazil (BRA)" in refused
    assert "no state" in onrecord("transfers", "--supplier", "Atlantis", code=2).stderr


def test_as_of_leaves_out_what_came_later_and_says_what_has_no_date(store: Path) -> None:
    result = onrecord("claims", "--as-of", "2022-05-31", "--json")
    assert len(result.stdout.splitlines()) == 3
    assert "1 more is in articles without a date" in result.stderr
    assert objects("claims", "--as-of", "2022-05-30") == []
    for day in ("2022-02-30", "yesterday", "2022", "20220531"):
        assert "is not a day" in onrecord("claims", "--as-of", day, code=2).stderr


def test_nothing_found_says_what_the_store_covers(store: Path) -> None:
    for name in ("claims", "events", "transfers", "positions"):
        shown = onrecord(name, "--as-of", "1990-01-01").stdout
        assert "Nothing found" in shown
        assert (
            "covers 2 articles from 1 outlet, published 2022-05-31 to 2022-05-31 (1 without a date)" in shown
        )
        result = onrecord(name, "--as-of", "1990-01-01", "--csv")
        assert result.stdout.startswith("article_id,id,")
        assert "Nothing found" in result.stderr


def test_no_store_and_an_empty_one(tmp_path: Path) -> None:
    none = str(tmp_path / "none.sqlite")
    assert "onrecord read" in onrecord("claims", "--store", none, code=1).stderr
    empty = str(tmp_path / "empty.sqlite")
    Writer(Path(empty)).close()
    assert "is empty" in onrecord("claims", "--store", empty).stdout
    assert "is empty" in onrecord("claims", "--json", "--store", empty).stderr


def test_a_long_answer_is_cut_on_the_screen_alone(store: Path) -> None:
    with Writer(store) as writer:
        for n in range(60):
            writer.write(cables(f"cables-{n}"))
    assert "50 of 64 rows" in onrecord("claims").stderr
    assert "rows" not in onrecord("claims", "--limit", "0").stderr
    assert len(objects("claims")) == 64
    assert len(objects("claims", "--limit", "7")) == 7


@pytest.mark.parametrize("words", ['"', "*", "AND", "a OR", "'", "", "-- -x"])
def test_any_words_can_be_asked_for(store: Path, words: str) -> None:
    onrecord("claims", "--", words)


def test_text_cannot_take_over_the_terminal_or_the_markup(store: Path) -> None:
    text = "[red]Hello\x1b[2J\a, he said."
    claim = Attribution(
        "att-x", "indirect", None, None, (words(text, "[red]Hello\x1b[2J\a"),), Speaker(None, "[link]x"),
        inferred=False, within=None, confidence=1,
    )  # fmt: skip
    with Writer(store) as writer:
        writer.write(Record(article(text, "evil", title="\x1b]0;title\a", url=None), attributions=(claim,)))
    shown = onrecord("claims", "hello").stdout
    assert "[red]Hello" in shown
    assert "[link]x" in shown
    assert "\x1b" not in shown + onrecord("cite", "att-x").stdout
    assert "\a" not in shown


# --- cite


def test_cite_prints_a_footnote(store: Path) -> None:
    note = onrecord("cite", BOAST.id).stdout
    assert note.startswith(
        "Inês Gonçalves, Defence Minister: “We have never done anything like this,” The Lagoon"
    )
    assert onrecord("cite", BOAST.id[:9]).stdout == note
    cited = json.loads(onrecord("cite", BOAST.id, "--json").stdout)
    assert cited["words"] == [{"span": [116, 154], "text": "We have never done anything like this,"}]
    assert cited["speaker"]["role"] == "Defence Minister"


def test_what_cannot_be_cited_is_said(store: Path) -> None:
    assert "nothing on record has the id 'att-zzz'" in onrecord("cite", "att-zzz", code=2).stderr
    assert "more than one id begins with 'att-'" in onrecord("cite", "att-", code=2).stderr
    assert "nothing on record" in onrecord("cite", " ", code=2).stderr


# --- export


def test_export_writes_files_and_names_them(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    named = onrecord("export", "--out", str(out)).stdout.splitlines()
    assert sorted(named) == sorted(str(path) for path in out.iterdir())
    assert len((out / "attributions.csv").read_text(encoding="utf-8").splitlines()) == 5
    onrecord("export", "--format", "jsonl", "--out", str(out))
    assert len((out / "records.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_export_into_a_file_is_refused(store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "file" in onrecord("export", "--out", str(tmp_path / "file"), code=2).stderr
    assert "file" in onrecord("export", "--out", str(tmp_path / "file" / "deeper"), code=1).stderr


# --- upkeep


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE actors SET name = 'Somebody' WHERE id = 'act-brazil'", "actors does not say"),
        ("DELETE FROM transfers", "transfers does not say"),
        ("INSERT INTO attributions_fts (attributions_fts) VALUES ('delete-all')", "full-text index"),
    ],
)
def test_check_finds_what_is_wrong_and_rebuilds_it(store: Path, damage: str, found: str) -> None:
    assert "2 articles, all in order" in onrecord("store", "check").stdout
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(damage)
    assert found in onrecord("store", "check", code=1).stdout
    assert "2 articles, all in order" in onrecord("store", "check", "--rebuild").stdout


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("UPDATE article_versions SET text = text || ' more'", "the text is not the one"),
        ("INSERT INTO mentions VALUES ('nowhere', 'a', 'b', 0, 1)", "not in the store"),
        (
            """UPDATE article_versions SET record = replace(record, '"text":"signed"', '"text":"sought"')""",
            "the words 'sought' are not at",
        ),
    ],
)
def test_check_finds_what_no_rebuilding_mends(store: Path, damage: str, found: str) -> None:
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(damage)
    assert found in onrecord("store", "check", code=1).stdout
    assert found in onrecord("store", "check", "--rebuild", code=1).stdout


def test_backup_is_a_store_of_its_own(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert onrecord("store", "backup", str(folder)).stdout.strip() == str(folder / "store.sqlite")
    assert [p.name for p in folder.iterdir()] == ["store.sqlite"]
    with View(folder / "store.sqlite") as view:
        assert view.record("boats") == boats()
    with Writer(store) as writer:
        writer.write(replace(boats(), transfers=()))
        onrecord("store", "backup", str(folder / "store.sqlite"))
    with View(folder / "store.sqlite") as view:
        assert search.transfers(view).total == 0
    assert "all in order" in onrecord("store", "check", "--store", str(folder / "store.sqlite")).stdout


def test_backup_replaces_no_other_file(store: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("Notes that somebody would miss.")
    assert "not an onrecord store" in onrecord("store", "backup", str(notes), code=1).stderr
    assert "the store itself" in onrecord("store", "backup", str(store), code=1).stderr
    assert "the store itself" in onrecord("store", "backup", str(store.parent), code=1).stderr
    assert notes.read_text() == "Notes that somebody would miss."


def test_the_codes_that_options_take_are_those_of_the_columns() -> None:
    for command, option, table in (
        ("events", "event", tables.EVENTS),
        ("events", "status", tables.EVENTS),
        ("transfers", "stage", tables.TRANSFERS),
        ("positions", "stance", tables.POSITIONS),
        ("positions", "predicate", tables.POSITIONS),
    ):
        (choice,) = [p.type for p in main.commands[command].params if p.name == option]
        (column,) = [c for c in table.columns if c.name == option]
        assert isinstance(choice, click.Choice)
        assert tuple(choice.choices) == column.codes
