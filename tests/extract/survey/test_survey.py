"""Who asked whom, when and how many: press releases and reports of several makes."""

from __future__ import annotations

import pytest

from extract.finding import PageReading, SurveyFacts
from extract.scene import Box, Grid, GridCell, Paragraph, Scene, Word
from extract.sources import Origin
from extract.survey import read_survey


def facts(*lines: str, title: str = "", author: str = "") -> SurveyFacts:
    paragraphs = tuple(
        Paragraph(line.lstrip("^"), "heading" if line[0] == "^" else "body", level=1) for line in lines
    )
    scene = Scene(0, 0, unit="none", paragraphs=paragraphs, text_source="text")
    origin = Origin("x.txt", "text", None, title=title, author=author)
    return read_survey(origin, [PageReading(scene)], [paragraphs])


def test_a_press_release_with_an_outline_block() -> None:
    found = facts(
        "2024年6月3日",
        "株式会社みほんラボ",
        "見本市場の実態を調べた結果、約7割が出展を増やすと回答",
        "株式会社みほんラボ（本社：東京都千代田区、代表取締役：見本太郎）は、「見本市に関する実態調査」を実施しました。",
        "■調査概要",
        "・調査名称：見本市に関する実態調査",
        "・調査方法：インターネット調査",
        "・調査期間：2024年5月10日～2024年5月14日",
        "・調査地域：全国",
        "・調査対象：従業員50名以上の企業に勤める営業担当者",
        "・有効回答数：1,032名",
    )
    assert found.publisher == "株式会社みほんラボ"
    assert found.survey_name == "見本市に関する実態調査"
    assert (found.fieldwork_start, found.fieldwork_end) == ("2024-05-10", "2024-05-14")
    assert (found.method, found.region) == ("インターネット調査", "全国")
    assert found.population == "従業員50名以上の企業に勤める営業担当者"
    assert found.sample_size == 1032
    assert found.release_date == "2024-06-03"
    assert found.year == "2024"


def test_labels_in_brackets_and_counts_at_the_end_of_the_population() -> None:
    found = facts(
        "【調査対象】全国の20～59歳の会社員500名",
        "【調査時期】2023年11月1日（水）～11月7日（火）",
        "【調査手法】郵送調査",
    )
    assert found.population == "全国の20～59歳の会社員"
    assert found.sample_size == 500
    assert found.region == "全国"
    assert found.fieldwork_end == "2023-11-07"
    assert found.method == "郵送調査"


def test_edition_and_its_year() -> None:
    found = facts("～人材白書、2023年版第二弾の結果～", "この度2023年版第二弾を公開しました。")
    assert (found.edition, found.year) == ("2023年版第二弾", "2023")


def test_a_title_is_joined_with_the_subtitle_that_names_the_survey() -> None:
    found = facts(
        "^紙の請求書が残る理由は「取引先の都合」",
        "～経理の実態調査、2022年版～",
        "経理部門に聞きました。",
    )
    assert found.title == "紙の請求書が残る理由は「取引先の都合」 ～経理の実態調査、2022年版～"


def test_the_file_s_own_title_only_where_it_is_one() -> None:
    assert (
        facts("本文です。", title="働き方に関する調査レポート2024").title == "働き方に関する調査レポート2024"
    )
    assert facts("本文です。", title="Microsoft Word - 原稿.docx").title == ""


def test_what_is_not_said_stays_empty() -> None:
    assert facts("満足度を聞きました。") == SurveyFacts()


def test_labels_and_values_in_two_columns_of_a_page() -> None:
    rows = [("調査期間", "2024年8月1日～8月9日"), ("調査方法", "訪問面接調査"), ("有効回答数", "2,480")]
    words = []
    for k, (label, value) in enumerate(rows):
        y = 100.0 + 20 * k
        words.append(Word(label, Box(50, y, 110, y + 10), 10))
        words.append(Word(value, Box(200, y, 320, y + 10), 10))
    scene = Scene(595, 842, page=1, words=tuple(words), text_source="text")
    found = read_survey(Origin("x.pdf", "pdf", 1), [PageReading(scene)], [()])
    assert (found.fieldwork_start, found.fieldwork_end) == ("2024-08-01", "2024-08-09")
    assert found.method == "訪問面接調査"
    assert found.sample_size == 2480


def outline(*rows: str) -> SurveyFacts:
    """The facts of a page whose outline is a table, cells divided by |."""
    cells = tuple(GridCell(r, c, text=t) for r, row in enumerate(rows) for c, t in enumerate(row.split("|")))
    scene = Scene(0, 0, unit="none", grids=(Grid(cells),), text_source="text")
    return read_survey(Origin("x.html", "html", None), [PageReading(scene)], [()])


