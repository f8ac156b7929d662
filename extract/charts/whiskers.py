"""Boxes with whiskers: a rectangle between quartiles, a stroke through it, strokes out of its ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.charts.turn import Direction, turned
from extract.scene import Box, Mark, Scene, hull

HAIR = 0.2  # share of a box's thickness up to which a mark across it is a stroke
CENTRED = 0.12  # share of a box's thickness by which a whisker stands off its middle
TOUCH = 1.5  # page units between a whisker and its box
THROUGH = 0.75  # share of the thickness a median crosses
SAME_ROW = 0.1  # share of the thickness by which two halves of a box may differ
SMALLEST = 4.0  # page units: thinner or shorter rectangles are no boxes


@dataclass(frozen=True, slots=True)
class Whiskers:
    """One box in bar coordinates: its five places from low to high (None where not drawn)."""

    mark: int
    marks: tuple[int, ...]
    direction: Direction
    box: Box
    low: float | None
    first: float
    median: float | None
    third: float
    high: float | None
    slack: float

    @property
    def places(self) -> tuple[float | None, ...]:
        return self.low, self.first, self.median, self.third, self.high


def find_whiskers(scene: Scene, direction: Direction) -> list[Whiskers]:
    """Every box with at least one whisker, first row first."""
    shapes = [(i, turned(m.box, direction)) for i, m in enumerate(scene.marks)]
    bodies = [
        (i, box) for i, box in shapes
        if scene.marks[i].kind in ("rect", "area") and min(box.width, box.height) >= SMALLEST
        and (scene.marks[i].fill or scene.marks[i].stroke)
        and box.area < 0.2 * scene.width * scene.height
    ]  # fmt: skip
    strokes = [(i, box) for i, box in shapes if min(box.width, box.height) <= SMALLEST]
    found: list[Whiskers] = []
    used: set[int] = set()
    for i, box in sorted(bodies, key=lambda pair: (pair[1].cy, pair[1].x0)):
        if i in used:
            continue
        half = _other_half(i, box, bodies)
        whole = box if half is None else box | half[1]
        made = _whiskers(scene, i, whole, half[1] if half else None, strokes, direction)
        if made is not None:
            found.append(made)
            used |= {i} | ({half[0]} if half else set())
    return found


def _other_half(index: int, box: Box, bodies: Sequence[tuple[int, Box]]) -> tuple[int, Box] | None:
    """The rectangle that continues this one beyond the median."""
    slack = SAME_ROW * box.height + 0.5
    for i, other in bodies:
        level = abs(other.y0 - box.y0) <= slack and abs(other.y1 - box.y1) <= slack
        if i != index and level and abs(other.x0 - box.x1) <= TOUCH:
            return i, other
    return None


def _whiskers(
    scene: Scene,
    index: int,
    box: Box,
    half: Box | None,
    strokes: Sequence[tuple[int, Box]],
    direction: Direction,
) -> Whiskers | None:
    low = high = median = None
    marks = [index]
    x0, y0, x1, y1 = box.x0 - TOUCH, box.y0, box.x1 + TOUCH, box.y1
    for i, stroke in strokes:
        if stroke.x1 < x0 or stroke.x0 > x1 or stroke.y1 < y0 or stroke.y0 > y1:
            continue  # nearly all strokes of a page: the tests below cost more
        along = stroke.width > stroke.height and stroke.height <= HAIR * box.height
        across = stroke.height >= stroke.width and stroke.width <= HAIR * box.height
        if along and abs(stroke.cy - box.cy) <= CENTRED * box.height:
            out_low = (
                stroke.x0 < box.x0 - TOUCH and stroke.x1 >= box.x0 - TOUCH and stroke.x1 <= box.x1 + TOUCH
            )
            out_high = (
                stroke.x1 > box.x1 + TOUCH and stroke.x0 <= box.x1 + TOUCH and stroke.x0 >= box.x0 - TOUCH
            )
            both = stroke.x0 < box.x0 - TOUCH and stroke.x1 > box.x1 + TOUCH
            if (out_low or out_high or both) and stroke.width < 6 * box.width:
                low = stroke.x0 if out_low or both else low
                high = stroke.x1 if out_high or both else high
                marks.append(i)
        elif across and _crosses(stroke, box):
            median = stroke.cx
            marks.append(i)
    if low is None and high is None:
        return None
    if half is not None and median is None and (low is None or high is None):
        return None  # two segments of a stacked bar, and the tick mark of its axis
    if half is not None and median is None:
        median = half.x0
    slack = max(scene.marks[i].slack for i in marks)
    return Whiskers(index, tuple(marks), direction, box, low, box.x0, median, box.x1, high, slack)


def _crosses(stroke: Box, box: Box) -> bool:
    """A median runs through the box from side to side and ends there."""
    reach = 0.3 * box.height
    inside = box.x0 + 1 < stroke.cx < box.x1 - 1
    through = stroke.height >= THROUGH * box.height and stroke.y0 <= box.cy <= stroke.y1
    return inside and through and stroke.y0 >= box.y0 - reach and stroke.y1 <= box.y1 + reach


def find_box_plots(scene: Scene) -> list[tuple[Box, tuple[int, ...]]]:
    """Boxes in rows beside each other as plots: hull in page coordinates and the marks."""
    plots: list[tuple[Box, tuple[int, ...]]] = []
    directions: tuple[Direction, ...] = ("h", "v")
    for direction in directions:
        rows = [row for row in find_whiskers(scene, direction) if row.median is not None]
        groups: list[list[Whiskers]] = []
        for row in rows:
            for group in groups:
                if _one_plot(group[-1].box, row.box):
                    group.append(row)
                    break
            else:
                groups.append([row])
        for group in groups:
            marks = tuple(sorted({i for row in group for i in row.marks}))
            plots.append((hull(_marks_box(scene.marks, row) for row in group), marks))
    return plots


def _one_plot(before: Box, after: Box) -> bool:
    """Boxes of one chart are equally thick and lie over a common stretch of the scale."""
    alike = abs(before.height - after.height) <= 0.15 * before.height
    overlap = min(before.x1, after.x1) - max(before.x0, after.x0)
    near = after.y0 - before.y1 <= 2.5 * before.height
    return alike and near and overlap > -2 * max(before.width, after.width)


def _marks_box(marks: Sequence[Mark], row: Whiskers) -> Box:
    return hull(marks[i].box for i in row.marks)
