"""Line and dot charts: series over periods (or groups), with the values printed at their points.

marks -> traces (one per series) -> places (categories) -> names; words -> labels -> points -> cells
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.charts.axis import Axis, distance_to, find_axes
from extract.charts.dots import dot_series, row_names
from extract.charts.draft import Cell, ChartDraft, Label, Name, Region
from extract.charts.labels import read_labels
from extract.charts.linenames import legend_names, names_beside
from extract.charts.namedvalues import Block, find_blocks
from extract.charts.periods import Periods, name_places, place_row
from extract.charts.points import Scale, Spot, is_proved, label_points, to_spots, with_shared
from extract.charts.traces import Trace, category_places, line_traces, sampled
from extract.charts.turn import Direction, turned
from extract.charts.units import chart_unit
from extract.charts.wave import is_date
from extract.scene import Box, Scene, hull

AXIS_REACH = 8.0  # em from the first or last point to the ticks: half a category lies between
LABEL_REACH = 4.0  # em around the plot where values may be printed
NEXT = 1.2  # em between the words of one line
END_REACH = 1.0  # em a traced line may fall short of its last point: a marker's radius and some blur
MOST_MEASURED = 400  # points without a printed value that are still worth a row each


@dataclass(frozen=True, slots=True)
class _Ground:
    """A line plot with the words around it told apart."""

    region: Region
    direction: Direction
    em: float
    traces: tuple[Trace, ...]
    places: tuple[float, ...]
    axes: tuple[Axis, ...]
    periods: Periods


def read_lines(region: Region) -> ChartDraft | None:
    """The line or dot chart of the region, None when nothing in it is a series over named places."""
    keys = tuple(entry.color for entry in region.legend.entries) if region.legend else ()
    traces = line_traces(region.scene, region.marks, keys)
    dots: tuple[list[Trace], Direction] = ([], "v")
    if not traces:
        dots = dot_series(region.scene, region.marks)
    ground = _survey(region, traces or dots[0], "v" if traces else dots[1])
    if ground is None or not any(name.text for name in ground.periods.names):
        return None
    return _read(ground, "line" if traces else "dot")


def _survey(region: Region, traces: Sequence[Trace], direction: Direction) -> _Ground | None:
    """Axes, places and their names."""
    scene = region.scene
    if not traces:
        return None
    sizes = sorted(scene.words[w].size for w in region.words)
    em = sizes[len(sizes) // 2] if sizes else 10.0
    box = hull(Box(p.x, p.y, p.x, p.y) for trace in traces for p in trace.points)
    labels = read_labels(scene, region.words)
    axes = _value_axes(labels, box, direction, em)
    ticks = {w for axis in axes for w in axis.words}
    free = [w for w in region.words if w not in ticks]
    whole = _with_axis(box, axes)
    places = category_places(traces)
    if not places or any(t.traced and t.path for t in traces):
        # Corners found in pixels are not all corners: the axis says where the points are.
        places = place_row(scene, free, whole, direction, em) or places
        traces = [replace(t, exact=False) for t in traces]
    if not places:
        return None
    if direction == "h":
        periods = Periods(*row_names(scene, free, places, whole))
    else:
        periods = name_places(scene, free, places, whole, direction, em)
    read = [t if t.exact else sampled(t, _named(places, periods), END_REACH * em) for t in traces]
    read = [t for t in read if t.points]
    return _Ground(region, direction, em, tuple(read), tuple(places), tuple(axes), periods) if read else None


def _named(places: Sequence[float], periods: Periods) -> list[float]:
    return [y for y, name in zip(places, periods.names, strict=True) if name.text]


def _with_axis(box: Box, axes: Sequence[Axis]) -> Box:
    """The plot down to the lowest tick: names stand below it, values printed at points above."""
    ends = [axis.place(value) for axis in axes for value in axis.range]
    return Box(min([box.x0, *ends]), box.y0, max([box.x1, *ends]), box.y1)


def _value_axes(labels: Sequence[Label], box: Box, direction: Direction, em: float) -> list[Axis]:
    """The nearest axis on either side whose range holds the points."""
    sides: dict[bool, tuple[float, Axis]] = {}
    for axis in find_axes(labels, direction):
        away = distance_to(axis, box, direction)
        low, high = axis.range
        margin = 0.15 * (high - low)
        holds = low - margin <= min(axis.value(box.x0), axis.value(box.x1)) and (
            max(axis.value(box.x0), axis.value(box.x1)) <= high + margin
        )
        if away > AXIS_REACH * em or not holds:
            continue
        left = turned(axis.ticks[0].box, direction).cy < (box.y0 + box.y1) / 2
        if left not in sides or away < sides[left][0]:
            sides[left] = (away, axis)
    return [axis for _, axis in sorted(sides.values(), key=lambda found: found[0])]


def _read(ground: _Ground, kind: str) -> ChartDraft | None:
    region, scene = ground.region, ground.region.scene
    taken = {w for axis in ground.axes for w in axis.words} | set(ground.periods.words)
    around = turned_hull(ground).grown(LABEL_REACH * ground.em)
    free = [w for w in region.words if w not in taken]
    words = with_neighbours(scene, [w for w in free if scene.words[w].box.shared(around) > 0], free)
    blocks = find_blocks(scene, words)
    labels = _without_copies([n for block in blocks for n in block.labels if not is_date(n)])
    spots = to_spots(ground.traces, ground.places, ground.direction)
    at, scales = label_points(scene, labels, spots, ground.traces, ground.axes, ground.em)
    if not is_proved(at, spots, labels, scales):
        return None
    at = with_shared(at, spots, labels, scales)
    names, said = _series_names(ground, blocks)
    if len(ground.traces) > 1 and not any(names):
        return None
    cells = _cells(ground, spots, labels, at, scales, names)
    if not cells:
        return None
    axis = _main_axis(ground, scales)
    unit, scale = chart_unit(_beside(region, axis, ground.axes), axis, cells)
    used = taken | said | {cell.label.word for cell in cells if cell.label}
    used |= {w for name in names if name for w in name.words}
    return ChartDraft(
        type=kind,
        region=region,
        series=tuple(name or Name("") for name in names) if any(names) else (),
        categories=ground.periods.names,
        cells=tuple(cells),
        axis_range=axis.range if axis else None,
        unit=unit,
        scale=scale,
        words=tuple(sorted(used)),
        doubts=() if all(names) or len(names) == 1 else ("a line has no name",),
    )


def with_neighbours(scene: Scene, near: Sequence[int], free: Sequence[int]) -> list[int]:
    """The words near the plot with those that stand right beside one of them: a name before its value."""
    found = list(near)
    for w in free:
        box, size = scene.words[w].box, scene.words[w].size
        if w not in near and any(
            abs(o.box.cy - box.cy) <= 0.4 * size and max(o.box.x0 - box.x1, box.x0 - o.box.x1) <= NEXT * size
            for o in (scene.words[v] for v in near)
        ):
            found.append(w)
    return found


def turned_hull(ground: _Ground) -> Box:
    """The plot in page coordinates."""
    return ground.region.plot


def _main_axis(ground: _Ground, scales: Sequence[Scale]) -> Axis | None:
    """The axis most traces are read against."""
    told = [scale.axis for scale in scales if scale.axis is not None]
    return max(told, key=told.count) if told else (ground.axes[0] if len(ground.axes) == 1 else None)


def _beside(region: Region, axis: Axis | None, axes: Sequence[Axis]) -> Region:
    """With two axes: only the words on this axis' side of the plot say what it counts."""
    if axis is None or len(axes) < 2:
        return region
    left = axis.ticks[0].box.cx < region.plot.cx
    words = region.scene.words
    mine = tuple(w for w in region.words if (words[w].box.cx < region.plot.cx) == left)
    return replace(region, words=mine)


