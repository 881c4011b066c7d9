"""Attributions whose cue is a verb: *said that*, *vowed to*, *condemned*, *"…," she said*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.article import Span
from onrecord.attributions.found import Found, found_by
from onrecord.attributions.rules import cues
from onrecord.attributions.rules.spans import Layout, cue_span, is_adding, noun_phrase

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_AFTER_CUE = ("advmod", "prt", "prep", "npadvmod", "dobj", "dative", "agent", "punct", "advcl")


def of_verb(layout: Layout, verb: Token) -> Found | None:
    """Give the attribution that a verb makes by the first frame that fits it."""
    lemma = verb.lemma_.lower()
    if any(c.dep_ == "auxpass" for c in verb.children):
        return _passive(layout, verb) if lemma in cues.PASSIVE else None
    subject = subject_of(verb)
    if layout.quotation_over(verb.idx) is not None and not _is_third_voice(lemma, subject):
        return None
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
    return _beside_speech(layout, verb, source, cue) or _closing(layout, verb, cue)


def _beside_speech(layout: Layout, verb: Token, source: Span | None, cue: Span) -> Found | None:
    """Take *"…," the senator fumed*: after a comma in the marks, any verb with its subject is a cue."""
    if source is None or verb.pos_ != "VERB" or not _has_subject(verb):
        return None
    start, end = _together(source, cue)
    before = layout.quotation_ending_at(start)
    if (
        before is None
        or not layout.is_quoted_sentence(before)
        or layout.text[before.inner[1] - 1] not in ",?!"
    ):
        return None
    if len(layout.text[source[0] : source[1]].split()) + 3 < len(layout.text[start:end].split()):
        return None
    return found_by("quotation", source, cue, ((before.start, before.end),))


_IN_NAMES = ("DET", "ADJ", "NOUN", "PROPN", "PRON", "ADP", "PART", "NUM", "CCONJ")


def _closing(layout: Layout, verb: Token, cue: Span) -> Found | None:
    """Take *…, its minister, Ilze Ozola, said on Friday.*, which the parser reads as one long list.

    The source is what stands between the last comma and the cue; with a comma right before the cue, a name
    and its apposition.
    """
    doc, sentence = verb.doc, verb.sent
    after = doc[verb.i + 1 : sentence.end]
    if verb.lemma_.lower() not in cues.ADDING or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    if len(after) > 12 or any(t.pos_ in ("VERB", "AUX") or t.is_quote for t in after):
        return None
    commas = [t.i for t in doc[sentence.start : verb.i] if t.text == ","]
    apposed = bool(commas) and commas[-1] == verb.i - 1
    end = commas.pop() if apposed else verb.i
    if not commas or not _is_name(doc[commas[-1] + 1 : end]):
        return None
    start = commas[-1]
    if apposed and len(commas) > 1 and _is_name(doc[commas[-2] + 1 : start]):
        start = commas[-2]
    said = doc[sentence.start : start]
    if not any(t.tag_ in ("VBD", "VBZ", "VBP", "VBN", "MD") for t in said):
        return None
    source = layout.trimmed(doc[start + 1].idx, layout.end_of(doc[end - 1]))
    content = layout.trimmed(sentence.start_char, doc[start].idx)
    return found_by("fronted", source, cue, (content,))


def _is_name(words: Words) -> bool:
    """Say whether words can be the name or description of a source: a noun, and no verb."""
    nouns = any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in words)
    return nouns and len(words) <= 12 and all(t.pos_ in _IN_NAMES or t.text == "-" for t in words)


def _is_third_voice(lemma: str, subject: Token | None) -> bool:
    """Say whether a quoted person reports what somebody else said.

    What "I think" or "they believe" inside a quotation is its speaker's own view of things, and no voice.
    """
    return lemma in cues.SPEECH and subject is not None and subject.pos_ in ("NOUN", "PROPN")


def subject_of(verb: Token) -> Token | None:
    """Give the head of the noun phrase that is the source, through shared and controlled subjects."""
    if is_adding(verb) and (said := _verb_added_to(verb)) is not None:
        verb = said
    for step in range(5):
        own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if own is not None and own.lower_ == "that" and verb.dep_ == "relcl":
            return verb.head  # "a statement that said …"
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


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.children)


def _together(source: Span | None, cue: Span) -> Span:
    """Give the stretch that a source and its cue take up."""
    return (min(cue[0], source[0]), max(cue[1], source[1])) if source else cue


def _verb_added_to(participle: Token) -> Token | None:
    """Find the cue that *adding that …* goes on from, which the parser seldom attaches it to."""
    sentence = participle.sent
    for token in reversed(participle.doc[sentence.start : participle.i]):
        finite = token.tag_ in ("VBD", "VBZ", "VBP", "VBN")
        if finite and token.lemma_.lower() in cues.CLAUSE and _has_subject(token):
            return token
    return None


def _quoted(layout: Layout, verb: Token, source: Span | None, cue: Span) -> Found | None:
    """Quotation marks right before the source and cue, right after them, or both."""
    start, end = _together(source, cue)
    # A participle goes on from a cue before it, and the quotation before it is that cue's.
    before = (
        (layout.quotation_ending_at(start) or layout.quotation_ending_at(cue[0]))
        if _has_subject(verb)
        else None
    )
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
    return found_by("quotation", source, cue, tuple(parts))


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
    asked = any(t.lower_ in ("what", "whatever", "how", "which") for t in verb.lefts)
    if verb.dep_ == "csubj" and verb.head.i > verb.i and source and source[0] < cue[0] and not asked:
        # "they believed hedging was their best bet" is parsed with what they believed as the subject.
        content = layout.trimmed(cue[1], layout.end_of(verb.head.right_edge))
        return found_by("clause", source, cue, (content,))
    for child in verb.children:
        if child.dep_ != "ccomp" or child.i < verb.i or child.left_edge.i < verb.i:
            continue
        if child.tag_ in ("VBG", "VB") and not any(c.dep_ in ("nsubj", "mark") for c in child.children):
            continue
        return found_by("clause", source, cue, layout.with_colon(layout.region(child, verb)))
    return None


def _fronted(layout: Layout, verb: Token, source: Span | None, cue: Span) -> Found | None:
    """Take a clause before the cue, or one that the source and cue interrupt: *It was, he said, over*."""
    if source is None:
        return None
    start, end = _together(source, cue)
    head = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    if head is None and verb.dep_ in ("parataxis", "ccomp") and verb.head.pos_ in ("VERB", "AUX"):
        # "He agreed to sell, the ministry said": what hangs on another cue is that one's content.
        told = verb.head.lemma_.lower() in cues.ADDING
        head = verb.head if verb.dep_ == "parataxis" or (verb.head.i > verb.i and not told) else None
    if not layout.comma_before(start):
        return None
    if head is None:
        return _misparsed(layout, verb, source, cue)
    if source[0] < head.left_edge.idx <= cue[0]:
        return None
    return found_by("fronted", source, cue, layout.around(head, start, end, verb))


def _misparsed(layout: Layout, verb: Token, source: Span, cue: Span) -> Found | None:
    """Take what stands before *…, she told the paper* at the end of a sentence, however it was parsed."""
    tail = [t for t in verb.doc[verb.i + 1 : verb.sent.end] if not (t.is_punct or t.is_space)]
    closing = all(t.head.i >= verb.i for t in tail)
    if verb.lemma_.lower() not in cues.ADDING or not closing or source[0] > cue[0]:
        return None
    if any(t.dep_ in ("ccomp", "xcomp", "acl", "relcl", "advcl") for t in tail):
        return None
    before = [t for t in verb.sent if t.idx < source[0]]
    finite = [t for t in before if t.tag_ in ("VBZ", "VBD", "VBP", "MD") and t.dep_ not in ("advcl", "acl")]
    if not finite or before[0].dep_ == "mark":
        return None
    span = layout.trimmed(before[0].idx, source[0])
    return found_by("fronted", source, cue, (span,))


def _infinitive(layout: Layout, verb: Token, source: Span | None, cue: Span) -> Found | None:
    """Take an infinitive or gerund: *vowed to leave*, *urged Oslo to leave*, *denied having left*."""
    gerund = verb.lemma_.lower() in cues.GERUND
    for child in verb.children:
        if child.dep_ not in ("xcomp", "ccomp") or child.i < verb.i:
            continue
        if (child.tag_ in ("VBG", "VBN") and gerund) or (is_infinitive(child) and not gerund):
            return found_by("infinitive", source, cue, layout.region(child, verb))
    return None


def is_infinitive(token: Token) -> bool:
    """Say whether a verb is an infinitive with *to*."""
    return token.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)


def _object(layout: Layout, verb: Token, source: Span | None, cue: Span) -> Found | None:
    """Take a noun phrase: *condemned the raid*; with what it is called: *calls it a first*."""
    if source is None or (verb.tag_ == "VB" and not _has_subject(verb)):
        return None
    named = next((c for c in verb.children if c.dep_ == "oprd"), None)
    if named is not None and verb.lemma_ in ("call", "describe", "declare", "deem"):
        what = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
        first = layout.region(what, verb) if what is not None else ()
        return found_by("object", source, cue, layout.joined((*first, *layout.region(named, verb))))
    if verb.lemma_ == "call":
        return None
    for child in verb.children:
        if (
            child.dep_ == "dobj"
            and child.i > verb.i
            and child.pos_ != "PRON"
            and child.n_lefts + child.n_rights
        ):
            return found_by("object", source, cue, layout.region(child, verb))
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
                return found_by("preposition", source, cue, layout.region(inside, verb))
    return None


def _passive(layout: Layout, verb: Token) -> Found | None:
    """Take *is expected to leave*, *it is believed that …*: a view, and the text does not say whose."""
    agent = next(
        (p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"), None
    )
    source = noun_phrase(layout, agent, verb) if agent is not None else None
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ == "ccomp":
            return found_by("passive", source, cue_span(verb), layout.region(child, verb))
        if child.dep_ == "xcomp" and is_infinitive(child):
            subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
            first = noun_phrase(layout, subject, verb) if subject is not None else None
            content = (*((first,) if first else ()), *layout.region(child, verb))
            return found_by("passive", source, cue_span(verb), content)
    return None
