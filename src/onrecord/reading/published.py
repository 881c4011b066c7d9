"""When an article was published, as an interval of days, and how that is known.

What the user gives wins, then what the page says, then what the text itself betrays:

1. A line that says so ("Published: 3 March 2023") gives its day; a dateline with a full date gives that day
   and the next, on which its paper appears.
2. An anniversary of a landmark ("24 February, the first anniversary of …") gives the day of the anniversary
   and four weeks more, since after that no paper leaves out the year; four weeks before where it lies ahead;
   a week to either side where something "marks" it. An undated one may be history: it gives a first day.
3. "N years ago" beside a landmark gives that day, with the slack that rounding to whole years has.
4. Dates in the past tense with their year give a first day and no last one.

Rule 4 narrows what the others find, and overrules it where the two exclude each other, as where an old text
is quoted. Words inside quotation marks are left out of rules 2 and 3: when they were spoken is not known.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from onrecord.article import Mention, Published, Span, mention
from onrecord.quotations import find_quotations
from onrecord.reading.furniture import DATELINE
from onrecord.reading.landmarks import Landmark, find_landmarks
from onrecord.reading.paragraphs import find_paragraphs

AFTER: Final = dt.timedelta(weeks=4)
"""For how long after an anniversary a text still gives its day without the year; and as long before it."""

_LONGEST = 200_000  # characters of the text that are looked at
_NEAR = 60  # characters around a date in which the past tense must stand
_SENTENCE = re.compile(r"[^\n.!?]+(?:[.!?](?![\s”\"’')]|$)[^\n.!?]*)*", re.MULTILINE)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?"
    r"|Sep(?:t(?:ember|\.)?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? {_YEAR})?"
    rf"|{_MONTH.replace('month', 'month2')} (?P<day2>\d{{1,2}})(?:st|nd|rd"
    rf"|th)?\b(?:,? {_YEAR.replace('year', 'year2')})?"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b)"
)
_STAMP = re.compile(
    r"(?i:(?:first |last |originally )?(?:published|posted|issued|updated|date)\b(?: on| at)?:?"
    r"(?: *\|? *(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?)?)"
)
_WEEKDAY = re.compile(r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day|\b\.?),?")

_ONLY_TIME = re.compile(r"(?:[\s,|·•–—-]*(?:at )?\d{1,2}[:.h]\d\d.{0,30})?[\s.|·•–—-]*")
"""What may follow the date in such a line: a time of day."""

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen"
    " eighteen nineteen"
).split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth"
    " sixteenth seventeenth eighteenth nineteenth"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
_TENTHS = {"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "seventieth": 70}
_NUMBERS = {
    **{word: i for i, word in enumerate(_UNITS, 1)},
    **{word: i for i, word in enumerate(_ORDINALS, 1)},
    **_TENS,
    **_TENTHS,
    **{
        f"{tens}-{word}": value + i
        for tens, value in _TENS.items()
        for words in (_UNITS[:9], _ORDINALS[:9])
        for i, word in enumerate(words, 1)
    },
    "a": 1,
    "an": 1,
}
_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_ANNIVERSARY = re.compile(
    rf"\b(?P<n>\d{{1,3}}(?:st|nd|rd|th)|{_NUMBER}|\d{{1,3}})(?:[- ]years?)? anniversary\b", re.IGNORECASE
)
_AGO = re.compile(
    rf"\b(?P<about>nearly|almost|more than|over|exactly|just over|about|around)? ?"
    rf"\b(?P<n>\d{{1,3}}|{_NUMBER}) (?P<unit>year|month|week|day)s? ago\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"(?i:\b(?:ahead of|before|prior to|approach\w*|upcoming|run-up to|lead-up to|nears?|looms?|eve of"
    r"|will|coming up)\b)"
)
_MARKS = re.compile(
    r"(?i:\b(?:marks?|marking|this week|this month|is the|commemorat\w*|tomorrow|yesterday)\b)"
)
_TODAY = re.compile(r"\b[Tt]oday(?! magazine)\b")

_PAST = re.compile(
    r"\b(?:was|were|had|did|began|took|came|went|said|made|became|fought|won|lost|held|sent|sold|bought"
    r"|built|gave"
    r"|left|met|struck|broke|saw|found|told|fell|rose|led|paid|got|ran|shot|wrote|spent|since|[a-z]{2,}ed)\b"
)
_FUTURE = re.compile(
    r"(?i:\b(?:will|would|shall|by|until|till|through|plan\w*|expect\w*|schedul\w*|due|next|could"
    r"|may(?! \d)|might"
    r"|set to|aim\w*|goals?|targets?|future|upcoming|expir\w*|deadline|project(?:ed|ion\w*)|forecast\w*"
    r"|hopes?"
    r"|intends?|nomin\w*|candida\w*|re-?elect\w*|effect|prep\w*|ensur\w*|vow\w*|pledg\w*"
    r"|promis\w*|commit\w*|if|novel|film|fiction|won[’']t|[’']ll)\b)"
)
_IN_YEAR = re.compile(rf"\b(?i:in|since|during|from|late|early|mid-?) ?(?:{_MONTH},? )?{_YEAR}(?![-–/]\d)")


def find_published(
    text: str,
    given: str | dt.date | None = None,
    metadata: str | dt.date | None = None,
    today: dt.date | None = None,
) -> Published:
    """Say when the article was published: as given, else by its metadata, else by what the text betrays.

    `given` and `metadata` are ISO 8601: a date, a date and time, `2023-02` or `2023`. Metadata that are no
    date are passed over. Nothing later than `today` is inferred from the text.

    Raises:
        ValueError: where `given` is no date; the message says how to write one.
    """
    if given is not None:
        earliest, latest = parse_date(given)
        return Published(earliest, latest, "given")
    if metadata is not None:
        try:
            earliest, latest = parse_date(metadata)
        except ValueError:
            pass
        else:
            return Published(earliest, latest, "metadata")
    return _inferred(text[:_LONGEST], today or dt.date.max)


def parse_date(value: str | dt.date) -> tuple[dt.date, dt.date]:
    """Give the first and last day of an ISO 8601 date, date and time, month or year, as it is written.

    Raises:
        ValueError: where it is none of them.
    """
    if isinstance(value, dt.datetime):
        return value.date(), value.date()
    if isinstance(value, dt.date):
        return value, value
    written = value.strip()
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?", written)
    try:
        if match is None:
            day = dt.datetime.fromisoformat(written).date()
            return day, day
        year, month = int(match[1]), int(match[2] or 0)
        first = dt.date(year, month or 1, 1)
        return first, _end_of(year, month)
    except ValueError:
        shown = written if len(written) <= 40 else f"{written[:40]}…"
        raise ValueError(f"“{shown}” is no date: write it as 2023-02-24, 2023-02 or 2023") from None


def _end_of(year: int, month: int) -> dt.date:
    """Give the last day of a month, or of the year where `month` is 0."""
    if month in (0, 12):
        return dt.date(year, 12, 31)
    return dt.date(year, month + 1, 1) - dt.timedelta(days=1)


# --- what the text betrays ---------------------------------------------------------------------------


def _inferred(text: str, today: dt.date) -> Published:
    counted = tuple(_anniversaries(text))
    floors = (f for f in counted if f.earliest and f.earliest <= today and f.latest is None)
    floor = max((_latest_past(text, today), *floors), key=lambda f: f.earliest or dt.date.min)
    for found in (*_stamps(text), *counted):
        narrowed = _narrowed(found, floor, today)
        if narrowed is not None:
            return narrowed
    return floor


def _narrowed(found: Published, floor: Published, today: dt.date) -> Published | None:
    """Give `found` without the days that the dates in the text exclude; None where nothing is left."""
    if found.earliest is None or found.latest is None or found.earliest > today:
        return None
    earliest = max(found.earliest, floor.earliest or found.earliest)
    latest = min(found.latest, today)
    return Published(earliest, latest, "inferred", found.mention) if earliest <= latest else None


def _stamps(text: str) -> Iterator[Published]:
    """Read lines that say when the article was published, and datelines with a full date."""
    paragraphs = find_paragraphs(text)
    near = [*paragraphs[:8], *paragraphs[8:][-3:]]
    for i, (start, end) in enumerate(near):
        line = text[start : min(end, start + 120)]
        date = _DATE.search(line)
        day = _day(date) if date else None
        if date is None or day is None:
            continue
        label = line[: date.start()].strip(" |·•-–—,:")
        at_top = i < 8 and (not label or bool(_WEEKDAY.fullmatch(label)))
        alone = end - start <= 100 and _ONLY_TIME.fullmatch(line[date.end() :])
        if alone and (at_top or _STAMP.fullmatch(label)):
            yield Published(day, day, "inferred", mention(text, start + date.start(), start + date.end()))
        dateline = DATELINE.match(text, start, min(end, start + 160))
        if dateline is not None and start + date.end() <= dateline.end():
            yield Published(day, day + dt.timedelta(days=1), "inferred", _trimmed(text, *dateline.span()))


def _anniversaries(text: str) -> Iterator[Published]:
    """Read anniversaries of landmarks, then "N years ago" beside one."""
    quoted = [(q.start, q.end) for q in find_quotations(text) if q.depth == 0 and not q.single]
    starts = [start for start, _ in quoted]
    ago = []
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()[:2000]
        if "nniversary" not in words and " ago" not in words:
            continue
        landmarks = find_landmarks(words)
        for pattern in (_ANNIVERSARY, _AGO):
            for match in pattern.finditer(words):
                at = sentence.start() + match.start()
                inside = bisect_right(starts, at) - 1
                if inside >= 0 and at < quoted[inside][1]:
                    continue
                for landmark, span in landmarks:
                    found = _counted(sentence, match, landmark, span)
                    if found is not None and pattern is _ANNIVERSARY:
                        yield found
                    elif found is not None:
                        ago.append(found)
    yield from ago


def _counted(
    sentence: re.Match[str], match: re.Match[str], landmark: Landmark, where: Span
) -> Published | None:
    """Count from a landmark's day as the sentence does; `match` and `where` are places in the sentence."""
    offset, words = sentence.start(), sentence.group()[:2000]
    if abs(where[0] - match.start()) > 160:
        return None
    n = _number(match["n"])
    date = next((d for d in _DATE.finditer(words) if abs(d.start() - match.start()) < 60), None)
    if n is None or (date is not None and (date["year"] or date["year2"] or date["iso"])):
        return None  # a text that gives the year looks back
    dated = date is not None and match.re is _ANNIVERSARY
    if dated and date is not None and _month_and_day(date) != (landmark.day.month, landmark.day.day):
        return None
    places = [match.span(), where, *([date.span()] if dated and date is not None else [])]
    passage = _trimmed(
        sentence.string, offset + min(p[0] for p in places), offset + max(p[1] for p in places)
    )
    day = _years_after(landmark.day, n)
    if match.re is _AGO:
        interval = _rounded(landmark.day, n, match["unit"].lower(), (match["about"] or "").lower())
    else:
        interval = None if day is None else _around(day, words[: match.start()])
    if interval is None:
        return None
    if interval == (day, day and day + AFTER) and not (dated or _WEEKDAY.search(words)):
        return Published(day, None, "inferred", passage)  # undated, it may be told as history
    return Published(interval[0], interval[1], "inferred", passage)


