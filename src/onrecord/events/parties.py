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
from onrecord.article import Article, Mention, mention
from onrecord.events.arguments import SUBJECTS, coordinated, prepositions
from onrecord.events.status import Voices
from onrecord.record import Actor, Attribution, Party, When

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PRONOUNS = frozenset("it they them he she him her itself themselves its their his".split())
_OWN = frozenset("we us our ours".split())
_COUNTRIES = frozenset(
    "country nation government state side army military force ministry kingdom republic".split()
)
_PAIR = frozenset(
    "country nation side state government neighbour neighbor party power capital ally leader".split()
)
_NOT_STATES = frozenset({"REB", "IRR", "OPP", "INS", "UAF", "PRM"})
"""PLOVER sectors whose organisations do not act for the state that they are in."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What every finder reads: the article, its parse, its actors, its dates (in order) and its voices."""

    article: Article
    doc: Doc
    cast: Cast
    dates: Sequence[When] = ()
    voices: Voices = field(default_factory=Voices)

    def skips(self, token: Token) -> bool:
        """Say whether a word stands in furniture."""
        return any(f.span[0] <= token.idx < f.span[1] for f in self.article.furniture)


def party(actor: Actor, scene: Scene, start: int, end: int) -> Party:
    """Give an actor as party with the words that name it; armed groups do not count as their state."""
    country = None if actor.kind == "organisation" and actor.sector in _NOT_STATES else actor.country
    return Party(actor.id, actor.name, country, actor.sector, (start, end), scene.article.text[start:end])


def parties(heads: Sequence[Token], scene: Scene, voice: Attribution | None = None) -> tuple[Party, ...]:
    """Give the parties that noun phrases stand for, each country or name once, in the order of the text."""
    found: dict[str, Party] = {}
    for head in heads:
        for one in _resolve(head, scene, voice):
            found.setdefault(one.country or one.name, one)
    return tuple(found.values())


def _resolve(head: Token, scene: Scene, voice: Attribution | None) -> tuple[Party, ...]:
    if head.lower_ in _PRONOUNS or head.lower_ in _OWN:
        return _pronoun(head, scene, voice)
    members = _members(head, scene) or _both_nationals(head, scene)
    if members:
        return members
    own = _named(head, scene)
    if own is not None:
        return (own,)
    if _is_pair(head):
        return _pair(head, scene)
    if head.lemma_.lower() in _COUNTRIES:
        possessor = next(
            (c for c in head.children if c.dep_ == "poss" and c.lower_ in _PRONOUNS | _OWN), None
        )
        if possessor is not None:
            return _pronoun(possessor, scene, voice)
    return ()


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
    personal = pronoun.lower_ in ("he", "she", "him", "her", "his")
    if personal and (speaker := _speaker(voice, scene)):
        return speaker
    plural = pronoun.lower_ in ("they", "them", "their", "theirs", "themselves")
    found = _governing_subject(pronoun, scene, plural=plural)
    return found or (_subject_before(pronoun, scene) if pronoun.lower_ in ("it", "they") else ())


def _subject_before(pronoun: Token, scene: Scene) -> tuple[Party, ...]:
    """Give the state that is the subject of the sentence before, for one that begins with the pronoun."""
    sentence = pronoun.sent
    clause = pronoun.head
    if pronoun.dep_ not in SUBJECTS or pronoun.i - sentence.start > 1 or sentence.start == 0:
        return ()
    before = scene.doc[sentence.start - 1].sent
    apart = "\n" in before.text or scene.voices.at(
        before.start_char, before.start_char
    ) is not scene.voices.at(pronoun.idx, pronoun.idx)
    if apart or clause.dep_ not in ("ROOT", "ccomp"):
        return ()
    for noun in before.root.children:
        if noun.dep_ in SUBJECTS:
            named = (_named(one, scene) for one in coordinated(noun))
            states = tuple(one for one in named if one is not None and one.country is not None)
            return states if (pronoun.lower_ == "they") == (len(states) > 1) else ()
    return ()


def _governing_subject(pronoun: Token, scene: Scene, *, plural: bool) -> tuple[Party, ...]:
    """Give the states that are the subject of the clause that governs the pronoun's, or stands before it."""
    own = _own_clause(pronoun)
    if pronoun.dep_ in ("dobj", "dative") and own and (before := _objects_before(pronoun, own[-1], scene)):
        return before
    steps = 0
    for ancestor in pronoun.ancestors:
        steps += 1
        if steps > 12:
            return ()
        if ancestor.pos_ not in ("VERB", "AUX"):
            continue
        for child in ancestor.children:
            if child.dep_ not in SUBJECTS or child.i >= pronoun.i or child.is_ancestor(pronoun):
                continue
            # "Iran sent it tanks": an object is somebody else than its own subject, "its army" may not be.
            if ancestor in own and (pronoun.dep_ != "poss" or pronoun.lower_ in ("his", "her")):
                continue
            subjects = coordinated(child) if plural else (child,)
            found = (_named(noun, scene) for noun in subjects)
            states = tuple(one for one in found if one is not None and one.country is not None)
            if states:
                return states
    return ()


def _own_clause(pronoun: Token) -> list[Token]:
    """Give the verb of a pronoun and those before it that share its subject: "thanked Peru and urged it"."""
    own = [a for a in pronoun.ancestors if a.pos_ in ("VERB", "AUX")][:1]
    while own and own[-1].dep_ == "conj" and len(own) < _CLIMB and own[-1].head.pos_ in ("VERB", "AUX"):
        if any(c.dep_ in SUBJECTS for c in own[-1].children):
            break
        own.append(own[-1].head)
    return own


def _objects_before(pronoun: Token, verb: Token, scene: Scene) -> tuple[Party, ...]:
    """Give the object of the first of coordinated verbs, which the object of the second points back to."""
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i < pronoun.i]
    found = (_named(noun, scene) for noun in objects if noun != pronoun)
    return tuple(one for one in found if one is not None and one.country is not None)[:1]


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
