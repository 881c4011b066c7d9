"""The transfer register in the columns of SIPRI's trade register, as CSV, XLSX with a codebook, and JSONL.

The columns, and that "?" marks uncertain data, are those of the file that SIPRI's Arms Transfers Database
gives ("Transfers of major conventional arms", its preamble). A row is an order or delivery that some source
asserts; what is only requested, offered, planned, possible or denied is in the sheet `claims` and the JSONL.
Trend-indicator values are SIPRI's own estimates of volume: those cells stay empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from onrecord.actors import gazetteer
from onrecord.entries import Entry, Standing
from onrecord.record import Quantity, Stage, Transfer
from onrecord.store.export import csv_text
from onrecord.store.register import Register, to_json
from onrecord.store.rows import Cell, Row
from onrecord.store.tables import Column
from onrecord.store.workbook import Sheet, write_workbook
from onrecord.store.writing import write_whole

_DONE: tuple[Stage, ...] = ("ordered", "delivering", "delivered")
_COME: tuple[Stage, ...] = ("delivering", "delivered", "returned")

COLUMNS = (
    Column("Recipient", "text", "Who receives, as a state's name; else what the article calls it."),
    Column("Supplier", "text", "Who supplies (not who produced it)."),
    Column("Year of order", "integer", "The year in which it was ordered, where a source tells an order."),
    Column("? (year of order)", "text", "?: taken from the date of the article, or of a year or more."),
    Column("Number ordered", "integer", "The lowest number that a source asserts; empty: none is told."),
    Column("? (number ordered)", "text", "?: sources differ, or the words leave bounds; see Comments."),
    Column("Weapon designation", "text", "Type of the item, as the article writes it."),
    Column("Weapon description", "text", "The article's words for the item."),
    Column("Number delivered", "integer", "The lowest number that a source asserts to have come."),
    Column("? (number delivered)", "text", "?: sources differ, or the words leave bounds; see Comments."),
    Column("Year(s) of delivery", "text", "Years in which sources say that it came, apart by semicolons."),
    Column("status", "text", "Second hand, where the text says so; else empty (New is never inferred)."),
    Column("Comments", "text", "Terms, payer, origin, route, value, conflicting claims, in words."),
    Column("SIPRI TIV per unit", "number", "Always empty: SIPRI's estimate."),
    Column("SIPRI TIV for total order", "number", "Always empty: SIPRI's estimate."),
    Column("SIPRI TIV of delivered weapons", "number", "Always empty: SIPRI's estimate."),
    Column("According to", "text", "Who asserts it; an outlet that says it itself by its name."),
    Column("Sources", "integer", "How many sources report it."),
    Column("First reported", "date", "When the first article that reports it was published."),
    Column("Entry", "text", "Id of the transfer; `onrecord cite` takes the ids of its reports."),
    Column("Reports", "text", "Ids of its reports, apart by semicolons."),
)
"""SIPRI's sixteen columns, the three nameless ones named for what they stand beside, and five of ours."""


def is_trade(entry: Entry) -> bool:
    """Say whether some source asserts that it was ordered or has come."""
    return any(s.status == "asserted" and s.stage in (*_DONE, "returned") for s in entry.standing)


def trade_row(entry: Entry) -> Row:
    """Give an entry as a row of the trade register."""
    asserted = [r.transfer for r in entry.reports if r.transfer.status == "asserted"]
    known = {id(r.transfer): r.known for r in entry.reports}
    ordered = [t for t in asserted if t.stage == "ordered"]
    came = [t for t in asserted if t.stage in _COME]
    year, unsure = _year(ordered[0], known[id(ordered[0])]) if ordered else (None, "")
    years = sorted({y for t in came if (y := _year(t, known[id(t)])[0]) is not None})
    first = entry.reports[0]
    number_ordered, number_delivered = _number(entry, ("ordered",)), _number(entry, _COME)
    return dict(
        zip(
            (column.name for column in COLUMNS),
            (
                _side(entry, "recipient"),
                _side(entry, "supplier"),
                year,
                unsure,
                *number_ordered,
                _first(entry, "designation"),
                entry.latest.transfer.item.text,
                *number_delivered,
                "; ".join(map(str, years)),
                "Second hand" if any(t.second_hand for t in asserted) else "",
                "; ".join(_comments(entry)),
                None,
                None,
                None,
                "; ".join(dict.fromkeys(_voice(s) for s in entry.standing if s.status == "asserted")),
                entry.sources,
                first.known.isoformat() if first.known else None,
                entry.id,
                "; ".join(report.transfer.id for report in entry.reports),
            ),
            strict=True,
        )
    )


