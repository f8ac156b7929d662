"""White bars with an outline: told from paper as white as they are by the coloured bars they go with."""

from __future__ import annotations

from collections.abc import Sequence

from extract.sources.trace.bars import Rect
from extract.sources.trace.palette import Color, apart, is_near

EQUAL = 2.5
"""Pixels within which edges are one, blur and outlines aside."""
FAINT = 60
"""Levels from the ground from which an outline is one."""
LARGEST = 0.1
"""Share of the image; larger outlined boxes are frames."""
AT_MOST = 1.0
"""Hollow bars per coloured bar they go with; a table has many more white cells than shaded ones."""
TWICE, CELLS = 2.0, 0.25
"""As many for one are still bars where no more than this share of them goes on in a white cell, as the
cells of a table do."""
SLIM = 4.0
"""Pixels; slimmer boxes are gaps between lines."""


def hollow_bars(
    found: Sequence[Rect], rects: Sequence[Rect], grounds: Sequence[Color], area: float
) -> list[Rect]:
    """The outlined boxes in the colour of the ground that share a baseline, or a stack, with filled bars."""
    boxes = [
        rect for rect in found
        if rect.outline is not None and is_near(rect.fill, grounds)
        and all(apart(rect.outline, ground) > FAINT for ground in grounds)
        and rect.width * rect.height <= LARGEST * area and min(rect.width, rect.height) >= SLIM
    ]  # fmt: skip
    filled = [rect for rect in rects if min(rect.width, rect.height) >= SLIM]
    kept = [box for box in boxes if any(_goes_with(box, rect) for rect in filled)]
    partners = sum(any(_goes_with(box, rect) for box in kept) for rect in filled)
    others = [box for box in boxes if box not in kept]
    cells = sum(any(_in_line(box, other) for other in others) for box in kept)
    few = len(kept) <= AT_MOST * partners or (len(kept) <= TWICE * partners and cells <= CELLS * len(kept))
    return kept if few else []


def _in_line(box: Rect, other: Rect) -> bool:
    """Whether another white box meets this one as cells of a row or a column do."""
    row = abs(box.y0 - other.y0) <= EQUAL and abs(box.y1 - other.y1) <= EQUAL
    column = abs(box.x0 - other.x0) <= EQUAL and abs(box.x1 - other.x1) <= EQUAL
    meets_x = min(abs(box.x0 - other.x1), abs(other.x0 - box.x1)) <= EQUAL
    meets_y = min(abs(box.y0 - other.y1), abs(other.y0 - box.y1)) <= EQUAL
    return (row and meets_x) or (column and meets_y)


def _goes_with(box: Rect, rect: Rect) -> bool:
    """Whether both are columns on one floor, bars from one line, or neighbours in one stack."""
    upright = abs(box.width - rect.width) <= EQUAL and abs(box.y1 - rect.y1) <= EQUAL
    lying = abs(box.height - rect.height) <= EQUAL and abs(box.x0 - rect.x0) <= EQUAL
    row = abs(box.y0 - rect.y0) <= EQUAL and abs(box.y1 - rect.y1) <= EQUAL
    column = abs(box.x0 - rect.x0) <= EQUAL and abs(box.x1 - rect.x1) <= EQUAL
    meets_x = min(abs(box.x0 - rect.x1), abs(rect.x0 - box.x1)) <= EQUAL
    meets_y = min(abs(box.y0 - rect.y1), abs(rect.y0 - box.y1)) <= EQUAL
    return upright or lying or (row and meets_x) or (column and meets_y)
