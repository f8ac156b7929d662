"""What a page looks like, for people: pixels of a page or picture, at the size asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extract.settings import Settings
from extract.sources.kept import kept_open


@dataclass(frozen=True, slots=True)
class PagePicture:
    """RGB pixels, shape (height, width, 3), and how many of them make one unit of the scene's boxes."""

    pixels: NDArray[np.uint8]
    scale: float


def page_picture(path: Path, index: int, settings: Settings, dpi: float, most_px: int) -> PagePicture | None:
    """Scene ``index`` of the file as a picture: a page or drawing at ``dpi``, a picture at its own size,
    neither wider nor higher than ``most_px``. None where there is nothing to see (running text).
    Raises ExtractError."""
    with kept_open(path, settings) as source:
        shown = source.shown(index, dpi)
    if shown is None:
        return None
    pixels, scale = shown
    height, width = pixels.shape[:2]
    factor = min(1.0, most_px / max(height, width))
    if factor < 1:
        small = Image.fromarray(pixels).resize((round(width * factor), round(height * factor)))
        pixels = np.asarray(small, dtype=np.uint8)
    return PagePicture(pixels, scale * factor)
