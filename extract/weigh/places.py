"""Where findings stand: the chart of each, and what the other witnesses of a place need to find it by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from extract.finding import Chart, Finding, Reading
from extract.weigh.testimony import Testimony

# What the witnesses say of each finding, by its index.
Heard = dict[int, list[Testimony]]
# Page, picture and key of a chart; the key is "" for tables and prose.
Place = tuple[int | None, str | None, str]
Charts = dict[Place, Chart]


def place_of(finding: Finding) -> Place:
    return (finding.page, finding.image, finding.chart)


def charts_by_place(charts: Iterable[Chart]) -> Charts:
    return {(c.page, c.image, c.key): c for c in charts}


def chart_of(finding: Finding, charts: Charts) -> Chart | None:
    """The chart a finding was read from; None for tables and prose."""
    return charts.get(place_of(finding)) if finding.chart else None


def by_chart(findings: Sequence[Finding]) -> list[list[int]]:
    """Indices of the findings of each chart."""
    members: dict[Place, list[int]] = defaultdict(list)
    for i, finding in enumerate(findings):
        if finding.chart:
            members[place_of(finding)].append(i)
    return list(members.values())


def label_reading(finding: Finding) -> Reading | None:
    """The printed label as it was read; None for a bare mark."""
    return next((r for r in finding.readings if r.method == "label"), None)


def drawn(finding: Finding) -> Reading | None:
    """What the mark itself says; None where no mark was measured."""
    return next((r for r in finding.readings if r.method == "geometry" and r.value is not None), None)


def printed_text(finding: Finding) -> str:
    """The digits as they are believed to be printed: a repaired reading's before the label's."""
    repaired = next((r.text for r in reversed(finding.readings) if r.method == "repair" and r.text), "")
    label = label_reading(finding)
    return repaired or (label.text if label is not None else "") or f"{finding.value:g}"
