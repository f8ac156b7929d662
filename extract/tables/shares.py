"""Which bare numbers are shares, and of how many: the arithmetic of counts beside or above percentages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.finding import Unit
from extract.tables.cells import Value
from extract.tables.matrix import Matrix
from extract.tables.names import Line
from extract.tables.roles import Roles, values_of

# Shares need no sign where every number of the table lies in 0-100 and carries a decimal.
SHARE_LIMIT = 100
# Answers on a scale end at 7, 10 at most: numbers that all lie below may be its means.
SCALE_LIMIT = 10
# Points by which a share printed with one decimal, or with none where it is even, misses its count.
ROUNDING = 0.06


def looks_like_shares(matrix: Matrix, roles: Roles) -> tuple[Unit, float] | None:
    """Percent where all bare numbers can be nothing else."""
    values = [v for r in roles.rows for c in roles.columns for v in values_of(matrix.rows[r][c])]
    bare = [v for v in values if v.unit is None]
    if not bare or max(v.number for v in bare) <= SCALE_LIMIT:
        return None
    shares = all(0 <= v.number <= SHARE_LIMIT and "." in v.text for v in bare)
    return ("percent", 1.0) if shares else None


def rows_of_shares(matrix: Matrix, roles: Roles, rows: Sequence[Line]) -> frozenset[int]:
    """Rows of bare shares that follow the counts of the same name: each column has one sample for all, or
    each row one for all its columns."""
    pairs = [
        (a, b)
        for (a, name), (b, other) in pairwise(zip(roles.rows, rows, strict=True))
        if name.name and name.name == other.name and b == a + 1
        and all_bare(matrix, roles, a, False) and all_bare(matrix, roles, b, True)
    ]  # fmt: skip
    by_column = all(fits(matrix, [(a, b, c) for a, b in pairs]) for c in roles.columns)
    by_row = all(fits(matrix, [(a, b, c) for c in roles.columns]) for a, b in pairs)
    return frozenset(b for _, b in pairs) if pairs and (by_column or by_row) else frozenset()


def all_bare(matrix: Matrix, roles: Roles, row: int, decimal: bool) -> bool:
    values = [v for c in roles.columns for v in values_of(matrix.rows[row][c])]
    return bool(values) and all(v.unit is None and ("." in v.text) == decimal for v in values)


def fits(matrix: Matrix, cells: Sequence[tuple[int, int, int]]) -> bool:
    """Whether one sample makes all counts (row, then column) the shares (second row)."""
    both = [(values_of(matrix.rows[a][c]), values_of(matrix.rows[b][c])) for a, b, c in cells]
    return sample_of([(k[0].number, s[0].number) for k, s in both if k and s]) is not None


def sample_of(pairs: Sequence[tuple[float, float]]) -> int | None:
    """The sample that turns every count (first) into its share (second); None when no single one does."""
    counted, shared = sum(n for n, _ in pairs), sum(share for _, share in pairs)
    sample = round(100 * counted / shared) if shared > 0 else 0
    if not sample or len(pairs) < 2:
        return None
    return sample if all(abs(100 * n / sample - share) <= ROUNDING for n, share in pairs) else None


def sample_of_counts(matrix: Matrix, roles: Roles, columns: Sequence[Line]) -> int | None:
    """The sample that turns every count into the share beside it; None when no single one does."""
    pairs = []
    for row in roles.rows:
        values = [
            (v.number, v.unit or told or "")
            for c, told in zip(roles.columns, [c.unit[0] if c.unit else "" for c in columns], strict=True)
            for v in values_of(matrix.rows[row][c])
        ]
        shares = [n for n, unit in values if unit == "percent"]
        counts = [n for n, unit in values if unit in ("count", "")]
        if len(shares) != 1 or len(counts) != 1:
            return None
        pairs.append((counts[0], shares[0]))
    return sample_of(pairs)


def total_row(matrix: Matrix, roles: Roles, rows: Sequence[Line]) -> int | None:
    """The row called 合計 or 全体 with 100 % in it, or with the sum of the other rows."""
    for row, line in zip(roles.rows, rows, strict=True):
        values = [v for c in roles.columns for v in values_of(matrix.rows[row][c])]
        if not line.everyone or line.only_measure:
            continue
        if any(v.number == SHARE_LIMIT for v in values) or adds_up(matrix, roles, row):
            return row
    return None


def adds_up(matrix: Matrix, roles: Roles, total: int) -> bool:
    """Whether a row has, in a column of whole numbers, the sum of at least two others."""
    for c in roles.columns:
        column = {r: values_of(matrix.rows[r][c]) for r in roles.rows}
        parts = [values[0].number for r, values in column.items() if r != total and len(values) == 1]
        whole = [v.number for v in column[total]]
        if len(parts) > 1 and whole == [sum(parts)] and all(n == int(n) for n in parts):
            return True
    return False


def total_of(matrix: Matrix, roles: Roles, row: int) -> int | None:
    """The sample size that the total row prints beside its 100 %."""
    sums: list[Value] = [v for c in roles.columns for v in values_of(matrix.rows[row][c])]
    return next((int(v.number) for v in sums if v.number != SHARE_LIMIT and v.unit != "percent"), None)
