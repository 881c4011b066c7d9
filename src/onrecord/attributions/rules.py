"""Sources, cues and contents by rules over the parse and the quotation marks.

This is the finder that `onrecord.attributions` uses: a function from a parsed article to `Found` triples of
spans. A trained tagger takes its place by giving the same triples.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.article import Span
from onrecord.attributions import cues
from onrecord.attributions.spans import Layout, cue_span, is_adding, noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.quotations import Quotation

CONFIDENCE = {
    "quotation": 0.93,
    "clause": 0.86,
    "fronted": 0.85,
    "according": 0.89,
    "view": 0.83,
    "infinitive": 0.63,
    "object": 0.58,
    "preposition": 0.60,
    "passive": 0.61,
    "adjective": 0.65,
    "noun": 0.62,
    "colon": 0.80,
    "orphan": 0.40,
}
"""How sure each rule is: a rank, not yet a calibrated probability."""

_CONTINUED = (CONFIDENCE["quotation"], CONFIDENCE["clause"], CONFIDENCE["colon"])
_NEAR = 64
"""How many contents back are compared with a quotation."""

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OWN_VOICE = ("i", "we", "you", "one")
_AFTER_CUE = ("advmod", "prt", "prep", "npadvmod", "dobj", "dative", "agent", "punct", "advcl")


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as spans: where its source, cue and content stand, and how sure the finder is."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    confidence: float


def find(doc: Doc, quotations: Sequence[Quotation]) -> tuple[Found, ...]:
    """Give the attributions of an article in the order of their first words.

    `quotations` are those of the same text. Contents of different attributions may be nested (one voice in
    another); a quotation without any cue comes with neither source nor cue.
    """
    layout = Layout(doc, quotations)
    found = [c for token in doc for f in _at(layout, token) if (c := _kept_inside(layout, f)) is not None]
    found = _continue(layout, found)
    found.extend(_orphans(layout, found))
    found = list({(f.content, f.source): f for f in sorted(found, key=lambda f: f.confidence)}.values())
    return tuple(sorted(found, key=lambda f: (f.content, f.cue or (0, 0))))


def _at(layout: Layout, token: Token) -> Iterator[Found]:
    """Give the attributions whose cue is this token."""
    if token.lower_ == "according":
        one = _according(layout, token)
    elif token.pos_ in ("VERB", "AUX"):
        one = _of_verb(layout, token)
    elif token.lower_ in cues.VIEW and token.dep_ == "pobj":
        one = _in_view(layout, token)
    elif token.pos_ == "ADJ" and token.lower_ in cues.ADJECTIVES:
        one = _of_adjective(layout, token)
    elif token.pos_ == "NOUN" and token.lemma_.lower() in cues.NOUNS:
        one = _of_noun(layout, token)
    elif token.text == ":":
        one = _colon(layout, token)
    else:
        one = None
    if one is not None and one.content:
        yield one


def _kept_inside(layout: Layout, found: Found) -> Found | None:
    """Clip what a quoted person attributes to others to the quotation: nothing outside it is their words."""
    quotation = layout.quotation_over(found.cue[0]) if found.cue else None
    if quotation is None:
        return found
    low, high = quotation.inner
    parts = ((max(s, low), min(e, high)) for s, e in found.content)
    content = tuple(layout.trimmed(*p) for p in parts if len(layout.text[p[0] : p[1]].split()) > 1)
    return replace(found, content=content) if content else None


# --- verbs


def _of_verb(layout: Layout, verb: Token) -> Found | None:
    lemma = verb.lemma_.lower()
    if any(c.dep_ == "auxpass" for c in verb.children):
        return _passive(layout, verb) if lemma in cues.PASSIVE else None
    subject = _subject(verb)
    if subject is None and verb.tag_ in ("VB", "VBN") and layout.quotation_over(verb.idx):
        return None
    if subject is not None and subject.lower_ in _OWN_VOICE and layout.quotation_over(verb.idx):
        return None  # "I think …" in a quotation is its speaker's own voice, and no new one
    source = noun_phrase(layout, subject, verb) if subject is not None else None
    cue = cue_span(verb)
    for rule, lemmas in (
        (_quoted, cues.QUOTED),
        (_clause, cues.CLAUSE),
        (_fronted, cues.CLAUSE & cues.QUOTED),
        (_infinitive, cues.INFINITIVE | cues.GERUND),
        (_object, cues.OBJECT),
        (_prepositional, cues.PREPOSITION),
    ):
        if lemma in lemmas and (one := rule(layout, verb, source, cue)) is not None:
            return one
    return None


def _subject(verb: Token) -> Token | None:
    """Give the head of the noun phrase that is the source, through shared and controlled subjects."""
    if is_adding(verb) and (said := _verb_added_to(verb)) is not None:
        verb = said
    for step in range(5):
        own = next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
        if own is not None:
            return None if step and own.lower_ in ("it", "there") else own
        if verb.dep_ == "acl" and verb.tag_ == "VBG":
            return verb.head
        if verb.dep_ == "advcl" and verb.tag_ == "VBN":
            return None  # "Asked whether he would stay, she smiled": somebody else asked
        if verb.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "dep"):
            return None
        verb = verb.head
        if verb.pos_ == "ADP":
            verb = verb.head
    return None


def _verb_added_to(participle: Token) -> Token | None:
    """Find the cue that *adding that …* goes on from, which the parser seldom attaches it to."""
    sentence = participle.sent
    for token in reversed(participle.doc[sentence.start : participle.i]):
        finite = token.tag_ in ("VBD", "VBZ", "VBP", "VBN")
        if (
            finite
            and token.lemma_.lower() in cues.CLAUSE
            and any(c.dep_ in _SUBJECTS for c in token.children)
        ):
            return token
    return None


def _quoted(layout: Layout, verb: Token, source: Span | None, cue: Span) -> Found | None:
    """Quotation marks right before the source and cue, right after them, or both."""
    start = min(cue[0], source[0]) if source else cue[0]
    end = max(cue[1], source[1]) if source else cue[1]
    own = any(c.dep_ in _SUBJECTS for c in verb.children)
    # A participle goes on from a cue before it, and the quotation before it is that cue's.
    before = (layout.quotation_ending_at(start) or layout.quotation_ending_at(cue[0])) if own else None
    after = layout.quotation_starting_at(end) or layout.quotation_starting_at(_reach(verb, end))
    parts: list[Span] = []
    if before is not None:
        parts.append((layout.lead_in(before, verb), before.end))
    if after is not None and not layout.opens_late(after, verb):
        if not parts and (lead := layout.clause_before(start, after)) is not None:
            parts.append(lead)
        parts.append((after.start, after.end))
    if not parts:
        return None
    if source and any(s < source[1] and source[0] < e for s, e in parts):
        source = None
    return Found(source, cue, tuple(parts), CONFIDENCE["quotation"])


def _reach(verb: Token, end: int) -> int:
    """Give the end of what stands between a cue and its quotation: *told the paper on Monday in Oslo*."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in _AFTER_CUE and child.dep_ != "punct":
            last = child.right_edge
            if not any(t.is_quote for t in child.subtree):
                end = max(end, last.idx + len(last.text.rstrip()))
    return end


