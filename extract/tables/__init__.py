"""Ruled and aligned tables of a scene -> findings.

    grids (ruled, marked up) and aligned numbers -> matrix -> roles (headers, stubs, sizes) -> names
    -> meaning (which side are the groups) -> results

Ruled tables are read before the charts, so that shaded cells are not taken for bars; aligned numbers
after them, so that the labels of bars are not taken for a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.charts.plotgrids import is_plot, without_plots
from extract.charts.strokes import find_strokes
from extract.finding import Finding, Taken
from extract.notes import Note
from extract.scene import Box, Scene, hull
from extract.tables.aligned import aligned_matrices, single_columns
from extract.tables.blocks import side_by_side
from extract.tables.captions import Caption, find_caption
from extract.tables.matrix import Matrix, grid_to_matrix
from extract.tables.names import column_line
from extract.tables.neighbours import Placed, left_of, with_stub_of
from extract.tables.plain import is_plain
from extract.tables.results import table_to_findings, understand, used_words
from extract.tables.roles import Roles, find_roles
from extract.tables.turning import turned

# The gridlines of a chart enclose mostly empty cells, the rules of a table mostly words.
FILLED = 0.6
# Tables side by side start at one height, within this share of their own.
LEVEL = 0.1
# A line that falls or rises less than this share of its width is a rule of a page that leans.
STRAIGHT = 0.03
# Share of a plot's width that the line of a line chart spans.
LINE_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class TablesReading:
    """What the tables of one scene report, which words they used, and where they stand."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    taken: Taken = field(default_factory=Taken)
    boxes: tuple[Box, ...] = ()


def read_ruled(scene: Scene) -> TablesReading:
    """Tables whose cells are ruled or marked up, and full ones among which nothing is drawn but stripes."""
    findings: list[Finding] = []
    used: set[int] = set()
    boxes: list[Box] = []
    in_grids = frozenset(
        i
        for i, word in enumerate(scene.words)
        if any(g.box is not None and g.box.holds(word.box.cx, word.box.cy) for g in scene.grids)
    )
    tables = placed_tables(scene)
    for table in tables:
        for part, roles in parts_of(table, tables):
            findings += matrix_to_findings(part, roles, scene, in_grids, used)
        boxes += [table.grid.box] if table.grid.box else []
    for matrix in aligned_matrices(scene, in_grids):
        found = find_roles(matrix)
        if found is not None and columns_differ(matrix, found) and is_plain(scene, matrix, found):
            findings += matrix_to_findings(matrix, found, scene, in_grids | frozenset(used), used)
            boxes += [matrix.box] if matrix.box else []
    return TablesReading(tuple(findings), (), Taken(frozenset(used)), tuple(boxes))


def placed_tables(scene: Scene) -> list[Placed]:
    """The grids that hold results."""
    lines = [stroke.box for stroke in find_strokes(scene)] if scene.grids else []
    tables = []
    for grid in (without_plots(scene, grid) for grid in scene.grids):
        if grid.box is not None and (_is_plot(grid.box, lines) or is_plot(scene, grid)):
            continue
        matrix = grid_to_matrix(grid, scene)
        roles = find_roles(matrix) if share_filled(matrix) >= FILLED else None
        if roles is not None:
            tables.append(Placed(grid, matrix, roles))
    return tables


def parts_of(table: Placed, tables: Sequence[Placed]) -> Iterator[tuple[Matrix, Roles]]:
    """The tables within one grid; a table without names for its rows takes those of the one to its left."""
    if not table.roles.stubs and (left := left_of(table, tables)) is not None:
        matrix = with_stub_of(left, table)
        roles = find_roles(matrix) if matrix is not None else None
        if matrix is not None and roles is not None:
            yield matrix, roles
            return
    for part in side_by_side(table.matrix, table.roles):
        own = table.roles if part is table.matrix else find_roles(part)
        if own is not None:
            yield part, own


def _is_plot(grid: Box, lines: Sequence[Box]) -> bool:
    """Whether the line of a line chart runs through: the rules are its grid, the cells' text its labels."""
    inside = (line for line in lines if grid.holds(line.cx, line.cy) and line.height > STRAIGHT * line.width)
    return any(LINE_SHARE * grid.width <= line.width <= grid.width for line in inside)


def read_aligned(scene: Scene, taken: Taken) -> TablesReading:
    """Tables without rules among the words that nothing else has taken."""
    findings: list[Finding] = []
    used = set(taken.words)
    for matrix in aligned_matrices(scene, taken.words):
        roles = find_roles(matrix)
        if roles is not None and columns_differ(matrix, roles):
            findings += matrix_to_findings(matrix, roles, scene, taken.words, used)
    for matrix in single_columns(scene, frozenset(used)):
        roles = find_roles(matrix)
        if roles is not None and all(
            column_line(matrix, roles.headers, c).only_measure for c in roles.columns
        ):
            findings += matrix_to_findings(matrix, roles, scene, frozenset(used), used)
    return TablesReading(tuple(findings), (), Taken(frozenset(used - taken.words)))


def columns_differ(matrix: Matrix, roles: Roles) -> bool:
    """Whether the headings tell the columns apart; without rules, headings that do not were misread."""
    lines = [column_line(matrix, roles.headers, c) for c in roles.columns]
    return len({(line.name, line.unit) for line in lines}) == len(lines)


def best_caption(scene: Scene, box: Box, closed: frozenset[int]) -> Caption:
    """The words above the table; for one of several side by side, those above all of them."""
    own = find_caption(scene, box, closed)
    level = [g.box for g in scene.grids if g.box is not None and abs(g.box.y0 - box.y0) < LEVEL * box.height]
    return own if own.text or len(level) < 2 else find_caption(scene, hull(level), closed)


def share_filled(matrix: Matrix) -> float:
    """Share of the cells with something in them; spanning cells count once."""
    cells = {e.origin: bool(e.text.strip()) for row in matrix.rows for e in row if e is not None}
    return sum(cells.values()) / len(cells) if cells else 0.0


def matrix_to_findings(
    matrix: Matrix, roles: Roles, scene: Scene, blocked: frozenset[int], used: set[int]
) -> list[Finding]:
    """The matrix's findings; the words it takes are added to ``used``. No caption in ``blocked`` words."""
    inside = {i for row in matrix.rows for e in row if e is not None for i in e.words}
    closed = frozenset(inside | blocked)  # a caption over several tables serves each of them
    caption = best_caption(scene, matrix.box, closed) if matrix.box else Caption()
    matrix, roles = turned(matrix, roles)
    table = understand(matrix, roles, caption)
    findings = list(table_to_findings(table, scene))
    if findings:
        used.update(used_words(table, caption))
    return findings
