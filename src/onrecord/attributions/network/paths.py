"""The best sequence of tags for the words around a cue, and how probable it is: a linear-chain CRF.

Lafferty, McCallum and Pereira, *Conditional Random Fields* (ICML 2001). Scores are unnormalised logarithms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

TAGS = ("O", "B-source", "I-source", "B-content", "I-content")
"""What a word near a cue is to that cue."""

_TOGETHER = 256
"""Sequences decoded at a time: enough to be quick, few enough for the memory of a long text."""

FORBIDDEN = -1e4
"""The score of a step that may not be taken: an inside without its beginning."""


def best_paths(
    emissions: Sequence[Floats], transitions: Floats, start: Floats
) -> Iterator[tuple[list[int], float]]:
    """Give the best tags of each sequence and the logarithm of their probability among all sequences.

    Each of `emissions` is words × tags, with at least one word; `transitions` tags × tags (from, to), `start`
    tags. Viterbi's algorithm, many sequences at a time, in time linear in the words.
    """
    for first in range(0, len(emissions), _TOGETHER):
        yield from _best_paths(emissions[first : first + _TOGETHER], transitions, start)


def _best_paths(
    emissions: Sequence[Floats], transitions: Floats, start: Floats
) -> Iterator[tuple[list[int], float]]:
    lengths = np.array([len(e) for e in emissions])
    scores = np.zeros((lengths.max(), len(emissions), len(TAGS)), np.float32)
    for i, own in enumerate(emissions):
        scores[: len(own), i] = own
    best = start + scores[0]
    total = best.astype(np.float64)
    back = np.zeros(scores.shape, np.int64)
    for t in range(1, len(scores)):
        live = (t < lengths)[:, None]
        steps = best[:, :, None] + transitions
        back[t] = np.where(live, steps.argmax(axis=1), np.arange(len(TAGS)))
        best = np.where(live, steps.max(axis=1) + scores[t], best)
        total = np.where(live, _log_sum(total[:, :, None] + transitions) + scores[t], total)
    tags = np.zeros(scores.shape[:2], np.int64)
    tags[-1] = best.argmax(axis=1)
    every = np.arange(len(emissions))
    for t in range(len(scores) - 1, 0, -1):
        tags[t - 1] = back[t, every, tags[t]]
    certain = best.max(axis=1) - _log_sum(total[:, :, None])[:, 0]
    for i, length in enumerate(lengths):
        yield tags[:length, i].tolist(), float(certain[i])


def _log_sum(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Add probabilities given by their logarithms, over the tags that a step comes from."""
    top = scores.max(axis=1)
    total: npt.NDArray[np.float64] = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
    return total


def stretches(tags: list[int], begin: int) -> Iterator[tuple[int, int]]:
    """Give where the stretches of one kind stand: `begin` tags a first word, the next number goes on."""
    start = None
    for i, tag in enumerate([*tags, 0]):
        if start is not None and tag != begin + 1:
            yield start, i
            start = None
        if tag == begin:
            start = i
