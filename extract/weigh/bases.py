"""Which sample size stands behind each number: printed, inherited from elsewhere in the document, inferred.

A sample size stated for a group holds for later charts of that group as long as arithmetic allows all
their values; a size that does not allow them is another question's and is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.finding import BaseSource, Chart, Finding
from extract.weigh.arithmetic import Share, choose_base, decimals_of, fit, infer_base, respondents
from extract.weigh.keys import group_key, key
from extract.weigh.places import Charts, chart_of, printed_text
from extract.weigh.stated import counted_groups, sizes_of, stated_sizes

# With fewer distinct values a fit says little; sentences state too few of a group to infer anything.
FEWEST_VALUES = 3


@dataclass(frozen=True, slots=True)
class Base:
    """A sample size, where it comes from, and the odds (0-1) that it fits by accident."""

    n: int
    source: BaseSource
    accident: float = 0.0
    why: str = ""


Group = tuple[int | None, str | None, str, str, str]


def share_of(finding: Finding) -> Share | None:
    """The finding as a testable share: an exactly printed percentage; None for anything else."""
    if finding.unit != "percent" or finding.qualifier != "exact":
        return None
    return Share(finding.value, decimals_of(printed_text(finding)))


def group_of(finding: Finding) -> Group:
    """Findings that must share one sample size: one chart or question, one group of respondents."""
    place = finding.chart or key(finding.question)
    return (finding.page, finding.image, finding.source, place, group_key(finding.segment))


def printed_base(finding: Finding, chart: Chart | None) -> Base | None:
    """The size printed with the number or in its own chart: for its group first, then for the chart."""
    if finding.base_n is not None and finding.base_n_source == "printed":
        return Base(finding.base_n, "printed", why="stated with the number")
    if finding.base_n is not None and finding.base_n_source == "inferred":
        return Base(finding.base_n, "inferred", why="the counts beside the shares are these shares of it")
    if chart is None:
        return None
    sizes = {group_key(label): n for label, n in chart.bases}
    for label in (finding.segment, finding.item, ""):
        n = sizes.get(group_key(label))
        if n is not None and (label == "" or group_key(label)):
            return Base(n, "printed", why="printed in the chart")
    return None


def carried_base(finding: Finding) -> Base | None:
    """The size the reader carried over from an earlier mention of the group, unless arithmetic forbids it."""
    share = share_of(finding)
    if finding.base_n is None or (share is not None and respondents(share, finding.base_n) is None):
        return None
    return Base(finding.base_n, "inherited", why="stated for this group before")


def found_base(group: Group, shares: Sequence[Share], stated: Mapping[str, set[int]]) -> Base | None:
    """A size for a group whose chart prints none: by its name, by arithmetic among the stated, or alone."""
    distinct = set(shares)
    own = sizes_of(group[-1], stated, distinct)
    if len(own) == 1 and (group[-1] or fit(distinct, own[0]).accident < 1):
        return Base(own[0], "inherited", fit(distinct, own[0]).accident, "stated for this group elsewhere")
    if len(distinct) < FEWEST_VALUES or group[2] == "prose":
        return None
    everywhere = {n for sizes in stated.values() for n in sizes}
    chosen = choose_base(distinct, everywhere)
    if chosen is not None:
        return Base(chosen.n, "inferred", chosen.accident, "the only stated size that allows the values")
    alone = infer_base(distinct)
    return (
        Base(alone.n, "inferred", alone.accident, "the only size that allows the values") if alone else None
    )


def find_bases(
    findings: Sequence[Finding],
    charts: Charts,
    told: Iterable[tuple[str, int]],
    total: int | None = None,
) -> list[Base | None]:
    """One Base (or None) per finding. ``total``: sample size of the whole survey, None when unknown."""
    stated = stated_sizes(findings, charts.values(), told, total)
    shares: dict[Group, list[Share]] = defaultdict(list)
    for finding in findings:
        share = share_of(finding)
        if share is not None:
            shares[group_of(finding)].append(share)
    found = {group: found_base(group, values, stated) for group, values in shares.items()}
    counted = counted_groups(findings, total) if total is not None else {}
    bases: list[Base | None] = []
    for finding in findings:
        base = (
            printed_base(finding, chart_of(finding, charts))
            or found.get(group_of(finding))
            or carried_base(finding)
        )
        if base is None and finding.unit == "count" and finding.chart:
            n = counted.get(group_key(finding.segment))
            base = Base(n, "inferred", why="its counts add up to the sample") if n else None
        bases.append(base)
    return bases


def shared_bases(
    findings: Sequence[Finding], bases: Sequence[Base | None], told_twice: Iterable[tuple[int, int]]
) -> list[Base | None]:
    """The bases, where a sentence repeats a number of a chart or table with that chart's respondents.

    ``told_twice`` are pairs of findings that state one fact. What the sentence itself prints stays; a size
    stated for the group elsewhere gives way, also where the chart leaves its own open.
    """
    shown: dict[int, list[int]] = defaultdict(list)
    for pair in told_twice:
        for i, j in (pair, pair[::-1]):
            if findings[i].source == "prose" != findings[j].source:
                shown[i].append(j)
    shared = list(bases)
    for i, places in shown.items():
        own, sizes = bases[i], {base.n if (base := bases[j]) else None for j in places}
        if (own is not None and own.source == "printed") or len(sizes) > 1:
            continue
        (n,) = sizes
        shared[i] = Base(n, "inherited", why="of the chart that shows the same number") if n else None
    return shared
