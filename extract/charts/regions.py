"""Where the charts of a scene are: plots found by their marks, each with the words it may claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.charts.axis import find_axes, find_plot_axis
from extract.charts.bands import chain_bands
from extract.charts.draft import Legend, Region, RegionKind
from extract.charts.labels import parse_value, read_labels
from extract.charts.names import find_columns, nearest_column
from extract.charts.palette import nearest
from extract.charts.pies import find_pies, pie_hull
from extract.charts.plots import BarPlot, bar_candidates, find_bar_plots
from extract.charts.strokes import find_line_plots
from extract.charts.titles import TextLine, clean_title, find_title, question_type, text_lines
from extract.charts.turn import turned, turned_back
from extract.notes import Note
from extract.scene import Box, Scene, hull

# A rectangle thinner than this share of the text size is a rule or a border, no bar.
THINNEST = 0.3
# Share of a plot's colours a legend must explain to be its legend.
LEGEND_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Plot:
    """Data marks that belong together, in page coordinates."""

    kind: RegionKind
    box: Box
    marks: tuple[int, ...]
    bars: BarPlot | None = None


def find_regions(scene: Scene, legends: Sequence[Legend]) -> tuple[list[Region], list[Note]]:
    """Every chart's region, top to bottom."""
    plots = find_plots(scene, legends)
    plots.sort(key=lambda plot: (plot.box.y0, plot.box.x0))
    usual = _text_size(scene)
    lines: list[TextLine] | None = None
    regions = []
    taken_legend_words = {w for legend in legends for entry in legend.entries for w in entry.words}
    for plot in plots:
        if lines is None:
            lines = text_lines(scene, [i for i in range(len(scene.words)) if i not in taken_legend_words])
        regions.append(_region(scene, plot, plots, legends, lines, usual))
    return regions, []


def find_plots(scene: Scene, legends: Sequence[Legend]) -> list[Plot]:
    """Plots of all kinds."""
    em = _text_size(scene)
    swatches = _swatch_marks(scene, legends)
    candidates = [
        i for i in bar_candidates(scene, swatches)
        if min(scene.marks[i].box.width, scene.marks[i].box.height) >= 0.02 * em
        and max(scene.marks[i].box.width, scene.marks[i].box.height) >= THINNEST * em
    ]  # fmt: skip
    plots = []
    for bars in find_bar_plots(scene, candidates):
        if bars.thickness < THINNEST * em or _all_squares(bars, em) or len(bars.bars) < 2:
            continue
        for part in split_plot(scene, bars, legends):
            box = turned_back(part.box, part.direction)
            plots.append(Plot("bars", box, tuple(bar.mark for bar in part.bars), part))
    for pie in find_pies(scene.marks, range(len(scene.marks))):
        slices = tuple(s.mark for s in pie.slices if s.mark is not None)
        plots.append(Plot("sectors", pie_hull(scene.marks, pie), slices))
    for box, marks in find_line_plots(scene, em):
        plots.append(Plot("lines", box, marks))
    return plots


def split_plot(scene: Scene, plot: BarPlot, legends: Sequence[Legend]) -> list[BarPlot]:
    """A plot cut where an axis or a legend stands between two of its rows: two charts of one layout."""
    direction = plot.direction
    axes = find_axes(read_labels(scene, range(len(scene.words))), direction)
    rows = [hull(turned(tick.box, direction) for tick in axis.ticks) for axis in axes]
    rows += [turned(legend.box, direction) for legend in legends]
    box = plot.box
    cuts = [row.cy for row in rows if min(row.x1, box.x1) - max(row.x0, box.x0) > 0 and box.y0 < row.cy < box.y1]
    chains = plot.chains
    groups = [[chains[0]]]
    for before, after in zip(chains, chains[1:], strict=False):
        if any(before.box.y1 <= cut <= after.box.y0 for cut in cuts):
            groups.append([])
        groups[-1].append(after)
    return [replace(plot, chains=tuple(group)) for group in groups]


def _swatch_marks(scene: Scene, legends: Sequence[Legend]) -> frozenset[int]:
    boxes = [entry.swatch.grown(1.0) for legend in legends for entry in legend.entries]
    return frozenset(
        i for i, mark in enumerate(scene.marks)
        if any(b.holds(mark.box.cx, mark.box.cy) and mark.box.area <= 1.5 * b.area for b in boxes)
    )  # fmt: skip


def _all_squares(plot: BarPlot, em: float) -> bool:
    """Small squares of one size: bullets, swatches, icons."""
    boxes = [bar.box for bar in plot.bars]
    return all(abs(b.width - b.height) < 0.25 * b.height and b.height < 2 * em for b in boxes)


