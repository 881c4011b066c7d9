"""What a later sentence leaves out, and what rows of one act or one thing tell each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.article import Article
from onrecord.record import Party
from onrecord.transfers.arms import Arms
from onrecord.transfers.quantities import find_quantity
from onrecord.transfers.rows import CONFIDENCE, Row, agree, same

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NEAR = 4
"""How many sentences back the transfer that "the tanks" means may stand."""

_FAR = 400
"""How many words apart two mentions may stand at all."""


def shared(rows: list[Row]) -> list[Row]:
    """Fill a missing side from another item of the same act: "gave Peru 20 tanks and 10 of its guns"."""
    sides: dict[int, tuple[Party | None, Party | None]] = {}
    for row in rows:
        known = sides.get(row.deed.act.i, (None, None))
        sides[row.deed.act.i] = (known[0] or row.supplier, known[1] or row.recipient)
    return [_with_sides(row, *sides[row.deed.act.i]) if not row.item.bare else row for row in rows]


def _with_sides(row: Row, supplier: Party | None, recipient: Party | None) -> Row:
    supplier, recipient = row.supplier or supplier, row.recipient or recipient
    return row if same(supplier, recipient) else replace(row, supplier=supplier, recipient=recipient)


def is_told(row: Row) -> bool:
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


def with_numbers(items: Sequence[Arms], doc: Doc) -> list[Arms]:
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
    if token.dep_ == "pobj" and token.head.lower_ in ("at", "of"):
        # "put the number at 80", "speaks of 16"
        return token.head.head.lemma_.lower() in _COUNTING and not named
    return token.dep_ in ("nsubj", "nsubjpass", "dobj", "conj") and token.head.pos_ == "VERB" and not named


_COUNTING = frozenset("estimate give put speak talk write".split())
"""Verbs with which a voice gives a number for what others have told."""


def _sentences(start: Token, end: Token) -> int:
    """Count the sentences that begin between two words, which are many where they are far apart."""
    if end.i - start.i > _FAR:
        return _FAR
    return sum(bool(t.is_sent_start) for t in start.doc[start.i + 1 : end.i + 1])


def carry_over(rows: list[Row]) -> list[Row]:
    """Fill the missing side of "the bombs" from the last transfer of the same things."""
    done: list[Row] = []
    for row in rows:
        filled = _named(_filled(row, done), done) if _points_back(row.item) else row
        done.append(_to_thesame(filled, done))
    return done


_GENERIC = frozenset(
    "aircraft boat craft gun helicopter jet plane ship system tank vehicle vessel weapon".split()
)
"""Nouns by which a text goes on speaking of a type that it has named: "the first two of the aircraft"."""


def _named(row: Row, before: list[Row]) -> Row:
    """Give "the aircraft" the type of the last ones of their kind between the same two."""
    if row.item.designation is not None or not (row.item.bare or _noun(row) in _GENERIC):
        return row
    for earlier in reversed(before[-12:]):
        item = earlier.item
        alike = row.item.bare or item.category == row.item.category
        sides = agree(row.supplier, earlier.supplier) and agree(row.recipient, earlier.recipient)
        if alike and sides and _sentences(item.head, row.item.head) <= _NEAR and item.designation is not None:
            named = replace(row.item, designation=item.designation, category=item.category)
            return replace(row, item=named)
    return row


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
        if agree(row.supplier, earlier.supplier) and agree(row.recipient, earlier.recipient):
            return replace(
                row,
                supplier=row.supplier or earlier.supplier,
                recipient=row.recipient or earlier.recipient,
                origin=row.origin or earlier.origin,
                confidence=CONFIDENCE["carried over"],
            )
    return row


def _to_thesame(row: Row, before: list[Row]) -> Row:
    """Fill the recipient of "would provide two batteries" where the supplier has had one recipient so far."""
    if row.supplier is None or row.recipient is not None or row.deed.role != "give":
        return row
    if any(t.lower_ in ("to", "for") for t in row.item.head.doc[row.deed.act.i : row.deed.act.i + _WIDEST]):
        return row
    near = [b for b in before[-12:] if _sentences(b.item.head, row.item.head) <= 3 * _NEAR]
    had = [b.recipient for b in near if b.recipient is not None and same(b.supplier, row.supplier)]
    if not had or any(not same(one, had[0]) for one in had):
        return row
    return replace(row, recipient=had[-1], confidence=CONFIDENCE["carried over"])


def _noun(row: Row) -> str:
    return row.item.head.lemma_.lower()


def without_headline(rows: list[Row], article: Article) -> list[Row]:
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
            and agree(row.supplier, other.supplier)
            and agree(row.recipient, other.recipient)
            for other in story
        )
    ]


def without_summaries(rows: list[Row]) -> list[Row]:
    """Drop the general word that sums up an item of its sentence: "sent radars, the first arms it sold"."""
    return [row for i, row in enumerate(rows) if not any(_sums_up(row, other) for other in rows[:i])]


def _sums_up(row: Row, other: Row) -> bool:
    head, named = row.item.head, other.item.head
    # "tanks and other weapons" are two things.
    apart = head.dep_ == "conj" or any(c.lemma_.lower() in _MORE for c in head.children)
    return (
        _noun(row) in _GENERAL
        and row.item.quantity is None
        and row.item.designation is None
        and not apart
        and named.sent == head.sent
        and _noun(other) not in _GENERAL
        and _sides_alike(row, other)
        and row.deed.stage == other.deed.stage
    )


def _sides_alike(row: Row, other: Row) -> bool:
    pairs = ((row.supplier, other.supplier), (row.recipient, other.recipient))
    return all(a is not None and b is not None and agree(a, b) for a, b in pairs)


_GENERAL = frozenset("arm weapon weaponry arms equipment hardware materiel armament".split())
_MORE = frozenset("other more further additional".split())
