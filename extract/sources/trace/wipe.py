"""Take the words off an image: glyphs give way to what they were printed on.

A glyph is a structure inside a text box that is thinner than a share of the box's height and that
does not go on outside the box. Bars, swatches and rules are either thicker or go on, so they stay.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scene import Box
from extract.sources.trace.grain import Grain

STROKE_SHARE = 0.42
"""Widest glyph stroke as a share of the text height: bold Gothic strokes reach about 0.2."""
CONTRAST, GRAINY_CONTRAST = 14, 30
"""Levels by which a glyph pixel differs from its ground, and in an image with ripples."""
GRAINY_HALO = 5
"""Pixels across the mark that is wiped for each glyph pixel where edges are smeared; 3 where they are not."""
MARGIN = 3
"""Pixels around a text box that belong to it: recognised boxes may cut the outermost strokes."""
GAP = 3
"""Pixels of a rule that noise may hide."""
PLAIN = 0.6
"""Words are dark when dark structures are this much rarer around the box than light ones; else both go."""


def wipe_text(image: NDArray[np.uint8], boxes: Sequence[Box], grain: Grain) -> NDArray[np.uint8]:
    """A copy of the RGB image with the glyphs in ``boxes`` filled from the pixels around them."""
    wiped = image.copy()
    height, width = image.shape[:2]
    for box in boxes:
        reach = max(5, int(STROKE_SHARE * min(box.width, box.height)) | 1)
        inner = _clipped(box, MARGIN, width, height)
        outer = _clipped(box, MARGIN + reach, width, height)
        if inner[2] - inner[0] < 4 or inner[3] - inner[1] < 4:
            continue
        x0, y0, x1, y1 = outer
        rows, columns = slice(inner[1] - y0, inner[3] - y0), slice(inner[0] - x0, inner[2] - x0)
        part = _without_glyphs(wiped[y0:y1, x0:x1], reach, (rows, columns), grain)
        wiped[inner[1] : inner[3], inner[0] : inner[2]] = part
    return wiped


def _clipped(box: Box, by: int, width: int, height: int) -> tuple[int, int, int, int]:
    x1, y1 = min(width, int(box.x1) + 1 + by), min(height, int(box.y1) + 1 + by)
    return max(0, int(box.x0) - by), max(0, int(box.y0) - by), x1, y1


def _without_glyphs(
    around: NDArray[np.uint8], reach: int, window: tuple[slice, slice], grain: Grain
) -> NDArray[np.uint8]:
    """The window of a crop without its glyphs; what surrounds it shows what is thin and what goes on."""
    kernel = np.ones((reach, reach), np.uint8)
    closed = np.asarray(cv2.morphologyEx(around, cv2.MORPH_CLOSE, kernel), np.uint8)[window]
    opened = np.asarray(cv2.morphologyEx(around, cv2.MORPH_OPEN, kernel), np.uint8)[window]
    crop = around[window]
    ground, glyphs = _glyphs(crop, closed, opened, grain)
    passing = _passing(glyphs, reach)
    glyphs &= ~passing
    if not glyphs.any():
        return crop
    halo = GRAINY_HALO if grain.grainy else 3
    wide = cv2.dilate(glyphs.astype(np.uint8), np.ones((halo, halo), np.uint8)) > 0
    if grain.grainy:
        rules = cv2.dilate(passing.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        ground = _mean_around(crop, wide | rules, ground, reach)
        wide &= ~rules
    return np.where(wide[..., None], ground, crop).astype(np.uint8)


def _mean_around(
    crop: NDArray[np.uint8], hidden: NDArray[np.bool_], otherwise: NDArray[np.uint8], reach: int
) -> NDArray[np.uint8]:
    """Mean of the pixels nearby that are not hidden; the extremes of ripples would be a wrong ground."""
    seen = (~hidden).astype(np.float32)
    window = (reach | 1, reach | 1)
    count = cv2.boxFilter(seen, -1, window, normalize=False)
    total = cv2.boxFilter(crop.astype(np.float32) * seen[..., None], -1, window, normalize=False)
    mean = total / np.maximum(count, 1.0)[..., None]
    return np.where((count >= 4)[..., None], np.rint(mean), otherwise).astype(np.uint8)


def _glyphs(
    crop: NDArray[np.uint8], closed: NDArray[np.uint8], opened: NDArray[np.uint8], grain: Grain
) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """What the words stand on, and the mask of their glyphs.

    The gaps between dark strokes look like light strokes. But the gaps have the colours that also
    surround the words, and the strokes have not: that tells dark words from light ones.
    """
    pits, tips = _height(closed, crop, grain), _height(crop, opened, grain)
    contrast = GRAINY_CONTRAST if grain.grainy else CONTRAST
    dark, light = pits > contrast, tips > contrast
    around = _around(crop)
    dark_around, light_around = _mean(around, dark), _mean(around, light)
    if dark.any() and dark_around < PLAIN * light_around:
        return closed, dark
    if light.any() and light_around < PLAIN * dark_around:
        return opened, light
    return np.where((pits > tips)[..., None], closed, opened).astype(np.uint8), dark | light


def _height(upper: NDArray[np.uint8], lower: NDArray[np.uint8], grain: Grain) -> NDArray[np.uint8]:
    """Difference of each pixel as one number: the channel that differs most, or where colour is smeared
    the brightness."""
    difference = cv2.subtract(upper, lower)
    if grain.grainy:
        return np.asarray(cv2.cvtColor(difference, cv2.COLOR_RGB2GRAY), np.uint8)
    red, green, blue = cv2.split(difference)
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def _around(crop: NDArray[np.uint8]) -> NDArray[np.float64]:
    """How much of the margin of the crop has the colour of each pixel, 0-1."""
    margin = np.ones(crop.shape[:2], bool)
    margin[MARGIN:-MARGIN, MARGIN:-MARGIN] = False
    share = np.zeros(crop.shape[:2])
    for shift in (0, 8):  # two grids of 16 levels, so that noise across a grid line does not matter
        steps = (crop.astype(np.uint16) + shift) >> 4
        code = steps[..., 0] * 289 + steps[..., 1] * 17 + steps[..., 2]
        counts = np.bincount(code[margin], minlength=17**3) / max(int(margin.sum()), 1)
        share = np.maximum(share, counts[code])
    return share


def _mean(of: NDArray[np.float64], among: NDArray[np.bool_]) -> float:
    return float(of[among].mean()) if among.any() else 1.0


def _passing(mask: NDArray[np.bool_], reach: int) -> NDArray[np.bool_]:
    """Thin straight runs that come in from outside the box: rules, edges and bar ends, not glyphs.

    Between two rows of pixels, and under noise, a rule has gaps and changes rows; both are bridged.
    """
    passing = np.zeros(mask.shape, bool)
    plain = mask.astype(np.uint8)
    level, standing = (
        cv2.morphologyEx(cv2.dilate(plain, np.ones(rows, np.uint8)), cv2.MORPH_CLOSE, np.ones(gap, np.uint8))
        for rows, gap in (((3, 1), (1, GAP)), ((1, 3), (GAP, 1)))
    )
    across, down = level > 0, standing > 0
    turns = (
        (across, passing),
        (across[:, ::-1], passing[:, ::-1]),
        (down.T, passing.T),
        (down[::-1].T, passing[::-1].T),
    )
    thick = np.ones((reach + 1, 1), np.uint8)
    for seen, out in turns:
        run = np.logical_and.accumulate(seen, axis=1)
        entering = (run.sum(axis=1) >= 2 * MARGIN).astype(np.uint8)[:, None]
        entering -= cv2.morphologyEx(entering, cv2.MORPH_OPEN, thick)
        out |= run & (entering > 0)
    return passing & mask
