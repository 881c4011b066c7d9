"""Measure whether the measure of precedent tells landmarks from routine, and beats the plain ratio at it.

    python eval/precedent.py REGISTER.csv
    python eval/precedent.py REGISTER.csv --cases ../shared/data/precedent/validation_dev.csv
    python eval/precedent.py REGISTER.csv --half look --errors --vintage OLDER.csv --json

REGISTER is SIPRI's trade register as its publisher offers it. The cases are `precedent_hard.csv` beside this
file unless told otherwise (`precedent_hard.md` says how it was made): two states, a date, and a label from 0
(routine) to 3 (landmark). A case that names a direction is scored in that direction, others by the larger of
both; the baselines too. Printed are the AUC of labels 2 and 3 against 0 and 1, Spearman's correlation with
the label, the baselines (first flow yes or no; flow over the dyad's own mean), and the paired difference to
each. Intervals are percentile bootstraps, 95 %, that draw dyads and not cases: controls belong to their
landmark. All cases of a dyad lie in one half, by a hash of the dyad, so that looking at one half teaches
nothing of the other.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.history import formats, states
from onrecord.precedent.assessment import VERDICTS, DimensionVerdict
from onrecord.precedent.clocks import Clocks
from onrecord.precedent.measure import Bench, Evidence, assess, prepare
from onrecord.precedent.panel import Panel, panel_of
from onrecord.precedent.weighing import leading, score

HARD = Path(__file__).with_name("precedent_hard.csv")
LANDMARK = 2
"""The least label that counts as one."""
LABELS = 4
DRAWS = 2000
SEEN = frozenset({"IND-RUS", "IDN-RUS", "PER-RUS"})
"""Dyads of which labels were seen before the halves were drawn: always in the half that is looked at."""
LEAST_MEAN = 0.01
"""Million TIV a year put for a past mean of zero, so that the ratio ranks first flows above all, by size."""

NAMES = ("measure", "ratio", "ratio, orders too", "first")
"""The measure and the baselines: the flow delivered over the dyad's own mean; that or the same of orders,
whichever is larger, for the measure sees orders too; and whether it was the first delivery.
"""

UNLISTED = (
    "The cases of the held half are not listed: whoever has read them may mend the measure for these very "
    "cases, and its figure would no longer tell how it fares on cases that nobody has seen."
)

Floats = NDArray[np.float64]
Half = Literal["look", "held"]


class Case(Struct, frozen=True):
    """One dyad-date to be judged: codes, direction where the label is about one, and the label."""

    id: str
    a: str
    b: str
    as_of: dt.date
    from_: str | None
    to: str | None
    label: int
    kind: str

    @property
    def dyad(self) -> str:
        """Name the dyad, whichever state is told first."""
        return "-".join(sorted((states.heir(self.a), states.heir(self.b))))

    @property
    def half(self) -> Half:
        """Give the half that the dyad lies in."""
        if self.dyad in SEEN:
            return "look"
        return "held" if hashlib.sha256(self.dyad.encode()).digest()[0] % 2 else "look"


class Judged(Struct, frozen=True):
    """A case with the score of the measure, both baselines, and the verdict."""

    case: Case
    score: float
    first: float
    ratio: float
    ratio_too: float
    verdict: str


class Figure(Struct, frozen=True):
    """A figure with its 95 % interval; null where there are too few cases of one kind."""

    value: float | None
    low: float | None
    high: float | None


class Report(Struct, frozen=True):
    """All figures on one set of cases."""

    half: str
    register: str
    cases: str
    counts: dict[str, int]
    dyads: int
    auc: dict[str, Figure]
    spearman: dict[str, Figure]
    gain_over: dict[str, Figure]
    verdicts: dict[str, tuple[int, ...]]
    stability: dict[str, float] | None
    listed: tuple[Judged, ...] | None


# --- reading


def read_cases(path: Path) -> list[Case]:
    """Read labelled cases: the easy set has names and a year, the hard one codes, a date and a direction.

    Raises:
        ValueError: where a state is not known.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        return [_case(row) for row in csv.DictReader(stream)]


def _case(row: Mapping[str, str]) -> Case:
    year = row.get("asof_year")
    as_of = dt.date(int(year), 12, 31) if year else dt.date.fromisoformat(row["as_of"])
    from_, to = row.get("from") or None, row.get("to") or None
    return Case(
        row["id"],
        _code(row["a"]),
        _code(row["b"]),
        as_of,
        _code(from_) if from_ and to else None,
        _code(to) if from_ and to else None,
        int(row["label"]),
        row.get("case") or row.get("event") or "",
    )


