"""Tesseract through pytesseract: the alternative engine, and the judge of page orientation.

It reads prose well and cheaply, and numbers in charts badly (three of four values on stacked bars are
missed or wrong at 200 dpi), so it is used when asked for, never mixed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np
import pytesseract
from numpy.typing import NDArray
from PIL import Image

from extract.backends.glyphs import Glyph, advance, glyphs_to_edges, split_glyphs, text_of
from extract.backends.pixels import to_rgb
from extract.errors import EngineMissing, PageFailed
from extract.scene import Box, Word, hull

LANGUAGE = "jpn"
# Page segmentation: sparse text finds the most chart labels of all modes (75-79 % against 27-54 %).
SPARSE, ONE_LINE = "--psm 11 --dpi 200", "--psm 7 --dpi 200"
TIMEOUT = 120  # seconds for one page, a hundred times the usual
ORIENTED = 2.0  # OSD's own confidence from which its answer is worth turning a page
# Height of ink in em: kanji and kana, digits and capitals.
WIDE_INK, NARROW_INK = 0.87, 0.72
LOOSE = 1.25  # widest advance of a full-width character in em, letter-spaced type aside

# One row of Tesseract's table: its line's key, its box, its confidence 0-1, its text.
_Row = tuple[tuple[int, int, int], Box, float, str]


class TesseractEngine:
    """Tesseract with its Japanese data behind the same contract as the embedded engine."""

    name = "tesseract"

    def __init__(self) -> None:
        """Raises EngineMissing when the program or its Japanese data is not installed."""
        remedy = "install them, on Debian: apt-get install tesseract-ocr tesseract-ocr-jpn"
        try:
            languages = pytesseract.get_languages(config="")
        except pytesseract.TesseractNotFoundError as missing:
            raise EngineMissing(f"OCR engine 'tesseract' needs the program tesseract; {remedy}") from missing
        if LANGUAGE not in languages:
            raise EngineMissing(f"OCR engine 'tesseract' needs the language data {LANGUAGE!r}; {remedy}")

    def read(self, image: NDArray[np.uint8]) -> tuple[Word, ...]:
        """Words of an image with edges, sizes and confidences, in its pixels. Raises PageFailed."""
        lines = groupby(_rows(to_rgb(image), SPARSE), key=lambda row: row[0])
        return tuple(word for number, (_, line) in enumerate(lines) for word in _line_to_words(line, number))

    def read_line(self, image: NDArray[np.uint8]) -> Word | None:
        """The one line of text an image holds, blanks and all; None when nothing is read."""
        rows = _rows(to_rgb(image), ONE_LINE)
        if not rows:
            return None
        em = _em(rows)
        glyphs = [g for row in rows for g in _row_to_glyphs(row, em)]
        return _word(glyphs, hull(row[1] for row in rows), em, 0)


def page_orientation(image: NDArray[np.uint8]) -> int:
    """Degrees clockwise (0, 90, 180, 270) by which the image must be turned to be upright; 0 if unsure."""
    try:
        found = pytesseract.image_to_osd(Image.fromarray(to_rgb(image)), config="--psm 0", timeout=TIMEOUT)
    except (pytesseract.TesseractError, RuntimeError):  # too few characters to tell, or no answer in time
        return 0
    degrees = re.search(r"Rotate: (\d+)", found)
    sure = re.search(r"Orientation confidence: ([\d.]+)", found)
    return int(degrees[1]) if degrees and sure and float(sure[1]) >= ORIENTED else 0


def _rows(image: NDArray[np.uint8], config: str) -> list[_Row]:
    try:
        table = pytesseract.image_to_data(
            Image.fromarray(image),
            lang=LANGUAGE,
            config=config,
            output_type=pytesseract.Output.DICT,
            timeout=TIMEOUT,
        )
    except (pytesseract.TesseractError, RuntimeError) as failed:
        raise PageFailed(f"Tesseract gave up on a picture: {failed}") from failed
    return [row for i in range(len(table["text"])) if (row := _row(table, i))[3]]


def _row(table: dict[str, list[int]], i: int) -> _Row:
    x, y = table["left"][i], table["top"][i]
    box = Box(x, y, x + table["width"][i], y + table["height"][i])
    line = table["block_num"][i], table["par_num"][i], table["line_num"][i]
    return line, box, max(0.0, table["conf"][i] / 100), str(table["text"][i]).strip()


def _line_to_words(rows: Iterable[_Row], number: int) -> list[Word]:
    line = list(rows)
    em = _em(line)
    glyphs = [g for row in line for g in _row_to_glyphs(row, em)]
    return [_word(part, hull(row[1] for row in line), em, number) for part in split_glyphs(glyphs, em)]


def _em(line: Sequence[_Row]) -> float:
    """Size of a line's type: boxes that hug their ink tell it, boxes of neighbouring kana are too tall."""
    sizes = [box.height / (NARROW_INK if text.isascii() else WIDE_INK) for _, box, _, text in line]
    return float(np.quantile(sizes, 0.25))


def _row_to_glyphs(row: _Row, em: float) -> list[Glyph]:
    """Tesseract gives boxes of words only: its characters share the width by their advances.

    Its Japanese boxes may run on into the next word; one character never takes more than LOOSE em.
    """
    _, box, confidence, text = row
    unit = min(box.width / sum(map(advance, text)), LOOSE * em)
    at, glyphs = box.x0, []
    for char in text:
        glyphs.append(Glyph(char, at + advance(char) * unit / 2, confidence))
        at += advance(char) * unit
    return glyphs


def _word(glyphs: list[Glyph], line: Box, em: float, number: int) -> Word:
    edges = tuple(round(e, 2) for e in glyphs_to_edges(glyphs, em))
    doubts = tuple(g.confidence for g in glyphs)
    return Word(
        text=text_of(glyphs),
        box=Box(edges[0], line.y0, edges[-1], line.y1),
        size=round(em, 2),
        edges=edges,
        confidence=min(doubts),
        doubts=doubts,
        seen_by="ocr",
        line=number,
    )
