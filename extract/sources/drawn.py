"""Painted paths to marks: bars, slices, lines, markers, areas, with colours and painting order.

One path may paint many shapes (a whole grid, all bars of a series), one shape may be painted by several
paths (fill, then outline); so paths are first cut into outlines, each outline is named by its geometry,
and marks painted at the same place are joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.backends.mupdf import Item, Painted
from extract.scene import Box, Mark, MarkKind
from extract.sources.arcs import outline_to_sector

Point = tuple[float, float]

# Points. A stroke at least this wide and straight is a bar painted with a pen, not a line.
PEN_BAR = 3.0
# A filled shape no thicker than this is a rule painted as a rectangle, when it is RULE_ASPECT times longer
# and either grey or longer than any bar end: coloured slivers are bars of small values.
RULE_THICKNESS, RULE_ASPECT, LONG_RULE = 1.2, 10.0, 100.0
# The symbols of line charts and bullets are at most this large.
MARKER_SIZE = 14.0
# Corners may be rounded by up to this share of the shorter side before a bar is no bar any more, and two
# opposite sides must be straight over this share of their length (a quarter of a pie has two adjacent ones).
ROUNDED, STRAIGHT = 0.5, 0.25
# An upright edge lower than this is a tick, not a border between words.
WALL_HEIGHT = 5.0
# How far a side may lean and still be level (drawing tools round to 1/100 pt, matrices add to it).
LEVEL = 0.05
# Steps per Bezier curve when a curve is walked: a quarter circle then errs by less than 0.1 % of r.
CURVE_STEPS = 8
_STEPS = tuple(  # weights of a curve's four points at each step
    ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    for t in (i / CURVE_STEPS for i in range(1, CURVE_STEPS + 1))
)


@dataclass(frozen=True, slots=True)
class Outline:
    """One piece of a path: its corner points in order, whether it closes, whether any piece was curved."""

    points: tuple[Point, ...]
    closed: bool
    curved: bool

    @property
    def box(self) -> Box:
        xs = [p[0] for p in self.points]
        ys = [p[1] for p in self.points]
        return Box(min(xs), min(ys), max(xs), max(ys))


def painted_to_marks(paths: Sequence[Painted], page: Box) -> tuple[Mark, ...]:
    """Marks of a page in painting order; what lies outside the page or its clip is left out."""
    marks: list[Mark] = []
    for path in paths:
        if path.kind == "clip":
            continue
        visible = _common(path.clip, page) if path.clip is not None else page
        if visible is None:
            continue
        marks.extend(path_marks(path, visible))
    return tuple(_joined(marks))


def path_marks(path: Painted, visible: Box) -> Iterable[Mark]:
    """Marks of one path, cut to what is visible of it."""
    if len(path.items) == 1 and path.items[0][0] == "re":  # by far the commonest path
        x0, y0, x1, y1 = path.items[0][1]  # bars below zero are drawn with a negative width or height
        mark = _rect(Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), path)
        found = [mark] if mark else []
    else:
        found = [m for outline in outlines(path.items) if (m := _outline_mark(outline, path)) is not None]
    for mark in found:
        clipped = _clipped(mark, visible)
        if clipped is not None:
            yield clipped


def outlines(items: Sequence[Item]) -> list[Outline]:
    """The connected pieces of a path; curves are walked in CURVE_STEPS steps."""
    found: list[Outline] = []
    points: list[Point] = []
    curved = False

    def finish() -> None:
        if len(points) > 1:
            closed = len(points) > 2 and _near(points[0], points[-1])
            found.append(Outline(tuple(points), closed, curved))

    for item in items:
        kind = item[0]
        if kind in ("re", "qu"):
            finish()
            points, curved = [], False
            found.append(Outline(_corners(item), True, False))
            continue
        if not points or not _near(points[-1], item[1]):
            finish()
            points, curved = [(item[1][0], item[1][1])], False
        if kind == "l":
            points.append((item[2][0], item[2][1]))
        else:
            curved = True
            points.extend(_walk(item[1], item[2], item[3], item[4]))
    finish()
    return found


def _corners(item: Item) -> tuple[Point, ...]:
    if item[0] == "re":
        x0, y0, x1, y1 = item[1]
        return (x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)
    ul, ur, ll, lr = ((p[0], p[1]) for p in item[1])
    return ul, ur, lr, ll, ul


def _walk(p: Point, c1: Point, c2: Point, q: Point) -> Iterable[Point]:
    return [
        (a * p[0] + b * c1[0] + c * c2[0] + d * q[0], a * p[1] + b * c1[1] + c * c2[1] + d * q[1])
        for a, b, c, d in _STEPS
    ]


def _near(p: Sequence[float], q: Sequence[float]) -> bool:
    return abs(p[0] - q[0]) < 0.01 and abs(p[1] - q[1]) < 0.01


def _outline_mark(outline: Outline, path: Painted) -> Mark | None:
    box = outline.box
    if not path.fill:
        return _stroked(outline, box, path)
    if max(box.width, box.height) < 0.05:
        return None
    if is_rect(outline, box):
        return _rect(box, path)
    if min(box.width, box.height) < 0.05:  # a filled line: paints nothing unless it is stroked too
        return _stroked(outline, box, path) if path.stroke else None
    if max(box.width, box.height) <= MARKER_SIZE:
        return _mark("marker", box, path, outline.points if not outline.curved else ())
    sector = outline_to_sector(outline.points)
    if sector is not None:
        return replace(_mark("sector", box, path), sector=sector)
    return _mark("area", box, path, outline.points)


def is_rect(outline: Outline, box: Box) -> bool:
    """Whether the outline is an upright rectangle, perhaps with rounded corners or doubled points."""
    slack = max(LEVEL, 0.002 * max(box.width, box.height))
    if not outline.curved:
        return all(
            min(abs(x - box.x0), abs(x - box.x1)) <= slack or min(abs(y - box.y0), abs(y - box.y1)) <= slack
            for x, y in outline.points
        ) and _covers_corners(outline.points, box, slack)
    if max(box.width, box.height) <= MARKER_SIZE and 0.8 < box.width / max(box.height, 1e-6) < 1.25:
        return False  # a small round or rounded shape is a symbol
    return _sides_mostly_straight(outline.points, box, slack)


def _covers_corners(points: Sequence[Point], box: Box, slack: float) -> bool:
    corners = {(round(abs(x - box.x1) <= slack), round(abs(y - box.y1) <= slack)) for x, y in points}
    return len(corners) == 4


def _sides_mostly_straight(points: Sequence[Point], box: Box, slack: float) -> bool:
    """Rounded bars: every point lies on the box's border or in a corner, two opposite sides are straight."""
    corner = ROUNDED * min(box.width, box.height) + slack
    straight = {"left": 0.0, "right": 0.0, "top": 0.0, "bottom": 0.0}
    for (ax, ay), (bx, by) in pairwise(points):
        side = _side(ax, ay, bx, by, box, slack)
        if side:
            straight[side] += abs(ax - bx) + abs(ay - by)
            continue
        near_x = min(ax - box.x0, box.x1 - ax) <= corner and min(bx - box.x0, box.x1 - bx) <= corner
        near_y = min(ay - box.y0, box.y1 - ay) <= corner and min(by - box.y0, box.y1 - by) <= corner
        if not (near_x and near_y):
            return False
    level = min(straight["top"], straight["bottom"]) >= STRAIGHT * box.width
    return level or min(straight["left"], straight["right"]) >= STRAIGHT * box.height


