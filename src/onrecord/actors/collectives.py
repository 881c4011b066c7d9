"""Sub-state actors: "Turkish police", "the rebels in Darfur", "hundreds of protesters", by PLOVER sector.

Whose they are the noun phrase says: by an adjective, a possessor or a place. Only where it says nothing, the
one state that the sentence names stands in, else that of the nearest sentence before it that names but one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.actors.nouns import (
    QUANTIFIERS,
    QUANTITIES,
    WIDEST,
    Noun,
    collective,
    first_word,
    is_anothers,
    is_group,
    is_moved,
    is_specific,
    is_taken_away,
    role,
    takes_part,
)
from onrecord.article import Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from onrecord.actors.gazetteer import Hit
    from onrecord.actors.story import Story


@dataclass(slots=True)
class Collective:
    """One sub-state actor while the article is read."""

    name: str
    country: str | None
    sector: str
    mentions: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase that stands for a group: `named` says that it tells this group from others."""

    head: Token
    noun: Noun
    span: Span
    country: str | None
    named: bool
    open: bool
    """Whether the context may say whose it is."""


_ARMED = {"REB", "UAF", "CRM", "OPP"}
"""Sectors that stand against a state: "Turkish soldiers and rebels" need not both be Turkish."""
_RULING = {"LEG"}
"""Sectors that vote on other states: which state they are of, the context must not guess."""
_PLACING = set("in of from at near across around inside outside along throughout".split())
_SPOTS = set(
    """
    city town capital village province region border state district north south east west island port
    coast side countryside government army police parliament president opposition community
    """.split()
)
_MISSIONS = {"embassy", "consulate", "mission", "ambassador", "ambassadors", "embassies"}
_ABROAD = set(
    """
    european african asian arab western eastern african-led nato-led international foreign coalition allied
    multinational global overseas neighbouring neighboring regional un peacekeeping peace-keeping keeping
    """.split()
)
"""Words by which a group is of no one state, so that the context must not give it one."""
_FRIEND_OR_FOE = re.compile(r"\b(?:pro|anti|non)[-– ]$", re.IGNORECASE)


def find_collectives(story: Story, closed: Callable[[int, int], bool]) -> list[Collective]:
    """Give the groups with their mentions in order; `closed` says whether a span names someone already."""
    context = _Context(story)
    phrases = list(_phrases(story, context, closed))
    found: dict[tuple[str, str | None], Collective] = {}
    known: dict[str, set[tuple[str, str | None]]] = {}
    for phrase in phrases:
        if phrase.named:
            known.setdefault(_kind(phrase.noun), set()).add(_key(story, phrase, context))
    for phrase in phrases:
        key = _key(story, phrase, context)
        same = known.get(_kind(phrase.noun), set()) if not phrase.named and phrase.open else set()
        if len(same) == 1 and (only := next(iter(same))) in found:
            key = only
        elif key[1] is None and phrase.noun.when in ("specific", "stated"):
            continue
        group = found.setdefault(key, Collective(_words(story, phrase), key[1], phrase.noun.sector))
        group.mentions.append(phrase.span)
    return list(found.values())


def _kind(noun: Noun) -> str:
    """Give what two phrases for one group share: rebels are insurgents, but villagers no protesters."""
    return noun.sector if noun.sector == "REB" else noun.name


def _words(story: Story, phrase: _Phrase) -> str:
    return " ".join(story.text[slice(*phrase.span)].split())


def _key(story: Story, phrase: _Phrase, context: _Context) -> tuple[str, str | None]:
    country = phrase.country
    if country is None and phrase.open:
        country = context.country(phrase)
    if phrase.named:
        return _words(story, phrase).lower(), country
    alone = phrase.head.tag_ == "NN" and phrase.noun.when != "body"
    return f"a {phrase.noun.name}" if alone else phrase.noun.name, country


