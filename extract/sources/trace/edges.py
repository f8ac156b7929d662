"""Where a filled rectangle ends, to a fraction of a pixel.

An edge pixel is a blend of the fill and of what lies beyond, so the sum of the blends across the edge
tells where it lies between the pixels, however blurred it is. Outlines and thin gaps between segments
straddle the true edge: where a thin line follows the fill, the edge is the middle of that line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from extract.sources.trace.grain import Grain

Side = Literal["left", "top", "right", "bottom"]

LINES = np.array([0.12, 0.16, 0.2, 0.25, 0.32, 0.5, 0.68, 0.75, 0.8, 0.84, 0.88])
"""Where across the thickness of a bar it is sampled: mostly beside a label printed in its middle, and
not on its flanks, which may be outlined, rounded or blurred."""
INSIDE, BEYOND = 6, 12
"""Pixels looked at before and after the last pixel known to be inside."""
STEPS = 12
"""Times the window is moved on when the fill goes on beyond it."""
RISE = 0.1
"""Share of the difference reached so far that the next pixel must add to belong to the same edge."""
THIN = 5
"""Pixels up to which something beyond the edge counts as a line (outline, gap, axis)."""


LINE_CONTRAST = 2.0
"""Tolerances by which a line must differ from what is behind it: overshoot beside an edge differs less."""


@dataclass(frozen=True, slots=True)
class Edges:
    """One side of N rectangles, positions in pixels.

    ``at``: where the fill ends; ``found`` is false where it never did. ``blur``: width of the edge.
    ``beyond``: (N, 3) colour next to the fill; ``far``: a few pixels on, clear of overshoot.
    ``line``: thickness of a thin line that follows the
    fill, 0 where what follows is broad; ``past``: (N, 3) the colour behind that line.
    """

    at: NDArray[np.float64]
    blur: NDArray[np.float64]
    beyond: NDArray[np.float64]
    line: NDArray[np.float64]
    past: NDArray[np.float64]
    far: NDArray[np.float64]
    found: NDArray[np.bool_]


def find_edges(image: NDArray[np.uint8], inner: NDArray[np.int64], side: Side, grain: Grain) -> Edges:
    """The ``side`` edge of rectangles whose pixels x0..x1-1, y0..y1-1 (rows of ``inner``) lie inside."""
    if not len(inner):
        none = np.empty(0)
        empty = np.empty((0, 3))
        return Edges(none, none, empty, none, empty, empty, np.empty(0, bool))
    turned, boxes, mirrored, size = _turn(image, inner, side)
    last = boxes[:, 2] - 1
    result = _walk(turned, boxes, last, grain)
    for _ in range(STEPS):
        rows = np.flatnonzero(~result.found)
        if not len(rows):
            break
        last[rows] += BEYOND - 1
        again = _walk(turned, boxes[rows], last[rows], grain)
        for name in ("at", "blur", "beyond", "line", "past", "far", "found"):
            getattr(result, name)[rows] = getattr(again, name)
    at = size - result.at if mirrored else result.at
    return Edges(at, result.blur, result.beyond, result.line, result.past, result.far, result.found)


def _turn(
    image: NDArray[np.uint8], inner: NDArray[np.int64], side: Side
) -> tuple[NDArray[np.uint8], NDArray[np.int64], bool, int]:
    """Image and boxes turned so that the wanted side is the right one, whether mirrored, and the extent."""
    height, width = image.shape[:2]
    x0, y0, x1, y1 = inner.T
    if side == "right":
        return image, inner.copy(), False, width
    if side == "left":
        return image[:, ::-1], np.column_stack((width - x1, y0, width - x0, y1)), True, width
    turned = image.transpose(1, 0, 2)
    if side == "bottom":
        return turned, np.column_stack((y0, x0, y1, x1)), False, height
    return turned[:, ::-1], np.column_stack((height - y1, x0, height - y0, x1)), True, height


def _walk(image: NDArray[np.uint8], boxes: NDArray[np.int64], last: NDArray[np.int64], grain: Grain) -> Edges:
    colors, start = _profiles(image, boxes, last)
    profile, tolerance = grain.felt(colors), grain.tolerance
    rows, index = np.arange(len(boxes)), np.arange(profile.shape[1])[None, :]
    fill = np.median(profile[:, : INSIDE - 1], axis=1)
    away = np.abs(profile - fill[:, None]).max(axis=2)
    off = away > tolerance
    off[:, :-1] &= off[:, 1:] | (away[:, :-1] > 3 * tolerance)
    off[:, : INSIDE // 2] = False
    found = off.any(axis=1)
    first = np.where(found, off.argmax(axis=1), profile.shape[1] - 1)
    end = _crest(away, first)
    beyond = profile[rows, end]
    blend = _blend(profile, fill, beyond)
    blend = np.where(index > end[:, None], 1.0, np.where(index < first[:, None] - 2, 0.0, blend))
    at = start + (1.0 - blend).sum(axis=1)
    blur = ((blend > 0.05) & (blend < 0.95)).sum(axis=1).astype(np.float64)
    line, stop = _line_beyond(profile, end, tolerance, start + end - at)
    at_border = ~found & (start + profile.shape[1] >= image.shape[1])
    at = np.where(at_border, float(image.shape[1]), at)
    line = np.where(found, line, 0.0)
    after = np.minimum(end[:, None] + np.arange(2, 6), profile.shape[1] - 1)
    far = np.median(colors[rows[:, None], after], axis=1)
    return Edges(at, blur, colors[rows, end], line, colors[rows, stop], far, found | at_border)


def _profiles(
    image: NDArray[np.uint8], boxes: NDArray[np.int64], last: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Median colour across the thickness at the pixels around ``last``, (N, INSIDE + BEYOND, 3), and
    the first of these pixels."""
    height, width = image.shape[:2]
    y0, y1 = boxes[:, 1].astype(float)[:, None], boxes[:, 3].astype(float)[:, None]
    lines = np.clip((y0 + (y1 - y0) * LINES).astype(np.int64), 0, height - 1)
    start = last - INSIDE + 1
    columns = start[:, None] + np.arange(INSIDE + BEYOND)[None, :]
    seen = np.clip(np.maximum(columns, boxes[:, :1]), 0, width - 1)
    patch = image[lines[:, :, None], seen[:, None, :]]
    return np.median(patch, axis=1).astype(np.float64), start


