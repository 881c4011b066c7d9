"""One directed flow by a full register: level, record break and its base rate, percentiles, gap, verdict."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace

from onrecord.history.observation import Observation
from onrecord.precedent.assessment import BaseRate, DimensionVerdict, Occurrence, Unrecorded
from onrecord.precedent.clocks import label
from onrecord.precedent.ladder import FEWEST, RARE, Facts, needed, verdict
from onrecord.precedent.panel import (
    WINDOW,
    Floats,
    Pair,
    Yardstick,
    mid_rank,
    share_at_least,
    zeros,
)
from onrecord.precedent.wording import change_in_register, says_register, sized

SHOWN = 8
"""Earlier occurrences listed: the first, the last, and the largest between them."""
RECALL = (0.5, 0.95)
"""Nobody has measured how much of what was delivered a register has; these are the ends of a guess, named."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What a register has on one directed pair: its years, those of the way back, the rows behind them."""

    pair: Pair
    source: str
    years: Floats
    back: Floats
    rows: Sequence[Observation]
    new_class: float | None = None


def flow_of(stick: Yardstick, pair: Pair, source: str, rows: Sequence[Observation]) -> Flow:
    """Take one directed pair out of a register; a pair that it does not name had no flow."""
    length = stick.years.shape[1]

    def years(of: Pair) -> Floats:
        at = stick.row.get(of)
        return zeros(length) if at is None else stick.years[at]

    new = _new_class(rows, stick) if stick.panel.series.dimension == "arms ordered" else None
    return Flow(pair, source, years(pair), years((pair[1], pair[0])), rows, new)


def _new_class(rows: Sequence[Observation], stick: Yardstick) -> float | None:
    """Give the share of the window's orders in classes that were never ordered before; null without orders.

    The importers of registers end `what` with the class, after a comma.
    """
    begins = dt.date(stick.end - WINDOW + 1, 1, 1)
    before: set[str] = set()
    now: dict[str, float] = {}
    for row in rows:
        _, comma, kind = row.what.rpartition(", ")
        if not comma or row.start.year > stick.end:
            continue
        if _end(row) < begins:
            before.add(kind)
        else:
            now[kind] = now.get(kind, 0.0) + (row.value or 0.0)
    total = sum(now.values())
    return sum(v for kind, v in now.items() if kind not in before) / total if total > 0 else None


def facts_of(stick: Yardstick, flow: Flow) -> Facts:
    """Give all that the ladder asks of a flow."""
    at = stick.row.get(flow.pair)
    begins = max(len(flow.years) - WINDOW, 0)
    past = flow.years[:begins]
    level = float(flow.years[begins:].sum())
    maximum = 0.0 if at is None else float(stick.maxima[at, -1])
    broken = math.asinh(level) - math.asinh(maximum)
    usual = stick.usual_breaks
    share = share_at_least(usual, broken)
    enough = len(usual) >= FEWEST
    before = dt.date(stick.panel.start + begins, 1, 1)
    known_earlier = any(_end(o) < before for o in flow.rows)
    known_now = any(_end(o) >= before for o in flow.rows)
    return Facts(
        level=level,
        past_maximum=maximum,
        present=level > 0 or known_now,
        earlier=bool(past.any()) or known_earlier,
        past_years=begins,
        record_break=broken,
        rare=enough and share <= RARE,
        threshold=_threshold(usual) if enough else None,
        reverse_years=int(np.count_nonzero(flow.back[:begins])),
        percentile_own=None if at is None else mid_rank(stick.sums[at, WINDOW - 1 : begins], level),
        gap=_gap(flow.years, begins),
        new_class=flow.new_class,
    )


