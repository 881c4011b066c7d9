"""A footnote says who, in which words, where and when, and says what is a guess."""

from __future__ import annotations

import datetime as dt
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from msgspec.structs import replace
from records import any_records, any_text, boats, cables

from onrecord.article import Published
from onrecord.record import Item, Record
from onrecord.show.citation import cite, footnote, link

PROMISE, BOAST, LOST = boats().attributions


def test_a_footnote_of_exact_words() -> None:
    assert footnote(cite(boats(), BOAST)) == (
        "Inês Gonçalves, Defence Minister: “We have never done anything like this,” "
        "The Lagoon, “Boats for Brazil”, 31 May 2022. "
        "https://example.org/boats#:~:text=We%20have%20never%20done%20anything%20like%20this%2C "
        "(retrieved 2 June 2022). "
        f"Characters 116–154 of article boats; record {BOAST.id}."
    )


def test_what_is_not_in_the_speaker_s_own_words_says_so() -> None:
    assert footnote(cite(boats(), PROMISE)).startswith(
        "Inês Gonçalves, Defence Minister, as reported: “Portugal will send"
    )
    assert footnote(cite(boats(), LOST)).startswith(
        "Speaker not named in the text: “A long road lies ahead.”"
    )
    guessed = footnote(cite(cables(), cables().attributions[0]))
    assert guessed.startswith("a ministry official (speaker inferred), as reported: “Estonia laid two cables")
    assert "Outlet not known, date unknown." in guessed


def test_a_deed_is_cited_by_the_passage_that_tells_of_it_in_the_voice_that_vouches_for_it() -> None:
    record = boats()
    assert footnote(cite(record, record.transfers[0])).startswith(
        "Inês Gonçalves, Defence Minister, as reported: "
    )
    assert footnote(cite(record, record.events[1])).startswith(
        "“Portugal and Brazil signed an accord in 2019” "
    )
    assert footnote(cite(record, record.positions[0])).startswith("Inês Gonçalves, ")
    assert cite(record, record.actors[1]).words[0].text == "Portugal"
    assert "no longer has" in footnote(cite(record, LOST, superseded=True))


@given(any_records())
def test_anything_can_be_cited(record: Record) -> None:
    text = record.article.text
    every: tuple[Item, ...] = (*record.actors, *record.attributions, *record.events)
    for item in (*every, *record.transfers):
        cited = cite(record, item)
        assert item.id in footnote(cited)
        assert all(text[m.start : m.end] == m.text for m in cited.words)


@given(any_text(max_size=30))
def test_a_link_leads_to_the_words(words: str) -> None:
    address = link("https://example.org/a?b=c", words)
    assert address is not None
    assert address.isascii()
    _, _, fragment = urlsplit(address).fragment.partition(":~:text=")
    # A hyphen, a comma or an ampersand would be read as syntax.
    assert not set(fragment) & {"-", "&"}
    assert unquote(fragment) == " ".join(words.split())


def test_many_words_are_linked_by_their_ends() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve thirteen"
    assert link("https://example.org/#top", words) == (
        "https://example.org/#top:~:text=one%20two%20three%20four%20five,nine%20ten%20eleven%20twelve%20thirteen"
    )
    assert link("/home/ana/story.html", words) is None


@pytest.mark.parametrize(
    ("earliest", "latest", "how", "said"),
    [
        (None, None, "unknown", "date unknown"),
        ("2022-05-31", "2022-05-31", "given", "31 May 2022"),
        ("2022-05-01", "2022-05-31", "metadata", "May 2022"),
        ("2022-05-31", "2022-05-31", "inferred", "31 May 2022 (date inferred from the text)"),
        (None, "2022-05-31", "given", "31 May 2022 or earlier"),
        ("2022-05-31", None, "given", "31 May 2022 or later"),
    ],
)
def test_dates_say_what_is_known(earliest: str | None, latest: str | None, how: str, said: str) -> None:
    first, last = (dt.date.fromisoformat(day) if day else None for day in (earliest, latest))
    dated = replace(boats(), article=replace(boats().article, published=Published(first, last, how)))  # type: ignore[arg-type]
    assert f"The Lagoon, “Boats for Brazil”, {said}. https" in footnote(cite(dated, BOAST))


def test_the_link_is_of_the_article_s_own_address() -> None:
    record = replace(boats(), article=replace(boats().article, url=None))
    assert cite(record, BOAST).link is None
    assert "http" not in footnote(cite(record, BOAST))
