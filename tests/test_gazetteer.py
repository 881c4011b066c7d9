"""The gazetteer: what counts as the name of a state or body, and what only looks like one."""

import importlib
import importlib.util

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.actors.gazetteer import facts, find_known, find_names, state_name


def names(text: str) -> list[tuple[str, str]]:
    """Give the words found and the code of the state, or the name of the body."""
    return [
        (text[h.start : h.end], (h.fact.country or "") if h.fact.kind == "state" else h.fact.name)
        for h in find_names(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Norway sold frigates to Peru.", [("Norway", "NOR"), ("Peru", "PER")]),
        ("The U.S. and the UK", [("U.S.", "USA"), ("UK", "GBR")]),
        ("the US, U.K., UAE and DPRK", [("US", "USA"), ("U.K.", "GBR"), ("UAE", "ARE"), ("DPRK", "PRK")]),
        ("a Dutch frigate and two Danes", [("Dutch", "NLD"), ("Danes", "DNK")]),
        ("Swedes, Finns and Norwegians of Sweden and Finland", [
            ("Swedes", "SWE"), ("Finns", "FIN"), ("Norwegians", "NOR"), ("Sweden", "SWE"),
            ("Finland", "FIN")]),
        ("Hanoi and Manila", [("Hanoi", "VNM"), ("Manila", "PHL")]),
        ("the Élysée, the Elysee, Downing Street", [
            ("Élysée", "FRA"), ("Elysee", "FRA"), ("Downing Street", "GBR")]),
        ("Côte d’Ivoire and Sana'a's port", [("Côte d’Ivoire", "CIV"), ("Sana'a", "YEM")]),
        ("Peru-Chile talks, anti-Brazilian, non-Thai", [
            ("Peru", "PER"), ("Chile", "CHL"), ("Brazilian", "BRA"), ("Thai", "THA")]),
        ("East Germany, West Germany and the Soviet Union", [
            ("East Germany", "DDR"), ("West Germany", "DEU"), ("Soviet Union", "SUN")]),
        ("Czechoslovakia, Yugoslavia, Kosovo and Taiwan", [
            ("Czechoslovakia", "CSK"), ("Yugoslavia", "YUG"), ("Kosovo", "XKX"), ("Taiwan", "TWN")]),
        ("Guinea-Bissau, Equatorial Guinea, Papua New Guinea, Guinea", [
            ("Guinea-Bissau", "GNB"), ("Equatorial Guinea", "GNQ"), ("Papua New Guinea", "PNG"),
            ("Guinea", "GIN")]),
        ("NIGER SIGNS DEAL WITH SOUTH KOREA", [("NIGER", "NER"), ("SOUTH KOREA", "KOR")]),
        ("NATO and the International Atomic Energy Agency", [
            ("NATO", "NATO"), ("International Atomic Energy Agency", "International Atomic Energy Agency")]),
        ("the Houthis and Hizbullah", [("Houthis", "Houthis"), ("Hizbullah", "Hezbollah")]),
    ],
)  # fmt: skip
def test_names_by_any_form(text: str, found: list[tuple[str, str]]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "they gave us china plates and turkey to polish",
        "GIVE US A BREAK AND TELL US",
        "WHO KNOWS WHAT COMES NEXT",
        "in New Mexico and on the South China Sea",
        "the Paris Agreement and Stockholm syndrome",
        "Latin American art and African-American history",
        "a niger of no import",
        "Chadwick, Mexicoville and Iranism",
    ],
)
def test_what_only_looks_like_a_state(text: str) -> None:
    assert [n for n in names(text) if len(n[1]) == 3] == []


def test_a_longer_name_of_a_body_wins_over_the_state_in_it() -> None:
    assert names("the Washington Post and American Airlines") == [
        ("Washington Post", "Washington Post"),
        ("American Airlines", "American Airlines"),
    ]


def test_georgia_is_the_country_unless_the_text_is_about_the_other_one() -> None:
    assert ("Georgia", "GEO") in names("Georgia and Armenia signed in Tbilisi.")
    assert ("Georgia", "GEO") in names("Georgia bought missiles.")
    assert names("Democrats hope to win Georgia: Atlanta, they say, and Florida.") == []


def test_an_acronym_in_doubt_needs_a_cue() -> None:
    assert ("WHO", "World Health Organization") in names("The WHO sent vaccine to the hospital.")
    assert names("He asked the RSF for help.") == []
    assert ("RSF", "Rapid Support Forces") in names("In Sudan the RSF took a town.")


def test_names_that_are_neither_state_nor_body_are_known_as_such() -> None:
    known = find_known("Kurds in New Mexico")
    assert [h.fact.kind for h in known] == ["apart", "apart"]


def test_the_tables_are_sound() -> None:
    for name, fact in facts():
        assert name.strip() == name != ""
        if fact.kind == "state":
            assert fact.country is not None
            assert len(fact.country) == 3
            assert state_name(fact.country) == fact.name
        if fact.sector:
            assert fact.sector in {
                "GOV", "MIL", "REB", "SPY", "COP", "JUD", "PTY", "JRN", "EDU", "BUS", "IGO", "NGO", "CVL",
            }  # fmt: skip


@pytest.mark.skipif(importlib.util.find_spec("babel") is None, reason="Babel is not installed")
def test_codes_agree_with_the_territory_names_of_cldr() -> None:
    babel = importlib.import_module("babel")
    territories = babel.Locale("en").territories
    aliases = importlib.import_module("babel.core").get_global("territory_aliases")
    cldr = {str(v).lower(): k for k, v in territories.items()}
    checked = 0
    for _, fact in facts():
        code = cldr.get(fact.name.lower())
        if fact.kind == "state" and code is not None and fact.country in aliases:
            assert aliases[fact.country] == [code], fact.name
            checked += 1
    assert checked > 150


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["US", "U.S.", "Iran", "'s", "’", "-", "New", "York", "\n", " ", "Guinea", "of", "İ", "ß", "and"]
        )
    )
)
def test_hits_lie_in_the_text_and_never_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for hit in find_known(text):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert all(0 <= h.start < h.end <= len(text) for h in find_known(text))