def _text_size(scene: Scene) -> float:
    sizes = sorted(word.size for word in scene.words)
    return sizes[len(sizes) // 2] if sizes else 10.0


def _region(
    scene: Scene, plot: Plot, plots: Sequence[Plot], legends: Sequence[Legend], lines: Sequence[TextLine], usual: float
) -> Region:
    legend = choose_legend(scene, plot, legends)
    others = [other.box for other in plots if other is not plot]
    inside = _words_in(scene, territory(scene, plot.box, others, None))
    em = _near_size(scene, inside, plot.box) or usual
    chart = _with_names(scene, plot.bars, inside, em) if plot.bars is not None else plot.box
    frame = find_frame(scene, chart)
    limits = territory(scene, plot.box, others, frame)
    inside = [i for i in inside if limits.holds(scene.words[i].box.cx, scene.words[i].box.cy)]
    if legend is not None and legend.box.y1 <= plot.box.cy:
        chart = chart | legend.box
    free = [line for line in lines if parse_value(line.text) is None]
    title = find_title(free, chart, em, others, frame)
    title_words = title.words if title else ()
    text = title.text if title else ""
    if scene.titles:
        text = clean_title(text, scene.titles) if text else scene.titles[0]
    legend_words = {w for entry in legend.entries for w in entry.words} if legend else set()
    words = tuple(i for i in inside if i not in set(title_words) and i not in legend_words)
    bases = (("", title.base_n),) if title and title.base_n is not None else ()
    return Region(
        scene=scene, kind=plot.kind, plot=plot.box, box=limits, marks=plot.marks, words=words,
        legend=legend, title=text, title_words=title_words, question_type=question_type(text), bases=bases,
    )  # fmt: skip


def _with_names(scene: Scene, plot: BarPlot, words: Sequence[int], em: float) -> Box:
    """The plot with its value axis and the column of names before its baseline, in page coordinates."""
    direction, box = plot.direction, plot.box
    axis = find_plot_axis(read_labels(scene, words), plot, em)
    parts = [box]
    if axis is not None:
        parts += [turned(tick.box, direction) for tick in axis.ticks]
    _, edges, _ = chain_bands(plot)
    before = [w for w in words if turned(scene.words[w].box, direction).x1 <= box.x0 + 0.5 * em]
    column = nearest_column(find_columns(scene, before, edges, direction), scene, direction)
    if column is not None:
        parts.append(column.box)
    return turned_back(hull(parts), direction)


def _words_in(scene: Scene, box: Box) -> list[int]:
    return [i for i, word in enumerate(scene.words) if box.holds(word.box.cx, word.box.cy)]


def _near_size(scene: Scene, words: Sequence[int], plot: Box) -> float | None:
    near = plot.grown(0.15 * max(plot.width, plot.height))
    sizes = sorted(scene.words[w].size for w in words if near.holds(scene.words[w].box.cx, scene.words[w].box.cy))
    return sizes[len(sizes) // 2] if sizes else None


def choose_legend(scene: Scene, plot: Plot, legends: Sequence[Legend]) -> Legend | None:
    """The legend whose colours explain the plot's, the nearest of equals; it may serve several plots."""
    fills = [(scene.marks[m].fill, scene.marks[m].seen_by == "pixels") for m in plot.marks]
    best: tuple[float, float, Legend] | None = None
    for legend in legends:
        colors = [entry.color for entry in legend.entries]
        share = sum(nearest(fill, colors, traced) is not None for fill, traced in fills) / max(len(fills), 1)
        if share < LEGEND_SHARE:
            continue
        key = (-round(share, 1), _apart(legend.box, plot.box))
        if best is None or key < best[:2]:
            best = (*key, legend)
    return best[2] if best else None


def _apart(one: Box, other: Box) -> float:
    dx = max(one.x0 - other.x1, other.x0 - one.x1, 0.0)
    dy = max(one.y0 - other.y1, other.y0 - one.y1, 0.0)
    return dx + dy


def find_frame(scene: Scene, plot: Box) -> Box | None:
    """The smallest frame, panel or picture around the plot with its axis and names."""
    boxes = [mark.box for mark in scene.marks if mark.kind in ("rect", "area")] + [p.box for p in scene.pictures]
    page = scene.width * scene.height
    around = [
        box for box in boxes
        if box.x0 <= plot.x0 and box.y0 <= plot.y0 and box.x1 >= plot.x1 and box.y1 >= plot.y1
        and 1.05 * plot.area < box.area < 0.9 * page
    ]  # fmt: skip
    return min(around, key=lambda box: box.area, default=None)


def territory(scene: Scene, plot: Box, others: Sequence[Box], frame: Box | None) -> Box:
    """How far a chart may look for its words: its frame, else up to the neighbouring plots."""
    box = frame or Box(0.0, 0.0, scene.width, scene.height)
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    for other in others:
        beside = min(other.y1, plot.y1) - max(other.y0, plot.y0) > 0
        over = min(other.x1, plot.x1) - max(other.x0, plot.x0) > 0
        if beside and other.x0 >= plot.x1:
            x1 = min(x1, other.x0)
        elif beside and other.x1 <= plot.x0:
            x0 = max(x0, other.x1)
        elif over and other.y0 >= plot.y1:
            y1 = min(y1, other.y0)
        elif over and other.y1 <= plot.y0:
            y0 = max(y0, other.y1)
    return Box(x0, y0, x1, y1)
