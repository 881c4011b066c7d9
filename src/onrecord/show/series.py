"""Charts of a verdict as SVG: what happened when, and how much a year; drawn once, readable without scripts.

Vega-Lite through Altair, rendered by vl-convert. Colours are of the Okabe–Ito palette, which most people tell
apart who do not see all colours.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Sequence
from typing import Any

from onrecord.precedent.assessment import Assessment, DimensionVerdict

COLOURS = ("#0072b2", "#d55e00", "#009e73")
"""From the first state to the second; from the second to the first; between the two."""

WIDTHS = {"broad": 760, "slim": 250}
"""Each chart is drawn for a wide screen and for a telephone; the style sheet shows one of them."""

ROW = 26
_QUIET = "#777777"

_MARK = re.compile(
    r'(?P<before><(?P<tag>path|line)(?=[^>"]*(?:"[^"]*"[^>"]*)*role="graphics-symbol")(?:[^>"]|"[^"]*")*?)'
    r' aria-label="(?P<told>[^"]*)"(?P<after>(?:[^>"]|"[^"]*")*?)\s*(?:/>|></(?P=tag)>)'
)
"""A mark of a chart with the words that describe it."""


def timeline(one: Assessment) -> str | None:
    """Draw every occurrence by dimension and direction; null where there is none with a date."""
    marks = [mark for row in one.dimensions if row.basis == "chronology" for mark in _marks(row, one)]
    if not marks:
        return None
    return _at_widths(lambda width: _timeline(one, marks, width))


def _timeline(one: Assessment, marks: list[dict[str, Any]], width: int) -> str:
    import altair as alt  # slow to import  # noqa: PLC0415

    order = list(dict.fromkeys(mark["what kind"] for mark in marks))
    ways = [f"{one.a} → {one.b}", f"{one.b} → {one.a}", "between the two"]
    base = alt.Chart(alt.InlineData(values=marks)).encode(
        description="told:N",
        y=alt.Y(
            "what kind:N",
            sort=order,
            title=None,
            axis=alt.Axis(labelLimit=180, ticks=False, domain=False, minExtent=120),
        ),
        color=alt.Color(
            "way:N",
            scale=alt.Scale(domain=ways, range=list(COLOURS)),
            legend=alt.Legend(title=None, orient="top", symbolOpacity=1, columns=3 if width > 400 else 2),
        ),
    )
    span = alt.X(
        "start:T",
        title=None,
        scale=alt.Scale(padding=12),
        axis=alt.Axis(format="%Y", grid=True, tickCount=10 if width > 400 else 4),
    )
    lasting = (
        base.transform_filter("datum.lasts").mark_rule(strokeWidth=6, opacity=0.45).encode(x=span, x2="end:T")
    )
    points = base.mark_point(filled=True, size=70, opacity=0.9).encode(x=span)
    rule = (
        alt.Chart(alt.InlineData(values=[{"start": one.as_of.isoformat()}]))
        .mark_rule(strokeDash=[4, 3], color=_QUIET)
        .encode(x="start:T")
    )
    chart = alt.layer(lasting, points, rule).properties(width=width, height=ROW * len(order))
    return _svg(chart, f"What is on record between {one.a} and {one.b}, by year and kind")


def _marks(row: DimensionVerdict, one: Assessment) -> list[dict[str, Any]]:
    way = f"{row.from_} → {row.to}" if row.from_ and row.to else "between the two"
    found = []
    for occurrence in (*row.precedents, *row.present):
        start, _, end = occurrence.date.partition("/")
        first = _day(start)
        if first is None:
            continue
        last = one.as_of if end == ".." else _day(end) or first
        found.append(
            {
                "what kind": str(row.dimension),
                "way": way,
                "told": f"{occurrence.date}, {way}: {occurrence.what} [{occurrence.source}]",
                "start": first.isoformat(),
                "end": min(last, one.as_of).isoformat(),
                "lasts": (last - first).days > 200,
            }
        )
    return found


def bars(row: DimensionVerdict, colour: str) -> str | None:
    """Draw a series of a register: a bar a year, the window shaded, the past maximum as a rule."""
    if row.basis != "register" or not row.points or row.window is None:
        return None
    first, last = row.window[0].year, row.window[1].year
    return _at_widths(lambda width: _bars(row, colour, (first, last), width))


def _bars(row: DimensionVerdict, colour: str, window: tuple[int, int], width: int) -> str:
    import altair as alt  # noqa: PLC0415

    first, last = window
    values = [{"year": y, "value": v, "in": first <= y <= last} for y, v in row.points]
    years = alt.X(
        "year:Q",
        title=None,
        scale=alt.Scale(nice=False, zero=False, padding=8),
        axis=alt.Axis(format="d", tickCount=8 if width > 400 else 4, grid=False),
    )
    bar = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar(width=max(2, min(12, width // (len(values) + 1))))
        .encode(
            x=years,
            y=alt.Y("value:Q", title=row.unit, axis=alt.Axis(tickCount=4)),
            color=alt.condition("datum.in", alt.value(colour), alt.value("#9a9a9a")),
        )
    )
    shade = (
        alt.Chart(alt.InlineData(values=[{"year": first - 0.5, "end": last + 0.5}]))
        .mark_rect(color=colour, opacity=0.12, aria=False)
        .encode(x=years, x2="end:Q")
    )
    layers = [shade, bar]
    if row.past_maximum:
        mean = row.past_maximum / max(1, last - first + 1)
        layers.append(
            alt.Chart(alt.InlineData(values=[{"y": mean}]))
            .mark_rule(strokeDash=[5, 4], color=_QUIET)
            .encode(y="y:Q")
        )
    chart = alt.layer(*layers).properties(width=width, height=140)
    return _svg(chart, f"{row.dimension} from {row.from_} to {row.to}, {row.unit} a year")


def _day(words: str) -> dt.date | None:
    """Give the first day of a year, month or day in ISO form."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", words)
    return dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) if match else None


