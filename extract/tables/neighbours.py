"""A ruled table without names for its rows -> the names of the table left of it, whose rows go on in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.scene import Box, Grid
from extract.tables.matrix import Entry, Matrix
from extract.tables.roles import Roles

# Tables side by side start and end at one height, within this share of their own.
LEVEL = 0.1


@dataclass(frozen=True, slots=True)
class Placed:
    """A grid read as a table."""

    grid: Grid
    matrix: Matrix
    roles: Roles


def are_level(a: Box, b: Box) -> bool:
    return max(abs(a.y0 - b.y0), abs(a.y1 - b.y1)) < LEVEL * max(a.height, b.height)


def left_of(table: Placed, others: Sequence[Placed]) -> Placed | None:
    """The nearest table with names for its rows that stands left of this one at the same height."""
    own = table.grid.box
    if own is None:
        return None
    near = [
        (own.x0 - other.grid.box.x1, at)
        for at, other in enumerate(others)
        if other.roles.stubs and other.grid.box and are_level(own, other.grid.box)
        and other.grid.box.x1 <= own.x0 + LEVEL * own.width
    ]  # fmt: skip
    return others[min(near)[1]] if near else None


def with_stub_of(left: Placed, table: Placed) -> Matrix | None:
    """The table with the row names of ``left`` before its columns; None where the rows do not go on."""
    mine, theirs = row_spans(table.grid), row_spans(left.grid)
    stubs: dict[int, list[Entry | None]] = {}
    for row in table.roles.rows:
        middle = sum(mine[row]) / 2
        same = [r for r in left.roles.rows if theirs[r][0] <= middle <= theirs[r][1]]
        if len(same) != 1:
            return None
        stubs[row] = [left.matrix.rows[same[0]][c] for c in left.roles.stubs]
    blank: list[Entry | None] = [None] * len(left.roles.stubs)
    rows = [(*stubs.get(at, blank), *cells) for at, cells in enumerate(table.matrix.rows)]
    return Matrix(tuple(rows), table.matrix.box, table.matrix.caption)


def row_spans(grid: Grid) -> list[tuple[float, float]]:
    """Top and bottom of each row; (0, 0) for a row that no cell starts or ends in."""
    count = max(cell.row + cell.rows for cell in grid.cells)
    tops = [[c.box.y0 for c in grid.cells if c.box and c.row == row] for row in range(count)]
    ends = [[c.box.y1 for c in grid.cells if c.box and c.row + c.rows - 1 == row] for row in range(count)]
    return [(min(top, default=0.0), max(end, default=0.0)) for top, end in zip(tops, ends, strict=True)]
