"""Arms and aid transfers: supplier, recipient, item, number, and how far along.

One row for each item, pair and act. Every row points at its event: deliveries are AID (CAMEO 072, "provide
military aid: extend military assistance or provide arms"); sales, orders, production, training and repair
are COOPERATE (CAMEO 062, "cooperate militarily"); requests are REQUEST (CAMEO 0233), offers and pledges
AGREE (CAMEO 033, "express intent to provide material aid"), and what is held back is SANCTION (CAMEO 162,
"reduce or stop material aid"). CAMEO codes are those of its codebook (Schrodt 2012), types those of PLOVER
2021. What is still to come is AGREE, by the codebook's rule for the future tense.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from onrecord.article import Mention, mention
from onrecord.events.coding import is_background
from onrecord.events.parties import Scene, nationalities, nearest_date, sentence_of
from onrecord.events.plover import as_coded
from onrecord.record import (
    Event,
    EventType,
    Quantity,
    Transfer,
    TransferFlag,
    TransferKind,
    Value,
    identify,
)
from onrecord.transfers.acts import Deed, Role
from onrecord.transfers.arms import Arms, canonical, find_arms
from onrecord.transfers.carrying import (
    carry_over,
    is_told,
    shared,
    with_numbers,
    without_headline,
    without_summaries,
)
from onrecord.transfers.particulars import read_particulars
from onrecord.transfers.quantities import read_value
from onrecord.transfers.rows import Row, read_rows

if TYPE_CHECKING:
    from spacy.tokens import Token

_KINDS: dict[Role, TransferKind] = {"build": "production", "train": "training", "mend": "repair"}


def find_transfers(scene: Scene, events: Sequence[Event]) -> tuple[tuple[Transfer, ...], tuple[Event, ...]]:
    """Give the transfers in the order of the text, and the events they point at that `events` lacks.

    A row has a state or a named organisation as supplier or recipient; a side that the sentence does not
    make plain is null.
    """
    article, doc = scene.article, scene.doc
    items = find_arms(doc, article.text, nationalities(scene))
    wanted = (item for item in with_numbers(items, doc) if not scene.skips(item.head))
    read = (read_rows(item, scene) for item in wanted)
    rows = carry_over(shared([row for rows in read for row in rows]))
    told = without_summaries(without_headline([row for row in rows if is_told(row)], article))
    return _recorded(told, scene, events)


def _recorded(
    rows: Sequence[Row], scene: Scene, events: Sequence[Event]
) -> tuple[tuple[Transfer, ...], tuple[Event, ...]]:
    known = {event.act.span: event for event in events}
    added: dict[str, Event] = {}
    transfers: dict[str, Transfer] = {}
    for row in rows:
        act = row.deed.act
        words = mention(scene.article.text, act.idx, act.idx + len(act))
        event = _event(row, words, scene)
        same = known.get(words.span) or _of_item(row, event, events) or _beside(event, events)
        if same is not None:
            event = same
        else:
            added.setdefault(event.id, event)
        transfer = _transfer(row, event.id, words, scene)
        transfers.setdefault(transfer.id, transfer)
    return tuple(_contradicted(list(transfers.values()))), tuple(added.values())


def _contradicted(transfers: Sequence[Transfer]) -> Iterator[Transfer]:
    """Flag the rows of one deed whose numbers other rows of the article contradict."""
    for one in transfers:
        others = (o for o in transfers if o is not one and _same_deed(one, o))
        if any(_apart(one.quantity, o.quantity) for o in others):
            yield msgspec.structs.replace(one, flags=(*one.flags, "another quantity is claimed"))
        else:
            yield one


def _same_deed(one: Transfer, other: Transfer) -> bool:
    def known(transfer: Transfer) -> tuple[object, ...]:
        sides = (s and (s.country or s.name) for s in (transfer.supplier, transfer.recipient))
        return (*sides, transfer.stage, transfer.kind, canonical(transfer.designation) or transfer.item.text)

    return known(one) == known(other) and one.according_to != other.according_to


def _apart(one: Quantity | None, other: Quantity | None) -> bool:
    """Say whether two quantities cannot both be right."""
    if one is None or other is None or one.low is None or other.low is None:
        return False
    return one.low > (other.high or one.low) or other.low > (one.high or other.low)


def _of_item(row: Row, event: Event, events: Sequence[Event]) -> Event | None:
    """Give the event that the item itself names: "provided [military assistance]" is one deed."""
    start, end = row.item.words.span
    first = bisect_left(events, start, key=lambda e: e.act.start)
    near = (e for e in events[first : first + 4] if e.act.end <= end)
    return next((e for e in near if e.event == event.event and e.according_to == event.according_to), None)


def _beside(event: Event, events: Sequence[Event]) -> Event | None:
    """Give the event whose words stand beside these and tell the same: "[suspended] arms [sales]"."""
    first = bisect_left(events, event.act.start - _NEAR, key=lambda e: e.act.start)
    near = (e for e in events[first : first + 6] if abs(e.act.start - event.act.start) <= _NEAR)
    return next((e for e in near if _tells(e) == _tells(event)), None)


_NEAR = 30
"""Characters between the words of two events that may be one."""


def _tells(event: Event) -> tuple[object, ...]:
    sides = (frozenset(p.country or p.name for p in side) for side in (event.source, event.recipient))
    return (event.event, *sides, event.status, event.according_to)


def _transfer(row: Row, event: str, act: Mention, scene: Scene) -> Transfer:
    item = row.item
    told = read_particulars(item, row.deed.act, (row.supplier, row.recipient), scene, row.voice)
    return Transfer(
        id=identify(scene.article, "transfer", [item.words, act], row.deed.stage, *_number(item)),
        event=event,
        supplier=row.supplier,
        recipient=row.recipient,
        item=item.words,
        quantity=item.quantity,
        kind=_KINDS.get(row.deed.role, "transfer"),
        stage=row.deed.stage,
        status=row.deed.status,
        when=nearest_date(row.deed.act, scene),
        according_to=row.voice.id if row.voice else None,
        evidence=(sentence_of(row.deed.act, scene),),
        confidence=row.confidence,
        value=item.value or _price(row.deed.act),
        designation=item.designation,
        category=item.category,
        origin=row.origin,
        second_hand=told.second_hand,
        terms=told.terms,
        payer=told.payer,
        via=told.via,
        flags=tuple(_flags(row)),
    )


def _flags(row: Row) -> Iterator[TransferFlag]:
    """Name what a reader should know of a row that is kept as written."""
    supplier, recipient, quantity = row.supplier, row.recipient, row.item.quantity
    if supplier is None:
        yield "no supplier"
    elif supplier.country is None:
        yield "supplier is no state"
    if recipient is None:
        yield "no recipient"
    elif recipient.country is None:
        yield "recipient is no state"
    if quantity is not None and quantity.low is None and quantity.high is None:
        yield "counted in units"


def _number(item: Arms) -> tuple[str, ...]:
    """Tell apart the rows that share an item's words: "60 to Greece and 40 to Turkey"."""
    return (item.quantity.text,) if item.bare and item.quantity else ()