def _code(name: str) -> str:
    code = states.from_code(name) if len(name) == 3 else None
    found = code or states.from_name(name)
    if found is None:
        raise ValueError(f"no state: {name!r}")
    return found


def read_register(path: Path) -> Evidence:
    """Read a register from its publisher's file, as arrays: the rows behind them would only be told.

    Raises:
        UnreadableError: where the file is no register.
    """
    (group,) = formats.group([formats.part_of(path)], "sipri")
    read = formats.read(group, dt.datetime.now(tz=dt.UTC).date())
    # An importer's own ids of series are local to the file; those of the dataset name it too.
    panels = [
        Panel(series, panel.pairs, panel.start, panel.values)
        for series, local in zip(read.dataset.series, read.imported.series, strict=True)
        for panel in [panel_of(local, read.imported.observations)]
    ]
    return Evidence((read.dataset,), (), panels)


# --- judging


def judge(cases: Iterable[Case], evidence: Evidence) -> list[Judged]:
    """Score all cases, each as of its own date."""
    benches: dict[dt.date, Bench] = {}
    found = []
    for case in cases:
        if case.as_of not in benches:
            benches[case.as_of] = prepare(evidence, Clocks(case.as_of))
        found.append(_judge(case, benches[case.as_of]))
    return found


def _judge(case: Case, bench: Bench) -> Judged:
    answer = assess(bench, case.a, case.b)
    rows = [r for r in answer.dimensions if r.basis == "register" and _asked(r, case)]
    delivered = [r for r in rows if r.dimension == "arms delivered"]
    return Judged(
        case,
        score(rows) or 0.0,
        max((float(bool(r.first_ever)) for r in delivered), default=0.0),
        max(map(_ratio, delivered), default=0.0),
        max((_ratio(r) for r in rows if r.dimension != "production"), default=0.0),
        lead.verdict if (lead := leading(rows)) else "not covered",
    )


def _asked(row: DimensionVerdict, case: Case) -> bool:
    if case.from_ is None or case.to is None:
        return True
    return (row.from_, row.to) == (states.heir(case.from_), states.heir(case.to))


def _ratio(row: DimensionVerdict) -> float:
    """Give the flow a year over the mean year before; where there was none before, over a very small one."""
    if row.ratio_to_own_mean is not None:
        return row.ratio_to_own_mean
    return (row.level or 0.0) / 3 / LEAST_MEAN


# --- figures


def auc(scores: Floats, labels: Floats) -> float | None:
    """Give how often a landmark scores above another case, ties counting half."""
    high, low = scores[labels >= LANDMARK], scores[labels < LANDMARK]
    if not len(high) or not len(low):
        return None
    difference = high[:, None] - low[None, :]
    return float(np.mean((difference > 0) + 0.5 * (difference == 0)))


def ranks(values: Floats) -> Floats:
    """Give ranks, those of ties their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[inverse], dtype=np.float64)


def spearman(scores: Floats, labels: Floats) -> float | None:
    """Give Spearman's rank correlation."""
    if not len(scores):
        return None
    a, b = ranks(scores), ranks(labels)
    a, b = a - a.mean(), b - b.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 0 else None


@dataclass(frozen=True, slots=True)
class Table:
    """The judged cases as arrays, and the places of each dyad's cases."""

    scores: Mapping[str, Floats]
    labels: Floats
    groups: Sequence[NDArray[np.int64]]


def tabulate(judged: Sequence[Judged]) -> Table:
    """Lay out judged cases for drawing."""
    dyads: dict[str, list[int]] = {}
    for i, j in enumerate(judged):
        dyads.setdefault(j.case.dyad, []).append(i)
    return Table(
        {
            "measure": np.array([j.score for j in judged]),
            "ratio": np.array([j.ratio for j in judged]),
            "ratio, orders too": np.array([j.ratio_too for j in judged]),
            "first": np.array([j.first for j in judged]),
        },
        np.array([float(j.case.label) for j in judged]),
        [np.array(places) for _, places in sorted(dyads.items())],
    )


def figure(table: Table, of: Callable[[Callable[[str], Floats], Floats], float | None]) -> Figure:
    """Give a figure of the scores and labels with its interval over draws of dyads."""
    value = of(lambda name: table.scores[name], table.labels)
    draw = np.random.default_rng(6)
    found = []
    for _ in range(DRAWS if table.groups else 0):
        chosen = draw.integers(0, len(table.groups), len(table.groups))
        places = np.concatenate([table.groups[i] for i in chosen])
        drawn = of(lambda name, at=places: table.scores[name][at], table.labels[places])  # type: ignore[misc]
        if drawn is not None:
            found.append(drawn)
    if value is None or not found:
        return Figure(value, None, None)
    low, high = np.percentile(found, [2.5, 97.5])
    return Figure(value, float(low), float(high))


