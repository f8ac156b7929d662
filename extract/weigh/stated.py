"""Sample sizes a document states, by group: printed with charts and sentences, or the totals of counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from extract.finding import Chart, Finding
from extract.weigh.arithmetic import Share, fit, odds
from extract.weigh.keys import group_key, likeness

Sizes = dict[str, set[int]]

# Groups worded so alike are the same group when arithmetic agrees; negations must be the same.
LIKE_GROUP = 0.6
NEGATION = re.compile(r"[非未無不]|ない|なかっ|ません")
# Characters from which on 未実施または不明 and 行っていない／分からない are one kind of no.
LONG_WORDING = 8
# Above this chance the values do not tell one size from another.
BLIND = 0.9


def stated_sizes(
    findings: Sequence[Finding], charts: Iterable[Chart], told: Iterable[tuple[str, int]], total: int | None
) -> Sizes:
    """Every sample size the document states, by the key of its group ("" for everyone)."""
    stated: Sizes = defaultdict(set)
    for label, n in told:
        stated[group_key(label)].add(n)
    for chart in charts:
        for label, n in chart.bases:
            if label:
                stated[group_key(label)].add(n)
    for finding in findings:
        if finding.base_n is not None and finding.base_n_source == "printed":
            stated[group_key(finding.segment)].add(finding.base_n)
    if total is not None:
        stated[""].add(total)
        for group, n in counted_groups(findings, total).items():
            stated[group].add(n)
    return stated


def counted_groups(findings: Iterable[Finding], total: int) -> dict[str, int]:
    """Groups whose counts in one chart add up to the whole sample: 142 + 115 of one, 61 + 463 of the rest."""
    charts: dict[tuple[int | None, str | None, str], dict[str, float]] = defaultdict(
        lambda: defaultdict(float)
    )
    for finding in findings:
        if finding.chart and finding.unit == "count" and finding.qualifier == "exact":
            charts[finding.page, finding.image, finding.chart][group_key(finding.segment)] += finding.value
    for groups in charts.values():
        if len(groups) > 1 and sum(groups.values()) == total:
            return {group: int(n) for group, n in groups.items()}
    return {}


def sizes_of(group: str, stated: Mapping[str, set[int]], shares: Iterable[Share]) -> list[int]:
    """Sizes stated for this group, else for the group worded most alike, that allow its values."""
    distinct = set(shares)
    own = allowed(stated.get(group, ()), distinct)
    if own or not group:
        return own
    near = [(likeness(group, other), other) for other in stated if other and same_polarity(group, other)]
    close, other = max(near, default=(0.0, ""))
    if close < LIKE_GROUP:
        return []
    return [
        n for n in allowed(stated[other], distinct) if min((odds(s, n) for s in distinct), default=1) < BLIND
    ]


def allowed(sizes: Iterable[int], distinct: set[Share]) -> list[int]:
    """The sizes that allow every value: that a group was asked another question in part is likelier than a
    misreading, so one value that does not fit is reason enough to leave a size alone."""
    return [n for n in sizes if not fit(distinct, n).misfits]


def same_polarity(a: str, b: str) -> bool:
    """運用層 and 非運用層 differ in one character and in everything; long wordings negate in many ways."""
    if min(len(a), len(b)) >= LONG_WORDING:
        return bool(NEGATION.search(a)) == bool(NEGATION.search(b))
    return sorted(NEGATION.findall(a)) == sorted(NEGATION.findall(b))
