"""Line charts on a page: strokes that run on from point to point, gathered into plots.

A series may be one polyline or a stroke per point pair; either way its ends meet, it has one colour
and its x only grows. Axes, grids, frames and leader lines fail one of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.charts.color import is_grey, is_pale, same, shown
from extract.charts.periods import is_plain_value
from extract.scene import Box, Mark, Scene, hull

# Fewer points than this are a leader line, an arrow or a bracket.
FEWEST_POINTS = 3
# Ends meet within this many page units (curves flattened by the source, rounded coordinates).
MEET = 0.6
# Series of one chart may lie far apart; a plot is rarely higher than this many widths.
APART = 1.2
# So many words in a row between two strokes are an axis.
FEWEST_TICKS = 3
# Page units: markers are hardly larger.
LARGEST_DOT = 16.0
SMALLEST_DOT = 2.0
LONGER_THAN_A_KEY = 60.0
DOTS = ("marker", "rect", "area", "sector")
# Page units by which a piece of a data line rises or falls, and a whole line does.
LEVEL_PIECE = 0.4
FLATTEST = 1.0
# Ticks stand on one line to this share of their height; values printed at points go up and down.
LEVEL = 0.08
# A stroke of few points over less than this share of the plot's width is no series.
NARROW = 0.3
# A marker stands on a line when its middle is this near to the plot, and to the line itself.
NEAR = 3.0
ON_LINE = 1.5


@dataclass(frozen=True, slots=True)
class Stroke:
    """Marks that run on from left to right."""

    marks: tuple[int, ...]
    points: tuple[tuple[float, float], ...]

    @property
    def box(self) -> Box:
        xs, ys = [p[0] for p in self.points], [p[1] for p in self.points]
        return Box(min(xs), min(ys), max(xs), max(ys))


def find_strokes(scene: Scene, keys: Sequence[str] = ()) -> list[Stroke]:
    """Every stroke of three or more points with growing x, pieces chained end to start.

    ``keys`` are the colours of a legend: in one of them a level line or one of two points is data too.
    """
    pieces: list[tuple[int, tuple[tuple[float, float], ...]]] = []
    for i, mark in enumerate(scene.marks):
        drawn = mark.kind in ("line", "polyline") and mark.stroke and not is_pale(mark.stroke)
        points = _rightward(mark) if drawn and len(mark.points) >= 2 else None
        if points is not None and points[-1][0] - points[0][0] > MEET:
            pieces.append((i, points))
    joined = _joined(scene, pieces)
    return [s for s in joined if _is_data(s) or _is_keyed(scene, s, keys) or _is_dotted(scene, s)]


def find_slopes(scene: Scene) -> list[Stroke]:
    """Lines of just two points: both ends carry a marker of the line's colour."""
    dots = [m for m in scene.marks if m.kind in DOTS and not _is_large(m)]
    found = []
    for i, mark in enumerate(scene.marks):
        if mark.kind not in ("line", "polyline") or not mark.stroke or is_pale(mark.stroke):
            continue
        points = _rightward(mark) if len(mark.points) == 2 else None
        if points is None or points[1][0] - points[0][0] <= MEET:
            continue
        level = abs(points[1][1] - points[0][1]) < FLATTEST
        if level and is_grey(mark.stroke):
            continue
        clear = [
            m for m in dots if min(m.box.width, m.box.height) >= max(SMALLEST_DOT, 1.8 * mark.stroke_width)
        ]
        if all(any(_carries(m, mark.stroke, point) for m in clear) for point in points):
            found.append(Stroke((i,), points))
    return found


def _is_keyed(scene: Scene, stroke: Stroke, keys: Sequence[str]) -> bool:
    """A line in a legend's colour, far longer than the legend's own sample of it."""
    first = scene.marks[stroke.marks[0]]
    traced = first.seen_by == "pixels"
    colored = not is_grey(first.stroke) and any(same(first.stroke, key, traced) for key in keys)
    return colored and stroke.box.width >= LONGER_THAN_A_KEY


def _is_dotted(scene: Scene, stroke: Stroke) -> bool:
    """A level line in a colour that carries a marker at every corner: a series that does not change."""
    color = scene.marks[stroke.marks[0]].stroke
    if is_grey(color) or len({round(x, 1) for x, _ in stroke.points}) < FEWEST_POINTS:
        return False
    x0, x1 = stroke.points[0][0] - ON_LINE, stroke.points[-1][0] + ON_LINE
    dots = [
        m
        for m in scene.marks
        if m.kind in DOTS and not _is_large(m) and m.box.width >= SMALLEST_DOT and x0 <= m.box.cx <= x1
    ]
    return all(any(_carries(m, color, point) for m in dots) for point in stroke.points)


def _is_large(mark: Mark) -> bool:
    return max(mark.box.width, mark.box.height) > LARGEST_DOT


def _carries(dot: Mark, color: str, point: tuple[float, float]) -> bool:
    near = abs(dot.box.cx - point[0]) <= ON_LINE and abs(dot.box.cy - point[1]) <= ON_LINE
    return near and any(c and same(c, color) for c in (shown(dot), dot.stroke))


def data_strokes(scene: Scene, keys: Sequence[str]) -> list[Stroke]:
    """Strokes and lines of two points, each mark once."""
    strokes = find_strokes(scene, keys)
    known = {i for stroke in strokes for i in stroke.marks}
    return strokes + [s for s in find_slopes(scene) if not known & set(s.marks)]


