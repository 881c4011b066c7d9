"""Measure whether articles that carry one text are found, on near-duplicates made from a folder of articles.

    python eval/duplicates.py ../shared/data/polnear/dev/text
    python eval/duplicates.py ../shared/data/polnear/dev/text --json

From each article four copies are made, as newsrooms make them: cut to its first half; with a dateline and
a closing paragraph of the house's own; lightly edited (one word in twelve replaced, two sentences dropped);
and both cut and edited. A pair of articles is right to be one where both come from one article.
Negatives are all other pairs, among them the hard ones: articles of one outlet and of one day on one story,
which share names and formulas. Everything is drawn from a fixed seed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from onrecord.entries import carriers

SEED = 20261128
REPLACED = 12
"""One word in so many is replaced in an edited copy."""

_HOUSE = (
    "By our correspondent — ",
    "\n\nThis report was prepared by the foreign desk with material from news agencies. "
    "Readers can write to the editors at the address below.\n",
)


def copies(text: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Give the copies of an article, each with what was done to it."""
    half = text[: text.rfind(" ", 0, len(text) // 2)] if len(text) > 400 else text
    yield "cut to its half", half
    yield "dateline and ending", f"{_HOUSE[0]}{text}{_HOUSE[1]}"
    yield "edited", edited(text, rng)
    yield "cut and edited", edited(half, rng)


def edited(text: str, rng: random.Random) -> str:
    """Replace one word in twelve and drop two sentences."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    for _ in range(min(2, max(0, len(sentences) - 5))):
        sentences.pop(rng.randrange(len(sentences)))
    words = " ".join(sentences).split(" ")
    for i in range(len(words)):
        if rng.randrange(REPLACED) == 0:
            words[i] = "".join(sorted(words[i], reverse=True)) or "and"
    return " ".join(words)


def measure(texts: Mapping[str, str]) -> dict[str, float]:
    """Give precision and recall over pairs of articles, and recall by kind of copy."""
    rng = random.Random(SEED)
    every, origin, kind = dict(texts), {name: name for name in texts}, dict.fromkeys(texts, "original")
    for name, text in sorted(texts.items()):
        for how, copy in copies(text, rng):
            every[f"{name} ({how})"], origin[f"{name} ({how})"] = copy, name
            kind[f"{name} ({how})"] = how
    first = carriers(every)
    counts: Counter[str] = Counter()
    groups: dict[str, list[str]] = {}
    for name, group in first.items():
        groups.setdefault(group, []).append(name)
    for members in groups.values():
        for i, one in enumerate(members):
            for other in members[:i]:
                counts["told"] += 1
                counts["right"] += origin[one] == origin[other]
    pairs_each = len(every) // len(texts)
    counts["pairs"] = len(texts) * pairs_each * (pairs_each - 1) // 2
    found = {
        how: sum(first[n] == first[origin[n]] for n, k in kind.items() if k == how) / len(texts)
        for how in dict.fromkeys(kind.values())
        if how != "original"
    }
    return {
        "precision": counts["right"] / max(1, counts["told"]),
        "recall": counts["right"] / max(1, counts["pairs"]),
        **{f"found: {how}": share for how, share in found.items()},
    }


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="a folder of articles, a text file each")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args()
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(args.folder.glob("*.txt"))}
    if not texts:
        parser.error(f"there is no text file in {args.folder}")
    told = measure(texts)
    if args.json:
        print(json.dumps({name: round(value, 3) for name, value in told.items()}))
        return 0
    table = Table("", "measured", box=SIMPLE)
    for name, value in told.items():
        table.add_row(name, f"{value:.3f}")
    Console().print(f"{len(texts)} articles, {5 * len(texts)} with their copies", table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
