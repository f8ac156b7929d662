"""One word in two readings: which one the document is sure of."""

from __future__ import annotations

import pytest

from extract.finding import Chart, Finding, PageReading
from extract.scene import Box, Scene, Word
from extract.votes import outvoted, settled


def word(text: str, *doubts: float) -> Word:
    """A word read by OCR; characters without a confidence of their own have .99."""
    full = (*doubts, *(0.99,) * (len(text) - len(doubts)))
    return Word(text, Box(0, 0, 10.0 * len(text), 10), 10.0, doubts=full, seen_by="ocr")


@pytest.mark.parametrize(
    ("words", "decided"),
    [
        pytest.param(
            [word("ダッシュポード", 0.99, 0.99, 0.99, 0.99, 0.8), word("ダッシュボード")],
            {"ダッシュポード": "ダッシュボード"},
            id="dots and ring",
        ),
        pytest.param(
            [word("口ードマップ", 0.6), word("ロードマップ")],
            {"口ードマップ": "ロードマップ"},
            id="a kanji",
        ),
        pytest.param([word("ペースライン"), word("ベースライン")], {}, id="both sure: two words"),
        pytest.param([word("ペースライン", 0.7), word("ベースライン", 0.8)], {}, id="both doubtful"),
        pytest.param([word("パス", 0.5), word("バス")], {}, id="too short"),
        pytest.param([word("ダッシュポード", 0.5), word("ダッシュポスト")], {}, id="other letters"),
        pytest.param([word("プラン18", 0.5), word("プラン13")], {}, id="digits"),
    ],
)
def test_who_wins(words: list[Word], decided: dict[str, str]) -> None:
    assert outvoted(words) == decided


def page(text: str, *doubts: float) -> PageReading:
    box = Box(0, 0, 1, 1)
    return PageReading(
        Scene(100, 100, words=(word(text, *doubts),)),
        (Chart("c1", box, "bars", text, (text,), (), "raster", bases=((text, 10),)),),
        (Finding("chart", 12.0, "percent", f"{text}の改善", segment=text, question=text),),
    )


def test_words_names_and_titles_follow_the_vote() -> None:
    doubtful, sure = settled([page("サポー卜デスク", 0.9, 0.9, 0.9, 0.6), page("サポートデスク")])
    assert doubtful.findings[0].item == "サポートデスクの改善"
    assert doubtful.findings[0].segment == doubtful.findings[0].question == "サポートデスク"
    assert doubtful.charts == sure.charts
    assert doubtful.scene.words[0].text == "サポートデスク"


def test_a_text_layer_is_left_alone() -> None:
    typed = PageReading(Scene(100, 100, words=(Word("ダッシュポード", Box(0, 0, 70, 10), 10.0),)))
    assert settled([typed, page("ダッシュボード")])[0] is typed
