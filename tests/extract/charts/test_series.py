"""Specification of telling series without a legend: grey copies of coloured charts, segments with names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from extract.charts import read_charts
from extract.charts.palette import groupings
from extract.scene import Box, Grid, GridCell, Mark, Scene, Word
from tests.extract.charts.barcharts import Plot, stacked
from tests.extract.charts.drawing import rect, scene, word

PALE = ("#e8e8e8", "#f5f5f5", "#c6c6c6", "#aeaeae")
FLOOR, UNIT = 320.0, 2.0


def copied(mark: Mark) -> Mark:
    """As tracing finds it in a scan: outlined, with a pixel's uncertainty."""
    return replace(mark, stroke="#101010", seen_by="pixels", slack=0.16)


def ticks() -> list[Word]:
    return [word(f"{t}", 60, FLOOR - t * UNIT, align="right") for t in (0, 25, 50, 75, 100)]


@pytest.mark.parametrize(
    ("fills", "ways"),
    [
        (PALE[:3], [[0, 0, 1], [0, 1, 2]]),
        (("#2f6fb0", "#2e70b2", "#e8883a"), [[0, 0, 1]]),
    ],
)
def test_fills_are_sorted_loosely_first_then_closely(fills: Sequence[str], ways: list[list[int]]) -> None:
    found = list(groupings(fills, traced=True))
    assert found[0] == ways[0]
    assert found[-1] == ways[-1]


def test_drawn_fills_are_sorted_one_way() -> None:
    assert list(groupings(PALE, traced=False)) == [[0, 1, 2, 3]]


def test_pale_greys_that_come_in_one_order_are_series() -> None:
    groups = {"東地区": (41.0, 52.0, 33.0, 60.0), "西地区": (20.0, 35.0, 48.0, 27.0)}
    seasons = ("春", "夏", "秋", "冬")
    words, marks = ticks(), []
    for g, (name, values) in enumerate(groups.items()):
        x = 90 + g * 160
        words.append(word(name, x + 60, FLOOR + 14, align="centre"))
        for k, value in enumerate(values):
            top = FLOOR - value * UNIT
            marks.append(copied(rect(x + k * 30, top, x + k * 30 + 30, FLOOR, PALE[k])))
            words.append(word(f"{value}", x + k * 30 + 15, top - 6, size=6, align="centre"))
            words.append(word(seasons[k], x + k * 30 + 15, top - 14, size=6, align="centre"))
    rows = {(f.item, f.segment, f.value) for f in read_charts(scene(words, marks)).findings}
    wanted = {(g, y, v) for g, values in groups.items() for y, v in zip(seasons, values, strict=True)}
    assert rows == wanted


def stacks(parts: Mapping[str, Mapping[str, float]], fill: str = "#f5f5f5") -> Scene:
    """Upright stacks of outlined segments of one pale fill, each with its name and value."""
    words, marks = ticks(), []
    for c, (column, values) in enumerate(parts.items()):
        x, floor = 100 + c * 120, FLOOR
        words.append(word(column, x + 30, FLOOR + 14, align="centre"))
        for name, value in values.items():
            top = floor - value * UNIT
            marks.append(copied(rect(x, top, x + 60, floor, fill)))
            fill = "#fcfcfc" if fill == "#f5f5f5" else "#f5f5f5"
            words.append(word(name, x + 30, (top + floor) / 2 - 5, size=6, align="centre"))
            words.append(word(f"{value}%", x + 30, (top + floor) / 2 + 5, size=6, align="centre"))
            floor = top
    return scene(words, marks)


def test_segments_that_carry_their_names_need_no_order() -> None:
    parts = {
        "前期": {"一般": 20.0, "主任": 30.0, "係長": 35.0, "課長": 15.0},
        "今期": {"一般": 25.0, "係長": 55.0, "課長": 20.0},
    }
    found = {(f.item, f.segment, f.value) for f in read_charts(stacks(parts)).findings}
    assert found == {(name, column, v) for column, values in parts.items() for name, v in values.items()}


def test_a_unit_in_the_cell_of_a_table_is_not_the_charts() -> None:
    parts = {"前期": {"一般": 40.2, "課長": 15.1}, "今期": {"一般": 45.4, "課長": 20.3}}
    chart = stacks(parts)
    plain = replace(chart, words=tuple(replace(w, text=w.text.rstrip("%")) for w in chart.words))
    cell = Box(60, 20, 200, 60)
    table = Grid((GridCell(0, 0, 1, 1, cell),), cell)
    noted = replace(plain, words=(*plain.words, word("分", 100, 40)), grids=(table,))
    units = {f.unit for f in read_charts(noted).findings}
    assert units == {f.unit for f in read_charts(plain).findings}
    assert units
    assert "minute" not in units


def test_a_name_and_its_value_read_as_one_word_name_the_segment_and_are_its_value() -> None:
    drawn = stacked(Plot(ROWS_OF_THREE, ("", "", ""), title="前年と比べた変化"))
    told = dict(zip((45.0, 30.0, 25.0, 60.0, 22.0, 18.0), ("増えた", "同じ", "減った") * 2, strict=True))
    words = [
        replace(w, text=f"{told[float(w.text[:-1])]}{w.text}", edges=()) if w.text.endswith("%") else w
        for w in drawn.words
    ]
    found = read_charts(scene(words, drawn.marks)).findings
    assert {(f.segment, f.item, f.value, f.qualifier) for f in found} == {
        (row, told[value], value, "exact") for row, values in ROWS_OF_THREE.items() for value in values
    }


ROWS_OF_THREE = {"顧客数": [45.0, 30.0, 25.0], "売上": [60.0, 22.0, 18.0]}
