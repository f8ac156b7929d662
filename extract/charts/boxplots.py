"""Percentile charts: minimum, quartiles, median, maximum of one or several groups.

The places of a box are named by the words printed at them, or by a word's meaning (`25th`, `中央値`)
when it stands for all boxes. Places without a name are not reported: a whisker's end may be a
minimum, a percentile or a fence, and only the chart can say which.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extract.charts.assign import assign
from extract.charts.axis import Axis, distance_to, find_axes
from extract.charts.draft import Cell, ChartDraft, Measure, Name, Region
from extract.charts.labels import read_labels
from extract.charts.namedvalues import Block, find_blocks
from extract.charts.ruler import axis_measure
from extract.charts.turn import Direction, turned, turned_back
from extract.charts.units import chart_unit
from extract.charts.whiskers import Whiskers, find_whiskers
from extract.charts.wording import Line, lines_to_names
from extract.scene import Box, hull

LIMIT = 6.0  # em from a place to its name or value
AXIS_REACH = 8.0  # em from the boxes to the ticks
WORST_SCALE = 3.0  # what disagreement of a value with the axis may cost at most
DIRECTIONS: tuple[Direction, Direction] = ("h", "v")
# What the words at a box mean, from its low end to its high one.
MEANINGS = (
    re.compile(r"最小|最低|min", re.IGNORECASE),
    re.compile(r"第\s?1\s?四分位|第一四分位|下位|25\s?(?:%|th|パーセン)|\bQ1\b|lower", re.IGNORECASE),
    re.compile(r"中央|median|50\s?(?:%|th|パーセン)|\bQ2\b|第\s?2\s?四分位", re.IGNORECASE),
    re.compile(r"第\s?3\s?四分位|第三四分位|上位|75\s?(?:%|th|パーセン)|\bQ3\b|upper", re.IGNORECASE),
    re.compile(r"最大|最高|max", re.IGNORECASE),
)


def read_boxes(region: Region) -> ChartDraft | None:
    """The percentile chart of the region, None when its places have no names."""
    own = set(region.marks)
    lying, upright = ([w for w in find_whiskers(region.scene, d) if w.mark in own] for d in DIRECTIONS)
    rows = max(lying, upright, key=len)
    if not rows:
        return None
    sizes = sorted(region.scene.words[w].size for w in region.words)
    em = sizes[len(sizes) // 2] if sizes else 10.0
    axis = _axis(region, rows, em)
    ticks = set(axis.words) if axis else set()
    blocks = _with_percentiles(find_blocks(region.scene, [w for w in region.words if w not in ticks]))
    named = [b for b in blocks if b.names and _meaning(b) is not None and _is_near(b, rows, em)]
    names, owner = _place_names(rows, named, em)
    if not any(name.text for name in names):
        return None
    groups, group_words = _group_names(
        rows, [b for b in blocks if b.names and b not in named and not b.labels], em
    )
    values = _values(rows, blocks, named, owner, axis, em)
    cells = _cells(region, rows, names, values, axis, bool(groups))
    if not cells:
        return None
    words = ticks | group_words | {w for name in names for w in name.words}
    words |= {w for b in named for w in b.words} | {c.label.word for c in cells if c.label}
    unit, scale = chart_unit(region, axis, cells)
    return ChartDraft(
        type="box",
        region=region,
        series=groups,
        categories=names,
        cells=tuple(cells),
        axis_range=axis.range if axis else None,
        unit=unit,
        scale=scale,
        words=tuple(sorted(words)),
    )


def _axis(region: Region, rows: Sequence[Whiskers], em: float) -> Axis | None:
    """The nearest row of ticks that covers the boxes."""
    direction = rows[0].direction
    box = hull(w.box for w in rows)
    low = min(p for w in rows for p in w.places if p is not None)
    high = max(p for w in rows for p in w.places if p is not None)
    whole = Box(low, box.y0, high, box.y1)
    near = []
    for axis in find_axes(read_labels(region.scene, region.words), direction):
        away = distance_to(axis, whole, direction)
        ends = sorted(axis.place(v) for v in axis.range)
        if away <= AXIS_REACH * em and ends[0] <= low + em and high - em <= ends[1]:
            near.append((away, axis))
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _with_percentiles(blocks: Sequence[Block]) -> list[Block]:
    """`25%` and `75%` standing together at a box are names of its ends and no values."""
    bare = [b for b in blocks if not b.names and len(b.labels) == 1 and b.labels[0].unit == "percent"]
    if not {25.0, 75.0} <= {b.labels[0].value for b in bare}:
        return list(blocks)
    quartiles = [b for b in bare if b.labels[0].value in (25.0, 50.0, 75.0)]
    return [_as_name(b) if any(b is q for q in quartiles) else b for b in blocks]


def _as_name(block: Block) -> Block:
    label = block.labels[0]
    line = Line(label.text, block.size, block.color or "#000000", label.box, (label.word,))
    return replace(block, names=(line,), labels=())


def _is_near(block: Block, rows: Sequence[Whiskers], em: float) -> bool:
    """Beside the boxes; another chart's words stand farther off."""
    return min(_away(block.box, row, turned(block.box, row.direction).cx) for row in rows) <= LIMIT * em


