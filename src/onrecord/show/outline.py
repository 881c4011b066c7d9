"""A record in the order in which a person reads it: by speaker, by date, by proposition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.article import Article
from onrecord.holders import HolderKind, holder_kind
from onrecord.record import Attribution, Event, Position, Proposition, Record, Speaker, Stance, Transfer, When

HEADLINE = 14
"""Words of a line that may stand for a title."""

STANCES: tuple[Stance, ...] = ("agrees", "disagrees", "hedges")


@dataclass(frozen=True, slots=True)
class Said:
    """All that one speaker is reported to have said, in the order of the text."""

    speaker: Speaker | None
    attributions: tuple[Attribution, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A deed with the time that the text gives it."""

    when: When
    deed: Event | Transfer
    background: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where everybody stands on one proposition, by stance."""

    proposition: Proposition
    positions: tuple[Position, ...]

    def taking(self, stance: Stance) -> tuple[Position, ...]:
        """Give the positions of one stance."""
        return tuple(p for p in self.positions if p.stance == stance)


def headline(article: Article) -> str:
    """Give the title, for want of one the first line of the story, at most `HEADLINE` words of it."""
    if article.title and article.title.strip():
        return article.title
    text = article.text
    start = 0
    for piece in sorted(article.furniture, key=lambda f: f.span):
        if not text[start : piece.span[0]].strip():
            start = max(start, piece.span[1])
    first = text[start:].strip() or text.strip()
    words = first.partition("\n")[0].split(maxsplit=HEADLINE)
    if not words:
        return "(an empty text)"
    return " ".join(words[:HEADLINE]) + (" …" if len(words) > HEADLINE else "")


def by_speaker(attributions: Sequence[Attribution]) -> tuple[Said, ...]:
    """Group by speaker in the order of first words; what the text gives to no speaker comes last."""
    groups: dict[str | None, list[Attribution]] = {}
    for attribution in sorted(attributions, key=_first_word):
        groups.setdefault(_who(attribution.speaker), []).append(attribution)
    known = [Said(_fullest(group), tuple(group)) for key, group in groups.items() if key is not None]
    unknown = groups.get(None)
    return (*known, Said(None, tuple(unknown))) if unknown else tuple(known)


def timeline(record: Record) -> tuple[tuple[Dated, ...], int]:
    """Give the dated deeds by date, and how many more have no date.

    A transfer stands for its event, so that one deed is not told twice.
    """
    events = {event.id: event for event in record.events}
    dated: list[Dated] = []
    undated = 0
    for transfer in record.transfers:
        event = events.get(transfer.event)
        time = time_of(transfer, event)
        if time is not None and (time.start or time.end):
            dated.append(Dated(time, transfer, event.background if event else False))
        else:
            undated += 1
    for event in other_events(record):
        if event.when is not None and (event.when.start or event.when.end):
            dated.append(Dated(event.when, event, event.background))
        else:
            undated += 1
    return tuple(sorted(dated, key=_in_time)), undated


def time_of(transfer: Transfer, event: Event | None) -> When | None:
    """Give the time of a transfer, for want of one of its own that of its event."""
    return transfer.when or (event.when if event else None)


def other_events(record: Record) -> tuple[Event, ...]:
    """Give the events that no transfer stands for, each once, where the reading is sure enough, in order."""
    told = {transfer.event for transfer in record.transfers}
    found = (e for e in record.events if e.id not in told and e.repeats is None and not is_unsure(e))
    return tuple(sorted(found, key=lambda e: e.act.span))


def is_unsure(event: Event) -> bool:
    """Say whether an event is as likely misread as read: it is in the record, and not shown unasked."""
    return event.confidence < 0.5


def transfers(record: Record) -> tuple[Transfer, ...]:
    """Give the transfers in the order of the text."""
    return tuple(sorted(record.transfers, key=lambda t: t.item.span))


def standings(record: Record) -> tuple[Standing, ...]:
    """Group the positions by proposition, in the order in which the record has them."""
    groups: dict[str, list[Position]] = {}
    for position in record.positions:
        groups.setdefault(position.proposition.id, []).append(position)
    return tuple(Standing(group[0].proposition, tuple(group)) for group in groups.values())


def holder_kind_of(position: Position, record: Record) -> HolderKind:
    """Say as what the holder of a position speaks: official, analyst, outlet or other."""
    holder = position.holder
    actor = next((a for a in record.actors if holder is not None and a.id == holder.actor), None)
    return holder_kind(holder, actor)


def _who(speaker: Speaker | None) -> str | None:
    return None if speaker is None else speaker.actor or f"named {speaker.name}"


def _first_word(attribution: Attribution) -> int:
    mentions = [*attribution.content, *(m for m in (attribution.cue, attribution.source) if m)]
    return min((m.start for m in mentions), default=0)


def _fullest(group: Sequence[Attribution]) -> Speaker | None:
    """Give the speaker as the attribution has it that tells most: longest name, then role and affiliation."""
    speakers = [a.speaker for a in group if a.speaker is not None]
    return max(speakers, key=lambda s: (bool(s.role) + bool(s.affiliation), len(s.name)), default=None)


def _in_time(entry: Dated) -> tuple[dt.date, dt.date, int]:
    start, end = entry.when.start, entry.when.end
    return (start or end or dt.date.max, end or dt.date.max, entry.when.mention.start)
