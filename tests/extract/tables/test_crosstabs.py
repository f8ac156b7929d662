"""Crosstabs of survey reports from end to end: banners of two rows, counts over shares, with rules and
without, over three pages; as text, as scans of 200 and 150 dpi that lean and have grain."""

from __future__ import annotations

import io
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PIL import Image

from extract.document import read_document
from extract.finding import Finding
from fixtures.make.charts import Row
from fixtures.make.render import draw_document
from fixtures.make.reports import Draw, crosstab_bare, crosstab_both, crosstab_page

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


def read_alike(rows: set[tuple[object, ...]], names: Sequence[str]) -> set[tuple[object, ...]]:
    """The rows with the name that each item was meant to be: a letter or two may be misread."""
    meant = {str(r[1]): get_close_matches(str(r[1]), names, 1, 0.8) or [str(r[1])] for r in rows}
    return {(r[0], meant[str(r[1])][0], *r[2:]) for r in rows}


@pytest.mark.ocr
@pytest.mark.parametrize(
    ("pages", "dpi", "lean", "grain"),
    [
        ([crosstab_both, crosstab_bare], 200, 0.5, 5.0),
        ([crosstab_page, crosstab_both, crosstab_bare], 150, -0.4, 4.0),
    ],
    ids=["200 dpi", "150 dpi"],
)
def test_crosstabs_as_scans(tmp_path: Path, pages: list[Draw], dpi: int, lean: float, grain: float) -> None:
    document, rows = draw_document(pages)
    names = sorted({str(row["item"]) for row in rows})
    found = read_alike(told(read(scanned(document, dpi, lean, grain), tmp_path)), names)
    right = len(found & wanted(rows))
    assert right >= FLOOR * len(wanted(rows))
    assert right >= FLOOR * len(found)
