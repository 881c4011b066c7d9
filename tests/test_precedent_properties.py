"""Whatever comes later changes no answer; order does not matter; the same evidence gives the same answer."""

import datetime as dt

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.history.observation import DIMENSIONS, DIRECTED, Dataset, Observation, Series
from onrecord.precedent.assessment import Assessment
from onrecord.precedent.clocks import Clocks
from onrecord.precedent.measure import Evidence, assess, prepare
from onrecord.precedent.panel import panel_of

AS_OF = dt.date(2010, 6, 30)
KNOWN = dt.date(2012, 3, 1)
CODES = ("RUS", "SUN", "IRN", "FRA", "IND")
REGISTER = Series("r", "sipri", "arms delivered", "flow", "million TIV", (1950, 2025), complete=True)
NEWER = Series("n", "newer", "arms delivered", "flow", "million TIV", (1950, 2030), complete=True)
ROWS = {d: Series(f"c/{d}", "c", d, "flow", "entries", (1950, 2025), complete=False) for d in DIMENSIONS}
ALLIED = Series("a", "a", "alliance", "stock", "alliances", (1900, 2018), complete=True)


def _dataset(id_: str, form: str, vintage: dt.date, *has: Series) -> Dataset:
    plain = {"id": id_, "format": form, "title": id_, "publisher": "p", "terms": "t", "vintage": vintage}
    rest = {"vintage_how": "stated", "sha256": "0", "file": "f", "series": has}
    return msgspec.convert(plain | rest, Dataset)


SIPRI = _dataset("sipri", "sipri", dt.date(2011, 3, 1), REGISTER)
LATER = _dataset("newer", "sipri", dt.date(2013, 3, 1), NEWER)
CHRONOLOGY = _dataset("c", "chronology", dt.date(2026, 1, 1), *ROWS.values())
ATOP = _dataset("a", "atop", dt.date(2011, 1, 1), ALLIED)
SERIES = (REGISTER, ALLIED, *ROWS.values())

states = st.lists(st.sampled_from(CODES), min_size=2, max_size=2, unique=True)
after = st.dates(AS_OF + dt.timedelta(days=1), dt.date(2025, 12, 31))
unknown = st.dates(KNOWN + dt.timedelta(days=1), dt.date(2025, 12, 31))
days = st.dates(dt.date(1950, 1, 1), dt.date(2025, 12, 31))


@st.composite
def observations(draw: st.DrawFn, *, later: bool = False) -> Observation:
    """Anything that a dataset may say, before and after both clocks; or only what lies after one of them."""
    series = draw(st.sampled_from(SERIES))
    first, second = draw(states)
    if series.dimension not in DIRECTED:
        first, second = sorted((first, second))
    unseen = later and (series is REGISTER or draw(st.booleans()))
    start, end = draw(after if unseen else days), None
    if series is REGISTER:
        start, end = dt.date(start.year, 1, 1), dt.date(start.year, 12, 31)
    elif draw(st.booleans()):
        end = min(start + dt.timedelta(days=draw(st.integers(0, 4000))), dt.date(2025, 12, 31))
    value = draw(st.none() | st.floats(0.0, 500.0)) if series is REGISTER else None
    known = SIPRI.vintage if series is REGISTER else draw(unknown if later and not unseen else days)
    return Observation(
        series.id,
        series.dimension,
        first,
        second,
        start,
        end,
        value,
        draw(st.sampled_from("xyz")),
        known,
        ("p",),
    )


def judge(rows: list[Observation], *more: Dataset, a: str = "RUS", b: str = "IRN") -> Assessment:
    datasets = (SIPRI, CHRONOLOGY, ATOP, *more)
    panels = [panel_of(s, rows) for d in datasets for s in d.series if s in {REGISTER, NEWER}]
    bench = prepare(Evidence(datasets, rows, panels), Clocks(AS_OF, KNOWN))
    return assess(bench, a, b, versus=[("FRA", "IND")])


past = st.lists(observations(), max_size=25)


@settings(max_examples=150, deadline=None)
@given(past, st.lists(observations(later=True), min_size=1, max_size=10))
def test_no_later_fact_changes_the_answer(rows: list[Observation], later: list[Observation]) -> None:
    assert judge(rows + later) == judge(rows)


@settings(max_examples=60, deadline=None)
@given(past, past)
def test_no_later_register_changes_the_answer(rows: list[Observation], revised: list[Observation]) -> None:
    newer = [
        msgspec.structs.replace(o, series=NEWER.id, known=LATER.vintage)
        for o in revised
        if o.series == REGISTER.id
    ]
    assert judge(rows + newer, LATER) == judge(rows)


@settings(max_examples=60, deadline=None)
@given(past)
def test_the_order_of_a_dyad_does_not_matter(rows: list[Observation]) -> None:
    one, other = judge(rows), judge(rows, a="IRN", b="RUS")
    assert msgspec.structs.replace(other, a="RUS", b="IRN", says=one.says) == one or {
        d.says for d in one.dimensions
    } == {d.says for d in other.dimensions}
    assert (one.verdict, one.score, one.dimensions) == (other.verdict, other.score, other.dimensions)


@settings(max_examples=60, deadline=None)
@given(past, st.randoms())
def test_the_order_of_the_evidence_does_not_matter(rows: list[Observation], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = judge(rows), judge(shuffled)
    assert (one.verdict, [d.verdict for d in one.dimensions]) == (
        other.verdict,
        [d.verdict for d in other.dimensions],
    )


@settings(max_examples=60, deadline=None)
@given(past)
def test_the_same_evidence_gives_the_same_answer_byte_for_byte(rows: list[Observation]) -> None:
    assert msgspec.json.encode(judge(rows)) == msgspec.json.encode(judge(list(rows)))


@settings(max_examples=100, deadline=None)
@given(past)
def test_every_answer_holds_together(rows: list[Observation]) -> None:
    answer = judge(rows)
    assert {d.dimension for d in answer.dimensions} == set(DIMENSIONS)
    for d in answer.dimensions:
        assert d.says
        assert (d.from_ is None) == (d.dimension not in DIRECTED)
        if d.verdict == "not covered":
            continue
        assert d.source is not None
        assert d.window is not None
        assert d.window[1] <= AS_OF
        if d.first_ever:
            assert d.precedents == ()
        if d.base_rate:
            assert 0 < d.base_rate.share <= 1
