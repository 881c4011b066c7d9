"""Words that judge a relation, and which way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.record import Predicate

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEW = frozenset(
    "historic innovation new novel novelty unequalled unmatched unparalleled unprecedented unrivalled".split()
)
_OLD = frozenset("age-old decades-old familiar longstanding long-standing old precedented routine".split())
WEAK = frozenset({"new", "old"})
_ALLIED = frozenset("alliance axis bloc".split())
_LASTING = frozenset(
    """
    durable enduring eternal everlasting indissoluble irreversible lasting long-lasting long-term permanent
    unbreakable unshakable unshakeable
    """.split()
)
_PASSING = frozenset(
    """
    brittle doomed ephemeral expedient fleeting fragile opportunistic precarious provisional short-lived
    short-term tactical temporary transactional transient
    """.split()
)

ENDURE = frozenset("endure last outlast outlive persist survive".split())
BREAK_UP = frozenset("collapse crumble dissolve fade founder unravel".split())
_AHEAD = frozenset("will would shall can could may might to 'll wo ca".split())
"""What stands before a verb that tells how long a relation will be."""

_JUDGED: tuple[tuple[Predicate, frozenset[str], bool], ...] = (
    ("unprecedented", _NEW, True),
    ("unprecedented", _OLD, False),
    ("alliance", _ALLIED, True),
    ("durable", _LASTING, True),
    ("durable", _PASSING, False),
)
"""Which words judge what, and whether they say yes."""


def judges(token: Token) -> Iterator[tuple[Predicate, bool]]:
    """Give what a word judges. A hyphenated word may be three tokens to the parser."""
    words = {token.lower_, token.lemma_.lower()}
    doc, i = token.doc, token.i
    if not token.whitespace_ and i + 2 < len(doc) and doc[i + 1].text == "-":
        words = {f"{token.lower_}-{doc[i + 2].lower_}"}
    if token.lemma_.lower() == "precedent" and token.pos_ == "NOUN":
        # "without precedent"; "has no precedent" is negated where negation is read.
        yield "unprecedented", token.head.lower_ == "without"
    for predicate, lexicon, says_yes in _JUDGED:
        if words & lexicon:
            yield predicate, says_yes
    if token.lower_ == "allies":
        yield "alliance", True
    if is_ahead(token):
        lemma = token.lemma_.lower()
        if lemma in ENDURE:
            yield "durable", True
        apart = lemma in ("fall", "come") and any(c.lower_ == "apart" for c in token.children)
        if lemma in BREAK_UP or apart:
            yield "durable", False
    if token.lower_ in ("decades", "centuries") and token.dep_ == "pobj" and token.head.lower_ == "for":
        yield "unprecedented", False


def is_ahead(verb: Token) -> bool:
    """Say whether a verb tells what will or may be."""
    return verb.pos_ == "VERB" and any(c.dep_ == "aux" and c.lower_ in _AHEAD for c in verb.children)
