"""Glyphs of one region to words on the page: sized by their ink, split, mended, put in place."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.backends.glyphs import Glyph, glyphs_to_edges, pitch, rise, split_glyphs, text_of
from extract.backends.ink import Ink, measure_ink
from extract.backends.points import with_points
from extract.backends.rapid.detect import Quad
from extract.backends.rapid.regions import Region
from extract.backends.repair import mend, split_swatch
from extract.backends.slashes import with_slashes
from extract.scene import Box, Word

# Height of a detected region in em of its text, where the ink does not tell (measured on 900 labels).
REGION_EM = 1.35
# The ink's word about the size is taken within this factor of the region's word.
TRUSTED = 1.6
# Pitch of full-width characters that is the type size itself; wider is letter-spaced, narrower condensed.
SET_SOLID = (0.85, 1.18)
ASCENT, DESCENT = 0.88, 0.12  # of the em square, as Japanese fonts have it


def glyphs_to_words(region: Region, line: int = 0, whole: bool = False) -> list[Word]:
    """Words of one region; ``line`` numbers it. ``whole``: one word, however wide the gaps."""
    if not region.glyphs:
        return []
    em = _em(region.glyphs, region.crop)
    glyphs = with_slashes(with_points(region.glyphs, region.crop, em), region.crop, em)
    runs = [glyphs]
    if not whole:
        runs = [part for run in split_glyphs(glyphs, em) for part in split_swatch(run)]
    mended = [run for run in map(mend, runs) if run]
    return [_word(run, region, em, line) for run in mended]


def _em(glyphs: Sequence[Glyph], crop: NDArray[np.uint8]) -> float:
    """Type size of a line, px: from the height of its ink, or from the pitch of its full-width type."""
    rough = crop.shape[0] / REGION_EM
    ink = measure_ink(crop, glyphs[0].at - rough / 2, glyphs[-1].at + rough / 2, rough)
    above, below = rise(text_of(glyphs))
    if ink and above + below > 0.5:
        by_ink = (ink.bottom - ink.top) / (above + below)
        if rough / TRUSTED < by_ink < rough * TRUSTED:
            rough = by_ink
    step = pitch(glyphs)
    return step if SET_SOLID[0] < step / rough < SET_SOLID[1] else rough


def _word(glyphs: list[Glyph], region: Region, em: float, line: int) -> Word:
    crop = region.crop
    along = glyphs_to_edges(glyphs, em)
    text = text_of(glyphs)
    ink = measure_ink(crop, along[0], along[-1], em)
    if ink:
        along = (min(ink.left, glyphs[0].at), *along[1:-1], max(ink.right, glyphs[-1].at))
    top, bottom = _em_square(text, ink, em, crop.shape[0])
    box, edges = _placed(along, top, bottom, crop.shape[1], region.quad, region.turn)
    doubts = tuple(round(g.confidence, 4) for g in glyphs)
    return Word(
        text=text,
        box=box,
        size=round(em, 2),
        edges=edges,
        color=ink.color if ink else "#000000",
        confidence=min(doubts),
        doubts=doubts,
        seen_by="ocr",
        line=line,
        angle=(360 - region.turn) % 360,
    )


def _em_square(text: str, ink: Ink | None, em: float, height: int) -> tuple[float, float]:
    """Top and bottom of the type: the em square on the baseline that the ink tells."""
    above, below = rise(text)
    middle = (ink.top + ink.bottom) / 2 if ink and above else height / 2
    baseline = middle + (above - below) / 2 * em if above else middle + (ASCENT - DESCENT) / 2 * em
    return max(0.0, baseline - ASCENT * em), min(float(height), baseline + DESCENT * em)


def _placed(
    along: tuple[float, ...], top: float, bottom: float, length: float, quad: Quad, turn: int
) -> tuple[Box, tuple[float, ...]]:
    """Places along and across the region to a box and edges on the image."""
    low, high = max(0.0, along[0]), min(length, along[-1])
    marks = (low, *(min(max(e, low), high) for e in along[1:-1]), high)
    corners = quad if not turn else np.roll(quad, 1 if turn == 90 else -1, axis=0)
    start, right, down = corners[0], corners[1] - corners[0], corners[3] - corners[0]
    across = math.hypot(*down) or 1.0
    way, deep = right / (math.hypot(*right) or 1.0), down / across
    points = np.array([start + way * x + deep * y for x in (low, high) for y in (top, bottom)])
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    axis = 1 if turn else 0
    middle = deep[axis] * (top + bottom) / 2
    edges = sorted(round(float(start[axis] + way[axis] * e + middle), 2) for e in marks)
    return Box(*(round(float(v), 2) for v in (x0, y0, x1, y1))), tuple(edges)
