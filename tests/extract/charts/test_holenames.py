"""Donuts side by side told apart by what stands in their holes."""

from __future__ import annotations

import math

from extract.charts import read_charts
from extract.scene import Mark, Word
from tests.extract.charts.drawing import scene, slice_, square, word

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


def rings(title: str) -> set[tuple[str, str, float]]:
    marks, words = [], [word(title, 60, 40, size=14)]
    for radius, hole, shares in ((100, 75, (50.0, 30.0, 20.0)), (70, 40, (35.0, 25.0, 40.0))):
        at = 0.0
        for share, color in zip(shares, COLORS, strict=True):
            marks.append(slice_(300, 220, radius, at, at + 3.6 * share, color, hole))
            angle, middle = math.radians(at + 1.8 * share), (radius + hole) / 2
            x, y = 300 + middle * math.sin(angle), 220 - middle * math.cos(angle)
            words.append(word(f"{share}%", x, y, size=6, align="centre"))
            at += 3.6 * share
    for k, (name, color) in enumerate(zip(ANSWERS, COLORS, strict=True)):
        words.append(word(name, 470, 200 + 15 * k))
        marks.append(square(460, 200 + 15 * k, color))
    return {(f.question, f.segment, f.value) for f in read_charts(scene(words, marks)).findings}


def test_rings_are_the_groups_that_the_title_names() -> None:
    found = rings("点検の頻度（外側：2026年、内側：2023年）")
    assert {f[:2] for f in found if f[2] == 50.0} == {("点検の頻度", "2026年")}
    assert {f[:2] for f in found if f[2] == 40.0} == {("点検の頻度", "2023年")}


def test_rings_without_names_have_no_groups() -> None:
    assert {f[:2] for f in rings("点検の頻度")} == {("点検の頻度", "")}
