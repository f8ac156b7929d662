"""Painted glyphs -> words with edges, in page coordinates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scene import Box
from extract.sources.runs import plain_char, spans_to_words
from tests.extract.sources.paint import span


def texts(*spans: object) -> list[str]:
    return [w.text for w in spans_to_words(spans)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([span("利用率")], ["利用率"], id="set solid"),
        pytest.param([span("利 用 率")], ["利用率"], id="typed blanks between single kanji"),
        pytest.param([span("利用率", tracking=4)], ["利用率"], id="letter-spacing by the font's spacing"),
        pytest.param([span("利用", 0), span("率", 20)], ["利用率"], id="one word in two spans"),
        pytest.param([span("95", size=30), span("%", 30, size=15)], ["95%"], id="a small percent sign"),
        pytest.param([span("30%"), span("30%")], ["30%"], id="painted twice at one place"),
        pytest.param([span("30%"), span("30%", 0.6)], ["30%"], id="fake bold"),
        pytest.param(
            [span("(1)"), span("(1)"), span("人数", 15), span("人数", 15)], ["(1)人数"], id="each span twice"
        ),
        pytest.param(
            [span("ア ", 0), span("ー", 10), span("ト", 20)], ["アート"], id="a hole another font fills"
        ),
        pytest.param([span("20%", 0, 100), span("30%", 2, 103)], ["20%", "30%"], id="labels over each other"),
        pytest.param([span("多い", 0, 100), span("少ない", 0, 112)], ["多い", "少ない"], id="two lines"),
        pytest.param([span("⾼い⻑さ")], ["高い長さ"], id="radicals become kanji"),
        pytest.param([span("\u00ad利\u200b用")], ["利用"], id="invisible characters vanish"),
        pytest.param([span("\u00ad", 0), span("8.2", 6)], ["\u22128.2"], id="a minus that a browser wrote"),
    ],
)
def test_spans_to_words(spans: list[object], expected: list[str]) -> None:
    assert texts(*spans) == expected


def test_a_wall_divides_two_cells() -> None:
    row = [span("全社", 0), span("部門", 22)]
    assert texts(*row) == ["全社部門"]
    assert [w.text for w in spans_to_words(row, [(21.0, 80.0, 110.0)])] == ["全社", "部門"]


def test_edges_allow_splitting_between_any_two_characters() -> None:
    (word,) = spans_to_words([span("約8割", x=50)])
    assert word.edges == (50, 60, 65, 75)
    assert word.box.x0 == 50
    assert word.box.x1 == 75


def test_a_ligature_becomes_letters_with_their_own_edges() -> None:
    (word,) = spans_to_words([span("ﬁt", x=0)])
    assert word.text == "fit"
    assert word.edges == (0, 5, 10, 15)


@pytest.mark.parametrize(
    ("angle", "box"),
    [
        (90.0, Box(-101.4, 0, -91.4, 20)),
        (270.0, Box(91.4, -20, 101.4, 0)),
        (180.0, Box(-20, -101.4, 0, -91.4)),
    ],
)
def test_turned_text_has_its_box_on_the_page(angle: float, box: Box) -> None:
    (word,) = spans_to_words([span("軸題", angle=angle)])
    assert word.angle == angle
    found = (word.box.x0, word.box.y0, word.box.x1, word.box.y1)
    assert found == pytest.approx((box.x0, box.y0, box.x1, box.y1))


def test_bold_twice_painted_text_is_bold() -> None:
    (word,) = spans_to_words([span("注目"), span("注目", 0.5)])
    assert word.bold


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Zs", "Cc", "Zl", "Zp"]), max_size=20))
def test_no_text_breaks_it_and_edges_rise(text: str) -> None:
    for word in spans_to_words([span(text, tracking=0.3)] if text else []):
        assert len(word.edges) == len(word.text) + 1
        assert list(word.edges) == sorted(word.edges)


def test_ordinary_characters_stay() -> None:
    assert "".join(map(plain_char, "髙㈱①ｱＡ")) == "髙㈱①ｱＡ"


def test_signs_that_share_a_glyph_become_the_one_japanese_writes() -> None:
    assert texts(span("企画‧開発")) == ["企画・開発"]
    assert plain_char("∕") == "／"
