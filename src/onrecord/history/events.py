"""Event files, POLECAT and ICEWS: on how many days of a month deeds were reported between two states.

Machine-made codes, one line a report. Which codes count for which dimension, and why, is in
docs/decisions/0008-history.md. A day counts once for each pair and kind, however many reports it has.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Literal, NamedTuple

from onrecord.history import states
from onrecord.history.imported import Imported, Importer, Part, Reading, Source, UnreadableError, series
from onrecord.history.observation import DIRECTED, Dimension, Observation
from onrecord.history.tables import has_columns

Kind = Literal["POLECAT", "ICEWS"]

COLUMNS: dict[Kind, tuple[str, ...]] = {
    "POLECAT": ("Event Date", "Event Type", "Event Mode", "Contexts", "Actor Country", "Recipient Country"),
    "ICEWS": ("Event Date", "Source Country", "CAMEO Code", "Target Country"),
}


class Deeds(NamedTuple):
    """A kind of deed that a code stands for."""

    series: str
    dimension: Dimension
    says: str


AGREED = Deeds("agreements-reported", "agreements", "days with reports of agreements on military matters")
SIGNED = Deeds("agreements-reported", "agreements", "days with reports of formal agreements, on any matter")
AIDED = Deeds("military-aid-reported", "arms delivered", "days with reports of military aid")
TOGETHER = Deeds("military-cooperation-reported", "exercises", "days with reports of military cooperation")
TOLD = Deeds("intelligence-reported", "intelligence", "days with reports of intelligence shared")

CAMEO = {"057": SIGNED, "062": TOGETHER, "064": TOLD, "072": AIDED}
"""Deeds alone: 03x and their like only express an intent."""

SECTORS = frozenset({"", "NONE", "GOV", "MIL", "LEG", "SPY"})
"""PLOVER sectors that act for a state; an empty one is the state itself."""

_FOR_A_STATE = re.compile(r"government|military|executive|legislative|intelligence", re.IGNORECASE)

TERMS: dict[Kind, str] = {
    "POLECAT": "terms not found: see the data set's page on Harvard Dataverse",
    "ICEWS": "doi:10.7910/DVN/28075: see there for terms",
}

EVERY = 20_000
"""Lines between two reports of progress."""


def recognises(head: bytes) -> bool:
    """Say whether a file begins like events of POLECAT or ICEWS."""
    return any(has_columns(head, *names, delimiter="\t") for names in COLUMNS.values())


def read(source: Source) -> Imported:
    """Count reports by pair of states, kind of deed and month.

    Raises:
        UnreadableError: where a file is no event file, breaks off, is damaged, or of the other project.
    """
    vintage, how = source.vintage()
    reading = Reading()
    days: dict[tuple[Deeds, str, str, int, int], set[int]] = defaultdict(set)
    first, last = dt.date.max, dt.date.min
    kinds = set[Kind]()
    for part in source.parts:
        kind, reports = _reports(part, reading, source)
        kinds.add(kind)
        if len(kinds) > 1:
            raise UnreadableError(f"{part.name} is of {kind}, the files before are not: add them apart")
        for day, deeds, actors, recipients in reports:
            first, last = min(first, day), max(last, day)
            if deeds is None:
                continue
            for pair in _pairs(deeds, actors, recipients, day):
                days[(deeds, *pair, day.year, day.month)].add(day.day)
    if not kinds or last == dt.date.min:
        raise UnreadableError("the file has its columns and no events")
    (kind,) = kinds
    covered, whole = _whole_years(first, last)
    used = {deeds.series: deeds for deeds, *_ in sorted(days)}
    made = tuple(
        series(deeds.series, deeds.dimension, "flow", deeds.says, covered, complete=whole)
        for deeds in used.values()
    )
    notes = [
        f"Machine-made codes of news reports, {first} to {last}: more news is more events.",
        *([] if whole else ["No whole year is covered."]),
        *reading.notes(),
    ]
    return Imported(
        f"{kind} event data", kind, TERMS[kind], vintage, how, made, list(_observations(days, kind, vintage)),
        tuple(reading.problems), tuple(notes), dict(reading.unknown),
    )  # fmt: skip


Report = tuple[dt.date, Deeds | None, tuple[str, ...], tuple[str, ...]]


def _reports(part: Part, reading: Reading, source: Source) -> tuple[Kind, Iterator[Report]]:
    lines = part.lines()
    header = next(lines, b"").decode("utf-8-sig", "replace").rstrip("\r\n").split("\t")
    names = [name.strip().strip('"') for name in header]
    for kind, columns in COLUMNS.items():
        if set(columns) <= set(names):
            return kind, _rows(kind, part, lines, names, reading, source)
    raise UnreadableError(f"{part.name} has not the columns of POLECAT or ICEWS in its first line")


def _rows(  # noqa: PLR0913
    kind: Kind, part: Part, lines: Iterator[bytes], names: list[str], reading: Reading, source: Source
) -> Iterator[Report]:
    place = {name: i for i, name in reversed(list(enumerate(names)))}
    bad, number, seen, whole = 0, 1, 0, True
    for number, raw in enumerate(lines, 2):
        seen += len(raw)
        if number % EVERY == 0:
            source.progress(seen)
            seen = 0
        cells = raw.decode("utf-8", "replace").rstrip("\r\n").split("\t")
        if len(cells) < 2:
            continue
        whole = len(cells) >= len(names)
        day = _day(cells[place["Event Date"]]) if whole else None
        if day is None:
            bad += 1
            if bad <= 20:
                reading.problem(number, f"{part.name}: no event")
            continue
        get = _getter(cells, place)
        yield (day, *(_polecat(get, reading) if kind == "POLECAT" else _icews(get, reading)))
    source.progress(seen)
    if not whole:
        raise UnreadableError(
            f"{part.name} breaks off: {number - 2:,} events were read, and line {number:,} is not whole; "
            "download it again"
        )
    if bad > max(3, number // 100):
        raise UnreadableError(f"{part.name} is damaged: {bad:,} of {number:,} lines are no events")


class _getter:  # noqa: N801
    """Gives a cell by the name of its column."""

    def __init__(self, cells: list[str], place: dict[str, int]) -> None:
        self._cells, self._place = cells, place

    def __call__(self, column: str) -> str:
        at = self._place.get(column)
        text = "" if at is None else self._cells[at].strip().strip('"')
        return "" if text in {"None", "NULL", "NA"} else text


NOTHING: tuple[Deeds | None, tuple[str, ...], tuple[str, ...]] = (None, (), ())


def _polecat(get: _getter, reading: Reading) -> tuple[Deeds | None, tuple[str, ...], tuple[str, ...]]:
    event, contexts = get("Event Type").upper(), set(re.split(r"[;,|]\s*", get("Contexts").lower()))
    deeds: Deeds | None = None
    if event == "AID" and get("Event Mode").lower() == "military":
        deeds = AIDED
    elif event == "AGREE" and "military" in contexts:
        deeds = AGREED
    elif event == "COOPERATE":
        deeds = TOGETHER if "military" in contexts else TOLD if "intelligence" in contexts else None
    sectors = {get(f"Primary {side} Sector").upper() for side in ("Actor", "Recipient")}
    if deeds is None or not sectors <= SECTORS:
        return NOTHING
    sides = [_named(get(f"{side} Country"), reading) for side in ("Actor", "Recipient")]
    return deeds, sides[0], sides[1]


def _icews(get: _getter, reading: Reading) -> tuple[Deeds | None, tuple[str, ...], tuple[str, ...]]:
    code = get("CAMEO Code")
    # A spreadsheet drops the zero that a code begins with.
    deeds = CAMEO.get(code if code.startswith("0") else f"0{code}")
    if deeds is None:
        return NOTHING
    for side in ("Source", "Target"):
        sectors = get(f"{side} Sectors")
        if sectors and not _FOR_A_STATE.search(sectors):
            return NOTHING
    return deeds, _named(get("Source Country"), reading), _named(get("Target Country"), reading)


def _named(cell: str, reading: Reading) -> tuple[str, ...]:
    """Give the states of a cell: codes or names, several parted by semicolons."""
    found = []
    for name in filter(None, re.split(r"\s*[;|]\s*", cell)):
        code = states.from_code(name) if len(name) == 3 else states.from_name(name)
        if code is None:
            reading.unknown[name] += 1
        else:
            found.append(code)
    return tuple(found)


def _pairs(
    deeds: Deeds, actors: tuple[str, ...], recipients: tuple[str, ...], day: dt.date
) -> Iterator[tuple[str, str]]:
    for actor, recipient in product(actors, recipients):
        pair = states.as_of(actor, day), states.as_of(recipient, day)
        if pair[0] != pair[1]:
            yield pair if deeds.dimension in DIRECTED else (min(pair), max(pair))


def _observations(
    days: dict[tuple[Deeds, str, str, int, int], set[int]], kind: Kind, known: dt.date
) -> Iterator[Observation]:
    for (deeds, first, second, of, month), on in sorted(days.items()):
        start = dt.date(of, month, 1)
        end = dt.date(of, month, calendar.monthrange(of, month)[1])
        what = f"{deeds.says}: {len(on)} in the month"
        cites = (f"{kind} event data, {of}-{month:02}",)
        yield Observation(
            deeds.series, deeds.dimension, first, second, start, end, float(len(on)), what, known, cites
        )


def _whole_years(first: dt.date, last: dt.date) -> tuple[tuple[int, int], bool]:
    """Give the whole years between two days; where there are none, those that are touched."""
    start = first.year + (first > dt.date(first.year, 1, 7))
    end = last.year - (last < dt.date(last.year, 12, 25))
    return ((start, end), True) if start <= end else ((first.year, last.year), False)


def _day(cell: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(cell.strip().strip('"')[:10])
    except ValueError:
        return None


IMPORTER = Importer(
    "events",
    "POLECAT or ICEWS events, tab-separated: columns Event Date, Event Type, …, Actor Country, … or Event "
    "Date, Source Country, …, CAMEO Code, …",
    recognises,
    read,
    joins=True,
)
