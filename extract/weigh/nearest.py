"""A number of the prose and the cell of a chart that its words mean, worded differently.

Sentences and charts word one answer in two ways (継続売上が増加した, 増加した). Among the cells of a chart
that shows the very number, the one worded most alike must be the one that holds it: an accident in one of as
many cases as the chart has cells. Where a chart gives the number to the same item but to another group, the
sentence and the chart cannot both be read right.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from extract.finding import Finding
from extract.weigh.echo import echo_of, same_item
from extract.weigh.geometry import LOUDEST
from extract.weigh.keys import contained, group_key, key, likeness, same_numbers, substituted
from extract.weigh.places import Heard, by_chart
from extract.weigh.stated import same_polarity
from extract.weigh.testimony import Testimony

# One name within the other says as much as pairs of characters shared to this degree.
CONTAINED = 0.8
# Both names must be somewhat alike, and the best cell ahead of cells with other values by this much.
LIKE_ITEM, LIKE_GROUP, AHEAD = 0.4, 0.3, 0.1
# Shorter names lie within many others by chance.
SHORTEST = 2
# With fewer cells the best one is the right one by luck too often.
FEWEST_CELLS = 4

Cells = list[int]


@lru_cache(maxsize=65536)  # the cells of a chart share few names
def closeness(a: str, b: str) -> float:
    """How alike two keys are, 0-1; never a thing and its opposite."""
    if a == b:
        return 1.0
    if not a or not b or not same_polarity(a, b) or substituted(a, b) or not same_numbers(a, b):
        return 0.0
    inside = min(len(a), len(b)) >= SHORTEST and contained(a, b)
    return max(CONTAINED if inside else 0.0, likeness(a, b))


def shown_cells(findings: Sequence[Finding]) -> list[Cells]:
    """The exactly printed cells of each chart."""
    charts = by_chart(findings)
    exact = ([i for i in members if findings[i].qualifier == "exact"] for members in charts)
    return [cells for cells in exact if len(cells) > 1]


def hear_nearest(findings: Sequence[Finding], heard: Mapping[int, object]) -> Heard:
    """For numbers of the prose with a decimal that have no echo yet (``heard``)."""
    charts = shown_cells(findings)
    holders: dict[tuple[float, str], list[Cells]] = defaultdict(list)
    for cells in charts:
        for value_unit in {(findings[i].value, findings[i].unit) for i in cells}:
            holders[value_unit].append(cells)
    told: Heard = {}
    for i, finding in enumerate(findings):
        fine = finding.qualifier == "exact" and finding.value != round(finding.value)
        if finding.source != "prose" or finding.edition != "this" or not fine or i in heard:
            continue
        found = list(testimonies(finding, findings, holders.get((finding.value, finding.unit), [])))
        if found:
            told[i] = found[:1]
    return told


def testimonies(
    finding: Finding, findings: Sequence[Finding], holders: Sequence[Cells]
) -> Iterator[Testimony]:
    """What the charts that show the number say of its binding: a nearest cell first, then a denial."""
    for cells in holders:
        cell = nearest(finding, findings, cells) if len(cells) >= FEWEST_CELLS else None
        if cell is not None:
            values = len({findings[i].value for i in cells})
            yield echo_of(findings[cell], "echo nearest", min(LOUDEST, math.log(values)))
    for cells in holders:
        for i in cells:
            other = findings[i]
            if other.value == finding.value and same_item(finding.item, other.item):
                why = f"a chart gives this number to {other.segment or 'everyone'}"
                yield Testimony("echo", False, "echo elsewhere", why)


def nearest(finding: Finding, findings: Sequence[Finding], cells: Cells) -> int | None:
    """The cell worded most alike, when it holds the number and no other value comes close."""
    item, group = key(finding.item), group_key(finding.segment)
    bound = finding.binding
    whole = bound is not None and bound.item.startswith("quoted") and not bound.odd
    scored = []
    for i in cells:
        like_item = closeness(item, key(findings[i].item))
        like_group = closeness(group, group_key(findings[i].segment))
        named = like_item >= LIKE_ITEM if whole else same_item(finding.item, findings[i].item)
        enough = named and like_group >= LIKE_GROUP
        scored.append((like_item + like_group, enough, i))
    best, enough, cell = max(scored)
    rivals = [score for score, _, i in scored if findings[i].value != finding.value]
    ahead = best - max(rivals, default=0.0) >= AHEAD
    return cell if enough and ahead and findings[cell].value == finding.value else None
