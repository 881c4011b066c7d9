"""Measure the dates that are found, and the intervals they are given, against annotated ones.

    python eval/dates.py ../shared/data/polnear/dev
    python eval/dates.py ../shared/data/polnear/dev --half look --errors

The annotation is `dates.jsonl` beside this file (`dates.md` says how it was made); the folder holds the texts
in `text/`. Intervals are 95 %, after Wilson. The errors of the half *held* are not shown.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from annotation import read_lines
from calibration import wilson
from msgspec import Struct

from onrecord import language
from onrecord.article import Article, Published, Span
from onrecord.dates import find_dates
from onrecord.record import Granularity

ANNOTATED = Path(__file__).with_name("dates.jsonl")
SEED = 45

Half = Literal["look", "held"]


class Dated(Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A date in a text: where its words stand, and what they mean; a null end is open or unknown."""

    begin: int
    stop: int
    first: dt.date | None
    last: dt.date | None
    granularity: Granularity

    @property
    def span(self) -> Span:
        """Where the words stand, as a half-open interval of code points."""
        return self.begin, self.stop


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One annotated stretch of an article: all its dates, in order."""

    doc: str
    sha256: str
    published: dt.date
    stretch: Span
    dates: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """An annotated date with the one found there; null where the other side has none."""

    doc: str
    annotated: Dated | None
    found: Dated | None


Find = Callable[[Line, str], Sequence[Dated]]


def read_annotation(path: Path = ANNOTATED) -> list[Line]:
    """Read the annotation.

    Raises:
        msgspec.ValidationError: where a line is not of this form.
    """
    return read_lines(path, Line)


def halves(docs: Iterable[str]) -> dict[str, Half]:
    """Say for each article whether its errors may be looked at: a seeded draw, the bigger half is *look*."""
    shuffled = sorted(set(docs))
    random.Random(SEED).shuffle(shuffled)
    middle = (len(shuffled) + 1) // 2
    return {doc: "look" if i < middle else "held" for i, doc in enumerate(shuffled)}


def find(line: Line, text: str) -> list[Dated]:
    """Give the dates that onrecord finds in an article, published on the day that is given."""
    published = Published(line.published, line.published, "given")
    retrieved = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    article = Article(id=line.doc, sha256="", text=text, retrieved=retrieved, published=published)
    return [
        Dated(*w.mention.span, w.start, w.end, w.granularity)
        for w in find_dates(article, language.annotate(text))
    ]


def align(line: Line, found: Iterable[Dated]) -> Iterator[Pair]:
    """Pair what is annotated with what is found: one to one, the same span first, then the longer."""
    begin, stop = line.stretch
    rest = [d for d in found if begin <= d.begin < stop]
    candidates = sorted(
        (a.span != f.span, -overlap, i, j)
        for i, a in enumerate(line.dates)
        for j, f in enumerate(rest)
        if (overlap := min(a.stop, f.stop) - max(a.begin, f.begin)) > 0
    )
    mine: dict[int, int] = {}
    for _, _, i, j in candidates:
        if i not in mine and j not in mine.values():
            mine[i] = j
    for i, annotated in enumerate(line.dates):
        yield Pair(line.doc, annotated, rest[mine[i]] if i in mine else None)
    for j, one in enumerate(rest):
        if j not in mine.values():
            yield Pair(line.doc, None, one)


def run(folder: Path, lines: Iterable[Line], find_: Find = find) -> list[Pair]:
    """Give what is annotated beside what is found, for each article.

    Raises:
        ValueError: where a text is not the one that was annotated.
    """
    pairs: list[Pair] = []
    for line in lines:
        raw = (folder / "text" / f"{line.doc}.txt").read_bytes()
        if hashlib.sha256(raw).hexdigest() != line.sha256:
            raise ValueError(f"{line.doc} is not the text that was annotated")
        pairs += align(line, find_(line, raw.decode()))
    return pairs


# --- figures


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, and the share as a figure."""

    right: int
    count: int

    @property
    def value(self) -> float:
        """The share; zero of nothing is zero."""
        return self.right / self.count if self.count else 0.0


def is_exact(pair: Pair) -> bool:
    """Say whether the very words that are annotated were found."""
    return pair.annotated is not None and pair.found is not None and pair.annotated.span == pair.found.span


def is_right(pair: Pair) -> bool:
    """Say whether both ends of the interval are the annotated ones."""
    a, f = pair.annotated, pair.found
    return a is not None and f is not None and (a.first, a.last) == (f.first, f.last)


def is_grain(pair: Pair) -> bool:
    """Say whether the granularity is the annotated one."""
    return (
        pair.annotated is not None
        and pair.found is not None
        and pair.annotated.granularity == pair.found.granularity
    )


