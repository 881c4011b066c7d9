"""The groups of an article: "the two countries" with its members, "Western diplomats" without."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.actors.collectives import find_collectives
from onrecord.actors.nouns import collective
from onrecord.article import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.actors.gazetteer import Hit
    from onrecord.actors.story import Story


@dataclass(slots=True)
class Group:
    """A group while the article is read; `states` are the codes of its members, where the text gives them."""

    name: str
    states: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    mentions: list[Span] = field(default_factory=list)


_WHO = r"(?:countries|nations|states|sides|governments|powers|neighbou?rs|parties|allies|capitals)"
_PAIR = re.compile(
    r"\b(?:(?:(?:the|these|those|our|their)[ \u00a0](?:two|warring|opposing|rival)|both)[ \u00a0]"
    rf"(?:(?!political\b)\w+[ \u00a0])?{_WHO}|"
    r"the[ \u00a0](?:sides|parties|countries))\b(?![ \u00a0]of\b)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"(?:['’]s?)?(?:[ \u00a0](?:and|nor|or|&)[ \u00a0](?:the[ \u00a0])?|[ \u00a0]?[-–—/][ \u00a0]?)",
    re.IGNORECASE,
)
_HEADS: dict[str, str | None] = {
    **dict.fromkeys(["country", "state", "nation", "ally", "neighbour", "neighbor", "officer"]),
    **dict.fromkeys(
        ["government", "official", "diplomat", "leader", "minister", "ambassador",
         "negotiator", "envoy", "policymaker", "adviser"], "GOV"),
    **dict.fromkeys(["general", "commander"], "MIL"),
    **dict.fromkeys(
        ["analyst", "expert", "observer", "scholar", "researcher", "specialist", "economist"],
        "CVL",
    ),
}  # fmt: skip
_LEADING = {"the", "these", "those", "some", "other", "'s", "’s"}
_OUTSIDE = {
    "no",
    "any",
    "not",
    "only",
    "first",
    "two",
    "both",
    "each",
    "every",
    "more",
    "fewer",
    "least",
    "most",
}
_ALIGNED = {"country", "state", "nation", "ally", "neighbour", "neighbor"}


def find_groups(story: Story, closed: Callable[[int, int], bool]) -> list[Group]:
    """Give the groups with their mentions in order; `closed` says whether a span names someone already.

    The members of "the two countries" and its like are the two states last named together before it: joined
    by "and" or in a compound ("Iran-Russia"), else the only two that its paragraph has named.
    """
    groups: dict[tuple[str, ...], Group] = {}
    pairs = _Pairs(story.text, [h for h in story.names if h.fact.kind == "state"])
    taken: set[int] = set()
    for match in _PAIR.finditer(story.text):
        start, end = match.span()
        if story.skipped(start, end) or (story.names_in(end, end + 16)[:1] and story.text[end] == ","):
            continue
        taken.update((start, end - 1))
        pair = pairs.before(start)
        if pair is not None:
            group = groups.setdefault(tuple(sorted(pair)), Group(" ".join(match.group().split()), pair))
            group.mentions.append((start, end))
    for token in story.doc:
        unnamed = _unnamed(story, token)
        if unnamed is None:
            continue
        (span,) = unnamed.mentions
        if not story.skipped(*span) and not {span[0], span[1] - 1} & taken:
            known = groups.setdefault((unnamed.name.lower(), "", unnamed.country or ""), unnamed)
            if known is not unnamed:
                known.mentions.append(span)
    for group in groups.values():
        group.mentions.sort()
    within = [Group(c.name, (), c.country, c.sector, c.mentions) for c in find_collectives(story, closed)]
    return sorted([*groups.values(), *within], key=lambda g: g.mentions[0])


class _Pairs:
    """The pairs of states that a text names together, to be asked which stood last before a place."""

    def __init__(self, text: str, states: Sequence[Hit]) -> None:
        self._text = text
        self._states = states
        self._starts = [h.start for h in states]
        self._ends: list[int] = []
        self._pairs: list[tuple[str, str]] = []
        for left, right in pairwise(states):
            a, b = left.fact.country, right.fact.country
            if a and b and a != b and _TOGETHER.fullmatch(text, left.end, right.start):
                self._ends.append(right.end)
                self._pairs.append((a, b))

    def before(self, at: int) -> tuple[str, str] | None:
        """Give the pair that "the two countries" at this place are."""
        near = self._near(at)
        i = bisect_left(self._ends, at) - 1
        if i < 0:
            return near
        # Two states alone in the same paragraph are nearer than a pair joined before it.
        if near is not None and self._ends[i] < self._text.rfind("\n", 0, at):
            return near
        return self._pairs[i]

    def _near(self, at: int) -> tuple[str, str] | None:
        """Give the states of the paragraph before this place where they are two and no more."""
        first = bisect_left(self._starts, max(self._text.rfind("\n", 0, at), at - 1500))
        codes = dict.fromkeys(h.fact.country for h in self._states[first : bisect_left(self._starts, at)])
        pair = [c for c in codes if c]
        return (pair[0], pair[1]) if len(pair) == 2 else None


def _unnamed(story: Story, head: Token) -> Group | None:
    """Give "Western diplomats", "many Arab countries", "US officials" where they act or are acted upon."""
    doc, lemma = story.doc, head.lemma_.lower()
    if head.tag_ != "NNS" or lemma not in _HEADS or not _takes_part(head) or collective(head) is not None:
        return None
    # The left edge, not spaCy's noun chunks: those take quadratic time on a long coordination.
    start, end = head.left_edge.i, head.i + 1
    start = next((i + 1 for i in range(end - 1, start - 1, -1) if _parts(doc[i])), start)
    while start < end and (doc[start].lower_ in _LEADING or doc[start].is_punct):
        start += 1
    span = doc[start:end]
    if not 0 < end - start <= 6 or any(not _fits(t) for t in span):
        return None
    inside = {
        h.fact.country for h in story.names_in(span.start_char, span.end_char) if h.fact.kind == "state"
    }
    country = inside.pop() if len(inside) == 1 and lemma not in _ALIGNED else None
    return Group(span.text, (), country, _HEADS[lemma], [(span.start_char, span.end_char)])


def _takes_part(head: Token) -> bool:
    """Say whether a noun acts, speaks or is acted upon: no mere place or measure."""
    for _ in range(4):
        head = head.head if head.dep_ == "conj" else head
    if head.dep_ in {"pobj", "pcomp"}:
        return head.head.lower_ in {"by", "to", "with", "from", "for", "against", "of", "toward", "towards"}
    return head.dep_ in {"nsubj", "nsubjpass", "dobj", "iobj", "dative", "poss"}


def _parts(token: Token) -> bool:
    """Say whether a phrase begins anew after this token: a line break, a dash that is no hyphen."""
    return bool(token.is_space) or (token.text in {"-", "–", "—"} and bool(token.whitespace_))


def _fits(token: Token) -> bool:
    if (
        token.is_space
        or (token.text == "-" and token.whitespace_)
        or token.pos_ in {"PRON", "NUM"}
        or token.lower_ in _OUTSIDE
    ):
        return False
    return not token.is_punct or token.text in {"-", "'", "’"}
