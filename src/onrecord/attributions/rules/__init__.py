"""Sources, cues and contents by rules over the parse and the quotation marks.

They are one of the two witnesses that `onrecord.attributions.finder` hears.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.article import Span
from onrecord.attributions.found import Found, found_by
from onrecord.attributions.rules import cues, phrases, verbs
from onrecord.attributions.rules.spans import Layout

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONTINUED = ("quotation", "clause", "colon")
_NEAR = 64
"""How many contents back are compared with a quotation."""


def cued(layout: Layout) -> tuple[Found, ...]:
    """Give the attributions with a cue, in the order of their cues."""
    found = [f for token in layout.doc if (f := _at(layout, token)) is not None]
    return tuple(_continue(layout, found))


def _at(layout: Layout, token: Token) -> Found | None:
    """Give the attribution whose cue is this token."""
    if token.lower_ == "according":
        one = phrases.according(layout, token)
    elif token.pos_ in ("VERB", "AUX"):
        one = verbs.of_verb(layout, token)
    elif layout.quotation_over(token.idx) is not None:
        one = None  # nouns and adjectives of a quoted person's own way of putting it
    elif token.lower_ in cues.VIEW and token.dep_ == "pobj":
        one = phrases.in_view(layout, token)
    elif token.pos_ == "ADJ" and token.lower_ in cues.ADJECTIVES:
        one = phrases.of_adjective(layout, token)
    elif token.pos_ == "NOUN" and token.lemma_.lower() in cues.NOUNS:
        one = phrases.of_noun(layout, token)
    elif token.text == ":":
        one = phrases.after_colon(layout, token)
    else:
        one = None
    return _kept_inside(layout, one) if one is not None and one.content else None


def _kept_inside(layout: Layout, found: Found) -> Found | None:
    """Clip what a quoted person attributes to others to the quotation: nothing outside it is their words."""
    quotation = layout.quotation_over(found.cue[0]) if found.cue else None
    if quotation is None:
        return found
    low, high = quotation.inner
    parts = ((max(s, low), min(e, high)) for s, e in found.content)
    content = tuple(layout.trimmed(*p) for p in parts if len(layout.text[p[0] : p[1]].split()) > 1)
    return replace(found, content=content) if content else None


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
        while own and f.rule in _CONTINUED and layout.ends_quoted(parts[-1]):
            end = max(parts[-1][1], f.cue[1] if f.cue else 0, f.source[1] if f.source else 0)
            more = layout.next_quoted_sentence(end)
            if more is None or more.start in taken:
                break
            parts.append((more.start, more.end))
            taken.add(more.start)
        result.append(replace(f, content=tuple(parts)))
    return result


def unclaimed(layout: Layout, found: Sequence[Found]) -> Iterator[Found]:
    """Give the quoted sentences and clauses that no cue claims; who spoke them is for the context to say."""
    contents = sorted(s for f in found for s in f.content)
    parts: list[Span] = []
    for quotation in layout.quotations:
        if not (layout.is_quoted_sentence(quotation) or layout.is_clause(quotation)):
            continue
        if _claimed((quotation.start, quotation.end), contents):
            continue
        goes_on = parts and layout.continued(parts[-1][1]) == (quotation.start, quotation.end)
        if parts and not goes_on and not layout.same_voice(parts[-1][1], quotation.start):
            yield found_by("orphan", None, None, tuple(parts))
            parts = []
        parts.append((quotation.start, quotation.end))
    if parts:
        yield found_by("orphan", None, None, tuple(parts))


def _claimed(span: Span, contents: Sequence[Span]) -> bool:
    """Say whether some content covers more than half of a quotation (a voice inside it covers less)."""
    last = bisect.bisect_left(contents, (span[1], 0))
    near = contents[max(0, last - _NEAR) : last]
    return any(2 * (min(e, span[1]) - max(s, span[0])) > span[1] - span[0] for s, e in near)
