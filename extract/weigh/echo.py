"""The same number for the same item and group at two places: chart, table and prose vouch for each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.finding import Finding, Reading
from extract.weigh.keys import group_key, key, likeness
from extract.weigh.stated import same_polarity
from extract.weigh.testimony import Testimony
from extract.weigh.together import Heard, place_of

# Items worded so alike, with the same value, are the same statement told twice.
SAME_ITEM = 0.7
SAME_GROUP = 0.6
# Same item, group and printed digits by accident: below one in a hundred, with a decimal in a thousand.
ECHO_WEIGHT = 3.0
FINE_ECHO_WEIGHT = 4.0
# 約4割 beside 41.2 %: the digits are plain text, and the chart binds them the same way.
ROUND_WEIGHT = 3.5
# A round figure stands for values this near (points): tens for halves of their step, others for one.
NEAR_TEN, NEAR_ONE = 5.0, 1.0
# A value told more often than this in one document (0.0 of a thick crosstab) is nobody's echo; pairs cost
# their square.
COMMON = 400
HEDGED = ("approx", "vague", "at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Echo:
    """Findings ``one`` and ``other`` (indices) tell one fact; ``exact`` when in the same digits."""

    one: int
    other: int
    exact: bool


def same_group(a: str, b: str) -> bool:
    """Groups worded alike, or one with a word more; never a group and its opposite."""
    a, b = group_key(a), group_key(b)
    if a == b:
        return True
    if not a or not b or not same_polarity(a, b):
        return False
    return a in b or b in a or likeness(a, b) >= SAME_GROUP


def same_statement(a: Finding, b: Finding) -> bool:
    """One item of one group at two places of the document."""
    if place_of(a) == place_of(b) != (a.page, a.image, "") or (a.box is not None and a.box == b.box):
        return False
    return same_group(a.segment, b.segment) and likeness(key(a.item), key(b.item)) >= SAME_ITEM


def find_echoes(findings: Sequence[Finding]) -> list[Echo]:
    """Every pair of findings that states one fact; numbers of other editions have no echo here."""
    told = [i for i, f in enumerate(findings) if f.edition == "this" and f.qualifier != "measured"]
    return [*exact_echoes(findings, told), *round_echoes(findings, told)]


def exact_echoes(findings: Sequence[Finding], told: Iterable[int]) -> Iterator[Echo]:
    by_value: dict[tuple[float, str], list[int]] = defaultdict(list)
    for i in told:
        if findings[i].qualifier != "vague":
            by_value[findings[i].value, findings[i].unit].append(i)
    for members in by_value.values():
        if len(members) > COMMON:
            continue
        for at, i in enumerate(members):
            for j in members[at + 1 :]:
                if same_statement(findings[i], findings[j]):
                    yield Echo(i, j, exact=True)


def round_echoes(findings: Sequence[Finding], told: Sequence[int]) -> Iterator[Echo]:
    """A hedged figure in the prose and the exact one in a chart or table."""
    drawn = [i for i in told if findings[i].source != "prose" and findings[i].qualifier == "exact"]
    for i in told:
        finding = findings[i]
        if finding.qualifier not in HEDGED or finding.source != "prose":
            continue
        near = NEAR_TEN if finding.value % 10 == 0 else NEAR_ONE
        for j in drawn:
            other = findings[j]
            close = other.unit == finding.unit and 0 < abs(other.value - finding.value) <= near
            if close and same_statement(finding, other):
                yield Echo(i, j, exact=False)


def exact_weight(twin: Finding) -> float:
    return ECHO_WEIGHT if twin.value == round(twin.value) else FINE_ECHO_WEIGHT


def hear_echo(findings: Sequence[Finding], echoes: Sequence[Echo]) -> Heard:
    """Chart and prose say the same; a repeated sentence is no new witness, another source is."""
    heard: Heard = {}
    for echo in sorted(echoes, key=lambda e: not e.exact):
        pairs = [(echo.one, echo.other)] + ([(echo.other, echo.one)] if echo.exact else [])
        for one, other in pairs:
            if findings[one].source == findings[other].source == "prose" or one in heard:
                continue
            twin = findings[other]
            where = f"page {twin.page}" if twin.page else twin.image or "the text"
            reading = Reading("echo", twin.source, twin.value, twin.snippet, twin.box, why=where)
            weight = exact_weight(twin) if echo.exact else ROUND_WEIGHT
            why = f"also in the {twin.source}, {where}"
            heard[one] = [Testimony("echo", True, weight, why, reading)]
    return heard
