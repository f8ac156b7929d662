"""Copies of the fixtures, each changed: other numbers, a page left out. For runs over many documents."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pymupdf

REPORTS = Path(__file__).resolve().parents[1] / "fixtures" / "reports"
PDF_EVERY = 25  # every so manieth document has pages, the rest is text: many documents in little time
_PERCENT = re.compile(r"\d{1,2}\.\d(?=%)")
_mu: Any = pymupdf  # ships no types


def make_copies(folder: Path, count: int, seed: int = 1, first: int = 0) -> None:
    """Documents number ``first`` to ``first + count``; the same number and seed give the same document."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        dice = random.Random(f"{seed}/{number}")
        if number % PDF_EVERY == 0:
            _pdf(folder / f"{number:06}.pdf", number, dice)
        elif number % 2:
            _text(REPORTS / "release_dump.txt", folder / f"{number:06}.txt", dice)
        else:
            _text(REPORTS / "release_web.html", folder / f"{number:06}.html", dice)


def _text(original: Path, copy: Path, dice: random.Random) -> None:
    """Other percentages; a web page's pictures are not copied, so it needs no OCR."""
    text = original.read_text(encoding="utf-8")
    copy.write_text(_PERCENT.sub(lambda _: f"{dice.uniform(1, 99):.1f}", text), encoding="utf-8")


def _pdf(copy: Path, number: int, dice: random.Random) -> None:
    """One page less and one line more; its numbers stay, so such copies are the same report."""
    with _mu.open(REPORTS / "release_vector.pdf") as document:
        document.delete_page(dice.randrange(len(document)))
        document[0].insert_text((40, 20), f"Copy {number}", fontsize=6)
        document.save(copy, no_new_id=True)
