"""The description of the columns leaves none out (tests/golden compares output/README.md with it)."""

from __future__ import annotations

import pytest

from chosa.dictionary import dictionary
from chosa.notes import ALL_CODES
from chosa.schema import Table
from chosa.tables import TABLES


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_column_is_on_the_page(table: Table) -> None:
    section = dictionary().split(f"## {table.name}.csv")[1].split("\n## ")[0]
    assert [c.name for c in table.columns if f"| `{c.name}` |" not in section] == []


def test_every_code_of_doubt_is_on_the_page() -> None:
    assert [code for code in ALL_CODES if f"| `{code}` |" not in dictionary()] == []
