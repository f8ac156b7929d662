"""Cut a bar across its length into its segments.

The median colour across the thickness makes one profile along the bar. Plateaus of the profile are
segments; what lies between two plateaus is a plain edge, a thin separator (gap, outline), or a segment
too thin to be a plateau.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from extract.sources.trace.edges import LINES
from extract.sources.trace.grain import Grain
from extract.sources.trace.palette import SAME, Color, apart, chroma, is_near, to_color

SLOPE = 0.5
"""Share of the tolerance that the colour may change per pixel within one segment (shading)."""
SEPARATOR = 4.5
"""Pixels; a white or black stretch between two segments that is thinner parts them, a wider one is a gap."""
SMEAR = 4
"""Pixels up to which a run between two others may be nothing but their smeared edge."""
NEUTRAL = 24
"""Chroma up to which a colour counts as grey, and levels up to which two thin, blended colours are one."""
DARK = 80
"""Brightest channel up to which a thin blended line at the end of a band is an axis, whatever its hue."""
SHINE = 2.2
"""Pixels up to which a piece that mixes its neighbours and the ground is no segment."""
WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a profile: ``start`` and ``stop`` in pixels, its colour, ``thin`` when it has no plateau."""

    start: float
    stop: float
    color: Color
    thin: bool = False


def profile_along(image: NDArray[np.uint8], x0: int, y0: int, x1: int, y1: int) -> NDArray[np.float64]:
    """Median colour across the rows y0..y1 for each column of x0..x1, shape (x1 - x0, 3)."""
    rows = np.unique(np.clip((y0 + (y1 - y0) * LINES).astype(np.int64), 0, image.shape[0] - 1))
    return np.asarray(np.median(image[rows, x0:x1], axis=0), np.float64)


def stretches(profile: NDArray[np.float64], offset: float, grain: Grain) -> list[Stretch]:
    """Plateaus of an RGB profile, and thin pieces between them, in order; positions start at ``offset``."""
    felt = grain.felt(profile)
    runs = _without_blends(felt, _plateaus(felt, grain), grain)
    found: list[Stretch] = []
    start = offset
    for (a0, a1), (b0, b1) in pairwise(runs):
        stop, peak = _between(felt, (a0, a1), (b0, b1), grain.tolerance)
        found.append(Stretch(start, offset + stop[0], _middle(profile, a0, a1)))
        if peak is not None:
            found.append(Stretch(offset + stop[0], offset + stop[1], to_color(profile[peak]), True))
        start = offset + stop[1]
    if runs:
        found.append(Stretch(start, offset + len(profile), _middle(profile, *runs[-1])))
    return found


def _middle(profile: NDArray[np.float64], start: int, stop: int) -> Color:
    return to_color(np.median(profile[start:stop], axis=0))


def _plateaus(felt: NDArray[np.float64], grain: Grain) -> list[tuple[int, int]]:
    """Runs of pixels (start, stop) whose colour changes slowly, neighbours of one colour joined."""
    change = np.abs(np.diff(felt, axis=0)).max(axis=1)
    jumps = np.flatnonzero(change > SLOPE * grain.tolerance)
    bounds = np.concatenate(([0], jumps + 1, [len(felt)]))
    runs = [(int(a), int(b)) for a, b in pairwise(bounds) if b - a >= grain.run]
    joined: list[tuple[int, int]] = []
    for run in runs:
        if joined and _same(felt, joined[-1], run, grain.tolerance):
            joined[-1] = (joined[-1][0], run[1])
        else:
            joined.append(run)
    return joined


def _without_blends(
    felt: NDArray[np.float64], runs: list[tuple[int, int]], grain: Grain
) -> list[tuple[int, int]]:
    """In a grainy image a short run whose colour lies between its neighbours' is a smeared edge."""
    if not grain.grainy:
        return runs
    kept = []
    for index, run in enumerate(runs):
        if 0 < index < len(runs) - 1 and run[1] - run[0] <= SMEAR:
            left, right = _end(felt, *runs[index - 1], False), _end(felt, *runs[index + 1], True)
            here, step = _end(felt, *run, True), right - left
            blend = float(np.clip((here - left) @ step / max(float(step @ step), 1e-6), 0.0, 1.0))
            if np.abs(here - left - blend * step).max() <= grain.tolerance:
                continue
        kept.append(run)
    return kept


