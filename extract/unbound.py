"""What is no row: a number that no item could be bound to, and a bar read off whose value is printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.finding import Finding
from extract.notes import Note

# A value read off a bar is the printed one within this share of it, and this many units.
SAME_SHARE, SAME_UNITS = 0.03, 1.0


def bound(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Note, ...]]:
    """Findings that name an item, and a note for each that does not."""
    kept, notes = [], []
    for finding in without_copies(tuple(findings)):
        if finding.item.strip():
            kept.append(finding)
            continue
        box = finding.box
        notes.append(
            Note(
                "number-unread",
                f"{finding.value:g} {finding.unit}: no item could be bound to it ({finding.question})",
                finding.page,
                finding.image,
                (box.x0, box.y0, box.x1, box.y1) if box else None,
            )
        )
    return tuple(kept), tuple(notes)


def without_copies(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without bars read off for which the table under the chart prints the value.

    A table without a heading of its own has the chart's.
    """
    printed: dict[tuple[str, str, str], list[float]] = {}
    for f in findings:
        if f.qualifier != "measured":
            printed.setdefault(_key(f), []).append(f.value)
    copies = [
        f for f in findings
        if f.qualifier == "measured" and any(
            abs(f.value - value) <= max(SAME_UNITS, SAME_SHARE * abs(value))
            for value in printed.get(_key(f), ())
        )
    ]  # fmt: skip
    gone = {id(f) for f in copies}
    titles = {_key(f)[:2]: f.question for f in copies}
    return [
        replace(f, question=titles[_key(f)[:2]])
        if f.source == "table" and not f.question and _key(f)[:2] in titles
        else f
        for f in findings
        if id(f) not in gone
    ]


def _key(finding: Finding) -> tuple[str, str, str]:
    names = (finding.item, finding.segment)
    item, segment = (re.sub(r"\W", "", unicodedata.normalize("NFKC", name)) for name in names)
    return item, segment, finding.unit
