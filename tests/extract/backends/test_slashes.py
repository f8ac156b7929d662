"""Slashes that were read as ノ, told by a drawn stroke."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from extract.backends.glyphs import Glyph, text_of
from extract.backends.slashes import with_slashes

EM = 24


def drawn(points: list[tuple[int, int]], ground: int = 255, ink: int = 40) -> NDArray[np.uint8]:
    """A crop of three characters, the middle one a stroke through these points of its square, in px."""
    image = np.full((32, 3 * EM, 3), ground, np.uint8)
    corners = np.array([(EM + x, 4 + y) for x, y in points], np.int32)
    cv2.polylines(image, [corners], False, (ink, ink, ink), 2, cv2.LINE_AA)
    for left in (4, 2 * EM + 4):
        cv2.rectangle(image, (left, 8), (left + 14, 24), (ink, ink, ink), 2)
    return image


def read(char: str = "ノ") -> list[Glyph]:
    return [Glyph("ス", 12.0, 0.99), Glyph(char, 36.0, 0.95), Glyph("リ", 60.0, 0.99)]


STRAIGHT = [(2, 22), (21, 2)]
BENT = [(18, 4), (16, 11), (12, 16), (4, 21)]


@pytest.mark.parametrize(("ground", "ink"), [(255, 40), (60, 250), (220, 120)])
def test_a_straight_stroke_is_a_slash(ground: int, ink: int) -> None:
    assert text_of(with_slashes(read(), drawn(STRAIGHT, ground, ink), EM)) == "ス／リ"


@pytest.mark.parametrize(("ground", "ink"), [(255, 40), (60, 250)])
def test_a_bent_stroke_is_a_kana(ground: int, ink: int) -> None:
    assert text_of(with_slashes(read(), drawn(BENT, ground, ink), EM)) == "スノリ"


def test_the_other_diagonal_is_no_slash() -> None:
    assert text_of(with_slashes(read(), drawn([(2, 2), (21, 22)]), EM)) == "スノリ"


def test_nothing_but_the_kana_is_changed() -> None:
    assert text_of(with_slashes(read("メ"), drawn(STRAIGHT), EM)) == "スメリ"
