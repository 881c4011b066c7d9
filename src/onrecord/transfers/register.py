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
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from onrecord.article import Article, Mention, mention
from onrecord.events.coding import is_background
from onrecord.events.parties import Scene, nationalities, nearest_date, sentence_of
from onrecord.events.plover import as_coded
from onrecord.record import (
    Attribution,
    Event,
    EventType,
    Party,
    Quantity,
    Stage,
    Transfer,
    TransferFlag,
    TransferKind,
    Value,
    identify,
)
from onrecord.transfers.acts import Deed, Role, clause_acts, find_act, read_deed
from onrecord.transfers.arms import Arms, canonical, find_arms
from onrecord.transfers.particulars import read_particulars
from onrecord.transfers.quantities import find_quantity, read_value
from onrecord.transfers.reading import Heard, hear, side
from onrecord.transfers.sides import find_sides, first_of, read_origin

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CONFIDENCE = {"verb": 0.8, "noun": 0.7, "one side": 0.5, "carried over": 0.45}
"""How sure a row is by the rule that made it: a rank, not a calibrated probability."""

_NEAR = 4
"""How many sentences back the transfer that "the tanks" means may stand."""

_FAR = 400
"""How many words apart two mentions may stand at all."""

_KINDS: dict[Role, TransferKind] = {"build": "production", "train": "training", "mend": "repair"}


@dataclass(frozen=True, slots=True)
class Row:
    """A transfer before it has its ids."""

    item: Arms
    deed: Deed
    voice: Attribution | None
    supplier: Party | None
    recipient: Party | None
    origin: str | None
    confidence: float


def find_transfers(scene: Scene, events: Sequence[Event]) -> tuple[tuple[Transfer, ...], tuple[Event, ...]]:
    """Give the transfers in the order of the text, and the events they point at that `events` lacks.

    A row has a state or a named organisation as supplier or recipient; a side that the sentence does not
    make plain is null.
    """
    article, doc = scene.article, scene.doc
    items = find_arms(doc, article.text, nationalities(scene))
    wanted = (item for item in _with_numbers(items, doc) if not scene.skips(item.head))
    read = (heard_rows(item, scene) for item in wanted)
    rows = _carry_over(_shared([row for rows in read for row in rows]))
    told = _without_headline([row for row in rows if _is_told(row)], article)
    return _recorded(told, scene, events)


def _rows(item: Arms, scene: Scene) -> list[Row]:
    """Read the act that an item is the theme of; the clauses that hang on the item fill in its sides.

    A clause that tells of another stage is a row of its own: "has delivered the 60 tanks that Peru ordered".
    """
    first = first_of(item.head)
    clauses = list(clause_acts(item.head)) or (list(clause_acts(first)) if first != item.head else [])
    main = find_act(item.head) or (clauses.pop(0) if clauses else None)
    if main is None or (item.head.lemma_.lower() in _PAYLOADS and main[0].lemma_.lower() in _DELIVERING):
        return []
    rows = [_row(item, main, scene)]
    # "the first of four tanks that Peru ordered": how many were ordered is not how many have come.
    part = item.quantity is not None and item.quantity.text.lower() in _ORDINALS
    whole = replace(item, quantity=None) if part else item
    for clause in clauses:
        other = _row(whole, clause, scene)
        supplier, recipient = rows[0].supplier or other.supplier, rows[0].recipient or other.recipient
        rows[0] = replace(rows[0], supplier=supplier, recipient=recipient)
        if _tells_more(other, rows[0]) and _agree(supplier, other.supplier):
            filled = replace(
                other, supplier=other.supplier or supplier, recipient=other.recipient or recipient
            )
            rows += [filled] if _agree(recipient, other.recipient) else []
    return [_with_origin(row, scene) for row in rows]


def heard_rows(item: Arms, scene: Scene) -> list[Row]:
    """Give the rows of an item as both witnesses tell it: the words, and the network."""
    by_words = _rows(item, scene)
    heard = hear(item, scene)
    if heard.told < LEAST:
        return []
    if not by_words:
        return [_row_heard(item, heard, scene)]
    return [_settled(row, heard, scene) for row in by_words]


LEAST = 0.5


def _row_heard(item: Arms, heard: Heard, scene: Scene) -> Row:
    """Make a row of what only the network reads."""
    act = _act_of(item.head)
    voice = scene.voices.at(item.head.idx, item.head.idx + len(item.head))
    role = _ROLES.get(heard.kind, "give")
    deed = Deed(act, role, heard.stage, heard.status)
    supplier = side(heard.supplier, None, scene, voice)
    recipient = side(heard.recipient, supplier, scene, voice)
    return _with_origin(Row(item, deed, voice, supplier, recipient, None, heard.told), scene)