def _side(ax: float, ay: float, bx: float, by: float, box: Box, slack: float) -> str:
    """The side of the box along which a step of the outline runs, "" when along none."""
    if abs(ax - bx) <= slack:
        if abs(ax - box.x0) <= slack:
            return "left"
        if abs(ax - box.x1) <= slack:
            return "right"
    if abs(ay - by) <= slack:
        if abs(ay - box.y0) <= slack:
            return "top"
        if abs(ay - box.y1) <= slack:
            return "bottom"
    return ""


def _rect(box: Box, path: Painted) -> Mark | None:
    if not path.fill and not path.stroke:
        return None
    if not path.fill:
        return _mark("rect", box, path)
    thin, long = sorted((box.width, box.height))
    if long < 0.05 or (thin < 1e-4 and not path.stroke):
        return None
    if thin <= RULE_THICKNESS and long >= RULE_ASPECT * thin and (is_grey(path.fill) or long >= LONG_RULE):
        ends = _middle_line(box)
        return replace(_mark("line", box, path), fill="", stroke=path.fill, stroke_width=thin, points=ends)
    return _mark("rect", box, path)


def is_grey(color: str) -> bool:
    """Whether a colour has no hue to speak of: rules, axes and frames, seldom series."""
    r, g, b = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return max(r, g, b) - min(r, g, b) <= 24


def _middle_line(box: Box) -> tuple[Point, Point]:
    if box.width >= box.height:
        return (box.x0, box.cy), (box.x1, box.cy)
    return (box.cx, box.y0), (box.cx, box.y1)


