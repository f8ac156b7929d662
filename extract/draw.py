"""What was seen, drawn over the page: words, marks, pictures, charts and numbers as coloured boxes.

For people who want to know what the readers saw, and for tests. Needs no fonts of the system.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from extract.document import read_scene
from extract.errors import PageFailed
from extract.finding import PageReading
from extract.picture import page_picture
from extract.scene import Box, Mark
from extract.settings import Settings
from extract.sources import open_source
from extract.sources.grids import with_grids
from extract.turned import as_displayed

# Dots per inch: the numbers of a chart label are legible beside its box.
DPI = 144.0
MOST_PX = 4000
# Pixels of a box's line, and of the letters that name it.
LINE, LETTER = 1, 13


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of thing is drawn: colour of its box, meaning in the legend."""

    color: str
    meaning: str


LOOKS: dict[str, Look] = {
    "text": Look("#1f6fd6", "word of the text layer"),
    "ocr": Look("#d6281f", "word read by OCR"),
    "vector": Look("#159a49", "mark drawn by the file"),
    "pixels": Look("#e07b00", "mark traced from pixels"),
    "picture": Look("#8a2be2", "picture"),
    "grid": Look("#777777", "table cell"),
    "chart": Look("#000000", "chart"),
    "finding": Look("#ff00aa", "number read"),
}


def draw_page(path: Path, index: int, settings: Settings, output: Path, charts: bool = False) -> None:
    """Scene ``index`` of the file over its picture, as a PNG; ``charts``: with what was read of it.

    Raises ExtractError; PageFailed where there is nothing to draw on (running text).
    """
    with open_source(path, settings) as source:
        scene = with_grids(source.see(index))
    shown = page_picture(path, index, settings, DPI, MOST_PX)
    if shown is None:
        raise PageFailed(f"{path.name}: running text has no picture; only pages and pictures can be drawn")
    reading = read_scene(scene) if charts else PageReading(scene)
    drawn = draw_reading(reading, Image.fromarray(shown.pixels), shown.scale)
    drawn.save(output, "PNG")


def draw_reading(reading: PageReading, picture: Any, scale: float) -> Any:
    """A copy of the picture with the reading drawn over it; ``scale``: pixels per unit of the scene."""
    canvas = picture.convert("RGB")
    canvas = Image.blend(canvas, Image.new("RGB", canvas.size, "white"), 0.35)
    pen = ImageDraw.Draw(canvas)
    used = set()
    shown, _, _ = as_displayed([reading], (), ())
    for kind, box, name in boxes(shown[0]):
        used.add(kind)
        _box(pen, box, LOOKS[kind].color, scale, name)
    _legend(pen, [LOOKS[k] for k in LOOKS if k in used], canvas.size)
    return canvas


def boxes(reading: PageReading) -> Iterator[tuple[str, Box, str]]:
    """(kind of LOOKS, box, name) of everything with a place, in the order it is drawn."""
    scene = reading.scene
    for picture in scene.pictures:
        yield "picture", picture.box, "read" if picture.read else ""
    for grid in scene.grids:
        yield from (("grid", cell.box, "") for cell in grid.cells if cell.box is not None)
    for mark in scene.marks:
        yield mark.seen_by, mark.box, _short(mark)
    for word in scene.words:
        yield word.seen_by, word.box, ""
    for chart in reading.charts:
        yield "chart", chart.box, f"{chart.key} {chart.type}"
    for finding in reading.findings:
        if finding.box is not None:
            yield "finding", finding.box, f"{finding.value:g}"


def _short(mark: Mark) -> str:
    """A letter for what is not a plain rectangle or rule."""
    return {"sector": "pie", "polyline": "line", "marker": "m", "area": "area"}.get(mark.kind, "")


def _box(pen: Any, box: Box, color: str, scale: float, name: str) -> None:
    x0, y0, x1, y1 = (v * scale for v in (box.x0, box.y0, box.x1, box.y1))
    pen.rectangle((x0, y0, max(x0, x1), max(y0, y1)), outline=color, width=LINE)
    if name:
        pen.text((x1 + 2, y0 - 2), name, fill=color, font=_font())


def _legend(pen: Any, looks: list[Look], size: tuple[int, int]) -> None:
    """The meaning of the colours, bottom left."""
    y = size[1] - (LETTER + 4) * len(looks) - 4
    for look in looks:
        pen.rectangle((4, y, 4 + LETTER, y + LETTER), fill=look.color)
        pen.text((10 + LETTER, y), look.meaning, fill="#000000", font=_font())
        y += LETTER + 4


def _font() -> Any:
    """The font inside Pillow: always there, Latin only, so boxes are named in Latin letters."""
    return ImageFont.load_default(size=LETTER)
