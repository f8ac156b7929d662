"""One item across reports and years: each fact once, with its interval, and what makes it hard to compare."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from chosa.corrections import folded
from chosa.emit.cells import number
from chosa.observation import EVERYONE, RANK, Observation
from chosa.tables import DocumentRow

Z_95 = 1.959964  # standard normal quantile of a two-sided 95 % interval
_HEDGES = {"approx": "~", "vague": "~", "measured": "≈", "at_least": "≥", "at_most": "≤"}
BASES_APART = 2  # times; the interval of the smaller sample is then 1.4 times as wide
_BRACKETS = re.compile(r"[（(【\[].*?[）)】\]]")


@dataclass(frozen=True, slots=True)
class Point:
    """One fact about the item, from one report; ``interval`` only for percentages with a known base."""

    observation: Observation
    document: DocumentRow
    interval: tuple[float, float] | None

    @property
    def name(self) -> str:
        """The report in a few words."""
        d = self.document
        quoted = "(quotes earlier)" if self.observation.edition_of_report == "prior" else ""
        return " ".join(filter(None, (d.year, d.publisher or d.title or d.file, d.edition, quoted)))

    @property
    def value(self) -> str:
        """The number as one says it: with its unit, and how it was hedged."""
        o = self.observation
        unit = "%" if o.unit == "percent" else f" {o.unit}"
        return f"{_HEDGES.get(o.qualifier, '')}{number(o.value)}{unit}"


COLUMNS = (
    "year", "publisher", "segment", "segment_id", "question", "question_id", "value", "unit", "qualifier",
    "base_n", "low_95", "high_95", "status", "document_id", "observation_id", "citation",
)  # fmt: skip


def cells_of(point: Point) -> tuple[str | float | None, ...]:
    """The point under ``COLUMNS``; interval None where unknown."""
    o, d = point.observation, point.document
    low, high = point.interval or (None, None)
    names = (d.year, d.publisher, o.segment, o.segment_id, o.question, o.question_id)
    told = (o.status, o.document_id, o.observation_id, o.citation)
    return (*names, o.value, o.unit, o.qualifier, o.base_n, low, high, *told)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Points by segment and year, and warnings for whoever draws conclusions."""

    points: tuple[Point, ...]
    warnings: tuple[str, ...]


def compare(
    observations: Iterable[Observation],
    documents: Iterable[DocumentRow],
    item_id: str,
    segment_id: str | None = None,
) -> Comparison:
    """The item's facts. A report that is there in two forms counts once; rejected rows do not count."""
    known = {d.document_id: d for d in documents}
    facts: dict[tuple[object, ...], Observation] = {}
    named: dict[str, tuple[object, ...]] = {}  # sightings of one fact may word its question differently
    for o in observations:
        wanted = o.item_id == item_id and (segment_id is None or o.segment_id == segment_id)
        if not wanted or o.status == "rejected":
            continue
        report = known[o.document_id].same_report_as or o.document_id
        group, question = o.segment_id or folded(o.segment), o.question_id or _plain(o.question)
        fact = named.setdefault(o.fact_id, (report, group, question, o.unit, o.value))
        if fact not in facts or _better(o, facts[fact]):
            facts[fact] = o
    points = [Point(o, known[o.document_id], interval(o)) for o in facts.values()]
    points.sort(key=_order)
    return Comparison(tuple(points), _warnings(points))


@dataclass(frozen=True, slots=True)
class Comparable:
    """An item that can be compared: its id, how most rows word it, in how many reports it stands."""

    item_id: str
    wording: str
    reports: int
    rows: int


def comparable(
    observations: Iterable[Observation], documents: Iterable[DocumentRow]
) -> tuple[Comparable, ...]:
    """Items that have an id, those of most reports first; a report in two forms counts once."""
    report = {d.document_id: d.same_report_as or d.document_id for d in documents}
    wordings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    reports: defaultdict[str, set[str]] = defaultdict(set)
    for o in observations:
        if o.item_id and o.status != "rejected":
            wordings[o.item_id][o.item] += 1
            reports[o.item_id].add(report[o.document_id])
    found = [
        Comparable(id, min(words, key=lambda w: (-words[w], w)), len(reports[id]), words.total())
        for id, words in wordings.items()
    ]
    return tuple(sorted(found, key=lambda c: (-c.reports, -c.rows, c.item_id)))


def _better(new: Observation, old: Observation) -> bool:
    return _standing(new) < _standing(old)


