"""Axes and rulers: what a length means, and when nothing proves it."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.charts.assign import assign
from extract.charts.axis import counts_years, find_axes, fit_axis
from extract.charts.labels import read_labels
from extract.charts.ruler import Sample, fit_ruler
from extract.charts.turn import OPPOSITE, Direction, turned, turned_back
from extract.scene import Box
from tests.extract.charts.drawing import scene, word


def row(*ticks: tuple[str, float]) -> list[float]:
    """The values of the first axis found among numbers printed at these x."""
    drawn = scene([word(text, x, 300, align="centre") for text, x in ticks], [])
    axes = find_axes(read_labels(drawn, range(len(drawn.words))), "h")
    return [tick.value for tick in axes[0].ticks] if axes else []


def test_even_numbers_in_a_row_are_an_axis() -> None:
    assert row(("0%", 100), ("20%", 160), ("40%", 220), ("60%", 280)) == [0, 20, 40, 60]


def test_an_axis_may_run_backwards_and_start_anywhere() -> None:
    assert row(("30", 100), ("20", 150), ("10", 200)) == [30, 20, 10]
    assert row(("90", 100), ("95", 150), ("100", 200)) == [90, 95, 100]


def test_values_that_happen_to_stand_in_a_row_are_none() -> None:
    assert row(("12.5", 100), ("48.0", 160), ("31.2", 220)) == []
    assert row(("1", 100), ("10", 101), ("230300", 5000)) == []


def test_two_axes_side_by_side_stay_two() -> None:
    drawn = scene(
        [word(f"{v}", x, 300) for v, x in ((0, 50), (5, 90), (10, 130), (0, 250), (5, 290), (10, 330))], []
    )
    assert len(find_axes(read_labels(drawn, range(6)), "h")) == 2


def test_years_measure_nothing() -> None:
    drawn = scene([word(f"{year}", x, 300) for year, x in ((2020, 100), (2021, 160), (2022, 220))], [])
    axis = fit_axis(read_labels(drawn, range(3)), "h")
    assert axis is not None
    assert counts_years(axis)


def samples(values: list[float], slope: float, start: float = 0.0) -> list[Sample]:
    return [Sample((value - start) / slope, value, 0.05) for value in values]


@given(st.lists(st.floats(3, 95), min_size=5, max_size=20), st.floats(0.1, 2.0), st.data())
def test_one_wrong_label_does_not_bend_the_ruler(
    values: list[float], slope: float, data: st.DataObject
) -> None:
    wrong = data.draw(st.integers(0, len(values) - 1))
    given_samples = samples(values, slope)
    given_samples[wrong] = Sample(given_samples[wrong].length, values[wrong] + 50, 0.05)
    ruler = fit_ruler(given_samples)
    assert ruler is not None
    for i, value in enumerate(values):
        told = ruler.measure(given_samples[i].length, 0.0, leave_out=i)
        assert told is not None
        assert told.value == pytest.approx(value, abs=0.05 * value + 0.1)


def test_a_baseline_that_is_not_zero_is_found() -> None:
    ruler = fit_ruler(samples([92.0, 95.5, 97.0, 99.0, 93.5], 0.1, start=90.0))
    assert ruler is not None
    assert ruler.free
    assert ruler.value(0.0) == pytest.approx(90.0, abs=0.1)


def test_one_label_proves_no_scale() -> None:
    ruler = fit_ruler(samples([40.0], 0.3))
    assert ruler is not None
    assert not ruler.proved


@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_the_assignment_is_the_cheapest_of_all(rows: int, columns: int, data: st.DataObject) -> None:
    limit = 5.0
    cells = data.draw(st.lists(st.integers(0, 9), min_size=rows * columns, max_size=rows * columns))
    costs = np.array(cells, dtype=float).reshape(rows, columns)

    def total(pairs: list[tuple[int, int]]) -> float:
        return float(sum(costs[r, c] for r, c in pairs) + limit * (rows - len(pairs)))

    choices = [*range(columns), *([None] * rows)]
    best = min(
        total([(r, c) for r, c in enumerate(chosen) if c is not None])
        for chosen in permutations(choices, rows)
    )
    found = assign(costs, limit)
    assert total(found) == best
    assert all(costs[r, c] < limit for r, c in found)


@given(
    st.sampled_from(sorted(OPPOSITE)),
    st.floats(-99, 99),
    st.floats(-99, 99),
    st.floats(0, 50),
    st.floats(0, 50),
)
def test_turning_back_gives_the_same_box(
    direction: Direction, x: float, y: float, w: float, h: float
) -> None:
    box = Box(x, y, x + w, y + h)
    assert turned_back(turned(box, direction), direction) == box
