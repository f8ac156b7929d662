"""Imported in a worker before PyMuPDF: its layout model, half a second and 56 MB, is never asked for here."""

import sys

sys.modules.setdefault("pymupdf.layout", None)  # type: ignore[arg-type]
