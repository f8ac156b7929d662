"""What recognition makes of drawings is no text."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from extract.charts.pixels import tell_apart
from extract.scene import Box, Mark, Word
from tests.extract.charts.drawing import rect, scene, word

TEXT = [replace(word("利用している", 100, 40 + 20 * k), seen_by="ocr") for k in range(5)]


def huge(text: str) -> Word:
    return Word(text, Box(100, 150, 220, 280), 120.0, (), seen_by="ocr")


def words(text: str, *marks: Mark) -> list[str]:
    return [w.text for w in tell_apart(scene([*TEXT, huge(text)], marks)).words][len(TEXT) :]


def test_a_filled_shape_read_as_one_huge_character_is_no_text() -> None:
    assert words("1", rect(90, 140, 230, 290, "#1d4ed8")) == [""]


def test_a_huge_figure_on_paper_stays() -> None:
    assert words("9", rect(300, 40, 340, 60, "#1d4ed8")) == ["9"]


def test_a_huge_heading_of_words_stays() -> None:
    assert words("満足度", rect(90, 140, 230, 290, "#1d4ed8")) == ["満足度"]


@pytest.mark.parametrize("kind", ["vector", "pixels"])
def test_a_key_read_as_a_square_is_no_text_however_it_was_found(kind: Literal["vector", "pixels"]) -> None:
    key = replace(rect(90, 33, 98, 47, "#1d4ed8"), seen_by=kind)
    square = Word("■", Box(90, 34, 98, 46), 8.0, (90, 98), seen_by="ocr")
    assert [w.text for w in tell_apart(scene([*TEXT, square], [key])).words][-1] == ""


def test_a_line_sample_with_its_marker_read_as_letters_is_no_text() -> None:
    marker = replace(rect(97, 36, 104, 44, "#7030a0"), seen_by="pixels")
    sample = replace(word("IT", 90, 40, color="#7030a0"), seen_by="ocr")
    seen = tell_apart(scene([*TEXT, replace(sample, box=Box(90, 35, 111, 45))], [marker]))
    assert seen.words[-1].text == ""


def test_coloured_letters_without_a_marker_stay() -> None:
    letters = replace(word("IT", 90, 40, color="#7030a0"), seen_by="ocr")
    key = replace(rect(70, 36, 77, 44, "#7030a0"), seen_by="pixels")
    assert tell_apart(scene([*TEXT, letters], [key])).words[-1].text == "IT"


def traced(mark: Mark) -> Mark:
    return replace(mark, seen_by="pixels")


def test_the_character_one_is_no_key() -> None:
    stroke = traced(rect(93.5, 39.5, 101, 40.5, "#222222"))
    label = replace(word("一部で利用している", 100, 40, color="#222222"), seen_by="ocr")
    assert tell_apart(scene([*TEXT, label], [stroke])).marks == ()
    assert len(tell_apart(scene([*TEXT, replace(label, text="全社で利用している")], [stroke])).marks) == 1


def test_a_year_cut_in_two_is_made_whole() -> None:
    halves = [replace(word("202", 100, 200), seen_by="ocr"), replace(word("2年", 113.9, 200), seen_by="ocr")]
    assert [w.text for w in tell_apart(scene([*TEXT, *halves], [])).words][-2:] == ["2022年", ""]


def test_values_side_by_side_stay_two() -> None:
    halves = [replace(word("12", 100, 200), seen_by="ocr"), replace(word("45%", 109, 200), seen_by="ocr")]
    assert [w.text for w in tell_apart(scene([*TEXT, *halves], [])).words][-2:] == ["12", "45%"]
