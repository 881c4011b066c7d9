"""What the voice claims about a deed's reality: asserted, planned, possible, conditional or denied.

The words around the deed are read from the inside out: its own negation, modal verb and mood, then every
verb or noun that it is a complement of ("is expected to", "denied that", "plans for"), until the voice that
vouches for it is reached. Where several speak, the furthest from reality wins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.record import Attribution, EventType, Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_RANK: dict[Status, int] = {"asserted": 0, "planned": 1, "possible": 2, "conditional": 3, "denied": 4}

PLANNED = frozenset(
    """
    agree aim approve authorise authorize commit decide decision due expect goal hope intend intention
    invite mean order plan pledge poise prepare promise prepared ready schedule seek set slate undertake
    vow want wish willing authorisation approval green-light clear pact agreement deal commitment bid
    effort try attempt
    """.split()
)
"""Words whose complement has not happened yet, but is meant to."""

POSSIBLE = frozenset(
    """
    ability able appeal ask beg call capability capable capacity chance consider contemplate debate
    demand discuss eager explore fear idea invite likely lobby mull need negotiate offer option ponder
    possibility possible press probable proposal propose prospect push recommend request rumor rumour
    speculate study suggest suspect suspicion talk threat threaten unlikely urge weigh whether
    """.split()
)
"""Words whose complement may happen, or is only wished for or feared."""

DENIED = frozenset(
    """
    abandon avoid ban bar block cancel decline denial deny dispute disprove fail failure forbid halt
    impossible prevent prohibit refrain refusal refuse refute reject reluctance reluctant resist resistance
    rule scrap shelve stop veto unable unwilling
    """.split()
)
"""Words whose complement does not happen, or is said not to have happened."""

REPORTING = frozenset(
    """
    accusation accuse add allegation allege announce argue assert assertion assess assessment assume
    belief believe charge claim conclude consensus contention declare estimate impression insist maintain
    note notion presume repeat report say state suggestion tell theory think understand warn write
    """.split()
)
"""Words that put their complement into somebody's mouth; where nobody vouches for it, it is only possible."""

TELLING = frozenset(
    """
    add argue assess believe claim conclude describe estimate explain know note recall report say state
    suggest tell think write
    """.split()
)
"""Verbs that report what somebody says or thinks and name no deed by themselves."""

HEDGES = frozenset(
    """
    allegedly apparently conceivably likely maybe perhaps possibly potentially presumably probably
    purportedly reportedly seemingly supposedly
    """.split()
)

_HEDGED = HEDGES | frozenset(
    "alleged likely possible potential purported reported rumoured rumored supposed suspected".split()
)
_AHEAD = frozenset(
    "eventual forthcoming future impending intended pending planned projected proposed upcoming".split()
)
_MODAL_POSSIBLE = frozenset({"may", "might", "could", "can", "should", "must", "ought"})
_MODAL_PLANNED = frozenset({"will", "shall", "'ll", "’ll", "wo", "would"})
_NEGATIVE = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
_NOBODY = frozenset({"nobody", "nothing", "none"})
_CONDITIONS = frozenset({"if", "unless", "provided"})
_DENYING = frozenset({"deny", "denial", "refute", "disprove"})
_CLIMB = frozenset("attr acl ccomp csubj dobj nsubj nsubjpass oprd pcomp xcomp".split())
_TOWARDS = frozenset({"to", "into", "toward", "towards"})
"""Prepositions of what a verb leads to: "might lead to an alliance"."""

OCCURRING = frozenset(
    """
    be begin break collapse come continue fail fall follow go happen occur proceed resume start stop take
    """.split()
)
"""Verbs whose subject is a deed that happens, or does not: "the delivery will begin", "talks broke down"."""

_OWNED = frozenset("aim commitment decision demand effort goal hope intention plan pledge".split())

_SIGNING = frozenset({"conclude", "finalise", "finalize", "reach", "sign"})
"""Verbs by which states bind themselves: "signed a deal to sell"."""

