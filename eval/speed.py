"""Measure how fast articles are read, against spaCy's own pipeline in the same run, and in how much memory.

    python eval/speed.py ../shared/data/polnear/dev/text

One thread; CPU time of the process after everything is loaded and warm. Each article is read by spaCy alone,
for its attributions, and for its whole record, one after the other; who goes first changes from article to
article and from round to round, so that no reader always finds the strings of an article already known.
Memory is the peak resident set of a fresh process each.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import attribution
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from onrecord import extract, language
from onrecord.article import Article

ONE_THREAD = {
    **dict.fromkeys(
        (
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "MKL_NUM_THREADS",
            "BLIS_NUM_THREADS",
            "VECLIB_MAXIMUM_THREADS",
            "RAYON_NUM_THREADS",
        ),
        "1",
    ),
    "TOKENIZERS_PARALLELISM": "false",
}
"""What the libraries below us take as the number of threads; they look once, when they are imported."""

Reader = Callable[[Article], object]
BASE = "spaCy alone"
_WARM = (
    "“We have signed nothing,” said Marta Holt. Norway has sold Ghana two ships, the ministry said on Monday."
)


def take_one_thread() -> None:
    """Start the program again where the libraries may take more than one thread: they are imported by now."""
    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ONE_THREAD})


def readers() -> dict[str, Reader]:
    """Load everything and give the readers that are compared."""
    nlp = language.load()
    return {
        BASE: lambda article: nlp(article.text),
        "attributions": attribution.read,
        "whole record": extract,
    }


def spend(
    articles: Sequence[Article],
    compared: Mapping[str, Reader],
    round_: int,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, float]:
    """Give the CPU-seconds of each reader for all articles; which reader begins goes round."""
    spent = dict.fromkeys(compared, 0.0)
    names = list(compared)
    for i, article in enumerate(articles):
        first = (i + round_) % len(names)
        for name in (*names[first:], *names[:first]):
            start = clock()
            compared[name](article)
            spent[name] += clock() - start
    return spent


def rates(words: int, rounds: Sequence[Mapping[str, float]]) -> dict[str, tuple[float, float, float]]:
    """Give words per CPU-second of each reader: median, lowest and highest of the rounds."""
    return {name: _spread([words / r[name] for r in rounds]) for name in rounds[0]}


def ratios(rounds: Sequence[Mapping[str, float]]) -> dict[str, tuple[float, float, float]]:
    """Give the speed of each reader over that of spaCy alone in the same round: median, lowest, highest."""
    return {name: _spread([r[BASE] / r[name] for r in rounds]) for name in rounds[0]}


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    return statistics.median(values), min(values), max(values)


def peak(paths: Sequence[Path]) -> float:
    """Give the peak memory, in MB, of a fresh process that reads these files into whole records.

    To be called before this process has grown: a child begins with the peak of its parent.
    """
    command = [sys.executable, __file__, "--peak-only", *map(str, paths)]
    out = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | ONE_THREAD)
    return float(json.loads(out.stdout)["megabytes"])


def _own_peak(paths: Sequence[Path]) -> float:
    """Read a sentence, so that everything is loaded, and then the files; give this process's peak in MB."""
    extract(_sentence())
    for path in paths:
        extract(attribution.as_article(path))
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in KiB, on a Mac in bytes
    return size / (2**20 if sys.platform == "darwin" else 2**10)


def _sentence() -> Article:
    return Article(id="warm", sha256="", text=_WARM, retrieved=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def compare(articles: Sequence[Article], rounds: int, console: Console) -> None:
    """Time the readers and print their speed."""
    start = time.process_time()
    compared = readers()
    for read in compared.values():
        read(_sentence())
    console.print(f"Loaded in {time.process_time() - start:.1f} CPU-seconds.")
    spend(articles[:5], compared, 0)
    words = sum(len(a.text.split()) for a in articles)
    spent = [spend(articles, compared, r) for r in range(rounds)]
    table = Table("", "words per CPU-second", "rounds", f"of {BASE}", "rounds", box=SIMPLE)
    speed, share = rates(words, spent), ratios(spent)
    for name in compared:
        (middle, low, high), (ratio, least, most) = speed[name], share[name]
        table.add_row(
            name, f"{middle:,.0f}", f"{low:,.0f} to {high:,.0f}", f"{ratio:.2f}", f"{least:.2f} to {most:.2f}"
        )
    console.print(f"{len(articles)} articles, {words:,} words, {rounds} rounds, {language.version()}:")
    console.print(table)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path, nargs="*", help="folders of UTF-8 texts (*.txt), or such files")
    parser.add_argument("--rounds", type=int, default=3, help="how often all is read (at least 3)")
    parser.add_argument("--limit", type=int, help="read the first so many texts only")
    parser.add_argument("--peak-only", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    take_one_thread()
    if args.peak_only:
        print(json.dumps({"megabytes": _own_peak(args.texts)}))
        return 0
    paths = [p for t in args.texts for p in (sorted(t.glob("*.txt")) if t.is_dir() else [t])][: args.limit]
    if not paths:
        parser.error("there are no texts")
    console = Console()
    middle = sorted(paths, key=lambda p: p.stat().st_size)[len(paths) // 2]
    for what, own in (("one sentence", []), ("the middle article", [middle]), ("all of them", paths)):
        console.print(f"Peak memory of reading {what}: {peak(own):,.0f} MB")
    compare([attribution.as_article(p) for p in paths], max(3, args.rounds), console)
    return 0


if __name__ == "__main__":
    sys.exit(main())
