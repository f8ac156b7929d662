"""Tables typed with blanks in a text dump (pdftotext -layout, e-mail) -> grids, and the text without them.

The text is laid out on a sheet of squares, two for a wide character; then its tables are those of a page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from extract.scene import Box, Grid, GridCell, Scene, Word
from extract.tables.aligned import aligned_matrices
from extract.tables.captions import Caption, find_caption
from extract.tables.matrix import Matrix
from extract.tables.names import column_line
from extract.tables.roles import Roles, find_roles

# Units of the sheet: half a wide character, the height of a letter, the distance of lines.
SQUARE, HIGH, PITCH = 5.0, 10.0, 14.0
TAB = 8
# What parts two cells of a line; a single blank stands within one.
_CELL = re.compile(r"[^\s|｜](?:[^\t\n|｜]*?[^\s|｜])??(?=\s{2,}|\u3000|\t|\s*[|｜]|\s*$)")
# Lines of signs that rule a typed table say nothing themselves.
_RULE = re.compile(r"^[\s\-=+|:｜―─━—]+$")
# More lines than this are a log.
MOST_LINES = 20_000
# Lines looked at together: three pages of a report.
SHEET = 150


def tables_in_text(text: str) -> tuple[str, tuple[Grid, ...]]:
    """The text without its tables, and these."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        return text, ()
    kept: list[str] = []
    grids: list[Grid] = []
    for sheet in sheets(lines):
        left, found = tables_in_lines(sheet)
        kept += left
        grids += found
    return ("\n".join(kept) if grids else text), tuple(grids)


def sheets(lines: list[str]) -> Iterator[list[str]]:
    """The lines in parts that end at a blank one, so that time grows with the length of the text."""
    part: list[str] = []
    for line in lines:
        part.append(line)
        if len(part) >= SHEET and not line.strip():
            yield part
            part = []
    yield part


def tables_in_lines(lines: list[str]) -> tuple[list[str], list[Grid]]:
    words, places = typed_words(lines)
    sheet = Scene(1e4, PITCH * len(lines), words=words)
    tables = [m for m in aligned_matrices(sheet, frozenset()) if is_table(m)]
    inside = frozenset(i for m in tables for row in m.rows for e in row if e is not None for i in e.words)
    grids: list[Grid] = []
    for matrix in tables:
        caption = find_caption(sheet, matrix.box, inside) if matrix.box else Caption()
        unit = "" if caption.unit_text in caption.text else caption.unit_text
        grids.append(Grid(tuple(cells_of(matrix)), caption=caption.text + unit))
    taken = {places[i] for i in inside}
    return [line for at, line in enumerate(lines) if at not in taken], grids


def is_table(matrix: Matrix) -> bool:
    roles = find_roles(matrix)
    return roles is not None and bool(roles.stubs) and told_apart(matrix, roles)


def typed_words(lines: list[str]) -> tuple[tuple[Word, ...], list[int]]:
    """Every cell of every line as a word on the sheet, with the number of its line."""
    words: list[Word] = []
    places: list[int] = []
    down = 0
    for at, line in enumerate(lines):
        typed = line.expandtabs(TAB)
        if typed.strip() and _RULE.match(typed):
            continue
        down += 1
        for cell in _CELL.finditer(typed):
            edges = [SQUARE * width_of(typed[: cell.start()])]
            for char in cell[0]:
                edges.append(edges[-1] + SQUARE * width_of(char))
            top = PITCH * down
            box = Box(edges[0], top, edges[-1], top + HIGH)
            words.append(Word(cell[0], box, HIGH, tuple(edges), line=at))
            places.append(at)
    return tuple(words), places


def width_of(text: str) -> int:
    """Squares that the text takes: two for wide characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def told_apart(matrix: Matrix, roles: Roles) -> bool:
    """Whether headings name all columns, each differently."""
    lines = [column_line(matrix, roles.headers, c) for c in roles.columns]
    return all(line.parts for line in lines) and len({(line.name, line.unit) for line in lines}) == len(lines)


def cells_of(matrix: Matrix) -> Iterator[GridCell]:
    """The matrix as a grid of its own; what spans several columns or rows is written once."""
    seen: set[int] = set()
    for at, row in enumerate(matrix.rows):
        for column, entry in enumerate(row):
            if entry is None or id(entry) in seen:
                continue
            seen.add(id(entry))
            wide = next((k for k, e in enumerate(row[column:]) if e is not entry), len(row) - column)
            below = [r[column] for r in matrix.rows[at:]]
            high = next((k for k, e in enumerate(below) if e is not entry), len(below))
            yield GridCell(at, column, high, wide, text=entry.text)
