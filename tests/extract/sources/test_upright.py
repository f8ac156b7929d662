"""Pages that lean or lie on their side, and the way back to the page as displayed."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.scene import Box, Word
from extract.sources.upright import Way, lean, levelled, lying, quarter


def lines_of_text(turned: float = 0.0) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    image = np.full((900, 700, 3), 255, np.uint8)
    for y in range(80, 820, 28):
        for x in range(60, 640, 14):
            cv2.rectangle(image, (x, y), (x + 9, y + 12), (20, 20, 20), -1)
    turn = cv2.getRotationMatrix2D((350, 450), -turned, 1.0)
    return np.asarray(cv2.warpAffine(image, turn, (700, 900), borderValue=(255, 255, 255)), np.uint8)


@pytest.mark.parametrize("angle", [0.0, 0.4, -0.7, 1.5, -2.5])
def test_the_lean_of_a_scan_is_found(angle: float) -> None:
    assert lean(lines_of_text(angle)) == pytest.approx(angle, abs=0.1)


def test_a_levelled_page_leans_no_more() -> None:
    assert lean(levelled(lines_of_text(1.5), 1.5)) == 0.0


def test_a_page_without_text_does_not_lean() -> None:
    assert lean(np.full((400, 300, 3), 255, np.uint8)) == 0.0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_pixel_comes_back_to_where_it_was(turn: int) -> None:
    image = np.zeros((40, 60, 3), np.uint8)
    image[10, 25] = 255
    turned = quarter(image, turn)
    (y,), (x,) = np.nonzero(turned[:, :, 0])
    way = Way(turn, 0.0, turned.shape[1], turned.shape[0])
    assert way.point(x + 0.5, y + 0.5) == (25.5, 10.5)


@given(st.sampled_from([0, 90, 180, 270]), st.floats(-3, 3), st.floats(5, 90), st.floats(5, 50))
def test_a_word_keeps_its_size_and_its_edges_stay_inside(turn: int, angle: float, x: float, y: float) -> None:
    word = Word("満足度", Box(x, y, x + 30, y + 10), 10, (x, x + 10, x + 20, x + 30))
    moved = Way(turn, angle, 200, 100).word(word)
    assert sorted((moved.box.width, moved.box.height)) == pytest.approx([10, 30])
    low, high = (moved.box.y0, moved.box.y1) if moved.angle in (90, 270) else (moved.box.x0, moved.box.x1)
    assert min(moved.edges) == pytest.approx(low)
    assert max(moved.edges) == pytest.approx(high)


@pytest.mark.parametrize(("angle", "turn"), [(0, 0), (90, 270), (270, 90)])
def test_lines_that_run_down_or_up_say_how_the_page_lies(angle: int, turn: int) -> None:
    words = [Word("満足している", Box(0, 0, 10, 60), 10, angle=angle)] * 5
    assert lying([*words, Word("満足", Box(0, 0, 20, 10), 10)]) == turn