def _series_names(ground: _Ground, blocks: Sequence[Block]) -> tuple[list[Name | None], set[int]]:
    """From the legend, else from what is printed at the lines; the words used for the latter."""
    names = legend_names(ground.region, ground.traces)
    if all(names):
        return names, set()
    open_ = [k for k, name in enumerate(names) if name is None]
    if len(ground.traces) == 1 or not ground.traces[0].path:
        return names, set()  # the title names a single line; text near it says something else
    found, used = names_beside(ground.region, [ground.traces[k] for k in open_], blocks, ground.em)
    for k, name in zip(open_, found, strict=True):
        names[k] = name
    return names, used


def _cells(
    ground: _Ground,
    spots: Sequence[Spot],
    labels: Sequence[Label],
    at: dict[int, int],
    scales: Sequence[Scale],
    names: Sequence[Name | None],
) -> list[Cell]:
    """Labelled points, and measured ones where an axis proves the scale and series and place are named."""
    cells = []
    several = any(names)
    for k, spot in enumerate(spots):
        if not ground.periods.names[spot.place].text or (several and names[spot.trace] is None):
            continue
        scale = scales[spot.trace]
        measure = scale.measure(k, spot.point)
        series = spot.trace if several else None
        mark = spot.point.mark
        if k in at:
            label = labels[at[k]]
            cells.append(Cell(series, spot.place, label, mark, measure, label.box, label.unit))
        elif measure is not None and scale.axis is not None and len(spots) <= MOST_MEASURED:
            x, y = spot.at
            box = Box(x - 1.0, y - 1.0, x + 1.0, y + 1.0)
            cells.append(Cell(series, spot.place, None, mark, measure, box, scale.axis.unit))
    return cells


def _without_copies(labels: Sequence[Label]) -> list[Label]:
    """Labels drawn twice at one place (fake bold) only once."""
    kept: list[Label] = []
    for label in labels:
        copies = (o for o in kept if o.text == label.text and o.word != label.word)
        if not any(label.box.shared(o.box) > 0.6 * min(label.box.area, o.box.area) for o in copies):
            kept.append(label)
    return kept
