"""Upright charts lie down: vertical bars are read as horizontal ones by turning every box.

In *bar coordinates* x runs along the bars in the direction they grow and y across them, from the
first category to the last. Horizontal bars keep their page coordinates; for vertical bars
``x = -page y`` and ``y = page x``.
"""

from __future__ import annotations

from typing import Literal

from extract.scene import Box

Direction = Literal["h", "v"]


def turned(box: Box, direction: Direction) -> Box:
    """The box in bar coordinates."""
    return box if direction == "h" else Box(-box.y1, box.x0, -box.y0, box.x1)


def turned_back(box: Box, direction: Direction) -> Box:
    """The box in page coordinates again."""
    return box if direction == "h" else Box(box.y0, -box.x1, box.y1, -box.x0)
