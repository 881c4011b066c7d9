"""Each test's text is its input: the rows that a careful reader would enter."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import code, codes, scene

from onrecord import extract
from onrecord.article import Article, Furniture
from onrecord.record import Transfer

Row = tuple[str | None, str | None, str, int | None, int | None, str, str]


def row(one: Transfer) -> Row:
    number = one.quantity
    bounds = (number.low, number.high) if number else (None, None)
    return (code(one.supplier), code(one.recipient), one.item.text, *bounds, one.stage, one.status)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Turkey delivered 12 Anka drones to Chad in May.",
            ("TUR", "TCD", "Anka drones", 12, 12, "delivered", "asserted"),
        ),
        (
            "At least 30 howitzers were shipped to Vietnam by Israel.",
            ("ISR", "VNM", "howitzers", 30, None, "delivered", "asserted"),
        ),
        (
            "Spain has supplied Colombia with hundreds of anti-tank missiles.",
            ("ESP", "COL", "anti-tank missiles", 200, 999, "delivered", "asserted"),
        ),
        (
            "Norway sold Chile two frigates.",
            ("NOR", "CHL", "frigates", 2, 2, "ordered", "asserted"),
        ),
        (
            "The frigates that Norway sold to Chile need repairs.",
            ("NOR", "CHL", "frigates", None, None, "ordered", "asserted"),
        ),
        (
            "Rifles donated by Serbia reached Armenia on Monday.",
            ("SRB", "ARM", "Rifles", None, None, "delivered", "asserted"),
        ),
        (
            "Italy's delivery of six helicopters to Kenya ended a long dispute.",
            ("ITA", "KEN", "helicopters", 6, 6, "delivered", "asserted"),
        ),
        (
            "Qatar will buy 24 Rafale fighters from France.",
            ("FRA", "QAT", "Rafale fighters", 24, 24, "planned", "planned"),
        ),
        (
            "Finland may provide Ukraine with several radars.",
            ("FIN", "UKR", "radars", 3, 9, "planned", "possible"),
        ),
        (
            "Poland will send Georgia 40 tanks if parliament agrees.",
            ("POL", "GEO", "tanks", 40, 40, "planned", "conditional"),
        ),
        (
            "Belarus did not sell Sudan any rockets.",
            ("BLR", "SDN", "rockets", None, None, "ordered", "denied"),
        ),
        (
            "Malaysia is considering the purchase of about 20 jets from India.",
            ("IND", "MYS", "jets", 18, 22, "planned", "possible"),
        ),
        (
            "Portugal has asked Brazil for five transport aircraft.",
            ("BRA", "PRT", "transport aircraft", 5, 5, "requested", "asserted"),
        ),
        (
            "Germany rejected a Saudi request for submarines.",
            ("DEU", "SAU", "submarines", None, None, "requested", "denied"),
        ),
        (
            "The Netherlands halted the delivery of nine patrol boats to Suriname.",
            ("NLD", "SUR", "patrol boats", 9, 9, "suspended", "asserted"),
        ),
        (
            "China has offered Thailand three frigates.",
            ("CHN", "THA", "frigates", 3, 3, "offered", "asserted"),
        ),
        (
            "Greece signed a contract with Israel for 100 Spike missiles.",
            ("ISR", "GRC", "Spike missiles", 100, 100, "ordered", "asserted"),
        ),
        (
            "Egypt took delivery of 15 Rafale jets from France.",
            ("FRA", "EGY", "Rafale jets", 15, 15, "delivered", "asserted"),
        ),
        (
            "Russia is shipping S-400 batteries to Turkey.",
            ("RUS", "TUR", "S-400 batteries", None, None, "delivering", "asserted"),
        ),
        (
            "South Korea has sent two squadrons of FA-50 jets to the Philippines.",
            ("KOR", "PHL", "FA-50 jets", None, None, "delivered", "asserted"),
        ),
    ],
)
def test_one_row(text: str, expected: Row) -> None:
    found = scene(text)
    assert [row(t) for t in found.transfers] == [expected]


def test_coordinated_items_are_rows_of_their_own() -> None:
    found = scene("Czechoslovakia sold Ethiopia 60 tanks and at least 200 mortars.").transfers
    assert [row(t)[:5] for t in found] == [
        ("CSK", "ETH", "tanks", 60, 60),
        ("CSK", "ETH", "mortars", 200, None),
    ]


def test_a_claim_belongs_to_its_voice() -> None:
    found = scene("Chile has sold Bolivia 30 tanks, Marta Holt, a Peruvian minister, said on Monday.")
    (one,) = found.transfers
    assert one.status == "asserted"
    assert (found.voice(one) or "").startswith("Marta Holt")


def test_a_denial_is_denied_by_its_speaker() -> None:
    found = scene("Kenya denied that it had received 20 armoured vehicles from Turkey.")
    (one,) = found.transfers
    assert row(one) == ("TUR", "KEN", "armoured vehicles", 20, 20, "delivered", "denied")
    assert found.voice(one) == "Kenya"


@pytest.mark.parametrize(
    "text",
    [
        "Eritrea is said to have shipped rifles to Somalia.",
        "Eritrea has reportedly shipped rifles to Somalia.",
        "Eritrea allegedly supplied Somalia with rifles.",
        "Has Eritrea shipped rifles to Somalia?",
    ],
)
def test_hearsay_is_not_asserted_by_the_outlet(text: str) -> None:
    found = scene(text)
    assert found.transfers
    assert all(t.status != "asserted" or t.according_to is not None for t in found.transfers)


@pytest.mark.parametrize(
    "text",
    [
        "Morocco bought 200,000 tonnes of wheat from France.",
        "Indian tanks attacked the village near the border.",
        "Italy sold Egypt a fleet of passenger jets.",
        "The company delivered fuel tanks to a plant in Norway.",
        "Britain's army bought 40 tanks.",
        "Two American destroyers arrived in Japan.",
        "Armenia has sent tanks into Georgia.",
        "Norway sent a frigate to the Philippines.",
        "Russia and India held six rounds of talks.",
        "Japan lent Peru 40 million dollars.",
    ],
)
def test_no_transfer(text: str) -> None:
    assert scene(text).transfers == ()


def test_origin_is_not_the_supplier() -> None:
    (one,) = scene("Jordan handed over 12 American-built F-5 fighters to Kenya.").transfers
    assert (code(one.supplier), code(one.recipient), one.origin) == ("JOR", "KEN", "USA")
    assert one.designation == "F-5"
    assert one.category == "Aircraft"


def test_a_nationality_supplies_where_nobody_else_does() -> None:
    (one,) = scene("Brazil ordered 36 Swedish Gripen fighters.").transfers
    assert (code(one.supplier), code(one.recipient), one.origin) == ("SWE", "BRA", None)


def test_an_armed_group_is_no_state() -> None:
    (one,) = scene("Iran has supplied Hezbollah with rockets.").transfers
    assert one.recipient is not None
    assert (one.recipient.country, one.recipient.name) == (None, "Hezbollah")


def test_local_production_and_training() -> None:
    text = (
        "India will build 100 K9 guns at a plant near Pune under a licence contract signed with South Korea."
    )
    (built,) = scene(text).transfers
    assert (built.kind, row(built)[:2], built.stage) == ("production", ("KOR", "IND"), "ordered")
    (taught,) = scene("British officers are training Ukrainian crews on Challenger tanks.").transfers
    assert (taught.kind, row(taught)[:2]) == ("training", ("GBR", "UKR"))


def test_a_return_keeps_the_supplier() -> None:
    (one,) = scene("Peru has sent back two submarines leased from Italy.").transfers
    assert row(one) == ("ITA", "PER", "submarines", 2, 2, "returned", "asserted")


def test_a_number_stands_for_the_item_before_it() -> None:
    found = scene("Algeria ordered 14 Su-34 bombers from Russia and has received six of them.").transfers
    assert [row(t) for t in found] == [
        ("RUS", "DZA", "Su-34 bombers", 14, 14, "ordered", "asserted"),
        ("RUS", "DZA", "Su-34 bombers", 6, 6, "delivered", "asserted"),
    ]


def test_every_row_points_at_its_event() -> None:
    found = scene("Turkey sold Mali 12 drones. Mali asked Russia for radars. Spain gave Mali rifles.")
    types = {e.id: (e.event, codes(e.source), codes(e.recipient)) for e in found.events}
    assert [types[t.event] for t in found.transfers] == [
        ("AID", ["TUR"], ["MLI"]),
        ("REQUEST", ["MLI"], ["RUS"]),
        ("AID", ["ESP"], ["MLI"]),
    ]


def test_a_number_before_its_item_is_no_second_row() -> None:
    (one,) = scene("Serbia sold Angola at least 60 of these cannon types.").transfers
    assert one.quantity is not None
    assert (one.quantity.low, one.quantity.high) == (60, None)


def test_history_is_background() -> None:
    (one,) = scene("During the years of the blockade, Libya supplied Malta with rifles.").events
    assert one.background


def test_of_a_part_the_part_counts() -> None:
    (one,) = scene("Russia handed over the first two of six submarines to Algeria.").transfers
    assert one.quantity is not None
    assert (one.quantity.low, one.quantity.high) == (2, 2)


def test_value_is_kept_and_is_no_number_of_items() -> None:
    (one,) = scene("Croatia bought $1 billion of missiles from France.").transfers
    assert one.quantity is None
    assert one.value is not None
    assert (one.value.amount, one.value.currency) == (1e9, "USD")


def test_furniture_is_not_read() -> None:
    text = "Turkey sold Mali 12 drones.\nTurkey sold Mali 12 drones."
    (one,) = scene(text, Furniture("pull_quote", (28, len(text)))).transfers
    assert one.item.start < 28


WORDS = "Iran Russia Mali sold to from 24 hundreds of drones F-16s if not by , . “ ” ( - 's $ \n will".split(
    " "
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_text_is_safe_and_exact(pieces: list[str]) -> None:
    found = scene(" ".join(pieces))
    text = found.article.text
    events = {e.id for e in found.events}
    for one in found.transfers:
        assert one.event in events
        sides = [p for p in (one.supplier, one.recipient) if p is not None]
        assert sides
        for words in (one.item, *one.evidence):
            assert text[words.start : words.end] == words.text
        for side in sides:
            assert text[side.span[0] : side.span[1]] == side.text
    assert len({t.id for t in found.transfers}) == len(found.transfers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norway will sell Chile about 180 of the tanks and at least 200 K9 howitzers.",
            [
                ("NOR", "CHL", "tanks", 162, 198, "planned", "planned"),
                ("NOR", "CHL", "K9 howitzers", 200, None, "planned", "planned"),
            ],
        ),
        (
            "Norway gave away more than 200 of its Soviet-era tanks to Chile.",
            [("NOR", "CHL", "tanks", 201, None, "delivered", "asserted")],
        ),
        (
            "Norway has offered Chile defence cooperation, including on missiles and radars.",
            [
                ("NOR", "CHL", "missiles", None, None, "offered", "asserted"),
                ("NOR", "CHL", "radars", None, None, "offered", "asserted"),
            ],
        ),
        ("Norway provided Chile with cooperation on missiles.", []),
        (
            "Norway has yet to deliver the 60 tanks that Chile ordered in 2019.",
            [
                ("NOR", "CHL", "tanks", 60, 60, "delivered", "denied"),
                ("NOR", "CHL", "tanks", 60, 60, "ordered", "asserted"),
            ],
        ),
        (
            "Norway is to supply Chile with six radars.",
            [("NOR", "CHL", "radars", 6, 6, "planned", "planned")],
        ),
        (
            "Norway has supplied Chile's army with rockets.",
            [("NOR", "CHL", "rockets", None, None, "delivered", "asserted")],
        ),
        (
            "Chile thanked Norway and urged it to send rockets.",
            [("NOR", "CHL", "rockets", None, None, "requested", "asserted")],
        ),
        (
            "Norway sold Chile 20 tanks. It has also given the Chileans six radars.",
            [
                ("NOR", "CHL", "tanks", 20, 20, "ordered", "asserted"),
                ("NOR", "CHL", "radars", 6, 6, "delivered", "asserted"),
            ],
        ),
        (
            "The Norwegian drone factory being set up on Chilean territory is large.",
            [("NOR", "CHL", "drone", None, None, "ordered", "asserted")],
        ),
        ("Norway is not capable of delivering warheads to Chile.", []),
    ],
)
def test_rows_that_are_told_at_a_slant(text: str, expected: list[Row]) -> None:
    assert [row(t) for t in scene(text).transfers] == expected


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("On 24 February a spokesman claimed that Norway could provide Chile with jets.", [None]),
        ("In May 2021 Norway sent Chile tanks, which it had ordered in 2019.", ["May 2021"]),
        ("Norway agreed in 2022 to sell Chile tanks.", ["2022"]),
        ("Norway met Chile in 2020 and sold Peru tanks.", [None]),
    ],
)
def test_the_date_of_a_deed_stands_in_its_own_clause(text: str, dates: list[str | None]) -> None:
    found = scene(text).transfers[:1]
    assert [t.when.mention.text.removeprefix("In ") if t.when else None for t in found] == dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Norway is to hand over 19 tanks to Chile.",
            ("NOR", "CHL", "tanks", 19, 19, "planned", "planned"),
        ),
        (
            "Norway turned down a request from Chile for missiles.",
            ("NOR", "CHL", "missiles", None, None, "requested", "denied"),
        ),
        (
            "Norway would be able to send Chile jets.",
            ("NOR", "CHL", "jets", None, None, "planned", "possible"),
        ),
        (
            "Norway is said to have sent Chile jets.",
            ("NOR", "CHL", "jets", None, None, "delivered", "possible"),
        ),
        (
            "Norway will provide Chile with €1bn of military aid.",
            ("NOR", "CHL", "military aid", None, None, "planned", "planned"),
        ),
    ],
)
def test_how_far_it_has_come(text: str, expected: Row) -> None:
    (one,) = scene(text).transfers
    if one.according_to is None:
        assert row(one) == expected
    else:
        assert row(one)[:6] == expected[:6]


def test_the_recipient_so_far_is_the_recipient() -> None:
    found = scene("Norway sold Chile 20 tanks. Norway also sent two radars.").transfers
    assert [row(t)[:2] for t in found] == [("NOR", "CHL"), ("NOR", "CHL")]
    assert found[1].confidence < found[0].confidence
    found = scene(
        "Norway sold Chile 20 tanks. Norway sold Peru 10 tanks. Norway also sent two radars."
    ).transfers
    assert row(found[2])[:2] == ("NOR", None)


def test_the_date_after_the_cue_is_that_of_the_statement() -> None:
    (one,) = scene("Chile said on Wednesday it had received 40 tanks from Norway.").transfers
    assert (row(one)[:2], one.when) == (("NOR", "CHL"), None)


@pytest.mark.parametrize(
    ("body", "rows"),
    [("The two frigates were sold by Norway to Chile in May.", 1), ("It rained in Oslo.", 1)],
)
def test_what_the_headline_tells_in_short_counts_once(body: str, rows: int) -> None:
    title = "Norway sells Chile frigates"
    now = dt.datetime(2024, 6, 1, tzinfo=dt.UTC)
    record = extract(Article(id="t", sha256="", text=f"{title}\n\n{body}", title=title, retrieved=now))
    assert [(code(t.supplier), code(t.recipient)) for t in record.transfers] == [("NOR", "CHL")] * rows


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "In May, Norway shipped 20 Giraffe radars to Chile, the first weapons that it is known to have "
            "sold to the country.",
            ["Giraffe radars"],
        ),
        ("In May, Norway shipped 20 tanks and other weapons to Chile.", ["tanks", "weapons"]),
    ],
)
def test_a_word_that_sums_up_an_item_is_no_second_row(text: str, items: list[str]) -> None:
    assert [one.item.text for one in scene(text).transfers] == items


def test_what_goes_to_rebels_does_not_go_to_their_state() -> None:
    (one,) = scene("Chad has shipped rifles to Libyan rebels.").transfers
    assert one.recipient is not None
    assert (one.recipient.country, one.recipient.name) == (None, "Libyan rebels")
