"""Deeds as the network reads them: every pair of a sentence, and pairs of one deed put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from onrecord.article import Span
from onrecord.events import network
from onrecord.events.anaphora import NOT_STATES
from onrecord.events.arguments import SUBJECTS, arguments, coordinated
from onrecord.events.candidates import Phrase, pairs, phrases
from onrecord.events.deeds import Deed
from onrecord.events.parties import Scene
from onrecord.events.plover import EITHER_WAY, named
from onrecord.record import EventType, Party

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

LEAST = 0.5
"""The least probability that a pair has an event at all, for it to be given."""


_HELPFUL: frozenset[EventType] = frozenset({"AID", "SUPPORT", "COOPERATE", "AGREE"})
_TYPED = 0.3
"""The least probability of the likeliest type."""
_DEMANDING = frozenset({"must", "should", "ought"})
_MOST = 8
"""Pairs of one sentence that are read, the nearest: more cost more than they find."""
_PLAIN = 0.1
"""How improbable it must be that a pair has no event, for the pair turned round not to be read."""
_BESIDE = 4
_SUBJECT = 0.15
"""The least probability of a pair that is taken for a likelier one because its source is the subject."""
_JOINED = 0.2
"""The same for a pair that joins a likelier one of the same deed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the network says of one pair: the likeliest type, how probable it is, and the word of the deed."""

    source: Phrase
    recipient: Phrase
    event: EventType
    probability: float
    act: Token
    reading: network.Reading


def paired_deeds(scene: Scene) -> tuple[list[Deed], list[Verdict]]:
    """Give the deeds of an article in the order of the text, and what the network said of every pair."""
    deeds: list[Deed] = []
    verdicts: list[Verdict] = []
    for sentence in scene.doc.sents:
        found = read_sentence(sentence, scene)
        verdicts += found
        deeds += assemble(found)
    return deeds, verdicts


def read_sentence(sentence: Sentence, scene: Scene) -> list[Verdict]:
    """Read the pairs of a sentence; of a deed that both sides may do, the pair turned round as well."""
    found = phrases(sentence, scene)
    if len(found) < 2:
        return []
    pieces = network.sentence(sentence.text, network.load().tokenizer)
    asked = sorted(pairs(found), key=lambda pair: abs(pair[0].head.i - pair[1].head.i))[:_MOST]
    asked.sort(key=lambda pair: (pair[0].head.dep_ not in SUBJECTS, pair[0].span, pair[1].span))
    verdicts: list[Verdict] = []
    settled: set[tuple[Phrase, Phrase]] = set()
    for pair in asked:
        verdict = None if pair in settled else _verdict(*pair, sentence, pieces, scene)
        if verdict is None:
            continue
        verdicts.append(verdict)
        if verdict.event not in EITHER_WAY and verdict.reading.types["NONE"] < _PLAIN:
            # What one plainly does to the other, the other does not do to it.
            settled.add(pair[::-1])
    turned = [
        (v.recipient, v.source)
        for v in verdicts
        if v.event in EITHER_WAY and _is_given(v) and (v.recipient, v.source) not in asked
    ]
    return [*verdicts, *(v for pair in turned if (v := _verdict(*pair, sentence, pieces, scene)) is not None)]


def _verdict(
    source: Phrase, recipient: Phrase, sentence: Sentence, pieces: network.Sentence, scene: Scene
) -> Verdict | None:
    first = sentence.start_char
    said = _said(source, recipient, scene)
    inside = None if said is None else (said[0] - first, said[1] - first)
    reading = network.read(pieces, [_within(source, first)], [_within(recipient, first)], inside)
    event, probability = named(reading.types)
    start, end = reading.act
    if start == end:
        return None
    words = sentence.doc.char_span(first + start, first + end, alignment_mode="expand")
    return Verdict(source, recipient, event, probability, _content(words[0]), reading) if words else None


def _said(source: Phrase, recipient: Phrase, scene: Scene) -> Span | None:
    """Give the words of a voice that hold both sides: what one does to the other, they say, and no cue."""
    voice = scene.voices.at(*source.span)
    if voice is None or scene.voices.at(*recipient.span) is not voice:
        return None
    low, high = sorted((source.span, recipient.span))
    return next((m.span for m in voice.content if m.start <= low[0] and high[1] <= m.end), None)


def _content(word: Token) -> Token:
    """Give the word that a particle or auxiliary belongs to, "turned [off]"; "must" demands by itself."""
    slight = word.pos_ in ("ADP", "PART", "AUX", "ADV", "DET", "SCONJ") and word.lower_ not in _DEMANDING
    return word.head if slight and word.head.pos_ in ("VERB", "NOUN") else word


def _within(phrase: Phrase, first: int) -> network.Span:
    return phrase.span[0] - first, phrase.span[1] - first


def assemble(verdicts: Sequence[Verdict]) -> list[Deed]:
    """Put the pairs of one deed together: "A and B condemned C" is one deed with two sources.

    Of the pairs that share a word, the likeliest says what it is; others join it where they are coordinated
    with its source or recipient, or are the same pair the other way round.
    """
    by_act: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in sorted(verdicts, key=lambda v: -v.probability):
        by_act[verdict.act.i].append(verdict)
    deeds = [_deed(own) for _, own in sorted(by_act.items()) if _is_given(own[0])]
    return [deed for deed in deeds if deed.recipient or deed.reciprocal if not _is_told_better(deed, deeds)]


def _is_told_better(deed: Deed, deeds: Sequence[Deed]) -> bool:
    """Say whether a word beside it tells the same with more certainty: "[granted] political asylum"."""
    return any(
        other.event == deed.event
        and other.confidence > deed.confidence
        and abs(other.act.i - deed.act.i) <= _BESIDE
        and bool(other.sides & deed.sides)
        for other in deeds
    )


def _is_given(best: Verdict) -> bool:
    return best.probability >= _TYPED and 1 - best.reading.types["NONE"] >= LEAST


def _deed(own: Sequence[Verdict]) -> Deed:
    best = _with_subject(own)
    likely = [v for v in own if v.probability >= _JOINED and v.event == best.event]
    joined = [v for v in likely if _joins(v, best)]
    # One blow is no fight: an attack is of both only where both directions are likely.
    least = LEAST if best.event == "ASSAULT" else _JOINED
    back = any(v.probability >= least and _joins(v, best, turned=True) for v in likely)
    mutual = best.event in EITHER_WAY and back
    if mutual:
        source = _parties(p for v in joined for p in (v.source, v.recipient))
        recipient: tuple[Party, ...] = ()
    else:
        source = _parties(v.source for v in joined)
        ours = {_identity(p) for p in source}
        recipient = tuple(p for p in _parties(v.recipient for v in joined) if _identity(p) not in ours)
    if best.event in _HELPFUL:
        recipient = tuple(_elsewhere(p, source) for p in recipient)
    told = best.reading
    return Deed(
        best.act, best.event, source, recipient, mutual, best.act, best.probability, told.statuses, told.said
    )


def _with_subject(own: Sequence[Verdict]) -> Verdict:
    """Give the likeliest pair, or the one whose source is the subject of the verb, where there is one.

    What is done is the network's to say; who does it stands in the grammar: "the North led the agenda when
    the president met" is the president's meeting.
    """
    best = own[0]
    agents = {t.i for t in arguments(best.act).agents} if best.act.pos_ == "VERB" else set()
    if not agents or best.source.head.i in agents:
        return best
    same = (v for v in own if v.event == best.event and v.probability >= _SUBJECT)
    other = next((v for v in same if v.source.head.i in agents and v.recipient != best.source), None)
    return best if other is None else replace(other, probability=best.probability)


def _elsewhere(one: Party, source: Sequence[Party]) -> Party:
    """Give an armed group without a country where it would be helped by the state that it fights.

    Its country was only the nearest state in the text: "the UAE denied arming the rebels".
    """
    own = one.sector in NOT_STATES and one.country in {p.country for p in source}
    return msgspec.structs.replace(one, country=None) if own else one


def _joins(one: Verdict, best: Verdict, *, turned: bool = False) -> bool:
    """Say whether both sides of a pair are those of the best one, or coordinated with them."""
    ends = (best.recipient, best.source) if turned else (best.source, best.recipient)
    return _together(one.source, ends[0]) and _together(one.recipient, ends[1])


def _together(one: Phrase, other: Phrase) -> bool:
    if one.span == other.span:
        return True
    heads = {t.i for t in coordinated(one.head)}, {t.i for t in coordinated(other.head)}
    return other.head.i in heads[0] or one.head.i in heads[1] or bool(heads[0] & heads[1])


def _parties(found: Iterable[Phrase]) -> tuple[Party, ...]:
    known: dict[tuple[str, str], Party] = {}
    for phrase in sorted(found, key=lambda p: p.span):
        for party in phrase.parties:
            known.setdefault(_identity(party), party)
    return tuple(known.values())


def _identity(party: Party) -> tuple[str, str]:
    """Give what tells a party from others: a government and the rebels of its country are two."""
    return party.country or party.name, party.sector or "GOV"
