"""Defence cooperation agreements between two states, 1980 to 2010 (DCAD, Brandon Kinne)."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter, defaultdict

from onrecord.history import states
from onrecord.history.imported import Imported, Importer, Reading, Source, UnreadableError, series
from onrecord.history.observation import Observation
from onrecord.history.tables import Row, Table, has_columns, read_table

COLUMNS = ("ccode1", "ccode2", "signYear", "category1")

COVERED = (1980, 2010)
"""The years of signature that version 1 covers."""

SIGNED = "agreements-signed"


def recognises(head: bytes) -> bool:
    """Say whether a file begins like DCAD."""
    return has_columns(head, *COLUMNS)


def read(source: Source) -> Imported:
    """Read the agreements, each where it was signed.

    Raises:
        UnreadableError: where the file breaks off or is damaged.
    """
    table = read_table(source.data, *COLUMNS)
    vintage, how = source.vintage()
    reading = Reading()
    owners = _owners(table)
    found = [each for row in table.rows if (each := _agreement(row, owners, reading, vintage))]
    if len(reading.problems) > max(5, len(table.rows) // 50):
        raise UnreadableError(
            f"the file is damaged: {len(reading.problems):,} of {len(table.rows):,} rows cannot be read, "
            f"such as row {reading.problems[0].line}"
        )
    last = max(COVERED[1], max((o.start.year for o in found), default=0))
    return Imported(
        "Defense Cooperation Agreement Dataset (DCAD)", "Brandon J. Kinne",
        "terms not found: see the author's page before you pass anything on",
        vintage, how,
        (series(SIGNED, "agreements", "flow", "agreements signed", (COVERED[0], last), complete=True),),
        found, tuple(reading.problems),
        (f"The data end in {last}: after that a gap is a gap.", *reading.notes()), dict(reading.unknown),
    )  # fmt: skip


def _owners(table: Table) -> dict[str, str]:
    """Give the number that each name mostly stands beside; a few rows name one state and number another."""
    numbers: dict[str, Counter[str]] = defaultdict(Counter)
    for row in table.rows:
        for side in "12":
            numbers[row.get(f"cowName{side}")][row.get(f"ccode{side}")] += 1
    return {name: counted.most_common(1)[0][0] for name, counted in numbers.items() if name}


def _agreement(row: Row, owners: dict[str, str], reading: Reading, known: dt.date) -> Observation | None:
    interval = _signed(row)
    if interval is None:
        reading.problem(row.line, "no year of signature")
        return None
    codes = []
    for side in "12":
        number, name = row.get(f"ccode{side}"), row.get(f"cowName{side}")
        if owners.get(name, number) != number:
            reading.problem(row.line, f"number {number} and name {name} are of two states")
            return None
        code = states.from_number(number, "cow", interval[0])
        if code is None:
            reading.unknown[f"{name} ({number})"] += 1
            return None
        codes.append(code)
    first, second = sorted(codes)
    kinds = [row.get(c) for c in ("type", "category1", "category2", "category3") if row.get(c)]
    cite = f"DCAD, {row.get('DCAid') or 'agreement'}, row {row.line}"
    what = f"defence cooperation agreement ({', '.join(kinds)})"
    return Observation(SIGNED, "agreements", first, second, *interval, 1.0, what, known, (cite,))


def _signed(row: Row) -> tuple[dt.date, dt.date] | None:
    """Give the day of signature, or the month or year where the day is not known."""
    of, month, day = (row.get(f"sign{part}") for part in ("Year", "Month", "Day"))
    if not of.isdigit() or not 1900 <= int(of) <= 2100:
        return None
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return dt.date(int(of), 1, 1), dt.date(int(of), 12, 31)
    length = calendar.monthrange(int(of), int(month))[1]
    if day.isdigit() and 1 <= int(day) <= length:
        return (dt.date(int(of), int(month), int(day)),) * 2
    return dt.date(int(of), int(month), 1), dt.date(int(of), int(month), length)


IMPORTER = Importer(
    "dcad", "DCAD as CSV: columns ccode1, cowName1, ccode2, …, signYear, …, category1, …", recognises, read
)
