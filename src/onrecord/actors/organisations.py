"""The organisations of an article: ministries, forces, companies, media, alliances and their acronyms."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.actors.titles import is_body
from onrecord.article import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Entity

    from onrecord.actors.story import Story

Test = Callable[[int, int], bool]
"""Says something of the span `start:end` of the text."""


@dataclass(slots=True)
class Body:
    """One organisation while the article is read.

    `apart` says that a state in its name is no mention of that state ("the China Shantou University").
    """

    name: str
    country: str | None = None
    sector: str | None = None
    apart: bool = False
    mentions: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """The bodies by key (their name, or code and kind of office), and the characters that they cover."""

    bodies: dict[str, Body] = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)

    shorter: dict[str, str] = field(default_factory=dict)

    def add(self, key: str, body: Body, start: int, end: int) -> None:
        """Add a mention; a later, shorter form of the name will be found in `shorter`."""
        parts = body.name.split()
        for count in range(2, min(len(parts), 8)):
            self.shorter.setdefault(" ".join(parts[:count]), key)
        self.bodies.setdefault(key, body).mentions.append((start, end))
        self.covered.update(range(start, end))


_BETWEEN = (
    "state|federal|national|royal|imperial|central|supreme|foreign|defence|defense|interior|finance|trade|energy|oil|"
    "health|economy|economic|economics|justice|education|transport|agriculture|information|culture|external|internal|"
    "affairs|security|intelligence|military|armed|air|ground|naval|land|special|operations|coast|border|revolutionary|"
    "republican|presidential|coalition|transitional|interim|communist|ruling|secret|public|home|strategic|missile|"
    "rocket|aerospace|and|of|new|former"
)
_HEADS = (
    ("ministry|ministries|government|regime|parliament|cabinet|embassy|consulate|presidency|treasury|legislature|"
     "foreign office|security council|politburo|state department|administration|central bank|"
     "mission to the united nations", "GOV"),
    ("army|navy|air force|air forces|armed forces|military|coast guard|marines|ground forces|special forces|"
     "defen[cs]e forces?|self-defen[cs]e forces?|general staff|revolutionary guards?(?: corps)?|"
     "republican guard|national guard|marine corps", "MIL"),
    ("intelligence (?:service|agency|services|agencies)|secret service", "SPY"),
    ("police", "COP"),
    ("supreme court|constitutional court|high court", "JUD"),
    ("news agency|state media|state television|state tv|state radio", "JRN"),
    ("communist party|ruling party|opposition party", "PTY"),
)  # fmt: skip
_INSTITUTION = re.compile(
    rf"(?:['’]s?)?[ \u00a0](?P<tail>(?:(?:{_BETWEEN})[ \u00a0]){{0,5}}?"
    rf"(?:{'|'.join(f'(?P<h{i}>{words})' for i, (words, _) in enumerate(_HEADS))}))(?![-\w])"
    r"(?P<of>(?-i:(?<=inistry|artment) of (?:the )?[A-Z]\w+(?:(?: and)? [A-Z]\w+)?))?",
    re.IGNORECASE,
)
_SECTORS = (
    ("Ministry|Department|Government|Cabinet|Parliament|Senate|Congress|Assembly|Embassy|Commission|Treasury|"
     "Security Council", "GOV"),
    ("Army|Navy|Air Force|Forces|Guards?|Corps|Command|Brigade|Battalion|Regiment|Division", "MIL"),
    ("Times|Post|News|Journal|Herald|Tribune|Gazette|Magazine|Radio|Television|TV|Broadcasting|Telegraph|Daily|"
     "Press|Media", "JRN"),
    ("Institute|Institution|University|College|School|Academy|Center|Centre", "EDU"),
    ("Inc|Corp|Corporation|Company|Co|Ltd|Bank|Group|Industries|Systems|Airlines|Airways|Holdings|Motors|Aerospace",
     "BUS"),
    ("Party", "PTY"),
    ("Court", "JUD"),
    ("Police", "COP"),
)  # fmt: skip
_SMALL = {"of", "for", "and", "on", "the", "in", "to", "de", "al"}


def find_organisations(story: Story, persons: Test) -> list[Body]:
    """Give the organisations with their mentions in order; `persons` says whether a span names a person."""

    def closed(start: int, end: int) -> bool:
        return persons(start, end) or story.skipped(start, end)

    found = _Found()
    for hit in story.names:
        if hit.fact.kind == "organisation":
            body = Body(hit.fact.name, hit.fact.country, hit.fact.sector)
            found.add(hit.fact.name, body, hit.start, hit.end)
    _institutions(story, found)
    _entities(story, closed, found)
    _acronyms(story.text, found, closed)
    for body in found.bodies.values():
        body.mentions.sort()
    return sorted((b for b in found.bodies.values() if b.mentions), key=lambda b: b.mentions[0])


def _institutions(story: Story, found: _Found) -> None:
    """Find "Russian Foreign Ministry", "Iran's air force", "the Dutch government"."""
    text = story.text
    for hit in story.names:
        if hit.fact.kind != "state" or hit.fact.form in {"people", "seat"}:
            continue
        match = _INSTITUTION.match(text, hit.end)
        if match is None or (hit.fact.form == "capital" and match.group()[0] in " \u00a0"):
            continue
        if match.end() - 1 in found.covered or _modifies(story.doc, match.end()):
            continue
        sector = next(s for i, (_, s) in enumerate(_HEADS) if match.group(f"h{i}"))
        tail = " ".join(match["tail"].lower().replace("defence", "defense").split())
        if match["of"]:  # "Britain's Ministry of Defence" is its defence ministry
            tail = f"{match['of'][4:].lower().replace('defence', 'defense')} {tail}".replace(
                "foreign affairs", "foreign"
            )
        body = Body(text[hit.start : match.end()], hit.fact.country, sector)
        found.add(f"{hit.fact.country}/{tail}", body, hit.start, match.end())


def _modifies(doc: Doc, end: int) -> bool:
    """Say whether the word that ends here only modifies the next one ("the Russian military budget")."""
    span = doc.char_span(end - 1, end, alignment_mode="expand")
    if span is None or span.end >= len(doc):
        return False
    token, right = span[0], doc[span.end]
    return right.pos_ in {"NOUN", "PROPN", "ADJ"} and token.head.i > token.i and not right.is_sent_start


def _entities(story: Story, closed: Test, found: _Found) -> None:
    """Take the model's organisations that are names by their form."""
    text = story.text
    apart = {i for h in story.names if h.fact.kind == "apart" for i in range(h.start, h.end)}
    before = deque(sorted((span, key) for key, body in found.bodies.items() for span in body.mentions))
    latest: dict[str, str] = {}
    for ent in story.doc.ents:
        while before and before[0][0][0] < ent.start_char:
            span, known_key = before.popleft()
            latest[text[slice(*span)].split()[-1].lower()] = known_key
        at = _words(ent)
        if at is None or not _is_body_label(ent) or not _plausible(ent, text[at[0] : at[1]]):
            continue
        start, end = at
        if start in found.covered or end - 1 in found.covered or closed(start, end):
            continue
        words = text[start:end]
        if all(i in apart or not text[i].isalnum() for i in range(start, end)):
            continue
        key = re.sub(r"\W+", " ", words).strip().lower()
        if " " not in words and is_body(words) and words.lower() in latest:
            key = latest[words.lower()]  # "the Institute" after "the New Lines Institute"
        if is_body(words.split()[-1]):
            key = found.shorter.get(words, key)  # "the Y Institute" after "the Y Institute for …"
        inside = [h for h in story.names_in(start, end) if h.fact.kind == "state"]
        if any(h.start == start and h.end == end for h in inside):
            continue
        sector = next((s for p, s in _SECTORS if re.search(rf"\b(?:{p})\b", words)), None)
        serves = inside and inside[0].start == start and sector in {"GOV", "MIL", "COP", "JUD", "SPY"}
        country = inside[0].fact.country if serves else None
        latest[words.split()[-1].lower()] = key
        found.add(key, Body(words, country, sector, apart=country is None), start, end)


