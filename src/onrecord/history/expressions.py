"""Dates as people write them into a chronology: 1966, 2015-09, 2015-09-26/27, 1990-1994, 2001-2018+."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import NamedTuple

OPEN = frozenset({"open", "present", "ongoing", "today", "now"})

_DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_ALONE = re.compile(_DATE, re.ASCII)
_YEARS = re.compile(r"(?P<start>\d{4})(?:/\d{4})?\s*[-–—]\s*(?P<end>\d{4})(?P<open>\+?)", re.ASCII)
_SPAN = re.compile(rf"(?P<start>{_DATE})\s*(?:/|\.\.|–|—|\bto\b)\s*(?P<end>{_DATE})(?P<open>\+?)", re.ASCII)
_TAIL = re.compile(r"(?P<start>\d{4}-\d\d-)(?P<day>\d\d)/(?P<last>\d\d)", re.ASCII)


class Interval(NamedTuple):
    """The first and the last day; a null end is open."""

    start: dt.date
    end: dt.date | None


def read_interval(start: str, end: str, granularity: str) -> Interval | None:
    """Give the days that a start and an end stand for; None where they are none.

    An empty end is that of the start: 1966 is the whole year. "2018+" and "open" last on. Of "1921/1927-1941"
    the first year counts: that is when it began by one of its sources.
    """
    start, end = start.strip(), end.strip().lower()
    if not end:
        return _alone(start, granularity)
    first = _alone(start, granularity)
    if first is None:
        return None
    if end in OPEN:
        return Interval(first.start, None)
    last = _alone(end, granularity)
    if last is None or last.end is None or last.end < first.start:
        return None
    return Interval(first.start, last.end)


def _alone(text: str, granularity: str) -> Interval | None:
    if found := _TAIL.fullmatch(text):
        return _between(found["start"] + found["day"], found["start"] + found["last"], "")
    if found := _YEARS.fullmatch(text) or _SPAN.fullmatch(text):
        return _between(found["start"], found["end"], found["open"])
    if text.endswith("+") and _ALONE.fullmatch(text[:-1]):
        begun = _days(text[:-1], granularity)
        return begun and Interval(begun.start, None)
    return _days(text, granularity) if _ALONE.fullmatch(text) else None


def _between(start: str, end: str, opened: str) -> Interval | None:
    first, last = _days(start, ""), _days(end, "")
    if first is None or last is None or last.end is None or last.end < first.start:
        return None
    return Interval(first.start, None if opened else last.end)


def _days(text: str, granularity: str) -> Interval | None:
    """Give the days of a year, a month or a day; a coarser granularity than it is written in widens it."""
    parts = [int(part) for part in text.split("-")]
    if granularity in {"year", "years"}:
        parts = parts[:1]
    elif granularity in {"month", "season"}:
        parts = parts[:2]
    try:
        match parts:
            case [of]:
                return Interval(dt.date(of, 1, 1), dt.date(of, 12, 31))
            case [of, month]:
                return Interval(dt.date(of, month, 1), dt.date(of, month, calendar.monthrange(of, month)[1]))
            case _:
                return Interval(day := dt.date(*parts), day)
    except (ValueError, calendar.IllegalMonthError):
        return None
