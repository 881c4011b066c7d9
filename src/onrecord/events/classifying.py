"""One pair in a text, classified by itself: for those who bring their own actors."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.article import Span
from onrecord.events import network
from onrecord.events.network import STATUSES
from onrecord.events.plover import named
from onrecord.record import EventType, Status


class Classified(NamedTuple):
    """What the source does to the recipient; `event` and `status` are null where it does nothing.

    `confidence` is the probability of just this: of the type, or of there being no event.
    """

    event: EventType | None
    status: Status | None
    confidence: float


def classify(text: str, source_span: Span | None, recipient_span: Span | None) -> Classified:
    """Say what one actor does to another in a text of a sentence or two.

    Spans are half-open, in code points of `text`; the first is who does it, the second whom it is done to;
    null where the text names nobody there. The status is relative to whoever speaks. Some forty word pieces
    around the pair are read.

    >>> classify("Norway has expelled a Belarusian diplomat.", (0, 6), (20, 41)).event
    'SANCTION'

    Raises:
        ValueError: where a span is empty or not in the text, the two overlap, or both are null.
    """
    spans = [span for span in (source_span, recipient_span) if span is not None]
    if not spans:
        raise ValueError("no span at all: mark who does it, or whom it is done to")
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"the span {start}:{end} is empty or not within {len(text)} characters")
    if len(spans) == 2 and spans[0][0] < spans[1][1] and spans[1][0] < spans[0][1]:
        raise ValueError(f"source {source_span} and recipient {recipient_span} overlap: mark two actors")
    pieces = network.sentence(text, network.load().tokenizer)
    source, recipient = ([] if span is None else [span] for span in (source_span, recipient_span))
    reading = network.read(pieces, source, recipient)
    if reading.types["NONE"] > 0.5:
        return Classified(None, None, round(reading.types["NONE"], 3))
    event, probability = named(reading.types)
    status = sorted(STATUSES, key=lambda name: reading.statuses[name])[-1]
    return Classified(event, status, round(probability, 3))
