"""Pies, donuts and gauges: each slice with its name, its printed values and what its angle says.

A slice may be labelled inside, outside, at the end of a leader line, in the legend, or twice. Labels
and slices are paired as one problem; when two pairings are equally near, the one whose values agree
with the angles wins, but an angle never outvotes a leader line or the place inside a slice.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.charts.assign import assign
from extract.charts.color import SAME_DRAWN, SAME_TRACED, distance, is_grey, same
from extract.charts.draft import Cell, ChartDraft, LegendEntry, Measure, Name, Region
from extract.charts.leaders import Leader, find_leaders, leads_to
from extract.charts.namedvalues import FIGURE, TRAIL, Block, find_blocks, split_named
from extract.charts.pies import FULL, Pie, Slice, angle_of, find_pies, off_angle, with_hole
from extract.charts.wording import join, lines_to_names, script
from extract.scene import Box, Sector, hull

LIMIT = 12.0  # cost beyond which a label has no slice
FAR = 1.3  # radii from the rim to an outside label, plus its own size; farther text is not the pie's
INSET = 0.2  # share of a slice at either side where its label does not stand by choice
WORST_ANGLE = 6.0  # what disagreement of value and angle may cost at most: less than the limit
OWN_COLOR = 2.0  # cost of a label printed in another slice's colour
THINNEST = 1.0  # degrees: a gap beyond the white border between slices
WIDEST_GAP = 12.0  # degrees: a slice too thin to be seen as one leaves no wider gap
NAMELESS = 2.0  # cost of a value without a name where no legend names its slice
CALLOUT = 1.8  # times the labels' size: larger type repeats a number, it does not label a slice
HEADING = 1.35  # times the labels' size: a mere name in larger type is a title
EQUAL = 2.0  # points by which slices of a mere diagram differ
NAMED = 0.6  # share of the slices that names near the rim must name to be their names
FREE_GAP = 2.0  # em between the rim and a label that cost nothing
OFF_RIM = 0.6  # cost of each further em of a label with a value
OFF_RIM_NAME = 3.0  # the same of a mere name: titles, notes and prose stand farther off
NOTHING = 1.0  # percent: what a slice that is not drawn may say beyond its gap
AGREEING = 0.75  # share of the slices' own names a legend must repeat to be the legend of this pie
WHOLE = 100.0
SUM_SLACK = 2.5  # points by which printed percentages of a pie miss 100 through rounding


@dataclass(frozen=True, slots=True)
class _Bound:
    """A slice with what was found for it."""

    part: Slice
    entry: LegendEntry | None
    blocks: tuple[Block, ...] = ()


def read_sectors(region: Region) -> ChartDraft | None:
    """The pie of the region (its outer ring), or None when its marks make none."""
    pies = find_pies(region.scene.marks, region.marks)
    if not pies:
        return None
    pie = with_hole(max(pies, key=lambda p: p.r_outer), region.scene.marks)
    entries = region.legend.entries if region.legend else ()
    blocks = [b for b in find_blocks(region.scene, region.words) if _is_near(b, pie)]
    bound = _read(region, pie, blocks, entries)
    if entries and _name_themselves(own := _read(region, pie, blocks, ()), bound):
        bound, entries = own, ()
    if not _is_data(pie, bound):
        return None
    used = {id(block) for b in bound for block in b.blocks}
    loose = [b for b in blocks if id(b) not in used and b.names and _says_nothing(b)]
    return _to_draft(region, pie, bound, loose, len(pies) > 1)


def _is_data(pie: Pie, bound: Sequence[_Bound]) -> bool:
    """A ring without any printed value is a chart only with a legend and unequal parts: cycles of
    steps (plan, do, check, act) are drawn as equal slices with names."""
    if any(block.labels for b in bound for block in b.blocks):
        return True
    shares = [pie.share(b.part) for b in bound if b.part.mark is not None]
    unequal = max(shares, default=0.0) - min(shares, default=0.0) > EQUAL
    return unequal and any(b.entry is not None for b in bound)


def slice_words(region: Region) -> frozenset[int]:
    """Words that label slices although they may look like a title: to be kept out of the search for one."""
    draft = read_sectors(region)
    return frozenset(draft.words) if draft else frozenset()


def _read(region: Region, pie: Pie, blocks: Sequence[Block], entries: Sequence[LegendEntry]) -> list[_Bound]:
    """Every slice with its legend entry and its blocks."""
    slices = _with_missing(pie, entries)
    beside = _beside_legend(region, blocks, entries)
    told = {w for block in beside.values() for w in block.words}
    free = [b for b in blocks if not told & set(b.words)]
    reach = pie.box.grown(2 * FAR * pie.r_outer)
    leaders = find_leaders(region.scene.marks, reach, [s.mark for s in pie.slices])
    bound = _bind(pie, slices, free, leaders, entries)
    return [
        replace(b, blocks=(*b.blocks, beside[k])) if (k := _key(b, entries)) in beside else b for b in bound
    ]


def _name_themselves(own: Sequence[_Bound], by_legend: Sequence[_Bound]) -> bool:
    """Whether every slice carries a name of its own that is not the legend's: another chart's legend."""
    if not all(any(block.names for block in b.blocks) for b in own):
        return False
    entries = {b.part: b.entry.label for b in by_legend if b.entry is not None}
    fits = len(by_legend) == len(own) and len(entries) == len(own)
    if fits and not all(any(block.names and block.labels for block in b.blocks) for b in own):
        return False
    said = {b.part: "".join(line.text for block in b.blocks for line in block.names) for b in own}
    agree = sum(bool(entries.get(part)) and entries[part] in text for part, text in said.items())
    return agree < AGREEING * len(said)


def _key(bound: _Bound, entries: Sequence[LegendEntry]) -> int:
    return entries.index(bound.entry) if bound.entry is not None else -1


def _says_nothing(block: Block) -> bool:
    """A name with 0 %: an answer nobody gave, without slice and legend."""
    return bool(block.labels) and all(label.value == 0 for label in block.labels)


def _with_missing(pie: Pie, entries: Sequence[LegendEntry]) -> list[tuple[Slice, LegendEntry | None]]:
    """Slices clockwise with their legend entries; entries without a slice stand where they would be."""
    own = _entries_by_color(pie.slices, entries)
    free = [k for k in range(len(entries)) if k not in own.values()]
    paired: list[tuple[Slice, LegendEntry | None]] = [
        (part, entries[own[i]] if i in own else None) for i, part in enumerate(pie.slices)
    ]
    at = {entries.index(entry): part for part, entry in paired if entry is not None}
    order = _clockwise(entries, at)
    drawn = {order.index(k): part for k, part in at.items()}
    for run in _runs(sorted(order.index(k) for k in free)) if at else []:
        colors = [entries[order[k]].color for k in run]
        parts = _missing_slices(pie, run, drawn, colors)
        paired += [(part, entries[order[k]]) for part, k in zip(parts, run, strict=True)]
    return paired


def _entries_by_color(slices: Sequence[Slice], entries: Sequence[LegendEntry]) -> dict[int, int]:
    """Slices to legend entries by nearest colour, all at once: shades of one hue are near each other.

    The last slice and the last entry left over belong together.
    """
    if not entries or not slices:
        return {}
    far = np.array([[distance(part.color, entry.color) for entry in entries] for part in slices])
    limit = SAME_TRACED if any(part.traced for part in slices) else SAME_DRAWN
    own = dict(assign(far, limit + 0.1))
    slices_left = [i for i in range(len(slices)) if i not in own]
    entries_left = [k for k in range(len(entries)) if k not in own.values()]
    if own and len(slices_left) == len(entries_left) == 1:
        own[slices_left[0]] = entries_left[0]
    return own


def _clockwise(entries: Sequence[LegendEntry], at: dict[int, Slice]) -> list[int]:
    """The legend's order as the slices turn clockwise: by rows or by columns, forwards or backwards."""
    rows = list(range(len(entries)))
    columns = sorted(rows, key=lambda k: (round(entries[k].swatch.x0), entries[k].swatch.y0))

    def breaks(order: Sequence[int]) -> int:
        angles = [at[k].sector.start % FULL for k in order if k in at]
        return sum(b < a for a, b in pairwise(angles))

    return min((rows, columns, rows[::-1], columns[::-1]), key=breaks)


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Rising numbers cut where they do not follow each other."""
    runs: list[list[int]] = []
    for k in numbers:
        if runs and runs[-1][-1] == k - 1:
            runs[-1].append(k)
        else:
            runs.append([k])
    return runs


def _missing_slices(pie: Pie, run: Sequence[int], at: dict[int, Slice], colors: Sequence[str]) -> list[Slice]:
    """The gap, or the mere edge, between the slices before and after these in the legend, shared out."""
    before = max((k for k in at if k < run[0]), default=None)
    after = min((k for k in at if k > run[-1]), default=None)
    gap = 0.0
    if before is not None:
        start = at[before].sector.end
        gap = min((s.sector.start - start + THINNEST / 2) % FULL for s in pie.slices) - THINNEST / 2
    else:
        end = at[after].sector.start if after is not None else 0.0
        gap = min((end - s.sector.end + THINNEST / 2) % FULL for s in pie.slices) - THINNEST / 2
        start = end - gap
    if not (pie.turn >= FULL and THINNEST < gap < WIDEST_GAP):
        start, gap = (start, 0.0) if before is not None else (start + gap, 0.0)
    step = gap / len(run)
    edges = [(start + k * step, start + (k + 1) * step) for k in range(len(run))]
    return [
        Slice(None, Sector(pie.cx, pie.cy, pie.r_outer, pie.r_inner, a, b), color)
        for (a, b), color in zip(edges, colors, strict=True)
    ]


def _is_near(block: Block, pie: Pie) -> bool:
    box, reach = block.box, FAR * pie.r_outer + 6 * block.size
    dx = max(pie.cx - box.x1, box.x0 - pie.cx, 0.0)
    dy = max(pie.cy - box.y1, box.y0 - pie.cy, 0.0)
    return math.hypot(dx, dy) <= pie.r_outer + reach


def _beside_legend(
    region: Region, blocks: Sequence[Block], entries: Sequence[LegendEntry]
) -> dict[int, Block]:
    """Values printed in the legend: in the entry's own text, or in a column right of it."""
    scene = region.scene
    found: dict[int, Block] = {}
    for k, entry in enumerate(entries):
        split = [split_named(scene, w) for w in entry.words]
        labels = tuple(label for _, values in split for label in values)
        names = tuple(name for name, _ in split if name is not None)
        if labels and names:
            found[k] = Block(names, labels, entry.swatch, names[0].size, names[0].color)
    if found:
        return found if len(found) * 2 > len(entries) else {}
    for k, entry in enumerate(entries):
        own = hull([entry.swatch, *(scene.words[w].box for w in entry.words)])
        for block in blocks:
            em = block.size
            level = abs(block.box.cy - own.cy) <= 0.5 * em and not block.names
            if level and block.labels and -0.2 * em <= block.box.x0 - own.x1 <= 6 * em:
                found[k] = block
    return found if len(found) * 2 > len(entries) else {}


