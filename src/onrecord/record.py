"""What an article puts on the record: the types, their identity, and their JSON (schema 1).

The types are frozen, and their field names are the JSON contract of `onrecord read --json`.
Anything that the text says is a `Mention`; anything that we conclude stands beside it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from onrecord.article import Article, Mention, Span

SCHEMA = 1

ActorKind = Literal["person", "state", "organisation", "group"]
AttributionKind = Literal["direct", "mixed", "indirect"]
Status = Literal["asserted", "planned", "possible", "conditional", "denied"]
Stage = Literal[
    "requested",
    "offered",
    "planned",
    "ordered",
    "delivering",
    "delivered",
    "suspended",
    "returned",
    "unknown",
]
TransferKind = Literal["transfer", "production", "training", "repair"]
Terms = Literal["sale", "gift", "loan", "lease", "unknown"]
TransferFlag = Literal[
    "no supplier", "no recipient", "supplier is no state", "recipient is no state", "counted in units",
    "another quantity is claimed",
]  # fmt: skip
"""What a reader of a row should know: it is kept as written, and nothing was guessed."""
Granularity = Literal["day", "month", "season", "year", "years", "unknown"]
Stance = Literal["agrees", "disagrees", "hedges"]
Predicate = Literal["unprecedented", "alliance", "durable", "other"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
"""The 16 event types of PLOVER as of 2021 (Halterman et al., PLOVER and POLECAT, 2023)."""


class Actor(Struct, frozen=True):
    """A state, organisation, person or group of them, local to one article.

    `country` is an ISO 3166-1 alpha-3 code (SUN, CSK, YUG, DDR for states that are gone), `sector` a PLOVER
    sector (GOV, MIL, REB, CVL, …); `role` and `affiliation` are in the words of the article;
    `members` are the ids of the actors in a group, where the text gives them.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    affiliation: str | None = None
    members: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


class Speaker(Struct, frozen=True):
    """The actor that a source resolves to, with role and affiliation as the article states them."""

    actor: str | None
    name: str
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None


class Attribution(Struct, frozen=True):
    """Someone is reported to say, think or want something.

    `content` is one mention for each unbroken run of words, in the order of the text. `speaker` is null where
    the text has lost it; `inferred` marks a speaker (or a source in another sentence) that is a guess.
    `within` is the attribution whose content holds this one. `confidence` is in [0, 1].
    """

    id: str
    kind: AttributionKind
    source: Mention | None
    cue: Mention | None
    content: tuple[Mention, ...]
    speaker: Speaker | None
    inferred: bool
    within: str | None
    confidence: float


class Party(Struct, frozen=True):
    """An actor in the part that it plays in an event or transfer, with the words that name it there."""

    actor: str | None
    name: str
    country: str | None
    sector: str | None
    span: Span
    text: str


class When(Struct, frozen=True):
    """An interval of days (both ends included) with the granularity that the words have.

    An open end is null; so are both ends where the words give no date (granularity unknown).
    `relative_to` is the date that a relative expression was counted from.
    """

    start: dt.date | None
    end: dt.date | None
    granularity: Granularity
    mention: Mention
    relative_to: dt.date | None = None


class Event(Struct, frozen=True):
    """Who did what to whom. `status` is relative to the voice `according_to`; null is the outlet's own.

    `event` is a PLOVER type; `act` the words of the deed. `about` is the event that an ACCUSE or REJECT is
    about; `repeats` the event that this one tells once more.
    Reciprocal deeds have all parties as sources. `background` marks history told as context.
    """

    id: str
    event: EventType
    source: tuple[Party, ...]
    recipient: tuple[Party, ...]
    act: Mention
    status: Status
    according_to: str | None
    evidence: tuple[Mention, ...]
    confidence: float
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    reciprocal: bool = False
    when: When | None = None
    where: Mention | None = None
    background: bool = False
    about: str | None = None
    repeats: str | None = None


class Quantity(Struct, frozen=True):
    """A number with the bounds that its words have; a null bound is open. `additional`: "three more"."""

    low: int | None
    high: int | None
    text: str
    additional: bool = False


class Value(Struct, frozen=True):
    """An amount of money: `currency` is an ISO 4217 code."""

    amount: float
    currency: str
    text: str


class Transfer(Struct, frozen=True):
    """An arms or aid transfer: a ledger row that points at its event.

    `stage` says how far it has come, whatever its `status`: "denied having delivered" is delivered, denied.
    `origin` is the producer (a code) where another sends; `payer` who pays or gives where it is neither side;
    `via` the states that it passes through.
    """

    id: str
    event: str
    supplier: Party | None
    recipient: Party | None
    item: Mention
    quantity: Quantity | None
    kind: TransferKind
    stage: Stage
    status: Status
    when: When | None
    according_to: str | None
    evidence: tuple[Mention, ...]
    confidence: float
    value: Value | None = None
    designation: str | None = None
    category: str | None = None
    origin: str | None = None
    second_hand: bool = False
    terms: Terms = "unknown"
    payer: Party | None = None
    via: tuple[Party, ...] = ()
    flags: tuple[TransferFlag, ...] = ()


class Proposition(Struct, frozen=True):
    """Something that speakers may agree with or not, about the actors in `subject`."""

    id: str
    subject: tuple[str, ...]
    predicate: Predicate
    text: str


class Position(Struct, frozen=True):
    """Where a speaker stands on a proposition. A null holder is the outlet's own voice."""

    id: str
    proposition: Proposition
    holder: Speaker | None
    stance: Stance
    attributions: tuple[str, ...]
    evidence: tuple[Mention, ...]


class Record(Struct, frozen=True):
    """All that one article puts on the record. `extractor` names what made it and the version."""

    article: Article
    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    positions: tuple[Position, ...] = ()
    extractor: str = ""
    schema: int = SCHEMA


Item = Actor | Attribution | Event | Transfer | Position
"""Any one thing that a record holds. `match` over it without a default, so that no kind is forgotten."""


def identify(article: Article, kind: str, anchor: Sequence[Mention], *more: str) -> str:
    """Give the id of a machine-made record: a hash of article, kind and evidence.

    The anchor counts as its words and which occurrence of them in the text it is, not as offsets, so that
    an id outlives an edit elsewhere in the article. `more` tells apart records that share their evidence.
    Scores, times and versions stay out. The id starts with the kind's first letters: `att-5f0c…`.
    """
    places = [[m.text, article.text.count(m.text, 0, m.start)] for m in anchor]
    canonical = json.dumps([article.id, kind, places, *more], ensure_ascii=False, separators=(",", ":"))
    return f"{kind[:3]}-{hashlib.sha256(canonical.encode()).hexdigest()[:12]}"


def to_json(record: Record) -> bytes:
    """Give the record as one line of JSON, UTF-8, without a newline."""
    return msgspec.json.encode(record)


def from_json(line: bytes | str) -> Record:
    """Read a record that `to_json` wrote.

    Raises:
        msgspec.ValidationError: where a field is missing or of the wrong type, naming its path.
        msgspec.DecodeError: where the line is not JSON.
    """
    return msgspec.json.decode(line, type=Record)
