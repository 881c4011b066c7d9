"""The groups of an article: "the two countries" with the states that they are, "Western diplomats" without."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.article import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Phrase

    from onrecord.gazetteer import Hit

Test = Callable[[int, int], bool]


@dataclass(slots=True)
class Group:
    """A group while the article is read; `states` are the codes of its members, where the text gives them."""

    name: str
    states: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    mentions: list[Span] = field(default_factory=list)


_PAIR = re.compile(
    r"\b(?:(?:the|these|those|our|their)[ \u00a0](?:two|warring|opposing|rival)|both|the)[ \u00a0]"
    r"(?:\w+[ \u00a0])?(?:countries|nations|states|sides|governments|powers|neighbou?rs|parties|allies|capitals)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"the[ \u00a0](?:sides|parties|countries)", re.IGNORECASE)
_AMOUNT = re.compile(r"(?:the[ \u00a0](?:two|warring|opposing|rival)|both)\b", re.IGNORECASE)
_TOGETHER = re.compile(
    r"(?:['’]s?)?(?:[ \u00a0](?:and|nor|or|&)[ \u00a0](?:the[ \u00a0])?|[ \u00a0]?[-–—/][ \u00a0]?)",
    re.IGNORECASE,
)
_HEADS: dict[str, str | None] = {
    **dict.fromkeys(["country", "state", "nation", "ally", "power", "neighbour", "neighbor", "rebel", "fighter"]),
    **dict.fromkeys(
        ["government", "official", "diplomat", "leader", "minister", "lawmaker", "senator", "ambassador", "authority",
         "negotiator", "envoy", "policymaker", "adviser"], "GOV"),
    **dict.fromkeys(["general", "commander", "officer", "troop", "soldier"], "MIL"),
    **dict.fromkeys(["analyst", "expert", "observer", "scholar", "researcher", "specialist", "economist", "activist"], "CVL"),
}  # fmt: skip
_PARTS = {"nsubj", "nsubjpass", "dobj", "iobj", "dative", "pobj", "poss", "conj"}
_ALIGNED = {"country", "state", "nation", "ally", "power", "neighbour", "neighbor"}


def find_groups(doc: Doc, names: Sequence[Hit], skipped: Test) -> list[Group]:
    """Give the groups with their mentions in order.

    The members of "the two countries" and its like are the two states last named together before it: joined by
    "and" or in a compound ("Iran-Russia"), else the only two that its paragraph or the one before has named.
    """
    groups: dict[tuple[str, ...], Group] = {}
    states = [h for h in names if h.fact.kind == "state"]
    places = _Pairs(doc.text, states)
    taken: set[int] = set()
    for match in _PAIR.finditer(doc.text):
        start, end = match.span()
        if skipped(start, end) or _followed_by_state(states, end):
            continue
        pair = places.before(start)
        if pair is None or (not _AMOUNT.match(match.group()) and not _BARE.fullmatch(match.group())):
            continue
        key = tuple(sorted(pair))
        groups.setdefault(key, Group(_plain(match.group()), pair)).mentions.append((start, end))
        taken.update((start, end - 1))
    for phrase in doc.noun_chunks:
        group = _unnamed(doc, phrase, states)
        if group is None or phrase.start_char in taken or phrase.end_char - 1 in taken:
            continue
        (span,) = group.mentions
        if not skipped(*span):
            known = groups.setdefault((group.name.lower(), "", group.country or ""), group)
            if known is not group:
                known.mentions.append(span)
    for group in groups.values():
        group.mentions.sort()
    return sorted(groups.values(), key=lambda g: g.mentions[0])


class _Pairs:
    """The pairs of states that a text names together, to be asked which stood last before a place."""

    def __init__(self, text: str, states: Sequence[Hit]) -> None:
        self._text = text
        self._states = states
        self._starts = [h.start for h in states]
        self._ends: list[int] = []
        self._pairs: list[tuple[str, str]] = []
        for left, right in zip(states, states[1:], strict=False):
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


def _followed_by_state(states: Sequence[Hit], end: int) -> bool:
    """Say whether the words go on to name who they are: "the two countries, Iran and Russia" needs no guess."""
    return any(h.start in (end + 2, end + 4) for h in states)


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _unnamed(doc: Doc, phrase: Phrase, states: Sequence[Hit]) -> Group | None:
    """Give "Western diplomats", "many Arab countries", "US officials" where they act or are acted upon."""
    head = phrase.root
    lemma = head.lemma_.lower()
    if head.tag_ != "NNS" or lemma not in _HEADS or head.dep_ not in _PARTS or "\n" in phrase.text:
        return None
    start, end = phrase.start, head.i + 1
    while start < end and (
        doc[start].lower_ in {"the", "these", "those", "some", "other", "'s"} or doc[start].is_punct
    ):
        start += 1
    if any(t.pos_ == "PRON" or (t.is_punct and t.text not in "-'’") for t in doc[start:end]) or end - start > 6:
        return None
    span = doc[start:end]
    inside = {h.fact.country for h in states if span.start_char <= h.start and h.end <= span.end_char}
    country = inside.pop() if len(inside) == 1 and lemma not in _ALIGNED else None
    return Group(span.text, (), country, _HEADS[lemma], [(span.start_char, span.end_char)])
