"""Whether a clause looks ahead: "will meet on Friday" is the coming one, "met on Friday" the last one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LIMIT = re.compile(r"\b(?:by|no later than|as early as)[ \u00a0]+(?:the end of[ ])?$", re.IGNORECASE)
_DATELINE = re.compile(
    r"[ \u00a0]?(?:\([A-Z][\w/ .-]{1,24}\)[ \u00a0]?)?[—–-]{1,2}[ \u00a0]|[ ]\((?:[A-Z]{2,6}|Reuters)\)"
)

_LONGEST_PLACE = 60
"""Characters of its line before the date of a dateline, at the most."""

_PLANNED = frozenset(
    """
    schedule slate expect plan intend anticipate postpone reschedule adjourn defer due
    """.split()
)
_INTENT = _PLANNED | frozenset(
    """
    agree vow promise want ask urge order call hope aim decide prepare propose invite threaten
    need have pledge commit seek tell allow require offer demand set be look wait stand vote
    """.split()
)
_BY_SCHEDULE = frozenset(
    """
    meet begin start open close end expire return leave arrive travel face vote hold take host
    go come run visit air debut premiere resume play decide convene be head launch conclude
    finish kick fly gather fall
    """.split()
)
_OCCASIONS = frozenset(
    """
    meeting talk summit vote election debate hearing session conference visit match game
    deadline ceremony speech address referendum trial launch briefing inauguration congress
    parade encounter showdown rally event contest primary decision opening release round
    runoff gathering forum trip deal concert
    """.split()
)
_TO_COME = frozenset("upcoming forthcoming scheduled planned next future coming looming".split())
_OF_THE_PAST = frozenset("because after following since over about despite".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_BEFORE_NOUN = frozenset({"poss", "compound", "nmod", "amod", "nummod"})


def looks_ahead(doc: Doc, text: str, start: int, end: int) -> bool | None:
    """Say whether the clause of an expression speaks of what is to come; null where nothing tells.

    A limit looks ahead unless the clause is in the past: "are to sail by June", "had sailed by June".
    """
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return None
    if _is_dateline(text, start, end):
        return False
    told = _of_clause(span.root)
    if told is None and _LIMIT.search(text, max(0, start - 24), start) is not None:
        return True
    return told


def is_attributive(doc: Doc, start: int, end: int) -> bool:
    """Say whether an expression only marks the noun after it: "Friday's vote", "2014 elections"."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not len(span):
        return False
    root = span.root
    if span.end < len(doc) and doc[span.end].tag_ == "POS":
        return True
    return bool(root.dep_ in _BEFORE_NOUN and root.head.i >= span.end and root.head.pos_ in {"NOUN", "PROPN"})


def is_of_noun(doc: Doc, at: int) -> bool:
    """Say whether the preposition at a place follows a noun or belongs to one: "returns from 1995"."""
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    if span is None or not len(span):
        return False
    word = span[0]
    noun = {"NOUN", "PROPN"}
    return bool(
        (word.i and doc[word.i - 1].pos_ in noun) or (word.head.pos_ in noun and word.head.i < word.i)
    )


def _is_dateline(text: str, start: int, end: int) -> bool:
    line = text[max(0, start - _LONGEST_PLACE) : start]
    if start >= _LONGEST_PLACE and "\n" not in line:
        return False
    place = re.match(r"[A-Z][A-Z .'’-]{2,}", line.rpartition("\n")[2])
    return bool(place and _DATELINE.match(text, end))


def _of_clause(date: Token) -> bool | None:
    """Climb from a date to the verb that says when: past it, where the verb has no tense of its own."""
    inside = marks = False
    token = date
    for _ in range(15):
        head = token.head
        if head.i == token.i:
            return None
        if token is not date and token.pos_ == "NOUN" and any(c.lower_ in _TO_COME for c in token.children):
            return True
        subject = token.dep_ in _SUBJECTS
        if (subject or marks) and token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() not in _OCCASIONS:
            return None
        if head.pos_ in {"VERB", "AUX"}:
            told = _of_verb(head, direct=not inside)
            if told is not None:
                return told if told or not (inside or subject) else None
            if head.tag_ in {"VBZ", "VBP"} or any(c.tag_ in {"VBZ", "VBP"} for c in head.children):
                return None
        elif inside and head.lower_ in _OF_THE_PAST:
            return None
        elif head.pos_ in {"NOUN", "PROPN"}:
            inside = True
            marks = token.dep_ in _BEFORE_NOUN and token.i < head.i
        token = head
    return None


def _of_verb(verb: Token, *, direct: bool) -> bool | None:
    """Give what the form of a verb says: ahead, past, or nothing."""
    aux = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    perfect = any(a.lemma_.lower() == "have" for a in aux) and verb.tag_ in {"VBN", "VBD"}
    tag, lemma = verb.tag_, verb.lemma_.lower()
    if any(a.tag_ == "MD" for a in aux) or tag == "MD":
        return not perfect
    if any(a.tag_ == "TO" for a in aux):
        return False if perfect else _of_infinitive(verb)
    if lemma in _PLANNED or (lemma == "set" and tag == "VBN"):
        return True
    if perfect or tag == "VBD" or any(a.tag_ == "VBD" for a in aux):
        return False
    return _of_present(verb, aux, direct=direct)


def _of_present(verb: Token, aux: list[Token], *, direct: bool) -> bool | None:
    tag, lemma = verb.tag_, verb.lemma_.lower()
    if tag == "VBN":
        return None if aux else False
    if tag == "VBG":
        return True if direct and any(a.lemma_.lower() == "be" for a in aux) else None
    if tag in {"VBZ", "VBP"}:
        return True if lemma in _BY_SCHEDULE and (direct or lemma != "be") else None
    if tag == "VB" and verb.dep_ == "ROOT" and not any(c.dep_ in _SUBJECTS for c in verb.children):
        return True
    return None


def _of_infinitive(verb: Token) -> bool | None:
    """Judge "to meet on Friday" by what it hangs on: agreed to is ahead, failed to is past."""
    head = verb.head
    if head.i == verb.i or head.pos_ not in {"VERB", "AUX"} or head.lemma_.lower() in _INTENT:
        return True
    told = _of_verb(head, direct=True)
    return True if told is None and head.tag_ in {"VBZ", "VBP"} else told
