"""Anything a user has → articles: text, web pages, JSON, JSON lines, addresses, folders, standard input.

Bad data is a value: `read_many` gives a `Failure` for what it cannot read, naming it and the reason in one
line, and goes on. Bad requests are exceptions: `read` raises `ReadError` where its one article cannot be
had.

An article's id is the one given, else a hash of its canonical address, else of its text
(`onrecord.reading.identity`); `sha256` is of the bytes read (of the row's, in JSON lines), so that a changed
version of a known address is a new version of the same article.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import msgspec
from msgspec import Struct

from onrecord.article import LONGEST, Article, Furniture, Problem
from onrecord.reading.decoding import DecodeError, decode, to_text
from onrecord.reading.furniture import find_furniture
from onrecord.reading.identity import article_id
from onrecord.reading.losses import find_losses
from onrecord.reading.mending import Decoded, mend
from onrecord.reading.published import find_published, parse_date
from onrecord.reading.sources import LARGEST, Failure, Piece, find_pieces, shown, too_large
from onrecord.reading.tongue import find_language, is_foreign
from onrecord.reading.webpages import charset, find_story, is_page


class ReadError(ValueError):
    """The article cannot be read. The message is one line: what, where, and what to do."""


class Row(Struct, frozen=True):
    """One article in JSON: `text`, and what else is known of it. Other keys are passed over."""

    text: str
    id: str | int | None = None
    title: str | None = None
    url: str | None = None
    published: str | int | None = None
    outlet: str | None = None
    authors: tuple[str, ...] | str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """An article's words, and what its source says of it. `given` and `stated` are dates in ISO 8601."""

    words: Decoded
    id: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    given: str | dt.date | None = None
    stated: str | None = None


def read(
    source: str | Path | bytes, *, published: str | dt.date | None = None, now: dt.datetime | None = None
) -> Article:
    """Read the one article in a file, at an http(s) address, in bytes, or on standard input (`-`).

    `published` (ISO 8601: a day, month or year) wins over what the source says. `now`, an aware time, is
    when it was retrieved.

    Raises:
        ReadError: where there is no article, or more than one (read those with `read_many`).
        ValueError: where `published` is no date.
    """
    if isinstance(source, bytes):
        return read_bytes(source, name=None, published=published, now=now)
    found = read_many([source], published=published, now=now)
    first = next(found, None)
    match first:
        case Article():
            if any(isinstance(other, Article) for other in found):
                raise ReadError(f"{shown(source)}: more than one article in it, where one was asked for")
            return first
        case Failure():
            raise ReadError(str(first))
        case None:
            raise ReadError(f"{shown(source)}: no article in it")


def read_many(
    sources: Iterable[str | Path],
    *,
    published: str | dt.date | None = None,
    now: dt.datetime | None = None,
) -> Iterator[Article | Failure]:
    """Read all articles in files, folders (with what is under them), addresses and standard input (`-`).

    They come in the order of the sources, those of a folder in the order of their names, one after the
    other: nothing is held. What cannot be read comes as a `Failure`; an article in another language comes as
    an article, for its text and its problem, and then as a `Failure`.

    Raises:
        ValueError: where `published` is no date.
    """
    if published is not None:
        parse_date(published)
    return _read_many(sources, published, now)


def _read_many(
    sources: Iterable[str | Path], published: str | dt.date | None, now: dt.datetime | None
) -> Iterator[Article | Failure]:
    for source in sources:
        for piece in find_pieces(str(source)):
            if isinstance(piece, Failure):
                yield piece
                continue
            try:
                article = _read_piece(piece, published, now)
            except ReadError as error:
                yield Failure(piece.name, str(error))
                continue
            yield article
            yield from (Failure(piece.name, p.message) for p in article.problems if p.kind == "language")


def read_bytes(
    data: bytes,
    *,
    name: str | None,
    url: str | None = None,
    published: str | dt.date | None = None,
    now: dt.datetime | None = None,
) -> Article:
    """Read one article, plain text or a web page, from bytes. `name` is what errors call it.

    Raises:
        ReadError: where there is no article in them.
        ValueError: where `published` is no date.
    """
    if published is not None:
        parse_date(published)
    piece = Piece(shown(name or url or "the input"), data, url=url)
    try:
        return _read_piece(piece, published, now)
    except ReadError as error:
        raise ReadError(f"{piece.name}: {error}") from error.__cause__


def _read_piece(piece: Piece, published: str | dt.date | None, now: dt.datetime | None) -> Article:
    """Read a piece. The message of a ReadError raised here leaves out where."""
    now = now or dt.datetime.now(dt.UTC)
    if len(piece.data) > LARGEST:
        raise ReadError(too_large(len(piece.data)))
    if not piece.data.strip():
        raise ReadError("empty, nothing to read")
    try:
        if piece.is_row:
            found = _row(piece.data)
        elif is_page(piece.data):
            found = _page(piece, now.date())
        else:
            found = _Found(decode(piece.data, piece.charset), url=piece.url)
    except DecodeError as error:
        raise ReadError(f"{error}; save its words as text, and read that") from error
    if published is not None:
        found = replace(found, given=published)
    return _article(found, hashlib.sha256(piece.data).hexdigest(), now)


