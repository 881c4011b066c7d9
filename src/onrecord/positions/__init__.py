"""Who stands where on a relation between actors: whether it is unprecedented, an alliance, durable.

A position is read from a word that judges ("unprecedented", "an axis", "short-lived") in what a voice says
about a relation ("partnership", "ties"). Negation, doubt and hedging around the word turn it into
disagreement or hedging. A question in the outlet's own voice is no position, and a voice that the text has
lost holds none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.article import Article, Mention
from onrecord.events.arguments import SUBJECTS
from onrecord.events.parties import Scene, parties, sentence_of
from onrecord.positions.phrases import Phrase, find_phrases
from onrecord.positions.relations import NAMING, main_pair, pair_in
from onrecord.positions.stances import (
    is_about_relation,
    is_distanced,
    is_nobody,
    is_ours,
    is_partly_nobody,
    read_stance,
)
from onrecord.positions.words import judges
from onrecord.record import Attribution, Party, Position, Predicate, Proposition, Speaker, Stance, identify

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_FAR = 8
"""How many words up the parse a judgement is followed."""


@dataclass(frozen=True, slots=True)
class _Judgement:
    """One word that judges a relation, with what it says of whom in whose voice."""

    predicate: Predicate
    stance: Stance
    subject: tuple[str, ...]
    names: tuple[str, ...]
    holder: Speaker | None
    voice: Attribution | None
    evidence: Mention


def find_positions(scene: Scene) -> tuple[Position, ...]:
    """Give one position for each holder and proposition, in the order of the text.

    Who both agrees and disagrees hedges.
    """
    grouped: dict[tuple[str, tuple[str, ...], Predicate], list[_Judgement]] = {}
    sentences = list(scene.doc.sents)
    main = main_pair([pair_in(sentence, scene) for sentence in sentences])
    pairs = [pair_in(sentence, scene, main) for sentence in sentences]
    told: tuple[Party, ...] = ()
    for i, sentence in enumerate(sentences):
        # Where a sentence names none, the pair that its paragraph has spoken of so far.
        told = pairs[i] or (told if i and "\n" not in sentences[i - 1].text else ())
        pair = told or main
        for one in _judgements(sentence, pair, scene):
            grouped.setdefault((_key(one.holder), tuple(sorted(one.subject)), one.predicate), []).append(one)
    return tuple(_position(scene.article, group) for group in grouped.values())


def _key(holder: Speaker | None) -> str:
    return "" if holder is None else holder.actor or holder.name


def _judgements(sentence: Span, pair: tuple[Party, ...], scene: Scene) -> Iterator[_Judgement]:
    phrases = list(find_phrases(sentence))
    for phrase in phrases:
        if not scene.skips(phrase.anchor):
            one = _judge(phrase, pair, scene)
            if one is not None:
                yield one
    for token in sentence:
        if any(phrase.covers(token) for phrase in phrases):
            continue
        if not token.is_alpha and "-" not in token.text:
            continue
        for predicate, says_yes in judges(token):
            if scene.skips(token) or not is_about_relation(token, predicate):
                continue
            one = _judge(Phrase(predicate, says_yes, token, token.i, token.i), pair, scene)
            if one is not None:
                yield one


def _judge(phrase: Phrase, pair: tuple[Party, ...], scene: Scene) -> _Judgement | None:
    token = phrase.anchor
    voice = scene.voices.at(token.idx, token.idx + len(token))
    above = [token, *list(token.ancestors)[:_FAR]]
    if is_ours(token):
        # "Our alliance does not depend on …": that it is one is taken for granted.
        above = [token]
    if is_partly_nobody(voice):
        return None
    if voice is None and _asked(token):
        return None
    if voice is None and is_distanced(above):
        return None
    known, holder = _holder(above, voice, scene)
    if not known:
        return None
    stance = read_stance(above, phrase, voice)
    about = tuple(p for p in pair if p.actor and (holder is None or p.actor != holder.actor))
    if stance is None or len(about) < 2:
        return None
    ids = tuple(p.actor for p in about if p.actor)
    names = tuple(p.name for p in about)
    evidence = sentence_of(token, scene) if voice is None else _content(token, voice)
    return _Judgement(phrase.predicate, stance, ids, names, holder, voice, evidence)


def _content(token: Token, voice: Attribution) -> Mention:
    return next(part for part in voice.content if part.start <= token.idx < part.end)


def _asked(token: Token) -> bool:
    return any(t.text == "?" for t in token.sent[-3:])


def _holder(above: Sequence[Token], voice: Attribution | None, scene: Scene) -> tuple[bool, Speaker | None]:
    """Give whether the holder is known, and the holder (null is the outlet)."""
    if is_nobody(voice):
        # "Nobody should call it that," she said: she holds it.
        outer = scene.voices.by_id(voice.within) if voice is not None else None
        return True, outer.speaker if outer is not None else None
    if voice is not None:
        if voice.speaker is not None:
            return True, voice.speaker
        return voice.source is not None, Speaker(None, voice.source.text) if voice.source else None
    for word in above:
        if word.lemma_.lower() in NAMING and word.pos_ == "VERB":
            named = parties([c for c in word.children if c.dep_ in SUBJECTS], scene)
            if named:
                one = named[0]
                return True, Speaker(one.actor, one.name, country=one.country)
            return not any(c.dep_ in SUBJECTS and c.lower_ != "one" for c in word.children), None
    return True, None


def _position(article: Article, group: Sequence[_Judgement]) -> Position:
    first = group[0]
    stances = {one.stance for one in group}
    stance: Stance = first.stance if len(stances) == 1 else "hedges"
    order = sorted(range(len(first.subject)), key=lambda i: first.names[i])
    actors = tuple(first.subject[i] for i in order)
    names = [first.names[i] for i in order]
    proposition = Proposition(
        id=identify(article, "proposition", (), first.predicate, *names),
        subject=actors,
        predicate=first.predicate,
        text=_sentence(names, first.predicate),
    )
    evidence = tuple(dict.fromkeys(one.evidence for one in group))
    return Position(
        id=identify(article, "position", evidence[:1], first.predicate, _name(first.holder), *names),
        proposition=proposition,
        holder=first.holder,
        stance=stance,
        attributions=tuple(dict.fromkeys(one.voice.id for one in group if one.voice is not None)),
        evidence=evidence,
    )


def _name(holder: Speaker | None) -> str:
    return "" if holder is None else holder.name


def _sentence(names: Sequence[str], predicate: Predicate) -> str:
    who = f"{', '.join(names[:-1])} and {names[-1]}"
    match predicate:
        case "unprecedented":
            return f"The relation between {who} is unprecedented"
        case "alliance":
            return f"The relation between {who} is an alliance"
        case "durable":
            return f"The relation between {who} is durable"
        case "other":
            return f"The relation between {who}"
