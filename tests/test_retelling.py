"""One event, once: each test's text is its input."""

import datetime as dt

import pytest

from onrecord import extract
from onrecord.article import Article, Published
from onrecord.record import Event

DAY = dt.date(2024, 6, 3)


def events(text: str) -> tuple[Event, ...]:
    article = Article(
        id="t",
        sha256="",
        text=text,
        retrieved=dt.datetime(2024, 6, 4, tzinfo=dt.UTC),
        published=Published(DAY, DAY, "given"),
    )
    return extract(article).events


def attacks(text: str) -> list[Event]:
    return [e for e in events(text) if e.event == "ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "Armenia attacked Georgia on Sunday. Armenia's attack on Georgia lasted an hour.",
        "Armenia bombed Georgia on Sunday.\n\nIt was raining when Armenia bombed Georgia.",
    ],
)
def test_a_deed_told_twice_is_one(text: str) -> None:
    first, second = attacks(text)
    assert first.repeats is None
    assert second.repeats == first.id
    assert len(first.evidence) == 2
    assert first.evidence[0].start == 0


@pytest.mark.parametrize(
    "text",
    [
        "Armenia attacked Georgia on 3 May 2024. Armenia attacked Georgia on 5 May 2024.",
        "Armenia attacked Georgia on Sunday. Georgia attacked Armenia on Monday.",
        "Armenia attacked Georgia on Sunday. Armenia could attack Georgia on Friday.",
        "Armenia attacked Georgia on Sunday. Another Armenian attack on Georgia followed.",
        "Armenia attacked Georgia before May 2021. Armenia attacked Georgia on 2 May 2023.",
    ],
)
def test_two_deeds_are_two(text: str) -> None:
    assert [e.repeats for e in attacks(text)] == [None, None]


def test_a_retelling_points_at_an_event_of_the_record() -> None:
    found = events("Armenia attacked Georgia. Armenia attacked Georgia. Armenia attacked Georgia.")
    ids = {e.id for e in found if e.repeats is None}
    assert len(ids) == 1
    assert all(e.repeats in ids for e in found if e.repeats is not None)


def test_many_tellings_are_linked_to_the_first() -> None:
    found = attacks("Armenia attacked Georgia. " * 30)
    assert len(found) == 30
    assert {e.repeats for e in found} == {None, found[0].id}
    assert len(found[0].evidence) == 30
