"""The question a chart answers, and whom it asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.charts import read_charts
from extract.charts.titles import clean_title, group_of, question_type
from extract.scene import Scene, Word
from tests.extract.charts.barcharts import Plot, lying, stacked
from tests.extract.charts.drawing import EM, rect, scene, word

REASONS = Plot({"価格": [52.0], "品質": [44.5], "納期": [31.0]}, title="", top=160.0)


def drawn(*above: Word) -> Scene:
    """A chart without a title of its own under these words."""
    chart = lying(REASONS)
    return replace(chart, words=(*chart.words, *above))


def title(found: Scene) -> str:
    return read_charts(found).charts[0].title


def test_the_nearest_heading_wins() -> None:
    assert (
        title(drawn(word("第2章 導入状況", 60, 30, size=18), word("選んだ理由", 100, 120, size=12)))
        == "選んだ理由"
    )


def test_a_title_may_have_two_lines() -> None:
    lines = [word("製品を選ぶときに", 100, 105, size=12), word("重視した点", 100, 120, size=12)]
    assert title(drawn(*lines)) == "製品を選ぶときに重視した点"


def test_running_text_is_no_title() -> None:
    prose = [
        word("製品を選んだ理由を尋ねたところ、価格が最も多く挙がりました。", 60, 120, size=EM),
        word("次いで品質が続き、納期を挙げた企業も少なくありませんでした。", 60, 132, size=EM),
    ]
    assert title(drawn(word("選定の理由", 60, 80, size=12), *prose)) == "選定の理由"


def test_a_line_of_its_own_under_running_text_is_the_title_and_the_heading_that_of_the_section() -> None:
    prose = [
        word("製品を選んだ理由を尋ねたところ、価格が最も多く挙がりました。", 60, 95, size=EM),
        word("次いで品質が続き、納期を挙げた企業も少なくありませんでした。", 60, 107, size=EM),
    ]
    section = word("1. 価格が決め手に", 60, 70, size=12)
    assert title(drawn(section, *prose, word("製品を選んだ理由", 200, 135, size=EM))) == "製品を選んだ理由"
    assert title(drawn(section, *prose, word("全体", 120, 135, size=EM))) == "1. 価格が決め手に"


def test_units_and_bare_numbers_are_no_titles() -> None:
    assert (
        title(drawn(word("選んだ理由", 100, 110, size=12), word("（単位：％）", 120, 135, size=10)))
        == "選んだ理由"
    )


def test_the_file_words_the_title_better_than_the_page() -> None:
    read = drawn(word("選んた理由", 100, 120, size=12))
    assert title(replace(read, titles=("選んだ理由", "利用した感想"))) == "選んだ理由"
    assert clean_title("まったく別の話題", ("選んだ理由",)) == "まったく別の話題"


def test_the_title_names_sample_size_and_group() -> None:
    found = read_charts(drawn(word("選んだ理由（n=500、利用企業）", 100, 120, size=12))).findings
    assert {(f.question, f.segment, f.base_n, f.base_n_source) for f in found} == {
        ("選んだ理由", "利用企業", 500, "printed")
    }


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("選んだ理由（複数回答）", "multiple"),
        ("あてはまるものを全て選択（ＭＡ）", "multiple"),
        ("Why? (select all that apply)", "multiple"),
        ("性別（単一回答）", "single"),
        ("満足度", ""),
    ],
)
def test_question_type(text: str, kind: str) -> None:
    assert question_type(text) == kind


@pytest.mark.parametrize(
    ("text", "group"),
    [("【男性】", "男性"), ("20代", "20代"), ("2021年", "2021年"), ("満足度", ""), ("営業", "")],
)
def test_groups_that_title_a_small_multiple(text: str, group: str) -> None:
    assert group_of(text) == group


def multiples(names: tuple[str, str]) -> Scene:
    """Two stacked charts under each other, each with a short title, under one heading."""
    rows = {"若手": [45.0, 30.0, 25.0], "管理職": [60.0, 22.0, 18.0]}
    first = stacked(Plot(rows, ("賛成", "反対", "不明"), title="", top=150.0))
    second = stacked(Plot(rows, ("", "", ""), title="", top=270.0))
    words = [
        word("制度への評価", 100, 60, size=14),
        word(names[0], 180, 110, size=11),
        word(names[1], 180, 250, size=11),
    ]
    return scene((*first.words, *second.words, *words), (*first.marks, *second.marks))


def test_small_multiples_share_their_heading() -> None:
    charts = read_charts(multiples(("在宅勤務", "時差出勤"))).charts
    assert [chart.title for chart in charts] == ["制度への評価｜在宅勤務", "制度への評価｜時差出勤"]


def test_small_multiples_of_groups_are_segments() -> None:
    found = read_charts(multiples(("【男性】", "【女性】"))).findings
    assert {f.question for f in found} == {"制度への評価"}
    assert {f.segment for f in found} == {"男性 × 若手", "男性 × 管理職", "女性 × 若手", "女性 × 管理職"}


@pytest.mark.parametrize(
    "under",
    [
        "（単一回答、各年n=2,000）",
        "（％） 各回 n=2,000",
        "（複数回答可／n=2,000）",
        "単位：％（単一回答、n=2,000）",
        "n=2,000（各年代400人）",
    ],
)
def test_the_kind_of_answer_is_no_title_but_its_sample_size_counts(under: str) -> None:
    found = read_charts(drawn(word("選んだ理由", 100, 110, size=12), word(under, 100, 135, size=10))).findings
    assert {(f.question, f.base_n) for f in found} == {("選んだ理由", 2000)}


def test_sizes_of_several_groups_in_a_title_are_no_group_of_the_whole() -> None:
    plot = Plot(
        {"価格": [52.0, 41.0], "品質": [44.5, 36.0], "納期": [31.0, 33.0]},
        ("男性", "女性"),
        title="",
        top=160.0,
    )
    chart = lying(plot)
    chart = replace(
        chart, words=(*chart.words, word("選んだ理由（男性n=500、女性n=480）", 100, 120, size=12))
    )
    found = read_charts(chart).findings
    assert {(f.question, f.segment, f.base_n) for f in found} == {
        ("選んだ理由", "男性", 500),
        ("選んだ理由", "女性", 480),
    }


def test_the_question_under_a_title_tells_kind_and_sample_size_of_a_chart_in_a_panel() -> None:
    chart = drawn(
        word("選んだ理由", 100, 90, size=14),
        word("選んだ理由は何ですか。（複数回答、n=321）", 100, 115, size=EM),
    )
    panel = rect(50, 130, 700, 400, "#f4f4f4")
    found = read_charts(replace(chart, marks=(panel, *chart.marks))).findings
    assert {(f.question_type, f.base_n) for f in found} == {("multiple", 321)}


def test_a_question_that_ends_with_a_full_stop_is_a_title() -> None:
    words = [word("Q2. 今後も利用したいですか。（単一回答、n=640）", 100, 120, size=10)]
    found = read_charts(drawn(*words)).findings
    assert {(f.question, f.base_n) for f in found} == {("Q2. 今後も利用したいですか。（単一回答）", 640)}


@pytest.mark.parametrize(
    "line",
    [
        "複数回答　単位：％",
        "n=206 各項目単一回答 （%）",
        "（複数回答・抜粋）",
        "左軸：件数（件）、右軸：前年比（％）",
        "回答は3つまで",
        "上位10項目、降順",
    ],
)
def test_a_line_of_remarks_is_no_title(line: str) -> None:
    assert (
        title(drawn(word("接点として使う手段", 100, 40, size=12), word(line, 100, 58)))
        == "接点として使う手段"
    )


def test_the_number_of_a_figure_makes_a_title_in_type_of_any_size() -> None:
    assert title(drawn(word("図2-3 接点として使う手段", 100, 20))) == "図2-3 接点として使う手段"


@pytest.mark.parametrize(
    ("line", "group"), [("未導入企業の内訳", "未導入企業"), ("契約形態の内訳", ""), ("売上の内訳", "")]
)
def test_a_breakdown_is_about_a_group_unless_it_is_of_a_trait(line: str, group: str) -> None:
    found = read_charts(drawn(word(line, 100, 40, size=12))).findings
    assert {f.segment for f in found} == {group}


def test_a_line_that_says_everyone_was_asked_is_no_title() -> None:
    lines = (word("薦めたい度合い", 100, 30, size=12), word("回答者全体（n=720）", 100, 55))
    found = read_charts(drawn(*lines)).findings
    assert {(f.question, f.segment, f.base_n) for f in found} == {("薦めたい度合い", "", 720)}


def test_the_question_as_numbered_is_the_title_under_a_headline_of_results() -> None:
    lines = (
        word("最多は「価格」、半数を超える", 100, 22, size=16),
        word("Q3. 選ぶときに重視することをお選びください。（単一回答、n=331）", 100, 55),
    )
    found = read_charts(drawn(*lines)).findings
    assert {(f.question, f.base_n) for f in found} == {
        ("Q3. 選ぶときに重視することをお選びください。（単一回答）", 331)
    }


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("選んだ理由（複数回答、単位：％）", "選んだ理由（複数回答、単位：％）"),
        ("選んだ理由", "導入調査の結果"),
    ],
)
def test_a_line_in_the_type_of_the_labels_is_the_title_where_it_says_how_was_answered(
    line: str, kept: str
) -> None:
    assert title(drawn(word("導入調査の結果", 60, 60, size=16), word(line, 60, 130, size=EM))) == kept
