"""What is drawn but is neither bar, slice, rule nor word: the ink of curves and points, colour by colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.sources.trace.palette import Color, apart, chroma

CONTRAST = 60
"""Levels from the ground from which a pixel is surely ink and not the blurred edge of something."""
CLOSE = 45
"""Levels around a colour that still are that colour."""
FEWEST = 50
"""Pixels of a colour that are worth a look; a marker of 8 x 8 pixels has as many."""
RIM = 0.7
"""Share of a colour's pixels beside another ink from which it is that ink's rim."""
COLORS = 8
"""Colours looked at; charts with more series than that are drawn as small multiples."""


@dataclass(frozen=True, slots=True)
class Ink:
    """All pixels of one colour: ``mask`` is 1 there, over the whole image."""

    color: Color
    mask: NDArray[np.uint8]


def inks(image: NDArray[np.uint8], taken: NDArray[np.uint8], grounds: Sequence[Color]) -> list[Ink]:
    """The colours of the pixels that ``taken`` (1 where other marks lie) leaves, the most frequent first."""
    free = taken == 0
    for ground in grounds:
        low = np.array([max(0, v - CONTRAST) for v in ground], np.uint8)
        high = np.array([min(255, v + CONTRAST) for v in ground], np.uint8)
        free &= cv2.inRange(image, low, high) == 0
    rows, columns = np.nonzero(free)
    if len(rows) < FEWEST:
        return []
    pixels = image[rows, columns]
    found: list[Ink] = []
    for color in _frequent(pixels):
        if all(apart(color, other.color) > CLOSE for other in found):
            near = np.abs(pixels.astype(np.int16) - np.array(color, np.int16)).max(axis=1) <= CLOSE
            mask = np.zeros(image.shape[:2], np.uint8)
            mask[rows[near], columns[near]] = 1
            if not any(_is_rim(color, rows[near], columns[near], other, grounds) for other in found):
                found.append(Ink(color, mask))
    return found


def carried_on(image: NDArray[np.uint8], found: Sequence[Ink], within: NDArray[np.uint8]) -> list[Ink]:
    """The inks with what of them lies over bars (``within`` is 1 there where it is not the bar's own fill):
    a coloured line between the bars goes on across them."""
    rows, columns = np.nonzero(within)
    if not len(rows):
        return list(found)
    pixels = image[rows, columns].astype(np.int16)
    out = []
    for ink in found:
        if is_colored(ink.color):
            near = np.abs(pixels - np.array(ink.color, np.int16)).max(axis=1) <= CLOSE
            mask = ink.mask.copy()
            mask[rows[near], columns[near]] = 1
            ink = Ink(ink.color, mask)
        out.append(ink)
    return out


def _is_rim(
    color: Color, rows: NDArray[np.int64], columns: NDArray[np.int64], other: Ink, grounds: Sequence[Color]
) -> bool:
    """Whether a colour is only the blended rim of another: between it and the ground, and next to it."""
    for ground in grounds:
        start, step = np.array(ground, float), np.array(other.color, float) - np.array(ground, float)
        blend = float((np.array(color, float) - start) @ step / max(float(step @ step), 1.0))
        if 0.1 < blend < 1.0 and np.abs(np.array(color, float) - start - blend * step).max() <= CLOSE / 2:
            beside = cv2.dilate(other.mask, np.ones((3, 3), np.uint8))[rows, columns]
            return float(beside.mean()) >= RIM
    return False


def _frequent(pixels: NDArray[np.uint8]) -> list[Color]:
    """Peaks among the colours, 16 levels apart, the most frequent first."""
    steps = pixels >> 4
    codes = steps[:, 0].astype(np.int64) * 256 + steps[:, 1] * 16 + steps[:, 2]
    counts = np.bincount(codes, minlength=4096)
    peaks = [int(k) for k in np.argsort(-counts, kind="stable")[: 4 * COLORS] if counts[k] >= FEWEST // 3]
    colors: list[Color] = []
    for peak in peaks:
        mine = np.median(pixels[codes == peak], axis=0)
        color = (int(mine[0]), int(mine[1]), int(mine[2]))
        if all(apart(color, other) > CLOSE for other in colors):
            colors.append(color)
    return colors[:COLORS]


def is_colored(color: Color) -> bool:
    return chroma(color) > 40
