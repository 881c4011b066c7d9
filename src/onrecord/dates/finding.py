"""When: an expression and the publication date → an interval with the granularity that the words have.

A relative expression is counted from the publication date. Where that is an interval, the result covers what
either end gives; where it is unknown, both ends are null and the granularity stays. Nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING

from onrecord.article import Article, mention
from onrecord.dates.forms import RULES, WEEKDAY, Rule
from onrecord.dates.resolving import Context
from onrecord.dates.spans import MONTHS, Days
from onrecord.dates.tense import is_attributive, is_of_noun, looks_ahead
from onrecord.record import Granularity, When

if TYPE_CHECKING:
    from spacy.tokens import Doc


Candidate = tuple[Rule, re.Match[str]]

_BACK = re.compile(
    r"\b(?P<how>since|until|till|by|before|after|from|no later than|as of|as early as)[ \u00a0]+$",
    re.IGNORECASE,
)
_ONWARD = re.compile(r"[ \u00a0](?:on|onwards?|forward)\b")
_BOTH = re.compile(r"\b(?P<how>between|from)[ \u00a0]+$", re.IGNORECASE)
_AND = {
    "between": re.compile(r",?[ \u00a0]+and[ \u00a0]+"),
    "from": re.compile(r",?[ \u00a0]+(?:to|until|till|through)[ \u00a0]+"),
}
_FINENESS: tuple[Granularity, ...] = ("day", "month", "season", "year", "years", "unknown")


def find_dates(article: Article, doc: Doc) -> tuple[When, ...]:
    """Give the dates and times that the text names, in order, none overlapping another.

    `since September` ends with the publication; `after` and `from` leave the end open, `until`, `by` and
    `before` the beginning; the word is in the mention then. "Between X and Y" is one time. Times of less than
    a day are not read. Weeks have the granularity "day", quarters and parts of a year "season", and both ends
    of their interval. `doc` is `language.annotate(article.text)`.
    """
    text = article.text
    furniture = _in_furniture(article)
    chosen: list[Candidate] = []
    end = 0
    for rule, match in _candidates(text):
        if match.start() < end or furniture(match.start()) or not _is_date(doc, text, rule, match):
            continue
        chosen.append((rule, match))
        end = match.end()
    found: list[When] = []
    i = 0
    while i < len(chosen):
        both = _both(article, doc, chosen[i], chosen[i + 1]) if i + 1 < len(chosen) else None
        found.append(both or _when(article, doc, *chosen[i]))
        i += 2 if both else 1
    return tuple(found)


def _candidates(text: str) -> list[Candidate]:
    matches = [(rule, m) for rule in RULES for m in rule.pattern.finditer(text)]
    return sorted(matches, key=lambda pair: (pair[1].start(), -pair[1].end()))


def _in_furniture(article: Article) -> Callable[[int], bool]:
    """Give the test for places that are no story."""
    spans_ = sorted(f.span for f in article.furniture)
    ends = list(accumulate((end for _, end in spans_), max))
    starts = [start for start, _ in spans_]

    def inside(at: int) -> bool:
        i = bisect_right(starts, at) - 1
        return i >= 0 and at < ends[i]

    return inside


def _when(article: Article, doc: Doc, rule: Rule, match: re.Match[str]) -> When:
    start, end = match.span()
    days = _days(article, doc, rule, match)
    first, last = days or (None, None)
    if "open" in match.re.groupindex:
        first = None
    counted = article.published.earliest if days is not None and _counted(rule, match) else None
    lead = _BACK.search(article.text, max(0, start - 24), start)
    if lead is not None and _opens(article, doc, lead, match):
        start, first, last = _open(lead, match, first, last)
        ends = article.published.latest
        if lead["how"].lower() == "since" and days is not None and ends is not None and days[0] <= ends:
            last, counted = ends, article.published.earliest
    known = article.published.earliest is not None or not _counted(rule, match)
    grain: Granularity = "unknown" if days is None and known else rule.grain(match)
    return When(first, last, grain, mention(article.text, start, end), counted)


def _both(article: Article, doc: Doc, one: Candidate, two: Candidate) -> When | None:
    """Give "between X and Y" or "from X to Y" as one time, null where these are no such pair."""
    (rule, match), (other_rule, other) = one, two
    text = article.text
    lead = _BOTH.search(text, max(0, match.start() - 12), match.start())
    if lead is None or not _AND[lead["how"].lower()].fullmatch(text, match.end(), other.start()):
        return None
    last = _days(article, doc, other_rule, other)
    if last is not None and _counted(rule, match) and not _counted(other_rule, other):
        first = rule.resolve(match, Context(last[0], ahead=False))
    else:
        first = _days(article, doc, rule, match)
    if first is None or last is None or first[0] > last[1]:
        return None
    grain = min(rule.grain(match), other_rule.grain(other), key=_FINENESS.index)
    counted = article.published.earliest if _counted(other_rule, other) else None
    start = lead.start() if lead["how"].lower() == "between" else match.start()
    whole = mention(text, start, other.end())
    return When(first[0], last[1], "years" if grain == "year" else grain, whole, counted)


def _opens(article: Article, doc: Doc, lead: re.Match[str], match: re.Match[str]) -> bool:
    """Say whether a word before a date opens its time: not "after Friday's vote", "a report from 1995"."""
    how = lead["how"].lower()
    if _is_range(article.text, lead, match) or is_attributive(doc, *match.span()):
        return False
    if how == "as of":
        return looks_ahead(doc, article.text, *match.span()) is True
    if how != "from" or _ONWARD.match(article.text, match.end()):
        return True
    return not is_of_noun(doc, lead.start()) or looks_ahead(doc, article.text, *match.span()) is True


def _open(
    lead: re.Match[str], match: re.Match[str], first: dt.date | None, last: dt.date | None
) -> tuple[int, dt.date | None, dt.date | None]:
    """Open a time at one end, as "since" and "until" do: where the mention begins, and the new ends."""
    match lead["how"].lower():
        case "since" | "from" | "after" | "as of" | "as early as":
            return lead.start(), first, None
        case "before" if not re.match(r"(?:the )?end\b", match.group(), re.IGNORECASE):
            return lead.start(), None, first - dt.timedelta(days=1) if first and first > dt.date.min else None
        case "until" | "till" | "by" | "no later than" | "before":
            return lead.start(), None, last
        case _:
            return match.start(), first, last


def _is_range(text: str, lead: re.Match[str], match: re.Match[str]) -> bool:
    """Say whether "from X" has its "to Y", in the expression or after it, so that it is not open."""
    if lead["how"].lower() not in {"from", "as of"}:
        return False
    inside = {"last", "first"} & match.re.groupindex.keys()
    return (
        bool(inside)
        or re.compile(r"[ \u00a0](?:to|until|through|and)\b").match(text, match.end()) is not None
    )


def _counted(rule: Rule, match: re.Match[str]) -> bool:
    """Say whether an expression is counted from publication: it is relative and has no year of its own."""
    return rule.relative and not ("year" in match.re.groupindex and match["year"])


def _days(article: Article, doc: Doc, rule: Rule, match: re.Match[str]) -> Days | None:
    """Resolve against both ends of the publication interval, and cover what they give."""
    published = article.published
    if not _counted(rule, match):
        return rule.resolve(match, Context(dt.date.min, ahead=False))
    if published.earliest is None or published.latest is None:
        return None
    ahead = looks_ahead(doc, article.text, *match.span())
    ends = [rule.resolve(match, Context(d, ahead)) for d in (published.earliest, published.latest)]
    known = [e for e in ends if e is not None]
    if len(known) < len(ends):
        return None
    return min(s for s, _ in known), max(e for _, e in known)


_NO_DAY = re.compile(r"(?:Black|Good|Super|Bloody|Ash|Easter|Palm|Casual|Cyber|Taco|Fat|[“\"]Fox News)[ ]$")
_NO_WEEKDAY = re.compile(
    r"[ ](?:School|Times|Mirror|Telegraph|Mail|Express|Post|Night|Service|Best|People|Star|Herald)\b"
)
_CUED = re.compile(
    r"(?:\b(?:in|since|by|until|till|last|this|next|early|mid|late|of|from|to|and|between|before|after|during|through|"
    r"ending|each|every|around|for|on|the|or)[ \u00a0-]|\(|^)$",
    re.IGNORECASE,
)


_TITLE = re.compile(r"(?:[A-Z][\w.]*|['’]s|on)[ \u00a0][“\"'‘]*$")
_RECORD = re.compile(r"\b(?:first|only|last|time|most|least|\w+est|worst|once)\b[^.;]{0,40}$", re.IGNORECASE)


def _is_date(doc: Doc, text: str, rule: Rule, match: re.Match[str]) -> bool:
    """Leave out what only looks like a date: names of people and papers, numbers of things."""
    start, end = match.span()
    before = text[max(0, start - 12) : start]
    words = match.group()
    if rule.ahead_only:
        first = _RECORD.search(text, max(0, start - 60), start)
        return first is None and looks_ahead(doc, text, start, end) is True
    if words in {"Today", "Tonight", "Tomorrow", "Yesterday"} and re.search(r"[A-Z][\w.]*[ \u00a0]$", before):
        return False  # "USA Today"
    if words == "tomorrow" and re.search(r"\b(?:a|an|the|better|our|their)[ ]$", before):
        return False
    if re.fullmatch(r"(?:Last|This|Next) [A-Z][a-z]+", words) and rule.granularity is None:
        return _TITLE.search(before) is None  # "This Week", the programme
    if re.fullmatch(WEEKDAY, words):
        return not _NO_DAY.search(before) and not _NO_WEEKDAY.match(text[end : end + 12])
    if words.rstrip(".").lower() in MONTHS and not _month_alone(doc, start, end, words, before):
        return False
    if re.fullmatch(r"\d{4}", words):
        return _is_year(doc, start, end, before)
    return True


def _month_alone(doc: Doc, start: int, end: int, words: str, before: str) -> bool:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or any(t.ent_type_ == "PERSON" for t in span):
        return False
    following = doc[span.end] if span.end < len(doc) else None
    if (
        following is not None
        and following.is_title
        and not following.is_sent_start
        and words in {"May", "March", "April", "June"}
    ):
        return False
    if words.rstrip(".") in {"May", "March", "Mar", "Dec", "Sep", "Jan", "Jun"}:
        return _CUED.search(before) is not None and span[0].pos_ not in {"VERB", "AUX"}
    return True


_YEAR_CUE = re.compile(
    r"\b(?:in|since|by|until|till|before|after|from|to|of|during|through|between|and|around|about|circa|the|a|an|than|"
    r"fiscal|year|FY|late|early|mid|through|this|that|its|their)[ \u00a0-]$",
    re.IGNORECASE,
)


def _is_year(doc: Doc, start: int, end: int, before: str) -> bool:
    """Say whether four digits are a year: led in as one, and not the number of something."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or len(span) != 1:
        return False
    token = span[0]
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    cue = _YEAR_CUE.search(before)
    dated = token.ent_type_ == "DATE"
    if following is not None and following.tag_ in {"NNS", "NNPS"} and following.i == token.i + 1:
        return cue is not None and cue.group().strip(" -").lower() in {
            "the",
            "in",
            "since",
            "during",
            "a",
            "an",
            "this",
        }
    if following is not None and (
        following.text in {"%", "percent"}
        or following.lower_ in {"per", "km", "miles", "people", "gmt", "utc"}
    ):
        return False
    # A number after a name is part of it ("Vision 2030").
    return cue is not None or (dated and re.search(r"[A-Z][a-z]+ $", before) is None)
