"""Value labels to bars: how well a label fits a place, and the one assignment of all of them.

Grouped and stacked bars both offer *places* (a bar, a segment, or the spot where a bar of 0 would
be). Position alone decides first; the scale that follows from this pairing then joins in, so a
label between two bars goes to the bar whose length agrees.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.charts.assign import assign
from extract.charts.axis import Axis
from extract.charts.draft import Label, Measure
from extract.charts.ruler import Ruler, Sample, fit_ruler
from extract.charts.turn import Direction, flipped, turned
from extract.finding import Unit
from extract.scene import Box, hull

# Costs are in units of "two em away along the bar"; a label dearer than this has no place.
LIMIT = 6.0
# What disagreement with the scale may cost at most: less than the limit, so that a wrong digit
# does not tear a label from the only bar beside it.
WORST_GEOMETRY = 4.0
# A place without a bar takes a label below this share of the largest value (drawn it would be a hair).
NOTHING = 0.004

# A value is off the axis by more than this share of its highest tick.
OFF_AXIS = 0.03
# A label vouches for a bar that was not found when it stands within half an em of the bar's end.
LOST_LIMIT = 1.5

# Em by which the distances between values and their bars may differ when all stand over their bars.
SAME_OFFSET = 0.3
# So many percentages have a count beside them before the two are read as one label, at one place within
# this many heights of the type.
FEWEST_COUNTED, SAME_BESIDE = 3, 1.0

Costs = NDArray[np.float64]
Cost = Callable[[Box, Box, float], float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value may be printed: the mark's box in bar coordinates and the length that is measured."""

    box: Box
    length: float
    slack: float
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Placement:
    """Labels at their places, and the scale they prove; ``unit`` is what it measures in."""

    at: dict[int, tuple[Label, ...]]
    ruler: Ruler | None
    sample: dict[int, int]
    unit: Unit | None = None

    def measures(self, label: Label) -> bool:
        """Whether the scale speaks about this label: a count beside a percentage has its own."""
        return label.unit in (self.unit, None)

    def measure(self, place: int, length: float, slack: float) -> Measure | None:
        """What the other labels say about this place."""
        if self.ruler is None:
            return None
        return self.ruler.measure(length, slack, self.sample.get(place))


def place_labels(
    labels: Sequence[Label],
    places: Sequence[Place],
    cost: Cost,
    direction: Direction,
    em: float,
    axis: Axis | None = None,
) -> Placement:
    """The best pairing of all labels at once; the labels of one word stay together.

    ``axis`` is the scale the places' ends are drawn to, where it is known: the labels of a line over
    the bars do not fit it. Bars with 「165 (51.9%)」 at their end are as long as the share, or as the count
    where their axis counts.
    """
    groups = _together(labels)
    boxes = [turned(hull(label.box for label in group), direction) for group in groups]
    heads = [_head(group) for group in groups]
    if axis is not None and any(len(group) > 1 for group in groups):
        ends = [place.box.x0 if place.length < 0 else place.box.x1 for place in places]
        firsts = [group[0] for group in groups]
        heads = max((heads, firsts), key=lambda tried: _on_axis(axis, tried, ends))
    position = np.array([[_at(cost, box, place, em) for place in places] for box in boxes], dtype=np.float64)
    if cost is beside_bar and in_column(boxes, em):
        level = _levelled(boxes, places, em)
        position = np.array([[0.3 + _across(b, place.box, em) for place in places] for b in level])
    position = position.reshape(len(groups), len(places)) + _emptiness(heads, places)
    if axis is not None and len(groups) > len(places):
        position = position + _off_axis(axis, heads, places)
    pairs = assign(position, LIMIT)
    for _ in range(2):
        ruler = _ruler(pairs, heads, places)
        if ruler is None or not ruler.proved:
            break
        again = assign(position + _disagreement(ruler, heads, places), LIMIT)
        if again == pairs:
            break
        pairs = again
    ruler = _ruler(pairs, heads, places)
    at = {p: groups[g] for g, p in pairs}
    if ruler is not None and ruler.proved and cost is beside_bar:
        at |= _at_lost_bars(pairs, groups, boxes, places, ruler, em)
    sample = {p: i for i, (_, p) in enumerate(_alike(pairs, heads))}
    return Placement(at, ruler, sample, _usual_unit(pairs, heads))


def _head(group: Sequence[Label]) -> Label:
    """The label that the mark is drawn by: the last, but no change in points behind it, nor a count in a
    word of its own."""
    own = [label for label in group if label.word == group[0].word and label.unit != "point"]
    return own[-1] if own else group[-1]


def _on_axis(axis: Axis, heads: Sequence[Label], ends: Sequence[float]) -> int:
    """How many of these values are where some bar ends on the axis."""
    top = max(abs(number) for number in axis.range)
    slack = axis.slack + OFF_AXIS * top
    return sum(any(abs(axis.value(end) - head.value) <= slack for end in ends) for head in heads)


