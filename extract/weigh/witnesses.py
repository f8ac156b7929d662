"""The witnesses that look at one number by itself: its label, its geometry, its arithmetic, its range."""

from __future__ import annotations

import math
from collections.abc import Iterator

from extract.finding import Finding, Reading
from extract.weigh.arithmetic import Share, decimals_of, odds, respondents
from extract.weigh.bases import Base, share_of
from extract.weigh.testimony import Testimony

# A witness never shouts louder than this (natural log-odds): 1 in 150 by accident, model error included.
LOUDEST = 5.0
# A recogniser's weakest character below this marked exactly the wrong values on clean pages.
SURE_CHARACTER = 0.9
# On raster charts the stated slack holds for eight bars in ten and twice the slack for 99 in 100; beyond
# three slacks (and the printed rounding) no bar with the right number was seen.
AGREE_SLACKS = 2.0
DISPUTE_SLACKS = 3.0
# Off by more than the slack, but not by enough to deny it: rather a reason to doubt.
NEARLY = -1.5
# Shares do not leave this range; a lost decimal point does.
FULL_SHARE = 100.0


def label_reading(finding: Finding) -> Reading | None:
    return next((r for r in finding.readings if r.method == "label"), None)


def printed_rounding(finding: Finding) -> float:
    """Half a unit of the last printed place, in the value's unit: bars are drawn from unrounded figures."""
    label = label_reading(finding)
    return Share(finding.value, decimals_of(label.text if label else f"{finding.value:g}")).half_step


def hear_label(finding: Finding) -> Iterator[Testimony]:
    """Recognised digits are as good as their weakest character; a legible text layer speaks for itself."""
    label = label_reading(finding)
    if label is None or label.engine == "text":
        return
    sure = label.confidence >= SURE_CHARACTER
    weight = 1.0 if sure else -2.0
    yield Testimony("label", sure, weight, f"weakest character {label.confidence:.2f}")


def hear_geometry(finding: Finding, span: float) -> Iterator[Testimony]:
    """A mark's length, angle or height against the printed number. ``span``: length of the axis in units."""
    if finding.qualifier == "measured":
        return
    for reading in finding.readings:
        if reading.method != "geometry" or reading.value is None:
            continue
        off = abs(reading.value - finding.value) - printed_rounding(finding)
        if off <= AGREE_SLACKS * reading.slack:
            reach = 2 * (AGREE_SLACKS * reading.slack + printed_rounding(finding))
            weight = min(LOUDEST, math.log(max(span, reach) / reach))
            yield Testimony("geometry", True, weight, f"drawn as {reading.value:.1f}")
        elif off <= DISPUTE_SLACKS * reading.slack:
            yield Testimony("geometry", True, NEARLY, f"drawn as {reading.value:.1f}, not quite")
        else:
            yield Testimony("geometry", False, -LOUDEST, f"drawn as {reading.value:.1f}")


def hear_arithmetic(finding: Finding, base: Base | None) -> Iterator[Testimony]:
    """k/n must round to the printed share. Silent where n is so large that everything is possible."""
    share = share_of(finding)
    if share is None or base is None:
        return
    accident = odds(share, base.n)
    if accident >= 1.0:
        return
    k = respondents(share, base.n)
    if k is None:
        yield Testimony("arithmetic", False, -LOUDEST, f"no k/{base.n} gives {share.value}")
        return
    reading = Reading("arithmetic", "k/n", 100 * k / base.n, f"{k}/{base.n}", why=base.why)
    yield Testimony("arithmetic", True, -math.log(accident), f"{k} of {base.n}", reading)


def hear_range(finding: Finding) -> Iterator[Testimony]:
    """A share of people lies between 0 and 100."""
    if finding.unit == "percent" and finding.question_type and not 0 <= finding.value <= FULL_SHARE:
        yield Testimony("range", False, -LOUDEST, "a share of people cannot be that")
