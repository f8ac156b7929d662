"""A bar plot with the words around it told apart, and the proof that its rectangles are bars."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from extract.charts.axis import Axis, find_plot_axes
from extract.charts.draft import Cell, Label, Name, Region
from extract.charts.labels import read_labels
from extract.charts.plots import BarPlot
from extract.charts.rownames import Rows, name_rows
from extract.charts.slots import Placement, in_column
from extract.charts.turn import turned
from extract.charts.wave import is_date
from extract.scene import Box, Scene, hull

CHANGE = re.compile(r"[(\[][+\-−–±▲△▼↑↓]\d.*[)\]]")
# Value labels stand within this many em around the plot.
LABEL_REACH = 6.0
# A column of values stands at most this share of the plot's length behind its longest bar.
COLUMN_REACH = 0.7
# The slope of the axis and that of the labels are one within this share.
AXIS_AGREES = 0.1
# Labels that agree with the scale, as a share of all that were placed, before it counts as proof.
AGREEING = 0.6
# Two equal labels that share this much of their boxes are one, drawn twice to look bold.
SAME_PLACE = 0.6


@dataclass(frozen=True, slots=True)
class Ground:
    """A bar plot with the words around it told apart; ``ticks`` are the words of all its axes."""

    region: Region
    plot: BarPlot
    em: float
    axis: Axis | None
    labels: tuple[Label, ...]
    ticks: tuple[int, ...] = ()

    @property
    def scene(self) -> Scene:
        return self.region.scene


def survey(region: Region, plot: BarPlot) -> list[Ground]:
    """The labels that are no ticks, for each value axis the plot may be drawn to, the likeliest first.

    The axis of another chart may stand as near as a second one of this plot, so the others only count
    as axes where the nearest is not this plot's.
    """
    em = text_size(region.scene, region.words)
    read = _without_copies(read_labels(region.scene, region.words))
    labels = without_changes(region.scene, [label for label in read if not is_date(label)])
    axes = find_plot_axes(labels, plot, em)
    if not axes:
        return [_ground(region, plot, em, None, (), labels)]
    grounds = [_ground(region, plot, em, axes[0], axes[:1], labels)]
    return grounds + [_ground(region, plot, em, axis, axes, labels) for axis in axes[1:]]


def without_changes(scene: Scene, labels: Sequence[Label]) -> list[Label]:
    """The labels without signed numbers in brackets of their own: they say how the value beside changed."""
    kept = [label for label in labels if not CHANGE.fullmatch(_folded(scene.words[label.word].text))]
    return kept or list(labels)


def _ground(
    region: Region, plot: BarPlot, em: float, axis: Axis | None, axes: Sequence[Axis], labels: Sequence[Label]
) -> Ground:
    box, ticks = plot.box, {w for one in axes for w in one.words}
    around = box.grown(LABEL_REACH * em)
    around = Box(around.x0, around.y0, max(around.x1, box.x1 + COLUMN_REACH * box.width), around.y1)
    free = [label for label in labels if label.word not in ticks]
    kept = tuple(label for label in free if _may_label(turned(label.box, plot.direction), plot, around))
    labels = kept or _far_column(free, plot, em) or _near_column(free, plot, em)
    return Ground(region, plot, em, axis, labels, tuple(sorted(ticks)))


def _near_column(labels: Sequence[Label], plot: BarPlot, em: float) -> tuple[Label, ...]:
    """The column of values between names and bars, one level with each bar; empty without one.

    Whether they are values and no ranks or sample sizes is for the scale to say.
    """
    boxes = [turned(label.box, plot.direction) for label in labels]
    column: list[int] = []
    for chain in plot.chains:
        own = [
            k for k, box in enumerate(boxes)
            if box.x1 <= plot.baseline and abs(box.cy - chain.box.cy) < 0.5 * max(chain.box.height, em)
        ]  # fmt: skip
        if not own or len(chain.bars) > 1:
            return ()
        column.append(max(own, key=lambda k: boxes[k].x1))
    printed = {(labels[k].unit, labels[k].decimals) for k in column}
    alike = len(printed) == 1 and in_column([boxes[k] for k in column], em)
    return tuple(labels[k] for k in column) if alike else ()


def _far_column(labels: Sequence[Label], plot: BarPlot, em: float) -> tuple[Label, ...]:
    """The nearest column of values behind the bars, one at or over each bar; empty without one.

    Tracks of progress bars push it away by what the longest bar lacks of 100 %, and may be too pale to be
    seen; whether the values fit the lengths is for the scale to say.
    """
    boxes = [turned(label.box, plot.direction) for label in labels]
    behind = [k for k, box in enumerate(boxes) if box.x0 > plot.box.x1]
    chains = sorted(plot.chains, key=lambda chain: chain.box.cy)
    if len(chains) < 2 or any(len(chain.bars) > 1 for chain in chains):
        return ()
    column: list[int] = []
    before = 2 * chains[0].box.cy - chains[1].box.cy
    for chain in chains:
        own = [k for k in behind if before < boxes[k].cy <= chain.box.y1]
        if not own:
            return ()
        column.append(min(own, key=lambda k: boxes[k].x0))
        before = chain.box.y1
    return tuple(labels[k] for k in column) if in_column([boxes[k] for k in column], em) else ()


def _may_label(label: Box, plot: BarPlot, around: Box) -> bool:
    """Near the plot and not before the baseline, where the names stand."""
    before = label.x1 < plot.baseline and not plot.two_sided
    return label.shared(around) > 0 and not before


def _without_copies(labels: Sequence[Label]) -> list[Label]:
    """Labels drawn twice at one place (fake bold) only once."""
    kept: list[Label] = []
    for label in labels:
        if not any(
            label.text == other.text
            and label.word != other.word
            and label.box.shared(other.box) > SAME_PLACE * min(label.box.area, other.box.area)
            for other in kept
        ):
            kept.append(label)
    return kept


def text_size(scene: Scene, words: Sequence[int]) -> float:
    """The usual type size of the region, in the page's unit."""
    sizes = sorted(scene.words[w].size for w in words)
    return sizes[len(sizes) // 2] if sizes else 10.0


def rows_of(ground: Ground, edges: tuple[tuple[float, float], ...]) -> Rows:
    """The rows with the hull of their bars."""
    boxes: list[Box | None] = []
    for low, high in edges:
        own = [bar.box for bar in ground.plot.bars if low <= bar.box.cy < high]
        boxes.append(hull(own) if own else None)
    return Rows(edges, tuple(boxes))


def name_rows_of(
    ground: Ground, edges: tuple[tuple[float, float], ...], told: frozenset[int] = frozenset()
) -> tuple[Name, ...]:
    """The names of the rows among the words that are no ticks and that ``told`` no series."""
    taken = set(ground.ticks) | repeated_keys(ground) | told
    before = [v for v in ground.labels if turned(v.box, ground.plot.direction).x1 <= ground.plot.baseline]
    if before and not ground.plot.two_sided:
        taken |= {label.word for label in before}  # a column of values between names and bars
    free = [w for w in ground.region.words if w not in taken]
    return name_rows(ground.scene, free, ground.plot, rows_of(ground, edges), ground.em)


def repeated_keys(ground: Ground) -> set[int]:
    """Words that say a series' name again and again under its bars: they tell the rows nothing."""
    legend = ground.region.legend
    if legend is None:
        return set()
    labels = {_folded(entry.label) for entry in legend.entries}
    said = [w for w in ground.region.words if _folded(ground.scene.words[w].text) in labels]
    texts = [_folded(ground.scene.words[w].text) for w in said]
    return {w for w, text in zip(said, texts, strict=True) if texts.count(text) > 1}


def _folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def is_proved(ground: Ground, placement: Placement, rows: Sequence[Name], series: Sequence[Name]) -> bool:
    """Whether these rectangles are bars: lengths mean values, and something says what they count.

    Lengths mean values when an axis fits the plot, or when most of the printed labels agree with one
    scale. Filled table cells, headings and buttons have neither.
    """
    if not any(name.text for name in (*rows, *series)):
        return False
    ruler = placement.ruler
    if ground.axis is not None:
        return _agrees(ground.axis, placement)
    if ruler is None or not ruler.proved:
        return False
    lengths = {round(ruler.samples[i].length, 1) for i in ruler.inliers}
    return len(ruler.inliers) >= AGREEING * len(ruler.samples) and len(lengths) > 1


def _agrees(axis: Axis, placement: Placement) -> bool:
    """Whether the axis and the scale of the labels, where there is one, are the same."""
    ruler = placement.ruler
    if ruler is None or not ruler.proved:
        return True
    return abs(abs(axis.slope) - ruler.slope) <= AXIS_AGREES * ruler.slope


def proved(ground: Ground, placement: Placement) -> bool:
    """Whether the scale stands on an axis or on two labelled bars."""
    return ground.axis is not None or (placement.ruler is not None and placement.ruler.proved)


def unplaced(ground: Ground, values: Sequence[Label], used: Sequence[int]) -> tuple[str, ...]:
    """A doubt when values are printed among the bars that belong to none of them."""
    box = ground.plot.box.grown(ground.em)
    words = set(used)
    left = [
        label.text
        for label in values
        if label.word not in words and box.shared(turned(label.box, ground.plot.direction)) > 0
    ]
    return (f"{len(left)} printed values belong to no bar: {', '.join(left[:5])}",) if left else ()


def used_words(
    ground: Ground, cells: Sequence[Cell], series: Sequence[Name], rows: Sequence[Name]
) -> tuple[int, ...]:
    """Every word the reading of the plot rests on."""
    words = [c.label.word for c in cells if c.label]
    words += [w for name in (*series, *rows) for w in name.words]
    words += list(ground.ticks)
    return tuple(words)
