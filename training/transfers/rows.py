"""Sentences with a military item → rows that the network learns from.

A line of `training/transfers/sentences/*.tsv` is one item of a text: the text, the item's words, the words
for supplier and recipient (`-` where the text tells none), stage, status and kind, or `none` three times
where the item is not transferred. `words#2` are the second occurrence of the words in the text.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.data import table
from onrecord.events.network import Span
from onrecord.transfers.network import KINDS, STAGES, STATUSES


@dataclass(frozen=True, slots=True)
class Row:
    """One item of a text; a null stage says that it is not transferred, a null side that none is told."""

    text: str
    item: Span
    supplier: Span | None
    recipient: Span | None
    stage: str | None
    status: str | None
    kind: str | None


def written(path: Path) -> Iterator[Row]:
    """Read a file of our sentences.

    Raises:
        ValueError: where a line is malformed, naming it.
    """
    with path.open(encoding="utf-8", newline="") as file:
        for number, line in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
            try:
                yield _row(line)
            except (TypeError, ValueError, KeyError) as error:
                raise ValueError(f"{path}:{number}: {error}") from error


def _row(line: dict[str, str]) -> Row:
    text = line["text"]
    item = place(text, line["item"])
    if item is None:
        raise ValueError("no item")
    if line["stage"] == "none":
        return Row(text, item, None, None, None, None, None)
    for name, known in (("stage", STAGES), ("status", STATUSES), ("kind", KINDS)):
        if line[name] not in known:
            raise ValueError(f"no {name} {line[name]!r}")
    sides = place(text, line["supplier"]), place(text, line["recipient"])
    return Row(text, item, *sides, line["stage"], line["status"], line["kind"])


def place(text: str, words: str) -> Span | None:
    """Find words, whole where they can be, the nth occurrence where `#n` follows.

    Raises:
        ValueError: where the text does not have them.
    """
    if words == "-":
        return None
    match = re.fullmatch(r"(.*?)#(\d)", words)
    wanted, which = (match[1], int(match[2])) if match else (words, 1)
    whole = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", text)]
    every = whole if len(whole) >= which else [m.span() for m in re.finditer(re.escape(wanted), text)]
    if len(every) < which:
        raise ValueError(f"the text has no {words!r}")
    return every[which - 1]


# --- the same deed between other states, so that no state is learned as a supplier


def elsewhere(rows: Sequence[Row], seed: int) -> Iterator[Row]:
    """Give each row whose text names states once more, with other states in their places."""
    rng = random.Random(seed)
    forms = [f for f in _forms() if all(f)]
    where = {word: (i, k) for i, form in enumerate(forms) for k, word in enumerate(form)}
    pattern = re.compile(
        r"(?<!\w)(" + "|".join(sorted(map(re.escape, where), key=len, reverse=True)) + r")(?!\w)"
    )
    for row in rows:
        found = list(pattern.finditer(row.text))
        if not found:
            continue
        states = sorted({where[m[1]][0] for m in found})
        others = dict(zip(states, rng.sample(range(len(forms)), len(states)), strict=True))
        edits = [(m.span(), forms[others[where[m[1]][0]]][where[m[1]][1]]) for m in found]
        yield _edited(row, edits)


def _forms() -> list[tuple[str, str, str]]:
    return [
        (row["name"], row["adjectives"].split("|")[0], row["capitals"].split("|")[0])
        for row in table("states.tsv")
    ]


def _edited(row: Row, edits: Sequence[tuple[Span, str]]) -> Row:
    def moved(span: Span | None) -> Span | None:
        if span is None:
            return None
        start, end = span
        by_start = sum(len(new) - (b - a) for (a, b), new in edits if b <= start)
        by_end = sum(len(new) - (b - a) for (a, b), new in edits if b <= end)
        return start + by_start, end + by_end

    text = row.text
    for (start, end), new in reversed(edits):
        text = text[:start] + new + text[end:]
    item = moved(row.item)
    assert item is not None
    return replace(row, text=text, item=item, supplier=moved(row.supplier), recipient=moved(row.recipient))
