"""Even regions of an image: connected pixels whose colour does not jump.

Shading inside a bar is a slow change and keeps a region whole; an edge between two fills is a jump
and parts them. So one labelling finds bars, slices, swatches, panels and the ground at once, without
a palette.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

JUMP = 12
"""Levels between neighbours, in the channel that differs most, from which an edge is an edge."""
SMALLEST = 4
"""Area in 2x2 cells below which a region is noise."""


@dataclass(frozen=True, slots=True)
class Regions:
    """Regions over cells of 2x2 pixels: cell (y, x) spans pixels y..y+1, x..x+1.

    ``labels`` is 0 where the cell holds an edge. ``boxes`` has one row per region, label 1 first:
    x, y, width, height in cells; ``areas`` its number of cells.
    """

    labels: NDArray[np.int32]
    boxes: NDArray[np.int32]
    areas: NDArray[np.int32]


def spread(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Largest difference, over the channels, within each 2x2 cell; shape (height - 1, width - 1)."""
    cell = np.ones((2, 2), np.uint8)
    high = cv2.dilate(image, cell, anchor=(0, 0))
    low = cv2.erode(image, cell, anchor=(0, 0))
    red, green, blue = cv2.split(cv2.subtract(high, low))
    return np.asarray(cv2.max(cv2.max(red, green), blue)[:-1, :-1], np.uint8)


def even_regions(image: NDArray[np.uint8], jump: int = JUMP) -> Regions:
    """Label the even regions of an RGB image."""
    even = (spread(image) <= jump).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(even, connectivity=4, ltype=cv2.CV_32S)
    return Regions(labels, stats[1:, :4], stats[1:, 4])
