"""From a form and what it is read against to days: how each expression of time is resolved."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.dates import spans
from onrecord.dates.spans import MONTHS, PARTS, WEEKDAYS, Days


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against: a publication day, and whether its clause looks ahead (or null)."""

    published: dt.date
    ahead: bool | None


ONES = "one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = (
    {word: i for i, word in enumerate([*ONES, *TEENS], 1)}
    | {ten: 10 * i for i, ten in enumerate(TENS, 2)}
    | {f"{ten}-{one}": 10 * i + j for i, ten in enumerate(TENS, 2) for j, one in enumerate(ONES, 1)}
    | dict.fromkeys(("a", "an"), 1)
    | dict.fromkeys(("a couple of", "couple of", "a couple", "couple"), 2)
    | dict.fromkeys(("a dozen", "dozen"), 12)
)


def _month_of(match: re.Match[str], group: str = "month") -> int:
    return MONTHS[match[group].rstrip(".").lower()]


def _part_of(match: re.Match[str]) -> int | None:
    words = (match["part"] or "").lower().split()
    return next((PARTS[w] for w in words if w in PARTS), None)


def _count(match: re.Match[str]) -> int:
    words = match["number"].lower()
    return _WORDS[words] if words in _WORDS else int(words)


def written_day(match: re.Match[str], _: Context) -> Days | None:
    """Give 5 May 2019."""
    return spans.day(int(match["year"]), _month_of(match), int(match["day"]))


def day_range(match: re.Match[str], context: Context) -> Days | None:
    """Give 5 to 9 May; without a year, the last one up to publication or as the clause tells."""
    known = match["year"]
    last = (
        spans.day(int(known), _month_of(match), int(match["last"]))
        if known
        else month_day(match, context, "last")
    )
    if last is None:
        return None
    first = spans.day(last[0].year, last[0].month, int(match["day"]))
    return (first[0], last[1]) if first and first[0] <= last[1] else None


def month_day(match: re.Match[str], context: Context, group: str = "day") -> Days | None:
    """Give the last such day up to publication; looking ahead, the next one; unknown, the nearest."""
    number, today = int(match[group]), context.published
    near = [
        spans.day(today.year + offset, _month_of(match), number)
        for offset in range(-8, 9)
        if 1 <= today.year + offset <= 9999
    ]
    days = [d for d in near if d is not None]
    return _nearest(days, context)


_SOON, _AGES = dt.timedelta(days=45), dt.timedelta(days=300)


def _nearest(days: Sequence[Days], context: Context) -> Days | None:
    """Give the nearest day in the direction of the clause; where nothing tells, the nearest.

    A day almost a year ago would be written with its year: where the same is to come soon, that one is meant.
    """
    today = context.published
    if context.ahead is None:
        return min(days, key=lambda d: (abs(d[0] - today), d[0]), default=None)
    coming = next((d for d in days if d[0] >= today), None)
    gone = next((d for d in reversed(days) if d[0] <= today), None)
    soon = coming and gone and coming[0] - today <= _SOON and today - gone[0] >= _AGES
    return coming if context.ahead or soon else gone


_FEASTS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "new year’s eve": (12, 31),
    "new year’s day": (1, 1),
}


def feast(match: re.Match[str], context: Context) -> Days | None:
    """Give the nearest such day in the direction of the clause."""
    month, number = _FEASTS[match.group().lower().replace("'", "’")]
    near = [
        spans.day(y, month, number)
        for y in range(context.published.year - 1, context.published.year + 2)
        if y
    ]
    return _nearest([d for d in near if d is not None], context)


def written_month(match: re.Match[str], _: Context) -> Days | None:
    """Give May 2019, or a third of it."""
    part = _part_of(match) if "part" in match.re.groupindex else None
    return spans.month(int(match["year"]), _month_of(match), part)


def month_range(match: re.Match[str], _: Context) -> Days | None:
    """Give March to May 2019; from a later month than to, it begins the year before."""
    year, first, last = int(match["year"]), _month_of(match, "first"), _month_of(match)
    return (
        spans.months(year, first, last - first + 1)
        if first <= last
        else spans.months(year - 1, first, 13 + last - first)
    )


def named_month(match: re.Match[str], context: Context) -> Days | None:
    """Give the last such month that has begun; in May, "last May" is a year ago and "next May" to come.

    Where the clause tells nothing, a month that begins within three months is that one.
    """
    today, number = context.published, _month_of(match)
    which = (match["which"] or "").strip().lower() if "which" in match.re.groupindex else ""
    year = today.year if number <= today.month else today.year - 1
    if which == "last" and number == today.month:
        year -= 1
    elif which in {"next", "this coming"} or (context.ahead and not which):
        year = (
            today.year
            if number > today.month or (number == today.month and context.ahead)
            else today.year + 1
        )
    elif which == "this":
        year = today.year
    elif not which and context.ahead is None and 1 <= (number - today.month) % 12 <= 3:
        year += 1
    return spans.month(year, number, _part_of(match) if "part" in match.re.groupindex else None)


