"""Scenes without what has no place on any page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.document import read_scene
from extract.scene import Box, Grid, GridCell, Mark, Scene, Sector, Word
from extract.sound import sound

NAN, INF = float("nan"), float("inf")
GOOD_WORD = Word("47.6%", Box(10.0, 10.0, 40.0, 20.0), 10.0)
GOOD_MARK = Mark("rect", Box(10.0, 30.0, 90.0, 40.0), fill="#1f4e79")
SCENE = Scene(595.0, 842.0, words=(GOOD_WORD,), marks=(GOOD_MARK,))


def test_a_sound_scene_is_left_as_it_is() -> None:
    assert sound(SCENE) is SCENE


@pytest.mark.parametrize(
    "word",
    [
        pytest.param(replace(GOOD_WORD, box=Box(NAN, 0, 1, 1)), id="no number"),
        pytest.param(replace(GOOD_WORD, box=Box(0, 0, INF, 1)), id="endless"),
        pytest.param(replace(GOOD_WORD, box=Box(9, 0, 1, 1)), id="inside out"),
        pytest.param(replace(GOOD_WORD, box=Box(0, 0, 1e12, 1)), id="far away"),
        pytest.param(replace(GOOD_WORD, size=0.0), id="no size"),
        pytest.param(replace(GOOD_WORD, edges=(1.0, 2.0)), id="edges of another text"),
        pytest.param(replace(GOOD_WORD, edges=(1.0, 2.0, 3.0, 4.0, 5.0, NAN)), id="an edge nowhere"),
    ],
)
def test_a_word_without_a_place_is_left_out(word: Word) -> None:
    assert sound(replace(SCENE, words=(GOOD_WORD, word))).words == (GOOD_WORD,)


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param(replace(GOOD_MARK, box=Box(NAN, 0, 1, 1)), id="no number"),
        pytest.param(replace(GOOD_MARK, kind="sector"), id="a slice without a circle"),
        pytest.param(replace(GOOD_MARK, sector=Sector(9, 9, 5, 0, 0, 90)), id="a bar with one"),
        pytest.param(
            replace(GOOD_MARK, kind="sector", sector=Sector(9, 9, 0, 0, 0, 90)), id="a circle without radius"
        ),
        pytest.param(replace(GOOD_MARK, points=((0.0, INF),)), id="a corner nowhere"),
    ],
)
def test_a_mark_without_a_place_is_left_out(mark: Mark) -> None:
    assert sound(replace(SCENE, marks=(mark, GOOD_MARK))).marks == (GOOD_MARK,)


def test_a_grid_with_a_cell_nowhere_is_no_grid() -> None:
    cells = (GridCell(0, 0, box=Box(0, 0, 9, 9)), GridCell(0, 1, box=Box(NAN, 0, 9, 9)))
    assert sound(replace(SCENE, grids=(Grid(cells),))).grids == ()
    assert sound(replace(SCENE, grids=(Grid((GridCell(-1, 0),)),))).grids == ()


def test_a_page_of_no_size_has_none() -> None:
    assert (sound(replace(SCENE, width=NAN)).width, sound(replace(SCENE, height=-5.0)).height) == (0.0, 0.0)


def test_a_mosaic_is_no_chart() -> None:
    tiles = tuple(
        replace(GOOD_MARK, box=Box(n % 90 * 6, n // 90 * 8, n % 90 * 6 + 5, n // 90 * 8 + 6))
        for n in range(4001)
    )
    reading = read_scene(replace(SCENE, marks=tiles))
    assert reading.charts == ()
    assert [note.code for note in reading.notes] == ["chart-given-up"]
