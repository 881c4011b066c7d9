"""Calibration is measured as it is defined, and what is right is for the scorer to say."""

import random
import xml.etree.ElementTree as ET

import pytest
from calibration import (
    Judged,
    brier,
    calibration_error,
    diagram,
    equal_mass,
    equal_width,
    error_by_chance,
    measure,
    wilson,
)
from hypothesis import given
from hypothesis import strategies as st
from reliability import Point, draw

SVG = "{http://www.w3.org/2000/svg}"
JUDGED = st.lists(
    st.builds(Judged, st.floats(0, 1), st.booleans(), st.sampled_from(["direct", "mixed", "indirect"])),
    max_size=80,
)
SHARE = st.floats(0, 1)


def records(confidence: float, right: int, count: int) -> list[Judged]:
    return [Judged(confidence, i < right, "direct") for i in range(count)]


def test_the_error_is_the_mean_gap_over_the_records() -> None:
    """Worked by hand: 10 records at .95 with 8 right, 30 at .55 with 15 right: (10·.15 + 30·.05) / 40."""
    judged = records(0.95, 8, 10) + records(0.55, 15, 30)
    assert calibration_error(equal_width(judged)) == pytest.approx(0.075)
    assert measure(judged)["calibration error"] == pytest.approx(0.075)


def test_bins_of_equal_width_hide_what_cancels_out_within_one() -> None:
    judged = records(0.91, 10, 10) + records(0.99, 8, 10)
    assert calibration_error(equal_width(judged)) == pytest.approx(0.05)
    assert calibration_error(equal_mass(judged)) == pytest.approx((0.09 + 0.19) / 2)


@given(JUDGED)
def test_every_record_is_in_one_bin(judged: list[Judged]) -> None:
    for bins in (equal_width(judged), equal_mass(judged)):
        assert sum(b.count for b in bins) == len(judged)
        assert sum(b.right for b in bins) == sum(j.right for j in judged)
        assert all(b.start - 1e-9 <= b.confidence <= b.end + 1e-9 for b in bins)
        assert len(bins) <= 10
        assert 0 <= calibration_error(bins) <= 1


@given(JUDGED, st.randoms())
def test_the_order_of_the_records_does_not_count(judged: list[Judged], chance: random.Random) -> None:
    mixed = chance.sample(judged, len(judged))
    assert measure(mixed) == pytest.approx(measure(judged))


def test_nine_tenths_is_in_the_last_bin() -> None:
    assert [(b.start, b.end) for b in equal_width(records(0.9, 1, 1))] == [(0.9, 1.0)]
    assert [(b.start, b.end) for b in equal_width(records(1.0, 1, 1))] == [(0.9, 1.0)]


def test_records_of_one_confidence_are_never_parted() -> None:
    bins = equal_mass(records(0.3, 5, 35) + records(0.8, 40, 65))
    assert [(b.count, b.right) for b in bins] == [(35, 5), (65, 40)]


def test_bins_of_equal_mass_hold_about_as_many() -> None:
    judged = [Judged(i / 1000, bool(i % 2), "direct") for i in range(1000)]
    assert [b.count for b in equal_mass(judged)] == [100] * 10


def test_the_brier_score_is_the_mean_square() -> None:
    assert brier(records(0.8, 1, 2)) == pytest.approx((0.04 + 0.64) / 2)


@pytest.mark.parametrize(
    ("right", "count", "interval"),
    [
        (81, 263, (0.255, 0.366)),  # Newcombe 1998, table I, method 3
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_intervals_are_those_of_wilson(right: int, count: int, interval: tuple[float, float]) -> None:
    assert wilson(right, count) == pytest.approx(interval, abs=6e-4)


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_its_share(right: int, wrong: int) -> None:
    low, high = wilson(right, right + wrong)
    assert 0 <= low <= (right / (right + wrong) if right + wrong else 0.5) <= high + 1e-12 <= 1 + 2e-12


def test_figures_of_the_sure_records() -> None:
    figures = measure(records(0.95, 9, 10) + records(0.4, 12, 30))
    assert figures["share at .9 or more"] == pytest.approx(0.25)
    assert figures["right at .9 or more"] == pytest.approx(0.9)


def test_true_probabilities_show_no_more_than_the_error_of_chance() -> None:
    chance = random.Random(3)
    judged = [Judged(p := chance.random(), chance.random() < p, "direct") for _ in range(2000)]
    expected = error_by_chance(judged)
    assert 0 < expected < 0.05
    assert calibration_error(equal_mass(judged)) < 2 * expected
    overconfident = [Judged(j.confidence**0.3, j.right, j.kind) for j in judged]
    assert calibration_error(equal_mass(overconfident)) > 4 * expected


def test_a_diagram_says_in_words_what_it_shows() -> None:
    root = ET.fromstring(diagram(records(0.95, 8, 10) + records(0.4, 12, 30), "toys & games"))
    told = {name: root.findtext(f"{SVG}{name}") or "" for name in ("title", "desc")}
    assert root.get("role") == "img"
    assert {root.find(f"{SVG}{name}").get("id") for name in told} == set(  # type: ignore[union-attr]
        (root.get("aria-labelledby") or "").split()
    )
    assert "toys & games" in told["desc"]
    assert "Confidence 0.95: 80% right of 10 (49% to 94%)." in told["desc"]
    assert "prefers-color-scheme: dark" in (root.findtext(f"{SVG}style") or "")


@given(
    st.lists(st.builds(Point, SHARE, SHARE, st.integers(1, 10**6), SHARE, SHARE, SHARE, SHARE), max_size=10)
)
def test_a_diagram_stays_on_its_paper(points: list[Point]) -> None:
    root = ET.fromstring(draw(points, "<title>", "\"summary\" & 'more'"))
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    circles = root.findall(f"{SVG}circle")
    assert len(circles) == len(points)
    for node in root.iter():
        for name, most in (("x", width), ("x1", width), ("x2", width), ("cx", width)):
            assert 0 <= float(node.get(name, "0")) <= most
        for name in ("y", "y1", "y2", "cy"):
            assert 0 <= float(node.get(name, "0")) <= height
