"""RapidOCR's models (PP-OCRv6) as an engine: detect -> straighten -> recognise -> words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extract.backends.pixels import to_rgb
from extract.backends.rapid.detect import Detector, shared_ends
from extract.backends.rapid.place import glyphs_to_words
from extract.backends.rapid.recognise import Recogniser
from extract.backends.rapid.regions import RegionReader, whole_image
from extract.backends.rapid.stray import stray_regions
from extract.scene import Word


class RapidEngine:
    """The embedded engine: Japanese and English, no network, no graphical libraries."""

    name = "rapid"

    def __init__(self) -> None:
        self._detect = Detector()
        self._recognise = Recogniser()
        self._read_region = RegionReader(self._recognise)

    def read(self, image: NDArray[np.uint8]) -> tuple[Word, ...]:
        """Words of an image with edges, sizes and confidences, in its pixels."""
        rgb = to_rgb(image)
        quads = self._detect(rgb)
        pairs = zip(quads, shared_ends(quads), strict=True)
        regions = [region for quad, shared in pairs for region in self._read_region(rgb, quad, shared)]
        words = [word for line, region in enumerate(regions) for word in glyphs_to_words(region, line)]
        stray = stray_regions(rgb, quads, words, self._recognise)
        words += [w for line, r in enumerate(stray, len(regions)) for w in glyphs_to_words(r, line)]
        return tuple(words)

    def read_line(self, image: NDArray[np.uint8]) -> Word | None:
        """The one line of text an image holds, blanks and all; None when nothing is read."""
        rgb = to_rgb(image)
        words = glyphs_to_words(whole_image(rgb, self._recognise(rgb)), whole=True)
        return words[0] if words else None
