"""Line charts on a page: strokes that run on from point to point, gathered into plots.

A series may be one polyline or a stroke per point pair; either way its ends meet, it has one colour
and its x only grows. Axes, grids, frames and leader lines fail one of these.
"""

from __future__ import annotations


from dataclasses import dataclass

from extract.charts.color import is_pale
from extract.scene import Box, Mark, Scene, hull

# Fewer points than this are a leader line, an arrow or a bracket.
FEWEST_POINTS = 3
# Ends meet within this many page units (curves flattened by the source, rounded coordinates).
MEET = 0.6
# A marker stands on a line when its middle is this near to the plot.
NEAR = 3.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """Marks that run on from left to right."""

    marks: tuple[int, ...]
    points: tuple[tuple[float, float], ...]

    @property
    def box(self) -> Box:
        xs, ys = [p[0] for p in self.points], [p[1] for p in self.points]
        return Box(min(xs), min(ys), max(xs), max(ys))


def find_strokes(scene: Scene) -> list[Stroke]:
    """Every stroke of three or more points with growing x."""
    strokes = []
    open_ended: dict[tuple[int, int, str], list[int]] = {}
    for i, mark in enumerate(scene.marks):
        if mark.kind not in ("line", "polyline") or not mark.stroke or is_pale(mark.stroke) or len(mark.points) < 2:
            continue
        points = _rightward(mark)
        if points is None:
            continue
        if len(points) >= FEWEST_POINTS:
            strokes.append(Stroke((i,), points))
        elif points[-1][0] - points[0][0] > MEET:
            open_ended.setdefault(_key(points[0], mark.stroke), []).append(i)
    return [s for s in strokes + _joined(scene, open_ended) if _is_data(s)]


def find_line_plots(scene: Scene, em: float) -> list[tuple[Box, tuple[int, ...]]]:
    """Strokes that share their x range and lie over each other, with the small marks on them."""
    strokes = [s for s in find_strokes(scene) if s.box.width > 4 * em]
    groups: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda s: -s.box.width):
        for group in groups:
            if _one_plot(hull(s.box for s in group), stroke.box):
                group.append(stroke)
                break
        else:
            groups.append([stroke])
    plots = []
    for group in groups:
        box = hull(s.box for s in group)
        reach = box.grown(NEAR)
        dots = tuple(
            i for i, m in enumerate(scene.marks)
            if m.kind in ("marker", "rect") and max(m.box.width, m.box.height) < 1.5 * em
            and reach.holds(m.box.cx, m.box.cy)
        )  # fmt: skip
        plots.append((box, tuple(sorted({i for s in group for i in s.marks} | set(dots)))))
    return plots


def _key(point: tuple[float, float], color: str) -> tuple[int, int, str]:
    return round(point[0] / MEET), round(point[1] / MEET), color


def _rightward(mark: Mark) -> tuple[tuple[float, float], ...] | None:
    """The mark's points from left to right when its x only grows (or only falls)."""
    points = list(dict.fromkeys(mark.points))
    if len(points) < 2:
        return None
    if points[0][0] > points[-1][0]:
        points.reverse()
    if any(b[0] - a[0] < -0.01 for a, b in zip(points, points[1:], strict=False)):
        return None
    return tuple(points)


def _joined(scene: Scene, open_ended: dict[tuple[int, int, str], list[int]]) -> list[Stroke]:
    """Single strokes chained end to start."""
    starts = {key: list(marks) for key, marks in open_ended.items()}
    order = sorted((i for marks in starts.values() for i in marks), key=lambda i: scene.marks[i].box.x0)
    used: set[int] = set()
    strokes = []
    for first in order:
        if first in used:
            continue
        chain, points = [first], list(_rightward(scene.marks[first]) or ())
        used.add(first)
        while (following := _next(starts, points[-1], scene.marks[first].stroke, used)) is not None:
            chain.append(following)
            used.add(following)
            points.append((_rightward(scene.marks[following]) or ())[-1])
        if len(points) >= FEWEST_POINTS:
            strokes.append(Stroke(tuple(chain), tuple(points)))
    return strokes


def _next(
    starts: dict[tuple[int, int, str], list[int]], end: tuple[float, float], color: str, used: set[int]
) -> int | None:
    x, y, _ = _key(end, color)
    for dx in (0, -1, 1):
        for dy in (0, -1, 1):
            for i in starts.get((x + dx, y + dy, color), ()):
                if i not in used:
                    return i
    return None


def _is_data(stroke: Stroke) -> bool:
    """Not flat, not straight up: a grid line or an axis is."""
    box = stroke.box
    turns = {round(y, 1) for _, y in stroke.points}
    return len({round(x, 1) for x, _ in stroke.points}) >= FEWEST_POINTS and len(turns) >= 2 and box.width > 0


def _one_plot(one: Box, other: Box) -> bool:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    gap = max(one.y0 - other.y1, other.y0 - one.y1)
    return across > 0.5 * min(one.width, other.width) and gap < 0.8 * max(one.height, other.height, 1.0)


