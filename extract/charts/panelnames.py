"""Names of pies side by side: lines at one height over each of them, which are no labels of their slices."""

from __future__ import annotations

from collections.abc import Sequence

from extract.charts.namedvalues import split_named
from extract.charts.titles import TextLine, text_lines
from extract.scene import Box, Scene

# A name stands at most this many em over its pie, and its middle within this share of the pie's width.
REACH, OFF_CENTRE = 8.0, 0.5
# Lines of one row agree this well, in em: height, size, and where they stand over their pies.
SAME_HEIGHT, SAME_SIZE, SAME_PLACE = 0.4, 0.15, 2.0


def panel_names(scene: Scene, pies: Sequence[Box]) -> frozenset[int]:
    """The words that name pies of one row; a label that several pies carry names none of them."""
    if len(pies) < 2:
        return frozenset()
    lines = [
        line for line in text_lines(scene, range(len(scene.words)))
        if not any(split_named(scene, w)[1] for w in line.words)
    ]  # fmt: skip
    over = [(pie, line) for pie in pies for line in lines if _is_over(line, pie)]
    found: set[int] = set()
    for pie, line in over:
        others = [
            other for beside, other in over if _in_row(pie, beside) and _alike(line, pie, other, beside)
        ]
        if others and all(other.text != line.text for other in others):
            found |= set(line.words)
    return frozenset(found)


def _is_over(line: TextLine, pie: Box) -> bool:
    away = pie.y0 - line.box.y1
    return (
        -0.3 * line.size <= away <= REACH * line.size and abs(line.box.cx - pie.cx) <= OFF_CENTRE * pie.width
    )


def _in_row(pie: Box, beside: Box) -> bool:
    level = min(pie.y1, beside.y1) - max(pie.y0, beside.y0) > 0.5 * min(pie.height, beside.height)
    return level and (beside.x0 >= pie.x1 or beside.x1 <= pie.x0)


def _alike(line: TextLine, pie: Box, other: TextLine, beside: Box) -> bool:
    em = line.size
    return (
        abs(line.box.cy - other.box.cy) <= SAME_HEIGHT * em and abs(other.size - em) <= SAME_SIZE * em
        and abs((line.box.cx - pie.cx) - (other.box.cx - beside.cx)) <= SAME_PLACE * em
    )  # fmt: skip
