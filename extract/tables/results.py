"""A matrix with its roles -> findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.finding import BaseSource, Finding, Reading, Unit
from extract.scene import Scene
from extract.tables.captions import Caption, trailing_note
from extract.tables.cells import Value, named_unit
from extract.tables.matrix import Entry, Matrix
from extract.tables.meaning import PEOPLE, groups_in_columns
from extract.tables.names import CHANGE, VARIABLE, Line, column_line, named_like_above, naming_stubs, row_line
from extract.tables.periods import is_time, is_year
from extract.tables.roles import Roles, values_of
from extract.tables.sections import lone_entry, section_over
from extract.tables.shares import (
    looks_like_shares,
    rows_of_shares,
    sample_of_counts,
    total_of,
    total_row,
)  # fmt: skip

# Headings that say which or when, not what: they need the heading above them.
DEPENDENT = re.compile(
    r"[(（\d０-９第]|(今回|前回|前々回|今期|前期|当期|今年度?|昨年度?|前年度?|本年度?|現在|今後|将来|実績|目標|計画|予測|"
    r"見込み|平均|最高|最低|最大|最小|上限|下限|男|女|男性|女性|男女計|current|previous|target|actual|mean|max|min)$",
    re.IGNORECASE,
)

# Numbers in even steps of fives or tens, so many that no answers fall into them by chance.
FEWEST_TICKS, ROUND_STEP = 5, 5


@dataclass(frozen=True, slots=True)
class Table:
    """A matrix understood: its lines by name, which side the groups are on, the unit of last resort."""

    matrix: Matrix
    roles: Roles
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    groups_are_columns: bool
    lists_answers: bool  # each row an answer, the columns no more than its count and its share
    total: int | None  # the row that adds all answers up to 100 %
    sum: int | None  # the one sample that makes the counts beside the shares those shares
    question: str
    unit: tuple[Unit, float] | None
    of_shares: bool  # all numbers are shares but for columns of changes
    decimals: Unit  # what bare numbers with decimals are: as the caption words it, else scores
    shares: frozenset[int]  # rows of bare numbers that are the shares of the counts above them


def understand(matrix: Matrix, roles: Roles, caption: Caption) -> Table:
    columns = tuple(column_line(matrix, roles.headers, c) for c in roles.columns)
    stubs = naming_stubs(matrix, roles.stubs, roles.rows)
    rows = named_like_above([
        row_line(matrix, stubs, r, roles.rows[0], section_over(matrix, roles.sections, r)) for r in roles.rows
    ])  # fmt: skip
    inside = " ".join(e.text for r in roles.titles if (e := lone_entry(matrix, r)) is not None)
    question = inside or matrix.caption or caption.text
    unit_text = caption.unit_text or trailing_note(inside or matrix.caption)
    unit = named_unit(unit_text) if unit_text else None
    counted = len(columns) == 2 and sample_of_counts(matrix, roles, columns) is not None
    measures = bool(rows and rows[0].name) and (counted or all(c.only_measure for c in columns))
    measures = measures and roles.base_row is None and roles.base_column is None
    groups = not (measures and len(columns) > 1) and groups_in_columns(matrix, roles, columns, rows)
    lists = not groups and (measures or len(columns) == 1) and not all(names_period(r) for r in rows)
    return Table(
        matrix, roles, columns, rows, groups, lists, total_row(matrix, roles, rows) if lists else None,
        sample_of_counts(matrix, roles, columns) if lists else None, question,
        unit or looks_like_shares(matrix, roles),
        unit == ("percent", 1.0) or are_shares(matrix, roles, columns), unit_of_decimals(question),
        rows_of_shares(matrix, roles, rows),
    )  # fmt: skip


def are_shares(matrix: Matrix, roles: Roles, columns: Sequence[Line]) -> bool:
    """Whether all numbers outside columns of changes are marked as percentages or can be nothing else."""
    kept = [c for c, line in zip(roles.columns, columns, strict=True) if not CHANGE.fullmatch(line.name)]
    values = [v for r in roles.rows for c in kept for v in values_of(matrix.rows[r][c])]
    signed = all(v.unit == "percent" for v in values)
    return bool(values) and (
        signed or looks_like_shares(matrix, replace(roles, columns=tuple(kept))) is not None
    )


def names_period(line: Line) -> bool:
    return is_time(line.name)


def table_to_findings(table: Table, scene: Scene) -> Iterator[Finding]:
    """One finding per number of a result cell; more numbers than its column has elsewhere are those of cells
    whose rule is missing, and have no item."""
    matrix, roles = table.matrix, table.roles
    usual = {c: numbers_per_cell(matrix, roles, c) for c in roles.columns}
    scales = {c for c in roles.columns if is_scale(matrix, roles, c)}
    for row, stub in zip(roles.rows, table.rows, strict=True):
        if row == table.total:
            continue
        for column, head in zip(roles.columns, table.columns, strict=True):
            entry = matrix.rows[row][column]
            if entry is None or entry.origin != first_origin(matrix, row, column) or column in scales:
                continue
            values = values_of(entry)
            crowded = len(values) > usual.get(column, 1)
            for value in values:
                found = value_to_finding(value, entry, table, (row, column), (stub, head), scene)
                yield replace(found, item="") if crowded else found


def is_scale(matrix: Matrix, roles: Roles, column: int) -> bool:
    """Whether the numbers of a column rise or fall by one round step: ticks of an axis beside some text."""
    numbers = [v.number for r in roles.rows for v in values_of(matrix.rows[r][column])]
    steps = {round(b - a, 6) for a, b in pairwise(numbers)}
    round_steps = all(step and step % ROUND_STEP == 0 for step in steps)
    return len(numbers) >= FEWEST_TICKS and len(steps) == 1 and round_steps


def numbers_per_cell(matrix: Matrix, roles: Roles, column: int) -> int:
    """How many numbers most cells of the column hold; the more of two as frequent."""
    counts = Counter(len(values) for r in roles.rows if (values := values_of(matrix.rows[r][column])))
    return max(counts, key=lambda count: (counts[count], count), default=1)


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
    answers = table.rows if table.groups_are_columns else table.columns
    item, segment = item_name(answer, answers), "" if group.everyone else group_name(group, groups)
    if CHANGE.fullmatch(segment):
        segment = change_of(table, groups)
    question = table.question
    if table.lists_answers and len(stub.parts) > 1:
        segment, item = " ".join(stub.parts[:-1]), stub.parts[-1]
        if VARIABLE.fullmatch(segment) or (is_telling(stub, table.rows) and not PEOPLE.match(segment)):
            question, segment = "｜".join(part for part in (question, segment) if part), ""
    elif table.lists_answers and stub.name and not unnamed(table):
        segment, item = "", stub.name
    elif not item and not unnamed(table):
        item, segment = segment, ""
    unit, scale = value_unit(value, head, stub, table, at[0] in table.shares)
    base = base_of(table, at) if unit in ("percent", "score") else None
    source: BaseSource = "printed"
    if base is None and unit in ("percent", "count") and table.sum is not None:
        base, source = table.sum, "inferred"
    return Finding(
        source="table", value=value.number, unit=unit, scale=scale, item=item, segment=segment,
        question=question, base_n=base, base_n_source=source if base else "",
        page=scene.page, image=scene.image, box=entry.box,
        snippet=" ".join(part for part in (stub.name, head.name, value.text) if part),
        names_confidence=names_confidence(table, at),
        readings=(Reading("label", entry.engine, value.number, value.text, entry.box, entry.confidence),),
    )  # fmt: skip


def unnamed(table: Table) -> bool:
    """Whether several columns go without a heading and are not told apart by unit: nobody can say what their
    numbers are, as on the second page of a table that repeats no headings."""
    units = [
        frozenset(v.unit for r in table.roles.rows for v in values_of(table.matrix.rows[r][c]))
        for c in table.roles.columns
    ]
    nameless = not any(c.parts for c in table.columns)
    return nameless and len(units) > 1 and len(set(units)) < len(units)


def change_of(table: Table, groups: Sequence[Line]) -> str:
    """The change between the two periods of the table (2022年→2023年); else one since the last survey."""
    periods = [g.name for g in groups if is_year(g.name)]
    return "→".join(periods) if len(periods) == 2 else "前回比"


def group_name(group: Line, groups: Sequence[Line]) -> str:
    """The innermost heading where it tells the group from all others: 従業員規模 over 100名未満 is no part of
    the group's name. Groups within groups are crossed; 業種 over その他 says what the other is of."""
    if not group.parts or (is_telling(group, groups) and group.parts[-1][:1] not in ("(", "（")):
        return group.parts[-1] if group.parts else ""
    if any(VARIABLE.fullmatch(part) for part in group.parts) or group.parts[-1][:1] in ("(", "（"):
        return group.name
    return " × ".join(group.parts)


