"""An entry of the transfer register: what is claimed of one transfer, by whom, and how that changed.

Claims that conflict stand side by side; nothing is averaged and none is chosen.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from onrecord.entries.carriers import carriers
from onrecord.entries.linking import Judged, Link, link
from onrecord.entries.report import Report
from onrecord.record import Quantity, Stage, Status, Value

Field = Literal["quantity", "value", "stage", "status"]


class Standing(Struct, frozen=True):
    """What one source claims of a transfer now: its last word, and the articles that carry it.

    `voice` is null for the outlet's own, then `outlet` names it; empty where nobody is named. Texts that are
    one (`entries.carriers`), and articles that cite one speaker, are one source with several carriers.
    """

    voice: str | None
    country: str | None
    outlet: str | None
    known: dt.date | None
    stage: Stage
    status: Status
    quantity: Quantity | None
    value: Value | None
    report: Report
    carriers: int


class Change(Struct, frozen=True):
    """That something was first said on a day: a stage, status, number or value other than the last known.

    `before` and `after` are as people read them; `before` is null in the first report.
    """

    known: dt.date | None
    field: Field
    before: str | None
    after: str
    report: Report


class Entry(Struct, frozen=True):
    """One transfer as all that was read tells it.

    `reports` are in the order in which they became known; `latest` is the last of them; `conflicts` names
    what sources claim differently of one stage; `links` say why the reports are one.
    """

    id: str
    reports: tuple[Report, ...]
    standing: tuple[Standing, ...]
    history: tuple[Change, ...]
    conflicts: tuple[Field, ...]
    links: tuple[Link, ...]

    @property
    def latest(self) -> Report:
        """The report that became known last."""
        return self.reports[-1]

    @property
    def sources(self) -> int:
        """How many sources are known to differ: voices, and outlets that speak for themselves."""
        return len(self.standing)

    @property
    def articles(self) -> int:
        """How many articles report it."""
        return len({report.article for report in self.reports})


def entries(reports: Sequence[Report], texts: Mapping[str, str], judged: Judged) -> tuple[Entry, ...]:
    """Give the transfers that some reports tell of, each once, the one that became known last first.

    `texts` are the texts of the articles, by id, to find those that carry one text; `judged` what people say
    of pairs of reports.
    """
    first = carriers(texts)
    groups, links = link(reports, judged)
    found = [_entry(group, links, first) for group in groups]
    return tuple(sorted(found, key=lambda e: (-_day(e.latest.known).toordinal(), e.id)))


def _day(known: dt.date | None) -> dt.date:
    return known or dt.date.min


def _entry(group: Sequence[Report], links: Sequence[Link], first: Mapping[str, str]) -> Entry:
    keys = {report.key for report in group}
    standing = _standing(group, first)
    canonical = json.dumps(group[0].key, ensure_ascii=False)
    return Entry(
        id=f"ent-{hashlib.sha256(canonical.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}",
        reports=tuple(group),
        standing=standing,
        history=_history(group),
        conflicts=_conflicts(standing),
        links=tuple(one for one in links if one.report in keys),
    )


def _standing(group: Sequence[Report], first: Mapping[str, str]) -> tuple[Standing, ...]:
    """Give each source's last word, the sources in the order in which they first spoke."""
    by_source: dict[tuple[str, ...], list[Report]] = {}
    for report in group:
        by_source.setdefault(_source(report, first), []).append(report)
    found = []
    for told in by_source.values():
        last = told[-1]
        found.append(
            Standing(
                voice=last.voice,
                country=last.voice_country,
                outlet=last.outlet,
                known=last.known,
                stage=last.transfer.stage,
                status=last.transfer.status,
                quantity=next((r.transfer.quantity for r in reversed(told) if r.transfer.quantity), None),
                value=next((r.transfer.value for r in reversed(told) if r.transfer.value), None),
                report=last,
                carriers=len({r.article for r in told}),
            )
        )
    return tuple(found)


def _source(report: Report, first: Mapping[str, str]) -> tuple[str, ...]:
    """Give what a source is known by: a speaker by name and state, an outlet or nobody named by the text."""
    text = first.get(report.article, report.article)
    match report.voice:
        case None:
            return ("outlet", text)
        case "":
            return ("nobody named", text)
        case str(name):
            return ("voice", name.casefold(), report.voice_country or "")


def _history(group: Sequence[Report]) -> tuple[Change, ...]:
    """Give what each report says that was not said before it."""
    last: dict[Field, str] = {}
    said: dict[Field, set[str]] = {"quantity": set(), "value": set(), "stage": set(), "status": set()}
    changes = []
    for report in group:
        for field, words in _told(report).items():
            if words not in said[field]:
                changes.append(Change(report.known, field, last.get(field), words, report))
            said[field].add(words)
            last[field] = words
    return tuple(changes)


def _told(report: Report) -> dict[Field, str]:
    transfer = report.transfer
    told: dict[Field, str] = {"stage": transfer.stage, "status": transfer.status}
    if transfer.quantity is not None:
        told["quantity"] = transfer.quantity.text
    if transfer.value is not None:
        told["value"] = transfer.value.text
    return told


def _conflicts(standing: Sequence[Standing]) -> tuple[Field, ...]:
    """Name what the last words of two sources on one stage cannot both be right about."""
    found: set[Field] = set()
    for i, one in enumerate(standing):
        for other in standing[:i]:
            if one.stage != other.stage:
                continue
            if (one.status == "denied") != (other.status == "denied"):
                found.add("status")
            if one.quantity and other.quantity and _apart(one.quantity, other.quantity):
                found.add("quantity")
            if one.value and other.value and _differ(one.value, other.value):
                found.add("value")
    order: tuple[Field, ...] = ("quantity", "value", "stage", "status")
    return tuple(field for field in order if field in found)


def _apart(one: Quantity, other: Quantity) -> bool:
    if None in (one.low, other.low) and None in (one.high, other.high):
        return False
    highest = 10**15
    return (one.low or 0) > (highest if other.high is None else other.high) or (other.low or 0) > (
        highest if one.high is None else one.high
    )


def _differ(one: Value, other: Value) -> bool:
    """Say whether two amounts in one currency are more than a tenth apart; in two, nothing is said."""
    return one.currency == other.currency and abs(one.amount - other.amount) > 0.1 * max(
        one.amount, other.amount
    )
