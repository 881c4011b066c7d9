"""Measure whether talk is taken for deeds: status and voice of one known deed in each of 260 short texts.

    python eval/status.py
    python eval/status.py --half look --errors
    python eval/status.py --half held --json

The texts are `probes.jsonl` beside this file (`probes.md` says how they were made). An event is the deed of a
probe where its act overlaps the deed words; or where it joins the same source and recipient and is no verbal
deed (`VERBAL`) standing beside them. Two figures: of the deeds that nobody vouches for but a speaker, or that
are planned, possible, conditional or denied, how many are told as asserted in the outlet's own voice; and of
those that the outlet asserts, how many are kept as such. Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from annotation import read_lines
from calibration import wilson
from msgspec import Struct

from onrecord.article import Article, Span
from onrecord.pipeline import extract, extractor
from onrecord.record import Event, EventType, Party, Record

PROBES = Path(__file__).with_name("probes.jsonl")
VERBAL: frozenset[EventType] = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE"})
"""Deeds done by saying so: beside the deed words they are the talk about the deed, and rightly asserted."""

UNLISTED = (
    "The errors of the held half are not listed: whoever has read them may mend the program for these very "
    "texts, and its figure would no longer tell how it fares on texts that nobody has seen. See --half look."
)

Class = Literal["asserted", "claimed", "planned", "possible", "conditional", "denied"]
Half = Literal["look", "held"]
CLASSES: tuple[Class, ...] = ("asserted", "claimed", "planned", "possible", "conditional", "denied")


class Probe(Struct, frozen=True, forbid_unknown_fields=True):
    """A text with one deed: who does it to whom (ISO 3166-1 alpha-3), in which words, and how it is told.

    `recipient` is null for a body that belongs to no state.
    """

    id: str
    text: str
    source: str
    recipient: str | None
    deed: str
    told: Class = msgspec.field(name="class")
    half: Half

    @property
    def span(self) -> Span:
        """Where the deed words stand in the text."""
        start = self.text.index(self.deed)
        return start, start + len(self.deed)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made of a probe: the events that are its deed, and those among them told as fact."""

    probe: Probe
    events: tuple[Event, ...]
    facts: tuple[Event, ...]


class Share(Struct, frozen=True):
    """How many of how many, with the 95 % interval of the share; null where there are none."""

    count: int
    n: int
    share: float | None
    low: float | None
    high: float | None


class Error(Struct, frozen=True):
    """A probe that came out wrong, with the events that are its deed in one line each."""

    id: str
    told: Class
    wrong: Literal["talk taken for deed", "not found", "not kept"]
    text: str
    deed: str
    events: tuple[str, ...]


class Report(Struct, frozen=True):
    """All figures on one half or both; `errors` are null unless asked for, and of the half look only."""

    half: str
    extractor: str
    probes: str
    counts: dict[str, int]
    talk_taken_for_deed: dict[str, Share]
    talk_taken_for_deed_where_found: Share
    kept: Share
    kept_where_found: Share
    errors: tuple[Error, ...] | None = None


def read_probes(path: Path = PROBES) -> list[Probe]:
    """Read the probes.

    Raises:
        msgspec.ValidationError: where a line is not of this form.
        ValueError: where the deed words do not stand in the text exactly once, or an id comes twice.
    """
    probes = read_lines(path, Probe)
    for probe in probes:
        if probe.text.count(probe.deed) != 1:
            raise ValueError(f"{probe.id}: the deed words stand {probe.text.count(probe.deed)} times in it")
    if len({p.id for p in probes}) != len(probes):
        raise ValueError(f"an id comes twice in {path}")
    return probes


# --- what counts as the deed of a probe


def is_deed(probe: Probe, event: Event) -> bool:
    """Say whether an event is the deed of a probe."""
    start, end = probe.span
    if event.act.start < end and start < event.act.end:
        return True
    return event.event not in VERBAL and is_between(probe, event)


def is_between(probe: Probe, event: Event) -> bool:
    """Say whether an event joins source and recipient of a probe; both are sources of a reciprocal one.

    Without a state as recipient, the event has none either.
    """
    sources, recipients = _countries(event.source), _countries(event.recipient)
    if event.reciprocal:
        return {probe.source, probe.recipient} <= sources | recipients
    if probe.recipient is None:
        return probe.source in sources and not recipients
    return probe.source in sources and probe.recipient in recipients


def is_fact(event: Event) -> bool:
    """Say whether an event is told as fact: asserted, in the outlet's own voice."""
    return event.status == "asserted" and event.according_to is None


def _countries(parties: Iterable[Party]) -> frozenset[str | None]:
    return frozenset(p.country for p in parties if p.country is not None)


