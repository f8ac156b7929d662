"""Bars of a region -> what they say: grouped, single and stacked bars, lying and upright.

    plot (which rectangles) -> ground (axis, names, value labels) -> places -> labels at places -> cells
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.charts.axis import Axis, find_plot_axis
from extract.charts.bands import Bands, arrange, chain_bands
from extract.charts.draft import Cell, ChartDraft, Label, Measure, Name, Region
from extract.charts.labels import parse_value, read_labels
from extract.charts.names import reading_order
from extract.charts.palette import nearest, palette_of
from extract.charts.plots import Bar, BarPlot, find_bar_plots
from extract.charts.rownames import Rows, name_rows
from extract.charts.ruler import axis_length_measure, axis_measure
from extract.charts.slots import Place, Placement, beside_bar, inside_segment, place_labels
from extract.charts.turn import turned, upright
from extract.charts.wave import is_date
from extract.charts.units import chart_unit
from extract.charts.wording import join
from extract.scene import Box, Scene, hull

# Names begin within this many em of the baseline (tick marks and negative bars lie between).
NAME_REACH = 2.5
# Value labels stand within this many em around the plot.
LABEL_REACH = 6.0
# The slope of the axis and that of the labels are one within this share.
AXIS_AGREES = 0.1
# A column of values stands at most this share of the plot's length behind its longest bar.
COLUMN_REACH = 0.7
# Labels that agree with the scale, as a share of all that were placed, before it counts as proof.
AGREEING = 0.6
# A legend names the series when it explains this share of the bars; what is left has no name.
NAMED_SHARE = 0.6
# Chains of a 100 % stacked chart are equally long within this share.
EQUAL_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Ground:
    """A bar plot with the words around it told apart."""

    region: Region
    plot: BarPlot
    em: float
    axis: Axis | None
    labels: tuple[Label, ...]

    @property
    def scene(self) -> Scene:
        return self.region.scene


def read_bars(region: Region) -> ChartDraft | None:
    """The bar chart of the region, None when its rectangles are no bars."""
    plots = find_bar_plots(region.scene, region.marks)
    if not plots:
        return None
    ground = survey(region, plots[0])
    return read_stacked(ground) if ground.plot.stacked else read_grouped(ground)


def survey(region: Region, plot: BarPlot) -> Ground:
    """The value axis and the labels that are no ticks."""
    scene = region.scene
    box = plot.box
    em = text_size(scene, region.words)
    labels = [label for label in _without_copies(read_labels(scene, region.words)) if not is_date(label)]
    axis = find_plot_axis(labels, plot, em)
    ticks = set(axis.words) if axis else set()
    around = box.grown(LABEL_REACH * em)
    around = Box(around.x0, around.y0, max(around.x1, box.x1 + COLUMN_REACH * box.width), around.y1)
    kept = tuple(
        label
        for label in labels
        if label.word not in ticks and _may_label(turned(label.box, plot.direction), plot, around)
    )
    return Ground(region, plot, em, axis, kept)


def _may_label(label: Box, plot: BarPlot, around: Box) -> bool:
    """Near the plot and not before the baseline, where the names stand."""
    before = label.x1 < plot.baseline and not plot.two_sided
    return label.shared(around) > 0 and not before


def text_size(scene: Scene, words: Sequence[int]) -> float:
    """The usual type size of the region, in the page's unit."""
    sizes = sorted(scene.words[w].size for w in words)
    return sizes[len(sizes) // 2] if sizes else 10.0


def read_grouped(ground: Ground) -> ChartDraft | None:
    """Bars side by side: one bar per series and row."""
    plot = ground.plot
    bars = plot.bars
    traced = any(ground.scene.marks[b.mark].seen_by == "pixels" for b in bars)
    series, names = tell_series(ground, bars, traced)
    bands = arrange(bars, series, max(len(names), 1))
    rows = name_rows_of(ground, bands.edges)
    places = [_bar_place(slot.bar, slot.y, plot) for slot in bands.slots]
    used = {w for name in rows for w in name.words}
    values = [label for label in ground.labels if label.word not in used]
    placement = place_labels(values, places, beside_bar, plot.direction, ground.em)
    if not is_proved(ground, placement, rows, names):
        return None
    names = names_at_labels(ground, bands, placement, names)
    cells = _cells(ground, bands, places, placement, bool(names))
    return _draft(ground, "vbar" if upright(plot.direction) else "hbar", names, rows, cells)


def tell_series(ground: Ground, bars: Sequence[Bar], traced: bool) -> tuple[list[int], tuple[Name, ...]]:
    """The series of each bar by its colour, and the series' names; no names = one series.

    Without a legend several colours only mean several series when every row has the same colours in
    the same order; otherwise some bars of one series are highlighted.
    """
    legend = ground.region.legend
    if legend is not None:
        colors = [entry.color for entry in legend.entries]
        found = [nearest(bar.fill, colors, traced) for bar in bars]
        hit = sorted({s for s in found if s is not None})
        missed = palette_of([bar.fill for bar, s in zip(bars, found, strict=True) if s is None], traced)
        if hit and sum(s is not None for s in found) >= NAMED_SHARE * len(found):
            names = tuple(_entry_name(ground, s) for s in hit) + tuple(Name("") for _ in missed)
            return [
                hit.index(s) if s is not None else len(hit) + (nearest(bar.fill, missed, traced) or 0)
                for bar, s in zip(bars, found, strict=True)
            ], names
    colors = palette_of([bar.fill for bar in bars], traced)
    found_all = [nearest(bar.fill, colors, traced) or 0 for bar in bars]
    if len(colors) > 1 and _repeats(bars, found_all, len(colors)):
        return found_all, tuple(Name("") for _ in colors)
    return [0] * len(bars), ()


def _series_by_order(plot: BarPlot, traced: bool) -> tuple[list[int], tuple[Name, ...]]:
    """Unnamed series of stacked bars: by colour where colours differ within the chains, else by place."""
    colors = palette_of([bar.fill for bar in plot.bars], traced)
    by_color = [nearest(bar.fill, colors, traced) or 0 for bar in plot.bars]
    longest = max(len(chain.bars) for chain in plot.chains)
    if len(colors) >= longest:
        return by_color, tuple(Name("") for _ in colors)
    return [k for chain in plot.chains for k in range(len(chain.bars))], tuple(Name("") for _ in range(longest))


def names_inside(ground: Ground, bars: Sequence[Bar], series: Sequence[int], names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Series named by the words inside their segments, where no legend names them."""
    if any(name.text for name in names):
        return names
    scene = ground.scene
    found: dict[int, dict[str, list[int]]] = {}
    for bar, s in zip(bars, series, strict=True):
        box = scene.marks[bar.mark].box
        inside = [
            w for w in ground.region.words
            if box.grown(0.2 * ground.em).holds(scene.words[w].box.cx, scene.words[w].box.cy)
            and parse_value(scene.words[w].text) is None
        ]  # fmt: skip
        if inside:
            text = join([scene.words[w].text for w in reading_order(scene, inside)])
            found.setdefault(s, {}).setdefault(text, []).extend(inside)
    out = []
    for s in range(len(names)):
        texts = found.get(s, {})
        best = max(texts, key=lambda text: len(texts[text]), default="")
        words = tuple(w for ws in texts.values() for w in ws)
        out.append(Name(best, words=words))
    return tuple(out)


def names_at_labels(ground: Ground, bands: Bands, placement: Placement, names: tuple[Name, ...]) -> tuple[Name, ...]:
    """Unnamed series named by the words printed next to their value labels."""
    if not names or any(name.text for name in names):
        return names
    scene = ground.scene
    said: list[dict[str, list[int]]] = [{} for _ in names]
    for p, labels in placement.at.items():
        near = labels[0].box.grown(0.6 * labels[0].box.height)
        for w in ground.region.words:
            box = scene.words[w].box
            beside = near.shared(box) > 0 and abs(box.cx - near.cx) < 0.5 * max(box.width, labels[0].box.width)
            if beside and not read_labels(scene, [w]):
                said[bands.slots[p].series].setdefault(scene.words[w].text, []).append(w)
    out = []
    for texts in said:
        best = max(texts, key=lambda text: len(texts[text]), default="")
        out.append(Name(best, words=tuple(w for ws in texts.values() for w in ws)))
    return tuple(out)


def _repeats(bars: Sequence[Bar], series: Sequence[int], count: int) -> bool:
    """Whether colours come in touching groups that all show the same order."""
    ordered = [s for _, s in sorted(zip(bars, series, strict=True), key=lambda pair: pair[0].box.cy)]
    return len(ordered) >= 2 * count and ordered == ordered[:count] * (len(ordered) // count) and len(set(ordered[:count])) == count


def _entry_name(ground: Ground, index: int) -> Name:
    assert ground.region.legend is not None
    entry = ground.region.legend.entries[index]
    return Name(entry.label, entry.alt, entry.base_n, entry.words, entry.swatch)


def rows_of(ground: Ground, edges: tuple[tuple[float, float], ...]) -> Rows:
    """The rows with the hull of their bars."""
    boxes: list[Box | None] = []
    for low, high in edges:
        own = [bar.box for bar in ground.plot.bars if low <= bar.box.cy < high]
        boxes.append(hull(own) if own else None)
    return Rows(edges, tuple(boxes))


def name_rows_of(ground: Ground, edges: tuple[tuple[float, float], ...]) -> tuple[Name, ...]:
    """The names of the rows among the words that are no ticks."""
    ticks = set(ground.axis.words) if ground.axis else set()
    free = [w for w in ground.region.words if w not in ticks]
    return name_rows(ground.scene, free, ground.plot, rows_of(ground, edges), ground.em)


def _bar_place(bar: Bar | None, y: float, plot: BarPlot) -> Place:
    if bar is None:
        half = plot.thickness / 2
        return Place(Box(plot.baseline, y - half, plot.baseline, y + half), 0.0, 0.0, empty=True)
    return Place(bar.box, plot.length(bar.box), bar.slack)


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


def _cells(
    ground: Ground, bands: Bands, places: Sequence[Place], placement: Placement, grouped: bool
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for p, slot in enumerate(bands.slots):
        labels = placement.at.get(p, ())
        mark = slot.bar.mark if slot.bar else None
        if mark is None and not labels:
            continue
        lost = mark is None and labels[0].value != 0
        measure = None if lost else best_measure(ground, placement, p, places[p])
        series = slot.series if grouped else None
        for label in labels:
            cells.append(Cell(series, slot.band, label, mark, measure, label.box, label.unit))
        if not labels and mark is not None and measure is not None and proved(ground, placement):
            cells.append(Cell(series, slot.band, None, mark, measure, ground.scene.marks[mark].box))
    return tuple(cells)


def proved(ground: Ground, placement: Placement) -> bool:
    """Whether the scale stands on an axis or on two labelled bars."""
    return ground.axis is not None or (placement.ruler is not None and placement.ruler.proved)


def best_measure(ground: Ground, placement: Placement, index: int, place: Place) -> Measure | None:
    """What geometry says: the other labels' scale, or the axis, whichever is sharper."""
    by_labels = placement.measure(index, place.length, place.slack)
    if placement.ruler is not None and not placement.ruler.proved:
        by_labels = None
    by_axis = None
    if ground.axis is not None:
        plot = ground.plot
        end = plot.baseline + place.length
        by_axis = axis_measure(ground.axis, end, place.slack)
    found = [m for m in (by_labels, by_axis) if m is not None]
    return min(found, key=lambda m: m.slack, default=None)


def _draft(
    ground: Ground, kind: str, series: tuple[Name, ...], rows: tuple[Name, ...], cells: tuple[Cell, ...],
) -> ChartDraft:
    region = ground.region
    unit, scale = chart_unit(region, ground.axis, cells)
    return ChartDraft(
        type=f"{kind}_grouped" if len(series) > 1 else kind,
        region=region,
        series=series,
        categories=rows,
        cells=cells,
        axis_range=ground.axis.range if ground.axis else None,
        unit=unit,
        scale=scale,
        words=used_words(ground, cells, series, rows),
    )


def used_words(ground: Ground, cells: Sequence[Cell], series: Sequence[Name], rows: Sequence[Name]) -> tuple[int, ...]:
    words = [c.label.word for c in cells if c.label]
    words += [w for name in (*series, *rows) for w in name.words]
    words += list(ground.axis.words) if ground.axis else []
    return tuple(words)


def _without_copies(labels: Sequence[Label]) -> list[Label]:
    """Labels drawn twice at one place (fake bold) only once."""
    kept: list[Label] = []
    for label in labels:
        if not any(
            label.text == other.text and label.word != other.word
            and label.box.shared(other.box) > 0.6 * min(label.box.area, other.box.area)
            for other in kept
        ):
            kept.append(label)
    return kept


def read_stacked(ground: Ground) -> ChartDraft | None:
    """Segments end to end: one chain per row."""
    plot, scene = ground.plot, ground.scene
    centres, edges, pitch = chain_bands(plot)
    bars = plot.bars
    traced = any(scene.marks[b.mark].seen_by == "pixels" for b in bars)
    series, names = tell_series(ground, bars, traced)
    if not names or len({s for s in series}) < 2:
        series, names = _series_by_order(plot, traced)
    names = names_inside(ground, bars, series, names)
    rows = name_rows_of(ground, edges)
    places = [Place(bar.box, bar.box.width, bar.slack) for bar in bars]
    band = [k for k, chain in enumerate(plot.chains) for _ in chain.bars]
    used = {w for name in rows for w in name.words}
    values = [label for label in ground.labels if label.word not in used]
    placement = place_labels(values, places, inside_segment, plot.direction, ground.em)
    full = [chain.box.width for chain in plot.chains]
    hundred = len(full) >= 1 and max(full) - min(full) <= EQUAL_SHARE * max(full)
    if not is_proved(ground, placement, rows, names):
        return None
    cells: list[Cell] = []
    for p, bar in enumerate(bars):
        measure = placement.measure(p, places[p].length, places[p].slack)
        if placement.ruler is None or not placement.ruler.proved:
            measure = axis_length_measure(ground.axis, bar.box.width, bar.slack) if ground.axis else None
        labels = placement.at.get(p, ())
        for label in labels:
            cells.append(Cell(series[p], band[p], label, bar.mark, measure, label.box, label.unit))
        if not labels and measure is not None:
            cells.append(Cell(series[p], band[p], None, bar.mark, measure, scene.marks[bar.mark].box))
    if not cells:
        return None
    unit, scale = chart_unit(ground.region, ground.axis, cells, parts=True)
    return ChartDraft(
        type=("vbar" if upright(plot.direction) else "hbar") + ("_stacked100" if hundred else "_stacked"),
        region=ground.region,
        series=names,
        categories=rows,
        cells=tuple(cells),
        parts_of="category",
        axis_range=ground.axis.range if ground.axis else None,
        unit=unit,
        scale=scale,
        words=used_words(ground, cells, names, rows),
    )
