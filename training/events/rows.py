"""Sentences with two marked actors → rows that the network learns from.

Ours (`training/events/sentences/*.tsv`) are marked inline, one pair a line: `[S Iran] has [A shipped] drones
to [R Russia]`, the type, the status, and whose voice tells it. PLV's come from the table that its makers
published; its YIELD is our CONCEDE or RETREAT, and it has neither acts nor statuses.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.events.network import STATUSES, TYPES, Span

_MARK = re.compile(r"\[([SRA]) ([^\[\]]*)\]")
_TAG = re.compile(r"<(/?)([st])>")
_MERGED = {
    "YIELD": ("CONCEDE", "RETREAT"),
    "COERCE": ("COERCE", "IMPOSE"),
    "SANCTION": ("SANCTION", "IMPOSE"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One pair in one sentence. `types` are those among which the label stands; null is not labelled."""

    text: str
    source: tuple[Span, ...]
    recipient: tuple[Span, ...]
    types: tuple[str, ...]
    act: Span | None = None
    status: str | None = None
    said: bool | None = None
    group: str = ""
    """What must stay in one fold."""


def written(path: Path) -> Iterator[Row]:
    """Read a file of our own sentences.

    Raises:
        ValueError: where a line is malformed, naming it.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield _row(*line.split("\t"))
        except (TypeError, ValueError, KeyError) as error:
            raise ValueError(f"{path}:{number}: {error}") from error


def _row(marked: str, event: str, status: str, voice: str) -> Row:
    text, spans = _unmarked(marked)
    if event not in TYPES:
        raise ValueError(f"no type {event!r}")
    if status not in (*STATUSES, "-") or voice not in ("outlet", "said", "-"):
        raise ValueError(f"no status {status!r} or voice {voice!r}")
    act = spans.get("A")
    return Row(
        text,
        (spans["S"],),
        (spans["R"],),
        (event,),
        act,
        None if status == "-" or event == "NONE" else status,
        None if voice == "-" or event == "NONE" else voice == "said",
        text,
    )


def _unmarked(marked: str) -> tuple[str, dict[str, Span]]:
    """Take the marks out and give where they stood."""
    parts: list[str] = []
    spans: dict[str, Span] = {}
    at = length = 0
    for mark in _MARK.finditer(marked):
        parts += [marked[at : mark.start()], mark[2]]
        length += mark.start() - at
        spans.setdefault(mark[1], (length, length + len(mark[2])))
        length += len(mark[2])
        at = mark.end()
    parts.append(marked[at:])
    return "".join(parts), spans


def published(path: Path) -> Iterator[Row]:
    """Read the table of PLV; a recipient that the sentence does not name is not marked."""
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file, delimiter="\t"):
            text, spans = _untagged(line["marked_sentence"])
            if spans["s"] or spans["t"]:
                event = line["gold_root"]
                types = _MERGED.get(event, (event,))
                yield Row(text, tuple(spans["s"]), tuple(spans["t"]), types, group=line["sentence"])


def _untagged(marked: str) -> tuple[str, dict[str, list[Span]]]:
    parts: list[str] = []
    spans: dict[str, list[Span]] = {"s": [], "t": []}
    opened: dict[str, int] = {}
    at = length = 0
    for tag in _TAG.finditer(marked):
        parts.append(marked[at : tag.start()])
        length += tag.start() - at
        if tag[1]:
            spans[tag[2]].append((opened.pop(tag[2]), length))
        else:
            opened[tag[2]] = length
        at = tag.end()
    parts.append(marked[at:])
    return "".join(parts), spans
