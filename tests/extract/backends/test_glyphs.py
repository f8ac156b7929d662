"""Glyphs of a line are split where the gap is wider than the line's own spacing."""

from __future__ import annotations

import pytest

from extract.backends.glyphs import Glyph, advance, glyphs_to_edges, rise, split_glyphs, text_of

EM = 20.0


def line(text: str, letter_space: float = 0.0) -> list[Glyph]:
    """Set like type: each character by its advance, ``|`` is a gap of one em, blanks as printed."""
    at, glyphs = 0.0, []
    for char in text:
        if char == "|":
            at += EM
            continue
        width = advance(char) * EM
        glyphs.append(Glyph(char, at + width / 2, 0.99))
        at += width + letter_space * EM
    return glyphs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("非会員|会員", ["非会員", "会員"], id="two legend entries in one box"),
        pytest.param("満足度12.3%", ["満足度12.3%"], id="no gap, one word"),
        pytest.param("満足度|12.3%", ["満足度", "12.3%"], id="a label and its value"),
        pytest.param("Customer Success", ["Customer Success"], id="a blank between Latin words"),
        pytest.param("12.3%45.6%", ["12.3%", "45.6%"], id="values side by side"),
        pytest.param("12%7%", ["12%", "7%"], id="whole values side by side"),
        pytest.param("100|200|300", ["100", "200", "300"], id="ticks"),
        pytest.param(" 40 ", ["40"], id="blanks at the ends"),
        pytest.param("   ", [], id="blanks only"),
    ],
)
def test_words_end_at_wide_gaps(text: str, words: list[str]) -> None:
    assert [text_of(run) for run in split_glyphs(line(text), EM)] == words


def test_letter_spaced_type_is_one_word() -> None:
    assert [text_of(run) for run in split_glyphs(line("調査の概要", letter_space=0.8), EM)] == ["調査の概要"]


@pytest.mark.parametrize(("gap", "words"), [(0.5, ["4月"]), (0.9, ["4", "月"])])
def test_a_number_keeps_its_counter_over_a_narrow_gap(gap: float, words: list[str]) -> None:
    glyphs = [Glyph("4", 0.28 * EM, 0.9), Glyph("月", (1.06 + gap) * EM, 0.9)]
    assert [text_of(run) for run in split_glyphs(glyphs, EM)] == words


def test_digits_set_full_width_are_one_word() -> None:
    glyphs = [Glyph(char, at * EM, 0.9) for char, at in zip("62.4%", (0.5, 1.5, 2.25, 3.5, 4.5), strict=True)]
    assert [text_of(run) for run in split_glyphs(glyphs, EM)] == ["62.4%"]


def test_an_opening_bracket_may_stand_in_a_full_em() -> None:
    glyphs = [Glyph("化", 10, 0.9), Glyph("(", 35, 0.9), Glyph("n", 46, 0.9)]
    assert [text_of(run) for run in split_glyphs(glyphs, EM)] == ["化(n"]


def test_edges_rise_and_enclose_the_characters() -> None:
    glyphs = line("平均3.5点")
    edges = glyphs_to_edges(glyphs, EM)
    assert len(edges) == len(glyphs) + 1
    assert all(a < g.at < b for a, g, b in zip(edges, glyphs, edges[1:], strict=False))


@pytest.mark.parametrize(
    ("text", "above", "below"),
    [("満", 0.84, 0.08), ("12.3%", 0.73, 0.0), ("age", 0.54, 0.2), ("、", 0.0, 0.1)],
)
def test_ink_rises_by_kind_of_character(text: str, above: float, below: float) -> None:
    assert rise(text) == (above, below)
