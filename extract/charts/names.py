"""Category names: the words beside the rows of a plot, gathered row by row.

A row owns the words whose middle lies within its share of the plot, so a name may wrap, may be
broken in mid-word and may touch its neighbours' names without being mixed up with them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.charts.bases import split_bracketed
from extract.charts.draft import Name
from extract.charts.turn import Direction, turned, upright
from extract.charts.wording import Line, lines_to_names
from extract.scene import Box, Scene, Word

# Words of one column of names overlap along the bars; a gap of more than this many em opens another
# column (a group header, a second language, a text beside the chart).
COLUMN_GAP = 1.2
# Lines of one name under an upright column follow each other within this many em.
LINE_GAP = 0.9
# A column names the rows when it has words for at least this share of them.
COVERAGE = 0.6


# Lines of one wrapped name follow each other within this many em.
WRAP_GAP = 0.6
# Names under upright bars share their alignment within this share of the row.
OFF_CENTRE = 0.2
# Ranks of so many rows in order are no chance; before these signs a number counts something.
FEWEST_RANKS = 3
RANK = re.compile(r"(?P<rank>\d{1,2})位?")
COUNTED = re.compile(
    r"(?:[回人年月日時分秒件個社名点割歳代つ本台円週番]|[かヶカ]月|段階|[万億]円|[年日時週]間|[人名]世帯)"
    r"(?:$|[目以未超程くま~〜～\-–/／(（、])|[%％~〜～\-–/／.,\dA-Za-z]"
)


@dataclass(frozen=True, slots=True)
class Column:
    """Words side by side along the bars: ``rows[k]`` are the word indices of row k."""

    box: Box
    rows: tuple[tuple[int, ...], ...]

    @property
    def coverage(self) -> float:
        return sum(1 for row in self.rows if row) / max(len(self.rows), 1)

    @property
    def words(self) -> tuple[int, ...]:
        return tuple(w for row in self.rows for w in row)


def find_columns(
    scene: Scene, words: Sequence[int], edges: Sequence[tuple[float, float]], direction: Direction
) -> list[Column]:
    """Columns of words beside the rows, in growing x (bar coordinates)."""
    owned = [
        (row, w) for w in words if (row := _row_of(turned(scene.words[w].box, direction), edges)) is not None
    ]
    if upright(direction):
        owned = _adjoining(scene, _centred(scene, owned, edges))
    if not owned:
        return []
    em = _em([scene.words[w] for _, w in owned])
    gap = COLUMN_GAP * em if not upright(direction) else LINE_GAP * em
    ordered = sorted(owned, key=lambda pair: turned(scene.words[pair[1]].box, direction).x0)
    groups: list[list[tuple[int, int]]] = []
    reach = float("-inf")
    for row, w in ordered:
        box = turned(scene.words[w].box, direction)
        if box.x0 > reach + gap:
            groups.append([])
        groups[-1].append((row, w))
        reach = max(reach, box.x1)
    return [_column(scene, group, len(edges), direction) for group in groups]


def column_names(scene: Scene, column: Column) -> tuple[Name, ...]:
    """One name per row of the column; an empty Name where the row has no words."""
    blocks = [_lines(scene, row) for row in without_ranks(scene, column.rows)]
    owned = iter(row for row in column.rows if row)
    filled = [block for block in blocks if block]
    made = iter(lines_to_names(filled)) if filled else iter(())
    names = []
    for block in blocks:
        name = replace(next(made), words=next(owned)) if block else Name("")
        if name.base_n is None and name.text:
            text, base = split_bracketed(name.text)
            name = Name(text, name.alt, base, name.words, name.box) if base is not None else name
        names.append(name)
    return tuple(names)


def without_ranks(scene: Scene, rows: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The rows' words without the rank that stands apart before each name: 「1」「品質」, 「1位」「品質」.

    Ranks begin with 1, never fall and never run ahead of the rows; 「2 回以上」 is a name, and what is
    typed as part of it (「1. 品質」) stays.
    """
    kept, ranks = [], []
    for row in rows:
        if not row:
            kept.append(row)
            continue
        first, *rest = reading_order(scene, row)
        match = RANK.fullmatch(unicodedata.normalize("NFKC", scene.words[first].text))
        if match is None or not rest or COUNTED.match(scene.words[rest[0]].text):
            return list(rows)
        ranks.append(int(match["rank"]))
        kept.append(tuple(w for w in row if w != first))
    rising = all(a <= b for a, b in pairwise(ranks)) and all(r <= k for k, r in enumerate(ranks, 1))
    return kept if len(ranks) >= FEWEST_RANKS and rising and ranks[0] == 1 and ranks[-1] > 1 else list(rows)


