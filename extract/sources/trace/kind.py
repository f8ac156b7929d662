"""What a picture is, cheaply: a drawing (chart, table, scan of a page) or a photograph nobody can read."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.sources.trace.grain import spread

SIZE = 480
"""Pixels of the longer side at which a picture is looked at; noise of scans averages out."""
CALM_LEVELS = 8
"""Levels within a 2x2 cell up to which it is calm."""
RESTLESS = 0.6
"""Photographs stay below it in both measures; of 300 chart and page images, drawn, compressed and
scanned, none came below 0.78 in the larger."""
FEW_COLORS = 12
"""Colours (4 bits a channel) whose share is taken."""


def picture_kind(image: NDArray[np.uint8]) -> Literal["drawing", "photo", "blank"]:
    """Kind of an RGB image (height, width, 3). In doubt it is a drawing: a chart must not be skipped."""
    calm, few = calm_and_few(image)
    if calm == 1.0 and few == 1.0:
        return "blank"
    return "photo" if max(calm, few) < RESTLESS else "drawing"


def calm_and_few(image: NDArray[np.uint8]) -> tuple[float, float]:
    """Share of calm cells, and share of the pixels in the picture's twelve commonest colours."""
    scale = SIZE / max(image.shape[:2])
    small = image
    if scale < 1:
        small = np.asarray(
            cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
    calm = float((spread(small) <= CALM_LEVELS).mean())
    steps = (small >> 4).astype(np.int32)
    counts = np.bincount((steps[..., 0] * 256 + steps[..., 1] * 16 + steps[..., 2]).ravel(), minlength=4096)
    return calm, float(np.sort(counts)[-FEW_COLORS:].sum() / counts.sum())
