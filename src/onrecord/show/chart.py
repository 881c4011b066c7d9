"""A record's dated deeds on an axis of time: numbers only, in per cent of the axis, for any drawing."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from onrecord.record import Record
from onrecord.show import outline, wording

NARROWEST = 1.2
"""Per cent of the axis that a bar takes at least, so that one day can be seen among fifty years."""

MOST_LANES = 12
MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One dated deed: `left` and `width` in per cent of the axis, `lane` from 0."""

    entry: outline.Dated
    left: float
    width: float
    lane: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis, `at` in per cent."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, the ticks of the axis, and the publication date (per cent, null where it is not known)."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    published: float | None

    @property
    def lanes(self) -> int:
        """How many lanes the bars take."""
        return 1 + max(bar.lane for bar in self.bars)


def draw(record: Record) -> Chart | None:
    """Lay out the dated deeds; null where there are none. An open interval runs to the edge of the axis."""
    dated, _ = outline.timeline(record)
    if not dated:
        return None
    told = record.article.published.latest or record.article.published.earliest
    days = [d.toordinal() for e in dated for d in (e.when.start, e.when.end) if d is not None]
    days += [told.toordinal()] if told else []
    margin = max((max(days) - min(days)) // 30, 15)
    first = max(min(days) - margin, dt.date.min.toordinal())
    last = min(max(days) + margin, dt.date.max.toordinal())

    def place(day: int) -> float:
        return round(100 * (day - first) / (last - first), 2)

    bars: list[Bar] = []
    free: list[float] = []
    for entry in dated:
        left = place(entry.when.start.toordinal()) if entry.when.start else 0.0
        right = place(entry.when.end.toordinal() + 1) if entry.when.end else 100.0
        width = min(max(round(right - left, 2), NARROWEST), 100.0)
        left = min(left, 100.0 - width)
        lane = next((n for n, edge in enumerate(free) if edge < left), len(free))
        lane = min(lane, MOST_LANES - 1)
        free[lane : lane + 1] = [left + width + 0.3]
        bars.append(Bar(entry, left, width, lane))
    marks = tuple(Tick(place(day.toordinal()), label) for day, label in _ticks(first, last))
    return Chart(tuple(bars), marks, place(told.toordinal()) if told else None)


def _ticks(first: int, last: int) -> list[tuple[dt.date, str]]:
    """Give round dates between two ordinals, at most `MOST_TICKS` and never none: months or years."""
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    months = (end.year - start.year) * 12 + end.month - start.month
    if months < 3 * 12:
        step = next(s for s in (1, 2, 3, 6, 12) if months / s < MOST_TICKS)
        dates = [
            dt.date(start.year + n // 12, n % 12 + 1, 1)
            for n in range(start.month - 1, start.month + months, 1)
            if n % step == 0
        ]
        return [(d, wording.month(d)) for d in dates if start <= d <= end]
    exact = (end.year - start.year) / MOST_TICKS
    power = 10 ** math.floor(math.log10(max(exact, 1)))
    year_step = next(int(power * s) for s in (1, 2, 5, 10) if power * s >= exact)
    begin = start.year + -start.year % year_step
    dates = [dt.date(y, 1, 1) for y in range(begin, end.year + 1, year_step) if y >= 1]
    return [(d, str(d.year)) for d in dates if start <= d <= end]
