"""Tables without rules: rows of numbers that stand in columns, with names to the left and above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.scene import Box, Scene, hull
from extract.tables.cells import cell_values, fold, is_blank
from extract.tables.matrix import Entry, Matrix, glyphs_to_entry, word_to_glyphs
from extract.tables.roles import is_period
from extract.tables.stubs import row_labels

# Rows of one table follow each other within this many type sizes (labels of three lines); columns line up
# within one.
ROW_GAP = 6.0
COLUMN_SLACK = 1.2
# Fewer rows or columns of numbers are a coincidence of the page.
FEWEST_ROWS = 2
FEWEST_COLUMNS = 2
MOST_HEADER_LINES = 3


@dataclass(frozen=True, slots=True)
class NumberWord:
    index: int
    box: Box
    size: float


def aligned_matrices(scene: Scene, taken: frozenset[int]) -> Iterator[Matrix]:
    """Every unruled table among the words not yet taken."""
    numbers = [
        NumberWord(i, w.box, w.size)
        for i, w in enumerate(scene.words)
        if i not in taken and w.angle == 0 and (cell_values(w.text) or (is_blank(w.text) and w.text.strip()))
    ]
    for rows in runs_of_rows(rows_of(numbers)):
        columns = shared_columns(rows)
        if len(columns) >= FEWEST_COLUMNS and len(rows) >= FEWEST_ROWS:
            rows, columns, serials = naming_apart(scene, rows, columns)
            matrix = rows_to_matrix(scene, rows, columns, taken | serials)
            if matrix is not None:
                yield matrix


def rows_of(numbers: Sequence[NumberWord]) -> list[list[NumberWord]]:
    """Numbers on one height, from top to bottom."""
    rows: list[list[NumberWord]] = []
    for number in sorted(numbers, key=lambda n: (n.box.cy, n.box.x0)):
        if rows and abs(number.box.cy - rows[-1][-1].box.cy) < 0.5 * number.size:
            rows[-1].append(number)
        else:
            rows.append([number])
    return [row for row in rows if len(row) >= FEWEST_COLUMNS]


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
    for number in sorted((n for row in rows for n in row), key=lambda n: n.box.cx):
        home = next((c for c in columns if any(in_line(number.box, n.box, number.size) for n in c)), None)
        if home is None:
            columns.append([number])
        else:
            home.append(number)
    spans = [hull(n.box for n in c) for c in columns if len(c) * 2 >= len(rows)]
    return sorted(spans, key=lambda b: b.cx)


def naming_apart(
    scene: Scene, rows: list[list[NumberWord]], columns: list[Box]
) -> tuple[list[list[NumberWord]], list[Box], frozenset[int]]:
    """A first column of years names the rows; one of line numbers or ranks (third result) says nothing."""
    first = [n for row in rows for n in row if n.box.x1 <= columns[1].x0 and columns[0].x0 <= n.box.cx]
    texts = [scene.words[n.index].text for n in first]
    ranks = [re.fullmatch(r"(\d+)[位.]?", fold(text)) for text in texts]
    serial = len(ranks) > 1 and all(m and int(m[1]) == at for at, m in enumerate(ranks, start=1))
    if len(first) < len(rows) or not (serial or all(names_period(scene, n.index) for n in first)):
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
    labels = row_labels(scene, heights, rows[0][0].size, columns[0].x0, free)
    stubs = carried([entry_of(scene, ws, (1000 + at, 0)) if ws else None for at, ws in enumerate(labels)])
    if sum(s is not None for s in stubs) < 0.7 * len(rows):
        return None
    named = [scene.words[i].box.x0 for label in labels for i in label]
    above = [i for i in free if not is_title(scene.words[i].box, min(named), columns[0], rows[0][0].size)]
    top = min(scene.words[i].box.y0 for i in [*labels[0], *(n.index for n in rows[0])])
    headers = header_rows(scene, top, rows[0][0].size, columns, above)
    if not headers and len(columns) > 1 and not all(names_period(scene, n.index) for n in rows[0]):
        return None  # columns without names: nobody can tell what they say
    table: list[tuple[Entry | None, ...]] = [(None, *line) for line in headers]
    for at, row in enumerate(rows):
        entries: list[Entry | None] = [stubs[at]]
        for c, column in enumerate(columns):
            words = [n.index for n in row if column.x0 <= n.box.cx <= column.x1]
            entries.append(entry_of(scene, words, (len(headers) + at, c + 1)) if words else None)
        table.append(tuple(entries))
    boxes = [e.box for line in table for e in line if e is not None and e.box is not None]
    return Matrix(tuple(table), hull(boxes))


def names_period(scene: Scene, index: int) -> bool:
    return is_period(Entry(scene.words[index].text, None, (0, 0)))


def is_title(box: Box, left: float, first: Box, size: float) -> bool:
    """Words that start with the row names and reach over the first column: a title, not a heading."""
    return box.x0 < left + size and box.x1 > first.x0


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


def header_rows(
    scene: Scene, top: float, size: float, columns: Sequence[Box], free: Sequence[int]
) -> list[tuple[Entry | None, ...]]:
    """Lines above the first row (starting at ``top``) whose words stand over the columns, nearest last."""
    lines: list[tuple[Entry | None, ...]] = []
    while len(lines) < MOST_HEADER_LINES:
        line = header_line(scene, top, size, columns, free, -1 - len(lines))
        if line is None:
            break
        lines.insert(0, line[0])
        top = line[1]
    return lines


def header_line(
    scene: Scene, top: float, size: float, columns: Sequence[Box], free: Sequence[int], row: int
) -> tuple[tuple[Entry | None, ...], float] | None:
    """The line just above ``top`` when it names at least half of the columns, with its own top."""
    left = columns[0].x0 - 3 * size
    near = [i for i in free if 0 <= top - scene.words[i].box.y1 + 0.3 * size < 1.6 * size]
    near = [i for i in near if scene.words[i].box.x1 > left and scene.words[i].angle == 0]
    homes: dict[int, list[int]] = {}
    for i in near:
        box = scene.words[i].box
        at = min(range(len(columns)), key=lambda c: abs(columns[c].cx - box.cx))
        step = min((abs(columns[at].cx - c.cx) for c in columns if c is not columns[at]), default=10 * size)
        if abs(columns[at].cx - box.cx) <= max(step / 2, columns[at].width / 2 + size):
            homes.setdefault(at, []).append(i)
    if len(homes) * 2 < len(columns):
        return None
    entries = tuple(
        entry_of(scene, homes[c], (row, c + 1)) if c in homes else None for c in range(len(columns))
    )
    return entries, min(scene.words[i].box.y0 for words in homes.values() for i in words)
