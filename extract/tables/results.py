"""A matrix with its roles -> findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.finding import Finding, Reading, Unit
from extract.scene import Scene
from extract.tables.captions import Caption
from extract.tables.cells import Value, named_unit
from extract.tables.matrix import Entry, Matrix
from extract.tables.meaning import groups_in_columns
from extract.tables.names import Line, column_line, naming_stubs, row_line
from extract.tables.roles import Roles, values_of

# Shares need no sign where every number of the table lies in 0-100 and carries a decimal.
SHARE_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Table:
    """A matrix understood: its lines by name, which side the groups are on, the unit of last resort."""

    matrix: Matrix
    roles: Roles
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    groups_are_columns: bool
    question: str
    unit: tuple[Unit, float] | None


def understand(matrix: Matrix, roles: Roles, caption: Caption) -> Table:
    columns = tuple(column_line(matrix, roles.headers, c) for c in roles.columns)
    stubs = naming_stubs(matrix, roles.stubs, roles.rows)
    rows = tuple(row_line(matrix, stubs, r) for r in roles.rows)
    unit = named_unit(caption.unit_text) if caption.unit_text else None
    return Table(
        matrix, roles, columns, rows, groups_in_columns(matrix, roles, columns, rows),
        matrix.caption or caption.text, unit or looks_like_shares(matrix, roles),
    )  # fmt: skip


def looks_like_shares(matrix: Matrix, roles: Roles) -> tuple[Unit, float] | None:
    values = [v for r in roles.rows for c in roles.columns for v in values_of(matrix.rows[r][c])]
    bare = [v for v in values if v.unit is None]
    shares = bare and all(0 <= v.number <= SHARE_LIMIT and "." in v.text for v in bare)
    return ("percent", 1.0) if shares else None


def table_to_findings(table: Table, scene: Scene) -> Iterator[Finding]:
    """One finding per number of a result cell."""
    matrix, roles = table.matrix, table.roles
    for row, stub in zip(roles.rows, table.rows, strict=True):
        for column, head in zip(roles.columns, table.columns, strict=True):
            entry = matrix.rows[row][column]
            if entry is None or entry.origin != first_origin(matrix, row, column):
                continue
            values = values_of(entry)
            for value in values:
                yield value_to_finding(value, entry, table, (row, column), (stub, head), scene)


def first_origin(matrix: Matrix, row: int, column: int) -> tuple[int, int]:
    """A spanning cell reports once, at its own place."""
    entry = matrix.rows[row][column]
    above = row > 0 and matrix.rows[row - 1][column] is entry
    before = column > 0 and matrix.rows[row][column - 1] is entry
    return (-1, -1) if entry is None or above or before else entry.origin


def value_to_finding(
    value: Value, entry: Entry, table: Table, at: tuple[int, int], lines: tuple[Line, Line], scene: Scene
) -> Finding:
    stub, head = lines
    group, answer = (head, stub) if table.groups_are_columns else (stub, head)
    groups = table.columns if table.groups_are_columns else table.rows
    item, segment = answer.name, "" if group.everyone else group_name(group, groups)
    if not table.groups_are_columns and len(table.columns) == 1 and len(stub.parts) > 1:
        segment, item = " ".join(stub.parts[:-1]), stub.parts[-1]
    elif len(table.columns) == 1 and stub.name and not table.groups_are_columns:
        segment, item = "", stub.name
    elif not item:
        item, segment = segment, ""
    unit, scale = value_unit(value, head, stub, table)
    base = base_of(table, at) if unit == "percent" else None
    return Finding(
        source="table", value=value.number, unit=unit, scale=scale, item=item, segment=segment,
        question=table.question, base_n=base, base_n_source="printed" if base else "",
        page=scene.page, image=scene.image, box=entry.box,
        snippet=" ".join(part for part in (stub.name, head.name, value.text) if part),
        names_confidence=names_confidence(table, at),
        readings=(Reading("label", entry.engine, value.number, value.text, entry.box, entry.confidence),),
    )  # fmt: skip


def group_name(group: Line, groups: Sequence[Line]) -> str:
    """The innermost heading where it tells the group from all others: 従業員規模 over 100名未満 is no part of
    the group's name."""
    last = group.parts[-1] if group.parts else ""
    alone = sum(bool(other.parts) and other.parts[-1] == last for other in groups) == 1
    return last if alone and last[:1] not in ("(", "（") else group.name


def names_confidence(table: Table, at: tuple[int, int]) -> float:
    """The weakest character of the cells that name the row and the column."""
    row, column = at
    matrix, roles = table.matrix, table.roles
    naming = [matrix.rows[row][c] for c in roles.stubs] + [matrix.rows[r][column] for r in roles.headers]
    return min((e.confidence for e in naming if e is not None and e.words), default=1.0)


def value_unit(value: Value, head: Line, stub: Line, table: Table) -> tuple[Unit, float]:
    """From the cell, its column, its row, the caption; a bare number counts something."""
    if value.unit is not None:
        return value.unit, value.scale
    for line in (head, stub):
        if line.unit is not None:
            return line.unit, line.scale
    return table.unit or ("count", 1.0)


def base_of(table: Table, at: tuple[int, int]) -> int | None:
    """The sample size printed for the cell's group."""
    row, column = at
    roles, matrix = table.roles, table.matrix
    own = table.columns[roles.columns.index(column)].base_n or table.rows[roles.rows.index(row)].base_n
    if own:
        return own
    cell = None
    if roles.base_row is not None:
        cell = matrix.rows[roles.base_row][column]
    elif roles.base_column is not None:
        cell = matrix.rows[row][roles.base_column]
    values = values_of(cell)
    return int(values[0].number) if values and values[0].number > 0 else None


def used_words(table: Table, caption: Caption) -> Sequence[int]:
    """Words of the table and of its caption."""
    cells = {i for row in table.matrix.rows for e in row if e is not None for i in e.words}
    return sorted(cells | set(caption.words))
