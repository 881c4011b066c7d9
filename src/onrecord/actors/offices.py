"""Which state or body a person leads whose country the article leaves to its readers ("President Bush").

The article comes first: this is asked only where it gives no country. Then the title beside the name, the form
of the name and the date of publication must leave one state.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.actors.leaders import Leader, Term, bearers
from onrecord.actors.titles import ROLE_NOUNS
from onrecord.article import Published, Span

if TYPE_CHECKING:
    from onrecord.actors.people import Person
    from onrecord.actors.roles import Role

Period = tuple[dt.date, dt.date]
"""The days between which an article was published, both included."""

_ELECTED = dt.timedelta(days=90)
"""How long before the term a leader is news as one: elected, not yet in office."""
_LEFT = dt.timedelta(days=365)
"""How long after the term a leader still counts as the office: news is about what was just done."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whom a leader stands for: a state (`country`), or a body with the sector IGO.

    `sector` is GOV in office, ELI after it, None before it.
    """

    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class _Title:
    """The title beside a name: the offices that it may mean (none: any), and whether the person has left it."""

    offices: frozenset[str]
    past: bool


_WORDS: tuple[tuple[str, str], ...] = (
    (r"vice[- ]president", "vice president"),
    (r"president(?:[- ]elect)?", "president"),
    (r"prime minister|premier|taoiseach", "prime minister|head of government"),
    (r"chancellor", "chancellor"),
    (r"king", "king"),
    (r"queen", "queen"),
    (r"emir", "emir"),
    (r"sultan", "sultan"),
    (r"shah", "king"),
    (r"emperor", "emperor"),
    (r"pope", "pope"),
    (r"crown prince", "crown prince"),
    (r"(?:foreign|external affairs) (?:minister|secretary)|secretary of state", "foreign minister"),
    (r"defen[cs]e (?:minister|secretary)|secretary of defen[cs]e", "defence minister"),
    (r"secretary[- ]general", "secretary-general"),
    (r"general secretary|party (?:leader|chief|chairman)", "party leader"),
    (r"supreme leader", "supreme leader|leader"),
)
_OFFICE = re.compile(
    r"(?:\b(?P<past>former|then|ex|late|ousted|deposed|exiled)\b[- ]?(?:[a-z]+[ ])?)?"
    rf"(?<![\w-])(?:{'|'.join(f'(?P<t{i}>{words})' for i, (words, _) in enumerate(_WORDS))})",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"{_OFFICE.pattern}[ \u00a0]$", re.IGNORECASE)
_UNDER = re.compile(r"(?:deputy|vice|assistant|under|shadow|parliamentary)[- ]$", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:mayor|judge|justice|sheriff|professor|prof\.?|officer|detective|constable|sergeant|sgt\.?|captain|capt\.?|"
    r"lieutenant|lt\.?|senator|sens?\.?|congress(?:wo)?man|rep\.?|representative|governor|gov\.?|councill?or|"
    r"bishop|archbishop|cardinal|father|sister|coach|director|ceo|chief executive|manager)[ \u00a0]$",
    re.IGNORECASE,
)
_SOFT = frozenset(
    """
candidate nominee frontrunner front-runner contender hopeful democrat republican veteran mother father wife
husband daughter son sister brother widow widower widower dissident cleric rebel warlord oligarch critic head
author delegate principal
""".split()
)
"""Role nouns that a leader too may have beside the office, or that say nothing of what a person does."""


def _title(match: re.Match[str]) -> _Title:
    index = next(i for i in range(len(_WORDS)) if match[f"t{i}"])
    return _Title(frozenset(_WORDS[index][1].split("|")), match["past"] is not None)


def title_before(text: str, at: int) -> _Title | None:
    """Give the office that stands directly before a name, None where none does ("Deputy Prime Minister")."""
    words = text[max(0, at - 48) : at].rpartition("\n")[2]
    match = _BEFORE.search(words)
    return None if match is None or _UNDER.search(words[: match.start()]) else _title(match)


def _stated(role: Role) -> _Title | None:
    """Give the office that a role is and nothing more: "prime minister", not "president of the club"."""
    words = re.sub(r"^(?:the|a|an|acting|current|outgoing|Acting)\s+", "", role.text or "")
    match = _OFFICE.fullmatch(words)
    return _title(match) if match else None


def period(published: Published) -> Period | None:
    """Give the days between which an article was published, None where that is unknown."""
    earliest, latest = published.earliest or published.latest, published.latest or published.earliest
    return (earliest, latest) if earliest and latest else None


def standing(text: str, person: Person, roles: Sequence[Role], when: Period | None) -> Standing | None:
    """Say for whom a person stands of whom the article gives no country; None where that is not certain."""
    titles = [t for start, _ in person.mentions if (t := title_before(text, start))]
    titles += [t for role in roles if (t := _stated(role))]
    if any(_OTHER.search(text[max(0, start - 24) : start]) for start, _ in person.mentions) or (
        not titles and any(_is_private(role) for role in roles)
    ):
        return None
    found = bearers(person.parts, addressed=bool(titles))
    if len(person.parts) == 1 and person.gender:
        found = tuple(x for x in found if x.gender == person.gender or not (x.gender or person.gender == "f"))
    short = not bearers(person.parts)
    for title in titles or [None]:
        offices = title.offices if title else frozenset[str]()
        past = (title is not None and title.past) or any(_left(role) for role in roles)
        given = _standing(found, offices, when, past=past)
        if given is not None and not (short and given.sector is None):
            return given
    return None


def _is_private(role: Role) -> bool:
    """Say whether a role is an occupation or an office elsewhere: then the name is a namesake's."""
    if role.affiliation is not None and role.sector not in {"GOV", "MIL"}:
        return True
    nouns = {w for w in re.findall(r"[\w.-]+", (role.text or "").lower()) if w in ROLE_NOUNS}
    return any(ROLE_NOUNS[w] not in {"GOV", "MIL"} for w in nouns - _SOFT)


def _left(role: Role) -> bool:
    return re.match(r"(?:the |a |an )?(?:former|ex-|late)\b", role.text or "", re.IGNORECASE) is not None


def _standing(
    found: Iterable[Leader], offices: frozenset[str], when: Period | None, *, past: bool
) -> Standing | None:
    terms = [t for leader in found for t in leader.terms if not offices or t.office in offices]
    if when is None:
        return _of_one(terms, "ELI" if past else "GOV")
    earliest, latest = when
    running = [t for t in terms if t.runs(earliest, latest)]
    near = [t for t in terms if t.runs(earliest - _LEFT, latest + _ELECTED)]
    if (running or near) and not past:
        return _of_one(running or near, "GOV")
    begun = [t for t in terms if t.start <= latest]
    if begun:
        # Who led a state and a body after it is of that state when both are over.
        return _of_one([t for t in begun if t.country] or begun, "ELI")
    return _of_one(terms, None)


def _of_one(terms: Sequence[Term], sector: str | None) -> Standing | None:
    """Give the standing that all terms share, None where they are of several states or bodies."""
    places = {(t.country, t.organisation) for t in terms}
    if len(places) != 1:
        return None
    ((country, _),) = places
    return Standing(country, "IGO" if country is None and sector == "GOV" else sector)


_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")


def find_leaders(text: str, when: Period | None) -> tuple[Span, ...]:
    """Give the names of leaders that stand alone in a text or behind a title, certain at that date.

    Full names are left to the language model, and so is every name with another capitalised word beside it,
    which may be longer than the table's.
    """
    found: list[Span] = []
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    for i, (start, end, word) in enumerate(words):
        if not word[0].isupper() or word.isupper():
            continue
        end = end - 2 if word.endswith(("'s", "’s")) else end
        title = title_before(text, start)
        leaders = bearers((text[start:end],), addressed=title is not None)
        if not leaders or (title is None and i and _joined(text, words[i - 1], start)):
            continue
        if i + 1 < len(words) and text[end : words[i + 1][0]] == " " and words[i + 1][2][0].isupper():
            continue
        offices = title.offices if title else frozenset[str]()
        if _standing(leaders, offices, when, past=title is not None and title.past) is not None:
            found.append((start, end))
    return tuple(found)


def _joined(text: str, before: tuple[int, int, str], start: int) -> bool:
    """Say whether a capitalised word stands directly before that may belong to the name ("Jeb Bush")."""
    return before[2][0].isupper() and text[before[1] : start] in {" ", "\u00a0", "-", ". "}
