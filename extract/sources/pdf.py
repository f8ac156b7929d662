"""PDF pages to scenes: the text layer where it is legible, OCR where it is not, marks from the paint."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.backends.mupdf import MuPdf, PaintedPage, Span
from extract.errors import UnreadableFile
from extract.scene import Box, Picture, Scene
from extract.settings import Settings
from extract.sources.blocks import number_lines
from extract.sources.drawn import painted_to_marks, walls
from extract.sources.origin import Origin
from extract.sources.runs import spans_to_words


class PdfSource:
    """An open PDF. Raises UnreadableFile, PasswordNeeded."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self._pdf = MuPdf(path.read_bytes(), path.name, settings.passwords)
        self._settings = settings
        meta = self._pdf.metadata()
        self.origin = Origin(
            name=path.name,
            kind="pdf",
            pages=self._pdf.pages,
            title=meta.get("title", ""),
            author=meta.get("author", ""),
            created=meta.get("creationDate", ""),
            outline=self._pdf.outline(),
        )
        if self._pdf.repaired and self._paints_nothing():
            self._pdf.close()
            raise UnreadableFile(f"{path.name}: damaged, its pages are lost; save or download it again")

    def __len__(self) -> int:
        return self._pdf.pages

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pdf.close()

    def see(self, index: int) -> Scene:
        """Page ``index`` as a scene. Raises PageFailed."""
        scene = painted_scene(self._pdf.painted(index))
        titles = tuple(title for _, title, number in self.origin.outline if number == index + 1)
        return replace(scene, page=index + 1, titles=titles)

    def _paints_nothing(self) -> bool:
        """Whether no page of a repaired file paints anything at all."""
        pages = (self._pdf.painted(i) for i in range(self._pdf.pages))
        return not any(p.spans or p.paths or p.images for p in pages)


def painted_scene(painted: PaintedPage) -> Scene:
    """What a page paints as a scene, its text layer taken at its word."""
    page = Box(0.0, 0.0, painted.width, painted.height)
    marks = painted_to_marks(painted.paths, page)
    words = number_lines(spans_to_words(_visible(painted, page), walls(marks)))
    return Scene(
        width=painted.width,
        height=painted.height,
        words=words,
        marks=marks,
        pictures=tuple(Picture(i.box, width_px=i.width_px, height_px=i.height_px) for i in painted.images),
        text_source="text" if words else "none",
    )


def _visible(painted: PaintedPage, page: Box) -> list[Span]:
    return [s for s in painted.spans if not s.invisible]
