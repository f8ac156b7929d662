"""Where a row of text is one word, where a blank belongs, where it is cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sources.spacing import Gap, cuts

# A row is written as pieces and gaps in em; "_" marks a typed blank, "|" a ruling line, "#" another colour.
Row = list[str | float | tuple[float, str]]


def words(row: Row) -> list[str]:
    """The words of a row."""
    pieces = [str(p) for p in row[::2]]
    gaps = [_gap(g) for g in row[1::2]]
    found = [pieces[0]]
    for piece, decision in zip(pieces[1:], cuts(pieces, gaps), strict=True):
        if decision == "cut":
            found.append(piece)
        else:
            found[-1] += (" " if decision == "blank" else "") + piece
    return found


def _gap(given: object) -> Gap:
    width, signs = given if isinstance(given, tuple) else (given, "")
    assert isinstance(width, float)
    return Gap(width, typed="_" in signs, restyled="#" in signs, walled="|" in signs)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(["満", 0.4, "足", 0.4, "度"], ["満足度"], id="letter-spaced kanji are one word"),
        pytest.param(["回", 1.5, "答", 1.5, "者"], ["回答者"], id="spread over a table cell"),
        pytest.param(["区", 1.4, "分"], ["区分"], id="two kanji spread over a cell of their own"),
        pytest.param(["区", 1.4, "分", (1.4, "|"), "率"], ["区分", "率"], id="but not across a rule"),
        pytest.param(["男", 1.4, "女"], ["男", "女"], id="men and women are two columns"),
        pytest.param(["4", 0.3, "5", 0.3, "%"], ["45%"], id="a letter-spaced percentage"),
        pytest.param(["8", 0.3, "1%"], ["81%"], id="half letter-spaced"),
        pytest.param(["1", 0.5, "2", 0.5, "3", 0.5, "4"], ["1", "2", "3", "4"], id="ticks are not a number"),
        pytest.param(["48.0%", 0.3, "34.8%"], ["48.0%", "34.8%"], id="labels of two segments"),
        pytest.param(["120", 0.3, "85"], ["120", "85"], id="two counts"),
        pytest.param(["12", 0.05, ".", 0.05, "5"], ["12.5"], id="kerning around a point"),
        pytest.param(["Very", 0.3, "satisfied"], ["Very satisfied"], id="English keeps its blank"),
        pytest.param(["Very", 2.0, "satisfied"], ["Very", "satisfied"], id="columns are apart"),
        pytest.param(
            ["約", 0.25, "20", 0.25, "ポイント"], ["約20ポイント"], id="automatic space at numerals"
        ),
        pytest.param(["CS", (0.25, "_"), "部門"], ["CS 部門"], id="a typed blank at Latin letters stays"),
        pytest.param(["利用中", (0.5, "_"), "47.6%"], ["利用中", "47.6%"], id="a label and its value"),
        pytest.param(
            ["「満足」", 0.0, "（12%）", 0.0, "、", 0.5, "「不満」"],
            ["「満足」（12%）、「不満」"],
            id="brackets",
        ),
        pytest.param(["はい", (0.2, "#"), "いいえ"], ["はい", "いいえ"], id="another colour, another entry"),
        pytest.param(
            ["調", 0.4, "査", 0.38, "に", 0.41, "よ", 0.4, "る", 1.9, "左"],
            ["調査による", "左"],
            id="a justified row and the column beside it",
        ),
        pytest.param(
            ["有効回答", 0.02, "数", 0.3, "は", 0.02, "多い"],
            ["有効回答数", "は多い"],
            id="a row set solid is cut at the width of a blank",
        ),
    ],
)
def test_row_to_words(row: Row, expected: list[str]) -> None:
    assert words(row) == expected


@given(
    st.lists(st.text("満足度を高める", min_size=1, max_size=1), min_size=3, max_size=12),
    st.floats(0.11, 2.5),
)
def test_evenly_spaced_kanji_are_always_one_word(chars: list[str], width: float) -> None:
    row: Row = [chars[0]]
    for char in chars[1:]:
        row += [width, char]
    assert words(row) == ["".join(chars)]


@given(st.lists(st.floats(-0.3, 6.0), max_size=12), st.data())
def test_every_gap_gets_a_decision(widths: list[float], data: st.DataObject) -> None:
    pieces = [data.draw(st.text("満A1%.", min_size=1, max_size=3)) for _ in range(len(widths) + 1)]
    assert len(cuts(pieces, [Gap(w) for w in widths])) == len(widths)