class _Context:
    """What states the sentences of a text name, to be asked which one stands in."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.starts = {h.start: h for h in story.names}
        bodies = (h.fact for h in story.names if h.fact.kind == "organisation")
        self._armed = {fact.country for fact in bodies if fact.sector == "REB"}
        self._sentences: list[int] = []
        self._of: list[str | None] = []
        latest: str | None = None
        for sentence in story.doc.sents:
            here = self._named(sentence)
            # Of two states neither is the group's by right: then nothing is said.
            self._sentences.append(sentence.start)
            self._of.append(next(iter(here)) if len(here) == 1 else None if here else latest)
            latest = next(iter(here)) if len(here) == 1 else latest

    def _named(self, sentence: Sentence) -> set[str]:
        hits = self.story.names_in(sentence.start_char, sentence.end_char)
        return {h.fact.country for h in hits if h.fact.country and not self.aside(h)}

    def aside(self, hit: Hit) -> bool:
        """Say whether a nationality is only whose friend or foe one is: "pro-Russian", "Iranian-backed"."""
        text = self.story.text
        ahead = text[hit.end : hit.end + 2]
        if ahead[:1] == "-" and ahead[1:].islower():
            return True
        return _FRIEND_OR_FOE.search(text[max(0, hit.start - 6) : hit.start]) is not None

    def home(self, head: Token, country: str) -> str | None:
        """Give where ethnic Albanians live: in the one other state that the sentence names, if any."""
        others = self._named(head.sent) - {country}
        if len(others) > 1:
            return None
        return others.pop() if others else country

    def country(self, phrase: _Phrase) -> str | None:
        """Give the state that stands in for a phrase that states none."""
        if phrase.noun.sector == "REB" and not phrase.named and len(self._armed) == 1:
            return next(iter(self._armed))
        return self._of[bisect_right(self._sentences, phrase.head.i) - 1]


def _phrases(story: Story, context: _Context, closed: Callable[[int, int], bool]) -> Iterator[_Phrase]:
    done: dict[int, _Phrase] = {}
    for token in story.doc:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
            continue
        noun = collective(token)
        if noun is None:
            phrase = _nationals(context, token)
        elif noun.sector and is_group(token, noun, context.starts):
            phrase = _phrase(context, token, noun, done)
        else:
            continue
        if phrase is None or closed(token.idx, token.idx + len(token)) or story.skipped(*phrase.span):
            continue
        done[token.i] = phrase
        yield phrase


def _phrase(context: _Context, head: Token, noun: Noun, done: dict[int, _Phrase]) -> _Phrase | None:
    start = first_word(head)
    words = [t for t in head.doc[start : head.i + 1] if t.dep_ != "punct"]
    span = (head.doc[start].idx, head.idx + len(head))
    before = [h for h in context.story.names_in(*span) if not context.aside(h)]
    states = {h.fact.country for h in before if h.fact.kind == "state" and h.fact.country}
    bodies = [h for h in before if h.fact.kind == "organisation"]
    abroad = any(t.lower_ in _ABROAD for t in words[:-1]) or noun.name == "peacekeeper"
    owned = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in head.lefts)
    away = noun.sector == "MIL" and (owned or abroad or noun.when == "stated" or is_moved(head))
    place = None if away else _place(context, head, noun)
    country: str | None = None
    if bodies and not bodies[0].fact.country:
        return None  # NATO's troops: the body stands for them
    if len(states) == 1:
        (country,) = states
        if any(t.lower_ == "ethnic" for t in words):
            country = place or context.home(head, country)
    elif states:
        return None  # of two states
    elif bodies:
        country, noun = bodies[0].fact.country, Noun(noun.name, _of_body(bodies[0], noun), noun.when)
    elif not abroad:
        country = place or _shared(head, noun, done) or _facing(context, head, noun)
    closed = abroad or is_moved(head) or is_anothers(head) or noun.when in ("stated", "own")
    # "Lawmakers stepped up sanctions against Iran": the one state named is the one they are not of.
    if noun.sector in _RULING or (noun.when == "specific" and not is_specific(head)):
        closed = True
    if country is None and any(h.fact.country and context.aside(h) for h in context.story.names_in(*span)):
        closed = closed or _backed(context, span)
    named = bool(before) or place is not None or any(_tells(t) for t in words[:-1])
    return _Phrase(head, noun, span, country, named, not closed)


def _of_body(body: Hit, noun: Noun) -> str:
    return body.fact.sector if body.fact.sector in ("REB", "OPP") else noun.sector


def _backed(context: _Context, span: Span) -> bool:
    """Say whether a group is said to be another state's: "Iranian-backed", "US-led"."""
    hits = context.story.names_in(*span)
    return any(context.story.text[h.end : h.end + 1] == "-" for h in hits)


def _tells(token: Token) -> bool:
    """Say whether a word before a noun tells one group from others: "Shona rebels", not "armed rebels"."""
    return token.pos_ == "PROPN" or (token.text[:1].isupper() and not token.is_sent_start)


