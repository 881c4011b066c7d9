"""The shelf: one SQLite file that keeps imported datasets, each whole, with vintage, terms and notes.

This module reads it; `shelving` writes. Two vintages of one dataset stand side by side and are never added.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from collections.abc import Collection, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast
from urllib.parse import quote

import msgspec
import platformdirs

from onrecord.history import states
from onrecord.history.imported import Level, year
from onrecord.history.observation import Dataset, Dimension, Observation, Series

if TYPE_CHECKING:
    from onrecord.history.arrays import Yearly

APPLICATION_ID = 0x6F6E7268
"""Marks a file as ours: "onrh"."""

SCHEMA = 1
BUSY_SECONDS = 30.0


class ShelfError(RuntimeError):
    """The shelf cannot be opened, read or written; the message says why and what to do."""


def default_path() -> Path:
    """Give the shelf's path: `ONRECORD_HISTORY` where it is set, else a file in the user's data directory."""
    chosen = os.environ.get("ONRECORD_HISTORY")
    if chosen:
        return Path(chosen).expanduser()
    return platformdirs.user_data_path("onrecord", appauthor=False) / "history.sqlite"


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors, and the system's, into a `ShelfError` that says what to do."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # ours to mend, not the user's
    except sqlite3.DatabaseError as error:
        raise ShelfError(f"{path}: {_advice(str(error))}") from error
    except OSError as error:
        raise ShelfError(f"{path}: {error.strerror or error}") from error


def _advice(message: str) -> str:
    for sign, advice in (
        ("not a database", "this is not a shelf: name another file with --history or ONRECORD_HISTORY"),
        ("locked", "another process has been writing for too long: try again when it is done"),
        ("full", "the disk is full; nothing of this file was kept"),
        ("readonly", "the file cannot be written: check its permissions, or name another with --history"),
        ("unable to open", "the file cannot be opened: check that the folder exists and who may read it"),
        ("malformed", "the file is damaged: delete it and import the datasets again"),
    ):
        if sign in message:
            return f"{advice} ({message})"
    return message


def check_ours(connection: sqlite3.Connection, path: Path) -> int:
    """Give the schema version of an open file, 0 for an empty one.

    Raises:
        ShelfError: where the file is not a shelf, or newer than this program.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (objects,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (application or version or objects):
        raise ShelfError(
            f"{path}: this is a database of another program: name another with --history or ONRECORD_HISTORY"
        )
    if version > SCHEMA:
        raise ShelfError(
            f"{path}: a newer onrecord wrote this shelf (schema {version}; this one knows up to {SCHEMA}): "
            "upgrade it with  pip install --upgrade onrecord"
        )
    return int(version)


class Shelf:
    """What was imported, to read; where there is no file yet, an empty shelf."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the shelf.

        Raises:
            ShelfError: where the file is not a shelf, or cannot be read.
        """
        self.path = path or default_path()
        self._connection: sqlite3.Connection | None = None
        with explained(self.path):
            if self.path.is_dir():
                raise ShelfError(f"{self.path}: this is a folder: name a file in it with --history")
            if self.path.exists():
                address = f"file:{quote(str(self.path.absolute()))}?mode=ro"
                connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
                try:
                    filled = check_ours(connection, self.path)
                except BaseException:
                    connection.close()
                    raise
                if filled:
                    self._connection = connection
                else:
                    connection.close()

    def __enter__(self) -> Self:
        """Return the open shelf."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask(self, query: str, parameters: Collection[object] = ()) -> list[tuple[object, ...]]:
        if self._connection is None:
            return []
        with explained(self.path):
            return self._connection.execute(query, tuple(parameters)).fetchall()

    def datasets(self) -> tuple[Dataset, ...]:
        """Give all datasets, by format and vintage."""
        rows = self._ask("SELECT body FROM datasets")
        found = (msgspec.json.decode(cast("str", body), type=Dataset) for (body,) in rows)
        return tuple(sorted(found, key=lambda d: (d.format, d.vintage, d.id)))

    def current(self, known: dt.date | None = None) -> tuple[Dataset, ...]:
        """Give of each dataset the latest vintage, or the latest that was known on a day.

        A user's chronologies are told apart by their files.
        """
        latest: dict[tuple[str, str, str], list[Dataset]] = {}
        for dataset in self.datasets():
            if known is not None and dataset.vintage > known:
                continue
            key = (dataset.format, dataset.title, dataset.file if dataset.format == "chronology" else "")
            same = latest.setdefault(key, [])
            if same and same[0].vintage < dataset.vintage:
                same.clear()
            same.append(dataset)
        return tuple(dataset for same in latest.values() for dataset in same)

    def counts(self) -> dict[str, int]:
        """Give how many observations, or points of states, each dataset has."""
        rows = self._ask(
            "SELECT dataset, sum(size) FROM series JOIN ("
            "SELECT series, count(*) size FROM observations GROUP BY series UNION ALL "
            "SELECT series, count(*) FROM levels GROUP BY series) ON series = key GROUP BY dataset"
        )
        return {str(dataset): cast("int", size) for dataset, size in rows}

    def observations(
        self,
        dyad: tuple[str, str] | None = None,
        dimension: Dimension | None = None,
        datasets: Collection[str] | None = None,
    ) -> list[Observation]:
        """Give observations by their days: of two states in both directions, a dimension, some datasets.

        A state's past includes that of its predecessors: RUS reads SUN. Distances are given where a dyad is
        named, for they are worked out for each pair.
        """
        clauses, parameters = _where(dimension, datasets)
        if dyad is not None:
            clause, codes = _of_dyad(dyad)
            clauses.append(clause)
            parameters += codes
        where = f" WHERE {' AND '.join(clauses)}" if clauses else ""
        rows = self._ask(
            "SELECT series.id, dimension, first, second, start, end, value, what, known, cites"  # noqa: S608
            f" FROM observations JOIN series ON key = observations.series{where} ORDER BY start, first",
            parameters,
        )
        found = [_observation(row) for row in rows]
        if dyad is not None and dimension in {None, "votes"}:
            found += self._distances(dyad, datasets)
            found.sort(key=lambda o: (o.start, o.first))
        return found

    def levels(self, series: str) -> list[Level]:
        """Give where each state stood in each year, for a series of distances."""
        rows = self._ask(
            "SELECT id, state, year, levels.value FROM levels JOIN series ON key = series WHERE id = ?",
            [series],
        )
        return [Level(*cast("tuple[str, str, int, float]", row)) for row in rows]

    def _distances(self, dyad: tuple[str, str], datasets: Collection[str] | None) -> Iterator[Observation]:
        lines = [states.line(code) for code in dyad]
        clauses, parameters = _where(None, datasets)
        names = ", ".join("?" * (len(lines[0]) + len(lines[1])))
        rows = self._ask(
            "SELECT dataset, series.id, year, state, value FROM levels JOIN series ON key = series"  # noqa: S608
            f" WHERE {' AND '.join([f'state IN ({names})', *clauses])}",
            [*lines[0], *lines[1], *parameters],
        )
        about = {s.id: (d, s) for d in self.datasets() for s in d.series}
        points: dict[tuple[str, int], dict[str, float]] = {}
        for _, in_series, of, state, value in rows:
            points.setdefault((str(in_series), cast("int", of)), {})[str(state)] = cast("float", value)
        for (in_series, of), by_state in sorted(points.items()):
            sides = [next((code for code in line if code in by_state), None) for line in lines]
            if sides[0] and sides[1] and sides[0] != sides[1]:
                yield _distance(*about[in_series], of, (sides[0], sides[1]), by_state)

    def yearly(self, series: str, *, heirs: bool = True) -> Yearly:
        """Give one number a dyad and year for all dyads of a series, as arrays.

        With `heirs`, the years of a state that went on as another stand under that one (SUN under RUS).
        """
        from onrecord.history import arrays  # noqa: PLC0415  # numpy takes time to load

        rows = self._ask(
            "SELECT first, second, year, value, unknown FROM yearly JOIN series ON key = series WHERE id = ?",
            [series],
        )
        if rows:
            return arrays.of_rows(rows, heirs=heirs)
        return arrays.of_levels(self.levels(series), heirs=heirs)


def _where(dimension: Dimension | None, datasets: Collection[str] | None) -> tuple[list[str], list[str]]:
    clauses, parameters = [], list[str]()
    if dimension is not None:
        clauses.append("dimension = ?")
        parameters.append(dimension)
    if datasets is not None:
        clauses.append(f"dataset IN ({', '.join('?' * len(datasets))})")
        parameters += datasets
    return clauses, parameters


def _of_dyad(dyad: tuple[str, str]) -> tuple[str, list[str]]:
    lines = [states.line(code) for code in dyad]
    a, b = (", ".join("?" * len(line)) for line in lines)
    clause = f"((first IN ({a}) AND second IN ({b})) OR (first IN ({b}) AND second IN ({a})))"
    return clause, [*lines[0], *lines[1], *lines[1], *lines[0]]


def _observation(row: tuple[object, ...]) -> Observation:
    in_series, dimension, first, second, start, end, value, what, known, cites = row
    return Observation(
        str(in_series),
        cast("Dimension", dimension),
        str(first),
        str(second),
        dt.date.fromisoformat(str(start)),
        None if end is None else dt.date.fromisoformat(str(end)),
        cast("float | None", value),
        str(what),
        dt.date.fromisoformat(str(known)),
        tuple(msgspec.json.decode(cast("str", cites), type=list[str])),
    )


def _distance(
    dataset: Dataset, series: Series, of: int, pair: tuple[str, str], points: dict[str, float]
) -> Observation:
    first, second = sorted(pair)
    value = abs(points[first] - points[second])
    return Observation(
        series.id,
        "votes",
        first,
        second,
        *year(of),
        value,
        f"{series.unit}: {value:.2f} ({first} {points[first]:.2f}, {second} {points[second]:.2f})",
        dataset.vintage,
        (f"{dataset.title}, {dataset.vintage.isoformat()}",),
    )
