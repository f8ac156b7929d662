"""Dot, lollipop and dumbbell charts."""

from __future__ import annotations

from collections.abc import Sequence

from extract.charts import read_charts
from extract.scene import Mark, Word
from tests.extract.charts.drawing import dot, polyline, scene, square, word

BLUE, RED = "#1f77b4", "#d62728"
NAMES = ("価格", "品質", "納期", "支援")


def place(value: float) -> float:
    return 150 + 3.0 * value


def rows(words: Sequence[Word], marks: Sequence[Mark]) -> set[tuple[str, str, float, str]]:
    return {(f.item, f.segment, f.value, f.qualifier) for f in read_charts(scene(words, marks)).findings}


def names() -> list[Word]:
    return [word(name, 140, 100 + 24 * k, align="right") for k, name in enumerate(NAMES)]


def ticks() -> list[Word]:
    return [word(f"{v}%", place(v), 210, align="centre") for v in (0, 20, 40, 60, 80, 100)]


def test_lollipops_with_their_values() -> None:
    values = [62.0, 48.5, 30.0, 12.5]
    marks = [
        polyline([(150, 100 + 24 * k), (place(v), 100 + 24 * k)], "#999999") for k, v in enumerate(values)
    ]
    marks += [dot(place(v), 100 + 24 * k, BLUE, 4) for k, v in enumerate(values)]
    words = [*names(), *(word(f"{v}%", place(v) + 8, 100 + 24 * k) for k, v in enumerate(values))]
    assert rows(words, marks) == {(n, "", v, "exact") for n, v in zip(NAMES, values, strict=True)}


def test_dumbbells_are_two_series() -> None:
    pairs = [(62, 40), (48, 55), (30, 22), (12, 35)]
    marks = [
        dot(place(v), 100 + 24 * k, color, 4)
        for k, pair in enumerate(pairs)
        for v, color in zip(pair, (BLUE, RED), strict=True)
    ]
    keys = [square(405, 40, BLUE), square(465, 40, RED)]
    words = [*names(), *ticks(), word("導入済み", 412, 40), word("未導入", 472, 40)]
    words += [
        word(f"{v}%", place(v), 91 + 24 * k, size=6, align="centre")
        for k, pair in enumerate(pairs)
        for v in pair
    ]
    expected = {
        (n, s, float(v), "exact")
        for n, pair in zip(NAMES, pairs, strict=True)
        for s, v in zip(("導入済み", "未導入"), pair, strict=True)
    }
    assert rows(words, [*marks, *keys]) == expected


def test_bullets_are_no_dots() -> None:
    words = [word(f"項目{k}は{k + 10}%", 120, 100 + 24 * k) for k in range(4)]
    assert rows(words, [dot(110, 100 + 24 * k, BLUE, 3) for k in range(4)]) == set()
