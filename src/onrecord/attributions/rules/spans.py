"""Which characters a source, a cue and a content cover, read off the parse and the quotation marks."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.article import Span
from onrecord.attributions.rules import cues
from onrecord.quotations import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BETWEEN = re.compile(r"[\s,;:.\u2014\u2013-]{0,4}\Z")
_SENTENCE_END = re.compile(r"[.!?\u2026][\"\u201d'\u2019\u00bb)]*\s*\Z")
_LOOSE = " \t\r\n\xa0,;:\u2014\u2013-"


class Layout:
    """A parsed text with its outermost quotations, and the questions that the rules ask of them."""

    def __init__(self, doc: Doc, quotations: Sequence[Quotation]) -> None:
        self.doc = doc
        self.text: str = doc.text
        self.quotations = _outermost(quotations)
        self._starts = [q.start for q in self.quotations]
        self._ends = [q.end for q in self.quotations]

    # -- quotations

    def quotation_ending_at(self, at: int) -> Quotation | None:
        """Give the quotation that ends right before `at`, but for a comma and spaces."""
        i = bisect.bisect_right(self._ends, at) - 1
        if i < 0 or "\n" in (gap := self.text[self._ends[i] : at]) or not _BETWEEN.match(gap):
            return None
        # A full stop ends the sentence, and the quotation belongs to what stands before it; one inside the
        # marks too, where a capital begins another sentence: 'a "disgrace." Norway said that …'.
        closing = self.text[max(0, self._ends[i] - 3) : self._ends[i]]
        stopped = closing.endswith(('."', ".”", ".''")) and self.text[at : at + 1].isupper()
        return None if "." in gap or stopped else self.quotations[i]

    def quotation_starting_at(self, at: int) -> Quotation | None:
        """Give the quotation that starts right after `at`, but for a comma, a colon and spaces."""
        i = bisect.bisect_left(self._starts, at)
        if i == len(self._starts):
            return None
        gap = self.text[at : self._starts[i]]
        if not _BETWEEN.match(gap) or "." in gap or ("\n" in gap and ":" not in gap):
            return None
        return self.quotations[i]

    def quotation_over(self, at: int) -> Quotation | None:
        """Give the quotation that holds the character at `at`."""
        i = bisect.bisect_right(self._starts, at) - 1
        return self.quotations[i] if i >= 0 and at < self._ends[i] else None

    def opens_late(self, quotation: Quotation, verb: Token) -> bool:
        """Say whether a quotation after a cue only completes a clause: *said he was "sorry" for it*."""
        end = self.doc.char_span(quotation.end - 1, quotation.end, alignment_mode="expand")
        if end is None or not quotation.closed:
            return False
        sentence_end = verb.sent.end_char
        rest = self.text[quotation.end : sentence_end].strip(_LOOSE + ".\"'\u201d\u2019")
        short = len(self.text[quotation.start : quotation.end].split()) < 4
        return bool(rest) and short

    def lead_in(self, quotation: Quotation, verb: Token) -> int:
        """Give where the content begins that a quotation before the cue ends.

        That is the quotation itself, or its sentence where the quotation only completes that:
        *They fled "at once," he said.*
        """
        sentence = self.sentence_start(quotation.start)
        before = self.text[sentence : quotation.start].strip(_LOOSE + ".")
        if not before or sentence < verb.sent.start_char - 2000:
            return quotation.start
        first = self.doc.char_span(sentence, quotation.start, alignment_mode="expand")
        whole = self.is_quoted_sentence(quotation) and self.text[quotation.start + 1].isupper()
        if first is None or whole or any(self.quotation_over(t.idx) for t in first[:-1]):
            return quotation.start
        return _trim(self.text, sentence, quotation.start)[0]

    def clause_before(self, at: int, quotation: Quotation) -> Span | None:
        """Give the words before an inserted source and cue that a quotation after it completes.

        *That, he said, "would be a transfer"*: the clause begins before the source.
        """
        opens = self.text[quotation.inner[0] : quotation.inner[0] + 1]
        if not opens.islower() or self.text[max(0, at - 9) : at].rstrip(" ")[-1:] != ",":
            return None
        start = self.sentence_start(at)
        inside = max(self.text.rfind(mark, start, at) for mark in ":;")
        low, high = _trim(self.text, max(start, inside + 1), at)
        return (low, high) if low < high and self.quotation_over(low) is None else None

    def is_quoted_sentence(self, quotation: Quotation) -> bool:
        """Say whether the marks hold a whole sentence rather than a word or phrase."""
        return len(self.text[slice(*quotation.inner)].split()) >= 4 and self._begins_sentence(quotation)

    def _begins_sentence(self, quotation: Quotation) -> bool:
        first = self.text[slice(*quotation.inner)].lstrip()[:1]
        capital = first.isupper() or not first.isalpha()
        return capital and self.sentence_start(quotation.start) >= quotation.start - 1

    def is_clause(self, quotation: Quotation) -> bool:
        """Say whether the marks hold enough to be somebody's words rather than a title or a nickname."""
        words = self.doc.char_span(*quotation.inner, alignment_mode="contract")
        if words is None or quotation.single or sum(t.is_alpha for t in words) < 6:
            return False
        verbs = any(t.pos_ in ("VERB", "AUX") for t in words)
        return verbs and not all(t.is_title or t.is_stop or not t.is_alpha for t in words)

    def next_quoted_sentence(self, after: int) -> Quotation | None:
        """Give the quotation that begins the sentence after the one that ends around `after`.

        Between them may stand the rest of the sentence with the cue, and no other sentence; a new paragraph
        only where the last quotation was left open, as printers do with one of several paragraphs.
        """
        last = self.quotation_over(after - 1)
        left_open = last is not None and not last.closed
        first = bisect.bisect_left(self._starts, after)
        for quotation in self.quotations[first : first + 3]:
            gap = self.text[after : quotation.start]
            if "\n" in gap and not left_open:
                return None
            gap = gap.rstrip()
            if len(gap) > 300 or re.search(r"[.!?]\s+[A-Z]", gap):
                return None
            whole = self.is_quoted_sentence(quotation) or self.text[quotation.inner[1] - 1] in ".!?"
            if (not gap or _SENTENCE_END.search(gap)) and whole and self._begins_sentence(quotation):
                return quotation
        return None

    def same_voice(self, end: int, start: int) -> bool:
        """Say whether nothing but punctuation stands between two quotations of a paragraph."""
        gap = self.text[end:start]
        return "\n" not in gap and not any(c.isalnum() for c in gap)

    def to_marks(self, span: Span, free: Span) -> Span:
        """Stretch a content to the marks of the quotations that it covers by half, within `free`."""
        start, end = span
        first, last = self.quotation_over(start), self.quotation_over(end - 1)
        if first is not None and 2 * (min(end, first.end) - start) > first.inner[1] - first.inner[0]:
            start = max(first.start, free[0])
        if last is not None and 2 * (end - max(span[0], last.start)) > last.inner[1] - last.inner[0]:
            end = min(last.end, free[1])
        return start, end

    def continued(self, end: int) -> Span | None:
        """Give the next paragraph's quotation where the one that ends at `end` was left open for it."""
        last = self.quotation_over(end - 1)
        if last is None or last.closed:
            return None
        i = bisect.bisect_left(self._starts, end)
        if i == len(self._starts) or self.text[end : self._starts[i]].strip():
            return None
        return self.quotations[i].start, self.quotations[i].end

    def ends_quoted(self, span: Span) -> bool:
        """Say whether a content ends inside quotation marks."""
        return self.quotation_over(span[1] - 1) is not None

    # -- regions of words

    def region(self, head: Token, cue: Token) -> tuple[Span, ...]:
        """Give the words under `head` that follow the cue, whole quotations included."""
        first = max(head.left_edge.i, cue.i + 1)
        last = head.right_edge.i
        last = min(last, cue.sent.end - 1)
        adding = next((t.i for t in self.doc[first + 1 : last + 1] if is_adding(t)), last + 1)
        last = min(last, adding - 1, self._before_closing_cue(first, last))
        if last < first:
            return ()
        span = self._words(first, last)
        return (self.grown(span),) if span else ()

    def _before_closing_cue(self, first: int, last: int) -> int:
        """Give the last word before a source and cue that close a sentence: *…, Oslo said on Monday*."""
        for token in reversed(self.doc[first + 1 : last + 1]):
            if token.is_punct and token.text in ',;:\u201d"':
                return last
            if token.tag_ in ("VBD", "VBZ", "VBP") and token.lemma_.lower() in cues.ADDING:
                subject = next((c for c in token.lefts if c.dep_ == "nsubj"), None)
                start = subject.left_edge.i if subject is not None else first
                return start - 2 if start > first + 1 and self.doc[start - 1].text == "," else last
        return last

    def grown(self, span: Span) -> Span:
        """Stretch a span to the end of a quotation that opens inside it."""
        over = self.quotation_over(span[1] - 1)
        if over is not None and span[0] <= over.start and over.end > span[1]:
            return span[0], over.end
        return span

    def with_colon(self, parts: tuple[Span, ...]) -> tuple[Span, ...]:
        """Add the quotation that a colon leads to: *said there was one question: "Who pays?"*."""
        if not parts:
            return parts
        after = self.quotation_starting_at(parts[-1][1])
        if after is None or ":" not in self.text[parts[-1][1] : after.start]:
            return parts
        return (*parts[:-1], (parts[-1][0], after.end))

    def end_of(self, token: Token) -> int:
        """Give where the last word of a sentence ends that `token` ends: before its full stop."""
        while token.is_punct and token.i > token.sent.start:
            token = token.nbor(-1)
        return token.idx + len(token)

    def trimmed(self, start: int, end: int) -> Span:
        """Drop spaces and loose punctuation at both ends of a span."""
        return _trim(self.text, start, end)

    def around(self, head: Token, start: int, end: int, verb: Token) -> tuple[Span, ...]:
        """Give the words under `head` on both sides of a source and cue that stand at `start:end`."""
        sentence = verb.sent
        low = max(head.left_edge.idx, sentence.start_char)
        right = head.right_edge
        high = min(right.idx + len(right), sentence.end_char)
        parts = [_trim(self.text, low, start)]
        if right.i > verb.right_edge.i:
            parts.append(_trim(self.text, end, high))
        return tuple(p for p in parts if p[0] < p[1])

    def sentence_without(self, token: Token, phrase: Span) -> tuple[Span, ...]:
        """Give the sentence that holds a phrase, less the phrase: one part or two."""
        sentence = token.sent
        parts = (
            _trim(self.text, sentence.start_char, phrase[0]),
            _trim(self.text, phrase[1], sentence.end_char),
        )
        kept = [p for p in parts if len(self.text[p[0] : p[1]].split()) > 1]
        if len(kept) == 2 and not self.text[phrase[1] : phrase[1] + 1].startswith(","):
            return (kept[0],)
        return tuple(kept)

    def joined(self, parts: Sequence[Span]) -> tuple[Span, ...]:
        """Join parts that touch, but for spaces."""
        if not parts:
            return ()
        result = [parts[0]]
        for start, end in parts[1:]:
            if self.text[result[-1][1] : start].strip() == "":
                result[-1] = (result[-1][0], end)
            else:
                result.append((start, end))
        return tuple(result)

    # -- places

    def sentence_start(self, at: int) -> int:
        """Give where the sentence begins that holds the character at `at`."""
        span = self.doc.char_span(at, at + 1, alignment_mode="expand")
        return int(span[0].sent.start_char) if span is not None and len(span) else at

    def paragraph_start(self, at: int) -> int:
        """Give where the paragraph begins that holds the character at `at`."""
        return self.text.rfind("\n", 0, at) + 1

    def comma_before(self, at: int) -> bool:
        """Say whether a comma, dash or closing quotation mark stands right before `at`, or a line begins."""
        before = self.text[max(0, at - 9) : at].rstrip(" \t\xa0")[-1:]
        return before == "" or before in ",;:\u2014\u2013-\u201d\"'?!\n"

    def _words(self, first: int, last: int) -> Span | None:
        token = self.doc[last]
        start, end = _trim(self.text, self.doc[first].idx, token.idx + len(token))
        return (start, end) if start < end else None