@pytest.mark.parametrize(
    "rows",
    [
        ("実査期間|2023年7月10日〜7月14日", "対象者条件|店舗の運営者", "回収サンプル数|600s"),
        ("実査期間|2023年7月10日〜7月14日|対象者条件|店舗の運営者", "回収サンプル数|600s|備考|なし"),
        ("実査期間|対象者条件|回収サンプル数", "2023年7月10日〜7月14日|店舗の運営者|600s"),
    ],
)
def test_an_outline_as_a_table(rows: tuple[str, ...]) -> None:
    found = outline(*rows)
    assert (found.fieldwork_start, found.fieldwork_end) == ("2023-07-10", "2023-07-14")
    assert (found.population, found.sample_size) == ("店舗の運営者", 600)


def test_an_outline_run_together_or_parted_by_blanks_alone() -> None:
    found = facts(
        "調査時期：2021年12月27日～2022年1月5日調査対象：既婚女性 計1,500名調査方法：ネットリサーチ"
    )
    assert (found.fieldwork_start, found.fieldwork_end) == ("2021-12-27", "2022-01-05")
    assert (found.population, found.sample_size, found.method) == ("既婚女性", 1500, "ネットリサーチ")
    found = facts("調査地域 市内全域", "有効回収数 1,512票（有効回収率50.4％）", "| 調査方法 | 郵送 |")
    assert (found.region, found.sample_size, found.method) == ("市内全域", 1512, "郵送")


def test_valid_answers_stand_above_the_number_sent_out() -> None:
    found = facts("調査対象：会員企業 5,000社", "配布数 5,000 有効回答数 1,846 回収率 36.9％")
    assert (found.population, found.sample_size) == ("会員企業", 1846)


@pytest.mark.parametrize(
    ("sentence", "population", "size"),
    [
        (
            "株式会社みほんは、2022年11月に全国の会社員2,000名を対象として副業の調査を行いました。",
            "全国の会社員", 2000,
        ),
        ("調査は6月1日から4日まで、一人暮らしの男女（計800人）に実施しています。", "一人暮らしの男女", 800),
        (
            "The survey was conducted online in 2023 among 2,145 IT managers in Canada.",
            "IT managers in Canada", 2145,
        ),
    ],
)  # fmt: skip
def test_who_was_asked_as_sentences_say_it(sentence: str, population: str, size: int) -> None:
    found = facts(sentence)
    assert (found.population, found.sample_size) == (population, size)


def test_an_english_outline() -> None:
    found = facts(
        "State of Sample Support 2024",
        "Published by Sample Insights, March 2024",
        "Survey period: January 15 - February 2, 2024",
        "Respondents: Support leaders",
        "Sample size: 1,032",
    )
    assert (found.fieldwork_start, found.fieldwork_end) == ("2024-01-15", "2024-02-02")
    assert (found.publisher, found.population, found.sample_size) == (
        "Sample Insights",
        "Support leaders",
        1032,
    )


def test_the_first_of_several_surveys_is_the_report_s() -> None:
    found = facts(
        "働き方の白書2023", "【調査1：個人】", "調査方法：インターネット調査", "有効回答数：3,000人",
        "【調査2：企業】", "調査方法：郵送調査", "有効回答数：642社",
    )  # fmt: skip
    assert (found.title, found.method, found.sample_size) == ("働き方の白書2023", "インターネット調査", 3000)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("^見本技術の動向", "^第４章", "本文です。"), "第４章 見本技術の動向"),
        (("^別紙３", "^見本村の給与について", "^１", "本文です。"), "見本村の給与について"),
    ],
)
def test_the_title_of_a_chapter(lines: tuple[str, ...], title: str) -> None:
    assert facts(*lines).title == title


def test_a_section_s_number_is_no_title_where_the_file_has_one() -> None:
    assert facts("^３", "^結婚の状況", title="見本白書 全体版").title == "見本白書 全体版"


def test_the_name_of_a_survey_is_what_its_report_reports_on() -> None:
    assert facts("賃上げに関する実態調査 結果報告書").survey_name == "賃上げに関する実態調査"


def test_cells_that_ran_together_are_no_sample_size() -> None:
    assert facts("回答者数（n）：41220148.8%164").sample_size is None
    assert facts("回答者数：412 264 148").sample_size is None
    assert facts("回答者数：412").sample_size == 412


def test_a_heading_with_a_section_sign_is_not_the_title() -> None:
    given = "見本市に関する実態調査 2030"
    assert facts("^■利用は大企業が先行", title=given).title == given
    assert facts("^利用は大企業が先行", title=given).title == "利用は大企業が先行"
