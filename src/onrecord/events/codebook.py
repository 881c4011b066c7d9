"""The codebook of PLOVER: its 16 event types, their modes and contexts, quad classes, scores and field names.

The codes and names are facts and come from what has been published:

- *manual*: Open Event Data Alliance, "PLOVER", draft 0.7b1, 2021 (PLOVER_MANUAL.tex, openeventdata/PLOVER);
- *mapping*: CAMEO2PLOVER-2021.txt in the same repository;
- *NGEC*: names in ahalterman/NGEC, the coder behind POLECAT (event_mode_questions.csv, formatter.py, tests);
- *list*: names that stood only in a third party's list of POLECAT's modes, unchecked against a codebook.

The definitions are in our own words. Where the sources differ:

- The manual's DEMAND is REQUEST in NGEC and here; INVESTIGATE and DISAPPROVE are folded into ACCUSE.
- SANCTION stands under "material conflict" where the manual describes it and under "verbal conflict" in its
  table of quad categories. It is material conflict here, as CAMEO's 16 is commonly counted. That table also
  still counts INVESTIGATE as material cooperation; ACCUSE is verbal conflict.
- A mode is named as the mapping names it, where it does; `Mode.also` has the other names ("seize" in NGEC).
- The mapping has contexts that the manual does not list, and the reverse. Any context may go with any type.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import get_args

from onrecord.data import table
from onrecord.record import EventType

POLECAT_FIELDS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations",
    "Story Locations", "Language", "Version",
)  # fmt: skip
"""The 40 columns of POLECAT's tab-separated files, in their order, as public programs that read them quote
the header line. One of them has "Event Intensity" for "Intensity"."""

JSON_FIELDS = (
    "id", "has_event", "date", "time", "enddate", "endtime", "source", "recipient", "event", "event_loc",
    "event_text", "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info",
    "coder", "coded_date", "coded_time", "comment",
)  # fmt: skip
"""The fields of an event in the manual's JSON; id, date, source and event are required."""

QUADS = {
    1: "verbal cooperation",
    2: "material cooperation",
    3: "verbal conflict",
    4: "material conflict",
}
"""The quad classes by their numbers in the manual."""


@dataclass(frozen=True, slots=True)
class Category:
    """An event type.

    `score` is the manual's "Schrodt score" from conflict to cooperation, `recipient` says whether the manual
    requires one, `cameo` is the most general CAMEO code, `earlier` are names of the type that were given up.
    """

    event: EventType
    quad: int
    score: float
    recipient: bool
    cameo: str
    earlier: tuple[str, ...]
    definition: str


@dataclass(frozen=True, slots=True)
class Mode:
    """How a type of deed is done.

    `sources` are those of the module's docstring, `also` other names for it; `assigned` says whether
    `onrecord.events.modes` gives it; `cameo` is the nearest CAMEO code where the mapping has none.
    """

    event: EventType
    name: str
    sources: tuple[str, ...]
    also: tuple[str, ...]
    assigned: bool
    cameo: str | None
    definition: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a deed is about; `assigned` says whether `onrecord.events.modes` gives it."""

    name: str
    sources: tuple[str, ...]
    assigned: bool
    definition: str


def alternatives(cell: str) -> tuple[str, ...]:
    """Give the parts of a table's cell, which may be none."""
    return tuple(cell.split("|")) if cell else ()


@functools.cache
def event_type(name: str) -> EventType:
    """Give the event type of this name, also by a name that it had: DEMAND is REQUEST.

    Raises:
        ValueError: where PLOVER has no such type.
    """
    known: dict[str, EventType] = {event: event for event in get_args(EventType)}
    if name in known:
        return known[name]
    held = [row["event"] for row in table("plover_types.tsv") if name in alternatives(row["earlier"])]
    if len(held) != 1:
        raise ValueError(f"{name!r} is no event type of PLOVER; the types are {', '.join(known)}")
    return known[held[0]]


@functools.cache
def categories() -> dict[EventType, Category]:
    """Give the 16 types in the order of the record's."""
    return {
        event_type(row["event"]): Category(
            event=event_type(row["event"]),
            quad=int(row["quad"]),
            score=float(row["score"]),
            recipient=row["recipient"] == "yes",
            cameo=row["cameo"],
            earlier=alternatives(row["earlier"]),
            definition=row["definition"],
        )
        for row in table("plover_types.tsv")
    }


@functools.cache
def all_modes() -> dict[tuple[EventType, str], Mode]:
    """Give every mode by its type and name, in the order of the table."""
    return {
        (event_type(row["event"]), row["mode"]): Mode(
            event=event_type(row["event"]),
            name=row["mode"],
            sources=alternatives(row["sources"]),
            also=alternatives(row["also"]),
            assigned=row["assigned"] == "yes",
            cameo=row["cameo"] or None,
            definition=row["definition"],
        )
        for row in table("plover_modes.tsv")
    }


@functools.cache
def all_contexts() -> dict[str, Context]:
    """Give every context by its name, in the order of the table."""
    return {
        row["context"]: Context(
            name=row["context"],
            sources=alternatives(row["sources"]),
            assigned=row["assigned"] == "yes",
            definition=row["definition"],
        )
        for row in table("plover_contexts.tsv")
    }


def quad(event: EventType) -> int:
    """Give the quad class of a type, 1 to 4 (`QUADS`)."""
    return categories()[event].quad


def score(event: EventType) -> float:
    """Give the manual's score of a type, from -9.3 (ASSAULT) to 7.6 (RETREAT)."""
    return categories()[event].score


def definition(event: EventType) -> str:
    """Say in a line what a type means."""
    return categories()[event].definition


def modes(event: EventType) -> tuple[str, ...]:
    """Give the modes that a type may have."""
    return tuple(name for of, name in all_modes() if of == event)


def contexts(event: EventType) -> tuple[str, ...]:
    """Give the contexts that a type may have: in PLOVER all of them, whatever the type."""
    return tuple(all_contexts()) if event in categories() else ()
