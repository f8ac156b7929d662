"""The rules of a page: thin lines, thin rectangles, the sides of stroked frames, on the page set upright."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extract.scene import Box, Mark, Scene

# A rule is long and thin: at least this many times longer than thick.
SLENDER = 6.0
# Thickest rule, as a share of the page's shorter side: 4 pt on A4; bars of charts are thicker.
THICKEST = 0.0067
# A frame traced in pixels is larger than a letter, in the page's unit.
SMALLEST = 16.0
# Lines long enough (page units) and level enough (rise per run) to tell the tilt of a scan, and how many.
LONG, STEEPEST, FEWEST_LINES = 60.0, 0.03, 3


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule at height (or, standing, at x) ``at`` from ``start`` to ``end``.

    ``traced``: seen in pixels, so that the letters of words on it may have hidden parts of it.
    """

    at: float
    start: float
    end: float
    traced: bool = False

    @property
    def length(self) -> float:
        return self.end - self.start


def skew(marks: Iterable[Mark]) -> float:
    """How far long level lines fall per unit to the right: the tilt of a scan; 0 for an upright page."""
    slopes = []
    for mark in marks:
        if mark.kind == "line" and len(mark.points) == 2:
            (x0, y0), (x1, y1) = mark.points
            if abs(x1 - x0) > LONG and abs(y1 - y0) < STEEPEST * abs(x1 - x0):
                slopes.append((y1 - y0) / (x1 - x0))
    return median(slopes) if len(slopes) >= FEWEST_LINES else 0.0


def upright(box: Box, points: Sequence[tuple[float, float]], slope: float) -> Box:
    """A rule's box on the page turned upright (small angles: x + slope y, y - slope x)."""
    ends = points if len(points) == 2 else ((box.x0, box.y0), (box.x1, box.y1))
    turned = [(x + slope * y, y - slope * x) for x, y in ends]
    xs, ys = [x for x, _ in turned], [y for _, y in turned]
    return Box(min(xs), min(ys), max(xs), max(ys))


def moved(box: Box, slope: float) -> Box:
    """A box of the upright page moved to where it lies on the tilted one (negative slope: the way back)."""
    dx, dy = -slope * box.cy, slope * box.cx
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)


def scene_to_rules(scene: Scene, slope: float = 0.0) -> tuple[list[Rule], list[Rule]]:
    """Level and standing rules of the page turned upright by ``slope``."""
    thick = THICKEST * min(scene.width, scene.height)
    level: list[Rule] = []
    standing: list[Rule] = []
    for box, traced in rule_boxes(scene.marks, thick, slope):
        if box.height <= thick and box.width >= SLENDER * max(box.height, thick / 4):
            level.append(Rule(box.cy, box.x0, box.x1, traced))
        elif box.width <= thick and box.height >= SLENDER * max(box.width, thick / 4):
            standing.append(Rule(box.cx, box.y0, box.y1, traced))
    return level, standing


def rule_boxes(marks: Iterable[Mark], thick: float, slope: float) -> Iterator[tuple[Box, bool]]:
    for mark in marks:
        traced = mark.seen_by == "pixels"
        box = upright(mark.box, mark.points, slope) if slope else mark.box
        if mark.kind == "line" or (mark.kind in ("rect", "area") and min(box.width, box.height) <= thick):
            yield box, traced
        elif mark.kind == "rect" and mark.stroke and (not traced or max(box.width, box.height) > SMALLEST):
            yield Box(box.x0, box.y0, box.x1, box.y0), traced
            yield Box(box.x0, box.y1, box.x1, box.y1), traced
            yield Box(box.x0, box.y0, box.x0, box.y1), traced
            yield Box(box.x1, box.y0, box.x1, box.y1), traced
