"""What a crop of one line of text shows besides its characters: its ground, its ink, its frame.

All lengths are px of the crop. Costs about 0.2 ms a crop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Channel difference, 0-255, below which two neighbouring columns are of one colour (JPEG noise at
# quality 60 stays below).
SAME = 28
# Difference from the ground from which a pixel can be ink at all.
FAINT = 40
# Share of the crop's height a column must fill with one colour to be a bar or a frame: characters leave
# a margin above and below, so none of their columns does.
FULL = 0.9
# Most of the crop's width that trimming may take from one end, in heights of the crop.
MOST = 1.2


@dataclass(frozen=True, slots=True)
class Ink:
    """Rows the characters take (``top`` to ``bottom``), and the colour of their strokes as #rrggbb."""

    top: float
    bottom: float
    color: str


def text_span(crop: NDArray[np.uint8]) -> tuple[int, int]:
    """First and last column (exclusive) after what a bar's end or a neighbouring segment takes.

    The columns from a border of the crop up to the last change of colour that runs from top to bottom.
    """
    left = _framed(crop)
    right = crop.shape[1] - _framed(crop[:, ::-1])
    return (left, right) if right - left > crop.shape[0] // 4 else (0, crop.shape[1])


def measure_ink(crop: NDArray[np.uint8], start: float, end: float) -> Ink | None:
    """The ink between two columns; None when nothing stands out from the ground."""
    part = crop[:, max(0, int(start)) : max(int(start) + 1, int(np.ceil(end)))].astype(np.int16)
    if part.size == 0:
        return None
    rims = np.concatenate([part[:2].reshape(-1, 3), part[-2:].reshape(-1, 3)])
    away = np.abs(part - np.median(rims, axis=0)).max(axis=2)
    peak = float(np.percentile(away, 98))
    if peak < FAINT:
        return None
    mask = away > peak / 2
    mask[:, mask.mean(axis=0) > FULL] = False
    rows = np.flatnonzero(mask.any(axis=1))
    if len(rows) == 0:
        return None
    core = mask & (away >= np.percentile(away[mask], 60))  # strokes' middles, not their soft edges
    red, green, blue = (int(v) for v in np.median(part[core], axis=0))
    top, bottom = _around_middle(rows, len(part))
    return Ink(float(top), float(bottom + 1), f"#{red:02x}{green:02x}{blue:02x}")


def _around_middle(rows: NDArray[np.int64], height: int) -> tuple[int, int]:
    """The run of inked rows that holds the middle; ink of the lines above and below is cut off."""
    gap = max(2, round(height * 0.1))
    runs = np.split(rows, np.flatnonzero(np.diff(rows) > gap) + 1)
    best = min(runs, key=lambda run: max(run[0] - height / 2, height / 2 - run[-1], 0) - len(run) / height)
    return int(best[0]), int(best[-1])


def _framed(crop: NDArray[np.uint8]) -> int:
    """Columns at the left border that end in a change of colour running from top to bottom."""
    height, width = crop.shape[:2]
    margin = round(height * (1 - FULL) / 2)
    part = crop[margin : height - margin, : min(width, int(height * MOST))].astype(np.int16)
    if part.size == 0:
        return 0
    plain = (np.ptp(part, axis=0) < 2 * SAME).all(axis=1)
    plain_to = int(np.argmin(plain)) if not plain.all() else len(plain)
    if plain_to < 2:
        return 0
    colours = np.median(part[:, :plain_to], axis=0)
    jumps = np.flatnonzero(np.abs(colours[1:] - colours[0]).max(axis=1) > SAME)
    ground = colours[-1]
    off = np.flatnonzero(np.abs(colours - ground).max(axis=1) > SAME)
    return int(off[-1]) + 1 if len(jumps) and len(off) else 0
