"""Who is *he*, *she*, *it*, *they*: the persons and bodies of a text by how present they are to its reader.

Each mention makes its person present, a subject more than an object, and presence fades from sentence to
sentence; a pronoun means the most present one that it can mean, and makes that one present again (after
Lappin and Leass, An Algorithm for Pronominal Anaphora Resolution, 1994; the weights are ours). What other
people say in quotation marks fades from the story at once.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from onrecord.actors import Cast
from onrecord.article import Span
from onrecord.attributions.describing import (
    Description,
    describes_person,
    description,
    fits,
    gender_of,
    genders,
    titles,
)
from onrecord.record import Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.quotations import Quotation

HE = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f", "hers": "f"}
IT = frozenset(("it", "its"))
THEY = frozenset(("they", "their", "them", "both", "theirs"))

_WEIGHT = {"nsubj": 1.0, "nsubjpass": 0.8, "dobj": 0.5, "dative": 0.5, "attr": 0.5, "ROOT": 0.6, "poss": 0.35}
_OTHER = 0.3
_OBLIQUE = 0.4
_INSIDE_A_NAME = 0.08
_SUBORDINATE = 0.7
_SPEAKING = 0.3
"""What speaking adds."""

_ASKED_WHO_SPEAKS = 1.6
"""How much more a speaker is meant by a pronoun that speaks itself."""

_REPEATED = 0.3
"""What counts of all mentions but the most present one, so that who is named all over does not win always."""

_AGAIN = 0.9
_FADES = 0.55
_REACH = 8
"""Sentences over which somebody stays present."""

_NEAR = 60
"""Mentions that are looked back over."""

_PRESENT = 0.25
"""How present somebody is who was the subject of one of the last two sentences."""

_NEWS = frozenset(
    """
    analyst expert scholar researcher fellow academic observer author professor ambassador commander diplomat
    general minister official president senator secretary spokesman spokesperson spokeswoman
    nominee candidate contender hopeful front-runner frontrunner mogul tycoon billionaire developer
    businessman businesswoman director lawmaker democrat republican host
    """.split()
)
"""What somebody may be called without having been introduced so."""

_CLEAR = 1.5
"""How many times as present as the next one somebody must be not to be a guess."""

Number = Literal["person", "body", "many"]


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something that a pronoun may mean: an actor, or what the words in `span` describe."""

    key: str
    actor: Actor | None
    span: Span
    number: Number
    gender: str = ""


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    beat: int
    weight: float
    who: Referent
    speaks: bool = False


