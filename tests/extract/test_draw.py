"""What was seen, drawn over the page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extract.draw import LOOKS, boxes, draw_page, draw_reading
from extract.errors import PageFailed
from extract.finding import Chart, Finding, PageReading
from extract.scene import Box, Mark, Scene, Word
from extract.settings import Settings

SCENE = Scene(
    200, 100,
    words=(Word("47.6%", Box(110, 20, 140, 30), 10), Word("満足", Box(10, 20, 30, 30), 10, seen_by="ocr")),
    marks=(Mark("rect", Box(40, 15, 105, 35), "#3366cc"),),
)  # fmt: skip
READING = PageReading(
    SCENE,
    charts=(Chart("c1", Box(5, 5, 150, 60), "hbar", "", (), (), "vector"),),
    findings=(Finding("chart", 47.6, "percent", "満足", box=Box(110, 20, 140, 30)),),
)


def test_everything_with_a_place_has_a_box_and_a_look() -> None:
    drawn = list(boxes(READING))
    assert [kind for kind, _, _ in drawn] == ["vector", "text", "ocr", "chart", "finding"]
    assert {kind for kind, _, _ in drawn} <= set(LOOKS)


def test_boxes_are_drawn_where_they_are_at_any_scale() -> None:
    for scale in (1.0, 2.5):
        picture = Image.new("RGB", (round(200 * scale), round(100 * scale)), "white")
        pixels = np.asarray(draw_reading(READING, picture, scale))
        color = tuple(int(LOOKS["ocr"].color[i : i + 2], 16) for i in (1, 3, 5))
        assert tuple(pixels[round(25 * scale), round(10 * scale)]) == color


def test_running_text_cannot_be_drawn(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text("満足していると答えた。", encoding="utf-8")
    with pytest.raises(PageFailed, match="no picture"):
        draw_page(tmp_path / "dump.txt", 0, Settings(), tmp_path / "out.png")
