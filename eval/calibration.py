"""Measure whether the confidence of attributions is a probability: of those at 0.9, nine in ten are right.

    python eval/calibration.py ../shared/data/polnear/dev --scorer ../shared/eval/score_attribution.py

`--diagram docs/figures/reliability.svg` draws it. Right is what the scorer counts as right end to end:
the annotated content (Dice of at least .5) with the annotated source. The bounds on these figures are held by
`eval/gate.py`.
"""

from __future__ import annotations

import argparse
import bisect
import math
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import attribution
import scoring
from reliability import Point, draw
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from scoring import Scorer, Spans

from onrecord.record import Attribution

BINS = 10
SURE = 0.9
KINDS = ("direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class Judged:
    """A record: how sure it says it is, whether it is right, and its kind of attribution."""

    confidence: float
    right: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Bin:
    """Records of like confidence, from `start` to `end`: how many, how many right, their mean confidence."""

    start: float
    end: float
    count: int
    right: int
    confidence: float

    @property
    def share(self) -> float:
        """Give the share that is right."""
        return self.right / self.count


def judge(
    scorer: Scorer,
    annotated: Mapping[str, tuple[str, list[Spans]]],
    predicted: Mapping[str, Sequence[Attribution]],
) -> tuple[Judged, ...]:
    """Judge every predicted attribution of the annotated documents."""
    return tuple(
        Judged(a.confidence, good, a.kind)
        for name, (text, truth) in annotated.items()
        for a, good in zip(
            predicted.get(name, ()),
            scoring.right(scorer, text, truth, predicted.get(name, ())),
            strict=True,
        )
    )


def _bin(judged: Sequence[Judged], start: float, end: float) -> Bin:
    mean = math.fsum(j.confidence for j in judged) / len(judged)
    return Bin(start, end, len(judged), sum(j.right for j in judged), mean)


def equal_width(judged: Sequence[Judged], bins: int = BINS) -> tuple[Bin, ...]:
    """Give the bins of the same width over [0, 1] that hold any records, the last closed at 1.

    Guo et al. 2017 close their bins on the right; ours are closed on the left, so that "0.9 or more" is the
    last of ten bins.
    """
    edges = [i / bins for i in range(1, bins)]
    groups: list[list[Judged]] = [[] for _ in range(bins)]
    for one in judged:
        groups[bisect.bisect_right(edges, one.confidence)].append(one)
    return tuple(_bin(group, i / bins, (i + 1) / bins) for i, group in enumerate(groups) if group)


def equal_mass(judged: Sequence[Judged], bins: int = BINS) -> tuple[Bin, ...]:
    """Give bins with as nearly the same number of records as records of the same confidence allow.

    Those are never parted: which of them would fall on which side would be chance. Bins of the same mass are
    the less biased estimate of the calibration error (Roelofs, Cain, Shlens and Mozer, Mitigating Bias in
    Calibration Error Estimation, 2022).
    """
    ranked = sorted(judged, key=lambda j: j.confidence)
    groups: list[list[Judged]] = [[]]
    for i, one in enumerate(ranked):
        full = i >= len(groups) * len(ranked) / bins
        if full and groups[-1] and groups[-1][-1].confidence != one.confidence:
            groups.append([])
        groups[-1].append(one)
    return tuple(_bin(group, group[0].confidence, group[-1].confidence) for group in groups if group)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Give the expected calibration error: the mean over records of |share right - confidence| of their bin.

    ECE = sum over bins B of |B|/n · |acc(B) - conf(B)| (Naeini, Cooper and Hauskrecht, Obtaining Well
    Calibrated Probabilities Using Bayesian Binning, 2015; Guo, Pleiss, Sun and Weinberger, On Calibration of
    Modern Neural Networks, 2017, equation 3). No records have no error.
    """
    total = sum(b.count for b in bins)
    return math.fsum(b.count * abs(b.share - b.confidence) for b in bins) / total if total else 0.0


def brier(judged: Sequence[Judged]) -> float:
    """Give the mean of (confidence - right)², 0 to 1, lower is better (Brier 1950). None have no error."""
    squares = [(j.confidence - j.right) ** 2 for j in judged]
    return math.fsum(squares) / len(squares) if squares else 0.0


def wilson(right: int, count: int, z: float = 1.959964) -> tuple[float, float]:
    """Give the score interval of a share (Wilson 1927), by default at 95 %. Of nothing it is [0, 1]."""
    if not count:
        return 0.0, 1.0
    share = right / count
    centre = share + z * z / (2 * count)
    reach = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    low, high = (centre - reach) / scale, (centre + reach) / scale
    # Rounding may put a bound a hair inside the share: of 0 of 69 the lower one is 0.
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def error_by_chance(judged: Sequence[Judged], drawings: int = 200, seed: int = 1) -> float:
    """Give the mean calibration error (bins of equal mass) if every confidence were exactly the probability.

    A finite sample never shows an error of 0; what is at or under this value is no evidence of any
    (consistency resampling, Bröcker and Smith, Increasing the Reliability of Reliability Diagrams, 2007).
    """
    chance = random.Random(seed)
    errors = [
        calibration_error(
            equal_mass([Judged(j.confidence, chance.random() < j.confidence, j.kind) for j in judged])
        )
        for _ in range(drawings)
    ]
    return math.fsum(errors) / drawings


def sure(judged: Sequence[Judged]) -> tuple[int, int]:
    """Give how many records are sure (`SURE` or more), and how many of them are right."""
    ones = [j for j in judged if j.confidence >= SURE]
    return len(ones), sum(j.right for j in ones)


def measure(judged: Sequence[Judged]) -> dict[str, float]:
    """Give the figures of calibration; errors are better when lower, shares when higher."""
    count, right = sure(judged)
    return {
        "calibration error": calibration_error(equal_width(judged)),
        "calibration error, equal mass": calibration_error(equal_mass(judged)),
        "Brier score": brier(judged),
        "share at .9 or more": count / len(judged) if judged else 0.0,
        "right at .9 or more": right / count if count else 0.0,
    }


def show(judged: Sequence[Judged], console: Console) -> None:
    """Print the figures, for all records and by kind, and the bins."""
    heads = ("", "records", "right", "ECE", "(mass)", "Brier", "≥ .9", "of which right")
    table = Table(
        *heads, box=SIMPLE, title="Expected calibration error (ECE) in bins of equal width (of mass)"
    )
    for name in ("all", *KINDS):
        own = [j for j in judged if name in ("all", j.kind)]
        if not own:
            continue
        figures, (count, right) = measure(own), sure(own)
        low, high = wilson(right, count)
        table.add_row(
            name,
            f"{len(own):,}",
            f"{sum(j.right for j in own) / len(own):.3f}",
            f"{figures['calibration error']:.3f}",
            f"{figures['calibration error, equal mass']:.3f}",
            f"{figures['Brier score']:.3f}",
            f"{figures['share at .9 or more']:.3f}",
            f"{right / count:.1%} ({100 * low:.0f}–{100 * high:.0f})" if count else "none",
        )
    console.print(table)
    if judged:
        console.print(f"Perfect confidences would show an error of {error_by_chance(judged):.3f} by chance.")
    bins = Table("confidence", "records", "right", "95 %", box=SIMPLE, title="Bins of equal width")
    for b in equal_width(judged):
        low, high = wilson(b.right, b.count)
        bins.add_row(f"{b.confidence:.3f}", f"{b.count:,}", f"{b.share:.3f}", f"[{low:.3f}, {high:.3f}]")
    console.print(bins)


def diagram(judged: Sequence[Judged], data: str) -> str:
    """Draw the reliability diagram over bins of equal width, as SVG. `data` says what was measured on."""
    figures = measure(judged)
    count, right = sure(judged)
    low, high = wilson(right, count)
    summary = (
        f"{len(judged):,} records of {data}. Expected calibration error {figures['calibration error']:.3f} "
        f"in bins of equal width, {figures['calibration error, equal mass']:.3f} in bins of equal mass. "
        f"{figures['share at .9 or more']:.0%} of the records say .9 or more"
        + (f"; of these {right / count:.1%} are right (95 %: {low:.1%} to {high:.1%})." if count else ".")
    )
    points = [
        Point(b.start, b.end, b.count, b.confidence, b.share, *wilson(b.right, b.count))
        for b in equal_width(judged)
    ]
    return draw(points, "Reliability of the confidence of attributions", summary)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="a split of PolNeAR: the folder with text/ and attributions/")
    parser.add_argument("--scorer", type=Path, required=True, help="score_attribution.py")
    parser.add_argument("--diagram", type=Path, help="where to write the reliability diagram, as SVG")
    args = parser.parse_args()
    scorer = scoring.load(args.scorer)
    judged = judge(scorer, scoring.gold(scorer, args.gold), attribution.predict(args.gold))
    show(judged, Console())
    if args.diagram is not None:
        args.diagram.parent.mkdir(parents=True, exist_ok=True)
        args.diagram.write_text(diagram(judged, f"PolNeAR {args.gold.name}"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
