"""output/README.md says what the code does."""

from __future__ import annotations

from pathlib import Path

from chosa.dictionary import dictionary
from chosa.tables import TABLES

ROOT = Path(__file__).parents[2]


def test_the_page_is_up_to_date() -> None:
    page = (ROOT / "output" / "README.md").read_text(encoding="utf-8")
    assert page == dictionary(), "python -m chosa.dictionary > output/README.md"


def test_every_column_is_on_the_page() -> None:
    for table in TABLES:
        section = dictionary().split(f"## {table.name}.csv")[1].split("\n## ")[0]
        for column in table.columns:
            assert f"| `{column.name}` |" in section
