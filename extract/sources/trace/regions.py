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

from extract.sources.trace.grain import Grain, meeting, spread

SHADING = 4
"""Levels between neighbours that are shading, whatever the colours on the whole."""


@dataclass(frozen=True, slots=True)
class Regions:
    """Regions over cells of 2x2 pixels: cell (y, x) spans pixels y..y+1, x..x+1.

    ``labels`` is 0 where the cell holds an edge. ``boxes`` has one row per region, label 1 first:
    x, y, width, height in cells; ``areas`` its number of cells.
    """

    labels: NDArray[np.int32]
    boxes: NDArray[np.int32]
    areas: NDArray[np.int32]


def even_regions(image: NDArray[np.uint8], grain: Grain) -> Regions:
    """Label the even regions of an RGB image."""
    rise = spread(grain.even(image))
    even = (rise <= grain.jump).astype(np.uint8)
    if grain.grainy:
        even[(rise > SHADING) & meeting(image, rise <= SHADING)] = 0
    _, labels, stats, _ = cv2.connectedComponentsWithStats(even, connectivity=4, ltype=cv2.CV_32S)
    table = np.asarray(stats, np.int32)
    return Regions(np.asarray(labels, np.int32), table[1:, :4], table[1:, 4])
