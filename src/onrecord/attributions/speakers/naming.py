"""Whom a noun phrase names: the actor at its head, in apposition, or under another form of the name."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from onrecord.actors import Cast
from onrecord.actors.gazetteer import find_names
from onrecord.article import Span
from onrecord.attributions.speakers.describing import describes_person, head_of
from onrecord.record import Actor

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

_NEAR = 200
"""Mentions of bodies that are looked back over."""

_ARTICLE = re.compile(r"^(?:the|a|an|this|that|its|their)\s+", re.IGNORECASE)
_CLOSING = " \t\xa0,;:.-–—"
_POSSESSIVE = re.compile(r"['’]s?$")
_SMALL = frozenset("of for the and on in a".split())
_JOINING = re.compile(
    r"(?:,?\s*\(?[DRI]-[\w.]+\)?)?(?:\s+of\s+[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?,?\s+(?:and|or|&|nor)\s+(?:[A-Z][\w.'’-]*\s+){0,4}"
)
"""What stands between two names of one list: *Bob X, R-Ohio, and Sen. Y*."""


class Names:
    """The names of an article's actors, under all forms that it has."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._known: dict[str, Actor | None] = {}
        self._bodies: list[tuple[int, Actor, frozenset[str]]] = []
        for actor in cast.actors:
            for form in {actor.name, *(m.text for m in actor.mentions)} if actor.kind != "group" else ():
                self._enter(form, actor)
            if actor.kind == "person":
                self._enter(actor.name.split()[-1], actor)
            if actor.kind == "organisation":
                words = frozenset(w.lower() for w in actor.name.split()) - _SMALL
                self._bodies.extend((m.start, actor, words) for m in actor.mentions)
        self._bodies.sort(key=lambda b: b[0])

    def _enter(self, form: str, actor: Actor) -> None:
        form = _plain(form)
        other = self._known.setdefault(form, actor)
        if other is not None and other.id != actor.id:
            self._known[form] = None  # two bear it

    def of(self, text: str, source: Span, words: Words) -> Actor | None:
        """Give the one actor whom a noun phrase names; None where it names none or several."""
        head = head_of(words)
        if several(text, self._cast, source, words):
            return None
        near = [head, *(c for c in head.children if c.dep_ in ("appos", "compound", "flat"))]
        for token in near:
            if source[0] <= token.idx < source[1]:
                actor = self._cast.at(token.idx, token.idx + len(token))
                if actor is not None and _names(actor, head, token):
                    return actor
        return self._person(text, source, words) or self._known.get(_plain(text[slice(*source)]))

    def _person(self, text: str, source: Span, words: Words) -> Actor | None:
        """Give the person whose name opens or closes a phrase that the parser has not understood."""
        for m, actor in self._cast.mentions_in(*source):
            if actor.kind != "person" or m.start < source[0] or m.end > source[1]:
                continue
            before = [t for t in words if t.idx < m.start]
            opens = m.start == source[0] and text[m.end : source[1]].lstrip(" \xa0")[:1] in ("", ",", "(")
            closes = not text[m.end : source[1]].strip(_CLOSING)
            if opens or (closes and before and _introduces(before)):
                return actor
        return None

    def body(self, words: Words, at: int) -> Actor | None:
        """Give the body that *the committee*, *the appeals court* is short for: the one named last."""
        if words[0].lower_ not in ("the", "this", "that") or len(words) > 4:
            return None
        meant = frozenset(t.lower_ for t in words[1:] if not t.is_punct and t.tag_ != "POS") - _SMALL
        end = bisect_left(self._bodies, at, key=lambda b: b[0])
        near = reversed(self._bodies[max(0, end - _NEAR) : end])
        return next((a for _, a, name in near if meant and meant <= name), None)


def _plain(form: str) -> str:
    words = _ARTICLE.sub("", form.strip(_CLOSING))
    return " ".join(_POSSESSIVE.sub("", words).lower().split())


def _introduces(before: list[Token]) -> bool:
    """Say whether words lead up to their own name: *an aide, X*, *an actor named X*, no *aide to X*."""
    last = before[-1]
    if last.lower_ in ("named", "called") or (last.text == "," and before[0].dep_ != "prep"):
        return not any(t.tag_ in ("VBD", "VBZ", "VBP") for t in before)
    return last.pos_ in ("NOUN", "PROPN", "ADJ") and not any(t.pos_ in ("ADP", "VERB") for t in before)


def _names(actor: Actor, head: Token, token: Token) -> bool:
    """Say whether an actor named at `token` is what a phrase with this head is about."""
    if token.i == head.i:
        return True
    # "the Obama campaign" is no Obama; "a spokeswoman, Ana Ruiz" is Ana Ruiz.
    return actor.kind == "person" and token.dep_ == "appos"


def several(text: str, cast: Cast, source: Span, words: Words) -> bool:
    """Say whether a source is several: *Oslo and Accra*, but not *China, its only ally and lifeline*."""
    head = head_of(words)
    joined = [c for c in head.children if c.dep_ == "conj" and source[0] <= c.idx < source[1]]
    marked = any(c.dep_ == "cc" and c.idx < source[1] for c in head.children)
    people = [m for m, a in cast.mentions_in(*source) if a.kind == "person" and m.start >= source[0]]
    roles = [
        t for t in (head, *joined) if describes_person(t) or any(m.start <= t.idx < m.end for m in people)
    ]
    if len(people) == 1 and len(roles) == len(joined) + 1 and words[0].lower_ not in ("the", "a", "an"):
        return False  # "columnist and author George X"
    if any(marked or cast.at(c.idx, c.idx + len(c)) is not None for c in joined):
        return True
    return len(people) > 1 and _JOINING.fullmatch(text, people[0].end, people[1].start) is not None


def is_people(actor: Actor, words: Words) -> bool:
    """Say whether a phrase is about a state's people and not the state: *many Poles*, not *the Poles*."""
    head = head_of(words)
    if actor.kind != "state" or head.tag_ not in ("NNS", "NNPS"):
        return False
    form = next((h.fact.form for h in find_names(head.text)), None)
    return form == "people" and (len(words) != 2 or words[0].lower_ != "the")
