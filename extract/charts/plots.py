"""Which rectangles are bars of one plot: same thickness, a common baseline, one direction.

Bars that touch end to end form a *chain* (a stacked bar; a plain bar is a chain of one). Chains
that start at the same baseline and are equally thick form a *plot*. Every rectangle of a page is
tried as part of a horizontal and of a vertical plot; the reading that explains most bars wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.charts.color import distance
from extract.charts.labels import parse_value
from extract.charts.turn import OPPOSITE, Direction, flipped, turned
from extract.scene import Box, Mark, Scene, hull

# A rectangle larger than this share of the page is its background or a panel.
LARGEST_SHARE = 0.35
# Two edges are one within this share of the bar's thickness (white gaps between stacked segments,
# anti-aliasing, 0.1 pt rounding of chart tools); never less than EDGE_PT, plus the marks' own slack.
EDGE_SHARE = 0.12
EDGE_PT = 0.6
# Chains belong together when their thickness differs by less than this share.
THICKNESS_SHARE = 0.15
# A rectangle with this many words that are no numbers is a text box.
PANEL_WORDS = 3
LYING_AND_UPRIGHT: tuple[Direction, Direction] = ("h", "v")
# Fewer rows than this may share an inner edge by chance.
FEWEST_PAIRS = 3
# A grid line drawn over a bar cuts it by up to this many times the slack (one or two pixels).
GRID = 7.0
# Pieces of one bar differ in colour by less than this (RGB distance); tints of a palette by 25 and more.
ONE_FILL = 15.0
# Neighbours with an outline each are pieces of one bar only if their fills differ by no more than noise.
NOISE = 4.0
# A traced piece narrower than this many times its slack is a blended edge.
SLIVER = 6.0
# A line across a bar is at most this thick, as a share of the bar's thickness.
ACROSS = 0.12
# Lighter than this (mean of r, g, b; 255 = white) a fill without an outline is paper, not a bar.
PAPER = 250


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of a plot in bar coordinates; ``mark`` is its index in ``scene.marks``.

    ``pieces`` are all marks it is made of where tracing cut it.
    """

    mark: int
    box: Box
    fill: str
    slack: float
    pieces: tuple[int, ...] = ()
    outlined: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Bars that touch end to end, in growing x."""

    bars: tuple[Bar, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class BarPlot:
    """Chains with a common baseline, in bar coordinates.

    ``two_sided`` plots also have bars that end at the baseline: values below zero.
    """

    direction: Direction
    baseline: float
    chains: tuple[Chain, ...]
    two_sided: bool = False

    @property
    def box(self) -> Box:
        """Hull of the bars in bar coordinates."""
        return hull(chain.box for chain in self.chains)

    @property
    def bars(self) -> tuple[Bar, ...]:
        return tuple(bar for chain in self.chains for bar in chain.bars)

    @property
    def marks(self) -> tuple[int, ...]:
        """Indices of everything the bars are made of."""
        return tuple(m for bar in self.bars for m in (bar.pieces or (bar.mark,)))

    @property
    def thickness(self) -> float:
        heights = sorted(chain.box.height for chain in self.chains)
        return heights[len(heights) // 2]

    def length(self, box: Box) -> float:
        """How far a bar reaches from the baseline, negative on its other side."""
        return -box.width if self.two_sided and box.cx < self.baseline else box.width

    @property
    def stacked(self) -> bool:
        return any(len(chain.bars) > 1 for chain in self.chains)


def bar_candidates(scene: Scene, swatches: frozenset[int]) -> list[int]:
    """Indices of the rectangles that may be bars: filled, no paper, no panel, no swatch, no shadow copy."""
    rects = [
        i
        for i, mark in enumerate(scene.marks)
        if mark.kind == "rect" and i not in swatches and _visible(mark)
        and mark.box.area < LARGEST_SHARE * scene.width * scene.height
        and min(mark.box.width, mark.box.height) > 0
    ]  # fmt: skip
    rects = _without_tracks(scene, _without_pieces(scene, _topmost(scene, rects)))
    return [i for i in rects if not _is_panel(scene, i, rects)]


def find_bar_plots(scene: Scene, candidates: Iterable[int]) -> list[BarPlot]:
    """Plots of one or more chains, the ones that explain most bars first; no bar in two plots."""
    left = set(candidates)
    bars = {direction: {i: _bar(scene, i, direction) for i in left} for direction in OPPOSITE}
    plots: list[BarPlot] = []
    while left:
        found = [
            plot
            for direction in OPPOSITE
            for plot in _plots_along([bars[direction][i] for i in left], direction)
        ]
        best = max(found, key=_explained, default=None)
        if best is None or _explained(best) <= (0, 0.0):
            break
        best = _with_other_side(best, found)
        plots.append(best)
        left -= set(best.marks)
    return _diverging_joined(plots)


def _diverging_joined(plots: list[BarPlot]) -> list[BarPlot]:
    """Stacked rows with the same colours in the same order at one pitch are one chart, wherever they start:
    stacks that are centred on an inner line have no common edge. Such a chart lies as it is read."""
    out: list[BarPlot] = []
    for plot in sorted(plots, key=lambda p: -len(p.chains)):
        if not _stacks(plot):
            out.append(plot)
            continue
        lying = _read_forward(plot)
        other = next((p for p in out if _stacks(p) and _one_stack_chart(p, lying)), None)
        if other is None:
            out.append(plot)
            continue
        chains = sorted((*_read_forward(other).chains, *lying.chains), key=lambda chain: chain.box.y0)
        starts = sorted(chain.box.x0 for chain in chains)
        out[out.index(other)] = BarPlot(lying.direction, starts[len(starts) // 2], tuple(chains))
    return out


def _stacks(plot: BarPlot) -> bool:
    return not plot.two_sided and all(len(chain.bars) >= 3 for chain in plot.chains)


def _read_forward(plot: BarPlot) -> BarPlot:
    """The plot in the direction its stacks are read in: to the right, or upwards."""
    if plot.direction in LYING_AND_UPRIGHT:
        return plot
    chains = tuple(_flipped(chain) for chain in plot.chains)
    return replace(plot, direction=OPPOSITE[plot.direction], baseline=-plot.baseline, chains=chains)


def _one_stack_chart(plot: BarPlot, rows: BarPlot) -> bool:
    """Whether the rows lie in line with the plot's, close to them, with its colours."""
    plot = _read_forward(plot)
    if plot.direction != rows.direction:
        return False
    alike = abs(plot.thickness - rows.thickness) <= THICKNESS_SHARE * plot.thickness
    order = [b.fill for b in plot.chains[0].bars]
    same_order = all([b.fill for b in chain.bars] == order for chain in rows.chains)
    edges = sorted((c.box.y0, c.box.y1) for c in (*plot.chains, *rows.chains))
    gaps = [after[0] - before[1] for before, after in pairwise(edges)]
    return alike and same_order and all(0 < gap < 2.5 * plot.thickness for gap in gaps)


