"""One item across reports and years: each fact once, with its interval, and what makes it hard to compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from chosa.observation import Observation
from chosa.tables import DocumentRow

Z_95 = 1.959964  # standard normal quantile of a two-sided 95 % interval
# Best first: which sighting of a fact stands for it.
_RANK = {"corrected": 0, "accepted": 1, "review": 2}


@dataclass(frozen=True, slots=True)
class Point:
    """One fact about the item, from one report; ``interval`` only for percentages with a known base."""

    observation: Observation
    document: DocumentRow
    interval: tuple[float, float] | None


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
    for o in observations:
        wanted = o.item_id == item_id and (segment_id is None or o.segment_id == segment_id)
        if not wanted or o.status == "rejected":
            continue
        report = known[o.document_id].same_report_as or o.document_id
        fact = (report, o.segment_id or o.segment, o.question_id or o.question, o.unit, o.value)
        if fact not in facts or _better(o, facts[fact]):
            facts[fact] = o
    points = [Point(o, known[o.document_id], interval(o)) for o in facts.values()]
    points.sort(key=_order)
    return Comparison(tuple(points), _warnings(points))


def _better(new: Observation, old: Observation) -> bool:
    return (_RANK[new.status], -new.confidence, new.observation_id) < (
        _RANK[old.status],
        -old.confidence,
        old.observation_id,
    )


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


def _warnings(points: Sequence[Point]) -> tuple[str, ...]:
    """What differs between the points beside the value."""
    found = []
    questions = {p.observation.question_id or p.observation.question for p in points}
    if len(questions) > 1:
        found.append(f"{len(questions)} different questions: " + "; ".join(sorted(questions))[:300])
    if len({p.observation.unit for p in points}) > 1:
        found.append("different units: compare only rows of one unit")
    if len({p.observation.question_type for p in points} - {""}) > 1:
        found.append("single-answer and multiple-answer questions are mixed")
    populations = {p.document.population for p in points} - {""}
    if len(populations) > 1:
        found.append(f"{len(populations)} different populations were asked")
    if any(p.observation.base_n is None for p in points):
        found.append("some rows have no base n: their interval is unknown")
    if any(p.observation.status == "review" for p in points):
        found.append("some rows are not reviewed yet")
    return tuple(found)
