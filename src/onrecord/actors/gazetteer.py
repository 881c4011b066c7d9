"""States, international organisations and other bodies that the news names, and where a text names them.

The facts are in `data/*.tsv` (see `data/README.md`). Matching walks a tree of words and takes the longest
name at every place, so it is linear in the length of the text. Names that also mean something else
("Georgia", "WHO", "Jordan") are kept or dropped by the words around them and elsewhere in the text.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from onrecord.data import table

Form = Literal["name", "adjective", "people", "capital", "seat", "apart"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One name and what it stands for.

    `country` is an ISO 3166-1 alpha-3 code (SUN, CSK, YUG, DDR, SCG and YMD for states that are gone, XKX for
    Kosovo); `sector` a PLOVER sector for an organisation. The form "apart" is a longer name that only looks
    like one of ours ("New Mexico", "Paris Agreement").
    """

    kind: Literal["state", "organisation", "apart"]
    name: str
    form: Form
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in a text: `text[start:end]` and what it stands for."""

    start: int
    end: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class _Doubt:
    """When an ambiguous name counts: by cues elsewhere, and where it is no part of a person's name."""

    cues: tuple[str, ...]
    against: tuple[str, ...]
    person: bool


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    fact: Fact | None = None


# A dotted acronym ("U.S."), a word, perhaps with an inner apostrophe ("Sana'a", but not an 's), or one sign.
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|(?:[^\W\d_]\.)+[^\W\d_]\b|\w+(?:['’](?!s\b)\w+)*|[^\w\s]")


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _peoples(row: dict[str, str]) -> list[str]:
    """Give the nouns for a state's people: regular plurals of its adjectives, and those listed."""
    regular = [f"{adjective}s" for adjective in _split(row["adjectives"]) if adjective.endswith(("n", "i"))]
    return regular + _split(row["people"])


@functools.cache
def facts() -> tuple[tuple[str, Fact], ...]:
    """Give every name that is known and what it stands for; an earlier name wins over a later one."""
    known: list[tuple[str, Fact]] = []
    for row in table("states.tsv"):
        code, name = row["code"], row["name"]
        forms: tuple[tuple[Form, Sequence[str]], ...] = (
            ("name", [name, *_split(row["aliases"])]),
            ("adjective", _split(row["adjectives"])),
            ("people", _peoples(row)),
            ("capital", _split(row["capitals"])),
            ("seat", _split(row["seats"])),
        )
        known.extend((word, Fact("state", name, form, code)) for form, words in forms for word in words)
    for row in table("organisations.tsv"):
        fact = Fact("organisation", row["name"], "name", row["country"] or None, row["sector"] or None)
        known.extend((word, fact) for word in [row["name"], *_split(row["aliases"])])
    known.extend((row["name"], Fact("apart", row["name"], "apart")) for row in table("apart.tsv"))
    return tuple(known)


@functools.cache
def state_name(country: str) -> str | None:
    """Give the short English name of the state with this code, None where the code is not known."""
    return next((row["name"] for row in table("states.tsv") if row["code"] == country), None)


@functools.cache
def _doubts() -> dict[str, _Doubt]:
    return {
        row["name"]: _Doubt(tuple(_split(row["for"])), tuple(_split(row["against"])), row["person"] == "yes")
        for row in table("ambiguous.tsv")
    }


@functools.cache
def _tree() -> _Node:
    root = _Node()
    for name, fact in facts():
        node = root
        for match in _TOKEN.finditer(name):
            node = node.next.setdefault(_fold(match.group()), _Node())
        node.fact = node.fact or fact
    return root


def _fold(token: str) -> str:
    """Give a token without accents, curly apostrophes and the dots of an acronym; case is kept."""
    if len(token) > 1 and token[1] == ".":
        token = token.replace(".", "")
    if token.isascii():
        return token
    plain = unicodedata.normalize("NFKD", token.replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _step(node: _Node, token: str) -> _Node | None:
    """Follow one token. In a headline a name may be in capitals, and its "of" and "and" capitalised."""
    found = node.next.get(token)
    if found is None and token.isupper():
        found = node.next.get(token.capitalize())
    if found is None and token[:1].isupper():
        found = node.next.get(token.lower())
    return found


def find_names(text: str) -> tuple[Hit, ...]:
    """Give the states and bodies named in a text, in order, the longest at every place.

    Ambiguous names are decided by the text as a whole (see `data/ambiguous.tsv`); whether "Jordan" is a
    person needs more than words and is left to the caller (`may_be_person`).
    """
    return tuple(h for h in find_known(text) if h.fact.kind != "apart")


def find_known(text: str) -> tuple[Hit, ...]:
    """Give what `find_names` gives, and the names that are neither state nor body ("New Mexico", "Kurds")."""
    present: dict[str, bool] = {}
    hits = [h for h in _longest(text) if _counts(text, h, present)]
    named = {h.fact.name for h in hits if h.fact.form != "capital"}
    western = _is_western_congo(text, present)
    return tuple(_western(text, h) if western else _seated(text, h, named) for h in hits)


def as_of(text: str, hit: Hit, day: dt.date | None) -> Hit:
    """Let a name stand for the state that it meant on a day: Moscow in 1980 for the Soviet Union."""
    for until, names, code, former in _former():
        if (
            day is not None
            and day <= until
            and hit.fact.country == code
            and text[hit.start : hit.end] in names
        ):
            name = state_name(former) or former
            return Hit(hit.start, hit.end, replace(hit.fact, name=name, country=former))
    return hit


@functools.cache
def _former() -> tuple[tuple[dt.date, frozenset[str], str, str], ...]:
    last = {row["code"]: row["end"] for row in table("state_numbers.tsv") if row["code"] and row["end"]}
    return tuple(
        (dt.date.fromisoformat(last[r["former"]]), frozenset(_split(r["words"])), r["code"], r["former"])
        for r in table("former_states.tsv")
    )


_ASIDE = re.compile(
    r"[-‐-–](?:held|born|bred|educated|trained|speaking|language|"
    r"registered|flagged|style)\b"
)


def is_ethnic(text: str, hit: Hit) -> bool:
    """Say whether a nationality is a people's and not a state's ("ethnic Albanians")."""
    return text[max(0, hit.start - 7) : hit.start].lower() == "ethnic "


def _is_western_congo(text: str, present: dict[str, bool]) -> bool:
    """Say whether "Congo" without more is the one of Brazzaville, by the names that the text has."""
    if not any(_has(text, cue, present) for cue in ("Brazzaville", "Sassou", "Sassou-Nguesso")):
        return False
    eastern = (
        "Kinshasa",
        "Democratic Republic",
        "Zaire",
        "DRC",
        "DR Congo",
        "Kabila",
        "Mobutu",
        "Tshisekedi",
    )
    return not any(_has(text, cue, present) for cue in eastern)


def _western(text: str, hit: Hit) -> Hit:
    if text[hit.start : hit.end] not in {"Congo", "Congolese"}:
        return hit
    name = state_name("COG") or "COG"
    return Hit(hit.start, hit.end, replace(hit.fact, name=name, country="COG"))


@functools.cache
def _seats() -> dict[str, Fact]:
    """Give the bodies for which a capital may stand: Brussels for the European Union."""
    return {
        seat: Fact("organisation", row["name"], "seat", row["country"] or None, row["sector"] or None)
        for row in table("organisations.tsv")
        for seat in _split(row["seats"])
    }


def _seated(text: str, hit: Hit, named: set[str]) -> Hit:
    """Let a capital stand for the body that sits there, where the text names the body and not the state."""
    body = _seats().get(text[hit.start : hit.end]) if hit.fact.form == "capital" else None
    if body is None or body.name not in named or hit.fact.name in named:
        return hit
    return Hit(hit.start, hit.end, body)


@dataclass(frozen=True, slots=True)
class GivenName:
    """A common first name: the gender it tells (m, f, none), and its full form where it is a short one."""

    gender: str
    full: str | None


@functools.cache
def given_names() -> dict[str, GivenName]:
    """Give common first names in several languages."""
    return {row["name"]: GivenName(row["gender"], row["full"] or None) for row in table("given_names.tsv")}


def _longest(text: str) -> Iterator[Hit]:
    tokens = [(m.start(), m.end(), _fold(m.group())) for m in _TOKEN.finditer(text)]
    root, i = _tree(), 0
    while i < len(tokens):
        node, best, j = root, None, i
        while j < len(tokens):
            if j > i and not _joined(text[tokens[j - 1][1] : tokens[j][0]]):
                break
            step = _step(node, tokens[j][2])
            if step is None:
                break
            node, j = step, j + 1
            if node.fact is not None:
                best = (j, node.fact)
        if best is None:
            i += 1
            continue
        yield Hit(tokens[i][0], tokens[best[0] - 1][1], best[1])
        i = best[0]


def _joined(gap: str) -> bool:
    """Say whether the words on both sides of a gap can belong to one name."""
    return len(gap) <= 2 and "\n" not in gap and "\r" not in gap


def may_be_person(name: str) -> bool:
    """Say whether the name of a place or body is also a common name of people ("Jordan", "Washington")."""
    doubt = _doubts().get(name)
    return doubt is not None and doubt.person


def _counts(text: str, hit: Hit, present: dict[str, bool]) -> bool:
    """Decide an ambiguous name by the cues that the text has; it needs one, unless none is listed."""
    words = text[hit.start : hit.end]
    if _ASIDE.match(text, hit.end):
        return False  # "Serb-held", "German-born"; "Russian-made" stays, as transfers read origins
    if words.isupper() and "." not in words and len(words) <= 3 and _shouted(text, hit.start, hit.end):
        return False
    doubt = _doubts().get(_fold(words) if "." in words else words)
    if doubt is None:
        return True
    speaking = sum(_has(text, cue, present) for cue in doubt.cues if cue != words or len(doubt.cues) > 3)
    against = sum(_has(text, cue, present) for cue in doubt.against)
    return against <= speaking and (speaking > 0 or not doubt.cues)


def _has(text: str, cue: str, present: dict[str, bool]) -> bool:
    if cue not in present:
        present[cue] = re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", text) is not None
    return present[cue]


def _shouted(text: str, start: int, end: int) -> bool:
    """Say whether the words stand in a line of capitals, where US may be "us" and WHO "who"."""
    line = text[max(text.rfind("\n", 0, start) + 1, start - 60) : end + 60].split("\n", 1)[0]
    others = [w for w in re.findall(r"[^\W\d_]{2,}", line) if w != text[start:end]]
    return len(others) >= 2 and sum(w.isupper() for w in others) * 3 > len(others) * 2
