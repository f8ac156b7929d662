"""Tables without rules: rows of numbers that stand in columns, with names to the left and above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.scene import Box, Scene, Word, hull
from extract.tables.cells import cell_values, fold, holds_words, is_blank
from extract.tables.headings import header_rows, is_title, without_ranks
from extract.tables.matrix import Entry, Glyph, Matrix, glyphs_to_entry, word_to_glyphs
from extract.tables.periods import is_year
from extract.tables.stubs import row_labels

# Rows of one table follow each other within this many type sizes (labels of three lines); columns line up
# within one.
ROW_GAP = 6.0
COLUMN_SLACK = 1.2
# Fewer rows or columns of numbers are a coincidence of the page.
FEWEST_ROWS = 2
FEWEST_COLUMNS = 2
# Rows of a table with a single column of numbers.
FEWEST_ALONE = 3
# White inside a word of numbers, in heights, from which it is two cells that have run together.
TWO_CELLS = 1.0


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word, or a part of one, that says a number or a blank."""

    index: int
    box: Box
    size: float
    glyphs: tuple[Glyph, ...]
    text: str


def aligned_matrices(scene: Scene, taken: frozenset[int]) -> Iterator[Matrix]:
    """Every unruled table among the words not yet taken."""
    for run in runs_of_rows(rows_of(free_numbers(scene, taken))):
        rows = run[1:] if all(is_year(n.text) for n in run[0]) else run  # years over the columns
        columns = shared_columns(rows)
        if len(columns) >= FEWEST_COLUMNS and len(rows) >= FEWEST_ROWS:
            rows, columns, serials = naming_apart(scene, rows, columns)
            matrix = rows_to_matrix(scene, rows, columns, taken | serials)
            if matrix is not None:
                yield matrix


def free_numbers(scene: Scene, taken: frozenset[int]) -> list[NumberWord]:
    """The level numbers that nothing else has taken, and the signs of blank cells."""
    return [
        number
        for i, word in enumerate(scene.words)
        if i not in taken and word.angle == 0
        for number in number_words(word, i)
    ]


def single_columns(scene: Scene, taken: frozenset[int]) -> Iterator[Matrix]:
    """Columns of numbers with a name before each and a heading over them (回答, 割合)."""
    numbers = [number for number in free_numbers(scene, taken) if cell_values(number.text)]
    crowded = {id(n) for row in rows_of(numbers) for n in row}
    alone = sorted((n for n in numbers if id(n) not in crowded), key=lambda n: n.box.cy)
    while alone:
        run = [alone[0]]
        for number in alone[1:]:
            near = ROW_GAP / 2 * number.size > number.box.cy - run[-1].box.cy > 0.5 * number.size
            if near and in_line(number.box, run[-1].box, number.size):
                run.append(number)
        alone = [n for n in alone if n not in run]
        if len(run) >= FEWEST_ALONE:
            matrix = rows_to_matrix(scene, [[n] for n in run], [hull(n.box for n in run)], taken)
            if matrix is not None:
                yield matrix


def number_words(word: Word, index: int) -> list[NumberWord]:
    """The word when it is a number or a blank; its parts when numbers of two cells have run together."""
    if holds_words(word.text):
        return []
    glyphs = list(word_to_glyphs(word, index))
    cuts = [
        at
        for at, (a, b) in enumerate(pairwise(glyphs), start=1)
        if b.box.x0 - a.box.x1 > TWO_CELLS * word.box.height
    ]
    found = []
    for a, b in pairwise([0, *cuts, len(glyphs)]):
        part = tuple(glyphs[a:b])
        text = word.text[a:b].strip()
        if not text or not (cell_values(text) or is_blank(text)):
            return []
        found.append(NumberWord(index, hull(g.box for g in part), word.size, part, text))
    return found


def rows_of(numbers: Sequence[NumberWord]) -> list[list[NumberWord]]:
    """Numbers on one height, from top to bottom; a blank sign before the first of them is a name (X)."""
    rows: list[list[NumberWord]] = []
    for number in sorted(numbers, key=lambda n: (n.box.cy, n.box.x0)):
        if rows and abs(number.box.cy - rows[-1][-1].box.cy) < 0.5 * number.size:
            rows[-1].append(number)
        else:
            rows.append([number])
    rows = [sorted(row, key=lambda n: n.box.x0) for row in rows]
    rows = [row if cell_values(row[0].text) or is_sign(row[0].text) else row[1:] for row in rows]
    return [row for row in rows if len(row) >= FEWEST_COLUMNS]


def is_sign(text: str) -> bool:
    return not any(char.isalnum() for char in text)


def runs_of_rows(rows: Sequence[list[NumberWord]]) -> Iterator[list[list[NumberWord]]]:
    """Rows near each other that share at least two columns."""
    run: list[list[NumberWord]] = []
    for row in rows:
        near = run and row[0].box.cy - run[-1][0].box.cy < ROW_GAP * row[0].size
        if near and sum(any(in_line(a.box, b.box, a.size) for b in run[-1]) for a in row) >= FEWEST_COLUMNS:
            run.append(row)
            continue
        if len(run) >= FEWEST_ROWS:
            yield run
        run = [row]
    if len(run) >= FEWEST_ROWS:
        yield run