def _gain(over: str) -> Callable[[Callable[[str], Floats], Floats], float | None]:
    def of(scores: Callable[[str], Floats], labels: Floats) -> float | None:
        ours, theirs = auc(scores("measure"), labels), auc(scores(over), labels)
        return None if ours is None or theirs is None else ours - theirs

    return of


def stability(judged: Sequence[Judged], other: Sequence[Judged]) -> dict[str, float]:
    """Say how far two vintages of a register agree on the same cases."""
    a, b = np.array([j.score for j in judged]), np.array([j.score for j in other])
    same = [x.verdict == y.verdict for x, y in zip(judged, other, strict=True)]
    return {
        "cases": float(len(a)),
        "spearman": spearman(a, b) or 0.0,
        "median_shift_bits": float(np.median(np.abs(a - b))),
        "largest_shift_bits": float(np.max(np.abs(a - b))),
        "same_verdict": float(np.mean(same)),
    }


def verdicts(judged: Sequence[Judged]) -> dict[str, tuple[int, ...]]:
    """Count the cases of each label under each verdict on the direction asked about."""
    found: dict[str, list[int]] = {v: [0] * LABELS for v in VERDICTS}
    for j in judged:
        found[j.verdict][j.case.label] += 1
    return {v: tuple(counts) for v, counts in found.items() if any(counts)}


def report(  # noqa: PLR0913
    judged: Sequence[Judged],
    *,
    half: str,
    register: str,
    cases: str,
    other: Sequence[Judged] | None = None,
    errors: bool = False,
) -> Report:
    """Give all figures."""
    table = tabulate(judged)
    names = NAMES
    return Report(
        half=half,
        register=register,
        cases=cases,
        counts={str(n): sum(j.case.label == n for j in judged) for n in range(LABELS)},
        dyads=len(table.groups),
        auc={n: figure(table, lambda scores, labels, n=n: auc(scores(n), labels)) for n in names},  # type: ignore[misc]
        spearman={n: figure(table, lambda scores, labels, n=n: spearman(scores(n), labels)) for n in names},  # type: ignore[misc]
        gain_over={n: figure(table, _gain(n)) for n in NAMES[1:]},
        verdicts=verdicts(judged),
        stability=None if other is None else stability(judged, other),
        listed=tuple(sorted((j for j in judged if j.case.half == "look"), key=lambda j: -j.score))
        if errors
        else None,
    )


def show(result: Report) -> None:
    """Print the figures."""
    counts = ", ".join(f"{n} of label {label}" for label, n in result.counts.items())
    print(f"--- half {result.half}: {counts}; {result.dyads} dyads")
    for name in NAMES:
        print(f"AUC {name:18} {_line(result.auc[name])}   Spearman {_line(result.spearman[name])}")
    for name, gain in result.gain_over.items():
        print(f"gain over {name:18} {_line(gain)}")
    for name, labelled in result.verdicts.items():
        print(f"  {name:14} " + ", ".join(f"{n} of label {i}" for i, n in enumerate(labelled) if n))
    if result.stability is not None:
        print("vintages        " + ", ".join(f"{k} {v:.3g}" for k, v in result.stability.items()))
    for j in result.listed or ():
        c = j.case
        way = f"{c.from_}→{c.to}" if c.from_ else f"{c.a}-{c.b}"
        print(
            f"{c.label}  {j.score:5.2f} bits  ratio {j.ratio:9.1f}  first {j.first:.0f}  {way} {c.as_of} "
            f"{c.kind[:40]} [{j.verdict[:40]}]"
        )


def _line(value: Figure) -> str:
    if value.value is None:
        return "–"
    if value.low is None:
        return f"{value.value:.3f}"
    return f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]"


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("register", type=Path)
    parser.add_argument("--cases", type=Path, default=HARD)
    parser.add_argument("--half", choices=("look", "held", "all"), default="all")
    parser.add_argument("--vintage", type=Path, help="another vintage of the register, for stability")
    parser.add_argument("--errors", action="store_true", help="list the cases, of the half look only")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args(arguments)
    cases = [c for c in read_cases(args.cases) if args.half in (c.half, "all")]
    judged = judge(cases, read_register(args.register))
    other = judge(cases, read_register(args.vintage)) if args.vintage else None
    result = report(
        judged,
        half=args.half,
        register=hashlib.sha256(args.register.read_bytes()).hexdigest(),
        cases=hashlib.sha256(args.cases.read_bytes()).hexdigest(),
        other=other,
        errors=args.errors,
    )
    if args.json:
        print(msgspec.json.encode(result).decode())
    else:
        show(result)
    if args.errors and args.half != "look":
        print(UNLISTED, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
