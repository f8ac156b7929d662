"""The picture of a comparison: every fact a dot on the axis, the same as SVG and PNG, text never markup."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from chosa.comparison import compare
from chosa.plot.drawing import FIGURES, LABELS, WIDTH, Dot, Drawing, Line, Words, comparison_drawing
from chosa.plot.png import SCALE, as_png
from chosa.plot.svg import as_svg
from chosa.tables import DocumentRow
from tests.chosa.rows import observation

SVG = "{http://www.w3.org/2000/svg}"
DOCUMENT = DocumentRow("doc1", "a.pdf", year="2026", publisher="<見本> & Co")


def drawing(*values: float, **changes: object) -> Drawing:
    rows = [observation(f"o{n}", item_id="i", value=v, **changes) for n, v in enumerate(values)]
    return comparison_drawing(compare(rows, [DOCUMENT], "i"))


def dots(drawn: Drawing) -> list[Dot]:
    return [s for _, shapes in drawn.facts for s in shapes if isinstance(s, Dot)]


def words(drawn: Drawing) -> list[str]:
    every = (*drawn.plain, *(s for _, shapes in drawn.facts for s in shapes))
    return [s.text for s in every if isinstance(s, Words)]


@pytest.mark.parametrize("values", [(47.6,), (0.0,), (100.0, 0.1), (-3.5, 12.0), (525507.0, 3.0)])
def test_every_value_lies_on_the_axis(values: tuple[float, ...]) -> None:
    places = dots(drawing(*values, unit="point"))
    assert len(places) == len(values)
    assert all(LABELS <= dot.x <= WIDTH - FIGURES for dot in places)


def test_larger_values_lie_further_right() -> None:
    places = [dot.x for dot in dots(drawing(10.0, 20.0, 40.0))]
    assert places == sorted(places)


def test_the_interval_lies_around_its_value() -> None:
    (_, shapes), *_ = drawing(47.6).facts
    (line,) = (s for s in shapes if isinstance(s, Line))
    (dot,) = dots(drawing(47.6))
    assert line.x0 < dot.x < line.x1


def test_value_interval_and_base_are_told_in_words() -> None:
    assert {"47.6%", "42.8–52.4", "n=412"} <= set(words(drawing(47.6)))
    assert {"~47.6%", "n=?"} <= set(words(drawing(47.6, base_n=None, qualifier="approx")))


def test_groups_stand_below_each_other_under_their_name() -> None:
    rows = [observation(f"o{n}", item_id="i", segment=s) for n, s in enumerate(("SaaS", "", "非SaaS"))]
    drawn = comparison_drawing(compare(rows, [DOCUMENT], "i"))
    assert {"SaaS", "非SaaS", "全体"} <= set(words(drawn))
    assert len({dot.color for dot in dots(drawn)}) == 3


def test_warnings_travel_with_the_picture() -> None:
    assert any("no base n" in text for text in words(drawing(47.6, base_n=None)))


def test_a_row_nobody_confirmed_is_hollow() -> None:
    (hollow,), (full,) = (dots(drawing(47.6, status=s)) for s in ("review", "accepted"))
    assert hollow.fill == "#ffffff"
    assert full.fill == full.color == hollow.color


def test_document_text_is_text() -> None:
    picture = ET.fromstring(as_svg(drawing(47.6, question="<script>")))
    assert "<見本> & Co" in "".join(picture.itertext())
    assert {node.tag for node in picture.iter()} <= {
        SVG + n for n in ("svg", "g", "title", "rect", "line", "circle", "text")
    }


def test_a_long_name_is_cut_to_its_room() -> None:
    row = observation(item_id="i")
    long = replace(DOCUMENT, publisher="一般社団法人日本見本調査研究協会連合会東京本部")
    assert any(
        w.startswith("2026 一般") and w.endswith("…")
        for w in words(comparison_drawing(compare([row], [long], "i")))
    )


def pixels(drawn: Drawing) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(as_png(drawn))).convert("RGB"))


def test_the_png_shows_the_dot_where_the_drawing_has_it() -> None:
    drawn = drawing(47.6, status="accepted")
    (dot,) = dots(drawn)
    picture = pixels(drawn)
    assert picture.shape == (drawn.height * SCALE, drawn.width * SCALE, 3)
    shown = "#{:02X}{:02X}{:02X}".format(*picture[round(dot.y * SCALE), round(dot.x * SCALE)])
    assert shown == dot.color


def test_the_png_has_japanese_letters_whatever_fonts_the_machine_has() -> None:
    """Different letters look different: none is the box of a missing one. Kana, long vowel, kanji, signs."""
    seen = set()
    for letter in "カーサ調髙①～「":
        plain = tuple(s for s in (Words(10, 40, letter, 30),))
        seen.add(as_png(Drawing(60, 60, plain, ())))
    assert len(seen) == 8
    blank = as_png(Drawing(60, 60, (), ()))
    assert blank not in seen
