"""A verdict on precedent for the terminal: the answer first, then why, and which row to dispute."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.precedent.assessment import Assessment, DimensionVerdict, Occurrence
from onrecord.precedent.wording import name, respect, sized
from onrecord.show import wording
from onrecord.show.matrix import ASKED, Stand, Told, matrix

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

WIDEST = 110
"""Columns beyond which lines are no longer easy to read."""

SHOWN = 4
"""Precedents of a dimension that are printed, the latest; `--json` and the page have all."""

_STYLES = {
    "unprecedented": "bold red",
    "new in kind": "bold yellow",
    "escalation": "yellow",
    "revival": "yellow",
    "precedented": "green",
    "none": "dim",
    "not covered": "dim",
}


def print_verdict(assessment: Assessment, told: Iterable[Told], console: Console) -> None:
    """Print an assessment for a person to read; at any width, with colour or without."""
    from rich.console import Group  # slow to import  # noqa: PLC0415

    width = min(console.width, WIDEST)
    console.print(Group(*_parts(assessment, matrix(told))), width=width)


def _parts(one: Assessment, stands: Sequence[Stand]) -> Iterator[RenderableType]:
    known = f", as known by {wording.day(one.as_known)}" if one.as_known else ""
    yield _text(f"{name(one.a)} and {name(one.b)}, as of {wording.day(one.as_of)}{known}", "dim")
    yield _text(one.verdict, "bold")
    yield _text(one.says)
    yield _text("")
    spoken = [row for row in one.dimensions if row.verdict not in ("none", "not covered")]
    for row in spoken:
        yield from _dimension(row, one)
    silent = [row for row in one.dimensions if row.verdict in ("none", "not covered")]
    if silent:
        yield _heading("Nothing on record")
        yield _indented("; ".join(f"{respect(row, one.a, one.b)}: {row.verdict}" for row in silent))
    yield from _against(one)
    yield from _comparisons(one)
    yield from _positions(stands)
    yield from _coverage(one)


def _dimension(row: DimensionVerdict, one: Assessment) -> Iterator[RenderableType]:
    line = _text(f"{row.verdict}  ", _STYLES[row.verdict])
    line.append(respect(row, one.a, one.b), style="bold")
    yield line
    yield _indented(row.says)
    for facts in _facts(row):
        yield _indented(facts, "dim")
    past = row.precedents[-SHOWN:]
    for label, found in (("now", row.present[-SHOWN:]), ("before", past)):
        for occurrence in reversed(found):
            yield _occurrence(label, occurrence)
    more = len(row.precedents) - len(past)
    if more > 0:
        yield _indented(f"and {wording.count(more, 'earlier occurrence')}, the first of {row.first}", "dim")
    if row.contradicted_by is not None:
        yield _occurrence("but in another source", row.contradicted_by)
    yield _text("")


def _facts(row: DimensionVerdict) -> Iterator[str]:
    """Give the figures of a verdict with the baselines beside them."""
    figures = []
    if row.basis == "register":
        if row.level is not None:
            figures.append(f"level {sized(row.level, row.unit or '')}")
        if row.ratio_to_own_mean is not None:
            figures.append(f"{row.ratio_to_own_mean:.2g} times its own mean year")
        if row.first_ever is not None:
            figures.append("the first ever" if row.first_ever else "not the first")
        if row.surprise_bits is not None and row.base_rate is not None:
            share, windows = row.base_rate.share, row.base_rate.windows
            figures.append(
                f"surprise {row.surprise_bits:.1f} bits (as large a break in {share:.1%} of {windows:,})"
            )
        if row.jump_bits is not None:
            figures.append(f"{row.jump_bits:.1f} bits against the ten years before")
        if row.percentile_own is not None:
            figures.append(f"percentile {row.percentile_own:.0f} of its own past")
        if row.percentile_active is not None:
            figures.append(f"{row.percentile_active:.0f} among active dyads")
    if figures:
        yield "; ".join(figures)
    if row.unrecorded is not None:
        low, high = row.unrecorded.low, row.unrecorded.high
        yield f"that an earlier one exists unrecorded: {low:.0%} to {high:.0%}"
    if row.source:
        years = f", {row.covered[0]}–{row.covered[1]}" if row.covered else ""
        yield f"by {row.source}{years}"


def _occurrence(label: str, one: Occurrence) -> RenderableType:
    return _indented(f"{label}: {one.date}  {_short(one.what)}  [{_publishers(one.source)}]")


_NOTE = re.compile(r"(?<=[.!?]) \(.*\)$", re.DOTALL)
_PAGE = re.compile(r"\(([^()]+)\) https?://")


def _short(what: str) -> str:
    """Give what happened without the note behind it, which the page has."""
    return _NOTE.sub("", what)


def _publishers(source: str) -> str:
    """Give publisher and date of each page; the page and the JSON have title and address."""
    return "; ".join(_PAGE.findall(source)) or source


def _against(one: Assessment) -> Iterator[RenderableType]:
    if one.counter_evidence is not None:
        counter = one.counter_evidence
        yield _heading("Strongest counter-evidence")
        yield _indented(f"{counter.date}  {_short(counter.what)}  [{_publishers(counter.source)}]")
        yield _indented(counter.why, "dim")
    yield _heading("What would change this")
    yield _indented(one.would_change)


def _comparisons(one: Assessment) -> Iterator[RenderableType]:
    if not one.versus:
        return
    yield _heading("Beside it")
    own = f"{one.score:.1f}" if one.score is not None else "–"
    yield _indented(f"{own:>5}  {one.a}-{one.b}: {one.verdict}")
    for other in one.versus:
        score = f"{other.score:.1f}" if other.score is not None else "–"
        yield _indented(f"{score:>5}  {other.a}-{other.b}: {other.verdict}")
    yield _indented("the figure is the score, in bits; – without a register", "dim")


def _positions(stands: Sequence[Stand]) -> Iterator[RenderableType]:
    if not stands:
        return
    yield _heading("What the articles claim")
    for stand in stands:
        introduced = f", {stand.introduced}" if stand.introduced else ""
        yield _indented(wording.visible(f"{stand.holder}{introduced} ({stand.kind})"), "bold")
        for predicate, cell in stand.cells.items():
            yield _indented(f"{ASKED[predicate]}: {cell.stance}", indent=4)
            for quotation in cell.quotations[:2]:
                words = wording.visible(quotation.words)
                yield _indented(
                    f"{words}  [{wording.visible(quotation.where)}; {quotation.cite}]", "dim", indent=6
                )


def _coverage(one: Assessment) -> Iterator[RenderableType]:
    yield _heading("What this rests on")
    sources: dict[str, list[str]] = {}
    for row in one.coverage:
        if row.source is not None:
            years = f" {row.covered[0]}–{row.covered[1]}" if row.covered else ""
            sources.setdefault(row.source, []).append(f"{row.dimension}{years}")
    for source, dimensions in sources.items():
        yield _indented(f"{source}: {', '.join(dict.fromkeys(dimensions))}")
    bare = dict.fromkeys(row.dimension for row in one.coverage if row.source is None)
    if bare:
        yield _indented(f"covered by nothing: {', '.join(bare)}; a missing source is not a zero")


def _heading(words: str) -> Text:
    return _text(words, "bold underline")


def _text(words: str, style: str = "") -> Text:
    from rich.text import Text  # noqa: PLC0415

    return Text(wording.visible(words), style=style)


def _indented(words: str, style: str = "", *, indent: int = 2) -> RenderableType:
    from rich.padding import Padding  # noqa: PLC0415

    return Padding(_text(words, style), (0, 0, 0, indent))
