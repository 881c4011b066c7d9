"""What an importer is given, a file, and what it gives back: values, and what it could not read."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from msgspec import Struct

from onrecord.history.observation import Dimension, Format, Measure, Observation, Series

VintageHow = Literal["stated", "inferred", "imported"]

FEW = 6
"""Names listed in a note before it only counts the rest."""


class UnreadableError(ValueError):
    """A file is not what it should be; the message says what was read and what was expected."""


class Problem(Struct, frozen=True):
    """Something in a file that could not be read; `line` counts from 1, as an editor does."""

    line: int | None
    message: str


class Level(Struct, frozen=True):
    """Where one state stands in a year, on the scale of a series; a distance is between two of these."""

    series: str
    state: str
    year: int
    value: float


class Part(Struct, frozen=True):
    """One file, by its path or, in tests and when it came from elsewhere, by its bytes."""

    name: str
    path: Path | None = None
    content: bytes = b""

    def read(self) -> bytes:
        """Give the whole file."""
        return self.content if self.path is None else self.path.read_bytes()

    def lines(self) -> Iterator[bytes]:
        """Give the file a line at a time, for those that are too large to hold."""
        if self.path is None:
            yield from self.content.splitlines(keepends=True)
        else:
            with self.path.open("rb") as stream:
                yield from stream


@dataclass(frozen=True)
class Source:
    """What is imported as one dataset: a file, or those that a publisher parts by year.

    `given` is the vintage that the user told; `progress` is called with the bytes that were read.
    """

    parts: tuple[Part, ...]
    today: dt.date
    given: dt.date | None = None
    progress: Callable[[int], None] = lambda _: None

    @property
    def name(self) -> str:
        """Give the file's name, and how many more there are."""
        more = len(self.parts) - 1
        return self.parts[0].name + (f" and {more} more" if more else "")

    @cached_property
    def data(self) -> bytes:
        """Give the bytes of the one file."""
        return self.parts[0].read()

    @cached_property
    def sha256(self) -> str:
        """Give the digest of the file, or of the digests of several."""
        digests = [_digest(part) for part in self.parts]
        if len(digests) == 1:
            return digests[0]
        return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()

    def vintage(self, stated: dt.date | None = None) -> tuple[dt.date, VintageHow]:
        """Give the day from which the file was known, and how we know.

        What the user tells goes before what the file states, that before its name, and that before today. A
        month in the name is its last day: before, the file may not have been there.
        """
        if self.given is not None:
            return self.given, "stated"
        if stated is not None:
            return stated, "stated"
        days = [day for part in self.parts if (day := _day_in_name(part.name, self.today))]
        return (max(days), "inferred") if days else (self.today, "imported")


def _digest(part: Part) -> str:
    digest = hashlib.sha256()
    if part.path is None:
        digest.update(part.content)
    else:
        with part.path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _day_in_name(name: str, today: dt.date) -> dt.date | None:
    found = re.search(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_]?(?P<m>0[1-9]|1[0-2])(?:[-_]?(?P<d>0[1-9]|[12]\d|3[01]))?(?:\d{6})?(?!\d)",
        name,
    )
    if not found:
        return None
    year, month = int(found["y"]), int(found["m"])
    try:
        if found["d"]:
            day = dt.date(year, month, int(found["d"]))
        else:
            day = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)
    except ValueError:  # 31 February: the digits are no date
        return None
    return min(day, today) if (year, month) <= (today.year, today.month) else None


class Imported(Struct, frozen=True):
    """All that an importer read; the ids of series are local to the dataset ("arms-delivered")."""

    title: str
    publisher: str
    terms: str
    vintage: dt.date
    vintage_how: VintageHow
    series: tuple[Series, ...]
    observations: Sequence[Observation]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    unrecognised: dict[str, int] = {}
    levels: Sequence[Level] = ()


class Importer(Struct, frozen=True):
    """How one format is recognised and read, and what it looks like, for those who bring another file.

    `head` is the file's first bytes. `joins` says that its publisher parts it into files by year, so that
    several are one dataset.
    """

    format: Format
    expects: str
    recognises: Callable[[bytes], bool]
    read: Callable[[Source], Imported]
    joins: bool = False


@dataclass
class Reading:
    """What is noticed while a file is read: names of no states, states that we do not know, bad rows."""

    apart: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def problem(self, line: int | None, message: str) -> None:
        """Note that a row, or something in it, was left out."""
        self.problems.append(Problem(line, message))

    def notes(self) -> tuple[str, ...]:
        """Say which names were left out of dyads."""
        found = []
        if self.apart:
            found.append(f"Not states, left out: {listed(self.apart)}.")
        if self.unknown:
            found.append(f"Not recognised as states, left out: {listed(self.unknown)}.")
        return tuple(found)


def listed(names: Counter[str]) -> str:
    """Give the commonest names with the number of rows of each, and how many more there are."""
    most = ", ".join(f"{name} ({count})" for name, count in names.most_common(FEW))
    return most + (f" and {len(names) - FEW} more" if len(names) > FEW else "")


def series(  # noqa: PLR0913
    id_: str,
    dimension: Dimension,
    measure: Measure,
    unit: str,
    covered: tuple[int, int],
    *,
    complete: bool,
) -> Series:
    """Give a series whose dataset will be named when the file has been read."""
    return Series(id_, "", dimension, measure, unit, covered, complete)


def year(of: int) -> tuple[dt.date, dt.date]:
    """Give the first and last day of a year."""
    return dt.date(of, 1, 1), dt.date(of, 12, 31)


def today() -> dt.date:
    """Give the day of today, by UTC, so that a vintage does not depend on where it is imported."""
    return dt.datetime.now(dt.UTC).date()
