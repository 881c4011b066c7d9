"""The pairs of a training sentence that nobody marked, as reading will ask for them: mostly no event.

A marked pair the other way round, for types that have a direction; and pairs with an actor that is no part of
the marked pair. They count half: some of them do stand for an event that nobody wrote down.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord import language
from onrecord.actors import Cast, find_actors
from onrecord.article import Article, Published
from onrecord.events.arguments import coordinated
from onrecord.events.candidates import Phrase, pairs, phrases
from onrecord.events.network import Span
from onrecord.events.parties import Scene
from onrecord.events.plover import EITHER_WAY

if TYPE_CHECKING:
    from training.events.rows import Row

_MOST = 4
"""How many pairs of one sentence are taken."""


def turned(rows: Sequence[Row]) -> Iterator[Row]:
    """Give the marked pairs the other way round, where their type has a direction."""
    marked = {(row.text, row.source, row.recipient) for row in rows}
    for row in rows:
        if "NONE" in row.types or EITHER_WAY.intersection(row.types) or not (row.source and row.recipient):
            continue
        if (row.text, row.recipient, row.source) not in marked:
            yield replace(_none(row), source=row.recipient, recipient=row.source)


def unmarked(rows: Sequence[Row]) -> Iterator[Row]:
    """Give pairs with an actor that no marked pair of the sentence holds."""
    by_text: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_text[row.text].append(row)
    for text, own in by_text.items():
        taken = [span for row in own for span in (*row.source, *row.recipient)]
        scene = _scene(text)
        for sentence in scene.doc.sents:
            found = phrases(sentence, scene)
            marked = [p for p in found if _touches(p.span, taken)]
            free = {p for p in found if p not in marked and not _same(p, marked)}
            new = [(a, b) for a, b in pairs(found) if {a, b} & free and {a, b} <= free | set(marked)]
            for a, b in new[:: max(1, len(new) // _MOST)][:_MOST]:
                yield replace(_none(own[0]), source=(a.span,), recipient=(b.span,))


def _none(row: Row) -> Row:
    return replace(row, types=("NONE",), act=None, status=None, said=None)


def _touches(span: Span, taken: Sequence[Span]) -> bool:
    return any(a < span[1] and b > span[0] for a, b in taken)


def _same(one: Phrase, marked: Sequence[Phrase]) -> bool:
    """Say whether a phrase is a marked actor once more, or coordinated with one and may well do the same."""
    chain = {t.i for p in marked for t in coordinated(p.head)}
    return (
        one.head.i in chain
        or any(t.i in {p.head.i for p in marked} for t in coordinated(one.head))
        or any(one.keys & p.keys for p in marked)
    )


def _scene(text: str) -> Scene:
    day = dt.date(2020, 1, 1)
    article = Article(
        id="t",
        sha256="",
        text=text,
        retrieved=dt.datetime(2020, 1, 1, tzinfo=dt.UTC),
        published=Published(day, day, "given"),
    )
    doc = language.annotate(text)
    return Scene(article, doc, Cast(find_actors(article, doc)))
