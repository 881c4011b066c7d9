"""What counts as the right position, on invented annotation."""

from typing import Any

import positions
import pytest
from positions import Annotated, Found, Stand

SUBJECT = ("CHL", "PER")


def article(*stands: Stand, half: Any = "look") -> Annotated:
    return Annotated("a", half, stands, text="It is new. It will last.")


def stand(holder: str | None, stance: Any = "agrees", *, doubtful: bool = False) -> Stand:
    return Stand(holder, "unprecedented", SUBJECT, stance, "It is new", doubtful)


def found(holder: str | None, stance: Any = "agrees", subject: tuple[str, ...] = SUBJECT) -> Found:
    return Found(holder, "unprecedented", subject, stance, ((0, 10),), "It is new.")


@pytest.mark.parametrize(
    ("annotated", "read", "same"),
    [
        ("Marta Holt", "Holt", True),
        ("Marta Holt", "Marta Holt", True),
        ("Chile's government|Chile", "Chile", True),
        ("Marta Holt", "Ana Reyes", False),
        ("Marta Holt", None, False),
        (None, None, True),
        (None, "Chile", False),
    ],
)
def test_who_is_the_holder(annotated: str | None, read: str | None, same: bool) -> None:
    assert positions.is_holder(annotated, read) is same


def test_right_wrong_and_missed() -> None:
    outcome = positions.compare(article(stand("Holt"), stand("Reyes")), [found("Holt"), found(None)])
    figures = positions.measure([outcome], samples=10)
    assert (figures.precision.count, figures.precision.n) == (1, 2)
    assert (figures.recall.count, figures.recall.n) == (1, 2)
    assert figures.f1[0] == 0.5


def test_a_wrong_stance_is_no_hit_and_a_wrong_subject_is_told_apart() -> None:
    wrong = positions.compare(article(stand("Holt")), [found("Holt", "hedges")])
    assert positions.measure([wrong], samples=10).precision.count == 0
    other = positions.compare(article(stand("Holt")), [found("Holt", subject=("CHL", "JPN"))])
    figures = positions.measure([other], samples=10)
    assert (figures.precision.count, figures.precision_with_subject.count) == (1, 0)


def test_a_doubtful_one_counts_neither_way() -> None:
    for read in ([], [found("Holt")]):
        figures = positions.measure(
            [positions.compare(article(stand("Holt", doubtful=True)), read)], samples=10
        )
        assert (figures.precision.n, figures.recall.n) == (0, 0)


def test_errors_of_the_held_half_are_not_listed() -> None:
    assert len(positions.errors([positions.compare(article(stand("Holt")), [])])) == 1
    assert positions.errors([positions.compare(article(stand("Holt"), half="held"), [])]) == []


def test_the_annotation_is_in_order() -> None:
    articles = positions.read_annotation()
    assert {a.half for a in articles} == {"look", "held"}
    assert len({a.id for a in articles}) == len(articles)
