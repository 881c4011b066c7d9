"""Fit, on held-out articles, how sure to be of an attribution and which ones to give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from onrecord import language
from onrecord.attributions import rules
from onrecord.attributions.candidates import SIGNALS, Candidate, Witness, candidates
from onrecord.attributions.confidence import confidence
from onrecord.attributions.finder import settled
from onrecord.attributions.network import Network, read
from onrecord.attributions.rules.spans import Layout
from onrecord.quotations import find_quotations
from training.attribution.calibrate import fit_isotonic

if TYPE_CHECKING:
    from onrecord.attributions.found import Found
    from onrecord.attributions.network.words import Words
    from training.attribution.data import Annotated, Gold

LEAST_CUE = 0.3
"""The least probability of a cue that is looked at: under it hardly any attribution is worth giving."""
SHARED = 0.5
"""The Dice coefficient from which on contents, and sources, are the same: as in the scorer of record."""
_SIMPLE = 0.1
"""How strongly weights are pulled to nothing."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights of the signals, knots of the calibration, and the least confidence worth giving."""

    network_weights: tuple[float, ...]
    rules_weights: tuple[float, ...]
    knots: tuple[tuple[float, float], ...]
    least: float


@dataclass(frozen=True, slots=True)
class Heard:
    """An article, what may be an attribution in it, and what people marked."""

    words: Words
    seen: tuple[Candidate, ...]
    gold: tuple[Gold, ...]


def ruled(split: Path, article: Annotated) -> tuple[Found, ...]:
    """Give what the rules find in an article of a split."""
    text = (split / "text" / f"{article.name}.txt").read_bytes().decode("utf-8")
    return rules.cued(Layout(language.annotate(text), find_quotations(text)))


def hear(article: Annotated, network: Network, by_rules: Sequence[Found]) -> Heard:
    """Let both witnesses speak about an article."""
    seen = candidates(article.words, read(article.words, network, LEAST_CUE), by_rules)
    return Heard(article.words, tuple(seen), article.gold)


def fit(articles: Sequence[Heard]) -> Fitted:
    """Fit on what was heard about articles that nothing was learned from."""
    rows: list[tuple[Candidate, bool]] = [
        (c, any(is_right(c, g) for g in a.gold)) for a in articles for c in a.seen
    ]
    weights = {
        witness: _weights([r for r in rows if r[0].witness == witness], witness) for witness in SIGNALS
    }
    scores = [sum(s * w for s, w in zip(c.signals, weights[c.witness], strict=True)) for c, _ in rows]
    knots = fit_isotonic(scores, [ok for _, ok in rows])
    everything = Fitted(weights["network"], weights["rules"], knots, 0.0)
    least = max(np.arange(0.1, 0.6, 0.02), key=lambda p: figures(articles, _at(everything, p))["F1"])
    return _at(everything, least)


def _at(fitted: Fitted, least: float) -> Fitted:
    return Fitted(fitted.network_weights, fitted.rules_weights, fitted.knots, round(float(least), 2))


def figures(articles: Sequence[Heard], fitted: Fitted) -> dict[str, float]:
    """Give precision, recall and F1 of attributions whose content and source are right, in words."""
    right = said = gold = 0
    for article in articles:
        scored = [(c, p) for c in article.seen if (p := confidence(c, fitted)) >= fitted.least]
        given = [c for c, _ in settled(article.words, scored)]
        said, gold = said + len(given), gold + len(article.gold)
        right += sum(any(is_right(c, g) for g in article.gold) for c in given)
    return {"P": right / max(1, said), "R": right / max(1, gold), "F1": 2 * right / max(1, said + gold)}


def is_right(one: Candidate, gold: Gold) -> bool:
    """Say whether content and source are those that people marked, by the words they share."""
    own = set(range(*one.source)) if one.source else set()
    same_source = dice(own, set(gold.source)) >= SHARED if gold.source else not own
    return same_source and dice({i for c in one.content for i in range(*c)}, set(gold.content)) >= SHARED


def dice(a: set[int], b: set[int]) -> float:
    """Give twice the shared words by all words of both; 0 where there are none."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def _weights(rows: Sequence[tuple[Candidate, bool]], witness: Witness) -> tuple[float, ...]:
    matrix = np.array([c.signals for c, _ in rows]).reshape(-1, len(SIGNALS[witness]))
    return tuple(round(float(w), 4) for w in logistic(matrix, np.array([ok for _, ok in rows], float)))


def logistic(rows: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Fit a logistic regression by Newton's method, with a weak pull of the weights to nothing."""
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - p) - _SIMPLE * weights
        bend = (rows * (p * (1 - p))[:, None]).T @ rows + _SIMPLE * np.eye(len(weights))
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights
