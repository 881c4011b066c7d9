"""Which state or body a person leads whose country the article leaves to its readers ("President Bush").

The article comes first: this is asked only where it gives no country. Then the title beside the name, the
form of the name and the date of publication must leave one state.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.actors.leaders import Leader, Term, leaders_named
from onrecord.actors.titles import ROLE_NOUNS, Office, office_before, office_named
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


_OTHER = re.compile(
    r"\b(?:mayor|judge|justice|sheriff|professor|prof\.?|officer|detective|constable|sergeant|sgt\.?|captain|capt\.?|"
    r"lieutenant|lt\.?|senator|sens?\.?|congress(?:wo)?man|rep\.?|representative|governor|gov\.?|councill?or|"
    r"bishop|archbishop|cardinal|father|sister|coach|director|ceo|chief executive|manager)[ \u00a0]$",
    re.IGNORECASE,
)
_SOFT = frozenset(
    """
candidate nominee frontrunner front-runner contender hopeful democrat republican veteran mother father wife
husband daughter son sister brother widow widower dissident cleric rebel warlord oligarch critic head
author delegate principal
""".split()
)
"""Role nouns that a leader too may have beside the office, or that say nothing of what a person does."""


def _stated(role: Role) -> Office | None:
    """Give the office that a role is and nothing more: "prime minister", not "president of the club"."""
    return office_named(
        re.sub(r"^(?:the|a|an|acting|current|outgoing)\s+", "", role.text or "", flags=re.IGNORECASE)
    )


def period(published: Published) -> Period | None:
    """Give the days between which an article was published, None where that is unknown."""
    earliest, latest = published.earliest or published.latest, published.latest or published.earliest
    return (earliest, latest) if earliest and latest else None


def standing(text: str, person: Person, roles: Sequence[Role], when: Period | None) -> Standing | None:
    """Say for whom a person stands of whom the article gives no country; None where that is not certain."""
    titles = [t for start, _ in person.mentions if (t := office_before(text, start))]
    titles += [t for role in roles if (t := _stated(role))]
    if any(_OTHER.search(text[max(0, start - 24) : start]) for start, _ in person.mentions) or (
        not titles and any(_is_private(role) for role in roles)
    ):
        return None
    found = leaders_named(person.parts, addressed=bool(titles))
    if len(person.parts) == 1 and person.gender:
        found = tuple(x for x in found if x.gender == person.gender or not (x.gender or person.gender == "f"))
    short = not leaders_named(person.parts)
    left = any(_left(role) for role in roles)
    for title in titles or [_ANY]:
        offices, past = title.names, title.past or left
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


_ANY = Office(frozenset(), past=False)


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
    # A publication date may be any that the calendar has.
    since = earliest - min(_LEFT, earliest - dt.date.min)
    until = latest + min(_ELECTED, dt.date.max - latest)
    near = [t for t in terms if t.runs(since, until)]
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
        name = re.sub(r"['’]s$", "", word)
        leaders = leaders_named((name,), addressed=True)
        if not leaders:
            continue
        title = office_before(text, start)
        if title is None and (_joined(text, words[i - 1 : i], start) or not leaders_named((name,))):
            continue
        if text[end : end + 1] == " " and text[end + 1 : end + 2].isupper():
            continue
        if _standing(leaders, (title or _ANY).names, when, past=title is not None and title.past):
            found.append((start, start + len(name)))
    return tuple(found)


def _joined(text: str, before: Sequence[tuple[int, int, str]], start: int) -> bool:
    """Say whether a capitalised word stands directly before that may belong to the name ("Jeb Bush")."""
    return any(
        w[0].isupper() and text[end:start] in {" ", "\u00a0", "-", *([". "] if len(w) == 1 else [])}
        for _, end, w in before
    )
