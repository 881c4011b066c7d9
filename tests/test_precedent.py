"""The measure of precedent: verdicts on invented pasts, and on Russia and Iran as of February 2023."""

import dataclasses
import datetime as dt
import math
import re
import time
from collections.abc import Iterable
from typing import Any

import msgspec
import numpy as np
import pytest

from onrecord.history.observation import Dataset, Dimension, Format, Measure, Observation, Series
from onrecord.precedent.assessment import Assessment, DimensionVerdict
from onrecord.precedent.clocks import Clocks, begun_by, known_datasets, label, set_aside
from onrecord.precedent.ladder import Facts, verdict
from onrecord.precedent.measure import Evidence, assess, prepare
from onrecord.precedent.panel import (
    merged,
    mid_rank,
    panel_of,
    past_maximum,
    share_at_least,
    window_sums,
    yardstick,
)

DAY = dt.date(2026, 5, 18)


def series(
    id_: str,
    dimension: Dimension,
    measure: Measure = "flow",
    covered: tuple[int, int] = (1950, 2025),
    *,
    complete: bool = False,
) -> Series:
    unit = "million TIV" if complete else "entries"
    return Series(id_, "d", dimension, measure, unit, covered, complete)


def dataset(id_: str, form: Format, *has: Series, vintage: dt.date = DAY) -> Dataset:
    return Dataset(id_, form, f"Title {id_}", "Publisher", "terms", vintage, "stated", "0", "file", has)


def seen(
    in_series: Series,
    first: str,
    second: str,
    start: str | int,
    end: str | int | None = "same",
    value: float | None = None,
    known: dt.date = dt.date(2000, 1, 1),
) -> Observation:
    """An observation of a day or a year; `end` "same" is the end of the start, None is open."""
    begins = dt.date(start, 1, 1) if isinstance(start, int) else dt.date.fromisoformat(start)
    ends: dt.date | None
    if end is None:
        ends = None
    elif end == "same":
        ends = dt.date(start, 12, 31) if isinstance(start, int) else begins
    else:
        ends = dt.date(end, 12, 31) if isinstance(end, int) else dt.date.fromisoformat(end)
    what = f"{in_series.dimension} {start}"
    return Observation(
        in_series.id, in_series.dimension, first, second, begins, ends, value, what, known, ("a page",)
    )


DELIVERED = series("c/delivered", "arms delivered")
ORDERED = series("c/ordered", "arms ordered")
AGREED = series("c/agreements", "agreements")
EXERCISED = series("c/exercises", "exercises")
SHARED = series("c/intelligence", "intelligence")
BASED = series("c/basing", "basing")
MADE = series("c/production", "production")
CHRONOLOGY = dataset("c", "chronology", DELIVERED, ORDERED, AGREED, EXERCISED, SHARED, BASED, MADE)
RUSSIA_IRAN = (
    seen(ORDERED, "SUN", "IRN", 1966),
    seen(DELIVERED, "SUN", "IRN", 1967),
    seen(DELIVERED, "SUN", "IRN", 1990),
    seen(ORDERED, "RUS", "IRN", "2005-12-01", "2005-12-31"),
    seen(DELIVERED, "RUS", "IRN", 2016),
    seen(DELIVERED, "IRN", "RUS", "2022-08-01", "2022-08-31"),
    seen(AGREED, "IRN", "RUS", "2001-10-02"),
    seen(AGREED, "IRN", "RUS", "2015-01-20"),
    seen(SHARED, "IRN", "RUS", "2015-09-27"),
    seen(BASED, "RUS", "IRN", "2016-08-16", "2016-08-22"),
    seen(EXERCISED, "IRN", "RUS", "2019-12-27", "2019-12-30"),
    seen(MADE, "IRN", "RUS", 2023, None),
)
"""Dates as in the development ledger of the shared data."""

REGISTER = series("r/delivered", "arms delivered", complete=True)
SIPRI = dataset("r", "sipri", REGISTER)


def background(count: int = 60) -> list[Observation]:
    """Give dyads of usual trade, 1960 on, so that there is a base rate: each grows a little and shrinks."""
    codes = ["FRA", "DEU", "GBR", "ITA", "ESP", "SWE", "BRA", "IND"]
    pairs = [(a, b) for a in codes for b in codes if a != b][:count]
    return [
        seen(REGISTER, a, b, year, value=20 + 10 * math.sin(i + year))
        for i, (a, b) in enumerate(pairs)
        for year in range(1960, 2025)
    ]


