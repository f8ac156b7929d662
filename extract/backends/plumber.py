"""pdfplumber's table finder on any rules at all: those of a PDF page or those traced from pixels.

The algorithm is Nurminen's (2013, "Algorithmic extraction of data in tables in PDF documents"): rules ->
crossings -> smallest cells -> tables. pdfplumber has it as plain functions on edges, so it needs no page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, merge_edges

from extract.scene import Box

Point = tuple[float, float]


def edge(box: Box, upright: bool) -> dict[str, Any]:
    """A rule as pdfplumber describes an edge."""
    middle_x, middle_y = box.cx, box.cy
    return {
        "orientation": "v" if upright else "h",
        "x0": middle_x if upright else box.x0,
        "x1": middle_x if upright else box.x1,
        "top": box.y0 if upright else middle_y,
        "bottom": box.y1 if upright else middle_y,
        "width": 0 if upright else box.width,
        "height": box.height if upright else 0,
        "object_type": "line",
    }


def rules_to_tables(level: Sequence[Box], upright: Sequence[Box], near: float) -> list[list[Box]]:
    """Cells of each table that horizontal (``level``) and vertical (``upright``) rules enclose.

    ``near`` is how far rules may miss each other and still meet, in the page's unit.
    """
    edges = [edge(b, False) for b in level] + [edge(b, True) for b in upright]
    merged = merge_edges(edges, near, near, near, near)
    cells = Crossings(edges_to_intersections(merged, near, near)).cells()
    return [[Box(*cell) for cell in table] for table in cells_to_tables(cells)]


class Crossings:
    """Where rules meet, by row and column: pdfplumber's ``intersections_to_cells`` with the same result.

    That one looks at all crossings for each of them; this one only at those of its own row and column, so
    that cost grows with the cells and not with their square.
    """

    def __init__(self, found: Mapping[Point, Mapping[str, Sequence[Any]]]) -> None:
        self._upright = {p: {id(e) for e in touching["v"]} for p, touching in found.items()}
        self._level = {p: {id(e) for e in touching["h"]} for p, touching in found.items()}
        self._columns: dict[float, list[float]] = defaultdict(list)
        self._rows: dict[float, list[float]] = defaultdict(list)
        for x, y in sorted(found):
            self._columns[x].append(y)
            self._rows[y].append(x)

    def cells(self) -> list[tuple[float, float, float, float]]:
        """The smallest cell right of and below each crossing whose corners are joined by rules."""
        return [cell for point in sorted(self._upright) if (cell := self._smallest(*point))]

    def _smallest(self, x: float, y: float) -> tuple[float, float, float, float] | None:
        column, row = self._columns[x], self._rows[y]
        for below in islice(column, bisect_right(column, y), None):
            if self._upright[x, y].isdisjoint(self._upright[x, below]):
                continue
            for right in islice(row, bisect_right(row, x), None):
                if not self._level[x, y].isdisjoint(self._level[right, y]) and self._closes(
                    x, y, right, below
                ):
                    return x, y, right, below
        return None

    def _closes(self, x: float, y: float, right: float, below: float) -> bool:
        """Whether the corner below on the right is there and joined to its neighbours."""
        corner = (right, below)
        return (
            corner in self._upright
            and not self._upright[corner].isdisjoint(self._upright[right, y])
            and not self._level[corner].isdisjoint(self._level[x, below])
        )