def item_name(item: Line, items: Sequence[Line]) -> str:
    """The innermost heading where it is a name of its own: 給料 under 給与費, but 給料月額 1号級."""
    beside = [other for other in items if other.parts and other.parts[:-1] == item.parts[:-1]]
    names_itself = not any(DEPENDENT.match(other.parts[-1]) for other in beside)
    return item.parts[-1] if item.parts and names_itself and is_telling(item, items) else item.name


def is_telling(line: Line, lines: Sequence[Line]) -> bool:
    """Whether the innermost heading is that of no other line."""
    return sum(bool(other.parts) and other.parts[-1] == line.parts[-1] for other in lines) == 1


def names_confidence(table: Table, at: tuple[int, int]) -> float:
    """The weakest character of the cells that name the row and the column."""
    row, column = at
    matrix, roles = table.matrix, table.roles
    naming = [matrix.rows[row][c] for c in roles.stubs] + [matrix.rows[r][column] for r in roles.headers]
    return min((e.confidence for e in naming if e is not None and e.words), default=1.0)


def value_unit(value: Value, head: Line, stub: Line, table: Table, share: bool) -> tuple[Unit, float]:
    """From the cell, its column, its row, the caption; a bare number counts something."""
    if value.unit is not None:
        return value.unit, value.scale
    if share:
        return "percent", 1.0
    change = next((line for line in (head, stub) if CHANGE.fullmatch(line.name)), None)
    if change is not None and change.unit is None and table.of_shares:
        return "point", 1.0
    for line in (head, stub):
        if line.unit is not None:
            return line.unit, line.scale
    return table.unit or ((table.decimals, 1.0) if "." in value.text else ("count", 1.0))


