"""Ideal points of states in the UN General Assembly (Bailey, Strezhnev and Voeten), as Stata file or text.

A point is kept for each state and year and estimator; how far apart two states stand is worked out when it is
asked. The estimators differ so much that each is a series of its own.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.history import states
from onrecord.history.imported import Imported, Importer, Level, Reading, Source, UnreadableError, series
from onrecord.history.tables import head_of, number, read_table

ESTIMATORS = {
    "idealpointall": ("distance-all-votes", "ideal points over all votes"),
    "idealpointfp": ("distance-final-passage", "ideal points over votes on final passage"),
    "idealpointlegacy": ("distance-legacy", "ideal points of the earlier estimator"),
    "idealpoint": ("distance-all-votes", "ideal points"),
}

STATA = (b"<stata_dta>", b"\x71", b"\x72", b"\x73")
"""How Stata files begin: since release 13, and releases 10 to 12."""


class _Point(NamedTuple):
    line: int
    ccode: str
    iso: str
    name: str
    year: int
    values: dict[str, float]


def recognises(head: bytes) -> bool:
    """Say whether a file begins like ideal points, in a Stata file or in text."""
    if head.startswith(STATA):
        return b"idealpoint" in head.lower()
    lines = head_of(head).splitlines()
    return bool(lines) and "ccode" in lines[0].lower() and "idealpoint" in lines[0].lower()


def read(source: Source) -> Imported:
    """Read where each state stood in each year.

    Raises:
        UnreadableError: where the file breaks off or is damaged, or the Stata reader is not installed.
    """
    stated, points = _stata(source) if source.data.startswith(STATA) else (None, _text(source))
    vintage, how = source.vintage(stated)
    reading = Reading()
    levels: dict[tuple[str, str, int], Level] = {}
    for point in points:
        code = states.from_number(point.ccode, "cow", point.year) or states.from_code(point.iso, point.year)
        if code is None:
            reading.unknown[point.name or f"state number {point.ccode}"] += 1
            continue
        for column, value in point.values.items():
            in_series = ESTIMATORS[column][0]
            levels.setdefault((in_series, code, point.year), Level(in_series, code, point.year, value))
    if not levels:
        raise UnreadableError("no row has a state, a year and an ideal point")
    made = []
    units = dict(reversed(ESTIMATORS.values()))
    for in_series, unit in units.items():
        years = [level.year for level in levels.values() if level.series == in_series]
        if years:
            covered = (min(years), max(years))
            made.append(series(in_series, "votes", "distance", f"distance of {unit}", covered, complete=True))
    notes = (
        "Distances of one pair and year differ up to threefold between estimators and vintages.",
        *reading.notes(),
    )
    return Imported(
        "United Nations General Assembly voting: ideal points",
        "Bailey, Strezhnev and Voeten, Harvard Dataverse",
        "doi:10.7910/DVN/LEJUQZ: see there for terms; cite the authors",
        vintage, how, tuple(made), (), tuple(reading.problems), notes, dict(reading.unknown),
        tuple(levels.values()),
    )  # fmt: skip


def _text(source: Source) -> Iterator[_Point]:
    data = source.data
    header = head_of(data[:8192]).splitlines()[0]
    delimiter = "\t" if "\t" in header else ","
    names = [name.strip().strip('"') for name in header.split(delimiter)]
    asked = {name.lower(): name for name in names}
    table = read_table(data, asked["ccode"], delimiter=delimiter)
    for row in table.rows:
        cells = {low: row.get(name) for low, name in asked.items()}
        values = {c: v for c in ESTIMATORS if (v := number(cells.get(c, ""))) is not None}
        of = number(cells.get("year", "")) or _year_of_session(cells.get("session", ""))
        ccode = cells["ccode"].removesuffix(".0")
        if of and values:
            yield _Point(
                row.line, ccode, cells.get("iso3c", ""), cells.get("countryname", ""), int(of), values
            )


def _year_of_session(cell: str) -> float | None:
    """Give the year in which a session of the General Assembly began: of the 77th 2022."""
    session = number(cell)
    return None if session is None else session + 1945


def _stata(source: Source) -> tuple[dt.date | None, Iterator[_Point]]:
    try:
        import pyreadstat  # noqa: PLC0415
    except ImportError as error:
        raise UnreadableError(
            "a Stata file needs one more package: pip install 'onrecord[history]', or get the file as CSV"
        ) from error
    try:
        columns, about = pyreadstat.read_dta(io.BytesIO(source.data), output_format="dict")
    except (pyreadstat.ReadstatError, ValueError) as error:
        raise UnreadableError(f"the Stata file is damaged or breaks off: {error}") from error
    lower = {name.lower(): values for name, values in columns.items()}
    missing = {"ccode", "year"} - set(lower)
    if missing:
        raise UnreadableError(f"the Stata file has no column {', '.join(sorted(missing))}")
    rows = len(lower["ccode"])
    if about.number_rows not in (None, rows):
        raise UnreadableError(f"the Stata file breaks off: {rows:,} of {about.number_rows:,} rows were read")
    made = about.creation_time
    return (made.date() if made else None), _points(lower, rows)


def _points(columns: dict[str, list[object]], rows: int) -> Iterator[_Point]:
    isos = columns.get("iso3c", [""] * rows)
    names = columns.get("countryname", [""] * rows)
    for i in range(rows):
        cells = {c: columns[c][i] for c in ESTIMATORS if c in columns}
        values = {c: v for c, v in cells.items() if isinstance(v, float) and math.isfinite(v)}
        ccode, of = columns["ccode"][i], columns["year"][i]
        if values and isinstance(ccode, int | float) and isinstance(of, int | float):
            yield _Point(i + 1, str(int(ccode)), str(isos[i]), str(names[i]), int(of), values)


IMPORTER = Importer(
    "ideal points",
    "UN ideal points as Stata file, CSV or tab-separated: columns ccode, year or session, IdealPoint…",
    recognises,
    read,
)
