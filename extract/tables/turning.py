"""Answers in the columns and no more than their count and share in the rows: the table is turned."""

from __future__ import annotations

from extract.tables.matrix import Matrix
from extract.tables.names import row_line
from extract.tables.roles import Roles, find_roles

# Count, share, and one more measure.
MOST_MEASURES = 3
FEWEST_ANSWERS = 3


def turned(matrix: Matrix, roles: Roles) -> tuple[Matrix, Roles]:
    """The table with one row per answer; as it is where the rows are anything but measures."""
    few = len(roles.rows) <= MOST_MEASURES and len(roles.columns) >= FEWEST_ANSWERS
    sized = roles.base_row is not None or roles.base_column is not None
    if not few or sized or roles.sections or len(roles.headers) != 1:
        return matrix, roles
    if not all(row_line(matrix, roles.stubs, r).only_measure for r in roles.rows):
        return matrix, roles
    lines = [roles.headers[0], *roles.rows]
    columns = [*roles.stubs, *roles.columns]
    rows = [tuple(matrix.rows[r][c] for r in lines) for c in columns]
    answers = Matrix(tuple(rows), matrix.box, matrix.caption)
    found = find_roles(answers)
    return (answers, found) if found is not None else (matrix, roles)
