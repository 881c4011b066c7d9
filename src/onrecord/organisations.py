"""The organisations of an article: ministries, forces, companies, media, alliances and their acronyms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.article import Span
from onrecord.titles import is_body

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from onrecord.gazetteer import Hit


@dataclass(slots=True)
class Body:
    """One organisation while the article is read.

    `apart` says that a state in its name is no mention of that state ("the Washington Post").
    """

    name: str
    country: str | None = None
    sector: str | None = None
    apart: bool = False
    mentions: list[Span] = field(default_factory=list)


_BETWEEN = (
    r"(?:(?:state|federal|national|royal|imperial|central|supreme|foreign|defen[cs]e|interior|finance|trade|energy|oil|"
    r"health|economy|economic|economics|justice|education|transport|agriculture|information|culture|external|internal|"
    r"affairs|security|intelligence|military|armed|air|ground|naval|land|special|operations|coast|border|"
    r"revolutionary|republican|presidential|coalition|transitional|interim|communist|ruling|secret|public|home|"
    r"strategic|missile|rocket|aerospace|and|of|self-defen[cs]e)\s+){0,5}"
)
_HEADS = (
    (r"ministry|ministries|government|regime|parliament|cabinet|embassy|consulate|presidency|treasury|"
     r"foreign office|legislature|security council|national security council|politburo|state department|administration", "GOV"),
    (r"army|navy|air force|air forces|armed forces|military|coast guard|marines|ground forces|special forces|defen[cs]e forces|"
     r"general staff|revolutionary guards?(?: corps)?|republican guard|national guard|marine corps|self-defen[cs]e forces", "MIL"),
    (r"intelligence (?:service|agency|services|agencies)|secret service", "SPY"),
    (r"police", "COP"),
    (r"supreme court|constitutional court|high court", "JUD"),
    (r"central bank", "GOV"),
    (r"news agency|state media|state television|state tv|state radio", "MED"),
    (r"communist party|ruling party|opposition party", "PTY"),
)  # fmt: skip
_INSTITUTION = re.compile(
    rf"(?:['’]s?)?\s+(?P<tail>{_BETWEEN}(?:{'|'.join(f'(?P<h{i}>{p})' for i, (p, _) in enumerate(_HEADS))}))\b"
    r"(?!\s+(?:of\s+)?[a-z]*(?:ion|ism)\b)(?![-'’]\w{2})",
    re.IGNORECASE,
)
_SECTORS = (
    (r"Ministry|Department|Government|Cabinet|Parliament|Senate|Congress|Assembly|Embassy|Commission|Treasury|Security Council", "GOV"),
    (r"Army|Navy|Air Force|Forces|Guards?|Corps|Command|Brigade|Battalion|Regiment|Division", "MIL"),
    (r"Times|Post|News|Journal|Herald|Tribune|Gazette|Magazine|Radio|Television|TV|Broadcasting|Telegraph|Daily|Press|Media", "MED"),
    (r"Institute|University|College|School|Academy|Center|Centre", "EDU"),
    (r"Inc|Corp|Corporation|Company|Co|Ltd|Bank|Group|Industries|Systems|Airlines|Airways|Holdings|Motors|Aerospace", "BUS"),
    (r"Party", "PTY"),
    (r"Court", "JUD"),
    (r"Police", "COP"),
)  # fmt: skip


def find_organisations(
    doc: Doc,
    names: tuple[Hit, ...],
    persons: Callable[[int, int], bool],
    skipped: Callable[[int, int], bool],
) -> list[Body]:
    """Give the organisations with their mentions in order.

    `names` are the states and bodies named in the text, `persons` says whether a span is a person's name and
    `skipped` whether it is not to be read.
    """
    bodies: dict[str, Body] = {}
    covered: set[int] = set()
    _named(names, bodies, covered)
    _institutions(doc.text, names, bodies, covered)
    _entities(doc, names, persons, skipped, bodies, covered)
    for body in bodies.values():
        body.mentions.sort()
    return sorted((b for b in bodies.values() if b.mentions), key=lambda b: b.mentions[0])


def _named(names: tuple[Hit, ...], bodies: dict[str, Body], covered: set[int]) -> None:
    for hit in names:
        if hit.fact.kind == "organisation":
            body = bodies.setdefault(hit.fact.name, Body(hit.fact.name, hit.fact.country, hit.fact.sector))
            body.mentions.append((hit.start, hit.end))
            covered.update(range(hit.start, hit.end))


def _institutions(text: str, names: tuple[Hit, ...], bodies: dict[str, Body], covered: set[int]) -> None:
    """Find "Russian Foreign Ministry", "Iran's air force", "the Dutch government"."""
    for hit in names:
        if hit.fact.kind != "state" or hit.fact.form in {"people", "seat"}:
            continue
        match = _INSTITUTION.match(text, hit.end)
        if match is None or "\n" in match.group() or (hit.fact.form == "capital" and match.group().startswith(" ")):
            continue
        sector = next(s for i, (_, s) in enumerate(_HEADS) if match.group(f"h{i}"))
        if match.end() - 1 in covered:
            continue
        tail = re.sub(r"\s+", " ", match["tail"]).lower().replace("defence", "defense")
        body = bodies.setdefault(f"{hit.fact.country}/{tail}", Body(text[hit.start : match.end()], hit.fact.country, sector))
        body.mentions.append((hit.start, match.end()))
        covered.update(range(hit.start, match.end()))


def _entities(
    doc: Doc,
    names: tuple[Hit, ...],
    persons: Callable[[int, int], bool],
    skipped: Callable[[int, int], bool],
    bodies: dict[str, Body],
    covered: set[int],
) -> None:
    """Take the model's organisations that are names by their form, with acronyms in brackets joined."""
    for ent in doc.ents:
        if ent.label_ != "ORG":
            continue
        words = re.match(r"(?:(?:the|The|a|an)\s+)?(.*?)(?:['’]s?)?$", ent.text, re.DOTALL)
        if words is None or not words[1] or "\n" in words[1]:
            continue
        start = ent.start_char + words.start(1)
        end = start + len(words[1])
        if start in covered or end - 1 in covered or persons(start, end) or skipped(start, end):
            continue
        if not _is_name(words[1]):
            continue
        inside = [h for h in names if start <= h.start and h.end <= end]
        if any(h.start <= start and h.end >= end for h in inside):
            continue
        sector = next((s for p, s in _SECTORS if re.search(rf"\b(?:{p})\b", words[1])), None)
        first = next((h for h in inside if h.start == start and h.fact.country), None)
        country = first.fact.country if first and sector in {"GOV", "MIL", "COP", "JUD"} else None
        key = re.sub(r"\W+", " ", words[1]).lower()
        body = bodies.setdefault(key, Body(words[1], country, sector, apart=country is None))
        body.mentions.append((start, end))
        covered.update(range(start, end))


def _is_name(words: str) -> bool:
    """Say whether words have the form of an organisation's name: capitals, letters, more than a stray word."""
    parts = words.split()
    if not parts or len(words) < 2 or not words[0].isalnum() or re.search(r"[°®µº\"“”]", words):
        return False
    if any(p[0].islower() and p not in {"of", "for", "and", "on", "the", "in", "to", "de", "al"} for p in parts):
        return False
    if len(parts) == 1:
        return words.isupper() or is_body(words) or words[:1].isupper()
    return True
