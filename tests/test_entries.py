"""One transfer once: which reports are linked, what is claimed now, and how that came about."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article import Mention
from onrecord.entries import Entry, Report, entries
from onrecord.record import Party, Quantity, Stage, Status, Transfer, Value, When

DAY = dt.date(2022, 9, 1)


def state(code: str | None) -> Party | None:
    return None if code is None else Party(f"act-{code}", code, code, None, (0, 3), code)


def number(low: int | None, high: int | None, *, more: bool = False) -> Quantity:
    return Quantity(low, high, f"{low} to {high}", more)


def report(
    article: str,
    days: int = 0,
    *,
    supplier: str | None = "IRN",
    recipient: str | None = "RUS",
    item: str = "Shahed-136 drones",
    designation: str | None = "Shahed-136",
    quantity: Quantity | None = None,
    stage: Stage = "delivered",
    status: Status = "asserted",
    voice: str | None = "US officials",
    when: When | None = None,
    value: Value | None = None,
    known: dt.date | None = DAY,
) -> Report:
    words = Mention((0, len(item)), item)
    transfer = Transfer(
        id=f"tra-{article}-{voice}-{stage}-{quantity.text if quantity else ''}",
        event="eve",
        supplier=state(supplier),
        recipient=state(recipient),
        item=words,
        quantity=quantity,
        kind="transfer",
        stage=stage,
        status=status,
        when=when,
        according_to=None if voice is None else f"att-{voice}",
        evidence=(words,),
        confidence=0.8,
        value=value,
        designation=designation,
        category="Missiles",
    )
    day = None if known is None else known + dt.timedelta(days=days)
    return Report(article, f"Outlet {article}", None, None, day, transfer, voice, "USA" if voice else None)


def text(seed: str) -> str:
    """Give a text that shares no run of words with that of another seed."""
    return " ".join(f"{seed}{i}" for i in range(100))


def read(*told: Report, judged: object = None) -> tuple[Entry, ...]:
    return entries(told, {r.article: text(r.article) for r in told}, judged or {})  # type: ignore[arg-type]


def test_two_outlets_on_one_delivery_are_one_entry() -> None:
    (entry,) = read(report("a"), report("b", 3, voice="a minister"))
    assert [r.article for r in entry.reports] == ["a", "b"]
    assert entry.sources == 2
    assert entry.links[0].reason == "same sides and type (Shahed-136); same stage; 3 days apart"


@pytest.mark.parametrize(
    "other",
    [
        report("b", supplier="PRK"),
        report("b", recipient="SYR"),
        report("b", supplier="RUS", recipient="IRN"),
        report("b", item="Mohajer-6 drones", designation="Mohajer-6"),
        report("b", 400),
        report("b", quantity=number(3, 3, more=True)),
        report("b", item="shells", designation=None),
    ],
    ids=["supplier", "recipient", "turned round", "type", "a year later", "three more", "another thing"],
)
def test_what_parts_two_transfers(other: Report) -> None:
    assert len(read(report("a", quantity=number(40, 40)), other)) == 2


def test_an_alias_is_the_same_type() -> None:
    assert len(read(report("a"), report("b", item="Geran-2 drones", designation="Geran-2"))) == 1


def test_a_side_that_is_not_told_joins_what_is() -> None:
    (entry,) = read(report("a"), report("b", supplier=None))
    assert len(entry.reports) == 2


def test_an_open_side_that_suits_two_transfers_is_neither() -> None:
    found = read(report("a"), report("b", supplier="PRK"), report("c", 1, supplier=None))
    assert [len(e.reports) for e in found] == [1, 1, 1]


def test_without_type_and_with_one_side_nothing_is_linked() -> None:
    told = (
        report("a", item="drones", designation=None),
        report("b", item="drones", designation=None, supplier=None),
    )
    assert len(read(*told)) == 2


def test_an_order_and_its_delivery_years_later() -> None:
    (entry,) = read(
        report("a", stage="ordered", quantity=number(24, 24), voice=None),
        report("b", 900, quantity=number(2, 2), voice=None),
    )
    assert [(c.field, c.before, c.after) for c in entry.history] == [
        ("stage", None, "ordered"),
        ("status", None, "asserted"),
        ("quantity", None, "24 to 24"),
        ("stage", "ordered", "delivered"),
        ("quantity", "24 to 24", "2 to 2"),
    ]
    assert entry.conflicts == (), "part of an order may come first"


def test_more_than_was_ordered_is_another_transfer() -> None:
    told = (
        report("a", stage="ordered", quantity=number(6, 6)),
        report("b", 400, quantity=number(40, 40)),
    )
    assert len(read(*told)) == 2


def test_conflicting_claims_stand_side_by_side() -> None:
    (entry,) = read(
        report("a", quantity=number(50, 50)),
        report("b", 2, quantity=number(80, 80), voice="a newspaper"),
        report("c", 4, status="denied", voice="Iran"),
    )
    assert entry.conflicts == ("quantity", "status")
    assert [(s.voice, s.quantity and s.quantity.low, s.status) for s in entry.standing] == [
        ("US officials", 50, "asserted"),
        ("a newspaper", 80, "asserted"),
        ("Iran", None, "denied"),
    ]


def test_amounts_of_one_currency_conflict_where_they_are_far_apart() -> None:
    cheap, dear = Value(1e6, "USD", "$1m"), Value(2e6, "USD", "$2m")
    assert read(report("a", value=cheap), report("b", voice="x", value=dear))[0].conflicts == ("value",)
    euros = Value(2e6, "EUR", "€2m")
    assert read(report("a", value=cheap), report("b", voice="x", value=euros))[0].conflicts == ()


def test_one_briefing_in_five_outlets_is_one_source() -> None:
    (entry,) = read(*(report(name, voice="John Kirby") for name in "abcde"))
    assert (entry.sources, entry.articles, entry.standing[0].carriers) == (1, 5, 5)


def test_one_wire_story_in_two_outlets_is_one_source() -> None:
    told = (report("a", voice=None), report("b", voice=None))
    same = entries(told, {"a": text("a"), "b": text("a") + " and a line of its own"}, {})
    assert same[0].sources == 1
    assert read(*told)[0].sources == 2


def test_the_last_word_of_a_source_counts() -> None:
    (entry,) = read(
        report("a", stage="planned", status="planned"), report("b", 20, stage="delivering"), report("c", 40)
    )
    assert [(s.stage, s.status) for s in entry.standing] == [("delivered", "asserted")]
    assert entry.latest.article == "c"


def test_a_person_parts_and_joins() -> None:
    one, other = report("a"), report("b", 3)
    pair = frozenset({one.key, other.key})
    assert len(read(one, other, judged={pair: "different"})) == 2
    far = report("b", 900, supplier="PRK")
    (entry,) = read(one, far, judged={frozenset({one.key, far.key}): "same"})
    assert entry.links[0].judged


def test_two_numbers_of_one_voice_in_one_article_are_two() -> None:
    told = (report("a", quantity=number(12, 12)), report("a", quantity=number(18, 18)))
    assert len(read(*told)) == 2


def test_an_article_without_a_date_comes_last() -> None:
    (entry,) = read(report("z", known=None), report("a"))
    assert [r.article for r in entry.reports] == ["a", "z"]


made = st.builds(
    report,
    st.sampled_from("abcdef"),
    st.integers(0, 900),
    supplier=st.sampled_from(["IRN", "PRK", None]),
    recipient=st.sampled_from(["RUS", "SYR", None]),
    designation=st.sampled_from(["Shahed-136", "Mohajer-6", None]),
    quantity=st.sampled_from([None, number(4, 4), number(40, None), number(3, 3, more=True)]),
    stage=st.sampled_from(["planned", "ordered", "delivered", "suspended"]),
    status=st.sampled_from(["asserted", "denied"]),
    voice=st.sampled_from([None, "", "Iran", "US officials"]),
)


@given(st.lists(made, max_size=8, unique_by=lambda r: r.key))
def test_every_report_is_in_one_entry_whatever_the_order(told: list[Report]) -> None:
    found = read(*told)
    assert sorted(r.key for e in found for r in e.reports) == sorted(r.key for r in told)
    assert read(*reversed(told)) == found
    assert all(len(e.links) == len(e.reports) - 1 for e in found)
    for entry in found:
        assert len({r.transfer.supplier.country for r in entry.reports if r.transfer.supplier}) <= 1


@given(st.lists(made, max_size=8, unique_by=lambda r: r.key), st.integers(0, 900))
def test_what_is_reported_later_changes_no_earlier_answer(told: list[Report], days: int) -> None:
    by_then = DAY + dt.timedelta(days=days)
    before = [r for r in told if r.known is not None and r.known <= by_then]
    then = read(*before)
    now = read(*told)
    groups = [tuple(r for r in e.reports if r in before) for e in now]
    assert sorted(g for g in (tuple(r.key for r in group) for group in groups) if g) == sorted(
        tuple(r.key for r in e.reports) for e in then
    )


def test_many_reports_take_little_time() -> None:
    told = [report(f"{i}", i % 700, quantity=number(i, i)) for i in range(1500)]
    texts = {r.article: "short" for r in itertools.islice(told, 10)}
    assert sum(len(e.reports) for e in entries(told, texts, {})) == 1500
