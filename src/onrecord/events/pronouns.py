"""Whom a pronoun or a bare description means: who is present in the discourse, by grammar and by number.

The article is read once from its first word to its last. Every noun phrase comes into question for the
pronouns after it: a subject more than an object, one of the same clause or sentence more than one before, a
subject for a subject (after Lappin and Leass 1994). Things compete with states, for "it" is more often a thing
than a state; where the words around are said of actors alone ("its army", "they agreed") things do not count.
Who is not clearly ahead of the next is not given: unknown is a value.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from onrecord.actors import Cast
from onrecord.actors.gazetteer import given_names
from onrecord.actors.titles import role_noun
from onrecord.attributions.speakers.discourse import HE, IT, THEY, Discourse
from onrecord.events.arguments import SUBJECTS, coordinated
from onrecord.events.status import Voices
from onrecord.quotations import find_quotations
from onrecord.record import Actor, Party

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Sort = Literal["actor", "body", "people", "thing", "unknown"]
Naming = Callable[["Token"], tuple[Party, ...]]

IT_ALL = IT | {"itself"}
THEY_ALL = (THEY | {"themselves"}) - {"both"}
PRONOUNS = IT_ALL | THEY_ALL | frozenset(HE)
_RELATIVE = frozenset({"that", "which", "who"})
_REFLEXIVE = frozenset({"itself", "themselves"})
_POSSESSIVE = frozenset({"its", "their"})

_PARTS = {"nsubj": 1.0, "nsubjpass": 0.9, "ROOT": 0.6, "dobj": 0.5, "dative": 0.5, "poss": 0.4, "pobj": 0.35}
_OTHER_PART = 0.3
_BY_AGENT = 0.8
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
_LEAST, _CLEAR = 0.3, 1.3
"""How present somebody must be to be meant at all, and how many times as present as the next."""

_WINDOW = 60
"""Mentions that are looked back over."""
_CLIMB = 12

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

PRIVATE = frozenset("BUS CVL EDU MED REF".split())
"""PLOVER sectors of persons and groups that act for themselves."""

_PEOPLE = frozenset(
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

_OF_THINGS = frozenset("amount comprise consist contain cost entail include involve last occur weigh".split())
"""Verbs whose subject is a thing."""

_EMPTY = frozenset("be seem appear happen turn come remain become take make look rain snow".split())
_PLURAL_NAMES = frozenset("States Netherlands Philippines Emirates Maldives Bahamas Seychelles Islands".split())
_NUMBERS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
_ASIDE = frozenset({"compound", "amod", "nmod", "npadvmod", "appos", "nummod", "quantmod"})


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
        sources = {
            v.source.span
            for t in self.doc
            if not t.is_space and (v := self.voices.at(t.idx, t.idx + len(t))) is not None and v.source
        }
        text = self.doc.text
        self.discourse = Discourse(self.doc, text, self.cast, find_quotations(text), tuple(sorted(sources)))
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
            elif token.pos_ in ("NOUN", "PROPN") and token.dep_ not in _ASIDE:
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
        if known is None or actor is None or not self._may_be(actor, HE[pronoun.lower_]):
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
        clauses = list(_clauses(at))
        best: dict[str, float] = {}
        who: dict[str, tuple[Party, ...]] = {}
        for one in self._near(at):
            if not may(one) or beat - one.beat >= len(_BEFORE) or one.head.is_ancestor(at):
                continue
            if one.beat == beat and _governs(one.head, clauses, at) == (0, True):
                continue  # "Iran backs the government": the subject would have been called "its own"
            value = _part(one.head) * (1.0 if one.beat == beat else _BEFORE[beat - one.beat])
            value *= 1.0 if one.paragraph == paragraph else _NEW_PARAGRAPH
            best[one.key] = max(best.get(one.key, 0.0), value) + _REPEATED * min(best.get(one.key, 0.0), value)
            who.setdefault(one.key, one.parties)
        return _clearest(best, who, 0.0)

    # --- the walk

    def _add(
        self, head: Token, last: int, parties: tuple[Party, ...], sort: Sort, *, many: bool
    ) -> None:
        beat, paragraph = self._place[head.i]
        self._seen.append(Presence(head, last, parties, many, sort, beat, paragraph, self._quoting(head)))

    def _quoting(self, token: Token) -> str | None:
        """Give the voice in whose quotation marks a word stands; an indirect one speaks with the teller."""
        voice = self.voices.at(token.idx, token.idx + len(token))
        return voice.id if voice is not None and voice.kind != "indirect" else None

    def _noun(self, token: Token) -> None:
        if token.ent_type_ in _NUMBERS:
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
            return own, "actor", len(own) > 1 or (many and actor.kind == "state" and token.text not in _PLURAL_NAMES)
        if actor is not None and actor.kind == "person":
            return (), None, False
        people = role_noun(token) is not None or token.lower_ in _PEOPLE
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
        if pronoun.dep_ == "nsubj" and pronoun.head.lemma_.lower() in _OF_THINGS:
            return ()
        clauses = list(_clauses(pronoun))
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
            if not value or _is_around(one.head, pronoun):
                continue
            level, subject = _governs(one.head, clauses, pronoun)
            if gone == 0 and subject and level == 0 and low not in _POSSESSIVE | _REFLEXIVE and own:
                continue  # "Iran sent it tanks": an object is somebody else than its own subject
            if low in _REFLEXIVE and not (subject and level == 0):
                continue
            if gone == 0 and subject and level is not None:
                value *= _OWN_CLAUSE if level == 0 else _ABOVE * _FURTHER ** (level - 1)
            elif gone == 0 and _parallel_object(one.head, pronoun, own):
                value *= _OWN_CLAUSE
            elif gone == 0:
                value *= _part(one.head) * _SAME_SENTENCE
            else:
                parallel = subject and pronoun.dep_ in SUBJECTS and _is_main(one.head)
                value *= _part(one.head) * (_PARALLEL[gone - 1] if parallel else _BEFORE[gone])
                value *= 1.0 if one.paragraph == paragraph else _NEW_PARAGRAPH
            value *= 1.0 if one.voice == voice else _OTHER_VOICE
            best[one.key] = max(best.get(one.key, 0.0), value) + _REPEATED * min(best.get(one.key, 0.0), value)
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
        if pronoun.i - sentence.start > _CLIMB:
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


def _clearest(
    best: dict[str, float], who: dict[str, tuple[Party, ...]], least: float
) -> tuple[Party, ...]:
    ranked = sorted(best, key=lambda k: -best[k])
    if not ranked or best[ranked[0]] < least:
        return ()
    if len(ranked) > 1 and best[ranked[0]] < _CLEAR * best[ranked[1]]:
        return ()
    return who[ranked[0]]


# --- grammar


def _part(head: Token) -> float:
    """Say how present a noun phrase makes its actor, by the part that it plays in its clause."""
    token = _first(head)
    agent = token.dep_ == "pobj" and token.head.dep_ == "agent"
    return _BY_AGENT if agent else _PARTS.get(token.dep_, _OTHER_PART)


def _governs(head: Token, clauses: list[list[Token]], pronoun: Token) -> tuple[int | None, bool]:
    """Give how many clauses further out a noun's own is, and whether the noun is its subject.

    So is the noun that a relative clause belongs to, and who has what a pronoun stands in: "Iran's plan to
    send its army".
    """
    first = _first(head)
    for level, verbs in enumerate(clauses):
        if first.head in verbs:
            return level, first.dep_ in SUBJECTS
        for verb in verbs:
            if verb.dep_ == "relcl" and verb.head == head:
                return level, any(c.dep_ in SUBJECTS and c.lower_ in _RELATIVE for c in verb.children)
    owner = first.dep_ == "poss" and first.head.is_ancestor(pronoun) and first.head != pronoun.head
    return (1 if owner else None), owner


def _parallel_object(head: Token, pronoun: Token, own: list[Token]) -> bool:
    """Say whether noun and pronoun are objects of coordinated verbs: "thanked Peru and urged it"."""
    objects = ("dobj", "dative")
    return pronoun.dep_ in objects and head.dep_ in objects and head.head in own and head.head != pronoun.head


def _first(head: Token) -> Token:
    """Give the first of coordinated nouns, which has the part of all of them."""
    for _ in range(_CLIMB):
        if head.dep_ != "conj" or head.head.pos_ not in ("NOUN", "PROPN", "PRON"):
            break
        head = head.head
    return head


def _is_main(head: Token) -> bool:
    verb = _first(head).head
    return verb.dep_ in ("ROOT", "conj", "ccomp")


def _clauses(token: Token) -> Iterator[list[Token]]:
    """Give the verbs of the clauses around a word, from the inside out; verbs that share a subject together."""
    found: list[Token] = []
    for ancestor in list(token.ancestors)[:_CLIMB]:
        if ancestor.pos_ not in ("VERB", "AUX"):
            continue
        found.append(ancestor)
        has_subject = any(c.dep_ in SUBJECTS for c in ancestor.children)
        if has_subject or ancestor.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "prep"):
            yield found
            found = []
    if found:
        yield found


def _is_around(head: Token, pronoun: Token) -> bool:
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