def noun_phrase(layout: Layout, head: Token, other: Token) -> Span:
    """Give the noun phrase of a source, as far as it is unbroken and on its own side of `other`."""
    tokens = [t for t in head.subtree if (t.i < other.i) == (head.i < other.i)]
    if other.dep_ == "acl" and other.head == head:
        tokens = [t for t in tokens if not other.is_ancestor(t)]
    kept = [head]
    for t in sorted((t for t in tokens if t.i > head.i), key=lambda t: t.i):
        if t.i != kept[-1].i + 1 or "\n" in t.text or layout.text[t.idx] in '"\u201c\u201d':
            break
        kept.append(t)
    for t in sorted((t for t in tokens if t.i < head.i), key=lambda t: -t.i):
        if t.i != kept[0].i - 1 or "\n" in t.text or layout.text[t.idx] in '"\u201c\u201d':
            break
        kept.insert(0, t)
    while (
        len(kept) > 1
        and kept[-1].i > head.i
        and (kept[-1].is_punct or kept[-1].tag_ in ("POS", "CC", "IN", "WDT"))
    ):
        kept.pop()
    while len(kept) > 1 and kept[0].i < head.i and (kept[0].is_punct or kept[0].tag_ == "CC"):
        kept.pop(0)
    start, end = kept[0].idx, kept[-1].idx + len(kept[-1])
    closing = layout.text.find(")", end, end + 3)
    if closing >= 0 and layout.text.count("(", start, end) > layout.text.count(")", start, end):
        end = closing + 1
    return _trim(layout.text, start, end)


