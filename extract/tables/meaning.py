"""Which side of a table asks and which is asked: items and respondent groups.

The evidence, strongest first: sample sizes stand with the groups; totals (全体) are a group; a side whose
units differ lists items; a side whose shares make 100 lists the answers; periods are groups.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.tables.cells import Value
from extract.tables.matrix import Matrix
from extract.tables.names import CHANGE, Line, strip_unit
from extract.tables.periods import is_time
from extract.tables.roles import Roles, is_period, values_of

# Shares of a full line differ from 100 by rounding: half a point per ten answers of one decimal.
WHOLE = 1.0
# Last rows that add the others up; 全体 is the group of all respondents instead.
# Names that only groups of respondents bear: sexes, ages, sizes of companies.
PEOPLE = re.compile(
    r"(男|女)(性|子)?$|[~～〜\d０-９]+\s*(~|～|〜|-|－)?\s*[\d０-９]*\s*[歳代](以[上下]|未満|[~～〜])?|(大|中堅|中小|零細)企業|小規模|"
    r"[\d０-９,~～〜]+\s*(人|名)(以[上下]|未満|[~～〜])|(men|women|male|female)$",
    re.IGNORECASE,
)
# A single column of this name measures: it is no group.
METRIC = re.compile(
    r"(率|割合|比|シェア|スコア|点|数|額|度|時間|平均|share|rate|score|percent|%)$", re.IGNORECASE
)
SUMS = frozenset({"合計", "計", "総計", "小計"})


def groups_in_columns(matrix: Matrix, roles: Roles, columns: Sequence[Line], rows: Sequence[Line]) -> bool:
    """True when each column is a group of respondents and each row an item."""
    if roles.base_row is not None or any(c.base_n for c in columns):
        return True
    if roles.base_column is not None or any(r.base_n for r in rows):
        return False
    if len(columns) == 1 and METRIC.search(strip_unit(columns[0].name)) and not is_time(columns[0].name):
        return False
    table = [[values_of(matrix.rows[r][c]) for c in roles.columns] for r in roles.rows]
    changes = [CHANGE.fullmatch(c.name) is not None for c in columns]
    named_once = len({c.name for c in columns}) == len(columns)  # else count and share of one group
    column_units = {
        units(line) | {column.unit if named_once else None}
        for line, column, c in zip(zip(*table, strict=True), columns, changes, strict=True)
        if not c
    }
    row_units = {units([v for v, c in zip(line, changes, strict=True) if not c]) for line in table}
    if len(column_units) > 1 and len(row_units) == 1:
        return False
    if len(row_units) > 1 and len(column_units) == 1:
        return True
    if sums_over_time(matrix, roles, rows):
        return True
    totals = [any(line.everyone and not line.only_measure for line in side) for side in (columns, rows)]
    if totals[0] != totals[1]:
        return totals[0]
    people = [2 * sum(bool(PEOPLE.match(line.name)) for line in side) > len(side) for side in (columns, rows)]
    if people[0] != people[1]:
        return people[0]
    kept = [at for at, change in enumerate(changes) if not change]
    return by_shape([[line[at] for at in kept] for line in table], [columns[at] for at in kept], rows)


def sums_over_time(matrix: Matrix, roles: Roles, rows: Sequence[Line]) -> bool:
    """Columns are periods and a row sums the others up: a list of things, not of respondents."""
    periods = any(is_period(matrix.rows[r][c]) for r in roles.headers for c in roles.columns)
    return periods and any(r.name.replace(" ", "") in SUMS for r in rows)


def by_shape(
    table: Sequence[Sequence[tuple[Value, ...]]], columns: Sequence[Line], rows: Sequence[Line]
) -> bool:
    """Neither sizes nor totals nor units tell: sums to 100, then periods, then percent or not."""
    if all(makes_whole(line) for line in table):
        return False
    if all(makes_whole(line) for line in zip(*table, strict=True)):
        return True
    if any(is_time(column.name) for column in columns):
        return True
    if any(is_time(row.name) for row in rows):
        return False
    return all(v.unit in ("percent", None) for line in table for cell in line for v in cell)


def units(line: Sequence[tuple[Value, ...]]) -> frozenset[str | None]:
    return frozenset(v.unit for cell in line for v in cell)


def makes_whole(line: Sequence[tuple[Value, ...]]) -> bool:
    numbers = [cell[0].number for cell in line if cell]
    return len(numbers) > 1 and abs(sum(numbers) - 100) <= WHOLE
