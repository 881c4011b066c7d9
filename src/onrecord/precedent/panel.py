"""A register as yearly arrays over all dyads, and what they say of record breaks: the base rate.

Everything is computed once for a series and a last year, and shared by all dyads that are assessed.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.history.observation import Observation, Series
from onrecord.history.states import heir

Floats = NDArray[np.float64]
Pair = tuple[str, str]

WINDOW = 3
"""Whole years in a window: one year of deliveries is noise, and five are slow to see what is new."""
MEMORY = 10
"""Years before a window within which a flow still counts against it, for ranking (decision 9)."""
FLOOR = 10.0
"""Million TIV below which flows hardly differ, for ranking. Other units are counted in ones."""
PAST_OF_REFERENCE = 10
"""Years before a window without which it counts for no base rate: in the first years all is a first flow."""


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """What flowed between all pairs, a row a pair (from, to) and a column a year from `start` on.

    Pairs are of states as they are continued today: what went to the Soviet Union stands under Russia.
    """

    series: Series
    pairs: tuple[Pair, ...]
    start: int
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Yardstick:
    """A panel cut at a last year, with windows, own past maxima, record breaks, and what they were before.

    Column i of each array is the window that ends in year `start + i`. `breaks` and `jumps` of active windows
    that ended before the last year are the base rate, sorted. `active_now` are the flows of the last window,
    and `active_before` in how many years before it each of these pairs had a flow.
    """

    panel: Panel
    end: int
    row: Mapping[Pair, int]
    years: Floats
    sums: Floats
    maxima: Floats
    breaks: Floats
    jumps: Floats
    first_share: float
    usual_breaks: Floats
    usual_jumps: Floats
    active_now: Floats
    active_before: Floats


def panel_of(series: Series, observations: Iterable[Observation]) -> Panel:
    """Add up the observations of a series by year; one that spans years is spread evenly over its years."""
    start, end = series.covered
    totals: dict[Pair, Floats] = {}
    for o in observations:
        if o.series != series.id or o.value is None:
            continue
        last = o.end.year if o.end is not None else end
        years = [y for y in range(o.start.year, last + 1) if start <= y <= end]
        pair = (heir(o.first), heir(o.second))
        row = totals.setdefault(pair, np.zeros(end - start + 1))
        for year in years:
            row[year - start] += o.value / (last - o.start.year + 1)
    pairs = tuple(sorted(totals))
    values = np.array([totals[p] for p in pairs]) if pairs else np.zeros((0, end - start + 1))
    return Panel(series, pairs, start, values)


def merged(panel: Panel) -> Panel:
    """Give a panel in which the flows of states that are gone stand under those that continue them."""
    totals: dict[Pair, Floats] = {}
    for (first, second), row in zip(panel.pairs, panel.values, strict=True):
        pair = (heir(first), heir(second))
        held = totals.get(pair)
        totals[pair] = row.copy() if held is None else held + row
    pairs = tuple(sorted(totals))
    values = np.array([totals[p] for p in pairs]) if pairs else panel.values[:0]
    return Panel(panel.series, pairs, panel.start, values)


def window_sums(values: Floats, width: int = WINDOW) -> Floats:
    """Give the sum of each year and those before it; the first windows are shorter than the others."""
    total = np.cumsum(values, axis=1)
    sums = total.copy()
    sums[:, width:] -= total[:, :-width]
    sums[np.abs(sums) < 1e-9] = 0.0
    return sums


def past_maximum(sums: Floats, width: int = WINDOW, memory: int | None = None) -> Floats:
    """Give the largest window that had ended before each began, of all years or of the last few before it.

    Windows do not overlap the one that is held against them: a build-up over three years is no precedent for
    itself.
    """
    out = np.zeros_like(sums)
    if sums.shape[1] <= width:
        return out
    if memory is None:
        out[:, width:] = np.maximum.accumulate(sums, axis=1)[:, :-width]
        return out
    for i in range(width, sums.shape[1]):
        out[:, i] = sums[:, max(0, i - width - memory + 1) : i - width + 1].max(axis=1)
    return out


def yardstick(panel: Panel, end: int) -> Yardstick:
    """Measure all windows of a panel that end by a year, as if nothing after it were known.

    Raises:
        ValueError: where the panel has no year by then.
    """
    if end < panel.start:
        raise ValueError(f"{panel.series.id} starts in {panel.start}, after {end}")
    years = panel.values[:, : end - panel.start + 1]
    sums = window_sums(years)
    maxima = past_maximum(sums)
    breaks = np.arcsinh(sums) - np.arcsinh(maxima)
    near = past_maximum(sums, memory=MEMORY)
    floor = FLOOR if "TIV" in panel.series.unit else 1.0
    jumps = np.arcsinh(sums / floor) - np.arcsinh(near / floor)
    last = sums.shape[1] - 1
    begin = min(PAST_OF_REFERENCE, max(last - 1, 0))
    active = sums[:, begin:last] > 0
    usual = breaks[:, begin:last][active]
    firsts = maxima[:, begin:last][active] == 0
    now = sums[:, last]
    return Yardstick(
        panel=panel,
        end=panel.start + last,
        row={p: i for i, p in enumerate(panel.pairs)},
        years=years,
        sums=sums,
        maxima=maxima,
        breaks=breaks,
        jumps=jumps,
        first_share=float(firsts.mean()) if len(firsts) else 0.0,
        usual_breaks=np.sort(usual),
        usual_jumps=np.sort(jumps[:, begin:last][active]),
        active_now=np.sort(now[now > 0]),
        active_before=np.count_nonzero(years[now > 0, : max(last + 1 - WINDOW, 0)], axis=1).astype(
            np.float64
        ),
    )


def share_at_least(usual: Floats, value: float) -> float:
    """Give how often a value or a larger one is met, itself counted as one: never zero."""
    larger = len(usual) - int(np.searchsorted(usual, value - 1e-12, side="left"))
    return (1 + larger) / (1 + len(usual))


def mid_rank(values: Floats, value: float) -> float | None:
    """Give the percentile of a value among values: those below it and half of those equal, of a hundred."""
    if not len(values):
        return None
    below = float(np.sum(values < value - 1e-12))
    equal = float(np.sum(np.abs(values - value) <= 1e-12))
    return 100 * (below + equal / 2) / len(values)


@functools.cache
def zeros(length: int) -> Floats:
    """Give the years of a pair that a register does not name: it had none."""
    out = np.zeros(length)
    out.setflags(write=False)
    return out
