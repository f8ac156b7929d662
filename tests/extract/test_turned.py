"""Pages read upright, reported as displayed."""

from __future__ import annotations

import pytest

from extract.finding import Chart, Finding, PageReading, Reading
from extract.notes import Note
from extract.scene import Box, Grid, GridCell, Mark, Picture, Scene, Word
from extract.turned import as_displayed, displayed_scene

# An upright page of 300 x 200 that lay on its side: displayed it is 200 x 300.
NUMBER = Box(250, 20, 280, 30)
SCENE = Scene(
    300, 200, page=4,
    words=(Word("47.6%", NUMBER, 10, (250, 256, 262, 268, 274, 280)),),
    marks=(Mark("rect", Box(50, 15, 240, 35), "#3366cc"),),
    pictures=(Picture(Box(0, 0, 300, 200)),),
    grids=(Grid((GridCell(0, 0, box=NUMBER),), NUMBER),),
    turn=90,
)  # fmt: skip
FINDING = Finding(
    "chart",
    47.6,
    "percent",
    "満足",
    page=4,
    box=NUMBER,
    readings=(Reading("label", "rapid", 47.6, box=NUMBER),),
)
READING = PageReading(
    SCENE, charts=(Chart("c1", NUMBER, "hbar", "", (), (), "raster", page=4),), findings=(FINDING,)
)


@pytest.mark.parametrize(
    ("turn", "size", "box"),
    [
        (90, (200, 300), Box(20, 20, 30, 50)),
        (180, (300, 200), Box(20, 170, 50, 180)),
        (270, (200, 300), Box(170, 250, 180, 280)),
    ],
)
def test_boxes_go_back_to_where_the_page_shows_them(turn: int, size: tuple[int, int], box: Box) -> None:
    from dataclasses import replace

    shown = displayed_scene(replace(SCENE, turn=turn))
    assert (shown.width, shown.height, shown.turn) == (*size, 0)
    assert shown.words[0].box == box
    assert shown.grids[0].box == box


def test_findings_readings_charts_and_notes_go_back_too() -> None:
    note = Note("chart-unsure", "?", page=4, box=(250, 20, 280, 30))
    (page,), (finding,), (doubt,) = as_displayed([READING], [FINDING], [note])
    box = Box(20, 20, 30, 50)
    assert finding.box == finding.readings[0].box == page.charts[0].box == page.findings[0].box == box
    assert doubt.box == (20, 20, 30, 50)


def test_an_upright_page_is_left_as_it_is() -> None:
    other = Finding("chart", 1.0, "percent", "別", page=5, box=NUMBER)
    _, found, _ = as_displayed([READING, PageReading(Scene(300, 200, page=5))], [other], [])
    assert found == (other,)
    assert as_displayed([PageReading(Scene(9, 9))], [other], []) == (
        (PageReading(Scene(9, 9)),),
        (other,),
        (),
    )
