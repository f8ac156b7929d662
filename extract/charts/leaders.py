"""Leader lines: thin strokes from a label to the mark it speaks of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.scene import Box, Mark

THICKEST = 2.5  # pt: a leader is a hairline
JOINED = 1.0  # pt between the ends of two strokes that are one bent leader
TOUCH = 1.0  # em from a label's box to its leader


@dataclass(frozen=True, slots=True)
class Leader:
    """A bent or straight line; ``tip`` is the end near the chart's centre, ``points`` run from it."""

    points: tuple[tuple[float, float], ...]

    @property
    def tip(self) -> tuple[float, float]:
        return self.points[0]


def find_leaders(marks: Sequence[Mark], territory: Box, data: Iterable[int | None]) -> list[Leader]:
    """Leaders within the territory; their tips lie nearest to its centre."""
    own = set(data)
    lines = [
        list(m.points)
        for i, m in enumerate(marks)
        if i not in own and m.kind in ("line", "polyline") and 2 <= len(m.points) <= 8
        and m.stroke_width <= THICKEST and m.stroke
        and territory.holds(m.box.cx, m.box.cy) and max(m.box.width, m.box.height) < 0.7 * territory.width
        and math.dist(m.points[0], m.points[-1]) > 1.0
    ]  # fmt: skip
    chains = _chained(_distinct(lines))
    centre = (territory.cx, territory.cy)
    return [
        Leader(tuple(chain if math.dist(chain[0], centre) <= math.dist(chain[-1], centre) else chain[::-1]))
        for chain in chains
    ]


def leads_to(box: Box, size: float, leaders: Sequence[Leader]) -> Leader | None:
    """The leader that ends at this label."""
    best: tuple[float, Leader] | None = None
    for leader in leaders:
        off = min(_off_box(box, p) for p in _along(leader.points[-2], leader.points[-1]))
        inner = _off_box(box, leader.tip)
        if off <= TOUCH * size and inner > off and (best is None or off < best[0]):
            best = (off, leader)
    return best[1] if best else None


def _distinct(lines: Sequence[list[tuple[float, float]]]) -> list[list[tuple[float, float]]]:
    """Without strokes traced or drawn twice: same ends, one way or the other."""
    kept: list[list[tuple[float, float]]] = []
    for line in lines:
        ends = (line[0], line[-1])
        if not any(
            max(math.dist(a, c), math.dist(b, d)) <= 2 * JOINED
            for other in kept
            for a, b in (ends, ends[::-1])
            for c, d in ((other[0], other[-1]),)
        ):
            kept.append(line)
    return kept


def _chained(lines: Sequence[list[tuple[float, float]]]) -> list[list[tuple[float, float]]]:
    """Strokes joined end to end."""
    chains: list[list[tuple[float, float]]] = []
    for line in lines:
        for chain in chains:
            if math.dist(chain[-1], line[0]) <= JOINED:
                chain += line[1:]
            elif math.dist(chain[-1], line[-1]) <= JOINED:
                chain += line[-2::-1]
            elif math.dist(chain[0], line[-1]) <= JOINED:
                chain[:0] = line[:-1]
            elif math.dist(chain[0], line[0]) <= JOINED:
                chain[:0] = line[:0:-1]
            else:
                continue
            break
        else:
            chains.append(list(line))
    return chains


def _along(a: tuple[float, float], b: tuple[float, float], steps: int = 6) -> list[tuple[float, float]]:
    return [(a[0] + (b[0] - a[0]) * k / steps, a[1] + (b[1] - a[1]) * k / steps) for k in range(steps + 1)]


def _off_box(box: Box, point: tuple[float, float]) -> float:
    x, y = point
    return math.hypot(max(box.x0 - x, x - box.x1, 0.0), max(box.y0 - y, y - box.y1, 0.0))
