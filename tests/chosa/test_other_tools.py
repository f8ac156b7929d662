"""Every output is read as it is by other tools: frictionless, DuckDB, polars, pandas, sqlite-utils."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd
import polars as pl
import pytest
from frictionless import Package, Resource
from sqlite_utils import Database

from chosa.emit.cells import defused
from chosa.schema import names
from chosa.tables import TABLES
from tests.chosa.rows import document, nasty_document, observation
from tests.chosa.test_emit import emitted

ROWS = nasty_document()
ITEMS = [o.item for o in ROWS.observations]
VALUES = [o.value for o in ROWS.observations]
EVERY = pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return emitted(tmp_path_factory.mktemp("out"), ROWS)


def test_frictionless_validates_the_package(out: Path) -> None:
    report = Package(str(out / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])


def test_frictionless_finds_what_is_wrong(out: Path, tmp_path: Path) -> None:
    """The description is no formality: a value outside its list and a row of no document are errors."""
    for name in (*(f"{t.name}.csv" for t in TABLES), "datapackage.json"):
        (tmp_path / name).write_bytes((out / name).read_bytes())
    text = (tmp_path / "observations.csv").read_text(encoding="utf-8")
    (tmp_path / "observations.csv").write_text(
        text.replace("doc1,", "doc2,", 1).replace("percent", "furlong", 1)
    )
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert {e[0] for e in report.flatten(["type"])} == {"constraint-error", "foreign-key"}


@EVERY
def test_pandas_reads_csv_json_lines_and_parquet_alike(out: Path, table: Any) -> None:
    frames = (
        pd.read_csv(out / f"{table.name}.csv"),
        pd.read_json(out / f"{table.name}.jsonl", lines=True, orient="records"),
        pd.read_parquet(out / f"{table.name}.parquet"),
    )
    for frame in frames:
        assert list(frame.columns) == list(names(table.row))
        assert len(frame) == len(frames[0])


@EVERY
@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_duckdb_reads_every_file(out: Path, table: Any, ending: str) -> None:
    path = str(out / f"{table.name}.{ending}")
    reader = {"csv": "read_csv", "jsonl": "read_json", "parquet": "read_parquet"}[ending]
    count = duckdb.sql(f"SELECT count(*) FROM {reader}('{path}')").fetchone()
    assert count == (len(pd.read_csv(out / f"{table.name}.csv")),)


@EVERY
@pytest.mark.parametrize(
    "read", [pl.read_csv, pl.read_parquet, pl.read_ndjson], ids=["csv", "parquet", "jsonl"]
)
def test_polars_reads_every_file(out: Path, table: Any, read: Callable[..., pl.DataFrame]) -> None:
    ending = {"read_csv": "csv", "read_parquet": "parquet", "read_ndjson": "jsonl"}[read.__name__]
    frame = read(out / f"{table.name}.{ending}")
    assert sorted(frame.columns) == sorted(names(table.row))
    assert frame.height == len(pd.read_csv(out / f"{table.name}.csv"))


@EVERY
def test_sqlite_utils_reads_every_table(out: Path, table: Any) -> None:
    base = Database(out / "chosa.sqlite")
    assert [column.name for column in base[table.name].columns] == list(names(table.row))
    assert base[table.name].count == len(pd.read_csv(out / f"{table.name}.csv"))
    unique = [tuple(index.columns) for index in base[table.name].indexes if index.unique]
    assert unique == ([table.key] if table.key else [])


@pytest.mark.parametrize("view", ["facts", "crosswalk", "timeline"])
def test_sqlite_has_its_views(out: Path, view: str) -> None:
    assert list(Database(out / "chosa.sqlite")[view].rows) is not None
    assert view in Database(out / "chosa.sqlite").view_names()


def test_numbers_and_nasty_text_come_through_each_of_them(out: Path) -> None:
    """CSV text that a spreadsheet would run has an apostrophe before it; all others carry it untouched."""
    path = str(out / "observations.parquet")
    told = {
        "pandas": pd.read_parquet(path)["item"].tolist(),
        "polars": pl.read_parquet(path)["item"].to_list(),
        "duckdb": [item for (item,) in duckdb.sql(f"SELECT item FROM read_parquet('{path}')").fetchall()],
        "sqlite": [row["item"] for row in Database(out / "chosa.sqlite")["observations"].rows],
        "jsonl": [json.loads(line)["item"] for line in (out / "observations.jsonl").open(encoding="utf-8")],
    }
    assert all(items == ITEMS for items in told.values()), told
    with (out / "observations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["item"] for row in rows] == list(map(defused, ITEMS))
    assert [float(row["value"]) for row in rows] == VALUES


def test_the_workbook_has_filters_a_frozen_header_and_help(out: Path) -> None:
    book = openpyxl.load_workbook(out / "chosa.xlsx")
    assert book.sheetnames == [t.name for t in TABLES]
    for table, sheet in zip(TABLES, book.worksheets, strict=True):
        assert [cell.value for cell in sheet[2]] == list(names(table.row))
        assert all(cell.value for cell in sheet[1])
        assert (sheet.freeze_panes, sheet.auto_filter.ref.split(":")[0]) == ("B3", "A2")


def test_the_workbook_leads_from_each_value_to_its_crop(out: Path) -> None:
    sheet = openpyxl.load_workbook(out / "chosa.xlsx")["observations"]
    place = list(names(type(ROWS.observations[0]))).index("value") + 1
    cells = [sheet.cell(n, place) for n in range(3, 3 + len(VALUES))]
    assert [cell.value for cell in cells] == VALUES
    assert [(cell.hyperlink.target, cell.hyperlink.location) for cell in cells] == [
        ("review.html", o.observation_id) for o in ROWS.observations
    ]


def test_every_row_can_be_cited(tmp_path: Path) -> None:
    out = emitted(tmp_path, document(observation(citation="見本社『見本調査』（2026） p.1")))
    told = pd.read_parquet(out / "observations.parquet")["citation"].tolist()
    told += [row["citation"] for row in Database(out / "chosa.sqlite")["observations"].rows]
    told += pd.read_excel(out / "chosa.xlsx", sheet_name="observations", header=1)["citation"].tolist()
    told += pd.read_csv(out / "observations.csv")["citation"].tolist()
    assert told == ["見本社『見本調査』（2026） p.1"] * 4


def test_a_resource_of_the_package_gives_typed_rows(out: Path) -> None:
    resource: Resource = Package(str(out / "datapackage.json")).get_resource("observations")
    rows = resource.read_rows()
    assert [float(row["value"]) for row in rows] == VALUES
    assert rows[0]["item_score"] is None
