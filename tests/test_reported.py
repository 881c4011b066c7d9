"""What articles say as a series of its own: what somebody asserts counts, with who, when and where."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from records import boats
from test_entries import number, read, report

from onrecord.article import Published
from onrecord.precedent.reported import ID, reported
from onrecord.record import Event

DAY = dt.date(2022, 5, 31)


def test_an_order_and_its_delivery_are_two_dimensions() -> None:
    entries = read(
        report("a", stage="ordered", quantity=number(24, 24), voice=None),
        report("b", 500, quantity=number(2, 2), voice=None),
    )
    found = reported(entries, ())
    assert found is not None
    dataset, observations = found
    assert [(o.dimension, o.first, o.second) for o in observations] == [
        ("arms ordered", "IRN", "RUS"),
        ("arms delivered", "IRN", "RUS"),
    ]
    assert all(not s.complete and s.dataset == ID for s in dataset.series), "no base rate from what was read"
    assert observations[0].known == dt.date(2022, 9, 1)
    assert "24 to 24 Shahed-136 drones, ordered, according to Outlet a" in observations[0].what
    assert observations[0].value is None, "reports are no volume"


def test_what_nobody_asserts_or_nobody_dates_counts_for_nothing() -> None:
    assert reported(read(report("a", status="denied")), ()) is None
    assert reported(read(report("a", stage="planned", status="possible")), ()) is None
    assert reported(read(report("a", known=None)), ()) is None
    assert reported(read(report("a", supplier=None)), ()) is None


def test_one_delivery_told_by_three_counts_once() -> None:
    found = reported(read(report("a"), report("b", 2, voice="x"), report("c", 3, voice="y")), ())
    assert found is not None
    assert len(found[1]) == 1
    assert "US officials" in found[1][0].what, "the first to say so"


def test_an_agreement_counts_between_the_two_and_a_background_one_does_not() -> None:
    record = boats(published=Published(DAY, DAY, "given"))
    (event,) = [e for e in record.events if len(e.source) + len(e.recipient) > 1][:1]

    def told(**changes: object) -> int:
        changed: dict[str, object] = {
            "event": "AGREE",
            "contexts": ("military",),
            "status": "asserted",
            "confidence": 0.9,
            **changes,
        }
        one: Event = replace(event, **changed)
        found = reported((), [replace(record, events=(one,), transfers=())])
        return 0 if found is None else len(found[1])

    assert told() == 1
    assert told(status="planned") == 0
    assert told(background=True) == 0
    assert told(contexts=()) == 0
    assert told(confidence=0.3) == 0
