"""Cells: numbers as typed, text that no spreadsheet runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chosa.clean import clean
from chosa.emit.cells import FORMULA_STARTS, cell, defused, number, undefused


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (47.6, "47.6"),
        (50.0, "50"),
        (-0.5, "-0.5"),
        (-3.0, "-3"),
        (525507.0, "525507"),
        (1e8, "100000000"),
        (0.1 + 0.2, "0.30000000000000004"),
        (412, "412"),
        ("-α", "'-α"),
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("1-2年", "1-2年"),
        ("", ""),
    ],
)
def test_a_cell(value: object, text: str) -> None:
    assert cell(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_itself(value: float) -> None:
    assert float(number(value)) == value


@given(st.text(st.sampled_from("=+-@'a\t")))
def test_defused_text_is_no_formula_and_comes_back(text: str) -> None:
    assert not defused(text).startswith(FORMULA_STARTS)
    assert undefused(defused(text)) == text


@given(st.text())
def test_cleaned_text_is_one_line_of_valid_utf8(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert not any(ord(c) < 32 for c in cleaned)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\nb", "a b"),
        ("\x00a\x07", "a"),
        ("a\ud800b", "a b"),
        ("a\u202egnp.exe", "a gnp.exe"),
        ("全角　空白", "全角　空白"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
