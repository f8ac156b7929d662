"""output/README.md: what a run leaves and what each column means, written from the row types.

``python -m chosa.dictionary`` prints it.
"""

from __future__ import annotations

from collections.abc import Iterator

from chosa.corrections import CORRECTIONS
from chosa.notes import ALL_CODES
from chosa.schema import Column, Table
from chosa.tables import SCHEMA_VERSION, TABLES

_HEAD = f"""# What a run leaves

`sample/` holds the results of `fixtures/reports` (rewritten by `scripts/sample`, compared in the tests).

One folder per run (`-o DIR`). Tables are CSV: UTF-8, line feeds, comma, `"`; empty cells are empty text or
unknown numbers. Text that a spreadsheet would take for a formula has an apostrophe before it. The same input
with the same settings gives the same bytes; times are in `log.jsonl` and `run.json` only. Columns are version
{SCHEMA_VERSION}. This page is written from the code: `python -m chosa.dictionary > output/README.md`.

| file | what it is |
|---|---|
"""
_FILES = {
    "datapackage.json": "all tables described for other tools (Frictionless Data Package)",
    "review.html": "every row beside the place it was read from; one file, opens in any browser",
    "run.json": "inputs with their hashes, versions, settings, counts, seconds",
    "log.jsonl": "the timeline, one event per line",
    "[corrections.csv](#correctionscsv)": "what people decided; by `chosa review` and `chosa labels accept`; "
    "kept by every run",
    "crosstabs.xlsx": "with `--format excel`: each question of a document as items by groups",
    "*.parquet, chosa.sqlite, chosa.xlsx, *.jsonl": "the same tables, with `--format`; SQLite has the views "
    "`facts` (each fact once), `crosswalk` (labels of each id), `timeline` (each item over the years)",
}


def dictionary() -> str:
    """The page as Markdown."""
    return _HEAD + "".join(_files()) + "".join(map(_table, (*TABLES, CORRECTIONS))) + "".join(_notes())


def _files() -> Iterator[str]:
    for table in TABLES:
        yield f"| [{table.name}.csv](#{table.name}csv) | {table.meaning} |\n"
    for name, meaning in _FILES.items():
        shown = name if name.startswith("[") else f"`{name}`"
        yield f"| {shown} | {meaning} |\n"


def _table(table: Table) -> str:
    rows = "".join(map(_row, table.columns))
    key = f" Key: {', '.join(f'`{name}`' for name in table.key)}." if table.key else ""
    meaning = table.meaning[0].upper() + table.meaning[1:]
    head = "| column | type | meaning |\n|---|---|---|\n"
    return f"\n## {table.name}.csv\n\n{meaning}.{key}\n\n{head}{rows}"


def _row(column: Column) -> str:
    meaning = column.meaning.replace("|", "\\|")
    choices = f": {', '.join(f'`{c}`' for c in column.choices)}" if column.choices else ""
    japanese = f" ({column.ja})" if column.ja else ""
    return f"| `{column.name}` | {column.kind} | {meaning}{choices}{japanese} |\n"


def _notes() -> Iterator[str]:
    yield "\n## Codes of notes.csv\n\n| code | severity | what it says | what to do |\n|---|---|---|---|\n"
    for code, kind in sorted(ALL_CODES.items()):
        yield f"| `{code}` | {kind.severity} | {kind.title} | {kind.remedy} |\n"


if __name__ == "__main__":
    print(dictionary(), end="")
