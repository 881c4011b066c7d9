"""Words that the text has lost on its way: a stripped speaker, a name gone from after "told", a page cut off.

What is lost stays lost; here it is only found and flagged, so that nobody takes the gap for the author's.
The patterns are gaps that no copy editor leaves: a quotation and then a bare full stop, a paragraph that
begins in the middle of a sentence, a label with nothing after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.article import Furniture, Problem, Span
from onrecord.quotations import find_quotations
from onrecord.reading.paragraphs import find_paragraphs, is_wrapped

_BARE_STOP = re.compile(r"[ \t\u00a0]+[.](?=\s|$)|[ \t\u00a0]*,[ \t\u00a0]*[.](?=\s|$)")
_NOTHING_MORE = re.compile(r"[ \t\u00a0]*(?=\n|\Z)")
_FULL_END = re.compile(r"[.!?…][”\"’'»)\]]*$|[”\"»]$")
_SPACED = re.compile(r"(?<=\w) [.,](?=\s|$)")
_NO_OBJECT = re.compile(
    r"\b(?:told|according to|said by|spokes(?:man|woman|person) for|minister of|president of|interview with"
    r"|reports? by|spoke to|speaking to)[ \t\u00a0]+[.,;:](?=\s|$)"
)
_LABEL = re.compile(
    r"(?:(?i:follow|find|contact|reach|e-?mail|tweet)\b[^.!?\n]{0,60}"
    r"(?:(?:\bon|\bat|\bvia)\s+(?:Twitter|X|Facebook|Instagram|LinkedIn|Telegram|Threads|Bluesky)|\bat|\bhere)\s*:?"
    r"|(?i:twitter|e-?mail)\s*:)[ \t\u00a0]*$",
    re.MULTILINE,
)
_PARTICLES = re.compile(
    r"(?:al|el|as|ash|an|ad|ar|at|bin|ibn|abu|de|da|di|du|del|der|den|van|von|ten|ter|le|la|d)[-\s’']|[a-z]{1,2}[A-Z]"
)
_CUT = re.compile(
    r"\[\+?\d+ (?:more )?char(?:acter)?s\]\s*$"
    r"|(?:\[(?:…|\.\.\.)\]|…\s*\[?(?i:read more|continue reading)\]?[.…]*)\s*$"
    r"|^(?i:(?:to )?continue reading|(?:please )?(?:subscribe|sign in|log in) to (?:read|continue)"
    r"|this (?:article|content|story) is (?:only )?(?:available )?(?:for|to) subscribers)\b[^\n]{0,160}\s*\Z",
    re.MULTILINE,
)
_LISTED = 30
_NEAR = 80  # characters looked at before and after a quotation


def find_losses(text: str, furniture: Sequence[Furniture] = ()) -> tuple[Problem, ...]:
    """Give a problem (`lost_text`, `truncated`) for each gap, in the order of the text, at most 30 of them.

    Gaps in furniture count where words are missing from its end, not where a pull quote lacks its speaker.
    """
    problems = sorted(
        {
            problem.span: problem
            for problem in (
                *_lost_after_quotation(text),
                *_begun_in_the_middle(text, furniture),
                *_lost_objects(text),
                *_empty_labels(text),
                *_cut_off(text),
            )
        }.values(),
        key=lambda p: p.span or (0, 0),
    )
    return tuple(problems[:_LISTED])


def _lost_after_quotation(text: str) -> Iterator[Problem]:
    """Find `"…," .`: the quotation stands, and where its speaker stood there is nothing."""
    if _is_tokenised(text):
        return
    for quotation in find_quotations(text):
        if quotation.depth or not quotation.closed:
            continue
        line_start = text.rfind("\n", max(0, quotation.start - _NEAR), quotation.start) + 1
        before = text[max(line_start, quotation.start - _NEAR) : quotation.start].rstrip()
        if before and before[-1] not in ".!?”\"’'":
            continue  # the quotation is part of a sentence that names its speaker, as like as not
        inner = text[max(quotation.inner[0], quotation.inner[1] - _NEAR) : quotation.inner[1]].rstrip()
        gap = _BARE_STOP.match(text, quotation.end)
        line_end = _NOTHING_MORE.match(text, quotation.end)
        if gap is not None:
            yield _lost((quotation.start, gap.end()), "a quotation ends in a bare full stop")
        elif inner.endswith(",") and line_end is not None and not _goes_on(text, line_end.end()):
            yield _lost((quotation.start, quotation.end), "a quotation ends in a comma and nothing follows")


def _lost(span: Span, what: str) -> Problem:
    return Problem("lost_text", f"{what}: who said it is lost", span)


def _goes_on(text: str, line_end: int) -> bool:
    return text[line_end : line_end + _NEAR].lstrip()[:1].islower()


def _begun_in_the_middle(text: str, furniture: Sequence[Furniture]) -> Iterator[Problem]:
    """Find paragraphs that begin in lower case although the one before was complete."""
    if is_wrapped(text):
        return
    paragraphs = find_paragraphs(text)
    lower = [text[start].islower() for start, _ in paragraphs]
    if sum(lower) > max(3, len(paragraphs) // 5):
        return  # a list, a poem, or somebody who writes so
    skip = {f.span[0] for f in furniture}
    for i, (start, end) in enumerate(paragraphs):
        line = text[start:end]
        if not lower[i] or not i or start in skip or len(line.split()) < 5:
            continue
        if lower[i - 1] or (i + 1 < len(lower) and lower[i + 1]):
            continue  # items of a list
        if _PARTICLES.match(line) or re.match(r"\w+[.@]\w|https?:|www\.", line):
            continue
        if _FULL_END.search(text[slice(*paragraphs[i - 1])]):
            message = "a paragraph begins in the middle of a sentence: the words before it are lost"
            yield Problem("lost_text", message, (start, end))


def _lost_objects(text: str) -> Iterator[Problem]:
    """Find "told ." and the like: the name after it was stripped, the space before the stop stayed."""
    if not _is_tokenised(text):
        for match in _NO_OBJECT.finditer(text):
            yield Problem("lost_text", f"a name is lost after “{match.group().split()[0]}”", match.span())


def _empty_labels(text: str) -> Iterator[Problem]:
    for match in _LABEL.finditer(text):
        yield Problem(
            "lost_text", "a label with nothing after it: what it named is lost", _stripped(text, match.span())
        )


def _cut_off(text: str) -> Iterator[Problem]:
    tail = max(0, len(text) - 400)
    match = _CUT.search(text, tail)
    if match is not None:
        span = _stripped(text, match.span())
        yield Problem("truncated", "the text breaks off here: the rest of the article is not in it", span)


def _stripped(text: str, span: Span) -> Span:
    start, end = span
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _is_tokenised(text: str) -> bool:
    """Say whether the text has a space before every stop, as corpora do."""
    sample = text[:50_000]
    spaced = len(_SPACED.findall(sample))
    return spaced > 5 and spaced > 0.2 * (sample.count(".") + sample.count(","))
