"""Strokes and dots -> traces: one per series, each with its data points.

All places are bar coordinates (``extract.charts.turn``): x runs along the values, y along the categories.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.charts.color import is_pale, same, shown
from extract.charts.strokes import data_strokes, is_leader, is_on
from extract.charts.turn import Direction, turned
from extract.scene import Box, Mark, Scene

OVERLAP = 0.4  # share of the shorter of two traced pieces of one line that they may have in common
SAME_PLACE = 1.2  # page units: points of two series over one category
FEWEST_DOTS = 3
DOT_ALIKE = 1.35  # the markers of one series differ in size by less


@dataclass(frozen=True, slots=True)
class Point:
    """A data point; ``mark`` is its marker or its line."""

    x: float
    y: float
    mark: int
    slack: float = 0.0


@dataclass(frozen=True, slots=True)
class Trace:
    """One series as drawn. ``path`` is the line in page coordinates, () for dots without a line.

    ``exact`` says whether the points are the data points; otherwise the line is a smoothed curve.
    """

    color: str
    points: tuple[Point, ...]
    path: tuple[tuple[float, float], ...] = ()
    dashed: bool = False
    exact: bool = True
    traced: bool = False

    @property
    def marks(self) -> frozenset[int]:
        return frozenset(p.mark for p in self.points)


def line_traces(scene: Scene, marks: Sequence[int], keys: Sequence[str] = ()) -> list[Trace]:
    """Series drawn as lines, upright value axis; their markers give the exact places."""
    own = set(marks)
    dots = [i for i in marks if _is_dot(scene.marks[i])]
    pieces: list[Trace] = []
    strokes = [s for s in data_strokes(scene, keys) if set(s.marks) <= own]
    for stroke in strokes:
        first = scene.marks[stroke.marks[0]]
        color = first.stroke
        on = [
            i
            for i in dots
            if _wears(scene.marks[i], color, first) and is_on(scene.marks[i].box, stroke.points)
        ]
        if is_leader(stroke, strokes):
            continue
        pieces.append(_trace(scene, stroke.points, stroke.marks[0], color, first, on))
    return _joined(pieces)


def dot_traces(scene: Scene, marks: Sequence[int], direction: Direction) -> list[Trace]:
    """Series drawn as dots of one colour and size each, over distinct categories."""
    groups: list[list[int]] = []
    for i in marks:
        mark = scene.marks[i]
        if not _is_dot(mark):
            continue
        for group in groups:
            first = scene.marks[group[0]]
            if _alike(first, mark):
                group.append(i)
                break
        else:
            groups.append([i])
    traces = []
    for group in groups:
        places = [turned(scene.marks[i].box, direction) for i in group]
        points = sorted(
            (Point(b.cx, b.cy, i, scene.marks[i].slack) for i, b in zip(group, places, strict=True)),
            key=lambda p: p.y,
        )
        if len(points) >= FEWEST_DOTS and all(b.y - a.y > SAME_PLACE for a, b in pairwise(points)):
            mark = scene.marks[group[0]]
            traces.append(Trace(shown(mark), tuple(points), traced=mark.seen_by == "pixels"))
    return traces


def category_places(traces: Sequence[Trace]) -> list[float]:
    """Where the categories stand: the y of all exact points, equal ones joined."""
    ys = sorted(p.y for trace in traces if trace.exact for p in trace.points)
    places: list[list[float]] = []
    for y in ys:
        if places and y - places[-1][-1] <= SAME_PLACE:
            places[-1].append(y)
        else:
            places.append([y])
    return [sum(group) / len(group) for group in places]


def sampled(trace: Trace, places: Sequence[float], reach: float) -> Trace:
    """A curve read at the categories; ``reach`` is how far its ends may fall short of the last of them."""
    first, last = trace.path[0], trace.path[-1]
    points = []
    for y in places:
        if not first[0] - reach <= y <= last[0] + reach:
            continue
        at = min(max(y, first[0]), last[0])
        height = next(
            (ya + (at - xa) / (xb - xa) * (yb - ya) if xb > xa else ya)
            for (xa, ya), (xb, yb) in pairwise(trace.path)
            if xa <= at <= xb
        )
        points.append(Point(-height, y, trace.points[0].mark, trace.points[0].slack))
    return replace(trace, points=tuple(points), exact=True)


def _trace(
    scene: Scene, path: tuple[tuple[float, float], ...], mark: int, color: str, first: Mark, on: Sequence[int]
) -> Trace:
    """A line with its points: markers where they are drawn, else its corners."""
    traced = first.seen_by == "pixels"
    dots = _one_per_place([(scene.marks[i].box, i) for i in on])
    if not _even(path) and len(dots) >= FEWEST_DOTS:
        points = tuple(Point(-b.cy, b.cx, i, scene.marks[i].slack) for b, i in dots)
        return Trace(color, points, path, first.dashed, True, traced)
    points = tuple(Point(-y, x, mark, first.slack) for x, y in path)
    return Trace(color, points, path, first.dashed, _even(path), traced)


def _one_per_place(dots: Sequence[tuple[Box, int]]) -> list[tuple[Box, int]]:
    """Markers drawn in several strokes count once."""
    kept: list[tuple[Box, int]] = []
    for box, i in sorted(dots, key=lambda d: (d[0].cx, -d[0].area)):
        if not kept or box.cx - kept[-1][0].cx > SAME_PLACE:
            kept.append((box, i))
    return kept


def _even(path: Sequence[tuple[float, float]]) -> bool:
    """Corners at a steady pitch (or whole multiples of it) are data; a flattened curve has none."""
    steps = sorted(b[0] - a[0] for a, b in pairwise(path))
    if len(steps) < 2 or steps[0] <= 0:
        return len(steps) < 2
    unit = steps[len(steps) // 2]
    off = [abs(s / unit - round(s / unit)) if s > 0.5 * unit else 1.0 for s in steps]
    return sum(o <= 0.1 for o in off) >= 0.8 * len(off)


def _is_dot(mark: Mark) -> bool:
    box = mark.box
    return mark.kind in ("marker", "rect", "area", "sector") and 0 < max(box.width, box.height) <= 3 * max(
        min(box.width, box.height), 0.1
    )


def _wears(dot: Mark, color: str, line: Mark) -> bool:
    """Whether the marker is of the line's colour, filled or as a ring."""
    traced = "pixels" in (dot.seen_by, line.seen_by)
    return any(c and same(c, color, traced) for c in (shown(dot), dot.stroke)) or (
        bool(dot.fill) and is_pale(dot.fill) and not dot.stroke
    )


