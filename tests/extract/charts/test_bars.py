"""Specification of bar charts: what is drawn on the left, the rows it must give on the right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.charts import read_charts
from extract.finding import Finding
from extract.scene import Scene
from tests.extract.charts.barcharts import BASE, COLORS, THICK, UNIT, Plot, lying, stacked, upright
from tests.extract.charts.drawing import EM, rect, scene, word

Row = tuple[str, str, float, str]


def rows(found: Scene) -> set[Row]:
    """(item, segment, value, qualifier) of every finding."""
    return {(f.item, f.segment, f.value, f.qualifier) for f in read_charts(found).findings}


def reading(finding: Finding, method: str) -> float | None:
    return next((r.value for r in finding.readings if r.method == method), None)


REASONS = Plot({"価格": [52.0], "品質": [44.5], "納期": [31.0], "その他": [9.5]})
GROUPS = Plot({"価格": [52.0, 30.5], "品質": [44.5, 41.0], "納期": [31.0, 12.5]}, ("導入済み", "未導入"))
ANSWERS = Plot({"若手": [45.0, 30.0, 25.0], "管理職": [60.0, 22.0, 18.0]}, ("賛成", "反対", "不明"))

CASES: dict[str, tuple[Scene, set[Row]]] = {
    "one series": (
        lying(REASONS),
        {
            ("価格", "", 52.0, "exact"),
            ("品質", "", 44.5, "exact"),
            ("納期", "", 31.0, "exact"),
            ("その他", "", 9.5, "exact"),
        },
    ),
    "two groups, the legend the other way round": (
        lying(replace(GROUPS, legend=("未導入", "導入済み"))),
        {
            ("価格", "導入済み", 52.0, "exact"),
            ("価格", "未導入", 30.5, "exact"),
            ("品質", "導入済み", 44.5, "exact"),
            ("品質", "未導入", 41.0, "exact"),
            ("納期", "導入済み", 31.0, "exact"),
            ("納期", "未導入", 12.5, "exact"),
        },
    ),
    "0 % has a label and no bar": (
        lying(
            Plot({"価格": [52.0, 30.5], "品質": [44.5, 0.0], "納期": [31.0, 12.5]}, ("導入済み", "未導入"))
        ),
        {
            ("価格", "導入済み", 52.0, "exact"),
            ("価格", "未導入", 30.5, "exact"),
            ("品質", "導入済み", 44.5, "exact"),
            ("品質", "未導入", 0.0, "exact"),
            ("納期", "導入済み", 31.0, "exact"),
            ("納期", "未導入", 12.5, "exact"),
        },
    ),
    "a bar without a label is measured by the others": (
        lying(replace(REASONS, labels={("納期", 0): ""})),
        {
            ("価格", "", 52.0, "exact"),
            ("品質", "", 44.5, "exact"),
            ("納期", "", 31.0, "measured"),
            ("その他", "", 9.5, "exact"),
        },
    ),
    "no label at all: the axis measures, and its ticks are no values": (
        lying(replace(REASONS, labels={(n, 0): "" for n in REASONS.rows}, ticks=(0, 20, 40, 60))),
        {
            ("価格", "", 52.0, "measured"),
            ("品質", "", 44.5, "measured"),
            ("納期", "", 31.0, "measured"),
            ("その他", "", 9.5, "measured"),
        },
    ),
    "no label and no axis: nothing is known": (
        lying(replace(REASONS, labels={(n, 0): "" for n in REASONS.rows})),
        set(),
    ),
    "stacked answers are items, their rows the groups": (
        stacked(ANSWERS),
        {
            ("賛成", "若手", 45.0, "exact"),
            ("反対", "若手", 30.0, "exact"),
            ("不明", "若手", 25.0, "exact"),
            ("賛成", "管理職", 60.0, "exact"),
            ("反対", "管理職", 22.0, "exact"),
            ("不明", "管理職", 18.0, "exact"),
        },
    ),
    "a sliver without a label is measured": (
        stacked(
            Plot(
                {"若手": [67.0, 30.0, 3.0], "管理職": [60.0, 22.0, 18.0]},
                ANSWERS.series,
                labels={("若手", 2): ""},
            )
        ),
        {
            ("賛成", "若手", 67.0, "exact"),
            ("反対", "若手", 30.0, "exact"),
            ("不明", "若手", 3.0, "measured"),
            ("賛成", "管理職", 60.0, "exact"),
            ("反対", "管理職", 22.0, "exact"),
            ("不明", "管理職", 18.0, "exact"),
        },
    ),
    "columns over years: the year is the segment": (
        upright(Plot({"2021年": [20.0, 35.0], "2022年": [26.5, 33.0]}, ("導入済み", "検討中"))),
        {
            ("導入済み", "2021年", 20.0, "exact"),
            ("検討中", "2021年", 35.0, "exact"),
            ("導入済み", "2022年", 26.5, "exact"),
            ("検討中", "2022年", 33.0, "exact"),
        },
    ),
    "an axis that starts at 90": (
        upright(
            Plot(
                {"東": [97.5], "西": [93.0], "南": [99.5]},
                start=90.0,
                title="達成度（%）",
                unit="",
                ticks=(90, 95, 100),
            )
        ),
        {("東", "", 97.5, "exact"), ("西", "", 93.0, "exact"), ("南", "", 99.5, "exact")},
    ),
    "bars below zero": (
        lying(Plot({"東": [12.5], "西": [-8.0], "南": [20.0], "北": [-3.5]}, ticks=(-20, -10, 0, 10, 20))),
        {
            ("東", "", 12.5, "exact"),
            ("西", "", -8.0, "exact"),
            ("南", "", 20.0, "exact"),
            ("北", "", -3.5, "exact"),
        },
    ),
    "a name broken over two lines in mid-word": (
        lying(Plot({"顧客からの問い合\nわせへの対応": [52.0], "品質": [44.5], "納期": [31.0]})),
        {
            ("顧客からの問い合わせへの対応", "", 52.0, "exact"),
            ("品質", "", 44.5, "exact"),
            ("納期", "", 31.0, "exact"),
        },
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_rows_of_a_chart(case: str) -> None:
    drawn, expected = CASES[case]
    assert rows(drawn) == expected


def test_highlighted_bars_are_no_series() -> None:
    drawn = lying(REASONS)
    marks = tuple(replace(m, fill="#d03030") if k == 1 else m for k, m in enumerate(drawn.marks))
    assert rows(replace(drawn, marks=marks)) == rows(drawn)


def test_a_wrong_digit_stays_and_geometry_speaks_against_it() -> None:
    drawn = lying(
        Plot({"価格": [52.0], "品質": [44.5], "納期": [16.5], "その他": [9.5]}, labels={("納期", 0): "76.5%"})
    )
    wrong = next(f for f in read_charts(drawn).findings if f.item == "納期")
    assert wrong.value == reading(wrong, "label") == 76.5
    assert reading(wrong, "geometry") == pytest.approx(16.5, abs=0.1)


def test_geometry_never_rests_on_the_label_itself() -> None:
    for finding in read_charts(lying(REASONS)).findings:
        assert reading(finding, "geometry") == pytest.approx(finding.value, abs=0.1)


def test_everything_waits_for_the_weighing() -> None:
    assert {(f.status, f.confidence) for f in read_charts(lying(REASONS)).findings} == {("review", 0.0)}


def test_a_measured_value_is_boxed_by_its_bar() -> None:
    drawn = lying(replace(REASONS, labels={("納期", 0): ""}))
    measured = next(f for f in read_charts(drawn).findings if f.qualifier == "measured")
    assert measured.box == drawn.marks[2].box


def test_a_label_drawn_twice_is_one_row() -> None:
    drawn = lying(REASONS)
    bold = replace(drawn, words=(*drawn.words, *(w for w in drawn.words if w.text == "52.0%")))
    assert len(read_charts(bold).findings) == len(REASONS.rows)


def test_mirrored_bars_are_two_groups() -> None:
    left = {"価格": 40.0, "品質": 33.0, "納期": 20.0}
    right = {"価格": 35.0, "品質": 38.0, "納期": 15.0}
    words = [
        word("重視する点", 250, 30, size=12),
        word("男性", 180, 60, size=10),
        word("女性", 400, 60, size=10),
    ]
    marks = []
    for k, name in enumerate(left):
        y = 90 + k * 20
        marks += [
            rect(250 - left[name] * UNIT, y, 250, y + THICK, COLORS[0]),
            rect(320, y, 320 + right[name] * UNIT, y + THICK, COLORS[1]),
        ]
        words += [
            word(name, 285, y + 5, align="centre"),
            word(f"{left[name]}%", 247 - left[name] * UNIT, y + 5, align="right"),
            word(f"{right[name]}%", 323 + right[name] * UNIT, y + 5),
        ]
    assert rows(scene(words, marks)) == {
        *((name, "男性", value, "exact") for name, value in left.items()),
        *((name, "女性", value, "exact") for name, value in right.items()),
    }


def test_translation_beside_the_name() -> None:
    drawn = lying(Plot({"Price": [52.0], "Quality": [44.5], "Delivery": [31.0]}))
    extra = [word(t, 420, 95 + k * 18) for k, t in enumerate(("価格", "品質", "納期"))]
    found = read_charts(replace(drawn, words=(*drawn.words, *extra))).findings
    assert {(f.item, f.item_alt) for f in found} == {
        ("Price", "価格"),
        ("Quality", "品質"),
        ("Delivery", "納期"),
    }


def test_headers_of_groups_of_rows() -> None:
    drawn = lying(
        Plot(
            {
                "20代": [10.0],
                "30代": [22.0],
                "40代": [33.0],
                "20代 ": [15.0],
                "30代 ": [25.0],
                "40代 ": [41.0],
            }
        )
    )
    heads = [word(t, 100, 95 + y * 18) for t, y in (("男性", 1), ("女性", 4))]
    assert rows(replace(drawn, words=(*drawn.words, *heads))) == {
        ("20代", "男性", 10.0, "exact"),
        ("30代", "男性", 22.0, "exact"),
        ("40代", "男性", 33.0, "exact"),
        ("20代", "女性", 15.0, "exact"),
        ("30代", "女性", 25.0, "exact"),
        ("40代", "女性", 41.0, "exact"),
    }


def test_names_over_their_bars() -> None:
    words, marks = [word("導入の決め手", 100, 30, size=12)], []
    for k, (name, value) in enumerate({"価格の安さ": 52.0, "支援の手厚さ": 44.0, "実績の多さ": 31.0}.items()):
        y = 70 + k * 34
        marks.append(rect(BASE, y + 12, BASE + value * UNIT, y + 22, COLORS[0]))
        words += [word(name, BASE, y + 5), word(f"{value:.0f}%", BASE + value * UNIT + 3, y + 17)]
    assert {row[:3] for row in rows(scene(words, marks))} == {
        ("価格の安さ", "", 52.0),
        ("支援の手厚さ", "", 44.0),
        ("実績の多さ", "", 31.0),
    }


def test_two_charts_of_one_layout_stay_two() -> None:
    first = lying(replace(GROUPS, title="Q1 利用目的", ticks=(0, 20, 40, 60)))
    second = lying(replace(GROUPS, title="Q2 利用場所", ticks=(0, 20, 40, 60), top=300.0))
    both = scene((*first.words, *second.words), (*first.marks, *second.marks), height=600)
    charts = read_charts(both).charts
    assert [chart.title for chart in charts] == ["Q1 利用目的", "Q2 利用場所"]
    assert all(len(chart.categories) == len(GROUPS.rows) for chart in charts)


@pytest.mark.parametrize("fill", ["#fde9e9", "#3060a0"])
def test_coloured_table_cells_are_no_bars(fill: str) -> None:
    words, marks = [word("年代別の回答", 100, 30, size=12)], []
    for r in range(4):
        words.append(word(f"項目{'甲乙丙丁'[r]}", 90, 75 + r * 20, align="right"))
        for c in range(4):
            marks.append(rect(100 + c * 60, 65 + r * 20, 160 + c * 60, 85 + r * 20, fill))
            words.append(word(f"{11.5 * (r + 1) + 7 * c:.1f}%", 130 + c * 60, 75 + r * 20, align="centre"))
    assert rows(scene(words, marks)) == set()


def test_text_boxes_are_no_bars() -> None:
    words = [
        word(t, 110, 75 + k * 14)
        for k, t in enumerate(("調査の概要", "対象は全国の企業です", "回収率は 52.0% でした"))
    ]
    marks = [
        rect(100, 60, 400, 110, "#dde8f0"),
        rect(100, 60, 104, 110, "#2f6fb0"),
        rect(100, 130, 400, 180, "#dde8f0"),
    ]
    assert rows(scene(words, marks)) == set()


def traced(drawn: Scene, slack: float = 0.15) -> Scene:
    """The same as if read from pixels."""
    return replace(
        drawn,
        words=tuple(replace(w, seen_by="ocr", confidence=0.99) for w in drawn.words),
        marks=tuple(replace(m, seen_by="pixels", slack=slack) for m in drawn.marks),
    )


def test_a_traced_bar_cut_by_a_grid_line_is_one() -> None:
    drawn = traced(lying(REASONS))
    first = drawn.marks[0]
    left = replace(first, box=replace(first.box, x1=BASE + 60))
    right = replace(first, box=replace(first.box, x0=BASE + 60.1))
    edge = replace(first, fill="#90a0b0", box=replace(first.box, x0=BASE - 0.5, x1=BASE))
    assert rows(replace(drawn, marks=(left, right, edge, *drawn.marks[1:]))) == rows(lying(REASONS))


def test_a_bar_lost_in_tracing_is_vouched_for_by_its_label() -> None:
    drawn = traced(lying(GROUPS))
    lost = replace(drawn, marks=tuple(m for m in drawn.marks if m.box.y0 != 90 + 28 + THICK))
    assert ("品質", "未導入", 41.0, "exact") in rows(lost)


def test_strokes_of_characters_are_no_swatches() -> None:
    drawn = traced(lying(GROUPS))
    name = next(w for w in drawn.words if w.text == "品質")
    scrap = replace(
        drawn.marks[0], fill="#d4d4d4", box=replace(name.box, x0=name.box.x0 + EM, y0=name.box.y0 + 2)
    )
    assert rows(replace(drawn, marks=(*drawn.marks, scrap))) == rows(lying(GROUPS))


def test_a_value_that_belongs_to_no_bar_is_a_doubt() -> None:
    drawn = lying(REASONS)
    stray = replace(drawn, words=(*drawn.words, word("88.8%", BASE + 40, 158)))
    notes = [note for note in read_charts(stray).notes if note.code == "chart-unsure"]
    assert len(notes) == 1
    assert "88.8%" in notes[0].message


def test_values_in_a_column_far_behind_the_bars_belong_to_the_bars_at_their_height() -> None:
    drawn = lying(REASONS)
    far = BASE + 400
    words = tuple(word(w.text, far, w.box.cy) if w.text.endswith("%") else w for w in drawn.words)
    assert rows(replace(drawn, words=words)) == rows(drawn)


def test_values_in_a_line_over_their_bars_belong_to_the_bars_below() -> None:
    words, marks = [], []
    for k, (name, value) in enumerate({"価格": 52.0, "品質": 44.5, "納期": 31.0, "その他": 9.5}.items()):
        y = 100.0 + 40 * k
        marks.append(rect(60, y, 60 + 4 * value, y + 10, "#3b5bdb"))
        words += [word(name, 60, y - 10), word(f"{value}%", 420, y - 10)]
    assert rows(scene(words, marks)) == {
        ("価格", "", 52.0, "exact"),
        ("品質", "", 44.5, "exact"),
        ("納期", "", 31.0, "exact"),
        ("その他", "", 9.5, "exact"),
    }


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        (("1", "2", "3"), ("品質", "価格", "納期")),
        (("1位", "2位", "2位"), ("品質", "価格", "納期")),
        (("⏰", "☎", "✉"), ("品質", "価格", "納期")),
        (("5", "1", "3"), ("5品質", "1価格", "3納期")),
    ],
)
def test_ranks_and_icons_before_names_are_no_names(printed: tuple[str, ...], meant: tuple[str, ...]) -> None:
    drawn = lying(Plot({"品質": [52.0], "価格": [44.5], "納期": [31.0]}))
    names = [w for w in drawn.words if w.text in ("品質", "価格", "納期")]
    before = [
        word(sign, w.box.x0 - 5, w.box.cy, align="right") for sign, w in zip(printed, names, strict=True)
    ]
    found = rows(replace(drawn, words=(*drawn.words, *before)))
    assert {item for item, *_ in found} == set(meant)
    assert {value for _, _, value, _ in found} == {52.0, 44.5, 31.0}


def test_numbers_that_count_are_part_of_the_name() -> None:
    drawn = lying(Plot({"回": [52.0], "回目": [44.5], "回以上": [31.0]}))
    names = [w for w in drawn.words if w.text.startswith("回")]
    before = [word(str(k), w.box.x0 - 3, w.box.cy, align="right") for k, w in enumerate(names, 1)]
    found = rows(replace(drawn, words=(*drawn.words, *before)))
    assert {item for item, *_ in found} == {"1回", "2回目", "3回以上"}


def test_a_name_may_begin_with_a_sign_that_counts_elsewhere() -> None:
    drawn = lying(Plot({"人間関係": [52.0], "年収": [44.5], "納期": [31.0]}))
    names = [w for w in drawn.words if w.text in ("人間関係", "年収", "納期")]
    before = [word(str(k), w.box.x0 - 5, w.box.cy, align="right") for k, w in enumerate(names, 1)]
    found = rows(replace(drawn, words=(*drawn.words, *before)))
    assert {item for item, *_ in found} == {"人間関係", "年収", "納期"}


def test_columns_and_a_line_with_an_axis_each() -> None:
    """The labels of the line stand nearer to the columns' ends than their own; the axis tells them apart."""
    counts = {"甲": 100.0, "乙": 80.0, "丙": 90.0}
    floor = 390.0
    plot = Plot({name: [n] for name, n in counts.items()}, unit="", ticks=(0, 40, 80, 120))
    columns = upright(replace(plot, labels={(name, 0): "" for name in counts}), floor=floor)
    words = list(columns.words)
    for k, (n, share) in enumerate(zip(counts.values(), (12.5, 31.0, 24.5), strict=True)):
        words.append(word(f"{n:.0f}", 131 + 42 * k, floor - UNIT * n / 2, align="centre"))
        words.append(word(f"{share}%", 131 + 42 * k, floor - UNIT * n - 6, align="centre"))
    words += [word(f"{t}", 260, floor - 9 * t) for t in (0, 10, 20, 30, 40)]
    found = {(f.item, f.value) for f in read_charts(scene(words, columns.marks)).findings}
    assert found == set(counts.items())


