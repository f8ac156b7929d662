"""Shapes filled with gradients or hatchings, vertical labels, pictures in strips."""

from __future__ import annotations

from typing import Any

import numpy as np

from extract.backends.mupdf import Image, Painted, PaintedPage
from extract.scene import Box, Mark, Word
from extract.sources.drawn import painted_to_marks
from extract.sources.outlines import outlined_text
from extract.sources.patterns import Poured, coloured, poured, strips_joined
from extract.sources.pictures import images_to_pictures, may_carry_text
from extract.sources.stacks import stacked
from tests.extract.sources.paint import painted, polygon, rectangle

PAGE = Box(0, 0, 600, 800)


def clip(x0: float, y0: float, x1: float, y1: float, depth: int = 0) -> Painted:
    return painted(rectangle(x0, y0, x1, y1), "clip", "", clip=Box(x0, y0, x1, y1), depth=depth)


def page(*paths: Painted, shades: tuple[int, ...] = (), patterns: bool = False) -> PaintedPage:
    return PaintedPage(600, 800, (), tuple(paths), (), shades, patterns)


def test_a_clip_with_a_gradient_poured_into_it_is_a_bar() -> None:
    before = painted(rectangle(0, 0, 50, 50), order=3)
    found = poured(page(before, clip(100, 100, 300, 120), shades=(4,)), PAGE)
    assert [(m.kind, m.box, m.pattern) for m in found.sure] == [("rect", Box(100, 100, 300, 120), True)]
    assert before in found.paths


def drawn_by_images(*boxes: Box) -> Poured:
    """One bar whose gradient a browser painted as these images."""
    images = tuple(Image(box, int(box.width), int(box.height), 4 + k) for k, box in enumerate(boxes))
    return poured(PaintedPage(600, 800, (), (clip(100, 100, 550, 130),), images, (), True), PAGE)


def test_a_long_bar_may_be_filled_by_an_image_and_a_picture_may_not() -> None:
    assert len(drawn_by_images(Box(100, 100, 550, 130)).sure) == 1
    square = PaintedPage(
        600, 800, (), (clip(100, 100, 250, 240),), (Image(Box(100, 100, 250, 240), 150, 140, 4),), (), True
    )
    assert poured(square, PAGE) == Poured((), (), square.paths)


def test_an_image_in_strips_fills_one_bar() -> None:
    found = drawn_by_images(Box(100, 100, 550, 129), Box(100, 129, 550, 130))
    pixels = np.full((800, 600, 3), 255, np.uint8)
    pixels[100:130, 100:550] = np.linspace((20, 60, 120), (90, 150, 230), 450).astype(np.uint8)
    assert [m.box for m in coloured(found, pixels, 1.0)] == [Box(100, 100, 550, 130)]


def test_of_more_clips_than_gradients_those_count_that_show_one() -> None:
    around_text, bar = clip(100, 300, 300, 320), clip(100, 100, 300, 120)
    found = poured(page(around_text, bar, shades=(4,)), PAGE)
    assert (len(found.sure), len(found.unsure)) == (0, 2)
    pixels = np.full((800, 600, 3), 240, np.uint8)
    pixels[100:120, 100:300] = np.linspace((20, 60, 120), (90, 150, 230), 200).astype(np.uint8)
    assert [m.box for m in coloured(found, pixels, 1.0)] == [Box(100, 100, 300, 120)]


def test_a_clip_is_no_bar_where_nothing_is_poured() -> None:
    before, after = (painted(rectangle(0, 0, 50, 50), order=n) for n in (3, 5))
    found = poured(page(before, clip(100, 100, 300, 120), after, shades=(9,)), PAGE)
    assert (found.sure, found.unsure) == ((), ())


def test_hatching_is_a_bar_and_its_tiles_are_no_marks() -> None:
    tiles = [painted(rectangle(x, -72, x + 72, 0), depth=1, clip=Box(100, 100, 300, 120)) for x in (0, 72)]
    found = poured(page(clip(100, 100, 300, 120), *tiles, patterns=True), PAGE)
    assert [m.box for m in found.sure] == [Box(100, 100, 300, 120)]
    assert not set(map(id, tiles)) & set(map(id, found.paths))


def test_its_colour_is_the_one_that_prevails_on_the_page() -> None:
    pixels = np.full((800, 600, 3), 255, np.uint8)
    pixels[100:120, 100:300] = (30, 120, 200)
    pixels[100:120, 100:300:9] = 255
    bar = Mark("rect", Box(100, 100, 300, 120), "#ffffff", pattern=True)
    (mark,) = coloured(Poured((bar,), (), ()), pixels, 1.0)
    assert mark.fill == "#1e78c8"


def test_a_gradient_made_of_strips_is_one_bar() -> None:
    strips = [
        painted(rectangle(10 + 4 * i, 50, 14 + 4 * i, 70), fill=f"#{40 + 6 * i:02x}6090") for i in range(20)
    ]
    (mark,) = strips_joined(painted_to_marks(strips, PAGE))
    assert (mark.box, mark.pattern) == (Box(10, 50, 90, 70), True)


def test_the_segments_of_a_stacked_bar_stay_apart() -> None:
    parts = [
        painted(rectangle(10 + 40 * i, 50, 50 + 40 * i, 70), fill=c)
        for i, c in enumerate(("#335577", "#cc8844"))
    ]
    assert len(strips_joined(painted_to_marks(parts, PAGE))) == 2


def test_a_row_of_letters_drawn_as_outlines_is_text() -> None:
    def letter(x: float, y: float) -> Painted:
        return painted(
            polygon(
                (x, y), (x + 4, y - 8), (x + 5, y - 8), (x + 9, y), (x + 7, y), (x + 4, y - 6), (x + 1, y)
            )
        )

    letters = [letter(50 + 10 * i, y) for y in (100, 120, 140) for i in range(20)]
    bar = painted(rectangle(50, 200, 300, 220))
    kept, places = outlined_text(painted_to_marks([*letters, bar], PAGE))
    assert [m.kind for m in kept] == ["rect"]
    assert len(places) == 60


def test_strips_of_one_picture_are_put_together() -> None:
    strips = [Image(Box(50, 100 + 40 * i, 450, 140 + 40 * i), 800, 80, i) for i in range(4)]
    (picture,) = images_to_pictures(strips, PAGE)
    assert (picture.box, picture.height_px, picture.dpi) == (Box(50, 100, 450, 260), 320, 144)
    assert may_carry_text(picture, PAGE)
    assert not may_carry_text(images_to_pictures([Image(Box(0, 0, 60, 40), 600, 400, 0)], PAGE)[0], PAGE)


def character(char: str, x: float, y: float, **kept: Any) -> Word:
    return Word(char, Box(x, y, x + 10, y + 10), 10, (x, x + 10), **kept)


def test_characters_under_each_other_are_a_vertical_label() -> None:
    label = [character(c, 50, 100 + 12 * i) for i, c in enumerate("回答率")]
    (word,) = stacked(label)
    assert (word.text, word.angle, word.box) == ("回答率", 90, Box(50, 100, 60, 134))
    assert word.edges == (100, 112, 124, 134)


def test_a_column_of_a_table_is_none() -> None:
    column = [character(c, 50, 100 + 12 * i) for i, c in enumerate("男女計")]
    assert len(stacked(column)) == 3
    beside = [character(c, 61, 100 + 12 * i) for i, c in enumerate("甲乙丙")]
    assert len(stacked([*[character(c, 50, 100 + 12 * i) for i, c in enumerate("回答率")], *beside])) == 6
