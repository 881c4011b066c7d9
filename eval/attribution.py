"""Measure attributions on a PolNeAR split.

    python eval/attribution.py ../shared/data/polnear/dev --scorer ../shared/eval/score_attribution.py

Articles are read one by one, as `onrecord read` reads them; the scorer compares spans. The floors that these
figures may not fall under are held by `eval/gate.py`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import scoring
from scoring import Scorer, Spans

from onrecord import language
from onrecord.actors import Cast, find_actors
from onrecord.article import Article
from onrecord.attributions import find_attributions
from onrecord.record import Attribution

EXACT = ("source", "cue", "content")


def digest(folder: Path) -> str:
    """Give the SHA-256 over the annotations and texts of a split."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def as_article(path: Path) -> Article:
    """Give a text file as an article: its words as they stand, nothing of it furniture."""
    text = path.read_bytes().decode("utf-8")
    return Article(id=path.stem, sha256="", text=text, retrieved=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def read(article: Article) -> tuple[Attribution, ...]:
    """Read the attributions of an article."""
    doc = language.annotate(article.text)
    return find_attributions(article, doc, Cast(find_actors(article, doc)))


def predict(split: Path) -> dict[str, tuple[Attribution, ...]]:
    """Give the attributions of each article of a split, and print how many words a CPU-second read."""
    language.load()
    words, start = 0, time.process_time()
    found: dict[str, tuple[Attribution, ...]] = {}
    for path in sorted((split / "text").glob("*.txt")):
        article = as_article(path)
        words += len(article.text.split())
        found[article.id] = read(article)
    spent = time.process_time() - start
    print(f"--- {words / spent:,.0f} words per CPU-second after load, with actors, one article at a time")
    return found


def measure(
    scorer: Scorer,
    annotated: Mapping[str, tuple[str, list[Spans]]],
    predicted: Mapping[str, Sequence[Attribution]],
    *,
    boot: int = 0,
) -> dict[str, float]:
    """Score predictions, print the scorer's tables, and give the figures that have floors."""
    print("--- all attributions", flush=True)
    everything = scoring.figures(scorer, annotated, predicted, boot=boot)
    print("--- direct and mixed", flush=True)
    quoted = scoring.figures(scorer, annotated, predicted, ("direct", "mixed"), boot=boot)
    return {
        "end to end F1": everything["END-TO-END D>=th + source"][2],
        "end to end F1, direct and mixed": quoted["END-TO-END D>=th + source"][2],
        "content soft F1": everything["content soft"][2],
        "source given content": everything["given match"]["src_ok"],
        **{f"exact {role} F1": everything[f"span exact: {role}"][2] for role in EXACT},
    }


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="a split of PolNeAR: the folder with text/ and attributions/")
    parser.add_argument("--scorer", type=Path, required=True, help="score_attribution.py")
    parser.add_argument("--boot", type=int, default=1000, help="drawings for the 95 %% intervals; 0 for none")
    args = parser.parse_args()
    scorer = scoring.load(args.scorer)
    annotated = scoring.gold(scorer, args.gold)
    measure(scorer, annotated, predict(args.gold), boot=args.boot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
