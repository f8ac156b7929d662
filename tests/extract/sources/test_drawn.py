"""Painted paths -> marks."""

from __future__ import annotations

from typing import Any

import pytest

from extract.backends.mupdf import Painted
from extract.scene import Box, Mark
from extract.sources.drawn import painted_to_marks
from tests.extract.sources.paint import arc, painted, polygon, rectangle, slice_of

PAGE = Box(0, 0, 600, 800)


def marks(*paths: Painted) -> tuple[Mark, ...]:
    return painted_to_marks(paths, PAGE)


def sides(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.y0, box.x1, box.y1


ROUNDED = [
    *arc(20, 20, 5, 270, 360), ("l", (20, 15), (95, 15)), *arc(95, 20, 5, 0, 90), ("l", (100, 20), (100, 30)),
    *arc(95, 30, 5, 90, 180), ("l", (95, 35), (20, 35)), *arc(20, 30, 5, 180, 270), ("l", (15, 30), (15, 20)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "box"),
    [
        pytest.param(rectangle(10, 20, 110, 30), (10, 20, 110, 30), id="rectangle operator"),
        pytest.param(polygon((10, 20), (110, 20), (110, 30), (10, 30)), (10, 20, 110, 30), id="four lines"),
        pytest.param(
            polygon((60, 30), (10, 30), (10, 20), (110, 20), (110, 30)),
            (10, 20, 110, 30),
            id="a point too many",
        ),
        pytest.param(ROUNDED, (15, 15, 100, 35), id="rounded corners"),
    ],
)
def test_bars_however_they_are_drawn(items: Any, box: tuple[float, ...]) -> None:
    (mark,) = marks(painted(items))
    assert mark.kind == "rect"
    assert mark.fill == "#3366cc"
    assert sides(mark.box) == pytest.approx(box, abs=0.01)


def test_a_thick_stroke_is_a_bar() -> None:
    path = painted([("l", (100, 50), (300, 50))], "s", fill="", stroke="#cc3300", width=12.0)
    (mark,) = marks(path)
    assert (mark.kind, mark.fill, sides(mark.box)) == ("rect", "#cc3300", (100, 44, 300, 56))


def test_a_whole_series_in_one_path_is_many_bars() -> None:
    items = rectangle(10, 10, 50, 20) + rectangle(10, 30, 90, 40) + rectangle(10, 50, 30, 60)
    assert [m.box.width for m in marks(painted(items))] == [40, 80, 20]


def test_a_grid_in_one_path_is_many_lines() -> None:
    items = [("l", (x, 10), (x, 200)) for x in (50, 100, 150)]
    found = marks(painted(items, "s", fill="", stroke="#cccccc", width=0.5))
    assert [m.kind for m in found] == ["line"] * 3
    assert [m.points[0][0] for m in found] == [50, 100, 150]


def test_a_thin_grey_rectangle_is_a_rule_and_a_thin_coloured_one_a_small_value() -> None:
    rule, sliver = painted(rectangle(0, 10, 80, 10.5), fill="#808080"), painted(rectangle(0, 20, 0.6, 32))
    assert [m.kind for m in marks(rule, sliver)] == ["line", "rect"]


@pytest.mark.parametrize(
    ("start", "end", "r_inner"),
    [
        (0, 90, 0),
        (90, 200, 0),
        (200, 360, 0),
        (342, 414, 0),
        (10, 14, 0),
        (0, 342, 35),
        (342, 360, 35),
        (30, 75, 20),
    ],
)
def test_slices(start: float, end: float, r_inner: float) -> None:
    (mark,) = marks(painted(slice_of(200, 300, 60, start, end, r_inner)))
    assert mark.kind == "sector"
    assert mark.sector is not None
    assert mark.sector.end - mark.sector.start == pytest.approx(end - start, abs=0.1)
    assert mark.sector.start == pytest.approx(start, abs=0.1)
    assert mark.sector.r_outer == pytest.approx(60, abs=0.3)
    assert mark.sector.r_inner == pytest.approx(r_inner, abs=0.3)


def test_slices_as_many_sided_polygons() -> None:
    from tests.extract.sources.paint import at

    rim = [at(100, 100, 50, 30 + 3 * i) for i in range(31)]
    (mark,) = marks(painted(polygon((100, 100), *rim)))
    assert mark.sector is not None
    assert (mark.sector.start, mark.sector.end) == pytest.approx((30, 120), abs=0.2)


def test_a_ring_drawn_with_the_pen() -> None:
    (mark,) = marks(painted(arc(100, 100, 40, 20, 140), "s", fill="", stroke="#009988", width=16.0))
    assert mark.sector is not None
    assert (mark.fill, mark.sector.r_outer, mark.sector.r_inner) == (
        "#009988",
        pytest.approx(48),
        pytest.approx(32),
    )


def test_a_disc_is_a_whole_pie_and_a_small_one_a_marker() -> None:
    big, small = painted(arc(100, 100, 50, 0, 360)), painted(arc(300, 300, 3, 0, 360))
    found = marks(big, small)
    assert [m.kind for m in found] == ["sector", "marker"]
    assert found[0].sector is not None
    assert found[0].sector.end - found[0].sector.start == 360


def test_a_blob_is_an_area_not_a_slice() -> None:
    blob = polygon((10, 10), (90, 30), (120, 90), (60, 70), (20, 120))
    (mark,) = marks(painted(blob))
    assert mark.kind == "area"


def test_a_bar_is_cut_to_its_clip_and_vanishes_outside() -> None:
    inside = painted(rectangle(10, 10, 300, 20), clip=Box(50, 0, 200, 100), depth=1)
    outside = painted(rectangle(10, 10, 30, 20), clip=Box(50, 0, 200, 100), depth=1)
    nothing = painted(rectangle(10, 10, 30, 20), clip=Box(5, 5, 5, 5), depth=1)
    assert [sides(m.box) for m in marks(inside, outside, nothing)] == [(50, 10, 200, 20)]


def test_fill_and_outline_of_one_bar_are_one_mark() -> None:
    fill = painted(rectangle(10, 10, 60, 20), order=1)
    line = painted(rectangle(10, 10, 60, 20), "s", fill="", stroke="#ffffff", width=0.75, order=2)
    (mark,) = marks(fill, line)
    assert (mark.fill, mark.stroke) == ("#3366cc", "#ffffff")


def test_a_series_line_keeps_its_points_and_dashes() -> None:
    items = [("l", (10, 90), (60, 40)), ("l", (60, 40), (110, 70))]
    (mark,) = marks(painted(items, "s", fill="", stroke="#117733", width=1.5, dashes="[4 2] 0"))
    assert (mark.kind, mark.dashed) == ("polyline", True)
    assert mark.points == ((10, 90), (60, 40), (110, 70))
