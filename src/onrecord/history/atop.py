"""Alliances of the Alliance Treaty Obligations and Provisions project, by treaty and by state and year.

A treaty that promises to fight (defence or offence) is an alliance; one of neutrality, non-aggression or
consultation alone is an agreement. Why each file gives what it gives: docs/decisions/0008-history.md.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from onrecord.history import states
from onrecord.history.imported import Imported, Importer, Reading, Source, UnreadableError, series
from onrecord.history.observation import Dimension, Observation
from onrecord.history.tables import Row, Table, has_columns, read_table

TITLE = "Alliance Treaty Obligations and Provisions (ATOP)"
PUBLISHER = "ATOP project"
TERMS = "terms not found: see the project's page before you pass anything on"

LAST = {"5.1": 2018}
"""The last year that a version covers, where the years in its rows do not show it."""

ALLIANCES: Dimension = "alliance"
AGREEMENTS: Dimension = "agreements"
ALLIANCE, AGREEMENT = "alliances", "treaties-without-promise-to-fight"
OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")
WORDS = dict(
    zip(OBLIGATIONS, ("defence", "offence", "neutrality", "non-aggression", "consultation"), strict=True)
)

TREATIES = ("atopid", "begyr", "endyr", "defense", "mem1")
YEARS = ("state", "year", "atopally", "atopid1")


def recognises(head: bytes) -> bool:
    """Say whether a file begins like the list of treaties (atop5_1a) or the state-years (atop5_1sy)."""
    return has_columns(head, *TREATIES) or has_columns(head, *YEARS)


def read(source: Source) -> Imported:
    """Read treaties, of one file or of both.

    The list of treaties has days and obligations, and does not say when each of many members came and went;
    the state-years say that, by year, and not what each treaty promises. Together they give both.

    Raises:
        UnreadableError: where a file breaks off or is damaged, or the same is given twice.
    """
    files = [(part, part.read()) for part in source.parts]
    treaties = [read_table(data, *TREATIES) for _, data in files if has_columns(data[:8192], *TREATIES)]
    years = [read_table(data, *YEARS) for _, data in files if has_columns(data[:8192], *YEARS)]
    if len(treaties) > 1 or len(years) > 1:
        raise UnreadableError("the list of treaties, or the state-years, is given twice: add one of each")
    vintage, how = source.vintage()
    reading, found = Reading(), list[Observation]()
    notes, covered = [], list[tuple[int, int]]()
    kinds = _Kinds()
    if treaties:
        covered.append(_years_of_treaties(treaties[0]))
        several = _read_treaties(treaties[0], kinds, reading, found, vintage)
        if not years:
            notes.append(
                f"{several} treaties with more than two members are left out: this file does not say when "
                "each came and went. Add it together with the state-years (atop5_1sy.csv) for them."
            )
    if years:
        covered.append(_years_of_states(years[0]))
        notes += _read_years(years[0], kinds, reading, found, vintage)
    span = (min(first for first, _ in covered), max(last for _, last in covered))
    made = (
        series(ALLIANCE, ALLIANCES, "stock", "treaties in force", span, complete=bool(years)),
        series(AGREEMENT, AGREEMENTS, "stock", "treaties in force", span, complete=bool(years)),
    )
    return Imported(
        TITLE, PUBLISHER, TERMS, vintage, how, made, found, tuple(reading.problems),
        (*notes, *reading.notes()), dict(reading.unknown),
    )  # fmt: skip


class _Kinds:
    """Which treaties promise to fight.

    The list of treaties says it. The state-years give obligations over all treaties of a state together: a
    treaty is none where some member was promised no fight; it is one where it alone can have promised it.
    """

    def __init__(self) -> None:
        self.bilateral: set[str] = set()
        self._fights: dict[str, bool] = {}
        self._promised: list[list[str]] = []

    def tell(self, treaty: str, *, fights: bool) -> None:
        """Take in what the list of treaties says."""
        self._fights[treaty] = fights

    def learn(self, row: Row, treaties: list[str]) -> None:
        """Take in one state's year."""
        if row.get("defense") == row.get("offense") == "0":
            for treaty in treaties:
                self._fights.setdefault(treaty, False)
        else:
            self._promised.append(treaties)

    def conclude(self) -> None:
        """Work out what follows, after all years were taken in."""
        for treaties in self._promised:
            possible = [t for t in treaties if self._fights.get(t, True)]
            if len(possible) == 1:
                self._fights.setdefault(possible[0], True)

    def fights(self, treaty: str) -> bool | None:
        """Say whether a treaty promises to fight; None where that is not known."""
        return self._fights.get(treaty)


def _years_of_treaties(table: Table) -> tuple[int, int]:
    years = [int(cell) for row in table.rows for c in ("begyr", "endyr") if (cell := row.get(c)).isdigit()]
    last = LAST.get(table.rows[0].get("version"), max(years, default=0))
    return min((of for of in years if of), default=last), last


def _years_of_states(table: Table) -> tuple[int, int]:
    years = [int(row.get("year")) for row in table.rows if row.get("year").isdigit()]
    if not years:
        raise UnreadableError("the state-years have no years")
    return min(years), max(years)