_OFFSETS = {"last": -1, "past": -1, "this": 0, "the": 0, "current": 0, "next": 1, "coming": 1}


def _year_of(match: re.Match[str], context: Context) -> int:
    return context.published.year + _OFFSETS[match["which"].lower()]


def month_of_year(match: re.Match[str], context: Context) -> Days | None:
    """Give March of next year."""
    return spans.month(_year_of(match, context), _month_of(match), _part_of(match))


def week_of_month(match: re.Match[str], context: Context) -> Days | None:
    """Give the first week of May: its first seven days."""
    whole = written_month(match, context) if match["year"] else named_month(match, context)
    if whole is None:
        return None
    which = match["order"].lower()
    first = whole[1].day - 6 if which == "last" else 1 + 7 * _ORDER[which]
    return whole[0].replace(day=first), whole[0].replace(day=first + 6)


def written_year(match: re.Match[str], _: Context) -> Days | None:
    """Give 2019, or a third of it."""
    return spans.year(int(match["year"]), _part_of(match) if "part" in match.re.groupindex else None)


def year_range(match: re.Match[str], _: Context) -> Days | None:
    """Give 2014 to 2019, also as 2014-19."""
    first, last = match["year"], match["last"]
    return spans.years(int(first), int(first[: 4 - len(last)] + last))


def decade(match: re.Match[str], _: Context) -> Days | None:
    """Give the 1990s, also as the 90s, or a third of them."""
    digits = match["decade"]
    return spans.decade(int(digits) if len(digits) == 4 else 1900 + int(digits), _part_of(match))


def century(match: re.Match[str], _: Context) -> Days | None:
    """Give the 19th century, from 1801 to 1900."""
    number = int(match["number"])
    return spans.years(number * 100 - 99, number * 100) if 1 <= number <= 22 else None


def written_season(match: re.Match[str], _: Context) -> Days | None:
    """Give the summer of 2019."""
    return spans.season(int(match["year"]), match["season"].lower())


def season_of_year(match: re.Match[str], context: Context) -> Days | None:
    """Give the summer of last year."""
    year = _year_of(match, context)
    return spans.season(year, match["season"].lower()) if dt.MINYEAR <= year < dt.MAXYEAR else None


def named_season(match: re.Match[str], context: Context) -> Days | None:
    """Give last autumn, this spring; "the summer" is the last that has begun, or the coming one."""
    today, name, which = (
        context.published,
        match["season"].lower(),
        match["which"].lower().rsplit(maxsplit=1)[-1],
    )
    candidates = [spans.season(y, name) for y in range(today.year - 2, today.year + 3) if 1 <= y <= 9998]
    known = [c for c in candidates if c is not None]
    if which == "next" or (which == "the" and context.ahead):
        return next((c for c in known if c[0] > today), None)
    if which == "this" and name != "winter":
        return spans.season(today.year, name)
    if which == "this":
        return min(known, key=lambda c: abs((c[0] - today).days + 45), default=None)
    if which == "the":
        return next((c for c in reversed(known) if c[0] <= today), None)
    return next((c for c in reversed(known) if c[1] < today), None)


_ORDER = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}


