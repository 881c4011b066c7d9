"""Text on the page that is not the story: breadcrumb, byline, dateline, caption, related, bio, share line.

Where a line stands counts as much as what it says: breadcrumbs and bylines come before the story, bios after
it. Patterns are those of English-language news sites in general. Every line is looked at by itself, and only
short ones can be furniture, so that the time is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.article import Furniture, FurnitureKind, Span
from onrecord.quotations import find_quotations
from onrecord.reading.paragraphs import find_paragraphs
from onrecord.reading.repeats import find_repeats

_HEAD: Final = 8  # paragraphs from the top that breadcrumbs, bylines and datelines are looked for in
_TAIL: Final = 6  # paragraphs from the end that bios are looked for in
_SHORT: Final = 240  # characters; a longer paragraph is story, or a bio

_PARTICLE = r"de|da|di|del|della|von|van|der|den|al|el|bin|ibn|ben|bint|y|e"
_NAME = rf"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|{_PARTICLE})){{1,4}}"
_NAMES = rf"{_NAME}(?:(?:, and |, | and | & ){_NAME}){{0,5}}"

_BREADCRUMB = re.compile(
    r"(?i:breadcrumbs?:?|you are here:?.*|skip to (?:main )?content|main navigation|home|live|latest"
    r"|top stories"
    r"|(?:world|us|uk)? ?news|world(?: politics)?|politics|opinions?|analysis|features?|comment(?:ary)?"
    r"|business"
    r"|economy|defen[cs]e|security|international|national|middle east|europe|asia(?:[- ]pacific)?|africa"
    r"|americas|foreign policy|diplomacy|military|society|tech(?:nology)?)"
)
_STEP = re.compile(r"\s*(?:[>»›→/|•·]|::)\s*")
_TRAIL_MARK = re.compile(r"\s(?:[>»›→/|•·]|::)\s|[>»›→]")

_ROLE = (
    r"(?i:(?:[a-z]+ ){0,4}(?:reporter|correspondent|editor|writer|columnist|journalist|contributor"
    r"|bureau chief"
    r"|fact[- ]checker))"
)
_BYLINE = re.compile(
    rf"(?i:by|written by|words by|reported by|story by|text by)[: ] ?{_NAMES}"
    r"(?:(?:,| \||,? in| -| –| —|,? for|,? at) .{0,80})?"
    rf"|{_NAME}(?:, | in |\s*[|–—-]\s*){_ROLE}\b[^.!?]{{0,60}}"
    rf"|{_NAME} in [A-Z][\w ]{{2,25}}(?:, [A-Z][\w ]{{2,25}})?"
    rf"|(?i:translated (?:from [a-z ]{{3,20}} )?by) {_NAMES}\.?"
)
_CREDIT = re.compile(
    rf"\(?(?i:(?:additional |with )?(?:reporting|writing|editing|production|compiled)(?: by|:)) {_NAME}.*"
    r"|-{0,2}\s?(?i:(?:with )?additional reporting (?:by|from)) .*"
    rf"|{_NAMES}(?:,? in [A-Z][\w ,]{{2,40}},?)? (?:contributed(?:\.| (?:reporting|research|to|from)\b.*)"
    rf"|reported from .*)"
)
_STAMP = re.compile(
    r"(?i:(?:(?:first|last|originally) )?(?:published|updated|posted|modified|issued)\b(?: on| at|:)?"
    r".{0,60}\d.{0,40}|\d+ min(?:ute)?s?(?: read)?|\d+ (?:hours?|days?|minutes?) ago)"
)

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_DASH = r"(?:\s*[—–―]\s*|\s+--?\s+)"
_AGENCY = r"\([A-Za-z][A-Za-z /.-]{1,40}\)"
_WIRE = r"\((?i:AP|AFP|UPI|Reuters|ANI|PTI|TASS|Xinhua|IRNA|dpa|EFE|CNN|AA|Bloomberg|Yonhap|Kyodo|Interfax)\)"
_CAPITALS = r"[A-Z][A-Z.’' -]{2,30}(?:[,/] ?[A-Z][A-Za-z.’' -]{1,25})?(?:/[A-Z][A-Z ]{2,20})*"
_PLACE = r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?:, [A-Z][a-z]+)?"
DATELINE = re.compile(
    rf"{_CAPITALS}(?:,? {_DAY})?(?: ?{_AGENCY})?{_DASH}(?=[A-Z“\"‘'\d])"
    rf"|{_PLACE},? {_DAY} ?{_AGENCY}{_DASH}|{_PLACE},? ?{_WIRE}{_DASH}"
)
"""A dateline: a place in capitals or with its agency, perhaps a date, and a dash before the first word."""

_HOUSE = r"(?:AP|AFP|EPA|Reuters|REUTERS|Getty|Bloomberg|Anadolu|TASS|Sputnik)"
_CAPTION = re.compile(
    r"(?i:(?:file )?(?:photo(?:graph)?s?|image|picture|illustration|credit|photo credit|video)"
    r"(?: by|:| ?[/|©]).{1,200})"
    r"|.{0,200}[(\[](?:[^()\[\]]{0,80}\b(?i:photos?|getty(?: images)?|photograph|shutterstock|handout"
    r"|courtesy)\b"
    rf"[^()\[\]]{{0,80}}|[A-Z][\w .’'-]{{2,40}}/ ?{_HOUSE}[^()\[\]]{{0,40}}"
    rf"|{_HOUSE}/[^()\[\]]{{2,40}})[)\]]\.?"
    r"|.{0,200}(?:REUTERS|AFP|EPA)/[A-Z][\w .’'-]{2,40}"
    rf"|©.{{2,80}}|.{{0,160}}© ?{_HOUSE}.{{0,40}}"
)
_RELATED_HEADING = re.compile(
    r"(?i:related(?: \w+)?|more on this (?:story|topic)|recommended(?: \w+){0,2}|further reading"
    r"|most (?:read|popular|viewed)|you (?:may|might) also like|see also|also read|read (?:more|next"
    r"|also))\s*:?"
)
_RELATED = re.compile(
    rf"(?:{_RELATED_HEADING.pattern}"
    r"|(?i:read (?:on|the rest(?: here)?|the full (?:story|article|report)(?: here)?)|more from .{2,40}"
    r"|don[’']t miss|in pictures|explainer|listen|watch(?: (?:now|more|also|the video))?|live))"
    r"(?:\s*[:|»>–—-].{0,200}|\s*[.…]?)"
)
_SITE = (
    r"(?:twitter|x|facebook|instagram|linkedin|telegram|youtube|threads|bluesky|mastodon|whatsapp|reddit"
    r"|pinterest|google news|social media|e-?mail|print)"
)
_SHARE = re.compile(
    r"[\"“]?(?i:(?:you can )?(?:follow|find|contact|reach|e-?mail|tweet|write to|connect with|like) .{0,60}"
    rf"(?:\b(?:on|at|via) {_SITE}\b|@|#).{{0,120}}"
    r"|follow [@#].{0,120}|share(?: (?:this|on|via|article|story)\b.{0,60})?[.:]?"
    r"|(?:print|save|copy link|email)(?: this)?(?: (?:article|story|page))?"
    rf"|{_SITE}(?:[ ,|/]+{_SITE})*|{_SITE}\s*:\s*@?\S{{0,60}}"
    r"|\d+ (?:shares|comments)|comments?|advertisement|(?:sign up|subscribe)(?: (?:here|now|today))? (?:for"
    r"|to|and)\b.{0,200}"
    r"|download (?:our|the) .{0,30}app\b.{0,100}|join (?:us|our|the conversation)\b.{0,100}"
    r"|click here\b.{0,120}"
    r"|support (?:our|independent) .{0,100})"
)

_TRADE = (
    r"(?i:journalist|reporter|correspondent|columnist|writer|author|editor|professor|lecturer|fellow|scholar"
    r"|analyst|researcher|contributor|historian|director|commentator|academic|teacher|consultant|specialist"
    r"|expert|producer|photographer|blogger|diplomat|advis[eo]r|ambassador|strategist|scientist|economist"
    r"|student|chair|founder|host|officer|president|coordinator|executive|activist|lawyer|attorney)"
)
_BIO = re.compile(
    rf"(?:(?i:the author|about the authors?:?) )?(?!The )({_NAME}),? (?:[^.!?]{{0,160}}, )?"
    rf"(?:is (?:currently |also )?(?:(?:an?|the|[A-Z][\w ]+[’']s?) [^.!?]{{0,140}}?"
    rf"|(?:(?!to\b)[\w’'-]+ ){{0,4}})"
    rf"(?:co-)?{_TRADE}\b"
    r"|(?:covers|edits|teaches|(?:writes|reports) (?:for|about|on|from|regularly"
    r"|frequently))\b(?![^.]*\bthat\b))"
)
_ABOUT = re.compile(r"(?i:(?:the|this) (?:author|writer)s? (?:is|are|was|works|writes)\b.*)")
_NOTE = re.compile(
    r"(?i:(?:editor[’']?s?[’']? note|corrections?|clarification|disclaimer|disclosure|note to readers)\b"
    r"\s*[:.—–-].*"
    r"|(?:this|the) (?:article|story|post|piece|report|op-ed) (?:has been|was|is|first|originally"
    r"|appeared)\b.*"
    r"(?:updated|corrected|revised|published|translated|written|produced|edited|republished|appeared|clarif).*"
    r"|the (?:views|opinions) expressed .*|(?:all )?rights reserved\b.*|copyright\b.{0,120}"
    r"|(?:abstract|full text)\.?)"
)


def find_furniture(text: str) -> tuple[Furniture, ...]:
    """Give what is not the story, in the order of the text, without overlaps.

    A pull quote is linked to the passage that it repeats (`onrecord.reading.repeats`); so is a paragraph
    that is printed twice. Takes near-linear time.
    """
    paragraphs = find_paragraphs(text)
    found: dict[int, Furniture] = {}
    for i, kind in _kinds(text, paragraphs):
        found[i] = Furniture(kind, paragraphs[i])
    for i in _bios(text, paragraphs, found):
        found[i] = Furniture("bio", paragraphs[i])
    repeats = find_repeats(text, paragraphs, find_quotations(text), frozenset(found))
    dateline = _dateline(text, paragraphs, found)
    return tuple(sorted((*found.values(), *repeats, *dateline), key=lambda f: f.span))


def _kinds(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[int, FurnitureKind]]:
    """Give the paragraphs that are furniture as a whole, and its kind."""
    last = len(paragraphs)
    head_open = True
    listing = False
    for i, (start, end) in enumerate(paragraphs):
        line = text[start:end]
        # What stands at the top ends with the first paragraph that is long enough to be story.
        head_open = head_open and i < _HEAD and end - start <= _SHORT
        tail = i >= max(1, last - _TAIL)
        kind = _kind(line, head=head_open, tail=tail)
        if kind is None and listing and _is_headline(line):
            kind = "related"
        listing = kind == "related" and (listing or bool(_RELATED_HEADING.fullmatch(line)))
        if kind is not None and not (i == 0 and last == 1):
            yield i, kind


def _kind(line: str, *, head: bool, tail: bool) -> FurnitureKind | None:
    if _NOTE.fullmatch(line) and (head or tail or len(line) <= 2 * _SHORT):
        return "other"
    if len(line) > _SHORT:
        return "byline" if tail and line.startswith("(") and _CREDIT.fullmatch(line) else None
    if head and _is_breadcrumb(line):
        return "breadcrumb"
    if (head or tail) and _is_byline(line, tail=tail):
        return "byline"
    if head and _STAMP.fullmatch(line):
        return "other"
    if _RELATED.fullmatch(line):
        return "related"
    if _SHARE.fullmatch(line):
        return "share"
    if _CAPTION.fullmatch(line):
        return "caption"
    return None


def _is_breadcrumb(line: str) -> bool:
    if _BREADCRUMB.fullmatch(line):
        return True
    if not _TRAIL_MARK.search(line) or line[-1] in '.!?”"':
        return False
    steps = [s for s in _STEP.split(line) if s]
    if len(steps) < 2:
        return False
    if re.search(r"[>»›→]|::", line):
        return all(len(step.split()) <= 4 for step in steps[:-1]) and len(steps[-1]) <= 120
    return all(len(step.split()) <= 3 for step in steps) and any(_BREADCRUMB.fullmatch(s) for s in steps)


def _is_byline(line: str, *, tail: bool) -> bool:
    if tail and _CREDIT.fullmatch(line):
        return True
    return len(line.split()) <= 20 and bool(_BYLINE.fullmatch(line))


def _is_headline(line: str) -> bool:
    return len(line.split()) <= 16 and line[-1] not in '.!"”' and line[0].isupper()


def _bios(text: str, paragraphs: Sequence[Span], found: dict[int, Furniture]) -> Iterator[int]:
    """Give the paragraphs after the story that tell who the author is.

    Only furniture may follow them, and one short line that is none of the kinds known here.
    """
    spare = 1
    for i in range(len(paragraphs) - 1, max(0, len(paragraphs) - 1 - 2 * _TAIL), -1):
        if i in found:
            continue
        if _is_bio(text, paragraphs[i]):
            yield i
        elif spare and paragraphs[i][1] - paragraphs[i][0] <= _SHORT // 2:
            spare -= 1
        else:
            return


def _is_bio(text: str, span: Span) -> bool:
    """Say whether a paragraph tells who the author is.

    A person whom the story names is somebody in the story: a bio's name comes up nowhere before, or in the
    byline alone.
    """
    start, line = span[0], text[slice(*span)]
    if len(line) > 3 * _SHORT:
        return False
    if _ABOUT.fullmatch(line):
        return True
    match = _BIO.match(line)
    if match is None:
        return False
    surname = match.group(1).split()[-1]
    before = [m.start() for m in re.finditer(rf"\b{re.escape(surname)}\b", text[:start])]
    return all(_on_byline(text, at) for at in before[:3]) and len(before) <= 2


def _on_byline(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)].strip()
    return len(line) <= _SHORT and bool(_BYLINE.fullmatch(line))


def _dateline(text: str, paragraphs: Sequence[Span], found: dict[int, Furniture]) -> Iterator[Furniture]:
    """Give the dateline, the prefix of one of the first paragraphs that has a sentence after it."""
    for i, (start, end) in enumerate(paragraphs[:_HEAD]):
        match = None if i in found else DATELINE.match(text, start, min(end, start + 160))
        if match is not None and end - match.end() >= 30:
            yield Furniture("dateline", (start, len(text[: match.end()].rstrip())))
            return
