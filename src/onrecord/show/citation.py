"""Footnotes: a record's words, who said them, and where a reader finds them."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

from msgspec import Struct

from onrecord.article import Mention, Published
from onrecord.record import (
    Actor,
    Attribution,
    AttributionKind,
    Event,
    Item,
    Position,
    Record,
    Speaker,
    Transfer,
)
from onrecord.show import wording
from onrecord.store.decisions import Kind, kind_of
from onrecord.store.rows import GAP

_FEW_WORDS = 12


class Citation(Struct, frozen=True):
    """All that a footnote says about one item of a record.

    `said` is how the words are given (null for what the outlet tells in its own voice), `link` the address of
    the words themselves in the published page, as a text fragment.
    """

    id: str
    kind: Kind
    said: AttributionKind | None
    speaker: Speaker | None
    inferred: bool
    words: tuple[Mention, ...]
    article: str
    title: str | None
    outlet: str | None
    authors: tuple[str, ...]
    published: Published
    url: str | None
    link: str | None
    retrieved: dt.datetime
    sha256: str
    superseded: bool = False


def cite(record: Record, item: Item, *, superseded: bool = False) -> Citation:
    """Give the citation of an item of the record: what was said, or the passage that tells of a deed."""
    article = record.article
    voice, words = _voice(record, item), _words(item)
    return Citation(
        id=item.id,
        kind=kind_of(item),
        said=voice.kind if voice else None,
        speaker=item.holder if isinstance(item, Position) else voice.speaker if voice else None,
        inferred=voice.inferred if voice else False,
        words=words,
        article=article.id,
        title=article.title,
        outlet=article.outlet,
        authors=article.authors,
        published=article.published,
        url=article.url,
        link=link(article.url, words[0].text) if article.url and words else None,
        retrieved=article.retrieved,
        sha256=article.sha256,
        superseded=superseded,
    )


def footnote(citation: Citation) -> str:
    """Give the citation as one paragraph: speaker, exact words, outlet, title, date, address, place."""
    words = GAP.join(mention.text for mention in citation.words)
    quoted = words if words.startswith(wording.OPENING) else f"“{words}”"
    where = ", ".join(
        part
        for part in (
            citation.outlet or "Outlet not known",
            f"“{citation.title}”" if citation.title else None,
            wording.published_on(citation.published),
        )
        if part
    )
    if citation.published.how == "inferred":
        where += " (date inferred from the text)"
    spans = ", ".join(f"{m.start}–{m.end}" for m in citation.words)
    ends = f"Characters {spans} of article {citation.article}; record {citation.id}"
    if citation.superseded:
        ends += ", which the latest record of the article no longer has"
    address = f"{citation.link or citation.url} " if citation.url else ""
    said = _said_by(citation)
    return " ".join(
        part
        for part in (
            f"{said}: {quoted}" if said else quoted,
            f"{where}.",
            f"{address}(retrieved {wording.day(citation.retrieved.date())}).",
            f"{ends}.",
        )
    )


def link(url: str, words: str) -> str | None:
    """Give the address of words in a published page, as a URL text fragment (WICG), null for no web page.

    Many words are given by the first and the last few.
    """
    if not url.startswith(("http://", "https://")):
        return None
    each = words.split()
    parts = [each] if len(each) <= _FEW_WORDS else [each[:5], each[-5:]]
    text = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in parts)
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"


def _voice(record: Record, item: Item) -> Attribution | None:
    wanted: str | None = None
    match item:
        case Attribution():
            return item
        case Event() | Transfer():
            wanted = item.according_to
        case Position():
            wanted = next(iter(item.attributions), None)
        case Actor():
            pass
    return next((a for a in record.attributions if a.id == wanted), None)


def _words(item: Item) -> tuple[Mention, ...]:
    match item:
        case Attribution():
            return item.content
        case Event():
            return item.evidence or (item.act,)
        case Transfer():
            return item.evidence or (item.item,)
        case Position():
            return item.evidence
        case Actor():
            return item.mentions[:1]


def _said_by(citation: Citation) -> str | None:
    if citation.speaker is None:
        return "Speaker not named in the text" if citation.said else None
    told = wording.introduce(citation.speaker)
    said = f"{citation.speaker.name}, {told}" if told else citation.speaker.name
    if citation.inferred:
        said += " (speaker inferred)"
    return said if citation.said == "direct" and citation.kind == "attribution" else f"{said}, as reported"
