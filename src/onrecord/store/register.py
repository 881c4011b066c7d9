"""The transfer register: each transfer once, from all the articles that report it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import NamedTuple, get_args

import msgspec

from onrecord.entries import Entry, Judgement, Report, entries, reports
from onrecord.entries.entry import Field
from onrecord.entries.report import Key
from onrecord.record import Party
from onrecord.store import Store, search
from onrecord.store.rows import Cell, Row
from onrecord.store.search import Dyad
from onrecord.store.tables import Column, as_object

BESIDE = (
    Column("entry", "text", "Id of the transfer; those of its reports follow."),
    Column("reports", "list", "Ids of all rows that report it, in the order in which they became known."),
    Column("articles", "integer", "How many articles report it."),
    Column("sources", "integer", "How many sources are known to differ: voices, and outlets of their own."),
    Column("conflicts", "list", "What sources claim differently of one stage.", get_args(Field)),
    Column("first_reported", "date", "When the first article that reports it was published, at the latest."),
    Column("last_reported", "date", "The same of the last one."),
)
"""What an entry has beside the columns of its latest report."""


class Registered(NamedTuple):
    """An entry, and its row: that of its latest report with `BESIDE`, gaps filled from the other reports."""

    entry: Entry
    row: Row


class Register(NamedTuple):
    """Entries found: `total` before the limit; `undated` reports left out of an as-of answer."""

    columns: tuple[Column, ...]
    found: tuple[Registered, ...]
    total: int
    undated: int


def register(  # noqa: PLR0913
    store: Store,
    *,
    supplier: str | None = None,
    recipient: str | None = None,
    dyad: Dyad | None = None,
    stage: str | None = None,
    status: str | None = None,
    as_of: dt.date | None = None,
    limit: int | None = None,
) -> Register:
    """Give the transfers that the store knows of, each once, the one reported last first.

    Only what was published by `as_of` is read, so that the answer is the one that could be given on that day.
    `stage` and `status` ask for what some source says last.
    """
    sides = (dyad, dyad) if dyad else (_one(supplier), _one(recipient))
    listing = search.transfers_between(store, *sides, as_of=as_of)
    rows = {(str(row["article_id"]), str(row["id"])): row for row in listing.rows}
    told, texts = _read(store, rows)
    found = [
        Registered(entry, _row(entry, rows))
        for entry in entries(told, texts, judged(store))
        if any((stage in (None, s.stage)) and (status in (None, s.status)) for s in entry.standing)
    ]
    found = [one for one in found if _asked(one.row, supplier, recipient, dyad)]
    columns = (*listing.columns, *BESIDE)
    return Register(columns, tuple(found[:limit]), len(found), listing.undated)


def judged(store: Store) -> dict[frozenset[Key], Judgement]:
    """Give what people say of pairs of reports, the last word of each pair."""
    rows = store.select(
        "SELECT one_article, one, other_article, other, judgement FROM edges "
        "WHERE kind = 'transfer' AND undone_at IS NULL ORDER BY id"
    )
    return {
        frozenset({(row["one_article"], row["one"]), (row["other_article"], row["other"])}): row["judgement"]
        for row in rows
    }


def beside(registered: Registered) -> dict[str, object]:
    """Give what JSON has of an entry beside its row: what each source says, what changed, and the links."""
    entry = registered.entry
    return {
        "standing": [
            {
                "voice": s.voice,
                "country": s.country,
                "outlet": s.outlet,
                "published": s.known,
                "stage": s.stage,
                "status": s.status,
                "quantity": s.quantity,
                "value": s.value,
                "carriers": s.carriers,
                **_cited(s.report),
            }
            for s in entry.standing
        ],
        "history": [
            {
                "published": c.known,
                "field": c.field,
                "before": c.before,
                "after": c.after,
                "voice": c.report.voice,
                "outlet": c.report.outlet,
                **_cited(c.report),
            }
            for c in entry.history
        ],
        "links": [
            {"report": one.report[1], "other": one.other[1], "reason": one.reason, "judged": one.judged}
            for one in entry.links
        ],
    }


def _cited(report: Report) -> dict[str, object]:
    return {
        "report": report.transfer.id,
        "article": report.article,
        "evidence": [{"span": m.span, "text": m.text} for m in report.transfer.evidence],
    }


def to_json(register: Register, registered: Registered) -> str:
    """Give an entry as one line of JSON."""
    whole = as_object(register.columns, registered.row) | beside(registered)
    return json.dumps(msgspec.to_builtins(whole), ensure_ascii=False)


def _one(state: str | None) -> tuple[str, ...]:
    return () if state is None else (state,)


def _read(store: Store, rows: Iterable[Key]) -> tuple[list[Report], dict[str, str]]:
    wanted = set(rows)
    told: list[Report] = []
    texts: dict[str, str] = {}
    for article in sorted({key[0] for key in wanted}):
        record = store.record(article)
        if record is not None:
            told += [report for report in reports(record) if report.key in wanted]
            texts[article] = record.article.text
    return told, texts


def _row(entry: Entry, rows: dict[Key, Row]) -> Row:
    latest, first = entry.latest, entry.reports[0]
    added: Row = {
        "entry": entry.id,
        "reports": json.dumps([report.transfer.id for report in entry.reports]),
        "articles": entry.articles,
        "sources": entry.sources,
        "conflicts": json.dumps(entry.conflicts),
        "first_reported": first.known.isoformat() if first.known else None,
        "last_reported": latest.known.isoformat() if latest.known else None,
    }
    row = rows[latest.key] | added
    for part in ("supplier", "recipient"):
        told: list[Party] = [s for r in entry.reports if (s := getattr(r.transfer, part)) is not None]
        if row[part] is None and row[f"{part}_name"] is None and told:
            row |= {part: told[0].country, f"{part}_name": told[0].name}
    for name in ("designation", "category", "origin"):
        known = [value for r in entry.reports if (value := getattr(r.transfer, name)) is not None]
        row[name] = row[name] or (known[0] if known else None)
    return row


def _asked(row: Row, supplier: str | None, recipient: str | None, dyad: Dyad | None) -> bool:
    sides: tuple[Cell, Cell] = (row["supplier"], row["recipient"])
    if dyad is not None and sides not in (dyad, dyad[::-1]):
        return False
    return supplier in (None, sides[0]) and recipient in (None, sides[1])