def _standing(o: Observation) -> tuple[int, float, bool, str]:
    """Confirmed before unconfirmed, the surer one, a chart or table before a sentence about it."""
    return RANK[o.status], -o.confidence, o.source == "prose", o.observation_id


def _order(point: Point) -> tuple[str, ...]:
    o, d = point.observation, point.document
    return (o.unit, o.segment_id or o.segment, d.year, d.publisher, o.question, o.observation_id)


def interval(o: Observation) -> tuple[float, float] | None:
    """The 95 % Wilson score interval of a percentage, in percent; None without a base.

    Simple random sampling is assumed: for weighted or panel surveys it is a lower bound of the doubt.
    """
    if o.unit != "percent" or not o.base_n or not 0 <= o.value <= 100:
        return None
    n, p = o.base_n, o.value / 100
    middle = (p + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
    half = Z_95 / (1 + Z_95**2 / n) * sqrt(p * (1 - p) / n + Z_95**2 / (4 * n * n))
    return round(100 * (middle - half), 1), round(100 * (middle + half), 1)


def group_of(point: Point) -> str:
    """The group of respondents, as worded."""
    return point.observation.segment or EVERYONE


def _warnings(points: Sequence[Point]) -> tuple[str, ...]:
    """What differs between the points beside the value."""
    checks = (
        _questions, _units, _answers, _populations, _bases, _hedged, _weighted, _quoted, _twice, _unreviewed,
    )  # fmt: skip
    return tuple(filter(None, (check(points) for check in checks)))


def _questions(points: Sequence[Point]) -> str:
    asked = {p.observation.question_id or _plain(p.observation.question): p for p in points}
    worded = sorted(p.observation.question or "(not stated)" for p in asked.values())
    return f"{len(asked)} different questions: {'; '.join(worded)[:300]}" if len(asked) > 1 else ""


def _plain(question: str) -> str:
    """The question without what stands in brackets: kind of answer, sample size."""
    return folded(_BRACKETS.sub("", question)) or folded(question)


def _units(points: Sequence[Point]) -> str:
    units = {p.observation.unit for p in points}
    return "different units: compare only rows of one unit" if len(units) > 1 else ""


def _answers(points: Sequence[Point]) -> str:
    kinds = {p.observation.question_type for p in points} - {""}
    return "single-answer and multiple-answer questions are mixed" if len(kinds) > 1 else ""


def _populations(points: Sequence[Point]) -> str:
    asked = {folded(p.document.population): p for p in points if p.document.population}
    who = "; ".join(sorted(p.document.population for p in asked.values()))[:300]
    return f"{len(asked)} different populations were asked: {who}" if len(asked) > 1 else ""


def _bases(points: Sequence[Point]) -> str:
    """Whose base is unknown, or so different that intervals of one group are not alike."""
    if any(p.observation.base_n is None for p in points):
        return "some rows have no base n: their interval is unknown"
    by_group: defaultdict[str, list[int]] = defaultdict(list)
    for p in points:
        by_group[p.observation.segment_id or group_of(p)].append(p.observation.base_n or 0)
    apart = [f"{min(n)} to {max(n)}" for n in by_group.values() if max(n) >= BASES_APART * min(n)]
    return f"bases of one group differ: n={', '.join(apart)}" if apart else ""


def _hedged(points: Sequence[Point]) -> str:
    hedged = any(p.observation.qualifier != "exact" for p in points)
    return "some values are approximate or measured off the drawing (~ ≈ ≥ ≤)" if hedged else ""


def _weighted(points: Sequence[Point]) -> str:
    weighted = any(p.document.weighted for p in points)
    return "some surveys are weighted: their doubt is larger than the interval says" if weighted else ""


def _quoted(points: Sequence[Point]) -> str:
    prior = sum(p.observation.edition_of_report == "prior" for p in points)
    return f"{prior} rows quote an earlier survey: their year is not the report's" if prior else ""


def _twice(points: Sequence[Point]) -> str:
    """Several releases about one survey repeat its numbers; they are one measurement, not two."""
    facts = Counter(
        (p.observation.segment_id or group_of(p), p.observation.value, p.observation.base_n)
        for p in points
        if p.observation.base_n
    )
    twice = sum(n > 1 for n in facts.values())
    return f"{twice} values stand in several reports with the same n: perhaps one survey" if twice else ""


def _unreviewed(points: Sequence[Point]) -> str:
    unsure = any(p.observation.status == "review" for p in points)
    return "some rows are not reviewed yet" if unsure else ""
