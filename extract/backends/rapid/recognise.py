"""What does it say: crops of text regions, straightened, through the recogniser."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.backends.glyphs import Glyph
from extract.backends.ink import text_span
from extract.backends.rapid.decode import Decoder
from extract.backends.rapid.detect import Quad
from extract.backends.rapid.session import RECOGNISER, Session, to_input

HEIGHT = 48  # px, fixed by the model
# Crops narrower than this are padded to it: the model's own 320 costs a third more on charts, and below
# 192 the missing padding makes a last % read as %6.
MIN_WIDTH = 192
MAX_WIDTH = 4800  # px; a line of 100 full-width characters


class Recogniser:
    """Reads one straight line of text."""

    def __init__(self) -> None:
        self._session = Session(RECOGNISER)
        self._decode = Decoder(self._session.characters())

    def __call__(self, crop: NDArray[np.uint8]) -> tuple[Glyph, ...]:
        """Glyphs of an RGB crop, ``at`` in px of the crop."""
        width = min(MAX_WIDTH, max(1, -(-HEIGHT * crop.shape[1] // crop.shape[0])))
        scaled = cv2.resize(crop, (width, HEIGHT), interpolation=cv2.INTER_LINEAR)
        batch = np.zeros((1, 3, HEIGHT, max(MIN_WIDTH, width)), np.float32)
        batch[:, :, :, :width] = to_input(np.asarray(scaled, np.uint8))
        columns = self._session(batch)[0]
        px = batch.shape[3] / len(columns) * crop.shape[1] / width
        return tuple(Glyph(g.char, g.at * px, g.confidence) for g in self._decode(columns))


def straighten(image: NDArray[np.uint8], quad: Quad) -> NDArray[np.uint8]:
    """The region as an upright rectangle."""
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    slant = max(abs(quad[0, 1] - quad[1, 1]), abs(quad[0, 0] - quad[3, 0]))
    if slant < 1:
        y0, x0 = int(top), int(left)
        return image[y0 : max(y0 + 1, round(bottom)), x0 : max(x0 + 1, round(right))]
    width = max(1, round(max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[2] - quad[3]))))
    height = max(1, round(max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2]))))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(quad, target)
    size, border = (width, height), cv2.BORDER_REPLICATE
    flat = cv2.warpPerspective(image, turn, size, flags=cv2.INTER_CUBIC, borderMode=border)
    return np.asarray(flat, np.uint8)


def trimmed(crop: NDArray[np.uint8], quad: Quad) -> tuple[NDArray[np.uint8], Quad]:
    """Crop and region without the bar's end or the neighbouring segment that it begins or ends with.

    Read as characters they would be a leading 1 or |, the one common error in values of clean pages.
    """
    width = crop.shape[1]
    left, right = text_span(crop)
    if (left, right) == (0, width):
        return crop, quad
    top, bottom = (quad[1] - quad[0]) / width, (quad[2] - quad[3]) / width
    ends = [quad[0] + top * left, quad[0] + top * right, quad[3] + bottom * right, quad[3] + bottom * left]
    return np.ascontiguousarray(crop[:, left:right]), np.array(ends, np.float32)
