"""Pages that lay on their side when they were scanned: read upright, reported as displayed.

A scene of such a page is upright (``turn`` says how far the displayed page was turned for it), because
readers know only upright charts. When all is read, every box goes back to where the page shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.finding import Chart, Finding, PageReading
from extract.notes import Note
from extract.scene import Box, Scene
from extract.sources.upright import Way

Place = tuple[int | None, str | None]


def as_displayed(
    pages: Sequence[PageReading], findings: Sequence[Finding], notes: Sequence[Note]
) -> tuple[tuple[PageReading, ...], tuple[Finding, ...], tuple[Note, ...]]:
    """Pages, findings and notes with every box on the page as displayed."""
    ways = {(p.scene.page, p.scene.image): way_back(p.scene) for p in pages if p.scene.turn}
    if not ways:
        return tuple(pages), tuple(findings), tuple(notes)
    return (
        tuple(_page(p, ways.get((p.scene.page, p.scene.image))) for p in pages),
        tuple(_finding(f, ways.get((f.page, f.image))) for f in findings),
        tuple(_note(n, ways.get((n.page, n.image))) for n in notes),
    )


def way_back(scene: Scene) -> Way:
    """From an upright scene to the page as displayed."""
    return Way(scene.turn, 0.0, scene.width, scene.height)


def displayed_scene(scene: Scene) -> Scene:
    """The scene in the frame of the displayed page, its text lying on its side."""
    if not scene.turn:
        return scene
    way = way_back(scene)
    sideways = scene.turn in (90, 270)
    return replace(
        scene,
        width=scene.height if sideways else scene.width,
        height=scene.width if sideways else scene.height,
        words=tuple(map(way.word, scene.words)),
        marks=tuple(map(way.mark, scene.marks)),
        pictures=tuple(replace(p, box=way.box(p.box)) for p in scene.pictures),
        grids=tuple(
            replace(
                grid,
                box=_box(grid.box, way),
                cells=tuple(replace(cell, box=_box(cell.box, way)) for cell in grid.cells),
            )
            for grid in scene.grids
        ),
        notes=tuple(_note(n, way) for n in scene.notes),
        turn=0,
    )


def _page(page: PageReading, way: Way | None) -> PageReading:
    if way is None:
        return page
    return replace(
        page,
        scene=displayed_scene(page.scene),
        charts=tuple(_chart(c, way) for c in page.charts),
        findings=tuple(_finding(f, way) for f in page.findings),
        notes=tuple(_note(n, way) for n in page.notes),
    )


def _chart(chart: Chart, way: Way) -> Chart:
    return replace(chart, box=way.box(chart.box))


def _finding(finding: Finding, way: Way | None) -> Finding:
    if way is None:
        return finding
    readings = tuple(replace(r, box=_box(r.box, way)) for r in finding.readings)
    return replace(finding, box=_box(finding.box, way), readings=readings)


def _note(note: Note, way: Way | None) -> Note:
    if way is None or note.box is None:
        return note
    box = way.box(Box(*note.box))
    return replace(note, box=(box.x0, box.y0, box.x1, box.y1))


def _box(box: Box | None, way: Way) -> Box | None:
    return way.box(box) if box is not None else None
