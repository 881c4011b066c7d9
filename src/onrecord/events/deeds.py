"""A deed before it is an event: the word that names it, its type, and who stands on each side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.record import EventType, Party, Status

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what to whom, by the word `act`; `tense` is the verb that says whether it happens.

    Reciprocal deeds have all sides as sources and no recipient. `statuses` are the network's probabilities of
    how real the deed is, where the network has read it, and `said` that somebody is reported to say it.
    """

    act: Token
    event: EventType
    source: tuple[Party, ...]
    recipient: tuple[Party, ...]
    reciprocal: bool
    tense: Token
    confidence: float
    statuses: Mapping[Status, float] = field(default_factory=dict)
    said: float = 0.0

    @property
    def sides(self) -> frozenset[str]:
        """Give all that take part: countries, or names of what has none."""
        return frozenset(p.country or p.name for p in (*self.source, *self.recipient))
