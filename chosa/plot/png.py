"""A drawing as PNG with a font of its own, so that Japanese shows on a machine that has no fonts."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from chosa.plot.drawing import PAPER, Dot, Drawing, Line, Shape

SCALE = 2  # pixels of the picture per pixel of the drawing: sharp on a projector and in print
FINER = 2  # drawn so many times larger, then made smaller: Pillow's circles have jagged edges
MOST_PX = 60_000_000  # of the larger drawing (180 MB); a longer one keeps the jagged edges
COLORS = 128  # of the palette: six hues and their edges; the file is a quarter of the size
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
BOLD = 0.02  # of the size; the font has one weight, so bold words get an outline


def as_png(drawing: Drawing) -> bytes:
    """The picture as a PNG file at twice the drawing's size."""
    size = (drawing.width * SCALE, drawing.height * SCALE)
    finer = FINER if size[0] * size[1] * FINER**2 <= MOST_PX else 1
    image = Image.new("RGB", (size[0] * finer, size[1] * finer), PAPER)
    pen = ImageDraw.Draw(image)
    for shape in (*drawing.plain, *(s for _, shapes in drawing.facts for s in shapes)):
        _draw(pen, shape, SCALE * finer)
    small = image.resize(size, Image.Resampling.LANCZOS).quantize(COLORS, dither=Image.Dither.NONE)
    file = io.BytesIO()
    small.save(file, "PNG", optimize=True, dpi=(96 * SCALE, 96 * SCALE))
    return file.getvalue()


def _draw(pen: ImageDraw.ImageDraw, s: Shape, scale: int) -> None:
    if isinstance(s, Line):
        ends = (s.x0 * scale, s.y0 * scale, s.x1 * scale, s.y1 * scale)
        pen.line(ends, s.color, round(s.width * scale))
    elif isinstance(s, Dot):
        x, y, r = s.x * scale, s.y * scale, (s.radius + 1) * scale
        pen.ellipse((x - r, y - r, x + r, y + r), s.fill, s.color, 2 * scale)
    else:
        outline = BOLD * s.size * scale if s.bold else 0
        pen.text(
            (s.x * scale, s.y * scale),
            s.text,
            s.color,
            _font(s.size * scale),
            anchor=_ANCHORS[s.anchor],
            stroke_width=outline,
        )


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(_letters()), size)


@cache
def _letters() -> bytes:
    from extract.backends.letters import japanese_font

    return japanese_font()
