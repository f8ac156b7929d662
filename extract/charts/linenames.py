"""Which words name which line: the legend's colours, names at a line's end, boxed names beside it."""

from __future__ import annotations

import colorsys
import math
import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from extract.charts.assign import assign
from extract.charts.color import SAME_TRACED, distance, is_grey, is_pale, rgb, same
from extract.charts.draft import LegendEntry, Name, Region
from extract.charts.namedvalues import Block, single_lines
from extract.charts.traces import Trace
from extract.charts.wording import lines_to_names, script
from extract.scene import Box, Scene

LIMIT = 5.0  # em from a line to its name
OTHER_HUE = 4.0  # cost of a name in, or on, another line's colour
HUE = 30.0  # degrees of hue within which a tint and a line are of one colour
MOST_LINES = 2  # a longer stack of words beside a line is a legend without keys, or prose
CLEAR = 2.0  # times as far in colour as the nearest entry the next one must be
LETTER = re.compile(r"[^\W\d_]")  # a name has one; a dash is a marker that recognition read
ON_LINE, SMALL = 0.5, 0.85  # em from a marker, read as a letter, to its line; its size in em of the chart
END = 0.6  # cost of a name that does not stand at an end of its line


def legend_names(region: Region, traces: Sequence[Trace]) -> list[Name | None]:
    """Each trace's legend entry by colour, by dashes where two share one; None where none fits."""
    entries = list(region.legend.entries) if region.legend else []
    names: list[Name | None] = []
    for trace in traces:
        near = _nearest_entries(entries, trace)
        if len(near) > 1 and same(near[0].color, near[1].color):
            near = [e for e in near if _is_dashed(region.scene, e) == trace.dashed]
            near = near if len(near) == 1 else []  # drawn alike: only their markers differ
        if not near:
            names.append(None)
            continue
        entry = near[0]
        if sum(same(t.color, trace.color, trace.traced) for t in traces) > 1:
            entries.remove(entry)
        names.append(Name(entry.label, entry.alt, entry.base_n, entry.words, entry.swatch))
    return names


def _nearest_entries(entries: Sequence[LegendEntry], trace: Trace) -> list[LegendEntry]:
    """Entries of the trace's colour; failing that the one clearly nearest (a line printed over a key)."""
    near = [e for e in entries if same(e.color, trace.color, trace.traced)]
    if near or not entries:
        return sorted(near, key=lambda e: distance(e.color, trace.color))
    ranked = sorted(entries, key=lambda e: distance(e.color, trace.color))
    best = distance(ranked[0].color, trace.color)
    clear = len(ranked) == 1 or distance(ranked[1].color, trace.color) > CLEAR * best
    return ranked[:1] if best <= SAME_TRACED and clear else []


def _is_dashed(scene: Scene, entry: LegendEntry) -> bool:
    """Whether the sample of the line, alone or with a marker on it, is dashed."""
    key = entry.swatch.grown(0.5)
    lines = [m for m in scene.marks if m.kind in ("line", "polyline") and m.box.width <= key.width]
    return any(m.dashed for m in lines if key.holds(m.box.x0, m.box.cy) and key.holds(m.box.x1, m.box.cy))


def names_beside(
    region: Region, traces: Sequence[Trace], blocks: Sequence[Block], em: float
) -> tuple[list[Name | None], set[int]]:
    """Names printed at the lines, and the words they are made of.

    Names at the ends of neighbouring lines may stand so tight that they look like one label of
    several lines: where a line stays without a name, such labels are tried line by line.
    """
    blocks = [
        b for b in blocks if any(LETTER.search(x.text) for x in b.names) and not _is_marker(b, traces, em)
    ]
    named = [b for b in blocks if len(b.names) <= MOST_LINES]
    found = _paired(region, traces, named, em)
    if None in found and any(len(b.names) > 1 and not b.labels for b in blocks):
        parted = [one for b in blocks if b.names for one in ([b] if b.labels else single_lines(b))]
        again = _paired(region, traces, parted, em)
        found = again if None not in again and _in_order(again, traces) else found
    return found, {w for name in found if name for w in name.words}