def assess_flow(stick: Yardstick, flow: Flow) -> DimensionVerdict:
    """Give the verdict on a directed flow."""
    series = stick.panel.series
    facts = facts_of(stick, flow)
    begins = stick.panel.start + len(flow.years) - min(WINDOW, len(flow.years))
    window = (dt.date(begins, 1, 1), dt.date(stick.end, 12, 31))
    earlier, present = _split(flow, series.unit, stick.panel.start, window)
    at = stick.row.get(flow.pair)
    active = facts.level > 0 and at is not None
    jump = float(stick.jumps[at, -1]) if active and at is not None else None
    past = flow.years[: facts.past_years]
    mean = float(past.mean()) if len(past) else 0.0
    found = DimensionVerdict(
        dimension=series.dimension,
        from_=flow.pair[0],
        to=flow.pair[1],
        series=series.id,
        source=flow.source,
        verdict=verdict(facts),
        says="",
        basis="register",
        unit=series.unit,
        window=window,
        first=_first(earlier, present),
        last_before=earlier[-1].date if earlier else None,
        precedents=_chosen(earlier),
        present=tuple(present),
        level=facts.level,
        past_maximum=facts.past_maximum,
        ratio_to_own_mean=facts.level / WINDOW / mean if mean > 0 else None,
        first_ever=facts.present and not facts.earlier,
        record_break=facts.record_break if active else None,
        surprise_bits=_bits(stick.usual_breaks, facts.record_break) if active else 0.0,
        base_rate=_base_rate(stick, facts) if active else None,
        jump=jump,
        jump_bits=_bits(stick.usual_jumps, jump) if jump is not None else 0.0,
        percentile_own=facts.percentile_own if active else None,
        percentile_active=mid_rank(stick.active_now, facts.level) if active else None,
        gap=facts.gap if active and facts.earlier else None,
        reverse_years=facts.reverse_years,
        covered=(stick.panel.start, stick.end),
        unrecorded=None if facts.earlier else unrecorded(stick),
        points=tuple((stick.panel.start + i, round(float(v), 4)) for i, v in enumerate(flow.years)),
    )
    need = needed(facts)
    if need is not None and need.size > float(stick.sums.max(initial=0.0)):
        need = None  # no flow so large is on record between any two states: that would be no answer
    change = change_in_register(found, need)
    return replace(found, says=says_register(found), would_change=change)


def unrecorded(stick: Yardstick) -> Unrecorded | None:
    """Say how likely an earlier flow exists that the register lacks, given that it has none.

    Of the pairs that have a flow now a share p had one in k earlier years. If a register shows each such year
    with chance r, it shows none of them with chance (1 - r)^k, on average m; of those that it tells as firsts
    p·m / (p·m + 1 - p) are none (Bayes). p and k are counted in the register itself; r is not known.
    """
    before = stick.active_before
    if len(before) < FEWEST:
        return None
    had = float(np.mean(before > 0))
    missed = [had * float(np.mean((1 - r) ** before[before > 0])) if had else 0.0 for r in RECALL]
    high, low = (m / (m + 1 - had) if m else 0.0 for m in missed)
    how = (
        f"of {len(before)} pairs with a flow in these years {had:.0%} had an earlier one; the register's "
        f"recall is not known: the range is for one that shows {RECALL[0]:.0%} to {RECALL[1]:.0%} of years"
    )
    return Unrecorded(round(low, 3), round(high, 3), how)


def _threshold(usual: Floats) -> float:
    """Give the record break above which one is rare: in the top hundredth, itself counted."""
    allowed = max(int(RARE * (1 + len(usual))) - 1, 0)
    return float(usual[len(usual) - 1 - allowed]) if allowed < len(usual) else math.inf


def _base_rate(stick: Yardstick, facts: Facts) -> BaseRate | None:
    usual = stick.usual_breaks
    if not len(usual):
        return None
    share = share_at_least(usual, facts.record_break)
    return BaseRate(share, len(usual), stick.first_share, facts.threshold)


def _bits(usual: Floats, value: float) -> float:
    return max(0.0, -math.log2(share_at_least(usual, value)))


def _gap(years: Floats, begins: int) -> int:
    """Count the years without a flow between the last one before the window and the first within it."""
    past, now = np.flatnonzero(years[:begins]), np.flatnonzero(years[begins:])
    return int(begins + now[0] - past[-1] - 1) if len(past) and len(now) else 0


def _end(observation: Observation) -> dt.date:
    return observation.end or dt.date.max


def _split(
    flow: Flow, unit: str, start: int, window: tuple[dt.date, dt.date]
) -> tuple[list[Occurrence], list[Occurrence]]:
    """Give what is on record before the window and in it: rows where we have them, else yearly sums."""
    if not flow.rows:
        years = [
            (start + i, Occurrence(str(start + i), sized(float(v), unit), flow.source, float(v)))
            for i, v in enumerate(flow.years)
            if v > 0
        ]
        return [o for y, o in years if y < window[0].year], [o for y, o in years if y >= window[0].year]
    earlier: list[Occurrence] = []
    present: list[Occurrence] = []
    for row in flow.rows:
        if row.start > window[1]:
            continue
        told = Occurrence(label(row.start, row.end), row.what, "; ".join(row.cites), row.value)
        (earlier if _end(row) < window[0] else present).append(told)
    return earlier, present


def _first(earlier: Sequence[Occurrence], present: Sequence[Occurrence]) -> str | None:
    both = [*earlier, *present]
    return both[0].date if both else None


def _chosen(earlier: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    """Give the first, the last, and between them the largest, in order of time."""
    if len(earlier) <= SHOWN:
        return tuple(earlier)
    middle = sorted(range(1, len(earlier) - 1), key=lambda i: (-(earlier[i].value or 0.0), i))[: SHOWN - 2]
    return tuple(earlier[i] for i in (0, *sorted(middle), len(earlier) - 1))
