"""From a finder's raw score to a probability, on a rising line that was fitted on held-out articles."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence

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