def _visible(mark: Mark) -> bool:
    if not mark.fill or mark.opacity < 0.05:
        return mark.pattern
    red, green, blue = (int(mark.fill[k : k + 2], 16) for k in (1, 3, 5))
    return (red + green + blue) / 3 < PAPER or (bool(mark.stroke) and mark.stroke != mark.fill)


def _topmost(scene: Scene, rects: Sequence[int]) -> list[int]:
    """Drop rectangles drawn a second time at the same place (fill and outline, shadows)."""
    kept: dict[tuple[int, int, int, int], int] = {}
    for i in rects:
        box = scene.marks[i].box
        key = (round(box.x0 * 2), round(box.y0 * 2), round(box.x1 * 2), round(box.y1 * 2))
        if key not in kept or scene.marks[i].order >= scene.marks[kept[key]].order:
            kept[key] = i
    return sorted(kept.values())


def _without_pieces(scene: Scene, rects: Sequence[int]) -> list[int]:
    """Drop traced rectangles that lie within a larger one of their colour: a bar found twice."""
    traced = [i for i in rects if scene.marks[i].seen_by == "pixels"]
    pieces = set()
    for i in traced:
        box = scene.marks[i].box
        for j in traced:
            other = scene.marks[j]
            if (
                j != i and other.box.area > box.area and other.box.shared(box) > 0.9 * box.area
                and distance(scene.marks[i].fill, other.fill) <= ONE_FILL
            ):  # fmt: skip
                pieces.add(i)
                break
    return [i for i in rects if i not in pieces]