def test_groups_under_columns_of_answers_are_segments() -> None:
    plot = Plot({"20代": [52.0, 30.5], "30代": [44.5, 41.0], "40代": [31.0, 12.5]}, ("読書", "映画"))
    assert {(f.item, f.segment) for f in read_charts(upright(plot)).findings} == {
        (item, group) for item in ("読書", "映画") for group in ("20代", "30代", "40代")
    }


def test_the_longest_of_the_tracks_may_be_traced_wrongly() -> None:
    ends = {"甲": 60.0, "乙": 40.0, "丙": 20.0, "丁": 30.0}
    marks, words = [], [word("進み具合", 100, 40, size=12)]
    for k, (name, value) in enumerate(ends.items()):
        y = 90 + 30 * k
        marks += [
            rect(BASE, y, BASE + value * 2, y + 12, COLORS[0]),
            rect(BASE + value * 2, y, BASE + (230 if k == 1 else 200), y + 12, "#e9ecef"),
        ]
        words += [word(name, BASE - 6, y + 6, align="right"), word(f"{value}%", BASE + 240, y + 6)]
    assert {(f.item, f.value) for f in read_charts(scene(words, marks)).findings} == set(ends.items())


def test_a_legend_of_another_chart_names_nothing_by_chance_of_colour() -> None:
    below = stacked(replace(ANSWERS, title="満足の内訳", top=300.0))
    above = lying(replace(REASONS, colors=(COLORS[1],)))
    page = replace(
        below, words=(*above.words, *below.words), marks=(*above.marks, *below.marks), height=500.0
    )
    found = [f for f in read_charts(page).findings if f.question == REASONS.title]
    assert {(f.item, f.segment) for f in found} == {("価格", ""), ("品質", ""), ("納期", ""), ("その他", "")}


