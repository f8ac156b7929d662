"""Crosstabs of survey reports from end to end: banners of two rows, counts over shares, with rules and
without, over three pages; as text, as scans of 200 and 150 dpi that lean and have grain."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PIL import Image

from extract.document import read_document
from extract.finding import Finding
from fixtures.make.charts import Row
from fixtures.make.render import draw_document
from fixtures.make.reports import crosstab_bare, crosstab_both, crosstab_page

FLOOR = 0.98  # share of the rows found with value, item and group, and of those reported that are right


def scanned(document: pymupdf.Document, dpi: int, lean: float, grain: float) -> pymupdf.Document:
    """Every page as a grey JPEG turned by ``lean`` degrees, with noise of ``grain`` levels."""
    pages = pymupdf.open()
    random = np.random.default_rng(1)
    for page in document:
        pixels = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
        image = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
        turned = np.asarray(image.rotate(lean, Image.Resampling.BICUBIC, fillcolor=255), np.float64)
        noisy = np.clip(turned * 0.96 + 6 + random.normal(0, grain, turned.shape), 0, 255)
        out = io.BytesIO()
        Image.fromarray(noisy.astype(np.uint8)).save(out, "JPEG", quality=60)
        sheet = pages.new_page(width=page.rect.width, height=page.rect.height)
        sheet.insert_image(sheet.rect, stream=out.getvalue())
    return pages


def told(findings: Sequence[Finding]) -> set[tuple[object, ...]]:
    return {
        (f.page, f.item, f.segment.replace("〜", "～").replace("~", "～"), f.value, f.unit)
        for f in findings
        if f.source == "table"
    }


def wanted(rows: Sequence[Row]) -> set[tuple[object, ...]]:
    return {(r["page"], r["item"], r["segment"], float(str(r["value"])), r["unit"]) for r in rows}


def read(document: pymupdf.Document, folder: Path) -> tuple[Finding, ...]:
    path = folder / "crosstabs.pdf"
    document.save(path)
    return read_document(path).findings


def test_crosstabs_as_text(tmp_path: Path) -> None:
    document, rows = draw_document([crosstab_page, crosstab_both, crosstab_bare])
    found = read(document, tmp_path)
    assert told(found) == wanted(rows)
    bases = {
        (r["item"], r["segment"]): r["base_n"] for r in rows if r["unit"] == "percent" and r["page"] == 2
    }
    seen = {(f.item, f.segment): f.base_n for f in found if f.unit == "percent" and f.page == 2}
    assert seen == bases


@pytest.mark.ocr
@pytest.mark.parametrize(("dpi", "lean", "grain"), [(200, 0.5, 5.0), (150, -0.4, 4.0)])
def test_crosstabs_as_scans(tmp_path: Path, dpi: int, lean: float, grain: float) -> None:
    document, rows = draw_document([crosstab_page, crosstab_both, crosstab_bare])
    found = told(read(scanned(document, dpi, lean, grain), tmp_path))
    right = len(found & wanted(rows))
    assert right >= FLOOR * len(wanted(rows))
    assert right >= FLOOR * len(found)