def in_line(a: Box, b: Box, size: float) -> bool:
    """Right ends, middles or left ends in one line."""
    slack = COLUMN_SLACK * size / 2
    return min(abs(a.x1 - b.x1), abs(a.cx - b.cx), abs(a.x0 - b.x0)) <= slack


def shared_columns(rows: Sequence[Sequence[NumberWord]]) -> list[Box]:
    """Horizontal spans that hold a number in at least half of the rows, from left to right."""
    columns: list[list[NumberWord]] = []
    ends: list[tuple[float, float]] = []  # of each column: most columns are out of reach, which costs little
    for number in sorted((n for row in rows for n in row), key=lambda n: n.box.cx):
        box, slack = number.box, COLUMN_SLACK * number.size / 2
        for at, column in enumerate(columns):
            start, end = ends[at]
            if box.x1 < start - slack or box.x0 > end + slack:
                continue
            if any(in_line(box, n.box, number.size) for n in column):
                column.append(number)
                ends[at] = min(start, box.x0), max(end, box.x1)
                break
        else:
            columns.append([number])
            ends.append((box.x0, box.x1))
    spans = [hull(n.box for n in c) for c in columns if len(c) * 2 >= len(rows)]
    return sorted(spans, key=lambda b: b.cx)


def naming_apart(
    scene: Scene, rows: list[list[NumberWord]], columns: list[Box]
) -> tuple[list[list[NumberWord]], list[Box], frozenset[int]]:
    """A first column of years names the rows; one of line numbers or ranks (third result) says nothing."""
    first = [n for row in rows for n in row if n.box.x1 <= columns[1].x0 and columns[0].x0 <= n.box.cx]
    texts = [n.text for n in first]
    ranks = [re.fullmatch(r"(\d+)[位.]?", fold(text)) for text in texts]
    serial = len(ranks) > 1 and all(m and int(m[1]) == at for at, m in enumerate(ranks, start=1))
    if len(first) < len(rows) or not (serial or all(is_year(n.text) for n in first)):
        return rows, columns, frozenset()
    indices = frozenset(n.index for n in first)
    kept = [[n for n in row if n.index not in indices] for row in rows]
    return [row for row in kept if row], columns[1:], indices if serial else frozenset()


def rows_to_matrix(
    scene: Scene, rows: Sequence[Sequence[NumberWord]], columns: Sequence[Box], taken: frozenset[int]
) -> Matrix | None:
    """The numbers with their stub to the left and their header lines above; None without either."""
    numeric = {n.index for row in rows for n in row}
    free = [i for i in range(len(scene.words)) if i not in taken and i not in numeric]
    if words_between(scene, rows, columns, free):
        return None
    heights = [row[0].box.cy for row in rows]
    labels = without_ranks(scene, row_labels(scene, heights, rows[0][0].size, columns[0].x0, free))
    stubs = carried([entry_of(scene, ws, (1000 + at, 0)) if ws else None for at, ws in enumerate(labels)])
    if sum(s is not None for s in stubs) < 0.7 * len(rows):
        return None
    named = [scene.words[i].box.x0 for label in labels for i in label]
    above = [i for i in free if not is_title(scene.words[i].box, min(named), columns[0], rows[0][0].size)]
    top = min(scene.words[i].box.y0 for i in [*labels[0], *(n.index for n in rows[0])])
    pitch = min(b - a for a, b in pairwise(heights))
    named_to = max(scene.words[i].box.x1 for label in labels for i in label)
    headers = header_rows(scene, top, rows[0][0].size, pitch, columns, above, named_to)
    if not headers and not all(is_year(n.text) for n in rows[0]):
        return None  # columns without names: nobody can tell what they say
    table: list[tuple[Entry | None, ...]] = [(None, *line) for line in headers]
    for at, row in enumerate(rows):
        entries: list[Entry | None] = [stubs[at]]
        for c, column in enumerate(columns):
            glyphs = [g for n in row if column.x0 <= n.box.cx <= column.x1 for g in n.glyphs]
            entries.append(glyphs_to_entry(glyphs, (len(headers) + at, c + 1), scene) if glyphs else None)
        table.append(tuple(entries))
    boxes = [e.box for line in table for e in line if e is not None and e.box is not None]
    return Matrix(tuple(table), hull(boxes))


def words_between(
    scene: Scene, rows: Sequence[Sequence[NumberWord]], columns: Sequence[Box], free: Sequence[int]
) -> bool:
    """Whether words stand between the numbers of most rows: lines of text, or a second stub."""
    left, right = columns[0].x1, columns[-1].x0
    inner = [b for i in free if left < (b := scene.words[i].box).cx < right and scene.words[i].angle == 0]
    mixed = sum(any(abs(b.cy - row[0].box.cy) < 0.5 * row[0].size for b in inner) for row in rows)
    return mixed * 2 > len(rows)


def carried(stubs: Sequence[Entry | None]) -> list[Entry | None]:
    """A row without a name continues the one above it (the share under its count), never two rows down."""
    return [stubs[at - 1] if stub is None and at > 0 else stub for at, stub in enumerate(stubs)]


def entry_of(scene: Scene, words: Sequence[int], origin: tuple[int, int]) -> Entry:
    return glyphs_to_entry([g for i in words for g in word_to_glyphs(scene.words[i], i)], origin, scene)
