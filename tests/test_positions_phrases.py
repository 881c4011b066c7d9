"""Judgements of several words, and what doubt and hedging make of them."""

import pytest
from scenes import scene

CONTEXT = "Peru signed a pact with Chile. The partnership between Peru and Chile grows. "


def stands(text: str) -> list[tuple[str | None, str, str]]:
    return [
        (p.holder.name if p.holder else None, p.proposition.predicate, p.stance)
        for p in scene(CONTEXT + text).positions
    ]


@pytest.mark.parametrize(
    ("words", "predicate", "stance"),
    [
        ("the pact is the first of its kind", "unprecedented", "agrees"),
        ("the pact is not the first of its kind", "unprecedented", "disagrees"),
        ("there has never been anything like this pact", "unprecedented", "agrees"),
        ("the pact has no parallel", "unprecedented", "agrees"),
        ("the pact is anything but new", "unprecedented", "disagrees"),
        ("the pact is business as usual", "unprecedented", "disagrees"),
        ("the pact is in some respects unprecedented", "unprecedented", "hedges"),
        ("the pact is largely unprecedented", "unprecedented", "hedges"),
        ("the pact is here to stay", "durable", "agrees"),
        ("the pact is a marriage of convenience", "durable", "disagrees"),
        ("the pact is not a marriage of convenience", "durable", "agrees"),
        ("the pact will last", "durable", "agrees"),
        ("the pact will not outlast the war", "durable", "disagrees"),
        ("the pact would fall apart", "durable", "disagrees"),
        ("it is too early to say whether the pact will last", "durable", "hedges"),
        ("the ties are deep and lasting", "durable", "agrees"),
        ("Peru and Chile are allies", "alliance", "agrees"),
        ("Peru and Chile are not allies", "alliance", "disagrees"),
        ("Peru and Chile are allies in all but name", "alliance", "hedges"),
        ("the pact is not quite an alliance", "alliance", "hedges"),
    ],
)
def test_what_a_voice_says(words: str, predicate: str, stance: str) -> None:
    assert ("Marta Holt", predicate, stance) in stands(f"Marta Holt said that {words}.")


@pytest.mark.parametrize(
    ("sentence", "predicate", "stance"),
    [
        ("Marta Holt rejected the notion that the pact is unprecedented.", "unprecedented", "disagrees"),
        ("Marta Holt dismissed talk of an alliance between Peru and Chile.", "alliance", "disagrees"),
        ("Marta Holt denied that the pact is fragile.", "durable", "agrees"),
        ("Marta Holt is not convinced that the pact will last.", "durable", "disagrees"),
        ("Marta Holt described the partnership with Peru as historic.", "unprecedented", "agrees"),
        ("“Our alliance with Peru does not need papers,” said Marta Holt.", "alliance", "agrees"),
        ("“What we have is cooperation, not an alliance,” said Marta Holt.", "alliance", "disagrees"),
    ],
)
def test_what_one_makes_of_anothers_claim(sentence: str, predicate: str, stance: str) -> None:
    assert ("Marta Holt", predicate, stance) in stands(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Peru passed an unprecedented budget.",
        "The People's Alliance, a party in Chile, lost the election.",
        "The rains will last.",
        "Whether the pact will last is another matter.",
        "Nobody in Lima thinks that the pact will collapse.",
        "Transient alliances are common.",
        "The bloc could fall apart.",
        "Mangoes are here to stay.",
    ],
)
def test_no_position(sentence: str) -> None:
    assert stands(sentence) == []
