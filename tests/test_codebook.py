"""The codes of PLOVER: all types, each with its class; modes and contexts by name."""

from typing import get_args

import pytest

from onrecord.data import table
from onrecord.events import codebook
from onrecord.record import EventType


def test_every_type_of_the_record_has_its_category_in_the_same_order() -> None:
    assert set(codebook.categories()) == set(get_args(EventType))
    assert len(codebook.categories()) == 16


@pytest.mark.parametrize(
    ("quad", "types"),
    [
        (1, "AGREE CONSULT SUPPORT CONCEDE"),
        (2, "COOPERATE AID RETREAT"),
        (3, "REQUEST ACCUSE REJECT THREATEN"),
        (4, "PROTEST SANCTION MOBILIZE COERCE ASSAULT"),
    ],
)
def test_quad_classes(quad: int, types: str) -> None:
    assert {e for e in get_args(EventType) if codebook.quad(e) == quad} == set(types.split())
    assert quad in codebook.QUADS


def test_scores_are_positive_for_cooperation_only() -> None:
    for event in get_args(EventType):
        assert (codebook.score(event) > 0) == (codebook.quad(event) < 3), event


def test_definitions_are_one_line() -> None:
    lines = [codebook.definition(event) for event in get_args(EventType)]
    assert all(lines)
    assert len(set(lines)) == 16


@pytest.mark.parametrize(
    ("event", "some"),
    [
        ("CONSULT", {"visit", "host", "phone", "third-party"}),
        ("REQUEST", {"assist", "change", "yield", "meet"}),
        ("ACCUSE", {"disapprove", "investigate"}),
        ("COERCE", {"restrict", "confiscate", "martial-law"}),
        ("ASSAULT", {"suicide-attack", "heavy-weapons"}),
    ],
)
def test_modes(event: EventType, some: set[str]) -> None:
    assert some <= set(codebook.modes(event))


@pytest.mark.parametrize("event", ["AGREE", "SUPPORT", "COOPERATE", "CONCEDE"])
def test_types_without_modes(event: EventType) -> None:
    assert codebook.modes(event) == ()


def test_any_context_goes_with_any_type() -> None:
    assert codebook.contexts("AID") == codebook.contexts("ASSAULT") == tuple(codebook.all_contexts())
    assert {"military", "diplomatic", "economic", "cbrn"} <= set(codebook.contexts("AID"))


@pytest.mark.parametrize(
    ("name", "event"), [("DEMAND", "REQUEST"), ("INVESTIGATE", "ACCUSE"), ("AID", "AID")]
)
def test_a_type_by_a_name_that_it_had(name: str, event: EventType) -> None:
    assert codebook.event_type(name) == event


@pytest.mark.parametrize("name", ["YIELD", "FIGHTING", ""])
def test_no_such_type(name: str) -> None:
    """YIELD was split in two, so that it names neither."""
    with pytest.raises(ValueError, match="the types are AGREE"):
        codebook.event_type(name)


def test_only_what_has_words_is_assigned() -> None:
    told = {(row["event"], row["mode"]) for row in table("plover_mode_words.tsv")}
    assert told == {key for key, mode in codebook.all_modes().items() if mode.assigned}
    for row in table("plover_contexts.tsv"):
        assert bool(row["words"]) == (row["assigned"] == "yes"), row["context"]


def test_every_name_says_where_it_was_found() -> None:
    known = {"manual", "mapping", "NGEC", "list"}
    found = [m.sources for m in codebook.all_modes().values()]
    found += [c.sources for c in codebook.all_contexts().values()]
    for sources in found:
        assert sources
        assert set(sources) <= known


def test_field_names_are_unique() -> None:
    assert len(codebook.POLECAT_FIELDS) == len(set(codebook.POLECAT_FIELDS)) == 40
    assert len(codebook.JSON_FIELDS) == len(set(codebook.JSON_FIELDS)) == 23
