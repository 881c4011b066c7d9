"""Which reports tell of one transfer.

Two reports are one transfer where kind, sides and item agree as far as both tell them, and time and number
allow it. What a person has judged goes before. Every link has its reason, and links two reports, so that a
person can take back the very one that is wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from onrecord.entries.report import Key, Report, side
from onrecord.record import Quantity, Stage
from onrecord.transfers.arms import canonical

Judgement = Literal["same", "different"]
"""What a person says of two reports."""

Judged = Mapping[frozenset[Key], Judgement]


class Link(Struct, frozen=True):
    """That `report` tells of the same transfer as `other`, and why."""

    report: Key
    other: Key
    reason: str
    judged: bool = False


class _Likeness(Struct, frozen=True, order=True):
    """How well two reports agree, for choosing the best: each part is better when larger."""

    sides: int
    named: bool
    number: bool
    nearness: int


_ORDER: dict[Stage, int] = {
    "requested": 0,
    "offered": 1,
    "planned": 2,
    "ordered": 3,
    "delivering": 4,
    "delivered": 5,
}
"""How far along: a suspension or return can follow on any of them."""

_AT_ONCE = 31
"""Days that two reports of one stage may lie apart: deliveries a month apart are two."""
_IN_DISPUTE = 21
"""Days within which two different numbers for one stage are two claims on one thing."""
_FORWARD_NAMED, _FORWARD = 5 * 366, 366
"""Days between an order and its delivery, where both name the type, and where they do not."""
_LATE = 183
"""Days by which an earlier stage may be reported after a later one."""
_RECENT = 8
"""How many of an entry's reports, besides its first, a new one is compared with."""


def link(reports: Sequence[Report], judged: Judged) -> tuple[list[list[Report]], list[Link]]:
    """Give groups of reports, a transfer each, and the links that made them.

    Reports are taken in the order in which they became known, each joining the group that it agrees with
    best, so that a later report never changes how earlier ones were linked.
    """
    groups: list[list[Report]] = []
    links: list[Link] = []
    by_side: dict[str, list[int]] = {}
    for report in sorted(reports, key=_order):
        sides = [
            s for s in (side(report.transfer.supplier), side(report.transfer.recipient)) if s is not None
        ]
        near = sorted({i for s in sides for i in by_side.get(s, ())})
        at, made = _best(report, groups, near, judged)
        if at is None:
            groups.append([])
            at = len(groups) - 1
        groups[at].append(report)
        links += [made] if made is not None else []
        for s in sides:
            if at not in by_side.setdefault(s, []):
                by_side[s].append(at)
    return groups, links


def _order(report: Report) -> tuple[object, ...]:
    return (report.known or dt.date.max, report.article, report.transfer.item.span, report.transfer.id)


def _best(
    report: Report, groups: Sequence[Sequence[Report]], near: Sequence[int], judged: Judged
) -> tuple[int | None, Link | None]:
    for at, group in enumerate(groups):
        for other in group:
            if judged.get(frozenset({report.key, other.key})) == "same":
                return at, Link(report.key, other.key, "judged to be the same", judged=True)
    best: tuple[_Likeness, int, Report] | None = None
    places: set[int] = set()
    for at in near:
        group = groups[at]
        if any(
            judged.get(frozenset({report.key, other.key})) == "different" or _contradict(report, other)
            for other in group
        ):
            continue
        for other in (group[0], *group[1:][-_RECENT:]):
            likeness = compare(other, report)
            if likeness is not None and (best is None or likeness > best[0]):
                best = likeness, at, other
            if likeness is not None:
                places.add(at)
    # Who supplied is not guessed: a report that leaves a side open and suits two transfers is neither.
    if best is None or (best[0].sides == 1 and len(places) > 1):
        return None, None
    likeness, at, other = best
    return at, Link(report.key, other.key, _reason(likeness, other, report))


def _contradict(one: Report, other: Report) -> bool:
    """Say whether two reports name different states for a side."""
    return any(a is not None and b is not None and a != b for a, b in _sides(one, other))


