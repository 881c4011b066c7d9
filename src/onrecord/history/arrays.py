"""Yearly values of all dyads as arrays: the base rate is counted over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray  # noqa: TC002  # a NamedTuple's types are looked up at run time

from onrecord.history import states
from onrecord.history.imported import Level


class Yearly(NamedTuple):
    """One number a dyad and year, for all dyads of a series, the rows in the order of dyad and year.

    `first` and `second` index `states`. `value` is the year's sum of a flow, the number in force of a stock,
    a distance as it is. `unknown` counts observations without a value: where there are some, `value` is the
    least that it can be.
    """

    states: tuple[str, ...]
    first: NDArray[np.int32]
    second: NDArray[np.int32]
    year: NDArray[np.int32]
    value: NDArray[np.float64]
    unknown: NDArray[np.int32]


def of_rows(rows: Sequence[tuple[object, ...]], *, heirs: bool) -> Yearly:
    """Make arrays of rows first, second, year, value, unknown; those of a line and its heir are added."""
    first, second, year, value, unknown = zip(*rows, strict=True)
    names = _names({*first, *second}, heirs=heirs)
    place = {code: i for i, code in enumerate(dict.fromkeys(names.values()))}
    at = {code: place[name] for code, name in names.items()}
    return _summed(
        tuple(place),
        np.fromiter((at[code] for code in first), np.int64, len(rows)),
        np.fromiter((at[code] for code in second), np.int64, len(rows)),
        np.array(year, np.int64),
        np.array(value, np.float64),
        np.array(unknown, np.int64),
    )


def of_levels(levels: Sequence[Level], *, heirs: bool) -> Yearly:
    """Make arrays of the distances between all pairs of states in each year."""
    names = _names({level.state for level in levels}, heirs=heirs)
    codes = sorted(set(names.values()))
    place = {code: i for i, code in enumerate(codes)}
    points: dict[int, dict[int, float]] = {}
    for level in levels:
        points.setdefault(level.year, {})[place[names[level.state]]] = level.value
    parts: list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], int]] = []
    for year, by_state in sorted(points.items()):
        at = np.array(sorted(by_state), np.int64)
        values = np.array([by_state[i] for i in at.tolist()], np.float64)
        a, b = np.triu_indices(len(at), 1)
        parts.append((at[a], at[b], np.abs(values[a] - values[b]), year))
    return _made(
        tuple(codes),
        np.concatenate([part[0] for part in parts] or [np.empty(0, np.int64)]),
        np.concatenate([part[1] for part in parts] or [np.empty(0, np.int64)]),
        np.concatenate(
            [np.full(len(part[0]), part[3], np.int64) for part in parts] or [np.empty(0, np.int64)]
        ),
        np.concatenate([part[2] for part in parts] or [np.empty(0, np.float64)]),
        None,
    )


def _names(codes: set[object], *, heirs: bool) -> dict[object, str]:
    return {code: states.heir(str(code)) if heirs else str(code) for code in sorted(map(str, codes))}


def _summed(  # noqa: PLR0913
    codes: tuple[str, ...],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    year: NDArray[np.int64],
    value: NDArray[np.float64],
    unknown: NDArray[np.int64],
) -> Yearly:
    kept = first != second  # a state and its heir, in the year in which one became the other
    first, second, year, value, unknown = (a[kept] for a in (first, second, year, value, unknown))
    key = (first * len(codes) + second) * 10_000 + year
    found, at = np.unique(key, return_inverse=True)
    dyad = found // 10_000
    return _made(
        codes,
        dyad // len(codes),
        dyad % len(codes),
        found % 10_000,
        np.bincount(at, value, len(found)).astype(np.float64),
        np.bincount(at, unknown, len(found)).astype(np.int64),
    )


def _made(  # noqa: PLR0913
    codes: tuple[str, ...],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    year: NDArray[np.int64],
    value: NDArray[np.float64],
    unknown: NDArray[np.int64] | None,
) -> Yearly:
    none = np.zeros(len(first), np.int32) if unknown is None else unknown.astype(np.int32)
    return Yearly(codes, first.astype(np.int32), second.astype(np.int32), year.astype(np.int32), value, none)
