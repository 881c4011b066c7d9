"""What a finder of attributions gives: triples of spans, each with how sure the finder is."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.article import Span

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
"""How sure each rule is: a rank. It is a signal among others where the network is heard as well."""


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution as spans: where its source, cue and content stand, and how sure the finder is.

    `rule` names the rule that found it or has the same cue; it is empty where there is none.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    confidence: float
    rule: str = ""


def found_by(rule: str, source: Span | None, cue: Span | None, content: tuple[Span, ...]) -> Found:
    """Give the attribution that a rule finds, as sure as that rule is."""
    return Found(source, cue, content, CONFIDENCE[rule], rule)