def _svg(chart: Any, title: str) -> str:
    """Render a chart that fits its column, with a title for those who do not see it."""
    import vl_convert  # noqa: PLC0415

    styled = chart.configure(background="transparent", font="system-ui, sans-serif").configure_axis(
        labelColor=_QUIET, titleColor=_QUIET, gridColor="#8883", domainColor="#8886", tickColor="#8886",
        labelFontSize=12, titleFontSize=12, titleFontWeight="normal",
    ).configure_view(stroke=None).configure_legend(labelColor=_QUIET, labelFontSize=12)  # fmt: skip
    svg: str = vl_convert.vegalite_to_svg(styled.to_dict())
    escaped = html.escape(title)
    fitted = re.sub(
        r"<svg([^>]*?) width=\"[\d.]+\" height=\"[\d.]+\"",
        rf'<svg\1 role="img" aria-label="{escaped}"',
        svg,
        count=1,
    )
    return _MARK.sub(_titled, fitted)


def _at_widths(draw: Callable[[int], str]) -> str:
    return "".join(f'<div class="{kind}">{draw(width)}</div>' for kind, width in WIDTHS.items())


def _titled(mark: re.Match[str]) -> str:
    """Give a mark what it stands for as a title, which browsers show where the pointer rests."""
    told = html.escape(html.unescape(mark["told"]))
    return f'{mark["before"]} aria-label="{told}"{mark["after"]}><title>{told}</title></{mark["tag"]}>'


def colour_of(row: DimensionVerdict, one: Assessment) -> str:
    """Give the colour of a direction."""
    return COLOURS[0] if (row.from_, row.to) == (one.a, one.b) else COLOURS[1] if row.from_ else COLOURS[2]


def charts(one: Assessment) -> Sequence[tuple[DimensionVerdict, str]]:
    """Give the registers' series that have something in them, each drawn."""
    drawn = [(row, bars(row, colour_of(row, one))) for row in one.dimensions if any(v for _, v in row.points)]
    return [(row, svg) for row, svg in drawn if svg is not None]