_LONGEST_CHAIN = 12


class Voices:
    """The attributions of one article, to be asked who vouches for words."""

    def __init__(self, attributions: Sequence[Attribution] = ()) -> None:
        vouching = [a for a in attributions if not _only_means(a)]
        parts = [(part.span, _size(a), a) for a in vouching for part in a.content]
        self._parts = sorted(parts, key=lambda p: (p[0], p[1], p[2].id))
        self._starts = [span[0] for span, _, _ in self._parts]

        self._by_id = {a.id: a for a in attributions}
        self.sources = tuple(sorted({a.source.span for a in vouching if a.source is not None}))
        """Where those stand who vouch."""

    def by_id(self, identity: str | None) -> Attribution | None:
        """Give the attribution of this id."""
        return None if identity is None else self._by_id.get(identity)

    def at(self, start: int, end: int) -> Attribution | None:
        """Give the innermost attribution whose content holds `start:end`; null is the outlet's own voice."""
        last = bisect_right(self._starts, start)
        around = [part for part in self._parts[max(0, last - _NEAR) : last] if part[0][1] >= end]
        return min(around, key=lambda part: part[1])[2] if around else None


_MEANING = re.compile(
    r"(?:aim|agree|appeal|ask|attempt|beg|consider|contemplat|decid|declin|eager|expect|hop|intend|lobb|mean"
    r"|mull|need|offer|plan|pledg|prepar|press|promis|ready|refus|seek|set|slate|sought|threaten|tr[iy]|urg"
    r"|unwilling|vow|want|weigh|willing|wish)(?:|s|e|es|d|ed|ing|ning|ned|t|ies|y|ied|ying)",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"to\s+\w+|\w+ing\b", re.IGNORECASE)


def _only_means(attribution: Attribution) -> bool:
    """Say whether a source is only said to mean something: that is told by whoever speaks around it.

    "Iran plans to send": the plan is the teller's claim. So is what nobody in particular expects.
    """
    if attribution.kind != "indirect" or attribution.cue is None:
        return False
    meant = any(_MEANING.fullmatch(word) for word in attribution.cue.text.split())
    nameless = attribution.source is None and attribution.speaker is None
    return meant and (nameless or all(_TO_DO.match(part.text) is not None for part in attribution.content))


def _size(attribution: Attribution) -> int:
    return sum(part.end - part.start for part in attribution.content)


_NEAR = 64
"""How many contents back a voice is looked for, so that time stays linear."""


def within(token: Token, voice: Attribution) -> bool:
    """Say whether a word stands in what the voice says."""
    return any(part.start <= token.idx < part.end for part in voice.content)


def further(one: Status, other: Status) -> Status:
    """Give the one that is further from reality."""
    return one if _RANK[one] >= _RANK[other] else other


_ONLY_MEANT = frozenset(
    """
    aim consider contemplate debate envisage explore eye flirt hope intend mull plan ponder prepare seek
    study toy want weigh
    """.split()
)
"""Verbs that name no deed, only that one is meant: "mulls a strike on"."""


def find_status(act: Token, voice: Attribution | None) -> Status:
    """Give the status of the deed that `act` names, relative to `voice`."""
    found: Status = "possible" if act.lemma_.lower() in _ONLY_MEANT else "asserted"
    for word in chain(act):
        found = further(found, mood(word) if word == act else said_of(word, voice))
        if leaves(word, voice):
            break
    if denies(voice, act.doc):
        found = "denied"
    return further(found, "possible") if asks(act) else found


