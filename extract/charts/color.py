"""Colours of marks and words: what the eye sees, and how far two of them are apart."""

from __future__ import annotations

import math
from functools import lru_cache

from extract.scene import Mark

SAME_DRAWN = 6.0  # RGB distance: one colour written twice by one program differs by rounding only
SAME_TRACED = 40.0  # RGB distance: JPEG and anti-aliasing shift a flat colour by up to this much
WHITE = "#ffffff"
COLORS = 1 << 14  # pairs of colours remembered: a page asks for the same few thousands of times


@lru_cache(maxsize=COLORS)
def rgb(color: str) -> tuple[int, int, int]:
    """``#rrggbb`` as three numbers 0-255. Raises ValueError for anything else."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


@lru_cache(maxsize=COLORS)
def distance(a: str, b: str) -> float:
    """Euclidean distance of two ``#rrggbb`` colours in RGB, 0-442."""
    return math.dist(rgb(a), rgb(b))


def over_white(color: str, opacity: float) -> str:
    """The colour as seen on white paper when drawn with this opacity."""
    if opacity >= 1.0:
        return color
    return "#" + "".join(f"{round(255 - opacity * (255 - c)):02x}" for c in rgb(color))


def shown(mark: Mark) -> str:
    """The colour one names a mark by: its fill, else its stroke, else ""."""
    color = mark.fill or mark.stroke
    return over_white(color, mark.opacity) if color else ""


@lru_cache(maxsize=COLORS)
def is_pale(color: str, floor: int = 235) -> bool:
    """White or nearly so: paper, gaps, halos."""
    return min(rgb(color)) >= floor


@lru_cache(maxsize=COLORS)
def is_grey(color: str, spread: int = 18) -> bool:
    """Black, grey or white: the colours of axes, grids and plain text."""
    channels = rgb(color)
    return max(channels) - min(channels) <= spread


def same(a: str, b: str, traced: bool = False) -> bool:
    """Whether two colours are one; ``traced`` when either came from pixels."""
    return bool(a and b) and distance(a, b) <= (SAME_TRACED if traced else SAME_DRAWN)
