"""What training makes of annotations, and what it fits: the parts that need no torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from onrecord import language
from onrecord.attributions.candidates import Candidate, log_odds
from onrecord.attributions.network import shipped
from onrecord.attributions.network.words import Words, words_of
from onrecord.quotations import find_quotations
from training.attribution import data, decoder

TEXT = "“We keep our word,” the minister said. “And soon.”\nShe thanked Peru."
BRAT = """T1\tSource 20 32\tthe minister
T2\tCue 33 37\tsaid
T3\tContent 0 19;39 50\t“We keep our word,” “And soon.”
E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3
T4\tCue 55 62\tthanked
E2\tAttribution:T4 Cue:T4
#1\tAnnotatorNotes T1\tnothing of ours
"""


@pytest.fixture
def split(tmp_path: Path) -> Path:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "attributions" / "one_ann.ann").write_text(BRAT, encoding="utf-8")
    (tmp_path / "attributions" / "one_zoe.ann").write_text("", encoding="utf-8")
    (tmp_path / "attributions" / "one_more_ann.ann").write_text("", encoding="utf-8")
    return tmp_path


def test_an_attribution_is_read_with_all_its_pieces(split: Path) -> None:
    (one,) = data.annotation(split, "one")
    assert one == {"source": [(20, 32)], "cue": [(33, 37)], "content": [(0, 19), (39, 50)]}


def test_annotations_become_words_without_punctuation_at_their_ends(split: Path) -> None:
    found = data.annotated(split, "one", shipped.load().tokenizer)

    def texts(numbers: tuple[int, ...]) -> list[str]:
        return [TEXT[found.words.start[i] : found.words.end[i]] for i in numbers]

    (gold,) = found.gold
    assert texts(tuple(range(*gold.cue))) == ["said"]
    assert texts(gold.source) == ["the", "minister"]
    assert texts(gold.content) == ["We", "keep", "our", "word", "And", "soon"]


def test_logistic_regression_is_where_its_slope_is_nothing() -> None:
    rng = np.random.default_rng(5)
    rows = np.concatenate([np.ones((400, 1)), rng.normal(size=(400, 2))], axis=1)
    right = (rng.random(400) < 1 / (1 + np.exp(-(0.5 + 2 * rows[:, 1])))).astype(float)
    weights = decoder.logistic(rows, right)
    p = 1 / (1 + np.exp(-rows @ weights))
    assert np.abs(rows.T @ (right - p) - 0.1 * weights).max() < 1e-6
    assert weights[1] > 1.5
    assert abs(weights[2]) < 0.5


def _words() -> Words:
    text = "one two three four five six seven eight"
    return words_of(language.annotate(text), find_quotations(text), shipped.load().tokenizer)


def _candidate(probability: float) -> Candidate:
    signals = (1.0, log_odds(probability), 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0)
    return Candidate((1, 2), (0, 1), ((2, 6),), "network", signals)


def test_what_is_fitted_tells_the_right_from_the_wrong() -> None:
    gold = data.Gold((1, 2), (0,), (2, 3, 4))
    elsewhere = data.Gold((7, 8), (), (6,))
    words = _words()
    heard = [
        decoder.Heard(words, (_candidate(p),), (gold if p > 0.5 else elsewhere,))
        for p in np.linspace(0.05, 0.95, 40)
    ]
    fitted = decoder.fit(heard)
    assert fitted.knots[0][1] < 0.2
    assert fitted.knots[-1][1] > 0.8
    figures = decoder.figures(heard, fitted)
    assert figures["P"] == 1.0
    assert figures["R"] == pytest.approx(0.5)


def test_right_is_source_and_content_by_half_their_words() -> None:
    one = _candidate(0.9)
    assert decoder.is_right(one, data.Gold((1, 2), (0,), (2, 3)))
    assert not decoder.is_right(one, data.Gold((1, 2), (0,), (2,)))
    assert not decoder.is_right(one, data.Gold((1, 2), (), (2, 3, 4, 5)))
    assert not decoder.is_right(one, data.Gold((1, 2), (7,), (2, 3, 4, 5)))
