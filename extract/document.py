"""The order of the stage and nothing else: open -> see -> read each scene -> read the whole -> weigh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.charts import read_charts
from extract.finding import Finding, PageReading, SurveyFacts, Taken
from extract.layout import scene_to_paragraphs
from extract.notes import Note
from extract.prose import read_prose
from extract.scene import Box, Scene
from extract.settings import Settings
from extract.sound import sound
from extract.sources import Origin, Source, open_source
from extract.sources.grids import with_grids
from extract.survey import read_survey
from extract.tables import read_aligned, read_ruled
from extract.turned import as_displayed
from extract.unbound import bound
from extract.votes import settled
from extract.weigh import weigh


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """One document as read: its facts, its pages in order, its findings weighed, its doubts."""

    origin: Origin
    facts: SurveyFacts
    pages: tuple[PageReading, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]


def read_page(path: Path, index: int, settings: Settings) -> PageReading:
    """Scene ``index`` (0-based) of the file with its charts and tables; a pure function of the bytes.

    Raises ExtractError when the file or this page cannot be read.
    """
    with open_source(path, settings) as source:
        return read_page_of(source, index)


def read_page_of(source: Source, index: int) -> PageReading:
    """Scene ``index`` (0-based) of an open document. Raises PageFailed."""
    return read_scene(with_grids(source.see(index)))


def read_scene(scene: Scene) -> PageReading:
    """Ruled tables first, then charts on what they leave, then numbers aligned without rules."""
    scene = sound(scene)
    ruled = read_ruled(scene)
    charts = read_charts(outside(scene, ruled.boxes))
    taken = Taken(ruled.taken.words | charts.taken.words)
    aligned = read_aligned(scene, taken)
    findings, unbound = bound(charts.findings + ruled.findings + aligned.findings)
    return PageReading(
        scene=scene,
        charts=charts.charts,
        findings=findings,
        notes=scene.notes + charts.notes + ruled.notes + aligned.notes + unbound,
        taken=Taken(taken.words | aligned.taken.words),
    )


def outside(scene: Scene, boxes: Sequence[Box]) -> Scene:
    """The scene without the marks inside these boxes: the shading and rules of tables are no bars."""
    kept = tuple(m for m in scene.marks if not any(b.holds(m.box.cx, m.box.cy) for b in boxes))
    return replace(scene, marks=kept) if boxes else scene


def read_whole(origin: Origin, pages: Sequence[PageReading]) -> DocumentReading:
    """What only shows over all pages: running prose, survey facts, and what the witnesses agree on."""
    pages = settled(pages)
    texts = [scene_to_paragraphs(page.scene, page.taken) for page in pages]
    prose = read_prose(pages, texts)
    facts = read_survey(origin, pages, texts)
    findings = tuple(f for page in pages for f in page.findings) + prose.findings
    weighed = weigh(findings, tuple(c for page in pages for c in page.charts), facts, prose.bases)
    notes = file_notes(origin) + tuple(n for p in pages for n in p.notes) + prose.notes + weighed.notes
    shown, found, doubts = as_displayed(pages, weighed.findings, notes)
    return DocumentReading(origin, weighed.facts, shown, found, doubts)


def file_notes(origin: Origin) -> tuple[Note, ...]:
    """Doubts about the file as a whole."""
    rebuilt = f"{origin.name} was damaged; its index was rebuilt and {origin.pages} pages found"
    return (Note("file-repaired", rebuilt),) if origin.repaired else ()


def read_document(path: Path, settings: Settings = Settings()) -> DocumentReading:
    """The whole document, page by page in this process. Raises ExtractError."""
    with open_source(path, settings) as source:
        pages = [read_page_of(source, index) for index in range(len(source))]
    return read_whole(source.origin, pages)
