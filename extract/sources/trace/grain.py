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
RIPPLE_LEVELS = 24
"""Differences up to this many levels are smoothed as ripples."""
FREQUENT = 0.0004
"""Share of the flat cells a colour needs to be one of the image's own: a legend swatch on a page."""
APART_STEPS, MOST_COLORS = 4, 40
"""Steps of 8 levels between two of the image's own colours, and how many are kept."""
NEARER_STEPS, PLENTY = 2, 0.01
"""Steps that will do for colours with this share of the flat cells: pale bars on white paper."""
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
        return np.asarray(cv2.bilateralFilter(turned, 5, RIPPLE_LEVELS, 3), np.uint8)


_BRIGHT_FIRST = np.array(
    [
        (0.299, 0.587, 0.114),
        (0.701 * COLOR_WEIGHT, -0.587 * COLOR_WEIGHT, -0.114 * COLOR_WEIGHT),
        (-0.299 * COLOR_WEIGHT, -0.587 * COLOR_WEIGHT, 0.886 * COLOR_WEIGHT),
    ]
)

CLEAN = Grain(grainy=False, jump=12, tolerance=12.0, run=2)
GRAINY = Grain(grainy=True, jump=10, tolerance=16.0, run=3)


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


def meeting(image: NDArray[np.uint8], flat: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Cells of 2x2 pixels that are nearest to different ones of the image's own flat colours.

    Where a blurred edge has no jump, the colours on its two sides still tell it. ``flat`` marks the
    cells from which the image's colours are taken.
    """
    steps = image >> 3
    codes = (steps[..., 0].astype(np.uint16) << 10) | (steps[..., 1].astype(np.uint16) << 5) | steps[..., 2]
    counts = np.bincount(codes[:-1, :-1][flat], minlength=32768)
    names = _nearest(counts)[codes]
    cell = np.ones((2, 2), np.uint8)
    high, low = cv2.dilate(names, cell, anchor=(0, 0)), cv2.erode(names, cell, anchor=(0, 0))
    return np.asarray(high != low, np.bool_)[:-1, :-1]


def _nearest(counts: NDArray[np.int64]) -> NDArray[np.uint8]:
    """For each colour of 5 bits a channel, the number of the nearest frequent one."""
    order = np.argsort(-counts, kind="stable")[:400]
    order = order[counts[order] >= max(16, FREQUENT * counts.sum())]
    grid = np.stack((order >> 10, (order >> 5) & 31, order & 31), axis=1).astype(np.int16)
    chosen: list[NDArray[np.int16]] = []
    plenty = counts[order] >= PLENTY * counts.sum()
    for color, many in zip(grid, plenty, strict=True):
        steps = NEARER_STEPS if many else APART_STEPS
        if all(int(np.abs(color - other).max()) >= steps for other in chosen) and len(chosen) < MOST_COLORS:
            chosen.append(color)
    if not chosen:
        return np.zeros(32768, np.uint8)
    every = np.arange(32768)
    cube = np.stack((every >> 10, (every >> 5) & 31, every & 31), axis=1).astype(np.int16)
    away = np.stack([((cube - color) ** 2).sum(axis=1) for color in chosen])
    return np.asarray(away.argmin(axis=0), np.uint8)