def _clause(layout: Layout, verb: Token, source: Span | None, cue: Span) -> Found | None:
    """Take a finite clause after the cue: *said (that) …*. One before or around the cue is `_fronted`."""
    for child in verb.children:
        if child.dep_ != "ccomp" or child.i < verb.i or child.left_edge.i < verb.i:
            continue
        if child.tag_ in ("VBG", "VB") and not any(c.dep_ in ("nsubj", "mark") for c in child.children):
            continue
        return Found(source, cue, layout.with_colon(layout.region(child, verb)), CONFIDENCE["clause"])
    return None


def _fronted(layout: Layout, verb: Token, source: Span | None, cue: Span) -> Found | None:
    """Take a clause before the cue, or one that the source and cue interrupt: *It was, he said, over*."""
    if source is None:
        return None
    start, end = min(cue[0], source[0]), max(cue[1], source[1])
    head = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    if head is None and verb.dep_ in ("parataxis", "ccomp") and verb.head.pos_ in ("VERB", "AUX"):
        head = verb.head if verb.dep_ == "parataxis" or verb.head.i > verb.i else None
    if head is None:
        return None
    if not layout.comma_before(start) or source[0] < head.left_edge.idx <= cue[0]:
        return None
    return Found(source, cue, layout.around(head, start, end, verb), CONFIDENCE["fronted"])


