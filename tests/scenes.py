"""What the finders make of a text: a small record without a file behind it."""

import datetime as dt
from dataclasses import dataclass

from onrecord import events, language
from onrecord.actors import Cast, find_actors
from onrecord.article import Article, Furniture, Published
from onrecord.attributions import find_attributions
from onrecord.dates import find_dates
from onrecord.positions import find_positions
from onrecord.record import Attribution, Event, Party, Position, Transfer
from onrecord.transfers import find_transfers

DAY = dt.date(2024, 6, 3)


@dataclass(frozen=True)
class Scene:
    """An article with all that was found in it."""

    article: Article
    attributions: tuple[Attribution, ...]
    events: tuple[Event, ...]
    transfers: tuple[Transfer, ...]
    positions: tuple[Position, ...]

    def voice(self, one: Event | Transfer) -> str | None:
        """Give the words of the source that vouches; the outlet's own voice is None."""
        said = next((a for a in self.attributions if a.id == one.according_to), None)
        assert (said is None) == (one.according_to is None)
        return None if said is None else said.source.text if said.source else ""


def scene(text: str, *furniture: Furniture, day: dt.date = DAY) -> Scene:
    """Find everything in a text published on a day."""
    one = Article(
        id="t",
        sha256="",
        text=text,
        retrieved=dt.datetime(2024, 6, 4, tzinfo=dt.UTC),
        published=Published(day, day, "given"),
        furniture=furniture,
    )
    doc = language.annotate(text)
    cast, dates = Cast(find_actors(one, doc)), find_dates(one, doc)
    said = find_attributions(one, doc, cast)
    read = events.Scene(one, doc, cast, dates, events.Voices(said))
    told = events.find_events(read)
    transfers, shipped = find_transfers(read, told)
    return Scene(one, said, (*told, *shipped), transfers, find_positions(read))


def codes(parties: tuple[Party, ...]) -> list[str]:
    """Give the parties by country, or by name where they are no state."""
    return [p.country or p.name for p in parties]


def code(one: Party | None) -> str | None:
    return None if one is None else one.country or f"({one.name})"