# --- reading the texts


def read(probe: Probe) -> Record:
    """Give the record of a probe's text, read as an article by itself."""
    retrieved = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return extract(Article(id=probe.id, sha256="", text=probe.text, retrieved=retrieved))


def judge(probe: Probe, events: Iterable[Event]) -> Outcome:
    """Give what was made of a probe."""
    own = tuple(e for e in events if is_deed(probe, e))
    return Outcome(probe, own, tuple(e for e in own if is_fact(e)))


def run(probes: Iterable[Probe]) -> list[Outcome]:
    """Read all probes and give their outcomes."""
    return [judge(p, read(p).events) for p in probes]


# --- figures


def share(count: int, n: int) -> Share:
    """Give a share with its Wilson interval."""
    if not n:
        return Share(count, n, None, None, None)
    return Share(count, n, count / n, *wilson(count, n))


def as_fact(outcomes: Sequence[Outcome]) -> Share:
    """Give the share of outcomes with an event told as fact."""
    return share(sum(bool(o.facts) for o in outcomes), len(outcomes))


def find_errors(outcomes: Iterable[Outcome]) -> tuple[Error, ...]:
    """Give what came out wrong in the half look; of the held half nothing, whatever is asked for."""
    found: list[Error] = []
    for o in outcomes:
        probe = o.probe
        if probe.half == "held" or bool(o.facts) == (probe.told == "asserted"):
            continue
        wrong: Literal["talk taken for deed", "not found", "not kept"] = (
            "talk taken for deed" if probe.told != "asserted" else "not kept" if o.events else "not found"
        )
        shown = tuple(map(_in_a_line, o.facts or o.events))
        found.append(Error(probe.id, probe.told, wrong, probe.text, probe.deed, shown))
    return tuple(found)


def report(outcomes: Sequence[Outcome], half: str, *, errors: bool = False, path: Path = PROBES) -> Report:
    """Give all figures."""
    talk = [o for o in outcomes if o.probe.told != "asserted"]
    deeds = [o for o in outcomes if o.probe.told == "asserted"]
    by_class = {c: [o for o in talk if o.probe.told == c] for c in CLASSES[1:]}
    return Report(
        half=half,
        extractor=extractor(),
        probes=hashlib.sha256(path.read_bytes()).hexdigest(),
        counts={c: sum(o.probe.told == c for o in outcomes) for c in CLASSES},
        talk_taken_for_deed={"all": as_fact(talk), **{c: as_fact(own) for c, own in by_class.items()}},
        talk_taken_for_deed_where_found=as_fact([o for o in talk if o.events]),
        kept=as_fact(deeds),
        kept_where_found=as_fact([o for o in deeds if o.events]),
        errors=find_errors(outcomes) if errors else None,
    )


def show(result: Report) -> None:
    """Print the figures, and the errors where there are any in the report."""
    counts = ", ".join(f"{c} {n}" for c, n in result.counts.items())
    print(f"--- half {result.half}: {sum(result.counts.values())} probes ({counts})")
    for name, value in result.talk_taken_for_deed.items():
        _show_share("talk taken for deed" if name == "all" else f"… {name}", value)
    _show_share("… where an event was found", result.talk_taken_for_deed_where_found)
    _show_share("deeds kept as asserted", result.kept)
    _show_share("… where an event was found", result.kept_where_found)
    for error in result.errors or ():
        print(f"{error.id} {error.told}: {error.wrong}\n    {error.text}\n    deed: {error.deed}")
        for line in error.events:
            print(f"    got:  {line}")


def _show_share(name: str, value: Share) -> None:
    if value.share is None:
        print(f"{name:28}   –   n 0")
        return
    print(f"{name:28} {value.share:.3f}   [{value.low:.3f}, {value.high:.3f}]   {value.count} of {value.n}")


def _in_a_line(event: Event) -> str:
    sides = " → ".join(
        "+".join(p.country or p.name for p in side) or "–" for side in (event.source, event.recipient)
    )
    voice = "the outlet" if event.according_to is None else "a speaker"
    return f"{event.event} {sides} {event.act.text!r} {event.status} by {voice} ({event.confidence:.2f})"


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=("look", "held", "all"), default="all")
    parser.add_argument("--errors", action="store_true", help="list what is wrong, in the half look only")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args(arguments)
    outcomes = run(p for p in read_probes() if args.half in (p.half, "all"))
    result = report(outcomes, args.half, errors=args.errors)
    if args.json:
        print(msgspec.json.encode(result).decode())
    else:
        show(result)
    if args.errors and args.half != "look":
        print(UNLISTED, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
