"""The store: one SQLite file that holds the record of every article read.

Writing twice equals writing once. An article is known by its id; a changed text is a new version of it. The
tables hold the latest version, laid out as `onrecord.store.tables` says and with people's decisions applied;
every version's record, as the machine made it, stays whole in `article_versions`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, NamedTuple, Self

import msgspec
from msgspec.structs import replace

from onrecord.article import Mention
from onrecord.record import Item, Record, from_json, to_json
from onrecord.store import decisions, migrations, tables
from onrecord.store.decisions import Decision, Selector, Verdict
from onrecord.store.opening import (
    StoreError,
    connect_to_read,
    connect_to_write,
    default_path,
    explained,
    prepare,
    schema_of,
    transaction,
)
from onrecord.store.rows import Row, utc
from onrecord.store.soundness import misplaced, strays


class BrokenRecordError(ValueError):
    """The record contradicts itself (words not at their span, an id used twice) and is not stored."""


class Written(NamedTuple):
    """What a write did: `changed` is false where the store held all of it already."""

    article_id: str
    version_added: bool
    changed: bool


EdgeKind = Literal["actor", "event", "transfer"]


class Edge(msgspec.Struct, frozen=True):
    """That two actors, or the events or transfers that two reports tell of, are one, or are not.

    Each end is an article and an item in it. The newest edge that stands between two ends counts.
    """

    id: int
    made_at: dt.datetime
    made_by: str
    kind: EdgeKind
    judgement: Literal["same", "different"]
    one: tuple[str, str]
    other: tuple[str, str]
    reason: str
    undone_at: dt.datetime | None = None


class Store:
    """An open store: what can be read from it, by a `View` or by a `Writer`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = prepare(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        with explained(self.path):
            self._connection.close()

    def select(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Give the rows that a query selects; `contains(text, part)` ignores case and accents.

        Raises:
            StoreError: where the file cannot be read.
        """
        with explained(self.path):
            return self._connection.execute(sql, values).fetchall()

    def copy_to(self, other: sqlite3.Connection) -> None:
        """Copy the whole file as it is now into another database.

        Raises:
            StoreError: where either cannot be read or written.
        """
        with explained(self.path):
            self._connection.backup(other)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that is read inside be of one moment, whatever others write meanwhile."""
        with explained(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    def version(self, article_id: str, version: int | None = None) -> Record | None:
        """Give the record of one version as the machine made it (by default the latest one)."""
        rows = self.select(
            "SELECT record FROM article_versions WHERE article_id = ? AND version = coalesce(?, "
            "(SELECT version FROM articles WHERE id = ?))",
            article_id,
            version,
            article_id,
        )
        return from_json(rows[0]["record"]) if rows else None

    def record(self, article_id: str) -> Record | None:
        """Give the record of the latest version, with people's decisions applied."""
        record = self.version(article_id)
        return None if record is None else decisions.apply(record, self.decisions(article_id))[0]

    def records(self) -> Iterator[Record]:
        """Give the record of each article, as `record` does, in the order of their ids."""
        for row in self.select("SELECT id FROM articles ORDER BY id"):
            record = self.record(row["id"])
            if record is not None:
                yield record

    def decisions(self, article_id: str) -> tuple[Decision, ...]:
        """Give what people have decided about an article, in the order in which they did."""
        rows = self.select("SELECT * FROM decisions WHERE article_id = ? ORDER BY id", article_id)
        return tuple(_decision(row) for row in rows)

    def edges(self, article_id: str) -> tuple[Edge, ...]:
        """Give the edges that begin or end in an article."""
        rows = self.select(
            "SELECT * FROM edges WHERE one_article = ? OR other_article = ? ORDER BY id",
            article_id,
            article_id,
        )
        return tuple(_edge(row) for row in rows)


class View(Store):
    """The store, read-only: it changes nothing, and works on a folder that cannot be written."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the store at `path` (by default `default_path()`).

        Raises:
            StoreError: where there is no store, or it is not one of ours, or newer than this program.
        """
        path = path or default_path()
        if not path.exists():
            raise StoreError(f"there is no store at {path} yet: `onrecord read FILE` makes one")
        if schema_of(path) < len(migrations.MIGRATIONS):
            Writer(path).close()
        super().__init__(path, connect_to_read(path))


class Writer(Store):
    """The store, to be written. Several processes can write by turns."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the store at `path` (by default `default_path()`), make it, or bring its schema up to date.

        Raises:
            StoreError: where the file is not one of ours, or newer than this program, or cannot be written.
        """
        path = path or default_path()
        before = schema_of(path) if path.exists() else 0
        super().__init__(path, connect_to_write(path))
        if 0 < before < len(migrations.MIGRATIONS):
            self.rebuild()  # a column that a newer schema has is filled from the records

    def write(self, record: Record) -> Written:
        """Put a record in the store, in one transaction.

        A version is known by its bytes or by its text. One that the store holds already keeps the time and
        the bytes of its first reading; its record takes the place of the one before, if it says anything
        else. The latest version is the one that was first retrieved last.

        Raises:
            BrokenRecordError: where the record contradicts itself.
            StoreError: where the file cannot be written; it then is as it was before.
        """
        trouble = next(misplaced(record), None)
        if trouble is not None:
            raise BrokenRecordError(f"{record.article.id}: {trouble}")
        try:
            with transaction(self._connection, self.path):
                return self._write(record)
        except (sqlite3.IntegrityError, OverflowError, UnicodeEncodeError) as error:
            raise BrokenRecordError(f"{record.article.id}: {error}") from error

    def _write(self, record: Record) -> Written:
        article = record.article
        known = self._known(record)
        if known is None:
            (version,) = self._connection.execute(
                "SELECT coalesce(max(version), 0) + 1 FROM article_versions WHERE article_id = ?",
                (article.id,),
            ).fetchone()
        else:
            version, before = known
            record = replace(
                record,
                article=replace(article, sha256=before.article.sha256, retrieved=before.article.retrieved),
            )
            if to_json(record) == to_json(before):
                return Written(article.id, version_added=False, changed=False)
        # The article's row first, for the version's foreign key; `_lay_out` makes it true.
        self._connection.execute(
            "INSERT INTO articles (id, authors, published_how, retrieved, sha256, extractor, version) "
            "VALUES (?, '[]', 'unknown', '', '', '', ?) ON CONFLICT (id) DO NOTHING",
            (article.id, version),
        )
        self._connection.execute(
            "INSERT INTO article_versions (article_id, version, sha256, retrieved, extractor, text, record) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (article_id, version) DO UPDATE SET "
            "extractor = excluded.extractor, text = excluded.text, record = excluded.record",
            (
                article.id,
                version,
                record.article.sha256,
                utc(record.article.retrieved),
                record.extractor,
                article.text,
                to_json(record).decode(),
            ),
        )
        self._lay_out(article.id)
        return Written(article.id, version_added=known is None, changed=True)

    def _known(self, record: Record) -> tuple[int, Record] | None:
        row = self._connection.execute(
            "SELECT version, record FROM article_versions WHERE article_id = ? AND (sha256 = ? OR text = ?) "
            "ORDER BY sha256 = ? DESC, version LIMIT 1",
            (record.article.id, record.article.sha256, record.article.text, record.article.sha256),
        ).fetchone()
        return None if row is None else (row["version"], from_json(row["record"]))

    def _lay_out(self, article_id: str) -> None:
        """Fill the tables from the article's latest version and from what people have decided."""
        (version,) = self._connection.execute(
            "SELECT version FROM article_versions WHERE article_id = ? ORDER BY retrieved DESC, version DESC",
            (article_id,),
        ).fetchone()
        self._connection.execute("UPDATE articles SET version = ? WHERE id = ?", (version, article_id))
        machine = self.version(article_id)
        assert machine is not None  # noqa: S101 (the row was selected above, in this transaction)
        record, bound = decisions.apply(machine, self.decisions(article_id))
        self._connection.execute("UPDATE decisions SET bound_to = NULL WHERE article_id = ?", (article_id,))
        self._connection.executemany(
            "UPDATE decisions SET bound_to = ? WHERE id = ?", [(item, id_) for id_, item in bound.items()]
        )
        for table in tables.STORED:
            rows = tuple(table.rows(record))
            if table is tables.ARTICLES:
                self._update_article(rows[0])
                continue
            self._connection.execute(f"DELETE FROM {table.name} WHERE article_id = ?", (article_id,))  # noqa: S608
            names, marks = ", ".join(table.names), ", ".join("?" * len(table.names))
            self._connection.executemany(
                f"INSERT INTO {table.name} ({names}) VALUES ({marks})",  # noqa: S608 (our own names)
                [tuple(row[name] for name in table.names) for row in rows],
            )

    def _update_article(self, row: Row) -> None:
        settings = ", ".join(f"{name} = :{name}" for name in tables.ARTICLES.names if name != "id")
        self._connection.execute(f"UPDATE articles SET {settings} WHERE id = :id", row)  # noqa: S608

    def rebuild(self) -> None:
        """Make the tables and the full-text index anew from the records and from what people have decided.

        Raises:
            StoreError: where the file cannot be written; it then is as it was before.
        """
        with transaction(self._connection, self.path):
            # First the index: rows cannot be taken out of one that is not in step with them.
            self._connection.execute("INSERT INTO attributions_fts (attributions_fts) VALUES ('rebuild')")
            for row in self._connection.execute("SELECT id FROM articles").fetchall():
                self._lay_out(row["id"])

    def decide(  # noqa: PLR0913
        self,
        article_id: str,
        item_id: str,
        verdict: Verdict,
        *,
        by: str,
        after: Sequence[Item] = (),
        reason: str | None = None,
    ) -> Decision:
        """Record what a person decides about an item of an article's record, and apply it.

        `after` is what shall stand in the item's place: one item to mend, several to split. It is empty to
        reject, and to merge (the reason then says into what); `accept` keeps the item as it is.

        Raises:
            ValueError: where there is no such item, or `after` does not suit the verdict or the text.
            StoreError: where the file cannot be written.
        """
        with transaction(self._connection, self.path):
            record = self.record(article_id)
            item = None if record is None else decisions.find_item(record, item_id)
            words = None if item is None else decisions.anchor(item)
            if record is None or item is None or words is None:
                raise ValueError(
                    f"the record of {article_id} has no {item_id} that a decision could be bound to"
                )
            kind = decisions.kind_of(item)
            settled = (item,) if verdict == "accept" and not after else tuple(after)
            if not _suits(verdict, len(settled)) or any(decisions.kind_of(a) != kind for a in settled):
                raise ValueError(f"to {verdict} one {kind} cannot give {len(settled)} items of that kind")
            trouble = next((t for a in settled for t in strays(a, record.article.text)), None)
            if trouble is not None:
                raise ValueError(trouble)
            selector = decisions.select(record.article.text, words)
            made = self._connection.execute(
                "INSERT INTO decisions (made_at, made_by, verdict, reason, kind, article_id, "
                "quotation_prefix, quotation, quotation_suffix, quotation_start, before, after) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    utc(dt.datetime.now(dt.UTC)),
                    by,
                    verdict,
                    reason,
                    kind,
                    article_id,
                    selector.prefix,
                    selector.exact,
                    selector.suffix,
                    selector.start,
                    decisions.encode([item]),
                    decisions.encode(settled),
                ),
            ).lastrowid
            self._lay_out(article_id)
            return next(d for d in self.decisions(article_id) if d.id == made)

    def undo(self, decision: int) -> None:
        """Undo a decision; it stays in the table, marked as undone.

        Raises:
            ValueError: where there is no such decision that still stands.
            StoreError: where the file cannot be written.
        """
        with transaction(self._connection, self.path):
            row = self._connection.execute(
                "SELECT article_id FROM decisions WHERE id = ? AND undone_at IS NULL", (decision,)
            ).fetchone()
            if row is None:
                raise ValueError(f"there is no decision {decision} that still stands")
            now = utc(dt.datetime.now(dt.UTC))
            self._connection.execute("UPDATE decisions SET undone_at = ? WHERE id = ?", (now, decision))
            self._lay_out(row["article_id"])

    def join(  # noqa: PLR0913
        self,
        kind: EdgeKind,
        one: tuple[str, str],
        other: tuple[str, str],
        *,
        by: str,
        reason: str,
        judgement: Literal["same", "different"] = "same",
    ) -> Edge:
        """Record that two items are one, or are not: (article id, item id) each.

        Raises:
            ValueError: where an end is not an item of that kind in its article.
            StoreError: where the file cannot be written.
        """
        with transaction(self._connection, self.path):
            ends = [_end(self.record(article), kind, item) for article, item in (one, other)]
            made = self._connection.execute(
                "INSERT INTO edges (made_at, made_by, kind, judgement, one_article, one, one_selector, "
                "other_article, other, other_selector, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (utc(dt.datetime.now(dt.UTC)), by, kind, judgement, *one, ends[0], *other, ends[1], reason),
            ).lastrowid
            return next(edge for edge in self.edges(one[0]) if edge.id == made)

    def part(self, edge: int) -> None:
        """Undo an edge; it stays in the table, marked as undone.

        Raises:
            ValueError: where there is no such edge that still stands.
            StoreError: where the file cannot be written.
        """
        with transaction(self._connection, self.path):
            changed = self._connection.execute(
                "UPDATE edges SET undone_at = ? WHERE id = ? AND undone_at IS NULL",
                (utc(dt.datetime.now(dt.UTC)), edge),
            )
            if changed.rowcount == 0:
                raise ValueError(f"there is no edge {edge} that still stands")


def _suits(verdict: Verdict, count: int) -> bool:
    match verdict:
        case "accept" | "mend":
            return count == 1
        case "split":
            return count > 1
        case "reject" | "merge":
            return count == 0


def _end(record: Record | None, kind: EdgeKind, id_: str) -> str:
    """Give the selector of an edge's end as JSON."""
    found = () if record is None else (item for item in decisions.items(record, kind) if item.id == id_)
    words: Mention | None = next((decisions.anchor(item) for item in found), None)
    if record is None or words is None:
        raise ValueError(f"there is no {kind} {id_} in that article")
    return msgspec.json.encode(decisions.select(record.article.text, words)).decode()


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        id=row["id"],
        made_at=dt.datetime.fromisoformat(row["made_at"]),
        made_by=row["made_by"],
        verdict=row["verdict"],
        article=row["article_id"],
        selector=Selector(
            row["quotation"], row["quotation_prefix"], row["quotation_suffix"], row["quotation_start"]
        ),
        before=decisions.decode(row["kind"], row["before"])[0],
        after=decisions.decode(row["kind"], row["after"]),
        reason=row["reason"],
        bound_to=row["bound_to"],
        undone_at=dt.datetime.fromisoformat(row["undone_at"]) if row["undone_at"] else None,
    )


def _edge(row: sqlite3.Row) -> Edge:
    return Edge(
        id=row["id"],
        made_at=dt.datetime.fromisoformat(row["made_at"]),
        made_by=row["made_by"],
        kind=row["kind"],
        judgement=row["judgement"],
        one=(row["one_article"], row["one"]),
        other=(row["other_article"], row["other"]),
        reason=row["reason"],
        undone_at=dt.datetime.fromisoformat(row["undone_at"]) if row["undone_at"] else None,
    )
