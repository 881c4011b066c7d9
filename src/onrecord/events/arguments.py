"""Who does what to whom in the parse: the arguments of a verb or of a noun that names a deed.

Subjects are logical ones (the *by*-phrase of a passive, the possessor of "Iran's delivery"); subjects that
the sentence leaves out are found where English grammar puts them: with the governing verb ("plans to
sell"), with the first of coordinated verbs, in the noun that a relative clause belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_OBJECT_CONTROL = frozenset(
    """
    allow ask beg call cause convince direct enable encourage expect force get help implore instruct
    invite let make order permit persuade press pressure push require task tell train urge want warn
    """.split()
)
"""Verbs whose object is the one that does what the infinitive says: "asked Russia to supply"."""

_CHARGING = frozenset(
    """
    accuse acquit ban bar blame castigate charge condemn criticise criticize denounce deter discourage
    dissuade forgive frighten hinder keep praise prevent prohibit punish reproach stop suspect talk thank
    """.split()
)
"""Verbs whose object is the one that the gerund is said of: "accused Armenia of attacking"."""

HELPING = frozenset("help assist aid enable let support allow".split())

_DEPTH = 8
"""How far up a sentence missing arguments are looked for."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of an act as heads of noun phrases (coordinated ones each by itself).

    `obliques` are pairs of a preposition in lower case and the head of its noun phrase, the act's own
    first, then those of its object and, for a noun, of the verb that governs it.
    """

    act: Token
    agents: tuple[Token, ...] = ()
    themes: tuple[Token, ...] = ()
    datives: tuple[Token, ...] = ()
    obliques: tuple[tuple[str, Token], ...] = ()
    passive: bool = False

    def after(self, *prepositions: str) -> tuple[Token, ...]:
        """Give the noun phrases that follow one of these prepositions."""
        return tuple(token for preposition, token in self.obliques if preposition in prepositions)


def arguments(act: Token) -> Arguments:
    """Give the arguments of a verb, or of a noun that names a deed ("the delivery of tanks to Iraq")."""
    return of_verb(act) if act.pos_ in ("VERB", "AUX") else of_noun(act)


def coordinated(head: Token) -> tuple[Token, ...]:
    """Give a noun and those coordinated with it, in the order of the text."""
    found = [head]
    # Each conjunct hangs on the one before it.
    while len(found) < 20:
        following = [c for c in found[-1].children if c.dep_ == "conj" and c.pos_ not in ("VERB", "AUX")]
        if not following:
            break
        found.extend(following[:1])
    return tuple(found)


def prepositions(head: Token) -> Iterator[tuple[str, Token]]:
    """Give the prepositional arguments of a word, with those of a particle or preposition below it."""
    for child in head.children:
        if child.dep_ in ("prep", "agent", "dative", "prt") and child.pos_ in (
            "ADP",
            "SCONJ",
            "PART",
            "ADV",
            "VERB",
        ):
            yield from _objects(child, 0)


def _objects(preposition: Token, depth: int) -> Iterator[tuple[str, Token]]:
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp") and child.pos_ not in ("VERB", "AUX", "ADP"):
            yield from ((preposition.lower_, token) for token in coordinated(child))
        elif child.dep_ in ("prep", "pcomp", "conj") and child.pos_ in ("ADP", "SCONJ") and depth < 3:
            yield from _objects(child, depth + 1)


def is_passive(verb: Token) -> bool:
    """Say whether a verb is passive: with an auxiliary, or as a participle after a noun ("sent by Iran")."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if (
        verb.dep_ == "conj"
        and verb.tag_ == "VBN"
        and not any(c.dep_ in (*SUBJECTS, "aux") for c in verb.children)
    ):
        return verb.head.pos_ == "VERB" and is_passive(verb.head)
    return verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD")


def of_verb(verb: Token) -> Arguments:
    """Give the logical arguments of a verb."""
    passive = is_passive(verb)
    subjects = subject(verb)
    objects = tuple(t for c in verb.children if c.dep_ in ("dobj", "attr", "oprd") for t in coordinated(c))
    objects = tuple(_antecedent(t) for t in objects)
    datives = tuple(
        t for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP" for t in coordinated(c)
    )
    obliques = list(prepositions(verb))
    if passive:
        agents = tuple(t for p, t in obliques if p == "by")
        # "Iran was supplied with drones" and "Iran was sold drones": an object left beside a passive.
        return Arguments(
            verb, agents, subjects, (*datives, *objects), _with_themes(obliques, subjects), passive=True
        )
    place = any(c.lower_ in ("where", "when", "why", "whereby") for c in verb.children)
    if not objects and verb.dep_ == "relcl" and verb.head not in subjects and not place:
        objects = coordinated(verb.head)
    return Arguments(verb, subjects, objects, datives, _with_themes(obliques, objects), passive=False)


def _with_themes(
    obliques: list[tuple[str, Token]], themes: tuple[Token, ...]
) -> tuple[tuple[str, Token], ...]:
    """Add the phrases that the parse hung on the object: "delivered [tanks to Tehran]"."""
    return (*obliques, *(pair for theme in themes for pair in prepositions(theme) if pair[0] != "of"))


