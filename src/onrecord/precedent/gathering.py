"""From the shelf to evidence: datasets that were known, observations of dyads, registers as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from onrecord.history.arrays import Yearly
from onrecord.history.observation import DIRECTED, Dataset, Observation, Series
from onrecord.precedent.clocks import Clocks, known_datasets
from onrecord.precedent.measure import Evidence
from onrecord.precedent.panel import Pair, Panel

Own = tuple[Dataset, Sequence[Observation]]
"""A dataset that is not on the shelf: the chronology that is shipped, what was read in articles."""


class History(Protocol):
    """What is asked of a shelf (`onrecord.history.shelf.Shelf`)."""

    def datasets(self) -> tuple[Dataset, ...]:
        """Give all datasets, of every vintage."""

    def observations(
        self, dyad: Pair | None = None, *, datasets: Sequence[str] | None = None
    ) -> list[Observation]:
        """Give the observations of a dyad, or all."""

    def yearly(self, series: str) -> Yearly:
        """Give a number a dyad and year for all dyads of a series."""


def gather(
    history: History, dyads: Iterable[Pair] | None, clocks: Clocks, own: Iterable[Own] = ()
) -> Evidence:
    """Gather what speaks to dyads, or to all where none are named; and whole registers, for the base rate."""
    datasets = known_datasets(history.datasets(), clocks)
    ids = [d.id for d in datasets]
    observations: list[Observation] = []
    if ids:
        for dyad in [None] if dyads is None else dict.fromkeys(dyads):
            observations += history.observations(dyad, datasets=ids)
    others = list(own)
    for _, told in others:
        observations += told
    panels = [
        from_yearly(series, history.yearly(series.id))
        for dataset in datasets
        for series in dataset.series
        if is_register(dataset, series)
    ]
    return Evidence([*datasets, *(d for d, _ in others)], observations, panels)


def is_register(dataset: Dataset, series: Series) -> bool:
    """Say whether a series has a base rate: deliveries and orders of all dyads by one method.

    Events in the news cover all dyads too, and ever more of each: a record of theirs is a record of coverage.
    """
    flows = series.complete and series.measure == "flow" and series.dimension in DIRECTED
    return flows and dataset.format == "sipri"


def from_yearly(series: Series, yearly: Yearly) -> Panel:
    """Lay the rows of a series out as a panel over the years that it covers."""
    start, end = series.covered
    kept = (yearly.year >= start) & (yearly.year <= end)
    key = yearly.first[kept].astype(np.int64) * len(yearly.states) + yearly.second[kept]
    found, at = np.unique(key, return_inverse=True)
    values = np.zeros((len(found), end - start + 1))
    np.add.at(values, (at, yearly.year[kept] - start), yearly.value[kept])
    pairs = [divmod(int(k), len(yearly.states)) for k in found]
    return Panel(series, tuple((yearly.states[a], yearly.states[b]) for a, b in pairs), start, values)
