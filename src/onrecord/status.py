"""What the voice claims about a deed's reality: asserted, planned, possible, conditional or denied.

The words around the deed are read from the inside out: its own negation, modal verb and mood, then every verb or
noun that it is a complement of ("is expected to", "denied that", "plans for"), until the voice that vouches
for it is reached. Where several speak, the furthest from reality wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.record import Attribution, Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_RANK: dict[Status, int] = {"asserted": 0, "planned": 1, "possible": 2, "conditional": 3, "denied": 4}

PLANNED = frozenset(
    """
    agree aim approve authorise authorize commit decide decision due expect goal hope intend intention invite
    mean order plan pledge poise prepare promise prepared ready schedule seek set slate undertake vow want
    wish willing authorisation approval green-light clear pact agreement deal commitment bid effort try attempt
    """.split()
)
"""Words whose complement has not happened yet, but is meant to."""

POSSIBLE = frozenset(
    """
    able ask beg call chance consider contemplate debate demand discuss eager explore fear idea invite likely mull
    negotiate offer option ponder possibility possible probable proposal propose prospect recommend request
    study suggest talk threat threaten unlikely urge warn weigh whether speculate rumour rumor press push lobby
    allegation claim report suspicion
    """.split()
)
"""Words whose complement may happen, or is only wished for or feared."""

DENIED = frozenset(
    """
    abandon avoid ban bar block cancel decline denial deny dispute disprove fail failure forbid halt impossible
    prevent prohibit refrain refusal refuse refute reject rule scrap shelve stop veto unable unwilling
    """.split()
)
"""Words whose complement does not happen, or is said not to have happened."""

REPORTING = frozenset(
    """
    accuse allege argue assert assess assume believe charge claim conclude estimate insist maintain note
    presume report say state suggest suspect tell think understand warn write add announce repeat declare
    """.split()
)
"""Words that put their complement into somebody's mouth; where nobody vouches for it, it is only possible."""

HEDGES = frozenset(
    "allegedly apparently conceivably likely maybe perhaps possibly potentially presumably probably purportedly "
    "reportedly seemingly supposedly".split()
)

_MODAL_POSSIBLE = frozenset({"may", "might", "could", "can", "should", "must", "ought"})
_MODAL_PLANNED = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_NEGATIVE = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "nothing", "none"})
_CLIMB = frozenset(
    {"xcomp", "ccomp", "acl", "pcomp", "dobj", "nsubjpass", "nsubj", "attr", "csubj", "oprd", "relcl"}
)
_TOWARDS = frozenset({"to", "into", "toward", "towards"})
"""Prepositions of what a verb leads to: "might lead to an alliance"."""
_LONGEST_CHAIN = 12


def vouching(start: int, end: int, attributions: Sequence[Attribution]) -> Attribution | None:
    """Give the innermost attribution whose content holds `start:end`; null is the outlet's own voice."""
    best: tuple[int, Attribution] | None = None
    for attribution in attributions:
        if any(part.start <= start and end <= part.end for part in attribution.content):
            size = sum(part.end - part.start for part in attribution.content)
            if best is None or size < best[0]:
                best = size, attribution
    return best[1] if best else None


def find_status(act: Token, voice: Attribution | None) -> Status:
    """Give the status of the deed that `act` names, relative to `voice`."""
    found: Status = "asserted"
    limit = act.doc
    for word in chain(act):
        inside = voice is None or within(word, voice)
        found = further(found, _at(word, act, inside=inside, outlet=voice is None))
        if not inside and (word.lemma_.lower() in REPORTING or word.lemma_.lower() in DENIED):
            break
    if voice is not None and voice.cue is not None and _denies(limit, voice.cue.start, voice.cue.end):
        found = "denied"
    if _asks(act):
        found = further(found, "possible")
    return found


def chain(act: Token, *, through_nouns: bool = False) -> Iterator[Token]:
    """Give the act and, outwards, the verbs and nouns that it is a complement of.

    A noun is a complement through its preposition only of words that say something about its reality ("talks
    on"), unless `through_nouns` lets every noun and verb through.
    """
    token, steps = act, 0
    yield token
    while steps < _LONGEST_CHAIN and token.head != token:
        steps += 1
        head = token.head
        if token.dep_ in ("pobj", "prep"):
            # "talks on the sale", "plans for deliveries": a noun governs through its preposition.
            preposition = head.lower_ if token.dep_ == "pobj" else token.lower_
            token = head
            if head.pos_ in ("NOUN", "VERB", "AUX", "ADJ"):
                if not (through_nouns or _governs(head) or preposition in _TOWARDS):
                    return
                yield head
            continue
        if token.dep_ == "conj" and token.pos_ == head.pos_:
            token = head
            continue
        if token.dep_ == "relcl" or (token.dep_ == "acl" and not _complement(token)):
            return
        if token.dep_ not in _CLIMB:
            return
        token = head
        yield token


