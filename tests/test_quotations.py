"""Each case shows a text and the quotations that a reader sees in it."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.quotations import find_quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We are late," she said. "But we came."', ['"We are late,"', '"But we came."']),
        ("“We are late,” she said.", ["“We are late,”"]),
        ("''No,'' he said. ''It's what is.''", ["''No,''", "''It's what is.''"]),
        ("«Non», dit-il.", ["«Non»"]),
        ("The Kurds' view 'is fine', he said.", ["'is fine'"]),
        ("'Twas in the '90s, and the miners' pay fell.", []),
        ("often called kamikaze or ‘suicide’ drones", ["‘suicide’"]),
        ("He said \"he told me 'go home' and left\".", ["\"he told me 'go home' and left\"", "'go home'"]),
        ('A 6" pipe and nothing else', []),
        ("He said: “And so it begins.", ["“And so it begins."]),
        ('A stray " mark, then "a real one" here.', ['"a real one"']),
        ("", []),
        ('"', []),
        ('""', []),
    ],
)
def test_reads_marks_as_a_reader_does(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotations(text)] == expected


def test_a_quotation_of_several_paragraphs_stays_open_until_the_last() -> None:
    text = "“First paragraph.\n“Second paragraph.”"
    first, second = find_quotations(text)
    assert (first.closed, second.closed) == (False, True)
    assert text[slice(*first.inner)] == "First paragraph."


def test_depth_counts_the_quotations_around() -> None:
    text = "“She told us ‘stay’ twice,” he said."
    assert [q.depth for q in find_quotations(text)] == [0, 1]


@given(st.text(alphabet="ab ,.\n\"'“”‘’«»„`", max_size=300) | st.text(max_size=300))
def test_any_marks_in_any_nesting_give_spans_inside_the_text(text: str) -> None:
    found = find_quotations(text)
    for q in found:
        assert 0 <= q.start < q.inner[0] <= q.inner[1] <= q.end <= len(text)
        assert q.inner[0] < q.inner[1]
    outer = [q for q in found if q.depth == 0]
    assert all(a.end <= b.start for a, b in pairwise(outer))


@pytest.mark.parametrize("unit", ['"a ', "“", "”", "‘a’ ", "\"'", "'a' \"b\" ", "''"])
def test_time_is_linear_in_the_length(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    start = time.perf_counter()
    find_quotations(text)
    assert time.perf_counter() - start < 8