def _alike(a: Mark, b: Mark) -> bool:
    size_a, size_b = max(a.box.width, a.box.height), max(b.box.width, b.box.height)
    traced = "pixels" in (a.seen_by, b.seen_by)
    return (
        same(shown(a), shown(b), traced)
        and (a.kind == b.kind or traced)
        and max(size_a, size_b) <= DOT_ALIKE * min(size_a, size_b)
    )


def _joined(pieces: Sequence[Trace]) -> list[Trace]:
    """Lines of one colour that follow each other are one series with a gap between.

    Traced pieces may overlap a little where another line crosses.
    """
    traces: list[Trace] = []
    for piece in sorted(pieces, key=lambda t: t.path[0][0]):
        for k, trace in enumerate(traces):
            alike = same(trace.color, piece.color, trace.traced) and trace.dashed == piece.dashed
            width = min(trace.path[-1][0] - trace.path[0][0], piece.path[-1][0] - piece.path[0][0])
            overlap = trace.path[-1][0] - piece.path[0][0]
            if alike and overlap <= (OVERLAP * width if trace.traced else SAME_PLACE):
                end = trace.path[-1][0]
                points = (*trace.points, *(p for p in piece.points if p.y > trace.points[-1].y + SAME_PLACE))
                path = (*trace.path, *(p for p in piece.path if p[0] > end))
                exact = trace.exact and piece.exact
                traces[k] = Trace(trace.color, points, path, trace.dashed, exact, trace.traced)
                break
        else:
            traces.append(piece)
    return traces
