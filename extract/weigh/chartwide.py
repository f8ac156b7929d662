"""What a chart says of its labels as a whole: too many denied by their marks, one with other decimals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.finding import Chart, Finding
from extract.weigh.arithmetic import decimals_of
from extract.weigh.geometry import geometry_denies
from extract.weigh.places import Charts, Heard, by_chart, chart_of, drawn, label_reading, printed_text
from extract.weigh.testimony import Testimony

# Labels of one chart that agree on their decimals, and how many there must be to speak of a format.
FORMAT_MAJORITY = 0.8
FORMAT_LABELS = 4
# A mark tells 44 from 44.6 when it is measured this well (points), and agrees to so many slacks.
FINE, TOLD_BY = 0.2, 2.0
# A sign is missing when this share of the chart's labels carries one. What a percent sign is read as.
SIGNED = 0.5
LIKE_SIGN = ("9", "6")
# Labels that contradict their marks before the chart as a whole is doubted: two, and this share of them.
FEWEST_DENIED = 2
ROUND = ("pie", "donut")
DENIED_SHARE = 0.2


def hear_chart(findings: Sequence[Finding], charts: Charts) -> Heard:
    """Where many labels of a chart contradict their marks, the rest agree by luck: series swapped, labels
    shifted by one, a wrong scale. The whole chart goes to a person. Names and numbers of slices stand around
    them, so that in a pie one label at the wrong slice has taken another's place, and the name that a slice
    lacks may have gone to its neighbour."""
    heard: Heard = {}
    for members in by_chart(findings):
        labelled = [i for i in members if findings[i].qualifier != "measured"]
        denied = [i for i in labelled if geometry_denies(findings[i])]
        chart = chart_of(findings[members[0]], charts)
        fewest = 1 if chart is not None and chart.type in ROUND else FEWEST_DENIED
        if len(denied) >= fewest and len(denied) > DENIED_SHARE * len(labelled):
            why = f"{len(denied)} of {len(labelled)} labels of the chart contradict their marks"
            heard |= {i: [Testimony("chart", False, "chart denies", why)] for i in members}
        elif chart is not None and chart.type in ROUND and lacks_a_name(chart):
            why = "a slice of the chart has no name, which may have gone to another"
            heard |= {i: [Testimony("chart", False, "chart denies", why)] for i in members}
    return heard


def lacks_a_name(chart: Chart) -> bool:
    """Whether some slices have names and one has none; one name beside the rest of a ring is a gauge."""
    return "" in chart.categories and sum(bool(c) for c in chart.categories) > 1


def usual_decimals(findings: Sequence[Finding], members: Sequence[int]) -> int | None:
    """The decimals that nearly all printed labels of a chart carry; None without a common format."""
    printed = [i for i in members if label_reading(findings[i]) is not None]
    if len(printed) < FORMAT_LABELS:
        return None
    counts = Counter(decimals_of(printed_text(findings[i])) for i in printed)
    common, count = counts.most_common(1)[0]
    return common if count >= FORMAT_MAJORITY * len(printed) else None


def hear_format(findings: Sequence[Finding]) -> Heard:
    """All labels of a chart carry the same decimals and sign; a recognised one that does not has lost its
    point, or its sign became a digit."""
    heard: Heard = {}
    for members in by_chart(findings):
        common = usual_decimals(findings, members)
        signed = carries_signs(findings, members)
        for i in members:
            label, text = label_reading(findings[i]), printed_text(findings[i])
            if label is None or label.engine == "text":
                continue
            found = decimals_of(text)
            if common is not None and found != common and not whole_by_mark(findings[i], found):
                why = f"the chart prints {common} decimals, this label {found}"
                heard[i] = [Testimony("format", False, "format denies", why)]
            elif (
                signed
                and findings[i].unit == "percent"
                and not has_sign(text)
                and text.strip()[-1:] in LIKE_SIGN
            ):
                why = "the chart's labels carry a percent sign, this one ends like one misread"
                heard[i] = [Testimony("format", False, "format denies", why)]
    return heard


def whole_by_mark(finding: Finding, decimals: int) -> bool:
    """Whether the mark is just as long as a whole number printed without its .0, as web charts print it."""
    mark = drawn(finding)
    if decimals or mark is None or mark.value is None or mark.slack > FINE:
        return False
    return abs(mark.value - finding.value) <= TOLD_BY * mark.slack


def has_sign(text: str) -> bool:
    return "%" in text or "％" in text


def carries_signs(findings: Sequence[Finding], members: Sequence[int]) -> bool:
    """Whether most percentages of the chart are printed with their sign."""
    shares = [findings[i] for i in members if findings[i].unit == "percent"]
    labels = [label for share in shares if (label := label_reading(share)) is not None]
    return sum(has_sign(label.text) for label in labels) >= SIGNED * max(len(labels), 1)