@pytest.mark.parametrize("odd", range(4))
def test_stacks_centred_on_an_inner_line_are_one_chart(odd: int) -> None:
    """One of the rows starts far from the others; all are read, with their names before them."""
    given = {
        "話を聞く": (10.0, 20.0, 40.0, 30.0),
        "評価": (12.0, 17.0, 38.0, 33.0),
        "雰囲気": (9.0, 22.0, 41.0, 28.0),
    }
    extra = {"休暇": (3.0, 9.0, 30.0, 58.0)}
    order = [*given]
    order.insert(odd, "休暇")
    answers, marks, words = (
        ("否", "やや否", "やや是", "是"),
        [],
        [word("職場への評価（単一回答）", 100, 40, size=12)],
    )
    for k, name in enumerate(order):
        values = (given | extra)[name]
        x = 330.0 - 2.4 * (values[0] + values[1])
        words.append(word(name, 180, 98 + 30 * k, align="right"))
        for value, color in zip(values, COLORS, strict=False):
            marks.append(rect(x, 90 + 30 * k, x + 2.4 * value, 106 + 30 * k, color))
            words.append(word(f"{value:.1f}", x + 1.2 * value, 98 + 30 * k, align="centre"))
            x += 2.4 * value
    for k, answer in enumerate(answers):
        marks.append(rect(200 + 60 * k, 225, 206 + 60 * k, 231, COLORS[k]))
        words.append(word(answer, 210 + 60 * k, 228))
    found = {(f.item, f.segment): f.value for f in read_charts(scene(words, marks)).findings}
    assert found == {
        (answer, name): value
        for name, values in (given | extra).items()
        for answer, value in zip(answers, values, strict=True)
    }


