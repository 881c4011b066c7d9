"""Actors: who an article is about, by what names, in what office. Each test's sentences are its input."""

import datetime as dt
import functools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.actors import Cast, find_actors
from onrecord.article import Article, Furniture, Problem, Span
from onrecord.language import annotate
from onrecord.record import Actor


def article(text: str, *, skip: Span | None = None, garbled: Span | None = None) -> Article:
    return Article(
        id="a",
        sha256="0",
        text=text,
        retrieved=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        furniture=(Furniture("pull_quote", skip),) if skip else (),
        problems=(Problem("garbled", "lost", garbled),) if garbled else (),
    )


@functools.cache
def read(text: str) -> Cast:
    return Cast(find_actors(article(text), annotate(text)))


def the(cast: Cast, name: str) -> Actor:
    """Give the one actor of this name."""
    (actor,) = [a for a in cast.actors if a.name == name]
    return actor


def words(actor: Actor) -> list[str]:
    return [m.text for m in actor.mentions]


# ---- states ----


def test_a_state_has_all_its_mentions() -> None:
    cast = read(
        "Peru ordered ships. Lima paid in May, and Peruvian officials thanked the Peruvians of Callao."
    )
    peru = the(cast, "Peru")
    assert (peru.kind, peru.country, peru.sector) == ("state", "PER", None)
    assert words(peru) == ["Peru", "Lima", "Peruvian", "Peruvians"]


def test_a_seat_of_government_is_a_mention_of_the_state() -> None:
    assert the(read("The Kremlin denied it."), "Russia").sector == "GOV"
    mixed = the(read("The Kremlin denied it. Russia went on."), "Russia")
    assert mixed.sector is None
    assert words(mixed) == ["Kremlin", "Russia"]


def test_a_compound_names_both_states_and_a_capital_may_be_only_a_place() -> None:
    cast = read(
        "Polish-Korean trade grew, as Warsaw-Seoul ties did. The Chile-Peru treaty was signed in Vienna."
    )
    assert {a.country for a in cast.actors if a.kind == "state"} == {"POL", "KOR", "CHL", "PER"}


def test_jordan_is_a_state_or_a_person() -> None:
    cast = read("Jordan bought jets. Michael Jordan did not. Mr. Jordan lives far from Jordan.")
    assert words(the(cast, "Jordan")) == ["Jordan", "Jordan"]
    assert words(the(cast, "Michael Jordan")) == ["Michael Jordan", "Jordan"]


def test_a_language_is_no_state() -> None:
    cast = read("Speaking in Turkish, she praised Greek wine.")
    assert [a.country for a in cast.actors if a.kind == "state"] == ["GRC"]


# ---- persons ----


def test_a_surname_joins_the_full_name() -> None:
    cast = read(
        "Marta Kowalska, an analyst at the Baltic Institute, told reporters. Kowalska said the ships were "
        "old. In Kowalska's view they will sink."
    )
    person = the(cast, "Marta Kowalska")
    assert words(person) == ["Marta Kowalska", "Kowalska", "Kowalska"]
    assert (person.role, person.affiliation) == ("analyst at the Baltic Institute", "Baltic Institute")
    assert (person.country, person.sector) == (None, "CVL")


@pytest.mark.parametrize(
    ("sentence", "name", "role", "affiliation", "country", "sector"),
    [
        ("Chilean Defence Minister Pedro Rojas signed it.",
         "Pedro Rojas", "Chilean Defence Minister", None, "CHL", "GOV"),
        ("The Norwegian foreign minister, Ingrid Dahl, flew to Oslo.",
         "Ingrid Dahl", "Norwegian foreign minister", None, "NOR", "GOV"),
        ("UN Security Council spokesperson Clara Meyer denied it.",
         "Clara Meyer", "UN Security Council spokesperson", "UN Security Council", None, "IGO"),
        ("Maria Lopez, a spokeswoman for the Mexican Foreign Ministry, said so.",
         "Maria Lopez",
         "spokeswoman for the Mexican Foreign Ministry",
         "Mexican Foreign Ministry", "MEX", "GOV"),
        ("Thomas Berg, who heads the Nordic Policy Institute, disagrees.",
         "Thomas Berg", "heads the Nordic Policy Institute", "Nordic Policy Institute", None, None),
        ("Elena Petrova, an independent Bulgarian analyst and fellow of the Danube Forum's energy "
         "project, said no.",
         "Elena Petrova",
         "independent Bulgarian analyst and fellow of the Danube Forum's energy project",
         "Danube Forum", "BGR", "CVL"),
        ("Peter Novak is a freelance journalist based in Prague.",
         "Peter Novak", "freelance journalist based in Prague", None, None, "JRN"),
        ("Jean Morel, a former French ambassador to Chad, was there.",
         "Jean Morel", "former French ambassador to Chad", None, "FRA", None),
        ("Gen. Robert Hill, the commander of the Canadian Army, agreed.",
         "Robert Hill", "commander of the Canadian Army", "Canadian Army", "CAN", "MIL"),
        ("President Anna Silva of Brazil said so.",
         "Anna Silva", "President", None, "BRA", "GOV"),
        ("“It is too late,” said Sara Lind, 54, the senior director of research at the Harbor Institute.",
         "Sara Lind", "senior director of research at the Harbor Institute", "Harbor Institute", None, None),
        ("David Stone of the Foreign Relations Institute doubts it.",
         "David Stone", None, "Foreign Relations Institute", None, None),
    ],
)  # fmt: skip
def test_role_and_affiliation_are_the_words_of_the_article(
    sentence: str,
    name: str,
    role: str | None,
    affiliation: str | None,
    country: str | None,
    sector: str | None,
) -> None:
    person = the(read(sentence), name)
    assert (person.role, person.affiliation) == (role, affiliation)
    assert (person.country, person.sector) == (country, sector)
    assert role is None or role in sentence


