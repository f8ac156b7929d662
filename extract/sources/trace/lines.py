"""Straight thin strokes along the page: axes, gridlines, table rules, whiskers, leaders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.sources.trace.palette import SAME, Color, is_near

THICKEST = 5
"""Pixels; a stroke of more is a bar."""
SHORTEST = 18
"""Pixels; glyph strokes are shorter where no text boxes took them away."""
FAINTEST = 7
"""Levels by which a stroke differs from both its flanks; the palest gridlines (#f0f0f0) differ by 15."""
MOST = 1500


@dataclass(frozen=True, slots=True)
class Stroke:
    """A thin straight line: ends, thickness and colour, in pixels."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float
    color: tuple[int, int, int]
    dashed: bool = False


def strokes(image: NDArray[np.uint8], noise: float) -> list[Stroke]:
    """Horizontal and vertical strokes of an RGB image."""
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)
    across = _horizontal(image, grey, noise)
    down = _horizontal(image.transpose(1, 0, 2), np.ascontiguousarray(grey.T), noise)
    return across + [Stroke(s.y0, s.x0, s.y1, s.x1, s.thickness, s.color, s.dashed) for s in down]


def _horizontal(image: NDArray[np.uint8], grey: NDArray[np.uint8], noise: float) -> list[Stroke]:
    found: list[Stroke] = []
    kernel = np.ones((THICKEST + 2, 1), np.uint8)
    run = np.ones((1, SHORTEST | 1), np.uint8)  # odd: an even kernel would shift the line
    for kind in (cv2.MORPH_BLACKHAT, cv2.MORPH_TOPHAT):
        hat = np.asarray(cv2.morphologyEx(grey, kind, kernel), np.uint8)
        faint = (hat > FAINTEST + noise).astype(np.uint8)
        mask = cv2.morphologyEx(faint, cv2.MORPH_OPEN, run)
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        boxes = sorted((cv2.boundingRect(outline) for outline in outlines), key=lambda box: -box[2])
        for x, y, w, h in boxes[:MOST]:
            if h <= THICKEST + w // 100 and w >= SHORTEST:
                found.append(_measure(image, hat, x, y, w, h))
    return found


def _measure(image: NDArray[np.uint8], hat: NDArray[np.uint8], x: int, y: int, w: int, h: int) -> Stroke:
    top, bottom = max(0, y - 1), min(hat.shape[0], y + h + 1)
    weight = np.median(hat[top:bottom, x : x + w], axis=1).astype(float)
    if weight.sum() == 0:
        weight = hat[top:bottom, x : x + w].mean(axis=1) + 1e-6
    centre = top + 0.5 + float((weight * np.arange(len(weight))).sum() / weight.sum())
    row = top + int(weight.argmax())
    color = np.median(image[row, x : x + w], axis=0)
    thickness = float(weight.sum() / weight.max())
    red, green, blue = (int(v) for v in color)
    return Stroke(float(x), centre, float(x + w), centre, thickness, (red, green, blue))


def without_gaps(image: NDArray[np.uint8], found: list[Stroke], grounds: Sequence[Color]) -> list[Stroke]:
    """Without strips of bare ground between two things that differ, such as a bar's end and a gridline."""
    return [s for s in found if not is_near(s.color, grounds) or _alike_beside(image, s)]


def _alike_beside(image: NDArray[np.uint8], stroke: Stroke) -> bool:
    """Whether a stroke has the same colour on both sides."""
    if stroke.x0 == stroke.x1:
        image = image.transpose(1, 0, 2)
        stroke = Stroke(stroke.y0, stroke.x0, stroke.y1, stroke.x1, stroke.thickness, stroke.color)
    reach = stroke.thickness / 2 + 2
    rows = [int(np.clip(stroke.y0 + side * reach, 0, image.shape[0] - 1)) for side in (-1, 1)]
    above, below = (np.median(image[row, int(stroke.x0) : int(stroke.x1)], axis=0) for row in rows)
    return float(np.abs(above - below).max()) <= 2 * SAME
