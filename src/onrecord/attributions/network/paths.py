"""The best sequence of tags for the words around a cue, and how probable it is: a linear-chain CRF.

Lafferty, McCallum and Pereira, *Conditional Random Fields* (ICML 2001). Scores are unnormalised logarithms.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

TAGS = ("O", "B-source", "I-source", "B-content", "I-content")
"""What a word near a cue is to that cue."""

FORBIDDEN = -1e4
"""The score of a step that may not be taken: an inside without its beginning."""


def best_path(emissions: Floats, transitions: Floats, start: Floats) -> tuple[list[int], float]:
    """Give the best tags of a sequence and the logarithm of their probability among all sequences.

    `emissions` is words × tags, `transitions` tags × tags (from, to), `start` tags. Viterbi's algorithm, in
    time linear in the words.
    """
    if not len(emissions):
        return [], 0.0
    best = start + emissions[0]
    total = best.astype(np.float64)
    back = []
    for emission in emissions[1:]:
        steps = best[:, None] + transitions
        back.append(steps.argmax(axis=0))
        best = steps.max(axis=0) + emission
        total = _log_sum(total[:, None] + transitions) + emission
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1], float(best.max() - _log_sum(total[:, None])[0])


def _log_sum(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    top = scores.max(axis=0)
    total: npt.NDArray[np.float64] = top + np.log(np.exp(scores - top).sum(axis=0))
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
