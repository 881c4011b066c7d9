"""Each test's text is its input: whom the marked pronoun or description stands for."""

import datetime as dt

import pytest

from onrecord import language
from onrecord.actors import Cast, find_actors
from onrecord.article import Article
from onrecord.attributions import find_attributions
from onrecord.events.parties import Scene, parties
from onrecord.events.status import Voices


def whom(marked: str) -> list[str]:
    """Give whom the words in square brackets stand for: countries, or names of those that have none."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    one = Article(id="t", sha256="", text=text, retrieved=dt.datetime(2024, 6, 4, tzinfo=dt.UTC))
    doc = language.annotate(text)
    cast = Cast(find_actors(one, doc))
    scene = Scene(one, doc, cast, voices=Voices(find_attributions(one, doc, cast)))
    words = doc.char_span(start, end, alignment_mode="expand")
    assert words is not None
    return [p.country or p.name for p in parties([words[-1]], scene, scene.voices.at(start, end))]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Norway attacked Chile. [It] also threatened Peru.", ["NOR"]),
        ("Norway said that [it] had sent tanks to Chile.", ["NOR"]),
        ("Norway withdrew [its] ambassador from Chile.", ["NOR"]),
        ("Chile thanked Norway and urged [it] to send rockets.", ["NOR"]),
        ("In [its] statement, Norway condemned Chile.", ["NOR"]),
        ("Norway and Chile met in May. [They] signed an agreement.", ["NOR", "CHL"]),
        ("Norway, which sent [its] troops to Chile, was praised.", ["NOR"]),
        ("Kenya's decision to recall [its] ambassador angered Chile.", ["KEN"]),
    ],
)
def test_a_pronoun_is_the_state_that_grammar_makes_plain(text: str, countries: list[str]) -> None:
    assert whom(text) == countries


@pytest.mark.parametrize(
    "text",
    [
        "Norway met Chile. [It] is clear that talks will go on.",
        "Norway sent Chile a list of goods. [It] included apples.",
        "Norway's plan for the dam was old. [It] cost a lot.",
        "The river rose in Norway. [It] flooded the valley.",
        "Kenya sent [it] tanks.",
        "Farmers from Norway met. [They] complained about the rain.",
    ],
)
def test_what_is_no_actor_stays_unknown(text: str) -> None:
    assert whom(text) == []


def test_the_country_is_the_state_that_is_spoken_of() -> None:
    assert whom("Norway held elections in May. Chile is far away from [the country].") != ["CHL"]
    assert whom("Norway held elections. Turnout was high in [the country].") == ["NOR"]


def test_a_body_is_known_by_what_it_was_called() -> None:
    told = "The Norwegian government met on Monday. Chile sent an envoy. [The government] thanked him."
    assert whom(told) == ["NOR"]
    assert whom("NATO met in May. Norway thanked [the alliance].") == ["NATO"]


def test_we_are_the_state_of_the_speaker() -> None:
    told = '"[We] will send tanks," Norwegian Prime Minister Jonas Gahr Store said.'
    assert whom(told) == ["NOR"]


def test_he_is_no_woman_and_she_no_man() -> None:
    told = "Norwegian Prime Minister John Lind met Kenyan President Mary Otieno. [{}] thanked Chile."
    assert whom(told.format("She")) in (["KEN"], [])
    assert whom(told.format("He")) in (["NOR"], [])


def test_a_scene_is_read_once_and_the_same_each_time() -> None:
    text = "Norway attacked Chile. [It] also threatened Peru."
    assert whom(text) == whom(text)
