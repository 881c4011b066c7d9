"""The shelf: datasets are kept whole or not at all, and read back as they were."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.history import formats, shelving
from onrecord.history.imported import Imported, Level, Part, series, year
from onrecord.history.observation import Dataset, Observation
from onrecord.history.shelf import Shelf, ShelfError, default_path

VINTAGE = dt.date(2025, 3, 13)


def delivered(first: str, second: str, of: int, value: float | None) -> Observation:
    start, end = year(of)
    what = f"ordered {of}, ? things"
    return Observation("arms", "arms delivered", first, second, start, end, value, what, VINTAGE, ("row 1",))


def allied(first: str, second: str, start: int, end: int | None) -> Observation:
    last = None if end is None else dt.date(end, 12, 31)
    start_day = dt.date(start, 1, 1)
    return Observation(
        "pacts", "alliance", first, second, start_day, last, 1.0, "a pact", VINTAGE, ("row 2",)
    )


def given_dataset(*observations: Observation, levels: tuple[Level, ...] = ()) -> Imported:
    kinds = (
        series("arms", "arms delivered", "flow", "million TIV", (1950, 2024), complete=True),
        series("pacts", "alliance", "stock", "treaties", (1950, 1992), complete=True),
        series("points", "votes", "distance", "distance of points", (1946, 2024), complete=True),
    )
    return Imported("A register", "Us", "ours", VINTAGE, "stated", kinds, observations, levels=levels)


def dataset_of(imported: Imported, sha256: str = "a" * 64) -> Dataset:
    id_ = f"sipri-{imported.vintage}"
    own = tuple(msgspec.structs.replace(s, id=f"{id_}/{s.id}", dataset=id_) for s in imported.series)
    return Dataset(
        id_, "sipri", imported.title, imported.publisher, imported.terms, imported.vintage,
        imported.vintage_how, sha256, "a.csv", own, ("a note",),
    )  # fmt: skip


def put(path: Path, *observations: Observation, levels: tuple[Level, ...] = ()) -> Dataset:
    imported = given_dataset(*observations, levels=levels)
    return shelving.add(path, dataset_of(imported), imported).dataset


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "history.sqlite"


def test_what_is_kept_is_read_back(path: Path) -> None:
    facts = [
        delivered("SUN", "IRN", 1990, 3.5),
        delivered("RUS", "IRN", 1995, None),
        allied("IRN", "SUN", 1950, None),
    ]
    kept = put(path, *facts)
    with Shelf(path) as shelf:
        assert shelf.datasets() == (kept,)
        found = shelf.observations()
        assert [o.series for o in found] == [
            f"{kept.id}/{o.series}" for o in sorted(facts, key=lambda o: o.start)
        ]
        plain = [msgspec.structs.replace(o, series=o.series.rpartition("/")[2]) for o in found]
        assert sorted(plain, key=str) == sorted(facts, key=str)
        assert shelf.counts() == {kept.id: 3}


def test_a_dyads_past_is_read_across_a_succession(path: Path) -> None:
    put(
        path,
        delivered("SUN", "IRN", 1990, 1.0),
        delivered("IRN", "RUS", 2022, 2.0),
        delivered("SUN", "IRQ", 1990, 3.0),
        delivered("UKR", "IRN", 1995, 4.0),
    )
    with Shelf(path) as shelf:
        assert [o.value for o in shelf.observations(("RUS", "IRN"))] == [1.0, 2.0]
        assert [o.value for o in shelf.observations(("IRN", "RUS"), "arms delivered")] == [1.0, 2.0]
        assert [o.value for o in shelf.observations(("IRN", "SUN"))] == [1.0], "no future in a past"
        assert shelf.observations(("RUS", "IRN"), "alliance") == []
        assert shelf.observations(("RUS", "IRN"), datasets=["another"]) == []
        assert shelf.observations(("RUS", "IRN"), datasets=[]) == []


def test_yearly_values_of_all_dyads(path: Path) -> None:
    kept = put(
        path,
        delivered("SUN", "IRN", 1991, 1.0),
        delivered("RUS", "IRN", 1991, 2.0),
        delivered("RUS", "IRN", 1991, None),
        delivered("RUS", "SUN", 1992, 9.0),
        delivered("USA", "ISR", 1950, 5.0),
        allied("IRN", "SUN", 1950, 1952),
        allied("IRN", "SUN", 1952, None),
    )
    with Shelf(path) as shelf:
        arms = shelf.yearly(f"{kept.id}/arms")
        pacts = shelf.yearly(f"{kept.id}/pacts", heirs=False)
        assert shelf.yearly("no/series").value.tolist() == []
    named = [(arms.states[a], arms.states[b]) for a, b in zip(arms.first, arms.second, strict=True)]
    rows = list(zip(named, arms.year.tolist(), arms.value.tolist(), arms.unknown.tolist(), strict=True))
    assert sorted(rows) == [(("RUS", "IRN"), 1991, 3.0, 1), (("USA", "ISR"), 1950, 5.0, 0)]
    assert set(pacts.states) == {"IRN", "SUN"}
    held = dict(zip(pacts.year.tolist(), pacts.value.tolist(), strict=True))
    assert (held[1950], held[1952], held[1992]) == (1.0, 2.0, 1.0)
    assert max(held) == 1992, "what is open lasts as long as is covered"


POINTS = (
    Level("points", "SUN", 1985, -2.0),
    Level("points", "IRN", 1985, 1.0),
    Level("points", "RUS", 2021, -1.0),
    Level("points", "IRN", 2021, -1.5),
    Level("points", "USA", 2021, 3.0),
)


def test_distances_are_worked_out_when_asked(path: Path) -> None:
    kept = put(path, levels=POINTS)
    with Shelf(path) as shelf:
        found = shelf.observations(("IRN", "RUS"), "votes")
        assert [(o.first, o.second, o.start.year, o.value) for o in found] == [
            ("IRN", "SUN", 1985, 3.0),
            ("IRN", "RUS", 2021, 0.5),
        ]
        assert found[0].series == f"{kept.id}/points"
        assert shelf.observations(("IRN", "RUS"), "alliance") == []
        assert shelf.observations() == [], "not of all pairs at once"
        far = shelf.yearly(f"{kept.id}/points")
        assert len(far.year) == 1 + 3
        assert far.value.max() == 4.5
        assert len(shelf.levels(f"{kept.id}/points")) == 5


def test_the_same_file_again_changes_nothing(path: Path) -> None:
    imported = given_dataset(delivered("SUN", "IRN", 1990, 1.0), levels=POINTS)
    first = shelving.add(path, dataset_of(imported), imported)
    before = dump(path)
    again = shelving.add(path, dataset_of(imported), imported)
    assert (first.new, again.new) == (True, False)
    assert again.dataset == first.dataset
    assert dump(path) == before


def test_another_file_of_the_same_day_gets_its_digest(path: Path) -> None:
    put(path, delivered("SUN", "IRN", 1990, 1.0))
    imported = given_dataset(delivered("SUN", "IRN", 1990, 2.0))
    other = shelving.add(path, dataset_of(imported, "b" * 64), imported).dataset
    assert other.id == f"sipri-{VINTAGE}-bbbbbb"
    with Shelf(path) as shelf:
        assert [o.value for o in shelf.observations(datasets=[other.id])] == [2.0]
        assert len(shelf.observations()) == 2
        assert {s.id for s in other.series} == {f"{other.id}/{s}" for s in ("arms", "pacts", "points")}


def test_the_latest_vintage_that_was_known(path: Path) -> None:
    put(path)
    later = msgspec.structs.replace(given_dataset(), vintage=dt.date(2026, 5, 18))
    shelving.add(path, dataset_of(later, "b" * 64), later)
    with Shelf(path) as shelf:
        assert [d.vintage.year for d in shelf.datasets()] == [2025, 2026]
        assert [d.vintage.year for d in shelf.current()] == [2026]
        assert [d.vintage.year for d in shelf.current(dt.date(2026, 1, 1))] == [2025]
        assert shelf.current(dt.date(2020, 1, 1)) == ()


def test_removing_takes_all_of_it(path: Path) -> None:
    kept = put(path, delivered("SUN", "IRN", 1990, 1.0), levels=POINTS)
    assert shelving.remove(path, kept.id)
    assert not shelving.remove(path, kept.id)
    with closing(sqlite3.connect(path)) as connection:
        for table in ("datasets", "series", "observations", "levels", "yearly"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_nothing_is_half_kept(path: Path) -> None:
    put(path, delivered("SUN", "IRN", 1990, 1.0))
    before = dump(path)
    broken = given_dataset(delivered("SUN", "IRN", 1991, 1.0), levels=(POINTS[0], POINTS[0]))
    with pytest.raises(sqlite3.IntegrityError):
        shelving.add(path, dataset_of(broken, "b" * 64), broken)
    assert dump(path) == before


def test_no_file_is_an_empty_shelf(path: Path) -> None:
    with Shelf(path) as shelf:
        assert shelf.datasets() == ()
        assert shelf.observations(("RUS", "IRN")) == []
    assert not path.exists()


def test_files_that_are_no_shelf_are_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
        connection.commit()
    before = other.read_bytes()
    text = tmp_path / "text.sqlite"
    text.write_text("no database at all, and long enough to be looked at as one" * 20)
    for bad, says in ((other, "another program"), (text, "not a shelf"), (tmp_path, "a folder")):
        with pytest.raises(ShelfError, match=says):
            Shelf(bad)
        with pytest.raises(ShelfError, match=says):
            put(bad)
    assert other.read_bytes() == before


def test_a_newer_shelf_is_refused(path: Path) -> None:
    put(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ShelfError, match="a newer onrecord"):
        Shelf(path)


def test_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_HISTORY", "/somewhere/h.sqlite")
    assert default_path() == Path("/somewhere/h.sqlite")
    monkeypatch.delenv("ONRECORD_HISTORY")
    assert default_path().name == "history.sqlite"


def dump(path: Path) -> list[str]:
    def lines() -> Iterator[str]:
        with closing(sqlite3.connect(path)) as connection:
            yield from connection.iterdump()

    return list(lines())


CODES = st.sampled_from(["RUS", "SUN", "IRN", "USA", "YUG", "SRB"])
FLOWS = st.lists(st.tuples(CODES, CODES, st.integers(1950, 2024), st.none() | st.floats(0, 1e6)), max_size=25)


@given(FLOWS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
def test_yearly_values_are_the_sums_of_what_is_kept(
    tmp_path: Path, flows: list[tuple[str, str, int, float | None]]
) -> None:
    path = tmp_path / "h.sqlite"
    path.unlink(missing_ok=True)
    facts = [delivered(a, b, of, value) for a, b, of, value in flows if a != b]
    kept = put(path, *facts)
    with Shelf(path) as shelf:
        found = shelf.yearly(f"{kept.id}/arms", heirs=False)
        assert found.value.sum() == pytest.approx(sum(o.value or 0 for o in facts))
        assert found.unknown.sum() == sum(o.value is None for o in facts)
        assert len(found.year) == len({(o.first, o.second, o.start.year) for o in facts})


def test_a_file_goes_from_its_bytes_to_the_shelf_and_back(path: Path) -> None:
    text = "dimension,direction,date,event,source\nbasing,Russia->Iran,2016-08-16,flown from Hamadan,x\n"
    (group,) = formats.group([Part("mine.csv", None, text.encode())])
    read = formats.read(group, dt.date(2026, 11, 28))
    shelving.add(path, read.dataset, read.imported)
    with Shelf(path) as shelf:
        (fact,) = shelf.observations(("RUS", "IRN"))
    assert fact.series == "chronology-2026-11-28/basing"
    assert fact.cites == ("x",)
