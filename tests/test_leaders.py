"""Leaders: whom a name means at a date, and who held an office. Each test's text is its input."""

import datetime as dt
import functools
from itertools import pairwise

import pytest

from onrecord.actors import Cast, find_actors
from onrecord.actors.gazetteer import facts, state_name
from onrecord.actors.leaders import holder, leaders, leaders_named
from onrecord.actors.offices import find_leaders
from onrecord.article import Article, Published
from onrecord.language import annotate
from onrecord.record import Actor


@functools.cache
def read(text: str, published: str = "") -> Cast:
    day = dt.date.fromisoformat(published) if published else None
    article = Article(
        id="a",
        sha256="0",
        text=text,
        retrieved=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        published=Published(day, day, "given") if day else Published(),
    )
    return Cast(find_actors(article, annotate(text)))


def persons(text: str, published: str = "") -> list[tuple[str, str | None, str | None]]:
    return [(a.name, a.country, a.sector) for a in read(text, published).actors if a.kind == "person"]


def the(cast: Cast, name: str) -> Actor:
    (actor,) = [a for a in cast.actors if a.name == name]
    return actor


# ---- whom a name means ----


@pytest.mark.parametrize(
    ("text", "published", "found"),
    [
        ("President Bush has threatened further action against Russia.", "1991-01-10",
         [("Bush", "USA", "GOV")]),
        ("President Bush has threatened further action against Russia.", "2003-01-10",
         [("Bush", "USA", "GOV")]),
        ("Reagan welcomed the Soviet offer.", "1986-05-01", [("Reagan", "USA", "GOV")]),
        ("The envoy held talks with Putin and Erdogan in Sochi.", "2019-05-01",
         [("Putin", "RUS", "GOV"), ("Erdogan", "TUR", "GOV")]),
        ("Foreign Secretary Jack Straw met his Iranian counterpart.", "2003-05-01",
         [("Jack Straw", "GBR", "GOV")]),
        ("Prime Minister Thatcher and Chancellor Kohl met in Bonn.", "1988-05-01",
         [("Thatcher", "GBR", "GOV"), ("Kohl", "DEU", "GOV")]),
        ("Netanyahu rejected the plan. Obama said he would go on.", "2010-05-01",
         [("Netanyahu", "ISR", "GOV"), ("Obama", "USA", "GOV")]),
        ("Kim Jong Un toured a factory. Kim was pleased.", "2020-01-01", [("Kim Jong Un", "PRK", "GOV")]),
        ("President Kim met Prime Minister Obuchi.", "1999-01-01",
         [("Kim", "KOR", "GOV"), ("Obuchi", "JPN", "GOV")]),
        ("Secretary of State Powell and Defense Secretary Rumsfeld disagreed.", "2002-01-01",
         [("Powell", "USA", "GOV"), ("Rumsfeld", "USA", "GOV")]),
    ],
)  # fmt: skip
def test_a_leader_has_the_country_that_readers_know(
    text: str, published: str, found: list[tuple[str, str, str]]
) -> None:
    assert persons(text, published) == found


def test_a_head_of_an_international_body_has_no_country() -> None:
    text = "The alliance must wait, Stoltenberg said in Brussels."
    assert persons(text, "2020-01-01") == [("Stoltenberg", None, "IGO")]
    assert persons(text, "2010-01-01") == [("Stoltenberg", "NOR", "GOV")]


def test_a_former_leader_is_of_the_elite() -> None:
    text = "Former President Bill Clinton spoke in Berlin. Blair agreed."
    assert persons(text, "2012-01-01") == [("Bill Clinton", "USA", "ELI"), ("Blair", "GBR", "ELI")]
    assert persons("Former US President Bill Clinton spoke.", "2012-01-01") == [
        ("Bill Clinton", "USA", "ELI")
    ]


def test_who_has_just_left_still_counts_as_the_office() -> None:
    assert persons("The deal that Merkel struck held.", "2022-03-01") == [("Merkel", "DEU", "GOV")]
    assert persons("The deal that Merkel struck held.", "2024-03-01") == [("Merkel", "DEU", "ELI")]


def test_before_the_term_there_is_a_country_and_no_office() -> None:
    assert persons("A banker named Macron said the Serbs must pay.", "2005-01-01") == [
        ("Macron", "FRA", None)
    ]


def test_without_a_date_all_bearers_must_be_of_one_country() -> None:
    assert persons("The Kremlin said Gorbachev would step down.") == [("Gorbachev", "SUN", "GOV")]
    assert persons("President Bush spoke.") == [("Bush", "USA", "GOV")]
    assert persons("President Kim spoke.") == [("Kim", "KOR", "GOV")]
    assert persons("King Abdullah spoke in Amman.") == [("Abdullah", None, "GOV")]


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_any_date_of_publication_can_be_read(published: str) -> None:
    assert [name for name, _, _ in persons("President Bush met Putin.", published)] == ["Bush", "Putin"]


def test_two_bearers_in_office_at_once_are_nobody() -> None:
    assert persons("King Abdullah spoke in Amman.", "2010-01-01") == [("Abdullah", None, "GOV")]
    assert persons("King Abdullah spoke in Amman.", "2018-01-01") == [("Abdullah", "JOR", "GOV")]


