"""Number expressions keep the bounds that their words have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.transfers.quantities import number, read_quantity, read_value


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("at least 24", 24, None),
        ("no fewer than nine", 9, None),
        ("more than 50", 51, None),
        ("over a hundred", 101, None),
        ("more than a dozen", 13, None),
        ("up to six", 1, 6),
        ("as many as two dozen", 1, 24),
        ("fewer than 30", 1, 29),
        ("nearly 50", 45, 50),
        ("about 40", 36, 44),
        ("some 30", 27, 33),
        ("6,000", 6000, 6000),
        ("12 000", 12000, 12000),
        ("2.5 million", 2_500_000, 2_500_000),
        ("twenty-four", 24, 24),
        ("two hundred and six", 206, 206),
        ("hundreds of", 200, 999),
        ("several hundred", 300, 999),
        ("tens of thousands of", 20_000, 99_999),
        ("dozens of", 24, 99),
        ("at least several dozen", 36, None),
        ("several", 3, 9),
        ("a pair of", 2, 2),
        ("between 30 and 40", 30, 40),
        ("two or three", 2, 3),
        ("30-40", 30, 40),
        ("a handful of", None, None),
    ],
)
def test_words_to_bounds(words: str, low: int | None, high: int | None) -> None:
    found = read_quantity(words)
    assert found is not None
    assert (found.low, found.high, found.additional) == (low, high, False)
    assert found.text in words


@pytest.mark.parametrize(
    "words", ["another 12", "12 more", "a further 12", "an additional 12", "12 additional"]
)
def test_an_addition_is_no_total(words: str) -> None:
    found = read_quantity(words)
    assert found is not None
    assert (found.low, found.high, found.additional) == (12, 12, True)


@pytest.mark.parametrize("words", ["the new", "$3 billion worth of", "its", "MiG-21", "F-16", ""])
def test_no_number(words: str) -> None:
    assert read_quantity(words) is None


@pytest.mark.parametrize(
    ("words", "amount", "currency"),
    [
        ("a $1.2 billion package", 1.2e9, "USD"),
        ("€300m of shells", 300e6, "EUR"),
        ("250 million dollars", 250e6, "USD"),
        ("£40,000", 40_000, "GBP"),
    ],
)
def test_money(words: str, amount: float, currency: str) -> None:
    found = read_value(words)
    assert found is not None
    assert (found.amount, found.currency) == (amount, currency)
    assert found.text in words


@given(st.integers(0, 10**9))
def test_figures_read_back(n: int) -> None:
    assert number(f"{n:,}") == n
    found = read_quantity(f"exactly {n:,} tanks"[:-6])
    assert found is not None
    assert (found.low, found.high) == (n, n)


@given(st.text(alphabet="0123456789,. -–andthousmilfwetyvr$€", max_size=120))
def test_any_words_are_safe(words: str) -> None:
    found = read_quantity(words)
    if found is not None:
        assert found.text in words
        assert found.low is None or found.high is None or found.low <= found.high
    read_value(words)


@pytest.mark.parametrize(
    ("words", "amount", "currency"),
    [
        ("launchers worth SEK 1.2bn", 1.2e9, "SEK"),
        ("A$5 billion", 5e9, "AUD"),
        ("6.5 billion zlotys", 6.5e9, "PLN"),
        ("₩400 billion", 4e11, "KRW"),
    ],
)
def test_money_of_many_states(words: str, amount: float, currency: str) -> None:
    told = read_value(words)
    assert told is not None
    assert told.amount == pytest.approx(amount)
    assert told.currency == currency


def test_words_that_look_like_a_currency_are_none() -> None:
    assert read_value("they try 12 tanks") is None
    assert read_value("all 40 of them") is None
