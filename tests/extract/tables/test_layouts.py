"""Tables as publishers lay them out: titles and headings inside the frame, counts over shares, totals, ranks,
answers in columns, headings over several columns, stripes."""

from __future__ import annotations

import pytest

from extract.finding import Finding, Taken
from extract.scene import Box, Mark, Scene, Word
from extract.tables import read_aligned, read_ruled
from extract.tables.cells import cell_values, named_unit
from extract.tables.headings import spread_over
from extract.tables.periods import is_time, is_year
from tests.extract.tables.test_tables import grid_of, laid_out, spanning, told, word


@pytest.mark.parametrize(
    "text",
    [
        "2024",
        "2024年",
        "令和5年度",
        "平成２９年度",
        "R6",
        "FY2023",
        "2024年（見込）",
        "2024年卒",
        "2023年4月",
    ],
)
def test_years(text: str) -> None:
    assert is_year(text)


@pytest.mark.parametrize("text", ["1年", "3年生", "20代", "120", "2,024", "年度", "50年以上"])
def test_what_is_no_year(text: str) -> None:
    assert not is_year(text)


@pytest.mark.parametrize("text", ["前回", "今期", "前年同期", "第3回", "4月1日", "10月", "previous"])
def test_waves_and_days_are_times(text: str) -> None:
    assert is_time(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("▲1.2", [-1.2]), ("△ 1.2", [-1.2]), ("−8.2", [-8.2]), ("－12.5", [-12.5]), ("±0.0", [0.0]),
        ("(1,500)", [1500]), ("75.6 1)", [75.6]), ("40.4% 2", [40.4]), ("76.0% (304人)", [76.0, 304]),
        ("12棟", [12]), ("…", []), ("*", []), ("1級", []), ("１２，３４０", [12340]),
    ],
)  # fmt: skip
def test_signs_of_numbers(text: str, numbers: list[float]) -> None:
    assert [v.number for v in cell_values(text)] == numbers


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("業況判断DI", ("point", 1)), ("Change (pp)", ("point", 1)), ("人口（百万人）", ("count", 1e6)),
        ("実数（千）", ("count", 1e3)),
        ("100～500万円", None), ("Audi", None),
    ],
)  # fmt: skip
def test_units_of_headings(text: str, unit: tuple[str, float] | None) -> None:
    assert named_unit(text) == unit


def first(found: tuple[Finding, ...]) -> tuple[str, str, float, str]:
    return found[0].item, found[0].segment, found[0].value, found[0].unit


def test_a_title_inside_the_frame_is_the_question() -> None:
    found = read_ruled(spanning("表1 投資|表1 投資|表1 投資", "|ある|ない", "大企業|58.0%|42.0%")).findings
    assert {f.question for f in found} == {"表1 投資"}
    assert first(found) == ("ある", "大企業", 58.0, "percent")


def test_a_heading_over_rows_names_none_of_them() -> None:
    scene = spanning(
        "|n|はい|いいえ", "性別|性別|性別|性別", "男性|310|42.3%|57.7%", "女性|290|55.2%|44.8%",
        "年代|年代|年代|年代", "20代|140|51.4%|48.6%",
    )  # fmt: skip
    found = read_ruled(scene).findings
    assert [(f.item, f.segment) for f in found[::2]] == [("はい", "男性"), ("はい", "女性"), ("はい", "20代")]


@pytest.mark.parametrize("second", ["増やす", ""])
def test_shares_under_their_counts(second: str) -> None:
    scene = spanning(
        "|全体|東", "n|500|210", "増やす|180|96", f"{second}|36.0|45.7", "減らす|320|114", "減らす|64.0|54.3"
    )
    found = read_ruled(scene).findings
    assert [(f.item, f.segment, f.value, f.unit) for f in found[:4]] == [
        ("増やす", "", 180, "count"), ("増やす", "東", 96, "count"),
        ("増やす", "", 36.0, "percent"), ("増やす", "東", 45.7, "percent"),
    ]  # fmt: skip
    assert [f.base_n for f in found if f.unit == "percent"] == [500, 210, 500, 210]


def test_a_row_called_everyone_with_whole_numbers_holds_the_sample_sizes() -> None:
    found = read_ruled(grid_of("|合計|正社員", "全体|1,000|640", "手当|31.2|42.2", "食堂|20.5|24.8")).findings
    assert told(found)[:2] == [("手当", "", 31.2), ("手当", "正社員", 42.2)]
    assert [f.base_n for f in found] == [1000, 640, 1000, 640]


