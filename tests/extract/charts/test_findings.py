"""What a chart as drawn means: items, segments, units, sample sizes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.charts import read_charts
from extract.charts.wave import is_period
from tests.extract.charts.barcharts import Plot, lying, stacked, upright
from tests.extract.charts.drawing import scene, word


@pytest.mark.parametrize(
    "text", ["2021年", "2021", "令和3年度", "R3.4.1", "FY22", "第3回調査", "前回", "4月"]
)
def test_periods(text: str) -> None:
    assert is_period(text)


@pytest.mark.parametrize("text", ["3年未満", "2021年に導入", "20代", "第3位", "価格"])
def test_no_periods(text: str) -> None:
    assert not is_period(text)


def test_years_in_the_legend_are_segments() -> None:
    chart = lying(Plot({"価格": [52.0, 30.5], "品質": [44.5, 41.0]}, ("2022年", "2023年")))
    assert {(f.item, f.segment) for f in read_charts(chart).findings} == {
        ("価格", "2022年"),
        ("価格", "2023年"),
        ("品質", "2022年"),
        ("品質", "2023年"),
    }


def test_sample_sizes_belong_to_the_groups_they_stand_with() -> None:
    chart = lying(
        Plot({"価格": [52.0, 30.5], "品質": [44.5, 41.0]}, ("導入済み（n=257）", "未導入（n=243）"))
    )
    reading = read_charts(chart)
    assert {(f.segment, f.base_n) for f in reading.findings} == {("導入済み", 257), ("未導入", 243)}
    assert dict(reading.charts[0].bases) == {"導入済み": 257, "未導入": 243}


def test_a_note_states_the_sample_size_of_all() -> None:
    chart = lying(Plot({"価格": [52.0], "品質": [44.5]}))
    noted = scene((*chart.words, word("※ n=312、無回答を除く", 120, 180)), chart.marks)
    assert {f.base_n for f in read_charts(noted).findings} == {312}


def test_a_printed_total_is_a_sample_size_and_no_answer() -> None:
    chart = stacked(
        Plot(
            {"甲社": [60.0, 20.0], "乙社": [30.0, 35.0]},
            ("電話", "来店"),
            unit="",
            labels={("甲社", 0): "60", ("甲社", 1): "20", ("乙社", 0): "30", ("乙社", 1): "35"},
        )
    )
    total = scene((*chart.words, word("80", 430, 100), word("65", 385, 130)), chart.marks)
    found = read_charts(total).findings
    assert {(f.segment, f.item, f.value, f.unit, f.base_n) for f in found} == {
        ("甲社", "電話", 60.0, "count", 80),
        ("甲社", "来店", 20.0, "count", 80),
        ("乙社", "電話", 30.0, "count", 65),
        ("乙社", "来店", 35.0, "count", 65),
    }


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("加入率の推移", "percent"),
        ("満足度スコア", "score"),
        ("相談件数", "count"),
        ("市場規模（億円）", "currency_jpy"),
    ],
)
def test_units_the_labels_do_not_say(title: str, unit: str) -> None:
    chart = upright(Plot({"東": [24.0], "西": [31.0], "南": [18.5]}, title=title, unit=""))
    assert {f.unit for f in read_charts(chart).findings} == {unit}


def test_the_unit_may_stand_among_other_remarks_of_the_title() -> None:
    whole = Plot({"東": [24.0], "西": [31.0]}, title="選んだ理由（複数回答、単位：％）", unit="")
    whole = replace(whole, labels={("東", 0): "24", ("西", 0): "31"})
    assert {f.unit for f in read_charts(upright(whole)).findings} == {"percent"}


def test_the_scale_named_in_the_title_multiplies() -> None:
    chart = upright(Plot({"東": [24.0], "西": [31.0], "南": [18.5]}, title="市場規模（億円）", unit=""))
    assert {(f.value, f.scale) for f in read_charts(chart).findings} == {
        (24.0, 1e8),
        (31.0, 1e8),
        (18.5, 1e8),
    }


def test_parts_of_a_whole_are_single_answers() -> None:
    chart = stacked(
        Plot({"若手": [45.0, 30.0, 25.0], "管理職": [60.0, 22.0, 18.0]}, ("賛成", "反対", "不明"))
    )
    reading = read_charts(chart)
    assert reading.charts[0].type == "hbar_stacked100"
    assert {f.question_type for f in reading.findings} == {"single"}


def test_words_of_a_chart_are_taken() -> None:
    chart = lying(Plot({"価格": [52.0], "品質": [44.5]}, ticks=(0, 20, 40, 60)))
    prose = scene((*chart.words, word("ほかの段落の文章です。", 60, 380)), chart.marks)
    taken = read_charts(prose).taken.words
    assert taken == frozenset(range(len(chart.words)))
