"""What the articles that were read say, as a series of its own: never added to what others recorded.

A transfer counts where a source asserts that it was ordered or has come, an event where it is asserted and
plainly of a dimension. Each observation is known from the day on which its article was published, and names
the voice that vouches for it and the id under which it is cited.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from onrecord.entries import Entry, Report
from onrecord.entries.report import side
from onrecord.history.observation import DIMENSIONS, DIRECTED, Dataset, Dimension, Observation, Series
from onrecord.record import Event, Record, Stage, Transfer, When

ID = "articles read"

_STAGES: dict[Stage, Dimension] = {
    "ordered": "arms ordered",
    "delivering": "arms delivered",
    "delivered": "arms delivered",
}
_KINDS: dict[str, Dimension] = {"production": "production", "training": "training"}

_MODES: dict[tuple[str, str], Dimension] = {
    ("COOPERATE", "military"): "exercises",
    ("COOPERATE", "intelligence"): "intelligence",
    ("AGREE", "military"): "agreements",
}
"""Type and context of an event → dimension, as for event files (decision 8)."""

Reported = tuple[Dataset, tuple[Observation, ...]]


def reported(entries: Iterable[Entry], records: Iterable[Record]) -> Reported | None:
    """Give the transfers and events of articles as a dataset; null where they say nothing of any dimension.

    An article without a date counts for nothing: from when it was known cannot be told.
    """
    found = [*_of_entries(entries), *(o for record in records for o in _of_events(record))]
    if not found:
        return None
    used = [d for d in DIMENSIONS if any(o.dimension == d for o in found)]
    series = tuple(_series(d, [o for o in found if o.dimension == d]) for d in used)
    dataset = Dataset(
        id=ID,
        format="chronology",
        title="articles read",
        publisher="onrecord",
        terms="facts from the articles that you have read",
        vintage=max(o.known for o in found),
        vintage_how="inferred",
        sha256="",
        file="",
        series=series,
        notes=("What was reported, by whom; what nobody wrote, or you did not read, is not here.",),
    )
    return dataset, tuple(sorted(found, key=lambda o: (o.start, o.dimension, o.first, o.second, o.what)))


def _series(dimension: Dimension, found: Sequence[Observation]) -> Series:
    years = [o.start.year for o in found]
    return Series(
        f"{ID}/{dimension}", ID, dimension, "flow", "reports", (min(years), max(years)), complete=False
    )


def _of_entries(entries: Iterable[Entry]) -> Iterator[Observation]:
    """Give what is asserted of each transfer: its first report of an order, and its first of a delivery."""
    for entry in entries:
        done: set[Dimension] = set()
        for report in entry.reports:
            dimension = _dimension(report.transfer)
            supplier, recipient = (_state(entry, part) for part in ("supplier", "recipient"))
            if (
                dimension is None
                or dimension in done
                or report.known is None
                or not supplier
                or not recipient
            ):
                continue
            done.add(dimension)
            start, end = _days(report.transfer.when, report.known)
            yield Observation(
                f"{ID}/{dimension}", dimension, supplier, recipient, start, end, None, _what(report),
                report.known, (_cited(report.outlet, report.title, report.known, report.transfer.id),),
            )  # fmt: skip


def _state(entry: Entry, part: str) -> str | None:
    for report in entry.reports:
        party = getattr(report.transfer, part)
        if side(party) is not None:
            return party.country if isinstance(party.country, str) else None
    return None


def _dimension(transfer: Transfer) -> Dimension | None:
    if transfer.status != "asserted" or transfer.kind == "repair":
        return None
    if transfer.kind in _KINDS:
        return _KINDS[transfer.kind] if transfer.stage in _STAGES else None
    return _STAGES.get(transfer.stage)


def _what(report: Report) -> str:
    transfer = report.transfer
    number = f"{transfer.quantity.text} " if transfer.quantity is not None else ""
    voice = report.outlet or "the article" if report.voice is None else report.voice or "nobody named"
    return f"{number}{transfer.item.text}, {transfer.stage}, according to {voice}"


def _of_events(record: Record) -> Iterator[Observation]:
    known = record.article.published.latest
    told = {transfer.event for transfer in record.transfers}
    said = {a.id: a.speaker.name if a.speaker else "nobody named" for a in record.attributions}
    for event in record.events:
        dimension = next((d for c in event.contexts if (d := _MODES.get((event.event, c)))), None)
        if known is None or dimension is None or dimension in DIRECTED or event.id in told:
            continue
        if (
            event.status != "asserted"
            or event.background
            or event.repeats is not None
            or event.confidence < 0.5
        ):
            continue
        start, end = _days(event.when, known)
        voice = record.article.outlet or "the article"
        if event.according_to is not None:
            voice = said.get(event.according_to, "nobody named")
        for first, second in _pairs(event):
            yield Observation(
                f"{ID}/{dimension}", dimension, first, second, start, end, None,
                f"{event.act.text}, according to {voice}: {_evidence(event)}", known,
                (_cited(record.article.outlet, record.article.title, known, event.id),),
            )  # fmt: skip


def _pairs(event: Event) -> Iterator[tuple[str, str]]:
    states = sorted({p.country for p in (*event.source, *event.recipient) if p.country is not None})
    yield from ((a, b) for i, a in enumerate(states) for b in states[i + 1 :])


def _evidence(event: Event) -> str:
    return event.evidence[0].text if event.evidence else ""


def _days(when: When | None, known: dt.date) -> tuple[dt.date, dt.date]:
    """Give when it happened, or where that is not told, the day by which it was reported."""
    if when is not None and when.start is not None and when.end is not None and when.granularity != "years":
        return when.start, max(when.start, min(when.end, known))
    return known, known


def _cited(outlet: str | None, title: str | None, known: dt.date, id_: str) -> str:
    about = ", ".join(filter(None, (outlet, f"“{title}”" if title else None, known.isoformat())))
    return f"{about} (onrecord cite {id_})"
