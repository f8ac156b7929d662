"""What marks are drawn on: the page, and tinted panels behind a chart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extract.sources.trace.bars import Rect, region_colors
from extract.sources.trace.palette import SAME, TINT, Color, apart
from extract.sources.trace.regions import Regions

BORDER_REGIONS = 40
"""Largest regions looked at for the ground; the page and its panels are among them."""
FLANKED = 2
"""Marks that must lie with two opposite sides in a colour before that colour is a panel."""


def page_color(image: NDArray[np.uint8], regions: Regions) -> Color:
    """Colour of the page: of the regions that touch the image's border, the one that covers most."""
    if not len(regions.areas):
        return 255, 255, 255
    height, width = regions.labels.shape
    largest = np.argsort(-regions.areas, kind="stable")[:BORDER_REGIONS]
    x, y, w, h = regions.boxes[largest].T
    touching = (x <= 1) | (y <= 1) | (x + w >= width - 1) | (y + h >= height - 1)
    picked = largest[touching] if touching.any() else largest[:1]
    colors = region_colors(image, regions, picked)
    areas = regions.areas[picked]
    votes = [sum(int(a) for c, a in zip(colors, areas, strict=True) if apart(c, mine) <= SAME) for mine in colors]
    return colors[int(np.argmax(votes))]


def panel_colors(rects: list[Rect], page: Color) -> list[Color]:
    """Colours of panels: other marks lie in them with opposite sides."""
    panels: list[Color] = []
    for rect in rects:
        left, top, right, bottom = rect.beyond
        for one, other in ((top, bottom), (left, right)):
            color = one
            if apart(one, other) > SAME or any(apart(color, known) <= SAME for known in (page, *panels)):
                continue
            if apart(color, page) <= TINT and _flanked(rects, color, page) >= FLANKED:
                panels.append(color)
    return panels


def _flanked(rects: list[Rect], color: Color, page: Color) -> int:
    count = 0
    for rect in rects:
        if apart(rect.fill, color) <= 2 * SAME or apart(rect.fill, page) <= SAME:
            continue
        left, top, right, bottom = rect.beyond
        across = apart(top, color) <= SAME and apart(bottom, color) <= SAME
        along = apart(left, color) <= SAME and apart(right, color) <= SAME
        count += across or along
    return count


def is_ground(color: Color, grounds: list[Color]) -> bool:
    return any(apart(color, ground) <= SAME for ground in grounds)
