"""`onrecord history`, as a user types it."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.commands.history import history
from onrecord.history.shelf import Shelf

POINTS = (
    "ccode,iso3c,Countryname,year,IdealPointAll\n2,USA,United States,2021,3.0\n365,RUS,Russia,2021,-1.0\n"
)
LEDGER = (
    "dyad,dimension,direction,start,what,title\n"
    "RUS-IRN,basing,RUS->IRN,2016-08-16,flown from Hamadan,A page\n"
    "RUS-IRN,fishing,,2016,fished,A page\n"
    "Atlantis-IRN,exercises,,2016,swam,A page\n"
)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "history.sqlite"
    monkeypatch.setenv("ONRECORD_HISTORY", str(path))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("onrecord.history.embedded", lambda: None)
    return path


def file(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def run(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(history, words, prog_name="onrecord history")
    assert result.exit_code == code, (result.output, result.exception)
    return result


def test_adding_shows_what_a_file_covers(shelf: Path, tmp_path: Path) -> None:
    shown = run("add", file(tmp_path, "mine_2024-05-01.csv", LEDGER)).stdout
    assert "chronology-2024-05-01: Chronology" in shown
    assert "vintage 2024-05-01, by the file's name" in shown
    assert "basing" in shown
    assert "2016" in shown
    assert "some dyads" in shown
    assert "1 thing could not be read:" in shown
    assert "row 3: 'fishing' is no dimension" in shown
    assert "Not recognised as states, left out: Atlantis-IRN (1)." in shown


def test_adding_again_changes_nothing(shelf: Path, tmp_path: Path) -> None:
    path = file(tmp_path, "points.csv", POINTS)
    run("add", path, "--vintage", "2023-07-01")
    before = shelf.read_bytes()
    again = run("add", path, "--vintage", "2023-08-01")
    assert "already kept as ideal-points-2023-07-01; nothing was changed" in again.stdout
    assert "onrecord history remove ideal-points-2023-07-01" in again.stderr
    assert shelf.read_bytes() == before


def test_two_vintages_stand_side_by_side(shelf: Path, tmp_path: Path) -> None:
    run("add", file(tmp_path, "points_2023-07.csv", POINTS))
    run("add", file(tmp_path, "points_2024-07.csv", POINTS.replace("3.0", "3.1")))
    listed = [json.loads(line) for line in run("list", "--json").stdout.splitlines()]
    assert [d["vintage"] for d in listed] == ["2023-07-31", "2024-07-31"]
    assert listed[0]["observations"] == 2
    assert listed[0]["series"][0]["covered"] == [2021, 2021]


def test_refusing_says_what_was_expected_and_keeps_the_rest(shelf: Path, tmp_path: Path) -> None:
    bad = file(tmp_path, "shopping.csv", "bread,milk\n1,2\n")
    good = file(tmp_path, "points.csv", POINTS)
    result = run("add", bad, good, code=1)
    assert "shopping.csv: the file begins 'bread,milk', which is none of" in result.stderr
    assert "sipri: SIPRI's trade register as CSV" in result.stderr
    assert "Nothing of it was added." in result.stderr
    with Shelf(shelf) as kept:
        assert [d.format for d in kept.datasets()] == ["ideal points"]


def test_a_truncated_file_leaves_the_shelf_as_it_was(shelf: Path, tmp_path: Path) -> None:
    run("add", file(tmp_path, "points.csv", POINTS))
    before = shelf.read_bytes()
    result = run("add", file(tmp_path, "cut.csv", POINTS[:-20]), code=1)
    assert "the file breaks off: 1 rows were read, and row 3" in result.stderr
    assert shelf.read_bytes() == before


def test_a_format_can_be_asked_for(shelf: Path, tmp_path: Path) -> None:
    result = run("add", file(tmp_path, "points.csv", POINTS), "--format", "dcad", code=1)
    assert "dcad: DCAD as CSV" in result.stderr
    assert "sipri" not in result.stderr


def test_added_as_json(shelf: Path, tmp_path: Path) -> None:
    told = json.loads(run("add", file(tmp_path, "mine.csv", LEDGER), "--json").stdout)
    assert told["new"] is True
    assert told["problems"][0]["line"] == 3
    assert told["unrecognised"] == {"Atlantis-IRN": 1}
    assert told["observations"] == 1


def test_listing(shelf: Path, tmp_path: Path) -> None:
    assert "Nothing is kept" in run("list").stdout
    assert run("list", "--json").stdout == ""
    run("add", file(tmp_path, "points_2023-07.csv", POINTS))
    assert "ideal-points-2023-07-31" in run("list").stdout
    (row,) = csv.DictReader(io.StringIO(run("list", "--csv").stdout))
    assert (row["dimension"], row["complete"], row["first_year"]) == ("votes", "1", "2021")


@pytest.mark.parametrize("columns", ["30", "60", "80"])
def test_ids_are_whole_at_any_width(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    run("add", file(tmp_path, "points_2023-07.csv", POINTS))
    monkeypatch.setenv("COLUMNS", columns)
    assert "ideal-points-2023-07-31" in run("list").stdout


def test_removing(shelf: Path, tmp_path: Path) -> None:
    run("add", file(tmp_path, "points_2023-07.csv", POINTS))
    assert "kept are ideal-points-2023-07-31" in run("remove", "points", code=2).stderr
    run("remove", "ideal-points-2023-07-31")
    assert "nothing is kept" in run("remove", "ideal-points-2023-07-31", code=2).stderr


def test_another_file_as_shelf(shelf: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere.sqlite"
    run("add", file(tmp_path, "points.csv", POINTS), "--history", str(other))
    assert other.exists()
    assert not shelf.exists()
    other.write_text("no database at all" * 100)
    assert "this is not a shelf" in run("list", "--history", str(other), code=1).stderr


def test_bad_days_and_missing_files(shelf: Path, tmp_path: Path) -> None:
    assert "is not a day" in run("add", file(tmp_path, "p.csv", POINTS), "--vintage", "2023", code=2).stderr
    assert "does not exist" in run("add", str(tmp_path / "none.csv"), code=2).stderr


def test_help_has_examples() -> None:
    for words in (["--help"], ["add", "--help"], ["list", "--help"], ["remove", "--help"]):
        assert "Examples:" in run(*words).stdout