def _side(entry: Entry, part: str) -> str | None:
    for report in entry.reports:
        party = getattr(report.transfer, part)
        if party is not None:
            return (gazetteer.state_name(party.country) if party.country else None) or str(party.name)
    return None


def _first(entry: Entry, field: str) -> Cell:
    return next((v for r in entry.reports if (v := getattr(r.transfer, field)) is not None), None)


def _year(transfer: Transfer, known: dt.date | None) -> tuple[int | None, str]:
    when = transfer.when
    if when is not None and when.start is not None and when.end is not None:
        return when.start.year, "" if when.start.year == when.end.year else "?"
    return (known.year, "?") if known is not None else (None, "")


def _number(entry: Entry, stages: Sequence[Stage]) -> tuple[int | None, str]:
    told = [
        s.report.transfer.quantity
        for s in entry.standing
        if s.stage in stages and s.status == "asserted" and s.report.transfer.quantity is not None
    ]
    bounds = [q for q in told if q.low is not None]
    if not bounds:
        return None, "?" if told else ""
    lowest = min(q.low for q in bounds if q.low is not None)
    sure = all(q.low == q.high == lowest for q in bounds)
    return lowest, "" if sure else "?"


def _voice(standing: Standing) -> str:
    if standing.voice is None:
        return standing.outlet or standing.report.article
    return standing.voice or "nobody named"


def _comments(entry: Entry) -> Iterable[str]:
    latest = entry.latest.transfer
    terms = next((r.transfer.terms for r in entry.reports if r.transfer.terms != "unknown"), None)
    yield from [terms] if terms else []
    payer = next((r.transfer.payer for r in entry.reports if r.transfer.payer is not None), None)
    yield from [f"paid for by {payer.name}"] if payer else []
    via = list(dict.fromkeys(p.name for r in entry.reports for p in r.transfer.via))
    yield from [f"via {', '.join(via)}"] if via else []
    origin = _first(entry, "origin")
    yield from [f"made in {gazetteer.state_name(str(origin)) or origin}"] if origin else []
    yield from [latest.kind] if latest.kind != "transfer" else []
    values = dict.fromkeys(s.value.text for s in entry.standing if s.value is not None)
    yield from [f"value: {' or '.join(values)}"] if values else []
    worded = any(s.quantity is not None and _is_worded(s.quantity) for s in entry.standing)
    if worded or entry.conflicts:
        yield "claims: " + ", ".join(
            " ".join(
                filter(None, (s.quantity.text if s.quantity else "", s.stage, s.status, f"({_voice(s)})"))
            )
            for s in entry.standing
        )


def _is_worded(quantity: Quantity) -> bool:
    return quantity.low is None or quantity.low != quantity.high


def export_register(register: Register, folder: Path, *, bom: bool = False) -> tuple[Path, ...]:
    """Write `trade_register.csv`, `trade_register.xlsx` and `register.jsonl`; give their paths.

    Raises:
        OSError: where the folder cannot be written.
    """
    rows = [trade_row(one.entry) for one in register.found if is_trade(one.entry)]
    table, book, lines = (folder / n for n in ("trade_register.csv", "trade_register.xlsx", "register.jsonl"))
    write_whole(table, csv_text(COLUMNS, rows).encode("utf-8-sig" if bom else "utf-8"))
    write_workbook(
        book,
        (
            Sheet("trade register", COLUMNS, rows),
            Sheet("claims", register.columns, [one.row for one in register.found]),
        ),
    )
    write_whole(lines, "".join(f"{to_json(register, one)}\n" for one in register.found).encode())
    return table, book, lines
