"""One detected region to glyphs: parted by ground, trimmed of bars, turned if tall, widened if cut."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.backends.glyphs import Glyph
from extract.backends.grounds import ground_changes
from extract.backends.ink import cut_ends, measure_ink, text_span
from extract.backends.rapid.detect import Quad
from extract.backends.rapid.recognise import Recogniser
from extract.backends.rapid.widths import lacks_a_digit

# A region this much taller than wide is read turned by a quarter; one digit is up to twice as tall as wide.
TALL = 2.2
# How far a region is widened where its ink runs over the border, in its heights: one digit.
WIDER = 0.5
# A region at least this tall for its width is looked at for empty ground; it is too large when its ink
# takes less than the second share of both sides; room left around the ink, in its heights.
SQUARE, LOOSE, ROOM = 0.7, 0.5, 0.3
# Mean confidence below which a region holds no text (RapidOCR's own limit), and the higher one for a
# lone character that is no digit: markers of line charts are read as 社 or ◆.
NO_TEXT, NO_CHARACTER = 0.5, 0.7
# How much wider a crop is shown that lacked a digit: like digits in a row come apart.
STRETCH = 1.5
# What the confidence of a character at a border is worth when its ink runs over the border.
CUT = 0.5


@dataclass(frozen=True, slots=True)
class Region:
    """``crop`` is the region of ``quad`` upright, turned clockwise by ``turn`` degrees; glyphs in its px."""

    crop: NDArray[np.uint8]
    quad: Quad
    glyphs: tuple[Glyph, ...]
    turn: int = 0

    @property
    def trust(self) -> float:
        """Mean confidence of the characters."""
        return sum(g.confidence for g in self.glyphs) / len(self.glyphs) if self.glyphs else 0.0


def whole_image(image: NDArray[np.uint8], glyphs: tuple[Glyph, ...]) -> Region:
    """An image that is one region."""
    height, width = image.shape[:2]
    return Region(image, np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32), glyphs)


class RegionReader:
    """Reads one region of an image."""

    def __init__(self, recognise: Recogniser) -> None:
        self._recognise = recognise

    def __call__(
        self, image: NDArray[np.uint8], quad: Quad, shared: tuple[float, float] = (0.0, 0.0)
    ) -> list[Region]:
        """The regions that hold text: one for each ground that the quadrilateral spans.

        ``shared``: px of its left and right end that lie in its neighbours as well. Where a character runs
        over such an end it is the neighbour's.
        """
        quad = _clear_of(quad, shared, cut_ends(straighten(image, quad))) if any(shared) else quad
        crop = straighten(image, quad)
        parts = parted(quad, crop.shape[1], ground_changes(crop))
        return [region for part in parts if (region := self._read(image, part))]

    def _read(self, image: NDArray[np.uint8], quad: Quad) -> Region | None:
        quad = tightened(straighten(image, quad), quad)
        crop = straighten(image, quad)
        if crop.shape[0] >= TALL * crop.shape[1]:
            region = self._turned(crop, quad)
        else:
            region = self._mended(image, self._upright(crop, quad))
        lone = len(region.glyphs) == 1 and not region.glyphs[0].char.isdigit()
        return region if region.trust >= (NO_CHARACTER if lone else NO_TEXT) else None

    def _upright(self, crop: NDArray[np.uint8], quad: Quad) -> Region:
        crop, quad = trimmed(crop, quad)
        glyphs = self._recognise(crop)
        if lacks_a_digit(glyphs, crop):
            again = self._recognise(crop, STRETCH)
            if len(again) > len(glyphs) and not lacks_a_digit(again, crop):
                glyphs = again
            else:
                glyphs = tuple(replace(g, confidence=min(g.confidence, CUT)) for g in glyphs)
        return Region(crop, quad, glyphs)

    def _turned(self, crop: NDArray[np.uint8], quad: Quad) -> Region:
        parts = [(np.ascontiguousarray(np.rot90(crop, -turn // 90)), turn) for turn in (90, 270)]
        return max((Region(p, quad, self._recognise(p), t) for p, t in parts), key=lambda r: r.trust)

    def _mended(self, image: NDArray[np.uint8], region: Region) -> Region:
        """A region that cuts through a character, read again with more room.

        A border that ink still runs over, or that more room left unread, leaves its character in doubt.
        """
        left, right = cut_ends(region.crop)
        if not region.glyphs or not (left or right):
            return region
        room = widened(region.quad, WIDER * left, WIDER * right, image.shape[1])
        wider = self._upright(straighten(image, room), room)
        if len(wider.glyphs) > len(region.glyphs) and wider.trust >= NO_TEXT:
            return wider
        if len(wider.glyphs) == len(region.glyphs) and wider.trust >= NO_TEXT:
            seen = zip(
                region.glyphs, wider.glyphs, strict=True
            )  # the places of the one, the looks of the other
            glyphs = tuple(replace(new, at=old.at) for old, new in seen)
            region, (left, right) = replace(region, glyphs=glyphs), cut_ends(wider.crop)
        return doubted(region, left, right)


def doubted(region: Region, left: bool, right: bool) -> Region:
    """The region with its first or last character worth no more than one that is cut."""
    glyphs = list(region.glyphs)
    for end in [0] * left + [-1] * right:
        glyphs[end] = replace(glyphs[end], confidence=min(glyphs[end].confidence, CUT))
    return replace(region, glyphs=tuple(glyphs))


def _clear_of(quad: Quad, shared: tuple[float, float], cut: tuple[bool, bool]) -> Quad:
    """The region without half of what it shares, at the ends that a character runs over."""
    kept = quad.copy()
    if cut[0]:
        kept[[0, 3], 0] += shared[0] / 2
    if cut[1]:
        kept[[1, 2], 0] -= shared[1] / 2
    return kept


def straighten(image: NDArray[np.uint8], quad: Quad) -> NDArray[np.uint8]:
    """The region as an upright rectangle."""
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    slant = max(abs(quad[0, 1] - quad[1, 1]), abs(quad[0, 0] - quad[3, 0]))
    if slant < 1:
        y0, x0 = int(top), int(left)
        return image[y0 : max(y0 + 1, round(bottom)), x0 : max(x0 + 1, round(right))]
    width = max(1, round(max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[2] - quad[3]))))
    height = max(1, round(max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2]))))
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(quad, target)
    size, border = (width, height), cv2.BORDER_REPLICATE
    flat = cv2.warpPerspective(image, turn, size, flags=cv2.INTER_CUBIC, borderMode=border)
    return np.asarray(flat, np.uint8)


def trimmed(crop: NDArray[np.uint8], quad: Quad) -> tuple[NDArray[np.uint8], Quad]:
    """Crop and region without the bar's end or the neighbouring segment that it begins or ends with."""
    width = crop.shape[1]
    left, right = text_span(crop)
    if (left, right) == (0, width):
        return crop, quad
    top, bottom = (quad[1] - quad[0]) / width, (quad[2] - quad[3]) / width
    ends = [quad[0] + top * left, quad[0] + top * right, quad[3] + bottom * right, quad[3] + bottom * left]
    return np.ascontiguousarray(crop[:, left:right]), np.array(ends, np.float32)


