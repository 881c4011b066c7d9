"""Publication dates: an honest interval, and the words that it was inferred from."""

import datetime as dt
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Published
from onrecord.reading.landmarks import LANDMARKS, find_landmarks
from onrecord.reading.published import find_published, parse_date

TODAY = dt.date(2026, 1, 1)


def interval(text: str) -> tuple[str | None, str | None, str | None]:
    """Give earliest and latest as ISO dates, and the words that they come from."""
    found = find_published(text, today=TODAY)
    if found.mention is not None:
        assert text[slice(*found.mention.span)] == found.mention.text
    assert found.how == ("unknown" if found.earliest is None and found.latest is None else "inferred")
    return (
        None if found.earliest is None else found.earliest.isoformat(),
        None if found.latest is None else found.latest.isoformat(),
        None if found.mention is None else found.mention.text,
    )


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2023-02-24", "2023-02-24", "2023-02-24"),
        ("2023-02-24T23:30:00-05:00", "2023-02-24", "2023-02-24"),
        ("2023-02-24T10:00:00Z", "2023-02-24", "2023-02-24"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2023", "2023-01-01", "2023-12-31"),
    ],
)
def test_iso_dates_are_intervals(written: str, earliest: str, latest: str) -> None:
    assert [d.isoformat() for d in parse_date(written)] == [earliest, latest]


@pytest.mark.parametrize(
    "written", ["yesterday", "", "2023-13", "2023-02-30", "0000", "24/02/2023", "a" * 500]
)
def test_what_is_no_date_is_an_error_that_says_how(written: str) -> None:
    with pytest.raises(ValueError, match="write it as 2023-02-24") as error:
        find_published("Some text.", given=written)
    assert len(str(error.value)) < 120


def test_given_wins_over_metadata_over_the_text() -> None:
    text = "Published: 3 March 2021\n\nThe talks began."
    assert find_published(text, dt.date(2023, 1, 2), "2022-01-01").how == "given"
    assert find_published(text, None, "2022-01-01") == Published(
        dt.date(2022, 1, 1), dt.date(2022, 1, 1), "metadata"
    )
    assert find_published(text, None, "last week").how == "inferred"
    assert find_published("The talks began.") == Published()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "On 24 February, the third anniversary of the war in Ukraine, he claimed that it would end.",
            ("2025-02-24", "2025-03-24", "24 February, the third anniversary of the war in Ukraine"),
        ),
        (
            "On Friday, the 20th anniversary of the 9/11 attacks, the senate met.",
            ("2021-09-11", "2021-10-09", "20th anniversary of the 9/11 attacks"),
        ),
        (
            "Ahead of the second anniversary of Russia's full-scale invasion of Ukraine, the allies met.",
            ("2024-01-27", "2024-02-24", "second anniversary of Russia's full-scale invasion of Ukraine"),
        ),
        (
            "Today is the one-year anniversary of the Hamas attack on Israel.",
            ("2024-10-07", "2024-10-07", "one-year anniversary of the Hamas attack"),
        ),
        (
            "This week marks the 30th anniversary of the fall of the Berlin Wall.",
            ("2019-11-02", "2019-11-16", "30th anniversary of the fall of the Berlin Wall"),
        ),
        (
            "Russia invaded Ukraine almost two years ago and holds a fifth of it.",
            ("2023-12-26", "2024-02-24", "invaded Ukraine almost two years ago"),
        ),
        (
            "Since launching its invasion of Ukraine one year ago, Russia has looked for arms.",
            ("2022-12-26", "2023-07-24", "invasion of Ukraine one year ago"),
        ),
    ],
)
def test_anniversaries_of_landmarks(text: str, expected: tuple[str, str, str]) -> None:
    assert interval(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "On 24 March, the third anniversary of the war in Ukraine, the minister spoke.",  # another day
        "On 24 February 2025, the third anniversary of the war in Ukraine, ministers speak.",  # history
        "On 3 May, the third anniversary of their wedding, the pair spoke.",  # no landmark
        "“Russia invaded Ukraine almost two years ago,” he said.",  # who knows when
        "The 300th anniversary of the fall of the Berlin Wall is far off.",  # after today
    ],
)
def test_what_is_no_anniversary_bounds_nothing(text: str) -> None:
    assert interval(text) == (None, None, None)


def test_an_undated_anniversary_deep_in_history_gives_a_first_day() -> None:
    text = "The attack on the mission, on the 11th anniversary of 9/11, was another matter."
    assert interval(text) == ("2012-09-11", None, "11th anniversary of 9/11")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Published: 3 March 2023\n\nThe talks go on.", ("2023-03-03", "2023-03-03", "3 March 2023")),
        ("Boats reach port\nMarch 3, 2023\nThe talks go on.", ("2023-03-03", "2023-03-03", "March 3, 2023")),
        ("Fri 3 March 2023 12:00 GMT\nThe talks go on.", ("2023-03-03", "2023-03-03", "3 March 2023")),
        (
            "FREDVILLE, March 3, 2023 (Agency) — The first of the boats came to the northern port.",
            ("2023-03-03", "2023-03-04", "FREDVILLE, March 3, 2023 (Agency) —"),
        ),
    ],
)
def test_what_the_page_says_of_itself(text: str, expected: tuple[str, str, str]) -> None:
    assert interval(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The treaty was signed on 14 July 2015. It followed talks in 2013.",
            ("2015-07-14", "14 July 2015"),
        ),
        ("The first boats were delivered in March 2021.", ("2021-03-01", "in March 2021")),
        ("In 2019 it sent boats, and in 2021 it stopped.", ("2021-01-01", "in 2021")),
        ("The treaty will expire in 2035.", (None, None)),
        ("Ministers expected the boats to come in 2035.", (None, None)),
        ("He was said to be the best candidate in 2028.", (None, None)),
        ("Of 2021 voters, half were against it.", (None, None)),
    ],
)
def test_dates_in_the_past_tense_are_a_first_day(text: str, expected: tuple[str | None, str | None]) -> None:
    earliest, latest, words = interval(text)
    assert (earliest, words) == expected
    assert latest is None


def test_later_dates_in_the_text_narrow_and_overrule() -> None:
    text = "On 24 February, the third anniversary of the war in Ukraine, they met. {} they parted."
    assert interval(text.format("On 1 March 2025"))[:2] == ("2025-03-01", "2025-03-24")
    assert interval(text.format("In August 2025"))[:2] == ("2025-08-01", None)


def test_every_landmark_matches_its_name() -> None:
    for landmark in LANDMARKS:
        assert landmark in [found for found, _ in find_landmarks(landmark.name)], landmark.name
        assert re.search(r"\([\w.-]+\.\w+/\S+\)$", landmark.source), landmark.name  # an address to check at


@given(st.text(max_size=300))
def test_any_text_gives_an_interval(text: str) -> None:
    found = find_published(f"{text} a year ago 9/11 {text}", today=TODAY)
    if found.earliest and found.latest:
        assert found.earliest <= found.latest


@pytest.mark.parametrize(
    "unit", ["a year ago 9/11 anniversary ", '“”"', "3 March 2021 was. ", ".", "in 2021 was ", " "]
)
def test_time_is_linear(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    start = time.perf_counter()
    find_published(text)
    assert time.perf_counter() - start < 10
