"""Measure who is read to stand where: holder, predicate and stance of each position in annotated articles.

    python eval/positions.py
    python eval/positions.py --half look --errors
    python eval/positions.py --half held --json

The annotation is `positions.jsonl` beside this file (`positions.md` says how it was made). Our own articles
ship with it; those of the folder of shared data are looked up there, and left out where they are absent. Each
is read by the whole pipeline. A position is right where holder, predicate and stance are those annotated;
"with the subject" asks for the states as well. Intervals are 95 %: Wilson's for precision and recall, and for
F1 those of a bootstrap over articles.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from annotation import read_lines
from calibration import wilson
from msgspec import Struct

from onrecord.article import Article
from onrecord.pipeline import extract
from onrecord.reading.furniture import find_furniture
from onrecord.record import Position, Predicate, Record, Stance

ANNOTATED = Path(__file__).with_name("positions.jsonl")
ARTICLES = Path(__file__).parents[2] / "shared" / "articles"
SAMPLES = 1000

UNLISTED = (
    "The errors of the held half are not listed: whoever has read them may mend the program for these "
    "very articles, and its figure would no longer tell how it fares on texts that nobody has seen. See "
    "--half look."
)

Half = Literal["look", "held"]


class Stand(Struct, frozen=True, forbid_unknown_fields=True):
    """One annotated position.

    `holder` is null for the outlet, else its name, with `|` between names that are as good. `subject` are
    the ISO 3166-1 alpha-3 codes of the states, sorted; `evidence` the words, or their span in an article
    that is not shipped. A doubtful one is neither missed nor wrong.
    """

    holder: str | None
    predicate: Predicate
    subject: tuple[str, ...]
    stance: Stance
    evidence: str | tuple[int, int]
    doubtful: bool = False


class Annotated(Struct, frozen=True, forbid_unknown_fields=True):
    """One article with all its positions: its own text, or a shared file with the SHA-256 of its bytes."""

    id: str
    half: Half
    positions: tuple[Stand, ...]
    text: str | None = None
    file: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One position as it was read, with the states of its subject."""

    holder: str | None
    predicate: Predicate
    subject: tuple[str, ...]
    stance: Stance
    spans: tuple[tuple[int, int], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made of one article: pairs of annotated and read, and what stands alone on either side."""

    article: Annotated
    pairs: tuple[tuple[Stand, Found], ...]
    missed: tuple[Stand, ...]
    extra: tuple[Found, ...]


class Rate(Struct, frozen=True):
    """How many of how many, with the interval of the share."""

    count: int
    n: int
    share: float
    low: float
    high: float


class Figures(Struct, frozen=True):
    """All figures on some articles."""

    articles: int
    precision: Rate
    recall: Rate
    f1: tuple[float, float, float]
    precision_with_subject: Rate
    recall_with_subject: Rate
    holder_and_predicate: Rate
    """Recall whatever the stance."""
    stance_where_found: Rate
    by_predicate: dict[str, Rate]
    """Recall by predicate."""
    by_stance: dict[str, Rate]
    """Recall by stance."""


def read_annotation(path: Path = ANNOTATED) -> list[Annotated]:
    """Read the annotation.

    Raises:
        msgspec.ValidationError: where a line is not of this form.
        ValueError: where words of evidence do not stand in their text exactly once.
    """
    articles = read_lines(path, Annotated)
    for article in articles:
        for one in article.positions:
            if isinstance(one.evidence, str) and (article.text or "").count(one.evidence) != 1:
                raise ValueError(f"{article.id}: not once in the text: {one.evidence!r}")
    return articles


def text_of(article: Annotated, folder: Path = ARTICLES) -> str | None:
    """Give the words of an article; null where they are not there, or not those annotated."""
    if article.text is not None or article.file is None:
        return article.text
    path = folder / article.file
    raw = path.read_bytes() if path.is_file() else b""
    return raw.decode() if hashlib.sha256(raw).hexdigest() == article.sha256 else None


# --- comparing


def found_in(record: Record) -> tuple[Found, ...]:
    """Give the positions of a record as they are compared."""
    countries = {actor.id: actor.country or actor.name for actor in record.actors}
    return tuple(_found(p, countries) for p in record.positions)


def _found(one: Position, countries: dict[str, str]) -> Found:
    return Found(
        one.holder.name if one.holder is not None else None,
        one.proposition.predicate,
        tuple(sorted(countries.get(a, a) for a in one.proposition.subject)),
        one.stance,
        tuple((m.start, m.end) for m in one.evidence),
        " … ".join(m.text for m in one.evidence),
    )


def is_holder(annotated: str | None, found: str | None) -> bool:
    """Say whether a name is that of the annotated holder: the same, or with the same last word."""
    if annotated is None or found is None:
        return annotated is found
    names = [name.casefold() for name in annotated.split("|")]
    return any(found.casefold() == n or found.casefold().split()[-1] == n.split()[-1] for n in names)


def compare(article: Annotated, found: Sequence[Found]) -> Outcome:
    """Pair annotated and read positions of one holder and predicate, best first, each once."""
    possible = [
        (s.stance == f.stance, s.subject == f.subject, not s.doubtful, -i, -j)
        for i, s in enumerate(article.positions)
        for j, f in enumerate(found)
        if s.predicate == f.predicate and is_holder(s.holder, f.holder)
    ]
    own, read = set[int](), set[int]()
    pairs: list[tuple[Stand, Found]] = []
    for *_, i, j in sorted(possible, reverse=True):
        if -i not in own and -j not in read:
            own.add(-i)
            read.add(-j)
            pairs.append((article.positions[-i], found[-j]))
    missed = tuple(s for i, s in enumerate(article.positions) if i not in own and not s.doubtful)
    return Outcome(article, tuple(pairs), missed, tuple(f for j, f in enumerate(found) if j not in read))


def run(articles: Iterable[tuple[Annotated, str]]) -> list[Outcome]:
    """Read each article and compare."""
    return [compare(a, found_in(extract(_article(a, text)))) for a, text in articles]


def _article(annotated: Annotated, text: str) -> Article:
    retrieved = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    furniture = find_furniture(text)
    return Article(id=annotated.id, sha256="", text=text, retrieved=retrieved, furniture=furniture)


# --- figures


def rate(count: int, n: int) -> Rate:
    """Give a share with its Wilson interval."""
    return Rate(count, n, count / n if n else 0.0, *wilson(count, n))


def _sure(outcomes: Iterable[Outcome]) -> list[tuple[Stand, Found]]:
    return [pair for o in outcomes for pair in o.pairs if not pair[0].doubtful]


def f1(outcomes: Sequence[Outcome]) -> float:
    """Give F1 of holder, predicate and stance."""
    pairs = _sure(outcomes)
    hits = sum(s.stance == f.stance for s, f in pairs)
    total = 2 * len(pairs) + sum(len(o.missed) + len(o.extra) for o in outcomes)
    return 2 * hits / total if total else 0.0


def measure(outcomes: Sequence[Outcome], samples: int = SAMPLES) -> Figures:
    """Give all figures."""
    pairs = _sure(outcomes)
    read = len(pairs) + sum(len(o.extra) for o in outcomes)
    missed = [s for o in outcomes for s in o.missed]
    wanted = [*missed, *(s for s, _ in pairs)]
    hits = [(s, f) for s, f in pairs if s.stance == f.stance]
    whole = sum(s.subject == f.subject for s, f in hits)
    draw = random.Random(0)
    drawn = sorted(f1(draw.choices(outcomes, k=len(outcomes))) for _ in range(samples)) if outcomes else [0.0]
    return Figures(
        articles=len(outcomes),
        precision=rate(len(hits), read),
        recall=rate(len(hits), len(wanted)),
        f1=(f1(outcomes), drawn[int(0.025 * len(drawn))], drawn[int(0.975 * (len(drawn) - 1))]),
        precision_with_subject=rate(whole, read),
        recall_with_subject=rate(whole, len(wanted)),
        holder_and_predicate=rate(len(pairs), len(wanted)),
        stance_where_found=rate(len(hits), len(pairs)),
        by_predicate={
            p: rate(sum(s.predicate == p for s, _ in hits), sum(s.predicate == p for s in wanted))
            for p in ("unprecedented", "alliance", "durable")
        },
        by_stance={
            x: rate(sum(s.stance == x for s, _ in hits), sum(s.stance == x for s in wanted))
            for x in ("agrees", "disagrees", "hedges")
        },
    )


def show(figures: Figures, half: str) -> None:
    """Print the figures."""
    print(f"--- half {half}: {figures.articles} articles, {figures.recall.n} positions annotated")
    value, low, high = figures.f1
    print(f"{'F1':28} {value:.3f}   [{low:.3f}, {high:.3f}]")
    rows = {
        "precision": figures.precision,
        "recall": figures.recall,
        "… precision with the subject": figures.precision_with_subject,
        "… recall with the subject": figures.recall_with_subject,
        "recall whatever the stance": figures.holder_and_predicate,
        "stance right where found": figures.stance_where_found,
        **{f"recall of {p}": r for p, r in (figures.by_predicate | figures.by_stance).items()},
    }
    for name, r in rows.items():
        print(f"{name:28} {r.share:.3f}   [{r.low:.3f}, {r.high:.3f}]   {r.count} of {r.n}")


def errors(outcomes: Iterable[Outcome]) -> list[str]:
    """List what came out wrong in the half look, a line each; of the held half nothing, whatever is asked."""
    lines: list[str] = []
    for o in outcomes:
        if o.article.half == "held":
            continue
        lines += [f"{o.article.id}: missed {_stand(s)} {s.evidence!r}" for s in o.missed]
        lines += [f"{o.article.id}: wrongly {_stand(f)} {f.words!r}" for f in o.extra]
        lines += [
            f"{o.article.id}: {_stand(s)}, read as {_stand(f)} {f.words!r}"
            for s, f in o.pairs
            if (s.stance, s.subject) != (f.stance, f.subject) and not s.doubtful
        ]
    return lines


def _stand(one: Stand | Found) -> str:
    return f"[{one.holder or 'the outlet'} {one.stance}: {'-'.join(one.subject)} {one.predicate}]"


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("look", "held", "all"), default="all")
    parser.add_argument("--errors", action="store_true", help="list what is wrong, in the half look only")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args(arguments)
    wanted = [a for a in read_annotation() if args.half in (a.half, "all")]
    present = [(a, text) for a in wanted if (text := text_of(a)) is not None]
    if len(present) < len(wanted):
        left_out = len(wanted) - len(present)
        print(f"skipped: {left_out} articles that are not in {ARTICLES}, or changed", file=sys.stderr)
    outcomes = run(present)
    halves = ("look", "held") if args.half == "all" else (args.half,)
    figures = {half: measure([o for o in outcomes if o.article.half == half]) for half in halves}
    if args.json:
        print(msgspec.json.encode(figures).decode())
    else:
        for half, own in figures.items():
            show(own, half)
    if args.errors:
        print("\n".join(errors(outcomes)), file=sys.stderr if args.json else sys.stdout)
        if args.half != "look":
            print(UNLISTED, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