def test_two_people_of_one_surname() -> None:
    cast = read(
        "Laura Bennett and Paul Bennett both spoke. Mr. Bennett was first. Mrs. Bennett came second.\n"
        "Paul Bennett left early. Bennett took the train."
    )
    assert words(the(cast, "Laura Bennett")) == ["Laura Bennett", "Bennett"]
    assert words(the(cast, "Paul Bennett")) == ["Paul Bennett", "Bennett", "Paul Bennett", "Bennett"]


def test_short_forms_of_one_name_are_one_person() -> None:
    cast = read("Joseph R. Harper came to London. Joe Harper met the press, and Harper left.")
    assert words(the(cast, "Joseph R. Harper")) == ["Joseph R. Harper", "Joe Harper", "Harper"]


def test_people_known_by_one_name_are_people() -> None:
    cast = read("President Duarte met Mr. Silva. The talks with Duarte failed.")
    assert words(the(cast, "Duarte")) == ["Duarte", "Duarte"]
    assert words(the(cast, "Silva")) == ["Silva"]


# ---- organisations ----


def test_a_ministry_and_an_army_belong_to_their_state() -> None:
    cast = read(
        "The Swedish foreign ministry objected. Kenya's armed forces and the Dutch government agreed."
    )
    bodies = {a.name: (a.country, a.sector) for a in cast.actors if a.kind == "organisation"}
    assert bodies == {
        "Swedish foreign ministry": ("SWE", "GOV"),
        "Kenya's armed forces": ("KEN", "MIL"),
        "Dutch government": ("NLD", "GOV"),
    }
    assert {a.country for a in cast.actors if a.kind == "state"} == {"SWE", "KEN", "NLD"}


def test_two_names_of_one_ministry_and_a_modifier_that_is_none() -> None:
    cast = read(
        "Britain's Ministry of Defence spoke. The British defence ministry paid. "
        "The British military budget rose."
    )
    (body,) = [a for a in cast.actors if a.kind == "organisation"]
    assert words(body) == ["Britain's Ministry of Defence", "British defence ministry"]


def test_an_acronym_joins_the_name_that_it_is_bracketed_to() -> None:
    cast = read(
        "The United Arab Emirates (UAE) joined the Baltic Security Forum (BSF). The BSF thanked the UAE."
    )
    assert words(the(cast, "Baltic Security Forum")) == ["Baltic Security Forum", "BSF", "BSF"]
    assert words(the(cast, "United Arab Emirates")) == ["United Arab Emirates", "UAE", "UAE"]


def test_a_newspaper_is_no_state() -> None:
    cast = read("The Washington Post wrote about it.")
    assert [(a.kind, a.name) for a in cast.actors] == [("organisation", "Washington Post")]


# ---- groups ----


def members(cast: Cast, text: str) -> list[str | None]:
    at = next(m for a in cast.actors if a.kind == "group" for m in a.mentions if m.text == text)
    group = cast.at(at.start, at.end)
    assert group is not None
    return [actor.country for i in group.members if (actor := cast.by_id(i)) is not None]


def test_the_two_countries_are_those_last_named_together() -> None:
    cast = read(
        "Poland and South Korea signed. The United States watched, and the two countries went on.\n"
        "Relations between India and France are older. Both sides say so."
    )
    assert members(cast, "the two countries") == ["POL", "KOR"]
    assert members(cast, "Both sides") == ["IND", "FRA"]


def test_the_two_sides_may_be_the_only_two_of_the_paragraph() -> None:
    cast = read("Chile sold Peru two ships, and the two sides agreed on more.")
    assert members(cast, "the two sides") == ["CHL", "PER"]


def test_groups_without_members() -> None:
    cast = read(
        "Western diplomats doubt it. Many Arab countries bought jets, "
        "but German officials and analysts did not."
    )
    groups = {a.name: (a.country, a.sector, a.members) for a in cast.actors if a.kind == "group"}
    assert groups == {
        "Western diplomats": (None, "GOV", ()),
        "Many Arab countries": (None, None, ()),
        "German officials": ("DEU", "GOV", ()),
        "analysts": (None, "CVL", ()),
    }


