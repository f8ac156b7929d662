"""Line charts: the course of each coloured line, its vertices, and the points drawn on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.sources.trace.ink import Ink, is_colored
from extract.sources.trace.palette import Color

SHORTEST = 60
"""Pixels across; shorter strokes are legend samples or arrows."""
THICKEST = 9.0
"""Pixels; thicker strokes are bars or areas."""
GAP = 60
"""Pixels; other lines, points and labels interrupt a line for less."""
STEEPEST = 4.0
"""Slope at which a line may go on after a gap."""
MOST_PIECES = 200
"""Pieces of one colour looked at; more are hatching or a photograph."""
SHARE = 0.6
"""Share of its columns in which a curve shows ink."""
POINT_MIN, POINT_MAX = 4, 44
"""Pixels across a point."""
ALONE_MIN = 8
"""Pixels across a blob that stands by itself."""
FATTER = 1.7
"""Times the thickness of its line that a point has at least."""
GRID_SHARE = 0.6
"""Share of the thickness of coloured curves that a grey one has at least."""
BEND = 1.4
"""Pixels by which a vertex stands off the straight line between its neighbours."""
STRAY = 4.0
"""Pixels of vertical jump per column beyond which a run of ink belongs to something else, plus its height."""
TALLEST = 12
"""Pixels of height of a run that count for that; taller runs are axes or other strokes."""


@dataclass(frozen=True, slots=True)
class Point:
    """A marker: centre, width and height in pixels."""

    x: float
    y: float
    width: float
    height: float
    color: Color


@dataclass(frozen=True, slots=True)
class Curve:
    vertices: tuple[tuple[float, float], ...]
    thickness: float
    color: Color


def curves_and_points(
    image: NDArray[np.uint8], found: list[Ink], grounds: Sequence[Color]
) -> tuple[list[Curve], list[Point]]:
    """Curves and points of every ink."""
    curves: list[Curve] = []
    points: list[Point] = []
    for ink in found:
        x, y, w, h = cv2.boundingRect(ink.mask)
        if not w or not h:
            continue
        x, y, w, h = max(x - 2, 0), max(y - 2, 0), w + 4, h + 4
        mask = _filled(ink.mask[y : y + h, x : x + w])
        cover = _cover(image[y : y + h, x : x + w], mask, ink.color, grounds)
        thickness = _stroke(mask)
        mine = [_moved(p, x, y) for p in _points(mask, thickness, ink.color)]
        points.extend(mine)
        for piece in _pieces(mask):
            curve = _curve(piece, cover, thickness, ink.color)
            if curve is not None:
                placed = tuple((px + x, py + y) for px, py in curve.vertices)
                curves.append(Curve(_on_points(placed, mine), thickness, ink.color))
    return _without_grid(curves), points


def _without_grid(curves: list[Curve]) -> list[Curve]:
    """Without grey curves much thinner than the coloured ones: gridlines held together by labels."""
    colored = [curve.thickness for curve in curves if is_colored(curve.color)]
    least = GRID_SHARE * min(colored, default=0.0)
    return [curve for curve in curves if is_colored(curve.color) or curve.thickness >= least]


def _cover(
    image: NDArray[np.uint8], mask: NDArray[np.uint8], color: Color, grounds: Sequence[Color]
) -> NDArray[np.float64]:
    """How much of each pixel in or next to the mask the ink covers, 0-1."""
    near = cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0
    cover = np.zeros(mask.shape)
    pixels = image[near].astype(np.float64)
    ground = min(grounds, key=lambda g: float(np.median(np.abs(pixels - np.array(g, float)).max(axis=1))))
    step = np.array(color, float) - np.array(ground, float)
    cover[near] = np.clip((pixels - np.array(ground, float)) @ step / float(step @ step), 0.0, 1.0)
    return cover


def _moved(point: Point, dx: float, dy: float) -> Point:
    return Point(point.x + dx, point.y + dy, point.width, point.height, point.color)


def _filled(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Hollow points filled: holes no larger than a point are closed."""
    outlines, levels = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    result = mask.copy()
    for index, outline in enumerate(outlines):
        _, _, w, h = cv2.boundingRect(outline)
        if levels[0][index][3] >= 0 and max(w, h) <= POINT_MAX // 2:
            cv2.drawContours(result, [outline], 0, 1, cv2.FILLED)  # of all outlines each call copies all
    return result


