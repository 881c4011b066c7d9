"""Each test's text is its input: who stands where on a relation."""

import pytest
from scenes import scene

from onrecord.article import Furniture


def stands(text: str, *furniture: Furniture) -> list[tuple[str | None, str, str]]:
    return [
        (p.holder.name if p.holder else None, p.proposition.predicate, p.stance)
        for p in scene(text, *furniture).positions
    ]


@pytest.mark.parametrize(
    ("words", "predicate", "stance"),
    [
        ("the partnership between Peru and Chile is unprecedented", "unprecedented", "agrees"),
        ("the partnership between Peru and Chile is not unprecedented", "unprecedented", "disagrees"),
        ("the partnership between Peru and Chile is hardly new", "unprecedented", "disagrees"),
        ("the relationship between Peru and Chile is not itself an innovation", "unprecedented", "disagrees"),
        ("the partnership between Peru and Chile is long-standing", "unprecedented", "disagrees"),
        ("Peru and Chile are testing a new kind of partnership", "unprecedented", "hedges"),
        ("ties between Peru and Chile might be unprecedented", "unprecedented", "hedges"),
        ("the pact between Peru and Chile could lead to a formal alliance", "alliance", "hedges"),
        ("Peru and Chile have formed an alliance", "alliance", "agrees"),
        ("Peru and Chile are not an alliance", "alliance", "disagrees"),
        ("the friendship between Peru and Chile is short-lived", "durable", "disagrees"),
        ("Peru and Chile have built a durable partnership", "durable", "agrees"),
    ],
)
def test_one_voice(words: str, predicate: str, stance: str) -> None:
    assert (None, predicate, stance) in stands(f"{words[0].upper()}{words[1:]}.")
    assert ("Marta Holt", predicate, stance) in stands(f"Marta Holt said that {words}.")


def test_doubt_turns_a_judgement_round() -> None:
    text = "Marta Holt doubts that the partnership between Peru and Chile is unprecedented."
    assert stands(text) == [("Marta Holt", "unprecedented", "disagrees")]


def test_a_scare_quotation_belongs_to_whom_it_quotes() -> None:
    text = "Peru has begun what Japan calls an “unprecedented” partnership with Chile."
    assert [s for s in stands(text) if s[2] == "agrees"] == [("Japan", "unprecedented", "agrees")]


def test_nobody_says_so() -> None:
    text = "Peru and Chile train together. No one has called this an alliance."
    assert stands(text) == [(None, "alliance", "disagrees")]


@pytest.mark.parametrize(
    "text",
    [
        "Is the partnership between Peru and Chile unprecedented?",
        "Peru and Chile signed a new partnership.",
        "The rain in Peru and Chile was unprecedented.",
        "The alliance between Peru and Chile met on Monday.",
        "The partnership is unprecedented.",
        "The partnership between Peru and Chile is presented as novel.",
    ],
)
def test_no_position(text: str) -> None:
    assert stands(text) == []


def test_one_position_for_each_holder_and_proposition() -> None:
    text = (
        "The partnership between Peru and Chile is unprecedented, Marta Holt said. "
        "Holt said that the partnership between Chile and Peru is not unprecedented."
    )
    (one,) = scene(text).positions
    assert (one.stance, len(one.attributions), len(one.evidence)) == ("hedges", 2, 2)
    assert one.proposition.text == "The relation between Chile and Peru is unprecedented"


def test_furniture_is_not_read() -> None:
    text = "The partnership between Peru and Chile is unprecedented.\n" * 2
    (one,) = scene(text, Furniture("pull_quote", (57, len(text)))).positions
    assert len(one.evidence) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Nor is the pact quite as new as ministers make out,” said Marta Holt.", "disagrees"),
        ("“The pact is not as new as it looks,” said Marta Holt.", "disagrees"),
        ("“The pact is hardly unprecedented,” said Marta Holt.", "disagrees"),
        ("There is nothing new about the pact, Marta Holt said.", "disagrees"),
        ("Marta Holt does not believe that the pact is unprecedented.", "disagrees"),
        ("Marta Holt disagreed: “The pact is unprecedented.”", "agrees"),
    ],
)
def test_how_new_a_relation_is_said_to_be(text: str, expected: str) -> None:
    found = stands(f"Peru signed a pact with Chile. {text}")
    assert ("Marta Holt", "unprecedented", expected) in found


def test_how_new_it_is_may_be_left_open() -> None:
    assert stands("Analysts are divided over how new the partnership between Peru and Chile is.") == []


def test_this_partnership_is_that_of_the_article() -> None:
    text = (
        "Peru signed a pact with Chile. The partnership between Peru and Chile grows.\n"
        "“This partnership is unprecedented, whatever Kenya and Japan think,” said Marta Holt."
    )
    (one,) = scene(text).positions
    assert one.proposition.text == "The relation between Chile and Peru is unprecedented"


def test_what_nobody_should_say_is_the_speakers_view() -> None:
    text = "Peru signed a pact with Chile. “Nobody should call this an alliance,” said Marta Holt."
    assert ("Marta Holt", "alliance", "disagrees") in stands(text)


def test_to_call_it_so_is_to_forget() -> None:
    text = (
        "Peru signed a pact with Chile. “To call this unprecedented is to forget the past,” said Marta Holt."
    )
    assert ("Marta Holt", "unprecedented", "disagrees") in stands(text)


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("This partnership is without precedent", "agrees"),
        ("This partnership is not without precedent", "disagrees"),
        ("This partnership has no precedent", "agrees"),
        ("This partnership has precedents", "disagrees"),
    ],
)
def test_precedents(words: str, stance: str) -> None:
    found = stands(f"Peru signed a pact with Chile. “{words},” said Marta Holt.")
    assert found == [("Marta Holt", "unprecedented", stance)]
