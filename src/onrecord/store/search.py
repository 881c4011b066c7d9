"""Questions to the store: who said what, who did what to whom, who supplied whom, who stands where.

Every answer is a `Listing`: rows of one table with the article's title, outlet and dates beside them, the
newest article first, in the order of its text.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from onrecord.actors import gazetteer
from onrecord.record import Item, Record, from_json
from onrecord.store import Store, decisions, tables
from onrecord.store.opening import fold
from onrecord.store.rows import Cell, Row
from onrecord.store.tables import Column, Table

Dyad = tuple[str, str]

_BESIDE = ("title", "outlet", "url", "published_earliest", "published_latest", "published_how", "retrieved")
_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_PARTING = re.compile(r"\s*[-–—:/,]\s*|\s+(?:and|&|to|with)\s+", re.IGNORECASE)


class Condition(NamedTuple):
    """One condition of a query, and the values of its question marks; `t` is the table, `r` the article."""

    sql: str
    values: tuple[Cell, ...] = ()


class Listing(NamedTuple):
    """Rows found: `total` before the limit; `undated` left out of an as-of answer for want of a date."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: int
    undated: int


class Coverage(NamedTuple):
    """What a store holds."""

    articles: int
    outlets: int
    undated: int
    earliest: str | None
    latest: str | None


class Found(NamedTuple):
    """An item and the record that it stands in; `superseded` where the latest record no longer has it."""

    record: Record
    item: Item
    superseded: bool


def claims(  # noqa: PLR0913 (each is one facet of the question)
    store: Store,
    words: str = "",
    *,
    about: str = "",
    speaker: str | None = None,
    dyad: Dyad | None = None,
    as_of: dt.date | None = None,
    limit: int | None = None,
) -> Listing:
    """Give what was said.

    `words` are looked for in what is said and in who says it, `about` only in what is said: all of them, in
    any order and form ("deliver" finds "delivered"), without regard to case and accents; words in double
    quotes stand together; `word*` is a beginning. `speaker` is a name or a part of one. `dyad` asks for
    statements that involve both states, as the speaker's or as named in what is said.
    """
    where: list[Condition] = []
    if query := match_query(words):
        where.append(_matching(query))
    if query := match_query(about):
        where.append(_matching(f"{{content}} : ({query})"))
    if speaker:
        where.append(Condition("contains(t.speaker, ?)", (speaker,)))
    where += [
        Condition(
            "EXISTS (SELECT 1 FROM attribution_countries c WHERE c.article_id = t.article_id "
            "AND c.attribution_id = t.id AND c.country = ?)",
            (state,),
        )
        for state in dyad or ()
    ]
    return _list(store, tables.ATTRIBUTIONS, where, as_of, limit)


def events(  # noqa: PLR0913
    store: Store,
    *,
    event: str | None = None,
    source: str | None = None,
    recipient: str | None = None,
    dyad: Dyad | None = None,
    status: str | None = None,
    retold: bool = False,
    as_of: dt.date | None = None,
    limit: int | None = None,
) -> Listing:
    """Give who did what to whom. States are codes; a dyad asks for deeds from either to the other.

    What an article tells more than once is given once, unless `retold`.
    """
    where = [Condition(f"t.{column} = ?", (value,)) for column, value in _given(event=event, status=status)]
    where += [] if retold else [Condition("t.repeats IS NULL", ())]
    for part, state in _given(source=source, recipient=recipient):
        either = "(p.part = ? OR t.reciprocal)"
        where.append(Condition(_PARTY.format(f"p.country = ? AND {either}"), (state, part)))
    if dyad:
        both = (
            "p.country = ? AND EXISTS (SELECT 1 FROM event_parties q WHERE q.article_id = p.article_id "
            "AND q.event_id = p.event_id AND q.country = ? AND (q.part <> p.part OR t.reciprocal))"
        )
        where.append(Condition(_PARTY.format(both), dyad))
    return _list(store, tables.EVENTS, where, as_of, limit)


_PARTY = (
    "EXISTS (SELECT 1 FROM event_parties p WHERE p.article_id = t.article_id AND p.event_id = t.id AND {})"
)


