"""Evidence gathered from a shelf gives the same answer as from the rows themselves."""

import datetime as dt
from pathlib import Path

import pytest
from test_precedent_eval import register

from onrecord.history import formats, shelving
from onrecord.history.shelf import Shelf
from onrecord.precedent.clocks import Clocks
from onrecord.precedent.gathering import from_yearly, gather
from onrecord.precedent.measure import Evidence, assess, prepare
from onrecord.precedent.panel import panel_of

CLOCKS = Clocks(dt.date(1983, 12, 31))


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    path = tmp_path / "history.sqlite"
    (group,) = formats.group([formats.part_of(register(tmp_path / "register.csv"))])
    read = formats.read(group, dt.date(2026, 11, 28))
    shelving.add(path, read.dataset, read.imported)
    return path


def test_a_dyad_is_judged_from_the_shelf(shelf: Path) -> None:
    with Shelf(shelf) as history:
        one = gather(history, [("IRQ", "FRA")], CLOCKS)
        everything = gather(history, None, CLOCKS)
    answer = assess(prepare(one, CLOCKS), "FRA", "IRQ")
    delivered = next(d for d in answer.dimensions if d.dimension == "arms delivered" and d.from_ == "FRA")
    assert delivered.level == 4010
    assert delivered.past_maximum == 30
    assert [o.date for o in delivered.present] == ["1981", "1983"]
    assert delivered.first == "1960"
    assert assess(prepare(everything, CLOCKS), "FRA", "IRQ") == answer


def test_the_arrays_of_the_shelf_are_the_sums_of_its_rows(shelf: Path) -> None:
    with Shelf(shelf) as history:
        (dataset,) = history.datasets()
        rows = history.observations()
        for series in dataset.series:
            ours, theirs = panel_of(series, rows), from_yearly(series, history.yearly(series.id))
            known = {p: v.tolist() for p, v in zip(theirs.pairs, theirs.values, strict=True) if v.any()}
            assert known == {p: v.tolist() for p, v in zip(ours.pairs, ours.values, strict=True) if v.any()}


def test_what_was_not_known_is_not_gathered(shelf: Path) -> None:
    clocks = Clocks(CLOCKS.as_of, dt.date(2020, 1, 1))
    with Shelf(shelf) as history:
        assert gather(history, None, clocks) == Evidence([], [], [])


def test_an_empty_shelf_gives_no_evidence_and_the_chronology_given_with_it(tmp_path: Path) -> None:
    with Shelf(tmp_path / "none.sqlite") as history:
        evidence = gather(history, [("FRA", "IRQ")], CLOCKS)
    assert evidence == Evidence([], [], [])
    assert assess(prepare(evidence, CLOCKS), "FRA", "IRQ").verdict == "not covered"
