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
from onrecord.dates.forms import RULES, WEEKDAY, Context, Rule
from onrecord.dates.spans import MONTHS, Days
from onrecord.record import When

if TYPE_CHECKING:
    from spacy.tokens import Doc


_BACK = re.compile(
    r"\b(?P<how>since|until|till|by|before|after|from|no later than|as of|as early as)[ \u00a0]+$",
    re.IGNORECASE,
)


def find_dates(article: Article, doc: Doc) -> tuple[When, ...]:
    """Give the dates and times that the text names, in order, none overlapping another.

    `since September` is open at its end, `until`, `by` and `before` at its beginning; the word is in the
    mention then. Times of less than a day are not read. Weeks have the granularity "day", quarters and parts
    of a year "season", and both ends of their interval. `doc` is `language.annotate(article.text)`.
    """
    text = article.text
    furniture = _in_furniture(article)
    found: list[When] = []
    end = 0
    for rule, match in _candidates(text):
        if match.start() < end or furniture(match.start()) or not _is_date(doc, text, match):
            continue
        when = _when(article, doc, rule, match)
        found.append(when)
        end = when.mention.end
    return tuple(found)


def _candidates(text: str) -> list[tuple[Rule, re.Match[str]]]:
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
    lead = _BACK.search(article.text, max(0, start - 24), start)
    if lead is not None and not _is_range(article.text, lead, match):
        start, first, last = _open(lead, match, first, last)
    counted = article.published.earliest if days is not None and _counted(rule, match) else None
    return When(first, last, rule.granularity, mention(article.text, start, end), counted)


def _open(
    lead: re.Match[str], match: re.Match[str], first: dt.date | None, last: dt.date | None
) -> tuple[int, dt.date | None, dt.date | None]:
    """Open an interval at one end, as "since" and "until" do: where the mention begins, and the new ends."""
    match lead["how"].lower():
        case "since" | "from" | "after" | "as of" | "as early as":
            return lead.start(), first, None
        case "before" if not match.group().lower().startswith("the end"):
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
    ahead = _looks_ahead(doc, article.text, match.start())
    ends = [rule.resolve(match, Context(d, ahead)) for d in (published.earliest, published.latest)]
    known = [e for e in ends if e is not None]
    if len(known) < len(ends):
        return None
    return min(s for s, _ in known), max(e for _, e in known)


_LIMIT = re.compile(r"\b(?:by|no later than|as early as)[ \u00a0]+(?:the end of[ ])?$", re.IGNORECASE)
_FUTURE = {
    "will",
    "shall",
    "would",
    "'ll",
    "’ll",
    "wo",
    "scheduled",
    "due",
    "upcoming",
    "plans",
    "expected",
    "slated",
    "set",
}


def _looks_ahead(doc: Doc, text: str, at: int) -> bool:
    """Say whether the clause before an expression speaks of the future ("will meet on Friday").

    A limit looks ahead unless the clause is in the past: "are to sail by June", "had sailed by June".
    """
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    if span is None or not len(span):
        return False
    limit = _LIMIT.search(text, max(0, at - 24), at) is not None
    for i in range(span.start - 1, max(-1, span.start - 15), -1):
        token = doc[i]
        if token.lower_ in _FUTURE:
            return True
        if token.tag_ == "VBD":
            return False
        if token.text in {";", "—"} or token.is_sent_start:
            break
    return limit


_NO_DAY = re.compile(r"(?:Black|Good|Super|Bloody|Ash|Easter|Palm|Casual|Cyber|Taco|Fat)[ ]$")
_NO_WEEKDAY = re.compile(
    r"[ ](?:School|Times|Mirror|Telegraph|Mail|Express|Post|Night|Service|Best|People|Star|Herald)\b"
)
_CUED = re.compile(
    r"(?:\b(?:in|since|by|until|till|last|this|next|early|mid|late|of|from|to|and|between|before|after|during|through|"
    r"ending|each|every|around|for|on|the|or)[ \u00a0-]|\(|^)$",
    re.IGNORECASE,
)


def _is_date(doc: Doc, text: str, match: re.Match[str]) -> bool:
    """Leave out what only looks like a date: names of people and papers, numbers of things."""
    start, end = match.span()
    before = text[max(0, start - 12) : start]
    words = match.group()
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
        following.text in {"%", "percent"} or following.lower_ in {"per", "km", "miles", "people"}
    ):
        return False
    # A number after a name is part of it ("Vision 2030").
    return cue is not None or (dated and re.search(r"[A-Z][a-z]+ $", before) is None)
