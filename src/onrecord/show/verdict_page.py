"""A verdict on precedent as one HTML page without network or script: the answer, charts, and every row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from onrecord.precedent.assessment import Assessment, DimensionVerdict, Occurrence
from onrecord.precedent.wording import name, respect, sized
from onrecord.show import series, wording
from onrecord.show.matrix import ASKED, Told, matrix
from onrecord.show.page import asset, environment, source_hash, trusted

_PAGE = re.compile(r"(?P<title>.*?) ?\((?P<about>[^()]*)\) (?P<url>https?://\S+?)(?:; |$)", re.DOTALL)


class Source(NamedTuple):
    """A page or a row that an occurrence rests on; a link where it has the address of one."""

    words: str
    link: str | None


class Line(NamedTuple):
    """An occurrence as the table has it."""

    date: str
    what: str
    sources: tuple[Source, ...]
    present: bool


def verdict_page(assessment: Assessment, told: Iterable[Told]) -> str:
    """Give the page of an assessment; the same page for the same assessment."""
    style = asset("page.css") + asset("verdict.css")
    drawn = series.timeline(assessment)
    return (
        environment()
        .get_template("verdict.html")
        .render(
            one=assessment,
            title=f"{name(assessment.a)} and {name(assessment.b)}",
            style=trusted(style),
            # Charts carry their colours as attributes and their font as style.
            policy=(
                f"default-src 'none'; style-src '{source_hash(style)}' 'unsafe-inline'; img-src data:; "
                "base-uri 'none'; form-action 'none'"
            ),
            timeline=trusted(drawn) if drawn else None,
            charts=[
                {"title": respect(row, assessment.a, assessment.b), "row": row, "svg": trusted(svg)}
                for row, svg in series.charts(assessment)
            ],
            rows=[
                {
                    "row": row,
                    "title": respect(row, assessment.a, assessment.b),
                    "facts": tuple(_figures(row)),
                    "lines": tuple(_lines(row)),
                }
                for row in assessment.dimensions
                if row.verdict not in ("none", "not covered")
            ],
            silent=[
                (respect(row, assessment.a, assessment.b), row.verdict)
                for row in assessment.dimensions
                if row.verdict in ("none", "not covered")
            ],
            counter=None
            if assessment.counter_evidence is None
            else _sources(assessment.counter_evidence.source),
            stands=matrix(told),
            asked=ASKED,
            day=wording.day,
        )
    )


def _figures(row: DimensionVerdict) -> Iterable[tuple[str, str]]:
    """Give the figures of a verdict with their headings, the baselines among them."""
    unit = row.unit or ""
    if row.level is not None:
        yield "level", sized(row.level, unit)
    if row.past_maximum is not None:
        yield "largest before", sized(row.past_maximum, unit)
    if row.ratio_to_own_mean is not None:
        yield "to own mean year", f"× {row.ratio_to_own_mean:.2g}"
    if row.first_ever is not None:
        yield "first ever", "yes" if row.first_ever else "no"
    if row.surprise_bits is not None:
        yield "surprise", f"{row.surprise_bits:.1f} bits"
    if row.jump_bits is not None:
        yield "surprise within ten years", f"{row.jump_bits:.1f} bits"
    if row.base_rate is not None:
        yield "base rate", f"{row.base_rate.share:.1%} of {row.base_rate.windows:,} windows"
    if row.percentile_own is not None:
        yield "percentile, own past", f"{row.percentile_own:.0f}"
    if row.percentile_active is not None:
        yield "percentile, active dyads", f"{row.percentile_active:.0f}"
    if row.reverse_years:
        yield "years the other way", str(row.reverse_years)
    if row.unrecorded is not None:
        yield "an unrecorded one", f"{row.unrecorded.low:.0%} to {row.unrecorded.high:.0%} likely"


def _lines(row: DimensionVerdict) -> Iterable[Line]:
    both: Sequence[tuple[Occurrence, bool]] = [
        *((o, True) for o in reversed(row.present)),
        *((o, False) for o in reversed(row.precedents)),
    ]
    for occurrence, present in both:
        yield Line(_dates(occurrence.date), occurrence.what, _sources(occurrence.source), present)


def _dates(date: str) -> str:
    start, slash, end = date.partition("/")
    return f"{start} – {'now' if end == '..' else end}" if slash else start


def _sources(source: str) -> tuple[Source, ...]:
    """Give the pages that a source names, each with its address; of others the words."""
    pages = [Source(f"{m['title']} ({m['about']})".strip(), m["url"]) for m in _PAGE.finditer(source)]
    return tuple(pages) or (Source(source, None),)
