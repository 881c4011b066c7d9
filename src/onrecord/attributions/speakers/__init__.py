"""Who stands behind a source: names, pronouns, *the analyst*, and quotations whose speaker stands elsewhere.

A source resolves through the article itself. What the text has lost stays null; a speaker taken from the
context alone is marked inferred.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from onrecord.actors import Cast
from onrecord.article import Span
from onrecord.attributions.found import Found
from onrecord.attributions.rules.verbs import SUBJECTS
from onrecord.attributions.speakers import naming
from onrecord.attributions.speakers.describing import description, head_of
from onrecord.attributions.speakers.discourse import HE, IT, THEY, Discourse
from onrecord.quotations import find_quotations
from onrecord.record import Actor, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

_NEAR = 40
"""How many attributions back a speaker is looked for: a text has a short memory, and we take little time."""

_LONG = 40
"""Words of the antecedent of a relative pronoun that are kept."""

_RELATIVE = ("who", "which", "that", "whom", "whose")
_FIRST = ("i", "we", "my", "our", "me", "us")
_NOBODY = ("no", "no one", "nobody", "none", "neither", "anyone", "anybody", "few")
_CLITICS = ("'s", "’s", "'d", "’d", "'ll", "’ll", "'ve", "’ve", "'re", "’re", "'m", "’m")


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
    """What is known while walking down the article: who is present in it, and who spoke."""

    doc: Doc
    text: str
    """`doc.text`, which spaCy would build anew at every use."""
    cast: Cast
    names: naming.Names
    discourse: Discourse
    spoken: list[tuple[int, Resolved]] = field(default_factory=list)


def resolve(doc: Doc, cast: Cast, found: Sequence[Found]) -> tuple[Resolved, ...]:
    """Give the speaker of each attribution, in the order of `found`."""
    text = doc.text
    sources = tuple(sorted({f.source for f in found if f.source is not None}))
    discourse = Discourse(doc, text, cast, find_quotations(text), sources)
    scene = _Scene(doc, text, cast, naming.Names(cast), discourse)
    resolved: dict[int, Resolved] = {}
    order = sorted(range(len(found)), key=lambda i: (found[i].source is None, _place(found[i])))
    for i in order:
        source = found[i].source or _shared(scene, found[i])
        if source is None:
            continue
        one = _from_source(scene, source)
        resolved[i] = one
        if one.speaker is not None and found[i].source is not None:
            scene.spoken.append((source[0], one))
    _first_persons(scene, found, resolved)
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
    words = scene.doc.char_span(*source, alignment_mode="contract")
    if words is None or not len(words):  # "…”Holt said", which is one token
        words = scene.doc.char_span(*source, alignment_mode="expand")
    if words is None or not len(words):
        return Resolved(None)
    pronoun = words[0] if all(t.lower_ in _CLITICS for t in words[1:]) else None
    if pronoun is not None and (pronoun.lower_ in HE or pronoun.lower_ in IT or pronoun.lower_ in THEY):
        return _pronoun(scene, pronoun)
    last = words[-1]
    if last.lower_ in _RELATIVE and (len(words) == 1 or last.lower_ == "whom"):
        return _antecedent(scene, words)
    said = scene.text[slice(*source)].lower().split()
    if pronoun is not None and pronoun.lower_ in _FIRST:
        return Resolved(None)
    if not said or said[0] in _NOBODY or " ".join(said[:2]) in _NOBODY or said[-1] in _RELATIVE:
        return Resolved(None)
    return _phrase(scene, source, words)


def _phrase(scene: _Scene, source: Span, words: Words) -> Resolved:
    """Resolve a noun phrase: by the name in it, as a description, or to its own words."""
    head = head_of(words)
    named = scene.names.of(scene.text, source, words)
    if named is not None and named.kind == "group":
        # "ministers on both sides", not just "ministers"
        return Resolved(replace(as_speaker(named), name=scene.text[slice(*source)]))
    if named is not None and naming.is_people(named, words):
        return Resolved(Speaker(None, scene.text[slice(*source)], None, None, named.country))
    if named is not None:
        return Resolved(as_speaker(named))
    if naming.several(scene.text, scene.cast, source, words):
        return _own_words(scene, source)
    return _described(scene, source, words, head)


def _described(scene: _Scene, source: Span, words: Words, head: Token) -> Resolved:
    """Resolve *the analyst* to whom the article has called so; else keep the words as the name."""
    meant = description(words, head)
    if meant is not None:
        known = scene.discourse.described(meant, source[0])
        if known is not None:
            return Resolved(as_speaker(known[0]), inferred=not known[1])
        if meant.determined and meant.owner is None:
            if len(words) <= 3 and (same := _same_words(scene, source, meant.noun)) is not None:
                return Resolved(same)  # "a Ghanaian official said …, the official said"
            if (actor := scene.discourse.unstated(meant, source[0])) is not None:
                return Resolved(as_speaker(actor), inferred=True)
    elif (body := scene.names.body(words, source[0])) is not None:
        return Resolved(as_speaker(body))
    elif len(words) == 1 and head.tag_ == "NNP":
        same = _same_words(scene, source, head.lower_, last=True)
        return Resolved(same) if same is not None else _own_words(scene, source)
    return _own_words(scene, source)


def _same_words(scene: _Scene, source: Span, word: str, *, last: bool = False) -> Speaker | None:
    """Give the last speaker who is known by words alone with this one among them, or as their last."""
    for at, one in reversed(scene.spoken[-_NEAR:]):
        if at < source[0] and one.speaker is not None and one.speaker.actor is None:
            words = one.speaker.name.lower().split()
            if (words[-1] == word and len(words) > 1) if last else word in words:
                return one.speaker
    return None


def _own_words(scene: _Scene, source: Span) -> Resolved:
    states = scene.cast.states_in(*source)
    country = states[0].country if len({s.country for s in states}) == 1 else None
    actor = scene.cast.at(*source)
    same = actor is not None and any(m.span == source for m in actor.mentions)
    return Resolved(
        Speaker(actor.id if actor and same else None, scene.text[slice(*source)], None, None, country)
    )


# --- pronouns


def _pronoun(scene: _Scene, pronoun: Token) -> Resolved:
    """Take whom the pronoun means: an actor, or what the words describe that it stands for."""
    meant = scene.discourse.meant(pronoun)
    if meant is None:
        return Resolved(None)
    who, clear = meant
    if who.actor is not None and who.actor.kind != "group":
        return Resolved(as_speaker(who.actor), inferred=not clear)
    words = scene.doc.char_span(*who.span, alignment_mode="contract")
    if words is None or not len(words):
        return Resolved(None)
    return Resolved(_phrase(scene, who.span, words).speaker, inferred=not clear)


def _antecedent(scene: _Scene, source: Words) -> Resolved:
    """Resolve *who*, *many of whom* to the noun that its clause belongs to."""
    relative = source[-1]
    beside = scene.cast.mentions_in(max(0, source.start_char - 3), source.start_char)
    of_person = relative.lower_ in ("who", "whom")
    if (
        relative.lower_ in ("who", "whom", "which")
        and beside
        and (beside[-1][1].kind == "person") == of_person
    ):
        return Resolved(as_speaker(beside[-1][1]))
    clause = relative
    while clause.dep_ != "relcl" and clause.head.i != clause.i:
        clause = clause.head
    noun = clause.head
    if clause.dep_ != "relcl" or noun.i >= source.start:
        return Resolved(None)
    first, last = max(noun.left_edge.i, source.start - _LONG), source.start
    while last > noun.i + 1 and scene.doc[last - 1].is_punct:
        last -= 1
    words = scene.doc[min(first, noun.i) : last]
    return _phrase(scene, (words.start_char, words.end_char), words)


def _first_persons(scene: _Scene, found: Sequence[Found], resolved: dict[int, Resolved]) -> None:
    """Let *I* inside what somebody says be that speaker; outside it is the author, whom we do not name."""
    spans = sorted((s, e, j) for j, r in resolved.items() if r.speaker for s, e in found[j].content)
    for i, one in list(resolved.items()):
        source = found[i].source
        if source is None or one.speaker is not None or scene.text[slice(*source)].lower() not in _FIRST:
            continue
        end = bisect.bisect_right(spans, (source[0], len(scene.text), 0))
        near = spans[max(0, end - _NEAR) : end]
        around = min(((e - s, j) for s, e, j in near if source[1] <= e and j != i), default=None)
        if around is not None:
            resolved[i] = resolved[around[1]]


# --- no source in words


def _shared(scene: _Scene, found: Found) -> Span | None:
    """Give the subject that a cue shares with the verb it is joined to: *ministers met and said …*."""
    if found.cue is None:
        return None
    words = scene.doc.char_span(*found.cue, alignment_mode="expand")
    if words is None or not len(words):
        return None
    verb = words.root
    while verb.dep_ == "conj" and verb.pos_ in ("VERB", "AUX"):
        if any(c.dep_ in (*SUBJECTS, "auxpass") for c in verb.children) or verb.head.pos_ not in (
            "VERB",
            "AUX",
        ):
            return None
        verb = verb.head
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is not None and subject.lower_ not in ("it", "there", *_RELATIVE):
            first = subject.left_edge.idx
            span = (first, subject.idx + len(subject))
            inside = any(s < span[1] and span[0] < e for s, e in found.content)
            return None if inside else span
    return None


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


def as_speaker(actor: Actor) -> Speaker:
    """Give an actor as a speaker."""
    return Speaker(actor.id, actor.name, actor.role, actor.affiliation, actor.country)