def _crest(away: NDArray[np.float64], first: NDArray[np.int64]) -> NDArray[np.int64]:
    """Index where the difference stops rising: the far side of the edge."""
    rows, end = np.arange(len(away)), first.copy()
    for _ in range(BEYOND):
        following = np.minimum(end + 1, away.shape[1] - 1)
        rising = away[rows, following] > away[rows, end] * (1 + RISE) + 1
        end = np.where(rising, following, end)
    return end


def _blend(
    profile: NDArray[np.float64], here: NDArray[np.float64], there: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Share of ``there`` in each pixel, 0-1."""
    step = there - here
    length = np.maximum((step**2).sum(axis=1), 1e-6)[:, None]
    share = ((profile - here[:, None]) * step[:, None]).sum(axis=2) / length
    return np.asarray(np.clip(share, 0.0, 1.0), np.float64)


def _line_beyond(
    profile: NDArray[np.float64], end: NDArray[np.int64], tolerance: float, reached: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Thickness of the line that begins at the edge (0 when broad) and the index of what is behind it."""
    rows, index = np.arange(len(profile)), np.arange(profile.shape[1])[None, :]
    beyond = profile[rows, end]
    away = np.abs(profile - beyond[:, None]).max(axis=2)
    off = (away > LINE_CONTRAST * tolerance) & (index > end[:, None]) & (index <= end[:, None] + THIN)
    thin = off.any(axis=1)
    first = np.where(thin, off.argmax(axis=1), profile.shape[1] - 1)
    stop = _crest(away, first)
    blend = _blend(profile, beyond, profile[rows, stop])
    within = (index >= end[:, None]) & (index <= stop[:, None])
    thickness = reached + np.where(within, 1.0 - blend, 0.0).sum(axis=1)
    return np.where(thin & (thickness <= THIN), thickness, 0.0), stop
