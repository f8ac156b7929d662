"""Whether numbers in rows and columns are a table and no chart: nothing drawn among them measures anything.

Stripes behind rows or columns, cells painted one by one, and rules are what a table may have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.scene import Box, Mark, Scene
from extract.tables.matrix import Entry, Matrix
from extract.tables.roles import Roles, values_of

FEWEST_ROWS = 3
FEWEST_COLUMNS = 2
# Share of the cells that hold numbers.
FULL = 0.8
# A rule is no thicker, as a share of the page's shorter side.
THICKEST = 0.0067
# Share by which cells painted one by one differ in size.
ALIKE = 0.15
# Markers and slices among the numbers that make a chart of them.
FEWEST_MARKERS = 3


def is_plain(scene: Scene, matrix: Matrix, roles: Roles) -> bool:
    """True for a full table of at least three rows and two columns without bars, lines or markers."""
    rows = [*roles.rows, *([] if roles.base_row is None else [roles.base_row])]
    columns = [*roles.columns, *([] if roles.base_column is None else [roles.base_column])]
    if len(rows) < FEWEST_ROWS or len(columns) < FEWEST_COLUMNS or not roles.headers or matrix.box is None:
        return False
    cells = [e for r in rows for c in columns if (e := matrix.rows[r][c]) is not None and values_of(e)]
    return len(cells) >= FULL * len(rows) * len(columns) and not measured(scene, matrix.box, cells)


def measured(scene: Scene, area: Box, cells: Sequence[Entry]) -> bool:
    """Whether something in the area looks like bars, lines, markers or slices."""
    thick = THICKEST * min(scene.width, scene.height)
    inside = [
        m for m in scene.marks if area.holds(m.box.cx, m.box.cy) and max(m.box.width, m.box.height) > thick
    ]
    if any(m.kind == "polyline" and m.seen_by == "vector" and len(m.points) > 2 for m in inside):
        return True
    if sum(m.kind in ("marker", "sector") for m in inside) >= FEWEST_MARKERS:
        return True
    places = [e.box for e in cells if e.box is not None]
    painted = [m for m in inside if m.kind == "rect" and min(m.box.width, m.box.height) > thick]
    painted = [
        m for m in in_stripes(painted, thick) if not is_stripe(m, places) and not heads(m, scene, places)
    ]
    return bool(painted) and not are_cells(painted, places)


def in_stripes(painted: Sequence[Mark], near: float) -> list[Mark]:
    """Marks of one height and colour that touch in a row as one: stripes are often painted cell by cell."""
    joined: list[Mark] = []
    for mark in sorted(painted, key=lambda m: (round(m.box.y0), m.box.x0)):
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.fill == mark.fill
            and max(abs(last.box.y0 - mark.box.y0), abs(last.box.y1 - mark.box.y1)) <= near
            and mark.box.x0 - last.box.x1 <= near
        ):
            joined[-1] = replace(last, box=last.box | mark.box)
        else:
            joined.append(mark)
    return joined


def is_stripe(mark: Mark, places: Sequence[Box]) -> bool:
    """Whether the mark lies behind all numbers of some height, or of some column: a row or column painted."""
    held = [p for p in places if mark.box.holds(p.cx, p.cy)]
    level = [p for p in places if mark.box.y0 <= p.cy <= mark.box.y1]
    above = [p for p in places if mark.box.x0 <= p.cx <= mark.box.x1]
    return len(held) > 1 and (len(held) == len(level) or len(held) == len(above))


def heads(mark: Mark, scene: Scene, places: Sequence[Box]) -> bool:
    """Whether the mark is the ground of words above all numbers."""
    above = mark.box.cy < min(p.y0 for p in places)
    return above and any(mark.box.holds(w.box.cx, w.box.cy) for w in scene.words)


def are_cells(painted: Sequence[Mark], places: Sequence[Box]) -> bool:
    """Whether each mark is the ground of one number or of none but words beside them, all alike in height."""
    heights = [m.box.height for m in painted]
    if max(heights) - min(heights) > ALIKE * max(heights):
        return False
    widths: dict[int, list[float]] = {}
    for mark in painted:
        held = [p for p in places if mark.box.holds(p.cx, p.cy)]
        if len(held) > 1:
            return False
        widths.setdefault(round(mark.box.x0 / max(heights)), []).append(mark.box.width)
    return len(painted) >= len(places) and all(max(w) - min(w) <= ALIKE * max(w) for w in widths.values())
