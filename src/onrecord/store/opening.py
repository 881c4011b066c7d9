"""The store's file: where it is, whether it is one of ours, and how to open it.

Nothing here changes a file that is not ours.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import platformdirs

from onrecord.store import migrations

BUSY_SECONDS = 30.0
"""How long to wait for another process that is writing."""


class StoreError(RuntimeError):
    """The store cannot be opened, read or written; the message says why and what to do."""


def default_path() -> Path:
    """Give the store's path: `ONRECORD_STORE` where it is set, else a file in the user's data directory."""
    chosen = os.environ.get("ONRECORD_STORE")
    if chosen:
        return Path(chosen).expanduser()
    return platformdirs.user_data_path("onrecord", appauthor=False) / "onrecord.sqlite"


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors, and the system's, into a `StoreError` that says what to do."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # ours to mend, not the user's
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {_advice(str(error))}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror or error}") from error


def _advice(message: str) -> str:
    for sign, advice in (
        ("not a database", "this is not an onrecord store: name another file with --store or ONRECORD_STORE"),
        (
            "I/O",
            "the disk is full or failing: nothing was changed; make room, or name another file with --store",
        ),
        ("locked", "another process has been writing for too long: try again when it is done"),
        ("full", "the disk is full: nothing of this article was written; make room and read it again"),
        ("readonly", "the file cannot be written: check its permissions, or name another with --store"),
        ("unable to open", "the file cannot be opened: check that the folder exists and who may read it"),
        ("malformed", "the file is damaged: restore a backup, or read the articles again into a new store"),
    ):
        if sign in message:
            return f"{advice} ({message})"
    return message


def schema_of(path: Path) -> int:
    """Give the schema version of a file without changing it; 0 for an empty one.

    Raises:
        StoreError: where the file is not a store, or its schema is newer than this program.
    """
    with explained(path), contextlib.closing(connect_to_read(path)) as connection:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (objects,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != migrations.APPLICATION_ID and (application or version or objects):
        raise StoreError(
            f"{path}: this is a database of another program: name another file with --store or ONRECORD_STORE"
        )
    known = len(migrations.MIGRATIONS)
    if version > known:
        raise StoreError(
            f"{path}: a newer onrecord wrote this store (schema {version}; this one knows up to {known}): "
            "upgrade it with  pip install --upgrade onrecord"
        )
    return int(version)


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open the file read-only, also where its folder cannot be written.

    Raises:
        StoreError: where it is a folder.
    """
    if path.is_dir():
        raise StoreError(f"{path}: this is a folder: name a file in it with --store or ONRECORD_STORE")
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    try:
        return _opened(address)
    except sqlite3.OperationalError as error:
        # In WAL mode SQLite wants to make a -shm file. Where it may not, and no process has left anything in
        # a -wal, the file is all there is.
        forbidden = "unable to open" in str(error) or "readonly" in str(error)
        if not forbidden or _is_filled(Path(f"{path}-wal")):
            raise
    return _opened(f"{address}&immutable=1")


def _opened(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_to_write(path: Path) -> sqlite3.Connection:
    """Open the file to write, make it where there is none, and bring its schema up to date.

    Raises:
        StoreError: where the file is not a store, or newer than this program, or cannot be written.
    """
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            schema_of(path)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            _write_ahead(connection)
            for pragma in ("synchronous = NORMAL", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {pragma}")
            with transaction(connection, path):
                # Read inside the transaction: another process can have made the tables meanwhile.
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                migrations.migrate(connection, version)
        except BaseException:
            connection.close()
            raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch the file to WAL mode, after others who are opening it: SQLite itself does not wait for them."""
    last = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > last:
                raise
            time.sleep(0.01)
        else:
            return


def _is_filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Write all of it or nothing, after the other processes that are writing.

    Raises:
        StoreError: where the file cannot be written; it then is as it was before.
    """
    with explained(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # A full disk can have rolled back already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Let queries name columns, and compare without case and accents: `contains(text, part)`."""
    connection.row_factory = sqlite3.Row
    connection.create_function("contains", 2, _contains, deterministic=True)
    return connection


def fold(text: str) -> str:
    """Give the text without case and accents, to compare."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def _contains(text: str | None, part: str) -> bool:
    return text is not None and fold(part) in fold(text)
