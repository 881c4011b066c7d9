"""Arms and aid transfers: supplier, recipient, item, number, and how far along.

One row for each item, pair and act. Every row points at its event: deliveries are AID (CAMEO 072, "provide
military aid: extend military assistance or provide arms"); sales, orders, production, training and repair are
COOPERATE (CAMEO 062, "cooperate militarily"); requests are REQUEST (CAMEO 0233), offers and pledges AGREE (CAMEO
033, "express intent to provide material aid"), and what is held back is SANCTION (CAMEO 162, "reduce or stop
material aid"). CAMEO codes are those of its codebook (Schrodt 2012), types those of PLOVER 2021.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.actors import Cast
from onrecord.arguments import HELPING, Arguments, arguments, coordinated, holders, modifiers, prepositions
from onrecord.arms import Arms, find_arms
from onrecord.article import Article, Mention, mention
from onrecord.deeds import Deed, Role, clause_acts, find_act, read_deed
from onrecord.parties import Scene, is_state_name, nationalities, nationality, nearest_date, parties, sentence_of
from onrecord.record import (
    Attribution,
    Event,
    EventType,
    Party,
    Quantity,
    Stage,
    Status,
    Transfer,
    TransferKind,
    When,
    identify,
)
from onrecord.status import vouching

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CONFIDENCE = {"verb": 0.8, "noun": 0.7, "one side": 0.5, "carried over": 0.45}
"""How sure a row is by the rule that made it: a rank, not a calibrated probability."""

_NEAR = 4
"""How many sentences back the transfer that "the tanks" or "36 of them" means may stand."""

_KINDS: dict[Role, TransferKind] = {"build": "production", "train": "training", "mend": "repair"}
_WITH_STATE = ("with", "from", "by")


@dataclass(frozen=True, slots=True)
class Row:
    """A transfer before it has its ids."""

    item: Arms
    deed: Deed
    voice: Attribution | None
    supplier: Party | None
    recipient: Party | None
    origin: str | None
    quantity: Quantity | None
    confidence: float


def find_transfers(
    article: Article,
    doc: Doc,
    cast: Cast,
    dates: Sequence[When],
    attributions: Sequence[Attribution],
    events: Sequence[Event],
) -> tuple[tuple[Transfer, ...], tuple[Event, ...]]:
    """Give the transfers in the order of the text, and the events they point at that `events` lacks.

    A row has at least one state or named organisation as supplier or recipient; a side that the sentence does not
    make plain is null.
    """
    scene = Scene(article, doc, cast, dates, attributions)
    rows = _carry_over(_rows(scene))
    return _recorded([row for row in rows if row.supplier or row.recipient], scene, events)


def _rows(scene: Scene) -> list[Row]:
    items = find_arms(scene.doc, scene.article.text, nationalities(scene))
    found = []
    for item in items:
        if scene.skips(item.head):
            continue
        row = _row(item, scene)
        if row is not None and not _domestic(row):
            found.append(row)
    return found


def _domestic(row: Row) -> bool:
    return bool(
        row.supplier
        and row.recipient
        and row.supplier.country
        and row.supplier.country == row.recipient.country
    )


def _row(item: Arms, scene: Scene) -> Row | None:
    """Read the act that an item is the theme of, and fill its sides from the clauses that hang on the item."""
    first = coordinated_first(item.head)
    main = find_act(item.head)
    clauses = list(clause_acts(item.head)) or (list(clause_acts(first)) if first != item.head else [])
    if main is None and clauses:
        main, clauses = clauses[0], clauses[1:]
    if main is None:
        return None
    act = main[0]
    voice = vouching(act.idx, act.idx + len(act), scene.attributions)
    deed = read_deed(*main, voice)
    supplier, recipient = _sides(item, deed, scene, voice)
    for clause in clauses:
        other = _sides(item, Deed(clause[0], clause[1], clause[2], "asserted"), scene, voice)
        supplier, recipient = supplier or other[0], recipient or other[1]
    supplier, origin = _origin(item, deed, supplier, recipient, scene)
    if supplier is None and act.lemma_.lower() in _OWN_MAKE and deed.role == "take":
        # What a state buys without a seller may be its own industry's.
        recipient = None
    if supplier is None and recipient is None and not _may_carry(item):
        return None
    both = supplier is not None and recipient is not None
    sure = CONFIDENCE["verb" if act.pos_ == "VERB" else "noun"] if both else CONFIDENCE["one side"]
    return Row(item, deed, voice, supplier, recipient, origin, item.quantity, sure)


_OWN_MAKE = frozenset(
    "get buy purchase order acquire obtain procure secure take contract sign deal agreement".split()
)


def coordinated_first(noun: Token) -> Token:
    """Give the first of the coordinated nouns that a noun belongs to."""
    for _ in range(20):
        if noun.dep_ != "conj":
            break
        noun = noun.head
    return noun


def _origin(
    item: Arms, deed: Deed, supplier: Party | None, recipient: Party | None, scene: Scene
) -> tuple[Party | None, str | None]:
    """Read a nationality beside the item: who made it, or, where no other supplier is told, who supplies it."""
    made, plain = nationality(item.made_in, scene), nationality(item.adjective, scene)
    if made is not None:
        return supplier, made.country
    if plain is None:
        return supplier, None
    received = recipient is not None and recipient.country == plain.country
    if supplier is None and deed.role in ("give", "take", "ask", "arrive") and not received:
        return plain, None
    if received:
        return supplier, None
    return supplier, plain.country if supplier and supplier.country != plain.country else None


def _sides(
    item: Arms, deed: Deed, scene: Scene, voice: Attribution | None
) -> tuple[Party | None, Party | None]:
    """Give supplier and recipient of a deed by the part that its arguments play."""
    told = arguments(deed.act)
    own = {t.i for t in told.themes if _holds(t, item.head)}
    others = tuple(t for t in told.themes if t.i not in own)
    extra = tuple(pair for noun in (item.head, coordinated_first(item.head)) for pair in prepositions(noun))
    told = replace(
        told, obliques=(*told.obliques, *(p for p in (*extra, *_outside(deed.act)) if p not in told.obliques))
    )
    pair = _between(told, item, scene, voice)
    if pair is not None:
        return pair

    def first(*groups: Sequence[Token]) -> Party | None:
        for group in groups:
            found = parties(group, scene, voice)
            if found:
                return found[0]
        return None

    doers = _doers(told, scene)
    match deed.role:
        case "give":
            recipients = (told.datives, others if deed.act.pos_ == "VERB" else (), told.after("to", "onto"))
            if item.adjective is not None and is_state_name(item.adjective.text):
                recipients = (*recipients, (item.adjective,))
            others_told = (told.after("for", "into"), _helped(deed.act))
            return first(*doers, told.after("from")), first(*recipients, *others_told)
        case "take":
            sources = (told.after("from"), told.after("with"), () if told.passive else told.after("by"))
            return first(*sources), first(*doers, told.after("for"))
        case "ask":
            return first(told.datives, others, told.after("from", "to", "of"), _refuser(deed.act)), first(
                *doers
            )
        case "arrive":
            places = (others, told.after("for"), told.after("to", "into", "in", "at"))
            return first(told.after("from"), told.agents if told.passive else ()), first(*places)
        case "return":
            return first(told.datives, told.after("to")), first(*doers)
        case "train":
            return first(*doers), first(others, told.themes)
        case "mend":
            owners = tuple(c for c in item.head.children if c.dep_ == "poss")
            return first(*doers), first(owners, told.after("for"))
        case "build":
            return _makers(told, scene, voice)


def _outside(act: Token) -> Iterator[tuple[str, Token]]:
    """Give partners told with the verb or noun that an infinitive hangs on: "signed a deal with Paris to buy"."""
    if act.tag_ != "VB" or act.dep_ not in ("acl", "xcomp", "advcl", "relcl"):
        return
    for word in (act.head, act.head.head):
        yield from (pair for pair in prepositions(word) if pair[0] in ("with", "from") and pair[1].i < act.i)


def _between(
    told: Arguments, item: Arms, scene: Scene, voice: Attribution | None
) -> tuple[Party, Party] | None:
    """Give the sides of a deal "between A and B" or of "the two countries": the maker of the system supplies."""
    if told.act.pos_ in ("VERB", "AUX") and len(told.agents) < 2:
        return None
    groups = [told.after("between"), told.agents, holders(told.act) if told.act.pos_ == "NOUN" else ()]
    if told.act.dep_ == "pobj":
        groups.append(tuple(t for p, t in prepositions(told.act.head.head) if p == "between"))
    for group in groups:
        both = parties(group, scene, voice)
        if len(both) == 2 and item.producer in {p.country for p in both}:
            maker, other = sorted(both, key=lambda p: p.country != item.producer)
            return maker, other
    return None


def _helped(act: Token) -> tuple[Token, ...]:
    """Give whom a deed helps: "helped Tehran improve its radars by supplying"."""
    if act.dep_ != "pcomp":
        return ()
    for ancestor in list(act.ancestors)[:5]:
        if ancestor.lemma_.lower() in HELPING and ancestor.pos_ == "VERB":
            inner = [c for c in ancestor.children if c.dep_ in ("xcomp", "ccomp")]
            subjects = [g for c in inner for g in c.children if g.dep_ == "nsubj"]
            return tuple([c for c in ancestor.children if c.dep_ in ("dobj", "dative")] or subjects)
    return ()


def _holds(theme: Token, item: Token) -> bool:
    """Say whether a theme is the item, or counts it, or is coordinated with it."""
    return theme == item or theme.is_ancestor(item) or item.is_ancestor(theme)


def _doers(told: Arguments, scene: Scene) -> list[tuple[Token, ...]]:
    """Give who may be the subject of an act, surest first."""
    if told.act.pos_ in ("VERB", "AUX"):
        named = tuple(w for noun in told.agents for w in modifiers(noun))
        plan = told.act.head if told.act.dep_ == "acl" and told.act.tag_ == "VB" else None
        planner = tuple(w for w in modifiers(plan) if nationality(w, scene)) if plan is not None else ()
        return [planner, told.agents, named]
    adjectives = tuple(w for w in modifiers(told.act) if nationality(w, scene))
    return [told.agents, adjectives, holders(told.act)]


def _refuser(act: Token) -> tuple[Token, ...]:
    """Give who turned a request down: that is whom it was addressed to."""
    if act.pos_ in ("VERB", "AUX") or act.dep_ != "dobj":
        return ()
    return holders(act) if any(nationality_like(c) for c in act.children) else ()


def nationality_like(child: Token) -> bool:
    """Say whether a word before a noun may name whose it is."""
    return child.dep_ in ("poss", "amod", "compound", "nmod")


_LICENCE = frozenset(
    "licence license factory plant jointly joint locally local assembly co-production line".split()
)


def _makers(told: Arguments, scene: Scene, voice: Attribution | None) -> tuple[Party | None, Party | None]:
    """Give licensor and maker of local production; both must be told, or it is a state building for itself."""
    sentence = told.act.sent
    if not any(t.lower_ in _LICENCE for t in sentence):
        return None, None
    words = (told.act, *told.agents, told.act.head, told.act.head.head)
    where = [
        noun
        for word in words
        for preposition, noun in prepositions(word)
        if preposition in ("in", "on", "at")
    ]
    place = parties(where, scene, voice) or parties(told.agents, scene, voice)
    if not place:
        return None, None
    states = {
        actor.country: (m, actor)
        for m, actor in scene.cast.mentions_in(sentence.start_char, sentence.end_char)
        if actor.kind == "state" and actor.country != place[0].country
    }
    if len(states) != 1:
        return None, place[0]
    (found, actor), *_ = states.values()
    return Party(actor.id, actor.name, actor.country, actor.sector, found.span, found.text), place[0]


# --- what a later sentence leaves out


def _may_carry(item: Arms) -> bool:
    """Say whether an item points back to one named before: "the tanks", "the bombs"."""
    return any(c.dep_ == "det" and c.lower_ in ("the", "these", "those") for c in item.head.children)


def _carry_over(rows: list[Row]) -> list[Row]:
    """Fill the missing side of "the bombs" from the last transfer of the same things, where nothing contradicts."""
    done: list[Row] = []
    for row in rows:
        done.append(_filled(row, done) if _may_carry(row.item) else row)
    return done


def _filled(row: Row, before: list[Row]) -> Row:
    for earlier in reversed(before[-12:]):
        if earlier.item.head.lemma_.lower() != row.item.head.lemma_.lower() or not _near(earlier, row):
            continue
        if not (_agree(row.supplier, earlier.supplier) and _agree(row.recipient, earlier.recipient)):
            continue
        return replace(
            row,
            supplier=row.supplier or earlier.supplier,
            recipient=row.recipient or earlier.recipient,
            origin=row.origin or earlier.origin,
            confidence=CONFIDENCE["carried over"],
        )
    return row


def _agree(one: Party | None, other: Party | None) -> bool:
    return one is None or other is None or one.country == other.country


def _near(earlier: Row, row: Row) -> bool:
    between = row.item.head.doc[earlier.item.head.i : row.item.head.i]
    return sum(1 for t in between if t.is_sent_start) <= _NEAR


# --- rows to records


def _recorded(
    rows: Sequence[Row], scene: Scene, events: Sequence[Event]
) -> tuple[tuple[Transfer, ...], tuple[Event, ...]]:
    known = {(event.act.span, event.event): event for event in events}
    added: dict[str, Event] = {}
    transfers: dict[str, Transfer] = {}
    for row in rows:
        act = row.deed.act
        words = mention(scene.article.text, act.idx, act.idx + len(act))
        event = _event(row, words, scene)
        same = known.get((words.span, event.event))
        if same is not None:
            event = same
        else:
            added.setdefault(event.id, event)
        transfer = _transfer(row, event.id, words, scene)
        transfers.setdefault(transfer.id, transfer)
    return tuple(transfers.values()), tuple(added.values())


def _transfer(row: Row, event: str, act: Mention, scene: Scene) -> Transfer:
    item = row.item
    return Transfer(
        id=identify(scene.article, "transfer", [item.words, act], row.deed.stage),
        event=event,
        supplier=row.supplier,
        recipient=row.recipient,
        item=item.words,
        quantity=row.quantity,
        kind=_KINDS.get(row.deed.role, "transfer"),
        stage=row.deed.stage,
        status=row.deed.status,
        when=nearest_date(row.deed.act, scene),
        according_to=row.voice.id if row.voice else None,
        evidence=(sentence_of(row.deed.act, scene),),
        confidence=row.confidence,
        value=item.value,
        designation=item.designation,
        category=item.category,
        origin=row.origin,
    )


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
    kind = _event_type(row.deed)
    sides = (row.supplier, row.recipient)
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
        when=nearest_date(row.deed.act, scene),
    )
