"""Measure attributions on a PolNeAR split, and hold the figures above their floors.

    python eval/attribution.py ../shared/data/polnear/dev --scorer ../shared/eval/score_attribution.py

Articles are read one by one, as `onrecord read` reads them; the scorer is a program of its own that
compares spans. `--gate` exits with 1 where a figure is under its floor in `eval/floors.json`, and
`--raise-floors` lifts the floors to what was measured: they may rise and never fall. The floors hold for the
data whose digest they name.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord import language
from onrecord.actors import Cast, find_actors
from onrecord.article import Article, Mention
from onrecord.attributions import find_attributions
from onrecord.record import Attribution

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.002
"""What a figure may fall short of its floor: another processor rounds the parser's sums differently."""


def digest(folder: Path) -> str:
    """Give the SHA-256 over the annotations and texts of a split."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def predict(folder: Path) -> Iterator[tuple[str, int, tuple[Attribution, ...]]]:
    """Give name, number of words and attributions of each article of a split."""
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        article = Article(
            id=path.stem, sha256="", text=text, retrieved=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        )
        doc = language.annotate(text)
        cast = Cast(find_actors(article, doc))
        yield path.stem, len(text.split()), find_attributions(article, doc, cast)


def as_spans(attribution: Attribution) -> dict[str, list[list[int]]]:
    """Give an attribution as the scorer reads it."""
    return {
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(*attribution.content),
    }


def _spans(*mentions: Mention | None) -> list[list[int]]:
    return [list(m.span) for m in mentions if m is not None]


def score(gold: Path, predicted: Path, scorer: Path, *types: str) -> dict[str, Any]:
    """Run the scorer and give its figures; its table goes to standard output."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        kinds = ["--types", ",".join(types)] if types else []
        command = [
            sys.executable,
            str(scorer),
            "--gold",
            str(gold),
            "--pred",
            str(predicted),
            "--json",
            str(out),
        ]
        subprocess.run([*command, *kinds], check=True)
        figures: dict[str, Any] = json.loads(out.read_text())["figures"]
    return figures


def measure(gold: Path, scorer: Path) -> dict[str, float]:
    """Predict a split, score it, and give the figures that have floors."""
    language.load()
    words, start = 0, time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        with predicted.open("w", encoding="utf-8") as out:
            for name, count, attributions in predict(gold):
                words += count
                out.write(
                    json.dumps({"doc": name, "attributions": [as_spans(a) for a in attributions]}) + "\n"
                )
        spent = time.process_time() - start
        print("--- all attributions", flush=True)
        everything = score(gold, predicted, scorer)
        print("--- direct and mixed", flush=True)
        quoted = score(gold, predicted, scorer, "direct", "mixed")
    print(f"--- {words / spent:,.0f} words per CPU-second after load, with actors, one article at a time")
    return {
        "end to end F1": everything["END-TO-END D>=th + source"][2],
        "end to end F1, direct and mixed": quoted["END-TO-END D>=th + source"][2],
        "content soft F1": everything["content soft"][2],
        "source given content": everything["given match"]["src_ok"],
    }


def gate(figures: dict[str, float], data: str, *, lift: bool) -> int:
    """Compare figures with their floors; give the exit code."""
    kept = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    if kept and kept["data"] != data:
        print(
            f"the floors were measured on other data ({kept['data'][:12]}…, this is {data[:12]}…)",
            file=sys.stderr,
        )
        return 2
    floors: dict[str, float] = kept.get("floors", {})
    low = {k: v for k, v in figures.items() if v < floors.get(k, 0) - SLACK}
    for name, value in figures.items():
        print(f"{name:34} {value:.3f}   floor {floors.get(name, 0):.3f}{'   TOO LOW' if name in low else ''}")
    if lift and not low:
        lifted = {k: max(round(v, 3), floors.get(k, 0)) for k, v in figures.items()}
        FLOORS.write_text(json.dumps({"data": data, "floors": lifted}, indent=2) + "\n")
    return 1 if low else 0


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="a split of PolNeAR: the folder with text/ and attributions/")
    parser.add_argument("--scorer", type=Path, required=True, help="score_attribution.py")
    parser.add_argument("--gate", action="store_true", help="exit with 1 where a figure is under its floor")
    parser.add_argument("--raise-floors", action="store_true", help="lift the floors to what was measured")
    args = parser.parse_args()
    figures = measure(args.gold, args.scorer)
    code = gate(figures, digest(args.gold), lift=args.raise_floors)
    return code if args.gate or args.raise_floors else 0


if __name__ == "__main__":
    sys.exit(main())
