"""Sentences about verdicts: what each says, on what, and what would change it.

`back` is the first and last date of what went the other way.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.actors.gazetteer import state_name
from onrecord.history.observation import Dimension
from onrecord.precedent.assessment import DimensionVerdict, Occurrence
from onrecord.precedent.ladder import GAP, REVERSED, Needed

FAMILIES: dict[Dimension, str] = {
    "arms delivered": "arms",
    "arms ordered": "arms",
    "production": "production",
    "training": "training",
    "basing": "basing",
    "agreements": "agreements",
    "exercises": "exercises",
    "intelligence": "intelligence",
    "alliance": "alliance",
    "votes": "votes",
}
"""Dimensions that are two sides of one thing count once: what is ordered is delivered."""

DEEDS: dict[Dimension, str] = {
    "arms delivered": "a delivery of arms from {0} to {1}",
    "arms ordered": "an order of arms from {0} by {1}",
    "production": "production in {1} under licence from {0}",
    "training": "training of {1} by {0}",
    "basing": "forces of {0} based in {1}",
    "agreements": "an agreement",
    "exercises": "a joint exercise",
    "intelligence": "a sharing of intelligence",
    "alliance": "an alliance",
    "votes": "a vote together",
}


def name(code: str) -> str:
    """Give the name of a state, or its code where we have no name."""
    return state_name(code) or code


def way(from_: str | None, to: str | None, a: str, b: str) -> str:
    """Say in which direction, or between whom."""
    if from_ is None or to is None:
        return f"between {name(a)} and {name(b)}"
    return f"from {name(from_)} to {name(to)}"


def family(row: DimensionVerdict) -> str:
    """Give the family that a verdict counts for.

    What a register has as made under licence rests on the same rows as what it has as delivered.
    """
    return "arms" if row.basis == "register" and row.dimension == "production" else FAMILIES[row.dimension]


def deed(row: DimensionVerdict) -> str:
    """Name one deed of a dimension, with who does it to whom."""
    return DEEDS[row.dimension].format(name(row.from_ or ""), name(row.to or ""))


def respect(row: DimensionVerdict, a: str, b: str) -> str:
    """Name a dimension with its direction: arms delivered from Iran to Russia."""
    return f"{row.dimension} {way(row.from_, row.to, a, b)}"


def sized(value: float, unit: str) -> str:
    """Write a value with its unit: 3.6 million TIV."""
    if value == 1:
        return f"1 {unit.removesuffix('s')}"
    return f"{value:,.0f} {unit}" if value >= 10 or value == int(value) else f"{value:.2g} {unit}"


def years(row: DimensionVerdict) -> str:
    """Write the window: 2020-2022."""
    if row.window is None:
        return "the window"
    first, last = row.window[0].year, row.window[1].year
    return str(first) if first == last else f"{first}–{last}"


def says_register(row: DimensionVerdict) -> str:
    """Say in a sentence what a register shows."""
    unit = row.unit or ""
    since = row.covered[0] if row.covered else "?"
    level = sized(row.level, unit) if row.level else "deliveries of unknown or negligible size"
    most = sized(row.past_maximum or 0.0, unit)
    match row.verdict:
        case "none":
            past = (
                f"; the last before was {row.last_before}" if row.last_before else f" or ever since {since}"
            )
            return f"none in {years(row)}{past}"
        case "unprecedented" if row.first_ever:
            often = (row.reverse_years or 0) >= REVERSED
            back = f", after {row.reverse_years} years in which it went the other way" if often else ""
            return f"{level} in {years(row)}; nothing before in a register that starts in {since}{back}"
        case "unprecedented":
            return f"{level} in {years(row)}; the largest three years before had {most}"
        case "new in kind" if row.first_ever:
            first = f"{row.base_rate.first:.0%}" if row.base_rate else "many"
            return (
                f"{level} in {years(row)}, the first since {since}; weak evidence alone: {first} of all "
                "active windows of dyads are firsts"
            )
        case "new in kind":
            return f"{level} in {years(row)}, with classes of weapons not supplied before"
        case "escalation":
            return f"{level} in {years(row)}, above the {most} of the largest three years before"
        case "revival":
            return f"{level} in {years(row)}, after {row.gap} years without any"
        case "precedented":
            return f"{level} in {years(row)}; {most} in the largest three years before; first in {row.first}"
        case "not covered":
            return "not covered"


def change_in_register(row: DimensionVerdict, need: Needed | None) -> str | None:
    """Say which single dated fact would change a verdict by a register."""
    if need is None or row.window is None or row.covered is None:
        return None
    fact = deed(row)
    instead = f", for “{need.instead}”" if need.instead else ""
    start, end = row.window
    unit = row.unit or ""
    match need.where:
        case "past":
            size = f" of at least {_up(need.size, unit)}" if need.size > 0 else " of any size"
            return f"{fact} before {start.year}{size}{instead}"
        case "now":
            have = row.level or 0.0
            size = f", {_up(need.size, unit)} or more within them" if need.size > 0 else " of any size"
            and_more = f" ({sized(have, unit)} are on record)" if have and need.size > 0 else ""
            return f"{fact} in {start.year}–{end.year}{size}{and_more}{instead}"
        case "gap":
            now = next((y for y, v in row.points if y >= start.year and v > 0), end.year)
            return f"{fact} of any size in {now - GAP}–{start.year - 1}{instead}"


def _up(value: float, unit: str) -> str:
    """Write a least size so that what is written is enough: rounded up."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    step = 10**-digits
    return f"{(int(value / step) + 1) * step:,.{digits}f} {unit}"


