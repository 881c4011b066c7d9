"""Who did what to whom: the deeds of an article as events, each with its status relative to a voice.

Two witnesses are heard. The network reads every pair of actors of a sentence (`onrecord.events.pairing`);
words that name deeds are read with their grammar (`onrecord.events.acts`). Where both read the same word the
network is followed; what only words name is given where the network does not speak against it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import msgspec

from onrecord.article import Article, mention
from onrecord.events.acts import means_it, named_deeds
from onrecord.events.deeds import Deed
from onrecord.events.modes import contexts_of, mode_of
from onrecord.events.network import Reading
from onrecord.events.pairing import Verdict, paired_deeds
from onrecord.events.parties import Scene, nearest_date, sentence_of
from onrecord.events.plover import COMMISSIVE, as_coded
from onrecord.events.status import TELLING, find_status, weighed
from onrecord.record import Attribution, Event, EventType, Party, When, identify

if TYPE_CHECKING:
    from spacy.tokens import Token

_T = TypeVar("_T")
_SPOKEN: frozenset[EventType] = frozenset({"ACCUSE", "REJECT", "THREATEN", "REQUEST"})
_SAID = 0.9
"""How probable it must be that somebody says it, where grammar finds no voice."""
_STANDING: frozenset[EventType] = frozenset({"COOPERATE", "SUPPORT"})
"""Deeds whose nouns name a state of affairs: "cooperation", "partnership", "ties"."""
_LONG_AGO = dt.timedelta(days=548)
"""A deed dated a year and a half before publication is told as background."""
_NEAR = 4
"""Words apart at which two witnesses may still mean one deed: "carried out [air] strikes"."""
_CERTAIN, _SURE, _LIKELY = 0.85, 0.6, 0.7
"""How probable a type must be to stand against words that only report, words that mean no deed with this
object, and words of another type."""
_DOUBTED = 0.1
"""What the network must at least give to the type of a deed that only words name."""


def find_events(scene: Scene) -> tuple[Event, ...]:
    """Give the events in the order of the text.

    The status is relative to the innermost attribution that holds the act. A deed that an accusation or
    rejection is about is an event of its own, which the first points at (`about`).
    """
    found: dict[str, tuple[Event, Token]] = {}
    for deed in find_deeds(scene):
        event = _event(deed, scene)
        found.setdefault(event.id, (event, deed.act))
    return tuple(_with_about(list(found.values())))


def find_deeds(scene: Scene) -> list[Deed]:
    """Give the deeds of both witnesses, each once, in the order of the text."""
    read, verdicts = paired_deeds(scene)
    by_words = {d.act.i: d for d in named_deeds(scene)}
    paired = [_settled(d, by_words) for d in read if d.confidence >= _least(d)]
    near, of_pairs = _by_sentence(paired, lambda d: d.act), _by_sentence(verdicts, lambda v: v.act)
    readings = {v.act.i: v.reading for v in sorted(verdicts, key=lambda v: v.probability)}
    named = (
        _with_reading(d, readings.get(d.act.i))
        for d in by_words.values()
        if not _heard(d, near[d.act.sent.start]) and not _doubted(d, of_pairs[d.act.sent.start])
    )
    found = sorted((*paired, *named), key=lambda d: (d.act.i, d.event))
    own = _by_sentence(found, lambda d: d.act)
    return [_with_meant(d, own[d.act.sent.start]) for d in found if not _is_meant(d, own[d.act.sent.start])]


def _with_reading(deed: Deed, reading: Reading | None) -> Deed:
    """Give a deed of words with what the network says of how real the deed of this word is."""
    return deed if reading is None else replace(deed, statuses=reading.statuses, said=reading.said)


def _by_sentence(found: Iterable[_T], word: Callable[[_T], Token]) -> dict[int, list[_T]]:
    """Give what was found by the first word of its sentence, so that time stays linear."""
    result: dict[int, list[_T]] = defaultdict(list)
    for one in found:
        result[word(one).sent.start].append(one)
    return result


def _least(deed: Deed) -> float:
    """Give how probable a deed must be by its word: some only report, some mean no deed with this object.

    "Said that Peru must" is a request all the same.
    """
    if deed.act.pos_ == "VERB" and deed.act.lemma_.lower() in TELLING and deed.event != "REQUEST":
        return _CERTAIN
    return 0.0 if means_it(deed.act) else _SURE


def _settled(deed: Deed, by_words: Mapping[int, Deed]) -> Deed:
    """Give a deed whose type the network is not sure of the type that its word has."""
    if deed.confidence >= _LIKELY:
        return deed
    own = by_words.get(deed.act.i)
    if own is None or not own.sides & deed.sides:
        return deed
    return replace(own, statuses=deed.statuses, said=deed.said)


def _is_meant(deed: Deed, found: Sequence[Deed]) -> bool:
    """Say whether a deed is what a promise or threat of the same sides is of: "threatened to expel"."""
    return any(_means(other, deed) for other in found)


def _means(outer: Deed, inner: Deed) -> bool:
    return (
        outer.event in COMMISSIVE
        and outer.act != inner.act
        and outer.act.is_ancestor(inner.act)
        and bool(_names(outer.source) & _names(inner.source))
        and bool(_names(outer.recipient) & _names(inner.recipient))
    )


def _with_meant(deed: Deed, found: Sequence[Deed]) -> Deed:
    """Give a promise or threat all those whom it is about."""
    more = [p for inner in found if _means(deed, inner) for p in inner.recipient]
    known = _names(deed.recipient) | _names(deed.source)
    added = {p.country or p.name: p for p in more if (p.country or p.name) not in known}
    return replace(deed, recipient=(*deed.recipient, *added.values())) if added else deed


def _names(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(p.country or p.name for p in parties)


def _heard(deed: Deed, paired: Sequence[Deed]) -> bool:
    """Say whether the network has read the same deed, by the same word or one that it hangs on."""
    return any(
        p.sides & deed.sides and (p.act == deed.act or (p.event == deed.event and _beside(p.act, deed.act)))
        for p in paired
    )


def _beside(one: Token, other: Token) -> bool:
    return abs(one.i - other.i) <= _NEAR or one.is_ancestor(other) or other.is_ancestor(one)


def _doubted(deed: Deed, verdicts: Sequence[Verdict]) -> bool:
    """Say whether the network has read the pair of a deed and finds hardly anything of its type in it."""
    own = [v for v in verdicts if v.source.keys | v.recipient.keys <= deed.sides]
    return bool(own) and max(v.reading.types[deed.event] for v in own) < _DOUBTED


def _event(deed: Deed, scene: Scene) -> Event:
    act = deed.act
    words = mention(scene.article.text, act.idx, act.idx + len(act))
    voice = scene.voices.at(act.idx, act.idx + len(act))
    when = nearest_date(act, scene)
    sides = sorted(p.country or p.name for p in (*deed.source, *deed.recipient))
    # What is said of a partnership ("is not new") is no denial of it.
    standing = act.pos_ == "NOUN" and deed.event in _STANDING
    status = weighed(find_status(deed.tense, voice), {} if standing else deed.statuses, deed.event)
    if voice is None and status == "asserted" and deed.said >= _SAID:
        # Somebody is reported to say it, and who is lost: nobody vouches for it.
        status = "possible"
    event = as_coded(deed.event, status)
    return Event(
        id=identify(scene.article, "event", [words], event, *sides),
        event=event,
        source=deed.source,
        recipient=deed.recipient,
        act=words,
        status=status,
        mode=mode_of(event, act, act.sent),
        contexts=contexts_of(event, act, act.sent),
        according_to=voice.id if voice else None,
        evidence=(sentence_of(act, scene),),
        confidence=round(deed.confidence, 3),
        reciprocal=deed.reciprocal,
        when=when,
        background=is_background(deed.tense, when, voice, scene.article),
    )


def is_background(act: Token, when: When | None, voice: Attribution | None, article: Article) -> bool:
    """Say whether a deed is told as history: long before publication, or in the outlet's past perfect."""
    published = article.published.earliest
    if (
        when is not None
        and when.end is not None
        and published is not None
        and published - when.end > _LONG_AGO
    ):
        return True
    if (
        voice is None
        and act.tag_ == "VBN"
        and any(c.dep_ == "aux" and c.lower_ == "had" for c in act.children)
    ):
        return True
    return _during(act)


def _during(act: Token) -> bool:
    """Say whether the clause sets the deed in a time that is over: "during the days of the embargo"."""
    words = [act, *(a for a in list(act.ancestors)[:4] if a.pos_ == "VERB")]
    times = (
        noun.lower_
        for word in words
        for child in word.children
        if child.dep_ == "prep" and child.lower_ in ("during", "in")
        for noun in child.children
        if any(c.dep_ == "prep" and c.lower_ == "of" for c in noun.children)
    )
    return any(time in ("days", "years", "decades", "era", "time", "times") for time in times)


def _with_about(found: Sequence[tuple[Event, Token]]) -> Iterator[Event]:
    """Point an accusation, demand or rejection at the deed inside its own clause that it is about."""
    by_token = {token.i: event for event, token in found}
    for event, token in found:
        inner = None
        if event.event in _SPOKEN:
            inside = (t for t in token.subtree if t.i > token.i and t.i in by_token)
            inner = next((by_token[t.i] for t in inside), None)
        yield msgspec.structs.replace(event, about=inner.id) if inner is not None else event
