"""How unprecedented is what two states do with each other, as of a date: the answer, put together.

    bench = prepare(Evidence(datasets, observations, panels), Clocks(as_of, as_known))
    assess(bench, "RUS", "IRN")

`prepare` cuts everything by the two clocks and computes the base rates, once for all dyads.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.history.observation import DIMENSIONS, DIRECTED, Dataset, Dimension, Observation, Series
from onrecord.history.states import heir
from onrecord.precedent.assessment import Assessment, Comparison, Coverage, DimensionVerdict
from onrecord.precedent.chronology import Past, assess_rows, covered_by
from onrecord.precedent.clocks import Clocks, cut, known_datasets
from onrecord.precedent.panel import WINDOW, Pair, Panel, Yardstick, merged, yardstick
from onrecord.precedent.register import assess_flow, flow_of
from onrecord.precedent.weighing import answer, contradicted, counter_evidence, leading, score
from onrecord.precedent.wording import FAMILIES, respect, uncovered
from onrecord.record import Position


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is to judge by: datasets, observations of the dyads in question, and registers as arrays."""

    datasets: Sequence[Dataset]
    observations: Iterable[Observation] = ()
    panels: Iterable[Panel] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """The evidence that counts, sorted for use: what had happened, by dyad, and each register's yardstick."""

    clocks: Clocks
    datasets: tuple[Dataset, ...]
    by_dyad: Mapping[Pair, Sequence[Observation]]
    sticks: Mapping[str, Yardstick]


@dataclass(frozen=True, slots=True)
class _Case:
    """One dyad at the bench: its codes as they go on today, and its observations by series and direction."""

    bench: Bench
    dyad: Pair
    rows: Mapping[tuple[str, Pair], Sequence[Observation]]


def prepare(evidence: Evidence, clocks: Clocks) -> Bench:
    """Cut the evidence by the two clocks, and compute what all dyads share."""
    datasets = known_datasets(evidence.datasets, clocks)
    by_dyad: defaultdict[Pair, list[Observation]] = defaultdict(list)
    for o in cut(evidence.observations, datasets, clocks):
        by_dyad[_dyad(o.first, o.second)].append(o)
    known = {s.id for d in datasets for s in d.series}
    sticks: dict[str, Yardstick] = {}
    for panel in evidence.panels:
        end = min(clocks.last_whole_year, panel.series.covered[1])
        if panel.series.id in known and panel.start + WINDOW - 1 <= end:
            sticks[panel.series.id] = yardstick(merged(panel), end)
    return Bench(clocks, datasets, by_dyad, sticks)


def assess(
    bench: Bench,
    a: str,
    b: str,
    *,
    versus: Iterable[Pair] = (),
    positions: Iterable[Position] = (),
) -> Assessment:
    """Give the verdict on two states, with that on the dyads that it is compared with in short.

    Raises:
        ValueError: where both are the same state, or one went on as the other.
    """
    if heir(a) == heir(b):
        raise ValueError(f"{a} and {b} are one state: precedent is asked of two")
    rows = _dimensions(bench, a, b)
    verdict, says = answer(rows, a, b)
    lead = leading(rows)
    return Assessment(
        a=a,
        b=b,
        as_of=bench.clocks.as_of,
        as_known=bench.clocks.as_known,
        verdict=verdict,
        score=score(rows),
        says=says,
        dimensions=rows,
        coverage=_coverage(bench, rows, a, b),
        counter_evidence=counter_evidence(rows, a, b),
        would_change=_would_change(lead, verdict),
        versus=tuple(compare(bench, *other) for other in versus),
        positions=tuple(positions),
    )


def compare(bench: Bench, a: str, b: str) -> Comparison:
    """Give the measure of a dyad in short."""
    rows = _dimensions(bench, a, b)
    verdict, says = answer(rows, a, b)
    lead = leading(rows)
    leads = respect(lead, a, b) if lead else ""
    return Comparison(a, b, verdict, score(rows), leads, lead.says if lead else says)


def _dimensions(bench: Bench, a: str, b: str) -> tuple[DimensionVerdict, ...]:
    """Give a verdict for each dimension, direction and series that has something to say."""
    dyad = _dyad(a, b)
    by_series: defaultdict[tuple[str, Pair], list[Observation]] = defaultdict(list)
    for o in bench.by_dyad.get(dyad, ()):
        way = (heir(o.first), heir(o.second))
        by_series[o.series, way if o.dimension in DIRECTED else dyad].append(o)
    case = _Case(bench, dyad, by_series)
    found: list[DimensionVerdict] = []
    for dimension in DIMENSIONS:
        ways = (dyad, dyad[::-1]) if dimension in DIRECTED else (dyad,)
        for way in ways:
            rows = contradicted(_by_series(case, dimension, way))
            spoken = [r for r in rows if r.verdict != "not covered" or r.precedents or r.present]
            found += spoken or [_uncovered(bench, dimension, way)]
    return tuple(found)


