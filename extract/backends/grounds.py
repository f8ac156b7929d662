"""Where the ground under a line of text changes: a box that spans two grounds holds two texts.

The detector joins a label left of an axis with the value in the first segment right of it. The rims of
the crop, above and below the characters, show the ground alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extract.backends.ink import FAINT

RIM = 2  # rows at the upper and lower border that show the ground
# Narrowest ground that can hold a text, in heights of the crop.
NARROWEST = 0.45
# Bare ground on both sides of a change together, in heights, from which no text runs over it: a point
# between digits set wide has a quarter of an em on each side.
CLEAR = 0.34
TOUCHING = 0.06  # bare ground that each side must have, in heights
TICK = 0.09  # share of the height that ink of a tick takes at most; a point takes .12-.15


def ground_changes(crop: NDArray[np.uint8]) -> list[int]:
    """Columns at which the crop is to be cut: one ground ends there, another begins, no text runs over."""
    height, width = crop.shape[:2]
    if height < 4 * RIM or width < height:
        return []
    steps = _shared_steps(crop)
    starts = [0, *steps, width]
    cuts = []
    for at in steps:
        left = max((s for s in starts if s < at - 2), default=0)
        right = min((s for s in starts if s > at + 2), default=width)
        wide = at - left >= NARROWEST * height and right - at >= NARROWEST * height
        bare = _bare(crop, at, -1), _bare(crop, at, 1)
        if wide and sum(bare) >= CLEAR * height and min(bare) >= TOUCHING * height:
            cuts.append(at)
    return [b for a, b in zip([-width, *cuts], cuts, strict=False) if b - a >= NARROWEST * height]


def _shared_steps(crop: NDArray[np.uint8]) -> list[int]:
    """Columns where both rims step to another colour and stay there."""
    reach = max(2, round(0.12 * len(crop)))
    found: NDArray[np.bool_] | None = None
    for rim in (crop[:RIM], crop[-RIM:]):
        colors = np.median(rim.astype(np.float32), axis=0)
        before, after = colors[: -2 * reach], colors[2 * reach :]
        step = np.abs(after - before).max(axis=1) > FAINT
        found = step if found is None else found & step
    if found is None or not found.any():
        return []
    columns = np.flatnonzero(found) + reach
    runs = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    return [round(float(run.mean())) for run in runs if len(run) >= reach]


def _bare(crop: NDArray[np.uint8], at: int, side: int) -> int:
    """Columns of bare ground beside a change; ticks are thin and do not count as ink."""
    height = len(crop)
    beside = crop[:, : max(0, at - 1)][:, ::-1] if side < 0 else crop[:, at + 2 :]
    part = beside[:, :height].astype(np.int16)
    if part.size == 0:
        return 0
    near = part[:, : max(1, height // 4)]
    ground = np.median(np.concatenate([near[:RIM], near[-RIM:]]).reshape(-1, 3), axis=0).astype(np.int16)
    inked = (np.abs(part - ground).max(axis=2) > FAINT).mean(axis=0) > TICK
    return int(np.argmax(inked)) if inked.any() else part.shape[1]
