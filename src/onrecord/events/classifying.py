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


def classify(text: str, source_span: Span, recipient_span: Span) -> Classified:
    """Say what one actor does to another in a text of a sentence or two.

    Spans are half-open, in code points of `text`; the first is who does it, the second whom it is done to.
    The status is relative to whoever speaks. Some 120 word pieces around the pair are read.

    >>> classify("Norway has expelled a Belarusian diplomat.", (0, 6), (20, 41))
    Classified(event='SANCTION', status='asserted', confidence=0.97)

    Raises:
        ValueError: where a span is empty or not in the text, or the two overlap.
    """
    for name, (start, end) in (("source_span", source_span), ("recipient_span", recipient_span)):
        if not 0 <= start < end <= len(text):
            raise ValueError(
                f"{name} {start}:{end} is empty or not within the text of {len(text)} characters"
            )
    if source_span[0] < recipient_span[1] and recipient_span[0] < source_span[1]:
        raise ValueError(f"source {source_span} and recipient {recipient_span} overlap: mark two actors")
    loaded = network.load()
    reading = network.read(
        text, network.sentence(text, loaded.tokenizer), [source_span], [recipient_span], loaded
    )
    if reading.types["NONE"] > 0.5:
        return Classified(None, None, reading.types["NONE"])
    event, probability = named(reading.types)
    status = sorted(STATUSES, key=lambda name: reading.statuses[name])[-1]
    return Classified(event, status, probability)
