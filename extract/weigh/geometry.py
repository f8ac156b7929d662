"""The mark of a number as its witness: length, angle or height against what is printed.

Edges of pixels, outlines and gaps shift all marks of a series by the same little. How much is told by the
other labelled marks of the series (their median: a wrong label does not move it), never by the mark itself.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.finding import Chart, Finding
from extract.weigh.arithmetic import Share, decimals_of
from extract.weigh.keys import group_key, key
from extract.weigh.places import Charts, Heard, chart_of, drawn, place_of, printed_text
from extract.weigh.testimony import Testimony

# A witness never shouts louder than this (natural log-odds): 1 in 150 by accident, model error included.
LOUDEST = 5.0
# On raster charts the stated slack holds for eight bars in ten and twice the slack for 99 in 100; beyond
# three slacks (and the printed rounding) no bar with the right number was seen.
AGREE_SLACKS = 2.0
DISPUTE_SLACKS = 3.0
# Labelled marks of the series beside this one from which their common shift is known.
FEWEST_OTHERS = 4
# A shift larger than this share of the axis is no matter of edges: a pixel of a chart 200 pixels wide.
LARGEST_SHIFT = 0.005
# Points over which a share may lie anywhere, where no axis says more.
FULL_SPAN = 100.0
# Off by more than its slack and at least by this (points), a mark contradicts its label beyond doubt.
DENIED = 1.0


def printed_rounding(finding: Finding) -> float:
    """Half a unit of the last printed place, in the value's unit: bars are drawn from unrounded figures."""
    return Share(finding.value, decimals_of(printed_text(finding))).half_step


def span_of(chart: Chart | None) -> float:
    """Length of the value axis in its own unit."""
    return chart.axis_range[1] - chart.axis_range[0] if chart and chart.axis_range else FULL_SPAN


def common_shifts(findings: Sequence[Finding], charts: Charts) -> dict[int, float]:
    """By how much the other marks of its series are drawn off their labels, in the value's unit."""
    groups: dict[tuple[object, ...], dict[int, float]] = defaultdict(dict)
    for i, finding in enumerate(findings):
        reading = drawn(finding)
        if finding.chart and finding.qualifier != "measured" and reading is not None:
            for name in series_of(finding):
                groups[name][i] = (reading.value or 0.0) - finding.value
    shifts: dict[int, float] = {}
    for members in groups.values():
        offs = sorted((off, i) for i, off in members.items())
        for at, (_, i) in enumerate(offs if len(offs) > FEWEST_OTHERS else ()):
            shift = median_without(offs, at)
            most = LARGEST_SHIFT * span_of(chart_of(findings[i], charts))
            shifts.setdefault(i, shift if abs(shift) <= most else 0.0)
    return shifts


def median_without(offs: Sequence[tuple[float, int]], at: int) -> float:
    """The median of a sorted list without the element at ``at``."""
    others = len(offs) - 1
    low, high = (others - 1) // 2, others // 2
    return (offs[low + (low >= at)][0] + offs[high + (high >= at)][0]) / 2


def series_of(finding: Finding) -> Iterator[tuple[object, ...]]:
    """What a mark may share its shift with: its group, or over time its item."""
    chart = (*place_of(finding), finding.unit)
    yield (*chart, "group", group_key(finding.segment))
    yield (*chart, "item", key(finding.item))


def hear_geometry(finding: Finding, span: float, shift: float = 0.0) -> Iterator[Testimony]:
    """The mark against the printed number. ``span``: length of the axis, ``shift``: see common_shifts."""
    if finding.qualifier == "measured":
        return
    rounding = printed_rounding(finding)
    for reading in finding.readings:
        if reading.method != "geometry" or reading.value is None:
            continue
        off = abs(reading.value - shift - finding.value) - rounding
        why = f"drawn as {reading.value:.1f}"
        if off <= AGREE_SLACKS * reading.slack:
            reach = 2 * (AGREE_SLACKS * reading.slack + rounding)
            amount = min(LOUDEST, math.log(max(span, reach) / reach))
            yield Testimony("geometry", True, "geometry agrees", why, amount)
        elif off <= DISPUTE_SLACKS * reading.slack:
            yield Testimony("geometry", True, "geometry nearly", f"{why}, not quite")
        else:
            yield Testimony("geometry", False, "geometry denies", why)


def hear_marks(findings: Sequence[Finding], charts: Charts) -> Heard:
    """Every mark of the document against its label."""
    shifts = common_shifts(findings, charts)
    return {
        i: list(hear_geometry(finding, span_of(chart_of(finding, charts)), shifts.get(i, 0.0)))
        for i, finding in enumerate(findings)
    }


def geometry_denies(finding: Finding) -> bool:
    """Whether the mark contradicts the label by more than anything but a wrong number explains."""
    reading = drawn(finding)
    return (
        reading is not None
        and reading.value is not None
        and abs(reading.value - finding.value) > max(reading.slack, DENIED)
    )
