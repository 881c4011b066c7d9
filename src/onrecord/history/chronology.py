"""A chronology: dated facts with their sources, one row each; ours, or anyone's own.

Columns: dyad, dimension, direction, start (or date), end, granularity, what (or event), note, and of each
page title, publisher, published, url (and title_2 … url_4), or one column source. A note stays in the file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, get_args

from onrecord.history import states
from onrecord.history.expressions import Interval, read_interval
from onrecord.history.imported import Imported, Importer, Reading, Source, UnreadableError, series
from onrecord.history.observation import DIMENSIONS, DIRECTED, Dimension, Measure, Observation, Series
from onrecord.history.tables import Row, Table, columns_in, read_table

ALIASES: dict[str, Dimension] = {
    "arms transfer": "arms delivered",
    "arms transfers": "arms delivered",
    "arms deliveries": "arms delivered",
    "deliveries": "arms delivered",
    "arms orders": "arms ordered",
    "orders": "arms ordered",
    "co-production": "production",
    "coproduction": "production",
    "licensed production": "production",
    "agreement": "agreements",
    "exercise": "exercises",
    "intelligence sharing": "intelligence",
    "formal alliance": "alliance",
    "alliances": "alliance",
    "un voting": "votes",
    "un votes": "votes",
}
"""What others call the dimensions."""

STOCKS: frozenset[Dimension] = frozenset({"alliance", "basing"})
NEITHER = frozenset({"", "undirected", "both", "mutual", "none", "between", "-"})

_ARROW = re.compile(r"\s*(?:->|→|=>|>|\bto\b|\bin\b)\s*")
_ABSENT = re.compile(r"no(?:ne)?\s(?!fewer|less)", re.IGNORECASE)
DELIMITERS = ",;\t"
"""What stands between cells, as spreadsheets of several countries save them."""


class _Fact(NamedTuple):
    row: Row
    dimension: Dimension
    pair: tuple[str, str] | None
    """Null where an undirected row names no dyad."""
    interval: Interval
    what: str


def recognises(head: bytes) -> bool:
    """Say whether a file begins like a chronology."""
    return _form(head) is not None


def _form(head: bytes) -> tuple[str, list[str]] | None:
    """Give what parts the cells, and the names by which the line with the columns is found."""
    for delimiter in DELIMITERS:
        for columns in columns_in(head, delimiter)[:3]:
            known = {name.lower(): name for name in columns}
            if known.keys() & {"start", "date"} and known.keys() & {"what", "event"}:
                names = [known[name] for name in ("dimension", "direction") if name in known]
                if len(names) == 2:
                    return delimiter, names
    return None


def read(source: Source) -> Imported:
    """Read a chronology.

    Raises:
        UnreadableError: where the file breaks off, or no row of it can be read.
    """
    table = _table(source)
    vintage, how = source.vintage()
    reading = Reading()
    absent = [row for row in table.rows if _ABSENT.match(row.get("what") or row.get("event"))]
    facts = [fact for row in table.rows if row not in absent and (fact := _fact(row, reading))]
    notes: list[str] = []
    only = _only_pair(facts)
    lacking = sum(fact.pair is None for fact in facts)
    if lacking and only:
        notes.append(
            f"Rows that name no dyad, {lacking} of them, are taken to be of {only[0]} and {only[1]}, the "
            "only two states that the directed rows name."
        )
    found = []
    for fact in facts:
        pair = fact.pair or only
        if pair is None:
            reading.problem(fact.row.line, "names no dyad, and the directed rows name none or more than one")
        else:
            found.append(_observation(fact, pair, vintage, reading))
    if not found:
        example = (
            f": row {reading.problems[0].line}: {reading.problems[0].message}" if reading.problems else ""
        )
        raise UnreadableError(f"no row of the chronology can be read{example}")
    if absent:
        notes.append(f"Rows that say that something did not happen are no observations: {len(absent)}.")
    return Imported(
        f"Chronology, {source.name}", "", "its author's", vintage, how, tuple(_series(found, vintage)), found,
        tuple(reading.problems), (*notes, *reading.notes()), dict(reading.unknown),
    )  # fmt: skip


def _table(source: Source) -> Table:
    form = _form(source.data[:65_536])
    if form is None:
        raise UnreadableError("no line names the columns dimension, direction, start and what")
    table = read_table(source.data, *form[1], delimiter=form[0], ended=False)
    columns = {name.lower(): place for name, place in table.rows[0].columns.items()}
    return table._replace(rows=[row._replace(columns=columns) for row in table.rows])


def _fact(row: Row, reading: Reading) -> _Fact | None:
    words = row.get("dimension").lower()
    dimension = next((d for d in DIMENSIONS if d == words), ALIASES.get(words))
    if dimension is None:
        reading.problem(row.line, f"{words!r} is no dimension: {', '.join(get_args(Dimension))}")
        return None
    interval = read_interval(row.get("start") or row.get("date"), row.get("end"), row.get("granularity"))
    if interval is None:
        reading.problem(
            row.line, f"{row.get('start') or row.get('date')!r} is no date: YYYY, YYYY-MM, YYYY-MM-DD"
        )
        return None
    what = row.get("what") or row.get("event")
    if not what:
        reading.problem(row.line, "does not say what happened")
        return None
    pair = _pair(row, dimension, interval.start, reading)
    if pair == ():
        return None
    return _Fact(row, dimension, (pair[0], pair[1]) if pair else None, interval, what)


def _pair(row: Row, dimension: Dimension, day: dt.date, reading: Reading) -> tuple[str, ...] | None:
    """Give the two states; null where an undirected row names none, () where the row cannot be used."""
    dyad, direction = _dyad(row.get("dyad"), day), row.get("direction")
    if row.get("dyad") and dyad is None:
        reading.unknown[row.get("dyad")] += 1
        return ()
    pair = _directed(direction, day)
    if pair is None and direction.lower() not in NEITHER:
        reading.problem(row.line, f"{direction!r} is no direction: RUS->IRN, or undirected")
        return ()
    if pair is None and dimension in DIRECTED:
        reading.problem(row.line, f"{dimension} goes from one state to another, and the row has no direction")
        return ()
    pair = pair or dyad
    if pair is None:
        return None
    return pair if dimension in DIRECTED else tuple(sorted(pair))


def _dyad(text: str, day: dt.date) -> tuple[str, str] | None:
    """Give the states of "RUS-IRN" or "Guinea-Bissau–Portugal"."""
    parts = re.split(r"[-–—/]", text)
    for cut in range(1, len(parts)):
        sides = _state("-".join(parts[:cut]), day), _state("-".join(parts[cut:]), day)
        if sides[0] and sides[1] and sides[0] != sides[1]:
            return sides[0], sides[1]
    return None


def _directed(direction: str, day: dt.date) -> tuple[str, str] | None:
    sides = [side for side in _ARROW.split(direction) if side]
    if len(sides) == 2:
        codes = _state(sides[0], day), _state(sides[1], day)
        return (codes[0], codes[1]) if codes[0] and codes[1] and codes[0] != codes[1] else None
    return None


def _state(words: str, day: dt.date) -> str | None:
    words = words.strip()
    return states.from_code(words, day) or states.from_name(words, day)


def _only_pair(facts: list[_Fact]) -> tuple[str, str] | None:
    """Give the two states that the rows name, where they name only two."""
    pairs = {tuple(sorted(map(states.heir, fact.pair))) for fact in facts if fact.pair}
    if len(pairs) != 1:
        return None
    ((first, second),) = pairs
    return first, second


def _observation(fact: _Fact, pair: tuple[str, str], vintage: dt.date, reading: Reading) -> Observation:
    row = fact.row
    pages = list(_pages(row, reading))
    days = [day for page in pages if (day := page.published)]
    start = fact.interval.start
    first, second = (states.as_of(code, start) for code in pair)
    if fact.dimension not in DIRECTED:
        first, second = sorted((first, second))
    value = None if fact.dimension == "votes" else 1.0
    # A note is its author's, for who checks the row: it may tell of what came later, which must not leak in.
    cites = tuple(page.cite for page in pages) or (f"row {row.line}, without a source",)
    return Observation(
        _slug(fact.dimension), fact.dimension, first, second, start, fact.interval.end, value, fact.what,
        min(days, default=vintage), cites,
    )  # fmt: skip


class _Page(NamedTuple):
    cite: str
    published: dt.date | None


def _pages(row: Row, reading: Reading) -> Iterator[_Page]:
    """Give the pages that a row names: title, publisher, day and address of each."""
    for suffix in ("", "_2", "_3", "_4"):
        title, publisher, published, url = (
            row.get(name + suffix) for name in ("title", "publisher", "published", "url")
        )
        if title or url:
            about = ", ".join(filter(None, (publisher, published)))
            day = read_interval(published, "", "")
            if published.lower() not in ("", "n.d.", "undated") and day is None:
                reading.problem(
                    row.line, f"published {published!r} is no date, and not counted as known then"
                )
            yield _Page(" ".join(filter(None, (title, f"({about})" if about else "", url))), day and day.end)
    if source := row.get("source"):
        kind = row.get("source_type")
        for page in re.split(r";\s+", source):
            yield _Page(page + (f" ({kind})" if kind else ""), None)


def _series(found: list[Observation], vintage: dt.date) -> Iterator[Series]:
    years: dict[Dimension, Counter[int]] = {}
    for each in found:
        counted = years.setdefault(each.dimension, Counter())
        counted.update((each.start.year, (each.end or vintage).year))
    for dimension, counted in years.items():
        measure: Measure = "distance" if dimension == "votes" else "stock" if dimension in STOCKS else "flow"
        covered = (min(counted), max(counted))
        yield series(_slug(dimension), dimension, measure, "dated facts", covered, complete=False)


def _slug(dimension: Dimension) -> str:
    return dimension.replace(" ", "-")


IMPORTER = Importer(
    "chronology",
    "a chronology as CSV: columns dyad, dimension, direction, start (or date), end, what, title, url, …",
    recognises,
    read,
)
