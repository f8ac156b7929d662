"""Charts that are seen, not read, and said so."""

from __future__ import annotations

import math

from extract.charts.refusals import refused_charts
from extract.scene import Mark
from tests.extract.charts.drawing import dot, polyline, rect, scene, slice_, square, word


def ring(radius: float, corners: int = 6) -> Mark:
    turn = [math.radians(360 * k / corners) for k in range(corners + 1)]
    return polyline([(200 + radius * math.sin(a), 200 - radius * math.cos(a)) for a in turn], "#cccccc")


def messages(*marks: Mark) -> list[str]:
    return [note.message for note in refused_charts(scene([], marks))]


def test_radar() -> None:
    assert messages(*(ring(r) for r in (20, 40, 60, 80))) == ["a radar chart is not read"]


BUBBLES = [(80, 90, 9), (200, 140, 22), (320, 60, 14), (420, 200, 30)]


def test_bubbles() -> None:
    discs = [slice_(x, y, r, 0, 360, "#1f77b4") for x, y, r in BUBBLES]
    words = [word(f"{r * 10}億円", x, y, align="centre") for x, y, r in BUBBLES]
    assert [note.message for note in refused_charts(scene(words, discs))] == ["a bubble chart is not read"]
    assert refused_charts(scene([], discs)) == []  # circles of a diagram


def test_what_is_neither() -> None:
    assert messages(ring(40)) == []  # one hexagon is a shape
    assert messages(*(dot(100 + 20 * k, 100, "#1f77b4") for k in range(8))) == []  # points of one size
    assert messages(slice_(200, 200, 80, 0, 120, "#1f77b4"), slice_(200, 200, 80, 120, 360, "#d62728")) == []
    assert (
        messages(rect(0, 0, 50, 80, "#1f77b4"), *(square(300, 40 + 14 * k, "#1f77b4") for k in range(5)))
        == []
    )