def _sides(one: Report, other: Report) -> tuple[tuple[str | None, str | None], ...]:
    first, second = one.transfer, other.transfer
    return (
        (side(first.supplier), side(second.supplier)),
        (side(first.recipient), side(second.recipient)),
    )


def compare(earlier: Report, later: Report) -> _Likeness | None:
    """Say how well two reports agree; null where they tell of two transfers."""
    one, other = earlier.transfer, later.transfer
    added = one.quantity is not None and one.quantity.additional
    if one.kind != other.kind or added != (other.quantity is not None and other.quantity.additional):
        return None
    if _contradict(earlier, later):
        return None
    shared = sum(a is not None and a == b for a, b in _sides(earlier, later))
    named = _item(earlier, later)
    if shared == 0 or named is None or (shared == 1 and not named):
        return None
    gap = _gap(earlier, later)
    number = _agree(one.quantity, other.quantity)
    if not _may_be_one(earlier, later, gap, number, named=named):
        return None
    return _Likeness(shared, named, number is True, -gap)


def _item(earlier: Report, later: Report) -> bool | None:
    """Say whether two items are one by name (true) or by kind (false); null where they are two things."""
    one, other = earlier.transfer, later.transfer
    names = canonical(one.designation), canonical(other.designation)
    if names[0] and names[1]:
        first, second = sorted(names, key=len)
        return True if first == second else False if second.startswith(first) else None
    # A category alone is not enough: helicopters are aircraft, and no Su-35s.
    return False if _noun(earlier) == _noun(later) else None


def _noun(report: Report) -> str:
    word = report.transfer.item.text.split()[-1].casefold()
    return word.removesuffix("s") if len(word) > 3 else word


def _days(report: Report) -> tuple[dt.date, dt.date] | None:
    """Give when a deed was done, or where that is not told, when it became known."""
    when = report.transfer.when
    if when is not None and when.start is not None and when.end is not None and when.granularity != "years":
        return when.start, when.end
    return None if report.known is None else (report.known, report.known)


def _gap(earlier: Report, later: Report) -> int:
    """Give the days between two reports' deeds; of an unknown day, none."""
    one, other = _days(earlier), _days(later)
    if one is None or other is None:
        return 0
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


def _agree(one: Quantity | None, other: Quantity | None) -> bool | None:
    """Say whether two numbers can be one (true), cannot (false), or whether one is not told (null)."""
    if (
        one is None
        or other is None
        or (one.low, one.high) == (None, None)
        or (other.low, other.high) == (None, None)
    ):
        return None
    return (one.low or 0) <= (other.high or 10**12) and (other.low or 0) <= (one.high or 10**12)


def _may_be_one(earlier: Report, later: Report, gap: int, number: bool | None, *, named: bool) -> bool:
    one, other = earlier.transfer, later.transfer
    same_voice = earlier.article == later.article and one.according_to == other.according_to
    if one.stage == other.stage or {one.stage, other.stage} == {"delivering", "delivered"}:
        if number is False and (same_voice or gap > _IN_DISPUTE):
            return False
        return gap <= _AT_ONCE
    first, second = _ORDER.get(one.stage), _ORDER.get(other.stage)
    if first is None or second is None or first < second:
        forward = _FORWARD_NAMED if named else _FORWARD
        # Part of an order may come; more than was ordered is another transfer.
        more = (
            number is False
            and (other.quantity is not None and one.quantity is not None)
            and ((other.quantity.low or 0) > (one.quantity.high or 10**12))
        )
        return gap <= (_IN_DISPUTE if more else forward)
    return gap <= _LATE


def _reason(likeness: _Likeness, earlier: Report, later: Report) -> str:
    one, other = earlier.transfer, later.transfer
    item = f"type ({other.designation})" if likeness.named else f"kind of item ({other.item.text})"
    parts = [f"same {'sides' if likeness.sides == 2 else 'side'} and {item}"]
    if likeness.number:
        parts.append("numbers that can be one")
    parts.append("same stage" if one.stage == other.stage else f"{one.stage}, then {other.stage}")
    gap = -likeness.nearness
    parts.append("no day between them" if gap == 0 else f"{gap} day{'s' * (gap != 1)} apart")
    return "; ".join(parts)