@pytest.mark.parametrize(
    "text",
    [
        "Jeb Bush said so.",
        "Boris Putin, a plumber, disagreed.",
        "Sharon Stone wept.",
        "Brown said the shop would close. Mr Brown sells hats.",
        "The president of Acme Corp., Gordon Brown, said sales fell.",
        "Judge Macron ruled on it.",
        "Mayor Johnson opened a bridge.",
        "Mrs Bush stayed at home.",
        "Professor Merkel, a historian, objected.",
        "Deputy Prime Minister Brown resigned.",
        "Donald Trump Jr. tweeted.",
    ],
)
def test_a_namesake_is_nobody_of_the_table(text: str) -> None:
    assert [country for _, country, _ in persons(text, "2008-01-01")] in ([None], [])


def test_what_the_article_states_wins() -> None:
    assert persons("The Chilean president, Gordon Brown, met Orban.", "2008-01-01")[0] == (
        "Gordon Brown",
        "CHL",
        "GOV",
    )


def test_a_title_tells_the_president_from_the_wife() -> None:
    cast = read("Laura Bush praised the plan. President Bush smiled. Bush then left.", "2003-01-01")
    assert (the(cast, "Laura Bush").country, the(cast, "Bush").country) == (None, "USA")
    assert [m.text for m in the(cast, "Bush").mentions] == ["Bush", "Bush"]


def test_another_spelling_of_the_first_name_is_the_same_person() -> None:
    cast = read("Volodimir Zelensky spoke. President Zelensky left.", "2023-01-01")
    assert [m.text for m in the(cast, "Volodimir Zelensky").mentions] == ["Volodimir Zelensky", "Zelensky"]


def test_a_word_is_no_leader() -> None:
    assert persons("Bush fires raged in Victoria. The Putin foundation closed.", "2003-01-01") == []


# ---- offices by date ----


@pytest.mark.parametrize(
    ("country", "office", "on", "name"),
    [
        ("TUR", "president", "2012-06-01", "Abdullah Gül"),
        ("TUR", "president", "2023-06-01", "Recep Tayyip Erdoğan"),
        ("USA", "president", "1991-01-17", "George H. W. Bush"),
        ("USA", "president", "2024-12-31", "Joe Biden"),
        ("GBR", "foreign minister", "2003-03-20", "Jack Straw"),
        ("SUN", "party leader", "1983-09-01", "Yuri Andropov"),
        ("CHN", "party leader", "1976-10-31", "Hua Guofeng"),
        ("USA", "president", "2001-01-20", None),  # a handover
        ("TUR", "president", "1950-01-01", None),
        ("TUR", "king", "2012-06-01", None),
    ],
)
def test_who_held_an_office(country: str, office: str, on: str, name: str | None) -> None:
    found = holder(country, office, dt.date.fromisoformat(on))
    assert (found.name if found else None) == name


# ---- the table ----


def test_every_term_is_of_a_known_state_or_body_and_ends_after_it_began() -> None:
    bodies = {fact.name for _, fact in facts() if fact.kind == "organisation"}
    for leader in leaders():
        for term in leader.terms:
            assert (term.country is None) != (term.organisation is None), leader.name
            assert term.country is None or state_name(term.country), leader.name
            assert term.organisation is None or term.organisation in bodies, leader.name
            assert term.end is None or term.start < term.end, leader.name


def test_one_office_of_a_state_has_one_holder() -> None:
    """Handovers share a day, or what the table knows of it, and nothing more."""
    held = sorted(
        (t.country, t.office, t.start, t.end or dt.date.max, leader.name)
        for leader in leaders()
        for t in leader.terms
        if t.country
    )
    overlaps = [
        (first[4], second[4])
        for first, second in pairwise(held)
        if first[:2] == second[:2] and (first[3] - second[2]).days > 31
    ]
    assert overlaps == [("Laurent Gbagbo", "Alassane Ouattara")], "both claimed it after the election of 2010"


def test_a_name_is_found_in_every_spelling() -> None:
    spellings = (
        "Recep Tayyip Erdoğan|Tayyip Erdogan|ERDOGAN|Bashar al-Assad|Bashar Al Assad|Kim Jong-un|Kim Jong Un|"
        "George H.W. Bush|Lech Walesa|William Clinton"
    )
    for spelling in spellings.split("|"):
        assert len(leaders_named(spelling.split())) == 1, spelling
    assert len(leaders_named(["George", "Bush"])) == 2
    assert leaders_named(["Jeb", "Bush"]) == ()
    assert leaders_named(["Brown"]) == ()
    assert [x.name for x in leaders_named(["Brown"], addressed=True)] == ["Harold Brown", "Gordon Brown"]


def test_names_are_found_with_and_without_a_title() -> None:
    text = "Putin's men met Prime Minister Brown, Jeb Bush and the Trump Organization."
    assert [text[a:b] for a, b in find_leaders(text, None)] == ["Putin", "Brown"]


# ---- names that only look like a state ----


def states(text: str) -> set[str | None]:
    return {a.country for a in read(text).actors if a.kind == "state"}


def test_congo_is_the_one_that_the_text_places() -> None:
    assert states("Congo closed the port of Pointe-Noire, Brazzaville said.") == {"COG"}
    assert states("Congo closed its border.") == {"COD"}
    assert states("Congo closed its border, and Brazzaville and Kinshasa traded blame.") == {"COD", "COG"}


def test_an_ethnic_people_is_not_its_state() -> None:
    assert states("Ethnic Albanians in Macedonia clashed with police.") == {"MKD"}
    assert persons("The ethnic Albanian leader Arben Xhaferi met envoys.") == [("Arben Xhaferi", None, None)]


@pytest.mark.parametrize("text", ["Serb-held towns fell.", "A German-born nurse left."])
def test_where_a_thing_or_a_person_comes_from_is_no_actor(text: str) -> None:
    assert states(text) == set()
