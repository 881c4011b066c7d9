"""Military exercises of several states: MME and JME, and a list of Russia's, each pair of participants.

An exercise of many states gives all its pairs: that says how often two states exercised together, not how
closely.
"""

from __future__ import annotations

import calendar
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from onrecord.history import states
from onrecord.history.imported import Imported, Importer, Reading, Source, UnreadableError, series
from onrecord.history.observation import Observation
from onrecord.history.tables import has_columns, read_table

HELD = "exercises"

NO_STATES = frozenset(
    {
        "NATO", "8 NATO members", "Baltic States", "BMU", "Bermuda", "Hong Kong SAR China", "New Caledonia",
        "Netherlands Antilles", "Puerto Rico",
    }
)  # fmt: skip
"""Groups and territories that stand among the participants."""

PAIRS = "Every pair of participants counts once an exercise, also in exercises of many states."

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the Excel files of before 2007 begin."""


class Exercise(NamedTuple):
    """One row of a list."""

    line: int
    id: str
    name: str
    interval: tuple[dt.date, dt.date] | None
    participants: tuple[str, ...]


def recognises_mme(head: bytes) -> bool:
    """Say whether a file begins like MME."""
    return has_columns(head, "MMEID", "Ex_Name", "StateA", "StateB")


def recognises_jme(head: bytes) -> bool:
    """Say whether a file may be JME: an old Excel file; its columns are read later."""
    return head.startswith(OLE)


def recognises_russian(head: bytes) -> bool:
    """Say whether a file begins like the list of Russia's exercises."""
    return has_columns(head, "name", "yr", "part1", "part2")


def read_mme(source: Source) -> Imported:
    """Read multinational military exercises.

    Raises:
        UnreadableError: where the file breaks off or is damaged.
    """
    table = read_table(source.data, "MMEID", "StateA", "StateB", ended=False)
    columns = [c for c in table.columns if re.fullmatch(r"State[A-Z]{1,2}", c)]
    exercises = [
        Exercise(
            row.line,
            row.get("MMEID"),
            row.get("Ex_Name"),
            _interval([row.get(f"{side}.{part}") for side in "se" for part in ("year", "month", "day")], ()),
            tuple(row.get(c) for c in columns if row.get(c)),
        )
        for row in table.rows
    ]
    title = "Multinational Military Exercises (MME)"
    terms = "doi:10.7910/DVN/KHFODX: see there for terms; cite the authors"
    return _imported(source, exercises, (title, "MME, Harvard Dataverse", terms), cite="MME")


def read_jme(source: Source) -> Imported:
    """Read joint military exercises from the first sheet of an Excel file.

    Raises:
        UnreadableError: where it is not that list, is damaged, or the Excel reader is not installed.
    """
    sheet = _sheet(source.data)
    header = [str(cell).strip() for cell in sheet[0]] if sheet else []
    if not {"Exercise Name", "Start Date", "State A", "State B"} <= set(header):
        raise UnreadableError("the first sheet has no columns Exercise Name, Start Date, State A, State B, …")
    place = {name: i for i, name in reversed(list(enumerate(header))) if name}
    columns = [i for i, name in enumerate(header) if re.fullmatch(r"State [A-Z]{1,2}", name)]
    parts = [f"{side}.{part}" for side in "se" for part in ("year", "month", "day")]
    exercises = []
    for line, row in enumerate(sheet[1:], 2):
        cells = [_cell(cell) for cell in row]
        if not any(cells[i] for i in columns):
            continue
        written = (cells[place["Start Date"]], cells[place["enddate"]] if "enddate" in place else "")
        name = cells[place["Exercise Name"]]
        exercises.append(
            Exercise(
                line,
                "",
                "" if name in {"-9", ""} else name,
                _interval([cells[place[p]] if p in place else "" for p in parts], written),
                tuple(cells[i] for i in columns if cells[i]),
            )
        )
    title = "Joint Military Exercises (JME)"
    terms = "terms not found: see the authors' page before you pass anything on"
    return _imported(source, exercises, (title, "Vito D'Orazio", terms), cite="JME", by="code")


def read_russian(source: Source) -> Imported:
    """Read exercises of Russia with others.

    Raises:
        UnreadableError: where the file breaks off or is damaged.
    """
    table = read_table(source.data, "name", "yr", "part1", "part2", ended=False)
    columns = [c for c in table.columns if re.fullmatch(r"part\d+", c)]
    exercises = [
        Exercise(
            row.line,
            row.get("id"),
            row.get("name"),
            _interval([row.get("yr"), "", "", row.get("yr"), "", ""], ()),
            ("Russia", *(row.get(c) for c in columns if row.get(c))),
        )
        for row in table.rows
        if row.get("yr")
    ]
    about = (
        "Exercises of Russia's armed forces with others",
        "compiled from structure.mil.ru and news",
        "terms not found: see where you had it from before you pass anything on",
    )
    return _imported(source, exercises, about, cite="Russian exercises", of="RUS")