def _stroke(mask: NDArray[np.uint8]) -> float:
    """Thickness of the lines in the mask: twice the median distance of ridge pixels from the ground."""
    depth = cv2.distanceTransform(mask, cv2.DIST_L2, 3)
    ridge = depth[(depth > 0) & (depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8)))]
    return max(1.0, 2 * float(np.percentile(ridge, 40)) - 0.5) if len(ridge) else 1.0


def _points(mask: NDArray[np.uint8], thickness: float, color: Color) -> list[Point]:
    """Compact blobs that remain when strokes of the line's thickness are taken away, and blobs that
    stand by themselves in a colour: keys of a legend whose slices or bars were traced before."""
    alone = _alone(mask, color)
    mask = mask.copy()
    for p in alone:
        left, top = max(int(p.x - p.width / 2) - 1, 0), max(int(p.y - p.height / 2) - 1, 0)
        mask[top : top + int(p.height) + 3, left : left + int(p.width) + 3] = 0
    size = int(max(POINT_MIN - 1, round(FATTER * thickness))) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    blobs = cv2.morphologyEx(mask, cv2.MORPH_OPEN, kernel)
    count, _, stats, centres = cv2.connectedComponentsWithStats(blobs, connectivity=8)
    found = list(alone)
    for index in range(1, min(count, 400)):
        _, _, w, h, area = (int(v) for v in stats[index])
        if not min(w, h) >= POINT_MIN or max(w, h) > POINT_MAX or max(w, h) > 1.5 * min(w, h):
            continue
        if area >= 0.45 * w * h:
            found.append(Point(float(centres[index][0]) + 0.5, float(centres[index][1]) + 0.5, w, h, color))
    return found


def _alone(mask: NDArray[np.uint8], color: Color) -> list[Point]:
    """Coloured discs and squares that touch nothing; grey ones may be scraps of characters."""
    if not is_colored(color):
        return []
    count, _, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for index in range(1, min(count, 400)):
        _, _, w, h, area = (int(v) for v in stats[index])
        compact = max(w, h) <= 1.3 * min(w, h) and area >= 0.6 * w * h
        if min(w, h) >= ALONE_MIN and max(w, h) <= POINT_MAX and compact:
            found.append(Point(float(centres[index][0]) + 0.5, float(centres[index][1]) + 0.5, w, h, color))
    return found


