"""A comparison as SVG: one dot per fact with its interval, groups by colour, reports from top to bottom.

Written by hand: a dot plot needs lines, circles and words only, and text in SVG takes the viewer's own
fonts, so Japanese shows on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10

from chosa.comparison import Comparison, Point
from chosa.emit.cells import number

# Pixels.
WIDTH, LABELS, MARGIN, ROW, HEAD, FOOT = 960, 340, 70, 26, 64, 40
# Okabe and Ito's colours, told apart by colour-blind readers too; groups beyond them share grey.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
OTHER = "#777777"
TICKS = 5  # about as many steps on the axis
FONT = "system-ui,'Hiragino Sans','Yu Gothic UI','Noto Sans CJK JP','Noto Sans JP',sans-serif"


def comparison_svg(found: Comparison, title: str) -> str:
    """The points of the first unit among them (others cannot share its axis)."""
    points = [p for p in found.points if p.observation.unit == found.points[0].observation.unit]
    groups = list(dict.fromkeys(_group(p) for p in points))
    low, high, step = _axis(points)
    height = HEAD + ROW * len(points) + FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" font-family="{escape(FONT)}" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="16" y="24" font-size="16" font-weight="600">{escape(title)}</text>',
        *_legend(groups),
        *_grid(low, high, step, len(points), points[0].observation.unit),
    ]
    for row, point in enumerate(points):
        parts += _point(point, HEAD + ROW * row + ROW / 2, low, high, _colour(groups, _group(point)))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _group(point: Point) -> str:
    return point.observation.segment or "全体"


def _colour(groups: Sequence[str], group: str) -> str:
    place = groups.index(group)
    return COLOURS[place] if place < len(COLOURS) else OTHER


def _axis(points: Sequence[Point]) -> tuple[float, float, float]:
    """(lowest, highest, step) of the value axis: 0 or below to a round number above everything."""
    ends = [end for p in points for end in (p.observation.value, *(p.interval or ()))]
    top, bottom = max(0.0, *ends), min(0.0, *ends)
    top = top if top > bottom else 1.0  # all values 0
    span = top - bottom
    unit = 10 ** floor(log10(span / TICKS))
    step = next(unit * m for m in (1, 2, 5, 10) if span / (unit * m) <= TICKS)
    return floor(bottom / step) * step, ceil(top / step) * step, step


def _x(value: float, low: float, high: float) -> float:
    return round(LABELS + (value - low) / (high - low) * (WIDTH - LABELS - MARGIN), 1)


def _legend(groups: Sequence[str]) -> Iterator[str]:
    x = 16
    for group in groups:
        yield f'<circle cx="{x + 5}" cy="44" r="5" fill="{_colour(groups, group)}"/>'
        yield f'<text x="{x + 15}" y="48">{escape(group)}</text>'
        x += 36 + 14 * len(group)


def _grid(low: float, high: float, step: float, rows: int, unit: str) -> Iterator[str]:
    bottom = HEAD + ROW * rows
    for n in range(round((high - low) / step) + 1):
        value = round(float(low + n * step), 10)
        x = _x(value, low, high)
        yield f'<line x1="{x}" y1="{HEAD}" x2="{x}" y2="{bottom}" stroke="#e3e7ec"/>'
        mark = "%" if unit == "percent" else ""
        yield f'<text x="{x}" y="{bottom + 18}" text-anchor="middle" fill="#555">{number(value)}{mark}</text>'


def _point(point: Point, y: float, low: float, high: float, colour: str) -> Iterator[str]:
    o, d = point.observation, point.document
    name = " ".join(filter(None, (d.year, d.publisher or d.title or d.file)))
    short = name if len(name) <= 24 else name[:23] + "…"
    said = f"{name} {_group(point)}: {number(o.value)} (n={o.base_n or '?'}) {o.question}"
    yield f"<g><title>{escape(said)}</title>"
    yield f'<text x="{LABELS - 12}" y="{y + 4.5}" text-anchor="end">{escape(short)}</text>'
    if point.interval:
        x0, x1 = (_x(end, low, high) for end in point.interval)
        yield f'<line x1="{x0}" y1="{y}" x2="{x1}" y2="{y}" stroke="{colour}" stroke-width="2"/>'
    x = _x(o.value, low, high)
    # A row nobody has confirmed is hollow.
    fill = "#fff" if o.status == "review" else colour
    yield f'<circle cx="{x}" cy="{y}" r="5" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
    yield f'<text x="{x}" y="{y - 8}" font-size="11" text-anchor="middle">{number(o.value)}</text></g>'