@dataclass(slots=True)
class Discourse:
    """A text read once from its first word to its last, to be asked who a pronoun or description means."""

    doc: Doc
    text: str
    cast: Cast
    quotations: Sequence[Quotation]
    sources: Sequence[Span]
    gender: dict[str, str] = field(init=False)
    """The gender of persons by their ids, as far as the article tells it."""
    _likely: dict[str, str] = field(init=False)
    _persons: list[tuple[Actor, frozenset[str]]] = field(init=False)
    _meant: dict[int, tuple[Referent, bool]] = field(init=False, default_factory=dict)
    _told: list[_Mention] = field(init=False, default_factory=list)
    _all: list[_Mention] = field(init=False, default_factory=list)
    _beats: list[int] = field(init=False, default_factory=list)
    _quoted: list[Span] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Walk down the text."""
        self.gender, self._likely = genders(self.text, self.cast.actors)
        self._persons = [(a, titles(self.doc, a)) for a in self.cast.actors if a.kind == "person"]
        self._quoted = [q.inner for q in self.quotations if q.depth == 0 and _is_speech(self.text, q)]
        beat, self._beats = 0, []
        for token in self.doc:
            starts = token.is_sent_start or (token.i > 0 and "\n" in self.doc[token.i - 1].text)
            beat += bool(starts) and not self.is_quoted(token.idx)
            self._beats.append(beat)
        self._walk()

    def is_quoted(self, at: int) -> bool:
        """Say whether a character is part of somebody's speech in quotation marks."""
        i = bisect.bisect_right(self._quoted, (at, len(self.text))) - 1
        return i >= 0 and self._quoted[i][0] <= at < self._quoted[i][1]

    def meant(self, token: Token) -> tuple[Referent, bool] | None:
        """Give whom a pronoun means, and whether that is clear; None where nobody fits."""
        return self._meant.get(token.i)

    def described(self, meant: Description, at: int) -> tuple[Actor, bool] | None:
        """Give the person whom a description means, and whether that is clear; None where nobody fits.

        Of several the most present one before `at`, else the one named next. What is not determined points
        only forward, from the head of an article to who is named soon.
        """
        fitting = [a for a, named in self._persons if fits(a, named, meant, self.gender)]
        before = [a for a in fitting if a.mentions[0].start < at] if meant.determined or meant.bare else []
        if before:
            ids = {a.id for a in before}
            present = self._present(at, self._beat_at(at), lambda r: r.key in ids, self._told)
            if not present and (other := self.unstated(meant, at)) is not None:
                return other, False
            best = present[0][0].actor if present else max(before, key=lambda a: _last(a, at))
            return (best, len(before) == 1 and meant.owner is None) if best is not None else None
        if fitting and fitting[0].mentions[0].start > at and _is_head(self.text, at):
            return min(fitting, key=lambda a: a.mentions[0].start), False
        return None

    def unstated(self, meant: Description, at: int) -> Actor | None:
        """Give the most present person, if a description may be the first to say what he or she is.

        News says *the nominee* of somebody whom every reader knows to be one.
        """
        if meant.noun not in _NEWS or not meant.determined or meant.owner is not None:
            return None
        told = {a.id for a, named in self._persons if a.role is None and not named}
        ranked = self._present(
            at, self._beat_at(at), lambda r: r.number == "person", self._told, _ASKED_WHO_SPEAKS
        )
        if not ranked or ranked[0][0].key not in told or ranked[0][1] < _PRESENT:
            return None
        actor = ranked[0][0].actor
        gender = self.gender.get(ranked[0][0].key) or self._likely.get(ranked[0][0].key, "")
        return actor if not (meant.gender and gender and meant.gender != gender) else None

    # --- the walk

    def _walk(self) -> None:
        named = {m.start: (m, a) for a in self.cast.actors for m in a.mentions}
        spoke = {s[0]: s for s in self.sources}
        until = 0
        for token in self.doc:
            if token.lower_ in HE or token.lower_ in IT or token.lower_ in THEY:
                self._pronoun(token)
                continue
            here = named.get(token.idx)
            if here is not None and token.idx >= until:
                mention, actor = here
                until = mention.end
                self._actor(actor, mention.span)
            elif token.dep_ in ("nsubj", "nsubjpass", "dobj", "poss") and token.idx >= until:
                self._phrase(token)
            if token.idx in spoke and here is None:
                self._source(spoke[token.idx])

    def _actor(self, actor: Actor, span: Span) -> None:
        words = self.doc.char_span(*span, alignment_mode="expand")
        if words is None or not len(words):
            return
        head = words.root
        number: Number = "person" if actor.kind == "person" else "many" if actor.kind == "group" else "body"
        weight = _weight(head, span[1])
        if number == "body" and head.dep_ in ("amod", "compound"):
            weight = _INSIDE_A_NAME
        speaks = any(s <= span[0] < e for s, e in self._around(span[0]))
        who = Referent(actor.id, actor, span, number, self.gender.get(actor.id, ""))
        if actor.kind == "state" and head.tag_ in ("NNS", "NNPS"):
            who = Referent(f"many/{head.lower_}", None, span, "many")  # "Americans"
        self._add(words[0], weight + _SPEAKING * speaks, who, speaks=speaks)
        others = [c for c in head.children if c.dep_ == "conj" and self.cast.at(c.idx, c.idx + len(c))]
        if others:
            end = max(c.idx + len(c) for c in others)
            self._add(words[0], weight, Referent(f"many/{span[0]}", None, (span[0], end), "many"))

    def _around(self, at: int) -> Sequence[Span]:
        i = bisect.bisect_right(self.sources, (at, len(self.text)))
        return self.sources[max(0, i - 2) : i]

    def _phrase(self, head: Token) -> None:
        """Let the subject or object of a clause be present that is no actor: *a spokesman*, *farmers*."""
        start = head.left_edge.idx
        span = (start, head.idx + len(head))
        words = self.doc.char_span(*span, alignment_mode="contract")
        if words is None or not len(words) or self.cast.at(head.idx, head.idx + len(head)) is not None:
            return
        joined = [c for c in head.children if c.dep_ == "conj"]
        if head.tag_ in ("NNS", "NNPS") or joined:
            end = max([head.idx + len(head), *(c.right_edge.idx + len(c.right_edge) for c in joined)])
            who = Referent(f"many/{head.lower_}", None, (start, end), "many")
            self._add(words[0], _weight(head, span[1]), who)
        elif describes_person(head):
            meant = description(words, head)
            known = self.described(meant, start) if meant is not None else None
            actor = known[0] if known is not None else None
            key = actor.id if actor is not None else f"one/{head.lower_}"
            gender = self.gender.get(actor.id, "") if actor is not None else gender_of(head.lower_)
            self._add(words[0], _weight(head, span[1]), Referent(key, actor, span, "person", gender))

    def _source(self, span: Span) -> None:
        """Let who or what speaks be present, whatever it is: *the report*, *both sides*."""
        words = self.doc.char_span(*span, alignment_mode="contract")
        if words is None or not len(words):
            return
        head = words.root
        if head.pos_ == "PRON" or describes_person(head) or self.cast.at(head.idx, head.idx + len(head)):
            return
        number: Number = "many" if head.tag_ in ("NNS", "NNPS") or "and" in words.text.split() else "body"
        key = f"{number}/{head.lower_}"
        if not any(m.who.key == key and m.start >= span[0] for m in self._all[-2:]):
            self._add(words[0], 1.0, Referent(key, None, span, number), speaks=True)

    def _pronoun(self, token: Token) -> None:
        best = self._resolved(token)
        if best is None:
            return
        who, clear = best
        self._meant[token.i] = best
        weight = _weight(token, token.idx + len(token)) * (_AGAIN if clear else _AGAIN / 2)
        self._add(token, weight, who, speaks=self._is_source(token))

    def _is_source(self, token: Token) -> bool:
        return any(s == token.idx for s, _ in self._around(token.idx))

    def _resolved(self, token: Token) -> tuple[Referent, bool] | None:
        gender = HE.get(token.lower_, "")
        if gender and (ahead := self._ahead(token, gender)) is not None:
            return ahead, True
        mentions = self._all if self.is_quoted(token.idx) else self._told
        speaks = _ASKED_WHO_SPEAKS if self._is_source(token) else 1.0
        for doubted in (False, True) if gender else (False,):
            # A first name alone may mislead: it counts as long as somebody fits.
            ranked = self._present(
                token.idx,
                self._beats[token.i],
                self._test(token, self._likely if not doubted else {}),
                mentions,
                speaks,
            )
            if ranked:
                clear = not doubted and (len(ranked) == 1 or ranked[0][1] >= _CLEAR * ranked[1][1])
                if gender and clear and token.dep_ == "nsubj":
                    self.gender.setdefault(ranked[0][0].key, gender)
                return ranked[0][0], clear
        return None

    def _test(self, token: Token, likely: dict[str, str]) -> Callable[[Referent], bool]:
        """Give the test for what a pronoun can mean."""
        word, gender = token.lower_, HE.get(token.lower_, "")
        same = _clause_subject(token)
        taken = self._meant[same.i][0].key if same is not None and same.i in self._meant else None
        start, end = (same.idx, same.idx + len(same)) if same is not None else (0, 0)

        def may(who: Referent) -> bool:
            if who.key == taken or start <= who.span[0] < end:
                return False
            if gender:
                told = self.gender.get(who.key, who.gender) or likely.get(who.key, "")
                return who.number == "person" and told in ("", gender)
            if word in IT:
                return who.number == "body"
            return who.number == "many" or (who.actor is not None and who.actor.kind == "organisation")

        return may

    def _ahead(self, token: Token, gender: str) -> Referent | None:
        """Give who is named only after the pronoun: *When he spoke, Holt said …*."""
        clause = token.head
        if clause.dep_ != "advcl" or clause.head.i < token.i or clause.left_edge.i != clause.head.left_edge.i:
            return None
        subject = next((c for c in clause.head.children if c.dep_ == "nsubj" and c.i > token.i), None)
        actor = self.cast.at(subject.idx, subject.idx + len(subject)) if subject is not None else None
        if actor is None or subject is None or actor.kind != "person":
            return None
        if (self.gender.get(actor.id) or self._likely.get(actor.id, gender)) != gender:
            return None
        span = (subject.idx, subject.idx + len(subject))
        return Referent(actor.id, actor, span, "person", gender)

    def _add(self, first: Token, weight: float, who: Referent, *, speaks: bool = False) -> None:
        mention = _Mention(first.idx, self._beats[first.i], weight, who, speaks)
        self._all.append(mention)
        if not self.is_quoted(first.idx):
            self._told.append(mention)

    def _beat_at(self, at: int) -> int:
        token = self.doc.char_span(at, at + 1, alignment_mode="expand")
        return self._beats[token[0].i] if token is not None and len(token) else 0

    def _present(
        self,
        at: int,
        beat: int,
        may: Callable[[Referent], bool],
        mentions: Sequence[_Mention],
        speaks: float = 1.0,
    ) -> list[tuple[Referent, float]]:
        """Give who is present at a place, the most present first; `speaks` favours those who spoke."""
        best: dict[str, float] = {}
        rest: dict[str, float] = {}
        last: dict[str, Referent] = {}
        end = bisect.bisect_left(mentions, at, key=_start)
        for m in mentions[max(0, end - _NEAR) : end]:
            gone = beat - m.beat
            if gone <= _REACH and may(m.who):
                key = m.who.key
                value = m.weight * _FADES**gone * (speaks if m.speaks else 1.0)
                most = best.get(key, 0.0)
                best[key] = max(most, value)
                rest[key] = rest.get(key, 0.0) + min(most, value)
                last[key] = m.who
        ranked = ((last[key], value + _REPEATED * rest[key]) for key, value in best.items())
        return sorted(ranked, key=lambda p: -p[1])


