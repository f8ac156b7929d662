"""A number that no item could be bound to is a doubt with a place, not a row."""

from __future__ import annotations

from collections.abc import Iterable

from extract.finding import Finding
from extract.notes import Note


def bound(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Note, ...]]:
    """Findings that name an item, and a note for each that does not."""
    kept, notes = [], []
    for finding in findings:
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