def test_a_total_column_of_sizes_and_hundreds() -> None:
    scene = grid_of(
        "|TOTAL|毎日|週数回", "MALE|300|75|225", "|100.0|25.0|75.0", "FEMALE|300|45|255", "|100.0|15.0|85.0"
    )
    found = [f for f in read_ruled(scene).findings if f.unit == "percent"]
    assert [(f.item, f.segment, f.value) for f in found][:2] == [
        ("毎日", "MALE", 25.0),
        ("週数回", "MALE", 75.0),
    ]
    assert {f.base_n for f in found} == {300}


def test_answers_in_columns_over_their_count_and_share() -> None:
    scene = grid_of("20代|30代|40代|計", "88人|132人|180人|400人", "22.0%|33.0%|45.0%|100.0%")
    found = read_ruled(scene).findings
    assert {("20代", "", 88.0), ("20代", "", 22.0), ("40代", "", 45.0)} <= set(told(found))
    assert {f.base_n for f in found if f.unit == "percent"} == {400}


def test_class_limits_are_headings() -> None:
    found = read_ruled(grid_of("|0冊|1～2冊|3冊以上", "総数|47.3|37.6|15.1", "20代|48.8|36.1|15.1")).findings
    assert told(found)[:2] == [("0冊", "", 47.3), ("1～2冊", "", 37.6)]


def test_changes_of_shares_are_points_whatever_they_are_called() -> None:
    scene = grid_of("Priority|2024|2025|Change (pp)", "Hiring|33.6%|30.2%|-3.4", "Cost|52.1%|47.8%|-4.3")
    found = [f for f in read_ruled(scene).findings if f.unit == "point"]
    assert told(tuple(found)) == [("Hiring", "2024→2025", -3.4), ("Cost", "2024→2025", -4.3)]


def test_several_columns_without_headings_name_nothing() -> None:
    found = read_ruled(grid_of("30代|50.0%|50.0%", "40代|46.4%|53.6%")).findings
    assert {f.item for f in found} == {""}


def test_groups_of_questions_belong_to_the_question() -> None:
    scene = spanning(
        "Characteristic|Category|n|%", "Tenure|Under 1 year|88|22.0", "Tenure|Over 1 year|312|78.0"
    )
    found = read_ruled(scene).findings
    assert {(f.item, f.segment, f.question) for f in found} == {
        ("Under 1 year", "", "Tenure"), ("Over 1 year", "", "Tenure"),
    }  # fmt: skip


def columns(*spans: tuple[float, float]) -> list[Box]:
    return [Box(a, 100, b, 110) for a, b in spans]


def test_headings_over_several_columns_are_dealt_out_in_order() -> None:
    places = columns((100, 120), (150, 170), (200, 220), (250, 270), (300, 320))
    heads = [Box(150, 80, 170, 90), Box(265, 80, 305, 90)]  # the middles of columns 1-3 and 4-5
    assert spread_over(heads, places, 10.0) == [0, 0, 0, 1, 1]
    assert spread_over([Box(128, 80, 142, 90)], places, 10.0) == [0, 0, None, None, None]
    assert spread_over([Box(340, 80, 380, 90)], places, 10.0) is None


def aligned(*words: Word, marks: tuple[Mark, ...] = ()) -> tuple[Finding, ...]:
    return read_aligned(Scene(595, 842, page=1, words=words, marks=marks), Taken()).findings


def test_a_banner_without_rules() -> None:
    words = laid_out("|計|男|女", "n|730|400|330", "する|36.2%|39.5%|32.1%", "しない|63.8%|60.5%|67.9%")
    found = aligned(*words, word("性別", 312, 86))
    assert told(found)[:3] == [("する", "", 36.2), ("する", "男", 39.5), ("する", "女", 32.1)]


def test_headings_in_the_middle_of_wide_columns_of_numbers_set_flush() -> None:
    words = [word(t, x, 80) for t, x in (("前回", 160), ("今回", 280))]
    for at, (name, a, b) in enumerate((("認知", "45.2%", "48.7%"), ("利用", "20.1%", "18.9%"))):
        words += [word(name, 50, 100 + 16 * at), word(a, 190, 100 + 16 * at), word(b, 310, 100 + 16 * at)]
    assert told(aligned(*words))[:2] == [("認知", "前回", 45.2), ("認知", "今回", 48.7)]


def test_ranks_before_the_names_of_rows() -> None:
    words = [word(t, x, 80) for t, x in (("順位", 50), ("項目", 90), ("2024年", 190), ("2023年", 270))]
    rows = (
        ("1位", "物価", "68.4%", "61.0%"),
        ("2位", "人手", "52.3%", "50.9%"),
        ("3位", "円安", "33.1%", "35.4%"),
    )
    for at, row in enumerate(rows):
        words += [word(t, (50, 90, 196, 276)[c], 100 + 20 * at) for c, t in enumerate(row)]
    assert {f.item for f in aligned(*words)} == {"物価", "人手", "円安"}


