"""Two clocks: what had happened by a day, and what was known by another. Nothing later gets past here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from onrecord.history.observation import Dataset, Format, Measure, Observation

REISSUED: frozenset[Format] = frozenset(
    {"sipri", "atop", "dcad", "ideal points", "mme", "jme", "russian exercises"}
)
"""Formats of which a newer file replaces the older. Chronologies and files of events add to each other."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """What counts: all that had happened by `as_of` and was known by `as_known` (null: all that we have)."""

    as_of: dt.date
    as_known: dt.date | None = None

    @property
    def last_whole_year(self) -> int:
        """The last year that had ended by `as_of`."""
        return self.as_of.year if (self.as_of.month, self.as_of.day) == (12, 31) else self.as_of.year - 1

    def knew(self, day: dt.date) -> bool:
        """Say whether what became known on a day was known."""
        return self.as_known is None or day <= self.as_known


def known_datasets(datasets: Iterable[Dataset], clocks: Clocks) -> tuple[Dataset, ...]:
    """Give the datasets that count: of a format that is published anew, the newest that was known.

    A chronology counts whatever its own day, since each of its rows says from when it was known. A selection
    from a register stands beside the whole of it, and never in its place.
    """
    newest: dict[tuple[Format, bool], Dataset] = {}
    others: list[Dataset] = []
    for dataset in datasets:
        if dataset.format == "chronology":
            others.append(dataset)
        elif clocks.knew(dataset.vintage):
            kind = (dataset.format, any(s.complete for s in dataset.series))
            held = newest.get(kind)
            if dataset.format not in REISSUED:
                others.append(dataset)
            elif held is None or (held.vintage, held.id) < (dataset.vintage, dataset.id):
                newest[kind] = dataset
    return tuple(sorted([*newest.values(), *others], key=lambda d: d.id))


def happened(observation: Observation, measure: Measure, clocks: Clocks) -> Observation | None:
    """Give an observation as it stood by then, or nothing.

    A flow counts once its whole interval has passed: what is dated to an unfinished year may be to come. What
    lasts (a stock, or a flow whose end is open) counts from its beginning, and that it ended later was not to
    be seen. A beginning on the first of January may mean "some time in that year", and on the first of a
    month "some time in that month": it counts once that has passed.
    """
    if not clocks.knew(observation.known):
        return None
    end = observation.end
    if end is not None and end <= clocks.as_of:
        return observation
    lasts = end is None or measure == "stock"
    if not lasts or begun_by(observation.start) > clocks.as_of:
        return None
    return observation if end is None else replace(observation, end=None)


def begun_by(start: dt.date) -> dt.date:
    """Give the day by which something that is said to start on a day has surely begun."""
    if start.day != 1:
        return start
    month = 12 if start.month == 1 else start.month
    return dt.date(start.year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def cut(
    observations: Iterable[Observation], datasets: Sequence[Dataset], clocks: Clocks
) -> list[Observation]:
    """Give the observations of these datasets that count, in order of time and each once."""
    measures = {s.id: s.measure for d in datasets for s in d.series}
    kept: dict[tuple[object, ...], Observation] = {}
    for observation in observations:
        measure = measures.get(observation.series)
        then = None if measure is None else happened(observation, measure, clocks)
        if then is not None:
            key = (
                then.series,
                then.first,
                then.second,
                then.start,
                then.end,
                then.what,
                then.value,
                then.cites,
            )
            held = kept.get(key)
            kept[key] = then if held is None or then.known < held.known else held
    return sorted(
        kept.values(),
        key=lambda o: (o.start, o.end or dt.date.max, o.series, o.first, o.second, o.what, o.cites),
    )


def set_aside(
    observations: Iterable[Observation], datasets: Sequence[Dataset], clocks: Clocks
) -> tuple[int, int]:
    """Count what does not count: observations of later, and observations known only later.

    This is for a reader's eyes beside an answer and no part of it: the answer must not depend on it.
    """
    measures = {s.id: s.measure for d in datasets for s in d.series}
    by_then = Clocks(clocks.as_of)
    later = unknown = 0
    for observation in observations:
        if happened(observation, measures.get(observation.series, "flow"), by_then) is None:
            later += 1
        elif not clocks.knew(observation.known):
            unknown += 1
    return later, unknown


def label(start: dt.date, end: dt.date | None) -> str:
    """Write an interval as short as it can be: 2016-08-16, 2015-01, 1967, 1991/2020, 2001-10-02/.. (open)."""
    first = _edge(start, opens=True)
    if end is None:
        return f"{first}/.."
    if start == end:
        return start.isoformat()
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}/{end.year}"
    if (start.year, start.month) == (end.year, end.month) and start.day == 1 and _ends_month(end):
        return start.isoformat()[:7]
    return f"{start.isoformat()}/{end.isoformat()}"


def _edge(day: dt.date, *, opens: bool) -> str:
    return str(day.year) if opens and (day.month, day.day) == (1, 1) else day.isoformat()


def _ends_month(day: dt.date) -> bool:
    return (day + dt.timedelta(days=1)).day == 1
