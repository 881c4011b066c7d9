"""Intervals of the calendar: months, seasons, decades, weeks and their like as (first day, last day).

A part of a longer time is cut at round places, here and nowhere else: early, mid and late are thirds of a
year or of a month, and years 0–3, 4–6 and 7–9 of a decade. Seasons are the northern ones, by whole months.
"""

from __future__ import annotations

import calendar
import datetime as dt

Days = tuple[dt.date, dt.date]
"""An interval of days, both ends included."""

MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name} | {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
"""English names and abbreviations of months, in small letters."""

WEEKDAYS = {name.lower(): i for i, name in enumerate(calendar.day_name)}
"""English names of the days of the week, Monday 0."""

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of every season."""

PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
"""Which third of a time the words mean."""


def day(year: int, month: int, number: int) -> Days | None:
    """Give one day, None where the calendar has no such day."""
    try:
        date = dt.date(year, month, number)
    except ValueError:
        return None
    return date, date


def month(year: int, number: int, part: int | None = None) -> Days | None:
    """Give a month, or one of its thirds (0, 1, 2)."""
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    last = calendar.monthrange(year, number)[1]
    low, high = ((1, last), (1, 10), (11, 20), (21, last))[0 if part is None else part + 1]
    return dt.date(year, number, low), dt.date(year, number, high)


def months(year: int, first: int, count: int) -> Days | None:
    """Give `count` months from the first one on; it may run into the next year."""
    start = month(year, first)
    beyond = first - 1 + count - 1
    end = month(year + beyond // 12, beyond % 12 + 1)
    return (start[0], end[1]) if start and end else None


def year(number: int, part: int | None = None) -> Days | None:
    """Give a year, or one of its thirds (0, 1, 2)."""
    return months(number, 1, 12) if part is None else months(number, 1 + 4 * part, 4)


def years(first: int, last: int) -> Days | None:
    """Give the years from `first` to `last`, both included."""
    start, end = year(first), year(last)
    return (start[0], end[1]) if start and end and first <= last else None


def decade(first: int, part: int | None = None) -> Days | None:
    """Give the decade that begins with a year, or its early, middle or late years."""
    low, high = ((0, 9), (0, 3), (4, 6), (7, 9))[0 if part is None else part + 1]
    return years(first + low, first + high)


def season(year_: int, name: str) -> Days | None:
    """Give a season by its English name; a winter begins in December of its year."""
    return months(year_, SEASONS[name], 3)


def week(of: dt.date, offset: int = 0) -> Days | None:
    """Give the week (Monday to Sunday) of a day, or one some weeks after (negative: before)."""
    try:
        monday = of - dt.timedelta(days=of.weekday()) + dt.timedelta(weeks=offset)
        return monday, monday + dt.timedelta(days=6)
    except OverflowError:
        return None


def shift(date: dt.date, count: int, unit: str) -> dt.date | None:
    """Give the day some days, weeks, months, years or decades later (negative: earlier)."""
    try:
        if unit in {"day", "week"}:
            return date + dt.timedelta(days=count * (7 if unit == "week" else 1))
        ahead = date.month - 1 + count * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
        target, number = date.year + ahead // 12, ahead % 12 + 1
        if not dt.MINYEAR <= target <= dt.MAXYEAR:
            return None
        return dt.date(target, number, min(date.day, calendar.monthrange(target, number)[1]))
    except OverflowError:
        return None


def about(date: dt.date, unit: str) -> Days | None:
    """Give the time of the length of one unit around a day: "two years ago" is no single day."""
    half = {"day": 0, "week": 3, "month": 15, "year": 182, "decade": 1826, "century": 18262}[unit]
    try:
        return date - dt.timedelta(days=half), date + dt.timedelta(days=half)
    except OverflowError:
        return None
