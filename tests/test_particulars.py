"""On what terms, used before or not, who pays, and which way it goes: read only where the words say so."""

import datetime as dt

import pytest
from scenes import scene

from onrecord.record import Transfer


def only(text: str) -> Transfer:
    (transfer,) = scene(text).transfers
    return transfer


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Norway has donated 20 howitzers to Ukraine.", "gift"),
        ("Norway has given Ukraine 20 howitzers free of charge.", "gift"),
        ("Norway has sold 20 tanks to Chile.", "sale"),
        ("Chile has signed a contract for 20 tanks with Norway.", "sale"),
        ("Norway has lent Chile 20 tanks.", "loan"),
        ("Chile is leasing 14 Gripen fighters from Sweden.", "lease"),
        ("Norway has delivered 20 tanks to Chile.", "unknown"),
    ],
)
def test_terms(text: str, terms: str) -> None:
    assert only(text).terms == terms


def test_second_hand() -> None:
    assert only("Norway has sold 20 second-hand tanks to Chile.").second_hand
    assert only("Norway has sold 20 used tanks to Chile.").second_hand
    assert not only("Norway has sold 20 tanks to Chile.").second_hand


def test_who_pays_is_neither_side() -> None:
    told = only("Norway has delivered 20 howitzers to Ukraine, paid for by Denmark.")
    assert told.payer is not None
    assert told.payer.country == "DNK"
    assert only("Norway has delivered 20 howitzers to Ukraine, paid for by Norway.").payer is None


def test_the_way_it_goes() -> None:
    told = only("Norway has shipped 20 howitzers to Ukraine through Poland.")
    assert [one.country for one in told.via] == ["POL"]


def test_flags_say_what_is_kept_as_written() -> None:
    assert "counted in units" in only("Norway has shipped 300 tonnes of ammunition to Ukraine.").flags
    assert "no supplier" in only("Ukraine has received 20 howitzers.").flags
    assert only("Norway has delivered 20 howitzers to Ukraine.").flags == ()


def test_a_number_that_another_voice_contradicts_is_flagged() -> None:
    text = (
        "Norway has delivered 20 howitzers to Ukraine, a Norwegian official said on Monday. "
        "Norway has delivered 12 howitzers to Ukraine, a Danish newspaper reported on Tuesday."
    )
    found = scene(text).transfers
    assert [t.quantity.low for t in found if t.quantity] == [20, 12]
    assert all("another quantity is claimed" in t.flags for t in found)


def test_a_value_is_no_quantity() -> None:
    told = only("Norway has sold Chile $1 billion of missiles.")
    assert told.quantity is None
    assert told.value is not None
    assert (told.value.amount, told.value.currency) == (1e9, "USD")


def test_what_is_gone_has_the_code_of_its_day() -> None:
    text = "Moscow has delivered 20 tanks to Ethiopia."
    for day, supplier in ((dt.date(1978, 2, 14), "SUN"), (dt.date(2018, 2, 14), "RUS")):
        assert [t.supplier and t.supplier.country for t in scene(text, day=day).transfers] == [supplier]
