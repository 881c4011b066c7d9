"""Measure events from bare sentences on the PLOVER gold records.

    python eval/events.py ../shared/data/events/gsr_dev.jsonl --scorer ../shared/eval/score_events.py --errors

Each sentence is read as an article by itself, by the whole pipeline, and its events are handed to the scorer:
type, and the states and sectors on both sides. Thirty sentences are few: the intervals (bootstrap over
sentences) say how few.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import scoring
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from onrecord import extract
from onrecord.article import Article
from onrecord.record import Event, Party

FIGURES = {
    "type, macro-F1": ("type_macro_f1", None),
    "type, micro-F1": ("type_micro", "f1"),
    "quad, micro-F1": ("quad_micro", "f1"),
    "source country F1": ("source_country", "f1"),
    "recipient country F1": ("target_country", "f1"),
    "type + source + recipient F1": ("triple_type_src_tgt", "f1"),
    "quad + source + recipient F1": ("triple_quad_src_tgt", "f1"),
}
"""What is reported, and where the scorer has it."""


def digest(path: Path) -> str:
    """Give the SHA-256 of the gold records."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read(text: str) -> tuple[Event, ...]:
    """Read the events of one sentence, as an article of unknown date."""
    article = Article(id="s", sha256="", text=text, retrieved=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    return extract(article).events


def coded(event: Event) -> dict[str, Any]:
    """Give an event as the scorer takes it: country and sector in one code."""
    return {
        "event": event.event,
        "source": [_code(p) for p in event.source],
        "target": [_code(p) for p in event.recipient] or None,
    }


def _code(party: Party) -> str:
    return f"{party.country or ''}{party.sector or ''}" or party.name


def predict(units: Sequence[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Give the coded events of each sentence by its id; what only tells a deed once more is left out."""
    return {unit["ids"][0]: [coded(e) for e in read(unit["text"]) if e.repeats is None] for unit in units}


def measure(
    scorer: ModuleType, units: Sequence[Any], predicted: Mapping[str, list[dict[str, Any]]]
) -> dict[str, float]:
    """Give the figures that have floors."""
    scored = scorer.score(units, predicted)
    return {name: _value(scored, *where) for name, where in FIGURES.items()}


def _value(scored: Mapping[str, Any], key: str, part: str | None) -> float:
    return float(scored[key] if part is None else scored[key][part])


def intervals(
    scorer: ModuleType, units: Sequence[Any], predicted: Mapping[str, Any], draws: int = 1000
) -> dict[str, tuple[float, float]]:
    """Give the 95 % interval of each figure, drawing sentences with replacement."""
    rng = random.Random(1)
    drawn: dict[str, list[float]] = {name: [] for name in FIGURES}
    for _ in range(draws):
        for name, value in measure(scorer, rng.choices(units, k=len(units)), predicted).items():
            drawn[name].append(value)
    return {
        name: (sorted(values)[int(draws * 0.025)], sorted(values)[int(draws * 0.975) - 1])
        for name, values in drawn.items()
    }


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="gsr_dev.jsonl")
    parser.add_argument("--scorer", type=Path, required=True, help="score_events.py")
    parser.add_argument(
        "--errors", action="store_true", help="list every sentence that is not coded as in gold"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args()
    scorer = scoring.module(args.scorer)
    units = scorer.load_gold(args.gold)
    predicted = predict(units)
    figures, spread = measure(scorer, units, predicted), intervals(scorer, units, predicted)
    if args.json:
        print(json.dumps({n: [round(v, 3), *(round(x, 3) for x in spread[n])] for n, v in figures.items()}))
        return 0
    console, table = Console(), Table("", "measured", "95 % interval", box=SIMPLE)
    for name, value in figures.items():
        table.add_row(name, f"{value:.3f}", "{:.3f} to {:.3f}".format(*spread[name]))
    console.print(f"{len(units)} sentences", table)
    if args.errors:
        _list_errors(scorer, units, predicted, console)
    return 0


def _list_errors(
    scorer: ModuleType, units: Sequence[Any], predicted: Mapping[str, Any], console: Console
) -> None:
    for unit in units:
        told = predicted[unit["ids"][0]]
        if set(scorer.norm_events(unit["events"])) == set(scorer.norm_events(told)):
            continue
        console.print(unit["text"], markup=False, highlight=False)
        for name, events in (("gold", unit["events"]), ("coded", told)):
            for event in events:
                line = f"    {name:6}{event['event']} {event['source']} → {event['target']}"
                console.print(line, markup=False, highlight=False)


if __name__ == "__main__":
    sys.exit(main())
