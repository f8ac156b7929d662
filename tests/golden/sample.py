"""The fixtures' results, their pages as seen and the column descriptions, as committed; rewritten by hand."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import chdir
from pathlib import Path

from PIL import Image

import chosa
from chosa.dictionary import dictionary
from extract.draw import draw_page
from extract.settings import Settings
from extract.sources import open_source

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "fixtures" / "reports"
SAMPLE = ROOT / "output" / "sample"
COLUMNS = ROOT / "output" / "README.md"
SCENES = ROOT / "docs" / "scenes"
COLORS = 64  # of a drawn page; a palette keeps the pictures small
# Times, versions and machine stand in log.jsonl and run.json; the review page repeats the tables.
NAMES = ("observations", "documents", "pages", "charts", "readings", "labels", "notes")


def read_fixtures(out: Path) -> None:
    """Every fixture report with the embedded engine, without a cache."""
    with chdir(ROOT):  # the sample names the inputs as given: no path of this machine
        chosa.run(REPORTS.relative_to(ROOT), out=out, cache=False)


def draw_fixtures() -> None:
    """Every page of every fixture with what was seen and read on it, as ``docs/scenes/NAME-PAGE.png``."""
    shutil.rmtree(SCENES, ignore_errors=True)
    SCENES.mkdir(parents=True)
    for path in sorted(p for p in REPORTS.iterdir() if p.suffix in (".pdf", ".html")):
        with open_source(path, Settings()) as source:
            pages = range(1 if path.suffix == ".html" else 0, len(source))
        for page in pages:
            target = SCENES / f"{path.stem}-{page + 1}.png"
            draw_page(path, page, Settings(), target, charts=True)
            with Image.open(target) as drawn:
                small = drawn.convert("RGB").quantize(COLORS)
            small.save(target, optimize=True)


def rewrite() -> None:
    draw_fixtures()
    with tempfile.TemporaryDirectory() as folder:
        read_fixtures(Path(folder))
        shutil.rmtree(SAMPLE, ignore_errors=True)
        SAMPLE.mkdir(parents=True)
        for name in NAMES:
            shutil.copy(Path(folder) / f"{name}.csv", SAMPLE / f"{name}.csv")
        shutil.copy(Path(folder) / "datapackage.json", SAMPLE / "datapackage.json")
    COLUMNS.write_text(dictionary(), encoding="utf-8")


if __name__ == "__main__":
    rewrite()
