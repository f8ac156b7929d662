"""Words of a page -> words with line and block numbers in reading order.

A line is a series of words on one baseline without a column gap; a block is a stack of lines that
belong together (a paragraph, a label of several lines). Blocks are ordered by cutting the page along
its white gaps, first across, then down (XY cut, Nagy & Seth 1984).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.scene import Box, Word, hull

# All in em of the line's type. Words further apart are not one line: columns of a page, cells of a table.
COLUMN_GAP = 1.6
# Baselines closer than this are one line.
SAME_LINE = 0.35
# Line spacing of running text is 1.2-1.9 em from line to line: up to this much white between two lines.
LEADING = 1.0
# Lines of one block have the same type size within this ratio.
SAME_SIZE = 1.25
# Points; white gaps narrower than this do not divide the page.
CUT = 4.0


@dataclass(slots=True)
class _Line:
    words: list[int]
    box: Box
    size: float
    angle: int
    block: int = -1


def number_lines(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words in reading order, each with its line and block number."""
    lines = _lines(words)
    blocks = _blocks(lines)
    ordered: list[Word] = []
    line_number = 0
    for block_number, block in enumerate(reading_order([hull(line.box for line in b) for b in blocks])):
        for line in sorted(blocks[block], key=lambda ln: (round(ln.box.y0, 1), ln.box.x0)):
            ordered.extend(_numbered(words[i], line_number, block_number) for i in line.words)
            line_number += 1
    return tuple(ordered)


def _numbered(w: Word, line: int, block: int) -> Word:
    """``dataclasses.replace`` spelled out: it is called for every word, and looks up every field."""
    as_it_was = (w.text, w.box, w.size, w.edges, w.color, w.bold, w.confidence, w.doubts, w.seen_by)
    return Word(*as_it_was, line, block, w.angle)


def _lines(words: Sequence[Word]) -> list[_Line]:
    lines: list[_Line] = []
    order = sorted(range(len(words)), key=lambda i: (words[i].angle, words[i].box.y1, words[i].box.x0))
    rows: list[list[int]] = []
    for i in order:
        word = words[i]
        for row in reversed(rows[-4:]):
            if _one_row(words[row[0]], word):
                row.append(i)
                break
        else:
            rows.append([i])
    for row in rows:
        row.sort(key=lambda i: words[i].box.x0)
        current: _Line | None = None
        for i in row:
            word = words[i]
            em = min(word.size, current.size) if current else word.size
            if current is not None and word.angle == 0 and word.box.x0 - current.box.x1 <= COLUMN_GAP * em:
                current.words.append(i)
                current.box = current.box | word.box
                current.size = max(current.size, word.size)
            else:
                current = _Line([i], word.box, word.size, word.angle)
                lines.append(current)
    return lines


def _one_row(a: Word, b: Word) -> bool:
    if a.angle != b.angle or a.angle != 0:
        return False
    size = max(a.size, b.size)
    return abs(a.box.y1 - b.box.y1) <= SAME_LINE * size and abs(a.box.cy - b.box.cy) <= SAME_LINE * size


def _blocks(lines: list[_Line]) -> list[list[_Line]]:
    """Lines stacked closely, of one size, sharing most of the narrower one's width."""
    blocks: list[list[_Line]] = []
    growing: list[list[_Line]] = []
    for line in sorted(lines, key=lambda ln: (ln.box.y0, ln.box.x0)):
        top = line.box.y0
        growing = [b for b in growing if top - b[-1].box.y1 <= LEADING * b[-1].size]
        home = next((b for b in reversed(growing) if _continues(b[-1], line)), None)
        if home is None:
            home = []
            blocks.append(home)
            growing.append(home)
        home.append(line)
    return blocks


def _continues(above: _Line, line: _Line) -> bool:
    if above.angle != line.angle or above.angle != 0:
        return False
    big, small = max(above.size, line.size), min(above.size, line.size)
    white = line.box.y0 - above.box.y1
    if big > SAME_SIZE * small or not -0.3 * small <= white <= LEADING * small:
        return False
    shared = min(above.box.x1, line.box.x1) - max(above.box.x0, line.box.x0)
    return shared >= 0.5 * min(above.box.width, line.box.width)


def reading_order(boxes: Sequence[Box]) -> list[int]:
    """Indices of the boxes as a reader takes them: top to bottom, columns left to right."""
    return _cut(list(range(len(boxes))), boxes, 0)


def _cut(group: list[int], boxes: Sequence[Box], depth: int) -> list[int]:
    if len(group) <= 1 or depth > 40:
        return sorted(group, key=lambda i: (boxes[i].y0, boxes[i].x0))
    bands = _parts(group, [(boxes[i].y0, boxes[i].y1) for i in group])
    if len(bands) == 1:
        bands = _parts(group, [(boxes[i].x0, boxes[i].x1) for i in group])
    if len(bands) == 1:
        return sorted(group, key=lambda i: (round(boxes[i].y0), boxes[i].x0))
    return [i for band in bands for i in _cut(band, boxes, depth + 1)]


def _parts(group: Sequence[int], spans: Sequence[tuple[float, float]]) -> list[list[int]]:
    """The group divided where no span crosses a gap of CUT or more."""
    order = sorted(range(len(group)), key=lambda k: spans[k])
    parts: list[list[int]] = [[group[order[0]]]]
    reach = spans[order[0]][1]
    for k in order[1:]:
        if spans[k][0] - reach >= CUT:
            parts.append([])
        parts[-1].append(group[k])
        reach = max(reach, spans[k][1])
    return parts
