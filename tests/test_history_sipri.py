"""SIPRI's trade register in its three forms, on rows of our own."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.history import formats, sipri, sipri_years
from onrecord.history.imported import Imported, Part, Source, UnreadableError
from onrecord.history.observation import Observation

TODAY = dt.date(2026, 11, 28)

PREAMBLE = """\
Transfers of major conventional arms from {sides} to All countries . Deals with deliveries made for the year \
range {first} to 'Not specified'{space}
A '?' in a column indicates uncertain data.

Source: SIPRI Arms Transfers Database (c) SIPRI.
Data generated: 13 Mar 2025 10:02:49 AM
"""
COLUMNS = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,"
    "Number delivered, ,Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,"
    "SIPRI TIV of delivered weapons"
)
ROWS = [
    "Arcadia,Russia,1995,,4,,X-1,tank,4,,1996,New,,1,4,4",
    "Iran,Soviet Union,1989,?,10,?,X-2,tank,10,?,1990; 1991; 1992,New,,2,20,20",
    "Iran,Russia,2005,,3,,X-3,radar,3,,2006,New,Produced under licence in Iran as Y-3,1,3,3",
    "Lebanon,Iran,2001,,,,X-4,missile,0,,,New,,1,0,0",
    "LTTE (Sri Lanka)*,Iran,2001,,5,,X-4,missile,5,,2002,New,,1,5,5",
    "Türkiye,unknown supplier(s),2001,,5,,X-4,missile,5,,2002,New,,1,5,5",
    "Zimbabwe,Congo,2003,,?,,X-5,gun,6,,2004; 2005,Second hand,,,,",
]


def published(
    *rows: str, sides: str = "All countries ", first: str = "'Not specified'", end: str = "\r\n"
) -> bytes:
    head = PREAMBLE.format(sides=sides, first=first, space=" ").replace("\n", "\r\n")
    return (head + "\r\n".join((COLUMNS, *rows)) + end).encode("cp1252")


def imported(data: bytes, name: str = "register.csv", given: dt.date | None = None) -> Imported:
    (group,) = formats.group([Part(name, None, data)])
    return group.importer.read(Source(group.parts, TODAY, given))


def of(found: Imported, series: str, first: str = "", second: str = "") -> list[Observation]:
    return [
        o
        for o in found.observations
        if o.series == series and first in {"", o.first} and second in {"", o.second}
    ]


def test_a_deal_is_delivered_in_its_own_years() -> None:
    found = imported(published(*ROWS))
    assert [(o.first, o.start.year, o.value) for o in of(found, "arms-delivered", second="IRN")] == [
        ("SUN", 1990, 20 / 3),
        ("SUN", 1991, 20 / 3),
        ("RUS", 1992, 20 / 3),
        ("RUS", 2006, 3.0),
    ]
    (first, *_) = of(found, "arms-delivered", "SUN")
    assert first.what == "ordered 1989?, 10? X-2, tank"
    assert (first.start, first.end) == (dt.date(1990, 1, 1), dt.date(1990, 12, 31))
    assert first.cites == ("SIPRI register 2025-03-13, row 8",)
    assert first.known == dt.date(2025, 3, 13)


def test_what_is_unknown_is_not_zero() -> None:
    found = imported(published(*ROWS))
    (order,) = of(found, "arms-ordered", "IRN")
    assert order.value is None, "the number ordered is empty: the register's 0 is no value"
    assert of(found, "arms-delivered", "IRN") == [], "nothing was delivered"
    assert [o.value for o in of(found, "arms-delivered", "COG")] == [None, None]
    assert of(found, "arms-ordered", "COG")[0].what == "ordered 2003, ? X-5, gun"


def test_production_under_licence_is_a_series_of_its_own() -> None:
    found = imported(published(*ROWS))
    (made,) = of(found, "licensed-production")
    assert (made.first, made.second, made.start.year, made.value) == ("RUS", "IRN", 2006, 3.0)
    assert made.what.endswith("; Produced under licence in Iran as Y-3")


@pytest.mark.parametrize(
    ("comment", "licensed"),
    [
        ("Produced under licence in India as Sarath", True),
        ("incl assembly or production under licence in India", True),
        ("Possibly assembled/produced under licence", True),
        ("For 12 vehicles produced under licence in Poland", False),
        ("Incl 95 produced under licence in Italy and India and 25 from elsewhere", True),
        ("Licence produced in India", True),
        ("preoduced under licence in India", True),
        ("Prior to licensed production", False),
        ("Planned licensed production cancelled", False),
        ("Original order for 50; rest cancelled after withdrawal of export licence in 1990", False),
        ("Assembled from kits in India", False),
        ("Second-hand; aid", False),
    ],
)
def test_what_a_comment_says_of_production(comment: str, *, licensed: bool) -> None:
    assert sipri.is_licensed(comment, "India") is licensed


def test_groups_and_unknown_parties_are_no_states() -> None:
    found = imported(published(*ROWS))
    assert found.unrecognised == {"Arcadia": 1}
    assert any("LTTE (Sri Lanka)* (1)" in note and "unknown supplier(s)" in note for note in found.notes)
    assert not {"LKA"} & {o.second for o in of(found, "arms-delivered")}


def test_vintage_and_coverage() -> None:
    found = imported(published(*ROWS))
    assert (found.vintage, found.vintage_how) == (dt.date(2025, 3, 13), "stated")
    assert {s.covered for s in found.series} == {(1950, 2024)}
    assert all(s.complete for s in found.series)
    part = imported(published(*ROWS, sides="Russia", first="'1990'"))
    assert part.series[0].covered == (1990, 2024)
    assert not part.series[0].complete
    assert imported(published(*ROWS), given=dt.date(2025, 4, 1)).vintage == dt.date(2025, 4, 1)


def test_a_row_broken_over_two_lines_is_put_together() -> None:
    cells = ROWS[1].split(",")
    broken = (",".join(cells[:12]) + ",a comment", "," + ",".join(cells[13:]))
    found = imported(published(ROWS[0], *broken, ROWS[-1]))
    assert sum(o.value or 0 for o in of(found, "arms-delivered", second="IRN")) == pytest.approx(20)
    assert any("put together: 1" in note for note in found.notes)


def test_the_reworked_export() -> None:
    head = (
        "Country,Supplier,Year,Number ordered,Weapon designation,Weapon description,Number delivered,"
        "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,"
        "SIPRI TIV of delivered weapons\n"
    )
    row = "Iran,Russia,2015,4,S-9,SAM system,4,2016,New,,100,400,400\n"
    found = imported((head + row).encode(), name="register_2024-03_export.csv")
    assert (found.vintage, found.vintage_how) == (dt.date(2024, 3, 31), "inferred")
    assert of(found, "arms-delivered")[0].value == 400
    assert not found.series[0].complete, "one pair is not all dyads"
    assert imported((head + row).encode()).vintage_how == "imported"


NEW_COLUMNS = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,"
    "Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production"
)


def test_the_newer_export_has_a_row_a_year() -> None:
    rows = [
        "11,Iran,Russia,Z-1,drone,Aircraft,2022,Yes,600,Yes,2022,No,New,0.1,0.1,60,Yes;",
        "11,Iran,Russia,Z-1,drone,Aircraft,2022,Yes,,No,2023,No,New,0.1,0.1,,Yes;",
        "12,Iran,NATO**,Z-2,drone,Aircraft,2022,No,1,No,2022,No,New,0.1,0.1,1,No;",
        "13,Iran,Russia,Z-3,missile,Missiles,2023,No,,No,,No,New,0.1,0.1,,No;",
    ]
    found = imported(("a line above\n" + "\n".join((NEW_COLUMNS, *rows)) + "\n").encode())
    assert [(o.start.year, o.value, o.what) for o in of(found, "arms-delivered")] == [
        (2022, 60.0, "ordered 2022?, 600? Z-1, drone"),
        (2023, None, "ordered 2022?, ? Z-1, drone"),
    ]
    assert [(o.start.year, o.value) for o in of(found, "arms-orders-counted")] == [(2022, 1.0), (2023, 1.0)]
    assert len(of(found, "local-production")) == 2
    assert sipri_years.recognises(NEW_COLUMNS.encode())


NUMBERS = st.decimals(min_value=0, max_value=9999, places=2, allow_nan=False)


@given(st.lists(st.tuples(NUMBERS, st.lists(st.integers(1950, 2024), max_size=6)), min_size=1, max_size=8))
def test_the_split_of_tiv_adds_up(deals: list[tuple[object, list[int]]]) -> None:
    rows = [
        f"Iran,Russia,1950,,4,,X-{i},tank,4,,{'; '.join(map(str, years))},New,,1,4,{tiv}"
        for i, (tiv, years) in enumerate(deals)
    ]
    found = imported(published(*rows, sides="Russia"))
    total = math.fsum(o.value or 0 for o in of(found, "arms-delivered"))
    assert total == pytest.approx(math.fsum(float(str(tiv)) for tiv, years in deals if years))
    assert len(of(found, "arms-delivered")) == sum(len(set(years)) for _, years in deals)


def test_a_register_cut_anywhere_is_refused() -> None:
    data = published(*ROWS)
    start = data.index(b"Recipient")
    for cut in range(start, len(data) - 1):
        with pytest.raises(UnreadableError):
            imported(data[:cut])


def test_the_message_says_what_was_read() -> None:
    data = published(*ROWS)
    with pytest.raises(UnreadableError, match=r"6 rows were read, and row 13 \(Zimbabwe, Congo"):
        imported(data[:-12])
    with pytest.raises(UnreadableError, match="the last recipient is Iran"):
        imported(published(*ROWS[:3]))


def test_a_damaged_register_is_refused() -> None:
    with pytest.raises(UnreadableError, match="damaged: 4 of 11 rows"):
        imported(published(*ROWS, *(["Zimbabwe" + "," * 15] * 4)))


def test_other_encodings_and_bytes_that_are_no_text() -> None:
    data = published(*ROWS)
    wide = imported(data.decode("cp1252").encode("utf-16"))
    assert wide.observations == imported(data).observations
    with pytest.raises(UnreadableError, match="line 9 holds bytes that are no text"):
        imported(data.replace(b"X-3,radar", b"X-3,\0\0"))


def test_a_stray_line_takes_no_row_with_it() -> None:
    found = imported(published(ROWS[0], "a stray line", *ROWS[1:]))
    assert len(found.observations) == len(imported(published(*ROWS)).observations)
    assert {p.line for p in found.problems} == {8}