def figures(pairs: Sequence[Pair]) -> dict[str, Share]:
    """Count what is right: spans, and what they mean where they are found (with any overlap)."""
    annotated = [p for p in pairs if p.annotated is not None]
    found = [p for p in pairs if p.found is not None]
    both = [p for p in annotated if p.found is not None]
    dated = [p for p in both if p.annotated and (p.annotated.first or p.annotated.last)]
    exact = sum(map(is_exact, both))
    return {
        "exact span, precision": Share(exact, len(found)),
        "exact span, recall": Share(exact, len(annotated)),
        "overlapping span, precision": Share(len(both), len(found)),
        "overlapping span, recall": Share(len(both), len(annotated)),
        "interval right where found": Share(sum(map(is_right, both)), len(both)),
        "… where the words give one": Share(sum(map(is_right, dated)), len(dated)),
        "granularity right where found": Share(sum(map(is_grain, both)), len(both)),
        "found, interval and granularity right": Share(
            sum(is_right(p) and is_grain(p) for p in both), len(annotated)
        ),
    }


def f1(precision: Share, recall: Share) -> float:
    """Give the harmonic mean of precision and recall."""
    total = precision.count + recall.count
    return 2 * recall.right / total if total else 0.0


def f1s(shares: dict[str, Share]) -> dict[str, float]:
    """Give F1 of exact and of overlapping spans."""
    return {
        f"{kind} span, F1": f1(shares[f"{kind} span, precision"], shares[f"{kind} span, recall"])
        for kind in ("exact", "overlapping")
    }


def as_json(pairs: Sequence[Pair]) -> dict[str, object]:
    """Give the figures as they are printed with `--json`."""
    shares = figures(pairs)
    return {
        "articles": len({p.doc for p in pairs}),
        "annotated": shares["exact span, recall"].count,
        "found": shares["exact span, precision"].count,
        **{name: round(value, 4) for name, value in f1s(shares).items()},
        **{
            name: {
                "right": s.right,
                "count": s.count,
                "share": round(s.value, 4),
                "interval": [round(x, 4) for x in wilson(s.right, s.count)] if s.count else None,
            }
            for name, s in shares.items()
        },
    }


def show(title: str, pairs: Sequence[Pair]) -> None:
    """Print a table of all figures."""
    shares = figures(pairs)
    docs, annotated = len({p.doc for p in pairs}), shares["exact span, recall"].count
    print(f"--- {title}: {annotated} dates annotated, {docs} articles with dates")
    for name, share in shares.items():
        if share.count:
            low, high = wilson(share.right, share.count)
            print(f"{name:38} {share.value:.3f}   [{low:.3f}, {high:.3f}]   {share.right} of {share.count}")
    for name, value in f1s(shares).items():
        print(f"{name:38} {value:.3f}")


def tell(folder: Path, pairs: Iterable[Pair]) -> None:
    """Print what is not wholly right, with some words around it."""
    for pair in pairs:
        if is_exact(pair) and is_right(pair) and is_grain(pair):
            continue
        text = (folder / "text" / f"{pair.doc}.txt").read_bytes().decode()
        place = pair.annotated or pair.found
        assert place is not None
        kind = "missed" if pair.found is None else "false " if pair.annotated is None else "other "
        print(f"{kind} {pair.doc[:24]}:{place.begin} {text[max(0, place.begin - 60) : place.stop + 30]!r}")
        for side, dated in (("wanted", pair.annotated), ("got", pair.found)):
            if dated is not None:
                words = text[dated.begin : dated.stop]
                print(f"    {side:6} {words!r} {dated.first}/{dated.last} {dated.granularity}")


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="a split of PolNeAR: the folder with text/")
    parser.add_argument("--half", choices=("look", "held"), help="only these articles")
    parser.add_argument("--errors", action="store_true", help="list what is wrong in the half look")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args()
    if args.errors and args.half == "held":
        parser.error("the errors of the half held are not to be read")
    if not (args.folder / "text").is_dir():
        print(
            f"skipped: {args.folder / 'text'} does not exist; the words are looked up there", file=sys.stderr
        )
        return 0
    lines = read_annotation()
    half_of = halves(x.doc for x in lines)
    pairs = run(args.folder, (x for x in lines if args.half in (None, half_of[x.doc])))
    wanted = ("look", "held") if args.half is None else (args.half,)
    by_half = {half: [p for p in pairs if half_of[p.doc] == half] for half in wanted}
    if args.errors:
        tell(args.folder, by_half["look"])
    groups = by_half if args.half else {**by_half, "all": pairs}
    if args.json:
        print(json.dumps({name: as_json(group) for name, group in groups.items()}, indent=2))
    else:
        for name, group in groups.items():
            show(name, group)
    return 0


if __name__ == "__main__":
    sys.exit(main())