def _price(act: Token) -> Value | None:
    """Give the money before a noun that names the act: "a $2 billion sale of missiles"."""
    return read_value(act.doc[max(act.left_edge.i, act.i - 8) : act.i].text) if act.pos_ == "NOUN" else None


def _event_type(deed: Deed) -> EventType:
    match deed.stage:
        case "requested":
            return "REQUEST"
        case "offered":
            return "AGREE"
        case "suspended":
            return "SANCTION"
        case "ordered" | "returned":
            return "COOPERATE"
        case "planned" | "delivering" | "delivered" | "unknown":
            buys = deed.act.lemma_.lower() in (
                "sell",
                "sale",
                "buy",
                "purchase",
                "acquire",
                "lease",
                "acquisition",
            )
            return "COOPERATE" if deed.role in _KINDS or buys else "AID"


def _event(row: Row, act: Mention, scene: Scene) -> Event:
    kind = as_coded(_event_type(row.deed), row.deed.status)
    sides = (row.supplier, row.recipient)
    when = nearest_date(row.deed.act, scene)
    active = sides[::-1] if kind == "REQUEST" or row.deed.role == "return" else sides
    source, recipient = ((side,) if side is not None else () for side in active)
    return Event(
        id=identify(scene.article, "event", [act], kind, *(s.country or s.name for s in sides if s)),
        event=kind,
        source=source,
        recipient=recipient,
        act=act,
        status=row.deed.status,
        according_to=row.voice.id if row.voice else None,
        evidence=(sentence_of(row.deed.act, scene),),
        confidence=row.confidence,
        contexts=("military",),
        when=when,
        background=is_background(row.deed.act, when, row.voice, scene.article),
    )