def test_text_far_above_columns_names_none_of_them() -> None:
    drawn = upright(Plot({"甲": [52.0], "乙": [44.5], "丙": [31.0]}, title=""), floor=390.0)
    names = {"甲", "乙", "丙"}
    words = [w for w in drawn.words if w.text not in names]
    words += [word("注記の文がここに長く続く", 131 + 42 * k, 30 + 10 * k, align="centre") for k in range(3)]
    assert not read_charts(scene(words, drawn.marks)).findings


def test_a_percent_sign_among_thousands_is_that_of_another_axis() -> None:
    rows = {"2024年": 1840, "2025年": 2610, "2026年": 3390}
    labels = {(name, 0): f"{value:,}" for name, value in rows.items()}
    plot = Plot({name: [value / 100] for name, value in rows.items()}, labels=labels, title="募集の数と昇給")
    drawn = upright(plot)
    found = read_charts(scene((*drawn.words, word("（%）", 300, 58)), drawn.marks)).findings
    assert {(f.value, f.unit) for f in found} == {(value, "count") for value in rows.values()}


def over_bars(cut: float) -> list[Finding]:
    """Columns with counts and a line's shares printed over them; tracing cut the top off the first column."""
    drawn = upright(
        Plot({"小": [48.0], "中": [33.0], "大": [21.0]}, unit="社", ticks=(0, 10, 20, 30, 40, 50))
    )
    first, *rest = drawn.marks
    top = replace(first, box=replace(first.box, y0=first.box.y0 + cut))
    shares = [
        word(f"{v}%", 131 + 42 * k, 240 - 8 * k, align="centre") for k, v in enumerate((22.5, 31.0, 40.5))
    ]
    return list(read_charts(scene((*drawn.words, *shares), (top, *rest))).findings)


