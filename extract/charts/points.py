"""Value labels to the points of lines and dots: one assignment for the whole chart.

Where lines cross, labels change sides and stand nearer to the other line; there the scale decides,
from the axis or from the labels that are already certain.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.charts.assign import assign
from extract.charts.axis import Axis
from extract.charts.color import is_grey, same
from extract.charts.draft import Label, Measure
from extract.charts.ruler import Ruler, Sample, axis_measure, fit_ruler
from extract.charts.traces import Point, Trace
from extract.charts.turn import Direction, turned_back
from extract.scene import Box, Scene

LIMIT = 6.0  # em-like cost beyond which a label has no point
WORST_SCALE = 4.0  # what disagreement with the scale may cost at most
SAME_SPOT = 2.0  # page units between points that one label can speak for: less than a marker
AGREEING = 0.6  # share of the printed values that must agree with the scale
TICK_BLUR = 0.05  # of a tick's height: text is not centred on its grid line to better than this
OTHER_INK = 2.5  # cost of a label printed in another series' colour
AGREE = 0.012  # share of the labels' range within which a label agrees with the scale

Costs = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spot:
    """A point that may carry a label: which trace, which category, where (page coordinates)."""

    trace: int
    place: int
    point: Point
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """What the points of one trace measure: an axis, else the other labels."""

    axis: Axis | None
    ruler: Ruler | None
    origin: float
    sample: dict[int, int]

    def measure(self, spot: int, point: Point) -> Measure | None:
        found = []
        if self.axis is not None:
            found.append(
                axis_measure(self.axis, point.x, point.slack + TICK_BLUR * self.axis.ticks[0].box.height)
            )
        if self.ruler is not None and self.ruler.proved:
            by_labels = self.ruler.measure(point.x - self.origin, point.slack, self.sample.get(spot))
            found += [by_labels] if by_labels else []
        return min(found, key=lambda m: m.slack, default=None)


def to_spots(traces: Sequence[Trace], places: Sequence[float], direction: Direction) -> list[Spot]:
    """Every point of every trace with its category."""
    spots = []
    for t, trace in enumerate(traces):
        for point in trace.points:
            near = min(range(len(places)), key=lambda k: abs(places[k] - point.y))
            box = turned_back(Box(point.x, point.y, point.x, point.y), direction)
            spots.append(Spot(t, near, point, (box.cx, box.cy)))
    return spots


def label_points(
    scene: Scene,
    labels: Sequence[Label],
    spots: Sequence[Spot],
    traces: Sequence[Trace],
    axes: Sequence[Axis],
    em: float,
) -> tuple[dict[int, int], list[Scale]]:
    """Label index of each labelled spot, and the scale of each trace."""
    if not labels or not spots:
        return {}, [Scale(_axis(axes, {}, spots, labels, t), None, 0.0, {}) for t in range(len(traces))]
    position = np.array([[_cost(label.box, spot.at, em) for spot in spots] for label in labels])
    position = position + _ink(scene, labels, spots, traces)
    pairs = assign(position + _axes_off(axes, labels, spots), LIMIT)
    scales = _scales(axes, pairs, spots, labels, len(traces))
    for _ in range(3):
        again = assign(position + _scales_off(scales, labels, spots), LIMIT)
        if again == pairs:
            break
        pairs = again
        scales = _scales(axes, pairs, spots, labels, len(traces))
    return {s: k for k, s in pairs}, scales


def is_proved(
    at: dict[int, int], spots: Sequence[Spot], labels: Sequence[Label], scales: Sequence[Scale]
) -> bool:
    """Whether heights mean values: most printed values agree with an axis or with one another.

    The rules of a table and the words in its cells do not. Too few values for a scale must at least
    be higher where their points are.
    """
    if not at:
        return any(scale.axis is not None for scale in scales)
    heights = [spots[k].point.x for k in at]
    if max(heights) - min(heights) < 1.0 and all(scale.axis is None for scale in scales):
        return False  # values in one row: a table
    agree = told = 0
    for k, label in at.items():
        measure = scales[spots[k].trace].measure(k, spots[k].point)
        if measure is not None:
            told += 1
            spread = _tolerance(labels)[label] + measure.slack
            agree += abs(measure.value - labels[label].value) <= 2 * spread
    if told:
        return agree >= AGREEING * told
    by_trace: dict[int, list[tuple[float, float]]] = {}
    for k, label in at.items():
        by_trace.setdefault(spots[k].trace, []).append((spots[k].point.x, labels[label].value))
    return len(at) >= 2 and all(_rises(pairs) for pairs in by_trace.values())


def _rises(pairs: Sequence[tuple[float, float]]) -> bool:
    """Whether values and heights have one order."""
    ordered = sorted(pairs)
    return all((b[1] - a[1]) * (b[0] - a[0]) > 0 or abs(b[0] - a[0]) < 1.0 for a, b in pairwise(ordered))


def with_shared(
    at: dict[int, int], spots: Sequence[Spot], labels: Sequence[Label], scales: Sequence[Scale]
) -> dict[int, int]:
    """One label for several series: their points lie upon each other, and the value fits each."""
    shared = dict(at)
    for k, spot in enumerate(spots):
        if k in at:
            continue
        for other, label in at.items():
            near = math.dist(spot.at, spots[other].at) <= SAME_SPOT
            measure = scales[spot.trace].measure(k, spot.point) if near else None
            if measure is None:
                continue
            rounding = 0.5 * 10.0 ** -labels[label].decimals
            if abs(measure.value - labels[label].value) <= rounding + measure.slack:
                shared[k] = label
                break
    return shared


def _cost(box: Box, at: tuple[float, float], em: float) -> float:
    """Em from a point to a label above, below or beside it, and how far the label is off centre."""
    x, y = at
    gap_x = max(box.x0 - x, x - box.x1, 0.0)
    gap_y = max(box.y0 - y, y - box.y1, 0.0)
    off_x, off_y = abs(box.cx - x), abs(box.cy - y)
    if gap_x == 0.0:
        aslant = min(off_x / max(0.5 * box.width, 0.5 * em), 2.0) * 0.5
    elif gap_y == 0.0:
        aslant = 0.2 + 0.5 * off_y / em
    else:
        aslant = 0.5 + 0.3 * min(off_x, off_y) / em
    return math.hypot(gap_x, gap_y) / em + aslant


def _ink(scene: Scene, labels: Sequence[Label], spots: Sequence[Spot], traces: Sequence[Trace]) -> Costs:
    """A label in a series' colour belongs to that series."""
    costs = np.zeros((len(labels), len(spots)))
    for row, label in enumerate(labels):
        color = scene.words[label.word].color
        if is_grey(color):
            continue
        traced = scene.words[label.word].seen_by == "ocr"
        mine = [same(color, trace.color, traced) for trace in traces]
        if any(mine):
            costs[row] = [0.0 if mine[spot.trace] else OTHER_INK for spot in spots]
    return costs