def _without_tracks(scene: Scene, rects: Sequence[int]) -> list[int]:
    """Drop the grey track behind a progress bar: same row and start, painted before and longer."""
    tracks = set()
    for direction in LYING_AND_UPRIGHT:
        starts: dict[tuple[int, int, int], list[int]] = {}
        for i in rects:
            box = turned(scene.marks[i].box, direction)
            starts.setdefault((round(box.y0), round(box.y1), round(box.x0)), []).append(i)
        for together in starts.values():
            top = max(together, key=lambda i: scene.marks[i].order)
            tracks |= {
                i for i in together if i != top and scene.marks[i].box.area > scene.marks[top].box.area
            }
    return [i for i in rects if i not in tracks]


def _is_panel(scene: Scene, index: int, rects: Sequence[int]) -> bool:
    """Whether the rectangle lies behind others (it holds the centres of two or more) or behind a text."""
    box = scene.marks[index].box
    inside_words = [
        w for w in scene.words
        if w.box.y1 > box.y0 and w.box.y0 < box.y1 and box.holds(w.box.cx, w.box.cy)
    ]  # fmt: skip
    if (
        len(inside_words) >= PANEL_WORDS
        and sum(parse_value(w.text) is None for w in inside_words) >= PANEL_WORDS
    ):
        return True
    inside = 0
    for other in rects:
        if other != index and scene.marks[other].box.area < box.area:
            inside += box.holds(scene.marks[other].box.cx, scene.marks[other].box.cy)
            if inside >= 2:
                return True
    return False


def _explained(plot: BarPlot) -> tuple[int, float]:
    """How much a plot explains: bars that share the baseline with another chain, or lie in a chain."""
    chains = plot.chains
    if len(chains) == 1:
        count = len(chains[0].bars)
        return (count if count >= 3 else 0, 0.5)
    return (len(plot.bars), len({round(chain.box.width) for chain in chains}) / len(chains))


def _bar(scene: Scene, index: int, direction: Direction) -> Bar:
    m = scene.marks[index]
    return Bar(index, turned(m.box, direction), m.fill, m.slack, outlined=m.stroke not in ("", m.fill))


def _plots_along(bars: Sequence[Bar], direction: Direction) -> list[BarPlot]:
    chains = _parted([chain for row in _rows(bars) for chain in _chains(row)])
    plots: list[BarPlot] = []
    for alike in _clusters(
        chains, lambda chain: chain.box.height, lambda c: THICKNESS_SHARE * c.box.height + c.bars[0].slack
    ):
        for group in _clusters(alike, lambda c: c.box.x0, lambda c: _edge(c.bars[0])):
            middle = sorted(c.box.x0 for c in group)[len(group) // 2]
            plots.append(BarPlot(direction, middle, tuple(sorted(group, key=lambda c: c.box.y0))))
    return plots


def _with_other_side(plot: BarPlot, found: Iterable[BarPlot]) -> BarPlot:
    """The plot joined with the bars of other rows that grow from the same baseline the other way."""
    slack = _edge(plot.bars[0])
    for other in found:
        if other.direction != OPPOSITE[plot.direction] or abs(other.baseline + plot.baseline) > slack:
            continue
        chains = [_flipped(chain) for chain in other.chains]
        alike = abs(other.thickness - plot.thickness) <= THICKNESS_SHARE * plot.thickness
        apart = not any(
            min(a.box.y1, b.box.y1) - max(a.box.y0, b.box.y0) > 0.3 * plot.thickness
            for a in chains for b in plot.chains
        )  # fmt: skip
        if alike and apart:
            both = sorted((*plot.chains, *chains), key=lambda chain: chain.box.y0)
            return replace(plot, chains=tuple(both), two_sided=True)
    return plot


def _flipped(chain: Chain) -> Chain:
    bars = tuple(replace(bar, box=flipped(bar.box)) for bar in reversed(chain.bars))
    return Chain(bars, flipped(chain.box))


def _rows(bars: Sequence[Bar]) -> list[list[Bar]]:
    """Bars with the same top and bottom edge."""
    rows: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda b: (b.box.cy, b.box.x0)):
        for row in rows[-6:]:
            first, reach = row[0].box, _edge(row[0])
            if abs(first.y0 - bar.box.y0) < reach and abs(first.y1 - bar.box.y1) < reach:
                row.append(bar)
                break
        else:
            rows.append([bar])
    return rows