def _settled(row: Row, heard: Heard, scene: Scene) -> Row:
    """Let the network fill in the sides that the words leave open, and say what was called off.

    Where the words tell a side or a stage, they are right more often; of the many ways to call a thing off
    ("tore up", "withdrew the licence for") they know few.
    """
    supplier = row.supplier or side(heard.supplier, row.recipient, scene, row.voice)
    recipient = row.recipient or side(heard.recipient, supplier, scene, row.voice)
    deed = row.deed
    if heard.stages["suspended"] >= LEAST and deed.stage in ("ordered", "delivered", "planned"):
        deed = replace(deed, stage="suspended", status=heard.status)
    return replace(row, supplier=supplier, recipient=recipient, deed=deed)


_ROLES: dict[str, Role] = {"production": "build", "training": "train", "repair": "mend"}


def _act_of(head: Token) -> Token:
    """Give the word that governs an item: the nearest verb above it, else the root of its sentence."""
    return next((a for a in head.ancestors if a.pos_ in ("VERB", "AUX")), head.sent.root)


def _without_headline(rows: list[Row], article: Article) -> list[Row]:
    """Drop what the headline tells in short and the story tells again."""
    title = article.title or ""
    end = len(title) if article.text.startswith(title) else 0
    story = [row for row in rows if row.item.head.idx >= end]
    return [
        row
        for row in rows
        if row.item.head.idx >= end
        or not any(
            _noun(row) == _noun(other)
            and _agree(row.supplier, other.supplier)
            and _agree(row.recipient, other.recipient)
            for other in story
        )
    ]


_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth"})
_PAYLOADS = frozenset({"bomb", "payload", "warhead"})
_DELIVERING = frozenset({"deliver", "delivery"})
"""What missiles and bombers do to a target: "capable of delivering warheads"."""


def _tells_more(clause: Row, main: Row) -> bool:
    """Say whether a relative clause tells of a stage of its own: "the 60 tanks that Peru had ordered"."""
    act = clause.deed.act
    finite = act.dep_ == "relcl" and any(c.dep_ in ("nsubj", "nsubjpass") for c in act.children)
    plain = clause.deed.role in ("give", "take") and main.deed.role in ("give", "take")
    return finite and plain and clause.deed.status == "asserted" and clause.deed.stage != main.deed.stage


def _row(item: Arms, main: tuple[Token, Role, Stage], scene: Scene) -> Row:
    act = main[0]
    voice = scene.voices.at(act.idx, act.idx + len(act))
    deed = read_deed(*main, voice)
    supplier, recipient = find_sides(item, deed, scene, voice)
    return Row(item, deed, voice, supplier, recipient, None, CONFIDENCE["one side"])


def _with_origin(row: Row, scene: Scene) -> Row:
    supplier, origin = read_origin(row.item, row.deed, (row.supplier, row.recipient), scene)
    rule = "verb" if row.deed.act.pos_ == "VERB" else "noun"
    both = supplier is not None and row.recipient is not None
    return replace(row, supplier=supplier, origin=origin, confidence=CONFIDENCE[rule if both else "one side"])


def _shared(rows: list[Row]) -> list[Row]:
    """Fill a missing side from another item of the same act: "gave Peru 20 tanks and 10 of its guns"."""
    sides: dict[int, tuple[Party | None, Party | None]] = {}
    for row in rows:
        known = sides.get(row.deed.act.i, (None, None))
        sides[row.deed.act.i] = (known[0] or row.supplier, known[1] or row.recipient)
    return [_with_sides(row, *sides[row.deed.act.i]) if not row.item.bare else row for row in rows]


def _with_sides(row: Row, supplier: Party | None, recipient: Party | None) -> Row:
    supplier, recipient = row.supplier or supplier, row.recipient or recipient
    return row if _same(supplier, recipient) else replace(row, supplier=supplier, recipient=recipient)


def _same(one: Party | None, other: Party | None) -> bool:
    return one is not None and other is not None and (one.country, one.name) == (other.country, other.name)


