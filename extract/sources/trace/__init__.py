"""Pixels to marks: bars, slices, lines and markers of a page that is only a picture.

The words are wiped off first; what is left is cut into even regions, and each region's shape says
what it is. Edges are then placed between the pixels from the blend of the colours on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scene import Box, Mark, MarkKind
from extract.sources.trace.bars import Rect, is_filled, seeds
from extract.sources.trace.curves import Curve, Point, curves_and_points
from extract.sources.trace.grain import grain_of
from extract.sources.trace.ground import page_color, panel_colors
from extract.sources.trace.hatched import Ground, clipped, hatched_bars, in_hatching
from extract.sources.trace.hollow import hollow_bars
from extract.sources.trace.ink import carried_on, inks, is_colored
from extract.sources.trace.kind import picture_kind
from extract.sources.trace.lines import Stroke, strokes, without_gaps
from extract.sources.trace.palette import is_near, spelled
from extract.sources.trace.regions import even_regions
from extract.sources.trace.sectors import Slice, slices
from extract.sources.trace.segments import Sheet, join_and_part
from extract.sources.trace.tidy import is_round, tidy, without_scraps
from extract.sources.trace.wipe import wipe_text

SMALLEST = 16
"""Pixels; a smaller image holds no chart."""
GIANT = 8.0
"""Times the usual height of the text from which a box holds no character."""
THIN_BAR, STRANGE = 8, 60
"""Pixels; a slimmer bar hides no line. Levels from its fill from which a pixel of a bar is something else."""
MOST_RECTANGLES = 1500
"""More than these are noise, a map or a mosaic (125 report pages have 1068 at most); cost grows with their
square."""
RIPPLES = 5.0
"""Levels of ripple that are no stroke in a grainy image."""


def trace_marks(image: NDArray[np.uint8], text_boxes: Sequence[Box] = ()) -> tuple[Mark, ...]:
    """Marks of an RGB image of shape (height, width, 3), boxes in its pixels.

    ``text_boxes`` say where words are: glyphs are no marks, and holes they punch into bars are healed.
    """
    if min(image.shape[:2]) < SMALLEST or picture_kind(image) != "drawing":
        return ()
    text_boxes = without_giants(text_boxes)
    grain = grain_of(image)
    clean = wipe_text(image, text_boxes, grain)
    regions = even_regions(clean, grain)
    page = page_color(clean, regions)
    found = without_scraps(seeds(clean, regions, grain), text_boxes)
    if len(found) > MOST_RECTANGLES:
        return ()
    grounds = [page, *panel_colors(clean, found, page)]
    lines = without_gaps(clean, strokes(clean, RIPPLES if grain.grainy else 0.0), grounds)
    plain = [r for r in found if not is_near(r.fill, grounds) and is_filled(clean, r)]
    hatched = hatched_bars(clean, Ground(grounds, text_boxes, plain, lines))
    sheet = Sheet(clean, tuple(text_boxes), grounds, grain)
    rects = join_and_part(sheet, [rect for rect in plain if not in_hatching(rect, hatched)])
    rects = [rect for rect in rects if is_filled(clean, rect)]
    rects = [clipped(rect, hatched) for rect in tidy(clean, rects, text_boxes, grounds)] + hatched
    hollow = hollow_bars(found, rects, grounds, float(image.shape[0] * image.shape[1]))
    rects += [rect for rect in hollow if not in_hatching(rect, hatched)]
    discs = [rect for rect in rects if is_round(clean, rect, grounds)]
    rects = [rect for rect in rects if rect not in discs]
    pies = slices(clean, regions, grounds, grain)
    rects = [rect for rect in rects if not _in_pie(rect, pies)]
    taken = _taken(clean.shape[:2], rects, pies, lines)
    found_inks = carried_on(clean, inks(clean, taken, grounds), _over_bars(clean, rects))
    curves, points = curves_and_points(clean, found_inks, grounds)
    return (
        *(_rect_mark(rect) for rect in rects),
        *(_slice_mark(part) for part in pies),
        *(_line_mark(line) for line in lines),
        *(_curve_mark(curve) for curve in curves),
        *(_point_mark(point) for point in points),
        *(_rect_mark(disc, "marker") for disc in discs if not _known(disc, points)),
    )


def without_giants(text_boxes: Sequence[Box]) -> list[Box]:
    """The boxes without what recognition took for one huge character: a slice, a bar."""
    if not text_boxes:
        return []
    usual = sorted(box.height for box in text_boxes)[len(text_boxes) // 2]
    return [b for b in text_boxes if b.height < GIANT * usual or b.width > 3 * b.height]


def _in_pie(rect: Rect, pies: Sequence[Slice]) -> bool:
    x, y = (rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2
    rings = [part.sector for part in pies]
    return any(s.r_inner < np.hypot(x - s.cx, y - s.cy) < s.r_outer for s in rings)


def _known(disc: Rect, points: Sequence[Point]) -> bool:
    x, y = (disc.x0 + disc.x1) / 2, (disc.y0 + disc.y1) / 2
    return any(abs(p.x - x) <= p.width / 2 and abs(p.y - y) <= p.height / 2 for p in points)


def _taken(
    shape: tuple[int, int], rects: Sequence[Rect], pies: Sequence[Slice], lines: Sequence[Stroke]
) -> NDArray[np.uint8]:
    """1 where bars, pies and grey lines lie, with their blurred edges."""
    taken = np.zeros(shape, np.uint8)
    for rect in rects:
        corners = (int(rect.x0) - 3, int(rect.y0) - 3), (int(rect.x1) + 3, int(rect.y1) + 3)
        cv2.rectangle(taken, *corners, 1, cv2.FILLED)
    for part in pies:
        s = part.sector
        cv2.circle(taken, (int(s.cx), int(s.cy)), int(s.r_outer) + 4, 1, cv2.FILLED)
    for line in lines:
        if not is_colored(line.color):
            half = int(line.thickness / 2) + 1
            cv2.rectangle(
                taken,
                (int(line.x0) - half, int(line.y0) - half),
                (int(line.x1) + half, int(line.y1) + half),
                1,
                cv2.FILLED,
            )
    return taken


def _over_bars(image: NDArray[np.uint8], rects: Sequence[Rect]) -> NDArray[np.uint8]:
    """1 inside bars where they do not show their own fill."""
    other = np.zeros(image.shape[:2], np.uint8)
    for rect in rects:
        x0, y0, x1, y1 = int(rect.x0) + 2, int(rect.y0) + 2, int(rect.x1) - 2, int(rect.y1) - 2
        if min(x1 - x0, y1 - y0) < THIN_BAR:
            continue
        inside = image[y0:y1, x0:x1].astype(np.int16)
        strange = np.abs(inside - np.array(rect.fill, np.int16)).max(axis=2) > STRANGE
        other[y0:y1, x0:x1] = strange
    return other


def _rect_mark(rect: Rect, kind: MarkKind = "rect") -> Mark:
    return Mark(
        kind,
        Box(rect.x0, rect.y0, rect.x1, rect.y1),
        fill=spelled(rect.fill),
        stroke=spelled(rect.outline) if rect.outline else "",
        stroke_width=rect.outline_width,
        seen_by="pixels",
        slack=0.25 + 0.1 * rect.blur,
    )


def _slice_mark(part: Slice) -> Mark:
    s = part.sector
    box = Box(s.cx - s.r_outer, s.cy - s.r_outer, s.cx + s.r_outer, s.cy + s.r_outer)
    return Mark("sector", box, fill=spelled(part.fill), sector=s, seen_by="pixels", slack=0.5)


def _line_mark(line: Stroke) -> Mark:
    half = line.thickness / 2
    flat = line.y0 == line.y1
    box = (
        Box(line.x0, line.y0 - half, line.x1, line.y1 + half)
        if flat
        else Box(line.x0 - half, line.y0, line.x1 + half, line.y1)
    )
    return Mark(
        "line",
        box,
        stroke=spelled(line.color),
        stroke_width=line.thickness,
        points=((line.x0, line.y0), (line.x1, line.y1)),
        dashed=line.dashed,
        seen_by="pixels",
        slack=0.5,
    )


def _curve_mark(curve: Curve) -> Mark:
    x, y = zip(*curve.vertices, strict=True)
    return Mark(
        "polyline",
        Box(min(x), min(y), max(x), max(y)),
        stroke=spelled(curve.color),
        stroke_width=curve.thickness,
        points=curve.vertices,
        seen_by="pixels",
        slack=0.7,
    )


def _point_mark(point: Point) -> Mark:
    w, h = point.width / 2, point.height / 2
    box = Box(point.x - w, point.y - h, point.x + w, point.y + h)
    return Mark("marker", box, fill=spelled(point.color), seen_by="pixels", slack=0.5)
