"""How a deed was done and what it was about: the mode and contexts of PLOVER, by the words of its clause.

The names are those of the published codebook (`onrecord.events.codebook`, which cites it). Which words stand
for them is our own choice, in `data/plover_mode_words.tsv` (the first row that fits is taken) and in the
column `words` of `data/plover_contexts.tsv`. Only modes that matter between states are assigned, and only
where a word says so (an ACCUSE that is no investigation is disapproval): precision before recall. Time,
likelihood and negation, which the manual has as contexts, are the record's status.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.data import table
from onrecord.events.arguments import governing_verb
from onrecord.events.codebook import all_contexts, alternatives, event_type
from onrecord.events.plover import ENDING, LIGHT
from onrecord.record import EventType

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_SPOKEN: frozenset[EventType] = frozenset({"AGREE", "CONSULT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types whose mode and contexts stand in what is said: "threatened [to attack]", "met [to discuss]"."""

_APART = frozenset({"advcl", "ccomp", "parataxis", "relcl", "csubj"})
"""Clauses inside a clause that tell of another deed."""

_FIRING = frozenset("detonate drop explode fire hurl launch lob send throw unleash use".split())
"""Verbs whose object is what a deed is done with: "fired missiles at"."""

_MASSES = frozenset("barrage hail salvo series string volley wave".split())
"""Nouns that count what a deed is done with: "a barrage of rockets"."""

_LENDING = LIGHT | ENDING | {"file", "lodge", "register"}
"""Verbs whose clause is that of the deed that their object names."""

_OFFICES = frozenset("department minister ministry office official secretary".split())
"""Nouns before which a word says who somebody is and not what a deed is about: "the trade minister"."""

_IMPLIED = {"cyber": "cyber", "unconventional": "cbrn"}
"""Contexts that a mode brings with it, whatever the words."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that show a mode: those that name the act, those beside it, those that must not stand there.

    An empty tuple asks for nothing. `means` looks only at what the deed is done with or by.
    """

    mode: str
    acts: frozenset[str]
    words: tuple[str, ...]
    means: bool
    lacking: tuple[str, ...]


class Words:
    """Some words of a sentence, to look for others in: "truce", "strike/noun", "air strike", "lift+ban"."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        chosen = sorted(set(tokens), key=lambda t: t.i)
        self.forms: set[str] = set()
        for token in chosen:
            lemma = token.lemma_.lower()
            self.forms |= {lemma, token.lower_, f"{lemma}/{token.pos_.lower()}"}
        spaced = (" ".join(t.lemma_.lower() for t in chosen), " ".join(t.lower_ for t in chosen))
        # The tokeniser parts "cease-fire".
        self.lines = tuple(f" {form} " for one in spaced for form in (one, one.replace(" - ", "-")))

    def has(self, wanted: str) -> bool:
        """Say whether these words hold another, a phrase, or all that "+" joins."""
        return all(
            part in self.forms or (not part.isalpha() and any(f" {part} " in line for line in self.lines))
            for part in wanted.split("+")
        )

    def has_any(self, wanted: Iterable[str]) -> bool:
        """Say whether these words hold one of several."""
        return any(self.has(one) for one in wanted)


def mode_of(event: EventType, act: Token, sentence: Span) -> str | None:
    """Give the mode that the words of the clause show, if they show one."""
    rules = _rules().get(event, ())
    if not rules:
        return None
    names, around = _names(act), Words(clause(event, act, sentence))
    means = Words(_means(act))
    for rule in rules:
        beside = means if rule.means else around
        if (
            (not rule.acts or names & rule.acts)
            and (not rule.words or beside.has_any(rule.words))
            and not around.has_any(rule.lacking)
        ):
            return rule.mode
    return None


def contexts_of(event: EventType, act: Token, sentence: Span) -> tuple[str, ...]:
    """Give the contexts that the words of the clause show, in the order of the codebook's table."""
    around = Words(
        t
        for t in clause(event, act, sentence)
        if t.dep_ not in ("compound", "amod") or t.head.lemma_.lower() not in _OFFICES
    )
    implied = _IMPLIED.get(mode_of(event, act, sentence) or "")
    return tuple(name for name, words in _context_words().items() if name == implied or around.has_any(words))


