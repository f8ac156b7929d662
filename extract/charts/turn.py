"""Every bar chart lies down and grows to the right: boxes are turned before they are read.

In *bar coordinates* x runs along the bars in the direction they grow and y across them, from the
first category to the last. ``h`` bars grow to the right and keep their page coordinates; for upright
bars (``v``) ``x = -page y`` and ``y = page x``; ``h-`` grow to the left and ``v-`` hang down.
"""

from __future__ import annotations

from typing import Literal

from extract.scene import Box

Direction = Literal["h", "v", "h-", "v-"]
OPPOSITE: dict[Direction, Direction] = {"h": "h-", "h-": "h", "v": "v-", "v-": "v"}


def turned(box: Box, direction: Direction) -> Box:
    """The box in bar coordinates."""
    match direction:
        case "h":
            return box
        case "h-":
            return flipped(box)
        case "v":
            return Box(-box.y1, box.x0, -box.y0, box.x1)
        case "v-":
            return Box(box.y0, box.x0, box.y1, box.x1)


def turned_back(box: Box, direction: Direction) -> Box:
    """The box in page coordinates again."""
    match direction:
        case "h":
            return box
        case "h-":
            return flipped(box)
        case "v":
            return Box(box.y0, -box.x1, box.y1, -box.x0)
        case "v-":
            return Box(box.y0, box.x0, box.y1, box.x1)


def flipped(box: Box) -> Box:
    """The box with its x axis turned round."""
    return Box(-box.x1, box.y0, -box.x0, box.y1)


def upright(direction: Direction) -> bool:
    """Whether the bars stand or hang, and their categories lie side by side."""
    return direction in ("v", "v-")
