"""Stand-ins for OCR engines: one per way an engine behaves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.scene import Box, Word


class BlindOcr:
    """Sees nothing, and counts how often it was asked."""

    name = "blind"

    def __init__(self) -> None:
        self.asked = 0

    def read(self, image: NDArray[np.uint8]) -> tuple[Word, ...]:
        self.asked += 1
        return ()

    def read_line(self, image: NDArray[np.uint8]) -> Word | None:
        self.asked += 1
        return None


class DictatedOcr(BlindOcr):
    """Reads what it is told, at the places it is told, whatever the image."""

    def __init__(self, *words: tuple[str, Box], line: str = "") -> None:
        super().__init__()
        self._words, self._line = words, line

    def read(self, image: NDArray[np.uint8]) -> tuple[Word, ...]:
        self.asked += 1
        return tuple(ocr_word(text, box) for text, box in self._words)

    def read_line(self, image: NDArray[np.uint8]) -> Word | None:
        self.asked += 1
        return ocr_word(self._line, Box(0, 0, 10, 10)) if self._line else None


def ocr_word(text: str, box: Box, confidence: float = 0.99) -> Word:
    step = box.width / max(1, len(text))
    edges = tuple(box.x0 + i * step for i in range(len(text) + 1))
    return Word(text, box, box.height, edges, confidence=confidence, seen_by="ocr")


def texts(words: Sequence[Word]) -> list[str]:
    return [w.text for w in words]
