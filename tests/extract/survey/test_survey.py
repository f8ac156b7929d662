"""Who asked whom, when and how many: press releases and reports of several makes."""

from __future__ import annotations

from extract.finding import PageReading, SurveyFacts
from extract.scene import Box, Paragraph, Scene, Word
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
