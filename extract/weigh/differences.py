"""Differences and multiples that a sentence states between two groups, against the two numbers themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extract.finding import Finding
from extract.weigh.hedges import HEDGED, reach
from extract.weigh.keys import group_key, key
from extract.weigh.places import Heard
from extract.weigh.testimony import Testimony

VERSUS = " vs. "
# Both numbers are rounded to a decimal before a reader subtracts them.
ROUNDED = 0.11
# A multiple is told to half a unit: 2倍 of 1.6 to 2.5.
ROUGH_MULTIPLE = 0.5

Told = dict[tuple[str, str], dict[float, int]]


def told_shares(findings: Sequence[Finding]) -> Told:
    """Exact percentages by item and group, each value with one finding that states it."""
    told: Told = defaultdict(dict)
    for i, finding in enumerate(findings):
        if finding.unit == "percent" and finding.qualifier == "exact" and finding.edition == "this":
            told[key(finding.item), group_key(finding.segment)].setdefault(finding.value, i)
    return told


def hear_differences(findings: Sequence[Finding]) -> Heard:
    """A stated difference vouches for itself and for the two numbers that make it."""
    told = told_shares(findings)
    heard: Heard = {}
    for i, finding in enumerate(findings):
        if finding.unit not in ("point", "ratio") or VERSUS not in finding.segment:
            continue
        for a, b in pairs(finding, told):
            left, right = findings[a], findings[b]
            if fits(finding, left.value, right.value):
                sign = "-" if finding.unit == "point" else "/"
                why = f"{left.value:g} {sign} {right.value:g}"
                for one in (i, a, b):
                    heard.setdefault(one, [Testimony("difference", True, "difference agrees", why)])
                break
    return heard


def pairs(finding: Finding, told: Told) -> Iterator[tuple[int, int]]:
    """The two numbers of the item, one of each group, the larger first."""
    one, _, other = finding.segment.partition(VERSUS)
    item = key(finding.item)
    for x, i in told.get((item, group_key(one)), {}).items():
        for y, j in told.get((item, group_key(other)), {}).items():
            yield (i, j) if x >= y else (j, i)


def fits(finding: Finding, larger: float, smaller: float) -> bool:
    """Whether two numbers differ by what is stated, in the words that state it."""
    if finding.unit == "ratio":
        return smaller > 0 and abs(larger / smaller - abs(finding.value)) <= ROUGH_MULTIPLE
    low, high = reach(finding) if finding.qualifier in HEDGED else (finding.value, finding.value)
    return low - ROUNDED <= larger - smaller <= high + ROUNDED
