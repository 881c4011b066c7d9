"""The story in a web page: its paragraphs as lines, and what the page says of itself."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

LARGEST: Final = 60_000
"""Tags; a larger page (none of a newspaper's) is read by a plainer method, in time linear in its size."""

_OPENING = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,3}<(?:!doctype html|html|head|body)\b",
    re.I | re.S,
)
_MARKUP = re.compile(rb"<(?:p|div|article|section|span|h[1-6]|br|script|meta|ul|table)\b[^<>]{0,500}>", re.I)
_CHARSET = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML_CHARSET = re.compile(rb"\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_LANG = re.compile(r"<html\b[^>]{0,2000}?\blang\s*=\s*[\"']?\s*([A-Za-z]{2,3})\b", re.I)
_SENTENCE = re.compile(r"(?:\S+\s+){5,}\S+[.!?…][”\"’')\]]*(?=\s|$)")
_NO_STORY = re.compile(
    r"(?i:\b(?:enable|turn on|requires?|supports?|disabled) (?:\w+ ){0,3}(?:javascript|cookies)\b"
    r"|\buse(?:s)? (?:of )?cookies"
    r"|\bcaptcha\b|access denied|page (?:was |is |could |you ){0,3}not (?:be )?(?:found|available|exist)"
    r"|verify (?:that )?you are (?:a )?human)"
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: the story, and its metadata as the page gives them. `date` is ISO 8601."""

    text: str
    title: str | None
    authors: tuple[str, ...]
    outlet: str | None
    url: str | None
    date: str | None
    language: str | None
    truncated: bool


def is_page(data: bytes) -> bool:
    """Say whether the bytes are HTML, by what they hold and not by their name."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    return bool(_OPENING.match(start)) or (start.lstrip()[:1] == b"<" and len(_MARKUP.findall(start)) >= 2)


def charset(data: bytes) -> str | None:
    """Give the charset that a page declares in its first 4096 bytes."""
    match = _XML_CHARSET.match(data[:200]) or _CHARSET.search(data[:4096])
    return match.group(1).decode("ascii", "replace") if match else None


def find_story(page: str, url: str | None = None, today: dt.date | None = None) -> Page | None:
    """Give the story of a page; None where it has none.

    Comments, tables and navigation are left out. The date is what the page itself states, never guessed
    from its text, and not later than `today`.
    """
    found = _extracted(page, url, today or dt.date.max)
    if found is None or not _is_story(found.text):
        return None
    return found


def _extracted(page: str, url: str | None, today: dt.date) -> Page | None:
    import trafilatura  # slow to import, and only pages need it  # noqa: PLC0415

    large = page.count("<") > LARGEST
    try:
        if large:
            return _plainly(page)
        document = trafilatura.bare_extraction(
            page,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={
                "original_date": True,
                "extensive_search": False,
                "max_date": today.isoformat(),
            },
        )
    except Exception:  # whatever a hostile page makes a parser raise, it is a page without a story
        return None
    if document is None or isinstance(document, dict) or not document.text:
        return None
    return Page(
        text=document.text,
        title=_line(document.title),
        authors=tuple(name for a in (document.author or "").split(";") if (name := a.strip())),
        outlet=_line(document.sitename),
        url=document.url or url,
        date=document.date,
        language=_language(page),
        truncated=_is_truncated(page),
    )


def _plainly(page: str) -> Page | None:
    """Give the text of all paragraphs, in one pass."""
    from lxml.html import HTMLParser, fromstring  # noqa: PLC0415

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = fromstring(page.encode("utf-8", "replace"), parser=parser)
    lines = (" ".join("".join(p.itertext()).split()) for p in tree.iter("p"))
    title = tree.findtext(".//title")
    text = "\n".join(line for line in lines if line)
    return Page(text, _line(title), (), None, None, None, _language(page), _is_truncated(page))


def _line(value: str | None) -> str | None:
    words = " ".join((value or "").split())
    return words or None


def _language(page: str) -> str | None:
    match = _LANG.search(page[:20_000])
    return match.group(1).lower() if match else None


def _is_truncated(page: str) -> bool:
    lower = page.lower()
    opened = "<html" in lower or "<body" in lower
    return opened and "</html" not in lower and "</body" not in lower


def _is_story(text: str) -> bool:
    """Say whether there is at least one sentence that is not about cookies or a missing page."""
    return any(
        _SENTENCE.search(line) and not _NO_STORY.search(line) for line in (w[:2000] for w in text.split("\n"))
    )
