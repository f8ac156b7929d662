"""Text dumps to scenes: pages where form feeds say so, paragraphs rebuilt, garbled stretches named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.errors import PageFailed, UnreadableFile
from extract.notes import Note
from extract.scene import Paragraph, Scene
from extract.settings import Settings
from extract.sources.decode import decode
from extract.sources.grids.typed import tables_in_text
from extract.sources.legible import judge_page
from extract.sources.lines import text_to_paragraphs
from extract.sources.origin import Origin

# Bytes; a text of this size is a log or a data file, not a report (the longest report has 2 MB).
LARGEST = 20_000_000


class TextSource:
    """A text dump. Raises UnreadableFile when it is absurdly large."""

    def __init__(self, path: Path, settings: Settings) -> None:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(f"{path.name}: too large for a report's text; split it")
        text, _ = decode(path.read_bytes())
        pages = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
        while len(pages) > 1 and not pages[-1].strip():
            pages.pop()
        self._pages = pages
        self.origin = Origin(path.name, "text", len(pages) if len(pages) > 1 else None)

    def __len__(self) -> int:
        return len(self._pages)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def see(self, index: int) -> Scene:
        """Page ``index``, or the whole dump when it has no form feeds. Raises PageFailed."""
        if not 0 <= index < len(self._pages):
            raise PageFailed(f"{self.origin.name}: no page {index + 1}")
        page = index + 1 if self.origin.pages else None
        text, grids = tables_in_text(self._pages[index])
        return replace(paragraphs_to_scene(text_to_paragraphs(text), page), grids=grids)

    def shown(self, index: int, dpi: float) -> None:
        """Nothing: running text has no picture."""


def paragraphs_to_scene(paragraphs: list[Paragraph], page: int | None) -> Scene:
    """A scene of running text alone, its garbled paragraphs marked and noted."""
    verdicts = judge_page([p.text for p in paragraphs])
    judged = tuple(
        replace(p, legible=v.verdict != "garbled") for p, v in zip(paragraphs, verdicts, strict=True)
    )
    total = sum(len(p.text) for p in judged)
    bad = sum(len(p.text) for p in judged if not p.legible)
    believed = sum(len(p.text) * v.score for p, v in zip(judged, verdicts, strict=True))
    garbled = next((v.reason for v in verdicts if v.verdict == "garbled"), "")
    notes = []
    if bad:
        message = f"{bad / total:.0%} of the text is garbled ({garbled}); only the rest was read"
        notes.append(Note("text-garbled", message, page=page))
    return Scene(
        width=0.0,
        height=0.0,
        page=page,
        unit="none",
        paragraphs=judged,
        text_source="text" if total else "none",
        legibility=round(believed / total, 3) if total else 0.0,
        legibility_reason=garbled or ("reads like text" if total else "no text"),
        notes=tuple(notes),
    )
