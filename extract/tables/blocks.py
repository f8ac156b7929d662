"""A matrix that repeats stub and values side by side (順位｜全体｜%｜男性｜%) -> one matrix per block."""

from __future__ import annotations

from itertools import pairwise

from extract.tables.cells import fold, is_blank
from extract.tables.matrix import Entry, Matrix
from extract.tables.names import CORNER, entries_to_line
from extract.tables.roles import Roles, values_of

# A column is one of words when this share of its filled cells says no number.
WORDS = 0.6


def side_by_side(matrix: Matrix, roles: Roles) -> list[Matrix]:
    """The blocks, each with its own stub; the matrix itself when its values share one stub.

    Values belong to the words beside them only where their headings name no more than the measure (%, 度数):
    the subject then is the heading over the words, which goes over the values.
    """
    heads = [entries_to_line([matrix.rows[r][c] for r in roles.headers]) for c in roles.columns]
    named = [c for c in range(matrix.width) if is_stub(matrix, roles, c)]
    inner = [c for c in named if c > roles.columns[0] and any(v > c for v in roles.columns)]
    if not inner or not all(head.only_measure and head.name for head in heads):
        return [matrix]
    first = max((c for c in named if c < roles.columns[0]), default=-1)
    starts = [first, *inner, matrix.width]
    return [block(matrix, roles, a, b) for a, b in pairwise(starts) if a >= 0]


def is_stub(matrix: Matrix, roles: Roles, column: int) -> bool:
    body = [e for r in roles.rows if (e := matrix.rows[r][column]) is not None and not is_blank(e.text)]
    return bool(body) and sum(not values_of(e) for e in body) >= WORDS * len(body)


def block(matrix: Matrix, roles: Roles, start: int, end: int) -> Matrix:
    """Columns ``start`` to ``end``; what heads the words heads the values as well, unless it says 項目."""
    rows = [row[start:end] for row in matrix.rows]
    for r in roles.headers[:1]:
        head = rows[r][0]
        if head is not None and head.text.strip() and fold(head.text) not in CORNER:
            over: tuple[Entry | None, ...] = (None, *[head] * (end - start - 1))
            rows.insert(r, over)
    return Matrix(tuple(rows), matrix.box, matrix.caption)
