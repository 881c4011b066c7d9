"""From verdicts on dimensions to one on the dyad: what leads, what contradicts, what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.precedent.assessment import CounterEvidence, DimensionVerdict, Occurrence, Verdict
from onrecord.precedent.wording import contradiction, family, respect

ORDER: tuple[Verdict, ...] = (
    "unprecedented", "new in kind", "escalation", "revival", "precedented", "none", "not covered",
)  # fmt: skip
"""How far a verdict is from the past: what leads when dimensions differ."""


MOST = 3
"""Dimensions told in the one sentence; all stand in the answer."""


def respects(rows: Sequence[DimensionVerdict], verdict: Verdict) -> list[DimensionVerdict]:
    """Give the rows of a verdict, one for each family and direction: the one with the most surprise."""
    best: dict[tuple[str, str | None], DimensionVerdict] = {}
    for row in rows:
        if row.verdict != verdict:
            continue
        key = (family(row), row.from_)
        if key not in best or _surprise(row) > _surprise(best[key]):
            best[key] = row
    return list(best.values())


def answer(rows: Sequence[DimensionVerdict], a: str, b: str) -> tuple[str, str]:
    """Give the verdict on the dyad, and a sentence that says why."""
    lead = leading(rows)
    if lead is None:
        return "not covered", "no source on the shelf says anything of these two states by then"
    found = respects(rows, lead.verdict)
    told = sorted(found, key=lambda r: -_surprise(r))
    why = "; ".join(f"{respect(r, a, b)}: {r.says}" for r in told[:MOST])
    if len(told) > MOST:
        why += f"; and {len(told) - MOST} more"
    if lead.verdict != "unprecedented":
        return lead.verdict, why
    if len({family(r) for r in found}) >= 2:
        return "unprecedented", why
    named = " and ".join(respect(r, a, b) for r in found)
    return f"unprecedented in one respect: {named}", why


def leading(rows: Sequence[DimensionVerdict]) -> DimensionVerdict | None:
    """Give the row that decides: the one farthest from the past, of these the most surprising."""
    spoken = [r for r in rows if r.verdict != "not covered"]
    return min(spoken, key=lambda r: (ORDER.index(r.verdict), -_surprise(r)), default=None)


def score(rows: Sequence[DimensionVerdict]) -> float | None:
    """Give what dyads are ranked by: the largest surprise over dimensions; null without a register.

    What a register has as made under licence it has among what was delivered, and that counts once.
    """
    counted = (r for r in rows if r.dimension != "production")
    return max((r.jump_bits for r in counted if r.jump_bits is not None), default=None)


def _surprise(row: DimensionVerdict) -> float:
    return row.jump_bits or row.surprise_bits or 0.0


def contradicted(rows: Sequence[DimensionVerdict]) -> list[DimensionVerdict]:
    """Take "first" back in one series where another has an earlier occurrence in the same direction."""
    return [_against_others(row, [o for o in rows if o is not row]) for row in rows]


def _against_others(row: DimensionVerdict, others: Sequence[DimensionVerdict]) -> DimensionVerdict:
    if not row.first_ever or row.window is None or row.verdict not in {"unprecedented", "new in kind"}:
        return row
    begins = row.window[0].isoformat()
    earlier = [p for o in others for p in o.precedents if _ended(p) < begins[:4]]
    if not earlier:
        return row
    first = min(earlier, key=lambda p: (p.date, p.what))
    return replace(
        row,
        verdict="precedented",
        says=contradiction(row, first),
        contradicted_by=first,
        unrecorded=None,
        would_change=None,
    )


def counter_evidence(rows: Sequence[DimensionVerdict], a: str, b: str) -> CounterEvidence | None:
    """Give the strongest earlier occurrence against the leading verdict.

    The largest of the same dimension and direction; where there is none, of the same family the other way;
    else the last of any other dimension.
    """
    lead = leading(rows)
    if lead is None:
        return None
    same = [r for r in rows if family(r) == family(lead) and r.from_ == lead.from_]
    back = [r for r in rows if family(r) == family(lead) and r.from_ != lead.from_]
    others = [r for r in rows if family(r) != family(lead)]
    for group, why in (
        (same, "it is the same in the same direction"),
        (back, "it went the other way, and still ties the two"),
        (others, "it is of another kind, and still ties the two"),
    ):
        own = [r for r in group if r.dimension == lead.dimension and r.precedents]
        found = [(r, o) for r in own or group for o in r.precedents]
        if found:
            row, strongest = max(found, key=lambda f: (f[1].value or 0.0, f[1].date, f[1].what))
            return CounterEvidence(
                row.dimension, row.from_, row.to, strongest.date, strongest.what, strongest.source,
                f"{respect(row, a, b)}: {why}",
            )  # fmt: skip
    return None


def _ended(occurrence: Occurrence) -> str:
    """Give the year in which an occurrence ended; what is open has not."""
    end = occurrence.date.rsplit("/", maxsplit=1)[-1]
    return "9999" if end == ".." else end[:4]
