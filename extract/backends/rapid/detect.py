"""Where is text: the DB detector's probability map turned into boxes on the full-resolution image."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.backends.rapid.session import DETECTOR, Session, to_input

# Longest side shown to the detector, px. Of 950 values on scans a 200 dpi A4 page shrunk to 1600 loses 2,
# to 1280 7 (values in narrow segments), to 960 11; the full page loses 1 and costs twice as much.
MAX_SIDE = 1600
# The network halves its input five times.
STEP = 32
TEXT = 0.3  # probability from which a pixel is text
BOX = 0.3  # mean probability from which a region is text; .5 loses 5 of 950 values on scans
MIN_SIDE = 3  # px of the shrunk image; less is a speck
# How far the shrunk text kernel the network draws is grown back, as area / perimeter times this.
UNCLIP = 1.6

# Regions are in one row when they share this much of the higher one's height; they were grown into each
# other when they share less than this of it along the row.
SAME_ROW, MOST_SHARED = 0.7, 0.9

# Corners in order: top left, top right, bottom right, bottom left, of the text as it lies.
Quad = NDArray[np.float32]


class Detector:
    """Finds text regions."""

    def __init__(self) -> None:
        self._session = Session(DETECTOR)

    def __call__(self, image: NDArray[np.uint8]) -> list[Quad]:
        """Quadrilaterals of shape (4, 2) in px of ``image`` (RGB)."""
        height, width = image.shape[:2]
        if not image.size:
            return []
        scale = min(1.0, MAX_SIDE / max(height, width))
        small = cv2.resize(
            image,
            (_stepped(width * scale), _stepped(height * scale)),
            interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR,
        )
        heat = self._session(to_input(np.asarray(small, np.uint8)))[0, 0]
        grow = np.array([width / heat.shape[1], height / heat.shape[0]], np.float32)
        limit = np.array([width, height], np.float32)
        return [np.clip(quad * grow, 0, limit) for quad in heat_to_quads(heat)]


def heat_to_quads(heat: NDArray[np.float32]) -> list[Quad]:
    """Regions above the thresholds as grown-back quadrilaterals, top to bottom."""
    mask = cv2.dilate((heat > TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    quads = []
    for contour in contours:
        (cx, cy), (w, h), angle = cv2.minAreaRect(contour)
        if min(w, h) < MIN_SIDE or _mean_inside(heat, _corners(cx, cy, w, h, angle)) < BOX:
            continue
        by = 2 * w * h * UNCLIP / (2 * (w + h))
        quads.append(_ordered(_corners(cx, cy, w + by, h + by, angle)))
    return sorted(quads, key=lambda quad: (float(quad[:, 1].mean()), float(quad[:, 0].mean())))


def shared_ends(quads: list[Quad]) -> list[tuple[float, float]]:
    """For each region how much of its left and its right end lies in a neighbour of its row, px.

    Regions are grown beyond their text, and neighbours into each other: the last character of the left
    one may show at the border of the right one.
    """
    boxes = np.array([[*quad.min(axis=0), *quad.max(axis=0)] for quad in quads]).reshape(-1, 4)
    heights = boxes[:, 3] - boxes[:, 1]
    left, right = np.zeros(len(quads)), np.zeros(len(quads))
    for i, (x0, y0, x1, y1) in enumerate(boxes):
        after = (boxes[:, 0] > x0) & (boxes[:, 0] < x1) & (boxes[:, 2] > x1)
        row = np.minimum(boxes[:, 3], y1) - np.maximum(boxes[:, 1], y0) > SAME_ROW * np.maximum(
            heights, y1 - y0
        )
        near = x1 - boxes[:, 0] < MOST_SHARED * np.minimum(heights, y1 - y0)
        for j in np.flatnonzero(after & row & near):
            shared = float(x1 - boxes[j, 0])
            right[i], left[j] = max(right[i], shared), max(left[j], shared)
    return list(zip(left.tolist(), right.tolist(), strict=True))


def _corners(cx: float, cy: float, width: float, height: float, angle: float) -> Quad:
    return np.asarray(cv2.boxPoints(((cx, cy), (width, height), angle)), np.float32)


def _stepped(length: float) -> int:
    return max(STEP, round(length / STEP) * STEP)


def _mean_inside(heat: NDArray[np.float32], corners: NDArray[np.float32]) -> float:
    x0, y0 = np.maximum(np.floor(corners.min(axis=0)), 0).astype(int)
    x1, y1 = np.ceil(corners.max(axis=0)).astype(int) + 1
    part = heat[y0:y1, x0:x1]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(mask, [np.round(corners - (x0, y0)).astype(np.int32)], (1,))
    return float(cv2.mean(part, mask)[0])


def _ordered(corners: NDArray[np.float32]) -> Quad:
    """Top left first, clockwise, for boxes turned by less than 45 degrees."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)