def _shared(head: Token, noun: Noun, done: dict[int, _Phrase]) -> str | None:
    """Give the country of "Turkish soldiers and police" for the police."""
    if head.dep_ != "conj" or noun.sector in _ARMED or any(c.dep_ in ("det", "poss") for c in head.lefts):
        return None
    first = done.get(head.head.i)
    return first.country if first is not None and first.noun.sector not in _ARMED else None


def _facing(context: _Context, head: Token, noun: Noun) -> str | None:
    """Give the country of "the Sudanese government and the rebels" for the rebels."""
    if noun.sector not in ("REB", "OPP"):
        return None
    others = [head.head] if head.dep_ == "conj" else [c for c in head.rights if c.dep_ == "conj"]
    for other in others:
        if other.lemma_.lower() in _RULERS:
            hits = context.story.names_in(other.doc[first_word(other)].idx, other.idx)
            states = {h.fact.country for h in hits if h.fact.kind == "state" and not context.aside(h)}
            return states.pop() if len(states) == 1 else None
    return None


_RULERS = set("government army military regime police troop authority ministry president".split())


def _place(context: _Context, head: Token, noun: Noun) -> str | None:
    """Give the state of the place that follows a noun: "a court in Ankara", "workers at a mine in Peru"."""
    doc, end = head.doc, min(head.sent.end, head.i + 1 + WIDEST)
    first: str | None = None
    preposition = ""
    for i in range(head.i + 1, end):
        token = doc[i]
        if token.lower_ in _PLACING and token.pos_ in ("ADP", "SCONJ"):
            preposition = token.lower_
        elif not preposition or not _goes_on(token, i + 1 < end and doc[i + 1].idx in context.starts):
            break
        hit = context.starts.get(token.idx)
        if hit is None or hit.fact.kind != "state" or context.aside(hit):
            continue
        if not _is_place(context, hit) or (preposition == "from" and is_taken_away(head)):
            continue
        if noun.sector != "REF" or preposition == "from":
            return hit.fact.country
        first = first or hit.fact.country
    return first


def _goes_on(token: Token, named: bool) -> bool:
    """Say whether a place goes on with this word; after a comma only with a known name."""
    if token.text == ",":
        return named
    return token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PART") or token.text == "-"


def _is_place(context: _Context, hit: Hit) -> bool:
    after = re.findall(r"\w+", context.story.text[hit.end : hit.end + 40].split(".")[0].lower())[:3]
    if _MISSIONS & set(after):
        return False
    if hit.fact.form in ("name", "capital"):
        return True
    return hit.fact.form == "adjective" and bool(_SPOTS & set(after))


def _nationals(context: _Context, token: Token) -> _Phrase | None:
    """Give "ethnic Albanians", "hundreds of Haitians": people of a state, marked as no more than people."""
    hit = context.starts.get(token.idx)
    if hit is None or hit.fact.form != "people" or token.tag_ not in ("NNS", "NNPS") or not takes_part(token):
        return None
    start, part = token, role(token)
    lefts = [c for c in token.lefts if c.lower_ in _MARKS or c.dep_ == "nummod" or c.lower_ in QUANTIFIERS]
    end, place = hit.end, _place(context, token, _PEOPLE)
    if lefts:
        start = lefts[0].left_edge
    elif token.dep_ == "pobj" and part.i < token.i and part.lemma_.lower() in QUANTITIES:
        start = part
    elif (
        token.i + 1 < len(token.doc)
        and token.nbor().lower_ in ("of", "in", "from")
        and token.nbor().dep_ == "prep"
    ):
        end = _end_of_place(context, token)
        if end == hit.end:
            return None
    else:
        return None
    ethnic = any(c.lower_ == "ethnic" for c in lefts)
    country = hit.fact.country
    if ethnic and country:
        country = place or context.home(token, country)
    return _Phrase(token, _PEOPLE, (start.idx, end), country, named=True, open=False)


def _end_of_place(context: _Context, token: Token) -> int:
    """Give where "Palestinians of the West Bank" end: at the name after the preposition."""
    place = next((c for c in token.nbor().children if c.dep_ == "pobj"), None)
    if place is None or place.pos_ != "PROPN" or place.i - token.i > WIDEST:
        return context.starts[token.idx].end
    return place.idx + len(place)


_MARKS = {"ethnic", "young", "ordinary", "native", "elderly", "unarmed", "many", "several", "some", "exiled"}
_PEOPLE = Noun("national", "CVL", "")
