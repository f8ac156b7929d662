"""Scenes drawn by hand: words with plausible boxes, bars, slices and lines."""

from __future__ import annotations

import math
from collections.abc import Sequence

from extract.scene import Box, Mark, Scene, Sector, Word

EM = 8.0


def word(
    text: str, x: float, y: float, size: float = EM, color: str = "#000000", align: str = "left"
) -> Word:
    """``y`` is the middle of the line; wide characters are one em, others half."""
    widths = [size if ord(c) > 0x2E7F else 0.55 * size for c in text]
    total = sum(widths)
    left = {"left": x, "centre": x - total / 2, "right": x - total}[align]
    edges = [left]
    for width in widths:
        edges.append(edges[-1] + width)
    box = Box(left, y - 0.6 * size, edges[-1], y + 0.6 * size)
    return Word(text, box, size, tuple(edges), color)


def rect(x0: float, y0: float, x1: float, y1: float, fill: str, stroke: str = "", order: int = 0) -> Mark:
    return Mark("rect", Box(x0, y0, x1, y1), fill=fill, stroke=stroke, order=order)


def square(x: float, y: float, fill: str, side: float = 6.0) -> Mark:
    """A key centred at (x, y)."""
    return rect(x - side / 2, y - side / 2, x + side / 2, y + side / 2, fill)


def polyline(points: Sequence[tuple[float, float]], stroke: str, width: float = 1.0) -> Mark:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    kind = "line" if len(points) == 2 else "polyline"
    box = Box(min(xs), min(ys), max(xs), max(ys))
    return Mark(kind, box, stroke=stroke, stroke_width=width, points=tuple(points))  # type: ignore[arg-type]


def dot(x: float, y: float, fill: str, radius: float = 2.0) -> Mark:
    return Mark("marker", Box(x - radius, y - radius, x + radius, y + radius), fill=fill)


def slice_(cx: float, cy: float, r: float, start: float, end: float, fill: str, r_inner: float = 0.0) -> Mark:
    """Degrees clockwise from 12 o'clock."""
    angles = [start + (end - start) * k / 24 for k in range(25)]
    ring = [
        (cx + q * math.sin(math.radians(a)), cy - q * math.cos(math.radians(a)))
        for a in angles
        for q in (r, r_inner)
    ]
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return Mark(
        "sector",
        Box(min(xs), min(ys), max(xs), max(ys)),
        fill=fill,
        sector=Sector(cx, cy, r, r_inner, start, end),
    )


def scene(words: Sequence[Word], marks: Sequence[Mark], width: float = 600, height: float = 400) -> Scene:
    numbered = tuple(
        Mark(
            m.kind,
            m.box,
            m.fill,
            m.stroke,
            m.stroke_width,
            m.opacity,
            m.points,
            m.sector,
            m.dashed,
            m.pattern,
            m.seen_by,
            m.slack,
            k,
        )
        for k, m in enumerate(marks)
    )
    return Scene(width, height, page=1, words=tuple(words), marks=numbered, text_source="text")