def reading_order(scene: Scene, words: Sequence[int]) -> list[int]:
    """Words line by line, each line from left to right."""
    lines: list[list[int]] = []
    for w in sorted(words, key=lambda w: scene.words[w].box.cy):
        box = scene.words[w].box
        if lines and box.cy - scene.words[lines[-1][0]].box.cy < 0.5 * box.height:
            lines[-1].append(w)
        else:
            lines.append([w])
    return [w for line in lines for w in sorted(line, key=lambda w: scene.words[w].box.x0)]


def _centred(
    scene: Scene, owned: Sequence[tuple[int, int]], edges: Sequence[tuple[float, float]]
) -> list[tuple[int, int]]:
    """Words under upright bars without what is not centred like the rest: an axis title at the end."""
    offs = {
        w: scene.words[w].box.cx - (edges[row][0] + edges[row][1]) / 2
        for row, w in owned
        if scene.words[w].angle == 0
    }
    if not offs:
        return list(owned)
    usual = sorted(offs.values())[len(offs) // 2]
    crowded = {row for row, w in owned if sum(r == row for r, _ in owned) > 1}
    return [
        (row, w) for row, w in owned
        if w not in offs or row not in crowded
        or abs(offs[w] - usual) <= OFF_CENTRE * (edges[row][1] - edges[row][0])
    ]  # fmt: skip


def _adjoining(scene: Scene, owned: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Words under upright bars that follow the lines above them; an axis title stands off."""
    kept = []
    for row in sorted({row for row, _ in owned}):
        lowest: float | None = None
        for w in sorted((w for r, w in owned if r == row), key=lambda w: scene.words[w].box.y0):
            box, size = scene.words[w].box, scene.words[w].size
            if lowest is not None and box.y0 - lowest > WRAP_GAP * size:
                break
            kept.append((row, w))
            lowest = max(lowest or box.y1, box.y1)
    return kept


def _lines(scene: Scene, row: Sequence[int]) -> list[Line]:
    lines = []
    for w in reading_order(scene, row):
        word = scene.words[w]
        lines.append(Line(word.text.strip(), word.size, word.color, word.box, (w,)))
    return lines


def _column(scene: Scene, group: Sequence[tuple[int, int]], count: int, direction: Direction) -> Column:
    rows: list[list[int]] = [[] for _ in range(count)]
    for row, w in group:
        rows[row].append(w)
    boxes = [turned(scene.words[w].box, direction) for _, w in group]
    box = boxes[0]
    for other in boxes[1:]:
        box = box | other
    return Column(box, tuple(tuple(row) for row in rows))


def _row_of(box: Box, edges: Sequence[tuple[float, float]]) -> int | None:
    for k, (low, high) in enumerate(edges):
        if low <= box.cy < high:
            return k
    return None


def _em(words: Sequence[Word]) -> float:
    sizes = sorted(word.size for word in words)
    return sizes[len(sizes) // 2] if sizes else 10.0


def spread_out(column: Column, scene: Scene, direction: Direction) -> bool:
    """Whether the rows' words keep apart: running text beside a chart crosses the rows at its own pace."""
    middles = [
        sum(turned(scene.words[w].box, direction).cy for w in row) / len(row) for row in column.rows if row
    ]
    return all(b > a for a, b in pairwise(middles))


def nearest_column(
    columns: Sequence[Column], scene: Scene, direction: Direction, least: float = COVERAGE
) -> Column | None:
    """The column next to the baseline that names the rows; ``columns`` lie before the baseline.

    ``least`` is the share of the rows that must have words in it.
    """
    for column in sorted(columns, key=lambda c: -c.box.x1):
        if column.coverage >= least and spread_out(column, scene, direction):
            return column
    return None