def _stroked(outline: Outline, box: Box, path: Painted) -> Mark | None:
    """A path that only the pen paints."""
    if not path.stroke:
        return None
    straight = len(outline.points) == 2 or (not outline.curved and min(box.width, box.height) < 0.05)
    if straight:
        return _pen_line(box, outline, path)
    if outline.closed and is_rect(outline, box):
        return _mark("rect", box, path)
    if path.width >= PEN_BAR and outline.curved:
        sector = outline_to_sector(outline.points, pen=path.width)
        if sector is not None:
            ring = box.grown(path.width / 2)
            return replace(_mark("sector", ring, path), sector=sector, fill=path.stroke, stroke="")
    if outline.closed and max(box.width, box.height) <= MARKER_SIZE:
        return _mark("marker", box, path)
    return _mark("polyline", box, path, outline.points)


def _pen_line(box: Box, outline: Outline, path: Painted) -> Mark | None:
    level = min(box.width, box.height) < LEVEL
    if path.width >= PEN_BAR and level and not path.dashes and max(box.width, box.height) > 0.05:
        half = path.width / 2
        bar = (
            Box(box.x0, box.cy - half, box.x1, box.cy + half)
            if box.width >= box.height
            else Box(box.cx - half, box.y0, box.cx + half, box.y1)
        )
        return replace(_mark("rect", bar, path), fill=path.stroke, stroke="", stroke_width=0.0)
    if max(box.width, box.height) < 0.05:
        return None
    return _mark("line", box, path, (outline.points[0], outline.points[-1]))


def _mark(kind: MarkKind, box: Box, path: Painted, points: tuple[Point, ...] = ()) -> Mark:
    width = path.width if path.stroke else 0.0
    return Mark(
        kind,
        box,
        path.fill,
        path.stroke,
        width,
        path.opacity,
        points,
        None,
        bool(path.dashes),
        order=path.order,
    )


def _common(a: Box, b: Box) -> Box | None:
    x0, y0, x1, y1 = max(a.x0, b.x0), max(a.y0, b.y0), min(a.x1, b.x1), min(a.y1, b.y1)
    return Box(x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def _clipped(mark: Mark, visible: Box) -> Mark | None:
    """The visible part of a mark; slices and curves are kept whole or dropped, bars and lines are cut."""
    box, pen = mark.box, mark.stroke_width / 2
    inside = (
        box.x0 >= visible.x0 - pen and box.y0 >= visible.y0 - pen
        and box.x1 <= visible.x1 + pen and box.y1 <= visible.y1 + pen
    )  # fmt: skip
    if inside:
        return mark
    x0, y0 = max(box.x0, visible.x0), max(box.y0, visible.y0)
    x1, y1 = min(box.x1, visible.x1), min(box.y1, visible.y1)
    if x1 < x0 or y1 < y0 or (x1 == x0 and y1 == y0) or (mark.fill and (x1 == x0 or y1 == y0)):
        return None
    cut = Box(x0, y0, x1, y1)
    if mark.kind == "line" and min(box.width, box.height) < 0.05 + 2 * pen:
        return replace(mark, box=cut, points=_middle_line(cut))
    return replace(mark, box=cut)


def _joined(marks: Sequence[Mark]) -> list[Mark]:
    """A fill and the outline painted over it are one mark; the same thing painted twice is one too."""
    joined: list[Mark] = []
    at: dict[tuple[str, int, int, int, int], int] = {}
    for mark in marks:
        b = mark.box
        key = (mark.kind, round(b.x0 * 4), round(b.y0 * 4), round(b.x1 * 4), round(b.y1 * 4))
        old_index = at.get(key)
        if old_index is not None and mark.kind != "polyline":
            old = joined[old_index]
            if mark.fill and mark.opacity > 0.99:
                joined[old_index] = replace(mark, stroke=mark.stroke or old.stroke)
                continue
            if not mark.fill:
                joined[old_index] = replace(
                    old, stroke=mark.stroke or old.stroke, stroke_width=mark.stroke_width or old.stroke_width
                )
                continue
        at[key] = len(joined)
        joined.append(mark)
    return joined


def walls(marks: Sequence[Mark]) -> list[tuple[float, float, float]]:
    """Upright edges (x, top, bottom) that divide words: ruling lines, sides of cells and bars."""
    found: list[tuple[float, float, float]] = []
    for mark in marks:
        box = mark.box
        if mark.kind == "line" and box.width < 1.0 and box.height > WALL_HEIGHT:
            found.append((box.cx, box.y0, box.y1))
        elif mark.kind == "rect" and box.height > WALL_HEIGHT:
            found.append((box.x0, box.y0, box.y1))
            found.append((box.x1, box.y0, box.y1))
    return found
