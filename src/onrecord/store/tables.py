"""The tables that a record is laid out in: every column and what it means.

The store's tables, the CSV files and the codebook all come from here, so that none of them can say something
that the others do not.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple, get_args

from onrecord.article import FurnitureKind, ProblemKind, PublishedHow
from onrecord.holders import HolderKind
from onrecord.record import (
    ActorKind,
    AttributionKind,
    EventType,
    Granularity,
    Predicate,
    Record,
    Stage,
    Stance,
    Status,
    Terms,
    TransferKind,
)
from onrecord.store import rows
from onrecord.store.rows import GAP, Row

CellType = Literal["text", "code", "date", "time", "integer", "number", "flag", "list"]


class Column(NamedTuple):
    """A column: `says` is its line in the codebook, `codes` the values that a code can take (if closed)."""

    name: str
    type: CellType
    says: str
    codes: tuple[str, ...] = ()


def as_object(columns: Sequence[Column], row: Row) -> dict[str, object]:
    """Give a row as a JSON object: lists as arrays, flags as true and false."""
    thing: dict[str, object] = {}
    for column in columns:
        cell = row[column.name]
        if column.type == "list" and isinstance(cell, str):
            thing[column.name] = json.loads(cell)
        elif column.type == "flag" and cell is not None:
            thing[column.name] = bool(cell)
        else:
            thing[column.name] = cell
    return thing


class Table(NamedTuple):
    """A table, what one row of it is, its columns, and the function that gives the rows of one record."""

    name: str
    says: str
    columns: tuple[Column, ...]
    rows: Callable[[Record], Iterator[Row]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)


_STATE = "ISO 3166-1 alpha-3, with SUN, CSK, YUG and DDR for states that are gone"
_ARTICLE = Column("article_id", "text", "Article that says so: articles.id.")
_CONFIDENCE = Column("confidence", "number", "How sure the extractor is, from 0 to 1; not a probability.")
_EVIDENCE = (
    Column("evidence", "text", f"Passages of the article that say so, parted by '{GAP.strip()}'."),
    Column("evidence_spans", "list", "Where those passages stand: [[start, end], …]."),
)
_SPAN = (
    Column("span_start", "integer", "First character of it in the article's text (code points, from 0)."),
    Column("span_end", "integer", "One past its last character."),
)
_WHEN = (
    Column("when_start", "date", "First day on which it can have happened; empty: open or not said."),
    Column("when_end", "date", "Last day on which it can have happened; empty: open or not said."),
    Column(
        "when_granularity", "code", "How exact the article's words for the date are.", get_args(Granularity)
    ),
    Column("when_text", "text", "The article's words for the date."),
)
_VOICE = (
    Column(
        "according_to",
        "text",
        "Attribution whose speaker vouches for it: attributions.id; empty: the outlet.",
    ),
    Column(
        "according_to_name",
        "text",
        "Name of that speaker, “(inferred)” after it where it is a guess; empty where the text has lost it.",
    ),
)
_STATUS = Column(
    "status",
    "code",
    "What the voice in according_to claims about the deed's reality, never what we hold to be true.",
    get_args(Status),
)
_DEED = (
    Column("act", "text", "The article's words for the deed."),
    *_SPAN,
    _STATUS,
    Column("reciprocal", "flag", "1: done by all parties together (agreement, exercise, vote)."),
    Column("background", "flag", "1: history told as context."),
    *_WHEN,
    Column("place", "text", "The article's words for the place."),
    *_VOICE,
    Column("about", "text", "Event that an ACCUSE or REJECT is about: events.id."),
    *_EVIDENCE,
    _CONFIDENCE,
    Column(
        "repeats", "text", "Event that this one tells once more: events.id. Count rows where it is empty."
    ),
)
_PLOVER = (
    Column("event", "code", "PLOVER event type.", get_args(EventType)),
    Column("mode", "text", "PLOVER mode of the type."),
    Column("contexts", "list", "PLOVER contexts."),
)


def _side_columns(part: str) -> tuple[Column, ...]:
    return (
        Column(f"{part}_country", "code", f"State of the {part}: {_STATE}."),
        Column(f"{part}_name", "text", f"Name of the {part}."),
        Column(f"{part}_sector", "code", f"PLOVER sector of the {part}: GOV, MIL, REB, CVL, …"),
    )


ARTICLES = Table(
    "articles",
    "One article, in its latest version.",
    (
        Column("id", "text", "The id given, or derived from the URL or the text."),
        Column("title", "text", "Headline."),
        Column("outlet", "text", "Who published it."),
        Column("authors", "list", "Names of the authors."),
        Column("url", "text", "Where it was published."),
        Column("language", "code", "ISO 639-1 code."),
        Column("published_earliest", "date", "First day on which it can have been published."),
        Column("published_latest", "date", "Last day on which it can have been published."),
        Column("published_how", "code", "Where the date comes from.", get_args(PublishedHow)),
        Column("retrieved", "time", "When this version was first read, UTC."),
        Column("sha256", "text", "SHA-256 of the bytes that were read."),
        Column("extractor", "text", "What made the record, and its version."),
    ),
    rows.article_rows,
)

FURNITURE = Table(
    "furniture",
    "A piece of text on the page that is not the story.",
    (
        _ARTICLE,
        Column("kind", "code", "What it is.", get_args(FurnitureKind)),
        Column("text", "text", "Its words."),
        *_SPAN,
        Column("repeats_start", "integer", "First character of the passage that a pull quote repeats."),
        Column("repeats_end", "integer", "One past the last character of that passage."),
    ),
    rows.furniture_rows,
)

PROBLEMS = Table(
    "problems",
    "Something wrong with the text of an article.",
    (
        _ARTICLE,
        Column("kind", "code", "What is wrong.", get_args(ProblemKind)),
        Column("message", "text", "What is wrong, in a sentence."),
        *_SPAN,
    ),
    rows.problem_rows,
)

ACTORS = Table(
    "actors",
    "A state, organisation, person or group, within one article.",
    (
        _ARTICLE,
        Column("id", "text", "Id of the actor."),
        Column("name", "text", "The fullest name that the article gives."),
        Column("kind", "code", "What it is.", get_args(ActorKind)),
        Column("country", "code", f"State that it is or belongs to: {_STATE}."),
        Column("sector", "code", "PLOVER sector: GOV, MIL, REB, CVL, …"),
        Column("role", "text", "Office or profession, in the article's words."),
        Column("affiliation", "text", "Whom it speaks or works for, in the article's words."),
        Column("members", "list", "Actors in a group: actors.id."),
        Column("mentions", "integer", "How many passages name it."),
    ),
    rows.actor_rows,
)

MENTIONS = Table(
    "mentions",
    "A passage that names an actor.",
    (
        _ARTICLE,
        Column("actor_id", "text", "The actor: actors.id of the same article."),
        Column("text", "text", "The words."),
        *_SPAN,
    ),
    rows.mention_rows,
)

ATTRIBUTIONS = Table(
    "attributions",
    "Someone is reported to say, think or want something.",
    (
        _ARTICLE,
        Column("id", "text", "Id of the attribution."),
        Column(
            "kind",
            "code",
            "direct: in quotation marks; indirect: in the article's words; mixed: in part each.",
            get_args(AttributionKind),
        ),
        Column("speaker", "text", "Name of the speaker; empty: the text has lost it, or names nobody."),
        Column("role", "text", "The speaker's office or profession, in the article's words."),
        Column("affiliation", "text", "Whom the speaker speaks or works for, in the article's words."),
        Column("country", "code", f"The speaker's state: {_STATE}."),
        Column("actor_id", "text", "The speaker: actors.id of the same article."),
        Column("inferred", "flag", "1: who speaks is a guess."),
        Column("content", "text", f"What is said, runs of words parted by '{GAP.strip()}'."),
        Column("content_spans", "list", "Where those words stand: [[start, end], …]."),
        Column("source", "text", "The words that name the speaker here."),
        Column("source_start", "integer", "First character of them."),
        Column("source_end", "integer", "One past their last character."),
        Column("cue", "text", "The words that attribute: said, according to, …"),
        Column("cue_start", "integer", "First character of them."),
        Column("cue_end", "integer", "One past their last character."),
        *_SPAN,
        Column("within", "text", "Attribution whose content holds this one: attributions.id."),
        _CONFIDENCE,
    ),
    rows.attribution_rows,
)

ATTRIBUTION_COUNTRIES = Table(
    "attribution_countries",
    "A state that an attribution involves.",
    (
        _ARTICLE,
        Column("attribution_id", "text", "The attribution: attributions.id of the same article."),
        Column("country", "code", f"The state: {_STATE}."),
        Column("part", "code", "speaker: it speaks; content: what is said names it.", ("speaker", "content")),
    ),
    rows.attribution_country_rows,
)

EVENTS = Table(
    "events",
    "Who did what to whom: one event.",
    (
        _ARTICLE,
        Column("id", "text", "Id of the event."),
        *_PLOVER,
        Column("source", "text", "Names of those who do it, parted by ';'."),
        Column("recipient", "text", "Names of those whom it is done to, parted by ';'."),
        *_DEED,
    ),
    rows.event_rows,
)

EVENT_PARTIES = Table(
    "event_parties",
    "A party of an event.",
    (
        _ARTICLE,
        Column("event_id", "text", "The event: events.id of the same article."),
        Column("part", "code", "Who does it, or whom it is done to.", ("source", "recipient")),
        Column("actor_id", "text", "The actor: actors.id of the same article."),
        Column("name", "text", "Its name."),
        Column("country", "code", f"Its state: {_STATE}."),
        Column("sector", "code", "Its PLOVER sector: GOV, MIL, REB, CVL, …"),
        Column("text", "text", "The words that name it here."),
        *_SPAN,
    ),
    rows.event_party_rows,
)

EVENT_PAIRS = Table(
    "events",
    "A directed pair of parties of an event. An event of several parties fills several rows: count distinct "
    "ids, not rows. A reciprocal event fills one row for each party towards each other.",
    (
        _ARTICLE,
        Column("id", "text", "Id of the event."),
        Column("pairs", "integer", "How many rows this event fills."),
        *_PLOVER,
        *_side_columns("source"),
        *_side_columns("recipient"),
        *_DEED,
    ),
    rows.event_pair_rows,
)

TRANSFERS = Table(
    "transfers",
    "An arms or aid transfer that the article reports. Several rows can tell of one delivery.",
    (
        _ARTICLE,
        Column("id", "text", "Id of the transfer."),
        Column("event_id", "text", "The event that it is the ledger row of: events.id. Count events."),
        Column("supplier", "code", f"State that supplies: {_STATE}."),
        Column("supplier_name", "text", "Name of the supplier."),
        Column("recipient", "code", f"State that receives: {_STATE}."),
        Column("recipient_name", "text", "Name of the recipient."),
        Column("item", "text", "The article's words for what is supplied."),
        *_SPAN,
        Column("designation", "text", "Type of the item: Su-35, Shahed-136, …"),
        Column("category", "text", "Category of the item."),
        Column("origin", "text", "State or actor that the item comes from, where it is not the supplier."),
        Column("quantity_low", "integer", "Lower bound of the quantity; empty: open."),
        Column("quantity_high", "integer", "Upper bound of the quantity; empty: open."),
        Column("quantity_text", "text", "The article's words for the quantity."),
        Column("additional", "flag", "1: in addition to an earlier quantity ('three more')."),
        Column("value_amount", "number", "Value, in the currency."),
        Column("value_currency", "code", "ISO 4217 code."),
        Column("value_text", "text", "The article's words for the value."),
        Column("kind", "code", "What kind of supply.", get_args(TransferKind)),
        Column("stage", "code", "How far it has come, whatever the status.", get_args(Stage)),
        _STATUS,
        *_WHEN,
        *_VOICE,
        *_EVIDENCE,
        _CONFIDENCE,
        Column("second_hand", "flag", "1: used before, as the text says."),
        Column("terms", "code", "Sold, given, lent or leased, where the text says.", get_args(Terms)),
        Column("payer", "code", f"State that pays, where it is not the recipient: {_STATE}."),
        Column("payer_name", "text", "Name of who pays."),
        Column("via", "list", "States that it passes through, by code, or names."),
        Column("flags", "list", "What a reader should know: the row is kept as written, nothing guessed."),
    ),
    rows.transfer_rows,
)

POSITIONS = Table(
    "positions",
    "Where a speaker stands on a proposition.",
    (
        _ARTICLE,
        Column("id", "text", "Id of the position."),
        Column("proposition_id", "text", "Id of the proposition: the same for all who take a stance on it."),
        Column("predicate", "code", "What the proposition says of its subject.", get_args(Predicate)),
        Column("proposition", "text", "The proposition in words."),
        Column("subject", "list", "Names of the actors that it is about."),
        Column("subject_countries", "list", f"Their states: {_STATE}."),
        Column("holder", "text", "Name of the speaker; empty: the outlet's own voice."),
        Column("holder_role", "text", "The holder's office or profession, in the article's words."),
        Column("holder_affiliation", "text", "Whom the holder speaks or works for, in the article's words."),
        Column("holder_country", "code", f"The holder's state: {_STATE}."),
        Column("stance", "code", "Where the holder stands.", get_args(Stance)),
        Column("attributions", "list", "What the holder said about it: attributions.id."),
        *_EVIDENCE,
        Column("holder_kind", "code", "As what the holder speaks.", get_args(HolderKind)),
    ),
    rows.position_rows,
)

STORED = (
    ARTICLES,
    FURNITURE,
    PROBLEMS,
    ACTORS,
    MENTIONS,
    ATTRIBUTIONS,
    ATTRIBUTION_COUNTRIES,
    EVENTS,
    EVENT_PARTIES,
    TRANSFERS,
    POSITIONS,
)
"""The tables that the store fills from a record."""

EXPORTED = (ARTICLES, ACTORS, ATTRIBUTIONS, EVENT_PAIRS, TRANSFERS, POSITIONS)
"""The tables that an export writes; its events are directed pairs."""
