"""Slices of pies and donuts: around its centre a pie is a stacked bar bent into a ring.

The colours along the ring, as the median over several radii, are cut into plateaus just like the
profile of a bar, so gaps, outlines and labels are treated alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scene import Sector
from extract.sources.trace.bands import Stretch, stretches, without_separators
from extract.sources.trace.bars import region_colors
from extract.sources.trace.circles import Circle, find_circles, fit_circle, shifted_circles
from extract.sources.trace.grain import Grain
from extract.sources.trace.palette import SAME, Color, apart, is_near
from extract.sources.trace.regions import Regions

SMALLEST_REGION = 60
"""Cells; smaller regions do not start a search for a circle."""
RAYS = 96
"""Directions in which the rim of a disc is looked for."""
DEPTHS = np.array([0.35, 0.45, 0.55, 0.62, 0.7, 0.76, 0.82, 0.87, 0.91, 0.94])
"""Where between the hole (or the centre) and the rim the ring is sampled: mostly outside the labels."""
LONGEST_PROFILE = 3600
"""Samples around the ring; 0.1 degree each."""
STEADY = 0.7
"""Share of the tolerance along a bar that is enough along a ring, which is sampled on more lines."""
OUTLINE, OUTLINED = 7.0, 0.5
"""Pixels along the ring up to which a piece may be an outline, and share of the borders that have one."""
BLACK = (0, 0, 0)
"""Slices a few pixels wide and black are outlines."""
AT_RIM, BORDER, FAINT = 3, 5, 18
"""Outermost lines of the ring, pixels to both sides of a border, and levels by which it shows there."""
SLIVER = 0.15
"""Degrees; narrower slices are edges."""


@dataclass(frozen=True, slots=True)
class Slice:
    sector: Sector
    fill: Color


def slices(image: NDArray[np.uint8], regions: Regions, grounds: Sequence[Color], grain: Grain) -> list[Slice]:
    """Slices of all discs and rings with at least two colours or with a hole."""
    mask = _candidates(image, regions, grounds)
    grain = replace(grain, tolerance=STEADY * grain.tolerance)
    found: list[Slice] = []
    for circle in find_circles(mask):
        whole = _rim(image, circle, grounds)
        if whole is None or _inside(whole, found):
            continue
        hole = _hole(image, whole, grounds)
        parts = _cut_ring(image, whole, hole, grounds, grain)
        if not parts:
            continue
        _paint_out(mask, parts)
        for shifted in shifted_circles(mask, whole):
            parts += [p for p in _cut_ring(image, shifted, hole, grounds, grain) if not _repeats(p, parts)]
        if len(parts) > 1 or hole > 0:
            found.extend(parts)
    return found


def _inside(circle: Circle, found: list[Slice]) -> bool:
    return any(np.hypot(circle.cx - s.sector.cx, circle.cy - s.sector.cy) < s.sector.r_outer for s in found)


def _paint_out(mask: NDArray[np.uint8], parts: list[Slice]) -> None:
    for part in parts:
        s = part.sector
        turns = np.radians(np.linspace(s.start, s.end, 60))
        rim = np.column_stack(
            (s.cx + (s.r_outer + 3) * np.sin(turns), s.cy - (s.r_outer + 3) * np.cos(turns))
        )
        outline = np.vstack(((s.cx, s.cy), rim)).round().astype(np.int32)
        cv2.fillPoly(mask, [outline], 0)
        cv2.polylines(mask, [outline], True, 0, 3)


def _repeats(part: Slice, parts: list[Slice]) -> bool:
    """Whether most of the slice was found before."""
    for other in parts:
        s, o = part.sector, other.sector
        turn = ((o.start + o.end) / 2 - (s.start + s.end) / 2 + 180) // 360 * 360
        shared = min(s.end, o.end - turn) - max(s.start, o.start - turn)
        if shared > 0.5 * min(s.end - s.start, o.end - o.start):
            return True
    return False


def _candidates(image: NDArray[np.uint8], regions: Regions, grounds: Sequence[Color]) -> NDArray[np.uint8]:
    """1 where a region lies that is neither a rectangle nor ground."""
    w, h = regions.boxes[:, 2], regions.boxes[:, 3]
    share = regions.areas / (w * h)
    large = (regions.areas >= SMALLEST_REGION) & (share < 0.97) & (np.minimum(w, h) >= 5)
    picked = np.flatnonzero(large)
    picked = picked[np.argsort(-regions.areas[picked], kind="stable")][:400]
    mask = np.zeros(regions.labels.shape, np.uint8)
    for index, color in zip(picked, region_colors(image, regions, picked), strict=True):
        if not is_near(color, list(grounds)):
            x, y, w1, h1 = (int(v) for v in regions.boxes[index])
            mask[y : y + h1, x : x + w1] |= regions.labels[y : y + h1, x : x + w1] == index + 1
    return mask


def _ray(
    image: NDArray[np.uint8], circle: Circle, radii: NDArray[np.float64], angles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Colours at radii x angles (radians clockwise from 12 o'clock), shape (radii, angles, 3)."""
    x = circle.cx + radii[:, None] * np.sin(angles)[None, :] - 0.5
    y = circle.cy - radii[:, None] * np.cos(angles)[None, :] - 0.5
    seen = cv2.remap(
        image, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(seen, np.float64)


def _off_ground(colors: NDArray[np.float64], grounds: Sequence[Color]) -> NDArray[np.float64]:
    """Distance of each colour from the nearest ground colour."""
    away = [np.abs(colors - np.array(g, float)).max(axis=-1) for g in grounds]
    return np.asarray(np.min(away, axis=0), np.float64)


def _rim(image: NDArray[np.uint8], circle: Circle, grounds: Sequence[Color]) -> Circle | None:
    """The circle fitted again to where rays leave the disc, to a fraction of a pixel."""
    angles = np.arange(RAYS, dtype=np.float64) * (2 * np.pi / RAYS)
    radii = np.arange(circle.r - 6, circle.r + 7, 0.5, dtype=np.float64)
    off = _off_ground(_ray(image, circle, radii, angles), grounds)
    inside = off[:6].max(axis=0)
    clear = (inside > 2 * SAME) & (off[-3:].min(axis=0) < 0.35 * inside)
    if clear.sum() < RAYS // 6:
        return None
    share = np.clip(off / np.maximum(inside, 1e-6), 0.0, 1.0)
    beyond = np.cumsum(share < 0.5, axis=0) > 0
    at = radii[0] + 0.5 * np.where(beyond, np.minimum(share, 0.5), share).sum(axis=0) - 0.25
    points = np.column_stack((circle.cx + at * np.sin(angles), circle.cy - at * np.cos(angles)))[clear]
    fine = fit_circle(points)
    if fine is None:
        return None
    distance = np.abs(np.hypot(points[:, 0] - fine.cx, points[:, 1] - fine.cy) - fine.r)
    near = distance <= max(1.0, 2 * float(np.median(distance)))
    if near.sum() < RAYS // 6:
        return None
    return fit_circle(points[near])


def _hole(image: NDArray[np.uint8], circle: Circle, grounds: Sequence[Color]) -> float:
    """Radius of the hole of a ring, 0 for a full disc."""
    angles = np.arange(RAYS, dtype=np.float64) * (2 * np.pi / RAYS)
    radii = np.arange(0.0, circle.r, max(0.5, circle.r / 200), dtype=np.float64)
    filled = (_off_ground(_ray(image, circle, radii, angles), grounds) > 2 * SAME).mean(axis=1)
    rim = float(np.median(filled[int(0.85 * len(radii)) : int(0.97 * len(radii))]))
    empty = np.flatnonzero(filled < 0.5 * rim)
    empty = empty[radii[empty] < 0.93 * circle.r]
    if not len(empty) or radii[empty[-1]] < 0.15 * circle.r:
        return 0.0
    return float(radii[empty[-1]])


def _cut_ring(
    image: NDArray[np.uint8], circle: Circle, hole: float, grounds: Sequence[Color], grain: Grain
) -> list[Slice]:
    count = int(min(LONGEST_PROFILE, max(360, 2 * np.pi * circle.r)))
    angles = np.asarray((np.arange(count) + 0.5) * (2 * np.pi / count), np.float64)
    radii = np.asarray(hole + (circle.r - hole) * DEPTHS, np.float64)
    rays = _ray(image, circle, radii, angles)
    profile = np.median(rays, axis=0)
    shift = _start(profile)
    turned = np.roll(profile, -shift, axis=0)
    pieces = stretches(np.vstack((turned, turned[:8])), 0.0, grain)
    pieces = _closed(without_separators(pieces, list(grounds), [BLACK]), float(count))
    pieces = _rejoined(_without_outlines(pieces), np.roll(rays[-AT_RIM:].mean(axis=0), -shift, axis=0))
    step = 360.0 / count
    found = []
    for piece in pieces:
        if is_near(piece.color, list(grounds)) or (piece.stop - piece.start) * step < SLIVER:
            continue
        start = ((piece.start + shift) * step) % 360
        sector = Sector(
            circle.cx, circle.cy, circle.r, hole, start, start + (piece.stop - piece.start) * step
        )
        if _on_rim(image, sector, grounds):
            found.append(Slice(sector, piece.color))
    return found


def _rejoined(pieces: list[Stretch], rim: NDArray[np.float64]) -> list[Stretch]:
    """Neighbours of one colour as one slice, unless a border between them goes on to the rim: what a label
    leaves in the middle of a ring does not. ``rim``: colours there, for each place of the pieces."""
    kept: list[Stretch] = []
    for piece in pieces:
        if kept and apart(kept[-1].color, piece.color) <= SAME and kept[-1].stop == piece.start:
            near = np.arange(int(piece.start) - BORDER, int(piece.start) + BORDER + 1) % len(rim)
            if np.abs(rim[near] - np.array(piece.color, float)).max() <= FAINT:
                kept[-1] = replace(kept[-1], stop=piece.stop)
                continue
        kept.append(piece)
    return kept


def _without_outlines(pieces: list[Stretch]) -> list[Stretch]:
    """Where nearly every border has a thin piece, the thin pieces are outlines and not slices."""
    thin = [p.thin and p.stop - p.start <= OUTLINE for p in pieces]
    if sum(thin) < max(2, OUTLINED * (len(pieces) - sum(thin))):
        return pieces
    kept: list[Stretch] = []
    for piece, drop in zip(pieces, thin, strict=True):
        middle = (piece.start + piece.stop) / 2
        if not drop:
            kept.append(
                piece if not kept or kept[-1].stop == piece.start else replace(piece, start=kept[-1].stop)
            )
        elif kept:
            kept[-1] = replace(kept[-1], stop=middle)
    return kept


def _start(profile: NDArray[np.float64]) -> int:
    """Index in the middle of the longest even stretch, where the ring is cut open."""
    change = np.abs(np.diff(profile, axis=0, append=profile[:1])).max(axis=1)
    jumps = np.flatnonzero(change > 6)
    if not len(jumps):
        return 0
    gaps = np.diff(np.append(jumps, jumps[0] + len(profile)))
    longest = int(gaps.argmax())
    return int(jumps[longest] + gaps[longest] // 2) % len(profile)


def _closed(pieces: list[Stretch], count: float) -> list[Stretch]:
    """The last piece is the beginning of the first: they are one."""
    if len(pieces) < 2:
        return [Stretch(0.0, count, pieces[0].color)] if pieces else []
    first, last = pieces[0], pieces[-1]
    if apart(first.color, last.color) > 2 * SAME:
        return [*pieces[:-1], Stretch(last.start, count, last.color)]
    return [*pieces[1:-1], Stretch(last.start, count + first.stop, first.color)]


def _on_rim(image: NDArray[np.uint8], sector: Sector, grounds: Sequence[Color]) -> bool:
    """Whether the slice ends at the circle: one that was pulled out of it goes beyond, or falls short."""
    width = sector.end - sector.start
    angles = np.radians(np.linspace(sector.start + 0.15 * width, sector.end - 0.15 * width, 7))
    depth = max(2.5, 0.02 * sector.r_outer)
    circle = Circle(sector.cx, sector.cy, sector.r_outer)
    radii = np.array([sector.r_outer - depth, sector.r_outer + depth])
    inner, outer = _off_ground(_ray(image, circle, radii, angles), grounds) > 2 * SAME
    return float(np.mean(inner & ~outer)) >= 0.5
