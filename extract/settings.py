"""Every knob of the extract stage, frozen, each with its unit and its reason.

Settings are part of the cache key and are recorded in run.json: the same settings and the same bytes
give the same tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Settings:
    """How documents are read.

    ``ocr``: name of the engine for pictures and for pages without a legible text layer.
    ``passwords``: tried in turn on encrypted files; never written to any output.
    ``pages``: 1-based numbers of the pages to read, () for all.
    """

    ocr: Literal["rapid", "tesseract"] = "rapid"
    passwords: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
