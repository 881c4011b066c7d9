"""Who said what, as spans: what the network links, made to agree with the quotation marks and with itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from onrecord.article import Span
from onrecord.attributions import network
from onrecord.attributions.confidence import calibrated, signals, weighed
from onrecord.attributions.found import Found
from onrecord.attributions.quoted import Quoted
from onrecord.attributions.tagger import Linked, link
from onrecord.attributions.words import NO_LETTER, Words, words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.quotations import Quotation



class Fitted(Protocol):
    """What was fitted on held-out articles: how sure to be, and what to give."""

    @property
    def weights(self) -> tuple[float, ...]: ...
    @property
    def knots(self) -> tuple[tuple[float, float], ...]: ...
    @property
    def least(self) -> float: ...


UNCLAIMED = 0.4
"""How sure we are that a quoted sentence without any cue is somebody's words. Not calibrated: PolNeAR, on
which confidence is, marks no such quotation."""


def find(doc: Doc, quotations: Sequence[Quotation]) -> tuple[Found, ...]:
    """Give the attributions of an article in the order of their first words.

    `quotations` are those of the same text. A quotation without any cue comes with neither source nor cue.
    """
    shipped = network.load()
    words = words_of(doc, quotations, shipped.tokenizer)
    if not len(words):
        return ()
    linked = link(words, shipped, shipped.decoder.least_cue)
    quoted = Quoted(doc, quotations)
    found = [_whole(_found(words, one, p), quoted) for one, p in settled(words, linked, shipped.decoder)]
    claimed = [s for f in found for s in f.content]
    found.extend(Found(None, None, parts, UNCLAIMED) for parts in quoted.unclaimed(claimed))
    return tuple(sorted(found, key=lambda f: (f.content, f.cue or (0, 0))))


def settled(words: Words, linked: Iterable[Linked], decoder: Fitted) -> list[tuple[Linked, float]]:
    """Give the attributions worth giving with their confidence, no word the content of two of them.

    The surer one keeps a word that two claim; one that loses half its content that way is given up.
    """
    scored = [(one, calibrated(decoder.knots, weighed(signals(words, one), decoder.weights)))
              for one in linked if one.content]  # fmt: skip
    taken: set[int] = set()
    result = []
    for one, confidence in sorted(scored, key=lambda s: (-s[1], s[0].cue)):
        if confidence < decoder.least:
            break
        inside = [i for first, last in one.content for i in range(first, last)]
        own = [i for i in inside if i not in taken]
        if 2 * len(own) >= len(inside):
            taken.update(own)
            result.append((replace(one, content=_joined(words, own)), confidence))
    return result


def _joined(words: Words, inside: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Give the stretches that words form, joined across punctuation that stands alone between them."""
    parts: list[tuple[int, int]] = []
    for i in inside:
        if parts and (words.features[parts[-1][1] : i, 3] == NO_LETTER).all():
            parts[-1] = (parts[-1][0], i + 1)
        else:
            parts.append((i, i + 1))
    return tuple(parts)


def _found(words: Words, linked: Linked, confidence: float) -> Found:
    """Give an attribution in code points; of a source in pieces the longest piece."""

    def span(stretch: tuple[int, int]) -> Span:
        return int(words.start[stretch[0]]), int(words.end[stretch[1] - 1])

    source = max(linked.source, key=lambda s: s[1] - s[0], default=None)
    content = tuple(span(c) for c in linked.content)
    return Found(None if source is None else span(source), span(linked.cue), content, round(confidence, 3))


def _whole(found: Found, quoted: Quoted) -> Found:
    """Stretch contents to their quotation marks, and into the next paragraph where one is left open."""
    others = [s for s in (found.source, found.cue) if s is not None]
    content: list[Span] = []
    for span in found.content:
        low = max((e for _, e in others if e <= span[0]), default=0)
        high = min((s for s, _ in others if s >= span[1]), default=len(quoted.text))
        grown = quoted.whole(span, (low, high))
        if content and grown[0] < content[-1][1]:
            grown = (content.pop()[0], grown[1])
        content.append(grown)
    while (more := quoted.continued(content[-1][1])) is not None:
        content.append(more)
    return replace(found, content=tuple(content))
