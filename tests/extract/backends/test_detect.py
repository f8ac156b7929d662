"""Regions of the detector: neighbours that were grown into each other are told."""

from __future__ import annotations

import numpy as np
import pytest

from extract.backends.rapid.detect import Quad, shared_ends

Span = tuple[float, float, float, float]


def quad(x0: float, y0: float, x1: float, y1: float) -> Quad:
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)


@pytest.mark.parametrize(
    ("boxes", "shared"),
    [
        ([(0, 0, 60, 20), (50, 0, 90, 20)], [(0, 10), (10, 0)]),
        ([(50, 1, 90, 21), (0, 0, 60, 20)], [(10, 0), (0, 10)]),
        ([(0, 0, 60, 20), (64, 0, 90, 20)], [(0, 0), (0, 0)]),  # apart
        ([(0, 0, 60, 20), (50, 16, 90, 36)], [(0, 0), (0, 0)]),  # two lines
        ([(0, 0, 60, 20), (10, 0, 50, 20)], [(0, 0), (0, 0)]),  # one within the other
        ([(0, 0, 60, 20), (20, 0, 90, 20)], [(0, 0), (0, 0)]),  # share too much
        ([], []),
    ],
)
def test_what_neighbours_in_a_row_share_is_told(boxes: list[Span], shared: list[tuple[float, float]]) -> None:
    assert shared_ends([quad(*box) for box in boxes]) == shared
