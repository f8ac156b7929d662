"""Record: a table as rows and columns of text, spans filled in; how ruled and marked-up grids become one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.scene import Box, Grid, GridCell, Scene, Word, hull

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff01-\uff60、。（）]")

# In heights of the line: the widest character; what its edges say more is white behind it.
WIDEST = 1.1
NUMERAL = re.compile(r"[\d０-９,.，．]")
# Digits of one number in a justified cell stand up to this far apart, in their own height.
DIGIT_SPACING = 1.2


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one cell. ``origin`` is the (row, column) a spanning cell starts at."""

    text: str
    box: Box | None
    origin: tuple[int, int]
    words: tuple[int, ...] = ()
    confidence: float = 1.0
    engine: str = "text"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Row by row; None where the table has no cell. Spanning cells repeat the same Entry."""

    rows: tuple[tuple[Entry | None, ...], ...]
    box: Box | None
    caption: str = ""

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def column(self, at: int) -> list[Entry | None]:
        return [row[at] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character with its place and the word it belongs to."""

    char: str
    box: Box
    word: int


def word_to_glyphs(word: Word, index: int) -> Iterator[Glyph]:
    """The characters of a word with boxes of their own, from its edges or evenly."""
    box, count = word.box, max(len(word.text), 1)
    upright = word.angle in (90, 270)
    edges = word.edges
    if len(edges) != count + 1:
        start, end = (box.y0, box.y1) if upright else (box.x0, box.x1)
        edges = tuple(start + (end - start) * i / count for i in range(count + 1))
    for at, char in enumerate(word.text):
        a, b = sorted((edges[at], edges[at + 1]))
        b = min(b, a + WIDEST * (box.width if upright else box.height))
        yield Glyph(char, Box(box.x0, a, box.x1, b) if upright else Box(a, box.y0, b, box.y1), index)


def glyphs_to_text(glyphs: Sequence[Glyph]) -> str:
    """Lines from top to bottom, joined without a blank where the script has none."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda g: (g.box.cy, g.box.x0)):
        if lines and abs(glyph.box.cy - lines[-1][-1].box.cy) < 0.5 * max(glyph.box.height, 1e-6):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    text = ""
    for line in lines:
        ordered = sorted(line, key=lambda g: g.box.x0)
        part = "".join(
            (" " if i and word_gap(ordered[i - 1], glyph) else "") + glyph.char
            for i, glyph in enumerate(ordered)
        ).strip()
        latin = text and part and breaks_apart(text[-1], part[0])
        text += (" " if latin else "") + part
    return text


def breaks_apart(last: str, first: str) -> bool:
    """Whether a line break parts words: between numbers (wide digits too) and in scripts with blanks."""
    if NUMERAL.match(last) and NUMERAL.match(first):
        return True
    return not (JAPANESE.match(last) or JAPANESE.match(first))


def word_gap(left: Glyph, right: Glyph) -> bool:
    """A blank between two words of one line; Japanese characters and digits apart are letter-spaced."""
    gap = right.box.x0 - left.box.x1
    if left.word == right.word or gap <= 0.15 * right.box.height:
        return False
    if NUMERAL.match(left.char) and NUMERAL.match(right.char):
        return gap > DIGIT_SPACING * right.box.height
    return not (JAPANESE.match(left.char) and JAPANESE.match(right.char))


def grid_to_matrix(grid: Grid, scene: Scene) -> Matrix:
    """The grid's cells with the words that lie in them; marked-up cells bring their own text.

    Where cells overlap (an L-shaped heading around its subheading) the smaller one owns the place.
    """
    height = max(c.row + c.rows for c in grid.cells)
    width = max(c.column + c.columns for c in grid.cells)
    inside = cell_glyphs(grid, scene)
    table: list[list[Entry | None]] = [[None] * width for _ in range(height)]
    for at, cell in sorted(enumerate(grid.cells), key=lambda c: -c[1].rows * c[1].columns):
        entry = cell_to_entry(cell, inside.get(at, ()), scene)
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                table[row][column] = entry
    return Matrix(tuple(tuple(row) for row in table), grid.box, grid.caption)


def cell_glyphs(grid: Grid, scene: Scene) -> dict[int, list[Glyph]]:
    """Characters by cell: each goes to the cell its middle lies in, so that a run over a rule is cut."""
    inside: dict[int, list[Glyph]] = defaultdict(list)
    if grid.box is None:
        return inside
    boxed = [(at, cell.box) for at, cell in enumerate(grid.cells) if cell.box is not None]
    boxed.sort(key=lambda b: b[1].area)
    for index, word in enumerate(scene.words):
        if not grid.box.shared(word.box):
            continue
        home = next((at for at, box in boxed if holds_all(box, word.box)), None)
        for glyph in word_to_glyphs(word, index):
            at = home if home is not None else next(
                (at for at, box in boxed if box.holds(glyph.box.cx, glyph.box.cy)), None
            )  # fmt: skip
            if at is not None:
                inside[at].append(glyph)
    return inside


def holds_all(cell: Box, word: Box) -> bool:
    return cell.x0 <= word.x0 and word.x1 <= cell.x1 and cell.holds(word.cx, word.cy)


def cell_to_entry(cell: GridCell, glyphs: Sequence[Glyph], scene: Scene) -> Entry:
    if not glyphs:
        return Entry(cell.text, cell.box, (cell.row, cell.column))
    return glyphs_to_entry(glyphs, (cell.row, cell.column), scene)


def glyphs_to_entry(glyphs: Sequence[Glyph], origin: tuple[int, int], scene: Scene) -> Entry:
    words = tuple(dict.fromkeys(g.word for g in glyphs))
    seen = [scene.words[w] for w in words]
    return Entry(
        glyphs_to_text(glyphs),
        hull(g.box for g in glyphs if g.char.strip()) if any(g.char.strip() for g in glyphs) else None,
        origin,
        words,
        min((w.confidence for w in seen), default=1.0),  # words of no letters have no glyphs
        "ocr" if any(w.seen_by == "ocr" for w in seen) else "text",
    )
