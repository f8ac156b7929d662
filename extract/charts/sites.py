"""Where marks form a plot: bars, slices, lines and boxes of a scene, before anything is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.charts.axis import find_axes
from extract.charts.color import same
from extract.charts.dots import find_dot_plots
from extract.charts.draft import Legend, RegionKind
from extract.charts.labels import parse_value, read_labels
from extract.charts.palette import palette_of
from extract.charts.pies import find_pies, pie_hull
from extract.charts.plots import BarPlot, Chain, bar_candidates, find_bar_plots
from extract.charts.strokes import find_line_plots
from extract.charts.turn import turned, turned_back
from extract.charts.whiskers import find_box_plots
from extract.scene import Box, Scene, hull

# A rectangle thinner than this share of the text size is a rule or a border, no bar.
THINNEST = 0.3
# Dots at stems are at least this many times as thick as they, and this near to their ends.
STEM, STEM_GAP = 1.5, 2.0
# A gap between two rows that is this much wider than usual may hold the title of the next chart.
WIDE_GAP = 1.6
# Rows of one chart keep a pitch; where so many are missing at once another chart begins.
FAR_APART = 3.0
# A band with words is a heading over at least so many rows, itself included.
FEWEST_ROWS = 4
# Share by which the sides of a square differ.
SQUARE = 0.25


@dataclass(frozen=True, slots=True)
class Plot:
    """Data marks that belong together, in page coordinates."""

    kind: RegionKind
    box: Box
    marks: tuple[int, ...]
    bars: BarPlot | None = None


def find_plots(scene: Scene, legends: Sequence[Legend]) -> list[Plot]:
    """Plots of all kinds."""
    em = text_size(scene)
    swatches = _swatch_marks(scene, legends)
    candidates = [
        i for i in bar_candidates(scene, swatches)
        if min(scene.marks[i].box.width, scene.marks[i].box.height) >= 0.02 * em
        and max(scene.marks[i].box.width, scene.marks[i].box.height) >= THINNEST * em
    ]  # fmt: skip
    keys = tuple(entry.color for legend in legends for entry in legend.entries)
    lines = find_line_plots(scene, em, keys)
    on_lines = {m for _, marks in lines for m in marks}
    plots = [Plot("lines", box, marks) for box, marks in lines]
    plots += [Plot("boxes", box, marks) for box, marks in find_box_plots(scene)]
    on_lines |= {m for plot in plots for m in plot.marks}
    dotted = find_dot_plots(scene, em, frozenset(on_lines) | swatches)
    plots += [Plot("lines", box, marks) for box, marks in dotted]
    dots = [m for _, marks in dotted for m in marks]
    candidates = [i for i in candidates if i not in on_lines]
    for bars in find_bar_plots(scene, candidates):
        if bars.thickness < THINNEST * em or _all_squares(bars, em) or len(bars.bars) < 2:
            continue
        if max(bar.box.width for bar in bars.bars) < THINNEST * em or _lies_in(bars, plots):
            continue
        if _are_stems(scene, bars, dots):
            continue
        for part in split_plot(scene, bars, legends):
            part = _without_band(scene, part)
            if len(part.bars) < 2:
                continue
            box = turned_back(part.box, part.direction)
            plots.append(Plot("bars", box, part.marks, part))
    for pie in find_pies(scene.marks, range(len(scene.marks))):
        slices = tuple(s.mark for s in pie.slices if s.mark is not None)
        plots.append(Plot("sectors", pie_hull(scene.marks, pie), slices))
    page = Box(0.0, 0.0, scene.width, scene.height).grown(1.0)
    return [p for p in plots if page.holds(p.box.x0, p.box.y0) and page.holds(p.box.x1, p.box.y1)]


def split_plot(scene: Scene, plot: BarPlot, legends: Sequence[Legend]) -> list[BarPlot]:
    """A plot cut where an axis, a legend or a title stands between two of its rows, where its names begin
    anew behind a wide gap, or where its pitch breaks off: charts of one layout."""
    direction, box = plot.direction, plot.box
    axes = find_axes(read_labels(scene, range(len(scene.words))), direction)
    rows = [hull(turned(tick.box, direction) for tick in axis.ticks) for axis in axes]
    rows += [turned(legend.box, direction) for legend in legends]
    between = [row for row in rows if min(row.x1, box.x1) - max(row.x0, box.x0) > 0]
    texts = [turned(w.box, direction) for w in scene.words if parse_value(w.text) is None and w.text.strip()]
    texts = [text for text in texts if text.x1 > box.x0 and text.x0 < box.x1]
    gaps = sorted(after.box.y0 - before.box.y1 for before, after in pairwise(plot.chains))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    slack = 0.25 * plot.thickness
    # Where several series stand side by side, their names may be repeated under each group.
    one_series = len(palette_of([bar.fill for bar in plot.bars])) == 1
    groups = [[plot.chains[0]]]
    for before, after in pairwise(plot.chains):
        low, high = before.box.y1 - slack, after.box.y0 + slack
        wide = after.box.y0 - before.box.y1 > WIDE_GAP * usual + slack
        parted = any(low <= row.y0 and row.y1 <= high for row in between)
        parted = parted or after.box.y0 - before.box.y1 > FAR_APART * (usual + plot.thickness)
        anew = wide and direction == "v" and one_series and _named_again(scene, after, groups[-1])
        if parted or anew or (wide and any(low <= text.y0 and text.y1 <= high for text in texts)):
            groups.append([])
        groups[-1].append(after)
    return [replace(plot, chains=tuple(group)) for group in groups]


def _without_band(scene: Scene, plot: BarPlot) -> BarPlot:
    """The plot without what belongs to a heading over its rows: a coloured band that holds it, which is the
    only bar with words, or the square before it, of a colour that no bar has."""
    if len(plot.chains) < FEWEST_ROWS or plot.direction not in ("h", "h-"):
        return plot
    first, *rest = plot.chains
    box, fills = first.bars[0].box, [bar.fill for chain in rest for bar in chain.bars]
    square = len(first.bars) == 1 and abs(box.width - box.height) < SQUARE * box.height
    if square and not any(same(first.bars[0].fill, fill, first.bars[0].slack > 0) for fill in fills):
        return replace(plot, chains=tuple(rest))
    if any(len(chain.bars) > 1 for chain in plot.chains):
        return plot
    boxes = [scene.marks[chain.bars[0].mark].box for chain in plot.chains]
    worded = [
        k for k, box in enumerate(boxes)
        if any(parse_value(w.text) is None and w.text.strip() and box.holds(w.box.x0, w.box.cy)
               and box.holds(w.box.x1, w.box.cy) for w in scene.words)
    ]  # fmt: skip
    return replace(plot, chains=tuple(rest)) if worded == [0] else plot


def _named_again(scene: Scene, chain: Chain, group: Sequence[Chain]) -> bool:
    """Whether the column has the name of one before it: the first of another chart on the same floor."""
    name = _name_under(scene, chain)
    return bool(name) and name in [_name_under(scene, other) for other in group]


def _name_under(scene: Scene, chain: Chain) -> str:
    """The wording nearest below an upright chain."""
    box = chain.box
    under = [(turned(word.box, "v"), word.text) for word in scene.words if parse_value(word.text) is None]
    near = [
        (place.x1, text) for place, text in under
        if place.x1 <= box.x0 + 0.2 * box.height and place.y0 < box.cy < place.y1
    ]  # fmt: skip
    return max(near, default=(0.0, ""))[1].strip()


def _are_stems(scene: Scene, bars: BarPlot, dots: Sequence[int]) -> bool:
    """Whether most bars end at a dot that is thicker than they are: the stems of lollipops and dumbbells."""
    boxes = [scene.marks[i].box for i in dots]
    ending = 0
    for bar in bars.bars:
        box = turned_back(bar.box, bars.direction).grown(bar.slack + STEM_GAP)
        ending += any(
            dot.shared(box) > 0 and min(dot.width, dot.height) > STEM * bar.box.height for dot in boxes
        )
    return ending >= 0.6 * len(bars.bars)


def _lies_in(bars: BarPlot, plots: Sequence[Plot]) -> bool:
    """Whether a plot with more bars was already found at this place: the rest is grid and noise."""
    box = turned_back(bars.box, bars.direction)
    return any(
        box.shared(plot.box) > 0.5 * box.area and len(plot.marks) > len(bars.bars)
        for plot in plots if plot.kind == "bars"
    )  # fmt: skip


def _swatch_marks(scene: Scene, legends: Sequence[Legend]) -> frozenset[int]:
    """Swatches, and the frames drawn around legends."""
    boxes = [entry.swatch.grown(1.0) for legend in legends for entry in legend.entries]
    return frozenset(
        i for i, mark in enumerate(scene.marks)
        if any(b.holds(mark.box.cx, mark.box.cy) and mark.box.area <= 1.5 * b.area for b in boxes)
        or any(_around(mark.box, legend.box) for legend in legends)
    )  # fmt: skip


def _around(frame: Box, legend: Box) -> bool:
    return legend.shared(frame) > 0.95 * legend.area and frame.area < 3 * legend.area


def _all_squares(plot: BarPlot, em: float) -> bool:
    """Small squares of one size: bullets, swatches, icons."""
    boxes = [bar.box for bar in plot.bars]
    return all(abs(b.width - b.height) < 0.25 * b.height and b.height < 2 * em for b in boxes)


def text_size(scene: Scene) -> float:
    sizes = sorted(word.size for word in scene.words)
    return sizes[len(sizes) // 2] if sizes else 10.0
