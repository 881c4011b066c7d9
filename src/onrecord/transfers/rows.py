"""The rows of one military item as two witnesses tell it: the words, and the network.

The words are the acts and their arguments (`acts`, `sides`): where they tell a side or a stage they are right
more often. The network (`reading`) says whether the item is transferred at all, hears acts that no list has,
and fills in what the words leave open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.events.parties import Scene
from onrecord.events.status import find_status, further
from onrecord.record import Attribution, Party, Stage
from onrecord.transfers.acts import Deed, Role, clause_acts, deploys, find_act, is_help, read_deed, sails
from onrecord.transfers.arms import Arms
from onrecord.transfers.reading import Heard, hear, side
from onrecord.transfers.sides import find_sides, first_of, read_origin

if TYPE_CHECKING:
    from spacy.tokens import Token

CONFIDENCE = {"verb": 0.8, "noun": 0.7, "heard": 0.6, "one side": 0.5, "carried over": 0.45}
"""How sure a row is by what made it: a rank, not a calibrated probability."""

SUSPENDED = 0.5
"""The least probability of a suspension that the words do not tell."""

TOLD_BY_WORDS, TOLD_ALONE, TOLD_OF_ONE = 0.1, 0.8, 0.95
"""The least probability, by the network, that an item is transferred: where the words say so, where they do
not, and where even then one side only is found."""


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


def read_rows(item: Arms, scene: Scene) -> list[Row]:
    """Give the rows of an item; none where the network says that it is not transferred."""
    heard = hear(item, scene)
    if heard.told < TOLD_BY_WORDS:
        return []
    by_words = _by_words(item, scene)
    if by_words:
        return [_settled(row, heard, scene) for row in by_words]
    if heard.told < TOLD_ALONE or _is_no_deed(item, heard):
        return []
    row = _as_heard(item, heard, scene)
    both = row.supplier is not None and row.recipient is not None
    return [row] if both or heard.told >= TOLD_OF_ONE else []


def _by_words(item: Arms, scene: Scene) -> list[Row]:
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
        if _tells_more(other, rows[0]) and agree(supplier, other.supplier):
            filled = replace(
                other, supplier=other.supplier or supplier, recipient=other.recipient or recipient
            )
            rows += [filled] if agree(recipient, other.recipient) else []
    return [_with_origin(row, scene) for row in rows]


def _as_heard(item: Arms, heard: Heard, scene: Scene) -> Row:
    """Make a row of what only the network reads."""
    act = _act_of(item.head)
    voice = scene.voices.at(item.head.idx, item.head.idx + len(item.head))
    role = _ROLES.get(heard.kind, "give")
    # What is only a claim in the grammar stays one, whatever the network makes of it; the verb before
    # the item is asked too, for the parse has often lost its way where the words found no row.
    status = heard.status
    for word in (act, *_verb_before(item.head)):
        status = further(status, find_status(word, voice))
    deed = Deed(act, role, heard.stage, status)
    supplier = side(heard.supplier, item, None, scene, voice)
    recipient = side(heard.recipient, item, supplier, scene, voice)
    row = _with_origin(Row(item, deed, voice, supplier, recipient, None, 0.0), scene)
    both = row.supplier is not None and row.recipient is not None
    return replace(row, confidence=CONFIDENCE["heard" if both else "one side"])


def _settled(row: Row, heard: Heard, scene: Scene) -> Row:
    """Let the network fill in the sides that the words leave open, and say what was called off.

    Where the words tell a side or a stage, they are right more often; of the many ways to call a thing off
    ("tore up", "withdrew the licence for") they know few.
    """
    visits = row.deed.role == "arrive" and sails(row.item.head)
    supplier = row.supplier
    if supplier is None and not visits:
        supplier = side(heard.supplier, row.item, row.recipient, scene, row.voice)
    recipient = row.recipient or side(heard.recipient, row.item, supplier, scene, row.voice)
    deed = row.deed
    if heard.stages["suspended"] >= SUSPENDED and deed.stage in ("ordered", "delivered", "planned"):
        deed = replace(deed, stage="suspended", status=heard.status)
    return replace(row, supplier=supplier, recipient=recipient, deed=deed)


_ROLES: dict[str, Role] = {"production": "build", "training": "train", "repair": "mend"}


def _verb_before(head: Token) -> tuple[Token, ...]:
    """Give the last verb of the sentence before an item, if there is one."""
    before = (t for t in reversed(head.doc[head.sent.start : head.i]) if t.pos_ == "VERB")
    return tuple(t for t in (next(before, None),) if t is not None)


def _act_of(head: Token) -> Token:
    """Give the word that governs an item: the nearest verb above it, else the root of its sentence."""
    return next((a for a in head.ancestors if a.pos_ in ("VERB", "AUX")), head.sent.root)


_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth"})
_PAYLOADS = frozenset({"bomb", "payload", "warhead"})
_DELIVERING = frozenset({"deliver", "delivery"})
"""What missiles and bombers do to a target: "capable of delivering warheads"."""


def _is_no_deed(item: Arms, heard: Heard) -> bool:
    """Say whether the words rule a transfer out: an army deploys its own, or a bomber hits a target."""
    act = _act_of(item.head)
    dropped = item.head.lemma_.lower() in _PAYLOADS and act.lemma_.lower() in _DELIVERING
    # "provided Chile with cooperation on missiles" need not have brought any.
    help_alone = is_help(item.head) and heard.stage in ("delivered", "delivering")
    return dropped or deploys(act, item.head) or help_alone


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


def agree(one: Party | None, other: Party | None) -> bool:
    """Say whether two sides can be one: the same state, or one of them is not told."""
    return one is None or other is None or one.country == other.country


def same(one: Party | None, other: Party | None) -> bool:
    """Say whether two sides are told and are one."""
    return one is not None and other is not None and (one.country, one.name) == (other.country, other.name)
