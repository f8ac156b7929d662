"""Where the charts of a scene are: plots found by their marks, each with the words it may claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.charts.axis import find_axes, find_plot_axis
from extract.charts.bands import chain_bands
from extract.charts.bases import stated_bases
from extract.charts.claims import label_words
from extract.charts.draft import Legend, Region, RegionKind
from extract.charts.labels import parse_value, read_labels
from extract.charts.names import find_columns, nearest_column
from extract.charts.palette import nearest
from extract.charts.pies import find_pies, pie_hull
from extract.charts.plots import BarPlot, bar_candidates, find_bar_plots
from extract.charts.strokes import find_line_plots
from extract.charts.titles import (
    TextLine,
    Title,
    clean_title,
    find_shared_title,
    find_title,
    population,
    question_type,
    text_lines,
)
from extract.charts.turn import turned, turned_back
from extract.charts.whiskers import find_box_plots
from extract.notes import Note
from extract.scene import Box, Scene, hull

# A rectangle thinner than this share of the text size is a rule or a border, no bar.
THINNEST = 0.3
# Titles of small multiples are names, not questions.
SHORT_TITLE = 16
# Share of a plot's colours a legend must explain to be its legend.
LEGEND_SHARE = 0.5
LINES = ("line", "polyline")


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
    if not plots:
        return [], []
    plots.sort(key=lambda plot: (plot.box.y0, plot.box.x0))
    usual = _text_size(scene)
    in_legends = {w for legend in legends for entry in legend.entries for w in entry.words}
    lines = text_lines(scene, [i for i in range(len(scene.words)) if i not in in_legends])
    lines = [line for line in lines if parse_value(line.text) is None]
    regions = [_region(scene, plot, plots, legends, lines, usual) for plot in plots]
    return share_titles(scene, regions, lines), []


def find_plots(scene: Scene, legends: Sequence[Legend]) -> list[Plot]:
    """Plots of all kinds."""
    em = _text_size(scene)
    swatches = _swatch_marks(scene, legends)
    candidates = [
        i for i in bar_candidates(scene, swatches)
        if min(scene.marks[i].box.width, scene.marks[i].box.height) >= 0.02 * em
        and max(scene.marks[i].box.width, scene.marks[i].box.height) >= THINNEST * em
    ]  # fmt: skip
    lines = find_line_plots(scene, em)
    on_lines = {m for _, marks in lines for m in marks}
    plots = [Plot("lines", box, marks) for box, marks in lines]
    plots += [Plot("boxes", box, marks) for box, marks in find_box_plots(scene)]
    on_lines |= {m for plot in plots for m in plot.marks}
    candidates = [i for i in candidates if i not in on_lines]
    for bars in find_bar_plots(scene, candidates):
        if bars.thickness < THINNEST * em or _all_squares(bars, em) or len(bars.bars) < 2:
            continue
        if max(bar.box.width for bar in bars.bars) < THINNEST * em or _lies_in(bars, plots):
            continue
        for part in split_plot(scene, bars, legends):
            box = turned_back(part.box, part.direction)
            plots.append(Plot("bars", box, tuple(bar.mark for bar in part.bars), part))
    for pie in find_pies(scene.marks, range(len(scene.marks))):
        slices = tuple(s.mark for s in pie.slices if s.mark is not None)
        plots.append(Plot("sectors", pie_hull(scene.marks, pie), slices))
    page = Box(0.0, 0.0, scene.width, scene.height).grown(1.0)
    return [p for p in plots if page.holds(p.box.x0, p.box.y0) and page.holds(p.box.x1, p.box.y1)]


def _lies_in(bars: BarPlot, plots: Sequence[Plot]) -> bool:
    """Whether a plot with more bars was already found at this place: the rest is grid and noise."""
    box = turned_back(bars.box, bars.direction)
    return any(
        box.shared(plot.box) > 0.5 * box.area and len(plot.marks) > len(bars.bars)
        for plot in plots if plot.kind == "bars"
    )  # fmt: skip


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
    own = label_words(scene, plot.kind, plot.box, plot.marks, legend, inside)
    if plot.bars is not None:
        chart = _with_names(scene, plot.bars, inside, em)
    else:
        chart = hull([plot.box, *(scene.words[w].box for w in own)])
    frame = find_frame(scene, chart)
    limits = territory(scene, plot.box, others, frame)
    inside = [i for i in inside if limits.holds(scene.words[i].box.cx, scene.words[i].box.cy)]
    if legend is not None and legend.box.y1 <= plot.box.cy:
        chart = chart | legend.box
    bold = _bold_labels(scene, plot.box)
    free = [line for line in lines if not own & set(line.words)]
    title = find_title(free, chart, em, others, frame, bold) or Title("")
    text = title.text
    if scene.titles:
        text = clean_title(text, scene.titles) if text else scene.titles[0]
    used = set(title.words) | ({w for e in legend.entries for w in e.words} if legend else set())
    return Region(
        scene=scene, kind=plot.kind, plot=plot.box, box=limits, marks=plot.marks,
        words=tuple(i for i in inside if i not in used), legend=legend, title=text, title_words=title.words,
        question_type=question_type(text), bases=_stated(scene, title, inside, used, lines),
        group=title.group or population(lines, scene),
    )  # fmt: skip


def _stated(
    scene: Scene, title: Title, inside: Sequence[int], used: set[int], lines: Sequence[TextLine]
) -> tuple[tuple[str, int], ...]:
    """Sample sizes in the title, else in the lines of the region that are neither title nor legend."""
    if title.base_n is not None:
        return (("", title.base_n),)
    free = set(inside) - used
    return tuple(base for line in lines if free & set(line.words) for base in stated_bases(line.text))


def _bold_labels(scene: Scene, plot: Box) -> bool:
    """Whether a good part of the words in and around the plot is bold."""
    near = plot.grown(0.4 * min(plot.width, plot.height))
    words = [word for word in scene.words if near.holds(word.box.cx, word.box.cy)]
    return sum(word.bold for word in words) > 0.3 * len(words)


def share_titles(scene: Scene, regions: Sequence[Region], lines: Sequence[TextLine]) -> list[Region]:
    """Small multiples: charts of one layout under one heading get the question ``heading｜own title``."""
    out = list(regions)
    for group in _siblings(regions):
        members = [regions[i] for i in group]
        titles = [Title(r.title, r.title_words, box=_hull_of(scene, r.title_words)) for r in members]
        if not all(title.words for title in titles):
            continue
        others = [r.plot for i, r in enumerate(regions) if i not in group]
        em = _text_size(scene)
        shared = find_shared_title(lines, [r.plot for r in members], titles, em, others)
        if shared is None or shared.text in {title.text for title in titles}:
            continue
        for i, region in zip(group, members, strict=True):
            text = f"{shared.text}｜{region.title}"
            kind = region.question_type or question_type(shared.text)
            out[i] = replace(region, title=text, question_type=kind, group=region.group or shared.group,
                             title_words=region.title_words + shared.words)  # fmt: skip
    return out


def _siblings(regions: Sequence[Region]) -> list[list[int]]:
    """Charts of one kind and size with one legend, or side by side with short titles."""
    groups: list[list[int]] = []
    for i, region in enumerate(regions):
        for group in groups:
            first = regions[group[0]]
            alike = region.kind == first.kind and _same_size(region.plot, first.plot)
            row = min(region.plot.y1, first.plot.y1) - max(region.plot.y0, first.plot.y0) > 0.5 * first.plot.height
            short = max(len(region.title), len(first.title)) <= SHORT_TITLE
            one_legend = region.legend is not None and region.legend is first.legend
            if alike and (one_legend or (row and short)):
                group.append(i)
                break
        else:
            groups.append([i])
    return [group for group in groups if len(group) > 1]


def _same_size(one: Box, other: Box) -> bool:
    wide, high = sorted((one.width, other.width)), sorted((one.height, other.height))
    return wide[1] <= 1.25 * wide[0] and high[1] <= 1.25 * high[0]


def _hull_of(scene: Scene, words: Sequence[int]) -> Box | None:
    return hull(scene.words[w].box for w in words) if words else None


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
    shown = [scene.marks[m] for m in plot.marks if plot.kind != "lines" or scene.marks[m].kind in LINES]
    # A line may be printed over its key in another blend: what is near enough for pixels is for lines.
    fills = [(m.fill or m.stroke, m.seen_by == "pixels" or plot.kind == "lines") for m in shown]
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
