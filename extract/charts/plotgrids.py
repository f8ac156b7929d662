"""Whether the rules of a grid are those of a chart: its frame and gridlines, or the outlines of its bars.

In a table a shaded box ends at rules; bars end between them, and cross the gridlines on their way.
Outlined segments of stacked bars are cells that keep no columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from extract.charts.dots import find_dot_plots
from extract.charts.plots import BarPlot, bar_candidates, find_bar_plots
from extract.scene import Box, Grid, Scene

# Fewest bars that cross gridlines, and rows of stacked bars, that prove a plot.
FEWEST_BARS = 2
FEWEST_DOTS = 5
FEWEST_CELLS = 4
# An edge lies on a rule within this much, in the page's unit.
ON_RULE = 1.5
# Inner edges of stacked bars meet those of the next row this seldom; columns of a table always do.
SHARED_EDGES = 0.34
# A bar stands in a grid with this share of it: on a page that leans it sticks out, and where the lowest
# gridlines meet no other rule the grid ends above the floor of the bars.
INSIDE = 0.4
# A fill over this share of the grid is its ground.
GROUND = 0.5


def is_plot(scene: Scene, grid: Grid) -> bool:
    """Whether bars stand in the grid across its rules, or are its cells, or dots stand in it in rows."""
    return grid.box is not None and (_has_bars(scene, grid, grid.box) or _has_dots(scene, grid.box))


def without_plots(scene: Scene, grid: Grid) -> Grid:
    """A table printed under its columns, without the cell that is the chart's frame.

    Spreadsheets and plotting programs draw both as one grid; what stands in that cell (a legend, ticks) is
    no heading.
    """
    bars = [scene.marks[i].box for i in bar_candidates(scene, frozenset())]
    kept = tuple(cell for cell in grid.cells if cell.box is None or not _holds_plot(cell.box, bars))
    if len(kept) == len(grid.cells) or len(kept) < FEWEST_CELLS:
        return grid
    top = min(cell.row for cell in kept)
    moved = tuple(replace(cell, row=cell.row - top) for cell in kept)
    return replace(grid, cells=moved)  # its box stays: the title stands over the chart, the bars are said


def _holds_plot(cell: Box, bars: Sequence[Box]) -> bool:
    """Whether bars of several heights grow in the cell from one of its sides."""
    area = cell.grown(ON_RULE)
    inside = [
        b for b in bars
        if area.holds(b.x0, b.y0) and area.holds(b.x1, b.y1) and b.area < GROUND * cell.area
    ]  # fmt: skip
    standing = [b for b in inside if abs(b.y1 - cell.y1) <= ON_RULE and b.y0 - cell.y0 > 2 * ON_RULE]
    lying = [b for b in inside if abs(b.x0 - cell.x0) <= ON_RULE and cell.x1 - b.x1 > 2 * ON_RULE]
    heights, widths = {round(b.height) for b in standing}, {round(b.width) for b in lying}
    return max(len(heights), len(widths)) > FEWEST_BARS


def _has_dots(scene: Scene, box: Box) -> bool:
    if not any(mark.kind == "marker" for mark in scene.marks) or not scene.words:
        return False
    em = float(median(word.size for word in scene.words))
    outside = (i for i, mark in enumerate(scene.marks) if not box.holds(mark.box.cx, mark.box.cy))
    plots = find_dot_plots(scene, em, frozenset(outside))  # the keys of the legend stand outside
    return any(len(dots) >= FEWEST_DOTS and box.shared(plot) > 0.9 * plot.area for plot, dots in plots)


def _has_bars(scene: Scene, grid: Grid, box: Box) -> bool:
    area = box.grown(ON_RULE)
    inside = [
        i for i in bar_candidates(scene, frozenset())
        if scene.marks[i].box.area < GROUND * area.area
        and area.shared(scene.marks[i].box) > INSIDE * scene.marks[i].box.area
    ]  # fmt: skip
    if len(inside) < FEWEST_BARS:
        return False
    cells = [cell.box for cell in grid.cells if cell.box is not None]
    rules_x = _distinct([x for box in cells for x in (box.x0, box.x1)])
    rules_y = _distinct([y for box in cells for y in (box.y0, box.y1)])
    boxes = [scene.marks[i].box for i in inside]
    crossing = sum(_crosses(b.x0, b.x1, rules_x) or _crosses(b.y0, b.y1, rules_y) for b in boxes)
    return crossing >= FEWEST_BARS or any(_keeps_no_columns(plot) for plot in find_bar_plots(scene, inside))


def _crosses(low: float, high: float, rules: Sequence[float]) -> bool:
    """Whether the stretch has a rule well inside it and one end away from all rules."""
    through = any(low + 2 * ON_RULE < rule < high - 2 * ON_RULE for rule in rules)
    ends = [min(abs(end - rule) for rule in rules) for end in (low, high)]
    return through and max(ends) > 2 * ON_RULE


def _keeps_no_columns(plot: BarPlot) -> bool:
    """Whether the rows are stacks of segments whose inner edges do not line up."""
    rows = [[bar.box.x1 for bar in chain.bars[:-1]] for chain in plot.chains if len(chain.bars) > 2]
    if len(rows) < FEWEST_BARS:
        return False
    edges = [(x, other) for row, other in pairwise(rows) for x in row]
    shared = sum(any(abs(x - y) <= ON_RULE for y in other) for x, other in edges)
    return shared <= SHARED_EDGES * len(edges)


def _distinct(values: Sequence[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > ON_RULE:
            found.append(value)
    return found
