"""Military items of real news that are not transferred: our own sentences, dense with deeds, lack them.

From a folder of PolNeAR texts every item is taken whose passage has no word of a transfer in it. Nobody
marked them, and of such news nearly all are right to be none. No sentence of theirs is kept: they are read
when the network is trained.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from onrecord import language
from onrecord.actors import Cast, find_actors
from onrecord.article import Article, Published
from onrecord.events.parties import Scene, nationalities
from onrecord.transfers.arms import find_arms
from onrecord.transfers.reading import passage_start
from training.transfers.rows import Row

_MOVING = re.compile(
    r"\b(?:aid|arm(?:ed|ing)|bought|buy\w*|deliver\w*|embargo\w*|export\w*|gave|giv\w+|import\w*|offer\w*|order\w*|"
    r"provid\w*|purchas\w*|sales?|sell\w*|sent|send\w*|ship(?:ped|ping|ments?)|sold|suppl\w+|trad\w+|transfer\w*)\b",
    re.IGNORECASE,
)
"""Words beside which an item may be transferred: such passages are left out, whatever they say."""

LONGEST = 60_000
_DAY = dt.date(2016, 6, 1)


def not_transferred(folder: Path, without: Sequence[Path] = ()) -> Iterator[Row]:
    """Give the items of the texts in a folder that nothing says are transferred."""
    left_out = {path.stem for each in without for path in each.glob("*.txt")}
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if path.stem not in left_out and len(text) <= LONGEST:
            yield from _of_text(path.stem, text)


def in_sentences(sentences: Iterable[str]) -> Iterator[Row]:
    """Give such items of sentences that stand by themselves."""
    for number, text in enumerate(sorted(sentences)):
        yield from _of_text(str(number), text)


def _of_text(name: str, text: str) -> Iterator[Row]:
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    article = Article(name, "", text, now, published=Published(_DAY, _DAY, "given"))
    doc = language.annotate(text)
    scene = Scene(article, doc, Cast(find_actors(article, doc)))
    for item in find_arms(doc, text, nationalities(scene)):
        start, end = doc[passage_start(item.head)].idx, item.head.sent.end_char
        passage = text[start:end]
        if not _MOVING.search(passage):
            span = (item.words.start - start, item.head.idx + len(item.head) - start)
            yield Row(passage, span, None, None, None, None, None)
