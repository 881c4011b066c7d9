"""What the measure of precedent answers: a verdict on two states as of a date, and what it rests on."""

from __future__ import annotations

import datetime as dt
from typing import Literal, get_args

from msgspec import Struct, field

from onrecord.history.observation import Dimension
from onrecord.record import Position

Verdict = Literal[
    "not covered", "none", "unprecedented", "new in kind", "escalation", "revival", "precedented"
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""The rungs of the ladder, in the order in which they are tried (`onrecord.precedent.ladder`)."""

Basis = Literal["register", "chronology"]
"""What a verdict rests on. A register covers all dyads by one method: it has levels, zeros and a base rate.
A chronology has dated rows that somebody found: it knows firsts, gaps and reversals, and its silence is no
zero.
"""


class Occurrence(Struct, frozen=True):
    """Something on record: when (a day, month or year, or two with a slash between), what, by whom."""

    date: str
    what: str
    source: str
    value: float | None = None


class BaseRate(Struct, frozen=True):
    """How often a record break at least as large was met before: `share` of `windows`, all active dyads.

    `share` counts the window assessed as one of them, so that it is never zero. `first` is the share of these
    windows that were a dyad's first flow, and `threshold` the 99th percentile of their record breaks.
    """

    share: float
    windows: int
    first: float
    threshold: float | None


class Unrecorded(Struct, frozen=True):
    """How likely it is that an earlier occurrence exists and the source does not have it.

    Two ends of a range, since the recall of the source is not known; `how` tells the sum.
    """

    low: float
    high: float
    how: str


class DimensionVerdict(Struct, frozen=True):
    """One kind of cooperation, in one direction where it has one, by one series.

    `window` is the first and last day that the verdict is about; all that is earlier is the past that it is
    held against. `level` is the sum of the series over the window (in a chronology: how many occurrences),
    `past_maximum` the largest sum over an earlier window of as many years. `gap` is how many years before the
    window's first flow had none, `reverse_years` in how many earlier years the flow went the other way (in a
    chronology: on record). Of the baselines `first_ever` is the plain "first flow yes or no", and
    `ratio_to_own_mean` the flow a year over the mean year of the past, null where that is zero. `jump` is the
    record break against what is within memory (`panel.MEMORY` years), and `jump_bits` how surprising that is:
    what a ranking sorts by.
    `contradicted_by` is an earlier occurrence in another series, which takes "first" back.
    """

    dimension: Dimension
    from_: str | None = field(name="from")
    to: str | None
    series: str | None
    source: str | None
    verdict: Verdict
    says: str
    basis: Basis | None = None
    unit: str | None = None
    window: tuple[dt.date, dt.date] | None = None
    first: str | None = None
    last_before: str | None = None
    precedents: tuple[Occurrence, ...] = ()
    present: tuple[Occurrence, ...] = ()
    level: float | None = None
    past_maximum: float | None = None
    ratio_to_own_mean: float | None = None
    first_ever: bool | None = None
    record_break: float | None = None
    surprise_bits: float | None = None
    base_rate: BaseRate | None = None
    jump: float | None = None
    jump_bits: float | None = None
    percentile_own: float | None = None
    percentile_active: float | None = None
    gap: int | None = None
    reverse_years: int | None = None
    covered: tuple[int, int] | None = None
    unrecorded: Unrecorded | None = None
    contradicted_by: Occurrence | None = None
    would_change: str | None = None
    points: tuple[tuple[int, float], ...] = ()


class Coverage(Struct, frozen=True):
    """What one series says something about; or, without a series, that nothing covers the dimension."""

    dimension: Dimension
    series: str | None
    source: str | None
    covered: tuple[int, int] | None
    complete: bool
    note: str


class CounterEvidence(Struct, frozen=True):
    """The strongest earlier occurrence that speaks against calling it unprecedented."""

    dimension: Dimension
    from_: str | None = field(name="from")
    to: str | None
    date: str
    what: str
    source: str
    why: str


class Comparison(Struct, frozen=True):
    """The same measure of another dyad, in short."""

    a: str
    b: str
    verdict: str
    score: float | None
    leading: str
    says: str


class Assessment(Struct, frozen=True):
    """The verdict on two states as of a date, from what was known by another.

    `score` is what a ranking of dyads sorts by: the largest surprise over dimensions; null where no register
    covers the dyad's window, since a chronology has no base rate.
    """

    a: str
    b: str
    as_of: dt.date
    as_known: dt.date | None
    verdict: str
    score: float | None
    says: str
    dimensions: tuple[DimensionVerdict, ...]
    coverage: tuple[Coverage, ...]
    counter_evidence: CounterEvidence | None
    would_change: str
    versus: tuple[Comparison, ...] = ()
    positions: tuple[Position, ...] = ()
