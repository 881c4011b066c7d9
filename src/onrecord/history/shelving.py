"""Putting a dataset on the shelf, whole or not at all, and taking it off."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.history.imported import Imported
from onrecord.history.observation import Dataset, Observation, Series
from onrecord.history.shelf import APPLICATION_ID, BUSY_SECONDS, SCHEMA, ShelfError, check_ours, explained

TABLES = """
CREATE TABLE datasets (id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE series (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    dataset TEXT NOT NULL REFERENCES datasets(id) ON DELETE CASCADE,
    dimension TEXT NOT NULL
);
CREATE INDEX series_of_dataset ON series(dataset);
CREATE TABLE observations (
    series INTEGER NOT NULL REFERENCES series(key) ON DELETE CASCADE,
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    start TEXT NOT NULL,
    end TEXT,
    value REAL,
    what TEXT NOT NULL,
    known TEXT NOT NULL,
    cites TEXT NOT NULL
);
CREATE INDEX observations_of_series ON observations(series);
CREATE INDEX observations_of_dyad ON observations(first, second);
CREATE TABLE levels (
    series INTEGER NOT NULL REFERENCES series(key) ON DELETE CASCADE,
    state TEXT NOT NULL,
    year INTEGER NOT NULL,
    value REAL NOT NULL,
    PRIMARY KEY (series, state, year)
) WITHOUT ROWID;
CREATE TABLE yearly (
    series INTEGER NOT NULL REFERENCES series(key) ON DELETE CASCADE,
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    year INTEGER NOT NULL,
    value REAL NOT NULL,
    unknown INTEGER NOT NULL,
    PRIMARY KEY (series, first, second, year)
) WITHOUT ROWID;
"""

AT_ONCE = 5_000
"""Rows written between two reports of progress."""


class Shelved(NamedTuple):
    """The dataset as it stands on the shelf, and whether this made it so."""

    dataset: Dataset
    new: bool


def add(
    path: Path, dataset: Dataset, imported: Imported, progress: Callable[[int], None] = lambda _: None
) -> Shelved:
    """Put a dataset on the shelf in one transaction; a file that is there already changes nothing.

    Another file of the same format and vintage gets the start of its digest behind its id.

    Raises:
        ShelfError: where the shelf cannot be written; it then is as it was before.
    """
    with _writing(path) as connection:
        there = connection.execute("SELECT body FROM datasets WHERE sha256 = ?", [dataset.sha256]).fetchone()
        if there:
            return Shelved(msgspec.json.decode(there[0], type=Dataset), new=False)
        if connection.execute("SELECT 1 FROM datasets WHERE id = ?", [dataset.id]).fetchone():
            dataset = named(dataset, f"{dataset.id}-{dataset.sha256[:6]}")
        body = msgspec.json.encode(dataset).decode()
        connection.execute("INSERT INTO datasets VALUES (?, ?, ?)", [dataset.id, dataset.sha256, body])
        keys: dict[str, int] = {}
        for series, local in zip(dataset.series, imported.series, strict=True):
            cursor = connection.execute(
                "INSERT INTO series (id, dataset, dimension) VALUES (?, ?, ?)",
                [series.id, dataset.id, series.dimension],
            )
            keys[local.id] = int(cursor.lastrowid or 0)
        _write_observations(connection, imported.observations, keys, progress)
        connection.executemany(
            "INSERT INTO levels VALUES (?, ?, ?, ?)",
            ((keys[level.series], level.state, level.year, level.value) for level in imported.levels),
        )
        for local in imported.series:
            _write_years(connection, local, keys[local.id], imported.observations)
    return Shelved(dataset, new=True)


def remove(path: Path, id_: str) -> bool:
    """Take a dataset off the shelf; say whether it stood there.

    Raises:
        ShelfError: where the shelf cannot be written.
    """
    with _writing(path) as connection:
        return connection.execute("DELETE FROM datasets WHERE id = ?", [id_]).rowcount > 0


def named(dataset: Dataset, id_: str) -> Dataset:
    """Give a dataset another id, and its series with it."""
    own = tuple(
        msgspec.structs.replace(s, id=f"{id_}/{s.id.rpartition('/')[2]}", dataset=id_) for s in dataset.series
    )
    return msgspec.structs.replace(dataset, id=id_, series=own)


def _write_observations(
    connection: sqlite3.Connection,
    observations: Sequence[Observation],
    keys: dict[str, int],
    progress: Callable[[int], None],
) -> None:
    cited: dict[tuple[str, ...], str] = {}
    for begin in range(0, len(observations), AT_ONCE):
        some = observations[begin : begin + AT_ONCE]
        connection.executemany(
            "INSERT INTO observations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    keys[each.series],
                    each.first,
                    each.second,
                    each.start.isoformat(),
                    each.end and each.end.isoformat(),
                    each.value,
                    each.what,
                    each.known.isoformat(),
                    cited.get(each.cites) or cited.setdefault(each.cites, _as_json(each.cites)),
                )
                for each in some
            ),
        )
        progress(len(some))


def _as_json(cites: tuple[str, ...]) -> str:
    return msgspec.json.encode(cites).decode()


def _write_years(
    connection: sqlite3.Connection, series: Series, key: int, observations: Sequence[Observation]
) -> None:
    """Keep a number a dyad and year, so that a base rate over all dyads is read and not worked out."""
    match series.measure:
        case "flow":
            connection.execute(
                "INSERT INTO yearly SELECT series, first, second, CAST(substr(start, 1, 4) AS INTEGER),"
                " coalesce(sum(value), 0), sum(value IS NULL)"
                " FROM observations WHERE series = ? GROUP BY first, second, substr(start, 1, 4)",
                [key],
            )
        case "stock":
            held: dict[tuple[str, str, int], list[float]] = defaultdict(lambda: [0.0, 0])
            for each in observations:
                if each.series == series.id:
                    last = each.end.year if each.end else max(series.covered[1], each.start.year)
                    for of in range(each.start.year, last + 1):
                        cell = held[each.first, each.second, of]
                        cell[0] += each.value or 0.0
                        cell[1] += each.value is None
            connection.executemany(
                "INSERT INTO yearly VALUES (?, ?, ?, ?, ?, ?)",
                ((key, *dyad_year, value, unknown) for dyad_year, (value, unknown) in held.items()),
            )
        case "distance":
            pass  # of any two states, from the levels


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Write all of it or nothing, after the other processes that are writing."""
    with explained(path):
        if path.is_dir():
            raise ShelfError(f"{path}: this is a folder: name a file in it with --history")
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            version = check_ours(connection, path)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("BEGIN IMMEDIATE")
            try:
                if not version:
                    _make_tables(connection)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # A full disk can have rolled back already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        finally:
            connection.close()


def _make_tables(connection: sqlite3.Connection) -> None:
    # Another process can have made them while this one waited.
    if connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,):
        return
    for statement in filter(str.strip, TABLES.split(";")):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")