def _start(m: _Mention) -> int:
    return m.start


def _last(actor: Actor, at: int) -> int:
    return max(m.start for m in actor.mentions if m.start < at)


def _is_head(text: str, at: int) -> bool:
    """Say whether a place is in the headline or the first paragraph: the first two lines that hold words."""
    return sum(bool(line.strip()) for line in text[:at].split("\n")[:-1]) < 2


def _is_speech(text: str, quotation: Quotation) -> bool:
    """Say whether marks hold speech rather than a nickname or title."""
    return len(text[slice(*quotation.inner)].split()) >= 4


def _weight(token: Token, end: int) -> float:
    """Say how present a mention makes: by the part that it plays in its clause."""
    while token.dep_ in ("appos", "conj", "flat", "nmod") and token.head.i != token.i:
        token = token.head
    if token.dep_ == "compound" and token.head.idx >= end:
        return _INSIDE_A_NAME  # "the Holt campaign"
    if token.dep_ == "pobj":
        acted = token.head.dep_ == "agent" and token.head.head.dep_ not in ("acl", "relcl")
        return _WEIGHT["nsubjpass"] if acted else _OBLIQUE
    weight = _WEIGHT.get(token.dep_, _OTHER)
    subordinate = token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ not in (
        "ROOT",
        "conj",
        "parataxis",
    )
    return weight * _SUBORDINATE if subordinate else weight


def _clause_subject(token: Token) -> Token | None:
    """Give the subject of the clause of which a pronoun is an object, whom it cannot mean."""
    verb = token.head
    if token.dep_ == "pobj" and verb.dep_ == "prep":
        verb = verb.head
    if token.dep_ not in ("dobj", "dative", "pobj") or verb.pos_ not in ("VERB", "AUX"):
        return None
    return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
