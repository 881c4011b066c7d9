"""The forms that dates and times have in English news, and the interval that each stands for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from onrecord.dates import spans
from onrecord.dates.spans import MONTHS, PARTS, WEEKDAYS, Days
from onrecord.record import Granularity


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against: a publication day, and whether its clause looks ahead (or null)."""

    published: dt.date
    ahead: bool | None


Resolve = Callable[[re.Match[str], Context], Days | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A form of expression. `relative` says that the words alone give no date.

    A form of granularity null has that of its unit. `ahead_only` is a date in clauses that look ahead alone:
    "will run out in two weeks", but not "the first in two weeks".
    """

    pattern: re.Pattern[str]
    granularity: Granularity | None
    resolve: Resolve
    relative: bool = False
    ahead_only: bool = False

    def grain(self, match: re.Match[str]) -> Granularity:
        """Give the granularity that the words have."""
        return self.granularity or _GRAINS[match["unit"].lower()]


_FULL = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_MONTH = rf"(?P<month>(?:{_FULL})\b|{_SHORT})"
_DAY = r"(?P<day>(?:3[01]|[12]\d|0?[1-9]))(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_PART = r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|(?:[Tt]he )?(?:beginning|start|middle|end) of)[ -])?"
_WHICH = r"(?P<which>[Ll]ast|[Tt]his|[Nn]ext)"
_UNIT = r"(?P<unit>(?i:day|week|month|year|decade|century|centurie))s?"
_GRAINS: dict[str, Granularity] = {
    "day": "day", "week": "day", "month": "month", "year": "year", "decade": "years", "century": "years",
    "centurie": "years",
}  # fmt: skip
_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = (
    {word: i for i, word in enumerate([*_ONES, *_TEENS], 1)}
    | {ten: 10 * i for i, ten in enumerate(_TENS, 2)}
    | {f"{ten}-{one}": 10 * i + j for i, ten in enumerate(_TENS, 2) for j, one in enumerate(_ONES, 1)}
    | {
        "a": 1,
        "an": 1,
        "a couple of": 2,
        "couple of": 2,
        "couple": 2,
        "a couple": 2,
        "a dozen": 12,
        "dozen": 12,
    }
)
_NUMBER = (
    rf"(?P<number>\d{{1,4}}|(?i:(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_ONES)}))?|{'|'.join(_TEENS)}|{'|'.join(_ONES)}"
    r"|a couple of|a couple|couple of|couple|a dozen|dozen|an?))"
)
_VAGUE = r"(?i:several|many|a few|some|a number of|few)"


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


def _feast(match: re.Match[str], context: Context) -> Days | None:
    """Give the nearest such day in the direction of the clause."""
    month, number = _FEASTS[match.group().lower().replace("'", "’")]
    near = [
        spans.day(y, month, number)
        for y in range(context.published.year - 1, context.published.year + 2)
        if y
    ]
    return _nearest([d for d in near if d is not None], context)


def _written_month(match: re.Match[str], _: Context) -> Days | None:
    part = _part_of(match) if "part" in match.re.groupindex else None
    return spans.month(int(match["year"]), _month_of(match), part)


def _month_range(match: re.Match[str], _: Context) -> Days | None:
    year, first, last = int(match["year"]), _month_of(match, "first"), _month_of(match)
    return (
        spans.months(year, first, last - first + 1)
        if first <= last
        else spans.months(year - 1, first, 13 + last - first)
    )


def _named_month(match: re.Match[str], context: Context) -> Days | None:
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


def _month_of_year(match: re.Match[str], context: Context) -> Days | None:
    """Give March of next year."""
    return spans.month(_year_of(match, context), _month_of(match), _part_of(match))


def _week_of_month(match: re.Match[str], context: Context) -> Days | None:
    """Give the first week of May: its first seven days."""
    whole = _written_month(match, context) if match["year"] else _named_month(match, context)
    if whole is None:
        return None
    which = match["order"].lower()
    first = whole[1].day - 6 if which == "last" else 1 + 7 * _ORDER[which]
    return whole[0].replace(day=first), whole[0].replace(day=first + 6)


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


def _season_of_year(match: re.Match[str], context: Context) -> Days | None:
    year = _year_of(match, context)
    return spans.season(year, match["season"].lower()) if dt.MINYEAR <= year < dt.MAXYEAR else None


def _named_season(match: re.Match[str], context: Context) -> Days | None:
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


def _quarter(match: re.Match[str], context: Context) -> Days | None:
    words = (match["order"] or "").lower()
    length = 6 if (match["kind"] or "").lower() == "half" else 3
    number = int(match["number"]) - 1 if match["number"] else _ORDER[words] % (12 // length)
    year = int(match["year"]) if match["year"] else _year_of(match, context)
    return spans.months(year, 1 + number * length, length) if number * length < 12 else None


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


def _weekday_of_week(match: re.Match[str], context: Context) -> Days | None:
    """Give Friday of last week."""
    week = spans.week(context.published, _OFFSETS[match["which"].lower()])
    date = spans.shift(week[0], WEEKDAYS[match["weekday"].lower()], "day") if week else None
    return (date, date) if date else None


def _weekend(match: re.Match[str], context: Context) -> Days | None:
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


def _near_day(match: re.Match[str], context: Context) -> Days | None:
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


def _ago(match: re.Match[str], context: Context) -> Days | None:
    date = _away(match, context, -1)
    return spans.about(date, _unit_of(match)) if date else None


def _ago_at_most(match: re.Match[str], context: Context) -> Days | None:
    """Give less than two years ago: from then to publication."""
    date = _away(match, context, -1)
    return (date, context.published) if date else None


def _long_ago(match: re.Match[str], context: Context) -> Days | None:
    """Give more than two years ago as its last day; that it is open before is for the finder to say."""
    date = _away(match, context, -1)
    return (date, date) if date else None


def _hence(match: re.Match[str], context: Context) -> Days | None:
    date = _away(match, context, 1)
    return spans.about(date, _unit_of(match)) if date else None


def _past(match: re.Match[str], context: Context) -> Days | None:
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


def _past_hours(match: re.Match[str], context: Context) -> Days | None:
    start = spans.shift(context.published, -max(1, -(-_count(match) // 24)), "day")
    return (start, context.published) if start else None


def _calendar(match: re.Match[str], context: Context) -> Days | None:
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


def _nothing(_match: re.Match[str], _context: Context) -> Days | None:
    return None


def _eleventh(_match: re.Match[str], _context: Context) -> Days | None:
    """Give the day that is known by its name alone."""
    return spans.day(2001, 9, 11)


def _rule(
    pattern: str,
    granularity: Granularity | None,
    resolve: Resolve,
    *,
    relative: bool = False,
    ahead_only: bool = False,
) -> Rule:
    return Rule(
        re.compile(rf"(?<![\w$€£¥/.,-])(?:{pattern})(?![\w%]|[,.]\d|-\d)"),
        granularity,
        resolve,
        relative,
        ahead_only,
    )


def _vague(pattern: str) -> Rule:
    """Make a rule for words that speak of a time and do not tell which."""
    return _rule(pattern, "unknown", _nothing, relative=True)


_COMMA_YEAR = rf"(?:,?[ \u00a0]{_YEAR})"
_LAST = r"(?P<last>3[01]|[12]\d|[1-9])"
_SEASON = r"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_HALF = r"(?P<half>[ -]and[ -]a[ -]half)?"
_UNITS = r"(?:day|week|month|year|decade|centur(?:y|ie))s?"
_MANY = r"(?:day|week|month|year|decade|centurie)s"
_END = r"(?=[,.;:)!?]|[ ](?:of|and|or|to|when|after|before|as|but|with|for|by|in|on|at)\b|\n|$)"
_EVENTS = (
    r"(?:terror\w*|attacks?|memorials?|hijack\w*|commission|famil\w+|victims?|conspirac\w+|survivors?"
    r"|plot\w*)"
)
RULES: tuple[Rule, ...] = (
    _rule(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", "day", lambda m, _: _iso(m)),
    _rule(rf"9/11|(?:September|Sept\.?)[ \u00a0]11(?:th)?(?=,?[ \u00a0]{_EVENTS}\b)", "day", _eleventh),
    _rule(
        rf"(?:{WEEKDAY},?[ ])?(?:the[ ])?{_DAY}(?:[ ]of)?[ \u00a0]{_MONTH}{_COMMA_YEAR}", "day", _written_day
    ),
    _rule(rf"(?:{WEEKDAY},?[ ])?{_MONTH}[ \u00a0]{_DAY}{_COMMA_YEAR}", "day", _written_day),
    _rule(
        rf"{_DAY}[ ]?(?:[-–]|to|and)[ ]?{_LAST}[ ]{_MONTH}{_COMMA_YEAR}?",
        "day",
        _day_range,
        relative=True,
    ),
    _rule(
        rf"{_MONTH}[ ]{_DAY}(?:[ ]?[-–][ ]?|[ ](?:to|through|until)[ ]){_LAST}(?:st|nd|rd|th)?{_COMMA_YEAR}?",
        "day",
        _day_range,
        relative=True,
    ),
    _rule(
        rf"{_MONTH}[ ]{_DAY}[ ]and[ ]{_LAST}(?:{_COMMA_YEAR}|(?=[,.;)\n]|$))",
        "day",
        _day_range,
        relative=True,
    ),
    _rule(
        rf"(?:{WEEKDAY},?[ ])?(?:the[ ])?{_DAY}(?:[ ]of)?[ \u00a0]{_MONTH}", "day", _month_day, relative=True
    ),
    _rule(rf"(?:{WEEKDAY},?[ ])?{_MONTH}[ \u00a0]{_DAY}", "day", _month_day, relative=True),
    _rule(r"Christmas (?:Eve|Day)|New Year['’]s (?:Eve|Day)", "day", _feast, relative=True),
    _rule(rf"{_PART}{_MONTH}(?:[ ]of|,)?[ \u00a0]{_YEAR}", "month", _written_month),
    _rule(rf"(?P<first>(?:{_FULL}))[ ]?(?:[-–]|to|and|through)[ ]?{_MONTH}[ ]{_YEAR}", "month", _month_range),
    _rule(rf"{_PART}{_MONTH}(?:[ ]of|,)?[ \u00a0]{_WHICH}[ ]year", "month", _month_of_year, relative=True),
    _vague(rf"{_PART}(?:{_FULL})[ ](?:of[ ])?(?:that|the (?:same|following|previous|next))[ ]year"),
    _rule(
        rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: coming)?)[ ])?{_PART}{_MONTH}",
        "month",
        _named_month,
        relative=True,
    ),
    _rule(
        r"[Tt]he[ ](?P<order>first|second|third|fourth|last)[ ]week[ ](?:of|in)[ ]"
        rf"{_MONTH}(?:(?:,|[ ]of)?[ ]{_YEAR})?",
        "day",
        _week_of_month,
        relative=True,
    ),
    _rule(rf"{_PART}{_YEAR}", "year", _written_year),
    _rule(
        rf"(?:between[ ])?{_YEAR}[ ]?(?:[-–—]|to|and|until|through)[ ]?(?P<last>(?:1[5-9]|20)\d\d|\d\d)",
        "years",
        _year_range,
    ),
    _rule(rf"(?:[Tt]he[ ])?{_PART}(?P<decade>(?:1[5-9]|20)\d0)['’]?s", "years", _decade),
    _rule(rf"(?:[Tt]he[ ]){_PART}['’‘]?(?P<decade>[2-9]0)['’]?s", "years", _decade),
    _rule(
        r"(?:[Tt]he[ ])?(?:early |mid-?|late )?(?P<number>\d\d?)(?:st|nd|rd|th)[ -]century", "years", _century
    ),
    _rule(rf"(?:[Tt]he[ ])?{_SEASON}(?:[ ]of)?[ ]{_YEAR}", "season", _written_season),
    _rule(rf"(?:[Tt]he[ ])?{_SEASON}(?:[ ]of)?[ ]{_WHICH}[ ]year", "season", _season_of_year, relative=True),
    _rule(
        r"(?P<which>[Ll]ast|[Tt]his(?: past| coming)?|[Nn]ext)[ ]"
        r"(?P<season>spring|summer|autumn|fall|winter)",
        "season",
        _named_season,
        relative=True,
    ),
    _rule(
        rf"(?P<which>the)[ ](?P<season>spring|summer|autumn|winter){_END}",
        "season",
        _named_season,
        relative=True,
    ),
    _rule(
        r"(?:[Tt]he[ ])?(?:Q(?P<number>[1-4])|(?P<order>first|second|third|fourth|last)[ ]"
        rf"(?P<kind>quarter|half))(?:[ ]of)?[ ](?:{_YEAR}|{_WHICH}[ ]year)",
        "season",
        _quarter,
        relative=True,
    ),
    _rule(
        rf"(?P<weekday>{WEEKDAY})[ ](?:of[ ])?(?P<which>last|this|next)[ ]week",
        "day",
        _weekday_of_week,
        relative=True,
    ),
    _rule(
        rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?)[ ])?(?P<weekday>{WEEKDAY})",
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
    _rule(
        r"[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Tt]his (?:morning|afternoon|evening)"
        r"|[Ll]ast (?:night|evening)|[Tt]he day (?:before yesterday|after tomorrow)",
        "day",
        _near_day,
        relative=True,
    ),
    _rule(rf"{_NUMBER}{_HALF}[ -]{_UNIT}[ ]ago", None, _ago, relative=True),
    _rule(r"[Hh]alf[ ]an?(?P<number>)[ ](?P<unit>year|decade|century)[ ]ago", None, _ago, relative=True),
    _rule(
        rf"(?i:less than|under|fewer than)[ ]{_NUMBER}{_HALF}[ -]{_UNIT}[ ]ago",
        None,
        _ago_at_most,
        relative=True,
    ),
    _rule(
        rf"(?P<open>(?i:more than|over|at least))[ ]{_NUMBER}{_HALF}[ -]{_UNIT}[ ]ago",
        None,
        _long_ago,
        relative=True,
    ),
    _rule(rf"in[ ]{_NUMBER}[ ]{_UNIT}['’]?[ ]time", None, _hence, relative=True),
    _rule(rf"{_NUMBER}[ ]{_UNIT}[ ]from[ ](?:now|today)", None, _hence, relative=True),
    _rule(rf"in[ ]{_NUMBER}[ ]{_UNIT}", None, _hence, relative=True, ahead_only=True),
    _rule(rf"in[ ]{_VAGUE}[ ]{_MANY}", "unknown", _nothing, relative=True, ahead_only=True),
    _rule(
        rf"(?:(?:[Tt]he|[Tt]h(?:is|ese))[ ])?(?P<which>(?i:past|last|next|coming))[ ]{_NUMBER}[ ]{_UNIT}",
        None,
        _past,
        relative=True,
    ),
    _rule(
        r"[Tt]he[ ](?P<which>past|last|coming)(?P<number>)[ ]"
        r"(?P<unit>(?<!last )day|week|month|year|decade|century)",
        None,
        _past,
        relative=True,
    ),
    _rule(
        r"[Tt]his[ ](?P<which>past)(?P<number>)[ ](?P<unit>week|month|year|decade)",
        None,
        _past,
        relative=True,
    ),
    _rule(rf"(?:[Tt]he[ ])?(?:past|last)[ ]{_NUMBER}[ ]hours", "day", _past_hours, relative=True),
    _rule(
        r"(?:(?P<edge>[Ee]arlier|[Ll]ater)[ ]|(?P<part>[Ll]ate|[Ee]arly|[Mm]id)[ -])?"
        rf"{_WHICH}[ ](?P<unit>(?i:week|month|year|decade|century))",
        None,
        _calendar,
        relative=True,
    ),
    _rule(
        r"(?:[Tt]he[ ])?(?P<part>beginning|start|middle|end)[ ]of[ ](?:the[ ])?"
        r"(?P<which>the|this|last|next|current|coming)[ ](?P<unit>week|month|year|decade|century)",
        None,
        _calendar,
        relative=True,
    ),
    _rule(
        r"the[ ](?P<part>)(?P<which>current)[ ](?P<unit>week|month|year|decade|century)",
        None,
        _calendar,
        relative=True,
    ),
    _rule(
        r"(?<=by )the[ ](?P<part>)end[ ]of[ ](?P<which>the)[ ](?P<unit>day)", None, _calendar, relative=True
    ),
    _vague(rf"{_VAGUE}[ ]{_MANY}[ ](?:ago|from now)"),
    _vague(r"(?:[Dd]ays|[Ww]eeks|[Mm]onths|[Yy]ears|[Dd]ecades|[Cc]enturies)[ ](?:ago|later|earlier)"),
    _vague(rf"(?:{_NUMBER}{_HALF}|{_VAGUE})[ ]{_UNITS}[ ](?:later|earlier|before|after)"),
    _vague(rf"[Tt]he[ ](?:following|previous|preceding|same|next|ensuing)[ ](?:{_NUMBER}[ ])?{_UNITS}"),
    _vague(rf"[Tt]h(?:at|ose)[ ](?:same[ ])?{_UNITS}"),
    _vague(rf"[Tt]he[ ]{_UNITS}[ ](?:since|after|before|following|that followed)"),
    _vague(rf"[Tt]he[ ]{_MANY}[ ]of[ ](?:the|his|her|its|their)[ ][\w-]+"),
    _vague(r"[Tt]he[ ](?:very[ ])?(?:first|last|final)[ ]day"),
    _vague(
        rf"(?:the[ ])?(?:[Rr]ecent|coming|past few|last few|next few|past several|next several)[ ]{_MANY}"
    ),
)


def _iso(match: re.Match[str]) -> Days | None:
    month = int(match["month"])
    return spans.day(int(match["year"]), month, int(match["day"])) if match["year"] != "0000" else None
