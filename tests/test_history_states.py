"""Names and numbers of states, by date."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.data import table
from onrecord.history import states


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russia", "RUS"),
        ("Soviet Union", "SUN"),
        ("Cote d'Ivoire", "CIV"),
        ("Côte d’Ivoire", "CIV"),
        ("St. Vincent & Grenadines", "VCT"),
        ("Congo - Kinshasa", "COD"),
        ("Congo - Brazzaville", "COG"),
        ("Federal Republic of Germany", "DEU"),
        ("East Germany (GDR)", "DDR"),
        ("Yemen Arab Republic (North Yemen)", "YEM"),
        ("South Vietnam", "XSV"),
        ("Turkiye", "TUR"),
        ("UAE", "ARE"),
        ("eSwatini", "SWZ"),
        ("  the GAMBIA ", "GMB"),
        ("Hezbollah (Lebanon)*", None),
        ("NATO**", None),
        ("Hong Kong", None),
        ("", None),
    ],
)
def test_publishers_names(name: str, code: str | None) -> None:
    assert states.from_name(name) == code


@pytest.mark.parametrize(
    ("number", "year", "code"),
    [
        (365, 1900, "RUS"),
        (365, 1950, "SUN"),
        (365, 1995, "RUS"),
        (345, 1910, "SRB"),
        (345, 1985, "YUG"),
        (345, 1999, "YUG"),
        (345, 2004, "SCG"),
        (345, 2010, "SRB"),
        (255, 1930, "DEU"),
        (260, 1970, "DEU"),
        (255, 2000, "DEU"),
        (265, 1970, "DDR"),
        (678, 1980, "YEM"),
        (679, 1995, "YEM"),
        (680, 1980, "YMD"),
        (817, 1960, "XSV"),
        (300, 1910, None),
        (9999, 2000, None),
        ("no number", 2000, None),
    ],
)
def test_numbers_of_the_correlates_of_war(number: int | str, year: int, code: str | None) -> None:
    assert states.from_number(number, "cow", year) == code


def test_numbers_of_gleditsch_and_ward_differ_in_a_few() -> None:
    assert states.from_number(260, "gw", 2000) == "DEU"
    assert states.from_number(678, "gw", 2000) == "YEM"
    assert states.from_number(340, "gw", 2010) == "SRB"
    assert states.from_number(970, "gw") == "KIR"
    assert states.from_number(970, "cow") == "NRU"


def test_a_state_that_is_gone_without_a_code_has_a_name() -> None:
    assert states.gone_name("300") == "Austria-Hungary"
    assert states.gone_name(365) is None


@pytest.mark.parametrize(
    ("code", "year", "then"),
    [
        ("RUS", 1985, "SUN"),
        ("RUS", 1920, "RUS"),
        ("RUS", 1992, "RUS"),
        ("SUN", 1995, "RUS"),
        ("CZE", 1980, "CSK"),
        ("SVK", 1980, "SVK"),
        ("SRB", 1985, "YUG"),
        ("SRB", 2004, "SCG"),
        ("YUG", 2010, "SRB"),
        ("DDR", 1995, "DDR"),
        ("FRA", 1985, "FRA"),
    ],
)
def test_a_code_as_of_a_year(code: str, year: int, then: str) -> None:
    assert states.as_of(code, year) == then


def test_the_past_is_read_across_a_succession() -> None:
    assert states.predecessors("RUS") == (("SUN", dt.date(1991, 12, 25)),)
    assert states.line("SRB") == ("SRB", "SCG", "YUG")
    assert states.line("CZE") == ("CZE", "CSK")
    assert states.line("UKR") == ("UKR",), "one state has one heir"
    assert states.heir("YUG") == "SRB"
    assert states.heir("DDR") == "DDR"


@given(st.sampled_from(sorted(states.codes())), st.dates(dt.date(1816, 1, 1), dt.date(2026, 1, 1)))
def test_one_day_has_one_code_of_a_line(code: str, day: dt.date) -> None:
    """Asking twice changes nothing, and the code of the day is of the same line."""
    then = states.as_of(code, day)
    assert states.as_of(then, day) == then
    assert states.heir(then) == states.heir(code)


def test_every_number_leads_to_a_known_state_or_a_name() -> None:
    for row in table("state_numbers.tsv"):
        assert not row["code"] or states.from_code(row["code"])
        assert row["code"] or row["names"]
        for date in filter(None, (row["start"], row["end"])):
            assert dt.date.fromisoformat(date) > dt.date(1800, 1, 1)


def test_withdrawn_codes() -> None:
    assert states.from_code("rom") == "ROU"
    assert states.from_code("XYZ") is None
    assert states.name("RUS") == "Russia"
    assert states.name("XSV") == "South Vietnam"
