"""What pies, donuts and gauges say: names, printed values, counts beside percentages, measured shares."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.charts.draft import ChartDraft, Region
from extract.charts.legend import find_legends
from extract.charts.pies import find_pies, pie_hull
from extract.charts.sectors import read_sectors
from extract.scene import Box, Mark, Word
from tests.extract.charts.drawing import polyline, scene, slice_, square, word

BLUE, RED, GREEN, GREY = "#1f77b4", "#d62728", "#2ca02c", "#7f7f7f"
COLORS = (BLUE, RED, GREEN, GREY, "#9467bd", "#8c564b", "#e377c2")
CX, CY, R = 200.0, 200.0, 80.0


def region(words: Sequence[Word], marks: Sequence[Mark]) -> Region:
    page = scene(words, marks)
    legends = find_legends(page.words, page.marks)
    said = {w for legend in legends for e in legend.entries for w in e.words}
    (pie,) = find_pies(page.marks, range(len(page.marks)))
    data = tuple(s.mark for s in pie.slices if s.mark is not None)
    free = tuple(i for i in range(len(words)) if i not in said)
    whole = Box(0, 0, page.width, page.height)
    return Region(
        page, "sectors", pie_hull(page.marks, pie), whole, data, free, legends[0] if legends else None
    )


def rows(draft: ChartDraft | None) -> list[tuple[str, float, str, bool]]:
    """(name, value, unit, printed), sorted."""
    assert draft is not None
    found = []
    for cell in draft.cells:
        assert cell.category is not None
        value = cell.label.value if cell.label else round(cell.measure.value, 1) if cell.measure else -1.0
        found.append(
            (draft.categories[cell.category].text, value, cell.unit or draft.unit, cell.label is not None)
        )
    return sorted(found)


def slices(shares: Sequence[float], start: float = 0.0, r_inner: float = 0.0) -> list[Mark]:
    marks, at = [], start
    for share, color in zip(shares, COLORS, strict=False):
        if share:
            marks.append(slice_(CX, CY, R, at, at + 3.6 * share, color, r_inner))
        at += 3.6 * share
    return marks


def at(degrees: float, r: float) -> tuple[float, float]:
    return CX + r * math.sin(math.radians(degrees)), CY - r * math.cos(math.radians(degrees))


def outside(text: str, degrees: float, **style: str) -> Word:
    x, y = at(degrees, R + 10)
    return word(text, x, y, align="left" if x >= CX else "right", **style)  # type: ignore[arg-type]


def test_values_inside_names_in_the_legend() -> None:
    marks = slices([50, 30, 20])
    keys = [square(405, 150 + 14 * k, COLORS[k]) for k in range(3)]
    words = [word(name, 412, 150 + 14 * k) for k, name in enumerate(["満足", "普通", "不満"])]
    words += [word(f"{v}%", *at(a, 50), align="centre") for v, a in [(50, 90), (30, 234), (20, 324)]]
    assert rows(read_sectors(region(words, [*marks, *keys]))) == [
        ("不満", 20, "percent", True),
        ("普通", 30, "percent", True),
        ("満足", 50, "percent", True),
    ]


@pytest.mark.parametrize("text", ["満足；50.0%", "満足 50.0%", "満足：50.0％", "満足(50.0%)", "50.0％ 満足"])
def test_name_and_value_in_one_label(text: str) -> None:
    words = [outside(text, 90), outside("不満 50.0%", 270)]
    assert rows(read_sectors(region(words, slices([50, 50])))) == [
        ("不満", 50, "percent", True),
        ("満足", 50, "percent", True),
    ]


def test_figures_that_belong_to_the_name_stay_there() -> None:
    words = [outside("週に1回：60%", 108), outside("1,000名以上 40%", 288)]
    assert [r[:2] for r in rows(read_sectors(region(words, slices([60, 40]))))] == [
        ("1,000名以上", 40),
        ("週に1回", 60),
    ]


def test_count_with_percentage_gives_two_rows_and_a_repeated_percentage_none() -> None:
    words = [
        word("20 (40.0%)", *at(72, 50), align="centre"),
        word("30 (60.0%)", *at(252, 50), align="centre"),
        word("はい", *at(72, 100)),
        word("40.0%", at(72, 100)[0], at(72, 100)[1] + 10),
        word("いいえ", *at(252, 100), align="right"),
        word("60.0%", at(252, 100)[0], at(252, 100)[1] + 10, align="right"),
    ]
    assert rows(read_sectors(region(words, slices([40, 60])))) == [
        ("いいえ", 30, "count", True),
        ("いいえ", 60, "percent", True),
        ("はい", 20, "count", True),
        ("はい", 40, "percent", True),
    ]


def test_equal_values_go_by_colour() -> None:
    marks = slices([40, 40, 20])
    keys = [square(405, 150 + 14 * k, color) for k, color in enumerate([RED, GREEN, BLUE])]
    words = [word(name, 412, 150 + 14 * k) for k, name in enumerate(["紅", "緑", "青"])]
    words += [
        word("40%", *at(72, 50), align="centre"),
        word("40%", *at(216, 50), align="centre"),
        word("20%", *at(324, 50), align="centre"),
    ]
    draft = read_sectors(region(words, [*marks, *keys]))
    assert draft is not None
    by_mark = {c.mark: draft.categories[c.category or 0].text for c in draft.cells}
    assert by_mark == {0: "青", 1: "紅", 2: "緑"}


def test_zero_percent_without_a_slice_goes_to_the_legend_entry_without_one() -> None:
    marks = slices([70, 0, 30])
    keys = [square(405, 150 + 14 * k, COLORS[k]) for k in range(3)]
    words = [word(name, 412, 150 + 14 * k) for k, name in enumerate(["良い", "悪い", "普通"])]
    words += [outside("70%", 126), outside("0%", 252), outside("30%", 306)]
    assert ("悪い", 0, "percent", True) in rows(read_sectors(region(words, [*marks, *keys])))


def test_leader_lines_outrank_nearness() -> None:
    marks = slices([97, 1, 2], start=0)
    small = 3.6 * 97
    words = [
        outside("大 97%", 180),
        word("中 1%", 80, 60, align="right"),
        word("小 2%", 80, 80, align="right"),
    ]
    lines = [
        polyline([at(small + 1.8, R), (100, 60), (82, 60)], GREY, 0.5),
        polyline([at(small + 7.0, R), (100, 80), (82, 80)], GREY, 0.5),
    ]
    assert [r[:2] for r in rows(read_sectors(region(words, [*marks, *lines])))] == [
        ("中", 1),
        ("大", 97),
        ("小", 2),
    ]


def test_a_named_slice_without_value_is_measured() -> None:
    words = [outside("Yes 80%", 144), outside("No", 324)]
    assert rows(read_sectors(region(words, slices([80, 20], r_inner=40)))) == [
        ("No", 20.0, "percent", False),
        ("Yes", 80, "percent", True),
    ]


def test_translations_under_the_labels() -> None:
    x, y = at(90, R + 10)
    u, v = at(270, R + 10)
    words = [
        word("Yes 55%", x, y),
        word("はい", x, y + 9, size=6, color="#008080"),
        word("No 45%", u, v, align="right"),
        word("いいえ", u, v + 9, size=6, color="#008080", align="right"),
    ]
    draft = read_sectors(region(words, slices([55, 45])))
    assert draft is not None
    assert {(n.text, n.alt) for n in draft.categories} == {("Yes", "はい"), ("No", "いいえ")}


def test_values_printed_in_the_legend() -> None:
    keys = [square(405, 150 + 14 * k, COLORS[k]) for k in range(2)]
    words = [word("はい 62.5%", 412, 150), word("いいえ 37.5%", 412, 164)]
    assert rows(read_sectors(region(words, [*slices([62.5, 37.5]), *keys]))) == [
        ("いいえ", 37.5, "percent", True),
        ("はい", 62.5, "percent", True),
    ]


def test_bare_numbers_are_counts_unless_the_angles_say_percent() -> None:
    keys = [square(405, 150 + 14 * k, COLORS[k]) for k in range(2)]
    names = [word("はい", 412, 150), word("いいえ", 412, 164)]
    for yes, no, unit in [(75, 25, "percent"), (36, 12, "count")]:
        words = [
            *names,
            word(str(yes), *at(135, 50), align="centre"),
            word(str(no), *at(315, 50), align="centre"),
        ]
        found = rows(read_sectors(region(words, [*slices([75, 25]), *keys])))
        assert {r[2] for r in found} == {unit}


def test_a_half_ring_is_a_whole() -> None:
    marks = [slice_(CX, CY, R, 270, 378, BLUE, 40), slice_(CX, CY, R, 378, 450, RED, 40)]
    words = [word("賛成", *at(324, R + 12), align="right"), word("反対 40%", *at(54, R + 12))]
    assert rows(read_sectors(region(words, marks))) == [
        ("反対", 40, "percent", True),
        ("賛成", 60.0, "percent", False),
    ]


def test_a_cycle_of_equal_steps_is_no_chart() -> None:
    words = [outside(name, 45 + 90 * k) for k, name in enumerate(["計画", "実行", "評価", "改善"])]
    assert read_sectors(region(words, slices([25, 25, 25, 25], r_inner=40))) is None


def test_another_charts_legend_does_not_rename_slices_that_name_themselves() -> None:
    keys = [square(405, 30 + 14 * k, COLORS[k]) for k in range(3)]
    words = [word(name, 412, 30 + 14 * k) for k, name in enumerate(["確立", "計画中", "検討中"])]
    words += [outside("ある 95%", 171), outside("ない", 351)]
    found = rows(read_sectors(region(words, [*slices([95, 5]), *keys])))
    assert [r[0] for r in found] == ["ある", "ない"]


def test_large_type_beside_the_pie_is_no_label() -> None:
    words = [outside("Yes 80%", 144), outside("No 20%", 324), word("80%", 60, 260, size=30)]
    draft = read_sectors(region(words, slices([80, 20])))
    assert draft is not None
    assert len(draft.cells) == 2


@given(st.lists(st.integers(6, 60), min_size=2, max_size=6), st.integers(0, 359))
def test_whatever_the_shares_and_the_start_every_label_finds_its_slice(
    weights: list[int], start: int
) -> None:
    shares = [100 * w / sum(weights) for w in weights]
    marks = slices(shares, start=start)
    words, turn = [], float(start)
    for k, share in enumerate(shares):
        words.append(
            word(f"項目{'甲乙丙丁戊己'[k]}{share:.1f}%", *at(turn + 1.8 * share, 55), size=5, align="centre")
        )
        turn += 3.6 * share
    draft = read_sectors(region(words, marks))
    assert draft is not None
    for cell in draft.cells:
        assert cell.label is not None
        assert cell.mark is not None
        assert cell.label.value == pytest.approx(shares[cell.mark], abs=0.06)


def test_where_every_slice_says_its_name_text_at_the_rim_is_none() -> None:
    words = [
        word("ある", *at(90, 40), align="centre"),
        word("70.0%", at(90, 40)[0], at(90, 40)[1] + 10, align="centre"),
        word("ない", *at(306, 40), align="centre"),
        word("30.0%", at(306, 40)[0], at(306, 40)[1] + 10, align="centre"),
        word("仕組みの有無", CX - 60, CY - R - 12),
    ]
    found = rows(read_sectors(region(words, slices([70, 30]))))
    assert found == [("ある", 70.0, "percent", True), ("ない", 30.0, "percent", True)]
