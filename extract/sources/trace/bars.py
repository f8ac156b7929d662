"""Even regions that are rectangles: bars, segments, swatches, panels, boxes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
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
CLEAR = 0.97
"""Share from which a region is its box; below, its ragged edges are cut off first."""
LINE_FULL = 0.6
"""Share of the usual cells in a row or column with which it belongs to the body of a region."""
BODY_SHARE, BODY_MOST = 0.6, 0.3
"""Share of a region that its body has at least, and of the image that is no bar."""
BODY_THIN = 4
"""Cells; the body of a piece of a curve is thinner."""
SAMPLES, FILL, FILLED = 17, 60, 0.7
"""Places a side at which a rectangle is looked at, levels that shading and noise may be from its fill, and
share of the places that have it: labels, lines and shading take the rest."""
LONGEST_SIDE_MIN = 4
"""Cells; below it a speck."""
LINE_CELLS, MOST_PARTS = 5, 60
"""Cells; lines are thinner than bars. More parts than this are tiles of a pattern."""
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
    whole: bool = True  # whether the region it was seen by is all of this rectangle

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
    picked, boxes = _rectangular(regions)
    if not len(picked):
        return []
    x, y, w, h = boxes.T
    inner = np.column_stack((x, y, x + w + 1, y + h + 1))
    fills = region_colors(image, regions, picked)
    left = find_edges(image, inner, "left", grain)
    top = find_edges(image, inner, "top", grain)
    right = find_edges(image, inner, "right", grain)
    bottom = find_edges(image, inner, "bottom", grain)
    sides = (left, top, right, bottom)
    own = (boxes == regions.boxes[picked]).all(axis=1)
    rects = [replace(_rect(k, fills[k], sides, inner[k]), whole=bool(own[k])) for k in range(len(picked))]
    return sorted(rects, key=lambda rect: -rect.width * rect.height)


def is_filled(image: NDArray[np.uint8], rect: Rect) -> bool:
    """Whether most of it has its fill: the edge of a line before a hatching is looked for in vain."""
    if min(rect.width, rect.height) < BODY_THIN:
        return True
    rows = np.linspace(rect.y0 + 1, rect.y1 - 2, SAMPLES).astype(np.int64).clip(0, image.shape[0] - 1)
    columns = np.linspace(rect.x0 + 1, rect.x1 - 2, SAMPLES).astype(np.int64).clip(0, image.shape[1] - 1)
    seen = image[rows[:, None], columns[None, :]].astype(np.int16)
    own = np.abs(seen - np.array(rect.fill, np.int16)).max(axis=2) <= FILL
    return float(own.mean()) >= FILLED


def _rect(
    index: int, fill: Color, sides: tuple[Edges, Edges, Edges, Edges], inner: NDArray[np.int64]
) -> Rect:
    left, top, right, bottom = (float(edges.at[index]) for edges in sides)
    lines = [float(edges.line[index]) for edges in sides]
    beyond = [to_color(e.past[index] if e.line[index] > 0 else e.far[index]) for e in sides]
    colors = [to_color(e.beyond[index]) for e in sides]
    lined = [k for k in range(4) if lines[k] > 0]
    outline = colors[lined[0]] if len(lined) >= 3 else None
    out = [line / 2 if outline else 0.0 for line in lines]
    return Rect(
        left - out[0],
        top - out[1],
        right + out[2],
        bottom + out[3],
        fill,
        (beyond[0], beyond[1], beyond[2], beyond[3]),
        outline,
        float(np.median([lines[k] for k in lined])) if outline else 0.0,
        max(float(edges.blur[index]) for edges in sides),
        (int(inner[0]), int(inner[1]), int(inner[2]), int(inner[3])),
    )


def _rectangular(regions: Regions) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Indices of the regions that are rectangles, with or without holes, and their boxes in cells."""
    w, h = regions.boxes[:, 2], regions.boxes[:, 3]
    share = regions.areas / (w * h)
    large = (np.maximum(w, h) >= LONGEST_SIDE_MIN) & (regions.areas >= LONGEST_SIDE_MIN)
    whole = np.flatnonzero(large & (share >= CLEAR))
    frayed = np.flatnonzero(large & (share < CLEAR) & (share > 0.1) & (regions.areas > 16))
    whole = whole[np.argsort(-regions.areas[whole], kind="stable")][:MOST]
    frayed = frayed[np.argsort(-regions.areas[frayed], kind="stable")][: MOST // 2]
    picked, boxes = [int(i) for i in whole], [regions.boxes[i] for i in whole]
    for index in frayed:
        box = _body(regions, int(index))
        if box is None and share[index] < FULL and not _reaches_sides(regions, int(index)):
            parts = _between_lines(regions, int(index))
            picked += [int(index)] * len(parts)
            boxes += parts
            continue
        picked.append(int(index))
        boxes.append(regions.boxes[index] if box is None else box)
    return np.array(picked, np.int64), np.array(boxes, np.int64).reshape(-1, 4)


def _body(regions: Regions, index: int) -> NDArray[np.int64] | None:
    """The full rectangle (x, y, width, height) within a region that frays or leaks at its edges."""
    x, y, w, h = (int(v) for v in regions.boxes[index])
    if w * h > BODY_MOST * regions.labels.size:
        return None
    mine = regions.labels[y : y + h, x : x + w] == index + 1
    top, bottom = _longest(mine.sum(axis=1))
    left, right = _longest(mine[top:bottom].sum(axis=0))
    body = mine[top:bottom, left:right]
    if min(body.shape) < BODY_THIN or float(body.mean()) < FULL or body.sum() < BODY_SHARE * mine.sum():
        return None
    return np.array([x + left, y + top, right - left, bottom - top], np.int64)


def _between_lines(regions: Regions, index: int) -> list[NDArray[np.int64]]:
    """The rectangles of a region held together by thin lines of nearly its colour: pale bars on a grid."""
    x, y, w, h = (int(v) for v in regions.boxes[index])
    if min(w, h) < 2 * LINE_CELLS or int(regions.areas[index]) > BODY_MOST * regions.labels.size:
        return []
    mine = (regions.labels[y : y + h, x : x + w] == index + 1).astype(np.uint8)
    kept = cv2.morphologyEx(mine, cv2.MORPH_OPEN, np.ones((LINE_CELLS, LINE_CELLS), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(kept, connectivity=4, ltype=cv2.CV_32S)
    parts = []
    for px, py, pw, ph, area in stats[1:]:
        if area >= CLEAR * pw * ph and min(pw, ph) >= LINE_CELLS and max(pw, ph) >= 2 * LINE_CELLS:
            parts.append(np.array([x + px, y + py, pw, ph], np.int64))
    return parts if len(parts) <= MOST_PARTS else []


def _longest(counts: NDArray[np.int64]) -> tuple[int, int]:
    """Start and stop of the longest run of lines that are nearly as full as most."""
    full = counts >= LINE_FULL * float(np.percentile(counts, 75))
    bounds = np.flatnonzero(np.diff(np.concatenate(([False], full, [False])).astype(np.int8)))
    longest = int((bounds[1::2] - bounds[::2]).argmax())
    return int(bounds[2 * longest]), int(bounds[2 * longest + 1])


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
