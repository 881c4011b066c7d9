"""Keeping a store in order: is everything in it as it should be, and a copy in a safe place."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from onrecord.record import Record
from onrecord.store import Store, tables
from onrecord.store.opening import StoreError, connect_to_read, explained, schema_of
from onrecord.store.rows import Row
from onrecord.store.soundness import misplaced
from onrecord.store.tables import Table
from onrecord.store.writing import being_written


def check(store: Store) -> Iterator[str]:
    """Say what is wrong with a store, one sentence each; nothing where all is well.

    The file is sound; every reference leads somewhere; every mention is the words at its span; the tables say
    what the records and people's decisions say; the full-text index is in step.

    Raises:
        StoreError: where the file cannot be read.
    """
    damage = [row[0] for row in store.select("PRAGMA integrity_check")]
    if damage != ["ok"]:
        # What else would be found follows from this.
        yield from (f"the file is damaged: {line}" for line in damage)
        return
    for row in store.select("PRAGMA foreign_key_check"):
        yield f"row {row['rowid']} of {row['table']} refers to an article that is not in the store"
    for row in store.select("SELECT article_id, version FROM article_versions ORDER BY 1, 2"):
        yield from _version_troubles(store, row["article_id"], row["version"])
    for row in store.select("SELECT id FROM articles ORDER BY id"):
        yield from _table_troubles(store, row["id"])
    yield from _index_troubles(store)


def _version_troubles(store: Store, article_id: str, version: int) -> Iterator[str]:
    record = store.version(article_id, version)
    (text,) = store.select(
        "SELECT text FROM article_versions WHERE article_id = ? AND version = ?", article_id, version
    )[0]
    if record is None or record.article.text != text:
        yield f"{article_id}, version {version}: the text is not the one that the record was made from"
        return
    for trouble in misplaced(record):
        yield f"{article_id}, version {version}: {trouble}"


def _table_troubles(store: Store, article_id: str) -> Iterator[str]:
    record = store.record(article_id)
    if record is None:
        yield f"{article_id}: there is no version of this article"
        return
    for table in tables.STORED:
        if _stored(store, table, article_id) != _told(table, record):
            yield f"{article_id}: {table.name} does not say what the record says: mend it with --rebuild"


def _stored(store: Store, table: Table, article_id: str) -> list[Row]:
    key = "id" if table is tables.ARTICLES else "article_id"
    names = ", ".join(table.names)
    rows = store.select(f"SELECT {names} FROM {table.name} WHERE {key} = ?", article_id)  # noqa: S608
    return sorted((dict(row) for row in rows), key=repr)


def _told(table: Table, record: Record) -> list[Row]:
    return sorted(table.rows(record), key=repr)


def _index_troubles(store: Store) -> Iterator[str]:
    """Compare the full-text index with its table, in a copy: the comparison is a write."""
    with contextlib.closing(sqlite3.connect("", isolation_level=None)) as copy:
        store.copy_to(copy)
        try:
            copy.execute(
                "INSERT INTO attributions_fts (attributions_fts, rank) VALUES ('integrity-check', 1)"
            )
        except sqlite3.DatabaseError:
            yield "the full-text index is not in step with what was said: mend it with --rebuild"


def back_up(store: Store, path: Path) -> Path:
    """Copy the store to `path`, or into it where it is a folder, while others use it; give the file's path.

    The copy is one plain file. An older backup that stands there is replaced once the new one is whole.

    Raises:
        StoreError: where `path` is the store itself or a file that is no store, or cannot be written.
    """
    target = path / store.path.name if path.is_dir() else path
    if target.exists():
        if target.samefile(store.path):
            raise StoreError(f"{target} is the store itself: name another file for the backup")
        schema_of(target)  # refuses what is not a store of ours
    with explained(target), being_written(target) as unfinished:
        with contextlib.closing(sqlite3.connect(unfinished, isolation_level=None)) as copy:
            store.copy_to(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        with contextlib.closing(connect_to_read(unfinished)) as copy:
            if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                raise StoreError(f"{target}: the copy is damaged and was thrown away; check the disk")
    return target