def _together(labels: Sequence[Label]) -> list[tuple[Label, ...]]:
    """Labels in groups that stay together: a value with its count in one word (``20 (33.9%)``).

    Two percentages in one word are those of two bars that recognition or a text layer ran together.
    """
    groups: list[list[Label]] = []
    for label in labels:
        last = groups[-1] if groups else []
        one = bool(last) and last[-1].word == label.word
        if one and not (label.unit == "percent" and any(g.unit == "percent" for g in last)):
            last.append(label)
        else:
            groups.append([label])
    return _with_counts([tuple(group) for group in groups])


def _with_counts(groups: Sequence[tuple[Label, ...]]) -> list[tuple[Label, ...]]:
    """Groups with the count that is printed under, over or behind each percentage joined to it.

    「11.7%」 over 「（31人）」: each percentage has one, all at the same place beside it.
    """
    shares = [g for g in groups if all(label.unit == "percent" for label in g)]
    counts = [g for g in groups if all(label.unit == "count" for label in g)]
    if len(shares) < FEWEST_COUNTED or len(counts) != len(shares):
        return list(groups)
    boxes = [hull(label.box for label in g) for g in counts]
    joined, offs = [], []
    for share in shares:
        box = hull(label.box for label in share)
        k = min(range(len(counts)), key=lambda i: abs(boxes[i].cx - box.cx) + abs(boxes[i].cy - box.cy))
        joined.append((*share, *counts[k]))
        offs.append((boxes[k].cx - box.cx, boxes[k].cy - box.cy))
    em = min(label.box.height for share in shares for label in share)
    beside = [max(abs(x) - 4 * em, abs(y) - 2 * em) <= 0 for x, y in offs]
    spread = [max(axis) - min(axis) for axis in zip(*offs, strict=True)]
    once = len({id(group[-1]) for group in joined}) == len(joined)
    if not once or not all(beside) or max(spread) > SAME_BESIDE * em:
        return list(groups)
    told = {id(group) for group in (*shares, *counts)}
    return [g for g in groups if id(g) not in told] + joined


def _at_lost_bars(
    pairs: Sequence[tuple[int, int]],
    groups: Sequence[tuple[Label, ...]],
    boxes: Sequence[Box],
    places: Sequence[Place],
    ruler: Ruler,
    em: float,
) -> dict[int, tuple[Label, ...]]:
    """Labels that stand where a bar of their value would end, at places whose bar was not found."""
    done = {g for g, _ in pairs}
    free = [g for g in range(len(groups)) if g not in done]
    empty = [p for p, place in enumerate(places) if place.empty and p not in {q for _, q in pairs}]
    if not free or not empty:
        return {}
    gaps = sorted(boxes[g].x0 - places[p].box.x1 for g, p in pairs if not places[p].empty)
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    costs = np.full((len(free), len(empty)), LIMIT)
    for i, g in enumerate(free):
        for j, p in enumerate(empty):
            start = places[p].box.x0
            length = (_head(groups[g]).value - ruler.offset) / ruler.slope if ruler.slope else 0.0
            along = abs(boxes[g].x0 - usual - start - length) / em
            costs[i, j] = min(LIMIT, 2.0 * along + _across(boxes[g], places[p].box, em))
    return {empty[j]: groups[free[i]] for i, j in assign(costs, LOST_LIMIT)}


def in_column(boxes: Sequence[Box], em: float) -> bool:
    """Whether the labels stand in a column of their own, one to a row: their distance says nothing."""
    if len(boxes) < 3:
        return False
    rows = sorted(boxes, key=lambda box: box.cy)
    apart = all(b.cy - a.cy > 0.5 * min(a.height, b.height) for a, b in pairwise(rows))
    ragged = min(
        max(b.x1 for b in boxes) - min(b.x1 for b in boxes),
        max(b.x0 for b in boxes) - min(b.x0 for b in boxes),
    )
    return apart and ragged < 0.5 * em


def _levelled(boxes: Sequence[Box], places: Sequence[Place], em: float) -> list[Box]:
    """A column of values, one to a bar, moved to the bars' height where all are off by the same distance.

    Web pages print name and value in a line over the bar.
    """
    rows = sorted(places, key=lambda place: place.box.cy)
    column = sorted(boxes, key=lambda box: box.cy)
    if len(rows) != len(column):
        return list(boxes)
    off = [row.box.cy - box.cy for row, box in zip(rows, column, strict=True)]
    pitch = min(b.box.cy - a.box.cy for a, b in pairwise(rows))
    if max(off) - min(off) > SAME_OFFSET * em or max(map(abs, off)) >= pitch / 2 + 0.5 * em:
        return list(boxes)
    return [Box(b.x0, b.y0 + off[0], b.x1, b.y1 + off[0]) for b in boxes]


