"""From a finder's raw score to a probability, on a rising line that was fitted on held-out articles."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from typing import Protocol

from onrecord.attributions.candidates import Candidate

Knots = Sequence[tuple[float, float]]
"""Points (raw score, probability): scores strictly rising, probabilities never falling and within [0, 1]."""


class Fitted(Protocol):
    """What was fitted on held-out articles: how sure to be, and what to give."""

    @property
    def network_weights(self) -> tuple[float, ...]:
        """Weigh the signals of what the network links."""

    @property
    def rules_weights(self) -> tuple[float, ...]:
        """Weigh the signals of what only rules find."""

    @property
    def knots(self) -> tuple[tuple[float, float], ...]:
        """Turn what the signals weigh into a probability."""

    @property
    def least(self) -> float:
        """Tell the least confidence of an attribution that is given."""


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


def confidence(candidate: Candidate, fitted: Fitted) -> float:
    """Give the probability that a candidate is right: its signals weighed, then calibrated.

    The weights are those of a logistic regression, one for each witness; both share one line.
    """
    weights = fitted.network_weights if candidate.witness == "network" else fitted.rules_weights
    score = sum(s * w for s, w in zip(candidate.signals, weights, strict=True))
    return calibrated(fitted.knots, score)
