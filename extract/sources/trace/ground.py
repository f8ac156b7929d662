"""What marks are drawn on: the page, and tinted panels behind a chart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extract.sources.trace.bars import Rect, region_colors
from extract.sources.trace.palette import SAME, TINT, Color, apart
from extract.sources.trace.regions import Regions

BORDER_REGIONS = 40
"""Largest regions looked at for the ground; the page and its panels are among them."""
TOUCHING = 3.0
"""Weight of a region that touches the image's border: a frame is thin, a page is not."""
FLANKED = 2
"""Marks that must lie with two opposite sides in a colour before that colour is a panel."""
CELLS = 4
"""Rectangles of one tint, each going on behind thin lines on two sides, that make a gridded panel."""
LARGE, RUN_THROUGH = 0.04, 0.6
"""Share of the image, and share of its columns in which something else is drawn: a panel with curves."""


def page_color(image: NDArray[np.uint8], regions: Regions) -> Color:
    """Colour of the page: it covers most of the image, or less but goes on to the image's border."""
    if not len(regions.areas):
        return 255, 255, 255
    height, width = regions.labels.shape
    picked = np.argsort(-regions.areas, kind="stable")[:BORDER_REGIONS]
    x, y, w, h = regions.boxes[picked].T
    touching = (x <= 1) | (y <= 1) | (x + w >= width - 1) | (y + h >= height - 1)
    weights = regions.areas[picked] * np.where(touching, TOUCHING, 1.0)
    colors = region_colors(image, regions, picked)
    pairs = list(zip(colors, weights, strict=True))
    votes = [sum(float(weight) for c, weight in pairs if apart(c, mine) <= SAME) for mine in colors]
    return colors[int(np.argmax(votes))]


def panel_colors(image: NDArray[np.uint8], rects: list[Rect], page: Color) -> list[Color]:
    """Colours of panels, tints of the page that other marks lie on.

    A tint is a panel when marks have it on opposite sides, when it goes on behind thin lines, or when
    something runs through most of one large rectangle of it.
    """
    panels: list[Color] = []
    for rect in rects:
        left, top, right, bottom = rect.beyond
        for color, other in ((top, bottom), (left, right), (rect.fill, rect.fill)):
            if apart(color, other) > SAME or not SAME < apart(color, page) <= TINT:
                continue
            if any(apart(color, known) <= SAME for known in panels):
                continue
            if color == rect.fill:
                proven = _is_panel(image, rect, rects)
            else:
                proven = _flanked(rects, color, page) >= FLANKED
            if proven:
                panels.append(color)
    return panels


def _is_panel(image: NDArray[np.uint8], rect: Rect, rects: list[Rect]) -> bool:
    cells = [
        r
        for r in rects
        if apart(r.fill, rect.fill) <= SAME and sum(apart(b, r.fill) <= SAME for b in r.beyond) >= 2
    ]
    if len(cells) >= CELLS:
        return True
    if not rect.whole or rect.width * rect.height < LARGE * image.shape[0] * image.shape[1]:
        return False
    x0, y0, x1, y1 = rect.core
    inside = image[y0:y1, x0:x1].astype(np.int16)
    other = np.abs(inside - np.array(rect.fill, np.int16)).max(axis=2) > 2 * SAME
    return float(other.any(axis=0).mean()) >= RUN_THROUGH


def _flanked(rects: list[Rect], color: Color, page: Color) -> int:
    """Marks with the colour on two opposite sides; 0 where more have it on one side only, as neighbours
    in a stack have."""
    opposite = single = 0
    for rect in rects:
        if not rect.whole or apart(rect.fill, color) <= 2 * SAME or apart(rect.fill, page) <= SAME:
            continue
        left, top, right, bottom = (apart(side, color) <= SAME for side in rect.beyond)
        opposite += (left and right) or (top and bottom)
        single += left + top + right + bottom == 1
    return opposite if opposite >= single else 0