@pytest.mark.parametrize("cut", [5.0, 20.0])
def test_a_column_that_lost_its_top_is_never_measured_beside_its_printed_value(cut: float) -> None:
    found = [f for f in over_bars(cut) if f.item == "小"]
    assert all(f.qualifier == "exact" and f.value == 48.0 for f in found)


def test_a_column_of_values_between_names_and_bars() -> None:
    rows = {"効果が足りない": 43.1, "機能が足りない": 37.2, "使える人がいない": 21.3}
    plot = Plot({name: [value] for name, value in rows.items()}, labels={(name, 0): "" for name in rows})
    drawn = lying(plot)
    words = [
        replace(w, box=replace(w.box, x0=w.box.x0 - 50, x1=w.box.x1 - 50)) if w.text in rows else w
        for w in drawn.words
    ]
    words += [word(f"{value}", BASE - 8, 95 + 18 * k, align="right") for k, value in enumerate(rows.values())]
    found = read_charts(scene(words, drawn.marks)).findings
    assert {(f.item, f.value) for f in found} == set(rows.items())


def test_a_count_over_each_column_under_its_share() -> None:
    rows = {"なし": (11.7, 31), "1回": (27.9, 74), "2回以上": (60.4, 160)}
    drawn = upright(
        Plot({name: [share] for name, (share, _) in rows.items()}, labels={(n, 0): "" for n in rows})
    )
    words = list(drawn.words)
    for k, (share, count) in enumerate(rows.values()):
        x, y = 131 + 42 * k, 320 - share * UNIT
        words += [
            word(f"{share}%", x, y - 18, align="centre"),
            word(f"（{count}人）", x, y - 7, size=6, align="centre"),
        ]
    found = read_charts(scene(words, drawn.marks)).findings
    assert {(f.item, f.value) for f in found if f.unit == "percent"} == {(n, s) for n, (s, _) in rows.items()}
    assert {(f.item, f.value) for f in found if f.unit == "count"} == {(n, c) for n, (_, c) in rows.items()}