def _complement(verb: Token) -> bool:
    """Say whether a verb after a noun says what the noun is about: "plans to", "a report that it had"."""
    return any((c.dep_ == "aux" and c.lower_ == "to") or c.dep_ in ("mark", "nsubj") for c in verb.children)


def _governs(word: Token) -> bool:
    lemma = word.lemma_.lower()
    return lemma in PLANNED or lemma in POSSIBLE or lemma in DENIED


def within(token: Token, voice: Attribution) -> bool:
    """Say whether a word stands in what the voice says."""
    return any(part.start <= token.idx < part.end for part in voice.content)


def further(one: Status, other: Status) -> Status:
    """Give the one that is further from reality."""
    return one if _RANK[one] >= _RANK[other] else other


def _at(word: Token, act: Token, *, inside: bool, outlet: bool) -> Status:
    """Give what one link of the chain says: its auxiliaries and negation, and what it does to its complement."""
    own = mood(word) if inside or word.lemma_.lower() not in REPORTING else "asserted"
    if word == act:
        return own
    lemma = word.lemma_.lower()
    effect: Status = "asserted"
    if lemma == "rule" and not any(c.lower_ == "out" for c in word.children):
        effect = "asserted"
    elif lemma in DENIED:
        # "has not ruled out supplying": two denials leave it open.
        return "possible" if own == "denied" else "denied"
    elif lemma in PLANNED:
        effect = "planned"
    elif lemma in POSSIBLE or (outlet and reports(word)):
        effect = "possible"
    if own == "denied" and lemma in REPORTING:
        own = "possible"
    return further(own, effect)


def reports(word: Token) -> bool:
    """Say whether a word puts a clause into somebody's mouth ("said that", "accused of supplying", "claims of")."""
    if word.lemma_.lower() not in REPORTING:
        return False
    if word.pos_ not in ("VERB", "AUX"):
        return True
    return any(
        c.dep_ in ("ccomp", "xcomp", "acl", "pcomp")
        or (c.dep_ == "prep" and any(g.dep_ == "pcomp" for g in c.children))
        for c in word.children
    )


def mood(word: Token) -> Status:
    """Give what a word's own auxiliaries, negation, adverbs and conditions say."""
    found: Status = "asserted"
    modal = ""
    negated = conditional = False
    for child in word.children:
        lower = child.lower_
        if child.dep_ == "aux" and lower in _MODAL_POSSIBLE:
            found, modal = further(found, "possible"), lower
        elif child.dep_ == "aux" and (
            lower in _MODAL_PLANNED or lower in ("would", "'d") and child.tag_ == "MD"
        ):
            found, modal = further(found, "planned"), lower
        elif lower in HEDGES:
            found = further(found, "possible")
        elif child.dep_ == "neg" or (child.dep_ in ("det", "advmod", "cc", "preconj") and lower in _NEGATIVE):
            negated = negated or not _only(child)
        elif child.dep_ in ("nsubj", "nsubjpass", "dobj") and _empty(child):
            negated = True
        elif child.dep_ == "advcl" and _condition(child):
            conditional = True
        elif child.dep_ == "mark" and lower in ("if", "unless", "whether"):
            conditional = lower != "whether"
            found = further(found, "possible")
    if word.dep_ == "pcomp" and word.head.lower_ == "without":
        negated = True
    if _to_infinitive(word) and word.dep_ in ("xcomp", "acl", "relcl", "advcl", "ROOT"):
        found = further(found, "planned") if word.dep_ in ("acl", "relcl", "advcl", "ROOT") else found
    if conditional:
        return "conditional"
    if negated:
        # What may not happen may also happen.
        return "possible" if modal in ("may", "might") else "denied"
    return found


def _condition(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "provided") for c in clause.children)


def _to_infinitive(word: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in word.children)


def _only(token: Token) -> bool:
    """Say whether a negation is "not only"."""
    following = token.i + 1
    return following < len(token.doc) and token.doc[following].lower_ in ("only", "just", "merely")


def _empty(noun: Token) -> bool:
    if noun.lower_ in ("nobody", "nothing", "none"):
        return True
    return any(c.dep_ in ("det", "neg") and c.lower_ in ("no", "neither") for c in noun.children)


def _denies(doc: Doc, start: int, end: int) -> bool:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return False
    return any(t.lemma_.lower() in ("deny", "denial", "refute", "disprove") and not _negated(t) for t in span)


def _negated(token: Token) -> bool:
    return any(c.dep_ == "neg" for c in token.children)


def _asks(act: Token) -> bool:
    """Say whether the act stands in a question."""
    sentence = act.sent
    for token in reversed([*sentence[-4:]]):
        if token.text == "?":
            return True
        if token.is_alpha:
            return False
    return False
