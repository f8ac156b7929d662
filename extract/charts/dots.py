"""Dot, lollipop and dumbbell charts: values shown by the place of a marker, no line between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.charts.bands import band_edges
from extract.charts.draft import Name
from extract.charts.names import column_names, find_columns, nearest_column
from extract.charts.traces import Trace, dot_traces
from extract.charts.turn import Direction, turned_back
from extract.scene import Box, Scene, hull

FEWEST = 3  # dots of a series
VARIED = 0.1  # share of the plot by which the values of a series differ; bullets stand in one column
EVEN = 0.25  # share of the pitch by which rows stand off a steady rhythm
LARGEST = 2.0  # em: a dot is hardly higher than the text
DIRECTIONS: tuple[Direction, Direction] = ("h", "v")


def find_dot_plots(scene: Scene, em: float, taken: frozenset[int]) -> list[tuple[Box, tuple[int, ...]]]:
    """Dots in evenly spaced rows (or columns), one of each colour in a row, at varied distances."""
    free = [
        i
        for i, m in enumerate(scene.marks)
        if i not in taken and m.kind == "marker" and m.fill and 0.2 * em < m.box.height <= LARGEST * em
    ]
    if len(free) < FEWEST:
        return []
    best: list[Trace] = []
    chosen: Direction = "h"
    for direction in DIRECTIONS:
        traces = [t for t in dot_traces(scene, free, direction) if _is_series(t)]
        if sum(len(t.points) for t in traces) > sum(len(t.points) for t in best):
            best, chosen = traces, direction
    if not best:
        return []
    marks = tuple(sorted({p.mark for t in best for p in t.points}))
    box = hull(turned_back(Box(p.x, p.y, p.x, p.y), chosen) for t in best for p in t.points)
    return [(box, marks)]


def dot_series(scene: Scene, marks: Sequence[int]) -> tuple[list[Trace], Direction]:
    """The series of a dot plot and the direction of its values."""
    found = [([t for t in dot_traces(scene, marks, d) if _is_series(t)], d) for d in DIRECTIONS]
    return max(found, key=lambda pair: sum(len(t.points) for t in pair[0]))


def _is_series(trace: Trace) -> bool:
    """Rows at a steady pitch (some may be missing), places that differ."""
    if len(trace.points) < FEWEST:
        return False
    ys = [p.y for p in trace.points]
    xs = [p.x for p in trace.points]
    pitch = min(b - a for a, b in pairwise(ys))
    steps = [(b - a) / pitch for a, b in pairwise(ys)]
    even = all(abs(step - round(step)) <= EVEN for step in steps)
    return even and max(xs) - min(xs) >= VARIED * (ys[-1] - ys[0])


def row_names(
    scene: Scene, words: Sequence[int], places: Sequence[float], plot: Box
) -> tuple[tuple[Name, ...], frozenset[int]]:
    """Names of lying rows, from the column of words before the plot."""
    pitch = min((b - a for a, b in pairwise(places)), default=20.0)
    before = [w for w in words if scene.words[w].box.x1 <= plot.x0]
    columns = find_columns(scene, before, band_edges(places, pitch), "h")
    column = nearest_column(columns, scene, "h")
    if column is None:
        return tuple(Name("") for _ in places), frozenset()
    return column_names(scene, column), frozenset(column.words)
