"""Engines behind one contract: words with edges, sizes and doubts from drawn images."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pymupdf
import pytest
from numpy.typing import NDArray

from extract.backends import OcrEngine, ocr_engine
from extract.backends.pixels import to_rgb
from extract.backends.rapid.decode import Decoder, is_japanese
from extract.backends.rapid.recognise import Recogniser
from extract.backends.rapid.regions import RegionReader
from extract.backends.tesseract import page_orientation
from extract.errors import EngineMissing
from extract.scene import Word

Image = NDArray[np.uint8]


def drawn(
    paint: Callable[[pymupdf.Page], None], width: int = 360, height: int = 200, dpi: int = 150
) -> Image:
    """A page of that many points as pixels; pymupdf brings a Japanese font along."""
    with pymupdf.open() as document:
        page = document.new_page(width=width, height=height)
        paint(page)
        pixmap = page.get_pixmap(dpi=dpi, alpha=False)
        return np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.width, 3).copy()


def write(
    page: pymupdf.Page, x: float, y: float, text: str, size: float = 11, color: object = (0, 0, 0)
) -> None:
    font = "helv" if text.isascii() else "japan"
    page.insert_text((x, y), text, fontname=font, fontsize=size, color=color)


def texts(words: tuple[Word, ...]) -> set[str]:
    return {w.text for w in words}


def test_an_unknown_engine_is_named_with_those_that_are_known() -> None:
    with pytest.raises(EngineMissing, match="'magic'; known: rapid, tesseract"):
        ocr_engine("magic")


@pytest.mark.parametrize("channels", [0, 1, 2, 3, 4])
def test_any_image_becomes_rgb(channels: int) -> None:
    shape = (5, 4, channels) if channels else (5, 4)
    assert to_rgb(np.full(shape, 255, np.uint8)).tolist() == np.full((5, 4, 3), 255).tolist()


def test_alpha_is_laid_on_white() -> None:
    image = np.zeros((1, 2, 4), np.uint8)
    image[0, 1, 3] = 255
    assert to_rgb(image).tolist() == [[[255, 255, 255], [0, 0, 0]]]


@pytest.mark.parametrize(
    ("char", "written"), [("満", True), ("满", False), ("増", True), ("增", False), ("①", True)]
)
def test_only_what_japanese_writes_is_decoded(char: str, written: bool) -> None:
    assert is_japanese(char) is written


def test_the_runner_up_wins_where_the_best_is_no_japanese_character() -> None:
    decode = Decoder(("", "满", "満", "/", " "))
    columns = np.array([[0.1, 0.6, 0.3, 0, 0], [0.9, 0, 0, 0.1, 0], [0.95, 0, 0, 0.05, 0]], np.float32)
    assert [(g.char, round(g.confidence, 2)) for g in decode(columns)] == [("満", 0.75), ("/", 0.1)]


@pytest.fixture(scope="module")
def rapid() -> OcrEngine:
    return ocr_engine("rapid")


@pytest.mark.ocr
def test_labels_and_values_of_a_bar_chart_are_read_apart(rapid: OcrEngine) -> None:
    def paint(page: pymupdf.Page) -> None:
        for i, (label, value) in enumerate([("店員の説明", 47.6), ("品ぞろえ", 31.2), ("駐車場の広さ", 8.9)]):
            y = 50 + 40 * i
            write(page, 20, y + 10, label)
            page.draw_rect((110, y - 4, 110 + 2 * value, y + 16), color=None, fill=(0.2, 0.4, 0.8))
            write(page, 112 + 2 * value, y + 10, f"{value}%")

    words = rapid.read(drawn(paint))
    assert texts(words) == {"店員の説明", "品ぞろえ", "駐車場の広さ", "47.6%", "31.2%", "8.9%"}
    assert all(len(w.edges) == len(w.text) + 1 and sorted(w.edges) == list(w.edges) for w in words)
    assert all(w.confidence == min(w.doubts) and w.seen_by == "ocr" for w in words)
    assert all(18 < w.size < 28 for w in words)  # 11 pt at 150 dpi are 22.9 px


@pytest.mark.ocr
def test_white_values_in_coloured_segments_are_read_with_their_colour(rapid: OcrEngine) -> None:
    def paint(page: pymupdf.Page) -> None:
        x = 20.0
        for fill, value in [
            ((0.1, 0.2, 0.5), "62.4%"),
            ((0.5, 0.1, 0.1), "30.6%"),
            ((0.1, 0.4, 0.2), "7.0%"),
        ]:
            width = float(value[:-1]) * 3
            page.draw_rect((x, 60, x + width, 110), color=None, fill=fill)
            write(page, x + width / 2 - 10, 88, value, 8, (1, 1, 1))
            x += width

    words = rapid.read(drawn(paint, dpi=200))
    assert texts(words) == {"62.4%", "30.6%", "7.0%"}
    assert all(int(w.color[1:3], 16) > 200 and int(w.color[5:7], 16) > 200 for w in words)


@pytest.mark.ocr
@pytest.mark.parametrize(
    "image",
    [
        pytest.param(np.full((1, 1, 3), 255, np.uint8), id="one pixel"),
        pytest.param(np.full((3, 900, 3), 0, np.uint8), id="a line"),
        pytest.param(np.full((900, 2, 3), 128, np.uint8), id="an upright line"),
        pytest.param(np.zeros((40, 40), np.uint8), id="a grey icon"),
        pytest.param(np.zeros((0, 5, 3), np.uint8), id="nothing"),
    ],
)
def test_images_without_text_give_no_words(rapid: OcrEngine, image: Image) -> None:
    assert rapid.read(image) == ()


@pytest.mark.ocr
def test_full_width_numbers_stay_whole(rapid: OcrEngine) -> None:
    image = drawn(lambda page: write(page, 30, 60, "割合は６２．４％、前回は５８．９％", 12), 300)
    assert "62.4%" in "".join(w.text for w in rapid.read(image)).replace("％", "%")


@pytest.mark.ocr
def test_one_line_is_read_without_looking_for_it(rapid: OcrEngine) -> None:
    image = drawn(lambda page: write(page, 6, 15, "売り場の広さ"), 84, 22, 200)
    word = rapid.read_line(image)
    assert word is not None
    assert word.text == "売り場の広さ"


@pytest.mark.ocr
@pytest.mark.parametrize(
    ("room", "sure"),
    [
        pytest.param(40, True, id="more room shows it whole"),
        pytest.param(0, False, id="the picture ends here"),
    ],
)
def test_a_letter_that_a_region_cuts(room: int, sure: bool) -> None:
    image = drawn(lambda page: write(page, 40, 30, "売り場の広さ"), 140, 44, 200)
    cut = round((40 + 11 * 0.2) * 200 / 72)  # px, a fifth of the first letter
    image = np.ascontiguousarray(image[:, cut - room :])
    quad = np.array([[room, 48], [240, 48], [240, 95], [room, 95]], np.float32)
    [region] = RegionReader(Recogniser())(image, quad)
    assert "".join(g.char for g in region.glyphs) == "売り場の広さ"
    assert (region.glyphs[0].confidence > 0.85) is sure


@pytest.mark.ocr
def test_turned_text_is_read_in_its_place(rapid: OcrEngine) -> None:
    upright = drawn(lambda page: write(page, 20, 60, "割合（複数回答）", 14))
    turned = np.ascontiguousarray(np.rot90(upright))
    (word,) = [w for w in rapid.read(turned) if w.angle]
    assert word.text == "割合（複数回答）"
    assert word.box.height > 4 * word.box.width
    assert word.box.holds(60 * 150 / 72 - 8, turned.shape[0] - 70 * 150 / 72)


@pytest.mark.ocr
def test_tesseract_reads_prose_and_knows_which_way_is_up() -> None:
    lines = [
        "店舗の担当者に接客の工夫を尋ねたところ、",
        "商品の説明を丁寧にする人が最も多かった。",
        "売り場の広さによる違いは",
    ]
    image = drawn(lambda page: [write(page, 20, 40 + 30 * i, t, 12) for i, t in enumerate(lines)], dpi=200)  # type: ignore[arg-type, return-value]
    read = "".join(w.text for w in ocr_engine("tesseract").read(image))
    assert "商品の説明を" in read
    assert page_orientation(np.ascontiguousarray(np.rot90(image, 2))) == 180