def is_adding(token: Token) -> bool:
    """Say whether a token is the participle in *he said …, adding that …*."""
    return (
        token.tag_ == "VBG"
        and token.lemma_.lower() in cues.ADDING
        and token.i > 0
        and token.nbor(-1).text[-1] in ",\u201d\"'\u2019"
    )


def cue_span(verb: Token) -> Span:
    """Give the verb with the auxiliaries, negation, adverbs and particle that touch it."""
    first = last = verb.i
    near = {c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg", "advmod", "prt")}
    while first - 1 in near:
        first -= 1
    while last + 1 in near and verb.doc[last + 1].dep_ == "prt":
        last += 1
    end = verb.doc[last]
    return verb.doc[first].idx, end.idx + len(end)


def _outermost(quotations: Sequence[Quotation]) -> tuple[Quotation, ...]:
    kept: list[Quotation] = []
    for q in sorted(quotations, key=lambda q: (q.start, -q.end)):
        if not kept or q.start >= kept[-1].end:
            kept.append(q)
    return tuple(kept)


def _trim(text: str, start: int, end: int) -> Span:
    """Drop spaces and loose punctuation at both ends, but not quotation marks."""
    while start < end and text[start] in _LOOSE:
        start += 1
    while end > start and text[end - 1] in _LOOSE + ".":
        end -= 1
    return start, end
