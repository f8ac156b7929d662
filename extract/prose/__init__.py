"""Sentences -> findings.

paragraphs (prior releases, headings and boilerplate told apart)
  -> sentence (a skeleton of signs)  -> questions (what is asked, of whom)
  -> phrases, predicates, brackets   -> clause (number by number: item, group)
  -> titles (of the charts that show the same numbers)
  -> findings, and the sample sizes stated for groups
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.finding import Finding, PageReading
from extract.layout import REPEATED, is_running, running_heads
from extract.notes import Note
from extract.prose.reader import Reader
from extract.scene import Paragraph


@dataclass(frozen=True, slots=True)
class ProseReading:
    """What the running text of a document reports; ``bases`` are the sample sizes printed for groups."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    bases: tuple[tuple[str, int], ...] = ()


def read_prose(pages: Sequence[PageReading], texts: Sequence[Sequence[Paragraph]]) -> ProseReading:
    """Findings of all pages' running text (``texts[i]`` belongs to ``pages[i]``), in document order."""
    reader = Reader()
    heads = running_heads(texts) if len(texts) >= REPEATED else frozenset()
    for page, paragraphs in zip(pages, texts, strict=True):
        reader.read_page([p for p in paragraphs if not is_running(p, heads)], page.scene)
    findings, bases = reader.close(pages)
    return ProseReading(findings, (), bases)
