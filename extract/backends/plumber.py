"""pdfplumber's table finder on any rules at all: those of a PDF page or those traced from pixels.

The algorithm is Nurminen's (2013, "Algorithmic extraction of data in tables in PDF documents"): rules ->
crossings -> smallest cells -> tables. pdfplumber has it as plain functions on edges, so it needs no page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from extract.scene import Box


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
    cells = intersections_to_cells(edges_to_intersections(merged, near, near))
    return [[Box(*cell) for cell in table] for table in cells_to_tables(cells)]