VERBAL: frozenset[EventType] = frozenset({"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Deeds that are done by saying something: "will not pay" is a refusal that was made."""

_SURE = 0.8
"""How sure the network must be that a verbal deed is asserted, to be followed against the grammar."""


def weighed(by_grammar: Status, by_network: Mapping[Status, float], event: EventType) -> Status:
    """Give the status that two witnesses make of a deed.

    Where the network doubts that it is real it is followed; where only grammar doubts, grammar is, but for
    verbal deeds: talk taken for a deed is worse than a deed taken for talk.
    """
    if not by_network:
        return by_grammar
    best = sorted(by_network, key=lambda status: by_network[status])[-1]
    if best != "asserted":
        return best
    return best if event in VERBAL and by_network[best] >= _SURE else by_grammar


def chain(act: Token, *, through_nouns: bool = False) -> Iterator[Token]:
    """Give the act and, outwards, the verbs and nouns that it is a complement of.

    A noun is a complement through its preposition only of words that say something about its reality
    ("talks on"), unless `through_nouns` lets every noun and verb through.
    """
    token, steps = act, 0
    yield token
    while steps < _LONGEST_CHAIN and token.head != token:
        steps += 1
        head = token.head
        if token.dep_ in ("pobj", "prep"):
            # "talks on the sale", "plans for deliveries": a noun governs through its preposition.
            preposition = head.lower_ if token.dep_ == "pobj" else token.lower_
            below = list(token.children)
            token = head
            if head.pos_ in ("NOUN", "VERB", "AUX", "ADJ"):
                # "may respond by expelling": the one is as real as the other.
                manner = preposition == "by" and head.pos_ == "VERB" and any(c.dep_ == "pcomp" for c in below)
                if not (through_nouns or manner or _governs(head) or preposition in _TOWARDS):
                    return
                if preposition == "of" and head.lemma_.lower() in _OWNED:
                    # "the goals of the alliance" are its own.
                    return
                yield head
        elif token.dep_ == "conj" and token.pos_ == head.pos_:
            token = head
        elif token.dep_ == "nsubj" and not _happens(head):
            # What a deed does to others ("the sale could anger") says nothing about the deed.
            return
        elif _is_complement(token):
            token = head
            yield token
        else:
            return


def _happens(verb: Token) -> bool:
    """Say whether a verb says that its subject happens or not: "began", "is likely", but not "is new"."""
    lemma = verb.lemma_.lower()
    if lemma != "be":
        return lemma in OCCURRING
    said = [c for c in verb.children if c.dep_ in ("acomp", "attr")]
    return not said or any(_governs(c) or c.lower_ in _AHEAD for c in said)


def _is_complement(word: Token) -> bool:
    """Say whether a word is part of what the word above it says: "plans to", "a report that it had"."""
    said = any(c.lower_ == "that" and c.dep_ in ("mark", "dobj", "pobj") for c in word.children)
    if word.dep_ == "relcl" and said and word.head.lemma_.lower() in REPORTING:
        # "the consensus that Peru hacked into": no relative clause, whatever the parse says.
        return True
    tied = word.dep_ == "advcl" and (said or word.head.lemma_.lower() in _SIGNING)
    if word.dep_ not in _CLIMB and not tied:
        return False
    return word.dep_ not in ("acl", "advcl") or _has_frame(word)


def _has_frame(verb: Token) -> bool:
    return any((c.dep_ == "aux" and c.lower_ == "to") or c.dep_ in ("mark", "nsubj") for c in verb.children)


def _governs(word: Token) -> bool:
    return word.lemma_.lower() in PLANNED | POSSIBLE | DENIED | REPORTING


def leaves(word: Token, voice: Attribution | None) -> bool:
    """Say whether the words of a voice end at this one: it reports them, or denies them."""
    if voice is None or within(word, voice) or word.pos_ not in ("VERB", "AUX"):
        return False
    return word.lemma_.lower() in REPORTING | DENIED


def said_of(word: Token, voice: Attribution | None) -> Status:
    """Give what a word makes of the deed that is its complement, relative to `voice`.

    Where the outlet itself speaks, what a word only reports is possible; how a voice is reported to speak
    ("could say that") is no part of what it says.
    """
    lemma = word.lemma_.lower()
    outlet = voice is None
    reporting = lemma in REPORTING and voice is not None and not within(word, voice)
    own: Status = "asserted" if reporting else mood(word)
    if lemma in DENIED and (lemma != "rule" or any(c.lower_ == "out" for c in word.children)):
        # "has not ruled out supplying": two denials leave it open.
        return "possible" if own == "denied" else "denied"
    if lemma in REPORTING and own == "denied":
        own = "possible"
    if lemma in PLANNED:
        return further(own, "planned")
    return further(own, "possible") if lemma in POSSIBLE or (outlet and reports(word)) else own


def reports(word: Token) -> bool:
    """Say whether a word puts a deed into somebody's mouth: "said that", "accused of", "claims of"."""
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
    if any(_is_condition(child) for child in word.children) or _is_inverted(word):
        return "conditional"
    modals = {c.lower_ for c in word.children if c.dep_ == "aux"}
    if _is_negated(word):
        # What may not happen may also happen.
        return "possible" if modals & {"may", "might"} else "denied"
    described = {c.lower_ for c in word.children}
    whether = any(c.dep_ == "mark" and c.lower_ == "whether" for c in word.children)
    if modals & _MODAL_POSSIBLE or described & _HEDGED or whether:
        return "possible"
    if is_yet_to_be(word):
        return "denied"
    aimed = "to" in modals and (word.dep_ in ("acl", "relcl", "advcl", "ROOT") or _is_to(word))
    return "planned" if modals & _MODAL_PLANNED or described & _AHEAD or aimed else "asserted"


def _is_to(word: Token) -> bool:
    """Say whether an infinitive is what is to be done: "is to supply", "are to receive"."""
    return word.dep_ in ("xcomp", "ccomp") and word.head.lemma_.lower() == "be"


def is_yet_to_be(word: Token) -> bool:
    """Say whether an infinitive is what has yet to be done: "has yet to deliver"."""
    around = (*word.children, *word.head.children)
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in word.children)
    return (
        infinitive and word.head.lemma_.lower() in ("have", "be") and any(c.lower_ == "yet" for c in around)
    )


def _is_inverted(word: Token) -> bool:
    """Say whether a clause is conditional by its order: "Had it been true that"."""
    if word.dep_ not in ("advcl", "ccomp"):
        return False
    first = next(iter(word.lefts), word)
    return first.dep_ == "aux" and first.lower_ in ("had", "should", "were")


def _is_condition(child: Token) -> bool:
    """Say whether a word or clause below a verb makes it conditional, from outside or as its own "if"."""
    if child.dep_ == "mark":
        return child.lower_ in _CONDITIONS
    return child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in child.children)


