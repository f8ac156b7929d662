"""The witnesses that need a number's neighbours: parts of a whole, the chart's number format, the echo."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from extract.finding import Chart, Finding, Reading
from extract.weigh.arithmetic import decimals_of
from extract.weigh.bases import Base, share_of
from extract.weigh.keys import group_key, key
from extract.weigh.testimony import Testimony
from extract.weigh.witnesses import LOUDEST, label_reading

Heard = dict[int, list[Testimony]]
Place = tuple[int | None, str | None, str]

# Charts whose parts are the answers of one question and make up everybody.
WHOLE_TYPES = ("stacked100", "pie", "donut")
# A wrong digit keeps the sum of printed parts at 100 in about one case in fifty.
SUM_WEIGHT = 4.0
# Count, share and size fit each other by accident about once in a hundred.
COUNT_WEIGHT = 4.5
# Labels of one chart that agree on their decimals, and how many there must be to speak of a format.
FORMAT_MAJORITY = 0.8
FORMAT_LABELS = 4
# Labels that contradict their marks before the chart as a whole is doubted: two, and this share of them.
FEWEST_DENIED = 2
DENIED_SHARE = 0.2


def place_of(finding: Finding) -> Place:
    return (finding.page, finding.image, finding.chart)


def wholes(findings: Sequence[Finding], charts: Mapping[Place, Chart]) -> Iterator[list[int]]:
    """Indices of findings that are the parts of one whole."""
    groups: dict[tuple[Place, str, str], list[int]] = defaultdict(list)
    for i, finding in enumerate(findings):
        chart = charts.get(place_of(finding)) if finding.chart else None
        if chart is not None and chart.type.endswith(WHOLE_TYPES) and finding.unit == "percent":
            groups[place_of(finding), finding.question, group_key(finding.segment)].append(i)
    yield from (parts for parts in groups.values() if len(parts) > 1)


def drawn(finding: Finding) -> Reading | None:
    return next((r for r in finding.readings if r.method == "geometry" and r.value is not None), None)


def hear_sum(findings: Sequence[Finding], parts: Sequence[int]) -> Heard:
    """Printed parts of a whole make 100 within their rounding; unprinted ones fill what is missing."""
    total, slack = 0.0, 0.0
    measured = False
    for i in parts:
        share = share_of(findings[i])
        total += findings[i].value
        if share is not None:
            slack += share.half_step
        else:
            reading = drawn(findings[i])
            slack += reading.slack if reading else 1.0
            measured = True
    if abs(total - 100) <= max(slack, 0.2):
        weight = SUM_WEIGHT / 2 if measured else SUM_WEIGHT
        return {i: [Testimony("sum", True, weight, f"{len(parts)} parts make {total:.1f}")] for i in parts}
    if total < 100:  # a part may simply not be printed
        return {}
    blamed = [i for i in parts if geometry_denies(findings[i])] or list(parts)
    return {i: [Testimony("sum", False, -LOUDEST, f"the parts make {total:.1f}")] for i in blamed}


def geometry_denies(finding: Finding) -> bool:
    reading = drawn(finding)
    return (
        reading is not None
        and reading.value is not None
        and abs(reading.value - finding.value) > max(reading.slack, 1)
    )


def hear_counts(findings: Sequence[Finding], bases: Sequence[Base | None]) -> Heard:
    """A count and a share of the same cell and the size of the group are three numbers for one fact."""
    cells: dict[tuple[Place, str, str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i, finding in enumerate(findings):
        if (
            finding.source != "prose"
            and finding.qualifier == "exact"
            and finding.unit in ("count", "percent")
        ):
            cell = (key(finding.question), key(finding.item), group_key(finding.segment))
            cells[(place_of(finding), *cell)][finding.unit].append(i)
    heard: Heard = {}
    for units in cells.values():
        if len(units["count"]) != 1 or len(units["percent"]) != 1:
            continue
        (count,), (part,) = units["count"], units["percent"]
        share, base = share_of(findings[part]), bases[part]
        if share is None or base is None or base.source == "inferred":
            continue
        if abs(100 * findings[count].value / base.n - share.value) <= share.half_step:
            why = f"{findings[count].value:g} of {base.n} is {share.value:g}%"
            heard |= {i: [Testimony("arithmetic", True, COUNT_WEIGHT, why)] for i in (count, part)}
        else:
            why = f"{findings[count].value:g} of {base.n} is not {share.value:g}%"
            heard |= {i: [Testimony("arithmetic", False, -LOUDEST, why)] for i in (count, part)}
    return heard


def by_chart(findings: Sequence[Finding]) -> list[list[int]]:
    """Indices of the findings of each chart."""
    charts: dict[Place, list[int]] = defaultdict(list)
    for i, finding in enumerate(findings):
        if finding.chart:
            charts[place_of(finding)].append(i)
    return list(charts.values())


def hear_chart(findings: Sequence[Finding]) -> Heard:
    """Where many labels of a chart contradict their marks, the rest agree by luck: series swapped, labels
    shifted by one, a wrong scale. The whole chart goes to a person."""
    heard: Heard = {}
    for members in by_chart(findings):
        labelled = [i for i in members if findings[i].qualifier != "measured"]
        denied = [i for i in labelled if geometry_denies(findings[i])]
        if len(denied) >= FEWEST_DENIED and len(denied) > DENIED_SHARE * len(labelled):
            why = f"{len(denied)} of {len(labelled)} labels of the chart contradict their marks"
            heard |= {i: [Testimony("chart", False, -LOUDEST, why)] for i in members}
    return heard


def hear_format(findings: Sequence[Finding]) -> Heard:
    """All labels of a chart carry the same decimals; a recognised one that does not has lost its point."""
    heard: Heard = {}
    for members in by_chart(findings):
        printed = {i: r for i in members if (r := label_reading(findings[i])) is not None}
        if len(printed) < FORMAT_LABELS:
            continue
        decimals = {i: decimals_of(r.text) for i, r in printed.items()}
        common, count = Counter(decimals.values()).most_common(1)[0]
        if count < FORMAT_MAJORITY * len(printed):
            continue
        for i, found in decimals.items():
            if found != common and printed[i].engine != "text":
                why = f"the chart prints {common} decimals, this label {found}"
                heard[i] = [Testimony("format", False, -LOUDEST, why)]
    return heard
