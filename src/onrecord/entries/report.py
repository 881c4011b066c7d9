"""A row of the transfer register, with who printed it and who vouches for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from onrecord.record import Attribution, Party, Record, Transfer

Key = tuple[str, str]
"""An article's id and a transfer's id in it."""


class Report(Struct, frozen=True):
    """A transfer as one article reports it.

    `voice` is null where the outlet itself tells it, and empty where the text does not name who does;
    `known` the day by which the article was published, null where that is unknown.
    """

    article: str
    outlet: str | None
    title: str | None
    url: str | None
    known: dt.date | None
    transfer: Transfer
    voice: str | None
    voice_country: str | None

    @property
    def key(self) -> Key:
        """Article and transfer, which together are unique in a store."""
        return self.article, self.transfer.id


def reports(record: Record) -> Iterator[Report]:
    """Give the transfers of an article as reports, in the order of its text."""
    said = {attribution.id: attribution for attribution in record.attributions}
    article = record.article
    for transfer in sorted(record.transfers, key=lambda t: t.item.span):
        voice = said.get(transfer.according_to) if transfer.according_to else None
        yield Report(
            article=article.id,
            outlet=article.outlet,
            title=article.title,
            url=article.url,
            known=article.published.latest,
            transfer=transfer,
            voice=_name(transfer, voice),
            voice_country=voice.speaker.country if voice and voice.speaker else None,
        )


def _name(transfer: Transfer, voice: Attribution | None) -> str | None:
    if transfer.according_to is None:
        return None
    return voice.speaker.name if voice is not None and voice.speaker is not None else ""


def side(party: Party | None) -> str | None:
    """Give what a side of a transfer is known by: the state's code, or the name of what is no state."""
    return None if party is None else party.country or party.name.casefold()