def test_one_column_of_shares_without_rules() -> None:
    words = laid_out("世代|割合", "若者|68.5%", "中年|71.2%", "老人|38.4%")
    assert told(aligned(*words)) == [("若者", "", 68.5), ("中年", "", 71.2), ("老人", "", 38.4)]


def test_numbers_run_together_in_one_word_are_two_cells() -> None:
    words = [
        w
        for w in laid_out("|全体|東", "電話|54.1%|48.3%", "訪問|34.0%|27.5%")
        if w.text not in ("34.0%", "27.5%")
    ]
    first_row = next(w for w in words if w.text == "54.1%")
    x = first_row.box.x0
    edges = (x, x + 6, x + 12, x + 18, x + 24, x + 80, x + 86, x + 92, x + 98, x + 104, x + 110)
    words.append(Word("34.0%27.5%", Box(x, 140, x + 110, 150), 10, edges=edges))
    assert told(aligned(*words))[2:] == [("訪問", "", 34.0), ("訪問", "東", 27.5)]


def striped(*marks: Mark) -> tuple[Finding, ...]:
    words = laid_out("項目|全体|男性", "使う|3.82|3.75", "価格|2.95|3.01", "支え|4.10|4.05")
    return read_ruled(Scene(595, 842, page=1, words=words, marks=marks)).findings


def test_full_tables_on_stripes_are_read_before_charts() -> None:
    stripes = [
        Mark("rect", Box(x, 138, x + 80, 156), fill="#eef3f8") for x in (40.0, 120.0, 200.0)
    ]  # painted cell by cell
    assert told(striped(*stripes))[:2] == [("使う", "", 3.82), ("使う", "男性", 3.75)]


def test_numbers_among_bars_are_left_to_charts() -> None:
    bars = [Mark("rect", Box(90, 120 + 20 * k, 130 + 17 * k, 130 + 20 * k), fill="#3366cc") for k in range(3)]
    assert striped(*bars) == ()


def test_counts_beside_their_shares_are_about_everyone_whatever_they_are_called() -> None:
    scene = grid_of("区分|世帯数|構成比", "持ち家|1,204|60.2%", "借家|796|39.8%", "総数|2,000|100.0%")
    found = read_ruled(scene).findings
    assert told(found) == [
        ("持ち家", "", 1204), ("持ち家", "", 60.2), ("借家", "", 796), ("借家", "", 39.8),
    ]  # fmt: skip
    assert {f.base_n for f in found if f.unit == "percent"} == {2000}


def test_units_in_a_row_of_their_own_tell_the_columns_apart() -> None:
    found = read_ruled(grid_of("職種|人数|年収", "|（人）|（万円）", "営業|120|512", "技術|230|548")).findings
    assert [(f.item, f.segment, f.value, f.unit) for f in found[:2]] == [
        ("人数", "営業", 120, "count"), ("年収", "営業", 512, "currency_jpy"),
    ]  # fmt: skip


def test_columns_of_a_test_are_no_results() -> None:
    found = read_ruled(
        grid_of("Item|Sales|Admin|p-value", "Goals|3.92|3.55|0.012", "Load|2.80|3.10|0.241")
    ).findings
    assert [f.value for f in found] == [3.92, 3.55, 2.80, 3.10]


def test_a_single_column_that_measures_is_no_group() -> None:
    found = read_ruled(grid_of("道具|シェア|前回順位", "甲|48.2%|1位", "乙|33.9%|3位")).findings
    assert told(found) == [("甲", "", 48.2), ("乙", "", 33.9)]


def test_headings_wrapped_over_lines_without_rules() -> None:
    words = [word(t, x, 76) for t, x in (("どちらかと", 220), ("いえば賛", 320))]
    words += [word(t, x, 87) for t, x in (("賛成", 150), ("言えば反", 226), ("成", 341))]
    for at, name in enumerate(("男性", "女性")):
        numbers = (("12.0%", 150), ("48.0%", 229), ("40.0%", 329))
        words += [word(name, 50, 106 + 16 * at), *(word(t, x, 106 + 16 * at) for t, x in numbers)]
    found = aligned(*words)
    assert [f.item for f in found[:3]] == ["賛成", "どちらかと言えば反", "いえば賛成"]


@pytest.mark.parametrize("name", ["全 体", "回答者計", "総合計", "Total", "Grand total", "All respondents"])
def test_names_of_everyone(name: str) -> None:
    found = read_ruled(grid_of(f"|{name}|東", "n|500|210", "ある|36.0%|45.7%")).findings
    assert [f.segment for f in found] == ["", "東"]
