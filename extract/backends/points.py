"""Decimal points the recogniser dropped, put back where the ink shows them.

A point is small, and the recogniser leaves it out without a doubt: 39.4 read as 394 with every character
above .99. But two digits with a point between them stand further apart, and between them there is ink
at the foot of the digits and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.backends.glyphs import Glyph
from extract.backends.ink import FAINT, Mask, away_from_ground, contrast

# Distance of two digits' centres in em: without a point up to the first (digits take .5-.6), with one up
# to the second; more is a gap between two numbers.
CLOSE, APART = 0.66, 1.25
# The foot of the digits: the lowest part of their height, where a point has all its ink.
FOOT = 0.34
# Width of a point in em. It stands apart: where it touches a digit it cannot be told from a serif.
WIDTH = (0.04, 0.25)
# A comma reaches below the digits by this part of their height.
TAIL = 0.1
# Contrast of a point's pixels, as a share of the type's: small spots are softer than strokes.
SOFT = 0.35
# What a point put back is worth: it was seen, but not read.
CONFIDENCE = 0.6


def with_points(glyphs: Sequence[Glyph], crop: NDArray[np.uint8], em: float) -> list[Glyph]:
    """The glyphs with points and commas put back between digits; ``at`` in px of the crop."""
    pairs = [(a, b) for a, b in pairwise(glyphs) if _may_miss(a, b, em)]
    if not pairs:
        return list(glyphs)
    away = away_from_ground(crop)
    mask = away > max(FAINT, SOFT * contrast(away))
    found = {id(a): sign for a, b in pairs if (sign := _between(mask, a, b, em)) and _fits(glyphs, a, sign)}
    result: list[Glyph] = []
    for i, glyph in enumerate(glyphs):
        result.append(glyph)
        if id(glyph) in found:
            middle = (glyph.at + glyphs[i + 1].at) / 2
            result.append(Glyph(found[id(glyph)], middle, CONFIDENCE))
    return result


def _may_miss(left: Glyph, right: Glyph, em: float) -> bool:
    digits = left.char in "0123456789" and right.char in "0123456789"
    return digits and CLOSE * em < right.at - left.at < APART * em


def _fits(glyphs: Sequence[Glyph], before: Glyph, sign: str) -> bool:
    """Whether the number around a glyph has no point yet."""
    if sign == ",":
        return True
    text, at = "".join(g.char for g in glyphs), [g is before for g in glyphs].index(True)
    left = re.search(r"[\d.,]*$", text[: at + 1])
    right = re.match(r"[\d.,]*", text[at + 1 :])
    return "." not in (left[0] if left else "") + (right[0] if right else "")


def _between(mask: Mask, left: Glyph, right: Glyph, em: float) -> str:
    """The sign whose ink stands between two digits; empty when there is none."""
    inked = mask[:, _columns(left.at, em)].any(axis=1) | mask[:, _columns(right.at, em)].any(axis=1)
    rows = np.flatnonzero(inked)
    if len(rows) == 0:
        return ""
    top, bottom = _longest_run(rows)
    height = bottom - top + 1
    foot = bottom - round(FOOT * height) + 1
    end = min(len(mask), bottom + 1 + round(0.3 * height))
    between = mask[top:end, round(left.at) : round(right.at) + 1]
    for start, stop in _apart(np.asarray(between.any(axis=0), np.bool_)):
        spot = between[:, start:stop]
        if WIDTH[0] * em <= stop - start <= WIDTH[1] * em and not spot[: foot - top].any():
            return "," if spot[bottom + 1 + round(TAIL * height) - top :].any() else "."
    return ""


def _apart(inked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of inked columns with bare columns on both sides."""
    cuts = (np.flatnonzero(np.diff(inked.astype(np.int8))) + 1).tolist()
    return [(a, b) for a, b in pairwise(cuts) if inked[a]]


def _columns(at: float, em: float) -> slice:
    reach = int(0.2 * em)
    return slice(max(0, int(at) - reach), int(at) + reach + 1)


def _longest_run(rows: NDArray[np.int64]) -> tuple[int, int]:
    runs = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    best = max(runs, key=len)
    return int(best[0]), int(best[-1])
