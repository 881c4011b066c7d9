"""The forms that dates and times have in English news, and the interval that each stands for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.dates import spans
from onrecord.dates.spans import MONTHS, PARTS, WEEKDAYS, Days
from onrecord.record import Granularity


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against: a publication day, and whether its clause looks ahead."""

    published: dt.date
    ahead: bool


Resolve = Callable[[re.Match[str], Context], Days | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of expression. `relative` says that the words alone give no date."""

    pattern: re.Pattern[str]
    granularity: Granularity
    resolve: Resolve
    relative: bool = False


_FULL = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_MONTH = rf"(?P<month>(?:{_FULL})\b|{_SHORT})"
_DAY = r"(?P<day>(?:3[01]|[12]\d|0?[1-9]))(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_PART = r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Tt]he (?:beginning|start|middle|end) of)[ -])?"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?"
_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "a couple of": 2,
}  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,4}}|(?i:{'|'.join(sorted(_WORDS, key=len, reverse=True))}))"
_VAGUE = r"(?i:several|many|a few|some|a number of)"


def _month_of(match: re.Match[str], group: str = "month") -> int:
    return MONTHS[match[group].rstrip(".").lower()]


def _part_of(match: re.Match[str]) -> int | None:
    words = (match["part"] or "").lower().split()
    return next((PARTS[w] for w in words if w in PARTS), None)


def _count(match: re.Match[str]) -> int:
    words = match["number"].lower()
    return _WORDS[words] if words in _WORDS else int(words)


def _written_day(match: re.Match[str], _: Context) -> Days | None:
    return spans.day(int(match["year"]), _month_of(match), int(match["day"]))


def _day_range(match: re.Match[str], context: Context) -> Days | None:
    known = match["year"]
    last = (
        spans.day(int(known), _month_of(match), int(match["last"]))
        if known
        else _month_day(match, context, "last")
    )
    if last is None:
        return None
    first = spans.day(last[0].year, last[0].month, int(match["day"]))
    return (first[0], last[1]) if first and first[0] <= last[1] else None


def _month_day(match: re.Match[str], context: Context, group: str = "day") -> Days | None:
    """Give the last such day up to publication; looking ahead, the next one."""
    number, today = int(match[group]), context.published
    near = [
        spans.day(today.year + offset, _month_of(match), number)
        for offset in range(-8, 9)
        if 1 <= today.year + offset <= 9999
    ]
    days = [d for d in near if d is not None]
    if context.ahead:
        return next((d for d in days if d[0] >= today), None)
    return next((d for d in reversed(days) if d[0] <= today), None)


def _written_month(match: re.Match[str], _: Context) -> Days | None:
    return spans.month(int(match["year"]), _month_of(match), _part_of(match))


def _month_range(match: re.Match[str], _: Context) -> Days | None:
    year, first, last = int(match["year"]), _month_of(match, "first"), _month_of(match)
    return (
        spans.months(year, first, last - first + 1)
        if first <= last
        else spans.months(year - 1, first, 13 + last - first)
    )


def _named_month(match: re.Match[str], context: Context) -> Days | None:
    """Give the last such month that has begun; in May, "last May" is a year ago and "next May" to come."""
    today, number = context.published, _month_of(match)
    which = (match["which"] or "").strip().lower()
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
    return spans.month(year, number, _part_of(match))


def _written_year(match: re.Match[str], _: Context) -> Days | None:
    return spans.year(int(match["year"]), _part_of(match) if "part" in match.re.groupindex else None)


def _year_range(match: re.Match[str], _: Context) -> Days | None:
    first, last = match["year"], match["last"]
    return spans.years(int(first), int(first[: 4 - len(last)] + last))


def _decade(match: re.Match[str], _: Context) -> Days | None:
    digits = match["decade"]
    return spans.decade(int(digits) if len(digits) == 4 else 1900 + int(digits), _part_of(match))


def _century(match: re.Match[str], _: Context) -> Days | None:
    number = int(match["number"])
    return spans.years(number * 100 - 99, number * 100) if 1 <= number <= 22 else None


def _written_season(match: re.Match[str], _: Context) -> Days | None:
    return spans.season(int(match["year"]), match["season"].lower())


def _named_season(match: re.Match[str], context: Context) -> Days | None:
    today, name, which = context.published, match["season"].lower(), match["which"].lower()
    candidates = [spans.season(y, name) for y in range(today.year - 2, today.year + 3) if 1 <= y <= 9998]
    known = [c for c in candidates if c is not None]
    if which == "next":
        return next((c for c in known if c[0] > today), None)
    if which == "this" and name != "winter":
        return spans.season(today.year, name)
    if which == "this":
        return min(known, key=lambda c: abs((c[0] - today).days + 45), default=None)
    return next((c for c in reversed(known) if c[1] < today), None)


_ORDER = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}


def _quarter(match: re.Match[str], _: Context) -> Days | None:
    words = (match["order"] or "").lower()
    length = 6 if (match["kind"] or "").lower() == "half" else 3
    number = int(match["number"]) - 1 if match["number"] else _ORDER[words] % (12 // length)
    return spans.months(int(match["year"]), 1 + number * length, length) if number * length < 12 else None


def _weekday(match: re.Match[str], context: Context) -> Days | None:
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


def _weekend(match: re.Match[str], context: Context) -> Days | None:
    today = context.published
    which = (match["which"] or "").lower()
    offset = 1 if which == "next" else 0 if which == "this" or today.weekday() >= 5 else -1
    week = spans.week(today, offset)
    return (week[1] - dt.timedelta(days=1), week[1]) if week else None


_NEAR_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def _near_day(match: re.Match[str], context: Context) -> Days | None:
    date = spans.shift(context.published, _NEAR_DAYS[match.group().lower()], "day")
    return (date, date) if date else None


def _ago(match: re.Match[str], context: Context) -> Days | None:
    date = spans.shift(context.published, -_count(match), match["unit"].lower())
    return spans.about(date, match["unit"].lower()) if date else None


def _hence(match: re.Match[str], context: Context) -> Days | None:
    date = spans.shift(context.published, _count(match), match["unit"].lower())
    return spans.about(date, match["unit"].lower()) if date else None


def _past(match: re.Match[str], context: Context) -> Days | None:
    """Give the past five years: from that long ago to publication."""
    count = _count(match) if match["number"] else 1
    unit, today = match["unit"].lower(), context.published
    if match["which"].lower() in {"next", "coming"}:
        end = spans.shift(today, count, unit)
        return (today, end) if end else None
    start = spans.shift(today, -count, unit)
    return (start, today) if start else None


def _calendar(match: re.Match[str], context: Context) -> Days | None:
    """Give last week, this month or next year by the calendar."""
    offset = {"last": -1, "previous": -1, "this": 0, "current": 0, "the": 0, "next": 1, "coming": 1}[
        match["which"].lower()
    ]
    today = context.published
    match match["unit"].lower():
        case "week":
            return spans.week(today, offset)
        case "month":
            near = spans.shift(today.replace(day=1), offset, "month")
            return spans.month(near.year, near.month) if near else None
        case "year":
            return spans.year(today.year + offset)
        case "decade":
            return spans.decade((today.year + 10 * offset) // 10 * 10)
        case _:
            date = spans.shift(today, offset, "day")
            return (date, date) if date else None


def _nothing(_match: re.Match[str], _context: Context) -> Days | None:
    return None


def _rule(pattern: str, granularity: Granularity, resolve: Resolve, *, relative: bool = False) -> Rule:
    return Rule(
        re.compile(rf"(?<![\w$€£¥/.,-])(?:{pattern})(?![\w%]|[,.]\d|-\d)"), granularity, resolve, relative
    )


def _units(pattern: str, resolve: Resolve) -> Iterator[Rule]:
    """Make a rule for every unit of time, with the granularity that the unit has."""
    grains: dict[str, Granularity] = {
        "day": "day",
        "week": "day",
        "month": "month",
        "year": "year",
        "decade": "years",
    }
    for unit, grain in grains.items():
        yield _rule(pattern.replace("UNIT", f"(?P<unit>{unit})"), grain, resolve, relative=True)


_COMMA_YEAR = rf"(?:,?[ \u00a0]{_YEAR})"
RULES: tuple[Rule, ...] = (
    _rule(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", "day", lambda m, _: _iso(m)),
    _rule(
        rf"(?:{WEEKDAY},?[ ])?(?:the[ ])?{_DAY}(?:[ ]of)?[ \u00a0]{_MONTH}{_COMMA_YEAR}", "day", _written_day
    ),
    _rule(rf"(?:{WEEKDAY},?[ ])?{_MONTH}[ \u00a0]{_DAY}{_COMMA_YEAR}", "day", _written_day),
    _rule(
        rf"{_DAY}[ ]?(?:[-–]|to|and)[ ]?(?P<last>3[01]|[12]\d|[1-9])[ ]{_MONTH}{_COMMA_YEAR}?",
        "day",
        _day_range,
        relative=True,
    ),
    _rule(
        rf"{_MONTH}[ ]{_DAY}[ ]?[-–][ ]?(?P<last>3[01]|[12]\d|[1-9]){_COMMA_YEAR}?",
        "day",
        _day_range,
        relative=True,
    ),
    _rule(
        rf"(?:{WEEKDAY},?[ ])?(?:the[ ])?{_DAY}(?:[ ]of)?[ \u00a0]{_MONTH}", "day", _month_day, relative=True
    ),
    _rule(rf"(?:{WEEKDAY},?[ ])?{_MONTH}[ \u00a0]{_DAY}", "day", _month_day, relative=True),
    _rule(rf"{_PART}{_MONTH}(?:[ ]of|,)?[ \u00a0]{_YEAR}", "month", _written_month),
    _rule(rf"(?P<first>(?:{_FULL}))[ ]?(?:[-–]|to|and|through)[ ]?{_MONTH}[ ]{_YEAR}", "month", _month_range),
    _rule(
        rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: coming)?)[ ])?{_PART}{_MONTH}",
        "month",
        _named_month,
        relative=True,
    ),
    _rule(rf"{_PART}{_YEAR}", "year", _written_year),
    _rule(
        rf"(?:between[ ])?{_YEAR}[ ]?(?:[-–—]|to|and|until|through)[ ]?(?P<last>(?:1[5-9]|20)\d\d|\d\d)",
        "years",
        _year_range,
    ),
    _rule(rf"(?:[Tt]he[ ])?{_PART}(?P<decade>(?:1[5-9]|20)\d0)['’]?s", "years", _decade),
    _rule(rf"(?:[Tt]he[ ]){_PART}['’](?P<decade>[2-9]0)s", "years", _decade),
    _rule(
        r"(?:[Tt]he[ ])?(?:early |mid-?|late )?(?P<number>\d\d?)(?:st|nd|rd|th)[ -]century", "years", _century
    ),
    _rule(
        rf"(?:[Tt]he[ ])?(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:[ ]of)?[ ]{_YEAR}",
        "season",
        _written_season,
    ),
    _rule(
        r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext)[ ](?P<season>spring|summer|autumn|fall|winter)",
        "season",
        _named_season,
        relative=True,
    ),
    _rule(
        r"(?:[Tt]he[ ])?(?:Q(?P<number>[1-4])|(?P<order>first|second|third|fourth|last)[ ]"
        rf"(?P<kind>quarter|half))(?:[ ]of)?[ ]{_YEAR}",
        "season",
        _quarter,
    ),
    _rule(
        rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: past)?)[ ])?(?P<weekday>{WEEKDAY})",
        "day",
        _weekday,
        relative=True,
    ),
    _rule(
        r"(?:(?:[Oo]ver|[Aa]t|[Ee]arlier)[ ])?(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]he)[ ]weekend",
        "day",
        _weekend,
        relative=True,
    ),
    _rule(r"[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow", "day", _near_day, relative=True),
    *_units(rf"{_NUMBER}[ -]UNITs?[ ](?:ago|earlier today)", _ago),
    *_units(rf"in[ ]{_NUMBER}[ ]UNITs?['’]?[ ]time", _hence),
    *_units(rf"(?:the[ ])?(?P<which>past|last|next|coming|previous)[ ](?:{_NUMBER}[ ])UNITs", _past),
    *_units(r"the[ ](?P<which>past|last|coming)(?P<number>)[ ]UNIT", _past),
    *_units(
        r"(?:(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly)[ ])?(?P<which>[Ll]ast|[Tt]his|[Nn]ext)[ ]UNIT",
        _calendar,
    ),
    *_units(r"the[ ]end[ ]of[ ](?P<which>the|this)[ ]UNIT", _calendar),
    *_units(rf"{_VAGUE}[ ]UNITs[ ]ago", _nothing),
    *_units(rf"(?:{_NUMBER}|{_VAGUE})[ ]UNITs?[ ](?:later|earlier)", _nothing),
    *_units(r"[Tt]he[ ](?:following|previous|same|next)[ ]UNIT", _nothing),
    _rule(
        r"(?:the[ ])?(?:recent|coming|past few|last few|next few)[ ](?:days|weeks|months|years|decades)",
        "unknown",
        _nothing,
        relative=True,
    ),
)


def _iso(match: re.Match[str]) -> Days | None:
    month = int(match["month"])
    return spans.day(int(match["year"]), month, int(match["day"])) if match["year"] != "0000" else None
