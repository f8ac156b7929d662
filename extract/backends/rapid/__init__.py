"""RapidOCR's models (PP-OCRv6) as an engine: detect -> straighten -> recognise -> words."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from extract.backends.glyphs import Glyph, glyphs_to_edges, split_glyphs, text_of
from extract.backends.pixels import to_rgb
from extract.backends.rapid.detect import Detector, Quad
from extract.backends.rapid.recognise import Recogniser, straighten
from extract.scene import Box, Word

# Height of a detected box in em of its text (measured; see benchmarks/ocr_words.py).
BOX_EM = 1.45
TALL = 1.5  # a region this much taller than wide is read turned by a quarter


class RapidEngine:
    """The embedded engine: Japanese and English, no network, no graphical libraries."""

    name = "rapid"

    def __init__(self) -> None:
        self._detect = Detector()
        self._recognise = Recogniser()

    def read(self, image: NDArray[np.uint8]) -> tuple[Word, ...]:
        """Words of an image with edges, sizes and confidences, in its pixels."""
        rgb = to_rgb(image)
        words: list[Word] = []
        for line, quad in enumerate(self._detect(rgb)):
            words += self._read_quad(rgb, quad, line)
        return tuple(words)

    def read_line(self, image: NDArray[np.uint8]) -> Word | None:
        """The one line of text an image holds; None when nothing is read."""
        rgb = to_rgb(image)
        height, width = rgb.shape[:2]
        glyphs = self._recognise(rgb)
        quad = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        return _word(list(glyphs), height / BOX_EM, quad, 0, 0) if glyphs else None

    def _read_quad(self, image: NDArray[np.uint8], quad: Quad, line: int) -> list[Word]:
        crop = straighten(image, quad)
        angle = 0
        if crop.shape[0] >= TALL * crop.shape[1] and crop.shape[0] > 2 * TALL * crop.shape[1]:
            crop, angle = np.ascontiguousarray(np.rot90(crop, -1)), 90
        glyphs = self._recognise(crop)
        em = crop.shape[0] / BOX_EM
        return [_word(part, em, quad, line, angle) for part in split_glyphs(glyphs, em)]


def _word(glyphs: list[Glyph], em: float, quad: Quad, line: int, angle: int) -> Word:
    edges = glyphs_to_edges(glyphs, em)
    doubts = tuple(round(g.confidence, 4) for g in glyphs)
    box, edges = _placed(edges, quad, angle)
    return Word(
        text=text_of(glyphs),
        box=box,
        size=round(em, 2),
        edges=edges,
        confidence=min(doubts),
        doubts=doubts,
        seen_by="ocr",
        line=line,
        angle=angle,
    )


def _placed(edges: tuple[float, ...], quad: Quad, angle: int) -> tuple[Box, tuple[float, ...]]:
    """Edges along the region to edges on the image, and the box between the first and the last."""
    if angle:
        (x0, y0), (x1, y1) = quad.min(axis=0), quad.max(axis=0)
        rising = tuple(sorted(round(float(y1) - e, 2) for e in edges))
        return Box(float(x0), max(float(y0), rising[0]), float(x1), min(float(y1), rising[-1])), rising
    start, end = quad[0], quad[1]
    length = math.hypot(*(end - start)) or 1.0
    way = (end - start) / length
    low, high = max(0.0, edges[0]), min(length, edges[-1])
    ys = np.concatenate([quad[[0, 3], 1] + way[1] * low, quad[[0, 3], 1] + way[1] * high])
    placed = tuple(round(float(start[0] + way[0] * e), 2) for e in (low, *edges[1:-1], high))
    return Box(placed[0], round(float(ys.min()), 2), placed[-1], round(float(ys.max()), 2)), placed
