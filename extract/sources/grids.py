"""Rules of a scene -> grids of cells: the tables somebody ruled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from extract.backends.plumber import rules_to_tables
from extract.scene import Box, Grid, GridCell, Mark, Scene, hull

# A rule is long and thin: at least this many times longer than thick.
SLENDER = 6.0
# Thickest rule, as a share of the page's shorter side: 4 pt on A4; bars of charts are thicker.
THICKEST = 0.0067
# How far rules may miss each other and still meet, as a share of the shorter side: 1.8 pt on A4.
NEAR = 0.003
# Fewer cells are a frame, not a table; more rules than this are hatching.
FEWEST_CELLS = 4
# Lines long enough (page units) and level enough (rise per run) to tell the tilt of a scan, and how many.
LONG, STEEPEST, FEWEST_LINES = 60.0, 0.03, 3
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
    tables = rules_to_tables(level, standing, near)
    grids = tuple(tilted(cells_to_grid(cells, near), slope) for cells in tables if len(cells) >= FEWEST_CELLS)
    return replace(scene, grids=grids)


def skew(marks: Iterable[Mark]) -> float:
    """How far long level lines fall per unit to the right: the tilt of a scan; 0 for an upright page."""
    slopes = []
    for mark in marks:
        if mark.kind == "line" and len(mark.points) == 2:
            (x0, y0), (x1, y1) = mark.points
            if abs(x1 - x0) > LONG and abs(y1 - y0) < STEEPEST * abs(x1 - x0):
                slopes.append((y1 - y0) / (x1 - x0))
    return median(slopes) if len(slopes) >= FEWEST_LINES else 0.0


def upright(box: Box, points: Sequence[tuple[float, float]], slope: float) -> Box:
    """A rule's box on the page turned upright (small angles: x + slope y, y - slope x)."""
    ends = points if len(points) == 2 else ((box.x0, box.y0), (box.x1, box.y1))
    turned = [(x + slope * y, y - slope * x) for x, y in ends]
    xs, ys = [x for x, _ in turned], [y for _, y in turned]
    return Box(min(xs), min(ys), max(xs), max(ys))


def tilted(grid: Grid, slope: float) -> Grid:
    """The grid moved back onto the page as it lies."""
    if not slope or grid.box is None:
        return grid
    cells = tuple(replace(cell, box=moved(cell.box, slope)) for cell in grid.cells)
    return Grid(cells, hull(cell.box for cell in cells if cell.box is not None), grid.caption)


def moved(box: Box | None, slope: float) -> Box | None:
    if box is None:
        return None
    dx, dy = -slope * box.cy, slope * box.cx
    return Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)


def scene_to_rules(scene: Scene, slope: float = 0.0) -> tuple[list[Box], list[Box]]:
    """Horizontal and vertical rules of the page turned upright by ``slope``: thin lines, thin rectangles,
    the sides of stroked frames."""
    thick = THICKEST * min(scene.width, scene.height)
    level: list[Box] = []
    standing: list[Box] = []
    for box in rule_boxes(scene.marks, thick, slope):
        if box.height <= thick and box.width >= SLENDER * max(box.height, thick / 4):
            level.append(box)
        elif box.width <= thick and box.height >= SLENDER * max(box.width, thick / 4):
            standing.append(box)
    return level, standing


def rule_boxes(marks: Iterable[Mark], thick: float, slope: float) -> Iterator[Box]:
    for mark in marks:
        box = upright(mark.box, mark.points, slope) if slope else mark.box
        if mark.kind == "line" or (mark.kind == "rect" and min(box.width, box.height) <= thick):
            yield box
        elif mark.kind == "rect" and mark.stroke:
            yield Box(box.x0, box.y0, box.x1, box.y0)
            yield Box(box.x0, box.y1, box.x1, box.y1)
            yield Box(box.x0, box.y0, box.x0, box.y1)
            yield Box(box.x1, box.y0, box.x1, box.y1)


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
