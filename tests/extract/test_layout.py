"""Words with places -> paragraphs: columns, wrapped lines, headings, call-outs, page numbers."""

from __future__ import annotations

from extract.finding import Taken
from extract.layout import scene_to_paragraphs
from extract.scene import Box, Paragraph, Scene, Word

PAGE = (595.0, 842.0)


def line(text: str, x: float, y: float, size: float = 10, bold: bool = False) -> Word:
    """A word whose characters are ``size`` wide, Latin ones half."""
    edges = [x]
    for c in text:
        edges.append(edges[-1] + (size / 2 if c.isascii() else size))
    return Word(text, Box(x, y, edges[-1], y + size), size, tuple(edges), bold=bold)


def paragraphs(*words: Word, taken: frozenset[int] = frozenset()) -> tuple[Paragraph, ...]:
    return scene_to_paragraphs(Scene(*PAGE, page=1, words=words, text_source="text"), Taken(taken))


def texts(*words: Word) -> list[str]:
    return [p.text for p in paragraphs(*words)]


def test_wrapped_lines_are_one_paragraph_without_a_space() -> None:
    assert texts(line("在宅勤務の頻度を聞いたと", 50, 100), line("ころ、「毎日」が最多。", 50, 114)) == [
        "在宅勤務の頻度を聞いたところ、「毎日」が最多。"
    ]


def test_latin_words_keep_their_space_over_a_line_end() -> None:
    assert texts(line("導入した製品はCustomer", 50, 100), line("Successの三つでした。", 50, 114)) == [
        "導入した製品はCustomer Successの三つでした。"
    ]


def test_columns_are_read_one_after_the_other() -> None:
    left = [line("左の段の一行目です。", 50, 100), line("左の段の二行目です。", 50, 114)]
    right = [line("右の段の一行目です。", 320, 100), line("右の段の二行目です。", 320, 114)]
    assert "".join(texts(*left, *right)).startswith("左の段の一行目です。左の段の二行目です。右")


def test_a_sentence_goes_on_at_the_head_of_the_next_column() -> None:
    left = [
        line("回答者の多くが満足しており、そ", 50, 100),
        line("の理由として「価格が安いこと」や", 50, 114),
    ]
    right = [
        line("「対応が速いこと」を挙げました。", 320, 100),
        line("一方、不満の声もありました。", 320, 114),
    ]
    assert "価格が安いこと」や「対応が速いこと」を挙げました。" in "".join(texts(*left, *right)[0])


def test_every_character_has_its_own_box() -> None:
    (paragraph,) = paragraphs(line("約62.5％が「はい」", 50, 100))
    assert len(paragraph.boxes) == len(paragraph.text)
    start = paragraph.text.index("6")
    assert paragraph.boxes[start].x0 == 60


def test_large_short_lines_are_headings_and_a_lone_large_number_a_call_out() -> None:
    body = [line("これは本文の文です。これは本文の文です。", 50, 200 + 14 * i) for i in range(6)]
    found = paragraphs(line("調査結果のまとめ", 50, 60, size=18), line("76%", 300, 60, size=30), *body)
    kinds = {p.text: p.kind for p in found}
    assert kinds["調査結果のまとめ"] == "heading"
    assert kinds["76%"] == "callout"


def test_bullets_start_paragraphs() -> None:
    found = paragraphs(
        line("・運動不足になった：44％です", 50, 100), line("・光熱費が増えた：27％でした", 50, 114)
    )
    assert [p.kind for p in found] == ["item", "item"]


def test_page_numbers_are_left_out() -> None:
    assert texts(line("本文です。", 50, 400), line("- 12 -", 280, 815)) == ["本文です。"]


def test_words_that_charts_took_are_left_out() -> None:
    words = (line("本文です。", 50, 100), line("38.4%", 300, 100))
    assert [p.text for p in paragraphs(*words, taken=frozenset({1}))] == ["本文です。"]


def test_furigana_is_left_out() -> None:
    words = (line("けいぞく", 50, 93, size=5), line("継続率が高まりました。", 50, 100))
    assert texts(*words) == ["継続率が高まりました。"]


def test_a_label_keeps_its_colon_over_a_wide_gap() -> None:
    words = (line("・対象者", 50, 100), line("：全国の20歳以上の男女", 150, 100))
    assert texts(*words) == ["・対象者 ：全国の20歳以上の男女"]


def test_lines_about_one_middle_are_a_title_s_own_lines() -> None:
    words = (line("中小企業の半数が人手不足を実感", 100, 60), line("採用手法に違い", 140, 76))
    assert len(texts(*words)) == 2


def test_text_that_the_source_knows_is_taken_over() -> None:
    given = (Paragraph("そのまま"),)
    assert scene_to_paragraphs(Scene(0, 0, unit="none", paragraphs=given), Taken()) == given


def test_ocr_characters_keep_their_doubts() -> None:
    seen = Word("62.5％", Box(50, 100, 100, 110), 10, (50, 60, 70, 75, 85, 100), doubts=(0.9, 0.7, 1, 1, 1),
                confidence=0.7, seen_by="ocr")  # fmt: skip
    (paragraph,) = paragraphs(line("「はい」は", 0, 100), seen)
    assert paragraph.text == "「はい」は62.5％"
    assert paragraph.doubts[:5] == (1.0,) * 5
    assert min(paragraph.doubts[5:]) == 0.7
    assert max(paragraph.doubts[5:]) < 1


def test_a_number_cut_by_the_line_end_is_whole_again() -> None:
    assert texts(line("割合は年ごとに伸びており、2", 50, 100), line("026年は58.3%に達した。", 50, 114)) == [
        "割合は年ごとに伸びており、2026年は58.3%に達した。"
    ]


def test_lines_that_begin_with_a_label_are_a_list() -> None:
    facts = ["調査対象：全国の会社員と会社役員", "調査時期：2030年4月1日から5日", "調査方法：郵送"]
    assert texts(*(line(text, 50, 100 + 14 * k) for k, text in enumerate(facts))) == facts


def test_the_last_letters_of_a_centred_sentence_are_no_line_of_their_own() -> None:
    assert texts(line("が人手の不足を課題に挙げ", 100, 100), line("る", 155, 114)) == [
        "が人手の不足を課題に挙げる"
    ]
    assert len(texts(line("勤務先の満足度を調べた", 100, 100), line("第3回", 142, 114))) == 2