def _bind(
    pie: Pie,
    slices: Sequence[tuple[Slice, LegendEntry | None]],
    blocks: Sequence[Block],
    leaders: Sequence[Leader],
    entries: Sequence[LegendEntry],
) -> list[_Bound]:
    """Blocks to slices: those inside the pie and those outside are two problems, each solved at once."""
    inside = [b for b in blocks if _is_inside(b, pie)]
    hole = [b for b in blocks if _is_in_hole(b, pie)]
    em = _text_size([b for b in blocks if b not in hole], pie)
    outside = [b for b in blocks if b not in inside and b not in hole and _may_label(b, entries)]
    outside = _of_one_kind([b for b in outside if _is_label_size(b, em)], inside)
    parts = [part for part, _ in slices]
    found: dict[int, list[Block]] = {}
    if sum(bool(b.names and b.labels) for b in inside) >= len(parts):
        outside = [b for b in outside if b.labels]  # every slice is named: text at the rim is no name
    for group, leads in ((inside, ()), (outside, leaders)):
        if not group:
            continue
        costs = np.array([[_cost(pie, part, b, leads, parts, em) for part in parts] for b in group])
        costs = costs + _disagreement(pie, parts, group)
        if not entries:  # a value alone would leave its slice without a name
            costs = costs + np.array([[0.0 if b.names else NAMELESS] for b in group])
        for row, column in assign(costs, LIMIT):
            found.setdefault(column, []).append(group[row])
    for block in hole:
        told = _told_by_value(pie, parts, block)
        if told is not None and not any(b.labels for b in found.get(told, [])):
            found.setdefault(told, []).append(block)
    bound = [
        _Bound(part, entry, tuple(_consistent(pie, part, found.get(k, []))))
        for k, (part, entry) in enumerate(slices)
    ]
    return bound if entries else _without_stray_names(bound, leaders, em)


