"""What a page paints, for tests: spans and paths as the PDF backend hands them over."""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, radians, sin
from typing import Any

from extract.backends.mupdf import Glyph, Painted, Span
from extract.scene import Box

Point = tuple[float, float]


def advance(char: str, size: float) -> float:
    """Full-width characters take an em, others half of one."""
    return size if char > "\u2e7f" else size / 2


def span(
    text: str, x: float = 0.0, y: float = 100.0, size: float = 10.0, tracking: float = 0.0, **kept: Any
) -> Span:
    """Text set from x on the baseline y; ``tracking`` is added after each character, in points."""
    glyphs: list[Glyph] = []
    for char in text:
        glyphs.append((char, x, x + advance(char, size)))
        x += advance(char, size) + tracking
    values: dict[str, Any] = {
        "color": "#000000", "bold": False, "font": "F", "angle": 0.0,
        "upright": False, "invisible": False, "order": 0,
    } | kept  # fmt: skip
    return Span(tuple(glyphs), y, size, **values)


def painted(items: Any, kind: str = "f", fill: str = "#3366cc", stroke: str = "", **kept: Any) -> Painted:
    """A path; ``items`` as MuPDF gives them."""
    points = list(_points(items))
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = Box(min(xs), min(ys), max(xs), max(ys))
    return Painted(
        kind, tuple(items), box, kept.pop("clip", None), kept.pop("depth", 0), fill, stroke, **kept
    )


def _points(items: Any) -> Iterator[Point]:
    for item in items:
        if item[0] == "re":
            x0, y0, x1, y1 = item[1]
            yield from ((x0, y0), (x1, y1))
        else:
            yield from item[1:]


def rectangle(x0: float, y0: float, x1: float, y1: float) -> list[Any]:
    return [("re", (x0, y0, x1, y1), 1)]


def polygon(*points: Point) -> list[Any]:
    return [("l", a, b) for a, b in zip(points, (*points[1:], points[0]), strict=True)]


def at(cx: float, cy: float, r: float, degrees: float) -> Point:
    """The point at an angle clockwise from 12 o'clock."""
    a = radians(degrees)
    return cx + r * sin(a), cy - r * cos(a)


def arc(cx: float, cy: float, r: float, start: float, end: float) -> list[Any]:
    """Bezier curves of at most 45 degrees from start to end, which may run either way."""
    steps = max(1, int(abs(end - start) // 45) + 1)
    items = []
    for i in range(steps):
        a, b = start + (end - start) * i / steps, start + (end - start) * (i + 1) / steps
        p, q = at(cx, cy, r, a), at(cx, cy, r, b)
        pull = 4 / 3 * (1 - cos(radians((b - a) / 2))) / sin(radians((b - a) / 2)) * r
        ta, tb = radians(a), radians(b)
        c1 = p[0] + pull * cos(ta), p[1] + pull * sin(ta)
        c2 = q[0] - pull * cos(tb), q[1] - pull * sin(tb)
        items.append(("c", p, c1, c2, q))
    return items


def slice_of(cx: float, cy: float, r: float, start: float, end: float, r_inner: float = 0.0) -> list[Any]:
    """The outline of a pie or donut slice, closed."""
    outer = arc(cx, cy, r, start, end)
    first, last = outer[0][1], outer[-1][-1]
    if r_inner == 0.0:
        return [*outer, ("l", last, (cx, cy)), ("l", (cx, cy), first)]
    inner = arc(cx, cy, r_inner, end, start)
    return [*outer, ("l", last, inner[0][1]), *inner, ("l", inner[-1][-1], first)]
