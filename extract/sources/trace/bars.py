"""Even regions that are rectangles: bars, segments, swatches, panels, boxes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extract.sources.trace.edges import Edges, find_edges
from extract.sources.trace.grain import Grain
from extract.sources.trace.palette import Color, to_color
from extract.sources.trace.regions import Regions

FULL = 0.8
"""Share of its box a region without holes must fill; rounded corners of a short bar take 15 %."""
SIDE_FULL = 0.75
"""Share of each side of its box that a region with holes (labels, smaller bars) must reach."""
LONGEST_SIDE_MIN = 4
"""Cells; below it a speck."""
MOST = 2500
"""Candidates looked at; a page of charts has a few hundred, a photograph tens of thousands."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle in pixels: sub-pixel edges, fill, the colours beyond its left, top, right and
    bottom side, the colour of its outline if it has one, and the width of its edges in pixels."""

    x0: float
    y0: float
    x1: float
    y1: float
    fill: Color
    beyond: tuple[Color, Color, Color, Color]
    outline: Color | None = None
    outline_width: float = 0.0
    blur: float = 1.0
    core: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def flipped(self) -> Rect:
        """With x and y exchanged."""
        left, top, right, bottom = self.beyond
        x0, y0, x1, y1 = self.core
        return replace(
            self,
            x0=self.y0,
            y0=self.x0,
            x1=self.y1,
            y1=self.x1,
            beyond=(top, left, bottom, right),
            core=(y0, x0, y1, x1),
        )


def seeds(image: NDArray[np.uint8], regions: Regions, grain: Grain) -> list[Rect]:
    """Rectangular regions with refined edges, in order of area, the largest first."""
    picked = _rectangular(regions)
    if not len(picked):
        return []
    x, y, w, h = regions.boxes[picked].astype(np.int64).T
    inner = np.column_stack((x, y, x + w + 1, y + h + 1))
    fills = region_colors(image, regions, picked)
    left = find_edges(image, inner, "left", grain)
    top = find_edges(image, inner, "top", grain)
    right = find_edges(image, inner, "right", grain)
    bottom = find_edges(image, inner, "bottom", grain)
    sides = (left, top, right, bottom)
    rects = [_rect(index, fills[index], sides, inner[index]) for index in range(len(picked))]
    return sorted(rects, key=lambda rect: -rect.width * rect.height)


def _rect(
    index: int, fill: Color, sides: tuple[Edges, Edges, Edges, Edges], inner: NDArray[np.int64]
) -> Rect:
    left, top, right, bottom = (float(edges.at[index]) for edges in sides)
    lines = [float(edges.line[index]) for edges in sides]
    beyond = [to_color(e.past[index] if e.line[index] > 0 else e.far[index]) for e in sides]
    colors = [to_color(e.beyond[index]) for e in sides]
    lined = [k for k in range(4) if lines[k] > 0]
    outline = colors[lined[0]] if len(lined) >= 3 else None
    return Rect(
        left - lines[0] / 2,
        top - lines[1] / 2,
        right + lines[2] / 2,
        bottom + lines[3] / 2,
        fill,
        (beyond[0], beyond[1], beyond[2], beyond[3]),
        outline,
        float(np.median([lines[k] for k in lined])) if outline else 0.0,
        max(float(edges.blur[index]) for edges in sides),
        (int(inner[0]), int(inner[1]), int(inner[2]), int(inner[3])),
    )


def _rectangular(regions: Regions) -> NDArray[np.int64]:
    """Indices of the regions that are rectangles, with or without holes."""
    w, h = regions.boxes[:, 2], regions.boxes[:, 3]
    share = regions.areas / (w * h)
    large = (np.maximum(w, h) >= LONGEST_SIDE_MIN) & (regions.areas >= LONGEST_SIDE_MIN)
    whole = np.flatnonzero(large & (share >= FULL))
    whole = whole[np.argsort(-regions.areas[whole], kind="stable")][:MOST]
    holed = np.flatnonzero(large & (share < FULL) & (share > 0.1) & (regions.areas > 40))
    holed = holed[np.argsort(-regions.areas[holed], kind="stable")][: MOST // 4]
    framed = [int(i) for i in holed if _reaches_sides(regions, int(i))]
    return np.concatenate((whole, np.array(framed, np.int64))).astype(np.int64)


def _reaches_sides(regions: Regions, index: int) -> bool:
    x, y, w, h = (int(v) for v in regions.boxes[index])
    mine = regions.labels[y : y + h, x : x + w] == index + 1
    inset = 1 if min(w, h) > 6 else 0
    sides = (mine[inset], mine[-1 - inset], mine[:, inset], mine[:, -1 - inset])
    return all(float(side.mean()) >= SIDE_FULL for side in sides)


def region_colors(image: NDArray[np.uint8], regions: Regions, picked: NDArray[np.int64]) -> list[Color]:
    """Median colour of each region; large regions are sampled."""
    fills: list[Color] = []
    for index in picked:
        x, y, w, h = (int(v) for v in regions.boxes[index])
        step_y, step_x = max(1, h // 16), max(1, w // 16)
        mine = regions.labels[y : y + h : step_y, x : x + w : step_x] == index + 1
        pixels = image[y : y + h : step_y, x : x + w : step_x][mine]
        if len(pixels) < 4:
            pixels = image[y : y + h, x : x + w][regions.labels[y : y + h, x : x + w] == index + 1]
        fills.append(to_color(np.median(pixels, axis=0)))
    return fills