def _tolerance(labels: Sequence[Label]) -> Costs:
    values = np.array([label.value for label in labels])
    spread = float(np.ptp(values)) or abs(float(values[0])) or 1.0
    return np.array([0.6 * 10.0**-label.decimals + AGREE * spread for label in labels])


def _off(said: Costs, expected: Costs, tolerance: Costs) -> Costs:
    off = np.abs(said[:, None] - expected[None, :])
    return np.asarray(np.minimum(WORST_SCALE, 0.5 * np.maximum(off / tolerance[:, None] - 1.0, 0.0)))


def _axes_off(axes: Sequence[Axis], labels: Sequence[Label], spots: Sequence[Spot]) -> Costs:
    """Disagreement with the axis that fits best where there are two."""
    said = np.array([label.value for label in labels])
    costs = [
        _off(said, np.array([axis.value(s.point.x) for s in spots]), _tolerance(labels) + axis.slack)
        for axis in axes
    ]
    return np.minimum.reduce(costs) if costs else np.zeros((len(labels), len(spots)))


def _scales_off(scales: Sequence[Scale], labels: Sequence[Label], spots: Sequence[Spot]) -> Costs:
    said = np.array([label.value for label in labels])
    costs = np.zeros((len(labels), len(spots)))
    for column, spot in enumerate(spots):
        scale = scales[spot.trace]
        if scale.axis is not None:
            expected, slack = scale.axis.value(spot.point.x), scale.axis.slack
        elif scale.ruler is not None and scale.ruler.proved:
            expected, slack = scale.ruler.value(spot.point.x - scale.origin), scale.ruler.noise
        else:
            continue
        costs[:, column] = _off(said, np.array([expected]), _tolerance(labels) + slack)[:, 0]
    return costs


def _scales(
    axes: Sequence[Axis],
    pairs: Sequence[tuple[int, int]],
    spots: Sequence[Spot],
    labels: Sequence[Label],
    count: int,
) -> list[Scale]:
    """The scale of each trace; traces share one ruler unless their labels disagree with it."""
    at = {s: k for k, s in pairs}
    origin = min(spot.point.x for spot in spots) - 1.0
    together = _ruler(at, list(at), spots, labels, origin)
    scales = []
    for t in range(count):
        own = [s for s in at if spots[s].trace == t]
        ruler, sample = together
        if ruler is not None:
            agreeing = [s for s in own if sample[s] in ruler.inliers]
            if own and 2 * len(agreeing) < len(own):
                ruler, sample = _ruler(at, own, spots, labels, origin)
        scales.append(Scale(_axis(axes, at, spots, labels, t), ruler, origin, sample))
    return scales


def _ruler(
    at: dict[int, int], which: Sequence[int], spots: Sequence[Spot], labels: Sequence[Label], origin: float
) -> tuple[Ruler | None, dict[int, int]]:
    samples = [
        Sample(
            spots[s].point.x - origin,
            labels[at[s]].value,
            0.5 * 10.0 ** -labels[at[s]].decimals,
            spots[s].point.slack,
        )
        for s in which
    ]
    return (fit_ruler(samples) if samples else None), {s: k for k, s in enumerate(which)}


def _axis(
    axes: Sequence[Axis], at: dict[int, int], spots: Sequence[Spot], labels: Sequence[Label], t: int
) -> Axis | None:
    """The axis this trace's labels agree with; the only axis; none where two remain open."""
    own = [(spots[s].point, labels[k]) for s, k in at.items() if spots[s].trace == t]
    if len(axes) == 1:
        return axes[0]
    if not axes or not own:
        return None
    return min(axes, key=lambda a: _median([abs(a.value(p.x) - label.value) / _span(a) for p, label in own]))


def _span(axis: Axis) -> float:
    low, high = axis.range
    return max(high - low, 1e-9)


def _median(numbers: Sequence[float]) -> float:
    ordered = sorted(numbers)
    return ordered[len(ordered) // 2] if ordered else 0.0
