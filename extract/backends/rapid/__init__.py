"""RapidOCR's models (PP-OCRv6) as an engine: detect -> straighten -> recognise -> words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extract.backends.glyphs import Glyph
from extract.backends.pixels import to_rgb
from extract.backends.rapid.detect import Detector, Quad
from extract.backends.rapid.place import glyphs_to_words
from extract.backends.rapid.recognise import Recogniser, straighten, trimmed
from extract.scene import Word

# A region this much taller than wide is read turned by a quarter; one digit is up to twice as tall as wide.
TALL = 2.2


class RapidEngine:
    """The embedded engine: Japanese and English, no network, no graphical libraries."""

    name = "rapid"

    def __init__(self) -> None:
        self._detect = Detector()
        self._recognise = Recogniser()

    def read(self, image: NDArray[np.uint8]) -> tuple[Word, ...]:
        """Words of an image with edges, sizes and confidences, in its pixels."""
        rgb = to_rgb(image)
        found = enumerate(self._detect(rgb))
        return tuple(word for line, quad in found for word in self._read_quad(rgb, quad, line))

    def read_line(self, image: NDArray[np.uint8]) -> Word | None:
        """The one line of text an image holds, blanks and all; None when nothing is read."""
        rgb = to_rgb(image)
        height, width = rgb.shape[:2]
        quad = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        words = glyphs_to_words(self._recognise(rgb), rgb, quad, whole=True)
        return words[0] if words else None

    def _read_quad(self, image: NDArray[np.uint8], quad: Quad, line: int) -> list[Word]:
        crop, quad = trimmed(straighten(image, quad), quad)
        if crop.shape[0] < TALL * crop.shape[1]:
            return glyphs_to_words(self._recognise(crop), crop, quad, line)
        turned = [(np.ascontiguousarray(np.rot90(crop, -turn // 90)), turn) for turn in (90, 270)]
        read = [(self._recognise(part), part, turn) for part, turn in turned]
        glyphs, part, turn = max(read, key=lambda r: _trust(r[0]))
        return glyphs_to_words(glyphs, part, quad, line, turn)


def _trust(glyphs: tuple[Glyph, ...]) -> float:
    return sum(g.confidence for g in glyphs) / len(glyphs) if glyphs else 0.0