def test_both_sides_of_something_are_no_group() -> None:
    cast = read("Spain and Portugal agreed. People on both sides of the ocean saw it.")
    assert [a for a in cast.actors if a.kind == "group"] == []


# ---- the cast and the rules of the house ----


def test_the_cast_knows_who_stands_where() -> None:
    text = "The Dutch government met Marta Kowalska in Iran and Iraq."
    cast = read(text)

    def at(words_: str) -> str | None:
        start = text.index(words_)
        actor = cast.at(start, start + len(words_))
        return actor.name if actor else None

    assert at("The Dutch government") == "Dutch government"
    assert at("Dutch") == "Netherlands"
    assert at("met Marta Kowalska") == "Marta Kowalska"
    assert at(" met ") is None
    assert [s.country for s in cast.states_in(0, len(text))] == ["NLD", "IRN", "IRQ"]
    assert cast.by_id(cast.actors[0].id) is cast.actors[0]
    assert cast.by_id("none") is None


def test_furniture_and_garbled_passages_are_not_read() -> None:
    text = "Peru paid.\nChile signed.\nPeru and Brazil too."
    start = text.index("Chile")
    page = article(text, skip=(start, start + 13), garbled=(text.index("Brazil"), text.index(" too")))
    assert [a.name for a in find_actors(page, annotate(text))] == ["Peru"]


def test_ids_differ_and_the_same_text_gives_the_same_actors() -> None:
    text = "Poland and Chile met Marta Kowalska. The two countries agreed with the Polish government."
    first, second = (find_actors(article(text), annotate(text)) for _ in range(2))
    assert first == second
    assert len({a.id for a in first}) == len(first)


PIECES = [
    "Marta Kowalska", "Kowalska", "Mr. ", "President ", "'s", "’s", ",", " an analyst at the ",
    "Baltic Institute", "Iran", "-", "Russian", " and ", " the two countries ", ". ", "\n", '"',
    "(UAE)", " of ", "°®Âþµº", " who is a ", "al-Assad", " bin ", " Ministry of Defence", "US", " ",
    "-Jordan", "Jr.", "said ", "\u00a0", "🙂", "of the",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example("")
@example("Kim Jong Un. Kim")
def test_mentions_are_the_words_at_their_span(text: str) -> None:
    actors = find_actors(article(text), annotate(text))
    cast = Cast(actors)
    assert len({a.id for a in actors}) == len(actors)
    for actor in actors:
        assert actor.mentions
        for m in actor.mentions:
            assert text[m.start : m.end] == m.text
            assert cast.at(m.start, m.end) is not None
        assert all(cast.by_id(i) is not None for i in actor.members)
        if actor.kind == "person":
            assert not any(m.text.endswith(("'s", "’s")) for m in actor.mentions)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_a_cast(text: str) -> None:
    assert isinstance(find_actors(article(text), annotate(text)), tuple)


def test_a_dateline_is_a_place_and_brussels_may_be_the_union() -> None:
    cast = read("WARSAW - European leaders met. The E.U. will pay, and Brussels knows it.\nBerlin agreed.")
    assert {a.country for a in cast.actors if a.kind == "state"} == {"DEU"}
    assert words(the(cast, "European Union")) == ["E.U.", "Brussels"]
    assert [a.name for a in cast.actors if a.kind == "group"] == ["European leaders"]


def test_a_body_by_a_shorter_form_of_its_name() -> None:
    cast = read("The Harbor Institute for Naval Affairs spoke. Reporters called the Harbor Institute again.")
    (body,) = [a for a in cast.actors if a.kind == "organisation"]
    assert words(body) == ["Harbor Institute for Naval Affairs", "Harbor Institute"]


# ---- views, former posts, designations ----


def test_whose_view_it_is_names_a_person() -> None:
    cast = read("In Han Seo-yun's view, it is new. Han, a professor at Lake College, is sure.")
    one = the(cast, "Han Seo-yun")
    assert (words(one), one.affiliation) == (["Han Seo-yun", "Han"], "Lake College")


def test_the_view_of_a_body_names_nobody() -> None:
    cast = read("In South Korea's view it is old, and in Human Rights Watch's view it is bad.")
    assert [a.name for a in cast.actors if a.kind == "person"] == []


def test_a_former_post_is_no_affiliation() -> None:
    cast = read("Hal Corbin, author of Broken Straits and a former Pentagon official, said so.")
    assert the(cast, "Hal Corbin").affiliation is None


def test_a_body_after_a_comma_is_the_affiliation() -> None:
    cast = read("Sarah Whitcombe, of the Kestrel Centre in London, said so.")
    assert the(cast, "Sarah Whitcombe").affiliation == "Kestrel Centre"


def test_a_weapon_is_no_organisation() -> None:
    cast = read("The army showed the M1A2 and the K9 on Monday.")
    assert not {"M1A2", "K9"} & {a.name for a in cast.actors}