def says_chronology(row: DimensionVerdict, back: tuple[str, str] | None) -> str:
    """Say in a sentence what a chronology shows; it never says "never"."""
    match row.verdict:
        case "unprecedented":
            other = f", after it went the other way from {back[0]} to {back[1]}" if back else ""
            return f"first on record in {row.first}{other}: a reversal of roles"
        case "new in kind":
            return f"first on record in {row.first}; by a chronology alone, which may lack what came before"
        case "revival":
            return f"on record again after {row.gap} years without; the last before was {row.last_before}"
        case "precedented" if row.present:
            return f"on record since {row.first}, the last before {years(row)} of {row.last_before}"
        case "precedented":
            return (
                f"on record since {row.first}, the last of {row.last_before}; nothing dated in {years(row)}"
            )
        case "none":
            return "none on record, either now or before"
        case "escalation":
            return "closer than before"
        case "not covered" if row.dimension == "votes" and row.present:
            return "single votes are on record, and no measure of how close two states vote"
        case "not covered" if row.precedents:
            ends = f" ends in {row.covered[1]}" if row.covered else " says nothing of the window"
            return f"{_source(row)}{ends}; before that it has {row.first} to {row.last_before}"
        case "not covered":
            return "not covered"


def says_votes(earlier: Sequence[Occurrence], present: Sequence[Occurrence], unit: str) -> str:
    """Say how far apart two states vote now, and how near they were at most."""
    now = [o for o in present if o.value is not None]
    before = [o for o in earlier if o.value is not None]
    says = f"{unit} {now[-1].value:.2f} in {now[-1].date}"
    if before:
        least = min(before, key=lambda o: o.value or 0.0)
        says += f"; the least before was {least.value:.2f} in {least.date}"
    return f"{says}; estimators differ up to threefold"


def _source(row: DimensionVerdict) -> str:
    return row.source or "the source"


def change_in_chronology(row: DimensionVerdict) -> str | None:
    """Say which single dated fact would change a verdict by a chronology."""
    if row.window is None:
        return None
    start = row.window[0]
    match row.verdict:
        case "unprecedented" | "new in kind":
            return f"{deed(row)} before {start.isoformat()}, with a source"
        case "revival":
            return f"{deed(row)} in the {GAP} years before, with a source"
        case "none":
            return f"{deed(row)} by {row.window[1].isoformat()}, with a source"
        case "not covered" | "escalation" | "precedented":
            return None


def contradiction(row: DimensionVerdict, earlier: Occurrence) -> str:
    """Say that what is a first in one series has a precedent in another."""
    return f"{row.says}; but {earlier.source} has an earlier one, of {earlier.date}: {earlier.what}"


def uncovered(dimension: Dimension, silent: Sequence[str]) -> str:
    """Say that nothing on the shelf speaks to a dimension now; `silent` are sources without a row on it."""
    if not silent:
        return f"no source on the shelf says anything of {dimension} here; that is not a zero"
    return f"no source covers {dimension} here now; nothing on these two in {' or in '.join(silent)}"