def parted(quad: Quad, width: int, cuts: list[int]) -> list[Quad]:
    """The region cut across at these px of its width."""
    ends = [0, *cuts, width]
    upper, lower = (quad[1] - quad[0]) / max(1, width), (quad[2] - quad[3]) / max(1, width)
    return [
        np.array(
            [quad[0] + upper * a, quad[0] + upper * b, quad[3] + lower * b, quad[3] + lower * a], np.float32
        )
        for a, b in pairwise(ends)
    ]


def tightened(crop: NDArray[np.uint8], quad: Quad) -> Quad:
    """The region without the empty ground around its ink, where it is nearly all ground.

    On strong ground the detector draws a box three times too large around a short number.
    """
    height, width = crop.shape[:2]
    if height < SQUARE * width:
        return quad
    ink = measure_ink(crop, 0, width, 0)
    if ink is None or ink.bottom - ink.top > LOOSE * height or ink.right - ink.left > LOOSE * width:
        return quad
    room = (ink.bottom - ink.top) * ROOM
    sides = ink.left - room, ink.top - room, ink.right + room, ink.bottom + room
    x0, y0, x1, y1 = (max(0.0, v) for v in sides)
    right, down = (quad[1] - quad[0]) / width, (quad[3] - quad[0]) / height
    ends = [quad[0] + right * x + down * y for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
    return np.array(ends, np.float32)


def widened(quad: Quad, left: float, right: float, limit: float) -> Quad:
    """The region longer by these multiples of its height, within the image."""
    height = float(np.linalg.norm(quad[3] - quad[0]))
    way = (quad[1] - quad[0]) / max(1e-6, float(np.linalg.norm(quad[1] - quad[0])))
    ends = quad + np.outer([-left, right, right, -left], way) * height
    ends[:, 0] = np.clip(ends[:, 0], 0, limit)
    return np.asarray(ends, np.float32)
