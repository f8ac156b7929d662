"""What a crop of one line of text shows besides its characters: its ground, its ink, its frame.

All lengths are px of the crop. Costs about half a millisecond a crop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]

# Channel difference from the ground, 0-255, from which a pixel is not ground (JPEG noise at quality 60
# and the faintest gridlines stay below).
FAINT = 40
# Share of the crop's height that a vertical line or frame takes; characters leave a margin.
FULL = 0.9
# Rows that text takes of its crop, as shares of the height.
TEXT_ROWS = (0.2, 0.8)
# A bar at the border: this share of the text's rows is filled from the border on, and of those rows the
# second share ends in one column. Characters cut by the border end in many columns.
FILLED, IN_ONE_COLUMN = 0.35, 0.6
THIN = 0.15  # widest line that is no bar, in heights of the crop
# Share of off-colour pixels a plain bar may have, and the soft columns at its end that are not looked at.
PLAIN, SOFT = 0.05, 2
# Most that is trimmed from one end, in heights of the crop.
MOST = 1.2
# Share of the height that ink left of a vertical line may take without being a character (a tick).
SPECK = 0.15
# Bits of a channel that tell colours of the ground apart.
COARSE = 4


@dataclass(frozen=True, slots=True)
class Ink:
    """What the characters take: rows ``top`` to ``bottom``, columns ``left`` to ``right``.

    ``color`` is that of their strokes, #rrggbb.
    """

    top: float
    bottom: float
    left: float
    right: float
    color: str


def away_from_ground(crop: NDArray[np.uint8]) -> NDArray[np.int16]:
    """Largest channel difference of each pixel from the most common colour, shape (height, width)."""
    coarse = (crop >> COARSE).astype(np.int32)
    codes = (coarse[:, :, 0] << 2 * COARSE) | (coarse[:, :, 1] << COARSE) | coarse[:, :, 2]
    ground = crop[codes == np.bincount(codes.ravel()).argmax()].mean(axis=0)
    away: NDArray[np.int16] = np.abs(crop.astype(np.int16) - ground.astype(np.int16)).max(axis=2)
    return away


def contrast(away: NDArray[np.int16]) -> float:
    """How far the strokes of the type are from the ground, 0-255; 0 when nothing stands out."""
    inked = away[away > FAINT]
    return float(np.percentile(inked, 90)) if inked.size else 0.0


def text_span(crop: NDArray[np.uint8]) -> tuple[int, int]:
    """First and last column (exclusive) without a bar's end, a neighbouring segment or an axis line.

    Read as characters those would be a leading 1, | or -, the one common error in values of clean pages.
    """
    mask = away_from_ground(crop) > FAINT
    width = crop.shape[1]
    left, right = _framed(crop, mask), width - _framed(crop[:, ::-1], mask[:, ::-1])
    return (left, right) if right - left > crop.shape[0] // 4 else (0, width)


def measure_ink(crop: NDArray[np.uint8], start: float, end: float, em: float) -> Ink | None:
    """The ink of characters that stand between two columns; None when nothing stands out."""
    first, last = max(0, int(start - em / 2)), min(crop.shape[1], int(np.ceil(end + em / 2)))
    part = crop[:, first:last]
    if part.size == 0:
        return None
    away = away_from_ground(part)
    peak = contrast(away)
    mask = away > max(FAINT, peak / 2)
    mask[:, mask.mean(axis=0) > FULL] = False
    inner = mask[:, int(start) - first if start > first else 0 : int(np.ceil(end)) - first]
    rows = np.flatnonzero(inner.any(axis=1))
    if len(rows) == 0:
        return None
    top, bottom = _around_middle(rows, len(part))
    mask[:top], mask[bottom + 1 :] = False, False
    core = mask & (away >= np.percentile(away[mask], 60))  # strokes' middles, not their soft edges
    color = np.median(part[core], axis=0)
    like = mask & (np.abs(part.astype(np.int16) - color.astype(np.int16)).max(axis=2) < peak / 2)
    left, right = _reached(like.any(axis=0), start - first, end - first, em)
    red, green, blue = (int(v) for v in color)
    return Ink(top, bottom + 1, first + left, first + right, f"#{red:02x}{green:02x}{blue:02x}")


def cut_ends(crop: NDArray[np.uint8]) -> tuple[bool, bool]:
    """Whether ink of the characters runs over the left and the right border: one may be cut off."""
    away = away_from_ground(crop)
    height, width = away.shape
    mask = away > max(FAINT, contrast(away) / 2)
    mask[:, mask.mean(axis=0) > FULL] = False
    rows = mask[round(height * TEXT_ROWS[0]) : round(height * TEXT_ROWS[1])]
    if rows.size == 0 or not rows.any():
        return False, False
    core = crop[round(height * TEXT_ROWS[0]) : round(height * TEXT_ROWS[1])].astype(np.int16)
    color = np.median(core[rows], axis=0).astype(np.int16)
    like = rows & (np.abs(core - color).max(axis=2) < FAINT * 2)
    rim = max(1, round(width * 0.01))
    least = SPECK * height  # a tick is thinner than a stroke's length
    return bool(like[:, :rim].any(axis=1).sum() > least), bool(like[:, -rim:].any(axis=1).sum() > least)


def _reached(inked: Mask, start: float, end: float, em: float) -> tuple[int, int]:
    """Columns where the ink between two columns really begins and ends, up to the next wide gap."""
    columns = np.flatnonzero(inked)
    inside = columns[(columns >= start) & (columns < end)]
    if len(inside) == 0:
        return round(start), round(end)
    left, right = int(inside[0]), int(inside[-1])
    gap = max(2.0, 0.12 * em)
    for column in columns[columns < left][::-1]:
        if left - column > gap:
            break
        left = int(column)
    for column in columns[columns > right]:
        if column - right > gap:
            break
        right = int(column)
    return left, right + 1


def _around_middle(rows: NDArray[np.int64], height: int) -> tuple[int, int]:
    """The run of inked rows that holds the middle; ink of the lines above and below is cut off."""
    gap = max(2, round(height * 0.1))
    runs = np.split(rows, np.flatnonzero(np.diff(rows) > gap) + 1)
    best = min(runs, key=lambda run: max(run[0] - height / 2, height / 2 - run[-1], 0) - len(run) / height)
    return int(best[0]), int(best[-1])


def _framed(crop: NDArray[np.uint8], mask: Mask) -> int:
    """Columns at the left border that a bar or a vertical line takes."""
    height = len(mask)
    near = mask[:, : int(height * MOST)]
    lines = slice(round(height * TEXT_ROWS[0]), round(height * TEXT_ROWS[1]))
    rows = near[lines]
    if rows.size == 0:
        return 0
    lengths = np.where(rows.all(axis=1), 0, np.argmin(rows, axis=1))
    filled = lengths > 0
    cut = 0
    if filled.sum() >= FILLED * len(rows):
        usual = int(np.median(lengths[filled]))
        same = filled & (np.abs(lengths - usual) <= 1)
        if same.sum() >= IN_ONE_COLUMN * filled.sum() and _is_plain(
            crop[lines][same, : max(1, usual - SOFT)]
        ):
            cut = int(lengths[same].max())
    return max(cut, _lined(near))


def _is_plain(block: NDArray[np.uint8]) -> bool:
    """Whether a block is of one colour, with no characters on it."""
    off = np.abs(block.astype(np.int16) - np.median(block, axis=(0, 1)).astype(np.int16)).max(axis=2)
    return float((off > FAINT).mean()) < PLAIN


def _lined(near: Mask) -> int:
    """Columns up to a vertical line that has no character on its left."""
    full = near.mean(axis=0) > FULL
    for line in np.flatnonzero(full[1:] & ~full[:-1])[::-1] + 1:
        end = line + int(np.argmin(full[line:])) if not full[line:].all() else len(full)
        before = near[:, :line]
        if end - line <= THIN * len(near) and before.any(axis=1).mean() <= SPECK:
            return int(end)
    return 0