def transfers(  # noqa: PLR0913
    store: Store,
    *,
    supplier: str | None = None,
    recipient: str | None = None,
    dyad: Dyad | None = None,
    stage: str | None = None,
    status: str | None = None,
    as_of: dt.date | None = None,
    limit: int | None = None,
) -> Listing:
    """Give who supplied whom with what. States are codes; a dyad asks for transfers in either direction."""
    asked = _given(supplier=supplier, recipient=recipient, stage=stage, status=status)
    where = [Condition(f"t.{column} = ?", (value,)) for column, value in asked]
    if dyad:
        where.append(Condition("(t.supplier, t.recipient) IN (VALUES (?, ?), (?, ?))", (*dyad, *dyad[::-1])))
    return _list(store, tables.TRANSFERS, where, as_of, limit)


def transfers_between(
    store: Store, suppliers: Sequence[str], recipients: Sequence[str], *, as_of: dt.date | None = None
) -> Listing:
    """Give the transfers whose supplier and recipient may be among these states; none named: any state.

    A side that the text leaves open may be any.
    """
    where = [
        Condition(
            f"t.{part} IN ({', '.join('?' * len(states))}) OR (t.{part} IS NULL AND t.{part}_name IS NULL)",
            tuple(states),
        )
        for part, states in (("supplier", suppliers), ("recipient", recipients))
        if states
    ]
    return _list(store, tables.TRANSFERS, where, as_of, None)


def positions(  # noqa: PLR0913
    store: Store,
    *,
    holder: str | None = None,
    kind: str | None = None,
    predicate: str | None = None,
    stance: str | None = None,
    dyad: Dyad | None = None,
    as_of: dt.date | None = None,
    limit: int | None = None,
) -> Listing:
    """Give who stands where. `holder` is a name or a part of one; a dyad asks for propositions about both."""
    asked = _given(holder_kind=kind, predicate=predicate, stance=stance)
    where = [Condition(f"t.{column} = ?", (value,)) for column, value in asked]
    if holder:
        where.append(Condition("contains(t.holder, ?)", (holder,)))
    where += [Condition("instr(t.subject_countries, ?)", (f'"{state}"',)) for state in dyad or ()]
    return _list(store, tables.POSITIONS, where, as_of, limit)


def find(store: Store, id_: str) -> tuple[Found, ...]:
    """Give the items whose id is `id_`, or begins with it where none is; those of older versions come last.

    More than one means that the beginning is too short (or, once in a great many, that two ids are alike).
    """
    here: dict[tuple[str, str], None] = {}
    for table in (tables.ATTRIBUTIONS, tables.EVENTS, tables.TRANSFERS, tables.POSITIONS, tables.ACTORS):
        rows = store.select(
            f"SELECT article_id, id FROM {table.name} WHERE id >= ? AND id < ? ORDER BY id LIMIT 20",  # noqa: S608
            id_,
            id_ + "\U0010ffff",
        )
        here |= dict.fromkeys((row["article_id"], row["id"]) for row in rows)
    exact = [key for key in here if key[1] == id_] or list(here)
    found = [_found(store.record(article), item, superseded=False) for article, item in exact]
    return tuple(f for f in found if f is not None) or tuple(_superseded(store, id_))


def _superseded(store: Store, id_: str) -> Iterator[Found]:
    """Look through every version, as the machine made it, for an item that was cited once. A full id only."""
    written = msgspec.json.encode({"id": id_}).decode()[1:-1]
    rows = store.select(
        "SELECT record FROM article_versions WHERE instr(record, ?) ORDER BY retrieved DESC", written
    )
    for row in rows:
        record = from_json(row["record"])
        found = _found(record, id_, superseded=True) if record.article.id != id_ else None
        if found is not None:
            yield found
            return


def _found(record: Record | None, id_: str, *, superseded: bool) -> Found | None:
    item = None if record is None else decisions.find_item(record, id_)
    return None if record is None or item is None else Found(record, item, superseded)