def _is_told(row: Row) -> bool:
    """Say whether a row tells of a transfer: two sides that differ, or one that cannot be its own."""
    if row.supplier is not None and row.recipient is not None:
        return row.supplier.country is None or row.supplier.country != row.recipient.country
    if row.deed.role == "mend":
        return False
    foreign = row.recipient is not None and row.item.producer not in (None, row.recipient.country)
    if row.supplier is None and row.deed.act.lemma_.lower() in _OWN_MAKE:
        return foreign and row.deed.act.lemma_.lower() != "get"
    # What "arrives" with one side told may be an army's own.
    return row.deed.role != "arrive" and (row.supplier is not None or row.recipient is not None)


_OWN_MAKE = frozenset(
    """
    acquire agreement build buy contract deal get manufacture obtain order procure produce purchase secure
    sign
    """.split()
)
"""What a state gets in these ways, with no seller told, may be its own industry's."""


# --- what a later sentence leaves out


def _with_numbers(items: Sequence[Arms], doc: Doc) -> list[Arms]:
    """Add the numbers that stand for an item named before: "has received 36 of them", "42 have arrived"."""
    by_head = {item.head.i: item for item in items}
    found: list[Arms] = []
    last: Arms | None = None
    for token in doc if items else ():
        if token.i in by_head:
            last = by_head[token.i]
            found.append(last)
        elif last is not None and _is_bare(token) and _sentences(last.head, token) <= 1:
            counted = find_quantity(token, token.i + 1)
            found.append(
                replace(last, head=token, first=token.i, quantity=counted, adjective=None, bare=True)
            )
    return found


def _is_bare(token: Token) -> bool:
    """Say whether a number counts nothing that is named beside it."""
    if token.pos_ != "NUM" or token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT"):
        return False
    described = [c for c in token.children if c.dep_ in ("prep", "nmod", "quantmod") and c.lower_ != "to"]
    named = any(c.lower_ != "of" or any(n.pos_ != "PRON" for n in c.children) for c in described)
    return token.dep_ in ("nsubj", "nsubjpass", "dobj", "conj") and token.head.pos_ == "VERB" and not named


def _sentences(start: Token, end: Token) -> int:
    """Count the sentences that begin between two words, which are many where they are far apart."""
    if end.i - start.i > _FAR:
        return _FAR
    return sum(bool(t.is_sent_start) for t in start.doc[start.i + 1 : end.i + 1])


def _carry_over(rows: list[Row]) -> list[Row]:
    """Fill the missing side of "the bombs" from the last transfer of the same things."""
    done: list[Row] = []
    for row in rows:
        filled = _filled(row, done) if _points_back(row.item) else row
        done.append(_to_the_same(filled, done))
    return done


def _points_back(item: Arms) -> bool:
    """Say whether an item points back to one named before: "the tanks", "these bombs", "36 of them"."""
    head = item.head
    before = head.doc[max(head.left_edge.i, head.i - _WIDEST) : head.i]
    return item.bare or any(t.lower_ in ("the", "these", "those") for t in before)


_WIDEST = 12


def _filled(row: Row, before: list[Row]) -> Row:
    if row.supplier is not None and row.recipient is not None:
        return row
    for earlier in reversed(before[-12:]):
        same = earlier.item.words == row.item.words if row.item.bare else _noun(earlier) == _noun(row)
        if not same or _sentences(earlier.item.head, row.item.head) > _NEAR:
            continue
        if _agree(row.supplier, earlier.supplier) and _agree(row.recipient, earlier.recipient):
            return replace(
                row,
                supplier=row.supplier or earlier.supplier,
                recipient=row.recipient or earlier.recipient,
                origin=row.origin or earlier.origin,
                confidence=CONFIDENCE["carried over"],
            )
    return row


def _to_the_same(row: Row, before: list[Row]) -> Row:
    """Fill the recipient of "would provide two batteries" where the supplier has had one recipient so far."""
    if row.supplier is None or row.recipient is not None or row.deed.role != "give":
        return row
    if any(t.lower_ in ("to", "for") for t in row.item.head.doc[row.deed.act.i : row.deed.act.i + _WIDEST]):
        return row
    near = [b for b in before[-12:] if _sentences(b.item.head, row.item.head) <= 3 * _NEAR]
    had = [b.recipient for b in near if b.recipient is not None and _same(b.supplier, row.supplier)]
    if not had or any(not _same(one, had[0]) for one in had):
        return row
    return replace(row, recipient=had[-1], confidence=CONFIDENCE["carried over"])


def _agree(one: Party | None, other: Party | None) -> bool:
    return one is None or other is None or one.country == other.country


def _noun(row: Row) -> str:
    return row.item.head.lemma_.lower()


# --- rows to records


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
