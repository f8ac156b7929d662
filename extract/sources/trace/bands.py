"""Cut a bar across its length into its segments.

The median colour across the thickness makes one profile along the bar. Plateaus of the profile are
segments; what lies between two plateaus is a plain edge, a thin separator (gap, outline), or a segment
too thin to be a plateau.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.sources.trace.edges import LINES
from extract.sources.trace.palette import Color, apart, chroma, to_color

SLOPE = 0.5
"""Share of the tolerance that the colour may change per pixel within one segment (shading)."""
SEPARATOR = 4.5
"""Pixels; a white or black stretch between two segments that is thinner parts them, a wider one is a gap."""
NEUTRAL = 24
"""Chroma up to which a colour counts as grey, and levels up to which two thin, blended colours are one."""
WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a profile: from ``start`` to ``stop`` in pixels, its colour, and whether it has a plateau."""

    start: float
    stop: float
    color: Color
    thin: bool = False


def profile_along(image: NDArray[np.uint8], x0: int, y0: int, x1: int, y1: int) -> NDArray[np.float64]:
    """Median colour across the rows y0..y1 for each column of x0..x1, shape (x1 - x0, 3)."""
    rows = np.unique(np.clip((y0 + (y1 - y0) * LINES).astype(np.int64), 0, image.shape[0] - 1))
    return np.asarray(np.median(image[rows, x0:x1], axis=0), np.float64)


def stretches(profile: NDArray[np.float64], offset: float, tolerance: float) -> list[Stretch]:
    """Plateaus, and thin pieces between them, in order; positions start at ``offset``."""
    runs = _plateaus(profile, tolerance)
    found: list[Stretch] = []
    start = offset
    for (a0, a1, left), (b0, _, right) in zip(runs, runs[1:], strict=False):
        stop, thin = _between(profile, a1, b0, left[1], right[0], tolerance)
        found.append(Stretch(start, offset + stop[0], _middle(profile, a0, a1)))
        if thin is not None:
            found.append(Stretch(offset + stop[0], offset + stop[1], thin, True))
        start = offset + stop[1]
    if runs:
        a0, a1, _ = runs[-1]
        found.append(Stretch(start, offset + len(profile), _middle(profile, a0, a1)))
    return found


def _middle(profile: NDArray[np.float64], start: int, stop: int) -> Color:
    return to_color(np.median(profile[start:stop], axis=0))


def _plateaus(
    profile: NDArray[np.float64], tolerance: float
) -> list[tuple[int, int, tuple[NDArray[np.float64], NDArray[np.float64]]]]:
    """Runs of pixels (start, stop, colours at both ends) whose colour changes slowly, neighbours of one colour joined."""
    change = np.abs(np.diff(profile, axis=0)).max(axis=1)
    jumps = np.flatnonzero(change > SLOPE * tolerance)
    bounds = np.concatenate(([0], jumps + 1, [len(profile)]))
    runs = [(int(a), int(b)) for a, b in zip(bounds, bounds[1:], strict=False) if b - a >= 2]
    joined: list[tuple[int, int]] = []
    for a, b in runs:
        if joined and _same(profile, joined[-1], (a, b), tolerance):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return [(a, b, (_end(profile, a, b, True), _end(profile, a, b, False))) for a, b in joined]


def _end(profile: NDArray[np.float64], start: int, stop: int, first: bool) -> NDArray[np.float64]:
    piece = profile[start : min(stop, start + 4)] if first else profile[max(start, stop - 4) : stop]
    return np.asarray(np.median(piece, axis=0), np.float64)


def _same(
    profile: NDArray[np.float64], a: tuple[int, int], b: tuple[int, int], tolerance: float
) -> bool:
    """Whether two runs are one segment interrupted by noise: same colour, and nothing else between."""
    left, right = _end(profile, *a, False), _end(profile, *b, True)
    if np.abs(left - right).max() > tolerance:
        return False
    gap = profile[a[1] : b[0]]
    return not len(gap) or float(np.abs(gap - (left + right) / 2).max()) <= 1.5 * tolerance


def _between(
    profile: NDArray[np.float64],
    stop: int,
    start: int,
    left: NDArray[np.float64],
    right: NDArray[np.float64],
    tolerance: float,
) -> tuple[tuple[float, float], Color | None]:
    """Where the left plateau ends and the right one begins, and the colour of a thin piece between."""
    gap = profile[stop:start]
    step = right - left
    square = float((step**2).sum())
    blend = np.clip(((gap - left) @ step) / square, 0.0, 1.0) if square > 1 else np.zeros(len(gap))
    off = np.abs(gap - (left + blend[:, None] * step)).max(axis=1) if len(gap) else np.zeros(0)
    if not len(gap) or float(off.max()) <= 2 * tolerance:
        at = stop + float((1.0 - blend).sum())
        return (at, at), None
    peak = gap[int(off.argmax())]
    before = _share(gap[: int(off.argmax()) + 1], left, peak)
    after = _share(gap[int(off.argmax()) :], right, peak)
    edges = (stop + float((1 - before).sum()), start - float((1 - after).sum()))
    middle = sum(edges) / 2
    if edges[1] < edges[0]:
        edges = (middle, middle)
    return edges, to_color(peak)


def _share(pixels: NDArray[np.float64], ground: NDArray[np.float64], peak: NDArray[np.float64]) -> NDArray[np.float64]:
    step = peak - ground
    return np.asarray(np.clip(((pixels - ground) @ step) / max(float((step**2).sum()), 1e-6), 0.0, 1.0))


def without_separators(pieces: list[Stretch], ground: list[Color], outlines: list[Color]) -> list[Stretch]:
    """Thin separators give half of their width to each neighbour; thin segments stay."""
    kept: list[Stretch] = []
    carry = None
    for index, piece in enumerate(pieces):
        if 0 < index < len(pieces) - 1 and _separates(piece, pieces[index - 1], pieces[index + 1], ground, outlines):
            middle = (piece.start + piece.stop) / 2
            if kept:
                kept[-1] = Stretch(kept[-1].start, middle, kept[-1].color, kept[-1].thin)
            carry = middle
            continue
        kept.append(Stretch(piece.start if carry is None else carry, piece.stop, piece.color, piece.thin))
        carry = None
    return kept


def _separates(
    piece: Stretch, before: Stretch, after: Stretch, ground: list[Color], outlines: list[Color]
) -> bool:
    """Whether a thin piece is a gap, an outline or an axis rather than a segment.

    Gaps have the ground's colour or are white; outlines were seen around the members of the band; an
    axis is a dark line where the band begins or ends.
    """
    if piece.stop - piece.start > SEPARATOR:
        return False
    if any(apart(piece.color, color) <= 2 * NEUTRAL for color in (*ground, *outlines, WHITE)):
        return True
    at_end = any(apart(side.color, color) <= NEUTRAL for side in (before, after) for color in ground)
    return at_end and chroma(piece.color) <= NEUTRAL
