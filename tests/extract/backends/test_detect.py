"""Regions of the detector: neighbours that were grown into each other share nothing."""

from __future__ import annotations

import numpy as np
import pytest

from extract.backends.rapid.detect import Quad, without_overlaps

Span = tuple[float, float, float, float]


def quad(x0: float, y0: float, x1: float, y1: float) -> Quad:
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)


def spans(quads: list[Quad]) -> list[Span]:
    return [(float(q[0, 0]), float(q[0, 1]), float(q[2, 0]), float(q[2, 1])) for q in quads]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([(0, 0, 60, 20), (50, 0, 90, 20)], [(0, 0, 55, 20), (55, 0, 90, 20)]),
        ([(50, 1, 90, 21), (0, 0, 60, 20)], [(55, 1, 90, 21), (0, 0, 55, 20)]),
        ([(0, 0, 60, 20), (64, 0, 90, 20)], [(0, 0, 60, 20), (64, 0, 90, 20)]),  # apart
        ([(0, 0, 60, 20), (50, 16, 90, 36)], [(0, 0, 60, 20), (50, 16, 90, 36)]),  # two lines
        ([(0, 0, 60, 20), (10, 0, 50, 20)], [(0, 0, 60, 20), (10, 0, 50, 20)]),  # one within the other
        ([(0, 0, 60, 20), (20, 0, 90, 20)], [(0, 0, 60, 20), (20, 0, 90, 20)]),  # share too much
    ],
)
def test_neighbours_in_a_row_end_in_the_middle_of_what_they_share(
    before: list[Span], after: list[Span]
) -> None:
    assert spans(without_overlaps([quad(*span) for span in before])) == after


def test_no_regions_stay_none() -> None:
    assert without_overlaps([]) == []
