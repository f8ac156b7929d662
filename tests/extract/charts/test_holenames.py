"""Donuts side by side told apart by what stands in their holes."""

from __future__ import annotations

from extract.charts import read_charts
from extract.scene import Mark, Word
from tests.extract.charts.drawing import scene, slice_, word

COLORS = ("#1f77b4", "#d62728", "#7f7f7f")
ANSWERS = ("毎月", "年に数回", "していない")


def donut(cx: float, shares: tuple[float, ...], *hole: str) -> tuple[list[Word], list[Mark]]:
    words = [word(line, cx, 200 + 11 * k, align="centre") for k, line in enumerate(hole)]
    marks, at = [], 0.0
    for name, share, color in zip(ANSWERS, shares, COLORS, strict=True):
        marks.append(slice_(cx, 200, 70, at, at + 3.6 * share, color, 40))
        middle = at + 1.8 * share
        right = 0 < middle < 180
        side, align = (80, "left") if right else (-80, "right")
        y = 200 + (middle % 180 - 90) * (0.8 if right else -0.8)
        words.append(word(f"{name} {share}%", cx + side, y, align=align))
        at += 3.6 * share
    return words, marks


def groups(first: tuple[str, ...], second: tuple[str, ...]) -> set[tuple[str, str]]:
    one, two = donut(160, (50.0, 30.0, 20.0), *first), donut(440, (35.0, 25.0, 40.0), *second)
    title = word("点検の頻度", 40, 40, size=14)
    found = read_charts(scene([title, *one[0], *two[0]], [*one[1], *two[1]])).findings
    return {(f.question, f.segment) for f in found}


def test_years_in_the_holes_are_the_groups() -> None:
    assert groups(("2023年",), ("2026年",)) == {("点検の頻度", "2023年"), ("点検の頻度", "2026年")}


def test_names_with_sizes_of_their_own_are_the_groups() -> None:
    assert groups(("直販", "n=120"), ("代理店", "n=96")) == {("点検の頻度", "直販"), ("点検の頻度", "代理店")}


def test_other_names_are_parts_of_the_question() -> None:
    assert groups(("社内",), ("社外",)) == {("点検の頻度｜社内", ""), ("点検の頻度｜社外", "")}


def test_one_wording_in_both_holes_tells_nothing() -> None:
    assert groups(("全体",), ("全体",)) == {("点検の頻度", "")}
