"""Fit, on held-out articles, how sure to be of an attribution and which ones to give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from calibrate import fit_isotonic

from onrecord.attributions.confidence import calibrated, signals, weighed
from onrecord.attributions.tagger import Linked, Network, link

if TYPE_CHECKING:
    from data import Annotated, Gold

LEAST_CUE = 0.15
"""The least probability of a cue that is looked at: under it hardly any attribution is worth giving."""
SHARED = 0.5
"""The Dice coefficient from which on contents, and sources, are the same: as in the scorer of record."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of the signals, knots of the calibration, and the least confidence worth giving."""

    weights: tuple[float, ...]
    knots: tuple[tuple[float, float], ...]
    least: float


def fit(articles: Sequence[Annotated], network: Network) -> Fitted:
    """Fit on what the network links in articles that it did not learn from."""
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    for article in articles:
        for one in link(article.words, network, LEAST_CUE):
            if one.content:
                rows.append(signals(article.words, one))
                right.append(any(is_right(one, g) for g in article.gold))
    matrix, truth = np.array(rows), np.array(right, float)
    weights = tuple(round(float(w), 4) for w in logistic(matrix, truth))
    scores = [weighed(r, weights) for r in rows]
    knots = fit_isotonic(scores, right)
    least = _best_threshold([calibrated(knots, s) for s in scores], right, sum(len(a.gold) for a in articles))
    return Fitted(weights, knots, least)


def is_right(found: Linked, gold: Gold) -> bool:
    """Say whether content and source are those that people marked, by the words they share."""
    own = {i for s in found.source for i in range(*s)}
    same_source = dice(own, set(gold.source)) >= SHARED if gold.source else not own
    return same_source and dice({i for c in found.content for i in range(*c)}, set(gold.content)) >= SHARED


def dice(a: set[int], b: set[int]) -> float:
    """Give twice the shared words by all words of both; 0 where there are none."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def logistic(rows: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Fit a logistic regression by Newton's method, with a weak pull of the weights to nothing."""
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - p) - 0.1 * weights
        bend = (rows * (p * (1 - p))[:, None]).T @ rows + 0.1 * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def _best_threshold(confidence: Sequence[float], right: Sequence[bool], gold: int) -> float:
    """Give the least confidence that makes F1 highest, where every right one finds another attribution."""
    order = sorted(zip(confidence, right, strict=True), reverse=True)
    best, hits, least = 0.0, 0, 0.5
    for said, (p, ok) in enumerate(order, 1):
        hits += ok
        f1 = 2 * hits / (said + gold)
        if f1 > best:
            best, least = f1, p
    return round(least, 3)
