"""What may be an attribution, and what speaks for it: the network and the rules as two witnesses.

Where the network links a source and a content to a cue, a rule that finds the same makes it surer; where it
passes a cue over, the rule is heard by itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from onrecord.article import Span
from onrecord.attributions.found import Found
from onrecord.attributions.network import Linked, Range, Reading
from onrecord.attributions.network.words import QUOTE_AT, Words

Witness = Literal["network", "rules"]

SIGNALS: dict[Witness, tuple[str, ...]] = {
    "network": (
        "always",
        "log odds of the cue",
        "log probability of source and content",
        "has a source",
        "log of the words of the content",
        "share of them in quotation marks",
        "a rule has the same cue",
        "the rule's content shares so much (Dice)",
        "the rule's source shares a word",
    ),
    "rules": (
        "always",
        "log odds of the cue by the network",
        "log odds of the rule",
        "log of the words of the content",
        "share of them in quotation marks",
    ),
}
"""What speaks for a candidate of either witness, in the order of `Candidate.signals`."""

_LEAST = 1e-5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cue with a source and a content, in words, who found it, and what speaks for it."""

    cue: Range
    source: Range | None
    content: tuple[Range, ...]
    witness: Witness
    signals: tuple[float, ...]
    rule: str = ""
    """The rule that found it or has the same cue; empty where there is none."""


def candidates(words: Words, reading: Reading, ruled: Sequence[Found]) -> list[Candidate]:
    """Give what the network links, and what only the rules find, who say `ruled`."""
    findings = [(f, cue) for f in ruled if f.cue is not None and (cue := _range(words, f.cue)) is not None]
    at = {i: f for f, cue in findings for i in range(*cue)}
    result = []
    heard: set[int] = set()
    for linked in reading.linked:
        if linked.content:
            heard.update(range(*linked.cue))
            same = next((at[i] for i in range(*linked.cue) if i in at), None)
            result.append(_of_network(words, linked, same))
    for found, cue in findings:
        content = tuple(r for c in found.content if (r := _range(words, c)) is not None)
        if content and not heard & set(range(*cue)):
            result.append(_of_rules(words, found, cue, content, float(reading.cue[slice(*cue)].max())))
    return result


def _of_network(words: Words, linked: Linked, same: Found | None) -> Candidate:
    source = max(linked.source, key=lambda s: s[1] - s[0], default=None)
    inside = _numbers(linked.content)
    shared = (0.0, 0.0, 0.0)
    if same is not None:
        theirs = _numbers([r for c in same.content if (r := _range(words, c)) is not None])
        by_rule = _range(words, same.source) if same.source else None
        sources = by_rule is None if source is None else by_rule is not None and _overlap(source, by_rule)
        shared = (1.0, 2 * len(inside & theirs) / (len(inside) + len(theirs)), float(sources))
    signals = (
        1.0,
        log_odds(linked.cue_probability),
        math.log(max(linked.path_probability, _LEAST)),
        float(source is not None),
        math.log(len(inside)),
        _quoted(words, inside),
        *shared,
    )
    rule = same.rule if same is not None else ""
    return Candidate(linked.cue, source, linked.content, "network", signals, rule)


def _of_rules(
    words: Words, found: Found, cue: Range, content: tuple[Range, ...], probability: float
) -> Candidate:
    inside = _numbers(content)
    signals = (
        1.0,
        log_odds(probability),
        log_odds(found.confidence),
        math.log(len(inside)),
        _quoted(words, inside),
    )
    source = _range(words, found.source) if found.source else None
    return Candidate(cue, source, content, "rules", signals, found.rule)


def log_odds(probability: float) -> float:
    """Give log(p / (1 - p)), within bounds."""
    p = min(max(probability, _LEAST), 1 - _LEAST)
    return math.log(p / (1 - p))


def _range(words: Words, span: Span) -> Range | None:
    """Give the words that a span touches, none where it holds no word."""
    first = int(np.searchsorted(words.end, span[0], "right"))
    last = int(np.searchsorted(words.start, span[1], "left"))
    return (first, last) if first < last else None


def _numbers(ranges: Sequence[Range]) -> set[int]:
    return {i for first, last in ranges for i in range(first, last)}


def _overlap(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _quoted(words: Words, inside: set[int]) -> float:
    return float(np.mean(words.features[sorted(inside), QUOTE_AT] > 0)) if inside else 0.0
