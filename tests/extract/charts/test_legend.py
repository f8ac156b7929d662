"""Which small marks beside text are the keys of a legend, and which are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.charts.legend import find_legends
from extract.scene import Mark, Word
from tests.extract.charts.drawing import dot, polyline, rect, square, word

BLUE, RED, GREY = "#1f77b4", "#d62728", "#aaaaaa"
BARS = [rect(100, 100, 300, 112, BLUE), rect(100, 114, 240, 126, RED), rect(100, 128, 180, 140, GREY)]


def labels(words: list[Word], marks: list[Mark]) -> list[list[tuple[str, str]]]:
    return [[(e.label, e.color) for e in legend.entries] for legend in find_legends(words, marks)]


def test_a_row_of_keys() -> None:
    words = [word("満足", 112, 50), word("不満", 172, 50), word("無回答", 232, 50)]
    marks = [*BARS, square(105, 50, BLUE), square(165, 50, RED), square(225, 50, GREY)]
    assert labels(words, marks) == [[("満足", BLUE), ("不満", RED), ("無回答", GREY)]]


def test_a_column_in_reading_order_whatever_the_drawing_order() -> None:
    words = [word("不満", 412, 70), word("満足", 412, 50)]
    marks = [*BARS, square(405, 70, RED), square(405, 50, BLUE)]
    assert labels(words, marks) == [[("満足", BLUE), ("不満", RED)]]


def test_a_row_that_wraps_without_columns() -> None:
    words = [word("とても満足している", 112, 50), word("どちらでもない", 232, 50), word("無回答", 160, 64)]
    marks = [*BARS, square(105, 50, BLUE), square(225, 50, RED), square(153, 64, GREY)]
    assert labels(words, marks) == [[("とても満足している", BLUE), ("どちらでもない", RED), ("無回答", GREY)]]


def test_text_wrapped_over_lines_belongs_to_the_key_above() -> None:
    words = [word("全社で使う", 412, 50), word("ことを検討", 412, 60), word("使わない", 412, 75)]
    marks = [*BARS, square(405, 50, BLUE), square(405, 75, RED)]
    assert labels(words, marks) == [[("全社で使うことを検討", BLUE), ("使わない", RED)]]


def test_keys_centred_on_two_lines_each() -> None:
    words = [
        word("全社で使う", 412, 50),
        word("ことを検討", 412, 60),
        word("部門で使う", 412, 80),
        word("予定がある", 412, 90),
    ]
    marks = [*BARS, square(405, 55, BLUE), square(405, 85, RED)]
    assert labels(words, marks) == [[("全社で使うことを検討", BLUE), ("部門で使う予定がある", RED)]]


def test_text_to_the_left_of_its_key() -> None:
    words = [word("満足", 90, 50), word("不満", 150, 50)]
    marks = [*BARS, square(112, 50, BLUE), square(172, 50, RED)]
    assert labels(words, marks) == [[("満足", BLUE), ("不満", RED)]]


def test_text_below_its_key() -> None:
    words = [word("満足", 105, 62, align="centre"), word("不満", 165, 62, align="centre")]
    marks = [*BARS, square(105, 50, BLUE), square(165, 50, RED)]
    assert labels(words, marks) == [[("満足", BLUE), ("不満", RED)]]


def test_sample_size_and_translation_leave_the_name() -> None:
    words = [
        word("Users（n=221）", 112, 50),
        word("利用者", 112, 60, size=6, color="#008080"),
        word("Others（n=1,263）", 212, 50),
        word("非利用者", 212, 60, size=6, color="#008080"),
    ]
    marks = [*BARS, square(105, 50, BLUE), square(205, 50, RED)]
    (legend,) = find_legends(words, marks)
    assert [(e.label, e.alt, e.base_n) for e in legend.entries] == [
        ("Users", "利用者", 221),
        ("Others", "非利用者", 1263),
    ]


def test_lines_with_markers() -> None:
    words = [word("男性", 124, 50), word("女性", 184, 50)]
    plot = [
        polyline([(100, 200), (150, 180), (200, 150)], BLUE),
        polyline([(100, 220), (150, 210), (200, 190)], RED),
    ]
    keys = [
        polyline([(102, 50), (122, 50)], BLUE),
        dot(112, 50, BLUE),
        polyline([(162, 50), (182, 50)], RED),
        dot(172, 50, RED),
    ]
    assert labels(words, [*plot, *keys]) == [[("男性", BLUE), ("女性", RED)]]


def test_black_lines_told_apart_by_their_dashes() -> None:
    words = [word("今年", 124, 50), word("昨年", 124, 64)]
    plot = [polyline([(100, 200), (150, 180), (200, 150)], "#000000")]
    solid = polyline([(102, 50), (122, 50)], "#000000")
    dashed = replace(polyline([(102, 64), (122, 64)], "#000000"), dashed=True)
    assert [[label for label, _ in legend] for legend in labels(words, [*plot, solid, dashed])] == [
        ["今年", "昨年"]
    ]


def test_glyphs_in_the_text_count_when_the_chart_shows_their_colour() -> None:
    words = [
        word("■", 100, 50, color=BLUE),
        word("満足", 110, 50),
        word("■", 150, 50, color=RED),
        word("不満", 160, 50),
    ]
    assert labels(words, BARS) == [[("満足", BLUE), ("不満", RED)]]
    bullets = [word("■調査の概要", 100, 50), word("■調査の結果", 100, 70)]
    assert labels(bullets, BARS) == []


def test_one_ocr_word_over_two_keys_is_cut_at_the_second() -> None:
    merged = word("満足　　不満", 112, 50)
    marks = [*BARS, square(105, 50, BLUE), square(136, 50, RED)]
    assert labels([merged], marks) == [[("満足", BLUE), ("不満", RED)]]


def recognised(text: str, x: float) -> Word:
    return replace(word(text, x, 50), seen_by="ocr", doubts=(0.99,) * len(text))


def traced(x: float, fill: str, side: float = 6.0) -> Mark:
    return replace(square(x, 50, fill, side), seen_by="pixels", slack=0.3)


def test_ink_of_a_letter_traced_as_a_mark_is_no_key() -> None:
    words = [recognised("感じていない", 112), recognised("感じている", 202)]
    marks = [*BARS, traced(105, GREY), traced(116, GREY, 3.0), traced(195, RED)]
    assert labels(words, marks) == [[("感じていない", GREY), ("感じている", RED)]]


def test_a_stroke_of_a_letter_traced_as_a_line_is_no_key() -> None:
    words = [recognised("感じてい", 112), recognised("ない", 155), recognised("感じている", 252)]
    stroke = replace(polyline([(154, 51), (163, 51)], GREY), seen_by="pixels", slack=0.3)
    marks = [*BARS, traced(105, GREY), stroke, traced(245, RED)]
    assert labels(words, marks) == [[("感じていない", GREY), ("感じている", RED)]]


def test_a_key_that_was_read_as_a_letter_stays_a_key() -> None:
    words = [recognised("口満足", 101), recognised("口不満", 191)]
    marks = [*BARS, traced(105, BLUE), traced(195, RED)]
    assert labels(words, marks) == [[("満足", BLUE), ("不満", RED)]]


def test_two_legends_of_the_same_colours_stay_two() -> None:
    words = [word("低い", 112, 50), word("高い", 112, 64), word("少ない", 212, 50), word("多い", 212, 64)]
    marks = [*BARS, square(105, 50, BLUE), square(105, 64, RED), square(205, 50, BLUE), square(205, 64, RED)]
    assert labels(words, marks) == [[("低い", BLUE), ("高い", RED)], [("少ない", BLUE), ("多い", RED)]]


def test_a_series_without_marks_keeps_its_entry() -> None:
    words = [word("満足", 112, 50), word("不満", 172, 50)]
    marks = [rect(100, 100, 300, 112, BLUE), square(105, 50, BLUE), square(165, 50, "#2ca02c")]
    assert labels(words, marks) == [[("満足", BLUE), ("不満", "#2ca02c")]]


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        pytest.param(
            [word("12.5%", 312, 106), word("8.0%", 252, 120)], BARS, id="bars with values at their ends"
        ),
        pytest.param(
            [word("その他", 90, 106, align="right"), word("特になし", 90, 120, align="right")],
            [
                rect(100, 103, 106, 109, BLUE),
                rect(100, 117, 106, 123, RED),
                rect(100, 143, 206, 149, BLUE),
                rect(100, 157, 226, 163, RED),
            ],
            id="short bars with names before them",
        ),
        pytest.param(
            [word("2020", 150, 212, align="centre"), word("2021", 200, 212, align="centre")],
            [
                polyline([(100, 200), (150, 200), (200, 195)], BLUE),
                dot(150, 200, BLUE),
                dot(200, 200, RED),
                dot(100, 200, BLUE),
                dot(100, 180, RED),
                dot(150, 170, RED),
                dot(200, 195, BLUE),
                dot(250, 190, BLUE),
            ],
            id="points of a line over the years",
        ),
        pytest.param(
            [word("要点その一", 112, 50), word("要点その二", 112, 70)],
            [*BARS, square(105, 50, "#008000"), square(105, 70, "#008000")],
            id="bullets of one colour",
        ),
        pytest.param(
            [word("3", 105, 50, align="centre"), word("調査の結果", 122, 50)],
            [*BARS, square(105, 50, BLUE, side=14)],
            id="a number in a box before a heading",
        ),
    ],
)
def test_no_legend(words: list[Word], marks: list[Mark]) -> None:
    assert labels(words, marks) == []


def test_a_key_beside_a_bare_figure_belongs_to_the_legend_it_is_set_like() -> None:
    words = [
        word("80%未満", 112, 50),
        word("80~99%", 172, 50),
        word("無回答", 232, 50),
        word("100%", 292, 50),
    ]
    keys = [square(105, 50, BLUE), square(165, 50, RED), square(225, 50, GREY), square(285, 50, "#2ca02c")]
    assert labels(words, [*BARS, *keys]) == [
        [("80%未満", BLUE), ("80~99%", RED), ("無回答", GREY), ("100%", "#2ca02c")]
    ]


def test_traced_samples_of_lines_may_be_cut_by_their_markers() -> None:
    words = [word("認知", 132, 50), word("利用", 212, 50)]
    lines = [
        replace(polyline([(100, 200), (160, 170), (220, 180)], color), seen_by="pixels")
        for color in (BLUE, RED)
    ]
    slim = replace(rect(110, 49, 128, 51, BLUE), seen_by="pixels", slack=0.3)
    square = replace(square_at(202, 50, RED), seen_by="pixels", slack=0.3)
    assert labels(words, [*lines, slim, square]) == [[("認知", BLUE), ("利用", RED)]]


def square_at(x: float, y: float, color: str) -> Mark:
    return rect(x - 3, y - 3, x + 3, y + 3, color)


def test_strokes_of_icons_before_names_are_no_keys() -> None:
    names = [word(name, 112, 50 + 20 * k) for k, name in enumerate(("移行", "説明会", "連携"))]
    strokes = [polyline([(90, y + 20 * k), (104, y + 20 * k)], ink) for y in (47, 53)
               for k, ink in enumerate(("#2a2a2a", "#161616", "#404040"))]  # fmt: skip
    assert labels(names, [*BARS, *(replace(m, seen_by="pixels") for m in strokes)]) == []


def test_the_marker_of_a_line_sample_and_the_key_of_columns_make_one_legend() -> None:
    words = [word("件数", 122, 50), word("前年比", 192, 50)]
    columns = [rect(100 + 40 * k, 300 - h, 125 + 40 * k, 300, BLUE) for k, h in enumerate((120, 80, 150))]
    line = polyline([(112, 200), (152, 150), (192, 170)], RED)
    seen = [rect(100, 47, 118, 53, BLUE), dot(178, 50, RED), *columns, line]
    assert labels(words, [replace(m, seen_by="pixels") for m in seen]) == [[("件数", BLUE), ("前年比", RED)]]


def test_a_hollow_key_read_as_a_square_is_the_key_of_white_bars() -> None:
    words = [word("賛成", 112, 50), word("反対", 172, 50), replace(word("□", 221, 50), seen_by="ocr"),
             word("無回答", 232, 50)]  # fmt: skip
    white = rect(180, 100, 210, 112, "#ffffff", "#555555")
    marks = [*BARS, white, square(105, 50, BLUE), square(165, 50, RED)]
    seen = [replace(m, seen_by="pixels") for m in marks]
    assert labels(words, seen) == [[("賛成", BLUE), ("反対", RED), ("無回答", "#ffffff")]]
