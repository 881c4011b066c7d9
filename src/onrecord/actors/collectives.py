"""Sub-state actors: "Turkish police", "the rebels in Darfur", "hundreds of protesters", by PLOVER sector.

Whose they are the noun phrase says: by an adjective, a possessor or a place. Only where it says nothing, the
one state that the sentence names stands in, else that of the nearest sentence before it that names but one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from onrecord.article import Span
from onrecord.data import table

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from onrecord.actors.gazetteer import Hit
    from onrecord.actors.story import Story

When = Literal["", "agent", "body", "specific", "stated"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for a group or body; no sector says that it only looks like one ("market force").

    `when` says when it counts: always (nothing), also in the singular ("body"), where it does something and
    is no mere thing ("agent"), where it is counted or definite, else where the phrase states a country
    ("specific"), and only where the phrase states one ("stated").
    """

    name: str
    sector: str
    when: When


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
_QUANTITIES = set("dozen hundred thousand million score group crowd number majority ten member".split())
_QUANTIFIERS = set("some several few many scores dozens hundreds thousands both other".split())
_NOBODY = {"no", "any", "every", "each", "neither", "all", "most", "more", "fewer"}
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
    multinational global overseas neighbouring neighboring regional un
    """.split()
)
"""Words by which a group is of no one state, so that the context must not give it one."""
_MOVED = set(
    """
    send deploy withdraw pull station dispatch redeploy keep commit amass mass move contribute remove lead
    """.split()
)
_REMOVED = _MOVED | set("expel deport evict evacuate free rescue oust drive bar ban recall banish".split())
_TRADED = set(
    "buy sell order purchase supply deliver export import lease build produce make get receive".split()
)
_DESIGNATION = re.compile(r"[A-Za-z]{1,4}-?\d+\w*|jets?|stealth|combat|multirole|Rafale|Eurofighter|Typhoon")
_BESIDE = {"amod", "compound", "nmod", "poss", "nummod", "det", "quantmod", "predet", "punct", "npadvmod"}
_OBJECT_OF = set("by with against of from to for on at upon toward towards between".split())
_WIDEST = 12
"""Tokens of a noun phrase on each side of its head, so that time stays linear."""


@functools.cache
def sectors() -> dict[str, Noun]:
    """Give the nouns for groups and bodies, in lower case and the singular, of one word or two."""
    rows = table("collectives.tsv")
    return {row["noun"]: Noun(row["noun"], row["sector"], row["when"]) for row in rows}  # type: ignore[arg-type]


def collective(head: Token) -> Noun | None:
    """Give what a noun says of a group: with the word before it ("riot officer"), else alone."""
    known, low = sectors(), head.lower_
    for form in (head.lemma_.lower(), low, low.removesuffix("s")):
        before = _before(head)
        noun = (before and known.get(f"{before} {form}")) or known.get(form)
        if noun:
            return noun
    return None


def _before(head: Token) -> str | None:
    """Give the singular of the word before a noun: of "teachers' union" the teacher."""
    i = head.i - 1
    while i > head.sent.start and head.doc[i].tag_ == "POS":
        i -= 1
    return head.doc[i].lemma_.lower() if i >= head.sent.start else None


def find_collectives(story: Story, closed: Callable[[int, int], bool]) -> list[Collective]:
    """Give the groups with their mentions in order; `closed` says whether a span names someone already."""
    context = _Context(story)
    phrases = [p for p in _phrases(story, context, closed) if p is not None]
    found: dict[tuple[str, str | None], Collective] = {}
    known: dict[str, list[tuple[str, str | None]]] = {}
    for phrase in phrases:
        if phrase.named:
            known.setdefault(_kind(phrase.noun), []).append(_key(story, phrase, context))
    for phrase in phrases:
        key = _key(story, phrase, context)
        same = set(known.get(_kind(phrase.noun), ())) if not phrase.named and phrase.open else set()
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
    return (_words(story, phrase).lower() if phrase.named else phrase.noun.name, country)


class _Context:
    """What states the sentences of a text name, to be asked which one stands in."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.starts = {h.start: h for h in story.names}
        self._rebels = [h for h in story.names if h.fact.kind == "organisation" and h.fact.sector == "REB"]
        self._of: dict[int, str | None] = {}
        latest: str | None = None
        for sentence in story.doc.sents:
            here = self._named(sentence)
            # Of two states neither is the group's by right: then nothing is said.
            self._of[sentence.start] = next(iter(here)) if len(here) == 1 else None if here else latest
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
        return re.search(r"\b(?:pro|anti|non)[-– ]$", text[max(0, hit.start - 6) : hit.start], re.I) is not None

    def country(self, phrase: _Phrase) -> str | None:
        """Give the state that stands in for a phrase that states none."""
        if phrase.noun.sector == "REB" and not phrase.named:
            armed = {h.fact.country for h in self._rebels}
            if len(armed) == 1:
                return armed.pop()
        return self._of[phrase.head.sent.start]