@functools.cache
def _rules() -> dict[EventType, list[Rule]]:
    found: defaultdict[EventType, list[Rule]] = defaultdict(list)
    for row in table("plover_mode_words.tsv"):
        found[event_type(row["event"])].append(
            Rule(
                mode=row["mode"],
                acts=frozenset(alternatives(row["act"])),
                words=alternatives(row["words"]),
                means=row["where"] == "means",
                lacking=alternatives(row["not"]),
            )
        )
    return dict(found)


@functools.cache
def _context_words() -> dict[str, tuple[str, ...]]:
    words = {row["context"]: alternatives(row["words"]) for row in table("plover_contexts.tsv")}
    return {name: words[name] for name, context in all_contexts().items() if context.assigned}


def _verb(act: Token) -> Token | None:
    """Give the verb of the deed: the act itself, or what lends it a subject or ends it."""
    if act.pos_ in ("VERB", "AUX"):
        return act
    verb = governing_verb(act)
    return verb if verb is not None and verb.lemma_.lower() in _LENDING else None


def _names(act: Token) -> frozenset[str]:
    """Give the lemmas that name the deed, of a verb also with its particle: "break", "break off"."""
    names = {act.lemma_.lower()}
    verb = _verb(act)
    if verb is not None:
        lemma = verb.lemma_.lower()
        names.add(lemma)
        names |= {f"{lemma} {c.lower_}" for c in verb.children if c.dep_ in ("prt", "advmod", "prep")}
    return frozenset(names)


def clause(event: EventType, act: Token, sentence: Span) -> list[Token]:
    """Give the words of the deed's own clause, without its doer and without clauses of other deeds.

    What is demanded, refused, threatened or agreed on belongs to the deed that says so.
    """
    verb = _verb(act)
    top = verb if verb is not None else act
    spoken = event in _SPOKEN
    kept = [top, *_below(top, spoken=spoken), act, *_below(act, spoken=spoken)]
    doer = {
        t
        for c in top.children
        if c.dep_ in ("nsubj", "agent") and top.pos_ in ("VERB", "AUX") and c != act
        for t in c.subtree
    }
    return [t for t in kept if t not in doer and sentence.start <= t.i < sentence.end]


def _below(top: Token, *, spoken: bool) -> Iterator[Token]:
    """Give what hangs on a word, as far as it belongs to the same deed."""
    # No recursion: each of a thousand coordinated nouns hangs on the one before it.
    waiting = [top]
    while waiting:
        for child in waiting.pop().children:
            if child.dep_ in _APART and not (spoken and _is_said(child)):
                continue
            if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
                continue
            yield child
            waiting.append(child)


def _is_said(child: Token) -> bool:
    """Say whether a clause is what a deed of speech says, and not why or when: "urged Iran to stop"."""
    if child.dep_ == "ccomp":
        return True
    return child.dep_ == "advcl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)


def _means(act: Token) -> Iterator[Token]:
    """Give what the deed is done with: "[drone] strike", "[jets] hit", "fired [shells]", "with [bombs]"."""
    yield from _named_with(act) if act.pos_ == "NOUN" else (act,)
    verb = _verb(act)
    if verb is not None:
        for child in verb.children:
            if child.dep_ == "nsubj" or (child.dep_ == "dobj" and verb.lemma_.lower() in _FIRING):
                yield from _named_with(child)
    for word in {act, verb if verb is not None else act}:
        for child in word.children:
            if child.lower_ in ("with", "by", "using", "from"):
                for noun in child.children:
                    if noun.dep_ in ("pobj", "dobj"):
                        yield from _named_with(noun)


def _named_with(noun: Token) -> Iterator[Token]:
    """Give a noun with the words before it that belong to its name, and what it counts or stands beside."""
    waiting = [noun]
    while waiting:
        word = waiting.pop()
        yield word
        for child in word.children:
            if child.dep_ in ("compound", "amod", "nmod"):
                yield child
                yield from (c for c in child.children if c.dep_ in ("compound", "amod"))
            elif child.dep_ == "conj" and child.pos_ == "NOUN":
                waiting.append(child)
            elif child.lower_ == "of" and word.lemma_.lower() in _MASSES:
                waiting.extend(child.children)