def register(flows: Iterable[Observation], as_of: str, a: str = "RUS", b: str = "IRN") -> Assessment:
    rows = [*flows, *background()]
    bench = prepare(Evidence([SIPRI], rows, [panel_of(REGISTER, rows)]), Clocks(dt.date.fromisoformat(as_of)))
    return assess(bench, a, b)


def chronology(rows: Iterable[Observation], as_of: str, as_known: str | None = None) -> Assessment:
    known = dt.date.fromisoformat(as_known) if as_known else None
    return assess(
        prepare(Evidence([CHRONOLOGY], rows), Clocks(dt.date.fromisoformat(as_of), known)), "RUS", "IRN"
    )


def row(answer: Assessment, dimension: Dimension, from_: str | None = None) -> DimensionVerdict:
    return next(r for r in answer.dimensions if r.dimension == dimension and r.from_ == from_)


def flow(from_: str, to: str, years: dict[int, float]) -> list[Observation]:
    return [seen(REGISTER, from_, to, y, value=v) for y, v in years.items()]


# --- Russia and Iran, from a chronology alone


def test_russia_iran_as_of_the_first_anniversary_of_the_invasion() -> None:
    answer = chronology(RUSSIA_IRAN, "2023-02-24")
    assert answer.verdict == "unprecedented in one respect: arms delivered from Iran to Russia"
    assert answer.score is None, "a chronology has no base rate"
    new = row(answer, "arms delivered", "IRN")
    assert (new.verdict, new.first, new.precedents) == ("unprecedented", "2022-08", ())
    assert "first on record" in new.says
    assert "from 1966 to 2016" in new.says
    old = row(answer, "arms delivered", "RUS")
    assert (old.verdict, old.first, old.last_before) == ("precedented", "1967", "2016")
    dates = {d.dimension: [p.date for p in d.precedents] for d in answer.dimensions if d.precedents}
    assert dates["agreements"] == ["2001-10-02", "2015-01-20"]
    assert dates["intelligence"] == ["2015-09-27"]
    assert dates["basing"] == ["2016-08-16/2016-08-22"]
    assert dates["exercises"] == ["2019-12-27/2019-12-30"]
    assert {d.verdict for d in answer.dimensions if d.precedents} == {"precedented"}
    assert row(answer, "votes").verdict == "not covered"


def test_production_that_began_some_time_in_2023_is_not_seen_in_february() -> None:
    assert row(chronology(RUSSIA_IRAN, "2023-02-24"), "production", "IRN").verdict == "not covered"
    assert row(chronology(RUSSIA_IRAN, "2023-12-31"), "production", "IRN").verdict == "new in kind"


def test_before_the_drones_nothing_was_unprecedented() -> None:
    answer = chronology(RUSSIA_IRAN, "2022-07-31")
    assert answer.verdict == "new in kind", (
        "the exercise of December 2019 was a first, less than three years ago"
    )
    assert row(answer, "exercises").verdict == "new in kind"
    assert row(answer, "arms delivered", "IRN").verdict == "none"


def test_what_was_not_yet_known_does_not_count() -> None:
    rows = [msgspec.structs.replace(o, known=o.end or o.start) for o in RUSSIA_IRAN]
    assert chronology(rows, "2023-02-24", "2022-08-30").verdict == "precedented"
    assert chronology(rows, "2023-02-24", "2022-08-31").verdict.startswith("unprecedented")


def test_the_counter_evidence_is_what_went_the_other_way() -> None:
    found = chronology(RUSSIA_IRAN, "2023-02-24").counter_evidence
    assert found is not None
    assert (found.dimension, found.from_, found.date) == ("arms delivered", "RUS", "2016")


def test_one_earlier_delivery_would_change_it() -> None:
    answer = chronology(RUSSIA_IRAN, "2023-02-24")
    assert answer.would_change == "a delivery of arms from Iran to Russia before 2020-02-25, with a source"
    again = chronology([*RUSSIA_IRAN, seen(DELIVERED, "IRN", "RUS", 2015)], "2023-02-24")
    assert again.verdict == "precedented"


def test_a_first_without_decades_the_other_way_is_only_new_in_kind() -> None:
    answer = chronology([seen(DELIVERED, "IRN", "RUS", 2022)], "2023-02-24")
    assert answer.verdict == "new in kind"
    assert "by a chronology alone" in answer.says


def test_an_earlier_occurrence_elsewhere_takes_a_first_back() -> None:
    other = series("o/delivered", "arms delivered")
    rows = [*RUSSIA_IRAN, seen(other, "IRN", "RUS", 1995)]
    bench = prepare(
        Evidence([CHRONOLOGY, dataset("o", "chronology", other)], rows), Clocks(dt.date(2023, 2, 24))
    )
    found = row(assess(bench, "RUS", "IRN"), "arms delivered", "IRN")
    assert found.verdict == "precedented"
    assert found.contradicted_by is not None
    assert found.contradicted_by.date == "1995"