def _phrases(
    story: Story, context: _Context, closed: Callable[[int, int], bool]
) -> Iterator[_Phrase | None]:
    done: dict[int, _Phrase] = {}
    for token in story.doc:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
            continue
        noun = collective(token)
        if noun is None:
            phrase = _nationals(context, token)
        elif noun.sector and _is_group(token, noun):
            phrase = _phrase(context, token, noun, done)
        else:
            continue
        if phrase is None or closed(token.idx, token.idx + len(token)) or story.skipped(*phrase.span):
            continue
        done[token.i] = phrase
        yield phrase


def _is_group(head: Token, noun: Noun) -> bool:
    """Say whether a noun stands for people or a body that acts or is acted upon."""
    if not _takes_part(head) or (head.tag_ in ("NNP", "NNPS") and not _may_be_common(head)):
        return False
    determiner = next((c for c in head.children if c.dep_ in ("det", "predet")), None)
    if determiner is not None and determiner.lower_ in _NOBODY:
        return False
    if noun.when == "agent":
        return _acts(head)
    if noun.name == "fighter" and (head.head.lemma_ in _TRADED or _is_aircraft(head)):
        return False
    if noun.name == "opposition" and any(c.lower_ in ("to", "from") for c in head.rights):
        return False
    if noun.name == "government" and head.tag_ in ("NNS", "NNPS"):
        return False  # the groups of `groups`
    plural = head.tag_ in ("NNS", "NNPS") or noun.name in ("people", "youth", "police")
    if plural or noun.when == "body" or noun.name in ("crowd", "mob", "force"):
        return True
    if determiner is None:
        return _numbered(head) or _led(head)
    return determiner.lower_ in ("a", "an", "another") or head.dep_ in ("dobj", "nsubjpass", "pobj")


def _led(head: Token) -> bool:
    """Say whether a nationality alone stands before a noun in the singular, as in a headline."""
    return head.i > head.sent.start and head.doc[head.i - 1].pos_ in ("ADJ", "PROPN") and head.dep_ == "nsubj"


def _may_be_common(head: Token) -> bool:
    """Say whether a capitalised noun may be none of a name: it begins its sentence, or is "MPs"."""
    if head.text.islower() or head.is_sent_start or head.text in ("MP", "MPs"):
        return True
    return head.doc[head.i - 1].is_punct or head.doc[head.i - 1].is_space


def _numbered(head: Token) -> bool:
    return any(c.dep_ == "nummod" for c in head.children)


def _is_aircraft(head: Token) -> bool:
    return any(c.i < head.i and _DESIGNATION.fullmatch(c.text) for c in head.children)


def _role(head: Token) -> Token:
    """Give the word by which a noun hangs on its clause: itself, what it is coordinated with or counted by."""
    for _ in range(6):
        up = head.head
        if head.dep_ == "conj" and up.pos_ in ("NOUN", "PROPN"):
            head = up
        elif head.dep_ == "pobj" and up.lower_ == "of" and up.head.lemma_.lower() in _QUANTITIES:
            head = up.head
        else:
            break
    return head


def _takes_part(head: Token) -> bool:
    head = _role(head)
    if head.dep_ in ("pobj", "pcomp"):
        return head.head.lower_ in _OBJECT_OF
    return head.dep_ in ("nsubj", "nsubjpass", "dobj", "iobj", "dative", "poss")


def _acts(head: Token) -> bool:
    head = _role(head)
    by = head.dep_ == "pobj" and head.head.lower_ == "by"
    return head.tag_ != "NN" and (by or (head.dep_ == "nsubj" and head.head.tag_ != "VBN"))


def _phrase(context: _Context, head: Token, noun: Noun, done: dict[int, _Phrase]) -> _Phrase | None:
    start = _start(head)
    words = [t for t in head.doc[start : head.i + 1] if t.dep_ != "punct"]
    span = (head.doc[start].idx, head.idx + len(head))
    before = [h for h in context.story.names_in(*span) if not context.aside(h)]
    states = {h.fact.country for h in before if h.fact.kind == "state"}
    bodies = [h for h in before if h.fact.kind == "organisation"]
    abroad = any(t.lower_ in _ABROAD for t in words[:-1])
    place = None if noun.sector == "MIL" and _is_moved(head) else _place(context, head, noun)
    country: str | None = None
    if bodies and not bodies[0].fact.country:
        return None  # NATO's troops: the body stands for them
    if any(t.lower_ == "ethnic" for t in words) and place:
        country = place
    elif len(states) == 1:
        country = states.pop()
    elif states:
        return None  # of two states
    elif bodies:
        country, noun = bodies[0].fact.country, Noun(noun.name, _of_body(bodies[0], noun), noun.when)
    elif not abroad:
        country = place or _shared(head, noun, done)
    closed = abroad or _is_moved(head) or len(states) > 1 or noun.when == "stated"
    if noun.when == "specific" and not _is_specific(head):
        closed = True
    if country is None and any(h.fact.country and context.aside(h) for h in context.story.names_in(*span)):
        closed = closed or _backed(context, span)
    named = bool(before) or place is not None or any(_tells(t, noun) for t in words[:-1])
    return _Phrase(head, noun, span, country, named, not closed)


