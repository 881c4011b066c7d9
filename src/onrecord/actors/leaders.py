"""Heads of state and government, ministers and heads of international bodies, by name and by date.

The facts are in `data/leaders.tsv`, one term of office a row, from general knowledge (`data/README.md` says
how far they were checked). Names are matched whole, without accents, hyphens and "al-"; nothing is guessed: a
first name that the table does not have is somebody else's.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.actors.gazetteer import given_names
from onrecord.actors.names import full_form, key
from onrecord.data import table


@dataclass(frozen=True, slots=True)
class Term:
    """One time in one office, both days included; where the table knows a month or a year, all of it.

    `country` is the code of the state, None for an office in an international organisation, which is then
    named. `end` is None where the person is still in office as far as known.
    """

    office: str
    country: str | None
    organisation: str | None
    start: dt.date
    end: dt.date | None

    def runs(self, earliest: dt.date, latest: dt.date) -> bool:
        """Say whether the term and this interval have a day in common."""
        return self.start <= latest and (self.end is None or self.end >= earliest)


@dataclass(frozen=True, slots=True)
class Leader:
    """A person with all terms that the table has, in their order.

    `aliases` name the person by themselves ("Putin"); `titled` only together with the title ("Prime Minister
    Brown"), for they are ordinary words or the surnames of many.
    """

    name: str
    aliases: tuple[str, ...]
    titled: tuple[str, ...]
    terms: tuple[Term, ...]

    @property
    def gender(self) -> str:
        """The gender that the first name tells, empty where it tells none."""
        known = given_names().get(self.name.split()[0])
        return known.gender if known else ""


@functools.cache
def leaders() -> tuple[Leader, ...]:
    """Give every person of the table, in its order; terms under one name are one person's."""
    rows: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table("leaders.tsv"):
        rows[row["name"]].append(row)
    return tuple(
        Leader(
            name,
            tuple(dict.fromkeys(a for row in terms for a in row["aliases"].split("|") if a)),
            tuple(dict.fromkeys(a for row in terms for a in row["titled"].split("|") if a)),
            tuple(sorted((_term(row) for row in terms), key=lambda t: (t.start, t.office))),
        )
        for name, terms in rows.items()
    )


def _term(row: dict[str, str]) -> Term:
    start, end = _first_day(row["start"]), _last_day(row["end"]) if row["end"] else None
    return Term(row["office"], row["country"] or None, row["organisation"] or None, start, end)


def _first_day(text: str) -> dt.date:
    year, month, day = [*map(int, text.split("-")), 1, 1][:3]
    return dt.date(year, month, day)


def _last_day(text: str) -> dt.date:
    given = [int(part) for part in text.split("-")]
    year, month = [*given, 12][:2]
    return dt.date(year, month, given[2] if len(given) == 3 else calendar.monthrange(year, month)[1])


def holder(country: str, office: str, on: dt.date) -> Leader | None:
    """Give who held an office of a state on a day, both in the table's words.

    None where the table does not cover the day, or has two for it, as on the day of a handover.
    """
    found = [
        leader
        for leader in leaders()
        if any(t.country == country and t.office == office and t.runs(on, on) for t in leader.terms)
    ]
    return found[0] if len(found) == 1 else None


# Letters that Unicode does not take apart into a plain one and an accent.
_PLAIN = str.maketrans("łŁđĐøØıß’", "lLdDoOis'")


@functools.lru_cache(maxsize=4096)
def _fold(word: str) -> str:
    """Give a word of a name without case, accents, dots, hyphens and article."""
    plain = unicodedata.normalize("NFKD", key(word).translate(_PLAIN))
    return "".join(c for c in plain if c.isalpha()).lower()


def fold(parts: Sequence[str]) -> str:
    """Give the form under which a name is looked up, so that "Jong-un" is "Jong Un" and "Al Assad" Assad."""
    return "".join(_fold(p) for p in parts if p.lower() not in {"al", "el"})


Index = dict[str, tuple[Leader, ...]]


@functools.cache
def _indexes() -> tuple[Index, Index, Index]:
    """Give the leaders by name and alias, by short names that need a title, and by last name."""
    named: defaultdict[str, list[Leader]] = defaultdict(list)
    titled: defaultdict[str, list[Leader]] = defaultdict(list)
    last: defaultdict[str, list[Leader]] = defaultdict(list)
    for leader in leaders():
        for name in dict.fromkeys(fold(n.split()) for n in (leader.name, *leader.aliases)):
            named[name].append(leader)
        for name in dict.fromkeys(fold(n.split()) for n in leader.titled):
            titled[name].append(leader)
        last[fold(leader.name.split()[-1:])].append(leader)
    a, b, c = ({name: tuple(found) for name, found in index.items()} for index in (named, titled, last))
    return a, b, c


def leaders_named(parts: Sequence[str], *, addressed: bool = False) -> tuple[Leader, ...]:
    """Give the leaders whom a name may mean; `addressed` says that the title of an office stands with it.

    A full name counts whole ("George Bush" is two men's), or with the first name in another of its forms and
    fewer of the others ("William Clinton"). Of "Jeb Bush" there is none.
    """
    named, titled, last = _indexes()
    folded = fold(parts)
    found = named.get(folded, ())
    if addressed:
        found += tuple(leader for leader in titled.get(folded, ()) if leader not in found)
    if found or len(parts) < 2:
        return found
    return tuple(leader for leader in last.get(fold(parts[-1:]), ()) if _first_names_fit(leader, parts))


def _first_names_fit(leader: Leader, parts: Sequence[str]) -> bool:
    ours = [_fold(full_form(p)) for p in leader.name.split()[:-1]]
    theirs = [_fold(full_form(p)) for p in parts[:-1]]
    return bool(ours) and theirs[0] == ours[0] and set(theirs) <= set(ours)