def test_a_gap_of_ten_years_is_a_revival() -> None:
    rows = [seen(EXERCISED, "IRN", "RUS", 2001), seen(EXERCISED, "IRN", "RUS", 2022)]
    found = row(chronology(rows, "2023-02-24"), "exercises")
    assert (found.verdict, found.gap) == ("revival", 20)


def test_what_a_chronology_lists_once_is_a_precedent_though_nothing_is_dated_now() -> None:
    found = row(chronology(RUSSIA_IRAN, "2023-02-24"), "intelligence")
    assert found.present == ()
    assert "nothing dated" in found.says


# --- a register


def test_a_role_reversal_in_a_register_is_unprecedented() -> None:
    flows = flow("SUN", "IRN", dict.fromkeys(range(1970, 1990), 100.0)) + flow("IRN", "RUS", {2022: 20.0})
    answer = register(flows, "2023-02-24")
    assert answer.verdict == "unprecedented in one respect: arms delivered from Iran to Russia"
    new, old = row(answer, "arms delivered", "IRN"), row(answer, "arms delivered", "RUS")
    assert (new.first_ever, new.reverse_years, new.window) == (
        True, 20, (dt.date(2020, 1, 1), dt.date(2022, 12, 31)),
    )  # fmt: skip
    assert (old.verdict, old.first, old.last_before) == ("none", "1970", "1989")
    assert answer.counter_evidence is not None
    assert answer.counter_evidence.from_ == "RUS"
    assert answer.score == new.jump_bits
    assert new.covered == (1950, 2022)
    assert new.base_rate is not None
    assert new.base_rate.windows > 1000


def test_the_year_that_has_not_ended_does_not_count() -> None:
    flows = flow("IRN", "RUS", {2022: 20.0})
    assert row(register(flows, "2022-12-30"), "arms delivered", "IRN").verdict == "none"
    assert row(register(flows, "2022-12-31"), "arms delivered", "IRN").verdict != "none"


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ({}, "none"),
        ({2022: 30.0}, "new in kind"),
        ({2022: 5000.0}, "unprecedented"),
        ({1970: 50.0, 2022: 20.0}, "revival"),
        (dict.fromkeys(range(1990, 2023), 50.0), "precedented"),
        ({**dict.fromkeys(range(1990, 2020), 50.0), 2022: 250.0}, "escalation"),
    ],
)
def test_the_rungs_of_the_ladder(years: dict[int, float], expected: str) -> None:
    answer = register(flow("IRN", "RUS", years), "2022-12-31")
    assert row(answer, "arms delivered", "IRN").verdict == expected


def test_the_ladder_takes_the_first_rung_that_fits() -> None:
    base = Facts(
        level=10, past_maximum=0, present=True, earlier=False, past_years=40, record_break=3, rare=False,
        threshold=5, reverse_years=0, percentile_own=99, gap=0,
    )  # fmt: skip
    changed: list[tuple[dict[str, Any], str]] = [
        ({}, "new in kind"),
        ({"rare": True}, "unprecedented"),
        ({"reverse_years": 10}, "unprecedented"),
        ({"reverse_years": 10, "past_years": 29}, "new in kind"),
        ({"earlier": True}, "escalation"),
        ({"earlier": True, "new_class": 0.25}, "new in kind"),
        ({"earlier": True, "record_break": 0.2, "gap": 10}, "revival"),
        ({"earlier": True, "record_break": 0.2}, "precedented"),
        ({"earlier": True, "record_break": 0.8, "rare": True}, "unprecedented"),
        ({"earlier": True, "record_break": 0.8, "rare": True, "past_years": 9}, "escalation"),
    ]
    for change, expected in changed:
        assert verdict(dataclasses.replace(base, **change)) == expected, change


@pytest.mark.parametrize(
    "years", [{2022: 30.0}, {2022: 5000.0}, {**dict.fromkeys(range(1990, 2020), 50.0), 2022: 250.0}]
)
def test_the_fact_that_would_change_the_verdict_does(years: dict[int, float]) -> None:
    before = row(register(flow("IRN", "RUS", years), "2022-12-31"), "arms delivered", "IRN")
    assert before.would_change is not None
    size = re.search(r"at least ([\d.,]+) million TIV", before.would_change)
    enough = float(size[1].replace(",", "")) if size else 0.1
    flows = flow("IRN", "RUS", years) + flow("IRN", "RUS", {1980: enough})
    assert row(register(flows, "2022-12-31"), "arms delivered", "IRN").verdict != before.verdict
    if size:
        less = flow("IRN", "RUS", years) + flow("IRN", "RUS", {1980: enough * 0.9 - 1})
        after = row(register(less, "2022-12-31"), "arms delivered", "IRN")
        assert after.verdict == before.verdict