def _is_marker(block: Block, traces: Sequence[Trace], em: float) -> bool:
    """A hollow marker read as 「C」 or 「O」: one Latin letter that a line runs through."""
    text = "".join(line.text for line in block.names).strip()
    paths = [trace.path or tuple((p.y, -p.x) for p in trace.points) for trace in traces]
    return (
        len(text) == 1 and script(text) == "latin" and not block.labels and block.size <= SMALL * em
        and any(path and _from_path(block.box, path) <= ON_LINE * block.size for path in paths)
    )  # fmt: skip


def _in_order(names: Sequence[Name | None], traces: Sequence[Trace]) -> bool:
    """Names stacked at the lines' ends follow the ends from top to bottom; a legend has its own order."""
    ends = [(trace.path[-1][1], name.box.cy) for name, trace in zip(names, traces, strict=True)
            if name is not None and name.box is not None and trace.path]  # fmt: skip
    heights = [cy for _, cy in sorted(ends)]
    return heights == sorted(heights)


def _paired(region: Region, traces: Sequence[Trace], blocks: Sequence[Block], em: float) -> list[Name | None]:
    found: list[Name | None] = [None] * len(traces)
    if not blocks or not traces:
        return found
    costs = np.array(
        [[_cost(region.scene, block, trace, traces, em) for trace in traces] for block in blocks]
    )
    pairs = assign(costs, LIMIT)
    names = lines_to_names([blocks[row].names for row, _ in pairs]) if pairs else ()
    for (_, column), name in zip(pairs, names, strict=True):
        found[column] = name
    return found


def _cost(scene: Scene, block: Block, trace: Trace, traces: Sequence[Trace], em: float) -> float:
    path = trace.path or tuple((p.y, -p.x) for p in trace.points)
    away = _from_path(block.box, path) / em
    ends = min(_from_box(block.box, path[0]), _from_box(block.box, path[-1])) / em
    hue = _hue_of(scene, block)
    wrong = 0.0
    if hue is not None and len(traces) > 1:
        hues = [_hue(t.color) for t in traces]
        mine = _hue(trace.color)
        if any(h is not None and _apart(h, hue) <= HUE for h in hues):
            wrong = 0.0 if mine is not None and _apart(mine, hue) <= HUE else OTHER_HUE
    return away + (0.0 if ends <= 2.0 else END) + wrong


def _hue_of(scene: Scene, block: Block) -> float | None:
    """The colour of the text, or of the box behind it."""
    if block.color and not is_grey(block.color):
        return _hue(block.color)
    behind = [
        m for m in scene.marks
        if m.kind in ("rect", "area") and m.fill and not is_pale(m.fill, 250) and not is_grey(m.fill)
        and m.box.holds(block.box.cx, block.box.cy) and m.box.area <= 6 * block.box.area
    ]  # fmt: skip
    return _hue(min(behind, key=lambda m: m.box.area).fill) if behind else None


def _hue(color: str) -> float | None:
    if not color or is_grey(color):
        return None
    red, green, blue = rgb(color)
    return 360.0 * colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)[0]


def _apart(a: float, b: float) -> float:
    return abs((a - b + 180.0) % 360.0 - 180.0)


def _from_box(box: Box, point: tuple[float, float]) -> float:
    x, y = point
    return math.hypot(max(box.x0 - x, x - box.x1, 0.0), max(box.y0 - y, y - box.y1, 0.0))


def _from_path(box: Box, path: Sequence[tuple[float, float]]) -> float:
    """Distance between a box and a line, along a few samples of each stretch."""
    best = min(_from_box(box, p) for p in path)
    for (xa, ya), (xb, yb) in pairwise(path):
        for k in range(1, 8):
            best = min(best, _from_box(box, (xa + (xb - xa) * k / 8, ya + (yb - ya) * k / 8)))
    return best
