"""Bars and slices filled with a gradient or a hatching: the clip path is the shape, the page its colour.

A file paints these by clipping to the shape and pouring something into the clip: a gradient (which is no
path at all), or tiles (whose paths are given in the tile's own space, off the page).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extract.backends.mupdf import Painted, PaintedPage
from extract.scene import Box, Mark, hull
from extract.sources.drawn import path_marks

# Share of the page from which a gradient is its background.
BACKGROUND = 0.5
# Colours are counted in steps of 16 levels: hatching and smooth shading then have one that prevails.
STEP = 4
# Strips a gradient is drawn with by programs that know no gradients, and how alike neighbours are (levels).
STRIPS, ALIKE = 8, 14


def poured(painted: PaintedPage, page: Box) -> tuple[tuple[Mark, ...], tuple[Painted, ...]]:
    """Shapes filled by gradients or tiles (``fill`` still white), and the paths that are no tiles."""
    if not painted.shades and not painted.patterns:
        return (), painted.paths
    found: list[Mark] = []
    tiles: set[int] = set()
    used: set[int] = set()
    for i, path in enumerate(painted.paths):
        if path.kind != "clip" or path.clip is None or not 0 < path.clip.area <= BACKGROUND * page.area:
            continue
        content, before = _content(painted.paths, i)
        if content and painted.patterns and is_tiling(content, path.clip):
            tiles.update(map(id, content))
        elif content != [] or not _takes_shade(painted.shades, before, used):
            continue
        shape = replace(path, kind="f", fill="#ffffff", order=max(before, 0), clip=None)
        visible = Box(
            max(path.clip.x0, page.x0), max(path.clip.y0, page.y0),
            min(path.clip.x1, page.x1), min(path.clip.y1, page.y1),
        )  # fmt: skip
        found += [replace(m, pattern=True) for m in path_marks(shape, visible)]
    return tuple(found), tuple(p for p in painted.paths if id(p) not in tiles)


def _takes_shade(shades: Sequence[int], before: int, used: set[int]) -> bool:
    """Whether a gradient is the next thing painted after ``before`` and the gradients already placed.

    Anything painted in between, text above all, may be what the clip path was for.
    """
    order = before + 1
    while order in used:
        order += 1
    at = bisect_left(shades, order)
    if at == len(shades) or shades[at] != order:
        return False
    used.add(order)
    return True


def is_tiling(content: Sequence[Painted], clip: Box) -> bool:
    """Whether paths inside a clip are tiles: off the clip altogether, or laid over it beyond its edges."""
    if all(p.box.shared(clip) <= 0 for p in content):
        return True
    laid = hull(p.box for p in content)
    beyond = (clip.x0 - laid.x0, clip.y0 - laid.y0, laid.x1 - clip.x1, laid.y1 - clip.y1)
    if min(beyond) < -1 or sum(b > 1 for b in beyond) < 2:
        return False
    sizes = Counter((len(p.items), round(p.box.width), round(p.box.height)) for p in content)
    return len(content) >= 2 and (max(sizes.values()) >= 2 or content[0].box.shared(clip) > 0.99 * clip.area)


def _content(paths: Sequence[Painted], i: int) -> tuple[list[Painted] | None, int]:
    """What a clip path clips (None when that is another clip), and the last painting order before it."""
    before = next((p.order for p in reversed(paths[:i]) if p.kind != "clip"), -1)
    content: list[Painted] = []
    for path in paths[i + 1 :]:
        if path.depth <= paths[i].depth:
            break
        if path.kind == "clip":
            return None, before
        content.append(path)
    return content, before


def coloured(marks: Sequence[Mark], pixels: NDArray[np.uint8], scale: float) -> tuple[Mark, ...]:
    """The marks with the colour that prevails where they are painted; white ones paint nothing."""
    found = (replace(m, fill=_prevailing(m.box, pixels, scale)) for m in marks)
    return tuple(m for m in found if m.fill != "#ffffff")


def _prevailing(box: Box, pixels: NDArray[np.uint8], scale: float) -> str:
    inset_x, inset_y = 0.15 * box.width, 0.15 * box.height
    x0, x1 = int((box.x0 + inset_x) * scale), int((box.x1 - inset_x) * scale) + 1
    y0, y1 = int((box.y0 + inset_y) * scale), int((box.y1 - inset_y) * scale) + 1
    part = pixels[max(0, y0) : y1, max(0, x0) : x1].reshape(-1, 3)
    if not len(part):
        return "#ffffff"
    coarse = [tuple(c) for c in part[:: max(1, len(part) // 2000)] >> STEP]
    common = np.array(Counter(coarse).most_common(1)[0][0])
    members = part[((part >> STEP) == common).all(axis=1)]
    return "#{:02x}{:02x}{:02x}".format(*(int(v) for v in np.median(members, axis=0)))


def strips_joined(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Gradients painted as a row of slim rectangles, each hardly another colour than the last, as one."""
    joined: list[Mark] = []
    run: list[Mark] = []
    for mark in marks:
        if run and _follows(run[-1], mark):
            run.append(mark)
            continue
        joined += _settled(run)
        run = [mark]
    return tuple(joined + _settled(run))


def _follows(a: Mark, b: Mark) -> bool:
    if a.kind != "rect" or b.kind != "rect" or not a.fill or not b.fill or b.stroke:
        return False
    near = 0.6
    level = abs(a.box.y0 - b.box.y0) < near and abs(a.box.y1 - b.box.y1) < near
    upright = abs(a.box.x0 - b.box.x0) < near and abs(a.box.x1 - b.box.x1) < near
    touches = (level and -near < b.box.x0 - a.box.x1 < near) or (
        upright and -near < b.box.y0 - a.box.y1 < near
    )
    if not touches or (level and upright):
        return False
    return all(abs(int(a.fill[i : i + 2], 16) - int(b.fill[i : i + 2], 16)) <= ALIKE for i in (1, 3, 5))


def _settled(run: Sequence[Mark]) -> list[Mark]:
    if len(run) < STRIPS:
        return list(run)
    middle, box = run[len(run) // 2], run[0].box
    for mark in run[1:]:
        box = box | mark.box
    return [replace(middle, box=box, pattern=True)]
