"""Outlines of pie and donut slices: which curve is an arc, around which centre, from where to where.

Works on walked points alone, so that Bezier arcs and many-sided polygons (word processors export pies as
those) are read the same way. Circles are fitted by least squares (Kasa 1976).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, degrees, hypot

import numpy as np

from extract.scene import Sector

Point = tuple[float, float]

# Share of the radius (and points) a vertex may be off the circle.
ROUND, ROUND_MIN = 0.01, 0.15
# Three points are no fit: they may miss by so many times more.
LOOSE = 4.0
# Degrees: a turn sharper than this is a corner; the walk along a full circle turns by 11 per step at most.
CORNER = 32.0
# A slice is bounded by straight sides and arcs; arcs need so many points to be told from a side.
ARC_POINTS = 4
# Degrees below which a circle's opening is rounding.
FULL = 359.0


@dataclass(frozen=True, slots=True)
class _Arc:
    cx: float
    cy: float
    r: float
    points: tuple[Point, ...]


def outline_to_sector(points: Sequence[Point], pen: float = 0.0) -> Sector | None:
    """The slice an outline bounds, None when it is none. ``pen``: width of a stroked arc (a ring segment)."""
    clean = _distinct(points)
    if len(clean) < ARC_POINTS:
        return None
    arcs = [arc for piece in _smooth_pieces(clean) if (arc := _fit(piece)) is not None]
    if not arcs:
        return None
    outer = max(arcs, key=lambda a: a.r * _sweep(a))
    if pen:
        return _sector(outer, outer.r + pen / 2, max(0.0, outer.r - pen / 2)) if len(arcs) == 1 else None
    mates = [a for a in arcs if hypot(a.cx - outer.cx, a.cy - outer.cy) <= 0.03 * outer.r + ROUND_MIN]
    r_outer, r_inner = max(a.r for a in mates), min(a.r for a in mates)
    outer = max((a for a in mates if a.r > 0.98 * r_outer), key=_sweep)
    if r_inner > 0.98 * r_outer:
        r_inner = 0.0
    if not _bounded(clean, outer, r_inner):
        return None
    return _sector(outer, outer.r, r_inner)


def _distinct(points: Sequence[Point]) -> list[Point]:
    kept: list[Point] = []
    for p in points:
        if not kept or hypot(p[0] - kept[-1][0], p[1] - kept[-1][1]) > 0.02:
            kept.append(p)
    return kept


def _smooth_pieces(points: Sequence[Point]) -> list[list[Point]]:
    """The outline cut at its corners; a closed outline without corners is one piece."""
    closed = hypot(points[0][0] - points[-1][0], points[0][1] - points[-1][1]) < 0.05
    ring = list(points[:-1]) if closed else list(points)
    n = len(ring)
    if n < 3:
        return [ring]
    corners = [i for i in _corners(ring) if closed or 0 < i < n - 1]
    if closed and not corners:
        return [[*ring, ring[0]]]
    if not closed:
        marks = [0, *corners, n - 1]
        return [ring[a : b + 1] for a, b in pairwise(marks)]
    turned = ring[corners[0] :] + ring[: corners[0]] + [ring[corners[0]]]
    marks = [c - corners[0] for c in corners] + [n]
    return [turned[a : b + 1] for a, b in pairwise(marks)]


def _corners(ring: Sequence[Point]) -> list[int]:
    """Sharp turns of a ring, and seams between long straight sides and the small steps of walked curves."""
    xy = np.asarray(ring, dtype=float)
    into = xy - np.roll(xy, 1, axis=0)
    out = np.roll(into, -1, axis=0)
    way = np.arctan2(into[:, 1], into[:, 0])
    turn = np.abs((np.degrees(np.roll(way, -1) - way) + 180) % 360 - 180)
    before, after = np.hypot(into[:, 0], into[:, 1]), np.hypot(out[:, 0], out[:, 1])
    long, short = np.maximum(before, after), np.minimum(before, after)
    seam = (long > 6 * short) & (long > 2.0) & (turn > 8)
    found: list[int] = np.flatnonzero((turn > CORNER) | seam).tolist()
    return found


def _fit(piece: Sequence[Point]) -> _Arc | None:
    """The circle through a smooth piece, None when it is straight or not round."""
    if len(piece) < ARC_POINTS or not _may_be_round(piece):
        return None
    xy = np.asarray(piece, dtype=float)
    mean = xy.mean(axis=0)
    x, y = (xy - mean).T
    a = np.column_stack([x, y, np.ones_like(x)])
    solution, _, rank, _ = np.linalg.lstsq(a, x * x + y * y, rcond=None)
    if rank < 3:
        return None
    cx, cy = solution[0] / 2, solution[1] / 2
    r = float(np.sqrt(max(0.0, solution[2] + cx * cx + cy * cy)))
    off = np.abs(np.hypot(x - cx, y - cy) - r)
    chord = hypot(float(np.ptp(x)), float(np.ptp(y)))
    if r > 20 * chord or off.max() > max(ROUND * r, ROUND_MIN):
        return None
    return _Arc(float(cx + mean[0]), float(cy + mean[1]), r, tuple(piece))


def _may_be_round(piece: Sequence[Point]) -> bool:
    """A cheap look at three points before the fit: nearly all curves of a drawing fail it."""
    n = len(piece)
    (ax, ay), (bx, by), (cx, cy) = piece[0], piece[n // 3], piece[2 * n // 3]
    d = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    if abs(d) < 1e-9:
        return False
    a2, b2, c2 = ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy
    ux = (a2 * (by - cy) + b2 * (cy - ay) + c2 * (ay - by)) / d
    uy = (a2 * (cx - bx) + b2 * (ax - cx) + c2 * (bx - ax)) / d
    r = hypot(ax - ux, ay - uy)
    slack = LOOSE * max(ROUND * r, ROUND_MIN)
    return all(abs(hypot(x - ux, y - uy) - r) <= slack for x, y in piece[:: max(1, n // 8)])


def _angles(arc: _Arc) -> list[float]:
    """Degrees clockwise from 12 o'clock of the arc's points, unwrapped so that neighbours stay close."""
    found: list[float] = []
    for x, y in arc.points:
        angle = degrees(atan2(x - arc.cx, arc.cy - y))
        if found:
            angle += 360 * round((found[-1] - angle) / 360)
        found.append(angle)
    return found


def _sweep(arc: _Arc) -> float:
    angles = _angles(arc)
    return max(angles) - min(angles)


def _bounded(points: Sequence[Point], outer: _Arc, r_inner: float) -> bool:
    """Whether every vertex lies on the outer arc, on the inner one, or on a side between them."""
    slack = max(2 * ROUND * outer.r, 2 * ROUND_MIN)
    low, full = r_inner - slack, _sweep(outer) >= FULL
    away = [hypot(x - outer.cx, y - outer.cy) for x, y in points]
    if any(d > outer.r + slack or d < low for d in away):
        return False
    if full:
        return True
    return any(d <= r_inner + slack for d in away)


def _sector(arc: _Arc, r_outer: float, r_inner: float) -> Sector:
    angles = _angles(arc)
    start, end = min(angles), max(angles)
    if end - start >= FULL:
        return Sector(arc.cx, arc.cy, r_outer, r_inner, 0.0, 360.0)
    turns = 360 * ((start + 0.5) // 360)
    return Sector(arc.cx, arc.cy, r_outer, r_inner, start - turns, end - turns)