def test_charts_under_each_other_on_one_baseline_are_two() -> None:
    first = lying(Plot({"窓口": [51.0], "動画": [34.0], "電話": [22.0]}, title="図1 使った手段", top=60))
    second = lying(Plot({"人材": [44.0], "設備": [31.0], "広告": [15.0]}, title="図2 増やす分野", top=250))
    titled = [replace(w, box=replace(w.box, x0=20, x1=90)) if w.text.startswith("図") else w
              for w in (*first.words, *second.words)]  # fmt: skip
    found = read_charts(scene(titled, (*first.marks, *second.marks))).findings
    assert {(f.question, f.item) for f in found} == {
        ("図1 使った手段", "窓口"), ("図1 使った手段", "動画"), ("図1 使った手段", "電話"),
        ("図2 増やす分野", "人材"), ("図2 増やす分野", "設備"), ("図2 増やす分野", "広告"),
    }  # fmt: skip


def panels(*heads: str) -> set[tuple[str, str, int | None]]:
    """Two charts side by side, names on the left of both, a coloured band with words over each."""
    rows = {"表計算": [35.9], "専用の道具": [56.3], "自社開発": [25.4], "紙": [13.5]}
    words, marks = [word("データの管理方法（複数回答）", 60, 30, size=14)], []
    for k, head in enumerate(heads):
        x = 100 + 250 * k
        marks.append(rect(x, 60, x + 200, 72, COLORS[k]))
        words.append(word(head, x + 100, 66, align="centre", color="#ffffff"))
        for r, (name, (value,)) in enumerate(rows.items()):
            y = 90 + 24 * r
            length = (value + 3 * k) * 3
            marks.append(rect(x, y, x + length, y + 12, COLORS[k]))
            words.append(word(f"{value + 3 * k:.1f}%", x + length + 3, y + 6))
            words += [word(name, x - 6, y + 6, align="right")] if k == 0 else []
    return {(f.question, f.segment, f.base_n) for f in read_charts(scene(words, marks)).findings}