def coverage(store: Store) -> Coverage:
    """Say what the store holds."""
    (row,) = store.select(
        "SELECT count(*), count(DISTINCT outlet), sum(published_latest IS NULL), "
        "min(published_earliest) FILTER (WHERE published_latest IS NOT NULL), max(published_latest) "
        "FROM articles"
    )
    return Coverage(row[0], row[1], row[2] or 0, row[3], row[4])


def match_query(words: str) -> str:
    """Give the full-text query for what a user typed: any text is valid, and one without words is empty."""
    # What the command line could not decode, and a NUL, which would end the query.
    plain = words.encode("utf-8", "replace").decode().replace("\0", " ")
    terms = []
    for match in _WORD.finditer(plain):
        term = match[1] if match[1] is not None else match[2]
        # The tokenizer sees letters and digits alone; a phrase without any matches nothing at all.
        if any(character.isalnum() for character in term):
            beginning = " *" if match[1] is None and term.endswith("*") else ""
            terms.append(f'"{term}"{beginning}')
    return " AND ".join(terms)


def state_code(words: str) -> str:
    """Give the code of a state from its code, name, adjective or capital.

    Raises:
        ValueError: where no state is called that, naming those that are called nearly so.
    """
    wanted = fold(words.strip().replace(".", ""))
    if gazetteer.state_name(wanted.upper()):
        return wanted.upper()
    names: dict[str, str] = {}
    for name, fact in gazetteer.facts():
        if fact.kind == "state" and fact.country is not None:
            names.setdefault(fold(name.replace(".", "")), fact.country)
    if wanted in names:
        return names[wanted]
    near = {names[n]: None for n in difflib.get_close_matches(wanted, names, n=3)}
    hint = ", ".join(f"{gazetteer.state_name(code)} ({code})" for code in near)
    raise ValueError(f"no state is called {words.strip()!r}" + (f"; did you mean {hint}?" if hint else ""))


def parse_dyad(words: str) -> Dyad:
    """Give the two states of `RUS-IRN`, `Russia-Iran`, `Russia and Iran`; "Guinea-Bissau-Portugal" works too.

    Raises:
        ValueError: where the words are not two different states.
    """
    problem: ValueError | None = None
    for parting in _PARTING.finditer(words):
        try:
            one, other = state_code(words[: parting.start()]), state_code(words[parting.end() :])
        except ValueError as error:
            problem = problem or error
            continue
        if one == other:
            raise ValueError(f"{words!r} is one state twice")
        return one, other
    raise problem or ValueError(f"{words!r} is not two states: write RUS-IRN or Russia-Iran")


def _matching(query: str) -> Condition:
    return Condition(
        "t.number IN (SELECT rowid FROM attributions_fts WHERE attributions_fts MATCH ?)", (query,)
    )


def _given(**values: str | None) -> list[tuple[str, str]]:
    return [(name, value) for name, value in values.items() if value is not None]


def _list(
    store: Store, table: Table, where: list[Condition], as_of: dt.date | None, limit: int | None
) -> Listing:
    beside = tuple(column for column in tables.ARTICLES.columns if column.name in _BESIDE)
    names = [f"t.{name}" for name in table.names] + [f"r.{column.name}" for column in beside]
    asked = " AND ".join(f"({condition.sql})" for condition in where) or "1"
    values = tuple(value for condition in where for value in condition.values)
    dated, date = ("r.published_latest <= ?", (as_of.isoformat(),)) if as_of else ("1", ())
    sources = f"FROM {table.name} t JOIN articles r ON r.id = t.article_id WHERE {asked}"
    found = store.select(
        f"SELECT {', '.join(names)} {sources} AND {dated} ORDER BY r.published_latest IS NULL, "
        "r.published_latest DESC, t.article_id, t.rowid LIMIT ?",
        *values,
        *date,
        -1 if limit is None else limit,
    )
    (total,) = store.select(f"SELECT count(*) {sources} AND {dated}", *values, *date)[0]
    (undated,) = store.select(f"SELECT count(*) {sources} AND r.published_latest IS NULL", *values)[0]
    return Listing(
        (*table.columns, *beside), tuple(dict(row) for row in found), total, undated if as_of else 0
    )