def quarter(match: re.Match[str], context: Context) -> Days | None:
    """Give the second quarter or the first half of a year."""
    words = (match["order"] or "").lower()
    length = 6 if (match["kind"] or "").lower() == "half" else 3
    number = int(match["number"]) - 1 if match["number"] else _ORDER[words] % (12 // length)
    year = int(match["year"]) if match["year"] else _year_of(match, context)
    return spans.months(year, 1 + number * length, length) if number * length < 12 else None


def weekday(match: re.Match[str], context: Context) -> Days | None:
    """Give the last such day up to publication: a paper of Tuesday with "on Tuesday" means its own day."""
    today, number = context.published, WEEKDAYS[match["weekday"].lower()]
    which = (match["which"] or "").strip().lower()
    back = (today.weekday() - number) % 7
    if which == "next" or (context.ahead and which != "last"):
        days = (number - today.weekday()) % 7 or (7 if which == "next" else 0)
    else:
        days = -(back or (7 if which == "last" else 0))
    date = spans.shift(today, days, "day")
    return (date, date) if date else None


def weekday_of_week(match: re.Match[str], context: Context) -> Days | None:
    """Give Friday of last week."""
    week = spans.week(context.published, _OFFSETS[match["which"].lower()])
    date = spans.shift(week[0], WEEKDAYS[match["weekday"].lower()], "day") if week else None
    return (date, date) if date else None


def weekend(match: re.Match[str], context: Context) -> Days | None:
    """Give last, this or next weekend; "the weekend" is the last one, or the coming one."""
    today = context.published
    which = (match["which"] or "").lower()
    if which == "next":
        offset = 1
    elif which == "this" or (which == "the" and context.ahead) or (which == "the" and today.weekday() >= 5):
        offset = 0
    else:
        offset = -1
    week = spans.week(today, offset)
    return (week[1] - dt.timedelta(days=1), week[1]) if week else None


_NEAR_DAYS = {
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "this morning": 0, "this afternoon": 0,
    "this evening": 0, "last night": -1, "last evening": -1, "the day before yesterday": -2,
    "the day after tomorrow": 2,
}  # fmt: skip


def near_day(match: re.Match[str], context: Context) -> Days | None:
    """Give yesterday, today, tomorrow and their like."""
    date = spans.shift(context.published, _NEAR_DAYS[match.group().lower()], "day")
    return (date, date) if date else None


_HALVES = {
    "day": (0, "day"), "week": (3, "day"), "month": (15, "day"), "year": (6, "month"), "decade": (5, "year"),
    "century": (50, "year"),
}  # fmt: skip


def _unit_of(match: re.Match[str]) -> str:
    unit = match["unit"].lower()
    return "century" if unit == "centurie" else unit


def _away(match: re.Match[str], context: Context, sign: int) -> dt.date | None:
    """Give the day that is as far from publication as the words say."""
    unit, halved = _unit_of(match), bool("half" in match.re.groupindex and match["half"])
    date = (
        spans.shift(context.published, sign * _count(match), unit) if match["number"] else context.published
    )
    if date is not None and (halved or not match["number"]):
        count, part = _HALVES[unit]
        date = spans.shift(date, sign * count, part)
    return date


def ago(match: re.Match[str], context: Context) -> Days | None:
    """Give the time of one unit around the day that is so long ago."""
    date = _away(match, context, -1)
    return spans.about(date, _unit_of(match)) if date else None


def ago_at_most(match: re.Match[str], context: Context) -> Days | None:
    """Give less than two years ago: from then to publication."""
    date = _away(match, context, -1)
    return (date, context.published) if date else None


def long_ago(match: re.Match[str], context: Context) -> Days | None:
    """Give more than two years ago as its last day; that it is open before is for the finder to say."""
    date = _away(match, context, -1)
    return (date, date) if date else None


def hence(match: re.Match[str], context: Context) -> Days | None:
    """Give the time of one unit around the day that is so far ahead."""
    date = _away(match, context, 1)
    return spans.about(date, _unit_of(match)) if date else None


def past(match: re.Match[str], context: Context) -> Days | None:
    """Give the past five years, from that long ago to publication, or the next five.

    In a clause of the past ("he spent the next three years in jail") these are counted from another day.
    """
    count = _count(match) if match["number"] else 1
    unit, today = _unit_of(match), context.published
    if match["which"].lower() in {"next", "coming"}:
        end = spans.shift(today, count, unit) if context.ahead is not False else None
        return (today, end) if end else None
    start = spans.shift(today, -count, unit)
    return (start, today) if start else None


def past_hours(match: re.Match[str], context: Context) -> Days | None:
    """Give the past 48 hours: from two days ago to publication."""
    start = spans.shift(context.published, -max(1, -(-_count(match) // 24)), "day")
    return (start, context.published) if start else None


def calendar(match: re.Match[str], context: Context) -> Days | None:
    """Give last week, this month or next year by the calendar, or a part of it."""
    today, part = context.published, _part_of(match)
    whole = _whole(_unit_of(match), _OFFSETS[match["which"].lower()], today, part)
    edge = (match["edge"] or "").lower() if "edge" in match.re.groupindex else ""
    if whole is None or not edge or not whole[0] <= today <= whole[1]:
        return whole
    return (whole[0], today) if edge == "earlier" else (today, whole[1])


def _whole(unit: str, offset: int, today: dt.date, part: int | None) -> Days | None:
    match unit:
        case "week":  # on a Sunday, last week is the one that ends
            return spans.week(today, 0 if offset < 0 and today.weekday() == 6 else offset)
        case "month":
            near = spans.shift(today.replace(day=1), offset, "month")
            return spans.month(near.year, near.month, part) if near else None
        case "year":
            return spans.year(today.year + offset, part)
        case "decade":
            return spans.decade((today.year + 10 * offset) // 10 * 10, part)
        case "century":
            first = (today.year - 1) // 100 * 100 + 1 + 100 * offset
            return spans.years(first, first + 99)
        case _:
            date = spans.shift(today, offset, "day")
            return (date, date) if date else None


def nothing(_match: re.Match[str], _context: Context) -> Days | None:
    """Give no interval: the words speak of a time and do not tell which."""
    return None


def eleventh(_match: re.Match[str], _context: Context) -> Days | None:
    """Give the day that is known by its name alone."""
    return spans.day(2001, 9, 11)


def iso(match: re.Match[str]) -> Days | None:
    """Give 2019-05-09."""
    month = int(match["month"])
    return spans.day(int(match["year"]), month, int(match["day"])) if match["year"] != "0000" else None