def test_delivered_of_unknown_size_is_not_nothing() -> None:
    flows = [seen(REGISTER, "IRN", "RUS", 2021), seen(REGISTER, "RUS", "IRN", 1990)]
    answer = register(flows, "2022-12-31")
    assert row(answer, "arms delivered", "IRN").verdict == "new in kind"
    assert "unknown or negligible" in row(answer, "arms delivered", "IRN").says
    assert row(answer, "arms delivered", "RUS").first == "1990"


def test_new_classes_of_weapons_are_new_in_kind() -> None:
    orders = series("r/ordered", "arms ordered", complete=True)

    def ordered(year: int, value: float, kind: str) -> Observation:
        made = seen(orders, "IRN", "RUS", year, value=value)
        return msgspec.structs.replace(made, what=f"ordered {year}, 10 Thing, {kind}")

    rows = [ordered(y, 30 + y % 3, "truck, big") for y in range(1980, 2020)]
    rows += [ordered(2021, 70, "truck, big"), ordered(2021, 26, "frigate")]
    bench = prepare(
        Evidence([dataset("r", "sipri", orders)], rows, [panel_of(orders, rows)]),
        Clocks(dt.date(2022, 12, 31)),
    )
    assert row(assess(bench, "RUS", "IRN"), "arms ordered", "IRN").verdict == "new in kind"


def test_a_register_that_ends_long_before_says_nothing_of_now() -> None:
    rows = flow("RUS", "IRN", {1990: 10.0})
    old = series("r/delivered", "arms delivered", covered=(1950, 2000), complete=True)
    bench = prepare(
        Evidence([dataset("r", "sipri", old)], rows, [panel_of(old, rows)]), Clocks(dt.date(2022, 12, 31))
    )
    found = row(assess(bench, "RUS", "IRN"), "arms delivered", "RUS")
    assert found.verdict == "not covered"
    assert [p.date for p in found.precedents] == ["1990"]


def test_a_date_before_coverage_is_not_covered() -> None:
    answer = register(flow("RUS", "IRN", {1990: 10.0}), "1940-06-01")
    assert answer.verdict == "not covered"
    assert answer.score is None
    assert "onrecord history add" in answer.would_change


def test_nothing_at_all_is_not_covered() -> None:
    answer = assess(prepare(Evidence([]), Clocks(dt.date(2023, 1, 1))), "RUS", "IRN")
    assert answer.verdict == "not covered"
    assert {c.source for c in answer.coverage} == {None}


def test_the_past_of_russia_is_that_of_the_soviet_union() -> None:
    flows = flow("SUN", "IRN", {1985: 10.0})
    answer = register(flows, "1995-12-31")
    assert row(answer, "arms delivered", "RUS").first == "1985"
    assert register(flows, "1995-12-31", "SUN", "IRN").dimensions == answer.dimensions


@pytest.mark.parametrize("other", ["RUS", "SUN"])
def test_one_state_twice_is_refused(other: str) -> None:
    with pytest.raises(ValueError, match="one state"):
        assess(prepare(Evidence([]), Clocks(dt.date(2023, 1, 1))), "RUS", other)


def test_two_families_are_needed_for_unprecedented_without_a_but() -> None:
    rows = [
        *RUSSIA_IRAN,
        *(seen(MADE, "RUS", "IRN", y) for y in (1970, 1991, 2015)),
        seen(MADE, "IRN", "RUS", 2022),
    ]
    assert chronology(rows, "2023-02-24").verdict == "unprecedented"


def test_the_json_has_the_names_of_the_contract() -> None:
    bench = prepare(Evidence([CHRONOLOGY], RUSSIA_IRAN), Clocks(dt.date(2023, 2, 24)))
    answer = assess(bench, "RUS", "IRN", versus=[("RUS", "CHN")])
    told = msgspec.json.decode(msgspec.json.encode(answer))
    assert set(told) >= set(
        "a b as_of as_known verdict score dimensions coverage counter_evidence would_change versus "
        "positions".split()
    )
    assert set(told["dimensions"][0]) >= set(
        "dimension from to series source verdict first last_before precedents level ratio_to_own_mean "
        "record_break surprise_bits base_rate covered".split()
    )
    assert set(told["dimensions"][1]["precedents"][0]) >= {"date", "what", "source"}
    assert told["versus"][0]["verdict"] == "not covered"
    assert msgspec.json.decode(msgspec.json.encode(answer), type=Assessment) == answer


