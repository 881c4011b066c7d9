"""Who counts as official, analyst or outlet, by role, affiliation and actor."""

import pytest

from onrecord.holders import HolderKind, holder_kind
from onrecord.record import Actor, Speaker


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        ("Peru's foreign minister", "official"),
        ("spokeswoman for Chile's defence ministry", "official"),
        ("US National Security Council spokesperson", "official"),
        ("adviser to Peru's president", "official"),
        ("senior fellow at the Andes Institute", "analyst"),
        ("director of research at the Andes Institute", "analyst"),
        ("professor of Asian politics at the University of Lima", "analyst"),
        ("independent Peruvian analyst", "analyst"),
        ("former ambassador to Chile", "analyst"),
        ("retired Peruvian admiral", "analyst"),
        ("president of a bank", "other"),
        ("shopkeeper", "other"),
    ],
)
def test_by_role(role: str, kind: HolderKind) -> None:
    assert holder_kind(Speaker(None, "Marta Holt", role=role)) == kind


def test_nobody_is_the_outlet() -> None:
    assert holder_kind(None) == "outlet"


def test_a_state_is_official() -> None:
    assert holder_kind(Speaker("a", "Peru", country="PER"), Actor("a", "Peru", "state", "PER")) == "official"


def test_a_group_is_told_by_its_name() -> None:
    assert holder_kind(Speaker("a", "Other analysts")) == "analyst"
    assert holder_kind(Speaker("a", "Peruvian diplomats")) == "official"
    assert holder_kind(Speaker("a", "Officials of the European Union")) == "official"
    assert holder_kind(Speaker("a", "Officials of the dockers' union")) == "other"


def test_an_affiliation_tells_where_no_role_does() -> None:
    assert holder_kind(Speaker(None, "Marta Holt", affiliation="Andes Institute")) == "analyst"


def test_a_sector_tells_where_no_words_do() -> None:
    actor = Actor("a", "Marta Holt", "person", sector="IGO")
    assert holder_kind(Speaker("a", "Marta Holt"), actor) == "official"


def test_who_is_only_named_is_neither() -> None:
    assert (
        holder_kind(Speaker("a", "Marta Holt", country="PER"), Actor("a", "Marta Holt", "person")) == "other"
    )
