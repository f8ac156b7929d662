"""What belongs to letters where all text is drawn, and what does not."""

from __future__ import annotations

from extract.sources.outlines import without_letters
from tests.extract.charts.drawing import polyline, rect, word


def test_parts_of_letters_under_a_word_are_no_marks() -> None:
    stem = rect(102, 46, 103, 54, "#000000")
    bar = rect(50, 80, 200, 95, "#2f6fb0")
    assert without_letters([stem, bar], [word("利用", 100, 50)]) == (bar,)


def test_the_sample_of_a_line_that_recognition_read_as_letters_stays() -> None:
    sample = polyline([(100, 50), (112, 50)], "#1a5276")
    assert without_letters([sample], [word("IT", 100, 50)]) == (sample,)
