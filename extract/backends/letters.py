"""A font with Japanese for drawings, from PyMuPDF, so that a machine without fonts can draw them."""

from __future__ import annotations

from typing import Any

import pymupdf


def japanese_font() -> bytes:
    """Droid Sans Fallback (Apache-2.0) as a TrueType file."""
    font: Any = pymupdf.Font  # carries no types
    content: bytes = font("cjk").buffer
    return content
