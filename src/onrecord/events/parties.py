"""Noun phrases → the states and organisations that take part in a deed.

A phrase stands for the actor that its head names, else for the one that its nationality, possessor or
*of*-phrase names ("the Iranian air force", "a plant of Russia's"). Pronouns are resolved only where the
sentence makes them plain: to the subject of the clause that governs theirs, or to the speaker whose words
they stand in.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.actors import Cast
from onrecord.actors.gazetteer import facts
from onrecord.actors.titles import role_noun
from onrecord.article import Article, Mention, mention
from onrecord.attributions.speakers.describing import Description, description
from onrecord.attributions.speakers.discourse import HE
from onrecord.events.anaphora import BODIES, NOT_STATES, PRIVATE, PRONOUNS, is_bare, is_called
from onrecord.events.arguments import SUBJECTS, coordinated, prepositions
from onrecord.events.pronouns import Antecedents
from onrecord.events.status import Voices
from onrecord.record import Actor, Attribution, Party, When

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OWN = frozenset("we us our ours".split())
_COUNTRIES = frozenset(
    "country nation government state side army military force ministry kingdom republic".split()
)
_OF_STATES = frozenset("country nation kingdom republic".split())
_PAIR = frozenset(
    "country nation side state government neighbour neighbor party power capital ally leader".split()
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What every finder reads: the article, its parse, its actors, its dates (in order) and its voices."""

    article: Article
    doc: Doc
    cast: Cast
    dates: Sequence[When] = ()
    voices: Voices = field(default_factory=Voices)
    read: list[Antecedents] = field(default_factory=list, init=False, repr=False, compare=False)
    """Who is present where: nothing until a pronoun or description first asks."""
    resolved: dict[tuple[int, str | None], tuple[Party, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Whom a head stands for in a voice, once it has been asked."""

    def skips(self, token: Token) -> bool:
        """Say whether a word stands in furniture."""
        return any(f.span[0] <= token.idx < f.span[1] for f in self.article.furniture)


def party(actor: Actor, scene: Scene, start: int, end: int) -> Party:
    """Give an actor as party with the words that name it; armed groups do not count as their state."""
    country = None if actor.kind == "organisation" and actor.sector in NOT_STATES else actor.country
    return Party(actor.id, actor.name, country, actor.sector, (start, end), scene.article.text[start:end])


def parties(heads: Sequence[Token], scene: Scene, voice: Attribution | None = None) -> tuple[Party, ...]:
    """Give the parties that noun phrases stand for, each country or name once, in the order of the text."""
    found: dict[str, Party] = {}
    for head in heads:
        asked = head.i, None if voice is None else voice.id
        if asked not in scene.resolved:
            scene.resolved[asked] = _resolve(head, scene, voice)
        for one in scene.resolved[asked]:
            found.setdefault(one.country or one.name, one)
    return tuple(found.values())


def _resolve(head: Token, scene: Scene, voice: Attribution | None) -> tuple[Party, ...]:
    if head.lower_ in PRONOUNS or head.lower_ in _OWN:
        return _pronoun(head, scene, voice)
    members = _members(head, scene) or _both_nationals(head, scene)
    if members:
        return members
    own = None if _is_unnamed(head, scene) else _named(head, scene)
    if own is not None:
        return (own,)
    if _is_pair(head):
        return _pair(head, scene)
    if head.lemma_.lower() in _COUNTRIES:
        possessor = next((c for c in head.children if c.dep_ == "poss" and c.lower_ in PRONOUNS | _OWN), None)
        if possessor is not None:
            return _pronoun(possessor, scene, voice)
    if head.lemma_.lower() in BODIES:
        return _antecedents(scene).meant(head)
    return _described(head, scene)


def _members(head: Token, scene: Scene) -> tuple[Party, ...]:
    """Give the states that a group has as members ("the two countries"), where the text gives them."""
    end = head.idx + len(head)
    group = scene.cast.at(head.idx, end)
    if group is None or group.kind != "group":
        return ()
    known = (scene.cast.by_id(member) for member in group.members)
    return tuple(party(actor, scene, head.idx, end) for actor in known if actor is not None)


def _both_nationals(head: Token, scene: Scene) -> tuple[Party, ...]:
    """Give both states of "Peruvian and Chilean ships"."""
    for child in head.children:
        if child.dep_ in ("amod", "nmod", "compound") and child.i < head.i:
            both = (nationality(word, scene) for word in coordinated(child))
            found = tuple(one for one in both if one is not None)
            if len(found) > 1:
                return found
    if head.tag_ in ("NNS", "NNPS") and _at(scene, head.idx, head.idx + len(head)) is None:
        # "the ministers of Peru and Chile"
        owners = [_at_phrase(noun, scene) for p, noun in prepositions(head) if p == "of" and noun.i > head.i]
        named = tuple(one for one in owners if one is not None)
        return named if len(named) > 1 else ()
    return ()


def _named(head: Token, scene: Scene) -> Party | None:
    """Give the actor that a phrase names by its head, before its head, or after "of"."""
    end = head.idx + len(head)
    found = _at(scene, head.idx, end)
    if found is not None:
        return found
    start = min((c.left_edge.idx for c in head.children if c.i < head.i and _describes(c)), default=head.idx)
    before = scene.cast.mentions_in(start, head.idx) if start < head.idx else ()
    for words, actor in reversed(before):
        if _stands(actor) and not _made(scene.article.text, words.end):
            return party(actor, scene, words.start, words.end)
    for preposition, noun in prepositions(head):
        if preposition in ("of", "in") and noun.i - head.i < 8 and (named := _at_phrase(noun, scene)):
            return named
    for child in head.children:
        if child.dep_ == "appos" and child.i - head.i < 8 and (named := _at_phrase(child, scene)):
            return named
    return None


def _at_phrase(noun: Token, scene: Scene) -> Party | None:
    start = min((c.idx for c in noun.children if c.i < noun.i and _describes(c)), default=noun.idx)
    return _at(scene, noun.idx, noun.idx + len(noun)) or _at(scene, start, noun.idx + len(noun))


def _describes(child: Token) -> bool:
    return child.dep_ in ("compound", "amod", "nmod", "poss", "det", "nummod", "npadvmod")


def _at(scene: Scene, start: int, end: int) -> Party | None:
    mentions = [(m, a) for m, a in scene.cast.mentions_in(start, end) if _stands(a)]
    if not mentions:
        return None
    words, actor = max(mentions, key=lambda pair: (pair[0].end - pair[0].start, pair[0].start))
    return party(actor, scene, words.start, words.end)


def _stands(actor: Actor) -> bool:
    """Say whether an actor can be party to a deed between states."""
    return actor.country is not None or actor.kind == "organisation"


def _made(text: str, end: int) -> bool:
    """Say whether a nationality is followed by "-made", "-built": it tells the origin of a thing."""
    return text[end : end + 1] in ("-", "–") and text[end + 1 : end + 2].islower()


def _is_pair(head: Token) -> bool:
    if head.lemma_.lower() not in _PAIR and head.lower_ != "both":
        return False
    return head.lower_ == "both" or any(c.lower_ in ("two", "both") for c in head.children)


def _pair(head: Token, scene: Scene) -> tuple[Party, ...]:
    """Give both parties of "the two countries", where the sentence so far names two states and no more."""
    sentence = head.sent
    named: dict[str, Party] = {}
    for words, actor in scene.cast.mentions_in(sentence.start_char, head.idx):
        if actor.kind == "state" and actor.country:
            named.setdefault(actor.country, party(actor, scene, words.start, words.end))
    return tuple(named.values()) if len(named) == 2 else ()


def _pronoun(pronoun: Token, scene: Scene, voice: Attribution | None) -> tuple[Party, ...]:
    if pronoun.lower_ in _OWN:
        return _speaker(voice, scene)
    if pronoun.lower_ not in HE:
        return _antecedents(scene).meant(pronoun)
    known = _antecedents(scene).person(pronoun)
    actor = scene.cast.by_id(known[0]) if known is not None else None
    if known is None or actor is None or not _stands(actor) or actor.sector in PRIVATE:
        return ()
    return (party(actor, scene, *known[1]),)


def _antecedents(scene: Scene) -> Antecedents:
    """Give who is present where, read once for a scene."""
    if not scene.read:
        scene.read.append(
            Antecedents(
                scene.doc,
                scene.cast,
                scene.voices,
                lambda head: _by_name(head, scene),
                lambda head: _described(head, scene),
            )
        )
        scene.read[0].read()
    return scene.read[0]


def _by_name(head: Token, scene: Scene) -> tuple[Party, ...]:
    named = _members(head, scene) or _both_nationals(head, scene)
    own = None if named or _is_unnamed(head, scene) else _named(head, scene)
    return (own,) if own is not None else named


def _is_unnamed(head: Token, scene: Scene) -> bool:
    """Say whether a phrase is "the government" alone, which the discourse must tell."""
    actor = scene.cast.at(head.idx, head.idx + len(head))
    group = actor is not None and actor.kind == "group"
    return group and head.lemma_.lower() in BODIES and is_bare(head)


def _described(head: Token, scene: Scene) -> tuple[Party, ...]:
    """Give whom a bare description stands for: "the country", "the administration", "the president"."""
    if head.tag_ not in ("NN", "NNP") or not is_bare(head):
        return ()
    present, noun = _antecedents(scene), head.lemma_.lower()
    if role_noun(head) is not None:
        return _in_office(description(scene.doc[head.left_edge.i : head.i + 1], head), head, scene)
    if noun in _OF_STATES:
        return present.present(head, lambda one: len(one.parties) == 1 and _is_state(one.parties[0], scene))
    if noun not in BODIES:
        return ()
    bodies = [a for a in scene.cast.actors if a.kind == "organisation" and is_called(a, noun)]
    before = [a for a in bodies if a.mentions[0].start < head.idx]
    if len(before) == 1:
        last = max((m for m in before[0].mentions if m.start < head.idx), key=lambda m: m.start)
        return (party(before[0], scene, *last.span),)
    if len(before) > 1:
        ids = {a.id for a in before}
        return present.present(head, lambda one: len(one.parties) == 1 and one.parties[0].actor in ids)
    if same := present.same_head(head):
        return same
    if noun == "administration":
        return _in_office(_PRESIDENT, head, scene)
    if noun not in _COUNTRIES:
        return ()
    return present.present(head, lambda one: len(one.parties) == 1 and _is_state(one.parties[0], scene))


_PRESIDENT = Description("president", True, False, False, None, frozenset(), None)


def _in_office(meant: Description | None, head: Token, scene: Scene) -> tuple[Party, ...]:
    """Give the person whom a description by office means."""
    known = _antecedents(scene).discourse.described(meant, head.left_edge.idx) if meant is not None else None
    if known is None or not _stands(known[0]) or known[0].sector in PRIVATE:
        return ()
    return (party(known[0], scene, head.idx, head.idx + len(head)),)


def _is_state(one: Party, scene: Scene) -> bool:
    actor = scene.cast.by_id(one.actor) if one.actor else None
    return actor is not None and actor.kind == "state"


def _speaker(voice: Attribution | None, scene: Scene) -> tuple[Party, ...]:
    if voice is None or voice.speaker is None or voice.speaker.country is None or voice.source is None:
        return ()
    speaker, (start, end) = voice.speaker, voice.source.span
    return (
        Party(
            speaker.actor, speaker.name, speaker.country, None, (start, end), scene.article.text[start:end]
        ),
    )


@functools.cache
def _state_names() -> frozenset[str]:
    return frozenset(
        name for name, fact in facts() if fact.kind == "state" and fact.form in ("name", "capital", "seat")
    )


def is_state_name(word: str) -> bool:
    """Say whether a word is a state's name or capital and not its adjective: "Iran", but not "Iranian"."""
    return word in _state_names()


def nationality(word: Token | None, scene: Scene) -> Party | None:
    """Give the state that one word names ("Swedish")."""
    return None if word is None else _at(scene, word.idx, word.idx + len(word))


def nationalities(scene: Scene) -> frozenset[int]:
    """Give the indices of all words that name a state or its people."""
    found: set[int] = set()
    for actor in scene.cast.actors:
        if actor.kind != "state":
            continue
        for words in actor.mentions:
            span = scene.doc.char_span(words.start, words.end, alignment_mode="expand")
            if span is not None:
                found.update(range(span.start, span.end))
    return frozenset(found)


def nearest_date(act: Token, scene: Scene) -> When | None:
    """Give the date of an act: the nearest in its sentence that the parse ties to its own clause.

    A date in other words than those of the voice that tells the act belongs to the telling: "On 2 May a
    spokesman said that Iran could supply" dates the statement.
    """
    sentence = act.sent
    first = bisect_left(scene.dates, sentence.start_char, key=lambda d: d.mention.start)
    last = bisect_left(scene.dates, sentence.end_char, key=lambda d: d.mention.start)
    voice = scene.voices.at(act.idx, act.idx + len(act))
    clause = _clauses(act)
    inside = (
        date
        for date in scene.dates[first:last][:_MOST_DATES]
        if not _tells_when_said(date, voice)
        and scene.voices.at(*date.mention.span) == voice
        and _dates(date, clause, scene)
    )
    return min(inside, key=lambda d: (abs(d.mention.start - act.idx), d.mention.start), default=None)


def _tells_when_said(date: When, voice: Attribution | None) -> bool:
    """Say whether a date follows the word that reports a voice: "said on Monday it had sent"."""
    return voice is not None and voice.cue is not None and 0 <= date.mention.start - voice.cue.end <= _GAP


_GAP = 5
_MOST_DATES = 40
"""How many dates of one sentence are looked at, so that time stays linear."""

_SHARED = frozenset({"xcomp", "pcomp", "prep", "advcl", "acl", "conj", "dobj", "pobj", "nsubjpass", "attr"})
"""Ties by which a clause has the time of the one that governs it: "agreed in May to sell"."""


def _clauses(act: Token) -> dict[int, int]:
    """Give the words whose dates are those of an act: the index, and where a date must begin at the latest.

    A coordinated verb has its own time, unless the date stands before both: "In May it met A and visited B".
    """
    words = {act.i: _NEVER}
    token, latest = act, _NEVER
    for _ in range(_CLIMB):
        head = token.head
        finite = token.dep_ == "acl" and token.tag_ in ("VBD", "VBN")
        if head == token or token.dep_ not in _SHARED | {"nsubj", "compound"} or finite:
            break
        own_subject = token.pos_ in ("VERB", "AUX") and any(c.dep_ in SUBJECTS for c in token.children)
        if own_subject and token.dep_ in ("advcl", "nsubj"):
            break
        if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"):
            latest = min(latest, head.idx)
        token = head
        words[token.i] = latest
    return words


_CLIMB = 8
_NEVER = 2**63


def _dates(date: When, clause: dict[int, int], scene: Scene) -> bool:
    """Say whether a date hangs on one of the words of a clause, nouns between them let through."""
    span = scene.doc.char_span(date.mention.start, date.mention.end, alignment_mode="expand")
    if span is None:
        return False
    if any(f.span[0] <= date.mention.start < f.span[1] for f in scene.article.furniture):
        return False
    token = span.root
    for _ in range(_CLIMB):
        if token.i in clause:
            return date.mention.start < clause[token.i]
        if token.pos_ in ("VERB", "AUX") or token.head == token:
            return False
        token = token.head
    return False


def sentence_of(act: Token, scene: Scene) -> Mention:
    """Give the sentence of an act, without the space around it."""
    sentence = act.sent
    text = scene.article.text[sentence.start_char : sentence.end_char]
    start = sentence.start_char + len(text) - len(text.lstrip())
    return mention(scene.article.text, start, start + len(text.strip()))
