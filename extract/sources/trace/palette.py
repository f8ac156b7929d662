"""Colours as numbers: closeness, spelling, and which of them are ground rather than mark."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Color = tuple[int, int, int]

SAME = 10
"""Levels, channel by channel, within which two fills are the same ground; noise stays below 6."""
TINT = 48
"""Levels a panel may differ from the page and still pass for a tint of it without further proof."""


def apart(a: Color, b: Color) -> int:
    """Difference in the channel that differs most, 0-255."""
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]), abs(a[2] - b[2]))


def is_near(color: Color, others: Sequence[Color]) -> bool:
    """Whether it is one of the others, noise aside; with the grounds of an image: whether it is ground."""
    return any(apart(color, other) <= SAME for other in others)


def chroma(color: Color) -> int:
    """Distance from grey, 0-255."""
    return max(color) - min(color)


def spelled(color: Color) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)


def to_color(values: NDArray[np.float64] | NDArray[np.uint8]) -> Color:
    red, green, blue = (round(float(v)) for v in values)
    return red, green, blue
