"""SIPRI's newer export of the trade register: a row for each deal and year of delivery.

It has no comments and no TIV of whole orders: orders are counted, and production is known only from the
column "Local production", which also holds for work shares and assembly.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

from onrecord.history import sipri, states
from onrecord.history.imported import Imported, Importer, Reading, Source, UnreadableError, series, year
from onrecord.history.observation import Dimension, Observation
from onrecord.history.tables import Row, has_columns, number, read_table

COLUMNS = ("Supplier", "Recipient", "Order date", "Delivery year", "TIV delivery values")

DELIVERED, ORDERS, LOCAL = "arms-delivered", "arms-orders-counted", "local-production"

_YES = frozenset({"yes", "y", "true", "1", "?"})


def recognises(head: bytes) -> bool:
    """Say whether a file begins like the newer export."""
    return has_columns(head, *COLUMNS)


def read(source: Source) -> Imported:
    """Read the export.

    Raises:
        UnreadableError: where it breaks off, or most rows are no deliveries.
    """
    table = read_table(source.data, *COLUMNS, ended=True)
    vintage, how = source.vintage(sipri.generated(table.preamble))
    reading, seen = Reading(), set[str]()
    observations: list[Observation] = []
    delivered: list[int] = []
    names: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for row in table.rows:
        ordered = row.get("Order date")[:4]
        if not (re.fullmatch(r"(?:19|20)\d\d", ordered) and row.get("Supplier") and row.get("Recipient")):
            reading.problem(row.line, f"no delivery: {', '.join(c for c in row.cells if c)[:60]!r}")
            continue
        names[0][row.get("Supplier")] += 1
        names[1][row.get("Recipient")] += 1
        delivered += [int(found) for found in re.findall(r"^(?:19|20)\d\d", row.get("Delivery year"))]
        pair = sipri.pair_of(row.get("Supplier"), row.get("Recipient"), reading)
        if pair:
            observations += _observations(row, pair, int(ordered), vintage, seen)
    bad = len(reading.problems)
    if bad > max(3, len(table.rows) // 100):
        raise UnreadableError(f"the file is damaged: {bad:,} of {len(table.rows):,} rows are no deliveries")
    covered, complete, note = sipri.all_or_part(delivered, set(names[0]), set(names[1]), vintage.year - 1)
    return Imported(
        sipri.TITLE, sipri.PUBLISHER, sipri.TERMS, vintage, how,
        (
            series(DELIVERED, "arms delivered", "flow", "million TIV", covered, complete=complete),
            series(ORDERS, "arms ordered", "flow", "deals", covered, complete=complete),
            series(LOCAL, "production", "flow", "million TIV", covered, complete=complete),
        ),
        observations, tuple(reading.problems),
        (
            *note,
            *reading.notes(),
            "This export has no TIV of whole orders: orders are counted in deals.",
            "“Local production” holds for any local share, assembly too; it is no proof of a licence.",
        ),
        dict(reading.unknown),
    )  # fmt: skip


def _observations(
    row: Row, pair: tuple[str, str], ordered: int, known: dt.date, seen: set[str]
) -> Iterator[Observation]:
    mark = "?" if _says_yes(row, "Order date is estimate") else ""
    delivered = row.get("Numbers delivered")
    count = (delivered or "?") + (
        "?" if delivered and _says_yes(row, "Numbers delivered is estimate") else ""
    )
    named = f"{row.get('Designation')}, {row.get('Description')}"
    cites = (f"SIPRI register {known.isoformat()}, row {row.line}",)
    deal = row.get("SIPRI AT Database ID") or f"{pair} {ordered} {named}"
    if deal not in seen:
        seen.add(deal)
        what = f"ordered {ordered}{mark}, {named}"
        yield _observation(ORDERS, pair, ordered, 1.0, what, known, cites)
    found = re.match(r"(?:19|20)\d\d", row.get("Delivery year"))
    if not found:
        return
    what = f"ordered {ordered}{mark}, {count} {named}"
    value = number(row.get("TIV delivery values"))
    yield _observation(DELIVERED, pair, int(found[0]), value, what, known, cites)
    if _says_yes(row, "Local production"):
        yield _observation(LOCAL, pair, int(found[0]), value, f"{what}; local production", known, cites)


def _says_yes(row: Row, column: str) -> bool:
    return row.get(column).rstrip(";").strip().lower() in _YES


def _observation(  # noqa: PLR0913
    in_series: str,
    pair: tuple[str, str],
    of: int,
    value: float | None,
    what: str,
    known: dt.date,
    cites: tuple[str, ...],
) -> Observation:
    first, second = states.as_of(pair[0], of), states.as_of(pair[1], of)
    return Observation(
        in_series, DIMENSION_OF[in_series], first, second, *year(of), value, what, known, cites
    )


DIMENSION_OF: dict[str, Dimension] = {
    DELIVERED: "arms delivered",
    ORDERS: "arms ordered",
    LOCAL: "production",
}

IMPORTER = Importer(
    "sipri",
    "SIPRI's newer export as CSV: a line with the columns SIPRI AT Database ID, …, Delivery year, …",
    recognises,
    read,
)