def _read_treaties(
    table: Table, kinds: _Kinds, reading: Reading, found: list[Observation], known: dt.date
) -> int:
    """Read treaties between two states, from their first day to their last; count those of more."""
    several = 0
    for row in table.rows:
        members = [row.get(c) for c in table.columns if c.startswith("mem") and row.get(c)]
        start = _day(row, "beg", dt.date(1, 1, 1))
        if start is None or len(members) < 2:
            reading.problem(row.line, f"treaty {row.get('atopid')}: no date or fewer than two members")
            continue
        kinds.tell(row.get("atopid"), fights="1" in {row.get("defense"), row.get("offense")})
        if len(members) > 2:
            several += 1
        else:
            kinds.bilateral.add(row.get("atopid"))
            end = None if row.get("endyr") in {"0", ""} else _day(row, "end", dt.date(1, 12, 31))
            found += _between(row, members, (start, end), reading, known)
    _check(table, reading)
    return several


def _read_years(
    table: Table, kinds: _Kinds, reading: Reading, found: list[Observation], known: dt.date
) -> list[str]:
    """Read who was bound with whom in which years, but for treaties that the list of treaties has by day."""
    members: dict[str, dict[int, set[tuple[str, int]]]] = defaultdict(lambda: defaultdict(set))
    ids = [c for c in table.columns if c.startswith("atopid")]
    for row in table.rows:
        number, of = row.get("state"), row.get("year")
        if not (number.isdigit() and of.isdigit()):
            reading.problem(row.line, "no state and year")
            continue
        treaties = [row.get(c).removesuffix(".0") for c in ids if row.get(c)]
        kinds.learn(row, treaties)
        code = _code(number, int(of), reading)
        for treaty in treaties if code else ():
            if treaty not in kinds.bilateral:
                members[treaty][int(of)].add((str(code), row.line))
    _check(table, reading)
    kinds.conclude()
    last = _years_of_states(table)[1]
    for treaty, by_year in members.items():
        found += _spans(treaty, by_year, kinds.fights(treaty), last, known)
    unsure = sum(kinds.fights(treaty) is None for treaty in members)
    notes = [
        "Members of treaties by whole years: a treaty counts in each year in which it was in force at all."
    ]
    if unsure:
        notes.append(
            f"Whether {unsure} of {len(members)} treaties promise to fight does not follow from the "
            "state-years: they are filed as agreements. Add the list of treaties (atop5_1a.csv) with them."
        )
    return notes


def _spans(
    treaty: str, by_year: dict[int, set[tuple[str, int]]], fights: bool | None, last: int, known: dt.date
) -> Iterator[Observation]:
    """Give each pair of members the runs of years in which both were bound."""
    years: dict[tuple[str, str], list[int]] = defaultdict(list)
    lines: dict[tuple[str, int], int] = {}
    for of in sorted(by_year):
        lines |= {(code, of): line for code, line in by_year[of]}
        for first, second in combinations(sorted({code for code, _ in by_year[of]}), 2):
            years[first, second].append(of)
    in_series, dimension = (ALLIANCE, ALLIANCES) if fights else (AGREEMENT, AGREEMENTS)
    kind = {True: "a promise to fight", False: "no promise to fight", None: "kind not known"}[fights]
    for (first, second), run in ((pair, run) for pair, of in years.items() for run in _runs(of)):
        end = None if run[-1] == last else dt.date(run[-1], 12, 31)
        yield Observation(
            in_series, dimension, first, second, dt.date(run[0], 1, 1), end, 1.0,
            f"ATOP treaty {treaty}: {kind}", known,
            (f"ATOP by state and year, treaty {treaty}, row {lines[first, run[0]]}",),
        )  # fmt: skip


def _runs(years: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for of in years:
        if run and of != run[-1] + 1:
            yield run
            run = []
        run.append(of)
    yield run


def _between(
    row: Row,
    members: list[str],
    days: tuple[dt.date, dt.date | None],
    reading: Reading,
    known: dt.date,
) -> Iterator[Observation]:
    first, second = sorted(code or "" for code in (_code(m, days[0], reading) for m in members))
    if not first or first == second:
        return
    fights = "1" in {row.get("defense"), row.get("offense")}
    promised = ", ".join(WORDS[name] for name in OBLIGATIONS if row.get(name) == "1") or "none coded"
    yield Observation(
        ALLIANCE if fights else AGREEMENT, ALLIANCES if fights else AGREEMENTS, first, second, *days, 1.0,
        f"ATOP treaty {row.get('atopid')}: {promised}", known,
        (f"ATOP, treaty {row.get('atopid')}, row {row.line}",),
    )  # fmt: skip


def _code(number: str, day: dt.date | int, reading: Reading) -> str | None:
    code = states.from_number(number, "cow", day)
    if code is None:
        gone = states.gone_name(number)
        (reading.apart if gone else reading.unknown)[gone or f"state number {number}"] += 1
    return code


def _day(row: Row, which: str, default: dt.date) -> dt.date | None:
    """Give a day of a row; an unknown month or day is the first, or the last at the end."""
    cells = [row.get(which + part) for part in ("yr", "mo", "day")]
    if not cells[0].isdigit():
        return None
    month = int(cells[1]) if cells[1].isdigit() and 1 <= int(cells[1]) <= 12 else default.month
    try:
        return dt.date(int(cells[0]), month, int(cells[2]))
    except ValueError:
        return dt.date(int(cells[0]), month, 1 if default.day == 1 else 28)


def _check(table: Table, reading: Reading) -> None:
    if len(reading.problems) > max(3, len(table.rows) // 50):
        raise UnreadableError(
            f"the file is damaged: {len(reading.problems):,} of {len(table.rows):,} rows cannot be read, "
            f"such as row {reading.problems[0].line}"
        )


IMPORTER = Importer(
    "atop",
    "ATOP as CSV: the treaties (atop5_1a.csv: columns atopid, begyr, …, mem1, …), the state-years "
    "(atop5_1sy.csv: state, year, …, atopid1, …), or best both together",
    recognises,
    read,
    joins=True,
)
