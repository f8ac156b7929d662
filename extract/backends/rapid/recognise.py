"""What does it say: a crop of one line of text through the recogniser."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.backends.glyphs import Glyph
from extract.backends.rapid.decode import Decoder
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

    def __call__(self, crop: NDArray[np.uint8], stretch: float = 1.0) -> tuple[Glyph, ...]:
        """Glyphs of an RGB crop shown ``stretch`` times as wide; ``at`` in px of the crop."""
        width = min(MAX_WIDTH, max(1, math.ceil(HEIGHT * stretch * crop.shape[1] / crop.shape[0])))
        scaled = cv2.resize(crop, (width, HEIGHT), interpolation=cv2.INTER_LINEAR)
        batch = np.zeros((1, 3, HEIGHT, max(MIN_WIDTH, width)), np.float32)
        batch[:, :, :, :width] = to_input(np.asarray(scaled, np.uint8))
        columns = self._session(batch)[0]
        px = batch.shape[3] / len(columns) * crop.shape[1] / width
        return tuple(Glyph(g.char, g.at * px, g.confidence) for g in self._decode(columns))
