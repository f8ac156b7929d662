"""Crops of one line: the ground, the ink, and what frames the characters."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extract.backends.glyphs import Glyph, text_of
from extract.backends.grounds import ground_changes
from extract.backends.ink import cut_ends, measure_ink, text_span
from extract.backends.points import with_points
from extract.backends.rapid.widths import lacks_a_digit

WHITE, BLUE, ORANGE = (255, 255, 255), (60, 100, 200), (240, 130, 40)
Color = tuple[int, int, int]


def crop(width: int = 120, height: int = 30, ground: Color = WHITE) -> NDArray[np.uint8]:
    return np.full((height, width, 3), ground, np.uint8)


def strokes(image: NDArray[np.uint8], left: int, right: int, color: Color = (0, 0, 0)) -> NDArray[np.uint8]:
    """Upright strokes two px wide, as high as type is in its crop."""
    for x in range(left, right, 6):
        image[7:23, x : x + 2] = color
    return image


def test_a_bar_that_the_crop_begins_with_is_trimmed() -> None:
    image = strokes(crop(), 30, 90)
    image[:, :14] = BLUE
    assert text_span(image) == (14, 120)


def test_a_bar_lower_than_the_crop_is_trimmed_too() -> None:
    image = strokes(crop(), 30, 90)
    image[9:, :14] = BLUE
    assert text_span(image) == (14, 120)


def test_a_neighbouring_segment_on_the_right_is_trimmed() -> None:
    image = strokes(crop(ground=BLUE), 20, 80, WHITE)
    image[:, 100:] = ORANGE
    assert text_span(image) == (0, 100)


def test_an_axis_line_with_its_tick_is_trimmed() -> None:
    image = strokes(crop(), 30, 90)
    image[:, 10:12] = 0
    image[15, 4:10] = 0
    assert text_span(image) == (12, 120)


def test_a_gridline_through_the_characters_is_no_frame() -> None:
    image = strokes(crop(), 10, 90)
    image[:, 20:21] = 120
    assert text_span(image) == (0, 120)


def test_characters_that_run_onto_another_bar_are_kept() -> None:
    image = crop()
    image[:, 80:] = ORANGE
    strokes(image, 20, 100)
    assert text_span(image) == (0, 120)


@pytest.mark.parametrize(
    ("ground", "color"), [(WHITE, (0, 0, 0)), (BLUE, WHITE), (WHITE, (200, 40, 40)), ((30, 30, 30), ORANGE)]
)
def test_ink_is_measured_in_its_colour(ground: Color, color: Color) -> None:
    ink = measure_ink(strokes(crop(ground=ground), 40, 80, color), 40, 80, 20)
    assert ink is not None
    assert (ink.top, ink.bottom, ink.left, ink.right) == (7, 23, 40, 78)
    assert ink.color == "#{:02x}{:02x}{:02x}".format(*color)


def test_an_even_crop_has_no_ink() -> None:
    assert measure_ink(crop(), 0, 120, 20) is None


def test_ink_that_runs_over_the_border_is_seen_and_a_tick_is_not() -> None:
    image = strokes(crop(), 0, 80)
    image[15, 90:] = 0
    assert cut_ends(image) == (True, False)


def test_a_label_and_the_value_in_the_first_segment_are_parted_at_the_axis() -> None:
    image = strokes(crop(160), 10, 60)
    image[:, 75:] = BLUE
    strokes(image, 95, 130, WHITE)
    (cut,) = ground_changes(image)
    assert abs(cut - 75) <= 1


def test_a_number_that_runs_over_a_segment_is_not_parted() -> None:
    image = crop(120)
    image[:, 60:] = ORANGE
    strokes(image, 20, 100)
    assert ground_changes(image) == []


def test_an_even_ground_is_not_parted() -> None:
    assert ground_changes(strokes(crop(160), 10, 60)) == []


def digits(image: NDArray[np.uint8], spot: slice | None) -> list[Glyph]:
    """39 and 4, drawn as boxes 8 px wide, the last further away; ``spot`` are the rows of a mark there."""
    for x in (10, 21, 38):
        image[7:23, x : x + 8] = 0
    if spot:
        image[spot, 32:35] = 0
    return [Glyph(c, x + 4, 0.99) for c, x in zip("394", (10, 21, 38), strict=True)]


@pytest.mark.parametrize(
    ("spot", "read"),
    [
        pytest.param(slice(20, 23), "39.4", id="a point at the foot"),
        pytest.param(slice(20, 27), "39,4", id="a comma reaches below"),
        pytest.param(slice(14, 16), "394", id="a speck half way up"),
        pytest.param(None, "394", id="nothing there"),
        pytest.param(slice(5, 23), "394", id="a line between"),
    ],
)
def test_a_dropped_point_is_put_back_where_its_ink_is(spot: slice | None, read: str) -> None:
    image = crop(60)
    glyphs = digits(image, spot)
    found = with_points(glyphs, image, em=20)
    assert text_of(found) == read
    assert min(g.confidence for g in found) == (0.99 if read == "394" else 0.6)


def number(count: int) -> NDArray[np.uint8]:
    """So many digits of 22 px type, drawn as boxes 9 px wide and 16 high."""
    image = crop(40 + 13 * count)
    for i in range(count):
        image[7:23, 15 + 13 * i : 24 + 13 * i] = 0
    return image


@pytest.mark.parametrize(
    ("text", "drawn", "lacking"),
    [("223", 3, False), ("23", 3, True), ("3", 3, True), ("約", 3, False), ("", 3, False)],
)
def test_a_number_shorter_than_its_ink_lacks_a_digit(text: str, drawn: int, lacking: bool) -> None:
    glyphs = [Glyph(char, 20.0 + 13 * i, 0.99) for i, char in enumerate(text)]
    assert lacks_a_digit(glyphs, number(drawn)) is lacking
