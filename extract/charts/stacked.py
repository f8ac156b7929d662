"""Stacked bars: segments end to end, one chain per row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.charts.bands import chain_bands
from extract.charts.draft import Cell, ChartDraft, Label, Measure, Name
from extract.charts.ground import Ground, is_proved, name_rows_of, unplaced, used_words
from extract.charts.headnames import names_over
from extract.charts.plots import BarPlot
from extract.charts.ruler import axis_length_measure
from extract.charts.series import (
    named_by_order,
    names_inside,
    series_by_color,
    series_by_place,
    series_by_words,
    tell_series,
    values_inside,
)
from extract.charts.slots import Place, Placement, inside_segment, place_labels
from extract.charts.turn import turned, upright
from extract.charts.units import chart_unit

# Chains of a 100 % stacked chart are equally long within this share.
EQUAL_SHARE = 0.02
# A printed total is the sum of its row within this much.
TOTAL_SLACK = 1.0


def read_stacked(ground: Ground) -> ChartDraft | None:
    """The stacked bars of a plot; None when nothing proves that lengths mean values."""
    plot = ground.plot
    _, edges, _ = chain_bands(plot)
    traced = any(ground.scene.marks[b.mark].seen_by == "pixels" for b in plot.bars)
    series, names = named_by_order(ground, *tell_series(ground, plot.bars, traced))
    if not names or len(set(series)) < 2:
        series, names = series_by_color(plot, traced) or series_by_words(ground) or series_by_place(plot)
    names = names_inside(ground, plot.bars, series, names)
    names = names_over(ground, plot.bars, series, names)
    rows = name_rows_of(ground, edges)
    used = {w for name in rows for w in name.words}
    values = [label for label in (*ground.labels, *values_inside(ground)) if label.word not in used]
    places = [Place(bar.box, bar.box.width, bar.slack) for bar in plot.bars]
    placement = place_labels(values, places, inside_segment, plot.direction, ground.em)
    if not is_proved(ground, placement, rows, names):
        return None
    cells = _cells(ground, series, places, placement)
    if not cells:
        return None
    rows = _with_totals(plot, rows, cells, values)
    unit, scale = chart_unit(ground.region, ground.axis, cells, parts=True)
    words = used_words(ground, cells, names, rows)
    lie = "vbar" if upright(plot.direction) else "hbar"
    return ChartDraft(
        type=f"{lie}_stacked100" if _all_alike(plot) else f"{lie}_stacked",
        region=ground.region,
        series=names,
        categories=rows,
        cells=tuple(cells),
        parts_of="category",
        axis_range=ground.axis.range if ground.axis else None,
        unit=unit,
        scale=scale,
        words=words,
        doubts=unplaced(ground, values, words),
    )


def _cells(
    ground: Ground, series: Sequence[int], places: Sequence[Place], placement: Placement
) -> list[Cell]:
    """One cell per label of a segment; one for a segment without label where the scale is proved."""
    plot, marks = ground.plot, ground.scene.marks
    row = [k for k, chain in enumerate(plot.chains) for _ in chain.bars]
    cells: list[Cell] = []
    for p, bar in enumerate(plot.bars):
        measure = _measure(ground, placement, p, places[p])
        labels = placement.at.get(p, ())
        for label in labels:
            own = measure if placement.measures(label) else None
            cells.append(Cell(series[p], row[p], label, bar.mark, own, label.box, label.unit))
        if not labels and measure is not None:
            cells.append(Cell(series[p], row[p], None, bar.mark, measure, marks[bar.mark].box))
    return cells


def _measure(ground: Ground, placement: Placement, index: int, place: Place) -> Measure | None:
    if placement.ruler is not None and placement.ruler.proved:
        return placement.measure(index, place.length, place.slack)
    return axis_length_measure(ground.axis, place.length, place.slack) if ground.axis else None


def _all_alike(plot: BarPlot) -> bool:
    """Whether all rows are equally long: parts of a whole."""
    lengths = [chain.box.width for chain in plot.chains]
    return max(lengths) - min(lengths) <= EQUAL_SHARE * max(lengths)


def _with_totals(
    plot: BarPlot, rows: tuple[Name, ...], cells: Sequence[Cell], values: Sequence[Label]
) -> tuple[Name, ...]:
    """Rows with the total printed behind them as their sample size: the sum of counts is no answer."""
    placed = {cell.label.word for cell in cells if cell.label}
    out = []
    for k, (name, chain) in enumerate(zip(rows, plot.chains, strict=True)):
        told = [
            c.label.value for c in cells if c.category == k and c.label and c.label.unit in (None, "count")
        ]
        totals = [
            label for label in values
            if label.word not in placed and len(told) > 1 and label.decimals == 0
            and abs(label.value - sum(told)) <= TOTAL_SLACK
            and chain.box.y0 <= turned(label.box, plot.direction).cy <= chain.box.y1
        ]  # fmt: skip
        if totals and name.base_n is None:
            name = replace(name, base_n=int(totals[0].value), words=(*name.words, totals[0].word))
        out.append(name)
    return tuple(out)