def _infinitive(layout: Layout, verb: Token, source: Span | None, cue: Span) -> Found | None:
    """Take an infinitive or gerund: *vowed to leave*, *urged Oslo to leave*, *denied having left*."""
    gerund = verb.lemma_.lower() in cues.GERUND
    for child in verb.children:
        if child.dep_ not in ("xcomp", "ccomp") or child.i < verb.i:
            continue
        if (child.tag_ in ("VBG", "VBN") and gerund) or (_is_infinitive(child) and not gerund):
            return Found(source, cue, layout.region(child, verb), CONFIDENCE["infinitive"])
    return None


def _is_infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)


def _object(layout: Layout, verb: Token, source: Span | None, cue: Span) -> Found | None:
    """Take a noun phrase: *condemned the raid*; with what it is called: *calls it a first*."""
    own = any(c.dep_ in _SUBJECTS for c in verb.children)
    if source is None or (verb.tag_ == "VB" and not own):
        return None
    named = next((c for c in verb.children if c.dep_ == "oprd"), None)
    if named is not None and verb.lemma_ in ("call", "describe", "declare", "deem"):
        what = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
        first = layout.region(what, verb) if what is not None else ()
        return Found(source, cue, layout.joined((*first, *layout.region(named, verb))), CONFIDENCE["object"])
    if verb.lemma_ == "call":
        return None
    for child in verb.children:
        if (
            child.dep_ == "dobj"
            and child.i > verb.i
            and child.pos_ != "PRON"
            and child.n_lefts + child.n_rights
        ):
            return Found(source, cue, layout.region(child, verb), CONFIDENCE["object"])
    return None


def _prepositional(layout: Layout, verb: Token, source: Span | None, cue: Span) -> Found | None:
    """Take a prepositional phrase: *called for talks*, *warned of war*."""
    for child in verb.children:
        if (
            child.dep_ == "prep"
            and child.lower_ in cues.PREPOSITION[verb.lemma_.lower()]
            and child.i > verb.i
        ):
            inside = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if inside is not None and source is not None:
                cue = (cue[0], child.idx + len(child)) if child.i == verb.i + 1 else cue
                return Found(source, cue, layout.region(inside, verb), CONFIDENCE["preposition"])
    return None