def _of_body(body: Hit, noun: Noun) -> str:
    return body.fact.sector if body.fact.sector in ("REB", "OPP") else noun.sector


def _backed(context: _Context, span: Span) -> bool:
    """Say whether a group is said to be another state's: "Iranian-backed", "US-led"."""
    hits = context.story.names_in(*span)
    return any(context.story.text[h.end : h.end + 1] == "-" for h in hits)


def _tells(token: Token, noun: Noun) -> bool:
    """Say whether a word before a noun tells one group from others: "Shona rebels", not "armed rebels"."""
    return token.pos_ == "PROPN" or (token.text[:1].isupper() and not token.is_sent_start)


def _start(head: Token) -> int:
    """Give the first token of a noun phrase, without articles, counts and pronouns."""
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _BESIDE or child.right_edge.i != start - 1 or head.i - child.left_edge.i > _WIDEST:
            break
        start = child.left_edge.i
    while start < head.i and _is_light(head.doc[start]):
        start += 1
    return start


def _is_light(token: Token) -> bool:
    return (
        token.pos_ in ("DET", "PRON", "NUM", "PUNCT", "SPACE")
        or token.lower_ in _QUANTIFIERS
        or token.tag_ == "POS"
        or token.dep_ in ("nummod", "quantmod", "det", "advmod")
    )


def _is_specific(head: Token) -> bool:
    """Say whether people are these and no others: counted, or definite."""
    if _role(head) is not head and head.dep_ == "pobj":
        return True
    return any(
        c.dep_ == "nummod" or c.lower_ in ("the", "these", "those", "several", "some", "dozens")
        for c in head.lefts
    )


def _is_moved(head: Token) -> bool:
    role = _role(head)
    return role.dep_ in ("dobj", "nsubjpass") and role.head.lemma_ in _MOVED


def _shared(head: Token, noun: Noun, done: dict[int, _Phrase]) -> str | None:
    """Give the country of "Turkish soldiers and police" for the police."""
    if head.dep_ != "conj" or noun.sector in _ARMED or any(c.dep_ in ("det", "poss") for c in head.lefts):
        return None
    first = done.get(head.head.i)
    return first.country if first is not None and first.noun.sector not in _ARMED else None


def _place(context: _Context, head: Token, noun: Noun) -> str | None:
    """Give the state of the place that follows a noun: "a court in Ankara", "workers at a mine in Peru"."""
    doc, end = head.doc, min(head.sent.end, head.i + 1 + _WIDEST)
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
        if not _is_place(context, hit, preposition) or (preposition == "from" and _leaves(head)):
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


def _is_place(context: _Context, hit: Hit, preposition: str) -> bool:
    after = re.findall(r"\w+", context.story.text[hit.end : hit.end + 40].split(".")[0].lower())[:3]
    if _MISSIONS & set(after):
        return False
    if hit.fact.form in ("name", "capital"):
        return True
    return hit.fact.form == "adjective" and bool(_SPOTS & set(after))


def _leaves(head: Token) -> bool:
    """Say whether "from" is where a verb takes people away: "expelled workers from Chile"."""
    role = _role(head)
    return role.dep_ in ("dobj", "nsubjpass") and role.head.lemma_ in _REMOVED


def _nationals(context: _Context, token: Token) -> _Phrase | None:
    """Give "ethnic Albanians", "hundreds of Haitians": people of a state, marked as no more than people."""
    hit = context.starts.get(token.idx)
    if hit is None or hit.fact.form != "people" or token.tag_ not in ("NNS", "NNPS") or not _takes_part(token):
        return None
    start, role = token, _role(token)
    lefts = [c for c in token.lefts if c.lower_ in _MARKS or c.dep_ == "nummod" or c.lower_ in _QUANTIFIERS]
    end, place = hit.end, _place(context, token, _PEOPLE)
    if lefts:
        start = lefts[0].left_edge
    elif token.dep_ == "pobj" and role.i < token.i and role.lemma_.lower() in _QUANTITIES:
        start = role
    elif token.i + 1 < len(token.doc) and token.nbor().lower_ in ("of", "in", "from") and token.nbor().dep_ == "prep":
        end = _end_of_place(context, token)
        if end == hit.end:
            return None
    else:
        return None
    ethnic = any(c.lower_ == "ethnic" for c in lefts)
    country = place if ethnic and place else hit.fact.country
    return _Phrase(token, _PEOPLE, (start.idx, end), country, named=True, open=False)


def _end_of_place(context: _Context, token: Token) -> int:
    """Give where "Palestinians of the West Bank" end: at the name after the preposition."""
    i = token.i + 2
    if i < len(token.doc) and token.doc[i].lower_ == "the":
        i += 1
    hit = context.starts.get(token.doc[i].idx) if i < len(token.doc) else None
    return hit.end if hit is not None else context.starts[token.idx].end


_MARKS = {"ethnic", "young", "ordinary", "native", "elderly", "unarmed", "many", "several", "some", "exiled"}
_PEOPLE = Noun("national", "CVL", "")
