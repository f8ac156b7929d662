"""Keep of the traced rectangles what is a mark: no doubles, no scraps of glyphs, no pieces of lines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.scene import Box
from extract.sources.trace.bars import Rect
from extract.sources.trace.palette import Color, apart, chroma

COVERED = 0.7
"""Share of a rectangle inside a larger one of like colour from which it is a piece of that one."""
LIKE = 40
"""Levels two fills may differ and still be one bar and its own edge."""
HAIR = 2.2
"""Pixels; a rectangle thinner than this that stands alone is a line."""
RIM = 2.5
"""Pixels around the edge of a bar within which its outline lies."""
STOUT, SLIM, GREY = 4.5, 12.0, 24
"""Pixels, ratio and chroma: a grey rectangle thinner than this and this much longer is a rule."""
POINT = 44
"""Pixels; larger discs are pies or badges."""
ROUND = 0.88
"""Share of its box up to which ink is round; a disc fills 0.79, a small square with blurred corners 0.93."""
CORNER = 0.15
"""Share of its size within which a corner must be bare."""
RUNG = 0.15
"""Share of the width (or height) from which a row (column) of ink is the shape's own; the blurred flank of
an axis that a bar stands on is a pixel or two wide."""
SMALL = 22
"""Pixels; larger rectangles are no points of a curve."""
CONTINUES, FAINTEST = 24, 8
"""Levels within which ink leading on has the colour of the rectangle it leads on from; half of what the
ground differs from it, but at least the second."""
SMUDGE = 100
"""Levels from the ground up to which a grey patch within a word is what wiping left of dense glyphs."""
GLYPH = 0.5
"""Share of the text height that a swatch inside a text box has at least; strokes have less."""


def tidy(
    image: NDArray[np.uint8], rects: list[Rect], words: Sequence[Box], grounds: Sequence[Color]
) -> list[Rect]:
    """The marks among the rectangles, the largest first."""
    order = sorted(rects, key=lambda rect: -rect.width * rect.height)
    order = [r for r in order if not _is_scrap(r, words, grounds) and not _goes_on(image, r)]
    thick = [r for r in order if _thick(r)]
    order = [r for k, r in enumerate(order) if not _is_hair(r, thick) and not _is_piece(r, order[:k])]
    lined = [r for r in order if r.outline is not None]
    return [r for r in order if not any(_is_rim(r, other) for other in lined)]


def without_scraps(rects: list[Rect], words: Sequence[Box]) -> list[Rect]:
    """Without what is left of glyphs."""
    return [r for r in rects if not _is_scrap(r, words, ())]


def _shared(a: Rect, b: Rect) -> float:
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.y1, b.y1) - max(a.y0, b.y0)
    return width * height if width > 0 and height > 0 else 0.0


def _is_piece(rect: Rect, larger: list[Rect]) -> bool:
    area = max(rect.width * rect.height, 1e-6)
    return any(
        _shared(rect, other) >= COVERED * area
        and (
            apart(rect.fill, other.fill) <= LIKE
            or _shared(rect, other) >= COVERED * other.width * other.height
        )
        for other in larger
    )


def _is_scrap(rect: Rect, words: Sequence[Box], grounds: Sequence[Color]) -> bool:
    """Whether it lies in a word and is no thicker than a stroke, or as pale as a smudge of strokes."""
    thickness = min(rect.width, rect.height)
    box = Box(rect.x0, rect.y0, rect.x1, rect.y1)
    pale = chroma(rect.fill) <= GREY and any(apart(rect.fill, ground) <= SMUDGE for ground in grounds)
    return any(
        (pale or thickness < GLYPH * min(word.width, word.height))
        and box.shared(word.grown(3)) >= 0.9 * box.area
        for word in words
    )


def _goes_on(image: NDArray[np.uint8], rect: Rect) -> bool:
    """Whether a thin line of its colour leads on from it: it is a piece of a curve, or a point on one."""
    if min(rect.width, rect.height) > SMALL:
        return False
    if rect.width < rect.height:
        image, rect = image.transpose(1, 0, 2), rect.flipped()
    x0, y0, x1, y1 = round(rect.x0), round(rect.y0), round(rect.x1), round(rect.y1)
    thin = y1 - y0 <= STOUT + 2
    top, bottom = (max(y0 - 1, 0), y1 + 1) if thin else (y0 + (y1 - y0) // 5, y1 - (y1 - y0) // 5)
    fill = np.array(rect.fill, np.int16)
    strips = image[top:bottom, max(x0 - 5, 0) : max(x0 - 3, 0)], image[top:bottom, x1 + 3 : x1 + 5]
    for strip, beyond in zip(strips, (rect.beyond[0], rect.beyond[2]), strict=True):
        limit = min(CONTINUES, max(FAINTEST, apart(rect.fill, beyond) // 2))  # a pale key is near the paper
        same = np.abs(strip.astype(np.int16) - fill).max(axis=2) <= limit if strip.size else np.zeros((1, 1))
        if same.any(axis=0).all() and (thin or same.mean() <= 0.6):
            return True
    return False


def is_round(image: NDArray[np.uint8], rect: Rect, grounds: Sequence[Color]) -> bool:
    """Whether it is a disc or a diamond rather than a square: its ink does not fill the box around it."""
    if max(rect.width, rect.height) > POINT or not 0.7 <= rect.width / max(rect.height, 1e-6) <= 1.4:
        return False
    if sum(any(apart(side, ground) <= LIKE for ground in grounds) for side in rect.beyond) < 3:
        return False
    reach = 2 + int(0.15 * max(rect.width, rect.height))
    top, left = max(int(rect.y0) - reach, 0), max(int(rect.x0) - reach, 0)
    around = image[top : int(rect.y1) + 1 + reach, left : int(rect.x1) + 1 + reach].astype(np.int16)
    ink = np.abs(around - np.array(rect.fill, np.int16)).max(axis=2) <= CONTINUES
    rows = np.flatnonzero(ink.sum(axis=1) >= RUNG * rect.width)
    columns = np.flatnonzero(ink.sum(axis=0) >= RUNG * rect.height)
    if not len(rows) or not len(columns) or min(len(rows), len(columns)) < 5:
        return False
    box = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    k = max(1, round(CORNER * min(box.shape)))
    corners = (box[:k, :k], box[:k, -k:], box[-k:, :k], box[-k:, -k:])
    return float(box.mean()) <= ROUND and sum(float(c.mean()) <= 0.4 for c in corners) >= 2


def _is_hair(rect: Rect, thick: list[Rect]) -> bool:
    """Whether it is a line: thin, grey if not very thin, and without a wider neighbour in one stack."""
    thickness, length = sorted((rect.width, rect.height))
    line = thickness < HAIR or (thickness < STOUT and length > SLIM * thickness and chroma(rect.fill) <= GREY)
    if not line:
        return False
    return not any(_stacked(rect, other) for other in thick if other is not rect)


def _is_rim(rect: Rect, bar: Rect) -> bool:
    """Whether it is the outline of a bar on one of its sides, traced once more as a thin bar."""
    if rect is bar or bar.outline is None or min(rect.width, rect.height) > bar.outline_width + RIM:
        return False
    if rect.height < rect.width:
        rect, bar = rect.flipped(), bar.flipped()
    beside = min(abs((rect.x0 + rect.x1) / 2 - side) for side in (bar.x0, bar.x1)) <= RIM
    level = rect.y0 >= bar.y0 - RIM and rect.y1 <= bar.y1 + RIM
    return beside and level and apart(rect.fill, bar.outline or rect.fill) <= 2 * LIKE


def _thick(rect: Rect) -> bool:
    return min(rect.width, rect.height) >= STOUT


def _stacked(rect: Rect, other: Rect) -> bool:
    """Whether the thin ``rect`` touches ``other`` with the whole of a long side."""
    if rect.height < rect.width:
        rect, other = rect.flipped(), other.flipped()
    ends = max(abs(other.y0 - rect.y0), abs(other.y1 - rect.y1))
    return ends <= HAIR and min(abs(other.x1 - rect.x0), abs(rect.x1 - other.x0)) <= HAIR
