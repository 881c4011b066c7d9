"""Fit the line that turns a finder's raw score into a probability.

The fit wants articles that the finder was not trained on: on its own training articles it is right more
often than it will ever be again. What it gives is read by `onrecord.attributions.confidence.calibrated`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_KNOTS = 24
"""More would follow the noise of some thousand findings, and be a table instead of a line."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Neighbouring scores pooled: how many findings, how many of them right, and the sum of their scores."""

    count: float
    right: float
    total: float

    @property
    def share(self) -> float:
        return self.right / self.count

    @property
    def centre(self) -> float:
        return self.total / self.count


def fit_isotonic(scores: Sequence[float], right: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """Fit a rising line from raw scores to the share of findings that are right.

    Isotonic regression by pooling adjacent violators (Ayer et al. 1955; for calibration Zadrozny and Elkan,
    2002), then neighbours joined until at most `MOST_KNOTS` are left, those first that lose the least
    squared error (Ward 1963). A knot stands at the mean score of its block, so the line has no steps. One
    right and one wrong finding are counted on top at the lowest and at the highest score (Laplace's rule of
    succession), so that no probability is 0 or 1.

    Args:
        scores: finite raw scores, higher for surer, in any order and on any scale.
        right: whether the finding with that score was right.

    Returns:
        Knots (score, probability): scores strictly rising, probabilities never falling, within (0, 1).

    Raises:
        ValueError: where there are no scores, not as many answers as scores, or a score that is not finite.
    """
    if not scores:
        raise ValueError("nothing to fit: there are no scores")
    if len(scores) != len(right):
        raise ValueError(f"{len(scores)} scores and {len(right)} answers")
    if not all(math.isfinite(s) for s in scores):
        raise ValueError("a score is not finite")
    blocks = _joined(_pooled(_by_score(scores, right)), MOST_KNOTS)
    return _distinct([(b.centre, b.share) for b in blocks])


def _by_score(scores: Sequence[float], right: Sequence[bool]) -> list[_Block]:
    """Give a block for each different score, rising, with Laplace's counts in the first and the last."""
    tally: dict[float, tuple[int, int]] = {}
    for score, good in zip(scores, right, strict=True):
        count, correct = tally.get(score, (0, 0))
        tally[score] = count + 1, correct + bool(good)
    for end in (min(tally), max(tally)):
        count, correct = tally[end]
        tally[end] = count + 2, correct + 1
    return [_Block(count, correct, score * count) for score, (count, correct) in sorted(tally.items())]


def _pool(one: _Block, other: _Block) -> _Block:
    return _Block(one.count + other.count, one.right + other.right, one.total + other.total)


def _pooled(blocks: Sequence[_Block]) -> list[_Block]:
    """Pool neighbours until the share of right findings rises from block to block."""
    rising: list[_Block] = []
    for block in blocks:
        rising.append(block)
        while len(rising) > 1 and rising[-2].share >= rising[-1].share:
            last = rising.pop()
            rising[-1] = _pool(rising[-1], last)
    return rising


def _cost(one: _Block, other: _Block) -> float:
    """Give the squared error that pooling two blocks adds."""
    return one.count * other.count / (one.count + other.count) * (one.share - other.share) ** 2


def _joined(blocks: list[_Block], most: int) -> list[_Block]:
    """Join neighbours, cheapest first, until at most `most` blocks are left."""
    while len(blocks) > most:
        costs = [_cost(one, other) for one, other in pairwise(blocks)]
        i = costs.index(min(costs))
        blocks = [*blocks[:i], _pool(blocks[i], blocks[i + 1]), *blocks[i + 2 :]]
    return blocks


def _distinct(knots: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Drop a knot whose score rounding has brought down to the one before it."""
    kept = [knots[0]]
    kept.extend(k for k in knots[1:] if k[0] > kept[-1][0])
    return tuple(kept)