def unit_of_decimals(caption: str) -> Unit:
    """What a caption says it is about without naming a unit: 離職率, 業況判断DI."""
    told = named_unit(re.sub(r"[\s　]*の?(推移|状況|一覧|比較|変化|概要|結果)$", "", caption))
    return told[0] if told is not None and told[0] in ("percent", "point") else "score"


def base_of(table: Table, at: tuple[int, int]) -> int | None:
    """The sample size printed for the cell's group."""
    row, column = at
    roles, matrix = table.roles, table.matrix
    own = table.columns[roles.columns.index(column)].base_n or table.rows[roles.rows.index(row)].base_n
    if own:
        return own
    if table.total is not None:
        return total_of(matrix, roles, table.total)
    cell = None
    if roles.base_row is not None:
        cell = matrix.rows[roles.base_row][column]
    elif roles.base_column is not None:
        cell = matrix.rows[row][roles.base_column]
        before = roles.rows.index(row) - 1
        own_share = any(v.unit == "percent" or "." in v.text for v in values_of(cell))
        if own_share and before >= 0 and table.rows[before].name == table.rows[before + 1].name:
            cell = matrix.rows[roles.rows[before]][roles.base_column]
    sizes = [v for v in values_of(cell) if v.unit != "percent" and v.number > 0]
    return int(sizes[0].number) if sizes else None


def used_words(table: Table, caption: Caption) -> Sequence[int]:
    """Words of the table and of its caption."""
    cells = {i for row in table.matrix.rows for e in row if e is not None for i in e.words}
    return sorted(cells | set(caption.words))
