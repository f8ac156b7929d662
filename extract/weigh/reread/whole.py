"""A whole chart read one place off: labels shifted by one, series swapped, the legend the other way round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from extract.finding import Finding, Reading
from extract.weigh.arithmetic import Share, decimals_of
from extract.weigh.keys import group_key, key
from extract.weigh.places import label_reading, printed_text
from extract.weigh.reread.witnessed import Bench

# Labels that the first reading must get wrong before the chart is read anew.
FEWEST_WRONG = 2
# Moved labels that must fit their new places: nearly all, and this many.
FEWEST_FIT, FIT_SHARE = 3, 0.9
# Natural log of one in how many for all moved labels together: one in 400 to speak of it, and no accident.
LEAST_TOLD, OVERWHELMING = 6.0, 20.0
# Charts of more series are swapped in too many ways to tell one.
MOST_SERIES = 12
# Charts whose categories run across the page.
COLUMNS = ("vbar", "line")
SHIFTED, SWAPPED, LEGEND = "labels shifted by one", "series swapped", "legend the other way round"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """``source[i]``: the finding whose label belongs to the mark of finding i."""

    name: str
    source: Mapping[int, int]


def reread_chart(bench: Bench) -> dict[int, Finding]:
    """The findings of the chart under the one re-assignment that its witnesses want; {} for none."""
    wrong = [i for i in bench.labelled() if said(bench, i, i) < 0]
    by_marks: dict[int, Finding] = {}
    if len(wrong) >= FEWEST_WRONG:
        fitting = [(h, told) for h in hypotheses(bench) if (told := support(bench, h)) is not None]
        if len(fitting) == 1:
            by_marks = moved(bench, *fitting[0])
    return by_marks or legend_turned(bench)


def share_at(bench: Bench, i: int) -> Share:
    return Share(bench.findings[i].value, decimals_of(printed_text(bench.findings[i])))


def said(bench: Bench, place: int, source: int) -> float:
    """What the mark and the respondents of a place say of a label: surprise of the fit, negative: denied."""
    share = share_at(bench, source)
    answers = (bench.marked(place, share), bench.counted(share, bench.bases[place]))
    known = [answer for answer in answers if answer is not None]
    return min(known) if known and min(known) < 0 else sum(known)


def hypotheses(bench: Bench) -> Iterator[Hypothesis]:
    """The ways a chart's labels come to stand at other marks, each with its name."""
    rows = in_series(bench)
    for step in (1, -1):
        everywhere = {i: j for row in rows.values() for i, j in zip(row, rotated(row, step), strict=True)}
        yield Hypothesis(SHIFTED, everywhere)
        order = reading_order(bench)
        if len(rows) > 1:
            yield Hypothesis(SHIFTED, dict(zip(order, rotated(order, step), strict=True)))
    names = list(rows) if len(rows) <= MOST_SERIES else []
    for at, a in enumerate(names):
        for b in names[at + 1 :]:
            swap = crossed(bench, rows[a], rows[b])
            if swap:
                yield Hypothesis(SWAPPED, swap)


def rotated(order: list[int], step: int) -> list[int]:
    return order[step:] + order[:step]


def in_series(bench: Bench) -> dict[str, list[int]]:
    """Labelled findings by group, each in the order of the page."""
    rows: dict[str, list[int]] = defaultdict(list)
    for i in bench.labelled():
        rows[group_key(bench.findings[i].segment)].append(i)
    return {name: sorted(row, key=lambda i: place(bench, i)) for name, row in rows.items()}


def place(bench: Bench, i: int) -> tuple[float, float]:
    """Where a label stands along the category axis: columns across the page, all else down it."""
    label = label_reading(bench.findings[i])
    box = (label.box if label is not None else None) or bench.findings[i].box
    if box is None:
        return (0.0, 0.0)
    columns = bench.chart is not None and bench.chart.type.startswith(COLUMNS)
    return (box.cx, box.cy) if columns else (round(box.cy), box.cx)


def reading_order(bench: Bench) -> list[int]:
    return sorted(bench.labelled(), key=lambda i: place(bench, i))


def crossed(bench: Bench, a: list[int], b: list[int]) -> dict[int, int]:
    """Labels of one group exchanged with those of the other, item by item."""
    of_b = {key(bench.findings[i].item): i for i in b}
    twins = [(i, of_b[key(bench.findings[i].item)]) for i in a if key(bench.findings[i].item) in of_b]
    return dict(twins) | {j: i for i, j in twins}


def support(bench: Bench, hypothesis: Hypothesis) -> float | None:
    """How surprising it would be for the moved labels to fit by accident; None when they do not fit."""
    changed = [
        i for i, j in hypothesis.source.items() if share_at(bench, i).value != share_at(bench, j).value
    ]
    told = [said(bench, i, hypothesis.source[i]) for i in changed]
    fitting = [surprise for surprise in told if surprise > 0]
    denied = sum(surprise < 0 for surprise in told)
    if len(fitting) < FEWEST_FIT or denied > (1 - FIT_SHARE) * len(told):
        return None
    return sum(fitting) if sum(fitting) >= LEAST_TOLD else None


def moved(bench: Bench, hypothesis: Hypothesis, told: float) -> dict[int, Finding]:
    """Each finding with the label that belongs to it, its own kept as a reading."""
    sure = 1.0 if told >= OVERWHELMING else 0.5
    found = {}
    for i, j in hypothesis.source.items():
        finding, other = bench.findings[i], bench.findings[j]
        text = printed_text(other)
        proven = sure if said(bench, i, j) > 0 else 0.5
        label = label_reading(other)
        why = f"{printed_text(finding)} stands here, {text} belongs here"
        box = label.box if label is not None else None
        repaired = Reading("repair", hypothesis.name, other.value, text, box, proven, why=why)
        found[i] = replace(finding, value=other.value, readings=(*finding.readings, repaired))
    return found


def legend_turned(bench: Bench) -> dict[int, Finding]:
    """Two groups whose names are exchanged: marks and labels agree, but only the other's n allows them."""
    rows = in_series(bench)
    if len(rows) != 2:
        return {}
    (_, left), (_, right) = rows.items()
    base_of = {i: bench.bases[side[0]] for side in (left, right) for i in side}
    own = [bench.counted(share_at(bench, i), base_of[i]) for i in (*left, *right)]
    other = [bench.counted(share_at(bench, i), bench.bases[right[0]]) for i in left]
    other += [bench.counted(share_at(bench, i), bench.bases[left[0]]) for i in right]
    wrong = sum(told is not None and told < 0 for told in own)
    fitting = [told for told in other if told is not None and told > 0]
    denied = any(told is not None and told < 0 for told in other)
    if denied or wrong < FEWEST_WRONG or len(fitting) < FEWEST_FIT or sum(fitting) < LEAST_TOLD:
        return {}
    sure = 1.0 if sum(fitting) >= OVERWHELMING else 0.5
    names = [bench.findings[side[0]].segment for side in (left, right)]
    return {
        i: renamed(bench.findings[i], name, sure)
        for side, name in ((left, names[1]), (right, names[0]))
        for i in side
    }


def renamed(finding: Finding, name: str, sure: float) -> Finding:
    """The finding under the other group's name; its value stays what is printed at its mark."""
    why = f"{finding.segment} by its colour, {name} by its respondents"
    text = printed_text(finding)
    repaired = Reading("repair", LEGEND, finding.value, text, finding.box, sure, why=why)
    return replace(
        finding, segment=name, base_n=None, base_n_source="", readings=(*finding.readings, repaired)
    )
