"""The importers on the publishers' own files, where a developer has them beside the project."""

import csv
import datetime as dt
import time
from functools import cache
from pathlib import Path

import pytest

from onrecord.history import formats, shelving, states
from onrecord.history.formats import Read
from onrecord.history.imported import Imported, Part, UnreadableError
from onrecord.history.shelf import Shelf

SHARED = Path(__file__).parents[2] / "shared" / "data"
FOLDER = SHARED / "history"
TODAY = dt.date(2026, 11, 28)
REGISTER = "sipri_trade_register_2026-05.csv"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the publishers' files are not here")


@cache
def read(*names: str) -> Read:
    (group,) = formats.group([formats.part_of(FOLDER / name) for name in names])
    return formats.read(group, TODAY)


def imported(*names: str) -> Imported:
    return read(*names).imported


def between(found: Imported, *codes: str) -> list[tuple[str, str, str, float | None]]:
    return [
        (o.dimension, o.first, o.start.isoformat(), o.value)
        for o in found.observations
        if {o.first, o.second} <= set(codes)
    ]


@pytest.mark.parametrize(
    ("name", "vintage", "last", "tiv"),
    [
        ("sipri_register_2024-03_export.csv", "2024-03-31", 2023, 1908.1),
        ("sipri_trade_register_2025-03.csv", "2025-03-13", 2024, 1908.1),
        (REGISTER, "2026-05-18", 2025, 1893.6),
    ],
)
def test_registers(name: str, vintage: str, last: int, tiv: float) -> None:
    """What Russia delivered to Iran in 1990-94 is as the ledger beside the data says."""
    found = imported(name)
    assert found.vintage.isoformat() == vintage
    assert found.series[0].covered == (1950, last)
    assert all(s.complete for s in found.series)
    assert found.unrecognised == {}
    assert len(found.problems) <= 2
    flows = [
        o.value or 0
        for o in found.observations
        if o.series == "arms-delivered"
        and o.first in {"SUN", "RUS"}
        and o.second == "IRN"
        and 1990 <= o.start.year <= 1994
    ]
    assert sum(flows) == pytest.approx(tiv, abs=0.1)
    first = min(o.start.year for o in found.observations if (o.first, o.second) == ("IRN", "RUS"))
    assert first == 2022


def test_the_tiv_of_a_register_adds_up() -> None:
    path = FOLDER / REGISTER
    with path.open(encoding="cp1252", newline="") as stream:
        rows = list(csv.reader(stream))[12:]
    total = sum(
        float(row[-1] or 0)
        for row in rows
        if row[10] and not any(name.endswith("*") or name.startswith("unknown") for name in row[:2])
    )
    kept = sum(o.value or 0 for o in imported(REGISTER).observations if o.series == "arms-delivered")
    # A few territories and rival governments without an asterisk are no states either.
    assert 0 <= total - kept < total / 1000


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_register_cut_within_a_line_or_after_one(share: float) -> None:
    data = (FOLDER / REGISTER).read_bytes()
    cut = int(len(data) * share)
    for end in (cut, data.index(b"\n", cut) + 1):
        assert b"Zimbabwe,China" not in data[:end], "what is left could be all"
        (group,) = formats.group([Part("register.csv", None, data[:end])])
        with pytest.raises(UnreadableError, match="breaks off"):
            formats.read(group, TODAY)


def test_alliances() -> None:
    both = imported("atop5_1a.csv", "atop5_1sy.csv")
    nato = [
        (o.first, o.start.year, o.end) for o in both.observations if o.second == "USA" and "3180" in o.what
    ]
    assert ("ESP", 1981, None) in nato
    assert ("CAN", 1949, None) in nato
    assert ("agreements", "IRN", "2001-03-12", 1.0) in between(both, "RUS", "IRN")
    assert ("alliance", "IRN", "1942-01-01", 1.0) in between(both, "SUN", "IRN")
    assert {s.covered for s in both.series} == {(1815, 2018)}


def test_agreements() -> None:
    found = imported("dcad_v1.csv")
    assert len(found.observations) == 1869
    assert between(found, "RUS", "IRN") == [("agreements", "IRN", "2001-10-02", 1.0)]
    assert [p.line for p in found.problems] == [109, 293]


def test_exercises_have_none_of_russia_and_iran() -> None:
    for name in ("mme_v7.csv", "jme_v3.xls", "russian_exercises_2009_2018.csv"):
        found = imported(name)
        assert between(found, "RUS", "SUN", "IRN") == []
        assert found.unrecognised == {}
    assert imported("mme_v7.csv").series[0].covered == (1980, 2010)
    assert imported("jme_v3.xls").series[0].covered == (1977, 2010)


def test_ideal_points_and_the_numbers_of_states() -> None:
    found = imported("un_ideal_points_2025-07.dta")
    assert (found.vintage, found.vintage_how) == (dt.date(2025, 7, 28), "stated")
    at = {(level.series, level.state): level.value for level in found.levels if level.year == 2022}
    far = {s: abs(at[s, "IRN"] - at[s, "RUS"]) for s, _ in at if (s, "IRN") in at}
    assert far == pytest.approx(
        {"distance-all-votes": 0.42, "distance-final-passage": 0.72, "distance-legacy": 1.42}, abs=0.005
    )
    assert found.unrecognised == {}


def test_numbers_and_codes_agree_with_the_file_that_has_both() -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    columns, _ = pyreadstat.read_dta(str(FOLDER / "un_ideal_points_2025-07.dta"), output_format="dict")
    pairs = set(zip(columns["ccode"], columns["iso3c"], map(int, columns["year"]), strict=True))
    other = {
        (number, iso)
        for number, iso, year in pairs
        if iso and states.from_code(iso, year) != states.from_number(number, "cow", year)
    }
    assert other == {(678, "YAR"), (680, "YAR")}, "no ISO code, and used for both Yemens"


@pytest.mark.parametrize("name", ["jme_v3.xls", "un_ideal_points_2025-07.dta", "mme_v7.csv", "dcad_v1.csv"])
def test_files_cut_in_the_middle(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    cut = len(data) // 2
    while data[cut - 1 : cut] in {b"\n", b"\r", b","}:
        cut += 1
    (group,) = formats.group([Part(name, None, data[:cut])])
    with pytest.raises(UnreadableError):
        formats.read(group, TODAY)


def test_the_ledger() -> None:
    (group,) = formats.group([formats.part_of(SHARED / "precedent" / "ledger_russia_iran.csv")])
    found = formats.read(group, TODAY).imported
    assert len(found.observations) == 17
    assert found.problems == ()
    assert {(o.first, o.second) for o in found.observations if o.dimension == "basing"} == {("RUS", "IRN")}


def test_speed(tmp_path: Path) -> None:
    """A register is imported in a few seconds, and its base rate is read at once."""
    path = tmp_path / "history.sqlite"
    begin = time.perf_counter()
    (group,) = formats.group([formats.part_of(FOLDER / REGISTER)])
    kept = formats.read(group, TODAY)
    shelving.add(path, kept.dataset, kept.imported)
    assert time.perf_counter() - begin < 10
    with Shelf(path) as shelf:
        shelf.yearly(kept.dataset.series[0].id)  # numpy takes time to load
        begin = time.perf_counter()
        assert len(shelf.yearly(kept.dataset.series[0].id).year) > 20_000
        assert time.perf_counter() - begin < 0.6, "0.1 s on a quiet machine"
