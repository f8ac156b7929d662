"""Full-width slashes read as ノ, told by their ink.

No neighbour tells サクセス／営業 from モノレール, but the pen does: a slash is straight from corner to
corner, ノ bends outwards on its way down. Drawn in seven typefaces at 10-28 px, clean, blurred, as JPEG and
white on colour, half of the slashes were read as ノ, and one in eight still is; of 1970 ノ 14 became slashes,
all of them blurred or as JPEG and lower than 13 px.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.backends.glyphs import Glyph
from extract.backends.ink import FAINT, away_from_ground, contrast

# Mean distance of the middle rows' ink from the diagonal, as a share of the box: a slash bends no more.
STRAIGHT = 0.05
# Pixels of type from which strokes are sharp enough for that.
SHARP = 14.0
# The rows looked at, as shares of the height: the ends of both strokes are alike.
MIDDLE = (0.25, 0.75)
# Width and height of the stroke in em: less is a speck, wider ink is two characters run together.
SIZES = (0.45, 1.1)
# How far from the place it was read at a stroke may stand, in em.
NEAR = 0.25
# Contrast of the pixels of a stroke, as a share of the type's.
SOFT = 0.35


def with_slashes(glyphs: Sequence[Glyph], crop: NDArray[np.uint8], em: float) -> list[Glyph]:
    """The glyphs with every ノ that is drawn like a slash as one; ``at`` and ``em`` in px of the crop."""
    if not any(g.char == "ノ" for g in glyphs):
        return list(glyphs)
    places = straight_strokes(crop, em)
    return [
        replace(g, char="／") if g.char == "ノ" and any(abs(x - g.at) <= NEAR * em for x in places) else g
        for g in glyphs
    ]


def straight_strokes(crop: NDArray[np.uint8], em: float) -> list[float]:
    """Columns of the middles of all shapes that rise straight from their lower left to their upper right."""
    away = away_from_ground(crop)
    mask = (away > max(FAINT, SOFT * contrast(away))).astype(np.uint8)
    _, labels, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for i in range(1, len(stats)):
        x, y, width, height, _ = (int(v) for v in stats[i])
        if not all(SIZES[0] * em <= side <= SIZES[1] * em for side in (width, height)):
            continue
        part = slice(y, y + height), slice(x, x + width)
        ink = np.where(labels[part] == i, away[part], 0).astype(np.float64)
        if abs(_bend(ink)) <= STRAIGHT * min(1.0, em / SHARP):
            found.append(float(centres[i][0]))
    return found


def _bend(ink: NDArray[np.float64]) -> float:
    """How far right of the rising diagonal the middle rows' ink lies on average; 1 when there is none."""
    height, width = ink.shape
    down, along = (np.arange(height) + 0.5) / height, (np.arange(width) + 0.5) / width
    rows = (down > MIDDLE[0]) & (down < MIDDLE[1])
    middle = ink[rows]
    total = float(middle.sum())
    if not total or (middle.sum(axis=1) == 0).any():
        return 1.0
    off = along[None, :] + down[rows][:, None] - 1
    near = float((np.abs(off) * middle).sum() / total)
    return float((off * middle).sum() / total) if near < 0.2 else 1.0
