"""The fixtures' results and the column descriptions, as they are committed; rewritten by hand only."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import chdir
from pathlib import Path

import chosa
from chosa.dictionary import dictionary

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "fixtures" / "reports"
SAMPLE = ROOT / "output" / "sample"
COLUMNS = ROOT / "output" / "README.md"
# Times, versions and machine stand in log.jsonl and run.json; the review page repeats the tables.
NAMES = ("observations", "documents", "pages", "charts", "readings", "labels", "notes")


def read_fixtures(out: Path) -> None:
    """Every fixture report with the embedded engine, without a cache."""
    with chdir(ROOT):  # the sample names the inputs as given: no path of this machine
        chosa.run(REPORTS.relative_to(ROOT), out=out, cache=False)


def rewrite() -> None:
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
