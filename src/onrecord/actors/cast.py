"""Who stands at a place in the text, among the actors of one article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.article import Mention
from onrecord.record import Actor


class Cast:
    """The actors of one article, to be asked who stands at a place in the text."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.actors: tuple[Actor, ...] = tuple(actors)
        self._by_id = {actor.id: actor for actor in self.actors}
        placed = sorted(
            ((m, a) for a in self.actors for m in a.mentions), key=lambda pair: (pair[0].span, pair[1].id)
        )
        self._mentions = [m for m, _ in placed]
        self._actors = [a for _, a in placed]
        self._starts = [m.start for m in self._mentions]
        self._longest = max((m.end - m.start for m in self._mentions), default=0)

    def by_id(self, id: str) -> Actor | None:  # noqa: A002 (the name of the field)
        """Give the actor with this id."""
        return self._by_id.get(id)

    def mentions_in(self, start: int, end: int) -> tuple[tuple[Mention, Actor], ...]:
        """Give the mentions that overlap `start:end` with their actors, in the order of the text."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end)
        return tuple(
            (self._mentions[i], self._actors[i]) for i in range(first, last) if self._mentions[i].end > start
        )

    def at(self, start: int, end: int) -> Actor | None:
        """Give the actor with a mention overlapping `start:end`: the longest overlap wins.

        Where two overlap equally, the one whose mention comes last wins (in "Iran's foreign minister X" the
        head).
        """
        best = max(
            self.mentions_in(start, end),
            key=lambda pair: (
                min(end, pair[0].end) - max(start, pair[0].start),
                -(pair[0].end - pair[0].start),
                pair[0].start,
            ),
            default=None,
        )
        return best[1] if best else None

    def states_in(self, start: int, end: int) -> tuple[Actor, ...]:
        """Give the states with a mention overlapping `start:end`, each once, in the order of the text."""
        return tuple(dict.fromkeys(a for _, a in self.mentions_in(start, end) if a.kind == "state"))
