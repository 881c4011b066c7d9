"""Hold the figures to what has been reached: floors rise and never fall, ceilings the reverse.

    python eval/gate.py ../shared/data/polnear/dev --scorer ../shared/eval/score_attribution.py

The split is read once, and everything is measured on that reading: attributions and exact spans, calibration,
and speakers; events and what they are made from are measured on data of their own that lie beside it
(`deeds`). The bounds stand in `eval/floors.json`, by group of figures, each with the digest of the data
that they were measured on. The exit code is 0 where every figure keeps to its bound, 1 where one does not,
and 2 where the bounds are missing or were measured on other data. `--raise` tightens the bounds to what was
measured, if all of them are kept.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import attribution
import calibration
import deeds
import scoring
import speakers
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.002
"""What a figure may miss its bound by: another processor rounds the sums of the models differently."""

FALLING = frozenset(
    {
        "calibration error",
        "calibration error, equal mass",
        "Brier score",
        "talk taken for deed",
        "given an event",
        "given a row",
        "direction swapped",
    }
)
"""Figures that are better when lower: they have ceilings."""

ENOUGH = {"right at .9 or more": 0.9}
"""Where more is no better: what says .9 is right nine times in ten, and more would only be modesty."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures by name, and the digest of the data that they were measured on."""

    data: str
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What figures by name may not fall under or rise above, and the digest of the data."""

    data: str
    floors: Mapping[str, float] = field(default_factory=dict)
    ceilings: Mapping[str, float] = field(default_factory=dict)


Kept = Mapping[str, Bounds]
"""Bounds by group of figures."""


def missed(measured: Measured, bounds: Bounds) -> tuple[str, ...]:
    """Name the figures that do not keep to their bounds; one that was not measured does not."""
    low = (n for n, v in bounds.floors.items() if not measured.figures.get(n, -math.inf) >= v - SLACK)
    high = (n for n, v in bounds.ceilings.items() if not measured.figures.get(n, math.inf) <= v + SLACK)
    return (*low, *high)


def tightened(measured: Measured, bounds: Bounds) -> Bounds:
    """Give the bounds that the figures allow, to three digits; none is looser than it was."""
    floors, ceilings = dict(bounds.floors), dict(bounds.ceilings)
    for name, value in measured.figures.items():
        if name in FALLING:
            ceilings[name] = min(math.ceil(value * 1000) / 1000, ceilings.get(name, math.inf))
        else:
            reached = min(math.floor(value * 1000) / 1000, ENOUGH.get(name, math.inf))
            floors[name] = max(reached, floors.get(name, -math.inf))
    return Bounds(bounds.data, floors, ceilings)


def read_bounds(path: Path) -> Kept:
    """Read the bounds; a file that is not there has none.

    Raises:
        ValueError: where the file is not of that form.
    """
    if not path.exists():
        return {}
    try:
        return {name: Bounds(**group) for name, group in json.loads(path.read_text(encoding="utf-8")).items()}
    except (TypeError, AttributeError) as error:
        raise ValueError(f"{path} holds no groups of data, floors and ceilings: {error}") from error


def write_bounds(path: Path, kept: Kept) -> None:
    """Write the bounds as JSON, groups and figures in the order in which they are given."""
    groups = {
        name: {"data": b.data, "floors": dict(b.floors), "ceilings": dict(b.ceilings)}
        for name, b in kept.items()
    }
    path.write_text(json.dumps(groups, indent=2) + "\n", encoding="utf-8")


def show(measured: Mapping[str, Measured], kept: Kept, console: Console) -> None:
    """Print every figure with its bound."""
    table = Table("", "figure", "measured", "bound", "", box=SIMPLE)
    for group, one in measured.items():
        bounds = kept.get(group, Bounds(one.data))
        bad = missed(one, bounds)
        for name in (*one.figures, *(n for n in bad if n not in one.figures)):
            value = f"{one.figures[name]:.3f}" if name in one.figures else "not measured"
            bound = (
                f"≥ {bounds.floors[name]:.3f}"
                if name in bounds.floors
                else f"≤ {bounds.ceilings[name]:.3f}"
                if name in bounds.ceilings
                else "none yet"
            )
            table.add_row(group, name, value, bound, "MISSED" if name in bad else "")
    console.print(table)


def gate(measured: Mapping[str, Measured], path: Path, *, lift: bool, console: Console) -> int:
    """Compare figures with the bounds in a file, tighten these if asked to, and give the exit code."""
    kept = read_bounds(path)
    if incomparable({g: one.data for g, one in measured.items()}, kept, path, lift=lift, console=console):
        return 2
    show(measured, kept, console)
    unmeasured = [g for g in kept if g not in measured]
    for group in unmeasured:
        console.print(f"Nothing was measured of {group}, which has bounds. MISSED")
    if unmeasured or any(missed(one, kept[g]) for g, one in measured.items() if g in kept):
        return 1
    if lift:
        write_bounds(path, {g: tightened(one, kept.get(g, Bounds(one.data))) for g, one in measured.items()})
    return 0


def incomparable(digests: Mapping[str, str], kept: Kept, path: Path, *, lift: bool, console: Console) -> bool:
    """Say whether there are no bounds to compare with, or bounds measured on other data, and print which."""
    if not kept and not lift:
        console.print(f"There are no bounds in {path}: --raise writes them.")
        return True
    other = [g for g, data in digests.items() if g in kept and kept[g].data != data]
    for group in other:
        console.print(
            f"The bounds on {group} were measured on other data: {kept[group].data[:12]}…, "
            f"and this is {digests[group][:12]}…"
        )
    return bool(other)


def digests_of(split: Path) -> dict[str, str]:
    """Give the digest of the data of each group of figures that the split has the texts for."""
    data = attribution.digest(split)
    result = {"attribution": data, "calibration": data}
    texts = {split / "text" / f"{line.doc}.txt" for line in speakers.read_annotation()}
    if all(path.exists() for path in texts):  # the annotation holds the digests of its texts
        result["speakers"] = hashlib.sha256(speakers.ANNOTATED.read_bytes()).hexdigest()
    return result


def measure(split: Path, scorer: scoring.Scorer, digests: Mapping[str, str]) -> dict[str, Measured]:
    """Read a split once and measure everything on that reading; speakers are read with given spans, too."""
    annotated, predicted = scoring.gold(scorer, split), attribution.predict(split)
    figures: dict[str, Callable[[], dict[str, float]]] = {
        "attribution": lambda: attribution.measure(scorer, annotated, predicted),
        "calibration": lambda: calibration.measure(calibration.judge(scorer, annotated, predicted)),
        "speakers": lambda: speakers.measure(split),
    }
    return {group: Measured(data, figures[group]()) for group, data in digests.items()}


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="a split of PolNeAR: the folder with text/ and attributions/")
    parser.add_argument("--scorer", type=Path, required=True, help="score_attribution.py")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the file of bounds")
    parser.add_argument(
        "--raise", dest="lift", action="store_true", help="tighten the bounds, if all are kept"
    )
    args = parser.parse_args(arguments)
    more = deeds.groups(args.gold.resolve(), args.scorer)
    console, digests = Console(), digests_of(args.gold)
    all_digests = digests | {group: digest for group, (digest, _) in more.items()}
    if incomparable(all_digests, read_bounds(args.floors), args.floors, lift=args.lift, console=console):
        return 2  # before anything is read
    measured = measure(args.gold, scoring.load(args.scorer), digests)
    measured |= {group: Measured(digest, figures()) for group, (digest, figures) in more.items()}
    return gate(measured, args.floors, lift=args.lift, console=console)


if __name__ == "__main__":
    sys.exit(main())
