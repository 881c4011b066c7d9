"""Nouns for groups and bodies below the state, and where one stands for people that act or are acted upon."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from onrecord.data import table

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.actors.gazetteer import Hit


When = Literal["", "agent", "body", "own", "specific", "stated"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for a group or body; no sector says that it only looks like one ("market force").

    `when` says when it counts: always (nothing), also in the singular ("body"), where it does something and
    is no mere thing ("agent"), always but without a guess at its country ("own"), where it is counted or
    definite, else where the phrase states a country ("specific"), and only where it states one ("stated").
    """

    name: str
    sector: str
    when: When


QUANTITIES = set("dozen hundred thousand million score group crowd number majority ten member".split())
QUANTIFIERS = set("some several few many scores dozens hundreds thousands both other".split())
_NOBODY = {"no", "any", "every", "each", "neither", "all", "most", "more", "fewer"}
_MOVED = set(
    """
    send deploy withdraw pull station dispatch redeploy keep commit amass mass move contribute remove lead
    """.split()
)
_REMOVED = _MOVED | set("expel deport evict evacuate free rescue oust drive bar ban recall banish".split())
_TRADED = set(
    "buy sell order purchase supply deliver export import lease build produce make get receive".split()
)
_DESIGNATION = re.compile(r"[A-Za-z]{1,4}-?\d+\w*|jets?|stealth|combat|multirole|Rafale|Eurofighter|Typhoon")
_BESIDE = {"amod", "compound", "nmod", "poss", "nummod", "det", "quantmod", "predet", "punct", "npadvmod"}
_OBJECT_OF = set("by with against of from to for on at upon toward towards between".split())
_DASHES = {"-", "--", "–", "—"}
WIDEST = 12
"""Tokens of a noun phrase on each side of its head, so that time stays linear."""


@functools.cache
def sectors() -> dict[str, Noun]:
    """Give the nouns for groups and bodies, in lower case and the singular, of one word or two."""
    rows = table("collectives.tsv")
    return {row["noun"]: Noun(row["noun"], row["sector"], row["when"]) for row in rows}  # type: ignore[arg-type]


@functools.cache
def _by_last() -> dict[str, dict[str, Noun]]:
    """Give the nouns by their last word, then by the word before it (nothing for a noun of one word)."""
    found: dict[str, dict[str, Noun]] = {}
    for name, noun in sectors().items():
        before, _, last = name.rpartition(" ")
        found.setdefault(last, {})[before] = noun
    return found


def collective(head: Token) -> Noun | None:
    """Give what a noun says of a group: with the word before it ("riot officer"), else alone."""
    known, low = _by_last(), head.lower_
    nouns = known.get(head.lemma_.lower()) or known.get(low) or known.get(low.removesuffix("s"))
    if nouns is None:
        return None
    return nouns.get(_before(head)) or nouns.get("")


def _before(head: Token) -> str:
    """Give the singular of the word before a noun: of "teachers' union" the teacher."""
    i = head.i - 1
    while i > 0 and head.doc[i].tag_ == "POS":
        i -= 1
    return head.doc[i].lemma_.lower() if i >= 0 else " "


_NAMELESS = {"CRM", "CVL", "MIL", "REB", "REF", "UAF"}
"""Sectors of those whom the news seldom names one by one."""


def is_group(head: Token, noun: Noun, starts: Mapping[int, Hit]) -> bool:
    """Say whether a noun stands for people or a body that acts or is acted upon."""
    if not takes_part(head) or (head.tag_ in ("NNP", "NNPS") and not _may_be_common(head)):
        return False
    determiner = next((c for c in head.children if c.dep_ in ("det", "predet")), None)
    if determiner is not None and determiner.lower_ in _NOBODY:
        return False
    if noun.when == "agent":
        return _acts(head)
    if noun.name == "fighter" and (head.head.lemma_ in _TRADED or _is_aircraft(head)):
        return False
    if noun.name == "opposition" and any(c.lower_ in ("to", "from") for c in head.rights):
        return False
    if noun.name == "government" and head.tag_ in ("NNS", "NNPS"):
        return False  # the groups of `groups`
    plural = head.tag_ in ("NNS", "NNPS") or noun.name in ("people", "youth", "police")
    plural = plural or (head.tag_ == "NNP" and head.lower_ not in noun.name)
    if plural or noun.when == "body" or noun.name in ("crowd", "mob", "force"):
        return True
    if head.dep_ == "nsubj" and noun.sector not in _NAMELESS:
        return False  # "a New York judge ruled": one person, whom the article may name
    if determiner is None:
        return _numbered(head) or _led(head)
    if determiner.lower_ in ("a", "an", "another"):
        return True
    # "The Italian trader" is somebody new as an object; as a subject the article may mean a person it named.
    return head.dep_ in ("dobj", "nsubjpass", "pobj") and any(c.idx in starts for c in head.lefts)