def _pieces(mask: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """The mask cut into groups that cannot be parts of one line."""
    near = cv2.dilate(mask, np.ones((3, 7), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    order = sorted(range(1, count), key=lambda k: int(stats[k][0]))[:MOST_PIECES]
    chains: list[list[int]] = []
    for k in order:
        best = min(
            (c for c in chains if _goes_on(stats[c[-1]], stats[k])),
            key=lambda c: _gap(stats[c[-1]], stats[k]),
            default=None,
        )
        if best is None:
            chains.append([k])
        else:
            best.append(k)
    lookup = np.zeros(count, np.int32)
    for number, chain in enumerate(chains, 1):
        lookup[chain] = number
    groups = lookup[labels] * (mask > 0)
    return [(groups == number).astype(np.uint8) for number in range(1, len(chains) + 1)]


def _gap(left: NDArray[np.int32], right: NDArray[np.int32]) -> int:
    return int(right[0] - left[0] - left[2])


def _goes_on(left: NDArray[np.int32], right: NDArray[np.int32]) -> bool:
    """Whether the second box may be the continuation of the first after other lines or labels."""
    gap = _gap(left, right)
    apart = max(int(right[1] - left[1] - left[3]), int(left[1] - right[1] - right[3]), 0)
    return -8 <= gap <= GAP and apart <= STEEPEST * max(gap, 4)


def _curve(
    mask: NDArray[np.uint8], cover: NDArray[np.float64], thickness: float, color: Color
) -> Curve | None:
    columns = np.flatnonzero(mask.any(axis=0))
    if (
        thickness > THICKEST
        or len(columns) < SHORTEST
        or len(columns) < SHARE * (columns[-1] - columns[0] + 1)
    ):
        return None
    course = _course(mask, cover, columns)
    if len(course) < SHORTEST:
        return None
    vertices = _vertices(course, max(BEND, 0.6 * thickness))
    return Curve(tuple((float(x), float(y)) for x, y in vertices), thickness, color)


def _course(
    mask: NDArray[np.uint8], cover: NDArray[np.float64], columns: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Middle of the line at each column, (n, 2), followed to both sides from where it is plainest; where a
    column has several runs of ink, the one that goes on."""
    edge = np.diff(np.pad(mask[:, columns], ((1, 1), (0, 0))).astype(np.int8), axis=0)
    runs = [(np.flatnonzero(e == 1), np.flatnonzero(e == -1)) for e in edge.T]
    start = _plainest(runs)
    right = _follow(runs, cover, columns, range(start, len(columns)))
    left = _follow(runs, cover, columns, range(start, -1, -1))
    return np.array([*left[:0:-1], *right])


def _plainest(runs: list[tuple[NDArray[np.int64], NDArray[np.int64]]]) -> int:
    """Index in the middle of the longest stretch of columns with a single run of usual height."""
    usual = 2 * float(np.median([int(stops[0] - starts[0]) for starts, stops in runs])) + 1
    plain = [len(starts) == 1 and int(stops[0] - starts[0]) <= usual for starts, stops in runs]
    bounds = np.flatnonzero(np.diff(np.array([False, *plain, False]).astype(np.int8)))
    if not len(bounds):
        return 0
    longest = int((bounds[1::2] - bounds[::2]).argmax())
    return int(bounds[2 * longest] + bounds[2 * longest + 1]) // 2


def _follow(
    runs: list[tuple[NDArray[np.int64], NDArray[np.int64]]],
    cover: NDArray[np.float64],
    columns: NDArray[np.int64],
    order: range,
) -> list[tuple[float, float]]:
    course: list[tuple[float, float]] = []
    for k in order:
        starts, stops = runs[k]
        pick = int(np.abs((starts + stops) / 2 - course[-1][1]).argmin()) if course else 0
        first, last = max(int(starts[pick]) - 1, 0), int(stops[pick]) + 1
        weight = cover[first:last, columns[k]]
        middle = first + 0.5 + float((weight * np.arange(len(weight))).sum() / max(float(weight.sum()), 1e-6))
        x = float(columns[k]) + 0.5
        if course and abs(middle - course[-1][1]) > STRAY * abs(x - course[-1][0]) + min(
            last - first, TALLEST
        ):
            continue
        course.append((x, middle))
    return course


def _vertices(course: NDArray[np.float64], bend: float) -> NDArray[np.float64]:
    """Corners of the course: the fewest such that it never strays more than ``bend`` from the polyline;
    each is then placed where the straight lines fitted to both sides meet."""
    path = cv2.approxPolyDP(course.astype(np.float32).reshape(-1, 1, 2), bend, False)[:, 0, :]
    keys = np.searchsorted(course[:, 0], path[:, 0])
    fits = [_fit(course[a : b + 1]) for a, b in pairwise(keys)]
    corners = [_at(fits[0], course[0, 0])] if fits else [tuple(course[0])]
    for (left, right), key in zip(pairwise(fits), keys[1:], strict=False):
        corners.append(_meet(left, right, course[min(key, len(course) - 1)]))
    corners.append(_at(fits[-1], course[-1, 0]) if fits else tuple(course[-1]))
    return np.array(corners)


def _fit(points: NDArray[np.float64]) -> tuple[float, float]:
    """Slope and height at 0 of the line through the inner points."""
    inner = points[len(points) // 8 : len(points) - len(points) // 8] if len(points) >= 16 else points
    if len(inner) < 2:
        return 0.0, float(points[0, 1])
    slope, height = np.polyfit(inner[:, 0], inner[:, 1], 1)
    return float(slope), float(height)


def _at(line: tuple[float, float], x: float) -> tuple[float, float]:
    return float(x), line[0] * float(x) + line[1]


def _meet(
    left: tuple[float, float], right: tuple[float, float], near: NDArray[np.float64]
) -> tuple[float, float]:
    """Where two lines cross, if that is near the corner they were found from."""
    if abs(left[0] - right[0]) > 1e-3:
        x = (right[1] - left[1]) / (left[0] - right[0])
        if abs(x - near[0]) <= 6:
            return _at(left, x)
    return float(near[0]), float(near[1])


def _on_points(
    vertices: tuple[tuple[float, float], ...], points: list[Point]
) -> tuple[tuple[float, float], ...]:
    """With a vertex at every point drawn on the line, in place of corners found beside it."""
    first, last = vertices[0][0], vertices[-1][0]
    x, y = np.array(vertices).T
    on = [
        p
        for p in points
        if first - p.width <= p.x <= last + p.width and abs(np.interp(p.x, x, y) - p.y) <= p.height
    ]
    if len(on) < 3:
        return vertices
    corners = [v for v in vertices[1:-1] if all(abs(v[0] - p.x) > 0.75 * p.width + 2 for p in on)]
    ends = [v for v in (vertices[0], vertices[-1]) if all(abs(v[0] - p.x) > p.width + 2 for p in on)]
    return tuple(sorted([*corners, *ends, *((p.x, p.y) for p in on)]))
