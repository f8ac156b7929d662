"""Percentile charts: named places of a box, printed or measured."""

from __future__ import annotations

from collections.abc import Sequence

from extract.charts.boxplots import read_boxes
from extract.charts.draft import ChartDraft, Region
from extract.charts.whiskers import find_box_plots
from extract.scene import Box, Mark, Word
from tests.extract.charts.drawing import polyline, rect, scene, word

# A scale from -20 at x=60 to 100 at x=420: three units of x per point.
PLACES = {"最小値": -5, "25%": 20, "中央値": 35, "75%": 60, "最大値": 90}


def x(value: float) -> float:
    return 120 + 3.0 * value


def box(y: float) -> list[Mark]:
    low, first, median, third, high = PLACES.values()
    return [
        polyline([(x(low), y), (x(first), y)], "#333333"),
        polyline([(x(third), y), (x(high), y)], "#333333"),
        polyline([(x(low), y - 8), (x(low), y + 8)], "#333333"),
        polyline([(x(high), y - 8), (x(high), y + 8)], "#333333"),
        rect(x(first), y - 15, x(third), y + 15, "#1f77b4"),
        polyline([(x(median), y - 15), (x(median), y + 15)], "#ffffff", 2),
    ]


def ticks(y: float) -> list[Word]:
    return [word(str(v), x(v), y, align="centre") for v in (-20, 0, 20, 40, 60, 80, 100)]


def read(words: Sequence[Word], marks: Sequence[Mark]) -> ChartDraft | None:
    page = scene(words, marks)
    ((hull, data),) = find_box_plots(page)
    return read_boxes(Region(page, "boxes", hull, Box(0, 0, 600, 400), data, tuple(range(len(words)))))


def test_places_named_at_the_box_with_some_values_printed() -> None:
    names = [
        word(name, x(v), 172 if name in ("25%", "75%") else 128, align="centre") for name, v in PLACES.items()
    ]
    words = [
        *names,
        word("-5", x(-5), 118, align="centre"),
        word("35", x(35), 118, align="centre"),
        *ticks(220),
    ]
    draft = read(words, box(150))
    assert draft is not None
    found = {
        draft.categories[c.category or 0].text: (
            c.label.value if c.label else round(c.measure.value) if c.measure else None,
            c.label is not None,
        )
        for c in draft.cells
    }
    assert found == {
        "最小値": (-5, True),
        "25%": (20, False),
        "中央値": (35, True),
        "75%": (60, False),
        "最大値": (90, False),
    }


def test_places_without_names_are_not_reported() -> None:
    assert read(ticks(220), box(150)) is None


def test_boxes_joined_by_arrows_are_no_percentiles() -> None:
    flow = [
        rect(100, 100, 160, 130, "#cccccc"),
        rect(220, 100, 280, 130, "#cccccc"),
        polyline([(160, 115), (220, 115)], "#000000"),
    ]
    assert find_box_plots(scene([], flow)) == []
