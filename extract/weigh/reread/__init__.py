"""Named re-readings: what a label or a whole chart must have said for its witnesses to agree.

single (a lost point, a sign read as a digit) -> whole (labels shifted, series swapped, legend the other way
round). A re-reading is taken only when it is the one that satisfies geometry and arithmetic where the first
reading does not; the first stays beside it, and the row goes to a person unless the evidence is overwhelming.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.finding import Finding
from extract.weigh.bases import Base
from extract.weigh.geometry import common_shifts
from extract.weigh.places import Charts, Heard, by_chart, chart_of
from extract.weigh.reread.single import reread_label
from extract.weigh.reread.whole import reread_chart
from extract.weigh.reread.witnessed import bench_of
from extract.weigh.testimony import Kind, Testimony


def reread(findings: Sequence[Finding], bases: Sequence[Base | None], charts: Charts) -> list[Finding]:
    """The findings with the labels and names that their charts' witnesses tell, in the same order."""
    found = list(findings)
    shifts = common_shifts(findings, charts)
    for members in by_chart(findings):
        chart = chart_of(findings[members[0]], charts)
        bench = bench_of(chart, findings, bases, shifts, members)
        for i in members:
            found[i] = reread_label(bench, i)
        for i, finding in reread_chart(bench_of(chart, found, bases, {}, members)).items():
            found[i] = finding
    return found


def hear_reread(findings: Sequence[Finding]) -> Heard:
    """A re-reading disputes the label, unless what it rests on leaves no doubt."""
    heard: Heard = {}
    for i, finding in enumerate(findings):
        for reading in finding.readings:
            if reading.method == "repair":
                proven = reading.confidence >= 1.0
                kind: Kind = "repair proven" if proven else "repaired"
                heard[i] = [Testimony("repair", proven, kind, f"{reading.engine}: {reading.why}")]
    return heard
