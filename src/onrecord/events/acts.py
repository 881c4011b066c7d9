"""Deeds as words name them: verbs and nouns of PLOVER types, with the arguments that grammar gives them.

A deed needs a word that names it (`onrecord.events.plover`), somebody who does it and, unless all sides do
it together, somebody else whom it is done to. Where a side is not plain there is no deed: precision before
recall.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.events.arguments import Arguments, after_money, arguments, governing_verb, holders, modifiers
from onrecord.events.candidates import OBSERVERS
from onrecord.events.deeds import Deed
from onrecord.events.parties import Scene, nationality, parties
from onrecord.events.plover import (
    COMMISSIVE,
    ENDING,
    IDIOMS,
    LIGHT,
    OBJECTS,
    REVERSED,
    TRAVELLING,
    Sense,
    sense,
)
from onrecord.record import Attribution, EventType, Party

if TYPE_CHECKING:
    from spacy.tokens import Token

CONFIDENCE = {"verb": 0.7, "light": 0.65, "noun": 0.5}
"""How sure an event is by the rule that found it: a rank, not a calibrated probability."""

_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "PTY", "COP", "REB", "IGO", "OPP"})


def named_deeds(scene: Scene) -> Iterator[Deed]:
    """Give the deeds that words name, in the order of the text."""
    for token in scene.doc:
        deed = None if scene.skips(token) else _read(token, scene)
        if deed is not None:
            yield deed


def _read(token: Token, scene: Scene) -> Deed | None:
    """Read the deed that a word names; null where it names none or a side is missing."""
    meaning = sense(token)
    if meaning is None:
        return None
    voice = scene.voices.at(token.idx, token.idx + len(token))
    told = arguments(token)
    if not means_it(token):
        return None
    event, rule, tense = meaning.event, "verb", token
    if token.pos_ == "NOUN":
        verb = governing_verb(token)
        lemma = verb.lemma_.lower() if verb is not None else ""
        if verb is not None and lemma in ENDING and _is_object(token, verb):
            if event not in REVERSED:
                return None
            event, rule, tense = REVERSED[event], "light", verb
        elif verb is not None and lemma in LIGHT and _is_object(token, verb):
            if _same_deed(verb, event, scene):
                # "massed its forces" is one deed.
                return None
            rule, tense = "light", verb
        else:
            if meaning.governed:
                return None
            rule = "noun"
    source, recipient = _sides(told, meaning, rule, scene, voice)
    # What one side agrees to do for another is not yet an agreement between them.
    mutual = len(source) > 1 or bool(told.after("with") if event == "AGREE" else recipient)
    shared = meaning.reciprocal and event == meaning.event and mutual
    names = {p.country or p.name for p in source}
    recipient = tuple(p for p in recipient if (p.country or p.name) not in names)
    if shared and len(source) + len(recipient) > 1:
        return Deed(token, event, (*source, *recipient), (), True, tense, CONFIDENCE[rule])
    if not source or not recipient:
        return None
    return Deed(token, event, source, recipient, False, tense, CONFIDENCE[rule])


def _same_deed(verb: Token, event: EventType, scene: Scene) -> bool:
    """Say whether the verb that governs a noun names the same deed itself."""
    own = sense(verb)
    return own is not None and own.event == event and _read(verb, scene) is not None


def means_it(verb: Token) -> bool:
    """Say whether a verb has the subject or object that makes it a deed: "recalled its ambassador".

    Most words need none.
    """
    lemma = verb.lemma_.lower()
    if verb.pos_ != "VERB" or lemma not in OBJECTS.keys() | IDIOMS.keys() | TRAVELLING.keys():
        return True
    told = arguments(verb)
    objects = {t.lemma_.lower() for t in told.themes}
    if lemma in OBJECTS and not objects & OBJECTS[lemma]:
        return False
    if objects & IDIOMS.get(lemma, frozenset()):
        return False
    return lemma not in TRAVELLING or any(
        t.lemma_.lower() in TRAVELLING[lemma] or t.ent_type_ == "PERSON" for t in told.agents
    )


def _is_object(noun: Token, verb: Token) -> bool:
    """Say whether a noun is the object of a verb, itself or as "a round of", "some of", "$5 million in"."""
    if noun.dep_ in ("dobj", "nsubjpass"):
        return True
    above = noun.head.head
    if noun.dep_ == "pobj" and above == verb and after_money(noun.head):
        return True
    if noun.dep_ != "pobj" or above.head != verb or above.dep_ not in ("dobj", "nsubjpass"):
        return False
    if above.ent_type_ == "MONEY":
        return noun.head.lower_ in ("in", "of")
    return noun.head.lower_ == "of" and above.lemma_.lower() in _PARTS


_PARTS = frozenset(
    "array batch bunch lot number package raft round series set slew some string succession wave".split()
)


def _sides(
    told: Arguments, meaning: Sense, rule: str, scene: Scene, voice: Attribution | None
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    doers: list[Sequence[Token]] = [told.agents]
    if told.act.pos_ == "NOUN":
        doers.append([w for w in modifiers(told.act) if nationality(w, scene)])
        if rule == "light":
            doers.append(holders(told.act))
    between = told.after("between") if "between" in meaning.prepositions else ()
    source = _states(between, scene, voice)
    for heads in doers:
        source = source or _states(heads, scene, voice)
    others = [t for t in told.after(*meaning.prepositions) if t not in between]
    recipient: tuple[Party, ...] = ()
    if meaning.object and told.act.pos_ == "VERB":
        recipient = _states((*told.themes, *told.datives), scene, voice, possessed=True)
    recipient = recipient or _states(others, scene, voice, possessed=True)
    if not recipient and rule == "light":
        # "gave Peru aid"
        verb = governing_verb(told.act)
        given = arguments(verb).datives if verb is not None else ()
        recipient = _states(given, scene, voice)
    if not recipient and meaning.event == "REQUEST":
        recipient = _states(_asked(told.act), scene, voice)
    if not recipient and meaning.event in COMMISSIVE:
        recipient = _states(_committed(told.act), scene, voice, possessed=True)
    return source, recipient


def _asked(act: Token) -> tuple[Token, ...]:
    """Give who is to do what is demanded: "demanded that Peru release them"."""
    clauses = (c for c in act.children if c.dep_ == "ccomp" and c.pos_ in ("VERB", "AUX"))
    return tuple(n for c in clauses for n in c.children if n.dep_ in ("nsubj", "nsubjpass"))


def _committed(act: Token) -> tuple[Token, ...]:
    """Give whom a threat or offer is about: "threatened to break off ties with", "offered to give to"."""
    for child in act.children:
        if child.dep_ == "xcomp" and child.pos_ == "VERB":
            inner = arguments(child)
            return (*inner.datives, *inner.after("to", "with", "against", "on", "from"), *inner.themes)
    return ()


def _states(
    heads: Sequence[Token], scene: Scene, voice: Attribution | None, *, possessed: bool = False
) -> tuple[Party, ...]:
    """Give the parties that act for a state or an organisation; `possessed`: things of theirs count too."""
    official = [h for h in heads if h.lemma_.lower() not in OBSERVERS]
    return tuple(p for p in parties(official, scene, voice) if _acts(p, scene, possessed=possessed))


def _acts(one: Party, scene: Scene, *, possessed: bool) -> bool:
    actor = scene.cast.by_id(one.actor) if one.actor else None
    if actor is None or actor.kind == "state":
        return True
    if actor.kind == "person":
        return actor.country is not None and (possessed or actor.sector in _OFFICIAL)
    return actor.sector in _OFFICIAL
