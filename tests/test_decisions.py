"""What people decide outlives re-readings, finds its words again, and can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from records import BOATS, any_records, any_text, article, boats, cables, words

from onrecord.article import mention
from onrecord.record import Attribution, Item, Record, Speaker
from onrecord.store import Writer, decisions, search, upkeep
from onrecord.store.decisions import apply, locate, select

LATER = dt.datetime(2022, 7, 1, tzinfo=dt.UTC)
PROMISE, BOAST, LOST = boats().attributions
SENDING, ACCORD = boats().events
# The editor put a paragraph before the story and changed the first sentence.
MOVED = BOATS.replace("Portugal will", "Corrected on Friday. Portugal will", 1)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with Writer(tmp_path / "store.sqlite") as writer:
        writer.write(boats())
        yield writer


def attributions(writer: Writer) -> tuple[Attribution, ...]:
    record = writer.record("boats")
    assert record is not None
    assert list(upkeep.check(writer)) == []
    return record.attributions


@given(any_text(min_size=1, max_size=40), any_text(max_size=20), st.data())
def test_words_are_found_again_after_text_is_put_before_them(
    text: str, before: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selector = select(text, mention(text, start, end))
    assert locate(text, selector) == (start, end)
    found = locate(before + text, selector)
    assert found is not None
    assert (before + text)[found[0] : found[1]] == text[start:end]


def test_of_words_that_stand_twice_those_in_the_same_company_are_found() -> None:
    text = "Ana, who leads, said no. Bo, who follows, said no."
    selector = select(text, words(text, "said no", 1))
    assert locate("Bo, who follows, said no. Ana, who leads, said no.", selector) == (17, 24)
    assert locate("Nobody spoke.", selector) is None


@given(any_records())
def test_without_decisions_a_record_is_what_the_machine_made_it(record: Record) -> None:
    assert apply(record, ()) == (record, {})


def test_a_mended_item_outlives_a_re_reading_and_an_edit(writer: Writer) -> None:
    named = replace(LOST, speaker=Speaker(None, "Rui Lopes", "analyst"))
    made = writer.decide("boats", LOST.id, "mend", by="ana", after=[named], reason="he is named in print")
    assert made.bound_to == LOST.id
    assert attributions(writer)[2] == named
    assert search.claims(writer, speaker="lopes").total == 1
    assert writer.version("boats") == boats(), "what the machine made stays as it was"

    writer.write(boats(extractor="hand 2"))
    assert attributions(writer)[2] == named
    writer.write(boats(MOVED, retrieved=LATER))
    (mended,) = [a for a in attributions(writer) if a.speaker and a.speaker.name == "Rui Lopes"]
    assert mended.content == (words(MOVED, "A long road lies ahead."),)
    writer.write(boats())
    assert writer.decisions("boats")[0].bound_to == mended.id


def test_a_rejected_item_stays_away_until_the_decision_is_undone(writer: Writer) -> None:
    made = writer.decide("boats", BOAST.id, "reject", by="ana")
    assert attributions(writer) == (PROMISE, LOST)
    writer.write(boats(MOVED, extractor="hand 2", retrieved=LATER))
    assert len(attributions(writer)) == 2
    assert search.claims(writer, "never").total == 0
    writer.undo(made.id)
    assert len(attributions(writer)) == 3
    assert search.claims(writer, "never").total == 1
    assert writer.decisions("boats")[0].undone_at is not None
    with pytest.raises(ValueError, match="no decision"):
        writer.undo(made.id)


def test_an_accepted_item_stays_where_a_later_machine_misses_it(writer: Writer) -> None:
    writer.decide("boats", BOAST.id, "accept", by="ana")
    writer.write(replace(boats(extractor="hand 2"), attributions=(PROMISE,)))
    assert attributions(writer) == (PROMISE, BOAST)
    assert writer.decisions("boats")[0].bound_to is None


def test_a_decision_finds_its_item_where_the_machine_draws_it_otherwise(writer: Writer) -> None:
    writer.decide("boats", LOST.id, "reject", by="ana")
    longer = replace(LOST, id="att-another", content=(words(BOATS, "“A long road lies ahead.”"),))
    writer.write(replace(boats(extractor="hand 2"), attributions=(PROMISE, BOAST, longer)))
    assert attributions(writer) == (PROMISE, BOAST)
    assert writer.decisions("boats")[0].bound_to == "att-another"


def test_a_decision_whose_words_are_gone_waits_for_them(writer: Writer) -> None:
    writer.decide("boats", LOST.id, "reject", by="ana")
    cut = BOATS.replace("“A long road lies ahead.”", "“A long way lies ahead.”")
    writer.write(Record(article(cut, retrieved=LATER)))
    assert writer.decisions("boats")[0].bound_to is None
    writer.write(boats(MOVED, retrieved=LATER.replace(month=8)))
    assert writer.decisions("boats")[0].bound_to is not None


def test_a_transfer_falls_with_its_event(writer: Writer) -> None:
    writer.decide("boats", SENDING.id, "reject", by="ana")
    assert search.transfers(writer).total == 0
    assert search.events(writer).total == 1


def test_one_item_becomes_two_and_two_become_one(writer: Writer) -> None:
    halves = [
        replace(PROMISE, id="att-a", content=(words(BOATS, "Portugal will send Brazil"),)),
        replace(PROMISE, id="att-b", content=(words(BOATS, "at least 40 patrol boats"),)),
    ]
    writer.decide("boats", PROMISE.id, "split", by="ana", after=halves)
    assert [a.id for a in attributions(writer)] == ["att-a", "att-b", BOAST.id, LOST.id]
    writer.decide("boats", LOST.id, "merge", by="ana", reason=f"the end of {BOAST.id}")
    assert [a.id for a in attributions(writer)] == ["att-a", "att-b", BOAST.id]


def test_what_cannot_be_decided_is_refused(writer: Writer) -> None:
    elsewhere = replace(LOST, content=(words(BOATS + "Nowhere.", "Nowhere."),))
    for item, verdict, after in (
        ("att-none", "reject", []),
        (LOST.id, "mend", []),
        (LOST.id, "mend", [SENDING]),
        (LOST.id, "mend", [elsewhere]),
        (LOST.id, "split", [LOST]),
        (LOST.id, "reject", [LOST]),
    ):
        with pytest.raises(ValueError, match=r"."):
            writer.decide("boats", item, verdict, by="ana", after=after)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"."):
        writer.decide("no such article", LOST.id, "reject", by="ana")
    assert writer.decisions("boats") == ()


def test_that_two_actors_are_one_is_an_edge_with_a_reason(writer: Writer) -> None:
    writer.write(cables())
    edge = writer.join(
        "actor",
        ("boats", "act-portugal"),
        ("cables", "act-iceland"),
        by="ana",
        reason="for the sake of a test",
    )
    assert writer.edges("cables") == writer.edges("boats") == (edge,)
    writer.part(edge.id)
    assert writer.edges("boats")[0].undone_at is not None
    with pytest.raises(ValueError, match="no edge"):
        writer.part(edge.id)
    with pytest.raises(ValueError, match="no event"):
        writer.join("event", ("boats", SENDING.id), ("cables", "eve-none"), by="ana", reason="")


def test_every_kind_of_item_has_words_that_it_is_known_by() -> None:
    record = boats()
    deeds: tuple[Item, ...] = (*record.events, *record.transfers, *record.positions)
    every: tuple[Item, ...] = (*record.actors, *record.attributions, *deeds)
    for item in every:
        kind = decisions.kind_of(item)
        assert decisions.anchor(item) is not None
        assert item in decisions.items(record, kind)
        assert decisions.decode(kind, decisions.encode([item])) == (item,)
        assert decisions.find_item(record, item.id) == item
    assert decisions.find_item(record, ACCORD.id) == ACCORD
