"""The columns are the contract: names, order, and a meaning for each."""

from __future__ import annotations

import pytest

from chosa.observation import OBSERVATIONS
from chosa.schema import Table
from chosa.tables import TABLES

CONTRACT = [
    "observation_id", "edition_of_report", "fact_id", "document_id", "page", "image", "source", "question",
    "question_id", "question_type", "segment", "segment_id", "item", "item_alt", "item_id", "item_score",
    "item_runner_up", "value", "unit", "scale", "qualifier", "base_n", "base_n_source", "status",
    "confidence", "witnesses", "chart_id", "x0", "y0", "x1", "y1", "snippet",
]  # fmt: skip


def test_observations_begin_with_the_columns_of_the_contract() -> None:
    assert [c.name for c in OBSERVATIONS.columns][: len(CONTRACT)] == CONTRACT


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_column_has_a_meaning(table: Table) -> None:
    assert all(column.meaning for column in table.columns)
    assert len({c.name for c in table.columns}) == len(table.columns)


def test_every_column_of_the_main_tables_has_japanese_help() -> None:
    main = [t for t in TABLES if t.name in ("observations", "documents")]
    assert all(column.ja for table in main for column in table.columns)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_keys_and_links_name_columns_that_are_there(table: Table) -> None:
    by_name = {t.name: {c.name for c in t.columns} for t in TABLES}
    assert set(table.key) <= by_name[table.name]
    for column, target, key in table.links:
        assert column in by_name[table.name]
        assert key in by_name[target]
