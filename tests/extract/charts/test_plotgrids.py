"""Frames and gridlines of bar charts are no tables; shaded tables are no bar charts."""

from __future__ import annotations

from dataclasses import replace

from extract.charts.plotgrids import is_plot, without_plots
from extract.scene import Box, Grid, GridCell
from tests.extract.charts.drawing import dot, rect, scene, word

BLUE, GREY = "#2f6fb0", "#d8e2f0"


def grid(xs: list[float], ys: list[float]) -> Grid:
    cells = [
        GridCell(r, c, box=Box(xs[c], ys[r], xs[c + 1], ys[r + 1]))
        for r in range(len(ys) - 1)
        for c in range(len(xs) - 1)
    ]
    return Grid(tuple(cells), Box(xs[0], ys[0], xs[-1], ys[-1]))


def test_columns_over_gridlines_are_a_plot() -> None:
    bars = [rect(120 + 40 * k, 300 - h, 145 + 40 * k, 300, BLUE) for k, h in enumerate((170.0, 95.0, 130.0))]
    assert is_plot(scene([], bars), grid([100, 400], [100, 150, 200, 250, 300]))


def test_outlined_segments_that_keep_no_columns_are_a_plot() -> None:
    rows = [(100, 180, 290, 400), (100, 205, 330, 400), (100, 150, 240, 400)]
    bars = [
        rect(a, 100 + 30 * r, b, 118 + 30 * r, color)
        for r, xs in enumerate(rows)
        for a, b, color in zip(xs, xs[1:], (BLUE, GREY, "#909090"), strict=False)
    ]
    xs = sorted({float(x) for row in rows for x in row})
    assert is_plot(scene([], bars), grid(xs, [100, 118, 130, 148, 160, 178]))


def test_dots_in_rows_between_the_rules_are_a_plot() -> None:
    dots = [dot(x, 110 + 20 * k, BLUE) for k, x in enumerate((130.0, 215.0, 160.0, 290.0, 350.0))]
    words = [word("項目", 60, 110)]
    assert is_plot(scene(words, dots), grid([100, 200, 300, 400], [100, 200]))


def test_shaded_rows_and_cells_are_none() -> None:
    table = grid([100, 200, 300, 400], [100, 120, 140, 160, 180])
    shades = [rect(100, 120, 400, 140, GREY), rect(100, 160, 400, 180, GREY), rect(100, 100, 400, 120, BLUE)]
    assert not is_plot(scene([], shades), table)
    cells = [rect(200, 120 + 20 * k, 300, 140 + 20 * k, GREY) for k in range(3)]
    assert not is_plot(scene([], cells), table)


def test_data_bars_within_their_cells_are_none() -> None:
    table = grid([100, 200, 300, 400], [100, 120, 140, 160])
    bars = [
        rect(x + 1, y + 3, x + 1 + w, y + 17, BLUE)
        for x, y, w in ((200, 120, 60), (200, 140, 35), (300, 120, 80))
    ]
    assert not is_plot(scene([], bars), table)


def test_a_table_under_columns_is_read_without_the_frame_of_the_chart() -> None:
    table = grid([100, 200, 300, 400], [300, 320, 340])
    frame = GridCell(0, 0, 1, 3, Box(100, 100, 400, 300))
    below = tuple(replace(cell, row=cell.row + 1) for cell in table.cells)
    both = Grid((frame, *below), Box(100, 100, 400, 340))
    bars = [rect(120 + 40 * k, 300 - h, 145 + 40 * k, 300, BLUE) for k, h in enumerate((170.0, 95.0, 130.0))]
    assert without_plots(scene([], bars), both).cells == table.cells
    assert without_plots(scene([], []), both) is both


def test_columns_that_stand_below_the_last_rule_of_the_grid_are_a_plot() -> None:
    bars = [rect(120 + 40 * k, 325 - h, 145 + 40 * k, 325, BLUE) for k, h in enumerate((170.0, 95.0, 130.0))]
    assert is_plot(scene([], bars), grid([100, 400], [100, 150, 200, 250, 300]))
