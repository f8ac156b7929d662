"""Which labels of a document are matched together, and what was decided about each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chosa.clean import clean
from chosa.tables import LabelRow
from extract.finding import Finding
from normalize.bands import bands_of

if TYPE_CHECKING:  # loading the matcher takes most of a second, and only workers call it
    from normalize.match import LabelKind, Match, Matcher

# Below this legibility the labels themselves are likely misread, and the matcher allows for it.
GARBLED_BELOW = 0.5


@dataclass(frozen=True, slots=True)
class Labelled:
    """The matches of one finding's labels; None where it has no such label."""

    item: Match | None
    segment: Match | None
    question: Match | None


def match_labels(findings: Sequence[Finding], garbled: Sequence[bool], matcher: Matcher) -> list[Labelled]:
    """One Labelled per finding. Labels of one chart or table are matched together (they go to distinct
    ids); a label in running text stands alone, since prose words one thing in several ways."""
    items = _matched("item", [f.item for f in findings], findings, garbled, matcher)
    segments = _matched("segment", [f.segment for f in findings], findings, garbled, matcher)
    asked: dict[str, Match] = {}
    for finding, bad in zip(findings, garbled, strict=True):
        if finding.question and finding.question not in asked:
            asked[finding.question] = matcher.match([finding.question], "question", "", bad)[0]
    return [Labelled(i, s, asked.get(f.question)) for f, i, s in zip(findings, items, segments, strict=True)]


def _matched(
    kind: LabelKind,
    labels: Sequence[str],
    findings: Sequence[Finding],
    garbled: Sequence[bool],
    matcher: Matcher,
) -> list[Match | None]:
    """The match of each finding's label of this kind."""
    groups: dict[tuple[object, ...], dict[str, None]] = {}
    keys = [_group(f, label, bad) for f, label, bad in zip(findings, labels, garbled, strict=True)]
    for key, label in zip(keys, labels, strict=True):
        if label:
            groups.setdefault(key, {})[label] = None
    dimension = bands_of([label for label in labels if label])
    known: dict[tuple[tuple[object, ...], str], Match] = {}
    for key, together in groups.items():
        question, bad = str(key[1]), bool(key[2])
        for match in matcher.match(list(together), kind, question, bad, dimension):
            known[key, match.label] = match
    return [known.get((key, label)) for key, label in zip(keys, labels, strict=True)]


def _group(finding: Finding, label: str, garbled: bool) -> tuple[object, ...]:
    """What is matched together: the labels of one chart or table, or one label of running text."""
    place = (finding.page, finding.image, finding.chart) if finding.source != "prose" else label
    return (finding.source, finding.question, garbled, place)


def label_rows(labelled: Iterable[Labelled]) -> tuple[LabelRow, ...]:
    """The crosswalk of one document: each distinct label and decision with its count."""
    counts: Counter[Match] = Counter(m for each in labelled for m in _decisions(each))
    return merge_labels(_label_row(match, count) for match, count in counts.items())


def _decisions(each: Labelled) -> list[Match]:
    return [m for m in (each.item, each.segment, each.question) if m is not None]


def _label_row(match: Match, occurrences: int) -> LabelRow:
    other = match.runner_up
    return LabelRow(
        kind=match.kind,
        label=clean(match.label),
        id=match.id or "",
        score=round(match.score, 1),
        runner_up=other.id if other else "",
        runner_up_score=round(other.score, 1) if other else None,
        occurrences=occurrences,
        decided_by=match.decided_by,
        why=clean(match.why),
    )


def merge_labels(rows: Iterable[LabelRow]) -> tuple[LabelRow, ...]:
    """One row per kind, label and id, best score first seen, occurrences added up; sorted."""
    best: dict[tuple[str, str, str], LabelRow] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        key = (row.kind, row.label, row.id)
        counts[key] += row.occurrences
        if key not in best or (row.score or 0) > (best[key].score or 0):
            best[key] = row
    return tuple(replace(best[key], occurrences=counts[key]) for key in sorted(best))
