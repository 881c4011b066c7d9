"""The reliability diagram as SVG: share right over confidence, with intervals and counts.

It carries its own colours for light and dark, its title and its description, and needs no library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Point:
    """A bin of records: where it starts and ends, how many it holds, and how sure and how right they are.

    `share` of them are right, between `low` and `high` with 95 % confidence. All but `count` in [0, 1].
    """

    start: float
    end: float
    count: int
    confidence: float
    share: float
    low: float
    high: float


_WIDTH, _HEIGHT = 560, 660
_LEFT, _RIGHT = 64, 536
_TOP, _BOTTOM = 76, 476
_STRIP_TOP, _STRIP_BOTTOM = 520, 592
_TICKS = tuple(i / 5 for i in range(6))

_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #3b4148; }
.title { font-size: 17px; font-weight: 600; fill: #16191d; }
.count { font-size: 11px; }
.paper { fill: #ffffff; }
.grid { stroke: #dfe3e8; }
.ideal { stroke: #6b7280; stroke-dasharray: 5 5; stroke-width: 1.5; }
.interval { stroke: #1d5fa8; stroke-width: 2; }
.point { fill: #1d5fa8; stroke: #ffffff; stroke-width: 1.5; }
.line { fill: none; stroke: #1d5fa8; stroke-width: 1.5; stroke-opacity: 0.55; }
.bar { fill: #1d5fa8; fill-opacity: 0.75; }
@media (prefers-color-scheme: dark) {
text { fill: #c3cad3; }
.title { fill: #f2f4f7; }
.paper { fill: #14181d; }
.grid { stroke: #2c333b; }
.ideal { stroke: #99a2ad; }
.interval, .line { stroke: #7fb6f2; }
.point { fill: #7fb6f2; stroke: #14181d; }
.bar { fill: #7fb6f2; }
}
"""


def draw(points: Sequence[Point], title: str, summary: str) -> str:
    """Give the diagram as an SVG document.

    Above, each bin's share right over its mean confidence with its interval, and the line on which they are
    equal; below, the number of records in each bin. `summary` becomes the description that a screen reader
    reads, after which it hears the bins one by one.
    """
    told = " ".join(
        f"Confidence {p.confidence:.2f}: {p.share:.0%} right of {p.count:,} ({p.low:.0%} to {p.high:.0%})."
        for p in points
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" role="img" aria-labelledby="title description">',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="description">{escape(f"{summary} {told}".strip())}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="paper" width="{_WIDTH}" height="{_HEIGHT}"/>',
        f'<text class="title" x="{_LEFT}" y="30">{escape(title)}</text>',
        *_axes(),
        *_curve(points),
        *_counts(points),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _x(value: float) -> float:
    return round(_LEFT + value * (_RIGHT - _LEFT), 1)


def _y(value: float) -> float:
    return round(_BOTTOM - value * (_BOTTOM - _TOP), 1)


def _axes() -> list[str]:
    """Draw the grid with its numbers, the names of the axes, and the line of perfect calibration."""
    parts = []
    for tick in _TICKS:
        x, y = _x(tick), _y(tick)
        parts += [
            f'<line class="grid" x1="{_LEFT}" y1="{y}" x2="{_RIGHT}" y2="{y}"/>',
            f'<line class="grid" x1="{x}" y1="{_TOP}" x2="{x}" y2="{_BOTTOM}"/>',
            f'<text x="{_LEFT - 10}" y="{y + 4}" text-anchor="end">{tick:.1f}</text>',
            f'<text x="{x}" y="{_STRIP_BOTTOM + 20}" text-anchor="middle">{tick:.1f}</text>',
        ]
    ideal = '<line class="ideal" x1="{}" y1="{}" x2="{}" y2="{}"/>'
    return [
        *parts,
        ideal.format(_x(0), _y(0), _x(1), _y(1)),
        f'<text x="{_LEFT}" y="56">share of records that are right, with 95 % intervals</text>',
        ideal.format(_x(0.6), _y(0.05), _x(0.68), _y(0.05)),
        f'<text x="{_x(0.7)}" y="{_y(0.05) + 4}">as right as it says</text>',
        f'<text x="{_x(0.5)}" y="{_HEIGHT - 18}" text-anchor="middle">confidence of the record</text>',
    ]


def _curve(points: Sequence[Point]) -> list[str]:
    """Draw the points, their intervals, and a line through them."""
    path = " ".join(f"{_x(p.confidence)},{_y(p.share)}" for p in points)
    parts = [f'<polyline class="line" points="{path}"/>'] if len(points) > 1 else []
    for p in points:
        x = _x(p.confidence)
        marks = [(x, x, p.low, p.high), (x - 4, x + 4, p.low, p.low), (x - 4, x + 4, p.high, p.high)]
        parts += [
            f'<line class="interval" x1="{x1:.1f}" y1="{_y(y1)}" x2="{x2:.1f}" y2="{_y(y2)}"/>'
            for x1, x2, y1, y2 in marks
        ]
        parts.append(f'<circle class="point" cx="{x}" cy="{_y(p.share)}" r="5"/>')
    return parts


def _counts(points: Sequence[Point]) -> list[str]:
    """Draw a bar for the number of records of each bin, with the number on it."""
    most = max((p.count for p in points), default=1)
    parts = [f'<text x="{_LEFT}" y="{_STRIP_TOP - 22}">number of records</text>']
    for p in points:
        left, right = _x(p.start) + 1, _x(p.end) - 1
        height = (_STRIP_BOTTOM - _STRIP_TOP) * p.count / most
        top = _STRIP_BOTTOM - height
        parts += [
            f'<rect class="bar" x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" '
            f'height="{height:.1f}"/>',
            f'<text class="count" x="{(left + right) / 2:.1f}" y="{top - 4:.1f}" text-anchor="middle">'
            f"{p.count:,}</text>",
        ]
    base = f'<line class="grid" x1="{_LEFT}" y1="{_STRIP_BOTTOM}" x2="{_RIGHT}" y2="{_STRIP_BOTTOM}"/>'
    return [*parts, base]
