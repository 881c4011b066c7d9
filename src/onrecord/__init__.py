"""News about relations between states, turned into a record that can be checked.

`article = onrecord.read("story.html")` reads; `record = onrecord.extract(article)` finds what it puts on the
record. The two verbs are imported when they are first used, so that the command line answers at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.article import Article, Furniture, Mention, Problem, Published, Repair
from onrecord.record import (
    Actor,
    Attribution,
    Event,
    Party,
    Position,
    Proposition,
    Quantity,
    Record,
    Speaker,
    Transfer,
    Value,
    When,
    from_json,
    to_json,
)

if TYPE_CHECKING:
    from onrecord.pipeline import extract
    from onrecord.reading import read

__all__ = [
    "Actor",
    "Article",
    "Attribution",
    "Event",
    "Furniture",
    "Mention",
    "Party",
    "Position",
    "Problem",
    "Proposition",
    "Published",
    "Quantity",
    "Record",
    "Repair",
    "Speaker",
    "Transfer",
    "Value",
    "When",
    "extract",
    "from_json",
    "read",
    "to_json",
]


def __getattr__(name: str) -> Any:
    match name:
        case "read":
            from onrecord.reading import read  # noqa: PLC0415

            return read
        case "extract":
            from onrecord.pipeline import extract  # noqa: PLC0415

            return extract
        case _:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
