"""A scene without what has no place on any page: boxes that are turned inside out, endless, or no numbers.

Sources give sound scenes; this is the one gate where the readers may trust them to.
"""

from __future__ import annotations

from dataclasses import replace

from extract.scene import Box, Grid, Mark, Scene, Word

# The page's unit; a poster of 100 m at 300 dpi has 1.2 million pixels.
FAR = 1e7


def sound(scene: Scene) -> Scene:
    """The same scene when all is well."""
    words = tuple(word for word in scene.words if _word(word))
    marks = tuple(mark for mark in scene.marks if _mark(mark))
    grids = tuple(grid for grid in scene.grids if _grid(grid))
    size = (scene.width, scene.height)
    width, height = (v if 0.0 <= v < FAR else 0.0 for v in size)
    same = (
        len(words) == len(scene.words) and len(marks) == len(scene.marks) and len(grids) == len(scene.grids)
    )
    if same and (width, height) == size:
        return scene
    return replace(scene, words=words, marks=marks, grids=grids, width=width, height=height)


def _box(box: Box) -> bool:
    return -FAR < box.x0 <= box.x1 < FAR and -FAR < box.y0 <= box.y1 < FAR


def _word(word: Word) -> bool:
    if not (_box(word.box) and 0.0 < word.size < FAR):
        return False
    return not word.edges or (
        len(word.edges) == len(word.text) + 1 and all(-FAR < e < FAR for e in word.edges)
    )


def _mark(mark: Mark) -> bool:
    sector = mark.sector
    if not _box(mark.box) or (mark.kind == "sector") != (sector is not None):
        return False
    if sector and not all(-FAR < v < FAR for v in (sector.cx, sector.cy, sector.start, sector.end)):
        return False
    if sector and not 0.0 <= sector.r_inner < sector.r_outer < FAR:
        return False
    return all(-FAR < x < FAR and -FAR < y < FAR for x, y in mark.points)


def _grid(grid: Grid) -> bool:
    if grid.box is not None and not _box(grid.box):
        return False
    return all(
        (cell.box is None or _box(cell.box)) and min(cell.row, cell.column) >= 0 for cell in grid.cells
    )
