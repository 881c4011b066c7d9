"""Whom a pronoun or a bare description means: who is present in the discourse, by grammar and by number.

The article is read once from its first word to its last. Every noun phrase comes into question for the
pronouns after it: a subject more than an object, one of the same sentence more than one before, a subject
for a subject (after Lappin and Leass, 1994; the weights are ours). Things compete with states, for "it" is
more often a thing than a state; where the words around are said of actors alone ("its army", "they agreed")
things do not count. Who is not clearly ahead of the next is not given: unknown is a value.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from onrecord.actors import Cast
from onrecord.actors.gazetteer import given_names
from onrecord.actors.titles import role_noun
from onrecord.attributions.speakers.discourse import HE, Discourse
from onrecord.events.anaphora import (
    ASIDE,
    BODIES,
    CLIMB,
    IT_ALL,
    NUMBERS,
    OF_THINGS,
    PEOPLE,
    PLURAL_NAMES,
    POSSESSIVE,
    PRIVATE,
    REFLEXIVE,
    THEY_ALL,
    clauses_of,
    governs,
    is_around,
    is_empty,
    is_main,
    parallel_object,
    part_of,
    said_of_actors,
)
from onrecord.events.arguments import SUBJECTS, coordinated
from onrecord.events.status import Voices
from onrecord.quotations import find_quotations
from onrecord.record import Actor, Party

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Sort = Literal["actor", "body", "people", "thing", "unknown"]
Naming = Callable[["Token"], tuple[Party, ...]]

_OWN_CLAUSE, _ABOVE, _SAME_SENTENCE = 1.6, 1.2, 0.8
_FURTHER = 0.7
"""What counts of a subject for each clause further out."""
_BEFORE = (0.0, 0.55, 0.3)
"""What counts of a mention one and two sentences back."""
_PARALLEL = 0.9, 0.5
"""What counts of a subject one and two sentences back for a subject."""
_NEW_PARAGRAPH = 0.8
_OTHER_VOICE = 0.3
_REPEATED = 0.2
_AS_MANY = 0.6
"""What counts of a body for "they"."""
_LEAST, _CLEAR = 0.3, 1.6
"""How present somebody must be to be meant at all, and how many times as present as the next."""

_WINDOW = 60
"""Mentions that are looked back over."""


@dataclass(frozen=True, slots=True)
class Presence:
    """A noun phrase that pronouns after it may mean; without parties it stands for nobody that we know."""

    head: Token
    last: int
    parties: tuple[Party, ...]
    many: bool
    sort: Sort
    beat: int
    paragraph: int
    voice: str | None

    @property
    def key(self) -> str:
        """Give what tells it from others."""
        return "+".join(sorted(p.country or p.name for p in self.parties)) or f"{self.head.lower_}?"


@dataclass(slots=True)
class Antecedents:
    """A text read once, to be asked whom a pronoun means or which of some actors is present at a place."""

    doc: Doc
    cast: Cast
    voices: Voices
    named: Naming
    """Gives the parties that the words of a noun phrase name, for its head."""
    described: Naming
    """Gives the parties that a bare description stands for; it may ask `present`."""
    _seen: list[Presence] = field(init=False, default_factory=list)
    _meant: dict[int, tuple[Party, ...]] = field(init=False, default_factory=dict)
    _place: list[tuple[int, int]] = field(init=False, default_factory=list)
    _by_head: dict[str, list[tuple[int, tuple[Party, ...]]]] = field(init=False, default_factory=dict)
    discourse: Discourse = field(init=False)

    def __post_init__(self) -> None:
        """Find who speaks where, and where sentences and paragraphs begin."""
        text = self.doc.text
        self.discourse = Discourse(self.doc, text, self.cast, find_quotations(text), self.voices.sources)
        beat = paragraph = 0
        for token in self.doc:
            beat += bool(token.is_sent_start)
            paragraph += token.i > 0 and "\n" in self.doc[token.i - 1].text_with_ws
            self._place.append((beat, paragraph))

    def read(self) -> None:
        """Walk down the text."""
        for token in self.doc:
            if token.lemma_.lower() in BODIES and token.tag_ in ("NN", "NNP") and (own := self.named(token)):
                self._by_head.setdefault(token.lemma_.lower(), []).append((token.i, own))
        for token in self.doc:
            low = token.lower_
            if low in IT_ALL or low in THEY_ALL:
                found = () if is_empty(token) else self._resolved(token)
                self._meant[token.i] = found
                if not is_empty(token):
                    self._add(token, token.i, found, "actor" if found else "unknown", many=low in THEY_ALL)
            elif token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ASIDE:
                self._noun(token)

    def meant(self, pronoun: Token) -> tuple[Party, ...]:
        """Give whom "it", "they" and their like mean; nobody where that is not plain."""
        return self._meant.get(pronoun.i, ())

    def person(self, pronoun: Token) -> tuple[str, tuple[int, int]] | None:
        """Give the id of the person whom "he", "she" and their like mean, and the words that say who."""
        ahead = self._subject_ahead(pronoun)
        if ahead is not None:
            actor = self.cast.at(ahead.idx, ahead.idx + len(ahead))
            if actor is not None and self._may_be(actor, HE[pronoun.lower_]):
                return actor.id, (ahead.idx, ahead.idx + len(ahead))
        known = self.discourse.meant(pronoun)
        actor = known[0].actor if known is not None else None
        if known is None or not known[1] or actor is None or not self._may_be(actor, HE[pronoun.lower_]):
            return None
        return actor.id, known[0].span

    def _may_be(self, actor: Actor, gender: str) -> bool:
        """Say whether an actor is a person against whose gender nothing speaks, the first name included."""
        if actor.kind != "person":
            return False
        known = given_names().get(actor.name.split()[0])
        told = self.discourse.gender.get(actor.id, "")
        likely = known.gender if known is not None else ""
        return {told, likely} <= {"", gender}

    def same_head(self, head: Token) -> tuple[Party, ...]:
        """Give whom the same noun named last ("the Soviet administration … the administration").

        Where it names somebody only further down, there may be only one.
        """
        known = self._by_head.get(head.lemma_.lower(), ())
        before = [parties for i, parties in known if i < head.i]
        if before:
            return before[-1]
        after = {frozenset(p.country or p.name for p in parties): parties for _, parties in known}
        return next(iter(after.values())) if len(after) == 1 else ()

    def present(self, at: Token, may: Callable[[Presence], bool]) -> tuple[Party, ...]:
        """Give who is clearly the most present at a place, of those that may be meant."""
        beat, paragraph = self._place[at.i]
        clauses = list(clauses_of(at))
        best: dict[str, float] = {}
        who: dict[str, tuple[Party, ...]] = {}
        for one in self._near(at):
            if not may(one) or beat - one.beat >= len(_BEFORE) or one.head.is_ancestor(at):
                continue
            if one.beat == beat and governs(one.head, clauses, at) == (0, True):
                continue  # "Iran backs the government": the subject would have been called "its own"
            value = part_of(one.head) * (1.0 if one.beat == beat else _BEFORE[beat - one.beat])
            value *= 1.0 if one.paragraph == paragraph else _NEW_PARAGRAPH
            best[one.key] = max(best.get(one.key, 0.0), value) + _REPEATED * min(
                best.get(one.key, 0.0), value
            )
            who.setdefault(one.key, one.parties)
        return _clearest(best, who, 0.0)

    # --- the walk

    def _add(self, head: Token, last: int, parties: tuple[Party, ...], sort: Sort, *, many: bool) -> None:
        beat, paragraph = self._place[head.i]
        self._seen.append(Presence(head, last, parties, many, sort, beat, paragraph, self._quoting(head)))

    def _quoting(self, token: Token) -> str | None:
        """Give the voice in whose quotation marks a word stands; an indirect one speaks with the teller."""
        voice = self.voices.at(token.idx, token.idx + len(token))
        return voice.id if voice is not None and voice.kind != "indirect" else None

    def _noun(self, token: Token) -> None:
        if token.ent_type_ in NUMBERS:
            return
        parties, sort, many = self._sorted(token)
        if sort is not None:
            self._add(token, token.i, parties, sort, many=many)
        joined = coordinated(token) if token.dep_ != "conj" else ()
        if len(joined) > 1 and max(t.i for t in joined) - token.i < _WINDOW:
            all_of = [self._sorted(t) for t in joined]
            known = tuple(p for own, _, _ in all_of for p in own)
            every = all(own for own, _, _ in all_of)
            thing = all(s == "thing" for _, s, _ in all_of)
            plural: Sort = "actor" if every else "thing" if thing else "people"
            self._add(token, max(t.i for t in joined), known if every else (), plural, many=True)

    def _sorted(self, token: Token) -> tuple[tuple[Party, ...], Sort | None, bool]:
        """Give the parties of a noun phrase, what sort it is (null: one person), and whether it is many."""
        many = token.tag_ in ("NNS", "NNPS")
        low = token.lemma_.lower()
        own = self.named(token)
        actor = self.cast.at(token.idx, token.idx + len(token))
        direct = bool(own) and any(p.span[0] <= token.idx < p.span[1] for p in own)
        if direct and actor is not None:
            if actor.kind == "person":
                return own, None, False
            if actor.sector in PRIVATE and actor.kind == "group":
                return (), "people", True
            return (
                own,
                "actor",
                len(own) > 1 or (many and actor.kind == "state" and token.text not in PLURAL_NAMES),
            )
        if actor is not None and actor.kind == "person":
            return (), None, False
        people = role_noun(token) is not None or token.lower_ in PEOPLE
        if people and not many:
            return own, None, False
        if people:
            return own, "actor" if own else "people", True
        if low in BODIES:
            if not own:
                own = self.described(token)
                self._meant[token.i] = own
            return own, "actor" if own else "body", many
        return (), "thing", many

    # --- the choice

    def _near(self, at: Token) -> Iterator[Presence]:
        end = bisect_left(self._seen, at.i, key=lambda p: p.head.i)
        return (p for p in reversed(self._seen[max(0, end - _WINDOW) : end]) if p.last < at.i)

    def _resolved(self, pronoun: Token) -> tuple[Party, ...]:
        low = pronoun.lower_
        many = low in THEY_ALL
        if pronoun.dep_ == "nsubj" and pronoun.head.lemma_.lower() in OF_THINGS:
            return ()
        clauses = list(clauses_of(pronoun))
        own = clauses[0] if clauses else []
        somebody = said_of_actors(pronoun)
        beat, paragraph = self._place[pronoun.i]
        voice = self._quoting(pronoun)
        best: dict[str, float] = {}
        who: dict[str, tuple[Party, ...]] = {}
        for one in self._near(pronoun):
            gone = beat - one.beat
            if gone >= len(_BEFORE):
                break
            value = self._fits(one, many=many, somebody=somebody)
            if not value or is_around(one.head, pronoun):
                continue
            level, subject = governs(one.head, clauses, pronoun)
            if gone == 0 and subject and level == 0 and low not in POSSESSIVE | REFLEXIVE and own:
                continue  # "Iran sent it tanks": an object is somebody else than its own subject
            if low in REFLEXIVE and not (subject and level == 0):
                continue
            if gone == 0 and subject and level is not None:
                value *= _OWN_CLAUSE if level == 0 else _ABOVE * _FURTHER ** (level - 1)
            elif gone == 0 and parallel_object(one.head, pronoun, own):
                value *= _OWN_CLAUSE
            elif gone == 0:
                value *= part_of(one.head) * _SAME_SENTENCE
            else:
                parallel = subject and pronoun.dep_ in SUBJECTS and is_main(one.head)
                value *= part_of(one.head) * (_PARALLEL[gone - 1] if parallel else _BEFORE[gone])
                value *= 1.0 if one.paragraph == paragraph else _NEW_PARAGRAPH
            value *= 1.0 if one.voice == voice else _OTHER_VOICE
            best[one.key] = max(best.get(one.key, 0.0), value) + _REPEATED * min(
                best.get(one.key, 0.0), value
            )
            who.setdefault(one.key, one.parties)
        ahead = self._subject_ahead(pronoun)
        if ahead is not None:
            joined = coordinated(ahead) if many else (ahead,)
            told = [self._sorted(noun) for noun in joined]
            parties = tuple(p for own_parties, _, _ in told for p in own_parties)
            plural = len(joined) > 1 or told[0][2]
            if plural == many and all(t[0] for t in told) and (many or told[0][1] == "actor"):
                key = "+".join(sorted(p.country or p.name for p in parties))
                best[key], who[key] = best.get(key, 0.0) + _OWN_CLAUSE, parties
        return _clearest(best, who, _LEAST)

    @staticmethod
    def _fits(one: Presence, *, many: bool, somebody: bool) -> float:
        """Give what counts of a noun phrase by its number and sort."""
        if somebody and one.sort == "thing":
            return 0.0
        if one.many == many:
            return 1.0
        if many and somebody and one.sort in ("actor", "body") and one.head.pos_ != "PRON":
            return _AS_MANY  # "the administration … they"
        return 0.0

    def _subject_ahead(self, pronoun: Token) -> Token | None:
        """Give the subject that a fronted phrase points forward to: "In its statement, Iran …"."""
        sentence = pronoun.sent
        if pronoun.i - sentence.start > CLIMB:
            return None
        top = pronoun
        while top.head.i != top.i and top.head != sentence.root:
            top = top.head
        if top.dep_ not in ("prep", "advcl") or top.i > sentence.root.i or pronoun.dep_ == "nsubjpass":
            return None
        subject = next((c for c in sentence.root.children if c.dep_ in SUBJECTS), None)
        if subject is None or subject.i <= max(pronoun.i, top.i) or subject.pos_ not in ("NOUN", "PROPN"):
            return None
        return subject


def _clearest(best: dict[str, float], who: dict[str, tuple[Party, ...]], least: float) -> tuple[Party, ...]:
    ranked = sorted(best, key=lambda k: -best[k])
    if not ranked or best[ranked[0]] < least:
        return ()
    if len(ranked) > 1 and best[ranked[0]] < _CLEAR * best[ranked[1]]:
        return ()
    return who[ranked[0]]