def _end(felt: NDArray[np.float64], start: int, stop: int, first: bool) -> NDArray[np.float64]:
    piece = felt[start : min(stop, start + 4)] if first else felt[max(start, stop - 4) : stop]
    return np.asarray(np.median(piece, axis=0), np.float64)


def _same(felt: NDArray[np.float64], a: tuple[int, int], b: tuple[int, int], tolerance: float) -> bool:
    """Whether two runs are one segment interrupted by noise: same colour, and nothing else between."""
    left, right = _end(felt, *a, False), _end(felt, *b, True)
    if np.abs(left - right).max() > tolerance:
        return False
    gap = felt[a[1] : b[0]]
    return not len(gap) or float(np.abs(gap - (left + right) / 2).max()) <= 1.5 * tolerance


def _between(
    felt: NDArray[np.float64], a: tuple[int, int], b: tuple[int, int], tolerance: float
) -> tuple[tuple[float, float], int | None]:
    """Where the left plateau ends and the right one begins, and the pixel at the heart of a thin piece
    between them."""
    left, right = _end(felt, *a, False), _end(felt, *b, True)
    stop, start = a[1], b[0]
    gap = felt[stop:start]
    step = right - left
    blend = np.clip(((gap - left) @ step) / max(float(step @ step), 1e-6), 0.0, 1.0)
    off = np.abs(gap - (left + blend[:, None] * step)).max(axis=1)
    if not len(gap) or float(off.max()) <= 2 * tolerance:
        at = stop + float((1.0 - blend).sum())
        return (at, at), None
    heart = int(off.argmax())
    before = _share(gap[: heart + 1], left, gap[heart])
    after = _share(gap[heart:], right, gap[heart])
    edges = (stop + float((1 - before).sum()), start - float((1 - after).sum()))
    if edges[1] < edges[0]:
        edges = (sum(edges) / 2, sum(edges) / 2)
    return edges, stop + heart


def _share(
    pixels: NDArray[np.float64], ground: NDArray[np.float64], peak: NDArray[np.float64]
) -> NDArray[np.float64]:
    step = peak - ground
    return np.asarray(np.clip(((pixels - ground) @ step) / max(float(step @ step), 1e-6), 0.0, 1.0))


def without_separators(pieces: list[Stretch], ground: list[Color], outlines: list[Color]) -> list[Stretch]:
    """Thin separators give half of their width to each neighbour; thin segments stay."""
    kept: list[Stretch] = []
    carry = None
    for index, piece in enumerate(pieces):
        if 0 < index < len(pieces) - 1 and _separates(
            piece, pieces[index - 1], pieces[index + 1], ground, outlines
        ):
            middle = (piece.start + piece.stop) / 2
            if kept and carry is None:
                kept[-1] = replace(kept[-1], stop=middle)
            carry = middle
            continue
        kept.append(piece if carry is None else replace(piece, start=carry))
        carry = None
    return kept


def _separates(
    piece: Stretch, before: Stretch, after: Stretch, ground: list[Color], outlines: list[Color]
) -> bool:
    """Whether a thin piece is a gap, an outline or an axis rather than a segment.

    Gaps have the ground's colour or are white, and lie between two marks: between a mark and a gridline
    the ground is just ground; outlines were seen around the members of the band; an
    axis is a dark line where the band begins or ends; and where two fills meet within a pixel, the
    ground may shine through.
    """
    if piece.stop - piece.start > SEPARATOR:
        return False
    limit = 2 * NEUTRAL if piece.thin else SAME
    if any(apart(piece.color, color) <= limit for color in outlines):
        return True
    if any(apart(piece.color, color) <= limit for color in (*ground, WHITE)):
        beside = [side for side in (before, after) if side.thin or is_near(side.color, ground)]
        return not beside or not is_near(piece.color, ground)
    at_end = any(apart(side.color, color) <= NEUTRAL for side in (before, after) for color in ground)
    if at_end and (chroma(piece.color) <= NEUTRAL or max(piece.color) <= DARK):
        return True
    through = any(_mixes(piece.color, before.color, after.color, color) for color in (*ground, *outlines))
    return piece.thin and piece.stop - piece.start <= SHINE and through


def _mixes(color: Color, *parts: Color) -> bool:
    """Whether a colour is a mixture of three others."""
    anchors = np.column_stack([np.array(part, float) for part in parts])
    _, rest = nnls(np.vstack((anchors, np.full((1, 3), 255.0))), np.array([*color, 255.0], float))
    return float(rest) <= NEUTRAL
