"""The trade register of the SIPRI Arms Transfers Database, a row a deal, as published and as reworked.

As published it has a preamble, and unnamed columns that hold "?" where the value before is uncertain; a
reworked export has neither. TIV, the trend-indicator value, is in millions.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.history import states
from onrecord.history.imported import (
    Imported,
    Importer,
    Reading,
    Source,
    UnreadableError,
    VintageHow,
    series,
    year,
)
from onrecord.history.observation import Dimension, Observation, Series
from onrecord.history.tables import Row, Table, has_columns, number, read_table

TITLE = "SIPRI Arms Transfers Database, trade register"
PUBLISHER = "Stockholm International Peace Research Institute"
TERMS = "(c) SIPRI; non-commercial use and fair use: cite the source, do not pass the table on"

FIRST = 1950
"""The first year that the register covers."""

DELIVERED, ORDERED, PRODUCTION = "arms-delivered", "arms-ordered", "licensed-production"

NAMES = {"Congo": "COG"}
"""SIPRI calls the other one DR Congo."""

NO_STATES = frozenset({"Aruba", "Biafra", "Katanga", "Libya GNC", "Northern Cyprus", "Western Sahara"})
"""Names of territories and rival governments that have no asterisk."""

# The register's own misspellings count: procuced, preoduced, produved.
_LICENCE = re.compile(
    r"(?:produc|\bp\w{2,5}uced|produved|assembl|manufactur|built)[^;]{0,60}\blicen[cs]e|\blicence produced",
    re.IGNORECASE,
)
_WHERE = re.compile(r"\blicen[cs]e (?:[\w/ ]{0,20}?)in ([A-Z][\w' .-]{2,40})")
_SELECTED = re.compile(
    r"arms from (?P<from>.+?)\s+to (?P<to>.+?)\s*\. Deals with deliveries made for the year range"
    r" '(?P<first>[^']*)' to '(?P<last>[^']*)'"
)
_GENERATED = re.compile(r"Data generated: (\d{1,2} [A-Z][a-z]{2} \d{4})")


class Deal(NamedTuple):
    """One row: who ordered what of whom, and what came when. `mark` columns are "?" where uncertain."""

    line: int
    supplier: str
    recipient: str
    ordered: int
    ordered_mark: str
    number_ordered: str
    number_delivered: str
    designation: str
    description: str
    years: tuple[int, ...]
    status: str
    comments: str
    tiv_ordered: float | None
    tiv_delivered: float | None


def recognises(head: bytes) -> bool:
    """Say whether a file begins like the register, in either form."""
    return has_columns(head, "Supplier", "Weapon designation", "Year(s) of delivery")


def read(source: Source) -> Imported:
    """Read the register.

    Raises:
        UnreadableError: where it breaks off, or most rows are not deals.
    """
    table = read_table(
        source.data, "Supplier", "Weapon designation", "Year(s) of delivery", ended=True, mend=True
    )
    vintage, how = source.vintage(generated(table.preamble))
    reading, observations = Reading(), list[Observation]()
    for line in table.short:
        reading.problem(line, "the row has fewer cells than there are columns; those missing are unknown")
    deals = [deal for row in table.rows if (deal := _deal(row, table, reading))]
    _check_whole(table, deals, reading)
    cite = f"SIPRI register {vintage.isoformat()}"
    for deal in deals:
        pair = pair_of(deal.supplier, deal.recipient, reading)
        if pair:
            observations.extend(_observations(deal, pair, vintage, f"{cite}, row {deal.line}"))
    covered, complete, note = _coverage(table.preamble, deals, vintage)
    notes = [*note, *reading.notes(), *_about(how)]
    if table.mended:
        notes.append(f"Rows broken over two lines and put together: {table.mended}.")
    return Imported(
        TITLE, PUBLISHER, TERMS, vintage, how, _series(covered, complete=complete), observations,
        tuple(reading.problems), tuple(notes), dict(reading.unknown),
    )  # fmt: skip


def _about(how: VintageHow) -> tuple[str, ...]:
    about = (
        "The TIV of the delivered weapons of a deal is split evenly over its years of delivery.",
        "Production is the TIV delivered of deals that a comment says were produced under licence.",
    )
    return about + (("The file does not say of which day it is.",) if how != "stated" else ())


def _series(covered: tuple[int, int], *, complete: bool) -> tuple[Series, ...]:
    return (
        series(DELIVERED, "arms delivered", "flow", "million TIV", covered, complete=complete),
        series(ORDERED, "arms ordered", "flow", "million TIV", covered, complete=complete),
        series(PRODUCTION, "production", "flow", "million TIV", covered, complete=complete),
    )


def generated(preamble: str) -> dt.date | None:
    """Give the day that the preamble states."""
    found = _GENERATED.search(preamble)
    if not found:
        return None
    try:
        # Its months are English whatever the locale is, and strptime's are not.
        day, month, of = found[1].split()
        months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
        return dt.date(int(of), months.index(month) + 1, int(day))
    except ValueError:
        return None


def _deal(row: Row, table: Table, reading: Reading) -> Deal | None:
    # As published: "Recipient", "Year of order"; reworked: "Country", "Year".
    recipient = row.get("Recipient") or row.get("Country")
    ordered = row.get("Year of order") or row.get("Year")
    years, supplier = row.get("Year(s) of delivery"), row.get("Supplier")
    if not re.fullmatch(r"(?:19|20)\d\d", ordered) or not recipient or not supplier:
        reading.problem(row.line, f"no deal: {', '.join(c for c in row.cells if c)[:60]!r}")
        return None
    return Deal(
        row.line,
        supplier,
        recipient,
        int(ordered),
        _mark(row, table, "Year of order"),
        row.get("Number ordered") + _mark(row, table, "Number ordered"),
        row.get("Number delivered") + _mark(row, table, "Number delivered"),
        row.get("Weapon designation"),
        row.get("Weapon description"),
        tuple(dict.fromkeys(int(found) for found in re.findall(r"\b(?:19|20)\d\d\b", years))),
        row.get("status"),
        row.get("Comments"),
        # Where the number ordered is unknown, the register has 0 here, which is then no value either.
        number(row.get("SIPRI TIV for total order")) if row.get("Number ordered").strip("?") else None,
        number(row.get("SIPRI TIV of delivered weapons")),
    )


def _mark(row: Row, table: Table, column: str) -> str:
    """Give "?" where the unnamed column behind this one holds it."""
    place = row.columns.get(column)
    if place is None or place + 1 >= len(table.columns) or table.columns[place + 1]:
        return ""
    return "?" if row.cells[place + 1].strip() == "?" else ""


def _check_whole(table: Table, deals: list[Deal], reading: Reading) -> None:
    """Refuse a file of which too little can be read, or that ends before its end.

    Raises:
        UnreadableError: where more than a row in a hundred is no deal, or the rows end amid the alphabet.
    """
    bad = len(table.rows) - len(deals)
    if bad > max(3, len(table.rows) // 100):
        example = reading.problems[-1]
        raise UnreadableError(
            f"the file is damaged: {bad:,} of {len(table.rows):,} rows are no deals, such as row "
            f"{example.line}"
        )
    # The whole register is ordered by recipient, and Zimbabwe is in it.
    selected = _SELECTED.search(table.preamble)
    if selected and _everything(selected) and deals[-1].recipient.casefold() < "v" and _is_sorted(deals):
        raise UnreadableError(
            f"the file breaks off: {len(deals):,} deals were read, and the last recipient is "
            f"{deals[-1].recipient}, where a register of all countries goes on to Zimbabwe; download it again"
        )


def _is_sorted(deals: list[Deal]) -> bool:
    names = [deal.recipient.casefold() for deal in deals]
    return names == sorted(names)


def _everything(selected: re.Match[str]) -> bool:
    countries = selected["from"].strip() == selected["to"].strip() == "All countries"
    return countries and not selected["first"][:1].isdigit() and not selected["last"][:1].isdigit()


def _coverage(
    preamble: str, deals: list[Deal], vintage: dt.date
) -> tuple[tuple[int, int], bool, tuple[str, ...]]:
    """Give the years covered, whether all dyads are, and what to say of a selection."""
    first, last = FIRST, vintage.year - 1
    delivered = [y for deal in deals for y in deal.years]
    selected = _SELECTED.search(preamble)
    if selected is None:
        return all_or_part(delivered, {d.supplier for d in deals}, {d.recipient for d in deals}, last)
    if selected["first"][:1].isdigit():
        first = max(first, int(selected["first"][:4]))
    if selected["last"][:1].isdigit():
        last = min(last, int(selected["last"][:4]))
    sides = (selected["from"].strip(), selected["to"].strip())
    if sides == ("All countries", "All countries"):
        return (first, last), True, ()
    return (first, last), False, (f"A selection: arms from {sides[0]} to {sides[1]}, not all dyads.",)


def all_or_part(
    delivered: list[int], suppliers: set[str], recipients: set[str], last: int
) -> tuple[tuple[int, int], bool, tuple[str, ...]]:
    """Guess, where no preamble says it, whether a file has all countries and which years."""
    first = min(delivered, default=FIRST)
    first = FIRST if first < FIRST + 5 else first
    if len(suppliers) >= 20 and len(recipients) >= 50:
        return (first, last), True, ()
    note = f"Taken for a selection, for it has {len(suppliers)} suppliers and {len(recipients)} recipients."
    return (first, max(first, last)), False, (note,)


def pair_of(supplier: str, recipient: str, reading: Reading) -> tuple[str, str] | None:
    """Give the codes of supplier and recipient where both are states; other names are counted."""
    codes = (state(supplier), state(recipient))
    for name, code in zip((supplier, recipient), codes, strict=True):
        if code is None:
            (reading.apart if is_no_state(name) else reading.unknown)[name] += 1
    return (codes[0], codes[1]) if codes[0] and codes[1] else None


@functools.cache
def state(name: str) -> str | None:
    """Give the code of a state by SIPRI's name for it."""
    return None if is_no_state(name) else NAMES.get(name) or states.from_name(name)


