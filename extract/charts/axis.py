"""The value axis: evenly spaced, monotone numbers beside a plot, and the scale they prove."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.charts.draft import Label
from extract.charts.plots import BarPlot
from extract.charts.turn import Direction, turned, upright
from extract.finding import Unit
from extract.scene import Box

# Ticks of one axis stand on one line: their places differ by less than this share of their height.
SAME_LINE = 0.25
# Distances between ticks follow their values within this share of a step (text centring, 0.1 pt
# rounding, OCR boxes); numbers that merely happen to stand in a row fail it.
STEP_SHARE = 0.12
# Fewer numbers than this are no axis by themselves: any two numbers lie on a line.
FEWEST_TICKS = 3

# The first tick stands at the baseline, at most this share of the axis before it.
BEFORE_SHARE = 0.15
# Ticks with unequal steps (some left out) need this many numbers in line before they are believed.
UNEVEN_TICKS = 5
# Ticks stand within this many em of the plot's edge, plus the gap before the first bar (two bars wide).
TICK_REACH = 4.0

# The line of a row: middles under a lying plot; either side or the middles beside an upright one.
Line = Callable[[Box], float]
LYING_LINES: tuple[Line, ...] = (lambda box: box.cy,)
UPRIGHT_LINES: tuple[Line, ...] = (lambda box: box.y1, lambda box: box.y0, lambda box: box.cy)


@dataclass(frozen=True, slots=True)
class Axis:
    """``value = slope * x + offset`` in bar coordinates; ``slack`` is how far a value may be off."""

    slope: float
    offset: float
    slack: float
    ticks: tuple[Label, ...]
    unit: Unit | None = None
    scale: float = 1.0

    def value(self, x: float) -> float:
        return self.slope * x + self.offset

    def place(self, value: float) -> float:
        """Where on the axis a value lies."""
        return (value - self.offset) / self.slope

    @property
    def range(self) -> tuple[float, float]:
        values = [tick.value for tick in self.ticks]
        return min(values), max(values)

    @property
    def words(self) -> tuple[int, ...]:
        return tuple(tick.word for tick in self.ticks)


def find_axes(labels: Iterable[Label], direction: Direction) -> list[Axis]:
    """All axes among the labels: rows of ticks across the value direction, longest first.

    A label that breaks the rhythm (a stray value, the axis of the next chart) cuts its row.
    """
    axes: dict[frozenset[int], Axis] = {}
    for row in _rows(labels, direction):
        for run in _even_runs(row, direction):
            axis = fit_axis(run, direction)
            if axis is not None:
                axes.setdefault(frozenset(axis.words), axis)
    return sorted(axes.values(), key=lambda axis: -len(axis.ticks))


def fit_axis(ticks: Sequence[Label], direction: Direction) -> Axis | None:
    """The scale through these ticks by least squares, None when they are not on a line."""
    places = [turned(tick.box, direction).cx for tick in ticks]
    values = [tick.value for tick in ticks]
    mean_x, mean_v = sum(places) / len(places), sum(values) / len(values)
    spread = sum((x - mean_x) ** 2 for x in places)
    if spread == 0:
        return None
    slope = sum((x - mean_x) * (v - mean_v) for x, v in zip(places, values, strict=True)) / spread
    if slope == 0:
        return None
    offset = mean_v - slope * mean_x
    errors = [abs(slope * x + offset - v) for x, v in zip(places, values, strict=True)]
    step = abs(values[-1] - values[0]) / max(len(values) - 1, 1)
    if max(errors) > STEP_SHARE * step:
        return None
    # A tick is read to about a fifth of its own height; the mean error of all ticks is what is left.
    slack = max(sum(errors) / len(errors), abs(slope) * 0.1)
    steps = sorted(abs(b - a) for a, b in pairwise(values))
    if steps[-1] > 1.02 * steps[0] and len(values) < UNEVEN_TICKS:
        return None
    units = {tick.unit for tick in ticks if tick.unit}
    scales = {tick.scale for tick in ticks if tick.value}
    return Axis(
        slope, offset, slack, tuple(ticks),
        unit=units.pop() if len(units) == 1 else None,
        scale=scales.pop() if len(scales) == 1 else 1.0,
    )  # fmt: skip


def _rows(labels: Iterable[Label], direction: Direction) -> list[list[Label]]:
    """Labels in rows across the value direction, each row in growing x.

    The ticks of a vertical axis are aligned at one of their sides or at their middle, so a row of
    an upright chart is looked for by each of the three.
    """
    placed = [(label, turned(label.box, direction)) for label in labels]
    rows: list[list[Label]] = []
    for line in UPRIGHT_LINES if upright(direction) else LYING_LINES:
        run: list[tuple[Label, Box]] = []
        for label, box in sorted(placed, key=lambda pair: line(pair[1])):
            if run and abs(line(box) - line(run[-1][1])) > SAME_LINE * label.box.height:
                rows.append(_along(run))
                run = []
            run.append((label, box))
        rows.append(_along(run))
    return [row for row in rows if len(row) >= FEWEST_TICKS]


def _along(run: Sequence[tuple[Label, Box]]) -> list[Label]:
    return [label for label, _ in sorted(run, key=lambda pair: pair[1].cx)]


def _even_runs(row: Sequence[Label], direction: Direction) -> list[list[Label]]:
    """Stretches of the row whose values follow their places in one direction, longest first."""
    runs = []
    start = 0
    while start <= len(row) - FEWEST_TICKS:
        run = list(row[start : start + 2])
        for before, after in pairwise(row[start + 1 :]):
            if not _continues(run, before, after, direction):
                break
            run.append(after)
        if len(run) >= FEWEST_TICKS:
            runs.append(run)
            start += len(run)
        else:
            start += 1
    return sorted(runs, key=lambda run: -len(run))


def _continues(run: Sequence[Label], before: Label, after: Label, direction: Direction) -> bool:
    first, second = run[0], run[1]
    step = second.value - first.value
    gap = turned(second.box, direction).cx - turned(first.box, direction).cx
    if step == 0 or gap <= 0:
        return False
    here = turned(after.box, direction).cx - turned(before.box, direction).cx
    expected = (after.value - before.value) / step * gap
    return (after.value - before.value) * step > 0 and abs(here - expected) <= STEP_SHARE * max(
        gap, here
    ) + 0.5


def distance_to(axis: Axis, plot: Box, direction: Direction) -> float:
    """How far beside the plot the row of ticks stands (bar coordinates); infinite when it is elsewhere."""
    boxes = [turned(tick.box, direction) for tick in axis.ticks]
    low, high = min(box.cx for box in boxes), max(box.cx for box in boxes)
    away = max(plot.y0 - max(box.y1 for box in boxes), min(box.y0 for box in boxes) - plot.y1)
    overlap = min(high, plot.x1) - max(low, plot.x0)
    inside = away < -0.5 * boxes[0].height
    if inside or overlap <= 0.3 * min(high - low, max(plot.width, 1.0)):
        return float("inf")
    return max(away, 0.0)


def counts_years(axis: Axis) -> bool:
    """Whether the ticks are years: an axis of time, or the titles of charts side by side."""
    return all(
        tick.unit in (None, "year") and 1900 <= tick.value <= 2100 and tick.decimals == 0
        for tick in axis.ticks
    )


def find_plot_axes(labels: Sequence[Label], plot: BarPlot, em: float) -> list[Axis]:
    """The value axes beside the plot whose scale fits it, the nearest first: bars end within its range,
    more or less. Columns and a line in one plot have an axis each."""
    box = plot.box
    fitting = []
    for axis in find_axes(labels, plot.direction):
        if axis.slope <= 0 or counts_years(axis):
            continue
        low, high = axis.range
        margin = 0.3 * (high - low)
        away = distance_to(axis, box, plot.direction)
        low_place = min(turned(tick.box, plot.direction).cx for tick in axis.ticks)
        starts = plot.two_sided or low_place >= plot.baseline - BEFORE_SHARE * (high - low) / axis.slope
        if (
            starts and away < TICK_REACH * max(em, axis.ticks[0].box.height) + 2 * plot.thickness
            and low - margin <= axis.value(box.x0) and axis.value(box.x1) <= high + margin
        ):  # fmt: skip
            fitting.append((round(away / em), -len(axis.ticks), axis))
    return [axis for _, _, axis in sorted(fitting, key=lambda found: found[:2])]