def _row(data: bytes) -> _Found:
    try:
        row = msgspec.json.decode(data, type=Row)
        if row.published is not None:
            parse_date(str(row.published))
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise ReadError(_broken(error)) from error
    except ValueError as error:
        raise ReadError(f"“published”: {error}") from error
    authors = (row.authors,) if isinstance(row.authors, str) else row.authors or ()
    return _Found(
        words=mend(row.text.replace("\r\n", "\n").replace("\r", "\n")),
        id=None if row.id is None else str(row.id),
        title=_one_line(row.title),
        url=row.url,
        outlet=_one_line(row.outlet),
        authors=authors,
        language=(row.language or "")[:2].lower() or None,
        given=None if row.published is None else str(row.published),
    )


def _broken(error: Exception) -> str:
    words = shown(error)
    if isinstance(error, msgspec.ValidationError):
        return f"not an article: {words[:1].lower()}{words[1:]}"
    return f"broken JSON: {words}"


def _page(piece: Piece, today: dt.date) -> _Found:
    html, problems = to_text(piece.data, piece.charset or charset(piece.data))
    page = find_story(html, piece.url, today)
    if page is None:
        raise ReadError("a web page without a story; save the story as text, and read that")
    words = mend(page.text)
    if page.truncated:
        message = "the page ends before its end tag: the story may go on"
        problems = (*problems, Problem("truncated", message))
    return _Found(
        words=replace(words, problems=(*problems, *words.problems)),
        title=_one_line(page.title),
        url=piece.url or page.url,
        outlet=_one_line(page.outlet),
        authors=page.authors,
        language=page.language,
        stated=page.date,
    )


def _article(found: _Found, sha256: str, now: dt.datetime) -> Article:
    text = found.words.text
    if not text.strip():
        raise ReadError("nothing but white space, nothing to read")
    if len(text) > LONGEST:
        raise ReadError(f"{len(text):,} characters, too long for one article (at most {LONGEST:,})")
    furniture = find_furniture(text)
    language = find_language(text, found.language)
    problems = [*found.words.problems, *find_losses(text, furniture)]
    if is_foreign(text, language):
        seems = f"seems to be in “{language}”" if language else "seems not to be in English"
        problems.append(
            Problem("language", f"it {seems}: onrecord reads English only, and records nothing of it")
        )
    return Article(
        id=found.id or article_id(text, found.url),
        sha256=sha256,
        text=text,
        retrieved=now.astimezone(dt.UTC),
        url=found.url,
        title=found.title or _headline(text, furniture),
        outlet=found.outlet,
        authors=found.authors or _authors(text, furniture),
        language=language,
        published=find_published(text, found.given, found.stated or _date_in(found.url), now.date()),
        furniture=furniture,
        repairs=found.words.repairs,
        problems=tuple(problems),
    )


def _one_line(words: str | None) -> str | None:
    return None if words is None else " ".join(mend(words).text.split()) or None


def _headline(text: str, furniture: tuple[Furniture, ...]) -> str | None:
    """Give the first line that is no furniture, where it looks like a headline.

    That is short, no quotation, and before a blank line, a byline or a dateline.
    """
    starts = {f.span[0]: f.kind for f in furniture}
    lines = [m.span() for m in re.finditer(r"[^\s][^\n]*", text[:3000])]
    for (start, end), (following, _) in pairwise(lines):
        if starts.get(start, "dateline") != "dateline":
            continue
        words = text[start:end].rstrip()
        apart = text.count("\n", end, following) > 1 or starts.get(following) in (
            "byline",
            "dateline",
            "other",
        )
        looks = len(words) <= 200 and len(words.split()) <= 30 and words[-1] not in '"”»,:'
        return words if apart and looks and start not in starts else None
    return None


_BY = re.compile(
    r"(?i:(?:written |reported |words |story |text )?by)[: ]\s*([^,|–—:]{3,120}?)(?: in | for | at |[,|–—]|$)"
)


def _authors(text: str, furniture: tuple[Furniture, ...]) -> tuple[str, ...]:
    """Give the names in the byline at the top of a text."""
    for item in furniture:
        words = text[slice(*item.span)]
        match = _BY.match(words) if item.kind == "byline" and item.span[0] < 2000 else None
        if match:
            return tuple(name.strip() for name in re.split(r" and | & ", match.group(1)) if name.strip())
    return ()


def _date_in(url: str | None) -> str | None:
    """Give the day that an address states, as those of newspapers often do (/2023/02/24/)."""
    match = re.search(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?:/|-|$)", url or "")
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None
