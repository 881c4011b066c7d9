"""Any words are a valid query; states go by code or name; nothing later leaks into an as-of answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from records import any_text, boats, cables

from onrecord.article import Published
from onrecord.store import View, Writer, rows, search

PROMISE, BOAST, LOST = boats().attributions
SENDING, ACCORD = boats().events
DAY = dt.date(2022, 5, 31)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    path = tmp_path_factory.mktemp("store") / "store.sqlite"
    with Writer(path) as writer:
        writer.write(boats())
        writer.write(cables())
    with View(path) as view:
        yield view


def ids(listing: search.Listing) -> list[object]:
    return [row["id"] for row in listing.rows]


# --- words

HOSTILE = [
    '"',
    '""',
    "*",
    "AND",
    "OR NOT",
    "NEAR(a b)",
    "content:",
    "^a",
    "{a} : b",
    "(",
    "a*b",
    "'",
    "\0",
    "a\0b",
    "é",
]


@given(words=st.sampled_from(HOSTILE) | any_text(max_size=20) | st.text(max_size=10))
def test_any_words_are_a_valid_query(view: View, words: str) -> None:
    every = search.claims(view).total
    assert 0 <= search.claims(view, words, about=words, speaker=words.replace("\ud800", "")).total <= every


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("boats", [PROMISE.id]),
        ("BOAT send", [PROMISE.id]),
        ("ines goncalves", [PROMISE.id, BOAST.id]),
        ("Inês GONÇALVES never", [BOAST.id]),
        ('"patrol boats"', [PROMISE.id]),
        ('"boats patrol"', []),
        ("patr*", [PROMISE.id]),
        ("road AND", []),
        ("", [PROMISE.id, BOAST.id, LOST.id, cables().attributions[0].id]),
        ("*", [PROMISE.id, BOAST.id, LOST.id, cables().attributions[0].id]),
    ],
)
def test_words_are_found_in_any_form_without_accents(view: View, words: str, found: list[str]) -> None:
    assert ids(search.claims(view, words)) == found


def test_about_looks_only_at_what_is_said(view: View) -> None:
    assert search.claims(view, "minister").total == 1
    assert search.claims(view, about="minister").total == 0
    assert ids(search.claims(view, about="long road OR")) == []
    assert ids(search.claims(view, "goncalves", about="anything never")) == [BOAST.id]


def test_a_speaker_goes_by_a_part_of_the_name(view: View) -> None:
    assert ids(search.claims(view, speaker="GONCALVES")) == [PROMISE.id, BOAST.id]
    assert ids(search.claims(view, speaker="official")) == [cables().attributions[0].id]
    assert ids(search.claims(view, speaker="%")) == []


def test_a_dyad_is_in_the_speaker_or_in_what_is_said(view: View) -> None:
    assert ids(search.claims(view, dyad=("BRA", "PRT"))) == [PROMISE.id]
    assert ids(search.claims(view, dyad=("EST", "ISL"))) == [cables().attributions[0].id]
    assert search.claims(view, dyad=("EST", "PRT")).total == 0


# --- deeds


def test_events_by_party_and_dyad(view: View) -> None:
    assert ids(search.events(view, source="PRT")) == [SENDING.id, ACCORD.id]
    assert ids(search.events(view, recipient="PRT")) == [ACCORD.id], "a reciprocal deed is done to each party"
    assert ids(search.events(view, source="BRA")) == [ACCORD.id]
    for dyad in (("PRT", "BRA"), ("BRA", "PRT")):
        assert ids(search.events(view, dyad=dyad)) == [SENDING.id, ACCORD.id]
    assert ids(search.events(view, event="AGREE", status="asserted")) == [ACCORD.id]
    assert search.events(view, dyad=("PRT", "EST")).total == 0


def test_transfers_by_party_stage_and_dyad(view: View) -> None:
    assert search.transfers(view, supplier="PRT", recipient="BRA", stage="planned").total == 1
    assert search.transfers(view, supplier="BRA").total == 0
    assert search.transfers(view, dyad=("BRA", "PRT"), status="planned").total == 1
    (row,) = search.transfers(view).rows
    assert (row["quantity_low"], row["quantity_high"], row["according_to_name"]) == (
        40,
        None,
        "Inês Gonçalves",
    )


def test_positions_by_holder_and_dyad(view: View) -> None:
    assert search.positions(view, holder="ines", stance="agrees", dyad=("BRA", "PRT")).total == 1
    assert search.positions(view, predicate="durable").total == 0
    assert search.positions(view, dyad=("BRA", "EST")).total == 0


# --- as of


def test_what_was_published_later_or_nobody_knows_when_does_not_count(view: View) -> None:
    assert search.claims(view, as_of=DAY) == search.claims(view, as_of=DAY + dt.timedelta(9999))
    assert ids(search.claims(view, as_of=DAY)) == [PROMISE.id, BOAST.id, LOST.id]
    assert search.claims(view, as_of=DAY).undated == 1
    before = search.claims(view, as_of=DAY - dt.timedelta(1))
    assert (before.total, before.undated) == (0, 1)
    assert search.claims(view).undated == 0
    assert search.claims(view, speaker="goncalves", as_of=DAY).undated == 0
    for listing in (search.events, search.transfers, search.positions):
        assert listing(view, as_of=DAY).total > 0
        assert listing(view, as_of=DAY - dt.timedelta(1)).total == 0


@given(st.dates(dt.date(2020, 1, 1), dt.date(2024, 1, 1)), st.dates(dt.date(2020, 1, 1), dt.date(2024, 1, 1)))
def test_a_later_article_never_changes_an_as_of_answer(
    tmp_path_factory: pytest.TempPathFactory, day: dt.date, later: dt.date
) -> None:
    if later <= day:
        day, later = later, day + dt.timedelta(1)
    with Writer(tmp_path_factory.mktemp("store") / "store.sqlite") as writer:
        writer.write(boats())
        before = search.claims(writer, as_of=day)
        one = cables("cables-1", published=Published(day, later, "inferred"))
        writer.write(replace(one, extractor="hand 3"))
        assert search.claims(writer, as_of=day) == before


def test_a_limit_cuts_the_rows_and_not_the_total(view: View) -> None:
    listing = search.claims(view, limit=2)
    assert (len(listing.rows), listing.total) == (2, 4)
    assert set(listing.rows[0]) == {column.name for column in listing.columns}


# --- states


@pytest.mark.parametrize(
    ("words", "code"),
    [("RUS", "RUS"), ("rus", "RUS"), (" Russia ", "RUS"), ("russian", "RUS"), ("U.S.", "USA"), ("us", "USA"),
     ("Tehran", "IRN"), ("Côte d'Ivoire", "CIV"), ("turkiye", "TUR"), ("SUN", "SUN")],
)  # fmt: skip
def test_a_state_goes_by_code_name_adjective_or_capital(words: str, code: str) -> None:
    assert search.state_code(words) == code


@pytest.mark.parametrize(
    "words",
    [
        "RUS-IRN",
        "rus-irn",
        "Russia-Iran",
        "Russia – Iran",
        "Russia and Iran",
        "Moscow, Tehran",
        "Russia:Iran",
    ],
)
def test_a_dyad_goes_by_codes_or_names(words: str) -> None:
    assert search.parse_dyad(words) == ("RUS", "IRN")


def test_names_that_hold_a_hyphen_or_an_and_can_be_in_a_dyad() -> None:
    assert search.parse_dyad("Guinea-Bissau-Portugal") == ("GNB", "PRT")
    assert search.parse_dyad("Portugal-Guinea-Bissau") == ("PRT", "GNB")
    assert search.parse_dyad("Bosnia and Herzegovina-Serbia") == ("BIH", "SRB")


@pytest.mark.parametrize(
    ("words", "message"),
    [("Russland-Iran", "no state is called 'Russland'"), ("Iran", "not two states"), ("", "not two states"),
     ("Iran-Tehran", "one state twice"), ("Rusia-Iran", "did you mean Russia")],
)  # fmt: skip
def test_what_is_no_dyad_is_refused_with_a_reason(words: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        search.parse_dyad(words)


def test_an_item_is_found_by_the_beginning_of_its_id(view: View) -> None:
    assert [f.item for f in search.find(view, LOST.id)] == [LOST]
    assert [f.item for f in search.find(view, LOST.id[:10])] == [LOST]
    assert len(search.find(view, "att-")) == 4
    for nothing in ("xyz", "%", '"', "act-portugal-2"):
        assert search.find(view, nothing) == ()


def test_a_voice_that_is_a_guess_says_so() -> None:
    """The ledger must not show an inferred speaker as if the text had named it."""
    record = boats()
    guess = replace(PROMISE, inferred=True)
    told = tuple(replace(t, according_to=guess.id) for t in record.transfers)
    record = replace(record, attributions=(guess, *record.attributions[1:]), transfers=told)
    names = [str(row["according_to_name"]) for row in rows.transfer_rows(record)]
    assert names
    assert all(name.endswith("(inferred)") for name in names)
