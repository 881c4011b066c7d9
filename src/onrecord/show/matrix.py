"""Who stands where on what, as a matrix: a row a holder, a column a proposition, a cell the quotations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.holders import HolderKind
from onrecord.record import Position, Predicate, Record, Stance
from onrecord.show import outline, wording

ASKED: dict[Predicate, str] = {
    "unprecedented": "unprecedented",
    "alliance": "an alliance",
    "durable": "will last",
    "other": "otherwise",
}
"""The propositions in the order of the columns, as their headings."""


class Quotation(NamedTuple):
    """Words that a position rests on, and where they stand."""

    words: str
    where: str
    cite: str


class Cell(NamedTuple):
    """Where a holder stands on one proposition."""

    stance: Stance
    quotations: tuple[Quotation, ...]


class Stand(NamedTuple):
    """A holder with all cells: an official, an analyst, the outlet itself, or somebody else."""

    holder: str
    introduced: str | None
    kind: HolderKind
    cells: dict[Predicate, Cell]


class Told(NamedTuple):
    """A position with the record that it stands in."""

    position: Position
    record: Record


def matrix(told: Iterable[Told]) -> tuple[Stand, ...]:
    """Give the stands, officials first, then analysts, outlets and others, in the order in which they spoke.

    Who stands differently in two articles hedges, and both quotations are given.
    """
    stands: dict[tuple[str, HolderKind], Stand] = {}
    for one in told:
        position, record = one
        kind = outline.holder_kind_of(position, record)
        outlet = record.article.outlet or record.article.title or record.article.id
        name = outlet if position.holder is None else position.holder.name
        introduced = None if position.holder is None else wording.introduce(position.holder) or None
        stand = stands.setdefault((name, kind), Stand(name, introduced, kind, {}))
        predicate = position.proposition.predicate
        before = stand.cells.get(predicate)
        quotations = tuple(_quotations(one))
        if before is None:
            stand.cells[predicate] = Cell(position.stance, quotations)
        else:
            stance: Stance = before.stance if before.stance == position.stance else "hedges"
            stand.cells[predicate] = Cell(stance, tuple(dict.fromkeys((*before.quotations, *quotations))))
    order: Sequence[HolderKind] = ("official", "analyst", "outlet", "other")
    return tuple(sorted(stands.values(), key=lambda s: order.index(s.kind)))


def _quotations(one: Told) -> Iterable[Quotation]:
    article = one.record.article
    said = {a.id: a for a in one.record.attributions}
    where = ", ".join(
        filter(None, (article.outlet, article.title, wording.published_briefly(article.published)))
    )
    quoted = [said[a] for a in one.position.attributions if a in said]
    for attribution in quoted:
        yield Quotation(wording.content(article, attribution), where, attribution.id)
    if not quoted:
        for words in one.position.evidence:
            yield Quotation(words.text, where, one.position.id)