def _is_body_label(ent: Entity) -> bool:
    """Say whether the model takes a name for an organisation, or for a person that is a firm by its name."""
    return ent.label_ == "ORG" or (ent.label_ == "PERSON" and len(ent) > 1 and is_body(ent[-1].text))


def _words(ent: Entity) -> Span | None:
    """Give an entity without its article and 's."""
    match = re.match(r"(?:(?:the|an?)[ \u00a0]+)?(.*?)(?:['’]s?)?$", ent.text, re.DOTALL | re.IGNORECASE)
    if match is None or not match[1] or "\n" in match[1]:
        return None
    return ent.start_char + match.start(1), ent.start_char + match.end(1)


_CODE = re.compile(r"[A-Z]{1,4}[a-z]{0,3}[-–]?\d{1,4}[A-Z]{0,3}\d?s?")
"""The shape of what a thing is called and no body: M1A2, Su-35, K9."""


def _plausible(ent: Entity, words: str) -> bool:
    """Say whether words have the form and the place of an organisation: capitals, and no stray place."""
    parts = words.split()
    if not parts or len(words) < 2 or not words[0].isalnum() or not words[-1].isalnum():
        return False
    if re.search(r"[°®µº¼½¾¡¿¸¨\"“”]", words) or any(p[0].islower() and p not in _SMALL for p in parts):
        return False
    if len(parts) > 1:
        # "sold [Peru 54 Rafales]" is no name, "Channel 4" may be one.
        return not any(p.isdigit() for p in parts[:-1])
    if _CODE.fullmatch(words):
        return False
    if words.isupper() or is_body(words):
        return words != "I"
    # One word in small letters is a body only where it acts: "Rostov said" and not "in Rostov".
    return ent.root.dep_ in {"nsubj", "nsubjpass", "poss"} and ent.root.pos_ == "PROPN"


_BRACKETED = re.compile(
    r"(?:['’]s)?[ \u00a0]\((?:the |or )?(?P<short>[A-Z][A-Za-z&./-]{0,9}[A-Z](?:s|\.)?)\)"
)


def _acronyms(text: str, found: _Found, closed: Test) -> None:
    """Join "NSC" to the body that the article once writes as "National Security Council (NSC)"."""
    short: dict[str, str] = {}
    for key, body in found.bodies.items():
        for _, end in body.mentions:
            match = _BRACKETED.match(text, end)
            if match is not None and _initials(match["short"], body.name, text[body.mentions[0][0] : end]):
                short.setdefault(match["short"], key)
    for words, key in short.items():
        other = found.bodies.get(words.lower())
        if other is not None and other is not found.bodies[key]:
            found.bodies[key].mentions.extend(other.mentions)
            other.mentions.clear()
    if not short:
        return
    for match in re.finditer(r"[A-Z][A-Za-z&./-]*[A-Za-z.]", text):
        known = short.get(match.group())
        start, end = match.span()
        if known is None or start in found.covered or closed(start, end):
            continue
        found.add(known, found.bodies[known], start, end)


def _initials(short: str, *names: str) -> bool:
    """Say whether the capitals of an acronym begin words of one of the names, in order."""
    capitals = [c for c in short if c.isupper()]
    for name in names:
        initials = iter(w[0].upper() for w in re.findall(r"[^\W\d_]+", name))
        if all(c in initials for c in capitals):
            return True
    return False
