"""Rows without a bar: what must be printed at a place of the rhythm to make it a row."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.charts import read_charts
from extract.scene import Scene
from tests.extract.charts.barcharts import BASE, Plot, lying, upright

NAMES = ("価格", "品質", "納期", "保守", "その他")


def values(scene: Scene) -> dict[tuple[str, str], float]:
    return {(f.item, f.segment): f.value for f in read_charts(scene).findings}


@pytest.mark.parametrize("at", range(5))
@pytest.mark.parametrize("draw", [lying, upright])
def test_a_name_and_a_value_of_nothing_make_a_row_wherever_it_stands(at: int, draw: object) -> None:
    given = [52.0, 44.5, 31.0, 22.5]
    given.insert(at, 0.0)
    plot = Plot({name: [value] for name, value in zip(NAMES, given, strict=True)})
    found = values(draw(plot))  # type: ignore[operator]
    assert found == {(name, ""): value for name, value in zip(NAMES, given, strict=True)}


def test_both_series_of_the_last_row_are_too_short_to_be_drawn() -> None:
    plot = Plot(
        {"価格": [52.0, 30.5], "品質": [44.5, 41.0], "納期": [31.0, 12.5], "その他": [0.5, 0.0]},
        ("導入済み", "未導入"),
    )
    scene = lying(plot)
    scene = replace(scene, marks=tuple(m for m in scene.marks if m.box.width > 2 or m.box.x0 < BASE))
    found = values(scene)
    assert found["その他", "導入済み"] == 0.5
    assert found["その他", "未導入"] == 0.0


def test_a_large_value_without_a_bar_makes_no_row() -> None:
    plot = Plot({name: [value] for name, value in zip(NAMES, [52.0, 44.5, 31.0, 22.5, 0.0], strict=True)})
    plot = replace(plot, labels={("その他", 0): "40.0%"})
    assert ("その他", "") not in values(lying(plot))


def test_a_name_without_a_value_makes_no_row() -> None:
    plot = Plot({name: [value] for name, value in zip(NAMES, [52.0, 44.5, 31.0, 22.5, 0.0], strict=True)})
    plot = replace(plot, labels={("その他", 0): ""})
    assert ("その他", "") not in values(lying(plot))
