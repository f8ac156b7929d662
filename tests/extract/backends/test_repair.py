"""Systematic OCR errors and what they become; what a rule must leave alone stands beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.backends.glyphs import Glyph, text_of
from extract.backends.repair import RULES, mend, mend_text, split_swatch


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        pytest.param("ー部の店舗", "一部の店舗", id="ー begins no word"),
        pytest.param("第ー四半期", "第一四半期", id="ー follows no kanji"),
        pytest.param("サ一ビス", "サービス", id="一 among katakana"),
        pytest.param("ユ-ザー", "ユーザー", id="a hyphen among katakana"),
        pytest.param("ロコミで知った", "口コミで知った", id="word of mouth"),
        pytest.param("窓ロ対応", "窓口対応", id="ロ among kanji"),
        pytest.param("プ口セス", "プロセス", id="口 among katakana"),
        pytest.param("サポー卜", "サポート", id="卜 after katakana"),
        pytest.param("デー夕", "データ", id="夕 after katakana"),
        pytest.param("第ニ回", "第二回", id="ニ among kanji"),
        pytest.param("加エ業", "加工業", id="エ among kanji"),
        pytest.param("千ャット", "チャット", id="千 before a small kana"),
        pytest.param("拡大ノ縮小", "拡大ノ縮小", id="ノ between kanji may be ノ"),
        pytest.param("登録ノお試し", "登録／お試し", id="a slash before kana"),
        pytest.param("CRMノSFA", "CRM/SFA", id="a slash between letters"),
        pytest.param("LTVノ解約率", "LTV/解約率", id="a slash between letters and kanji"),
        pytest.param("会員口イヤルティ", "会員ロイヤルティ", id="口 that ends no word"),
        pytest.param("システ△連携", "システム連携", id="a triangle inside a word"),
        pytest.param("システ△", "システム", id="a triangle that ends a word"),
        pytest.param("セミナーヘの参加", "セミナーへの参加", id="ヘ behind katakana"),
        pytest.param("KPlの達成", "KPIの達成", id="l among capitals"),
        pytest.param("生成Al", "生成AI", id="l behind a capital"),
        pytest.param("SlerやITベンダー", "SIerやITベンダー", id="SI and er"),
        pytest.param("12,4%", "12.4%", id="a comma before one digit is a point"),
        pytest.param("8:0%", "8.0%", id="a colon before a share's last digit is a point"),
        pytest.param("1O.5%", "10.5%", id="a letter among digits"),
        pytest.param("l7.5%", "17.5%", id="a letter before digits"),
        pytest.param(
            "教えてください(単一回答）", "教えてください（単一回答）", id="brackets beside Japanese"
        ),
        pytest.param("4５.1％", "45.1％", id="digits of both widths"),
        pytest.param("10~29人", "10\u301c29人", id="a range"),
        pytest.param("予算/人員", "予算／人員", id="a slash between Japanese"),
    ],
)
def test_an_error_of_the_engine_is_undone(seen: str, meant: str) -> None:
    assert mend_text(seen) == meant


@pytest.mark.parametrize(
    "text",
    [
        "1,204", "10:30", "9,876,543", "12.4%", "n=1,024", "モノづくり", "ノウハウ", "一部", "データ",
        "サービスへ", "東京へ行く", "ロコモ", "Q1,2", "2024-2025", "B to B", "(n=345)", "ソロ活動",
        "夕方", "八百屋", "カエル", "コーヒー一杯", "力を入れる", "二か月", "第一回", "I/O", "90%",
        "ヘルプ", "すべて", "窓口サービス", "人口ピラミッド", "ITノウハウ", "マイナス△5.0",
        "Sleep", "All", "Google", "Slack",
    ],
)  # fmt: skip
def test_what_is_right_stays(text: str) -> None:
    assert mend_text(text) == text


@given(
    st.text(
        alphabet="一ー二ニ口ロ工エ力カ夕タ卜トへヘべベノ/()（）0123456789.,:%~・顧客データOlIあA ",
        max_size=30,
    )
)
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(mend_text(text)) == len(text)


@given(st.text(alphabet="一ー二ニ口ロ工エタ卜トへヘノ/()（）0123456789.,%~客デあA", max_size=20))
def test_mending_twice_is_mending_once_or_settles(text: str) -> None:
    once = mend_text(text)
    assert mend_text(mend_text(once)) == mend_text(once)


def test_every_rule_says_why() -> None:
    assert all(rule.why for rule in RULES)


def glyphs(text: str, confidence: float = 0.9) -> list[Glyph]:
    return [Glyph(char, 10.0 * i, confidence) for i, char in enumerate(text)]


@pytest.mark.parametrize(
    ("seen", "kept"),
    [
        pytest.param("|47.6%", "47.6%", id="a bar's end before a number"),
        pytest.param("非会員|", "非会員", id="a frame after a label"),
        pytest.param("[8.2%", "8.2%", id="a bracket that is a bar's end"),
        pytest.param("174", "174", id="a 1 may be a 1"),
        pytest.param("[参考]", "[参考]", id="brackets of a label"),
    ],
)
def test_frames_read_as_characters_are_dropped(seen: str, kept: str) -> None:
    assert text_of(mend(glyphs(seen))) == kept


def test_mended_characters_keep_their_confidence_and_place() -> None:
    mended = mend([Glyph("窓", 5, 0.99), Glyph("ロ", 15, 0.4)])
    assert mended == [Glyph("窓", 5, 0.99), Glyph("口", 15, 0.4)]


@pytest.mark.parametrize(
    ("seen", "parts"),
    [
        ("■満足", ["■", "満足"]),
        ("満足", ["満足"]),
        ("□■不満", ["□■", "不満"]),
        ("●", ["●"]),
        ("※複数回答", ["※複数回答"]),
        ("-O-男性-O-女性", ["男性", "女性"]),
        ("—●—2024年", ["2024年"]),
        ("A-0-1", ["A-0-1"]),
    ],
)
def test_a_swatch_is_a_word_apart_from_its_label(seen: str, parts: list[str]) -> None:
    assert [text_of(part) for part in split_swatch(glyphs(seen))] == parts
