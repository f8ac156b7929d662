"""Sentences -> findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.finding import Finding, PageReading
from extract.notes import Note
from extract.scene import Paragraph


@dataclass(frozen=True, slots=True)
class ProseReading:
    """What the running text of a document reports; ``bases`` are (group, n) pairs it states."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    bases: tuple[tuple[str, int], ...] = ()


def read_prose(pages: Sequence[PageReading], texts: Sequence[Sequence[Paragraph]]) -> ProseReading:
    """Findings of all pages' running text (``texts[i]`` belongs to ``pages[i]``), in document order."""
    return ProseReading()
