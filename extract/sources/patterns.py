"""Bars and slices filled with a gradient or a hatching: the clip path is the shape, the page its colour.

A file paints these by clipping to the shape and pouring something into the clip: a gradient (which is no
path at all), or tiles (whose paths are given in the tile's own space, off the page).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.backends.mupdf import Painted, PaintedPage
from extract.scene import Box, Mark, hull
from extract.sources.drawn import path_marks

# Share of the page from which a gradient is its background.
BACKGROUND = 0.5
# Share of the page up to which an image in a clip path is the hatching of a bar, not a cropped picture, and
# levels of colour between the two ends of a gradient.
FILLING, SHADED = 0.02, 10
# The same for an image this many times as long as wide: no picture is cropped so.
SLIM, LONG_FILLING = 6.0, 0.06
# Colours are counted in steps of 16 levels: hatching and smooth shading then have one that prevails.
STEP = 4
# A wide gradient changes seldom from pixel to pixel, but it changes one way: all its steps together are
# hardly more than its rise.
ONE_WAY = 1.5
BESIDE_TEXT = 1 / 12  # share of a bar's thickness from its edge where no text stands
# Strips a gradient is drawn with by programs that know no gradients, and how alike neighbours are (levels).
STRIPS, ALIKE = 8, 14


@dataclass(frozen=True, slots=True)
class Poured:
    """Shapes filled by gradients, tiles or clipped images (``fill`` still white), and the paths that are no
    tiles. ``unsure`` shapes are clip paths of which it is not known that anything was poured into them.
    """

    sure: tuple[Mark, ...]
    unsure: tuple[Mark, ...]
    paths: tuple[Painted, ...]


def poured(painted: PaintedPage, page: Box) -> Poured:
    """What clip paths of a page are filled with; nothing is looked at where nothing can be poured."""
    if not painted.shades and not painted.patterns:
        return Poured((), (), painted.paths)
    tiles: set[int] = set()
    sure: list[Mark] = []
    unsure: list[Mark] = []
    for i, path in enumerate(painted.paths):
        if path.kind == "clip" and painted.patterns and _fits(path, page):
            content = _content(painted.paths, i)
            if content and path.clip is not None and is_tiling(content, path.clip):
                tiles.update(map(id, content))
                sure += _shape(path, content[0].order, page)
    for empty, orders in _windows(painted):
        kinds = [(order, order in painted.shades) for order in orders]
        if len(empty) == len(kinds):
            for clip, (order, is_shade) in zip(empty, kinds, strict=True):
                if _fits(clip, page) and (is_shade or _is_small(clip, page)):
                    sure += _shape(clip, order, page)
        elif any(is_shade for _, is_shade in kinds) or all(_is_small(clip, page) for clip in empty):
            for clip in empty:  # browsers cut the picture of one gradient into strips
                if _fits(clip, page):
                    unsure += _shape(clip, orders[0], page)
    rest = tuple(p for p in painted.paths if id(p) not in tiles)
    return Poured(tuple(sure), tuple(unsure), rest)


def _fits(clip: Painted, page: Box) -> bool:
    return clip.clip is not None and 0 < clip.clip.area <= BACKGROUND * page.area


def _is_small(clip: Painted, page: Box) -> bool:
    """Whether a clipped image fills a bar and is no cropped picture: it is small, or long and slim."""
    if clip.clip is None:
        return False
    sides = sorted((clip.clip.width, clip.clip.height))
    slim = sides[0] > 0 and sides[1] >= SLIM * sides[0]
    return clip.clip.area <= (LONG_FILLING if slim else FILLING) * page.area


def _shape(clip: Painted, order: int, page: Box) -> list[Mark]:
    """The clip path as a mark of its own."""
    box = clip.clip or page
    visible = Box(max(box.x0, page.x0), max(box.y0, page.y0), min(box.x1, page.x1), min(box.y1, page.y1))
    shape = replace(clip, kind="f", fill="#ffffff", order=order, clip=None)
    return [replace(m, pattern=True) for m in path_marks(shape, visible)]


def _windows(painted: PaintedPage) -> Iterator[tuple[list[Painted], list[int]]]:
    """Between two painted paths: innermost clip paths without content, and what was painted that is no path.

    The list of paths knows no gradients and images, the log of paint no clip paths; only their order ties
    them: as many empty clips as such paints in one window belong together in turn.
    """
    others = sorted({*painted.shades, *(i.order for i in painted.images if i.order >= 0)})
    clips: list[Painted] = []
    before = -1
    for path in (*painted.paths, None):
        if path is not None and path.kind == "clip":
            clips.append(path)
            continue
        after = path.order if path is not None else 1 << 30
        orders = others[bisect_left(others, before) : bisect_left(others, after)]
        if clips and orders:
            inner = [c for c, d in pairwise(clips) if d.depth <= c.depth]
            if path is None or path.depth <= clips[-1].depth:
                inner.append(clips[-1])
            yield inner, orders
        clips, before = [], after


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


def _content(paths: Sequence[Painted], i: int) -> list[Painted]:
    """The paths a clip path clips, none when it clips another clip path first."""
    content: list[Painted] = []
    for path in paths[i + 1 :]:
        if path.depth <= paths[i].depth or path.kind == "clip":
            break
        content.append(path)
    return content


def coloured(poured: Poured, pixels: NDArray[np.uint8], scale: float) -> tuple[Mark, ...]:
    """The shapes with the colour that prevails where they are painted; white ones paint nothing.

    Of unsure shapes only those are kept that show a gradient: text on a plain ground shows none.
    """
    marks = poured.sure + tuple(m for m in poured.unsure if _shades_off(m.box, pixels, scale))
    found = (replace(m, fill=_prevailing(m.box, pixels, scale)) for m in marks)
    return tuple(m for m in found if m.fill != "#ffffff")


def _shades_off(box: Box, pixels: NDArray[np.uint8], scale: float) -> bool:
    """Whether the colour changes slowly over the box: from row to row or from column to column."""
    part = pixels[int(box.y0 * scale) : int(box.y1 * scale), int(box.x0 * scale) : int(box.x1 * scale)]
    if part.shape[0] < 3 or part.shape[1] < 3:
        return False
    return any(_climbs(line) for axis in (0, 1) for line in _courses(np.swapaxes(part, 0, axis)))


def _courses(part: NDArray[np.uint8]) -> Iterator[NDArray[np.float64]]:
    """The colours along the second axis: over all of the first, and beside text in its middle."""
    edge = max(1, round(part.shape[0] * BESIDE_TEXT))
    yield np.median(part, axis=0)
    if part.shape[0] >= 6 * edge:
        ends = max(1, part.shape[1] // 16)
        for strip in (part[edge : 2 * edge], part[-2 * edge : -edge]):
            yield np.median(strip[:, ends:-ends], axis=0)


def _climbs(line: NDArray[np.float64]) -> bool:
    """Whether the colour changes slowly and one way, or often and a little."""
    if len(line) < 3:
        return False
    steps, rise = np.abs(np.diff(line, axis=0)), np.ptp(line, axis=0)
    channel = int(rise.argmax())
    if float(rise[channel]) < SHADED or float(np.median(steps.max(axis=1))) > ALIKE:
        return False
    climb = steps[:, channel]
    one_way = float(climb.max()) <= ALIKE and float(climb.sum()) <= ONE_WAY * float(rise[channel])
    return one_way or float((climb > 0).mean()) > 0.3


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
