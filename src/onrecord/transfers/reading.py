"""Military items as the network reads them: transferred or not, how far along, which words are the sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.article import Span
from onrecord.attributions.network import shipped as attribution
from onrecord.events.network import sentence
from onrecord.events.parties import Scene
from onrecord.record import Attribution, Party, Stage, Status
from onrecord.transfers import network
from onrecord.transfers.arms import Arms
from onrecord.transfers.sides import sides_of, stateless

if TYPE_CHECKING:
    from spacy.tokens import Token

SENTENCES_BEFORE = 2
"""How many sentences before an item's are read with it: pronouns and bare numbers look back."""

LIKELY = 0.5
"""The least probability with which words stand for a side."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the network makes of an item, in the words of the article.

    `told` is how probable it is that the item is transferred at all; `supplier` and `recipient` are the
    stretches of the text that may name them, the likeliest first, each with its probability.
    """

    told: float
    stages: dict[Stage, float]
    statuses: dict[Status, float]
    kind: str
    supplier: tuple[tuple[Span, float], ...]
    recipient: tuple[tuple[Span, float], ...]

    @property
    def stage(self) -> Stage:
        """The likeliest stage."""
        return max(self.stages, key=lambda s: self.stages[s])

    @property
    def status(self) -> Status:
        """The likeliest status."""
        return max(self.statuses, key=lambda s: self.statuses[s])


def hear(item: Arms, scene: Scene) -> Heard:
    """Read an item with the sentences before it."""
    doc = scene.doc
    first = passage_start(item.head)
    start, end = doc[first].idx, item.head.sent.end_char
    words = sentence(scene.article.text[start:end], attribution.load().tokenizer)
    marked = (min(item.words.start, item.head.idx), item.head.idx + len(item.head))
    if item.bare:
        marked = (item.head.idx, item.head.idx + len(item.head))
    read = network.read(words, (marked[0] - start, marked[1] - start))
    return Heard(
        read.told,
        read.stages,
        read.statuses,
        max(read.kinds, key=lambda k: read.kinds[k]),
        *(
            tuple(((a + start, b + start), p) for (a, b), p in network.runs(side, read.offsets, LIKELY))
            for side in (read.supplier, read.recipient)
        ),
    )


def passage_start(head: Token) -> int:
    """Give the token with which the passage that is read begins."""
    first = head.sent.start
    for _ in range(SENTENCES_BEFORE):
        if first == 0:
            break
        first = head.doc[first - 1].sent.start
    return first


def side(
    heard: Sequence[tuple[Span, float]],
    item: Arms,
    other: Party | None,
    scene: Scene,
    voice: Attribution | None,
) -> Party | None:
    """Give the party that the likeliest words stand for, and that is not the other side.

    Where only sentences before the item's have such words, and they name two, nobody is taken: "sold Chile
    20 tanks and Peru 10. It also sent two radars" does not say to whom.
    """
    found: list[tuple[Span, Party]] = []
    for span, _ in heard:
        words = scene.doc.char_span(*span, alignment_mode="expand")
        if words is None:
            continue
        meant = sides_of(words.root, scene, voice)
        found += [(span, p) for p in meant if other is None or not _one(p, other)][:1]
    if not found:
        return None
    (start, _), best = found[0]
    before = start < item.head.sent.start_char
    return None if before and any(not _one(p, best) for _, p in found) else stateless(best)


def _one(one: Party, other: Party) -> bool:
    return (one.country, one.name) == (other.country, other.name) or (
        one.country is not None and one.country == other.country
    )