# --- parts


def test_windows_do_not_overlap_what_they_are_held_against() -> None:
    values = np.array([[0.0, 0, 1, 2, 3, 4, 5]])
    sums = window_sums(values)
    assert sums.tolist() == [[0, 0, 1, 3, 6, 9, 12]]
    assert past_maximum(sums).tolist() == [[0, 0, 0, 0, 0, 1, 3]]
    assert past_maximum(np.array([[9.0, 0, 0, 0, 0, 0]]), memory=1).tolist() == [[0, 0, 0, 9, 0, 0]]


def test_a_flow_over_years_is_spread_over_them_and_successors_are_merged() -> None:
    panel = panel_of(REGISTER, [seen(REGISTER, "SUN", "IRN", 1989, 1990, 10.0)])
    assert panel.pairs == (("RUS", "IRN"),)
    assert panel.values[0, 39:41].tolist() == [5.0, 5.0]
    assert merged(panel).values.tolist() == panel.values.tolist()


def test_a_yardstick_before_the_panel_is_refused() -> None:
    with pytest.raises(ValueError, match="starts in 1950"):
        yardstick(panel_of(REGISTER, []), 1949)


def test_base_rates_and_percentiles() -> None:
    usual = np.array([0.0, 1.0, 2.0])
    assert share_at_least(usual, 2.0) == 0.5
    assert share_at_least(usual, 9.0) == 0.25
    assert mid_rank(usual, 1.0) == 50.0
    assert mid_rank(np.array([]), 1.0) is None


def test_the_newest_register_that_was_known_counts() -> None:
    old = dataset("old", "sipri", REGISTER, vintage=dt.date(2024, 3, 11))
    new = dataset("new", "sipri", REGISTER, vintage=dt.date(2026, 5, 18))

    def chosen(known: dt.date | None) -> list[str]:
        return [d.id for d in known_datasets([old, new, CHRONOLOGY], Clocks(DAY, known))]

    assert chosen(None) == ["c", "new"]
    assert chosen(dt.date(2025, 1, 1)) == ["c", "old"]
    assert chosen(dt.date(2023, 2, 24)) == ["c"]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2016-08-16", "2016-08-16", "2016-08-16"),
        ("2015-01-01", "2015-01-31", "2015-01"),
        ("1967-01-01", "1967-12-31", "1967"),
        ("1991-01-01", "2020-12-31", "1991/2020"),
        ("2016-08-16", "2016-08-22", "2016-08-16/2016-08-22"),
        ("2001-03-12", None, "2001-03-12/.."),
        ("2023-01-01", None, "2023/.."),
    ],
)
def test_intervals_are_written_as_they_are_known(start: str, end: str | None, expected: str) -> None:
    ends = dt.date.fromisoformat(end) if end else None
    assert label(dt.date.fromisoformat(start), ends) == expected


def test_what_is_said_to_begin_on_the_first_has_begun_by_the_last() -> None:
    assert begun_by(dt.date(2023, 1, 1)) == dt.date(2023, 12, 31)
    assert begun_by(dt.date(2023, 2, 1)) == dt.date(2023, 2, 28)
    assert begun_by(dt.date(2023, 12, 1)) == dt.date(2023, 12, 31)
    assert begun_by(dt.date(2023, 2, 2)) == dt.date(2023, 2, 2)


def test_what_is_set_aside_is_counted_for_the_reader() -> None:
    rows = [
        seen(DELIVERED, "IRN", "RUS", 2024),
        seen(DELIVERED, "IRN", "RUS", 2020, known=dt.date(2025, 1, 1)),
    ]
    clocks = Clocks(dt.date(2023, 1, 1), dt.date(2023, 1, 1))
    assert set_aside(rows, [CHRONOLOGY], clocks) == (1, 1)


def test_a_year_of_dyads_is_fast() -> None:
    codes = [f"{a}{b}X" for a in "ABCDEFGHIJKLMNOPQR" for b in "ABC"]
    rows = [
        seen(REGISTER, a, b, year, value=1.0 + len(a))
        for a in codes[:28]
        for b in codes[28:]
        for year in range(2015, 2023)
    ]
    panel = panel_of(REGISTER, rows)
    assert len(panel.pairs) > 700
    start = time.perf_counter()
    bench = prepare(Evidence([SIPRI], rows, [panel]), Clocks(dt.date(2022, 12, 31)))
    for a, b in panel.pairs:
        assess(bench, a, b)
    assert time.perf_counter() - start < 20