def _around(day: dt.date, before: str) -> tuple[dt.date, dt.date]:
    week = dt.timedelta(days=7)
    if _AHEAD.search(before[-80:]):
        return day - AFTER, day
    if _TODAY.search(before[-60:]):
        return day, day
    if _MARKS.search(before[-60:]):
        return day - week, day + week
    return day, day + AFTER


_SLACK: Final = {
    # unit: days in it, and the days before and after that the rounded words still cover
    "year": (365, 60, 150),
    "month": (30, 15, 20),
    "week": (7, 3, 5),
    "day": (1, 1, 1),
}


def _rounded(day: dt.date, n: int, unit: str, about: str) -> tuple[dt.date, dt.date] | None:
    """Give the days on which "`n` units ago" means `day`."""
    length, before, after = _SLACK[unit]
    then = (
        _years_after(day, n) if unit == "year" else day + dt.timedelta(days=round(n * length * 365.25 / 365))
    )
    if then is None:
        return None
    if about in ("nearly", "almost"):
        after = 0
    elif about in ("more than", "over", "just over"):
        before, after = 0, length
    elif about == "exactly":
        before, after = 1, 1
    return then - dt.timedelta(days=before), then + dt.timedelta(days=after)


def _latest_past(text: str, today: dt.date) -> Published:
    """Give the latest date that the text tells of in the past tense: it was published then or later."""
    best: tuple[dt.date, Mention] | None = None
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()[:2000]
        if _FUTURE.search(words):
            continue
        for match in (*_DATE.finditer(words), *_IN_YEAR.finditer(words)):
            day = _day(match) if match.re is _DATE else _first_day(match)
            near = words[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            if day is None or day > today or (best is not None and day <= best[0]):
                continue
            if _PAST.search(near) and not words[: match.start()].endswith(("for ", "to ")):
                best = day, _trimmed(text, sentence.start() + match.start(), sentence.start() + match.end())
    return Published() if best is None else Published(best[0], None, "inferred", best[1])


# --- reading dates -------------------------------------------------------------------------------------


def _day(match: re.Match[str]) -> dt.date | None:
    """Give the day of a full date; None where it has no year or does not exist."""
    try:
        if match["iso"]:
            return dt.date.fromisoformat(match["iso"])
        year = match["year"] or match["year2"]
        month, day = _month_and_day(match)
        return dt.date(int(year), month, day) if year else None
    except ValueError:
        return None


def _month_and_day(match: re.Match[str]) -> tuple[int, int]:
    if match["iso"]:
        return int(match["iso"][5:7]), int(match["iso"][8:])
    return _month(match["month"] or match["month2"]), int(match["day"] or match["day2"])


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _first_day(match: re.Match[str]) -> dt.date | None:
    return dt.date(int(match["year"]), _month(match["month"]) if match["month"] else 1, 1)


def _number(words: str) -> int | None:
    digits = re.match(r"\d+", words)
    return int(digits.group()) if digits else _NUMBERS.get(words.lower())


def _years_after(day: dt.date, years: int) -> dt.date | None:
    """Give the anniversary; of 29 February, the 28th. None beyond the calendar."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28) if day.year + years <= dt.MAXYEAR else None


def _trimmed(text: str, start: int, end: int) -> Mention:
    words = text[start:end]
    return mention(text, start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
