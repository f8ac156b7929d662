"""What may never be bridged by similarity."""

import pytest

from normalize.fold import fold
from normalize.guards import guard
from normalize.similarity import misread, similarity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SaaS企業", "非SaaS企業"),
        ("1年未満", "2年未満"),
        ("1年未満", "1年以上"),
        ("影響があった", "影響はなかった"),
        ("売上が増加した", "売上が減少した"),
        ("新規顧客の獲得", "既存顧客の獲得"),
        ("ハイタッチの実施", "ロータッチの実施"),
        ("アップセル率", "クロスセル率"),
        ("とても感じている", "あまり感じている"),
        ("ヘルススコア（単体）", "ヘルススコア（複合）"),
        ("メール開封率", "メール開封数"),
        ("オンボーディング", "オンボーディングツール"),
        ("大きく増えた", "大きく増える"),
        ("活用できる", "活用している"),
    ],
)
def test_opposites_never_agree(one: str, other: str) -> None:
    assert not guard(fold(one)).agrees(guard(fold(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("顧客満足度の向上", "顧客満足度が向上した"),
        ("人材が不足している", "人材不足"),
        ("不動産業", "不動産業界"),
        ("問い合わせ対応", "顧客からの問い合わせ対応"),
    ],
)
def test_other_words_for_the_same_agree(one: str, other: str) -> None:
    assert guard(fold(one)).agrees(guard(fold(other)))


@pytest.mark.parametrize(
    ("read", "label", "may_be"),
    [
        pytest.param("解約率の削滅", "解約率の削減", True, id="like-looking kanji"),
        pytest.param("オンポーディング", "オンボーディング", True, id="handakuten"),
        pytest.param("アップセルノクロスセル", "アップセルクロスセル", True, id="slash read as a stroke"),
        pytest.param("解約率の増加", "解約率の削減", False, id="another word"),
        pytest.param("社数", "社教", False, id="too short to tell"),
    ],
)
def test_misreadings_are_told_from_other_words(read: str, label: str, may_be: bool) -> None:
    assert bool(misread(fold(read), fold(label))) is may_be


def test_a_particle_weighs_less_than_a_kanji_and_a_word_more_than_two_glyphs() -> None:
    label = fold("顧客満足度の調査")
    particle = similarity(fold("顧客の満足度の調査"), label)
    glyph = similarity(fold("顧容満足度の調査"), label)
    word = similarity(fold("顧客満足度の向上"), label)
    assert particle > word
    assert glyph > word


def test_a_glyph_that_makes_no_word_is_a_misreading_and_one_that_makes_a_word_is_not() -> None:
    words = {"顧客", "客満", "満足", "足度", "客単", "単価", "価の"}
    assert misread("顧蔵満足度", "顧客満足度", words)
    assert not misread("顧客単足度", "顧客満足度", words)
