"""The actors of an article: states, persons, organisations and groups, each with all its mentions.

Actors are local to one article. The article itself comes first: a full name explains the surname, "(NSC)" its
long form; then the gazetteer, for states by name, demonym, capital and seat of government.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.actors.gazetteer import Hit, as_of, find_known, is_ethnic, state_name
from onrecord.actors.groups import find_groups
from onrecord.actors.offices import Period, Standing, find_leaders, period, standing
from onrecord.actors.organisations import find_organisations
from onrecord.actors.people import Person, find_people
from onrecord.actors.roles import Role, find_role
from onrecord.actors.story import Story
from onrecord.article import Article, Span, mention
from onrecord.record import Actor, ActorKind, identify

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_actors(article: Article, doc: Doc) -> tuple[Actor, ...]:
    """Give the actors in the order of their first mention; furniture and garbled passages are not read.

    `doc` is `language.annotate(article.text)`. A state has one actor: its country code, and the sector GOV
    only where the article names nothing but its seat of government ("the Kremlin").
    """
    skipped = _skipping(article)
    day = article.published.latest
    known = (as_of(article.text, h, day) for h in find_known(article.text))
    names = tuple(h for h in known if not skipped(h.start, h.end))
    when = period(article.published)
    story = Story(doc, article.text, names, skipped, find_leaders(article.text, when))
    persons = [_person(article, story, p, when) for p in find_people(story)]
    taken = Taken(m.span for p in persons for m in p.mentions)
    story = replace(story, names=tuple(h for h in names if not taken.overlaps(h.start, h.end)))
    bodies = find_organisations(story, taken.overlaps)
    organisations = [
        _actor(article, b.name, "organisation", b.mentions, country=b.country, sector=b.sector)
        for b in bodies
    ]
    whole = Taken(s for b in bodies if b.apart for s in b.mentions)
    story = replace(story, names=tuple(h for h in story.names if not whole.overlaps(h.start, h.end)))
    told = (h for h in story.names if not _is_language(story, h) and not _is_dateline(story.text, h))
    story = replace(story, names=tuple(told))
    states = _states(article, [h for h in story.names if not is_ethnic(story.text, h)])
    codes = {s.country: s.id for s in states}
    named = Taken(m.span for actor in (*persons, *organisations) for m in actor.mentions)
    groups = [
        _actor(
            article,
            g.name,
            "group",
            g.mentions,
            country=g.country,
            sector=g.sector,
            members=tuple(codes[c] for c in g.states if c in codes),
        )
        for g in find_groups(story, named.overlaps)
    ]
    found = [*states, *persons, *organisations, *groups]
    return tuple(sorted(found, key=lambda a: (a.mentions[0].span, a.kind, a.name)))


def _skipping(article: Article) -> Callable[[int, int], bool]:
    """Give the test for spans that are no story: furniture, and passages that decoding could not save."""
    spans = [f.span for f in article.furniture]
    spans += [p.span for p in article.problems if p.kind == "garbled" and p.span is not None]
    return Taken(spans).overlaps


class Taken:
    """Spans of a text, to be asked whether another overlaps one of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        merged: list[Span] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        self._starts = [s for s, _ in merged]
        self._ends = [e for _, e in merged]

    def overlaps(self, start: int, end: int) -> bool:
        """Say whether `start:end` shares a character with one of the spans."""
        i = bisect_right(self._ends, start)
        return i < len(self._starts) and self._starts[i] < end


def _actor(  # noqa: PLR0913 (the fields of an actor)
    article: Article,
    name: str,
    kind: ActorKind,
    spans: Sequence[Span],
    *,
    country: str | None = None,
    sector: str | None = None,
    role: Role | None = None,
    members: tuple[str, ...] = (),
) -> Actor:
    mentions = tuple(mention(article.text, *span) for span in sorted(set(spans)))
    return Actor(
        id=identify(article, "actor", mentions[:1], f"{kind}/{name}"),
        name=name,
        kind=kind,
        country=country,
        sector=sector,
        role=role.text if role else None,
        affiliation=role.affiliation if role else None,
        members=members,
        mentions=mentions,
    )


def _states(article: Article, names: Sequence[Hit]) -> list[Actor]:
    by_code: dict[str, list[Hit]] = {}
    for hit in names:
        if hit.fact.kind == "state" and hit.fact.country:
            by_code.setdefault(hit.fact.country, []).append(hit)
    return [
        _actor(
            article,
            state_name(code) or code,
            "state",
            [(h.start, h.end) for h in hits],
            country=code,
            sector="GOV" if all(h.fact.form == "seat" for h in hits) else None,
        )
        for code, hits in by_code.items()
        if not all(h.fact.form == "capital" and _is_place(article.text, h) for h in hits)
    ]


_PLACE = re.compile(r"\b(?:in|at|near|outside|around|across|throughout|into)\s+(?:\w+\s+)?$", re.IGNORECASE)


def _is_place(text: str, hit: Hit) -> bool:
    """Say whether a capital is only where something happens ("talks in Vienna")."""
    return _PLACE.search(text[max(0, hit.start - 24) : hit.start]) is not None


_DATELINE = re.compile(r"(?:, [^\n,]{1,25})?(?: \([^)\n]{1,30}\))?\s?(?:-|--|–|—)\s")


def _is_dateline(text: str, hit: Hit) -> bool:
    """Say whether a capital only says where an article was written ("WARSAW (Agency) - …")."""
    if hit.fact.form != "capital" or not _DATELINE.match(text, hit.end):
        return False
    return not text[max(0, hit.start - 3) : hit.start].strip(" ").removesuffix("\n")


def _is_language(story: Story, hit: Hit) -> bool:
    """Say whether an adjective names a language: "in Russian", "speaks Chinese"."""
    if hit.fact.form != "adjective" or not _SPOKEN.search(story.text[max(0, hit.start - 16) : hit.start]):
        return False
    span = story.doc.char_span(hit.start, hit.end, alignment_mode="expand")
    following = story.doc[span.end] if span is not None and span.end < len(story.doc) else None
    if following is None:
        return True
    return following.pos_ not in {"NOUN", "PROPN", "ADJ", "PART"} and following.text != "-"


_SPOKEN = re.compile(
    r"\b(?:in|into|speaks?|speaking|spoke|fluent|learn\w*)[ ](?:broken |fluent )?$", re.IGNORECASE
)


def _person(article: Article, story: Story, person: Person, when: Period | None) -> Actor:
    roles = [
        found
        for span in (story.doc.char_span(*at, alignment_mode="expand") for at in person.mentions)
        if span is not None and (found := find_role(story, span.start, span.end - 1)) is not None
    ]
    role = max(roles, key=_told, default=None)
    # A second mention may say whose president: "President X of Y".
    office = next((r for r in roles if r.country and r.sector in {"GOV", "MIL"}), None)
    country = (role.country if role else None) or (office.country if office else None)
    sector = (role.sector if role else None) or (office.sector if office else None)
    led = standing(story.text, person, roles, when) or Standing(None, None)
    if country is None:
        country, sector = led.country, led.sector or sector
    elif country == led.country and led.sector == "ELI":
        sector = sector or "ELI"  # "former US President X"
    return _actor(article, person.name, "person", person.mentions, country=country, sector=sector, role=role)


def _told(role: Role) -> tuple[bool, bool, int]:
    """Order roles by how much they say; of equals the first is kept."""
    return (role.affiliation is not None, role.country is not None, min(len(role.text or ""), 30) // 10)
