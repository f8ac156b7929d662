"""Text drawn as outlines: glyph shapes among the marks are no marks, and the place must be read by OCR."""

from __future__ import annotations

from collections.abc import Sequence

from extract.scene import Box, Mark

# Points: letters are at most this high; a shape with so many corners or curves of that size is a glyph.
TALLEST, CORNERS = 40.0, 7
# Glyph shapes from which they are text: charts have at most a few dozen symbols of such shape.
TEXT = 60


def outlined_text(marks: Sequence[Mark], spans: int) -> tuple[tuple[Mark, ...], tuple[Box, ...]]:
    """The marks without outlined glyphs, and the glyphs' boxes; none when ``spans`` of real text prevail."""
    glyphs = [m for m in marks if is_glyph(m)]
    if len(glyphs) < TEXT or len(glyphs) < 2 * spans:
        return tuple(marks), ()
    shapes = {id(m) for m in glyphs}
    return tuple(m for m in marks if id(m) not in shapes), tuple(m.box for m in glyphs)


def is_glyph(mark: Mark) -> bool:
    """Whether a filled shape looks like a letter: small, not a box, a disc or a bar."""
    if mark.kind not in ("marker", "area") or not mark.fill or mark.box.height > TALLEST:
        return False
    return len(mark.points) >= CORNERS or (mark.kind == "marker" and not mark.points)
