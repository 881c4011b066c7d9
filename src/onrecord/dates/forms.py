"""The forms that dates and times have in English news, and what resolves each to an interval."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.dates.resolving import (
    ONES,
    TEENS,
    TENS,
    Context,
    ago,
    ago_at_most,
    calendar,
    century,
    day_range,
    decade,
    eleventh,
    feast,
    hence,
    iso,
    long_ago,
    month_day,
    month_of_year,
    month_range,
    named_month,
    named_season,
    near_day,
    nothing,
    past,
    past_hours,
    quarter,
    season_of_year,
    week_of_month,
    weekday,
    weekday_of_week,
    weekend,
    written_day,
    written_month,
    written_season,
    written_year,
    year_range,
)
from onrecord.dates.spans import Days

if TYPE_CHECKING:
    from onrecord.record import Granularity

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
_NUMBER = (
    rf"(?P<number>\d{{1,4}}|(?i:(?:{'|'.join(TENS)})(?:-(?:{'|'.join(ONES)}))?|{'|'.join(TEENS)}|{'|'.join(ONES)}"
    r"|a couple of|a couple|couple of|couple|a dozen|dozen|an?))"
)
_VAGUE = r"(?i:several|many|a few|some|a number of|few)"


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
    return _rule(pattern, "unknown", nothing, relative=True)


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
    _rule(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", "day", lambda m, _: iso(m)),
    _rule(rf"9/11|(?:September|Sept\.?)[ \u00a0]11(?:th)?(?=,?[ \u00a0]{_EVENTS}\b)", "day", eleventh),
    _rule(
        rf"(?:{WEEKDAY},?[ ])?(?:the[ ])?{_DAY}(?:[ ]of)?[ \u00a0]{_MONTH}{_COMMA_YEAR}", "day", written_day
    ),
    _rule(rf"(?:{WEEKDAY},?[ ])?{_MONTH}[ \u00a0]{_DAY}{_COMMA_YEAR}", "day", written_day),
    _rule(
        rf"{_DAY}[ ]?(?:[-–]|to|and)[ ]?{_LAST}[ ]{_MONTH}{_COMMA_YEAR}?",
        "day",
        day_range,
        relative=True,
    ),
    _rule(
        rf"{_MONTH}[ ]{_DAY}(?:[ ]?[-–][ ]?|[ ](?:to|through|until)[ ]){_LAST}(?:st|nd|rd|th)?{_COMMA_YEAR}?",
        "day",
        day_range,
        relative=True,
    ),
    _rule(
        rf"{_MONTH}[ ]{_DAY}[ ]and[ ]{_LAST}(?:{_COMMA_YEAR}|(?=[,.;)\n]|$))",
        "day",
        day_range,
        relative=True,
    ),
    _rule(
        rf"(?:{WEEKDAY},?[ ])?(?:the[ ])?{_DAY}(?:[ ]of)?[ \u00a0]{_MONTH}", "day", month_day, relative=True
    ),
    _rule(rf"(?:{WEEKDAY},?[ ])?{_MONTH}[ \u00a0]{_DAY}", "day", month_day, relative=True),
    _rule(r"Christmas (?:Eve|Day)|New Year['’]s (?:Eve|Day)", "day", feast, relative=True),
    _rule(rf"{_PART}{_MONTH}(?:[ ]of|,)?[ \u00a0]{_YEAR}", "month", written_month),
    _rule(rf"(?P<first>(?:{_FULL}))[ ]?(?:[-–]|to|and|through)[ ]?{_MONTH}[ ]{_YEAR}", "month", month_range),
    _rule(rf"{_PART}{_MONTH}(?:[ ]of|,)?[ \u00a0]{_WHICH}[ ]year", "month", month_of_year, relative=True),
    _vague(rf"{_PART}(?:{_FULL})[ ](?:of[ ])?(?:that|the (?:same|following|previous|next))[ ]year"),
    _rule(
        rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: coming)?)[ ])?{_PART}{_MONTH}",
        "month",
        named_month,
        relative=True,
    ),
    _rule(
        r"[Tt]he[ ](?P<order>first|second|third|fourth|last)[ ]week[ ](?:of|in)[ ]"
        rf"{_MONTH}(?:(?:,|[ ]of)?[ ]{_YEAR})?",
        "day",
        week_of_month,
        relative=True,
    ),
    _rule(rf"{_PART}{_YEAR}", "year", written_year),
    _rule(
        rf"(?:between[ ])?{_YEAR}[ ]?(?:[-–—]|to|and|until|through)[ ]?(?P<last>(?:1[5-9]|20)\d\d|\d\d)",
        "years",
        year_range,
    ),
    _rule(rf"(?:[Tt]he[ ])?{_PART}(?P<decade>(?:1[5-9]|20)\d0)['’]?s", "years", decade),
    _rule(rf"(?:[Tt]he[ ]){_PART}['’‘]?(?P<decade>[2-9]0)['’]?s", "years", decade),
    _rule(
        r"(?:[Tt]he[ ])?(?:early |mid-?|late )?(?P<number>\d\d?)(?:st|nd|rd|th)[ -]century", "years", century
    ),
    _rule(rf"(?:[Tt]he[ ])?{_SEASON}(?:[ ]of)?[ ]{_YEAR}", "season", written_season),
    _rule(rf"(?:[Tt]he[ ])?{_SEASON}(?:[ ]of)?[ ]{_WHICH}[ ]year", "season", season_of_year, relative=True),
    _rule(
        r"(?P<which>[Ll]ast|[Tt]his(?: past| coming)?|[Nn]ext)[ ]"
        r"(?P<season>spring|summer|autumn|fall|winter)",
        "season",
        named_season,
        relative=True,
    ),
    _rule(
        rf"(?P<which>the)[ ](?P<season>spring|summer|autumn|winter){_END}",
        "season",
        named_season,
        relative=True,
    ),
    _rule(
        r"(?:[Tt]he[ ])?(?:Q(?P<number>[1-4])|(?P<order>first|second|third|fourth|last)[ ]"
        rf"(?P<kind>quarter|half))(?:[ ]of)?[ ](?:{_YEAR}|{_WHICH}[ ]year)",
        "season",
        quarter,
        relative=True,
    ),
    _rule(
        rf"(?P<weekday>{WEEKDAY})[ ](?:of[ ])?(?P<which>last|this|next)[ ]week",
        "day",
        weekday_of_week,
        relative=True,
    ),
    _rule(
        rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?)[ ])?(?P<weekday>{WEEKDAY})",
        "day",
        weekday,
        relative=True,
    ),
    _rule(
        r"(?:(?:[Oo]ver|[Aa]t|[Ee]arlier)[ ])?(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Tt]he)[ ]weekend",
        "day",
        weekend,
        relative=True,
    ),
    _rule(
        r"[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow|[Tt]his (?:morning|afternoon|evening)"
        r"|[Ll]ast (?:night|evening)|[Tt]he day (?:before yesterday|after tomorrow)",
        "day",
        near_day,
        relative=True,
    ),
    _rule(rf"{_NUMBER}{_HALF}[ -]{_UNIT}[ ]ago", None, ago, relative=True),
    _rule(r"[Hh]alf[ ]an?(?P<number>)[ ](?P<unit>year|decade|century)[ ]ago", None, ago, relative=True),
    _rule(
        rf"(?i:less than|under|fewer than)[ ]{_NUMBER}{_HALF}[ -]{_UNIT}[ ]ago",
        None,
        ago_at_most,
        relative=True,
    ),
    _rule(
        rf"(?P<open>(?i:more than|over|at least))[ ]{_NUMBER}{_HALF}[ -]{_UNIT}[ ]ago",
        None,
        long_ago,
        relative=True,
    ),
    _rule(rf"in[ ]{_NUMBER}[ ]{_UNIT}['’]?[ ]time", None, hence, relative=True),
    _rule(rf"{_NUMBER}[ ]{_UNIT}[ ]from[ ](?:now|today)", None, hence, relative=True),
    _rule(rf"in[ ]{_NUMBER}[ ]{_UNIT}", None, hence, relative=True, ahead_only=True),
    _rule(rf"in[ ]{_VAGUE}[ ]{_MANY}", "unknown", nothing, relative=True, ahead_only=True),
    _rule(
        rf"(?:(?:[Tt]he|[Tt]h(?:is|ese))[ ])?(?P<which>(?i:past|last|next|coming))[ ]{_NUMBER}[ ]{_UNIT}",
        None,
        past,
        relative=True,
    ),
    _rule(
        r"[Tt]he[ ](?P<which>past|last|coming)(?P<number>)[ ]"
        r"(?P<unit>(?<!last )day|week|month|year|decade|century)",
        None,
        past,
        relative=True,
    ),
    _rule(
        r"[Tt]his[ ](?P<which>past)(?P<number>)[ ](?P<unit>week|month|year|decade)",
        None,
        past,
        relative=True,
    ),
    _rule(rf"(?:[Tt]he[ ])?(?:past|last)[ ]{_NUMBER}[ ]hours", "day", past_hours, relative=True),
    _rule(
        r"(?:(?P<edge>[Ee]arlier|[Ll]ater)[ ]|(?P<part>[Ll]ate|[Ee]arly|[Mm]id)[ -])?"
        rf"{_WHICH}[ ](?P<unit>(?i:week|month|year|decade|century))",
        None,
        calendar,
        relative=True,
    ),
    _rule(
        r"(?:[Tt]he[ ])?(?P<part>beginning|start|middle|end)[ ]of[ ](?:the[ ])?"
        r"(?P<which>the|this|last|next|current|coming)[ ](?P<unit>week|month|year|decade|century)",
        None,
        calendar,
        relative=True,
    ),
    _rule(
        r"the[ ](?P<part>)(?P<which>current)[ ](?P<unit>week|month|year|decade|century)",
        None,
        calendar,
        relative=True,
    ),
    _rule(
        r"(?<=by )the[ ](?P<part>)end[ ]of[ ](?P<which>the)[ ](?P<unit>day)", None, calendar, relative=True
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