def _without_stray_names(bound: Sequence[_Bound], leaders: Sequence[Leader], em: float) -> list[_Bound]:
    """Text that happens to stand at the rim names one slice; names of slices name nearly all of them."""
    named = sum(any(block.names for block in b.blocks) for b in bound)
    if named >= NAMED * len(bound):
        return list(bound)
    return [
        replace(b, blocks=tuple(x for x in b.blocks if x.labels or leads_to(x.box, em, leaders)))
        for b in bound
    ]


def _is_label_size(block: Block, em: float) -> bool:
    """Larger type than the labels' repeats a number, or heads the chart."""
    return block.size <= (CALLOUT if block.labels else HEADING) * em


def _of_one_kind(outside: Sequence[Block], inside: Sequence[Block]) -> list[Block]:
    """Where labels print percentages, a bare number outside is no label: a footer, a year, a page."""
    valued = [b for b in (*outside, *inside) if b.labels]
    if 2 * sum(b.percent is not None for b in valued) < len(valued) or not valued:
        return list(outside)
    return [b for b in outside if not b.labels or b.percent is not None]


def _text_size(blocks: Sequence[Block], pie: Pie) -> float:
    """The type size of the text next to the pie."""
    near = pie.box.grown(0.35 * pie.r_outer)
    sizes = sorted(b.size for b in blocks if b.box.shared(near) > 0) or sorted(b.size for b in blocks)
    return sizes[len(sizes) // 2] if sizes else 10.0


def _may_label(block: Block, entries: Sequence[LegendEntry]) -> bool:
    """With a legend, outside text without a value is no label: names are in the legend already."""
    spoken = any(script(line.text) or FIGURE.search(line.text) for line in block.names)
    return bool(block.labels) or (not entries and spoken)


def _is_inside(block: Block, pie: Pie) -> bool:
    r = math.hypot(block.box.cx - pie.cx, block.box.cy - pie.cy)
    return (0.85 * pie.r_inner <= r <= pie.r_outer) and not _is_in_hole(block, pie)


def _is_in_hole(block: Block, pie: Pie) -> bool:
    return math.hypot(block.box.cx - pie.cx, block.box.cy - pie.cy) < 0.6 * pie.r_inner


def _cost(
    pie: Pie, part: Slice, block: Block, leaders: Sequence[Leader], parts: Sequence[Slice], em: float
) -> float:
    """How badly a block stands for a slice, in the square of em along the rim."""
    led = leads_to(block.box, em, leaders)
    inset = 0.0 if led else INSET * part.span
    x, y = led.tip if led else _anchor(block.box, pie, block)
    degrees = off_angle(part, angle_of(pie, x, y), inset)
    arc = math.radians(degrees) * pie.r_outer / em
    cost = (arc / (1.0 if led else 2.0)) ** 2
    if not led:
        gap = (math.hypot(x - pie.cx, y - pie.cy) - pie.r_outer) / em - FREE_GAP
        cost += (OFF_RIM if block.labels else OFF_RIM_NAME) * max(gap, 0.0)
    return cost + _ink(block, part, parts)


def _anchor(box: Box, pie: Pie, block: Block) -> tuple[float, float]:
    """Where a block points to the pie from: its middle inside, half way to its nearest edge outside."""
    if _is_inside(block, pie):
        return box.cx, box.cy
    x = min(max(pie.cx, box.x0), box.x1)
    y = min(max(pie.cy, box.y0), box.y1)
    return (x + box.cx) / 2, (y + box.cy) / 2


def _ink(block: Block, part: Slice, parts: Sequence[Slice]) -> float:
    """Text in the colour of a slice belongs to it."""
    if not block.color or is_grey(block.color) or not any(same(block.color, p.color) for p in parts):
        return 0.0
    return 0.0 if same(block.color, part.color) else OWN_COLOR


def _percents(blocks: Sequence[Block]) -> list[float | None]:
    """What each block says in percent; counts by their share of the sum when they make up the pie."""
    values = [b.percent.value if b.percent else None for b in blocks]
    if any(v is not None for v in values):
        return values
    bare = [b.labels[0].value if b.labels else None for b in blocks]
    total = sum(v for v in bare if v is not None)
    return [None if v is None or total <= 0 else WHOLE * v / total for v in bare]


def _disagreement(pie: Pie, parts: Sequence[Slice], blocks: Sequence[Block]) -> NDArray[np.float64]:
    """Cost of each block's value at each slice by the angle."""
    says = _percents(blocks)
    costs = np.zeros((len(blocks), len(parts)))
    for row, value in enumerate(says):
        for column, part in enumerate(parts):
            if part.mark is None:
                most = pie.share(part) + NOTHING
                costs[row, column] = 0.0 if value is not None and value <= most else 10 * LIMIT
            elif value is not None:
                off = abs(value - pie.share(part)) - pie.share_slack(part) - 0.5
                costs[row, column] = min(WORST_ANGLE, max(off, 0.0) * 1.5)
                if value == 0 and pie.share(part) > 1:
                    costs[row, column] = 10 * LIMIT
    return costs


def _told_by_value(pie: Pie, parts: Sequence[Slice], block: Block) -> int | None:
    """The slice a number in the hole speaks of: the only one with that share."""
    label = block.percent
    if label is None:
        return None
    near = [k for k, part in enumerate(parts) if abs(pie.share(part) - label.value) <= 1.0]
    return near[0] if len(near) == 1 else None


def _consistent(pie: Pie, part: Slice, blocks: Sequence[Block]) -> list[Block]:
    """Of two different percentages at one slice the one nearer to its angle stays."""
    with_percent = [b for b in blocks if b.percent is not None]
    if len({b.percent.value for b in with_percent if b.percent}) <= 1:
        return list(blocks)
    best = min(with_percent, key=lambda b: abs(b.percent.value - pie.share(part)) if b.percent else 0.0)
    return [b for b in blocks if b.percent is None or b is best]


def _to_draft(
    region: Region, pie: Pie, bound: Sequence[_Bound], loose: Sequence[Block], nested: bool
) -> ChartDraft | None:
    unit_percent = _bare_is_percent(pie, bound)
    names = _names(bound)
    cells: list[Cell] = []
    categories: list[Name] = []
    for b, name in zip(bound, names, strict=True):
        made = _cells(pie, b, len(categories), unit_percent, region, bool(name.text), len(bound))
        if made:
            categories.append(name)
            cells += made
    for block, name in zip(loose, lines_to_names([b.names for b in loose]), strict=True):
        cells += [Cell(None, len(categories), label, None, None, block.box) for label in block.labels]
        categories.append(name)
    if not cells:
        return None
    words = {w for b in bound for block in b.blocks for w in block.words} | {
        w for b in loose for w in b.words
    }
    words |= {w for b in bound if b.entry for w in b.entry.words}
    doubts = ("only the outer ring of a nested pie was read",) if nested else ()
    kind = "donut" if pie.r_inner > 0 else "pie"
    return ChartDraft(
        type="gauge" if pie.turn < 300 or pie.track else kind,
        region=region,
        series=(),
        categories=tuple(categories),
        cells=tuple(cells),
        parts_of="chart",
        unit="percent",
        words=tuple(sorted(words)),
        doubts=doubts,
    )


def _names(bound: Sequence[_Bound]) -> list[Name]:
    """The legend's wording, else the label's own."""
    lines = [[line for block in b.blocks for line in block.names] for b in bound]
    made = iter(lines_to_names([group for group in lines if group]))
    own = [next(made) if group else Name("") for group in lines]
    names = []
    for b, name in zip(bound, own, strict=True):
        if b.entry is not None:
            text = _without_value(b.entry, b.blocks)
            name = Name(text, b.entry.alt or "", b.entry.base_n, b.entry.words, b.entry.swatch)
        names.append(name)
    return names


def _without_value(entry: LegendEntry, blocks: Sequence[Block]) -> str:
    """The legend's text when the value is printed in it."""
    for block in blocks:
        if block.box == entry.swatch and block.names:
            return TRAIL.sub("", join([line.text for line in block.names]))
    return entry.label


def _bare_is_percent(pie: Pie, bound: Sequence[_Bound]) -> bool:
    """Numbers without a sign are percentages when they agree with the angles as such."""
    pairs = [(label.value, pie.share(b.part)) for b in bound for block in b.blocks for label in block.labels
             if label.unit is None]  # fmt: skip
    if not pairs:
        return True
    off = sorted(abs(value - share) for value, share in pairs)
    return off[len(off) // 2] <= 1.0 and sum(value for value, _ in pairs) <= WHOLE + SUM_SLACK


def _cells(
    pie: Pie, b: _Bound, category: int, bare_percent: bool, region: Region, named: bool, count: int
) -> list[Cell]:
    """One cell per distinct printed value; the angle alone for a slice without one."""
    part = b.part
    mark = part.mark
    box = region.scene.marks[mark].box if mark is not None else pie.box
    share = Measure(pie.share(part), pie.share_slack(part), "angle") if mark is not None else None
    found: dict[tuple[float, str], Cell] = {}
    for block in b.blocks:
        for label in block.labels:
            unit = label.unit or ("percent" if bare_percent else "count")
            measure = share if unit == "percent" else None
            key = (label.value, unit)
            if key not in found:
                found[key] = Cell(None, category, label, mark, measure, label.box, unit=unit)
    if found:
        return list(found.values())
    if share is None or not named or pie.track or count < 2:
        return []
    return [Cell(None, category, None, mark, share, box, unit="percent")]
