"""Sightings of one fact share a name; two values for one fact are a contradiction of the source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from extract.finding import Finding
from extract.notes import Note
from extract.weigh.keys import group_key, key, likeness
from extract.weigh.places import place_of

# Questions worded so alike ask the same thing.
SAME_QUESTION = 0.6


def name_facts(findings: Sequence[Finding], pairs: Iterable[tuple[int, int]]) -> list[str]:
    """A name per finding ("f0", "f1", ...), shared by those that state the same fact."""
    root = list(range(len(findings)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in pairs:
        root[max(find(i), find(j))] = min(find(i), find(j))
    return [f"f{find(i)}" for i in range(len(findings))]


def contradictions(findings: Sequence[Finding]) -> list[Note]:
    """The same item of the same group and question with two exact values at two places."""
    by_label: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.qualifier == "exact" and finding.edition == "this" and finding.unit == "percent":
            by_label[key(finding.item), group_key(finding.segment), finding.unit].append(finding)
    notes = []
    for members in by_label.values():
        for at, a in enumerate(members):
            for b in members[at + 1 :]:
                if a.value != b.value and place_of(a) != place_of(b) and same_question(a, b):
                    notes.append(contradiction(a, b))
    return notes


def same_question(a: Finding, b: Finding) -> bool:
    """Prose words a chart's question its own way; two charts titled only alike ask two things."""
    if not a.question or (a.source != "prose" and a.page == b.page):
        return False
    alike = likeness(key(a.question), key(b.question))
    return alike == 1.0 if a.source == b.source else alike >= SAME_QUESTION


def contradiction(a: Finding, b: Finding) -> Note:
    box = (b.box.x0, b.box.y0, b.box.x1, b.box.y1) if b.box else None
    where = f"page {a.page}" if a.page else a.image or "elsewhere"
    message = f"{b.item} {b.segment}: {b.value:g} here, {a.value:g} on {where}"
    return Note("source-contradicts", message, b.page, b.image, box)
