"""Cross tables drawn as bars: a column of sizes, answers over the first bar, heads of blocks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.charts import read_charts
from extract.finding import Finding
from extract.scene import Scene, Word
from tests.extract.charts.barcharts import BASE, COLORS, UNIT, Plot, lying, stacked, upright
from tests.extract.charts.drawing import rect, scene, word

ROWS = {
    "全体": [45.0, 30.0, 25.0],
    "男性": [40.0, 38.0, 22.0],
    "女性": [60.0, 22.0, 18.0],
    "無回答": [50.0, 30.0, 20.0],
}
ANSWERS = ("賛成", "反対", "不明")
Y = {name: 90.0 + 30 * k + 10 for k, name in enumerate(ROWS)}


def crosstab(*more: Word, legend: bool = True) -> list[Finding]:
    drawn = stacked(Plot(ROWS, ANSWERS if legend else ("", "", ""), title="" if more else "制度への評価"))
    names = {w.text for w in drawn.words} & set(ROWS)
    moved = [word(w.text, BASE - 40, w.box.cy, align="right") if w.text in names else w for w in drawn.words]
    return list(read_charts(scene((*moved, *more), drawn.marks)).findings)


def sizes(head: str | None, numbers: tuple[str, ...]) -> list[Word]:
    words = [word(n, BASE - 8, y, align="right") for n, y in zip(numbers, Y.values(), strict=True)]
    return words + ([word(head, BASE - 8, 78, align="right")] if head else [])


@pytest.mark.parametrize("head", ["n", "(n)", "回答者数", "n=", None])
def test_whole_numbers_between_names_and_bars_are_sample_sizes(head: str | None) -> None:
    found = crosstab(*sizes(head, ("1,210", "560", "640", "10")))
    assert {(f.segment, f.base_n) for f in found} == {
        ("全体", 1210),
        ("男性", 560),
        ("女性", 640),
        ("無回答", 10),
    }


def test_small_numbers_need_a_head_to_be_sample_sizes() -> None:
    assert {f.base_n for f in crosstab(*sizes("n", ("90", "40", "45", "5")))} == {90, 40, 45, 5}
    assert {f.base_n for f in crosstab(*sizes(None, ("90", "40", "45", "5")))} == {None}


def test_sizes_in_a_line_under_the_names_of_columns() -> None:
    drawn = upright(Plot({"東": [52.0], "西": [44.5], "南": [31.0]}, title="住み続けたい割合"))
    under = [word(n, 131 + 42 * k, 342, align="centre") for k, n in enumerate(("45", "52", "38"))]
    found = read_charts(scene((*drawn.words, *under, word("n=", 80, 342)), drawn.marks)).findings
    assert {(f.item, f.base_n) for f in found} == {("東", 45), ("西", 52), ("南", 38)}


def test_heads_that_say_by_what_rows_differ_are_no_groups() -> None:
    heads = [
        word("性別", BASE - 90, Y["男性"], align="right"),
        word("その他別", BASE - 90, Y["無回答"], align="right"),
    ]
    assert {f.segment for f in crosstab(*heads)} == set(ROWS)


def over(names: tuple[str, ...], lift: tuple[float, ...] = (0.0, 0.0, 0.0)) -> list[Word]:
    x, words = BASE, []
    for name, value, up in zip(names, ROWS["全体"], lift, strict=True):
        words.append(word(name, x + value * UNIT / 2, 80 - up, align="centre"))
        x += value * UNIT
    return words


@pytest.mark.parametrize("lift", [(0.0, 0.0, 0.0), (0.0, 9.0, 0.0), (12.0, 0.0, 12.0)])
def test_answers_named_over_the_first_bar(lift: tuple[float, ...]) -> None:
    found = {(f.item, f.segment): f.value for f in crosstab(*over(ANSWERS, lift), legend=False)}
    assert found == {
        (answer, row): value
        for row, values in ROWS.items()
        for answer, value in zip(ANSWERS, values, strict=True)
    }


def test_fewer_names_than_segments_name_none() -> None:
    assert {f.item for f in crosstab(*over(("賛成", "反対", ""))[:2], legend=False)} <= {""}


def test_a_signed_number_in_brackets_is_a_change_since_the_last_survey() -> None:
    plot = Plot(
        {"価格": [52.0], "品質": [44.5], "納期": [31.0]},
        labels={
            ("価格", 0): "52.0% (+3.1pt)",
            ("品質", 0): "44.5%（▲0.6）",
            ("納期", 0): "31.0%（前年比 -2.0pt）",
        },
    )

    found = {(f.item, f.segment, f.value, f.unit) for f in read_charts(lying(plot)).findings}
    assert found == {
        ("価格", "", 52.0, "percent"), ("価格", "前回比", 3.1, "point"),
        ("品質", "", 44.5, "percent"), ("品質", "前回比", -0.6, "point"),
        ("納期", "", 31.0, "percent"), ("納期", "前回比", -2.0, "point"),
    }  # fmt: skip


def test_changes_on_a_line_of_their_own_are_no_values() -> None:
    drawn = upright(Plot({"東": [52.0], "西": [44.5], "南": [31.0]}, title="参加率"))
    values = [w for w in drawn.words if w.text.endswith("%")]
    changes = [word("（+2.1）", w.box.cx, w.box.cy + 6, size=6, align="centre") for w in values]
    raised = [word(w.text, w.box.cx, w.box.cy - 6, align="centre") if w in values else w for w in drawn.words]
    found = read_charts(scene((*raised, *changes), drawn.marks)).findings
    assert {(f.item, f.value) for f in found} == {("東", 52.0), ("西", 44.5), ("南", 31.0)}


def panels(sizes: tuple[int, int]) -> Scene:
    """Two charts side by side, the names only left of the first, each with a line over it."""
    rows = {"騒音": [45.0], "駐車": [30.0], "清掃": [25.0]}

    left = lying(Plot(rows, title="", unit="", top=120))
    right = lying(Plot(rows, title="", unit="", top=120))
    moved_words = [replace_word(w, 260) for w in right.words if w.text not in rows]
    moved_marks = [replace(m, box=replace(m.box, x0=m.box.x0 + 260, x1=m.box.x1 + 260)) for m in right.marks]
    words = [
        word("困っていること（複数回答）", 200, 60, size=12),
        word(f"分譲（n={sizes[0]}）", BASE + 30, 100),
        word(f"賃貸（n={sizes[1]}）", BASE + 290, 100),
    ]
    return scene((*left.words, *moved_words, *words), (*left.marks, *moved_marks))


def replace_word(w: Word, dx: float) -> Word:
    box = replace(w.box, x0=w.box.x0 + dx, x1=w.box.x1 + dx)
    return replace(w, box=box, edges=tuple(e + dx for e in w.edges))


def test_panels_with_the_same_answers_and_other_sizes_are_groups() -> None:
    found = read_charts(panels((301, 211))).findings
    assert {(f.question, f.segment, f.base_n) for f in found} == {
        ("困っていること（複数回答）", "分譲", 301),
        ("困っていること（複数回答）", "賃貸", 211),
    }
    assert {f.item for f in found} == {"騒音", "駐車", "清掃"}


def test_panels_of_one_size_are_questions() -> None:
    assert {f.question for f in read_charts(panels((301, 301))).findings} == {
        "困っていること（複数回答）｜分譲",
        "困っていること（複数回答）｜賃貸",
    }


def test_columns_whose_names_begin_anew_on_one_floor_are_charts_of_their_own() -> None:
    shares = {"認知": (80.0, 60.0, 40.0), "利用": (38.0, 30.0, 12.0)}
    marks, words = [], [word("各社の評価（n=800）", 100, 40, size=12)]
    for p, (title, values) in enumerate(shares.items()):
        words.append(word(title, 135 + 190 * p, 80, align="centre"))
        for k, (name, value) in enumerate(zip(("甲社", "乙社", "丙社"), values, strict=True)):
            x = 90 + 190 * p + 38 * k
            marks.append(rect(x, 350 - 3 * value, x + 24, 350, COLORS[0]))
            words += [
                word(name, x + 12, 360, align="centre"),
                word(f"{value}%", x + 12, 344 - 3 * value, align="centre"),
            ]
    found = {(f.question, f.item, f.value, f.base_n) for f in read_charts(scene(words, marks)).findings}
    assert found == {
        (f"各社の評価｜{title}", name, value, 800)
        for title, values in shares.items()
        for name, value in zip(("甲社", "乙社", "丙社"), values, strict=True)
    }


BLOCKS = {
    "全体": "",
    "10億円未満": "年間売上",
    "10億円以上": "年間売上",
    "法人向け": "主な顧客",
    "個人向け": "主な顧客",
}


def blocks(heads: dict[str, float], names: tuple[str, ...]) -> list[Finding]:
    """Rows of five names, with heads of groups at these heights (in rows) before them."""
    values = (
        [45.0, 30.0, 25.0],
        [40.0, 38.0, 22.0],
        [60.0, 22.0, 18.0],
        [50.0, 30.0, 20.0],
        [35.0, 41.0, 24.0],
    )
    keys = [f"{k}" for k in range(5)]
    drawn = stacked(Plot(dict(zip(keys, values, strict=True)), ANSWERS, title="商談の増減"))
    words = [replace(w) for w in drawn.words if w.text not in keys]
    words += [word(name, BASE - 6, 100 + 30 * k, align="right") for k, name in enumerate(names)]
    words += [word(head, 60, 100 + 30 * at) for head, at in heads.items()]
    return list(read_charts(scene(words, drawn.marks)).findings)


@pytest.mark.parametrize("heads", [{"年間売上": 1.5, "主な顧客": 3.5}, {"年間売上": 1, "主な顧客": 3}])
def test_heads_under_a_row_of_everyone_say_by_what_it_is_broken_down(heads: dict[str, float]) -> None:
    assert {f.segment for f in blocks(heads, tuple(BLOCKS))} == set(BLOCKS)


def test_names_that_stand_under_two_heads_need_them() -> None:
    names = ("全体", "20代", "30代", "20代", "30代")
    assert {f.segment for f in blocks({"東日本": 1, "西日本": 3}, names)} == {
        "全体", "東日本 × 20代", "東日本 × 30代", "西日本 × 20代", "西日本 × 30代",
    }  # fmt: skip


def test_a_single_head_in_line_with_the_first_name_is_no_part_of_it() -> None:
    assert "20代" in {f.segment for f in blocks({"年代": 1}, ("全体", "20代", "30代", "40代", "50代"))}


def named_at_ends(over: bool, under: bool) -> set[tuple[str, float]]:
    """One bar of five segments, the wide ones named over it or all under it."""
    values = [30.0, 28.0, 24.0, 10.0, 8.0]
    drawn = stacked(Plot({"": values}, ("",) * 5, title="返答までの時間"))
    words, x = [w for w in drawn.words if w.text.strip()], BASE
    for name, value in zip(("即日", "翌日", "三日", "一週間", "以後"), values, strict=True):
        wide = value > 20
        if (wide and over) or (not wide and not under):
            words.append(word(name, x + value * UNIT / 2, 83, align="centre"))
        else:
            words.append(word(name, x + value * UNIT / 2, 118, align="centre"))
        x += value * UNIT
    return {(f.item, f.value) for f in read_charts(scene(words, drawn.marks)).findings}


@pytest.mark.parametrize(("over", "under"), [(True, False), (False, True), (True, True)])
def test_answers_are_named_over_or_under_the_bar_or_both(over: bool, under: bool) -> None:
    assert named_at_ends(over, under) == {
        ("即日", 30.0), ("翌日", 28.0), ("三日", 24.0), ("一週間", 10.0), ("以後", 8.0),
    }  # fmt: skip


def test_a_key_traced_in_the_colour_of_its_outline_is_told_by_its_place_in_the_legend() -> None:
    drawn = stacked(Plot(ROWS, ANSWERS, title="制度への評価"))
    marks = [
        replace(m, fill="#333333") if m.box.width < 7 and m.fill == COLORS[1] else m for m in drawn.marks
    ]
    found = read_charts(scene(drawn.words, marks)).findings
    assert {(f.item, f.value) for f in found if f.segment == "男性"} == {
        ("賛成", 40),
        ("反対", 38),
        ("不明", 22),
    }


def test_a_segment_whose_key_was_not_seen_does_not_borrow_its_neighbours_name() -> None:
    greys = ("#404040", "#c8c8c8", "#eeeeee")
    drawn = stacked(Plot(ROWS, ANSWERS, colors=greys, title="制度への評価"))
    seen = [m for m in drawn.marks if m.box.width > 7 or m.fill != greys[2]]
    marks = [replace(m, seen_by="pixels") for m in seen]
    found = read_charts(scene(drawn.words, marks)).findings
    assert {f.value for f in found if f.item == "反対"} == {values[1] for values in ROWS.values()}
