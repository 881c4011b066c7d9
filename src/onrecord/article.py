"""One news text as it was read: the words, where they came from, and what is not the story.

Every span in onrecord is a half-open interval of code points in `Article.text`, and
`article.text[start:end]` equals the words of the mention, always.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

Span = tuple[int, int]
"""Half-open interval of code points in `Article.text`."""

LONGEST = 500_000
"""Code points of the longest text that counts as one article; a long read has a tenth of that. Parsing takes
about a minute and 2 GB for as much."""

FurnitureKind = Literal[
    "breadcrumb", "byline", "dateline", "caption", "pull_quote", "related", "bio", "share", "other"
]
ProblemKind = Literal["garbled", "lost_text", "truncated", "encoding", "language"]
PublishedHow = Literal["given", "metadata", "inferred", "unknown"]


class Mention(Struct, frozen=True):
    """Words in the text and where they stand."""

    span: Span
    text: str

    @property
    def start(self) -> int:
        """First code point of the words."""
        return self.span[0]

    @property
    def end(self) -> int:
        """One past the last code point of the words."""
        return self.span[1]


def mention(text: str, start: int, end: int) -> Mention:
    """Give the mention of `text[start:end]`.

    Raises:
        ValueError: where the span is empty or leaves the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}:{end} is empty or outside a text of {len(text)} characters")
    return Mention((start, end), text[start:end])


class Published(Struct, frozen=True):
    """When the article was published, as an interval of days (both ends included).

    `how` says where the interval comes from; `mention` is the passage that it was inferred from.
    """

    earliest: dt.date | None = None
    latest: dt.date | None = None
    how: PublishedHow = "unknown"
    mention: Mention | None = None


class Furniture(Struct, frozen=True):
    """Text on the page that is not the story. A pull quote says which passage it repeats."""

    kind: FurnitureKind
    span: Span
    repeats: Span | None = None


class Repair(Struct, frozen=True):
    """What decoding changed: `original` stood where `span` stands now, so the raw text can be had back."""

    span: Span
    original: str


class Problem(Struct, frozen=True):
    """Something wrong with the article that a reader of the record should know."""

    kind: ProblemKind
    message: str
    span: Span | None = None


class Article(Struct, frozen=True):
    """One news text, with its publication date; its `text` never changes once read.

    `id` is the one given, or derived from the URL, or from the text (see `onrecord.reading`);
    `sha256` is the hexadecimal digest of the bytes read, so that two versions of one URL are told apart;
    `retrieved` is an aware UTC time; `language` an ISO 639-1 code.
    """

    id: str
    sha256: str
    text: str
    retrieved: dt.datetime
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    published: Published = Published()
    furniture: tuple[Furniture, ...] = ()
    repairs: tuple[Repair, ...] = ()
    problems: tuple[Problem, ...] = ()