def find_line_plots(scene: Scene, em: float, keys: Sequence[str] = ()) -> list[tuple[Box, tuple[int, ...]]]:
    """Strokes that share their x range and lie over each other, with the small marks on them."""
    strokes = data_strokes(scene, keys)
    strokes = [s for s in strokes if s.box.width > 4 * em]
    groups: list[list[Stroke]] = []
    for stroke in strokes:
        near = [g for g in groups if any(_share_plot(scene, stroke, other) for other in g)]
        groups = [g for g in groups if not any(g is n for n in near)]
        groups.append([stroke, *(s for g in near for s in g)])
    plots = []
    for group in groups:
        group = [s for s in group if not is_leader(s, group)]
        box = hull(s.box for s in group)
        reach = box.grown(NEAR)
        dots = tuple(
            i for i, m in enumerate(scene.marks)
            if m.kind in DOTS and max(m.box.width, m.box.height) < 1.5 * em
            and reach.holds(m.box.cx, m.box.cy) and any(is_on(m.box, s.points) for s in group)
        )  # fmt: skip
        plots.append((box, tuple(sorted({i for s in group for i in s.marks} | set(dots)))))
    return plots


def is_leader(stroke: Stroke, others: Sequence[Stroke]) -> bool:
    """Few points over a small part of the plot: a leader line, a brace, an arrow."""
    widest = max(s.box.width for s in others)
    return stroke.box.width < NARROW * widest and len(stroke.points) <= FEWEST_POINTS


def is_on(box: Box, path: Sequence[tuple[float, float]]) -> bool:
    """Whether the middle of a small mark lies on the line."""
    for (xa, ya), (xb, yb) in pairwise(path):
        if xa - ON_LINE <= box.cx <= xb + ON_LINE:
            part = min(max((box.cx - xa) / (xb - xa), 0.0), 1.0) if xb > xa else 0.0
            steep = abs(yb - ya) / max(xb - xa, 1.0)
            if abs(ya + part * (yb - ya) - box.cy) <= ON_LINE * max(1.0, steep):
                return True
    return False


def _key(point: tuple[float, float], color: str) -> tuple[int, int, str]:
    return round(point[0] / MEET), round(point[1] / MEET), color


def _rightward(mark: Mark) -> tuple[tuple[float, float], ...] | None:
    """The mark's points from left to right when its x only grows (or only falls)."""
    points = list(dict.fromkeys(mark.points))
    if len(points) < 2:
        return None
    if points[0][0] > points[-1][0]:
        points.reverse()
    if any(b[0] - a[0] < -0.01 for a, b in pairwise(points)):
        return None
    return tuple(points)


def _joined(scene: Scene, pieces: Sequence[tuple[int, tuple[tuple[float, float], ...]]]) -> list[Stroke]:
    """Pieces of one colour chained end to start."""
    by_start: dict[tuple[int, int, str], list[int]] = {}
    for k, (i, drawn) in enumerate(pieces):
        by_start.setdefault(_key(drawn[0], scene.marks[i].stroke), []).append(k)
    used: set[int] = set()
    strokes = []
    for first in sorted(range(len(pieces)), key=lambda k: pieces[k][1][0][0]):
        if first in used:
            continue
        marks, points = [pieces[first][0]], [*pieces[first][1]]
        used.add(first)
        color = scene.marks[marks[0]].stroke
        while (following := _next(by_start, points[-1], color, used)) is not None:
            used.add(following)
            marks.append(pieces[following][0])
            points += pieces[following][1][1:]
        strokes.append(Stroke(tuple(marks), tuple(points)))
    return strokes


def _next(
    by_start: dict[tuple[int, int, str], list[int]], end: tuple[float, float], color: str, used: set[int]
) -> int | None:
    x, y, _ = _key(end, color)
    for dx in (0, -1, 1):
        for dy in (0, -1, 1):
            for k in by_start.get((x + dx, y + dy, color), ()):
                if k not in used:
                    return k
    return None


def _is_data(stroke: Stroke) -> bool:
    """Neither flat nor made of level and upright pieces only: grids, axes and the rules of tables are."""
    oblique = sum(
        b[0] - a[0] > LEVEL_PIECE and abs(b[1] - a[1]) > LEVEL_PIECE for a, b in pairwise(stroke.points)
    )
    distinct = len({round(x, 1) for x, _ in stroke.points}) >= FEWEST_POINTS
    return distinct and oblique > 0 and stroke.box.height >= FLATTEST


def _share_plot(scene: Scene, one: Stroke, other: Stroke) -> bool:
    """Two strokes over one stretch of the category axis, with no axis between them."""
    a, b = one.box, other.box
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    gap = max(a.y0 - b.y1, b.y0 - a.y1)
    near = across > 0.5 * min(a.width, b.width) and gap < APART * max(across, 1.0)
    return near and not _text_between(scene, a, b)


def _text_between(scene: Scene, one: Box, other: Box) -> bool:
    """Whether a row of words, an axis of one of them, stands between two strokes over each other."""
    upper, lower = sorted((one, other), key=lambda box: box.cy)
    if lower.y0 <= upper.y1:
        return False
    x0, x1 = min(one.x0, other.x0), max(one.x1, other.x1)
    between = [
        w.box
        for w in scene.words
        if upper.y1 < w.box.cy < lower.y0 and x0 <= w.box.cx <= x1 and not is_plain_value(w.text)
    ]
    for box in between:
        row = [b for b in between if abs(b.cy - box.cy) < LEVEL * box.height]
        if len(row) >= FEWEST_TICKS and max(b.x1 for b in row) - min(b.x0 for b in row) > 0.5 * (x1 - x0):
            return True
    return False
