"""From rectangular regions to bars and segments: halves joined, fused neighbours parted.

A label inside a bar, a gridline over it or noise may break it into several regions; two segments of
like colours may be one region. So regions in one band are read together along a profile.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extract.scene import Box
from extract.sources.trace.bands import Stretch, profile_along, stretches, without_separators
from extract.sources.trace.bars import Rect
from extract.sources.trace.grain import Grain
from extract.sources.trace.palette import SAME, Color, apart, is_near

ALIGNED = 2.0
"""Pixels by which the flanks of two pieces of one bar may differ."""
NEAR = 5.0
"""Pixels between neighbours that touch or are parted by a thin line."""
APART_MOST = 2.5
"""Thicknesses between two halves of one bar that a label may hide."""
BETWEEN = 0.2
"""Share of a bar's thickness from which a rectangle in a gap is no remnant of a label."""
REACH = 8
"""Pixels looked at beyond the ends of a band for segments too small to be regions."""
THROUGH = 0.2
"""Share of the pixels between two halves that have their fill, and prove them one bar under a label."""
HIDDEN = 0.5
"""Share of them that may have the ground's colour (white digits) where a word hides the join."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all bands of one image share: the image without its words, where they were, what is ground."""

    image: NDArray[np.uint8]
    words: tuple[Box, ...]
    grounds: list[Color]
    grain: Grain

    def flipped(self) -> Sheet:
        """With x and y exchanged."""
        turned = np.ascontiguousarray(self.image.transpose(1, 0, 2))
        return replace(self, image=turned, words=tuple(Box(w.y0, w.x0, w.y1, w.x1) for w in self.words))


def join_and_part(sheet: Sheet, rects: list[Rect]) -> list[Rect]:
    """Bars and segments from regions, first along rows and then along columns."""
    rows = _pass(sheet, rects)
    columns = _pass(sheet.flipped(), [rect.flipped() for rect in rows])
    return [rect.flipped() for rect in columns]


def _pass(sheet: Sheet, rects: list[Rect]) -> list[Rect]:
    found: list[Rect] = []
    for band in _bands(rects):
        if len(band) > 1 or band[0].width >= band[0].height:
            found.extend(_cut(sheet, band))
        else:
            found.extend(band)
    return found


def _bands(rects: list[Rect]) -> list[list[Rect]]:
    """Rectangles that share both flanks and follow one another."""
    order = sorted(rects, key=lambda rect: (rect.x0, rect.y0))
    open_bands: list[list[Rect]] = []
    for rect in order:
        for band in reversed(open_bands):
            if _follows(band[-1], rect) and not _is_between(band[-1], rect, rects):
                band.append(rect)
                break
        else:
            open_bands.append([rect])
    return open_bands


def _follows(left: Rect, right: Rect) -> bool:
    if abs(left.y0 - right.y0) > ALIGNED or abs(left.y1 - right.y1) > ALIGNED:
        return False
    gap = right.x0 - left.x1
    halves = apart(left.fill, right.fill) <= 12 and gap <= APART_MOST * left.height
    return -NEAR <= gap <= NEAR or (gap >= 0 and halves)


def _is_between(left: Rect, right: Rect, rects: list[Rect]) -> bool:
    """Whether another rectangle stands in the gap of two far pieces: equal bars of one chart, no halves."""
    if right.x0 - left.x1 <= NEAR:
        return False
    return any(
        left.x1 - ALIGNED <= other.x0 and other.x1 <= right.x0 + ALIGNED
        and min(other.y1, left.y1) - max(other.y0, left.y0) > BETWEEN * left.height
        for other in rects
    )  # fmt: skip


def _cut(sheet: Sheet, band: list[Rect]) -> list[Rect]:
    top, bottom = max(r.core[1] for r in band), min(r.core[3] for r in band)
    if bottom <= top:
        return band
    first = max(0, int(min(r.x0 for r in band)) - REACH)
    last = min(sheet.image.shape[1], int(np.ceil(max(r.x1 for r in band))) + REACH)
    pieces = stretches(profile_along(sheet.image, first, top, last, bottom), first, sheet.grain)
    pieces = _rejoin(sheet, pieces, top, bottom)
    pieces = without_separators(pieces, sheet.grounds, [r.outline for r in band if r.outline])
    found = []
    for index, piece in enumerate(pieces):
        owner = max(band, key=lambda r: min(r.x1, piece.stop) - max(r.x0, piece.start))
        if not is_near(piece.color, sheet.grounds) and _belongs(pieces, index, band, sheet.grounds):
            core = (
                int(np.ceil(piece.start)),
                top,
                max(int(piece.stop), int(np.ceil(piece.start)) + 1),
                bottom,
            )
            found.append(replace(owner, x0=piece.start, x1=piece.stop, fill=piece.color, core=core))
    return found or band


def _belongs(pieces: list[Stretch], index: int, band: list[Rect], grounds: list[Color]) -> bool:
    """Whether a piece is a member of the band, or a small segment next to one; a stranger is not."""
    if _owned(pieces[index], band):
        return True
    if pieces[index].stop - pieces[index].start > 2 * REACH or not 0 < index < len(pieces) - 1:
        return False
    beside = (pieces[index - 1], pieces[index + 1])
    return any(_owned(piece, band) and not is_near(piece.color, grounds) for piece in beside)


def _owned(piece: Stretch, band: list[Rect]) -> bool:
    shared = max(min(rect.x1, piece.stop) - max(rect.x0, piece.start) for rect in band)
    return shared > 0.5 * (piece.stop - piece.start)


def _rejoin(sheet: Sheet, pieces: list[Stretch], top: int, bottom: int) -> list[Stretch]:
    """Pieces of one colour become one where the colour goes on between them."""
    joined: list[Stretch] = []
    for piece in pieces:
        for back in range(len(joined) - 1, max(-1, len(joined) - 6), -1):
            left = joined[back]
            same = apart(left.color, piece.color) <= sheet.grain.tolerance
            if same and not is_near(piece.color, sheet.grounds) and _goes_on(sheet, left, piece, top, bottom):
                joined[back:] = [Stretch(left.start, piece.stop, left.color)]
                break
        else:
            joined.append(piece)
    return joined


def _goes_on(sheet: Sheet, left: Stretch, right: Stretch, top: int, bottom: int) -> bool:
    """Whether enough of what lies between has the fill: a label leaves some, a separator nothing; under a
    label less will do, but the ground must not show."""
    start, stop = int(np.ceil(left.stop)), max(int(right.start), int(np.ceil(left.stop)) + 1)
    between = sheet.image[top:bottom, start:stop].astype(np.int16)
    if not between.size:
        return True
    limit = 2 * sheet.grain.tolerance
    plain = float((np.abs(between - np.array(left.color, np.int16)).max(axis=2) <= limit).mean())
    if plain >= THROUGH:
        return True
    middle = (top + bottom) / 2
    if (
        left.thin
        or right.thin
        or not any(
            w.x0 - 3 <= start and stop <= w.x1 + 3 and w.y0 - 3 <= middle <= w.y1 + 3 for w in sheet.words
        )
    ):
        return False
    bare = [np.abs(between - np.array(g, np.int16)).max(axis=2) <= SAME for g in sheet.grounds]
    return float(np.logical_or.reduce(bare).mean()) <= HIDDEN
