"""How clean an image is, and what therefore counts as a difference in it.

Drawn images have flat fills and sharp edges. Compression (JPEG) and scanning leave ripples near every
edge and smear the colour, not the brightness, over some eight pixels; there, brightness is trusted
more than colour, and small differences are nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

RIPPLE = 0.6
"""Cells with small differences (5-24 levels) per cell with large ones, from which an image is grainy:
drawn images measured 0.1-0.4, JPEG of quality 90 down to 50 measured 0.9-1.7."""
COLOR_WEIGHT = 0.4
"""Weight of a colour difference against one of brightness in a grainy image."""


@dataclass(frozen=True, slots=True)
class Grain:
    """What counts in an image: ``jump`` between neighbours parts regions, ``tolerance`` along a fill is
    noise (both in levels), and a plateau has at least ``run`` pixels."""

    grainy: bool
    jump: int
    tolerance: float
    run: int

    def felt(self, colors: NDArray[np.float64]) -> NDArray[np.float64]:
        """RGB colours (last axis) in the space in which they are compared."""
        return colors @ _BRIGHT_FIRST.T if self.grainy else colors

    def even(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The image in that space with its ripples smoothed, for finding regions."""
        if not self.grainy:
            return image
        turned = cv2.transform(image, np.column_stack((_BRIGHT_FIRST, (0.0, 128.0, 128.0))))
        return np.asarray(cv2.bilateralFilter(turned, 5, 40, 3), np.uint8)


_BRIGHT_FIRST = np.array(
    [
        (0.299, 0.587, 0.114),
        (0.701 * COLOR_WEIGHT, -0.587 * COLOR_WEIGHT, -0.114 * COLOR_WEIGHT),
        (-0.299 * COLOR_WEIGHT, -0.587 * COLOR_WEIGHT, 0.886 * COLOR_WEIGHT),
    ]
)

CLEAN = Grain(grainy=False, jump=12, tolerance=12.0, run=2)
GRAINY = Grain(grainy=True, jump=12, tolerance=16.0, run=3)


def grain_of(image: NDArray[np.uint8]) -> Grain:
    """Whether an RGB image is clean or grainy, from how often neighbouring pixels differ a little."""
    counts = np.bincount(spread(image).ravel(), minlength=256)
    return GRAINY if counts[5:25].sum() > RIPPLE * counts[25:].sum() else CLEAN


def spread(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Largest difference, over the channels, within each 2x2 cell; shape (height - 1, width - 1)."""
    cell = np.ones((2, 2), np.uint8)
    high = cv2.dilate(image, cell, anchor=(0, 0))
    low = cv2.erode(image, cell, anchor=(0, 0))
    red, green, blue = cv2.split(cv2.subtract(high, low))
    return np.asarray(cv2.max(cv2.max(red, green), blue)[:-1, :-1], np.uint8)