def _is_negated(word: Token) -> bool:
    if word.dep_ == "pcomp" and word.head.lower_ == "without":
        return True
    for child in word.children:
        if child.dep_ == "neg" or (
            child.dep_ in ("det", "advmod", "cc", "preconj") and child.lower_ in _NEGATIVE
        ):
            if not _is_only(child):
                return True
        elif child.dep_ in ("nsubj", "nsubjpass", "dobj") and _is_empty(child):
            return True
    return False


def _is_only(token: Token) -> bool:
    """Say whether a negation is "not only"."""
    following = token.i + 1
    return following < len(token.doc) and token.doc[following].lower_ in ("only", "just", "merely")


def _is_empty(noun: Token) -> bool:
    if noun.lower_ in _NOBODY:
        return True
    return any(c.dep_ in ("det", "neg") and c.lower_ in ("no", "neither") for c in noun.children)


def denies(voice: Attribution | None, doc: Doc) -> bool:
    """Say whether a voice denies what it is reported to say."""
    if voice is None or voice.cue is None:
        return False
    span = doc.char_span(voice.cue.start, voice.cue.end, alignment_mode="expand")
    words = list(span) if span is not None else []
    return any(w.lemma_.lower() in _DENYING and not any(c.dep_ == "neg" for c in w.children) for w in words)


def asks(act: Token) -> bool:
    """Say whether the act stands in a question."""
    sentence = act.sent
    for token in reversed([*sentence[-4:]]):
        if token.text == "?":
            return True
        if token.is_alpha:
            return False
    return False
