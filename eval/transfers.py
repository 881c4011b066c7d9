"""Measure the transfer register on annotated texts.

    python eval/transfers.py --scorer ../shared/eval/score_transfers.py                # our own, look half
    python eval/transfers.py --scorer ../shared/eval/score_transfers.py --half held    # figures alone
    python eval/transfers.py --scorer … --gold ../shared/data/transfers/dev.jsonl      # by another hand

Each text is read as an article by itself, published on its day, and its transfers are handed to the scorer,
which says how rows are matched. Our own texts (`eval/transfers.jsonl`, told of in `eval/transfers.md`) have
two halves by two hands: the one that we look at, and one whose errors are never listed. The intervals are
bootstrap over texts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

import msgspec
import scoring
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import track
from rich.table import Table

from onrecord import extract
from onrecord.article import Article, Published

ANNOTATED = Path(__file__).with_name("transfers.jsonl")

Unit = Mapping[str, Any]
"""One text: `id`, `published`, `text`, `transfers`, and in our own file `half`."""

Half = Literal["look", "held", "all"]


def digest(path: Path) -> str:
    """Give the SHA-256 of the annotated texts."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_gold(path: Path, half: Half = "all") -> list[Unit]:
    """Read annotated texts; a file without halves is one half."""
    units = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [unit for unit in units if half in ("all", unit.get("half", half))]


def read(unit: Unit) -> list[Any]:
    """Give the transfers of one text as the JSON of a record has them."""
    day = dt.date.fromisoformat(unit["published"])
    article = Article(
        id=unit["id"],
        sha256="",
        text=unit["text"],
        retrieved=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        published=Published(day, day, "given"),
    )
    rows: list[Any] = msgspec.to_builtins(extract(article).transfers)
    return rows


def predict(units: Sequence[Unit], *, quiet: bool = True) -> dict[str, list[Any]]:
    """Give the transfers of each text by its id."""
    return {unit["id"]: read(unit) for unit in track(units, "reading", disable=quiet, transient=True)}


def count(scorer: ModuleType, unit: Unit, predicted: Sequence[Any]) -> Counter[str]:
    """Count rows, matches and right fields of one text."""
    gold = [scorer.flat(row) for row in unit["transfers"]]
    told = [scorer.flat(row) for row in predicted]
    chosen = scorer.match(gold, told)
    counts = Counter(gold=len(gold), told=len(told), matched=len(chosen), empty=not gold)
    counts["alarms"] += not gold and bool(told)
    for i, j in chosen:
        one, other = gold[i], told[j]
        for field in scorer.FIELDS:
            if field == "designation" and not one[field]:
                continue
            counts[f"{field} in all"] += 1
            counts[field] += scorer.same(field, one, other)
        counts["bounds"] += one["low"] == other["low"] and one["high"] == other["high"]
        sides = (one["supplier"], one["recipient"])
        counts["swapped"] += bool(one["supplier"]) and sides == (other["recipient"], other["supplier"])
    return counts


def figures(counts: Counter[str]) -> dict[str, float]:
    """Give the figures that have bounds, from the counts of all texts."""
    precision, recall = _share(counts, "matched", "told"), _share(counts, "matched", "gold")
    total = precision + recall
    fields = ("supplier", "recipient", "stage", "status", "kind", "designation")
    return {
        "rows, precision": precision,
        "rows, recall": recall,
        "rows, F1": 2 * precision * recall / total if total else 0.0,
        **{name: _share(counts, name, f"{name} in all") for name in fields},
        "quantity bounds": _share(counts, "bounds", "matched"),
        "direction swapped": _share(counts, "swapped", "matched"),
        "given a row": _share(counts, "alarms", "empty"),
    }


def _share(counts: Counter[str], part: str, whole: str) -> float:
    return counts[part] / counts[whole] if counts[whole] else 0.0


def measure(
    scorer: ModuleType, units: Sequence[Unit], predicted: Mapping[str, Sequence[Any]]
) -> dict[str, float]:
    """Give the figures of some texts."""
    return figures(sum((count(scorer, u, predicted[u["id"]]) for u in units), Counter()))


def intervals(
    scorer: ModuleType, units: Sequence[Unit], predicted: Mapping[str, Sequence[Any]], draws: int = 1000
) -> dict[str, tuple[float, float]]:
    """Give the 95 % interval of each figure, drawing texts with replacement."""
    counted = [count(scorer, unit, predicted[unit["id"]]) for unit in units]
    rng, drawn = random.Random(1), []
    for _ in range(draws):
        together: Counter[str] = Counter()
        for counts in rng.choices(counted, k=len(counted)):
            together.update(counts)
        drawn.append(figures(together))
    ends = int(draws * 0.025), int(draws * 0.975) - 1
    ranked = {name: sorted(one[name] for one in drawn) for name in drawn[0]}
    return {name: (values[ends[0]], values[ends[1]]) for name, values in ranked.items()}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gold", type=Path, default=ANNOTATED, help="annotated texts (default: our own)")
    parser.add_argument("--scorer", type=Path, required=True, help="score_transfers.py")
    parser.add_argument("--half", choices=["look", "held", "all"], default="look", help="of our own texts")
    parser.add_argument("--errors", action="store_true", help="list every text that is not read as annotated")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args()
    if args.errors and args.gold == ANNOTATED and args.half != "look":
        parser.error("the errors of the held half are not listed")
    scorer, units = scoring.module(args.scorer), read_gold(args.gold, args.half)
    predicted = predict(units, quiet=args.json)
    told, spread = measure(scorer, units, predicted), intervals(scorer, units, predicted)
    if args.json:
        print(json.dumps({n: [round(v, 3), *(round(x, 3) for x in spread[n])] for n, v in told.items()}))
        return 0
    console, table = Console(), Table("", "measured", "95 % interval", box=SIMPLE)
    for name, value in told.items():
        table.add_row(name, f"{value:.3f}", "{:.3f} to {:.3f}".format(*spread[name]))
    console.print(f"{len(units)} texts", table)
    if args.errors:
        _list_errors(scorer, units, predicted, console)
    return 0


def _list_errors(
    scorer: ModuleType, units: Sequence[Unit], predicted: Mapping[str, Sequence[Any]], console: Console
) -> None:
    fields = scorer.FIELDS
    for unit in units:
        gold = [scorer.flat(row) for row in unit["transfers"]]
        told = [scorer.flat(row) for row in predicted[unit["id"]]]
        chosen = scorer.match(gold, told)
        lines = [
            f"    missed  {_brief(g, fields)}" for i, g in enumerate(gold) if i not in {a for a, _ in chosen}
        ]
        lines += [
            f"    made up {_brief(p, fields)}" for j, p in enumerate(told) if j not in {b for _, b in chosen}
        ]
        for i, j in chosen:
            wrong = [
                f
                for f in fields
                if not scorer.same(f, gold[i], told[j]) and (f != "designation" or gold[i][f])
            ]
            if wrong:
                parts = ", ".join(f"{f}: {told[j][f]} for {gold[i][f]}" for f in wrong)
                lines.append(f"    {'/'.join(sorted(gold[i]['words']))}  {parts}")
        if lines:
            console.print(f"{unit['id']} {unit['text']}", *lines, sep="\n", markup=False, highlight=False)


def _brief(row: Mapping[str, Any], fields: Sequence[str]) -> str:
    return " ".join([*sorted(row["words"]), "|", *(f"{f}={row[f]}" for f in fields if row[f] is not None)])


if __name__ == "__main__":
    sys.exit(main())
