"""The words and the grammar that pronouns and bare descriptions go by.

What may be said of actors alone, what of things; where a noun phrase stands to a pronoun: in the clause that
governs it, around it, beside it; when "it" is empty and when a description points at somebody known.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.actors.titles import role_noun
from onrecord.attributions.speakers.discourse import HE, IT, THEY
from onrecord.events.arguments import SUBJECTS
from onrecord.record import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

IT_ALL = IT | {"itself"}
THEY_ALL = (THEY | {"themselves"}) - {"both"}
PRONOUNS = IT_ALL | THEY_ALL | frozenset(HE)
_RELATIVE = frozenset({"that", "which", "who"})
REFLEXIVE = frozenset({"itself", "themselves"})
POSSESSIVE = frozenset({"its", "their"})

CLIMB = 12
"""Steps that are taken up a sentence."""

_PARTS = {"nsubj": 1.0, "nsubjpass": 0.9, "ROOT": 0.6, "dobj": 0.5, "dative": 0.5, "poss": 0.4, "pobj": 0.35}
_OTHER_PART = 0.3
_BY_AGENT = 0.8

BODIES = frozenset(
    """
    administration agency alliance army assembly authority bank bloc board cabinet campaign club coalition
    commission committee company congress corporation council country court department directorate executive
    faction federation firm force fund government group institute institution kingdom legislature military
    ministry movement nation navy network newspaper organisation organization panel parliament party police
    power regime republic senate side state team treasury tribunal union
    """.split()
)
"""Nouns for bodies that act."""

PRIVATE = frozenset("BUS CVL EDU JRN MED REF".split())
"""PLOVER sectors of persons and groups that act for themselves."""

PEOPLE = frozenset(
    """
    people troops rebels militants insurgents forces allies americans civilians citizens critics voters men
    women children refugees migrants others families officials authorities leaders members
    """.split()
)
_HELD = frozenset(
    """
    adversary air-force ally ambassador armament army arsenal attack border capital citizen coast commitment
    decision defence defense demand economy embassy enemy envoy fleet foe force foreign government
    independence intelligence intention interest invasion leader leadership member military minister ministry
    navy negotiator neighbor neighbour obligation official parliament people pledge policy president promise
    refusal relation resolve right rival security soldier sovereignty support territory threat troop vow will
    willingness war
    """.split()
)
"""What states and bodies have, and things have not: "its army"."""

_ACTING = frozenset(
    """
    abandon accept accuse acknowledge admit agree announce annex appeal apologise apologize approve argue arm
    arrest ask attack back ban believe blame bomb build buy call claim commit concede condemn confirm consider
    criticise criticize decide declare decline defend demand denounce deny deploy deserve develop dispatch
    donate endorse expel fear fight fire grant help hope impose insist intend intervene invade invite join
    launch lift negotiate offer oppose order own pay plan pledge possess prefer promise propose protest
    provide publish pull purchase receive recognise recognize refuse reject renounce request resist respond
    retaliate say scrap seek seize sell send share ship sign spend strike submit supply support suspect
    suspend threaten try urge veto view violate vote vow want warn wish withdraw
    """.split()
)
"""Verbs whose subject is somebody."""

_TOWARDS_ACTORS = frozenset(
    """
    accuse arm ask attack blame condemn criticise criticize defend denounce invade persuade pressure
    punish sanction supply tell threaten urge warn help
    """.split()
)
"""Verbs whose object is somebody."""

OF_THINGS = frozenset("amount comprise consist contain cost entail include involve last occur weigh".split())
"""Verbs whose subject is a thing."""

_EMPTY = frozenset("be seem appear happen turn come remain become take make look rain snow".split())
PLURAL_NAMES = frozenset(
    "States Netherlands Philippines Emirates Maldives Bahamas Seychelles Islands".split()
)
NUMBERS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
ASIDE = frozenset({"compound", "amod", "nmod", "npadvmod", "appos", "nummod", "quantmod"})

_IGOS = {
    "alliance": frozenset({"nato", "alliance", "treaty"}),
    "bloc": frozenset({"eu", "union", "association", "asean", "league", "mercosur", "community", "bloc"}),
    "union": frozenset({"union", "eu"}),
    "organisation": frozenset[str](),
}
"""Bodies of states, with words of the names of those that are called so."""
_ANY_IGO = "organisation"

NOT_STATES = frozenset({"REB", "OPP", "UAF", "PRM"})
"""PLOVER sectors whose organisations do not act for the state that they are in."""


# --- grammar


def part_of(head: Token) -> float:
    """Say how present a noun phrase makes its actor, by the part that it plays in its clause."""
    token = first_of(head)
    agent = token.dep_ == "pobj" and token.head.dep_ == "agent"
    return _BY_AGENT if agent else _PARTS.get(token.dep_, _OTHER_PART)


def governs(head: Token, clauses: list[list[Token]], pronoun: Token) -> tuple[int | None, bool]:
    """Give how many clauses further out a noun's own is, and whether the noun is its subject.

    So is the noun that a relative clause belongs to, and who has what a pronoun stands in: "Iran's plan to
    send its army".
    """
    first = first_of(head)
    for level, verbs in enumerate(clauses):
        if first.head in verbs:
            return level, first.dep_ in SUBJECTS
        for verb in verbs:
            if verb.dep_ == "relcl" and verb.head == head:
                return level, any(c.dep_ in SUBJECTS and c.lower_ in _RELATIVE for c in verb.children)
    owner = first.dep_ == "poss" and first.head.is_ancestor(pronoun) and first.head != pronoun.head
    return (1 if owner else None), owner


def parallel_object(head: Token, pronoun: Token, own: list[Token]) -> bool:
    """Say whether noun and pronoun are objects of coordinated verbs: "thanked Peru and urged it"."""
    objects = ("dobj", "dative")
    return pronoun.dep_ in objects and head.dep_ in objects and head.head in own and head.head != pronoun.head


def first_of(head: Token) -> Token:
    """Give the first of coordinated nouns, which has the part of all of them."""
    for _ in range(CLIMB):
        if head.dep_ != "conj" or head.head.pos_ not in ("NOUN", "PROPN", "PRON"):
            break
        head = head.head
    return head


def is_main(head: Token) -> bool:
    """Say whether a noun stands with the verb of a main clause, or of what is said."""
    verb = first_of(head).head
    return verb.dep_ in ("ROOT", "conj", "ccomp")


def clauses_of(token: Token) -> Iterator[list[Token]]:
    """Give the verbs of the clauses around a word from the inside out, those with one subject together."""
    found: list[Token] = []
    for ancestor in islice(token.ancestors, CLIMB):
        if ancestor.pos_ not in ("VERB", "AUX"):
            continue
        found.append(ancestor)
        has_subject = any(c.dep_ in SUBJECTS for c in ancestor.children)
        if has_subject or ancestor.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep"):
            yield found
            found = []
    if found:
        yield found


def is_around(head: Token, pronoun: Token) -> bool:
    """Say whether a noun holds the pronoun in its own phrase: "the army of its neighbour" is not "it"."""
    if not head.is_ancestor(pronoun):
        return False
    between = pronoun
    while between != head:
        if between.pos_ in ("VERB", "AUX"):
            return False
        between = between.head
    return True


def is_empty(pronoun: Token) -> bool:
    """Say whether "it" stands for nothing: "it is clear that", "it seems", "it may take days to"."""
    if pronoun.lower_ != "it":
        return False
    verb = pronoun.head
    if pronoun.dep_ == "expl":
        return True
    kinds = {c.dep_ for c in verb.children if c.i > verb.i}
    if pronoun.dep_ in SUBJECTS and verb.lemma_.lower() in ("seem", "appear", "happen", "turn"):
        return True
    if pronoun.dep_ in SUBJECTS and verb.lemma_.lower() in _EMPTY:
        clause = kinds & {"ccomp", "xcomp", "csubj", "advcl", "acl", "relcl"}
        inner = any(c.dep_ in ("relcl", "acl", "xcomp", "ccomp") for k in verb.children for c in k.children)
        return bool(clause) or (bool(kinds & {"acomp", "attr"}) and inner)
    # "make it clear that", "found it hard to"
    return verb.pos_ == "ADJ" or (verb.dep_ == "ccomp" and verb.pos_ not in ("VERB", "AUX"))


def said_of_actors(pronoun: Token) -> bool:
    """Say whether the words around a pronoun are said of actors alone: "its army", "it agreed"."""
    head = pronoun.head
    if pronoun.dep_ == "poss":
        return head.lemma_.lower() in _HELD or role_noun(head) is not None
    if pronoun.dep_ in SUBJECTS:
        if pronoun.dep_ == "nsubjpass":
            return head.lemma_.lower() in _TOWARDS_ACTORS
        verbs = [head, *(c for c in head.children if c.dep_ == "xcomp" and head.lemma_ in ("have", "go"))]
        return any(v.lemma_.lower() in _ACTING for v in verbs)
    if pronoun.dep_ in ("dobj", "dative"):
        return head.lemma_.lower() in _TOWARDS_ACTORS or pronoun.dep_ == "dative"
    return False


def is_bare(head: Token) -> bool:
    """Say whether a description points at somebody known, and says nothing more of whom it means."""
    if not any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in head.children):
        return False
    return not any(
        c.dep_ in ("poss", "relcl", "acl", "nummod")
        or (c.dep_ == "appos" and c.i > head.i and head.nbor().text == ",")
        or (c.i > head.i and c.dep_ == "prep" and c.lower_ in ("of", "for", "from", "with"))
        or (c.i < head.i and c.dep_ in ("amod", "compound", "nmod"))
        for c in head.children
    )


def is_called(actor: Actor, noun: str) -> bool:
    """Say whether an organisation is such a body: by a word of its name, by its sector, or by what it is."""
    words = actor.name.lower().split()
    if (noun := noun.replace("organization", "organisation")) in _IGOS:
        return actor.sector == "IGO" and (noun == _ANY_IGO or bool(_IGOS[noun] & {*words}))
    if noun in ("group", "militia", "faction", "movement"):
        return actor.sector in NOT_STATES or noun in words
    return noun in words or (noun in ("company", "firm") and actor.sector == "BUS")
