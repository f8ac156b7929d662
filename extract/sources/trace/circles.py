"""Find discs and rings: circles that explain the outline of a group of touching regions."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

BRIDGE = 7
"""Pixels; gaps and outlines between slices up to this wide are closed."""
SMALLEST_RADIUS = 12.0
"""Pixels; smaller discs are markers, not pies."""
TRIALS = 300
"""Circles through three random outline points that are tried per group."""
OUTLINE_POINTS = 480
"""Points of an outline looked at."""
COVERED, COVERED_SMALL = 70.0, 150.0
"""Degrees of the circle that the outline must follow (a half ring, a large slice), and what a small disc
needs so that a square with rounded corners does not pass for one."""
SMALL = 40.0
"""Pixels; radius of a small disc."""
FOLLOWED = 0.35
"""Share of the outline that lies on the circle: a half ring has its outer arc, its inner arc and two ends."""
EXPLODED_MOST = 0.4
"""Radii a slice may be pulled out."""
RIM = 1.2
"""Pixels between the edge of a disc and the middles of the outermost cells that lie wholly in it."""
WIDE = 50.0
"""Degrees; an arc that wide tells its circle by itself."""
CLOSE = 0.012
"""Distance from the circle, as a share of the radius, up to which a point lies on it; 1.2 pixels at least."""


@dataclass(frozen=True, slots=True)
class Circle:
    cx: float
    cy: float
    r: float


def find_circles(mask: NDArray[np.uint8]) -> list[Circle]:
    """Circles along the outlines of the groups in a mask (1 where a mark may be), the fullest first."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (BRIDGE, BRIDGE))
    padded = np.pad(mask, BRIDGE)
    closed = cv2.morphologyEx(padded, cv2.MORPH_CLOSE, kernel)
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found: list[tuple[float, Circle]] = []
    for outline in sorted(outlines, key=lambda o: -len(o)):
        points = outline[:, 0, :].astype(np.float64) - BRIDGE + 1.0
        extent = np.ptp(points, axis=0)
        if extent.min() < 2 * SMALLEST_RADIUS * 0.5 or extent.max() < 2 * SMALLEST_RADIUS:
            continue
        best = _best_circle(points, float(extent.max()))
        if best is not None:
            found.append(best)
    return [circle for _, circle in sorted(found, key=lambda pair: -pair[0] * pair[1].r)]


