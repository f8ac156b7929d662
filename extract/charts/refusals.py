"""Charts that are seen and not read: radar and bubble charts, each with a note for the reader.

Their values are encoded by a radius along a spoke, or by an area: printed labels there stand at no
place that would tell series and category, so a reading would be a guess.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.notes import Note
from extract.scene import Box, Mark, Scene, Word, hull

RINGS = 3  # concentric polygons that make the grid of a radar
CORNERS = (3, 24)  # spokes of a radar
ROUND = 0.2  # share by which a ring is wider than high at most (an odd number of corners is not square)
CENTRED = 0.08  # share of the largest ring by which the rings' centres differ
BUBBLES = 4
SPREAD = 1.5  # times the smallest bubble the largest is at least: equal discs are dots, icons or keys
LARGEST_SHARE = 0.03  # share of the page's smaller side the largest bubble has at least as its radius
DISC = 0.06  # share by which a disc is wider than high


@dataclass(frozen=True, slots=True)
class _Ring:
    box: Box
    corners: int


def refused_charts(scene: Scene) -> list[Note]:
    """A note for every radar and bubble chart of the scene."""
    found = [("a radar chart is not read", box) for box in _radars(scene)]
    found += [("a bubble chart is not read", box) for box in _bubbles(scene)]
    return [
        Note("chart-given-up", message, scene.page, scene.image, (box.x0, box.y0, box.x1, box.y1))
        for message, box in found
    ]


def _radars(scene: Scene) -> list[Box]:
    """Grids of similar polygons about one centre."""
    rings = [r for m in scene.marks if (r := _ring(m)) is not None]
    rings.sort(key=lambda r: -r.box.area)
    radars: list[list[_Ring]] = []
    for ring in rings:
        for group in radars:
            if _concentric(group[0], ring):
                group.append(ring)
                break
        else:
            radars.append([ring])
    return [group[0].box for group in radars if len({round(r.box.width) for r in group}) >= RINGS]


def _ring(mark: Mark) -> _Ring | None:
    """A closed regular polygon."""
    points = list(dict.fromkeys((round(x, 1), round(y, 1)) for x, y in mark.points))
    if mark.kind not in ("polyline", "area") or not CORNERS[0] <= len(points) <= CORNERS[1]:
        return None
    cx, cy = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    reach = [math.hypot(x - cx, y - cy) for x, y in points]
    if min(reach) < 0.97 * max(reach) or max(reach) < 1:
        return None
    radius = max(reach)
    return _Ring(Box(cx - radius, cy - radius, cx + radius, cy + radius), len(points))


def _concentric(outer: _Ring, inner: _Ring) -> bool:
    near = math.hypot(outer.box.cx - inner.box.cx, outer.box.cy - inner.box.cy) <= CENTRED * outer.box.width
    return near and outer.corners == inner.corners


def _bubbles(scene: Scene) -> list[Box]:
    """Discs of clearly different sizes that stand apart from each other's centres."""
    discs = [m.box for m in scene.marks if _is_disc(m)]
    discs = _apart(discs)
    if len(discs) < BUBBLES:
        return []
    radii = sorted(box.width / 2 for box in discs)
    large = radii[-1] >= LARGEST_SHARE * min(scene.width, scene.height)
    varied = len({round(r) for r in radii}) >= BUBBLES - 1 and radii[-1] >= SPREAD * radii[0]
    told = sum(any(_is_told(word, box) for word in scene.words) for box in discs)
    return [hull(discs)] if large and varied and 2 * told >= len(discs) else []


def _is_told(word: Word, disc: Box) -> bool:
    """Whether the word states a number in or at the disc."""
    return bool(re.search(r"\d", word.text)) and disc.grown(0.3 * disc.width).holds(word.box.cx, word.box.cy)


def _is_disc(mark: Mark) -> bool:
    if mark.sector is not None:
        return mark.sector.end - mark.sector.start >= 359 and mark.sector.r_inner == 0 and bool(mark.fill)
    round_ = abs(mark.box.width - mark.box.height) <= DISC * max(mark.box.width, 0.1)
    return mark.kind == "marker" and round_ and bool(mark.fill) and len(mark.points) != 4


def _apart(boxes: Sequence[Box]) -> list[Box]:
    """Without discs in discs: holes of donuts, rims, shadows."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda b: -b.area):
        if all(math.hypot(box.cx - o.cx, box.cy - o.cy) > 0.25 * o.width for o in kept):
            kept.append(box)
    return kept
