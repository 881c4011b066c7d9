"""Texts that are one: cut, edited and framed copies are found, and articles on one story are not."""

import duplicates
from hypothesis import given
from hypothesis import strategies as st

from onrecord.entries import carriers
from onrecord.entries.carriers import SHORTEST, alike, runs

WIRE = " ".join(f"word{i} and{i % 7}" for i in range(200))


def test_a_cut_story_is_carried() -> None:
    assert carriers({"b": WIRE, "a": WIRE[: len(WIRE) // 2]}) == {"a": "a", "b": "a"}


def test_case_marks_and_spaces_do_not_count() -> None:
    assert carriers({"a": WIRE, "b": WIRE.upper().replace(" ", ",\n ")})["b"] == "a"


def test_two_stories_are_two() -> None:
    assert carriers({"a": WIRE, "b": WIRE[::-1]}) == {"a": "a", "b": "b"}


def test_short_texts_and_none_carry_nothing() -> None:
    assert carriers({"a": "", "b": "", "c": "Too short.", "d": "Too short."}) == {n: n for n in "abcd"}
    assert carriers({}) == {}
    assert len(runs("one two three four five")) == 1
    assert SHORTEST > 1


def test_hashing_of_many_finds_what_comparing_of_few_does() -> None:
    """More than thirty texts are hashed; what is one and what is not stays so."""
    others = {f"x{i:02}": " ".join(f"t{i}w{j}" for j in range(150)) for i in range(60)}
    found = carriers({**others, "a": WIRE, "b": WIRE[: len(WIRE) // 2], "c": WIRE + " " + others["x01"]})
    assert found["b"] == found["c"] == found["a"] == "a"
    assert sum(found[name] == name for name in others) >= len(others) - 1


@given(st.text(), st.text())
def test_likeness_is_mutual_and_bounded(one: str, other: str) -> None:
    likeness = alike(runs(one), runs(other))
    assert likeness == alike(runs(other), runs(one))
    assert 0 <= likeness <= 1


def test_the_evaluation_makes_what_it_says() -> None:
    texts = {f"a{i}": " ".join(f"s{i}word{j}." for j in range(300)) for i in range(8)}
    told = duplicates.measure(texts)
    assert told["precision"] == 1
    assert told["recall"] > 0.9
    assert duplicates.measure(texts) == told, "drawn from a fixed seed"