def test_coloured_bands_with_words_over_the_bars_name_the_groups() -> None:
    assert panels("実感している企業（n=142）", "していない企業（n=189）") == {
        ("データの管理方法（複数回答）", "実感している企業", 142),
        ("データの管理方法（複数回答）", "していない企業", 189),
    }


def test_columns_of_bars_are_titled_by_the_heads_over_the_bars_not_over_the_names() -> None:
    rows = {"一覧": (79.8, 72.6), "通知": (67.3, 61.1), "配信": (48.1, 73.6), "連携": (17.3, 58.2)}
    words = [word("機能ごとの評価（n=208）", 60, 30, size=14)]
    words += [word(head, x, 66) for head, x in (("機能名", 60), ("利用率", 140), ("満足度", 350))]
    marks = []
    for r, (name, values) in enumerate(rows.items()):
        words.append(word(name, 60, 96 + 24 * r))
        for k, value in enumerate(values):
            x = 140 + 210 * k
            marks.append(rect(x, 90 + 24 * r, x + 2 * value, 102 + 24 * r, COLORS[k]))
            words.append(word(f"{value}%", x + 2 * value + 3, 96 + 24 * r))
    found = read_charts(scene(words, marks)).findings
    assert {(f.question, f.item, f.value) for f in found} == {
        (f"機能ごとの評価｜{head}", name, values[k])
        for name, values in rows.items()
        for k, head in enumerate(("利用率", "満足度"))
    }


