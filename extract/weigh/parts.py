"""Numbers that must add up: the parts of a whole, a count beside its share, a difference that is stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.finding import Finding
from extract.weigh.bases import Base, share_of
from extract.weigh.geometry import geometry_denies
from extract.weigh.keys import group_key, key
from extract.weigh.places import Charts, Heard, Place, chart_of, drawn, place_of
from extract.weigh.testimony import Kind, Testimony

# Charts whose parts are the answers of one question and make up everybody.
WHOLE_TYPES = ("stacked100", "pie", "donut")
# Points by which printed parts may miss 100 whatever their rounding.
LEAST_SLACK = 0.2
# Sentences often name two answers of many; that two of them make 100 is more often luck.
FEWEST_TOLD = 3


def hear_sums(findings: Sequence[Finding], charts: Charts) -> Heard:
    """Every whole that the document shows or tells in full."""
    heard: Heard = {}
    for parts in wholes(findings, charts):
        heard |= hear_sum(findings, parts)
    for parts in told_wholes(findings):
        heard |= hear_told_sum(findings, parts)
    return heard


def wholes(findings: Sequence[Finding], charts: Charts) -> Iterator[list[int]]:
    """Indices of findings that are the parts of one whole."""
    groups: dict[tuple[Place, str, str], list[int]] = defaultdict(list)
    for i, finding in enumerate(findings):
        chart = chart_of(finding, charts)
        if chart is not None and chart.type.endswith(WHOLE_TYPES) and finding.unit == "percent":
            groups[place_of(finding), finding.question, group_key(finding.segment)].append(i)
    yield from (parts for parts in groups.values() if len(parts) > 1)


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
    if abs(total - 100) <= max(slack, LEAST_SLACK):
        why = f"{len(parts)} parts make {total:.1f}"
        amount = 0.5 if measured else 1.0
        return {i: [Testimony("sum", True, "sum agrees", why, amount)] for i in parts}
    if total < 100:  # a part may simply not be printed
        return {}
    blamed = [i for i in parts if geometry_denies(findings[i])] or list(parts)
    return {i: [Testimony("sum", False, "sum denies", f"the parts make {total:.1f}")] for i in blamed}


def told_wholes(findings: Sequence[Finding]) -> Iterator[list[int]]:
    """Shares of one question and group that a page tells, each answer once."""
    groups: dict[tuple[object, ...], dict[str, int]] = defaultdict(dict)
    for i, finding in enumerate(findings):
        if finding.source == "prose" and finding.question and share_of(finding) is not None:
            place = (finding.page, finding.image, key(finding.question), group_key(finding.segment))
            groups[place].setdefault(key(finding.item), i)
    yield from (list(parts.values()) for parts in groups.values() if len(parts) >= FEWEST_TOLD)


def hear_told_sum(findings: Sequence[Finding], parts: Sequence[int]) -> Heard:
    """Told shares that make 100 are the answers of one question; sentences may also leave some out."""
    total = sum(findings[i].value for i in parts)
    slack = sum(share.half_step for i in parts if (share := share_of(findings[i])) is not None)
    if abs(total - 100) > slack:
        return {}
    why = f"{len(parts)} parts make {total:.1f}"
    return {i: [Testimony("sum", True, "sum told", why)] for i in parts}


def hear_counts(findings: Sequence[Finding], bases: Sequence[Base | None]) -> Heard:
    """A count and a share of the same cell and the size of the group are three numbers for one fact."""
    cells: dict[tuple[Place, str, str, str], dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i, finding in enumerate(findings):
        told = finding.source == "prose" or finding.qualifier != "exact"
        if not told and finding.unit in ("count", "percent"):
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
        agrees = abs(100 * findings[count].value / base.n - share.value) <= share.half_step
        why = f"{findings[count].value:g} of {base.n} is {'' if agrees else 'not '}{share.value:g}%"
        kind: Kind = "count agrees" if agrees else "count denies"
        heard |= {i: [Testimony("arithmetic", agrees, kind, why)] for i in (count, part)}
    return heard
