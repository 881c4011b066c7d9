"""Who is meant by a description: *the senator*, *the Ghanaian minister*, *Holt's lawyer*, *a judge*.

A description fits a person of whom the article has stated such an office, and against whom nothing in it
speaks: another state, another party, another gender, an office long left.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.actors.gazetteer import find_names, given_names
from onrecord.actors.titles import HONORIFICS, ROLE_NOUNS, role_noun
from onrecord.record import Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

_SAME = (
    "analyst expert scholar researcher fellow academic observer author professor specialist historian",
    "sen senator lawmaker legislator",
    "rep representative congressman congresswoman lawmaker legislator",
    "gov governor",
    "candidate nominee frontrunner front-runner hopeful contender",
    "lawyer attorney counsel",
    "spokesman spokeswoman spokesperson",
    "judge justice",
    "gen general",
    "businessman businesswoman billionaire mogul developer tycoon entrepreneur",
    "doctor physician",
    "journalist reporter correspondent columnist writer",
    "chairman chairwoman chairperson chair",
    "envoy ambassador diplomat",
)
"""Nouns that an article may use for one person in turn."""

_FEMALE = frozenset(
    """
    spokeswoman congresswoman chairwoman businesswoman assemblywoman councilwoman woman mother wife widow
    daughter sister girl grandmother queen princess actress lady niece aunt
    """.split()
)
_MALE = frozenset(
    """
    spokesman congressman chairman businessman assemblyman councilman man father husband widower son brother
    boy grandfather king prince actor gentleman nephew uncle
    """.split()
)
_PEOPLE = (
    _FEMALE
    | _MALE
    | frozenset("friend neighbor neighbour colleague relative person victim survivor user".split())
)
_LEFT = frozenset("former ex onetime late".split())
_PARTIES = {
    "republican": "republican", "gop": "republican", "democratic": "democrat", "democrat": "democrat",
    "conservative": "conservative", "tory": "conservative", "labour": "labour", "libertarian": "libertarian",
}  # fmt: skip
_OFFICE_ENDS = re.compile(r"\s(?:of|for|to|at|in|on|with|from|who|that|and|,)\s|,|\(")
_OWNER = re.compile(r"^.*['’]s?\s")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


_CHAIN = 8
"""Names joined in one list that are followed to its head: an endless list must not take endless time."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a noun phrase says of the one whom it means.

    `determined` by an article or owner that points at somebody known; `bare` as in headlines; `owner` is the
    last word of whoever stands before *'s*.
    """

    noun: str
    determined: bool
    bare: bool
    left: bool
    owner: str | None
    countries: frozenset[str]
    party: str | None

    @property
    def gender(self) -> str:
        """Give "m" or "f" where the noun tells it."""
        return gender_of(self.noun)


def gender_of(noun: str) -> str:
    """Give "m" or "f" where a noun tells the gender: *spokesman* tells it, *doctor* does not."""
    return "f" if noun in _FEMALE else "m" if noun in _MALE else ""


def describes_person(token: Token) -> str | None:
    """Give the noun for what one person is or does, None where the token is none or plural."""
    if token.tag_ not in ("NN", "NNP"):
        return None
    if token.lower_.endswith("s") and role_noun(token) == token.lower_[:-1]:
        return None  # "Attorneys" at the head of a sentence, which the tagger takes for a name
    return role_noun(token) or (token.lower_ if token.lower_ in _PEOPLE else None)


def head_of(words: Words) -> Token:
    """Give the noun that a noun phrase is about: its root, or the last before a pause where that is none.

    A headline such as *…, federal judge rules* is often read as one compound.
    """
    root = words.root
    if root.pos_ in ("NOUN", "PROPN", "PRON") and root.dep_ != "compound":
        return root
    head = None
    for token in words:
        if head is not None and (token.pos_ in ("ADP", "VERB", "AUX", "PRON") or token.text in ",(:"):
            break
        head = token if token.pos_ in ("NOUN", "PROPN") else head
    return root if head is None else head


def description(words: Words, head: Token) -> Description | None:
    """Read a noun phrase with this head; None where it describes no single person."""
    noun = describes_person(head)
    if noun is None:
        return None
    before = [t for t in words if t.i < head.i]
    possessive = next((i for i in range(len(before) - 1, -1, -1) if before[i].tag_ in ("POS", "PRP$")), None)
    owner = None
    if possessive is not None:
        marked = before[possessive].tag_ == "POS" and possessive > 0
        owner = (before[possessive - 1] if marked else before[possessive]).lower_
    first = words[0].lower_
    text = words.text
    return Description(
        noun=noun,
        determined=first in ("the", "this", "that") or possessive is not None,
        bare=first not in ("a", "an", "another", "one", "some", "no") and possessive is None,
        left=any(t.lower_ in _LEFT for t in before),
        owner=owner,
        countries=frozenset(
            h.fact.country for h in find_names(text) if h.fact.country and h.fact.kind == "state"
        ),
        party=next((_PARTIES[t.lower_] for t in before if t.lower_ in _PARTIES), None),
    )


def offices(role: str) -> tuple[str, ...]:
    """Give the nouns of an office: of *campaign manager for Senator X* only the manager."""
    own = _OWNER.sub("", _OFFICE_ENDS.split(f"{role} ")[0])
    words = [w.lower() for w in _WORD.findall(own)]
    return tuple(w for w in words if w in ROLE_NOUNS or w in _PEOPLE)


def titles(doc: Doc, actor: Actor) -> frozenset[str]:
    """Give the nouns for what a person is that stand right before the name anywhere: *Rep.*, *Justice*.

    Of *Presidents X and Y* both are presidents.
    """
    found: set[str] = set()
    for m in actor.mentions:
        words = doc.char_span(*m.span, alignment_mode="expand")
        if words is None or not len(words):
            continue
        first = words.root
        joined = first.dep_ == "conj" or any(c.dep_ == "conj" for c in first.children)
        for _ in range(_CHAIN):
            first = first.head if first.dep_ == "conj" and first.head.i < first.i else first
        start = min(
            words.start,
            *(t.i for t in first.lefts if t.dep_ == "compound" and t.ent_type_ == "PERSON"),
            first.i,
        )
        for end in (words.start, start) if joined else (words.start,):
            run = itertools.takewhile(
                lambda t: role_noun(t) is not None, reversed(list(doc[max(0, end - 4) : end]))
            )
            found.update(role_noun(t) or "" for t in run if joined or describes_person(t))
    return frozenset(found)


def called(actor: Actor, named: frozenset[str]) -> frozenset[str]:
    """Give the nouns that a person may be called by: of the role, of the titles, and those alike."""
    stated = {form for office in (*offices(actor.role or ""), *named) for form in _alike(office)}
    return frozenset(
        stated - {"attorney", "lawyer", "counsel"} if {"attorney", "general"} <= stated else stated
    )


def fits(actor: Actor, named: frozenset[str], meant: Description, genders: dict[str, str]) -> bool:
    """Say whether nothing that the article has stated speaks against a person being meant.

    `named` are the titles that stand before the name, besides the role.
    """
    role = actor.role or ""
    words = {w.lower() for w in _WORD.findall(role)}
    if bool(words & _LEFT) != meant.left and meant.noun not in named:
        return False
    if meant.gender and genders.get(actor.id, meant.gender) != meant.gender:
        return False
    if meant.countries and actor.country is not None and actor.country not in meant.countries:
        return False
    parties = {_PARTIES[w] for w in words if w in _PARTIES}
    if meant.party and parties and meant.party not in parties:
        return False
    # "Holt's lawyer" is nobody whose role does not say whose.
    pronoun = meant.owner in ("his", "her", "their", "its", "my", "our", None)
    return pronoun or meant.owner in words


def _alike(noun: str) -> Iterator[str]:
    yield noun
    for group in _SAME:
        if noun in group.split():
            yield from group.split()


def genders(text: str, actors: Iterable[Actor]) -> tuple[dict[str, str], dict[str, str]]:
    """Give "m" or "f" for persons, by what the article says of them and by a common first name alone."""
    told: dict[str, str] = {}
    likely: dict[str, str] = {}
    for actor in actors:
        if actor.kind == "person":
            known = given_names().get(actor.name.split()[0])
            if gender := _told(text, actor):
                told[actor.id] = gender
            elif known is not None and known.gender:
                likely[actor.id] = known.gender
    return told, likely


def _told(text: str, actor: Actor) -> str:
    """Read the gender off forms of address (*Mrs. Holt*) and the office (*spokeswoman*)."""
    for m in actor.mentions:
        before = (text[max(0, m.start - 7) : m.start].split() or [""])[-1]
        for word in (before, m.text.split()[0]):
            if gender := HONORIFICS.get(word, ""):
                return gender
    return next((g for office in offices(actor.role or "") if (g := gender_of(office))), "")