def test_a_line_drawn_across_a_traced_column_does_not_cut_it() -> None:
    drawn = upright(Plot({"東": [52.0], "西": [31.0], "南": [18.0]}, unit="社", title="導入した店の数"))
    first, *rest = (replace(m, seen_by="pixels", slack=0.2) for m in drawn.marks)
    above = replace(first, box=replace(first.box, y1=240.0))
    below = replace(first, box=replace(first.box, y0=241.5))
    across = replace(rect(first.box.x0, 240, first.box.x1, 241.5, "#c00000"), seen_by="pixels", slack=0.2)
    assert rows_of(scene(drawn.words, (above, across, below, *rest))) == {("東", 52), ("西", 31), ("南", 18)}


def test_progress_bars_of_which_one_lost_its_track_and_a_bullet_before_their_heading() -> None:
    rows = {"教育に時間がかかる": 60.7, "運用が異なる": 48.6, "説明しにくい": 36.5, "関心が薄い": 23.6}
    words, marks = [word("広げるうえでの課題", 60, 40, size=14)], [rect(40, 35, 50, 45, "#010101")]
    for k, (name, value) in enumerate(rows.items()):
        y = 90 + 40 * k
        words += [word(name, 40, y - 12), word(f"{value}%", 360, y - 12, align="right")]
        marks.append(rect(40, y, 40 + 3.2 * value, y + 10, COLORS[0]))
        marks += [rect(40 + 3.2 * value, y, 360, y + 10, "#e4e7ec")] if k < 3 else []
    traced = [replace(m, seen_by="pixels", slack=0.2) for m in marks]
    assert rows_of(scene(words, traced)) == set(rows.items())


def rows_of(found: Scene) -> set[tuple[str, float]]:
    return {(f.item, f.value) for f in read_charts(found).findings}


def test_bars_as_long_as_the_count_of_a_count_and_its_share() -> None:
    rows = {"価格": 165, "操作": 149, "支援": 121, "実績": 67}
    labels = {(name, 0): f"{count} ({count / 3.18:.1f}%)" for name, count in rows.items()}
    plot = Plot(
        {name: [count / 2] for name, count in rows.items()}, labels=labels, title="決め手（318 件の回答）"
    )
    drawn = lying(plot)
    axis = [
        word(f"{t}", BASE + t / 2 * UNIT, 90 + 4 * plot.pitch + 8, align="centre")
        for t in (0, 50, 100, 150, 200)
    ]
    found = read_charts(scene((*drawn.words, *axis), drawn.marks)).findings
    assert {(f.item, f.value) for f in found if f.unit == "count"} == set(rows.items())
    assert {(f.item, f.value) for f in found if f.unit == "percent"} == {
        (name, round(count / 3.18, 1)) for name, count in rows.items()
    }
    assert {f.base_n for f in found} == {318}


def test_years_under_each_column_in_an_axis_of_two_rows_are_the_series() -> None:
    rows = {"製品": [62.1, 64.8, 69.3], "支援": [55.0, 58.7, 57.9], "価格": [38.2, 36.4, 41.5]}
    drawn = upright(Plot(rows, ("", "", ""), title="満足した人の割合"))
    words = [replace(w, box=replace(w.box, y0=w.box.y0 + 14, y1=w.box.y1 + 14)) if w.text in rows else w
             for w in drawn.words]  # fmt: skip
    years = ("2024", "2025", "2026")
    words += [word(year, 131 + 86 * r + 22 * k, 328, size=6, align="centre")
              for r in range(3) for k, year in enumerate(years)]  # fmt: skip
    found = read_charts(scene(words, drawn.marks)).findings
    assert {(f.item, f.segment, f.value) for f in found} == {
        (name, year, values[k]) for name, values in rows.items() for k, year in enumerate(years)
    }
