"""Slices -> pies: which sectors turn about one centre, and what share of the whole each takes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.charts.color import is_pale, same, shown
from extract.scene import Box, Mark, Sector, hull

EXPLODED = 0.3  # radii a slice may be drawn out of the pie
SAME_RADIUS = 0.2  # share by which the radii of one ring differ (roses and rings of other width differ more)
FULL, HALF = 360.0, 180.0
WHOLE_SLACK = 2.0  # degrees missing from a whole: white gaps between slices, rounding
OVERLAP = 0.5  # share of a slice that may lie under another before one of them is a track
RIM = 0.05  # radii: how far the corners of a thin slice may lie from the pie's two circles
THINNEST_SEEN = 20.0  # degrees: wider slices are seen to be sectors by their arc
CUT = 6.0  # degrees: a leader line over a slice is no wider
NOON = 0.5  # degrees before 12 o'clock that still count as the first slice's start
FEWEST_DEGREES = 150.0  # less than a half turn of slices is no pie but rounded corners and arrows


@dataclass(frozen=True, slots=True)
class Slice:
    """One sector; ``mark`` indexes the scene's marks, None for a slice of 0 % that is not drawn."""

    mark: int | None
    sector: Sector
    color: str
    slack: float = 0.0
    traced: bool = False

    @property
    def span(self) -> float:
        return self.sector.end - self.sector.start

    @property
    def middle(self) -> float:
        return (self.sector.start + self.sector.end) / 2


@dataclass(frozen=True, slots=True)
class Pie:
    """Slices of one ring, clockwise; ``turn`` is what 100 % spans in degrees.

    ``track`` is set when the coloured slices lie on a full ring of the rest (a gauge).
    """

    cx: float
    cy: float
    r_outer: float
    r_inner: float
    slices: tuple[Slice, ...]
    turn: float
    track: bool = False

    @property
    def box(self) -> Box:
        r = self.r_outer
        return Box(self.cx - r, self.cy - r, self.cx + r, self.cy + r)

    def share(self, part: Slice) -> float:
        """Percent of the whole."""
        return 100.0 * part.span / self.turn

    def share_slack(self, part: Slice) -> float:
        """Percent by which the share may be off: two edges, each off by the mark's slack at the rim."""
        at_rim = math.degrees(max(part.slack, 0.02) / max(self.r_outer, 1.0)) * math.sqrt(2)
        return 100.0 * at_rim / self.turn


def find_pies(marks: Sequence[Mark], candidates: Iterable[int]) -> list[Pie]:
    """The pies, donuts, rings and gauges among the marks, top left first."""
    tried = list(candidates)
    found = [i for i in tried if marks[i].kind == "sector" and marks[i].sector is not None]
    outlines = [i for i in tried if marks[i].kind in ("area", "marker", "rect") and marks[i].fill]
    pies = []
    for ring in _rings(marks, found):
        pie = _to_pie(marks, ring)
        if pie is not None:
            pies.append(_with_slivers(pie, marks, outlines))
    return sorted(pies, key=lambda p: (round(p.cy / max(p.r_outer, 1.0)), p.cx, -p.r_outer))


def _with_slivers(pie: Pie, marks: Sequence[Mark], outlines: Sequence[int]) -> Pie:
    """The pie with slices so thin that their outline was not seen to be a sector."""
    slivers = [s for i in outlines if (s := _sliver(pie, marks[i], i)) is not None]
    slivers = [s for s in slivers if sum(_shared(s, other) for other in pie.slices) < 0.5 * s.span]
    if not slivers:
        return pie
    whole = sorted((*pie.slices, *slivers), key=lambda s: (s.sector.start + NOON) % FULL)
    return replace(pie, slices=tuple(whole))


def _sliver(pie: Pie, mark: Mark, index: int) -> Slice | None:
    """An outline that lies between the pie's two radii and touches the rim."""
    if not pie.box.grown(RIM * pie.r_outer).holds(mark.box.cx, mark.box.cy):
        return None
    outline = mark.points or _corners(mark.box)
    if len(outline) < 3:
        return None
    reach = [math.hypot(x - pie.cx, y - pie.cy) for x, y in outline]
    slack = RIM * pie.r_outer
    if abs(max(reach) - pie.r_outer) > slack or abs(min(reach) - pie.r_inner) > slack:
        return None
    rim = [p for p, r in zip(outline, reach, strict=True) if abs(r - pie.r_outer) <= slack]
    if len(rim) < 2:
        return None
    first = angle_of(pie, *rim[0])
    turns = [(angle_of(pie, *p) - first + HALF) % FULL - HALF for p in rim]
    start, end = first + min(turns), first + max(turns)
    if not 0.0 < end - start < THINNEST_SEEN:
        return None
    sector = Sector(pie.cx, pie.cy, pie.r_outer, pie.r_inner, start, end)
    return Slice(index, sector, shown(mark), mark.slack, mark.seen_by == "pixels")


def _corners(box: Box) -> tuple[tuple[float, float], ...]:
    """A slice so thin that it was taken for a rectangle."""
    return (box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1)


def angle_of(pie: Pie, x: float, y: float) -> float:
    """Degrees clockwise from 12 o'clock of a point about the centre, 0-360."""
    return math.degrees(math.atan2(x - pie.cx, pie.cy - y)) % FULL


def off_angle(part: Slice, angle: float, inset: float = 0.0) -> float:
    """Degrees from the angle to the slice, 0 inside; ``inset`` is cut from either side, in degrees."""
    inset = min(inset, part.span / 2)
    low, high = part.sector.start + inset, part.sector.end - inset
    off = (angle - (low + high) / 2 + HALF) % FULL - HALF
    return max(abs(off) - (high - low) / 2, 0.0)


