"""What the finders of actors read: the parse, the text, the known names in it, and what is no story."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.actors.gazetteer import Hit
    from onrecord.article import Span


@dataclass(frozen=True, slots=True)
class Story:
    """An annotated text (`text` is `doc.text`, which spaCy would build anew at every use).

    `names` are what `gazetteer.find_known` gives, in order; `skipped` says whether a span is furniture or
    garbled; `leaders` are the names that the table of leaders has for the article's date.
    """

    doc: Doc
    text: str
    names: tuple[Hit, ...]
    skipped: Callable[[int, int], bool]
    leaders: tuple[Span, ...] = ()

    def names_in(self, start: int, end: int) -> tuple[Hit, ...]:
        """Give the known names that lie inside `start:end`, in order."""
        first = bisect_left(self.names, start, key=lambda h: h.start)
        last = bisect_left(self.names, end, key=lambda h: h.start)
        found = self.names[first:last]
        return found[:-1] if found and found[-1].end > end else found
