"""The lines of words over columns of numbers -> which heading stands over which column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.scene import Box, Scene, hull
from extract.tables.matrix import Entry, Glyph, glyphs_to_entry, word_to_glyphs

MOST_HEADER_LINES = 4
# In type sizes: how far above its column a heading's foot may stand at least (more in airy tables); how far
# two headings of one line are off each other's foot; white that parts headings run together in one word.
REACH = 1.6
FOOT = 0.5
PARTED = 0.8
# In type sizes: how far the middle of a heading over several columns is off their middle.
CENTRED = 0.6
# Cost of a first heading that merely stands over its columns: where their first cell starts nobody can tell.
SOMEWHERE = 0.5
# Width of the cell of a single column, in heights of its numbers.
SINGLE = 12.0
# In type sizes: the lines of one heading are nearer to each other than two headings.
WRAP = 0.55
# Cost of a column without a heading, in type sizes off the middle.
BARE = 0.05

# Heights of a heading's letters that the band it stands on has at most.
BAND = 6.0

Head = tuple[Box, tuple[Glyph, ...]]


def header_rows(
    scene: Scene, top: float, size: float, pitch: float, columns: Sequence[Box], free: Sequence[int],
    named_to: float,
) -> list[tuple[Entry | None, ...]]:  # fmt: skip
    """Lines above the first row (starting at ``top``) whose words stand over the columns, nearest last.
    ``pitch``: distance between rows; headings stand no further off. ``named_to``: right end of row names."""
    left = min(columns[0].x0 - 3 * size, max(named_to, columns[0].x1 - 2 * step_of(columns)))
    free = [i for i in free if scene.words[i].box.cx > left and scene.words[i].angle == 0]
    if len(columns) == 1:  # a title over the table reaches back over the names
        free = [i for i in free if scene.words[i].box.x0 > named_to]
    lines: list[tuple[Entry | None, ...]] = []
    headed = list(columns)
    while len(lines) < MOST_HEADER_LINES:
        below = lines[0] if lines else ()
        line = header_line(scene, top, size, max(REACH * size, pitch), headed, free, -1 - len(lines), below)
        if line is None:
            break
        lines.insert(0, line[0])
        top = line[1]
        if len(lines) == 1:
            headed = [wide(c, e) for c, e in zip(columns, line[0], strict=True)]
    return unwrapped(scene, lines, size)


def unwrapped(
    scene: Scene, lines: list[tuple[Entry | None, ...]], size: float
) -> list[tuple[Entry | None, ...]]:
    """The lines with those of one heading over one column joined in the lower."""
    rows = [list(line) for line in lines]
    for upper, lower in pairwise(rows):
        for at, (a, b) in enumerate(zip(upper, lower, strict=True)):
            if a is None or b is None or a.box is None or b.box is None:
                continue
            if upper.count(a) > 1 or lower.count(b) > 1 or b.box.y0 - a.box.y1 >= WRAP * size:
                continue
            glyphs = [g for i in (*a.words, *b.words) for g in word_to_glyphs(scene.words[i], i)]
            upper[at], lower[at] = None, glyphs_to_entry(glyphs, b.origin, scene)
    return [tuple(row) for row in rows]


def wide(column: Box, heading: Entry | None) -> Box:
    """The column with the heading right over it."""
    return column if heading is None or heading.box is None else column | heading.box


def header_line(
    scene: Scene,
    top: float,
    size: float,
    reach: float,
    columns: Sequence[Box],
    free: Sequence[int],
    row: int,
    below: Sequence[Entry | None] = (),
) -> tuple[tuple[Entry | None, ...], float] | None:
    """The line just above ``top`` when it names at least half of the columns, or several by each of its
    words; with its own top."""
    near = [i for i in free if 0 <= top - scene.words[i].box.y1 + FOOT * size < reach]
    if not near:
        return None
    foot = max(scene.words[i].box.y1 for i in near)
    near = [i for i in near if foot - scene.words[i].box.y1 < size]
    heads = [head for i in near for head in parted(scene, i, columns, size)]
    wrapped = first_lines(heads, below, size) if top - foot < WRAP * size else None
    if wrapped is None and row < -1 and len(heads) < len(columns):
        banner = banner_line(scene, heads, columns, size, row)
        if banner is not None:
            return banner
    homes = wrapped or nearest_columns(heads, columns, size)
    if wrapped is None and len({at for at in homes if at is not None}) * 2 < len(columns):
        return banner_line(scene, heads, columns, size, row)
    under: dict[int, list[Glyph]] = {}
    for (_, glyphs), at in zip(heads, homes, strict=True):
        if at is not None:
            under.setdefault(at, []).extend(glyphs)
    entries = tuple(
        glyphs_to_entry(under[c], (row, c + 1), scene) if c in under else None for c in range(len(columns))
    )
    return entries, min(e.box.y0 for e in entries if e is not None and e.box is not None)


def first_lines(heads: Sequence[Head], below: Sequence[Entry | None], size: float) -> list[int | None] | None:
    """For each heading the column whose heading right below it goes on with; None where some has none."""
    homes: list[int | None] = []
    for box, _ in heads:
        under = ((abs(e.box.cx - box.cx), at) for at, e in enumerate(below) if e is not None and e.box)
        off, at = min(under, default=(size, -1))
        if off >= size or at in homes:
            return None
        homes.append(at)
    return homes or None


def parted(scene: Scene, index: int, columns: Sequence[Box], size: float) -> list[Head]:
    """The word, or its parts where letter-spaced headings of several columns have run together."""
    word = scene.words[index]
    glyphs = list(word_to_glyphs(word, index))
    over = [c for c in columns if c.x0 < word.box.x1 and word.box.x0 < c.x1]
    cuts = []
    for a, b in pairwise(over):
        between = [
            (right.box.x0 - left.box.x1, at)
            for at, (left, right) in enumerate(pairwise(glyphs), start=1)
            if a.cx < (left.box.x1 + right.box.x0) / 2 < b.cx
        ]
        white, at = max(between, default=(0.0, 0))
        if white < PARTED * size:
            return [(word.box, tuple(glyphs))]
        cuts.append(at)
    parts = [glyphs[a:b] for a, b in pairwise([0, *cuts, len(glyphs)])]
    return [(hull(g.box for g in part), tuple(part)) for part in parts if part]


def step_of(columns: Sequence[Box]) -> float:
    """The least distance between the right ends of neighbours; that of a wide cell for a single column."""
    return min((b.x1 - a.x1 for a, b in pairwise(columns)), default=SINGLE * columns[0].height)


def nearest_columns(heads: Sequence[Head], columns: Sequence[Box], size: float) -> list[int | None]:
    """For each heading its column: in order where there are as many, else the one whose left ends, middles
    or right ends are nearest. A heading may stand left of numbers that are set flush right."""
    ranks = sorted(range(len(heads)), key=lambda k: heads[k][0].cx)
    if len(heads) == len(columns) and all(may_head(heads[k][0], at, columns) for at, k in enumerate(ranks)):
        return [ranks.index(k) for k in range(len(heads))]
    homes: list[int | None] = []
    for box, _ in heads:
        off = [min(abs(c.x0 - box.x0), abs(c.cx - box.cx), abs(c.x1 - box.x1)) for c in columns]
        at = min(range(len(columns)), key=lambda c: off[c])
        step = min((abs(columns[at].cx - c.cx) for c in columns if c is not columns[at]), default=10 * size)
        far = max(step / 2, columns[at].width / 2 + size)
        over = box.x0 < columns[at].x1 and columns[at].x0 < box.x1
        near = off[at] if over else abs(columns[at].cx - box.cx)
        flush = at > 0 and columns[at - 1].x1 < box.x0 and box.x1 < columns[at].x1 + size
        homes.append(at if near <= far or flush else None)
    return homes


def may_head(box: Box, at: int, columns: Sequence[Box]) -> bool:
    """Whether the middle of the heading is nearer to this column than to the numbers of its neighbours."""
    before = columns[at - 1].x1 if at > 0 else columns[0].x1 - 2 * max(step_of(columns), columns[0].width)
    after = columns[at + 1].x0 if at + 1 < len(columns) else columns[at].x1 + columns[at].width + box.width
    return before < box.cx < after


def banner_line(
    scene: Scene, heads: Sequence[Head], columns: Sequence[Box], size: float, row: int
) -> tuple[tuple[Entry | None, ...], float] | None:
    """A line of fewer words than columns, each over the middle of several: 性別 over 男性 and 女性."""
    inside = [h for h in heads if columns[0].x0 - size < h[0].cx < columns[-1].x1 + size]
    inside = joined_heads(sorted(inside, key=lambda h: h[0].x0), size)
    if not inside or len(inside) < len(joined_heads(sorted(heads, key=lambda h: h[0].x0), size)):
        return None
    spread = spread_over([box for box, _ in inside], columns, size)
    if spread is None or (
        len(inside) == 1 and all(at == 0 for at in spread) and not on_band(scene, inside[0][0])
    ):
        return None
    whole = [
        glyphs_to_entry(glyphs, (row, spread.index(k) + 1), scene) for k, (_, glyphs) in enumerate(inside)
    ]
    entries = tuple(None if at is None else whole[at] for at in spread)
    return entries, min(box.y0 for box, _ in inside)


def on_band(scene: Scene, box: Box) -> bool:
    """Whether the words stand on a painted band or cell: a heading over all columns and no title."""
    bands = (m.box for m in scene.marks if m.kind == "rect" and m.fill)
    return any(b.holds(box.cx, box.cy) and b.height < BAND * box.height for b in bands)


def joined_heads(heads: Sequence[Head], size: float) -> list[Head]:
    """Words of one heading together."""
    joined: list[Head] = []
    for box, glyphs in heads:
        if joined and box.x0 - joined[-1][0].x1 < PARTED * size:
            joined[-1] = (joined[-1][0] | box, (*joined[-1][1], *glyphs))
        else:
            joined.append((box, glyphs))
    return joined


def spread_over(heads: Sequence[Box], columns: Sequence[Box], size: float) -> list[int | None] | None:
    """For each column the heading over it: neighbours shared out so that each heading stands over the middle
    (or the left end) of its own; None where some heading does not."""
    best: dict[int, tuple[float, list[int | None]]] = {0: (0.0, [])}  # columns dealt out -> cost, headings
    for k, head in enumerate(heads):
        after: dict[int, tuple[float, list[int | None]]] = {}
        for start, (cost, dealt) in best.items():
            for first in range(start, len(columns)):
                for end in range(first + 1, len(columns) + 1):
                    off = off_middle(head, columns, first, end) / size
                    if off > CENTRED:
                        continue
                    total = cost + off + BARE * (first - start)
                    if end not in after or total < after[end][0]:
                        after[end] = (total, [*dealt, *[None] * (first - start), *[k] * (end - first)])
        best = after
    if not best:
        return None
    ends = {end: cost + BARE * (len(columns) - end) for end, (cost, _) in best.items()}
    end = min(ends, key=lambda e: ends[e])
    return [*best[end][1], *[None] * (len(columns) - end)]


def off_middle(head: Box, columns: Sequence[Box], first: int, end: int) -> float:
    """How far the heading is off the middle or left end of columns ``first`` to ``end``, or of their cells,
    which reach from the right end of the numbers before them."""
    group = hull(columns[first:end])
    size = head.height
    if head.width > group.width + 4 * size:
        return 2 * CENTRED * size
    off = min(abs(group.cx - head.cx), abs(group.x0 - head.x0))
    if first > 0:
        return min(off, abs((columns[first - 1].x1 + group.x1) / 2 - head.cx))
    return min(off, SOMEWHERE * size) if group.x0 < head.x0 and head.x1 < group.x1 else off


def is_title(box: Box, left: float, first: Box, size: float) -> bool:
    """Words that start with the row names and reach over the first column: a title, not a heading."""
    return box.x0 < left + size and box.x1 > first.x0


def without_ranks(scene: Scene, labels: Sequence[list[int]]) -> list[list[int]]:
    """Row labels without the ranks or numbers (1位, 2位, ...) that stand before all of them."""
    ranks = []
    for words in labels:
        first = re.fullmatch(r"第?(\d+)[位.)]?", scene.words[words[0]].text) if len(words) > 1 else None
        ranks.append(int(first[1]) if first else 0)
    body = ranks[1:] if ranks and not ranks[0] else ranks  # a first row of years heads the columns
    if len(body) < 2 or body[0] != 1 or not all(a <= b <= a + 2 for a, b in pairwise(body)):
        return list(labels)
    return [words[1:] if rank else words for words, rank in zip(labels, ranks, strict=True)]
