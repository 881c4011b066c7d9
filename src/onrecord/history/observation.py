"""One thing that history says of two states, and the dataset that says so."""

from __future__ import annotations

import datetime as dt
from typing import Literal, get_args

from msgspec import Struct

Dimension = Literal[
    "arms delivered",
    "arms ordered",
    "production",
    "training",
    "basing",
    "agreements",
    "exercises",
    "intelligence",
    "alliance",
    "votes",
]
"""One kind of cooperation. The first five go from one state to the other; the rest are between the two."""

DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
DIRECTED: frozenset[Dimension] = frozenset(DIMENSIONS[:5])
"""Supplier to recipient; licensor to maker; trainer to trained; guest (whose forces are based) to host."""

Format = Literal[
    "sipri", "atop", "dcad", "ideal points", "mme", "jme", "russian exercises", "events", "chronology"
]

Measure = Literal["flow", "stock", "distance"]
"""A flow happens in its interval (deliveries, signatures, exercises), a stock lasts through it (an alliance),
a distance is a level in a year (how far apart two states vote)."""


class Series(Struct, frozen=True):
    """One kind of number in one dataset; series are never added to each other.

    `covered` is the first and last whole year that the series says something about. `complete` says that
    it covers all dyads by one method, so that a dyad without an observation had none of size: a register, and
    no chronology. `unit` is what values are counted in ("million TIV", "agreements", …).
    """

    id: str
    dataset: str
    dimension: Dimension
    measure: Measure
    unit: str
    covered: tuple[int, int]
    complete: bool


class Dataset(Struct, frozen=True):
    """A file that was imported: whose it is, of which day, and under which terms.

    `vintage` is the day from which the whole file was known (its date of publication or of download as it
    says itself; else the day of its import, and `vintage_how` says which). `id` is the format and the
    vintage, and for files of the same day the start of their digest.
    """

    id: str
    format: Format
    title: str
    publisher: str
    terms: str
    vintage: dt.date
    vintage_how: Literal["stated", "inferred", "imported"]
    sha256: str
    file: str
    series: tuple[Series, ...]
    notes: tuple[str, ...] = ()


class Observation(Struct, frozen=True):
    """Something that happened between two states, or held between them, in an interval of days.

    `first` and `second` are ISO 3166-1 alpha-3 codes of the states as of then (SUN, CSK, YUG, DDR…): from and
    to in a directed dimension, in the order of the alphabet in the others. Both ends of the interval are
    included; a null `end` is open: it still held at the end of what the series covers. `known` is the first
    day on which the observation itself was public, where that is told (a chronology's source), else the
    dataset's vintage. A null `value` is unknown and never zero. `cites` says where it stands: a row of a
    register, or title, publisher, date and address of each page.
    """

    series: str
    dimension: Dimension
    first: str
    second: str
    start: dt.date
    end: dt.date | None
    value: float | None
    what: str
    known: dt.date
    cites: tuple[str, ...]