def subject(verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """Give the grammatical subject of a verb, its own or the one that it shares with another verb."""
    if depth > _DEPTH:
        return ()
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    if own:
        return tuple(_antecedent(t) for c in own[:1] for t in coordinated(c))
    head = verb.head
    if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD", "VBG"):
        return coordinated(head)
    if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN"):
        # "the right of troops to fire", "a decision by Congress to send"
        named = tuple(t for p, t in prepositions(head) if p in ("of", "by") and t.i < verb.i)
        return named or _holders(head, depth)
    if (
        verb.dep_ in ("xcomp", "advcl", "ccomp")
        and head.lemma_.lower() in _OBJECT_CONTROL
        and head.pos_ == "VERB"
    ):
        told = [c for c in head.children if c.dep_ in ("dobj", "dative") and c.i < verb.i and c.pos_ != "ADP"]
        if told:
            return tuple(t for c in told[:1] for t in coordinated(c))
    if verb.dep_ == "pcomp" and head.lower_ in ("of", "for", "from", "into"):
        charged = [c for c in head.head.children if c.dep_ in ("dobj", "nsubjpass") and c.i < verb.i]
        if charged and head.head.lemma_.lower() in _CHARGING:
            return tuple(t for c in charged[:1] for t in coordinated(c))
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "prep", "dep") and head != verb:
        governor = _verb_above(head)
        # "helped Tehran improve its radars by supplying": the helper supplies.
        if verb.dep_ == "pcomp" and governor is not None and governor.dep_ in ("xcomp", "ccomp"):
            governor = governor.head if governor.head.lemma_.lower() in HELPING else governor
        return subject(governor, depth + 1) if governor is not None else ()
    return _after_date(verb)


_MONTHS = frozenset(
    "January February March April May June July August September October November December".split()
)


def _after_date(verb: Token) -> tuple[Token, ...]:
    """Give the subject that the parse has run together with a date: "By April [Peru] had delivered"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.i < verb.i:
            for noun in child.children:
                dated = any(c.dep_ == "compound" and c.text in _MONTHS for c in noun.children)
                if noun.dep_ == "pobj" and noun.pos_ == "PROPN" and dated:
                    return coordinated(noun)
    return ()


def _verb_above(token: Token) -> Token | None:
    """Find the verb (or predicative adjective's verb) that a word hangs on."""
    for _ in range(_DEPTH):
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.head == token:
            return None
        token = token.head
    return None


def _antecedent(token: Token) -> Token:
    """Give the noun that a relative pronoun stands for, and any other word as it is."""
    if token.lower_ not in _RELATIVE:
        return token
    for ancestor in token.ancestors:
        if ancestor.dep_ == "relcl":
            return ancestor.head
    return token


def of_noun(noun: Token) -> Arguments:
    """Give the arguments of a noun that names a deed, with those of the verb that governs it."""
    obliques = list(prepositions(noun))
    agents = [t for c in noun.children if c.dep_ == "poss" for t in coordinated(c)]
    agents += [t for p, t in obliques if p == "by"]
    themes = [t for p, t in obliques if p == "of"]
    themes += [c for c in noun.children if c.dep_ in ("compound", "nmod") and c.pos_ in ("NOUN", "PROPN")]
    verb = governing_verb(noun)
    if verb is not None:
        obliques += [pair for pair in prepositions(verb) if pair not in obliques]
    for theme in themes:
        obliques += [pair for pair in prepositions(theme) if pair[0] != "of"]
    return Arguments(noun, tuple(agents), tuple(themes), (), tuple(obliques))


def modifiers(noun: Token) -> tuple[Token, ...]:
    """Give the words before a noun that may name its doer: "the [Iranian] drone deliveries"."""
    return tuple(c for c in noun.children if c.dep_ in ("amod", "compound", "nmod", "poss") and c.i < noun.i)


def holders(noun: Token) -> tuple[Token, ...]:
    """Give who does or holds what a noun names: its possessor, or the subject of the verb that governs it."""
    return _holders(noun, 0)


def _holders(noun: Token, depth: int) -> tuple[Token, ...]:
    own = tuple(t for c in noun.children if c.dep_ == "poss" for t in coordinated(c))
    if own or depth > _DEPTH:
        return own
    verb = governing_verb(noun)
    if verb is None:
        return ()
    if is_passive(verb):
        return tuple(t for p, t in prepositions(verb) if p == "by")
    return subject(verb, depth + 1)


def after_money(preposition: Token) -> bool:
    """Say whether "of" or "in" follows an amount of money, whose noun then is what the amount buys."""
    if preposition.i < 2 or preposition.lower_ not in ("of", "in"):
        return False
    before = preposition.doc[preposition.i - 1]
    return before.ent_type_ == "MONEY" or (before.lower_ in _LARGE and preposition.nbor(-2).like_num)


_LARGE = frozenset({"m", "mn", "bn", "tn"})


def governing_verb(noun: Token) -> Token | None:
    """Give the verb that a noun is the object or the passive subject of (also through "of" and "for")."""
    token = noun
    for _ in range(4):
        if token.dep_ in ("dobj", "nsubjpass", "attr") and token.head.pos_ in ("VERB", "AUX"):
            return token.head
        if token.dep_ == "pobj" and token.head.dep_ == "prep":
            above = token.head.head
            if above.pos_ in ("VERB", "AUX"):
                return above
            token = above
        elif token.dep_ == "conj":
            token = token.head
        else:
            return None
    return None