def _chains(row: Sequence[Bar]) -> list[Chain]:
    """A row cut where its bars do not touch."""
    ordered = sorted(row, key=lambda b: b.box.x0)
    groups = [[ordered[0]]]
    for before, after in pairwise(ordered):
        gap = after.box.x0 - before.box.x1
        reach = _edge(before) + 0.5 * EDGE_PT
        if -reach - 0.3 * min(before.box.width, after.box.width) <= gap <= reach:
            groups[-1].append(after)
        else:
            groups.append([after])
    merged = [_mended(_merged(group)) for group in groups]
    return [Chain(tuple(group), hull(bar.box for bar in group)) for group in merged]


def _parted(chains: Sequence[Chain]) -> list[Chain]:
    """Pairs of bars that grow from one inner line to both sides are two bars, not a stack."""
    pairs = [chain for chain in chains if len(chain.bars) == 2]
    if len(pairs) < FEWEST_PAIRS:
        return list(chains)
    inner = _largest(_clusters(pairs, lambda c: c.bars[0].box.x1, lambda c: _edge(c.bars[0])))
    outer = _largest(_clusters(pairs, lambda c: c.box.x0, lambda c: _edge(c.bars[0])))
    if len(inner) < 0.8 * len(pairs) or len(outer) >= len(inner):
        return list(chains)
    split = {id(chain) for chain in inner}
    out = [chain for chain in chains if id(chain) not in split]
    return out + [Chain((bar,), bar.box) for chain in inner for bar in chain.bars]


def _largest(groups: Iterable[list[Chain]]) -> list[Chain]:
    return max(groups, key=len, default=[])


def _merged(group: Sequence[Bar]) -> list[Bar]:
    """Traced pieces of one colour that touch are one bar, cut by a grid line or a label; so is a
    bar with the sliver where its edge blends into the axis."""
    out = [group[0]]
    for bar in group[1:]:
        last = out[-1]
        gap = bar.box.x0 - last.box.x1
        sliver = min(last.box.width, bar.box.width) < SLIVER * bar.slack and gap <= 2 * bar.slack + 0.1
        alike = NOISE if last.outlined and bar.outlined else ONE_FILL
        one = distance(last.fill, bar.fill) <= alike and gap <= GRID * bar.slack
        if bar.slack > 0 and (sliver or one):
            wider = last if last.box.width >= bar.box.width else bar
            parts = tuple({*(last.pieces or (last.mark,)), *(bar.pieces or (bar.mark,))})
            out[-1] = replace(wider, box=last.box | bar.box, pieces=parts)
        else:
            out.append(bar)
    return out


def _mended(group: Sequence[Bar]) -> list[Bar]:
    """Traced bars that a line drawn across cut in two: one fill on both sides of a thin piece."""
    out = list(group)
    k = 0
    while k + 2 < len(out):
        first, thin, last = out[k : k + 3]
        alike = first.slack > 0 and distance(first.fill, last.fill) <= ONE_FILL
        if alike and thin.box.width <= ACROSS * first.box.height and thin.box.width < 0.5 * last.box.width:
            pieces = {m for bar in (first, thin, last) for m in (bar.pieces or (bar.mark,))}
            wider = first if first.box.width >= last.box.width else last
            out[k : k + 3] = [replace(wider, box=first.box | last.box, pieces=tuple(sorted(pieces)))]
        else:
            k += 1
    return out


def _edge(bar: Bar) -> float:
    return max(EDGE_PT, EDGE_SHARE * bar.box.height) + 2 * bar.slack


def _clusters(
    chains: Iterable[Chain], key: Callable[[Chain], float], tolerance: Callable[[Chain], float]
) -> list[list[Chain]]:
    """Chains in runs of nearly equal keys: a jump of more than the tolerance starts a new run."""
    runs: list[list[Chain]] = []
    for chain in sorted(chains, key=key):
        if runs and abs(key(chain) - key(runs[-1][-1])) <= tolerance(chain):
            runs[-1].append(chain)
        else:
            runs.append([chain])
    return runs
