"""Measure false alarms: of real news sentences that tell no political event, how many get one.

    python eval/silence.py
    python eval/silence.py --half look --errors
    python eval/silence.py --half held --json

The annotation is `silence.jsonl` beside this file (`silence.md` says how it was made); the sentences are
looked up in the folder of shared data. Each is read as an article by itself, by the whole pipeline. The share
of the "none" sentences that get any event is the figure. That of the "event" sentences stands beside it: a
program that finds nothing raises no false alarm. "Doubtful" ones are not read. Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import msgspec
from annotation import read_lines
from calibration import wilson
from events import read
from msgspec import Struct
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from onrecord.record import Event, Party

ANNOTATED = Path(__file__).with_name("silence.jsonl")
SHARED = Path(__file__).parents[2] / "shared"
CAMEO = Path("data/events/cameo_class_train.tsv")
POLNEAR = Path("data/polnear/dev/text")

UNLISTED = (
    "The errors of the held half are not listed: whoever has read them may mend the program for these very "
    "sentences, and its figure would no longer tell how it fares on what nobody has seen."
)

Origin = Literal["cameo", "polnear"]
Label = Literal["none", "event", "doubtful"]
Half = Literal["look", "held"]
ORIGINS: tuple[Origin, ...] = ("cameo", "polnear")
HALVES: tuple[Half, ...] = ("look", "held")
READ: tuple[Label, ...] = ("none", "event")


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """One annotated sentence: where it stands, what its words hash to, and whether it tells an event.

    `where` is the number of a line of the cameo file, counted from 1, or the name of a polnear text with the
    half-open interval of code points in it. `sha` are the first 12 hex digits of the SHA-256 of the sentence.
    """

    origin: Origin = msgspec.field(name="set")
    where: int | tuple[str, int, int]
    sha: str
    label: Label
    half: Half


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one sentence came out: the events that the pipeline found in it."""

    line: Line
    text: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of `n` sentences got an event, with the 95 % interval of the share."""

    hits: int
    n: int
    share: float
    low: float
    high: float


def read_annotation(path: Path = ANNOTATED) -> list[Line]:
    """Read the annotation.

    Raises:
        msgspec.ValidationError: where a line is not of this form.
    """
    return read_lines(path, Line)


# --- the words


@functools.cache
def _text(path: Path) -> str:
    return path.read_bytes().decode()


@functools.cache
def _rows(path: Path) -> tuple[str, ...]:
    return tuple(row.rpartition("\t")[0].strip() for row in _text(path).split("\n"))


def sentence(line: Line, shared: Path = SHARED) -> str | None:
    """Give the words of an annotated sentence; null where they are not there, or not those annotated."""
    if isinstance(line.where, int):
        path = shared / CAMEO
        rows = _rows(path) if path.is_file() else ()
        words = rows[line.where - 1] if 0 < line.where <= len(rows) else ""
    else:
        name, start, end = line.where
        path = shared / POLNEAR / f"{name}.txt"
        words = _text(path)[start:end] if path.is_file() else ""
    return words if hashlib.sha256(words.encode()).hexdigest()[:12] == line.sha else None


# --- figures


def run(
    sentences: Iterable[tuple[Line, str]], reader: Callable[[str], tuple[Event, ...]] = read
) -> Iterator[Outcome]:
    """Read each sentence as an article by itself."""
    for line, text in sentences:
        yield Outcome(line, text, reader(text))


def share(outcomes: Iterable[Outcome], label: Label, origin: Origin | None = None) -> Share:
    """Give the share that got any event, among the sentences of a label and, if given, of one set."""
    alarms = [bool(o.events) for o in outcomes if o.line.label == label and origin in (None, o.line.origin)]
    hits, n = sum(alarms), len(alarms)
    return Share(hits, n, hits / n if n else 0.0, *wilson(hits, n))


def measure(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Share]]:
    """Give the share of each label that got an event, over all and by set."""
    sets: tuple[Origin | None, ...] = (None, *ORIGINS)
    return {label: {origin or "all": share(outcomes, label, origin) for origin in sets} for label in READ}


def show(figures: dict[str, dict[str, Share]], console: Console) -> None:
    """Print a table of all figures."""
    table = Table("sentences", "set", "get an event", "share", "95 % interval", box=SIMPLE)
    names = {"none": "none (false alarms)", "event": "event"}
    for label, by_set in figures.items():
        for origin, s in by_set.items():
            if s.n:
                counts = f"{s.hits} of {s.n}"
                table.add_row(names[label], origin, counts, f"{s.share:.3f}", f"{s.low:.3f} to {s.high:.3f}")
    console.print(table)


def list_errors(outcomes: Iterable[Outcome], console: Console) -> None:
    """Print the false alarms of the look half: the sentence and its events."""
    for outcome in outcomes:
        if outcome.line.half != "look" or outcome.line.label != "none" or not outcome.events:
            continue
        lines = [f"{outcome.line.origin} {outcome.line.where}", outcome.text, *map(_told, outcome.events)]
        console.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)


def _told(event: Event) -> str:
    sides = f"{_names(event.source)} → {_names(event.recipient)}"
    return f"    {event.event} {event.status} {event.act.text!r} {sides} ({event.confidence:.2f})"


def _names(parties: Iterable[Party]) -> str:
    return " + ".join(p.text for p in parties) or "nobody"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of shared data, with data/")
    parser.add_argument("--half", choices=(*HALVES, "all"), default="all")
    parser.add_argument("--errors", action="store_true", help="list the false alarms (look half only)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args()
    absent = [str(p) for p in (CAMEO, POLNEAR) if not (args.shared / p).exists()]
    if absent:
        print(
            f"skipped: {', '.join(absent)} not under {args.shared}; the words are looked up there",
            file=sys.stderr,
        )
    wanted = [x for x in read_annotation() if x.label in READ and args.half in ("all", x.half)]
    found = [(x, words) for x in wanted if (words := sentence(x, args.shared)) is not None]
    if len(found) < len(wanted):
        left_out = f"{len(wanted) - len(found)} of {len(wanted)} sentences"
        print(f"skipped: {left_out} that are absent or not those that were annotated", file=sys.stderr)
    if not found:
        return 0
    outcomes = list(run(found))
    figures = measure(outcomes)
    console = Console()
    if args.json:
        print(json.dumps({k: {n: asdict(s) for n, s in f.items()} for k, f in figures.items()}, indent=1))
    else:
        show(figures, console)
    if args.errors:
        list_errors(outcomes, console if not args.json else Console(stderr=True))
        if args.half != "look":
            print(UNLISTED, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
