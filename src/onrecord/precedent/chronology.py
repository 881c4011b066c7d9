"""One kind of cooperation by dated rows alone: occurrences, firsts, gaps and reversals.

This is for chronologies, and for datasets without a size (agreements, exercises, alliances). Without zeros
there is no level and no base rate. A chronology that has nothing now does not say that there was nothing:
where it has something earlier, there is a precedent, and that is all it says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from onrecord.history.observation import Dimension, Observation, Series
from onrecord.precedent.assessment import DimensionVerdict, Occurrence, Verdict
from onrecord.precedent.clocks import Clocks, label
from onrecord.precedent.ladder import COVERED, GAP, LONG_COVERED, REVERSED
from onrecord.precedent.panel import WINDOW
from onrecord.precedent.wording import change_in_chronology, says_chronology, says_votes

SHOWN = 12
"""Earlier occurrences listed of a dataset that has all: the first and the last ones. Of a chronology, all."""
CLOSER = 0.8
"""Votes: a distance below this share of the smallest before is closer than ever (estimators differ more)."""


@dataclass(frozen=True, slots=True)
class Past:
    """The rows of one series on one dimension of a dyad, in one direction where it has one.

    `back` are rows of the same family the other way, `followed` the first year of any row of the dyad in this
    family: from then on a chronology follows it. `silent` is whether nothing on record means nothing known.
    """

    dimension: Dimension
    from_: str | None
    to: str | None
    series: Series
    source: str
    rows: Sequence[Observation]
    back: Sequence[Observation]
    followed: int | None
    silent: bool
    until: dt.date = dt.date.max
    """The last day of which the series knows: what is open there has not been seen to hold longer."""


SEPARATE = 3
"""Dated years that a chronology must have of a flow the other way, where they lie decades apart."""


@dataclass(frozen=True, slots=True)
class _Split:
    earlier: tuple[Observation, ...]
    present: tuple[Observation, ...]
    gap: int
    followed: int
    reverse_years: int


def window_of(as_of: dt.date) -> tuple[dt.date, dt.date]:
    """Give the window that ends on a day: three years to the day."""
    try:
        before = as_of.replace(year=as_of.year - WINDOW)
    except ValueError:
        before = dt.date(as_of.year - WINDOW, 3, 1) - dt.timedelta(days=1)
    return before + dt.timedelta(days=1), as_of


def assess_rows(past: Past, as_of: dt.date) -> DimensionVerdict:
    """Give the verdict on dated rows."""
    window = window_of(as_of)
    split = _split(past, window)
    first = past.rows[0] if past.rows else None
    earlier = tuple(_told(o) for o in split.earlier)
    found = DimensionVerdict(
        dimension=past.dimension,
        from_=past.from_,
        to=past.to,
        series=past.series.id,
        source=past.source,
        verdict=_verdict(past, split, window),
        says="",
        basis="chronology",
        unit=past.series.unit,
        window=window,
        first=label(first.start, first.end) if first else None,
        last_before=earlier[-1].date if earlier else None,
        precedents=earlier if past.silent or len(earlier) <= SHOWN else (earlier[0], *earlier[1 - SHOWN :]),
        present=tuple(_told(o) for o in split.present),
        level=float(len(split.present)) if past.series.measure != "distance" else None,
        first_ever=bool(split.present) and not split.earlier,
        gap=split.gap if split.present and split.earlier else None,
        reverse_years=split.reverse_years if past.from_ is not None else None,
        covered=covered_by(past, as_of),
    )
    says = says_chronology(found, _span_of(past.back, window[0]))
    if past.dimension == "votes" and found.verdict in {"precedented", "escalation"}:
        says = says_votes(earlier, found.present, past.series.unit)
    return replace(found, says=says, would_change=change_in_chronology(found))


def covered_by(past: Past, as_of: dt.date) -> tuple[int, int] | None:
    """Give the years that are covered: of a chronology, those since its first row on this dyad."""
    if past.silent:
        return None if past.followed is None else (past.followed, as_of.year)
    start, end = past.series.covered
    last = min(end, Clocks(as_of).last_whole_year)
    return (start, last) if start <= last else None


def _verdict(past: Past, split: _Split, window: tuple[dt.date, dt.date]) -> Verdict:
    start, end = past.series.covered
    outside = end < window[0].year or start > window[0].year
    if outside and not split.present and not past.silent:
        return "not covered"
    if past.dimension == "votes":
        return _of_votes(past, split)
    if not split.present:
        if split.earlier:
            return "precedented" if past.silent or past.series.measure == "stock" else "none"
        return "not covered" if past.silent and not past.back else "none"
    if not split.earlier:
        reversed_ = past.from_ is not None and _stood(past.back, split, window[0])
        return "unprecedented" if reversed_ and split.followed >= LONG_COVERED else "new in kind"
    return "revival" if split.gap >= GAP else "precedented"


def _of_votes(past: Past, split: _Split) -> Verdict:
    """Votes are a distance, and one that turns on the estimator: at most closer than before."""
    if past.series.measure != "distance":
        return "not covered"
    now = [o.value for o in split.present if o.value is not None]
    before = [o.value for o in split.earlier if o.value is not None]
    if not now:
        return "not covered"
    closer = len(before) >= COVERED and now[-1] < CLOSER * min(before)
    return "escalation" if closer else "precedented"


def _split(past: Past, window: tuple[dt.date, dt.date]) -> _Split:
    """Sort rows into earlier and present ones; what began before and lasts into the window is both.

    A flow of a year at most that lies across the beginning is present alone: it is no precedent for itself.
    """
    begins = window[0]
    earlier, present = [], []
    for row in past.rows:
        end = row.end or past.until
        lasts = past.series.measure == "stock" or (end - row.start).days > 366
        if end < begins or (lasts and row.start < begins):
            earlier.append(row)
        if end >= begins:
            present.append(row)
    followed = 0 if past.followed is None else max(begins.year - past.followed, 0)
    return _Split(tuple(earlier), tuple(present), _gap(earlier, present), followed, _years(past.back, begins))


def _gap(earlier: Sequence[Observation], present: Sequence[Observation]) -> int:
    """Count whole years between the end of the last earlier row and the first present one."""
    if not earlier or not present:
        return 0
    last = max(o.end or dt.date.max for o in earlier)
    return max(0, (min(o.start for o in present) - last).days * 4 // 1461) if last < dt.date.max else 0


def _years(rows: Iterable[Observation], begins: dt.date) -> int:
    """Count the years before a day in which rows lie: each year of an interval, once."""
    years: set[int] = set()
    for row in rows:
        if row.start < begins:
            years.update(range(row.start.year, min((row.end or begins).year, begins.year - 1) + 1))
    return len(years)


def _stood(back: Sequence[Observation], split: _Split, begins: dt.date) -> bool:
    """Say whether the flow the other way stood long enough before.

    A register has each year of it. A chronology has landmarks: several of them, decades apart, are enough.
    """
    starts = {o.start.year for o in back if o.start < begins}
    spread = len(starts) >= SEPARATE and max(starts) - min(starts) >= LONG_COVERED
    return split.reverse_years >= REVERSED or spread


def _span_of(back: Sequence[Observation], begins: dt.date) -> tuple[str, str] | None:
    """Give the first and last date on record of what went the other way before a day."""
    before = [o for o in back if o.start < begins]
    if not before:
        return None
    last = max(before, key=lambda o: (o.end or dt.date.max, o.start))
    return label(before[0].start, before[0].end), label(last.start, last.end)


def _told(row: Observation) -> Occurrence:
    return Occurrence(label(row.start, row.end), row.what, "; ".join(row.cites), row.value)
