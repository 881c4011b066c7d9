"""The rungs on which a flow is placed, first match wins, and the size of the fact that would move it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from onrecord.precedent.assessment import Verdict

LONG_COVERED = 30
"""Covered years without an earlier flow before "never" is worth saying."""
COVERED = 10
"""Covered years before a record is worth calling one."""
REVERSED = 10
"""Earlier years with the flow going the other way that make a first flow a reversal of roles."""
GAP = 10
"""Years without any flow after which it is a revival."""
DOUBLED = math.log(2)
RAISED = math.log(1.25)
RARE = 0.01
"""A record break in the top hundredth of all is rare."""
HIGH = 95.0
"""Percentile in the dyad's own history."""
NEW_CLASS = 0.25
"""Share of a window's orders in classes never supplied before that makes it new in kind."""
FEWEST = 100
"""Windows of a base rate without which no percentile is read off it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a register says of one flow: all that the ladder asks.

    `present` and `earlier` are whether any flow is on record in the window and before it, of known size or
    not; `threshold` is the 99th percentile of record breaks, null where too few windows came before.
    """

    level: float
    past_maximum: float
    present: bool
    earlier: bool
    past_years: int
    record_break: float
    rare: bool
    threshold: float | None
    reverse_years: int
    percentile_own: float | None
    gap: int
    new_class: float | None = None


def verdict(facts: Facts) -> Verdict:
    """Give the first rung that fits. That a window is covered at all is seen before (`not covered`)."""
    if not facts.present:
        return "none"
    if _is_unprecedented(facts):
        return "unprecedented"
    new_class = facts.new_class is not None and facts.new_class >= NEW_CLASS and facts.record_break > 0
    if not facts.earlier or new_class:
        return "new in kind"
    own = facts.percentile_own
    if own is not None and own >= HIGH and facts.record_break > RAISED:
        return "escalation"
    return "revival" if facts.gap >= GAP else "precedented"


def _is_unprecedented(facts: Facts) -> bool:
    never = not facts.earlier and facts.past_years >= LONG_COVERED
    if never and (facts.rare or facts.reverse_years >= REVERSED):
        return True
    return facts.record_break > DOUBLED and facts.rare and facts.past_years >= COVERED


Change = Literal["past", "now", "gap"]
"""Where the fact would have to lie: before the window, within it, or in the years without a flow."""


@dataclass(frozen=True, slots=True)
class Needed:
    """The smallest single fact that would change a verdict: where it would lie and how large it must be.

    A size of zero means any flow at all. `instead` is the verdict that would then stand.
    """

    where: Change
    size: float
    instead: Verdict | None


def needed(facts: Facts) -> Needed | None:
    """Give the smallest single fact that would change a verdict; null where no single fact would."""
    match verdict(facts):
        case "unprecedented":
            return _against_unprecedented(facts)
        case "new in kind":
            return Needed("past", 0.0, None) if not facts.earlier else None
        case "escalation":
            # A past window of this size brings the record break down to ln 1.25.
            return Needed("past", math.sinh(math.asinh(facts.level) - RAISED), None)
        case "revival":
            return Needed("gap", 0.0, None)
        case "none" | "precedented":
            return _for_unprecedented(facts)
        case "not covered":
            return None


def _against_unprecedented(facts: Facts) -> Needed:
    """Size a flow before the window that takes "never" away, and makes the record break usual."""
    rare = facts.threshold is not None and facts.past_years >= COVERED
    still = max(DOUBLED, facts.threshold or 0.0)
    if not rare or facts.record_break <= still:
        return Needed("past", 0.0, None)
    return Needed("past", max(math.sinh(math.asinh(facts.level) - still), 0.0), None)


def _for_unprecedented(facts: Facts) -> Needed | None:
    """Size a flow within the window that would break the record as rarely as is asked."""
    if not facts.earlier and facts.past_years >= LONG_COVERED and facts.reverse_years >= REVERSED:
        return Needed("now", 0.0, "unprecedented")
    if facts.threshold is None or facts.past_years < COVERED:
        return Needed("now", 0.0, "new in kind") if not facts.earlier else None
    still = max(DOUBLED, facts.threshold)
    return Needed("now", math.sinh(math.asinh(facts.past_maximum) + still), "unprecedented")
