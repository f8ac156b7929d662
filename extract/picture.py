"""What a page looks like, for people: pixels of a page or picture, at the size asked for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.backends.mupdf import MuPdf
from extract.errors import PageFailed
from extract.settings import Settings
from extract.sources import open_source
from extract.sources.image import to_pixels

# How deep below a saved web page its pictures lie: page.html, page_files/, page_files/img/.
PICTURE_DEPTH = 2


@dataclass(frozen=True, slots=True)
class PagePicture:
    """RGB pixels, shape (height, width, 3), and how many of them make one unit of the scene's boxes."""

    pixels: NDArray[np.uint8]
    scale: float


def page_picture(path: Path, index: int, settings: Settings, dpi: float, most_px: int) -> PagePicture | None:
    """Scene ``index`` of the file as a picture: a PDF page at ``dpi``, a picture at its own size, neither
    wider nor higher than ``most_px``. None where there is nothing to see (running text).
    Raises ExtractError."""
    with open_source(path, settings) as source:
        kind, files = source.origin.kind, source.origin.files
    if kind == "pdf":
        return _rendered(path, index, settings, dpi, most_px)
    if kind == "image":
        return _opened(path, index, most_px)
    picture = _beside(path, files[index - 1]) if kind == "html" and 0 < index <= len(files) else None
    return _opened(picture, 0, most_px) if picture else None


def _rendered(path: Path, index: int, settings: Settings, dpi: float, most_px: int) -> PagePicture:
    with MuPdf(path.read_bytes(), path.name, settings.passwords) as pdf:
        longest = max(pdf.size(index))
        pixels, scale = pdf.render(index, min(dpi, 72 * most_px / longest))
    return PagePicture(pixels, scale)


def _opened(path: Path, index: int, most_px: int) -> PagePicture:
    try:
        with Image.open(path) as image:
            image.seek(index)
            pixels = to_pixels(image)
    except (OSError, EOFError, ValueError, SyntaxError, MemoryError) as error:
        raise PageFailed(f"{path.name}: cannot be shown ({error})") from error
    scale = min(1.0, most_px / max(pixels.shape[:2]))
    if scale < 1:
        height, width = pixels.shape[:2]
        small = Image.fromarray(pixels).resize((round(width * scale), round(height * scale)))
        pixels = np.asarray(small, dtype=np.uint8)
    return PagePicture(pixels, scale)


def _beside(page: Path, name: str) -> Path | None:
    """The picture of this name in or below the page's folder, found by listing, never by a path given."""
    top = len(page.parent.parts)
    wanted = os.path.basename(name.replace("\\", "/"))
    for root, folders, names in os.walk(page.parent, followlinks=False):
        if len(Path(root).parts) - top >= PICTURE_DEPTH:
            folders.clear()
        if wanted in names:
            return Path(root) / wanted
    return None
