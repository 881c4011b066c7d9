"""From a finder's raw score to a probability, on a rising line that was fitted on held-out articles."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence

from onrecord.attributions.tagger import Linked
from onrecord.attributions.words import Words

_LEAST = 1e-6

Knots = Sequence[tuple[float, float]]
"""Points (raw score, probability): scores strictly rising, probabilities never falling and within [0, 1]."""


def calibrated(knots: Knots, score: float) -> float:
    """Give the probability that a finding with this raw score is right.

    Between two knots it is on the straight line between them, beyond the first and last it stays as it is
    there. A higher score never gives a lower probability. The scores may be on any finite scale.

    Raises:
        ValueError: where there are no knots, or the score is not a number.
    """
    if not knots:
        raise ValueError("a calibration has at least one knot")
    if math.isnan(score):
        raise ValueError("a score that is not a number has no probability")
    right = bisect.bisect_right(knots, score, key=_score)
    if right == 0:
        return knots[0][1]
    low, below = knots[right - 1]
    if right == len(knots) or score == low:
        return below
    high, above = knots[right]
    return min(above, below + (above - below) * ((score - low) / (high - low)))


def _score(knot: tuple[float, float]) -> float:
    return knot[0]


def signals(words: Words, linked: Linked) -> tuple[float, ...]:
    """Give what speaks for an attribution: a constant, then what the network thinks and how it looks.

    The log odds of its cue, the log probability of its words, whether it has a source, the logarithm of how
    many words its content has, and the share of those that are in quotation marks.
    """
    inside = [i for first, last in linked.content for i in range(first, last)]
    quoted = sum(words.features[i, 2] > 0 for i in inside) / max(1, len(inside))
    cue = min(max(linked.cue_probability, _LEAST), 1 - _LEAST)
    return (
        1.0,
        math.log(cue / (1 - cue)),
        math.log(max(linked.path_probability, _LEAST)),
        float(bool(linked.source)),
        math.log1p(len(inside)),
        float(quoted),
    )


def weighed(signals: Sequence[float], weights: Sequence[float]) -> float:
    """Give the sum of the signals, each times its weight: the log odds of a logistic regression."""
    return sum(s * w for s, w in zip(signals, weights, strict=True))
