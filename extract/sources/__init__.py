"""Kinds of input; each yields scenes. The first bytes choose the source, not the name."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from extract.errors import UnreadableFile
from extract.scene import Scene
from extract.settings import Settings
from extract.sources.origin import Kind, Origin

__all__ = ["Kind", "Origin", "Source", "open_source", "sniff"]

# A file is known by its first bytes; a PDF's header may come late, after some bytes of junk.
HEAD = 4096
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<meta", b"<article", b"<div")
_DRAWING = b"<svg"


class Source(Protocol):
    """An open document: its scenes can be seen one at a time, in document order."""

    origin: Origin

    def __len__(self) -> int:
        """How many scenes it has (pages; a web page's text, then its pictures)."""
        ...

    def see(self, index: int) -> Scene:
        """Scene ``index``, 0-based. Raises PageFailed."""
        ...

    def shown(self, index: int, dpi: float) -> tuple[NDArray[np.uint8], float] | None:
        """Scene ``index`` as a person sees it: RGB pixels (h, w, 3), and how many make one unit of the scene.

        ``dpi`` counts for pages; pictures have the pixels they have. None for running text.
        Raises PageFailed.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def sniff(head: bytes) -> Kind | None:
    """The kind of file that starts with these bytes, None when chosa does not read it."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    plain = head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    if any(mark in plain[:2048].lower() for mark in (*_MARKUP, _DRAWING)):
        return "html"
    if b"\x00" in plain or head.startswith((_ZIP, _OLE)):
        return None
    return "text"


def open_source(path: Path, settings: Settings) -> Source:
    """The source for this file. Raises UnreadableFile, PasswordNeeded."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise UnreadableFile(f"{path.name}: cannot be opened ({error.strerror})") from error
    if not head:
        raise UnreadableFile(f"{path.name}: the file is empty (0 bytes); save or download it again")
    kind = sniff(head)
    if kind == "pdf":
        from extract.sources.pdf import PdfSource

        return PdfSource(path, settings)
    if kind == "image":
        from extract.sources.image import ImageSource

        return ImageSource(path, settings)
    if kind == "html":
        from extract.sources.html import HtmlSource

        return HtmlSource(path, settings)
    if kind == "text":
        from extract.sources.text import TextSource

        return TextSource(path, settings)
    raise UnreadableFile(
        f"{path.name}: not a PDF, web page, picture or text; export it as one of these and try again"
    )