def is_no_state(name: str) -> bool:
    """Say whether SIPRI's name is that of a group (*), an organisation (**) or nobody known."""
    return name.endswith("*") or name.lower().startswith("unknown") or name in NO_STATES


def _observations(deal: Deal, pair: tuple[str, str], known: dt.date, cite: str) -> Iterator[Observation]:
    named = f"{deal.designation}, {deal.description}"
    ordered = f"{deal.ordered}{deal.ordered_mark}"
    cites = (cite,)
    what = f"ordered {ordered}, {deal.number_ordered or '?'} {named}"
    yield _observation(ORDERED, pair, deal.ordered, deal.tiv_ordered, what, known, cites)
    if not deal.years:
        return
    share = None if deal.tiv_delivered is None else deal.tiv_delivered / len(deal.years)
    what = f"ordered {ordered}, {deal.number_delivered or '?'} {named}"
    licensed = is_licensed(deal.comments, deal.recipient)
    for of in deal.years:
        yield _observation(DELIVERED, pair, of, share, what, known, cites)
        if licensed:
            made = f"{what}; {deal.comments}"
            yield _observation(PRODUCTION, pair, of, share, made, known, cites)


def _observation(  # noqa: PLR0913
    in_series: str,
    pair: tuple[str, str],
    of: int,
    value: float | None,
    what: str,
    known: dt.date,
    cites: tuple[str, ...],
) -> Observation:
    first, second = _as_of(pair[0], of), _as_of(pair[1], of)
    start, end = year(of)
    return Observation(
        in_series, DIMENSION_OF[in_series], first, second, start, end, value, what, known, cites
    )


DIMENSION_OF: dict[str, Dimension] = {
    DELIVERED: "arms delivered",
    ORDERED: "arms ordered",
    PRODUCTION: "production",
}
_as_of = functools.cache(states.as_of)


@functools.lru_cache(maxsize=4096)
def is_licensed(comments: str, recipient: str) -> bool:
    """Say whether a comment tells of production under licence in the recipient.

    Where it names the place and that is another state (engines for what a third makes), it is not.
    """
    if not _LICENCE.search(comments):
        return False
    places = {place for found in _WHERE.findall(comments) for place in _states_in(found)}
    return not places or state(recipient) in places


def _states_in(words: str) -> set[str]:
    """Give the states that words begin with: of "India as Sarath" IND, "Italy and Spain" both."""
    found = set()
    for part in re.split(r" and |/", words):
        parts = part.split()
        for count in range(len(parts), 0, -1):
            if code := state(" ".join(parts[:count]).rstrip(".")):
                found.add(code)
                break
    return found


IMPORTER = Importer(
    "sipri",
    "SIPRI's trade register as CSV: a line with the columns Recipient, Supplier, Year of order, …",
    recognises,
    read,
)
