"""What a length means: the scale of a plot from its axis or from its own labelled bars.

Fitting is robust (the model that most labels agree with wins, then least squares over these), and
leave-one-out: a label's own geometry reading never rests on that label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.charts.axis import Axis
from extract.charts.draft import Measure

# A label agrees with the scale when it is off by less than this share of the largest value (pens,
# rounded coordinates), its own rounding, and what the mark's slack amounts to: measured on drawn bars
# 0.01 points of 100, on traced ones 0.3 at p95 with a slack of 0.1 points.
AGREE_SHARE = 0.004
SLACKS = 4.0
# The baseline is taken as zero unless a free line explains this share more of the labels.
FREE_LINE_GAIN = 0.25


@dataclass(frozen=True, slots=True)
class Sample:
    """A labelled length: how long the mark is, what its label says, how coarsely, how sharply drawn."""

    length: float
    value: float
    rounding: float
    slack: float = 0.0


@dataclass(frozen=True, slots=True)
class Ruler:
    """``value = slope * length + offset``, from the samples that agree (``inliers``)."""

    slope: float
    offset: float
    samples: tuple[Sample, ...]
    inliers: frozenset[int]
    free: bool
    noise: float

    @property
    def proved(self) -> bool:
        """Whether at least two labelled marks say the same scale (three when the baseline is free)."""
        return len(self.inliers) >= (3 if self.free else 2)

    def value(self, length: float) -> float:
        return self.slope * length + self.offset

    def measure(self, length: float, slack: float, leave_out: int | None = None) -> Measure | None:
        """What the length says without sample ``leave_out``; None when too few samples are left."""
        kept = sorted(self.inliers - {leave_out})
        if len(kept) < (2 if self.free else 1):
            return None
        slope, offset = _least_squares([self.samples[i] for i in kept], self.free)
        error = abs(slope) * slack + self.noise + min(self.samples[i].rounding for i in kept)
        return Measure(slope * length + offset, error, f"scale of {len(kept)} other labels")


def fit_ruler(samples: Sequence[Sample]) -> Ruler | None:
    """The scale most samples agree with; None without a sample of visible length."""
    if not any(s.length * s.value > 0 for s in samples):
        return None
    length = np.array([s.length for s in samples])
    value = np.array([s.value for s in samples])
    rounding = np.array([s.rounding for s in samples])
    slack = np.array([s.slack for s in samples])
    fixed = _best_fixed(length, value, rounding, slack)
    free = _best_free(length, value, rounding, slack)
    use_free = (
        free is not None
        and _distinct(length[free]) >= 3  # any two lengths lie on a line
        and len(free) > len(fixed) + max(1.0, FREE_LINE_GAIN * len(fixed))
    )
    inliers = frozenset(free if use_free and free is not None else fixed)
    slope, offset = _least_squares([samples[i] for i in sorted(inliers)], use_free)
    errors = [abs(slope * samples[i].length + offset - samples[i].value) for i in inliers]
    noise = float(np.sqrt(np.mean(np.square(errors)))) if errors else 0.0
    return Ruler(slope, offset, tuple(samples), inliers, use_free, 2 * noise)


def axis_measure(axis: Axis, x: float, slack: float) -> Measure:
    """What the value axis says about the place ``x`` (bar coordinates)."""
    return Measure(axis.value(x), axis.slack + abs(axis.slope) * slack, f"axis of {len(axis.ticks)} ticks")


def axis_length_measure(axis: Axis, length: float, slack: float) -> Measure:
    """What the value axis says about a length that does not start at the baseline (a stacked segment)."""
    error = 2 * axis.slack * min(1.0, abs(axis.slope * length) / 10 + 0.2) + abs(axis.slope) * slack
    return Measure(abs(axis.slope) * length, error, f"axis of {len(axis.ticks)} ticks")


Floats = NDArray[np.float64]


def _distinct(length: Floats) -> int:
    """How many clearly different lengths there are."""
    steps = np.diff(np.sort(length))
    return 1 + int((steps > 0.02 * float(np.max(np.abs(length)))).sum()) if len(length) else 0


def _tolerance(slopes: Floats, rounding: Floats, slack: Floats, span: float) -> Floats:
    """How far each sample (columns) may be off each candidate scale (rows)."""
    blur: Floats = SLACKS * np.abs(slopes)[:, None] * slack[None, :]
    return blur + rounding[None, :] + AGREE_SHARE * span


def _best_fixed(length: Floats, value: Floats, rounding: Floats, slack: Floats) -> list[int]:
    """Samples on the best line through the baseline."""
    usable = np.flatnonzero(length * value > 0)
    slopes = value[usable] / length[usable]
    errors = np.abs(slopes[:, None] * length[None, :] - value[None, :])
    agree = errors <= _tolerance(slopes, rounding, slack, float(np.max(np.abs(value))))
    # Long bars pin the slope best: among equal counts the smallest total error decides.
    score = agree.sum(axis=1) - np.where(agree, errors, 0).sum(axis=1) / (1e-9 + np.abs(value).sum())
    return [int(i) for i in np.flatnonzero(agree[int(np.argmax(score))])]


def _best_free(length: Floats, value: Floats, rounding: Floats, slack: Floats) -> list[int] | None:
    """Samples on the best line that need not pass the baseline."""
    count = len(length)
    if count < 3:
        return None
    first, second = np.triu_indices(count, 1)
    apart = np.abs(length[first] - length[second]) > 0.02 * float(np.max(np.abs(length)))
    first, second = first[apart], second[apart]
    if not len(first):
        return None
    slopes = (value[first] - value[second]) / (length[first] - length[second])
    offsets = value[first] - slopes * length[first]
    spread = max(float(np.ptp(value)), 1e-9)
    errors = np.abs(slopes[:, None] * length[None, :] + offsets[:, None] - value[None, :])
    agree = errors <= _tolerance(slopes, rounding, slack, spread)
    agree[slopes <= 0] = False
    return [int(i) for i in np.flatnonzero(agree[int(np.argmax(agree.sum(axis=1)))])]


def _least_squares(samples: Sequence[Sample], free: bool) -> tuple[float, float]:
    length = np.array([s.length for s in samples])
    value = np.array([s.value for s in samples])
    if free and len(samples) >= 2 and np.ptp(length) > 0:
        slope, offset = np.polyfit(length, value, 1)
        return float(slope), float(offset)
    square = float(length @ length)
    return (float(length @ value) / square if square else 0.0), 0.0