def _sheet(data: bytes) -> list[list[object]]:
    try:
        import python_calamine  # noqa: PLC0415
    except ImportError as error:
        raise UnreadableError(
            "an Excel file needs one more package: pip install 'onrecord[history]', or save it as CSV"
        ) from error
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [list(row) for row in book.get_sheet_by_index(0).to_python()]
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError(f"the Excel file is damaged or breaks off: {error}") from error
    except BaseException as error:
        # What a damaged file makes calamine's Rust panic with is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError("the Excel file is damaged or breaks off") from error


def _cell(cell: object) -> str:
    """Give a cell of a sheet as its text; whole numbers without their point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.date):
        return cell.isoformat()[:10]
    return str(cell).strip()


def _interval(parts: Sequence[str], written: Sequence[str]) -> tuple[dt.date, dt.date] | None:
    """Give first and last day from year, month and day of start and end, or as they are written in words.

    What is unknown (empty, "xx", -9) widens it: a start without day begins with the month. An end that is
    unknown or before the start is the end of what the start says.
    """
    start, end = _around(*parts[:3]), _around(*parts[3:])
    if start is None and written:
        start, end = _around(*_written(written[0])), _around(*_written(written[1]))
    start = start or end
    if start is None:
        return None
    return start[0], end[1] if end and end[1] >= start[0] else start[1]


def _around(year: str, month: str, day: str) -> tuple[dt.date, dt.date] | None:
    if not re.fullmatch(r"(?:19|20)\d\d", year):
        return None
    of = int(year)
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return dt.date(of, 1, 1), dt.date(of, 12, 31)
    length = calendar.monthrange(of, int(month))[1]
    if day.isdigit() and 1 <= int(day) <= length:
        return (dt.date(of, int(month), int(day)),) * 2
    return dt.date(of, int(month), 1), dt.date(of, int(month), length)


def _written(text: str) -> tuple[str, str, str]:
    """Give year, month and day of "05/26/1978", "11/xx/1974" or "1978-05-26"."""
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text):
        return found[1], found[2], found[3]
    if found := re.fullmatch(r"(\d{1,2}|xx)/{1,2}(\d{1,2}|xx)/{0,2}(\d{4})", text, re.IGNORECASE):
        return found[3], found[1], found[2]
    return "", "", ""


def _imported(  # noqa: PLR0913
    source: Source,
    exercises: Iterable[Exercise],
    about: tuple[str, str, str],
    *,
    cite: str,
    by: Literal["name", "code"] = "name",
    of: str | None = None,
) -> Imported:
    """Make observations of exercises; with `of`, all are of one state."""
    vintage, how = source.vintage()
    reading, found, rows, years = Reading(), list[Observation](), 0, set[int]()
    for exercise in exercises:
        rows += 1
        if exercise.interval is None:
            reading.problem(exercise.line, f"exercise {exercise.name!r}: no year")
            continue
        years.add(exercise.interval[0].year)
        found += _pairs(exercise, exercise.interval, by, reading, vintage, cite)
    if not found or len(reading.problems) > max(5, rows // 20):
        raise UnreadableError(
            f"the file is damaged: {len(reading.problems):,} of {rows:,} exercises cannot be read"
        )
    covered = _longest_run(sorted(years))
    notes = [PAIRS, f"The data end in {covered[1]}: after that a gap is a gap.", *reading.notes()]
    if of:
        notes.append(f"Only exercises in which {states.name(of)} took part: not all dyads.")
    made = series(HELD, "exercises", "flow", "exercises", covered, complete=of is None)
    return Imported(
        *about, vintage, how, (made,), found, tuple(reading.problems), tuple(notes), dict(reading.unknown)
    )  # fmt: skip


def _longest_run(years: list[int]) -> tuple[int, int]:
    """Give the longest run of years without a gap: a year far from the others is a slip or a beginning."""
    runs = [(years[0], years[0])]
    for of in years[1:]:
        if of == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], of)
        else:
            runs.append((of, of))
    return max(runs, key=lambda run: run[1] - run[0])


def _pairs(  # noqa: PLR0913
    exercise: Exercise,
    interval: tuple[dt.date, dt.date],
    by: Literal["name", "code"],
    reading: Reading,
    known: dt.date,
    cite: str,
) -> Iterator[Observation]:
    find = states.from_code if by == "code" else states.from_name
    codes = set()
    for name in exercise.participants:
        if (code := find(name, interval[0])) is not None:
            codes.add(code)
        elif name != "-9":  # "not known"
            (reading.apart if name in NO_STATES else reading.unknown)[name] += 1
    what = f"{exercise.name or 'exercise without a name'} ({len(codes)} states)"
    cites = (f"{f'{cite} {exercise.id}'.strip()}, row {exercise.line}",)
    for first, second in combinations(sorted(codes), 2):
        yield Observation(HELD, "exercises", first, second, *interval, 1.0, what, known, cites)


MME = Importer("mme", "MME as CSV: columns MMEID, Ex_Name, …, StateA, StateB, …", recognises_mme, read_mme)
JME = Importer(
    "jme", "JME as Excel file (.xls): columns Exercise Name, …, State A, …", recognises_jme, read_jme
)
RUSSIAN = Importer(
    "russian exercises",
    "Russia's exercises as CSV: columns id, name, yr, part1, part2, …",
    recognises_russian,
    read_russian,
)
