"""The rows that a record is laid out in, in the store and in CSV files.

A cell is text, a number or nothing; a list is a JSON array; a flag is 0 or 1; a date is ISO 8601. What each
column means stands in `onrecord.store.tables`.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec

from onrecord.article import Mention, Span
from onrecord.holders import holder_kind
from onrecord.record import Actor, Event, Party, Record, Transfer, When

Cell = str | int | float | None
Row = dict[str, Cell]

GAP = " … "
"""Stands between two runs of words that other words part in the article."""


def involved(record: Record) -> Iterator[tuple[str, dict[str, Literal["speaker", "content"]]]]:
    """Give, for each attribution, its id and the states that it involves.

    They are the speaker's, and those of the actors named in its content. A mention of a group ("the two
    countries") counts for the states of its members.
    """
    naming = _naming(record)
    for attribution in record.attributions:
        states: dict[str, Literal["speaker", "content"]] = {}
        for words in attribution.content:
            states |= dict.fromkeys(naming(words.span), "content")
        speaker = attribution.speaker
        if speaker is not None and speaker.country is not None:
            states[speaker.country] = "speaker"
        yield attribution.id, dict(sorted(states.items()))


def _naming(record: Record) -> Callable[[Span], set[str]]:
    """Give the function that says which states the actors named in a span belong to."""
    actors = {actor.id: actor for actor in record.actors}
    named = sorted((m.start, m.end, actor.id) for actor in record.actors for m in actor.mentions)
    longest = max((end - start for start, end, _ in named), default=0)

    def states(actor: Actor) -> set[str]:
        members = (actors[member] for member in actor.members if member in actors)
        return {a.country for a in (actor, *members) if a.country is not None}

    def naming(span: Span) -> set[str]:
        # A mention that overlaps begins before the span ends, and not earlier than the longest one reaches.
        first = bisect.bisect_left(named, (span[0] - longest,))
        last = bisect.bisect_left(named, (span[1],))
        inside = {actor for _, end, actor in named[first:last] if end > span[0]}
        return set().union(*(states(actors[actor]) for actor in inside))

    return naming


def directed(event: Event) -> Iterator[tuple[Party | None, Party | None]]:
    """Give the (source, recipient) pairs of an event.

    A reciprocal deed counts from each of its parties to each other one; a deed without a source, or without a
    recipient, gives pairs that lack it.
    """
    if event.reciprocal and len(parties := (*event.source, *event.recipient)) > 1:
        yield from itertools.permutations(parties, 2)
        return
    yield from itertools.product(event.source or (None,), event.recipient or (None,))


def _list(values: Sequence[object]) -> str:
    return msgspec.json.encode(values).decode()


def _joined(mentions: Sequence[Mention]) -> str | None:
    return GAP.join(m.text for m in mentions) or None


def _spans(mentions: Sequence[Mention]) -> str:
    return _list([m.span for m in mentions])


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None


def utc(moment: dt.datetime) -> str:
    """Give a time as tables hold it: UTC, to the second, `2024-05-01T12:00:00Z`. Naive counts as UTC."""
    aware = moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)
    return f"{aware.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _words(name: str, words: Mention | None) -> Row:
    return {
        name: words.text if words else None,
        f"{name}_start": words.start if words else None,
        f"{name}_end": words.end if words else None,
    }


def _when(when: When | None) -> Row:
    return {
        "when_start": _day(when.start) if when else None,
        "when_end": _day(when.end) if when else None,
        "when_granularity": when.granularity if when else None,
        "when_text": when.mention.text if when else None,
    }


def _voices(record: Record) -> Callable[[str | None], str | None]:
    """Give the function that names the speaker of an attribution, and says where the name is a guess."""
    names = {
        a.id: f"{a.speaker.name}{' (inferred)' if a.inferred else ''}" if a.speaker else None
        for a in record.attributions
    }
    return lambda attribution: None if attribution is None else names.get(attribution)


def article_rows(record: Record) -> Iterator[Row]:
    """Give the one row of the article."""
    article = record.article
    yield {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "authors": _list(article.authors),
        "url": article.url,
        "language": article.language,
        "published_earliest": _day(article.published.earliest),
        "published_latest": _day(article.published.latest),
        "published_how": article.published.how,
        "retrieved": utc(article.retrieved),
        "sha256": article.sha256,
        "extractor": record.extractor,
    }


def furniture_rows(record: Record) -> Iterator[Row]:
    """Give one row for each piece of furniture."""
    for piece in record.article.furniture:
        start, end = piece.span
        yield {
            "article_id": record.article.id,
            "kind": piece.kind,
            "text": record.article.text[start:end],
            "span_start": start,
            "span_end": end,
            "repeats_start": piece.repeats[0] if piece.repeats else None,
            "repeats_end": piece.repeats[1] if piece.repeats else None,
        }


def problem_rows(record: Record) -> Iterator[Row]:
    """Give one row for each problem of the article."""
    for problem in record.article.problems:
        start, end = problem.span or (None, None)
        yield {
            "article_id": record.article.id,
            "kind": problem.kind,
            "message": problem.message,
            "span_start": start,
            "span_end": end,
        }


def actor_rows(record: Record) -> Iterator[Row]:
    """Give one row for each actor."""
    for actor in record.actors:
        yield {
            "article_id": record.article.id,
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            "country": actor.country,
            "sector": actor.sector,
            "role": actor.role,
            "affiliation": actor.affiliation,
            "members": _list(actor.members),
            "mentions": len(actor.mentions),
        }


def mention_rows(record: Record) -> Iterator[Row]:
    """Give one row for each passage that names an actor."""
    for actor in record.actors:
        for mention in actor.mentions:
            yield {
                "article_id": record.article.id,
                "actor_id": actor.id,
                "text": mention.text,
                "span_start": mention.start,
                "span_end": mention.end,
            }


def attribution_rows(record: Record) -> Iterator[Row]:
    """Give one row for each attribution."""
    for a in record.attributions:
        speaker = a.speaker
        parts = [m for m in (a.source, a.cue, *a.content) if m is not None]
        yield {
            "article_id": record.article.id,
            "id": a.id,
            "kind": a.kind,
            "speaker": speaker.name if speaker else None,
            "role": speaker.role if speaker else None,
            "affiliation": speaker.affiliation if speaker else None,
            "country": speaker.country if speaker else None,
            "actor_id": speaker.actor if speaker else None,
            "inferred": int(a.inferred),
            "content": _joined(a.content),
            "content_spans": _spans(a.content),
            **_words("source", a.source),
            **_words("cue", a.cue),
            "span_start": min((m.start for m in parts), default=None),
            "span_end": max((m.end for m in parts), default=None),
            "within": a.within,
            "confidence": a.confidence,
        }


def attribution_country_rows(record: Record) -> Iterator[Row]:
    """Give one row for each state that an attribution involves."""
    for attribution, states in involved(record):
        for country, part in states.items():
            yield {
                "article_id": record.article.id,
                "attribution_id": attribution,
                "country": country,
                "part": part,
            }


def event_rows(record: Record) -> Iterator[Row]:
    """Give one row for each event, whatever the number of its parties."""
    voice = _voices(record)
    for event in record.events:
        yield {
            "article_id": record.article.id,
            "id": event.id,
            "event": event.event,
            "mode": event.mode,
            "contexts": _list(event.contexts),
            "source": "; ".join(p.name for p in event.source) or None,
            "recipient": "; ".join(p.name for p in event.recipient) or None,
            **_deed(event, voice),
        }


def event_party_rows(record: Record) -> Iterator[Row]:
    """Give one row for each party of each event."""
    for event in record.events:
        parts = [("source", p) for p in event.source] + [("recipient", p) for p in event.recipient]
        for part, party in parts:
            yield {
                "article_id": record.article.id,
                "event_id": event.id,
                "part": part,
                "actor_id": party.actor,
                "name": party.name,
                "country": party.country,
                "sector": party.sector,
                "text": party.text,
                "span_start": party.span[0],
                "span_end": party.span[1],
            }


def event_pair_rows(record: Record) -> Iterator[Row]:
    """Give one row for each directed pair of parties of each event (see `directed`)."""
    voice = _voices(record)
    for event in record.events:
        pairs = list(directed(event))
        for source, recipient in pairs:
            yield {
                "article_id": record.article.id,
                "id": event.id,
                "pairs": len(pairs),
                "event": event.event,
                "mode": event.mode,
                "contexts": _list(event.contexts),
                **_side("source", source),
                **_side("recipient", recipient),
                **_deed(event, voice),
            }


def _side(part: str, party: Party | None) -> Row:
    return {
        f"{part}_country": party.country if party else None,
        f"{part}_name": party.name if party else None,
        f"{part}_sector": party.sector if party else None,
    }


def _deed(event: Event, voice: Callable[[str | None], str | None]) -> Row:
    return {
        "act": event.act.text,
        "span_start": event.act.start,
        "span_end": event.act.end,
        "status": event.status,
        "reciprocal": int(event.reciprocal),
        "background": int(event.background),
        **_when(event.when),
        "place": event.where.text if event.where else None,
        "according_to": event.according_to,
        "according_to_name": voice(event.according_to),
        "about": event.about,
        "evidence": _joined(event.evidence),
        "evidence_spans": _spans(event.evidence),
        "confidence": event.confidence,
        "repeats": event.repeats,
    }


def transfer_rows(record: Record) -> Iterator[Row]:
    """Give one row for each transfer."""
    voice = _voices(record)
    for t in record.transfers:
        yield {
            "article_id": record.article.id,
            "id": t.id,
            "event_id": t.event,
            "supplier": t.supplier.country if t.supplier else None,
            "supplier_name": t.supplier.name if t.supplier else None,
            "recipient": t.recipient.country if t.recipient else None,
            "recipient_name": t.recipient.name if t.recipient else None,
            "item": t.item.text,
            "span_start": t.item.start,
            "span_end": t.item.end,
            "designation": t.designation,
            "category": t.category,
            "origin": t.origin,
            **_amounts(t),
            "kind": t.kind,
            "stage": t.stage,
            "status": t.status,
            **_when(t.when),
            "according_to": t.according_to,
            "according_to_name": voice(t.according_to),
            "evidence": _joined(t.evidence),
            "evidence_spans": _spans(t.evidence),
            "confidence": t.confidence,
            "second_hand": int(t.second_hand),
            "terms": t.terms,
            "payer": t.payer.country if t.payer else None,
            "payer_name": t.payer.name if t.payer else None,
            "via": _list([p.country or p.name for p in t.via]),
            "flags": _list(t.flags),
        }


def _amounts(transfer: Transfer) -> Row:
    quantity, value = transfer.quantity, transfer.value
    return {
        "quantity_low": quantity.low if quantity else None,
        "quantity_high": quantity.high if quantity else None,
        "quantity_text": quantity.text if quantity else None,
        "additional": int(quantity.additional) if quantity else None,
        "value_amount": value.amount if value else None,
        "value_currency": value.currency if value else None,
        "value_text": value.text if value else None,
    }


def position_rows(record: Record) -> Iterator[Row]:
    """Give one row for each position of a speaker on a proposition."""
    actors = {actor.id: actor for actor in record.actors}
    for position in record.positions:
        holder, proposition = position.holder, position.proposition
        subject = [actors[a] for a in proposition.subject if a in actors]
        yield {
            "article_id": record.article.id,
            "id": position.id,
            "proposition_id": proposition.id,
            "predicate": proposition.predicate,
            "proposition": proposition.text,
            "subject": _list([actor.name for actor in subject]),
            "subject_countries": _list(sorted({a.country for a in subject if a.country is not None})),
            "holder": holder.name if holder else None,
            "holder_role": holder.role if holder else None,
            "holder_affiliation": holder.affiliation if holder else None,
            "holder_country": holder.country if holder else None,
            "stance": position.stance,
            "attributions": _list(position.attributions),
            "evidence": _joined(position.evidence),
            "evidence_spans": _spans(position.evidence),
            "holder_kind": holder_kind(holder, actors.get(holder.actor) if holder and holder.actor else None),
        }
