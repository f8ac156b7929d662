"""Saved web pages to scenes: the article's text in order, then each of its pictures with its place in it."""

from __future__ import annotations

import base64
import binascii
import io
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

import numpy as np
from lxml import etree
from numpy.typing import NDArray
from PIL import Image

from extract.backends import ocr_engine
from extract.backends.mupdf import MuPdf, svg_to_pdf
from extract.errors import PageFailed, UnreadableFile
from extract.notes import Note
from extract.scene import Box, Picture, Scene
from extract.settings import Settings
from extract.sources.article import Article, Figure, html_to_article
from extract.sources.decode import decode
from extract.sources.image import LARGEST as LARGEST_PICTURE
from extract.sources.image import picture_scene, to_pixels, why_unread
from extract.sources.origin import Origin
from extract.sources.pdf import painted_scene
from extract.sources.text import paragraphs_to_scene

# Bytes; a saved page with all its pictures inside it stays below this.
LARGEST = 100_000_000
# Pixels; smaller pictures are icons, spacers and portraits, not charts.
SMALLEST = 120
_SVG = b"<svg"


@dataclass(frozen=True, slots=True)
class _File:
    """A picture of the page: its name, its bytes (None when it is not there), where it stands."""

    name: str
    data: bytes | None
    figure: Figure
    why: str = ""


class HtmlSource:
    """A saved web page. Raises UnreadableFile when it is absurdly large or has no content."""

    def __init__(self, path: Path, settings: Settings) -> None:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(f"{path.name}: too large for a web page; save it without its videos")
        text, _ = decode(path.read_bytes())
        try:
            self._article: Article = html_to_article(text)
        except (etree.ParserError, ValueError) as error:
            raise UnreadableFile(f"{path.name}: no content; save the page again, complete") from error
        self._settings = settings
        files = [_file(figure, number, path) for number, figure in enumerate(self._article.figures, 1)]
        self._missing = [f for f in files if f.data is None]
        self._files = [f for f in files if f.data is not None and _is_large(f.data)]
        meta = self._article.meta
        self.origin = Origin(
            name=path.name,
            kind="html",
            pages=None,
            title=meta.title,
            author=meta.publisher,
            created=meta.published,
            url=meta.url,
            files=tuple(f.name for f in self._files),
        )

    def __len__(self) -> int:
        return 1 + len(self._files)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def see(self, index: int) -> Scene:
        """The page's text (0) or its picture ``index`` in document order. Raises PageFailed."""
        if index == 0:
            return self._text()
        if not 0 < index < len(self):
            raise PageFailed(f"{self.origin.name}: no picture {index}")
        return self._picture(self._files[index - 1])

    def _text(self) -> Scene:
        scene = paragraphs_to_scene(list(self._article.paragraphs), None)
        missing = tuple(Note("picture-missing", f"{f.name}: {f.why}", image=f.name) for f in self._missing)
        titles = tuple(t for t in (self.origin.title,) if t)
        return replace(scene, grids=self._article.grids, titles=titles, notes=scene.notes + missing)

    def shown(self, index: int, dpi: float) -> tuple[NDArray[np.uint8], float] | None:
        """Picture ``index`` as pixels, a drawing at ``dpi``; None for the page's text. Raises PageFailed."""
        if not 0 < index < len(self):
            return None
        file = self._files[index - 1]
        if _is_svg(file.data):
            with MuPdf(svg_to_pdf(file.data or b""), file.name) as pdf:
                return pdf.render(0, dpi)
        return self._pixels(file), 1.0

    def _picture(self, file: _File) -> Scene:
        if _is_svg(file.data):
            return svg_scene(file.data or b"", file.name, file.figure.titles)
        engine = ocr_engine(self._settings.ocr)
        return picture_scene(self._pixels(file), engine, image=file.name, titles=file.figure.titles)

    def _pixels(self, file: _File) -> NDArray[np.uint8]:
        try:
            with Image.open(io.BytesIO(file.data or b"")) as image:
                if image.width * image.height > LARGEST_PICTURE:
                    raise PageFailed(f"{self.origin.name}: picture {file.name} has too many pixels")
                return to_pixels(image)
        except (PageFailed, MemoryError):
            raise
        except Exception as error:  # Pillow's readers raise whatever their parsing stumbles on
            why = f"is damaged ({why_unread(error)}); save the page again"
            raise PageFailed(f"{self.origin.name}: picture {file.name} {why}") from error


def _is_svg(data: bytes | None) -> bool:
    return _SVG in (data or b"")[:2000]


def svg_scene(svg: bytes, name: str, titles: tuple[str, ...]) -> Scene:
    """An SVG chart as a vector scene, in its own units. Raises PageFailed."""
    with MuPdf(svg_to_pdf(svg), name) as pdf:
        painted = pdf.painted(0)
    scene = painted_scene(painted)
    whole = Picture(Box(0.0, 0.0, scene.width, scene.height), name, read=True)
    return replace(scene, image=name, unit="px", titles=titles, pictures=(*scene.pictures, whole))


def _file(figure: Figure, number: int, page: Path) -> _File:
    """The bytes behind an <img> or an inline drawing; only files beside the page, never further away."""
    if figure.svg is not None:
        return _File(f"inline-{number}.svg", figure.svg, figure)
    source = figure.source.strip()
    if source.startswith("data:"):
        return _inline(source, number, figure)
    try:
        return _linked(source, number, figure, page)
    except (OSError, ValueError):  # no address, a name too long, a file that may not be read
        return _File(f"picture-{number}", None, figure, "it cannot be opened; save the page complete")


def _linked(source: str, number: int, figure: Figure, page: Path) -> _File:
    parts = urlsplit(source)
    name = unquote(parts.path).rsplit("/", 1)[-1] or f"picture-{number}"
    if parts.scheme not in ("", "file") or parts.netloc:
        beside = _beside(page, name)
        if beside is None:
            return _File(name, None, figure, "it lies on another server; save the page complete")
        return _File(name, beside.read_bytes(), figure)
    folder = page.parent.resolve()
    target = (folder / unquote(parts.path).lstrip("/")).resolve()
    if not target.is_relative_to(folder):
        return _File(name, None, figure, "it lies outside the page's folder")
    found = target if target.is_file() else _beside(page, name)
    if found is None:
        return _File(name, None, figure, "the file is not there; save the page complete")
    return _File(name, found.read_bytes(), figure)


def _beside(page: Path, name: str) -> Path | None:
    """The picture in the folder that browsers save beside the page (page_files, page.files)."""
    if not name or name in (".", ".."):
        return None
    for suffix in ("_files", ".files"):
        candidate = page.parent / f"{page.stem}{suffix}" / name
        if candidate.is_file() and candidate.resolve().is_relative_to(page.parent.resolve()):
            return candidate
    return None


def _inline(source: str, number: int, figure: Figure) -> _File:
    head, _, body = source.partition(",")
    kind = head[5:].split(";")[0].rpartition("/")[2].split("+")[0] or "png"
    name = f"inline-{number}.{kind if kind.isalnum() else 'png'}"
    try:
        data = base64.b64decode(unquote(body)) if ";base64" in head else unquote(body).encode()
    except (binascii.Error, ValueError):
        return _File(name, None, figure, "its inline data is damaged")
    return _File(name, data, figure)


def _is_large(data: bytes) -> bool:
    """Whether a picture may hold a chart; what cannot be opened is kept, so that it fails by name."""
    if _is_svg(data):
        return True
    try:
        with Image.open(io.BytesIO(data)) as image:
            return min(image.size) >= SMALLEST
    except Exception:  # whatever Pillow's readers stumble on
        return True
