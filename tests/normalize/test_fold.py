"""Two spellings of one label share a key; two labels do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.fold import fold, plain

JAPANESE = st.text(
    st.sampled_from(
        "カスタマーサクセス―ｰ-〜顧客満足度の向上ヶ月三年一二力カ口ロ・（）／ 0１2,.%取り組み売り上げﾊﾟ⼈⻑"
    ),
    max_size=20,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("カスタマーサポート", "カスタマ―サポート", id="horizontal bar for a long vowel"),
        pytest.param("カスタマーサポート", "カスタマ一サポート", id="kanji one for a long vowel"),
        pytest.param("ユーザー数", "ユーザ数", id="long vowel left out"),
        pytest.param("オンボーディング", "オンボーデイング", id="small kana read large"),
        pytest.param("ＣＲＭ／ＳＦＡ", "CRM/SFA", id="full width"),
        pytest.param("契 約 更 新", "契約更新", id="letter-spaced"),
        pytest.param("⼈材の⻑期育成", "人材の長期育成", id="CJK radicals"),
        pytest.param("顾客维持率", "顧客維持率", id="simplified kanji"),
        pytest.param("國內", "国内", id="old kanji"),
        pytest.param("アップセル・クロスセル", "アップセル／クロスセル", id="middle dot or slash"),
        pytest.param("「期間のみ」", "期間のみ", id="quotation marks"),
        pytest.param("売り上げ", "売上げ", id="okurigana"),
        pytest.param("問い合わせ", "問合せ", id="okurigana of a compound"),
        pytest.param("分からない", "わからない", id="kana or kanji"),
        pytest.param("3ヶ月以内", "三か月以内", id="months"),
        pytest.param("１〜２年未満", "1~2年未満", id="wave dashes of a range"),
        pytest.param("1,000名", "1000名", id="thousands"),
        pytest.param("Customer Success", "カスタマーサクセス", id="the field's own name"),
    ],
)
def test_spellings_of_one_label_share_a_key(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("SaaS", "非SaaS", id="negation"),
        pytest.param("1年未満", "2年未満", id="number"),
        pytest.param("10~50名", "1050名", id="range or number"),
        pytest.param("2.5点", "25点", id="decimal point"),
        pytest.param("50%未満", "50未満", id="percent"),
        pytest.param("影響があった", "影響はなかった", id="denial"),
    ],
)
def test_different_labels_keep_different_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@settings(deadline=None)
@given(st.text(max_size=30) | JAPANESE)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(JAPANESE)
def test_spaces_and_brackets_never_matter(text: str) -> None:
    assert fold(f" （{text}）") == fold(text)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_plain_text_stays_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_text_without_letters_has_no_key() -> None:
    assert fold("―・（）") == ""
