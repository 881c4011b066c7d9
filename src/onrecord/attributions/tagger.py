"""Cues as a small network tags them, and for each cue its source and its content.

Windows of an article are read one by one and never with those of another article, so that the same article
always gives the same attributions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from onrecord.attributions.paths import Floats, best_path, stretches
from onrecord.attributions.words import Ints, Window, Words, region, relations, windows

CLS, SEP = 101, 102
"""The pieces around a window in BERT's vocabulary."""

CUE = 3
"""The flat tag of the first word of a cue; the next one goes on."""


class Network(Protocol):
    """The two readings of the network, wherever they are computed."""

    transitions: Floats
    start: Floats

    def tag(self, pieces: Ints, features: Ints, word_at: Ints) -> tuple[Floats, Floats, Floats]:
        """Give each word of a window as a word near a cue, as a cue (words × width), and its flat scores."""
        ...

    def argue(self, near: Floats, cue: Floats, relations: Ints) -> Floats:
        """Give the scores (words × tags) of the words near one cue."""
        ...


@dataclass(frozen=True, slots=True)
class Linked:
    """A cue with its source and content, in words, and what the network thinks of them."""

    cue: tuple[int, int]
    source: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    cue_probability: float
    path_probability: float
    """Of exactly these words for source and content, given the cue."""


def inputs(words: Words, window: Window) -> tuple[Ints, Ints, Ints]:
    """Give pieces, the features of their words, and the first piece of each word, for one window."""
    low, high = words.piece_start[window.first], words.piece_start[window.last]
    pieces = np.concatenate([[CLS], words.pieces[low:high], [SEP]])
    counts = np.diff(words.piece_start[window.first : window.last + 1])
    own = np.repeat(words.features[window.first : window.last], counts, axis=0)
    edge = np.zeros((1, own.shape[1]), np.int64)
    features = np.concatenate([edge, own, edge])
    return pieces, features, words.piece_start[window.first : window.last] - low + 1


def link(words: Words, network: Network, least: float) -> Iterator[Linked]:
    """Give the cues at least so probable with what is linked to them."""
    for window in windows(words):
        states, keys, flat = network.tag(*inputs(words, window))
        found = list(cues(flat, window, least))
        others = np.array([c[0] for c, _ in found], np.int64)
        for cue, probability in found:
            low, high = region(words, window, cue)
            own = states[low - window.first : high - window.first]
            middle = keys[cue[0] - window.first : cue[1] - window.first].mean(axis=0)
            scores = network.argue(own, middle, relations(words, cue, (low, high), others))
            tags, log_probability = best_path(scores, network.transitions, network.start)
            yield Linked(
                cue,
                tuple((low + s, low + e) for s, e in stretches(tags, 1)),
                tuple((low + s, low + e) for s, e in stretches(tags, 3)),
                probability,
                float(np.exp(log_probability)),
            )


def cues(flat: Floats, window: Window, least: float) -> Iterator[tuple[tuple[int, int], float]]:
    """Give the cues among the window's own words, each with its probability."""
    scores = np.exp(flat - flat.max(axis=1, keepdims=True))
    probability = scores / scores.sum(axis=1, keepdims=True)
    begins, inside = probability[:, CUE], probability[:, CUE + 1]
    at = window.core
    while at < window.last:
        i = at - window.first
        p = float(begins[i] + inside[i])
        if p < least:
            at += 1
            continue
        end = at + 1
        while end < window.last and inside[end - window.first] > max(0.5 * p, begins[end - window.first]):
            end += 1
        yield (at, end), p
        at = end
