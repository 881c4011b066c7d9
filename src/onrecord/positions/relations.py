"""Which states a sentence about a relation is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.events.arguments import SUBJECTS, coordinated, prepositions, subject
from onrecord.events.parties import Scene, parties
from onrecord.record import Party

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

RELATIONS = frozenset(
    """
    accord agreement alignment alliance arrangement axis bloc bond co-operation coalition collaboration
    cooperation entente friendship interaction pact partnership rapprochement relation relations
    relationship tie ties treaty union
    """.split()
)
"""Nouns for what stands between states."""

BODIES = frozenset({"bloc", "coalition", "union"})
"""Those that mostly name a body of many states, or parties at home, when they are said to last."""

NAMING = frozenset("brand call characterise characterize deem describe dub hail label term".split())
"""Verbs by which somebody else's judgement is told: "what Rome calls an alliance"."""


def main_pair(pairs: Sequence[tuple[Party, ...]]) -> tuple[Party, ...]:
    """Give the pair that most sentences are about: what "this partnership" means far from any name."""
    counts: dict[frozenset[str], list[tuple[Party, ...]]] = {}
    for pair in pairs:
        if pair:
            counts.setdefault(frozenset(p.country or p.name for p in pair), []).append(pair)
    return max(counts.values(), key=len)[0] if counts else ()


def pair_in(sentence: Span, scene: Scene, main: tuple[Party, ...] = ()) -> tuple[Party, ...]:
    """Give the two or more states whose relation a sentence speaks of, where they are plain.

    "This partnership" is not between two other states than the `main` ones that happen to be named beside it.
    """
    for token in sentence:
        if token.lemma_.lower() in RELATIONS:
            related = _related(token, scene)
            if len(related) > 1:
                return related
    for token in sentence:
        if token.dep_ in SUBJECTS:
            together = _states(coordinated(token), scene)
            # "neither Norway nor Spain would": two that are named for not being it
            apart = _points(sentence, _POINTING) or any(c.lower_ == "neither" for c in token.lefts)
            if len(together) > 1 and not (apart and _others(together, main)):
                return together
    if not any(token.lemma_.lower() in RELATIONS for token in sentence):
        return ()
    named = _named_in(sentence.start_char, sentence.end_char, scene)
    if len(named) != 2 or (_points(sentence, _POINTING | _DEFINITE) and _others(named, main)):
        return ()
    return named


_POINTING = frozenset({"this", "that", "these", "those"})
_DEFINITE = frozenset({"the"})


def _points(sentence: Span, words: frozenset[str]) -> bool:
    """Say whether a sentence points to a relation told before: "this partnership"."""
    relations = (token for token in sentence if token.lemma_.lower() in RELATIONS)
    return any(c.lower_ in words for token in relations for c in token.children if c.dep_ == "det")


def _others(named: Sequence[Party], main: Sequence[Party]) -> bool:
    """Say whether these are others than the states that the article is mainly about."""
    return bool(main) and {p.country for p in named} != {p.country for p in main}


def _related(relation: Token, scene: Scene) -> tuple[Party, ...]:
    """Give the states that a relation is between, surest first: beside it, then around its verb."""
    start = min((c.left_edge.idx for c in relation.children if c.i < relation.i), default=relation.idx)
    beside = list(_named_in(start, relation.idx, scene))
    beside += _states([n for p, n in prepositions(relation) if p in ("between", "with", "of")], scene)
    beside = list({p.country: p for p in beside}.values())
    if len(beside) > 1:
        return tuple(beside)
    verbs = [a for a in relation.ancestors if a.pos_ in ("VERB", "AUX") and a.lemma_.lower() not in NAMING]
    verb = next(iter(verbs), None)
    if verb is None:
        return tuple(beside)
    sides = [n for p, n in prepositions(verb) if p in ("with", "to")]
    sides += [c for c in verb.children if c.dep_ in ("dative", "dobj") and c.pos_ != "ADP"]
    around = [*_states(subject(verb), scene), *beside, *_states(sides, scene)]
    return tuple({p.country: p for p in around}.values())


def _states(heads: Sequence[Token], scene: Scene) -> tuple[Party, ...]:
    return tuple(p for p in parties(heads, scene) if p.country and p.actor and _is_state(p.actor, scene))


def _is_state(actor: str, scene: Scene) -> bool:
    found = scene.cast.by_id(actor)
    return found is not None and found.kind == "state"


def _named_in(start: int, end: int, scene: Scene) -> tuple[Party, ...]:
    named: dict[str, Party] = {}
    for words, actor in scene.cast.mentions_in(start, end) if start < end else ():
        if actor.kind == "state" and actor.country:
            one = Party(actor.id, actor.name, actor.country, actor.sector, words.span, words.text)
            named.setdefault(actor.country, one)
    return tuple(named.values())
