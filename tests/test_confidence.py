"""A raw score becomes a probability that rises with it; the fit finds the line behind the data."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attributions.confidence import calibrated
from training.attribution.calibrate import MOST_KNOTS, fit_isotonic

SCORES = st.floats(-1e6, 1e6)
KNOTS = st.lists(SCORES, min_size=1, max_size=30, unique=True).flatmap(
    lambda scores: st.lists(st.floats(0, 1), min_size=len(scores), max_size=len(scores)).map(
        lambda shares: tuple(zip(sorted(scores), sorted(shares), strict=True))
    )
)
SEEN = st.lists(st.tuples(SCORES, st.booleans()), min_size=1, max_size=200)


@given(KNOTS, SCORES, SCORES)
def test_a_higher_score_is_never_less_probable(
    knots: tuple[tuple[float, float], ...], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    assert 0 <= calibrated(knots, low) <= calibrated(knots, high) <= 1


@given(KNOTS)
def test_a_knot_is_met_exactly(knots: tuple[tuple[float, float], ...]) -> None:
    assert [calibrated(knots, score) for score, _ in knots] == [share for _, share in knots]


def test_halfway_between_two_knots_is_halfway_between_their_probabilities() -> None:
    knots = ((-1.0, 0.2), (1.0, 0.6), (5.0, 0.9))
    assert calibrated(knots, 0.0) == pytest.approx(0.4)
    assert calibrated(knots, 4.0) == pytest.approx(0.825)
    assert [calibrated(knots, s) for s in (-9.0, 9.0)] == [0.2, 0.9]


def test_no_knots_and_no_number_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one knot"):
        calibrated((), 0.5)
    with pytest.raises(ValueError, match="not a number"):
        calibrated(((0.0, 0.5),), float("nan"))


@given(SEEN)
def test_a_fit_rises_and_is_never_certain(seen: list[tuple[float, bool]]) -> None:
    knots = fit_isotonic([s for s, _ in seen], [r for _, r in seen])
    assert 1 <= len(knots) <= MOST_KNOTS
    assert all(a[0] < b[0] and a[1] <= b[1] for a, b in pairwise(knots))
    assert all(0 < share < 1 for _, share in knots)


@given(SEEN, st.randoms())
def test_a_fit_does_not_hang_on_the_order(seen: list[tuple[float, bool]], chance: random.Random) -> None:
    mixed = chance.sample(seen, len(seen))
    assert fit_isotonic([s for s, _ in seen], [r for _, r in seen]) == fit_isotonic(
        [s for s, _ in mixed], [r for _, r in mixed]
    )


def test_a_fit_finds_the_probabilities_that_the_answers_were_drawn_with() -> None:
    """Scores that are far too sure, as those of networks are."""
    chance = random.Random(5)

    def truth(score: float) -> float:
        return 0.1 + 0.85 * score**3

    scores = [chance.random() for _ in range(6000)]
    knots = fit_isotonic(scores, [chance.random() < truth(s) for s in scores])
    off = [abs(calibrated(knots, i / 100) - truth(i / 100)) for i in range(101)]
    assert sum(off) / len(off) < 0.02
    assert max(off) < 0.08


def test_scores_that_rank_nothing_become_the_share_that_is_right() -> None:
    knots = fit_isotonic([0.7] * 10, [True] * 6 + [False] * 4)
    assert [share for _, share in knots] == [pytest.approx(8 / 14)]  # one right, one wrong more at either end
    falling = fit_isotonic([1, 2, 3, 4], [True, True, False, False])
    assert len(falling) == 1


def test_the_ends_follow_the_rule_of_succession() -> None:
    knots = fit_isotonic([0.0] * 8 + [1.0] * 18, [False] * 8 + [True] * 18)
    assert [score for score, _ in knots] == [0.0, 1.0]
    assert [share for _, share in knots] == pytest.approx([1 / 10, 19 / 20])


@pytest.mark.parametrize(
    ("scores", "right", "message"),
    [
        ([], [], "no scores"),
        ([0.5], [True, False], "1 scores and 2 answers"),
        ([float("inf")], [True], "not finite"),
    ],
)
def test_what_cannot_be_fitted_is_refused(scores: list[float], right: list[bool], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fit_isotonic(scores, right)
