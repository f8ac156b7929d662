"""An OCR engine that sees what is not there: the same words for the same picture, at no cost.

What real recognition costs would leave no time for what comes after it; what it might say is worse than
anything it does say.
"""

from __future__ import annotations

from random import Random

import numpy as np
from numpy.typing import NDArray

from extract.scene import Box, Word

TEXTS = (
    "47.6%", "12.3％", "100", "0.0%", "はい", "いいえ", "SaaS", "非SaaS", "n=210", "（n＝1,234）", "2026年",
    "その他", "とても満足している", "全体", "50", "▲3.2", "約3割", "", " ", "％",
    "Q1. 次のうちあてはまるものをお答えください",
)  # fmt: skip
MOST = 60


class Guess:
    """Words at random places, some outside the picture, some without width."""

    name = "guess"

    def read(self, image: NDArray[np.uint8]) -> tuple[Word, ...]:
        height, width = image.shape[:2]
        dice = Random(f"{width} {height} {int(image[:: height // 9 + 1, :: width // 9 + 1].sum())}")
        return tuple(self._word(dice, width, height) for _ in range(dice.randrange(MOST)))

    def read_line(self, image: NDArray[np.uint8]) -> Word | None:
        words = [word for word in self.read(image) if word.text.strip()]
        return words[0] if words else None

    def _word(self, dice: Random, width: int, height: int) -> Word:
        text = dice.choice(TEXTS)
        size = dice.choice((1.0, 9.0, 24.0, 300.0))
        x, y = dice.uniform(-10, width), dice.uniform(-10, height)
        step = dice.choice((0.0, 0.5, 1.0)) * size
        doubts = tuple(dice.random() for _ in text)
        return Word(
            text=text,
            box=Box(x, y, x + step * len(text), y + size),
            size=size,
            edges=tuple(x + step * n for n in range(len(text) + 1)),
            confidence=min(doubts, default=1.0),
            doubts=doubts,
            seen_by="ocr",
            angle=dice.choice((0, 0, 0, 0, 90, 270)),
        )