def _at(cost: Cost, label: Box, place: Place, em: float) -> float:
    """The cost of a label at a place; bars below zero are seen in a mirror."""
    if place.length < 0:
        return cost(flipped(label), flipped(place.box), em)
    return cost(label, place.box, em)


def beside_bar(label: Box, bar: Box, em: float) -> float:
    """Cost of a label for a bar that grows to larger x: behind its end, inside, or at its start."""
    outside = label.x0 - bar.x1
    if outside >= -0.4 * em:
        along = 0.5 * max(outside, 0.0) / em
    elif label.x1 <= bar.x1 + 0.3 * em and label.x0 >= bar.x0 - 0.3 * em:
        along = 0.3 + 0.02 * (bar.x1 - label.x1) / em
    else:
        along = 0.6 + 0.5 * max(label.x1 - bar.x1, bar.x0 - label.x0, 0.0) / em
    return along + _across(label, bar, em)


def inside_segment(label: Box, segment: Box, em: float) -> float:
    """Cost of a label for a stacked segment: best in its middle, spilling over where it is short."""
    half = max(segment.width / 2, 0.5 * em)
    off = abs(label.cx - segment.cx)
    along = 0.4 * min(off / half, 1.0) + 1.5 * max(off - half, 0.0) / em
    return along + _across(label, segment, em)


def _across(label: Box, bar: Box, em: float) -> float:
    """Cost of standing off the bar's middle line; free within a quarter of the bar."""
    free = 0.25 * bar.height
    return 2.0 * (max(abs(label.cy - bar.cy) - free, 0.0) / max(0.5 * bar.height, 0.5 * em)) ** 2


def _emptiness(heads: Sequence[Label], places: Sequence[Place]) -> Costs:
    """A place without a bar only takes a label that says nearly nothing."""
    top = max((abs(head.value) for head in heads), default=0.0) or 1.0
    says = np.array([0.5 + 40.0 * max(abs(head.value) / top - NOTHING, 0.0) for head in heads])
    empty = np.array([1.0 if place.empty else 0.0 for place in places])
    return (
        np.asarray(says[:, None] * empty[None, :])
        if len(heads) and len(places)
        else np.zeros((len(heads), len(places)))
    )


def _disagreement(ruler: Ruler, heads: Sequence[Label], places: Sequence[Place]) -> Costs:
    """What each label's value costs at each place by the scale."""
    top = max(abs(sample.value) for sample in ruler.samples)
    value = np.array([head.value for head in heads])
    rounding = np.array([_rounding(head) for head in heads])
    expected = np.array([ruler.value(place.length) for place in places])
    blur = np.array([abs(ruler.slope) * place.slack for place in places])
    tolerance = rounding[:, None] + blur[None, :] + ruler.noise + 0.006 * top
    off = np.abs(value[:, None] - expected[None, :])
    return np.asarray(np.minimum(WORST_GEOMETRY, 0.5 * np.maximum(off / tolerance - 1.0, 0.0)))


def _off_axis(axis: Axis, heads: Sequence[Label], places: Sequence[Place]) -> Costs:
    """What each label's value costs at each place by the axis; nothing where no place fits it."""
    value = np.array([head.value for head in heads])
    expected = np.array([axis.value(place.box.x0 if place.length < 0 else place.box.x1) for place in places])
    top = max(abs(number) for number in axis.range)
    off = np.abs(value[:, None] - expected[None, :]) / (axis.slack + OFF_AXIS * top)
    return np.asarray(WORST_GEOMETRY * np.clip(off - 1.0, 0.0, 1.0))  # full at twice what is allowed


def _ruler(pairs: Sequence[tuple[int, int]], heads: Sequence[Label], places: Sequence[Place]) -> Ruler | None:
    return fit_ruler(
        [
            Sample(places[p].length, heads[g].value, _rounding(heads[g]), places[p].slack)
            for g, p in _alike(pairs, heads)
        ]
    )


def _alike(pairs: Sequence[tuple[int, int]], heads: Sequence[Label]) -> list[tuple[int, int]]:
    """The pairs whose label has the most frequent unit, or none: one scale has one unit."""
    usual = _usual_unit(pairs, heads)
    return [(g, p) for g, p in pairs if heads[g].unit in (usual, None)]


def _rounding(label: Label) -> float:
    return float(0.5 * 10.0**-label.decimals)


def _usual_unit(pairs: Sequence[tuple[int, int]], heads: Sequence[Label]) -> Unit | None:
    units = [unit for g, _ in pairs if (unit := heads[g].unit) is not None]
    return max(dict.fromkeys(units), key=units.count, default=None)
