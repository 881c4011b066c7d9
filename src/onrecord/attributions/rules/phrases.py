"""Attributions whose cue is no verb: *according to*, *in X's view*, *the claim that*, a colon."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.article import Span
from onrecord.attributions.found import Found, found_by
from onrecord.attributions.rules import cues
from onrecord.attributions.rules.spans import Layout, cue_span, noun_phrase
from onrecord.attributions.rules.verbs import is_infinitive, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token


def according(layout: Layout, token: Token) -> Found | None:
    """Take *according to X*, before, after or inside what X says."""
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
    return _beside(layout, token, (cue[0], source[1]), found_by("according", source, cue, ()))


def in_view(layout: Layout, token: Token) -> Found | None:
    """Take *in X's view*, *in the words of X*."""
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
    return _beside(layout, token.head, (token.head.idx, end), found_by("view", source, cue, ()))


def _beside(layout: Layout, token: Token, phrase: Span, found: Found) -> Found | None:
    """Take as content the sentence that a phrase stands in, without the phrase."""
    quotation = layout.quotation_ending_at(phrase[0])
    if quotation is not None:
        content: tuple[Span, ...] = ((layout.lead_in(quotation, token), quotation.end),)
    else:
        content = layout.sentence_without(token, phrase)
    return replace(found, content=content) if content else None


def of_noun(layout: Layout, noun: Token) -> Found | None:
    """Take *Tehran's claim that …*, *a promise to …*."""
    held = next(
        (
            c
            for c in noun.children
            if c.i > noun.i and c.dep_ in ("acl", "ccomp") and (is_infinitive(c) or _has_that(c))
        ),
        None,
    )
    if held is None:
        return None
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "in" else noun
    if verb.lemma_.lower() in cues.CLAUSE and (subject := subject_of(verb)) is not None:
        # "said in a statement that …"
        cue = (cue_span(verb)[0], noun.idx + len(noun))
        content = layout.region(held, noun)
        return found_by("clause", noun_phrase(layout, subject, verb), cue, content)
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    source = noun_phrase(layout, owner, noun) if owner is not None else None
    if source is None and is_infinitive(held):
        return None
    return found_by("noun", source, (noun.idx, noun.idx + len(noun)), layout.region(held, noun))


def of_adjective(layout: Layout, adjective: Token) -> Found | None:
    """Take *analysts are sceptical that …*."""
    verb = adjective.head
    held = next(
        (c for h in (adjective, verb) for c in h.children if c.dep_ == "ccomp" and c.i > adjective.i), None
    )
    subject = subject_of(verb)
    if verb.lemma_ not in ("be", "remain", "become", "sound", "feel") or held is None or subject is None:
        return None
    start = verb.idx if verb.i < adjective.i else adjective.idx
    cue = (start, adjective.idx + len(adjective))
    return found_by("adjective", noun_phrase(layout, subject, verb), cue, layout.region(held, adjective))


def _has_that(token: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children)


def after_colon(layout: Layout, token: Token) -> Found | None:
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
        subject = subject_of(verb)
        if subject is not None and subject.i < token.i and subject.pos_ in ("PROPN", "PRON", "NOUN"):
            return found_by("colon", noun_phrase(layout, subject, verb), cue_span(verb), content)
    if not verbs and len(before) <= 12 and any(t.pos_ == "PROPN" for t in before):
        source = layout.trimmed(line, token.idx)
        return found_by("colon", source, (token.idx, token.idx + 1), content)
    return None
