"""Rules of a scene -> grids of cells: the tables somebody ruled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import median

from extract.backends.plumber import rules_to_tables
from extract.scene import Box, Grid, GridCell, Scene, hull
from extract.sources.grids.mend import mended
from extract.sources.grids.rules import Rule, moved, scene_to_rules, skew

# How far rules may miss each other and still meet, as a share of the shorter side: 1.8 pt on A4.
NEAR = 0.003
# Em; a cell slimmer than this holds no text.
SLIVER = 0.5
# Fewer cells are a frame, not a table; more rules than this are hatching.
FEWEST_CELLS = 4
MOST_RULES = 2000


def with_grids(scene: Scene) -> Scene:
    """The scene with the grids its rules enclose; grids the source already knows are kept."""
    if scene.grids or scene.unit == "none":
        return scene
    slope = skew(scene.marks)
    level, standing = scene_to_rules(scene, slope)
    if len(level) < 2 or len(standing) < 2 or len(level) + len(standing) > MOST_RULES:
        return scene
    near = NEAR * min(scene.width, scene.height)
    words = [moved(word.box, -slope) for word in scene.words]
    turned = [Box(b.y0, b.x0, b.y1, b.x1) for b in words]
    numbers = [b for b, word in zip(turned, scene.words, strict=True) if is_number(word.text)]
    standing = mended(standing, mended(level, standing, words, near), turned, near, numbers)
    level = mended(level, standing, words, near)
    tables = rules_to_tables(boxes(level, True), boxes(standing, False), near)
    slim = max(near, slimmest(scene))
    tables = [without_slivers(cells, slim) for cells in tables]
    grids = tuple(tilted(cells_to_grid(cells, slim), slope) for cells in tables if len(cells) >= FEWEST_CELLS)
    return replace(scene, grids=grids)


def slimmest(scene: Scene) -> float:
    """Height of a row that holds no text: half an em where rules and words were seen in pixels."""
    if not any(mark.seen_by == "pixels" for mark in scene.marks) or not scene.words:
        return 0.0
    return SLIVER * float(median(word.size for word in scene.words))


def without_slivers(cells: Sequence[Box], slim: float) -> list[Box]:
    """The cells without those that lie between the edge of a shading and the rule along it."""
    return [cell for cell in cells if min(cell.width, cell.height) > slim]


def is_number(text: str) -> bool:
    return any(char.isdigit() for char in text) and not any(char.isalpha() for char in text)


def boxes(rules: Iterable[Rule], level: bool) -> list[Box]:
    return [Box(r.start, r.at, r.end, r.at) if level else Box(r.at, r.start, r.at, r.end) for r in rules]


def tilted(grid: Grid, slope: float) -> Grid:
    """The grid moved back onto the page as it lies."""
    if not slope or grid.box is None:
        return grid
    cells = tuple(replace(c, box=moved(c.box, slope) if c.box else None) for c in grid.cells)
    return Grid(cells, hull(cell.box for cell in cells if cell.box is not None), grid.caption)


def steps(edges: Iterable[float], near: float) -> list[float]:
    """Distinct positions, those nearer than ``near`` taken for one."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > near:
            found.append(edge)
    return found


def cells_to_grid(cells: Sequence[Box], near: float) -> Grid:
    """Rows and columns from the cells' own edges; a cell over several of them spans."""
    columns = steps((b.x0 for b in cells), near)
    rows = steps((b.y0 for b in cells), near)

    def index(edges: list[float], at: float) -> int:
        return min(range(len(edges)), key=lambda i: abs(edges[i] - at))

    placed = []
    for box in sorted(cells, key=lambda b: (b.y0, b.x0)):
        row, column = index(rows, box.y0), index(columns, box.x0)
        over_rows = sum(box.y0 - near <= y < box.y1 - near for y in rows)
        over_columns = sum(box.x0 - near <= x < box.x1 - near for x in columns)
        placed.append(GridCell(row, column, max(over_rows, 1), max(over_columns, 1), box))
    return Grid(tuple(placed), hull(cells))
