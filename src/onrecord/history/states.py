"""Publishers' names and numbers of states, by date, as ISO 3166-1 alpha-3 codes.

The facts are in `data/state_numbers.tsv` (Correlates of War and Gleditsch–Ward numbers, publishers' names,
and which state went on as which) and in `data/states.tsv`. South Vietnam has no code of its own in ISO 3166-1
and is XSV here, from the codes that ISO leaves to its users, as XKX is for Kosovo.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from typing import Literal, NamedTuple

from onrecord.data import table

Numbers = Literal["cow", "gw"]

OLD_CODES = {"ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "BUR": "MMR", "KSV": "XKX", "XKO": "XKX", "SER": "SRB"}
"""Codes that were withdrawn or never official, and still stand in data."""

TERRITORIES = frozenset({"HKG", "GRL"})
"""In `states.tsv`, for the news names them; no parties to dyads."""


class Predecessor(NamedTuple):
    """A state that went on as another, and its last day."""

    code: str
    until: dt.date


class _Span(NamedTuple):
    code: str
    start: dt.date
    end: dt.date


class _Line(NamedTuple):
    """A state that is gone, its days, and the one state that went on as it."""

    code: str
    start: dt.date
    end: dt.date
    heir: str


def from_name(name: str, day: dt.date | int | None = None) -> str | None:
    """Give the code of the state that a publisher's name stands for, None where it is no state that we know.

    With a day (or a year, for its first day) it is the state as of then: Russia in 1985 is SUN.
    """
    code = _names().get(_fold(name))
    return code if code is None or day is None else as_of(code, day)


def from_number(number: str | int, numbers: Numbers, day: dt.date | int | None = None) -> str | None:
    """Give the code of a state's Correlates of War or Gleditsch–Ward number as of a day.

    None where the number is unknown, or that of a state that is gone and has no ISO code: `gone_name` gives
    its name.
    """
    spans = _numbers(numbers).get(_as_number(number), ())
    when = _day(day) if day is not None else dt.date.max
    for span in spans:
        if span.start <= when <= span.end:
            return span.code
    # A list says of a state that it was a member of the system earlier or later than our spans: the nearest.
    nearest = min(spans, key=lambda span: min(abs(span.start - when), abs(span.end - when)), default=None)
    return nearest.code if nearest else None


def from_code(code: str, day: dt.date | int | None = None) -> str | None:
    """Give the code of a state by its alpha-3 code, in any case, withdrawn ones as their successors."""
    upper = code.strip().upper()
    known = OLD_CODES.get(upper, upper)
    if known not in codes():
        return None
    return known if day is None else as_of(known, day)


def as_of(code: str, day: dt.date | int) -> str:
    """Give the code that a state had on a day: of RUS in 1985 SUN, of SUN in 1995 RUS.

    A state that went on as none (DDR, YMD), or as none yet, keeps its code.
    """
    when = _day(day)
    if (own := _lines().get(code)) and when > own.end and own.heir:
        return as_of(own.heir, when)
    for before in _before(code):
        if before.start <= when <= before.end:
            return before.code
    return code


def predecessors(code: str) -> tuple[Predecessor, ...]:
    """Give the states that went on as this one, the last first, with their last days.

    One state has one heir: Russia of the Soviet Union, Czechia of Czechoslovakia, Serbia of Yugoslavia. The
    others that came out of these have no past before their own.
    """
    return tuple(Predecessor(line.code, line.end) for line in _before(code))


@functools.cache
def line(code: str) -> tuple[str, ...]:
    """Give this state's code and those of its predecessors: whose past is its own."""
    return (code, *(p.code for p in predecessors(code)))


@functools.cache
def heir(code: str) -> str:
    """Give the code under which a state's line goes on today: of SUN RUS, of YUG SRB, of FRA FRA."""
    own = _lines().get(code)
    return heir(own.heir) if own and own.heir else code


def gone_name(number: str | int) -> str | None:
    """Give the name of a state that is gone and has no ISO code (Bavaria, Austria-Hungary) by its number."""
    return _gone().get(_as_number(number))


@functools.cache
def codes() -> frozenset[str]:
    """Give all codes of states."""
    known = {row["code"] for row in table("states.tsv")} | {row["code"] for row in _rows()}
    return frozenset(known - TERRITORIES - {""})


def _rows() -> list[dict[str, str]]:
    return table("state_numbers.tsv")


@functools.cache
def _numbers(numbers: Numbers) -> dict[int, tuple[_Span, ...]]:
    found: dict[int, tuple[_Span, ...]] = {}
    for row in _rows():
        if row["code"] and row[numbers]:
            span = _Span(row["code"], *_days(row))
            found[int(row[numbers])] = (*found.get(int(row[numbers]), ()), span)
    return found


@functools.cache
def _lines() -> dict[str, _Line]:
    """Give the states that are gone: they end, and no later row has their code."""
    last = {row["code"]: row for row in _rows() if row["code"]}
    return {code: _Line(code, *_days(row), row["heir"]) for code, row in last.items() if row["end"]}


@functools.cache
def _before(code: str) -> tuple[_Line, ...]:
    direct = sorted((p for p in _lines().values() if p.heir == code), key=lambda p: p.end, reverse=True)
    return tuple(each for p in direct for each in (p, *_before(p.code)))


@functools.cache
def _gone() -> dict[int, str]:
    return {int(row["cow"]): row["names"] for row in _rows() if not row["code"]}


@functools.cache
def _names() -> dict[str, str]:
    known: dict[str, str] = {}
    for row in table("states.tsv"):
        if row["code"] not in TERRITORIES:
            for name in (row["name"], *row["aliases"].split("|")):
                known.setdefault(_fold(name), row["code"])
    for row in _rows():
        if row["code"]:
            for name in row["names"].split("|"):
                known.setdefault(_fold(name), row["code"])
    known.pop("", None)
    return known


def _days(row: dict[str, str]) -> tuple[dt.date, dt.date]:
    start, end = row["start"], row["end"]
    return (
        dt.date.fromisoformat(start) if start else dt.date.min,
        dt.date.fromisoformat(end) if end else dt.date.max,
    )


def _day(day: dt.date | int) -> dt.date:
    return dt.date(day, 1, 1) if isinstance(day, int) else day


def _as_number(number: str | int) -> int:
    try:
        return int(number)
    except ValueError:
        return -1


@functools.cache
def _fold(name: str) -> str:
    """Give a name without case, accents, punctuation, articles; "&" and "St." are words."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("&", " and ").casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "")
    words = re.sub(r"\bst\b", "saint", re.sub(r"[\W_]+", " ", plain)).split()
    return " ".join(word for word in words if word != "the")


@functools.cache
def name(code: str) -> str:
    """Give the short English name of a state, or its code where we have none."""
    for row in table("states.tsv"):
        if row["code"] == code:
            return row["name"]
    return next((row["names"].split("|")[0] for row in _rows() if row["code"] == code and row["names"]), code)
