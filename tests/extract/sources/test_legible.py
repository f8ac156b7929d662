"""Which blocks of a text layer are believed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sources.legible import agrees, judge_page, judge_text
from extract.sources.radicals import count_radicals, unradical

PROSE = (
    "店舗の担当者に接客の工夫を尋ねたところ、商品の説明を丁寧にする人が最も多く、"
    "次いで名前を覚えて声をかける人が続いた。売り場の広さによる違いはあまり見られなかった。"
)
LABELS = "とても役に立った\nやや役に立った\nどちらとも言えない\n役に立たなかった\n使ったことがない"


def permuted(text: str, first: int, last: int) -> str:
    """Every character of a range exchanged for another one, the same way all through."""
    pool = sorted({c for c in text if first <= ord(c) <= last} | {chr(first + 7 * i) for i in range(40)})
    shuffled = random.Random(4).sample(pool, len(pool))
    return text.translate({ord(a): b for a, b in zip(pool, shuffled, strict=True)})


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(PROSE, id="prose"),
        pytest.param(LABELS, id="labels"),
        pytest.param(" ".join(PROSE), id="letter-spaced"),
        pytest.param("The survey was sent to all members of the association in the spring.", id="English"),
        pytest.param("12.4% 8.0% 45.1% 34.5% n=1,204 2024", id="numbers"),
        pytest.param("ｱﾝｹｰﾄの結果をｸﾞﾗﾌで示します。ﾒｰﾙでの回答が中心でした。", id="half-width katakana"),
        pytest.param(
            "\uf0d8 出店の計画がある\n\uf0d8 出店の計画はない\n\uf0d8 まだ決めていない", id="icon bullets"
        ),
        pytest.param(
            "詳しくは https://example.com/a9/x_Q7/report?id=kd93&p=Zz をご覧ください。", id="an address"
        ),
    ],
)
def test_legible_text_is_good(text: str) -> None:
    assert judge_text(text).verdict == "good"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(permuted(permuted(PROSE, 0x3041, 0x3093), 0x4E00, 0x9FA0), id="permuted ToUnicode"),
        pytest.param("".join(chr(ord(c) + 31) for c in PROSE), id="shifted code points"),
        pytest.param("\ufffd" * 30 + "店舗の担当者", id="replacement characters"),
        pytest.param("".join(f"(cid:{ord(c) % 999})" for c in PROSE), id="cid numbers"),
        pytest.param(PROSE.encode("cp932").decode("latin-1"), id="Shift_JIS as Latin-1"),
        pytest.param(PROSE.encode("utf-8").decode("latin-1"), id="UTF-8 as Latin-1"),
        pytest.param(PROSE.encode("gb18030").decode("latin-1"), id="GB as Latin-1"),
        pytest.param("".join(chr(0xE000 + ord(c) % 999) for c in PROSE), id="private use"),
        pytest.param("JEEEOH SS C8EAROL EKBE8T. AR |S3BI< RT Q^H5S ¢ IMBSN=RBOUBEGHTS", id="read as English"),
    ],
)
def test_garbage_is_never_good(text: str) -> None:
    assert judge_text(text).verdict == "garbled"


def test_radicals_make_a_block_garbled_as_it_stands_and_good_once_mended() -> None:
    text = PROSE.replace("人", "\u2f08").replace("見", "\u2f92")
    assert judge_text(text).verdict == "garbled"
    assert judge_text(unradical(text)).verdict == "good"


@pytest.mark.parametrize(
    ("radical", "character"),
    [("\u2f92", "見"), ("\u2ed1", "長"), ("\u2f3e", "戸"), ("\u2ed8", "青"), ("日", "日")],
)
def test_a_radical_becomes_the_character_japanese_writes(radical: str, character: str) -> None:
    assert unradical(radical) == character


@given(st.text(max_size=60))
def test_mending_radicals_keeps_length_and_leaves_none(text: str) -> None:
    assert len(unradical(text)) == len(text)
    assert count_radicals(unradical(text)) == 0


def test_a_page_keeps_its_good_half() -> None:
    bad = "".join(chr(ord(c) + 31) for c in PROSE)
    verdicts = [v.verdict for v in judge_page([bad, PROSE, "", LABELS])]
    assert verdicts == ["garbled", "good", "missing", "good"]


def test_a_short_block_leans_on_its_neighbours() -> None:
    assert judge_page(["PDCA", PROSE])[0].verdict == "good"
    assert judge_page(["PDCA", "".join(chr(ord(c) + 31) for c in PROSE)])[0].verdict != "good"


def test_numbers_among_garbage_are_to_be_compared_with_the_page() -> None:
    bad = "".join(chr(ord(c) + 31) for c in PROSE)
    assert [v.verdict for v in judge_page([bad, "12.4%", bad])] == ["garbled", "unsure", "garbled"]
    assert judge_page([PROSE, "12.4%"])[1].verdict == "good"


@given(st.text(max_size=200))
def test_any_text_at_all_gets_a_verdict(text: str) -> None:
    verdict = judge_text(text)
    assert 0 <= verdict.score <= 1
    assert verdict.reason


@pytest.mark.parametrize(
    ("seen", "claimed", "verdict"),
    [
        pytest.param("売り場の広さ", "売り場の広さ", "good", id="the same"),
        pytest.param("売り場の広さ", "売 り 場 の 広 さ", "good", id="letter-spaced"),
        pytest.param("回答者は45.1%", "回答者は46.1%", "garbled", id="one digit differs"),
        pytest.param("売り場の広さ", "ZWS|OLS", "garbled", id="something else"),
        pytest.param("売り場の広き", "売り場の広さ", "good", id="one character misread"),
        pytest.param("", "売り場の広さ", "unsure", id="nothing recognised"),
        pytest.param("売り場の広さ", "", "missing", id="no text claimed"),
    ],
)
def test_a_recognised_line_confirms_or_disputes_the_layer(seen: str, claimed: str, verdict: str) -> None:
    assert agrees(seen, claimed).verdict == verdict