def _meaning(block: Block) -> int | None:
    """Which of the five places the words of a block speak of."""
    text = unicodedata.normalize("NFKC", "".join(line.text for line in block.names))
    hits = [k for k, pattern in enumerate(MEANINGS) if pattern.search(text)]
    return hits[0] if len(hits) == 1 else None


def _place_names(
    rows: Sequence[Whiskers], named: Sequence[Block], em: float
) -> tuple[tuple[Name, ...], dict[int, tuple[int, int]]]:
    """Names of the five places, and the (row, place) each named block stands at.

    The meaning gives the place; with several boxes the position gives the row.
    """
    owner: dict[int, tuple[int, int]] = {}
    first: dict[int, int] = {}
    for k, block in enumerate(named):
        place = _meaning(block)
        if place is None:
            continue
        first.setdefault(place, k)
        near = [
            (_away(block.box, rows[r], at), r)
            for r in range(len(rows))
            if (at := rows[r].places[place]) is not None
        ]
        if near and min(near)[0] <= LIMIT * em:
            owner[k] = (min(near)[1], place)
    made = lines_to_names([named[first[p]].names for p in sorted(first)]) if first else ()
    names = dict(zip(sorted(first), made, strict=True))
    return tuple(names.get(p, Name("")) for p in range(len(MEANINGS))), owner


def _away(text: Box, row: Whiskers, at: float) -> float:
    """Distance of a text to one place of a box."""
    box = turned(text, row.direction)
    along = max(box.x0 - at, at - box.x1, 0.0)
    across = max(box.y0 - row.box.y1, row.box.y0 - box.y1, 0.0)
    return along + across


def _group_names(
    rows: Sequence[Whiskers], blocks: Sequence[Block], em: float
) -> tuple[tuple[Name, ...], set[int]]:
    """With several boxes: the name of each, before its low end (left of it, or below)."""
    if len(rows) < 2:
        return (), set()
    costs = np.full((len(blocks), len(rows)), 10.0 * LIMIT)
    for k, block in enumerate(blocks):
        for r, row in enumerate(rows):
            box = turned(block.box, row.direction)
            low = min(p for p in row.places if p is not None)
            if box.x1 <= low + em:
                costs[k, r] = abs(box.cy - row.box.cy) / em + 0.02 * max(low - box.x1, 0.0) / em
    pairs = assign(costs, 2.0)
    if len(pairs) < len(rows):
        return (), set()
    by_row = {r: k for k, r in pairs}
    names = lines_to_names([blocks[by_row[r]].names for r in range(len(rows))])
    return names, {w for name in names for w in name.words}


def _values(
    rows: Sequence[Whiskers], blocks: Sequence[Block], named: Sequence[Block],
    owner: dict[int, tuple[int, int]],
    axis: Axis | None, em: float,
) -> dict[tuple[int, int], Block]:  # fmt: skip
    """Blocks with a value at (row, place): named ones at their name's place, bare ones by assignment."""
    found = {spot: named[k] for k, spot in owner.items() if named[k].labels}
    spots = [
        (r, p, at) for r, row in enumerate(rows) for p, at in enumerate(row.places)
        if at is not None and (r, p) not in found
    ]  # fmt: skip
    bare = [b for b in blocks if b.labels and not b.names]
    if not bare or not spots:
        return found
    costs = np.array([[_cost(b, rows[r], at, axis, em) for r, _, at in spots] for b in bare])
    for k, s in assign(costs, LIMIT):
        found[spots[s][:2]] = bare[k]
    return found


def _cost(block: Block, row: Whiskers, at: float, axis: Axis | None, em: float) -> float:
    box = turned(block.box, row.direction)
    cost = _away(block.box, row, at) / em + 0.5 * abs(box.cx - at) / em
    if axis is not None:
        low, high = axis.range
        off = abs(axis.value(at) - block.labels[0].value) / max(high - low, 1e-9)
        cost += min(WORST_SCALE, 100.0 * max(off - 0.01, 0.0))
    return cost


def _cells(
    region: Region, rows: Sequence[Whiskers], names: Sequence[Name], values: dict[tuple[int, int], Block],
    axis: Axis | None, grouped: bool,
) -> list[Cell]:  # fmt: skip
    cells = []
    if len(rows) > 1 and not grouped:
        return []
    for r, row in enumerate(rows):
        for p, at in enumerate(row.places):
            if at is None or not names[p].text:
                continue
            measure = _measure(axis, at, row)
            spot = turned_back(Box(at - 1.0, row.box.y0, at + 1.0, row.box.y1), row.direction)
            block = values.get((r, p))
            series = r if grouped else None
            if block is not None:
                label = block.labels[0]
                cells.append(Cell(series, p, label, row.mark, measure, label.box, label.unit))
            elif measure is not None:
                cells.append(Cell(series, p, None, row.mark, measure, spot))
    return cells


def _measure(axis: Axis | None, at: float, row: Whiskers) -> Measure | None:
    return axis_measure(axis, at, row.slack) if axis is not None else None