def _by_series(case: _Case, dimension: Dimension, way: Pair) -> list[DimensionVerdict]:
    found = []
    for dataset in case.bench.datasets:
        for series in dataset.series:
            if series.dimension != dimension:
                continue
            stick = case.bench.sticks.get(series.id)
            if stick is not None and dimension in DIRECTED and _reaches(stick, case.bench.clocks):
                rows = case.rows.get((series.id, way), ())
                found.append(assess_flow(stick, flow_of(stick, way, source_of(dataset), rows)))
            elif stick is None or (series.id, way) in case.rows:
                found.append(assess_rows(_past(case, dataset, series, way), case.bench.clocks.as_of))
    return found


def _reaches(stick: Yardstick, clocks: Clocks) -> bool:
    """Say whether a register's last window touches the one asked about: it appears a year late."""
    return clocks.last_whole_year - stick.end < WINDOW


def _past(case: _Case, dataset: Dataset, series: Series, way: Pair) -> Past:
    """Take the rows of one series out of a case. What is ordered the other way has been supplied that way."""
    kin = [
        s.id
        for d in case.bench.datasets
        if d.format == dataset.format and d.id == dataset.id
        for s in d.series
        if FAMILIES[s.dimension] == FAMILIES[series.dimension]
    ]
    directed = series.dimension in DIRECTED
    back = [o for s in kin for o in case.rows.get((s, way[::-1]), ())] if directed else []
    family = [*back, *(o for s in kin for o in case.rows.get((s, way), ()))]
    return Past(
        dimension=series.dimension,
        from_=way[0] if directed else None,
        to=way[1] if directed else None,
        series=series,
        source=source_of(dataset),
        rows=case.rows.get((series.id, way), ()),
        back=sorted(back, key=lambda o: o.start),
        followed=min((o.start.year for o in family), default=None),
        silent=not series.complete,
        until=dt.date.max if dataset.format == "chronology" else dt.date(series.covered[1], 12, 31),
    )


def _uncovered(bench: Bench, dimension: Dimension, way: Pair) -> DimensionVerdict:
    directed = dimension in DIRECTED
    from_, to = way if directed else (None, None)
    return DimensionVerdict(
        dimension=dimension,
        from_=from_,
        to=to,
        series=None,
        source=None,
        verdict="not covered",
        says=uncovered(dimension, _silent(bench, dimension)),
    )


def _silent(bench: Bench, dimension: Dimension) -> list[str]:
    """Name the datasets that have a series on a dimension, with the years that they cover."""
    year = bench.clocks.last_whole_year
    return [
        f"{source_of(d)}, {s.covered[0]}–{min(s.covered[1], year)}"
        for d in bench.datasets
        for s in d.series
        if s.dimension == dimension and d.format != "chronology" and s.covered[0] <= year
    ]


def _coverage(bench: Bench, rows: Sequence[DimensionVerdict], a: str, b: str) -> tuple[Coverage, ...]:
    """Say for each dimension what covers it, to which year, and what its silence means."""
    found: list[Coverage] = []
    dyad = _dyad(a, b)
    heard = {r.series for r in rows if r.series is not None}
    as_of = bench.clocks.as_of
    for dimension in DIMENSIONS:
        own: list[Coverage] = []
        for dataset in bench.datasets:
            for series in (s for s in dataset.series if s.dimension == dimension):
                silent = not series.complete
                if silent and series.id not in heard:
                    continue
                first = min(
                    (o.start.year for o in bench.by_dyad.get(dyad, ()) if o.series == series.id), default=None
                )
                past = Past(dimension, None, None, series, "", (), (), first, silent)
                own.append(
                    Coverage(
                        dimension,
                        series.id,
                        source_of(dataset),
                        covered_by(past, as_of),
                        not silent,
                        _note(series, bench.clocks),
                    )
                )
        found += own or [
            Coverage(
                dimension,
                None,
                None,
                None,
                complete=False,
                note=uncovered(dimension, _silent(bench, dimension)),
            )
        ]
    return tuple(found)


def _note(series: Series, clocks: Clocks) -> str:
    """Say what silence means, and which years are left out though they are covered."""
    if not series.complete:
        return (
            "lists what its makers found: no row is not a zero; what happened or was known later is left out"
        )
    note = "covers all dyads by one method: no row means none of the kind that it counts"
    last, end = clocks.last_whole_year, series.covered[1]
    if end > last:
        return f"{note}; what it has after {last} is left out, for the year had not ended or not begun"
    return f"{note}; it says nothing of the years after {end}" if end < last else note


def _would_change(lead: DimensionVerdict | None, verdict: str) -> str:
    if lead is None:
        return "a dataset or a chronology that covers this dyad: onrecord history add FILE"
    if lead.would_change is None:
        return f"no single dated fact would change “{verdict}”"
    return lead.would_change


def source_of(dataset: Dataset) -> str:
    """Name a dataset with its vintage, so that a reader can find the file."""
    return f"{dataset.title} ({dataset.publisher}, {dataset.vintage.isoformat()})"


def _dyad(a: str, b: str) -> Pair:
    first, second = sorted((heir(a), heir(b)))
    return first, second
