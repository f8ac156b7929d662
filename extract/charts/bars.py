"""Bars of a region -> what they say: grouped and single bars here, stacked ones in their own module.

plot (which rectangles) -> ground (axis, names, value labels) -> places -> labels at places -> cells
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.charts.bands import Bands, arrange
from extract.charts.color import is_grey, is_pale, same
from extract.charts.draft import Cell, ChartDraft, Label, Measure, Name, Region
from extract.charts.emptyrows import with_empty_rows
from extract.charts.ground import Ground, is_proved, name_rows_of, proved, survey, unplaced, used_words
from extract.charts.plots import Bar, BarPlot, Chain, find_bar_plots
from extract.charts.ruler import axis_measure
from extract.charts.series import names_at_labels, names_under, tell_series
from extract.charts.slots import Place, Placement, beside_bar, place_labels
from extract.charts.stacked import read_stacked
from extract.charts.turn import Direction, turned, upright
from extract.charts.units import chart_unit
from extract.scene import Box

# The rest of a progress bar is at least this light in every channel (0-255).
TRACK = 200
# A value agrees with its bar within this share of itself.
CLOSE = 0.03
# Share of the tracks that end at one place; a pale one's end may be traced wrongly.
LEVEL_TRACKS = 0.7
# A value this many em inside the end of a bar, or beyond it, is the bar's when no other bar takes it.
INSIDE, OUTSIDE = 2.0, 4.0


def read_bars(region: Region) -> ChartDraft | None:
    """The bar chart of the region, None when its rectangles are no bars."""
    plots = find_bar_plots(region.scene, region.marks)
    if not plots:
        return None
    grounds = survey(region, without_track(plots[0], region))
    drafts = [read_stacked(g) if g.plot.stacked else read_grouped(g) for g in grounds]
    return max((d for d in drafts if d is not None), key=_borne_out, default=None)


def _borne_out(draft: ChartDraft) -> int:
    """How many printed values agree with what is drawn, less those that do not."""
    pairs = [(cell.label.value, cell.measure) for cell in draft.cells if cell.label and cell.measure]
    agree = sum(abs(value - m.value) <= max(3 * m.slack, CLOSE * abs(value)) for value, m in pairs)
    return 2 * agree - len(pairs)


def without_track(plot: BarPlot, region: Region) -> BarPlot:
    """A plot without the grey rest of progress bars: equally long rows of a value and what is missing.

    A rest that the legend names is an answer and stays.
    """
    rests = [chain.bars[1] for chain in plot.chains if len(chain.bars) == 2]
    longer = any(len(chain.bars) > 2 for chain in plot.chains)
    if (
        longer
        or len(rests) < max(LEVEL_TRACKS * len(plot.chains), 2)
        or not all(is_grey(bar.fill) and is_pale(bar.fill, TRACK) for bar in rests)
    ):
        return plot
    ends = sorted(chain.box.x1 for chain in plot.chains if len(chain.bars) == 2)
    usual = ends[len(ends) // 2]
    level = sum(abs(end - usual) <= 0.02 * plot.box.width for end in ends)
    named = [entry.color for entry in region.legend.entries] if region.legend else []
    if level < LEVEL_TRACKS * len(ends) or any(same(rests[0].fill, c, True) for c in named):
        return plot
    return replace(plot, chains=tuple(Chain(c.bars[:1], c.bars[0].box) for c in plot.chains))


def read_grouped(ground: Ground) -> ChartDraft | None:
    """Bars side by side: one bar per series and row."""
    plot = ground.plot
    bars = plot.bars
    traced = any(ground.scene.marks[b.mark].seen_by == "pixels" for b in bars)
    series, names = tell_series(ground, bars, traced)
    names = names_under(ground, bars, series, names)
    bands = with_empty_rows(ground, arrange(bars, series, max(len(names), 1)))
    rows = name_rows_of(ground, bands.edges, frozenset(w for name in names for w in name.words))
    places = [_bar_place(slot.bar, slot.y, plot) for slot in bands.slots]
    used = {w for name in rows for w in name.words}
    values = [label for label in ground.labels if label.word not in used]
    placement = place_labels(values, places, beside_bar, plot.direction, ground.em, ground.axis)
    if not is_proved(ground, placement, rows, names):
        return None
    names = names_at_labels(ground, bands, placement, names)
    told = _told_nowhere(values, places, placement, plot.direction, ground.em)
    cells = _cells(ground, bands, places, placement, bool(names), told)
    kind = "vbar" if upright(plot.direction) else "hbar"
    return _draft(ground, kind, names, rows, cells, values)


def _bar_place(bar: Bar | None, y: float, plot: BarPlot) -> Place:
    if bar is None:
        half = plot.thickness / 2
        return Place(Box(plot.baseline, y - half, plot.baseline, y + half), 0.0, 0.0, empty=True)
    return Place(bar.box, plot.length(bar.box), bar.slack)


def _told_nowhere(
    values: Sequence[Label], places: Sequence[Place], placement: Placement, direction: Direction, em: float
) -> frozenset[int]:
    """Bars with a value at their end that could not be paired with them: what is drawn is not to be taken
    for what is printed there."""
    placed = {label.word for labels in placement.at.values() for label in labels}
    loose = [turned(v.box, direction) for v in values if v.word not in placed and placement.measures(v)]
    return frozenset(
        p for p, place in enumerate(places)
        if p not in placement.at and not place.empty and any(_at_end(box, place.box, em) for box in loose)
    )  # fmt: skip


def _at_end(label: Box, bar: Box, em: float) -> bool:
    reach = bar.x1 - INSIDE * em, bar.x1 + OUTSIDE * em
    return bar.y0 <= label.cy <= bar.y1 and label.x0 <= reach[1] and label.x1 >= reach[0]


def _cells(
    ground: Ground,
    bands: Bands,
    places: Sequence[Place],
    placement: Placement,
    grouped: bool,
    told_nowhere: frozenset[int],
) -> tuple[Cell, ...]:
    """One cell per label of a bar; one for a bar without label where the scale is proved."""
    cells: list[Cell] = []
    for p, slot in enumerate(bands.slots):
        labels = placement.at.get(p, ())
        mark = slot.bar.mark if slot.bar else None
        if mark is None and not labels:
            continue
        lost = mark is None and labels[0].value != 0
        measure = None if lost else _best_measure(ground, placement, p, places[p])
        series = slot.series if grouped else None
        for label in labels:
            own = measure if placement.measures(label) else None
            cells.append(Cell(series, slot.band, label, mark, own, label.box, label.unit))
        bare = not labels and p not in told_nowhere
        if bare and mark is not None and measure is not None and proved(ground, placement):
            cells.append(Cell(series, slot.band, None, mark, measure, ground.scene.marks[mark].box))
    return tuple(cells)


def _best_measure(ground: Ground, placement: Placement, index: int, place: Place) -> Measure | None:
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
    ground: Ground,
    kind: str,
    series: tuple[Name, ...],
    rows: tuple[Name, ...],
    cells: tuple[Cell, ...],
    values: Sequence[Label],
) -> ChartDraft:
    region = ground.region
    unit, scale = chart_unit(region, ground.axis, cells)
    words = used_words(ground, cells, series, rows)
    return ChartDraft(
        type=f"{kind}_grouped" if len(series) > 1 else kind,
        region=region,
        series=series,
        categories=rows,
        cells=cells,
        axis_range=ground.axis.range if ground.axis else None,
        unit=unit,
        scale=scale,
        words=words,
        doubts=unplaced(ground, values, words),
    )