def _led(head: Token) -> bool:
    """Say whether a nationality alone stands before a noun in the singular, as in a headline."""
    return head.i > head.sent.start and head.doc[head.i - 1].pos_ in ("ADJ", "PROPN") and head.dep_ == "nsubj"


def _may_be_common(head: Token) -> bool:
    """Say whether a capitalised noun may be none of a name: it begins its sentence, or is "MPs"."""
    if head.text.islower() or head.is_sent_start or head.text in ("MP", "MPs"):
        return True
    return head.doc[head.i - 1].is_punct or head.doc[head.i - 1].is_space


def _numbered(head: Token) -> bool:
    return any(c.dep_ == "nummod" for c in head.children)


def _is_aircraft(head: Token) -> bool:
    return any(c.i < head.i and _DESIGNATION.fullmatch(c.text) for c in head.children)


def role(head: Token) -> Token:
    """Give the word by which a noun hangs on its clause: itself, what it is joined to or counted by."""
    for _ in range(6):
        up = head.head
        if head.dep_ == "conj" and up.pos_ in ("NOUN", "PROPN"):
            head = up
        elif head.dep_ == "appos" and head.doc[head.left_edge.i - 1].text in _DASHES:
            head = up  # the parse of a dateline: "LAGOS - Rebels said"
        elif head.dep_ == "pobj" and up.lower_ == "of" and up.head.lemma_.lower() in QUANTITIES:
            head = up.head
        else:
            break
    return head


def takes_part(head: Token) -> bool:
    """Say whether a noun acts, is acted upon or owns: no mere place, measure or apposition."""
    head = role(head)
    if head.dep_ in ("pobj", "pcomp"):
        return head.head.lower_ in _OBJECT_OF
    return head.dep_ in ("nsubj", "nsubjpass", "dobj", "iobj", "dative", "poss")


def _acts(head: Token) -> bool:
    head = role(head)
    by = head.dep_ == "pobj" and head.head.lower_ == "by"
    return head.tag_ != "NN" and (by or (head.dep_ == "nsubj" and head.head.tag_ != "VBN"))


def first_word(head: Token) -> int:
    """Give the first token of a noun phrase, without articles, counts and pronouns."""
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.tag_ == "NNS" and child.dep_ == "compound":
            break  # "the corridors refugees use"
        if (
            child.dep_ not in _BESIDE
            or child.right_edge.i != start - 1
            or head.i - child.left_edge.i > WIDEST
        ):
            break
        start = child.left_edge.i
    while start < head.i and (_is_light(head.doc[start]) or _is_hyphened(head.doc[start])):
        start += 1
    return start


def _is_light(token: Token) -> bool:
    return (
        token.pos_ in ("DET", "PRON", "NUM", "PUNCT", "SPACE")
        or token.lower_ in QUANTIFIERS
        or token.tag_ == "POS"
        or token.dep_ in ("nummod", "quantmod", "det", "advmod")
    )


def _is_hyphened(token: Token) -> bool:
    """Say whether a word goes on one that is no part of the phrase: "5-year-old boy"."""
    return token.text == "old" or (token.i + 1 < len(token.doc) and token.lower_ == "year")


def is_specific(head: Token) -> bool:
    """Say whether people are these and no others: counted, or definite."""
    if role(head) is not head and head.dep_ == "pobj":
        return True
    return any(c.dep_ == "nummod" or c.lower_ in ("the", "several", "some", "dozens") for c in head.lefts)


def is_moved(head: Token) -> bool:
    """Say whether somebody moves a group about, so that the place after it is no home: "sent troops to"."""
    part = role(head)
    return part.dep_ in ("dobj", "nsubjpass") and part.head.lemma_ in _MOVED


def is_anothers(head: Token) -> bool:
    """Say whether somebody else stands behind a group: "rebels vetted by the United States"."""
    clauses = (c for c in head.rights if c.dep_ == "acl" and c.tag_ == "VBN")
    return any(c.dep_ == "agent" or c.lower_ == "by" for clause in clauses for c in clause.children)


def is_taken_away(head: Token) -> bool:
    """Say whether "from" is where a verb takes people away: "expelled workers from Chile"."""
    part = role(head)
    return part.dep_ in ("dobj", "nsubjpass") and part.head.lemma_ in _REMOVED
