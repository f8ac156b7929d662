"""Does a value fit its place? Geometry and arithmetic, asked before any verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.finding import Chart, Finding
from extract.weigh.arithmetic import Share, odds, respondents
from extract.weigh.bases import Base
from extract.weigh.chartwide import carries_signs, usual_decimals
from extract.weigh.geometry import AGREE_SLACKS, DISPUTE_SLACKS, LOUDEST, span_of
from extract.weigh.places import drawn


@dataclass(frozen=True, slots=True)
class Bench:
    """The labelled marks of one chart, where they are heard: ``members`` are indices into ``findings``;
    ``decimals`` and ``signed`` are the format that its labels share."""

    chart: Chart | None
    findings: Sequence[Finding]
    bases: Sequence[Base | None]
    shifts: Mapping[int, float]
    members: Sequence[int]
    decimals: int | None
    signed: bool

    def labelled(self) -> list[int]:
        return [i for i in self.members if self.findings[i].qualifier == "exact"]

    def marked(self, i: int, share: Share) -> float | None:
        """How surprising it would be for the mark of finding i to be so long by accident (natural log of one
        in how many); negative when the mark denies the value, None when there is no mark or no telling."""
        reading = drawn(self.findings[i])
        if reading is None or reading.value is None:
            return None
        off = abs(reading.value - self.shifts.get(i, 0.0) - share.value) - share.half_step
        if off <= AGREE_SLACKS * reading.slack:
            reach = 2 * (AGREE_SLACKS * reading.slack + share.half_step)
            span = max(span_of(self.chart), reach)
            return min(LOUDEST, math.log(span / reach))
        return -LOUDEST if off > DISPUTE_SLACKS * reading.slack else None

    def counted(self, share: Share, base: Base | None) -> float | None:
        """The same for k of n: negative when no k gives the share, None where n is too large to tell."""
        if base is None or odds(share, base.n) >= 1:
            return None
        return -LOUDEST if respondents(share, base.n) is None else -math.log(odds(share, base.n))


def bench_of(
    chart: Chart | None,
    findings: Sequence[Finding],
    bases: Sequence[Base | None],
    shifts: Mapping[int, float],
    members: Sequence[int],
) -> Bench:
    decimals, signed = usual_decimals(findings, members), carries_signs(findings, members)
    return Bench(chart, findings, bases, shifts, members, decimals, signed)
