"""Who stands behind a source: names, pronouns, *the analyst*, and quotations whose speaker stands elsewhere.

A source resolves through the article itself. What the text has lost stays null; a speaker taken from the
context alone is marked inferred.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from onrecord.actors import Cast
from onrecord.article import Span
from onrecord.attributions.found import Found
from onrecord.record import Actor, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NEAR = 40
"""How many attributions back a speaker is looked for: a text has a short memory, and we take little time."""

_RECENT = 400
"""Code points back to which *they* may reach."""

_SINGULAR = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f", "hers": "f"}
_PLURAL = ("they", "their", "them", "both")
_RELATIVE = ("who", "which", "that", "whom")
_FIRST = ("i", "we", "my", "our")
_NOBODY = ("no", "no one", "nobody", "none", "neither", "anyone", "anybody", "few")
_HONORIFIC = {
    "mr": "m",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
    "sir": "m",
    "lady": "f",
    "king": "m",
    "queen": "f",
}
_EXPERTS = frozenset("analyst expert scholar researcher fellow academic observer author professor".split())

_ROLES = _EXPERTS | frozenset(
    "ambassador commander diplomat general minister official president senator".split()
)
_ROLES |= frozenset("secretary spokesman spokesperson spokeswoman".split())


@dataclass(frozen=True, slots=True)
class Resolved:
    """A speaker (null where the text has lost it), and whether it is a guess from the context.

    `source` is the source of the neighbouring attribution that a guess was taken from.
    """

    speaker: Speaker | None
    inferred: bool = False
    source: Span | None = None


@dataclass(slots=True)
class _Scene:
    """What is known while walking down the article: who spoke last, and who is he and who is she."""

    doc: Doc
    text: str
    """`doc.text`, which spaCy would build anew at every use."""
    cast: Cast
    spoken: list[tuple[int, Resolved]] = field(default_factory=list)
    gender: dict[str, str] = field(default_factory=dict)
    persons: list[tuple[int, Actor]] = field(default_factory=list)


def resolve(doc: Doc, cast: Cast, found: Sequence[Found]) -> tuple[Resolved, ...]:
    """Give the speaker of each attribution, in the order of `found`."""
    text = doc.text
    scene = _Scene(doc, text, cast, gender=_genders(text, cast), persons=_narrated_persons(cast, found))
    resolved: dict[int, Resolved] = {}
    order = sorted(range(len(found)), key=lambda i: (found[i].source is None, _place(found[i])))
    for i in order:
        if found[i].source is None:
            continue
        one = _from_source(scene, found[i].source or (0, 0))
        resolved[i] = one
        if one.speaker is not None:
            scene.spoken.append((_place(found[i]), one))
    known = sorted(((_place(found[i]), i, r) for i, r in resolved.items()), key=lambda k: k[:2])
    for i in order:
        if i not in resolved:
            resolved[i] = _from_context(scene, found, i, known)
    return tuple(resolved[i] for i in range(len(found)))


def _place(found: Found) -> int:
    """Give the position that decides what is said before and after: that of the source, else the content."""
    return found.source[0] if found.source else found.content[0][0]


# --- sources in words


def _from_source(scene: _Scene, source: Span) -> Resolved:
    head = _head(scene.doc, source)
    if head is None:
        return Resolved(None)
    word = head.lower_
    if word in _SINGULAR:
        return _pronoun(scene, source, _SINGULAR[word])
    if word in _RELATIVE and head.dep_ in ("nsubj", "nsubjpass") and len(head.text) == source[1] - source[0]:
        return _antecedent(scene, head)
    if word in _PLURAL or word == "it":
        return _plural_or_thing(scene, source)
    words = scene.text[slice(*source)].lower().split()
    if word in _FIRST or words[0] in _NOBODY or " ".join(words[:2]) in _NOBODY or words[-1] in _RELATIVE:
        # "I" outside a quotation is the outlet's author, whom we do not name.
        return Resolved(None)
    named = None if _is_coordinated(scene, source, head) else _named(scene, source, head)
    if named is not None and named.kind == "group":
        # "ministers on both sides", not just "ministers"
        return Resolved(replace(as_speaker(named), name=scene.text[slice(*source)]))
    if named is not None:
        return Resolved(as_speaker(named))
    return _described(scene, source, head)


def _head(doc: Doc, source: Span) -> Token | None:
    span = doc.char_span(*source, alignment_mode="contract")
    return span.root if span is not None and len(span) else None


def _is_coordinated(scene: _Scene, source: Span, head: Token) -> bool:
    """Say whether a source is several: *Oslo and Accra*, but not *China, its only ally and lifeline*."""
    joined = [c for c in head.children if c.dep_ == "conj" and c.idx < source[1]]
    marked = any(c.dep_ == "cc" for c in head.children)
    return any(marked or scene.cast.at(c.idx, c.idx + len(c)) is not None for c in joined)


def _named(scene: _Scene, source: Span, head: Token) -> Actor | None:
    """Give the actor named at the head of the source, or in apposition to it."""
    near = [head, *(c for c in head.children if c.dep_ in ("appos", "compound", "flat"))]
    for token in near:
        if source[0] <= token.idx < source[1]:
            actor = scene.cast.at(token.idx, token.idx + len(token))
            if actor is not None and _names(actor, head, token):
                return actor
    return None


def _names(actor: Actor, head: Token, token: Token) -> bool:
    """Say whether an actor named at `token` is what a phrase with this head is about."""
    if token.i == head.i:
        return True
    # "the Obama campaign" is no Obama; "a spokeswoman, Ana Ruiz" is Ana Ruiz.
    return actor.kind == "person" and token.dep_ == "appos"


def _described(scene: _Scene, source: Span, head: Token) -> Resolved:
    """Resolve *the analyst* to whom the article has called so; else keep the words as the name."""
    words = scene.doc.char_span(*source, alignment_mode="contract")
    definite = words is not None and words[0].lower_ == "the" and len(words) <= 3
    if definite and head.tag_ == "NN":
        for at, one in reversed(scene.spoken[-_NEAR:]):
            if at < source[0] and one.speaker is not None and _plays(one.speaker, head.lemma_.lower()):
                return Resolved(one.speaker)
        if head.lemma_.lower() in _ROLES:
            one = next((r for at, r in reversed(scene.spoken[-_NEAR:]) if at < source[0]), Resolved(None))
            if _is_person(scene, one) and one.speaker is not None and one.speaker.role is None:
                return Resolved(one.speaker, inferred=True)
    states = scene.cast.states_in(*source)
    country = states[0].country if len({s.country for s in states}) == 1 else None
    actor = scene.cast.at(*source)
    same = actor is not None and any(m.span == source for m in actor.mentions)
    name = scene.text[slice(*source)]
    return Resolved(Speaker(actor.id if actor and same else None, name, None, None, country))


def _plays(speaker: Speaker, role: str) -> bool:
    """Say whether *the* `role` can be this speaker, by the words that the article used."""
    stated = (speaker.role or "").lower()
    if not stated:
        return False
    return role in stated or (role in _EXPERTS and any(e in stated for e in _EXPERTS))


# --- pronouns


def _pronoun(scene: _Scene, source: Span, gender: str) -> Resolved:
    """Take the nearest person of the sentence, else who spoke last, else who was named last."""
    sentence = scene.doc.char_span(*source, alignment_mode="expand")
    start = sentence.sent.start_char if sentence is not None else source[0]
    ordered = list(_candidates(scene, start, source[0]))
    for actor, sure in ordered:
        if scene.gender.get(actor.id, gender) == gender:
            scene.gender.setdefault(actor.id, gender)
            return Resolved(as_speaker(actor), inferred=not sure)
    return Resolved(None)


def _candidates(scene: _Scene, sentence: int, before: int) -> Iterator[tuple[Actor, bool]]:
    low = bisect.bisect_left(scene.persons, sentence, key=_at)
    high = bisect.bisect_left(scene.persons, before, key=_at)
    yield from ((a, True) for _, a in scene.persons[low:high][:1])
    spoke = next(
        ((at, s) for at, s in reversed(scene.spoken[-_NEAR:]) if at < before and _is_person(scene, s)),
        (-1, Resolved(None)),
    )
    acted = scene.text.rfind("\n", 0, before)
    for at, actor in reversed(scene.persons[max(0, high - 6) : high]):
        # "Rell would not bet. 'It may fail,' he said": who acts in the paragraph comes before who spoke.
        if at > max(spoke[0], acted) and _acts(scene.doc, at):
            yield actor, True
            break
    known = spoke[1].speaker
    actor_known = scene.cast.by_id(known.actor) if known is not None and known.actor else None
    if actor_known is not None:
        yield actor_known, True
    yield from ((a, False) for _, a in reversed(scene.persons[max(0, high - 6) : high]))


def _at(place: tuple[int, Actor]) -> int:
    return place[0]


def _acts(doc: Doc, at: int) -> bool:
    """Say whether the name at `at` is the subject of a main clause."""
    name = doc.char_span(at, at + 1, alignment_mode="expand")
    if name is None or not len(name):
        return False
    head = name[0]
    while head.dep_ == "compound":
        head = head.head
    return head.dep_ == "nsubj" and head.head.dep_ in ("ROOT", "conj")


def _is_person(scene: _Scene, resolved: Resolved) -> bool:
    speaker = resolved.speaker
    actor = scene.cast.by_id(speaker.actor) if speaker is not None and speaker.actor else None
    return actor is not None and actor.kind == "person"


def _plural_or_thing(scene: _Scene, source: Span) -> Resolved:
    """*They* and *it* are the last speaker that is no single person, where one spoke before."""
    for at, one in reversed(scene.spoken[-_NEAR:]):
        if source[0] - _RECENT < at < source[0] and one.speaker is not None and not _is_person(scene, one):
            return Resolved(one.speaker, inferred=True)
    return Resolved(None)


def _antecedent(scene: _Scene, relative: Token) -> Resolved:
    """Resolve *who* to the noun that its clause belongs to."""
    clause = relative.head
    while clause.dep_ in ("conj", "ccomp", "xcomp") and clause.head is not clause:
        clause = clause.head
    noun = clause.head
    if clause.dep_ != "relcl" or noun is clause:
        return Resolved(None)
    start = min(t.idx for t in noun.subtree if t.i <= noun.i)
    span = (start, noun.idx + len(noun))
    actor = _named(scene, span, noun)
    return Resolved(as_speaker(actor)) if actor is not None else _described(scene, span, noun)


# --- no source in words


def _from_context(
    scene: _Scene, found: Sequence[Found], i: int, resolved: Sequence[tuple[int, int, Resolved]]
) -> Resolved:
    """Infer the speaker of a quotation without a cue from the attribution that stands before it.

    Only an attribution of the same paragraph or of the paragraph right before it counts; a passive (*is
    expected to*) has no speaker at all. `resolved` holds place, number in `found` and speaker, by place.
    """
    one = found[i]
    if one.cue is not None:
        return Resolved(None)
    text = scene.text
    start, end = one.content[0][0], one.content[-1][1]
    paragraph = text.rfind("\n", 0, start) + 1
    last = bisect.bisect_left(resolved, start, key=lambda r: r[0])
    best: tuple[int, int, Resolved] | None = None
    for _, j, known in resolved[max(0, last - _NEAR) : last]:
        source = found[j].source
        if known.speaker is None or source is None or start <= source[0] < end:
            continue
        reach = max(found[j].content[-1][1], source[1])
        if reach <= start and (best is None or reach >= best[0]):
            best = (reach, j, known)
    if best is None:
        return Resolved(None)
    reach, j, known = best
    if reach >= paragraph:
        return Resolved(known.speaker, inferred=True, source=found[j].source)
    if len(text[reach:start].strip().splitlines()) <= 1:
        return Resolved(known.speaker, inferred=True)
    return Resolved(None)


# --- actors


def as_speaker(actor: Actor) -> Speaker:
    """Give an actor as a speaker."""
    return Speaker(actor.id, actor.name, actor.role, actor.affiliation, actor.country)


def _narrated_persons(cast: Cast, found: Sequence[Found]) -> list[tuple[int, Actor]]:
    """List where persons are named outside other people's words, in the order of the text."""
    quoted = [s for f in found if f.cue is None or f.rule == "quotation" for s in f.content]
    places = [
        (m.start, actor)
        for actor in cast.actors
        if actor.kind == "person"
        for m in actor.mentions
        if not any(s <= m.start < e for s, e in quoted)
    ]
    return sorted(places, key=lambda p: p[0])


def _genders(text: str, cast: Cast) -> dict[str, str]:
    """Read he or she off the honorifics before the names."""
    genders: dict[str, str] = {}
    for actor in cast.actors:
        if actor.kind != "person":
            continue
        for m in actor.mentions:
            words = (text[max(0, m.start - 7) : m.start].split() or [""])[-1:] + m.text.split()[:1]
            for word in words:
                gender = _HONORIFIC.get(word.rstrip(".").lower())
                if gender:
                    genders.setdefault(actor.id, gender)
    return genders