def _rings(marks: Sequence[Mark], indices: Sequence[int]) -> list[list[int]]:
    """Sectors about one centre with one pair of radii."""
    rings: list[list[int]] = []
    for i in sorted(indices, key=lambda i: (-_sector(marks[i]).r_outer, i)):
        s = _sector(marks[i])
        for ring in rings:
            first = _sector(marks[ring[0]])
            apart = math.hypot(first.cx - s.cx, first.cy - s.cy)
            wide = abs(first.r_outer - s.r_outer) <= SAME_RADIUS * first.r_outer
            hole = abs(first.r_inner - s.r_inner) <= SAME_RADIUS * first.r_outer
            if apart <= EXPLODED * first.r_outer and wide and hole:
                ring.append(i)
                break
        else:
            rings.append([i])
    return rings


def _sector(mark: Mark) -> Sector:
    assert mark.sector is not None
    return mark.sector


def _to_pie(marks: Sequence[Mark], ring: Sequence[int]) -> Pie | None:
    slices = [
        Slice(i, _sector(marks[i]), shown(marks[i]), marks[i].slack, marks[i].seen_by == "pixels")
        for i in ring
        if shown(marks[i])
    ]
    covers = [s for s in slices if s.span >= FULL - WHOLE_SLACK]
    parts = [s for s in slices if s not in covers]
    parts = _mended(_unrepeated(parts))
    if not parts:
        return None  # a disc
    parts, tracks = _off_track(parts, marks)
    total = sum(s.span for s in parts)
    if covers or tracks:
        turn = FULL if covers else max(s.span for s in tracks)
    else:
        turn = _turn(total)
        if total < FEWEST_DEGREES or len(parts) < 2:
            return None
    sectors = [s.sector for s in parts]
    parts.sort(key=lambda s: (s.sector.start + NOON) % FULL)
    return Pie(
        cx=_median([s.cx for s in sectors]),
        cy=_median([s.cy for s in sectors]),
        r_outer=_median([s.r_outer for s in sectors]),
        r_inner=_median([s.r_inner for s in sectors]),
        slices=tuple(parts),
        turn=turn,
        track=bool(covers or tracks),
    )


def _turn(total: float) -> float:
    """What 100 % spans: a full turn, a half turn, or what the slices of an open gauge fill."""
    for whole in (FULL, HALF):
        if abs(total - whole) <= WHOLE_SLACK * 3:
            return whole
    return FULL if total > HALF + 6 * WHOLE_SLACK and total > 300 else total


def _unrepeated(parts: Sequence[Slice]) -> list[Slice]:
    """A slice drawn twice (fill, then outline or shadow) counts once, the last as it is on top."""
    kept: dict[tuple[int, int], Slice] = {}
    for part in parts:
        kept[(round(part.sector.start), round(part.sector.end))] = part
    return list(kept.values())


def _mended(parts: Sequence[Slice]) -> list[Slice]:
    """Traced slices that a leader line or a label cut through: one colour on both sides of a thin piece."""
    ring = sorted(parts, key=lambda s: s.sector.start)
    k = 0
    while len(ring) > 2 and k < len(ring):
        before, thin, after = (ring[(k + j) % len(ring)] for j in range(3))
        alike = before.traced and same(before.color, after.color, traced=True) and before is not after
        if alike and thin.span <= CUT and not same(before.color, thin.color, traced=True):
            end = before.sector.end + thin.span + after.span
            whole = replace(before, sector=replace(before.sector, end=end))
            ring = [whole if s is before else s for s in ring if s is not thin and s is not after]
            k = 0
        else:
            k += 1
    return ring


def _off_track(parts: Sequence[Slice], marks: Sequence[Mark]) -> tuple[list[Slice], list[Slice]]:
    """Slices, and the long ones they are painted over."""
    tracks = []
    for part in parts:
        over = [
            q for q in parts
            if q is not part and q.span < part.span and _shared(part, q) >= OVERLAP * q.span
            and marks[q.mark or 0].order > marks[part.mark or 0].order
        ]  # fmt: skip
        if over:
            tracks.append(part)
    rest = [p for p in parts if p not in tracks]
    return rest, tracks


def _shared(a: Slice, b: Slice) -> float:
    """Degrees two slices have in common."""
    return sum(
        max(0.0, min(a.sector.end, b.sector.end + k) - max(a.sector.start, b.sector.start + k))
        for k in (-FULL, 0.0, FULL)
    )


def _median(numbers: Sequence[float]) -> float:
    ordered = sorted(numbers)
    return ordered[len(ordered) // 2]


def with_hole(pie: Pie, marks: Sequence[Mark]) -> Pie:
    """A donut drawn as a pie under a white disc: its hole is the disc."""
    if pie.r_inner > 0:
        return pie
    for mark in marks:
        box = mark.box
        round_ = abs(box.width - box.height) <= 0.05 * max(box.width, 1e-6)
        central = math.hypot(box.cx - pie.cx, box.cy - pie.cy) <= 0.05 * pie.r_outer
        radius = box.width / 2
        pale = bool(mark.fill) and is_pale(mark.fill)
        if round_ and central and pale and 0.2 * pie.r_outer < radius < 0.95 * pie.r_outer:
            return replace(pie, r_inner=radius)
    return pie


def pie_hull(marks: Sequence[Mark], pie: Pie) -> Box:
    """The box around the slices as drawn, exploded ones included."""
    return hull([pie.box, *(marks[s.mark].box for s in pie.slices if s.mark is not None)])
