"""Who is *he*, *she*, *it*, *they*: the persons and bodies of a text by how present they are to its reader.

Each mention makes its person present, a subject more than an object, and presence fades from sentence to
sentence (see `presence`); a pronoun means the most present one that it can mean, and makes that one present
again. Whom people name in quotation marks is present to them alone.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.actors import Cast
from onrecord.article import Span
from onrecord.attributions.speakers import presence
from onrecord.attributions.speakers.describing import (
    Description,
    called,
    describes_person,
    description,
    fits,
    gender_of,
    genders,
    head_of,
    titles,
)
from onrecord.attributions.speakers.presence import (
    Number,
    Presence,
    Referent,
    clause_subject,
    end_of_list,
    rank,
    weight_of,
)
from onrecord.record import Actor

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.quotations import Quotation

HE = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f", "hers": "f"}
IT = frozenset(("it", "its"))
THEY = frozenset(("they", "their", "them", "both", "theirs"))

_LONG = 12
"""Words before a noun that are read as its description."""

_BEARERS = 50
"""Persons of one office that an article may have; more are noise."""

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
    _called: dict[str, list[tuple[Actor, frozenset[str]]]] = field(init=False, default_factory=dict)
    """The persons by the nouns that they may be called by, with their titles."""
    _plain: set[str] = field(init=False, default_factory=set)
    """The persons without role and title, by their ids."""
    _head: int = field(init=False)
    """Where headline and first paragraph end."""
    _meant: dict[int, tuple[Referent, bool]] = field(init=False, default_factory=dict)
    _told: list[Presence] = field(init=False, default_factory=list)
    _all: list[Presence] = field(init=False, default_factory=list)
    _beats: list[int] = field(init=False, default_factory=list)
    _quoted: list[Span] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Walk down the text."""
        self.gender, self._likely = genders(self.text, self.cast.actors)
        self._head = _end_of_head(self.text)
        for actor in (a for a in self.cast.actors if a.kind == "person"):
            named = titles(self.doc, actor)
            if actor.role is None and not named:
                self._plain.add(actor.id)
            for noun in called(actor, named):
                bearers = self._called.setdefault(noun, [])
                if len(bearers) < _BEARERS:
                    bearers.append((actor, named))
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
        fitting = [a for a, named in self._called.get(meant.noun, ()) if fits(a, named, meant, self.gender)]
        before = [a for a in fitting if a.mentions[0].start < at] if meant.determined or meant.bare else []
        if before:
            ids = {a.id for a in before}
            present = rank(self._told, at, self._beat_at(at), lambda r: r.key in ids)
            if not present and (other := self.unstated(meant, at)) is not None:
                return other, False
            best = present[0][0].actor if present else max(before, key=lambda a: _last(a, at))
            return (best, len(before) == 1 and meant.owner is None) if best is not None else None
        if fitting and fitting[0].mentions[0].start > at and at < self._head:
            return min(fitting, key=lambda a: a.mentions[0].start), False
        return None

    def unstated(self, meant: Description, at: int) -> Actor | None:
        """Give the most present person, if a description may be the first to say what he or she is.

        News says *the nominee* of somebody whom every reader knows to be one.
        """
        if meant.noun not in _NEWS or not meant.determined or meant.owner is not None:
            return None
        ranked = rank(
            self._told, at, self._beat_at(at), lambda r: r.number == "person", presence.ASKED_WHO_SPEAKS
        )
        if not ranked or ranked[0][0].key not in self._plain or ranked[0][1] < _PRESENT:
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
        weight = weight_of(head, span[1])
        if number == "body" and head.dep_ in ("amod", "compound"):
            weight = presence.INSIDE_A_NAME
        speaks = any(s <= span[0] < e for s, e in self._around(span[0]))
        who = Referent(actor.id, actor, span, number, self.gender.get(actor.id, ""))
        if actor.kind == "state" and head.tag_ in ("NNS", "NNPS"):
            who = Referent(f"many/{head.lower_}", None, span, "many")  # "Americans"
        self._add(words[0], weight + presence.SPEAKING * speaks, who, speaks=speaks)
        last = end_of_list(head)
        if last is not None and self.cast.at(last.idx, last.idx + len(last)) is not None:
            several = (span[0], last.idx + len(last))
            self._add(words[0], weight, Referent(f"many/{span[0]}", None, several, "many"))

    def _around(self, at: int) -> Sequence[Span]:
        i = bisect.bisect_right(self.sources, (at, len(self.text)))
        return self.sources[max(0, i - 2) : i]

    def _phrase(self, head: Token) -> None:
        """Let the subject or object of a clause be present that is no actor: *a spokesman*, *farmers*."""
        start = self.doc[max(head.left_edge.i, head.i - _LONG)].idx
        span = (start, head.idx + len(head))
        words = self.doc.char_span(*span, alignment_mode="contract")
        if words is None or not len(words) or self.cast.at(head.idx, head.idx + len(head)) is not None:
            return
        last = end_of_list(head)
        if head.tag_ in ("NNS", "NNPS") or last is not None:
            end = head.idx + len(head) if last is None else last.idx + len(last)
            who = Referent(f"many/{head.lower_}", None, (start, end), "many")
            self._add(words[0], weight_of(head, span[1]), who)
        elif describes_person(head):
            meant = description(words, head)
            known = self.described(meant, start) if meant is not None else None
            actor = known[0] if known is not None else None
            key = actor.id if actor is not None else f"one/{head.lower_}"
            gender = self.gender.get(actor.id, "") if actor is not None else gender_of(head.lower_)
            self._add(words[0], weight_of(head, span[1]), Referent(key, actor, span, "person", gender))

    def _source(self, span: Span) -> None:
        """Let who or what speaks be present, whatever it is: *the report*, *both sides*."""
        words = self.doc.char_span(*span, alignment_mode="contract")
        if words is None or not len(words):
            return
        head = head_of(words)
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
        weight = weight_of(token, token.idx + len(token)) * (presence.AGAIN if clear else presence.AGAIN / 2)
        self._add(token, weight, who, speaks=self._is_source(token))

    def _is_source(self, token: Token) -> bool:
        return any(s == token.idx for s, _ in self._around(token.idx))

    def _resolved(self, token: Token) -> tuple[Referent, bool] | None:
        gender = HE.get(token.lower_, "")
        if gender and (ahead := self._ahead(token, gender)) is not None:
            return ahead, True
        mentions = self._all if self.is_quoted(token.idx) else self._told
        speaks = presence.ASKED_WHO_SPEAKS if self._is_source(token) else 1.0
        for doubted in (False, True) if gender else (False,):
            # A first name alone may mislead: it counts as long as somebody fits.
            test = self._test(token, {} if doubted else self._likely)
            ranked = rank(mentions, token.idx, self._beats[token.i], test, speaks)
            if ranked:
                clear = not doubted and (len(ranked) == 1 or ranked[0][1] >= _CLEAR * ranked[1][1])
                if gender and clear and token.dep_ == "nsubj":
                    self.gender.setdefault(ranked[0][0].key, gender)
                return ranked[0][0], clear
        return None

    def _test(self, token: Token, likely: dict[str, str]) -> Callable[[Referent], bool]:
        """Give the test for what a pronoun can mean."""
        word, gender = token.lower_, HE.get(token.lower_, "")
        same = clause_subject(token)
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
        start = max(first.idx, self._all[-1].start if self._all else 0)  # in the order of the walk
        mention = Presence(start, self._beats[first.i], weight, who, speaks)
        self._all.append(mention)
        if not self.is_quoted(first.idx):
            self._told.append(mention)

    def _beat_at(self, at: int) -> int:
        token = self.doc.char_span(at, at + 1, alignment_mode="expand")
        return self._beats[token[0].i] if token is not None and len(token) else 0


def _last(actor: Actor, at: int) -> int:
    """Give where an actor was last named before a place."""
    return actor.mentions[bisect.bisect_left(actor.mentions, at, key=lambda m: m.start) - 1].start


def _end_of_head(text: str) -> int:
    """Give where the headline and the first paragraph end: the first two lines that hold words."""
    end = seen = 0
    while end < len(text) and seen < 2:
        start, end = end, text.find("\n", end) + 1 or len(text)
        seen += not text[start:end].isspace()
    return end


def _is_speech(text: str, quotation: Quotation) -> bool:
    """Say whether marks hold speech rather than a nickname or title."""
    return len(text[slice(*quotation.inner)].split()) >= 4