def _best_circle(points: NDArray[np.float64], extent: float) -> tuple[float, Circle] | None:
    points = points[:: max(1, len(points) // OUTLINE_POINTS)]
    chance = np.random.default_rng(len(points))
    triples = points[chance.integers(0, len(points), (TRIALS, 3))]
    circles = _through(triples)
    r = circles[:, 2]
    circles = circles[(r >= SMALLEST_RADIUS) & (r <= 1.1 * extent) & np.isfinite(r)]
    if not len(circles):
        return None
    distance = np.hypot(points[None, :, 0] - circles[:, :1], points[None, :, 1] - circles[:, 1:2])
    on = np.abs(distance - circles[:, 2:]) <= np.maximum(CLOSE * circles[:, 2:], 1.2)
    best = int(on.sum(axis=1).argmax())
    refined = fit_circle(points[on[best]])
    if refined is None or on[best].mean() < FOLLOWED:
        return None
    covered = covered_degrees(refined, points[on[best]])
    return (covered, refined) if covered >= (COVERED if refined.r >= SMALL else COVERED_SMALL) else None


def _through(triples: NDArray[np.float64]) -> NDArray[np.float64]:
    """Circles (cx, cy, r) through N triples of points (N, 3, 2); not finite where they lie in a row."""
    a, b, c = triples[:, 0], triples[:, 1], triples[:, 2]
    d = 2 * (a[:, 0] * (b[:, 1] - c[:, 1]) + b[:, 0] * (c[:, 1] - a[:, 1]) + c[:, 0] * (a[:, 1] - b[:, 1]))
    square_a, square_b, square_c = (a**2).sum(1), (b**2).sum(1), (c**2).sum(1)
    with np.errstate(divide="ignore", invalid="ignore"):
        x = (
            square_a * (b[:, 1] - c[:, 1]) + square_b * (c[:, 1] - a[:, 1]) + square_c * (a[:, 1] - b[:, 1])
        ) / d
        y = (
            square_a * (c[:, 0] - b[:, 0]) + square_b * (a[:, 0] - c[:, 0]) + square_c * (b[:, 0] - a[:, 0])
        ) / d
    return np.column_stack((x, y, np.hypot(a[:, 0] - x, a[:, 1] - y)))


def fit_circle(points: NDArray[np.float64]) -> Circle | None:
    """Least-squares circle (Kasa's linear form); None for fewer than three points or points in a row."""
    if len(points) < 3:
        return None
    middle = points.mean(axis=0)
    x, y = (points - middle).T
    solution, _, rank, _ = np.linalg.lstsq(np.column_stack((x, y, np.ones(len(x)))), x**2 + y**2, rcond=None)
    square = float(solution[2] + (solution[0] ** 2 + solution[1] ** 2) / 4)
    if rank < 3 or square <= 0:
        return None
    return Circle(float(solution[0] / 2 + middle[0]), float(solution[1] / 2 + middle[1]), square**0.5)


def covered_degrees(circle: Circle, points: NDArray[np.float64]) -> float:
    """How much of the circle the points lie along, in degrees, counted in steps of five."""
    angles = np.degrees(np.arctan2(points[:, 1] - circle.cy, points[:, 0] - circle.cx)) % 360
    return 5.0 * len(np.unique((angles // 5).astype(int)))


def shifted_circles(mask: NDArray[np.uint8], whole: Circle) -> list[Circle]:
    """Circles of the same radius near ``whole`` along what is left in the mask: slices pulled out of it."""
    reach = int(whole.r * 1.6)
    x0, y0 = max(0, int(whole.cx) - reach), max(0, int(whole.cy) - reach)
    near = np.ascontiguousarray(mask[y0 : int(whole.cy) + reach, x0 : int(whole.cx) + reach])
    outlines, _ = cv2.findContours(near, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found = []
    for outline in sorted(outlines, key=lambda o: -len(o)):
        points = outline[:, 0, :].astype(np.float64) + np.array([x0 + 1.0, y0 + 1.0])
        if len(points) < 0.6 * whole.r:
            continue
        within = Circle(whole.cx, whole.cy, whole.r - RIM)
        centre = _centre_for(points[:: max(1, len(points) // OUTLINE_POINTS)], within)
        if centre is not None:
            found.append(centre)
    return found


def _centre_for(points: NDArray[np.float64], whole: Circle) -> Circle | None:
    """Where a circle of the radius of ``whole`` lies that follows some of the points."""
    chance = np.random.default_rng(len(points))
    pairs = points[chance.integers(0, len(points), (TRIALS, 2))]
    middle, half = pairs.mean(axis=1), (pairs[:, 1] - pairs[:, 0]) / 2
    length = np.hypot(*half.T)
    usable = (length > 2) & (length < whole.r)
    middle, half, length = middle[usable], half[usable], length[usable]
    out = (
        np.sqrt(whole.r**2 - length**2)[:, None]
        * np.column_stack((-half[:, 1], half[:, 0]))
        / length[:, None]
    )
    centres = np.vstack((middle + out, middle - out))
    away = np.hypot(centres[:, 0] - whole.cx, centres[:, 1] - whole.cy)
    centres = centres[away < EXPLODED_MOST * whole.r]
    if not len(centres):
        return None
    distance = np.hypot(points[None, :, 0] - centres[:, :1], points[None, :, 1] - centres[:, 1:])
    on = np.abs(distance - whole.r) <= max(CLOSE * whole.r, 1.2)
    best = int(on.sum(axis=1).argmax())
    if on[best].mean() < 0.1:
        return None
    centre, rim = centres[best], points[on[best]]
    for _ in range(8):
        offset = rim - centre
        length = np.hypot(*offset.T)
        step, *_ = np.linalg.lstsq(offset / length[:, None], length - whole.r, rcond=None)
        centre = centre + step
    found = Circle(float(centre[0]), float(centre[1]), whole.r)
    own = fit_circle(rim) if covered_degrees(found, rim) >= WIDE else None
    if own is not None and abs(own.r - whole.r) < 0.05 * whole.r:
        found = own
    return Circle(found.cx, found.cy, found.r + RIM)
