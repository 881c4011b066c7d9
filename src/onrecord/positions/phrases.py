"""Judgements that stand in several words: "the first of its kind", "here to stay", "marriage of convenience".

A phrase brings its own negation ("never before"), which is not counted again when the stance is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.events.arguments import SUBJECTS, coordinated, subject
from onrecord.positions.relations import BODIES, RELATIONS
from onrecord.record import Attribution, Predicate

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_HAVE = r"(?:has|have|had)"

_PHRASES: tuple[tuple[Predicate, bool, str], ...] = (
    ("unprecedented", True, r"first of (?:its|their|the) kind"),
    ("unprecedented", True, r"never before|unheard[- ]of|once-in-a-\w+|in uncharted (?:waters|territory)"),
    ("unprecedented", True, r"(?:nothing|never (?:\w+ )?anything)(?: quite)? (?:like|comparable)"),
    ("unprecedented", True, rf"there {_HAVE} never been (?:anything|such)"),
    ("unprecedented", True, rf"(?:{_HAVE} never|never {_HAVE})\b"),
    ("unprecedented", True, rf"no (?:other )?\w+(?: \w+){{0,3}} {_HAVE} ever"),
    ("unprecedented", True, r"(?:no|without)(?: \w+)? (?:parallel|equal|equivalent|rival|counterpart)s?"),
    ("unprecedented", True, r"unlike (?:any|every|all)(?:thing)?(?: other)?"),
    ("unprecedented", True, r"a first (?:for|in)|(?:breaks?|broke|breaking) new ground"),
    ("unprecedented", False, r"(?:anything but|far from|by no means) (?:new|novel|unprecedented|historic)"),
    ("durable", False, r"(?:anything but|far from|by no means) (?:durable|lasting|permanent|eternal)"),
    ("durable", True, r"(?:anything but|far from|by no means) (?:fragile|temporary|short-lived|brittle)"),
    ("unprecedented", False, r"business as usual|old hat|long (?:tradition|history|pedigree)"),
    ("unprecedented", False, r"as old as|in a long line|seen (?:it|this|that)(?: all)? before|d[eé]j[aà] vu"),
    ("unprecedented", False, r"(?:goes|go|going|went|dates|dating|stretch(?:es|ing)|reach(?:es|ing)) back"),
    ("durable", True, r"(?:here|come|came) to stay|built to last|for (?:good|ever|life|generations)"),
    ("durable", True, r"test of time"),
    ("durable", True, r"forever|for (?:\w+ )?(?:years|decades|generations|centuries) to come|set in stone"),
    ("durable", True, r"will still (?:\w+ ){1,8}in (?:ten|twenty|thirty|forty|fifty|a hundred|\d+) years"),
    ("durable", True, r"(?:cannot|never|not) be (?:broken|undone|reversed|shaken)"),
    ("durable", True, r"not depend(?:ent)? on (?:any|who|which|one)|not going anywhere"),
    ("durable", False, r"marriages? of convenience|passing (?:fancy|phase|fad|affair)|built on sand"),
    ("durable", False, r"house of cards|no future|days (?:are|were) numbered|on borrowed time"),
    ("durable", False, r"(?:quickly|easily|soon) (?:be )?(?:curtailed|reversed|undone|abandoned|broken)"),
    ("alliance", False, r"not(?: yet| really)? (?:an? (?:\w+ )?(?:alliance|axis|bloc)|allies)"),
)  # fmt: skip
"""What a phrase judges, and whether it says yes."""

_READ = tuple((p, yes, re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE)) for p, yes, words in _PHRASES)
_NEEDS_RELATION = re.compile(r"has never|have never|had never|never ha", re.IGNORECASE)

_HEDGING = re.compile(
    r"""\b(?:
    in\ (?:some|many|certain|several|a|one)\ (?:respects?|ways?|senses?) | in\ th(?:at|is)\ sense | in\ part |
    to\ (?:some|a\ certain|a\ large|a\ degree|an)\ (?:extent|degree) | up\ to\ a\ point | in\ all\ but\ name |
    too\ (?:early|soon)\ to | early\ to\ (?:say|tell|judge) | remains?\ to\ be\ seen | in\ the\ making |
    (?:could|can|would|did)\s?(?:not|n't)\ (?:say|tell|predict|exclude|rule\ out) |
    cannot\ (?:say|tell|predict) |
    rules?\ nothing\ out | (?:not|n't)\ (?:yet\ )?(?:sure|certain|clear|decided)\ (?:how|whether|if) |
    un(?:sure|certain|clear|decided)\ (?:how|whether|if|about) | (?:not|n't)\ quite | more\ or\ less |
    something\ (?:of|like) | as\ long\ as | partly | one\ day | on\ the\ way\ to | close\ to
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_DENYING = re.compile(
    r"""\b(?:
    out\ of\ the\ question | wishful\ thinking | far[-\ ]fetched | nonsense | anything\ but | far\ from |
    by\ no\ means | (?:mistake|wrong|error|exaggeration|misleading|absurd)\ to |
    not\ go\ (?:so|as|that)\ far |
    unlikely\ (?:to|that) | stops?\ short\ of | stopped\ short\ of | no\ longer
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)

_TAKEN_BACK = re.compile(
    r"\b(?:but|and|yet|though) (?:there (?:is|was|are|were) (?:none|no such)|it is (?:not|nothing of the)|"
    r"(?:they|these) are not)\b",
    re.IGNORECASE,
)
"""What a voice itself takes back in the same breath: "people talk of an alliance, but there is none"."""

_BREAK = re.compile(r"[;:—]|(?<!\ball)(?<!\banything) but | though |, (?:and|which)|“|”|\"")
_PARTNERS = frozenset(
    "country nation state government side neighbour neighbor navy army power capital".split()
)
_PRONOUNS = frozenset("it this that they we these those there i what".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A judging phrase: the word that the others hang on, and the first and last of its words."""

    predicate: Predicate
    says_yes: bool
    anchor: Token
    first: int
    last: int

    def covers(self, token: Token) -> bool:
        """Say whether a word is one of the phrase's."""
        return self.first <= token.i <= self.last


def find_phrases(sentence: Span) -> Iterator[Phrase]:
    """Give the judging phrases of a sentence that are said of a relation."""
    text = sentence.text
    for predicate, says_yes, pattern in _READ:
        for match in pattern.finditer(text):
            start, end = (sentence.start_char + at for at in match.span())
            span = sentence.doc.char_span(start, end, alignment_mode="expand")
            if span is None or not is_of_relation(span.root, strict=bool(_NEEDS_RELATION.match(match[0]))):
                continue
            yield Phrase(predicate, says_yes, span.root, span.start, span.end - 1)


def is_of_relation(word: Token, *, strict: bool = False) -> bool:
    """Say whether a clause is about a relation: it names one or two partners, or points back to them.

    `strict` asks that the relation is told just before where the clause only points.
    """
    sentence = word.sent
    if any(_is_relation(t) or _is_partners(t) for t in sentence):
        return True
    subjects = [n for verb in (word, *word.ancestors) if verb.pos_ in ("VERB", "AUX") for n in subject(verb)]
    if any(_names_two(n) or any(_names_two(c) for c in n.children) for n in subjects):
        return True
    pointing = any(n.lower_ in _PRONOUNS for n in subjects) or any(
        t.dep_ in SUBJECTS and t.lower_ in _PRONOUNS for t in sentence
    )
    return pointing and (not strict or tells_relation_before(sentence))


def tells_relation_before(sentence: Span) -> bool:
    """Say whether one of the two sentences before is about a relation, which a pronoun may point back to."""
    start = sentence.start
    for _ in range(2):
        if start == 0:
            return False
        before = sentence.doc[start - 1].sent
        if any(_is_relation(t) or _is_partners(t) for t in before):
            return True
        start = before.start
    return False


def _is_relation(token: Token) -> bool:
    return token.pos_ == "NOUN" and (token.lemma_.lower() in RELATIONS - BODIES or token.lower_ == "allies")


def _is_partners(noun: Token) -> bool:
    return noun.lemma_.lower() in _PARTNERS and any(c.lower_ in ("two", "both", "our") for c in noun.children)


def _names_two(word: Token) -> bool:
    """Say whether two names stand together: "Peru and Chile", "Peruvian and Chilean"."""
    return sum(t.text[0].isupper() and t.pos_ in ("PROPN", "ADJ") for t in coordinated(word)) > 1


def hedged(word: Token, voice: Attribution | None) -> bool:
    """Say whether a phrase around a judgement tempers it: "in some respects", "too early to say"."""
    return _HEDGING.search(_clause(word, voice)) is not None


def denied(word: Token, voice: Attribution | None, phrase: Phrase | None = None) -> bool:
    """Say whether a phrase around a judgement turns it round: "out of the question", "anything but".

    What stands in the judging phrase itself has been counted.
    """
    own = word.doc[phrase.first : phrase.last + 1].text if phrase is not None else ""
    if any(m[0] not in own for m in _DENYING.finditer(_clause(word, voice))):
        return True
    return _TAKEN_BACK.search(word.doc.text[word.idx : word.sent.end_char]) is not None


def _clause(word: Token, voice: Attribution | None) -> str:
    """Give the words around a judgement that no break divides from it, in its own voice.

    What introduces indirect speech belongs to it: "said it was too early to say".
    """
    sentence = word.sent
    start, end = sentence.start_char, sentence.end_char
    if voice is not None:
        part = next((m for m in voice.content if m.start <= word.idx < m.end), None)
        if part is not None:
            end = min(end, part.end)
            if voice.kind != "indirect" or voice.cue is None or not start <= voice.cue.start < part.start:
                start = max(start, part.start)
            else:
                start = voice.cue.start
    text = word.doc.text[start:end]
    at = word.idx - start
    breaks = list(_BREAK.finditer(text))
    left = max((m.end() for m in breaks if m.end() <= at), default=0)
    right = min((m.start() for m in breaks if m.start() >= at + len(word)), default=len(text))
    return text[left:right]