def _passive(layout: Layout, verb: Token) -> Found | None:
    """*Is expected to leave*, *it is believed that …*: somebody's view, and the text does not say whose."""
    agent = next(
        (p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"), None
    )
    source = noun_phrase(layout, agent, verb) if agent is not None else None
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ == "ccomp":
            return Found(source, cue_span(verb), layout.region(child, verb), CONFIDENCE["passive"])
        if child.dep_ == "xcomp" and _is_infinitive(child):
            subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
            first = noun_phrase(layout, subject, verb) if subject is not None else None
            content = (*((first,) if first else ()), *layout.region(child, verb))
            return Found(source, cue_span(verb), content, CONFIDENCE["passive"])
    return None


# --- phrases


def _according(layout: Layout, token: Token) -> Found | None:
    """*According to X*, before, after or inside what X says."""
    to = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if to is None or to.lower_ != "to":
        return None
    named = next(
        (c for h in (to, token) for c in h.children if c.dep_ in ("pobj", "pcomp") and c.i > to.i), None
    )
    if named is None:
        return None
    source = noun_phrase(layout, named, to)
    cue = (token.idx, to.idx + len(to))
    return _beside(layout, token, (cue[0], source[1]), Found(source, cue, (), CONFIDENCE["according"]))


def _in_view(layout: Layout, token: Token) -> Found | None:
    """*In X's view*, *in the words of X*."""
    if token.head.lower_ not in ("in", "to", "by") or token.head.dep_ != "prep":
        return None
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    of = next((p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None)
    if owner is not None:
        source = noun_phrase(layout, owner, token)
    elif of is not None:
        source = noun_phrase(layout, of, token)
    else:
        return None
    end = max(source[1], token.idx + len(token))
    cue = (token.idx, token.idx + len(token))
    return _beside(layout, token.head, (token.head.idx, end), Found(source, cue, (), CONFIDENCE["view"]))


def _beside(layout: Layout, token: Token, phrase: Span, found: Found) -> Found | None:
    """Take as content the sentence that a phrase stands in, without the phrase."""
    quotation = layout.quotation_ending_at(phrase[0])
    if quotation is not None:
        content: tuple[Span, ...] = ((layout.lead_in(quotation, token), quotation.end),)
    else:
        content = layout.sentence_without(token, phrase)
    return replace(found, content=content) if content else None


def _of_noun(layout: Layout, noun: Token) -> Found | None:
    """*Tehran's claim that …*, *a promise to …*."""
    held = next(
        (
            c
            for c in noun.children
            if c.i > noun.i and c.dep_ in ("acl", "ccomp") and (_is_infinitive(c) or _has_that(c))
        ),
        None,
    )
    if held is None:
        return None
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    source = noun_phrase(layout, owner, noun) if owner is not None else None
    if source is None and _is_infinitive(held):
        return None
    return Found(source, (noun.idx, noun.idx + len(noun)), layout.region(held, noun), CONFIDENCE["noun"])


def _of_adjective(layout: Layout, adjective: Token) -> Found | None:
    """*Analysts are sceptical that …*."""
    verb = adjective.head
    held = next(
        (c for h in (adjective, verb) for c in h.children if c.dep_ == "ccomp" and c.i > adjective.i), None
    )
    subject = _subject(verb)
    if verb.lemma_ not in ("be", "remain", "become", "sound", "feel") or held is None or subject is None:
        return None
    start = verb.idx if verb.i < adjective.i else adjective.idx
    cue = (start, adjective.idx + len(adjective))
    return Found(
        noun_phrase(layout, subject, verb), cue, layout.region(held, adjective), CONFIDENCE["adjective"]
    )


def _has_that(token: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children)


def _colon(layout: Layout, token: Token) -> Found | None:
    """Take a quotation after a colon: *Kim: "No."*, *She put it like this: "No."*."""
    quotation = layout.quotation_starting_at(token.idx + 1)
    if quotation is None:
        return None
    line = layout.paragraph_start(token.idx)
    before = token.doc.char_span(line, token.idx, alignment_mode="contract")
    if before is None:
        return None
    content = (layout.grown((quotation.start, quotation.end)),)
    verbs = [
        t for t in token.sent if t.i < token.i and t.pos_ == "VERB" and t.dep_ in ("ROOT", "conj", "ccomp")
    ]
    for verb in reversed(verbs):
        subject = _subject(verb)
        if subject is not None and subject.i < token.i and subject.pos_ in ("PROPN", "PRON", "NOUN"):
            return Found(noun_phrase(layout, subject, verb), cue_span(verb), content, CONFIDENCE["colon"])
    if not verbs and len(before) <= 12 and any(t.pos_ == "PROPN" for t in before):
        source = layout.trimmed(line, token.idx)
        return Found(source, (token.idx, token.idx + 1), content, CONFIDENCE["colon"])
    return None


# --- quotations that go on, and those whose speaker stands nowhere beside them


def _continue(layout: Layout, found: list[Found]) -> list[Found]:
    """Add to each quotation the sentences in quotation marks that follow it in the paragraph.

    *"No," he said. "Never."* is one attribution with two contents.
    """
    taken = {s for f in found for s, _ in f.content}
    result: list[Found] = []
    for f in found:
        parts = list(f.content)
        own = f.cue is None or layout.quotation_over(f.cue[0]) is None
        while own and f.confidence in _CONTINUED and layout.ends_quoted(parts[-1]):
            end = max(parts[-1][1], f.cue[1] if f.cue else 0, f.source[1] if f.source else 0)
            more = layout.next_quoted_sentence(end)
            if more is None or more.start in taken:
                break
            parts.append((more.start, more.end))
            taken.add(more.start)
        result.append(Found(f.source, f.cue, tuple(parts), f.confidence))
    return result


def _orphans(layout: Layout, found: Sequence[Found]) -> Iterator[Found]:
    """Give the quoted sentences and clauses that no cue claims; who spoke them is for the context to say."""
    contents = sorted(s for f in found for s in f.content)
    parts: list[Span] = []
    for quotation in layout.quotations:
        if not (layout.is_quoted_sentence(quotation) or layout.is_clause(quotation)):
            continue
        if _claimed((quotation.start, quotation.end), contents):
            continue
        if parts and not layout.same_voice(parts[-1][1], quotation.start):
            yield Found(None, None, tuple(parts), CONFIDENCE["orphan"])
            parts = []
        parts.append((quotation.start, quotation.end))
    if parts:
        yield Found(None, None, tuple(parts), CONFIDENCE["orphan"])


def _claimed(span: Span, contents: Sequence[Span]) -> bool:
    """Say whether some content covers more than half of a quotation (a voice inside it covers less)."""
    last = bisect.bisect_left(contents, (span[1], 0))
    near = contents[max(0, last - _NEAR) : last]
    return any(2 * (min(e, span[1]) - max(s, span[0])) > span[1] - span[0] for s, e in near)
