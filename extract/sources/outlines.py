"""Text drawn as outlines: glyph shapes among the marks are no marks, and the place must be read by OCR."""

from __future__ import annotations

from collections.abc import Sequence

from extract.scene import Box, Mark, Word

# Points: letters are at most this high; a shape with so many corners or curves of that size is a glyph.
TALLEST, CORNERS = 40.0, 7
# Letters of one line stand closer than this many heights and overlap in height; shorter rows are symbols.
ADJACENT, SHORTEST = 1.2, 5
# Glyphs in rows from which they are text: a legend's symbols are a dozen and never adjacent.
TEXT = 40


def outlined_text(marks: Sequence[Mark]) -> tuple[tuple[Mark, ...], tuple[Box, ...]]:
    """The marks without outlined glyphs, and the glyphs' boxes; all marks and none where there is no text."""
    glyphs = [m for m in marks if is_glyph(m)]
    if len(glyphs) < TEXT:
        return tuple(marks), ()
    in_rows = [m for row in _rows(glyphs) if len(row) >= SHORTEST for m in row]
    if len(in_rows) < TEXT:
        return tuple(marks), ()
    shapes = {id(m) for m in in_rows}
    return tuple(m for m in marks if id(m) not in shapes), tuple(m.box for m in in_rows)


def without_letters(marks: Sequence[Mark], words: Sequence[Word]) -> tuple[Mark, ...]:
    """The marks but those inside a word that was read: parts of letters that look like bars and dots.

    Letters are filled: a mere stroke is the sample of a line, which recognition reads as a word too.
    """
    boxes = [w.box.grown(0.15 * w.size) for w in words]
    return tuple(
        m
        for m in marks
        if m.box.height > TALLEST
        or (m.kind == "line" and not m.fill)
        or not any(b.holds(m.box.x0, m.box.y0) and b.holds(m.box.x1, m.box.y1) for b in boxes)
    )


def is_glyph(mark: Mark) -> bool:
    """Whether a filled shape looks like a letter: small, not a box, a disc or a bar."""
    if mark.kind not in ("marker", "area") or not mark.fill or mark.box.height > TALLEST:
        return False
    return len(mark.points) >= CORNERS or (mark.kind == "marker" and not mark.points)


def _rows(glyphs: Sequence[Mark]) -> list[list[Mark]]:
    """Glyphs that follow each other on one line; painted in reading order, as programs do."""
    rows: list[list[Mark]] = []
    for glyph in glyphs:
        if rows and _follows(rows[-1][-1].box, glyph.box):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def _follows(a: Box, b: Box) -> bool:
    """Whether two shapes can be neighbours of a line (or parts of one letter, a hole and its rim)."""
    height = max(a.height, b.height)
    level = min(a.y1, b.y1) - max(a.y0, b.y0) > -0.3 * height
    return level and -2 * height <= b.x0 - a.x1 <= ADJACENT * height
