"""The same number for the same item and group at two places: chart, table and prose vouch for each other."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.finding import Finding, Reading
from extract.weigh.geometry import FULL_SPAN, LOUDEST, printed_rounding
from extract.weigh.hedges import HEDGED, stands_for
from extract.weigh.keys import contained, group_key, joined, key, likeness, same_numbers, substituted
from extract.weigh.places import Heard, drawn, place_of
from extract.weigh.stated import same_polarity
from extract.weigh.testimony import Kind, Testimony

# Items worded so alike, with the same value, are the same statement told twice.
SAME_ITEM = 0.7
SAME_GROUP = 0.6
# A value told more often than this in one document (0.0 of a thick crosstab) is nobody's echo; pairs cost
# their square.
COMMON = 400

How = Literal["exact", "hedged", "drawn"]


@dataclass(frozen=True, slots=True)
class Echo:
    """Findings ``one`` and ``other`` (indices) tell one fact: in the same digits, the one in round words, or
    the one by a bare mark's length."""

    one: int
    other: int
    how: How


def same_group(a: str, b: str) -> bool:
    """Groups worded alike, or one with a word more; never a group and its opposite, or one of two."""
    if joined(a) != joined(b):
        return False
    a, b = group_key(a), group_key(b)
    if a == b:
        return True
    if not a or not b or not same_polarity(a, b) or substituted(a, b) or not same_numbers(a, b):
        return False
    return contained(a, b) or likeness(a, b) >= SAME_GROUP


def same_item(a: str, b: str) -> bool:
    a, b = key(a), key(b)
    return likeness(a, b) >= SAME_ITEM and not substituted(a, b) and same_numbers(a, b)


def same_statement(a: Finding, b: Finding) -> bool:
    """One item of one group at two places of the document."""
    if place_of(a) == place_of(b) != (a.page, a.image, "") or (a.box is not None and a.box == b.box):
        return False
    return same_group(a.segment, b.segment) and same_item(a.item, b.item)


def find_echoes(findings: Sequence[Finding]) -> list[Echo]:
    """Every pair of findings that states one fact; numbers of other editions have no echo here."""
    told = [i for i, f in enumerate(findings) if f.edition == "this"]
    printed = [i for i in told if findings[i].qualifier != "measured"]
    return [
        *exact_echoes(findings, printed),
        *hedged_echoes(findings, printed),
        *drawn_echoes(findings, told),
    ]


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
                    yield Echo(i, j, "exact")


def hedged_echoes(findings: Sequence[Finding], told: Sequence[int]) -> Iterator[Echo]:
    """A hedged figure in the prose and the exact one in a chart or table."""
    shown = [i for i in told if findings[i].source != "prose" and findings[i].qualifier == "exact"]
    for i in told:
        finding = findings[i]
        if finding.qualifier not in HEDGED or finding.source != "prose":
            continue
        for j in shown:
            other = findings[j]
            fits = other.unit == finding.unit and other.value != finding.value
            if fits and stands_for(finding, other.value) and same_statement(finding, other):
                yield Echo(i, j, "hedged")


def drawn_echoes(findings: Sequence[Finding], told: Sequence[int]) -> Iterator[Echo]:
    """A number in the prose and the bare mark of a chart that is just so long."""
    bare = [i for i in told if findings[i].qualifier == "measured"]
    for i in told if bare else ():
        finding = findings[i]
        if finding.source != "prose" or finding.qualifier != "exact":
            continue
        for j in bare:
            mark = drawn(findings[j])
            if mark is None or findings[j].unit != finding.unit or mark.value is None:
                continue
            near = abs(mark.value - finding.value) <= mark.slack + printed_rounding(finding)
            if near and same_statement(finding, findings[j]):
                yield Echo(i, j, "drawn")


def hear_echo(findings: Sequence[Finding], echoes: Sequence[Echo]) -> Heard:
    """Chart and prose say the same; a repeated sentence is no new witness, another source is."""
    heard: Heard = {}
    for echo in sorted(echoes, key=lambda e: ("exact", "drawn", "hedged").index(e.how)):
        pairs = [(echo.one, echo.other)] + ([] if echo.how == "hedged" else [(echo.other, echo.one)])
        for one, other in pairs:
            if findings[one].source == findings[other].source == "prose" or one in heard:
                continue
            heard[one] = [echo_of(findings[other], *kind_of(findings, echo))]
    return heard


def kind_of(findings: Sequence[Finding], echo: Echo) -> tuple[Kind, float]:
    """The kind of testimony and how surprising an accident would be: digits with a decimal say more, and so
    does an item in the same words."""
    if echo.how == "hedged":
        return "echo hedged", 1.0
    if echo.how == "exact":
        value = findings[echo.one].value
        if not same_words(findings[echo.one], findings[echo.other]):
            return "echo alike", 1.0
        return ("echo coarse" if value == round(value) else "echo fine"), 1.0
    mark = drawn(findings[echo.other])
    reach = 2 * ((mark.slack if mark else 1.0) + printed_rounding(findings[echo.one]))
    return "echo drawn", min(LOUDEST, math.log(FULL_SPAN / reach))


def same_words(a: Finding, b: Finding) -> bool:
    """Whether both places word the item alike; a label that the reader made plain is worded by nobody."""
    made = any(f.binding is not None and f.binding.item == "reworded" for f in (a, b))
    return not made and key(a.item) == key(b.item)


def echo_of(twin: Finding, kind: Kind, amount: float = 1.0) -> Testimony:
    """The testimony of a twin elsewhere in the document."""
    where = f"page {twin.page}" if twin.page else twin.image or "the text"
    reading = Reading("echo", twin.source, twin.value, twin.snippet, twin.box, why=where)
    return Testimony("echo", True, kind, f"also in the {twin.source}, {where}", amount, reading)
