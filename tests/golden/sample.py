"""The fixtures' results and the column descriptions, as they are committed; rewritten by hand only."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import chosa
from chosa import tables
from chosa.schema import Table

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "fixtures" / "reports"
SAMPLE = ROOT / "output" / "sample"
COLUMNS = ROOT / "output" / "README.md"
# Times, versions and machine stand in log.jsonl and run.json; the review page repeats the tables.
NAMES = ("observations", "documents", "pages", "charts", "readings", "labels", "notes")


HEAD = """# What a run leaves

`sample/` holds the results of `fixtures/reports` (rewritten by `scripts/sample`, compared in the tests).
A run writes the tables below as CSV (UTF-8), `datapackage.json` that describes them, `run.json` (inputs,
versions, settings, counts), `log.jsonl` (the timeline) and `review.html` (each number beside its place).
"""


def read_fixtures(out: Path) -> None:
    """Every fixture report with the embedded engine, without a cache."""
    chosa.run(REPORTS, out=out, cache=False)


def described(table: Table) -> str:
    rows = [f"## {table.name}.csv", "", f"{table.meaning[:1].upper()}{table.meaning[1:]}.", ""]
    rows += ["| column | type | meaning |", "|---|---|---|"]
    for column in table.columns:
        choices = f" ({', '.join(column.choices)})" if column.choices else ""
        rows.append(f"| {column.name} | {column.kind} | {column.meaning}{choices} |")
    return "\n".join(rows)


def columns_page() -> str:
    """output/README.md from the row types themselves."""
    return "\n".join([HEAD, *(described(getattr(tables, name.upper())) + "\n" for name in NAMES)])


def rewrite() -> None:
    with tempfile.TemporaryDirectory() as folder:
        read_fixtures(Path(folder))
        shutil.rmtree(SAMPLE, ignore_errors=True)
        SAMPLE.mkdir(parents=True)
        for name in NAMES:
            shutil.copy(Path(folder) / f"{name}.csv", SAMPLE / f"{name}.csv")
        shutil.copy(Path(folder) / "datapackage.json", SAMPLE / "datapackage.json")
    COLUMNS.write_text(columns_page(), encoding="utf-8")


if __name__ == "__main__":
    rewrite()
