"""Cues as a small network tags them, and for each cue its source and its content.

Windows of an article are read one by one and never with those of another article, so that the same article
always gives the same attributions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from onrecord.attributions.network.paths import FORBIDDEN, Floats, best_paths, stretches
from onrecord.attributions.network.words import Ints, Window, Words, region, relations, windows

Range = tuple[int, int]
"""Words, by number: the first, and the one after the last."""

CLS, SEP = 101, 102
"""The pieces around a window in BERT's vocabulary."""

CUE = 3
"""The flat tag of the first word of a cue; the next one goes on."""


class Network(Protocol):
    """The two readings of the network, wherever they are computed."""

    @property
    def transitions(self) -> Floats:
        """The scores of steps between tags, from × to."""
        ...

    @property
    def start(self) -> Floats:
        """The scores of a first tag."""
        ...

    def tag(self, pieces: Ints, features: Ints, word_at: Ints) -> tuple[Floats, Floats, Floats]:
        """Give each word of a window as a word near a cue, as a cue (words × width), and its flat scores."""
        ...

    def argue(self, near: Floats, cue: Floats, relations: Ints) -> Floats:
        """Give the scores (words × tags) of the words near one cue."""
        ...


@dataclass(frozen=True, slots=True)
class Linked:
    """A cue with its source and content, in words, and what the network thinks of them."""

    cue: Range
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    cue_probability: float
    path_probability: float
    """Of exactly these words for source and content, given the cue."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network makes of an article: how probably each word is of a cue, and what is linked."""

    cue: Floats
    linked: tuple[Linked, ...]


def inputs(words: Words, window: Window) -> tuple[Ints, Ints, Ints]:
    """Give pieces, the features of their words, and the first piece of each word, for one window."""
    low, high = words.piece_start[window.first], words.piece_start[window.last]
    pieces = np.concatenate([[CLS], words.pieces[low:high], [SEP]])
    counts = np.diff(words.piece_start[window.first : window.last + 1])
    own = np.repeat(words.features[window.first : window.last], counts, axis=0)
    edge = np.zeros((1, own.shape[1]), np.int64)
    features = np.concatenate([edge, own, edge])
    return pieces, features, words.piece_start[window.first : window.last] - low + 1


def read(words: Words, network: Network, least: float) -> Reading:
    """Read an article; cues at least so probable come with what is linked to them."""
    probability = np.zeros(len(words), np.float32)
    found: list[tuple[Range, int]] = []
    scores: list[Floats] = []
    for window in windows(words):
        near, keys, flat = network.tag(*inputs(words, window))
        begins, inside = _of_cues(flat)
        probability[window.first : window.last] = begins + inside
        own = [(a + window.first, b + window.first) for a, b in cues(begins, inside, least)]
        others = np.array([a for a, _ in own], np.int64)
        for cue in own:
            low, high = region(words, window, cue)
            found.append((cue, low))
            own_scores = network.argue(
                near[low - window.first : high - window.first],
                keys[cue[0] - window.first : cue[1] - window.first].mean(axis=0),
                relations(words, cue, (low, high), others),
            )
            own_scores[cue[0] - low : cue[1] - low, 1:] = FORBIDDEN  # a cue is no part of what it links
            scores.append(own_scores)
    paths = best_paths(scores, network.transitions, network.start)
    linked = [
        Linked(
            cue,
            tuple((low + a, low + b) for a, b in stretches(tags, 1)),
            tuple((low + a, low + b) for a, b in stretches(tags, 3)),
            float(probability[cue[0]]),
            float(np.exp(certain)),
        )
        for (cue, low), (tags, certain) in zip(found, paths, strict=True)
    ]
    return Reading(probability, tuple(linked))


def _of_cues(flat: Floats) -> tuple[Floats, Floats]:
    """Give how probable it is of each word that it begins a cue, and that it goes on with one."""
    scores = np.exp(flat - flat.max(axis=1, keepdims=True))
    probability = scores / scores.sum(axis=1, keepdims=True)
    return probability[:, CUE], probability[:, CUE + 1]


def cues(begins: Floats, inside: Floats, least: float) -> Iterator[Range]:
    """Give the stretches of words that form a cue at least so probable."""
    at = 0
    while at < len(begins):
        p = begins[at] + inside[at]
        if p < least:
            at += 1
            continue
        end = at + 1
        while end < len(begins) and inside[end] > max(0.5 * p, begins[end]):
            end += 1
        yield at, end
        at = end
