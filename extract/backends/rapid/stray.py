"""Numbers the detector passed over: ink of the page's own type that no region covers.

The detector looks at texture and misses short numbers on strong ground: a 11 in a pie's slice, a value
that a line of the chart runs through. Their characters still stand apart in the colour of the type, so
they are looked for as components of that colour, in rows, and read with everything else painted out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.backends.glyphs import text_of
from extract.backends.rapid.detect import Quad
from extract.backends.rapid.recognise import Recogniser
from extract.backends.rapid.regions import Region
from extract.scene import Word

# Colours of type looked for besides black and white: the most frequent ones of the words found.
COLORS = 2
NEAR = 70  # channel difference from the colour of the type, soft edges of strokes left out
# Type is black when no channel exceeds the first; its soft edges are grey up to the second and no more
# coloured than the third.
DARK, GREY, CHROMA = 60, 165, 45
# Digits in em of their type: height, width at most; gap to the next one; level to each other.
HEIGHT, WIDTH, GAP, LEVEL = (0.5, 0.95), 0.75, 0.45, 0.25
# Share of its box that a component fills at most: markers of line charts are solid.
SOLID = 0.85
# Most components of one colour worth looking at: more is a photograph or a pattern.
CROWD = 4000
# Room around the components when they are read, in their heights.
ROOM = 0.4
TRUST = 0.85  # mean confidence from which a stray number is believed to be one
# What its characters are then worth: a line may have taken a digit of it.
CONFIDENCE = 0.6
# What is looked for: a number of two digits or more; ticks and hatchings read as 1s and dashes.
_NUMBER = re.compile(r"^(?=.*[2-9])[-−▲△]?\d[\d,]*(?:\.\d+)?[%％]?$|^1[01](?:\.\d)?[%％]?$")


def stray_regions(
    image: NDArray[np.uint8], quads: Sequence[Quad], words: Sequence[Word], recognise: Recogniser
) -> list[Region]:
    """Regions of numbers that stand outside all ``quads``, read; ``words`` are those found so far."""
    sizes = [w.size for w in words if any(c.isdigit() for c in w.text)]
    if not sizes:
        return []
    em = float(np.quantile(sizes, 0.1)), float(np.quantile(sizes, 0.9))
    covered = np.zeros(image.shape[:2], np.uint8)
    for quad in quads:
        cv2.fillConvexPoly(covered, np.round(quad).astype(np.int32), (1,))
    found: list[Region] = []
    for color in _colors(words):
        mask = _of_color(image, color)
        for box in _rows(mask, covered, em):
            region = _read(image, mask, color, box, recognise)
            if region is not None:
                found.append(region)
                cv2.fillConvexPoly(covered, np.round(region.quad).astype(np.int32), (1,))
    return found


def _colors(words: Sequence[Word]) -> list[NDArray[np.int64]]:
    """Black, white, and the colours of the type found, most frequent first and unlike each other."""
    seen: dict[str, int] = {}
    for word in words:
        seen[word.color] = seen.get(word.color, 0) + len(word.text)
    ranked = ["#000000", "#ffffff", *sorted(seen, key=lambda c: -seen[c])]
    kept: list[NDArray[np.int64]] = []
    for name in ranked:
        color = np.array([int(name[i : i + 2], 16) for i in (1, 3, 5)], np.int64)
        if all(np.abs(color - other).max() > NEAR for other in kept):
            kept.append(color)
        if len(kept) == 2 + COLORS:
            break
    return kept


def _of_color(image: NDArray[np.uint8], color: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Pixels of type in a colour; for black every dark grey, as thin strokes on white are."""
    low, high = (np.clip(color + d, 0, 255).astype(np.float64) for d in (-NEAR, NEAR))
    mask = cv2.inRange(image, low, high)
    if color.max() < DARK:
        red, green, blue = cv2.split(image)
        lightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
        grey = cv2.inRange(cv2.subtract(lightest, darkest), (0,), (CHROMA,))
        mask = cv2.bitwise_and(cv2.inRange(lightest, (0,), (GREY,)), grey)
    return np.asarray(mask, np.uint8)


def _rows(
    mask: NDArray[np.uint8], covered: NDArray[np.uint8], em: tuple[float, float]
) -> list[NDArray[np.int64]]:
    """Boxes (x0, y0, x1, y1) of two or more components in a row that look like digits and are not covered."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count > CROWD:
        return []
    x, y, w, h, area = (stats[1:, i].astype(np.int64) for i in range(5))
    fit = (h >= HEIGHT[0] * em[0]) & (h <= HEIGHT[1] * em[1]) & (w <= WIDTH * em[1]) & (area < SOLID * w * h)
    fit &= covered[np.minimum(y + h // 2, len(mask) - 1), np.minimum(x + w // 2, mask.shape[1] - 1)] == 0
    boxes = np.stack([x, y, x + w, y + h], axis=1)[fit]
    rows: list[list[NDArray[np.int64]]] = []
    for box in boxes[np.argsort(boxes[:, 0], kind="stable")]:
        row = next((r for r in rows if _follows(r[-1], box)), None)
        if row is None:
            rows.append([box])
        else:
            row.append(box)
    hulls = [np.concatenate([np.min(r, axis=0)[:2], np.max(r, axis=0)[2:]]) for r in rows if len(r) >= 2]
    return [np.asarray(hull, np.int64) for hull in hulls]


def _follows(left: NDArray[np.int64], right: NDArray[np.int64]) -> bool:
    height = max(left[3] - left[1], right[3] - right[1])
    level = abs(left[1] - right[1]) <= LEVEL * height and abs(left[3] - right[3]) <= LEVEL * height
    return bool(level and -0.1 * height <= right[0] - left[2] <= 1.4 * GAP * height)


def _read(
    image: NDArray[np.uint8],
    mask: NDArray[np.uint8],
    color: NDArray[np.int64],
    box: NDArray[np.int64],
    recognise: Recogniser,
) -> Region | None:
    """The region of a row of components, read with only the colour of its type left; None if no number."""
    room = round(ROOM * int(box[3] - box[1]))
    x0, y0 = max(0, int(box[0]) - room), max(0, int(box[1]) - room)
    x1, y1 = min(mask.shape[1], int(box[2]) + 3 * room), min(len(mask), int(box[3]) + room)
    ground = np.full((y1 - y0, x1 - x0, 3), 255 if color.mean() < 128 else 0, np.uint8)
    kept = cv2.dilate(mask[y0:y1, x0:x1], np.ones((3, 3), np.uint8)) > 0
    ground[kept] = image[y0:y1, x0:x1][kept]
    glyphs = recognise(ground)
    quad = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)
    if Region(ground, quad, glyphs).trust < TRUST or not _NUMBER.match(text_of(glyphs)):
        return None
    doubted = tuple(replace(g, confidence=min(g.confidence, CONFIDENCE)) for g in glyphs)
    return Region(ground, quad, doubted)
