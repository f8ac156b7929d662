"""Every output says the same, appears whole, and reads back as what went in."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from frictionless import Package

from chosa.api import read_table
from chosa.codec import encode
from chosa.emit.read_back import read_rows
from chosa.emitting import emit
from chosa.errors import NothingThere, OutputFailed
from chosa.inputs import Document
from chosa.observation import OBSERVATIONS, Observation
from chosa.reading import Finished
from chosa.rows import DocumentRows
from chosa.schema import names, values
from chosa.settings import FORMATS
from chosa.store import Store, key_of
from chosa.tables import TABLES
from tests.chosa.rows import document, nasty_document, observation

KEY = key_of("rows")
ONE = (Finished(Document("doc1", Path("a.pdf"), "a.pdf"), KEY),)


def emitted(folder: Path, rows: DocumentRows, formats: Sequence[Any] = FORMATS) -> Path:
    """The rows written by a run into ``folder``/out."""
    store, out = Store(folder / "store"), folder / "out"
    out.mkdir(exist_ok=True)
    store.put(KEY, encode(rows))
    emit(out, store, ONE, (), formats)
    return out


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return emitted(tmp_path, nasty_document())


def test_the_data_package_validates(out: Path) -> None:
    report = Package(str(out / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])


def test_the_data_package_validates_when_nothing_was_found(tmp_path: Path) -> None:
    out = emitted(tmp_path, DocumentRows(document().document))
    assert Package(str(out / "datapackage.json")).validate().valid
    assert (out / "observations.csv").read_text(encoding="utf-8").count("\n") == 1


def test_csv_has_line_feeds_and_no_formula(out: Path) -> None:
    raw = (out / "observations.csv").read_bytes()
    assert b"\r" not in raw
    frame = pd.read_csv(out / "observations.csv", dtype=str, keep_default_na=False)
    assert not frame["item"].str.match(r"[=+\-@]").any()
    assert set(frame["value"]) == {"-1.5", "3"}


def test_csv_reads_back_as_what_went_in(out: Path) -> None:
    assert list(read_rows(out, OBSERVATIONS, Observation)) == list(nasty_document().observations)


def test_parquet_says_the_same(out: Path) -> None:
    rows = pq.read_table(out / "observations.parquet").to_pylist()
    assert [tuple(row.values()) for row in rows] == [values(o) for o in nasty_document().observations]


def test_sqlite_says_the_same(out: Path) -> None:
    with sqlite3.connect(out / "chosa.sqlite") as base:
        rows = base.execute("SELECT * FROM observations").fetchall()
    assert rows == [values(o) for o in nasty_document().observations]


def test_json_lines_say_the_same(out: Path) -> None:
    lines = (out / "observations.jsonl").read_text(encoding="utf-8").splitlines()
    assert [tuple(json.loads(line).values()) for line in lines] == [
        values(o) for o in nasty_document().observations
    ]


def test_excel_holds_text_as_text(out: Path) -> None:
    with zipfile.ZipFile(out / "chosa.xlsx") as book:
        sheets = [book.read(n).decode() for n in book.namelist() if n.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(TABLES)
    assert not any("<f>" in sheet for sheet in sheets)


def test_excel_leads_from_each_row_to_its_place(out: Path) -> None:
    with zipfile.ZipFile(out / "chosa.xlsx") as book:
        sheets = "".join(
            book.read(n).decode() for n in book.namelist() if n.startswith("xl/worksheets/sheet")
        )
    assert re.findall(r'<hyperlink [^>]*location="([^"]*)"', sheets) == [
        o.observation_id for o in nasty_document().observations
    ]


def test_excel_values_that_lead_to_their_place_are_still_numbers(out: Path) -> None:
    sheet = pd.read_excel(out / "chosa.xlsx", sheet_name="observations", header=1)
    assert sheet["value"].tolist() == [o.value for o in nasty_document().observations]
    assert list(sheet.columns) == list(names(Observation))


def test_every_column_is_explained_in_japanese(out: Path) -> None:
    assert [(t.name, c.name) for t in TABLES for c in t.columns if not c.ja] == []


def test_pandas_gets_typed_columns(out: Path) -> None:
    frame = read_table(out, OBSERVATIONS)
    assert list(frame.columns) == list(names(Observation))
    assert [str(frame[c].dtype) for c in ("item", "page", "value")] == ["string", "Int64", "Float64"]
    assert list(frame["item"]) == [o.item for o in nasty_document().observations]


@pytest.mark.parametrize(
    "name", ["observations.csv", "chosa.xlsx", "crosstabs.xlsx", "observations.parquet", "chosa.sqlite"]
)
def test_the_same_rows_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    first, second = (emitted(tmp_path / n, nasty_document()) / name for n in "12")
    assert first.read_bytes() == second.read_bytes()


def test_a_format_not_asked_for_again_does_not_stay_behind(tmp_path: Path) -> None:
    out = emitted(tmp_path, document(observation()))
    assert (out / "chosa.sqlite").exists()
    emitted(tmp_path, document(observation()), formats=())
    assert not (out / "chosa.sqlite").exists()
    assert not list(out.glob("*.parquet"))


def test_facts_show_the_best_sighting_once(tmp_path: Path) -> None:
    sightings = (
        observation("o1", fact_id="f", source="prose", status="review"),
        observation("o2", fact_id="f", status="accepted"),
        observation("o3", fact_id="g", status="rejected"),
    )
    out = emitted(tmp_path, document(*sightings))
    with sqlite3.connect(out / "chosa.sqlite") as base:
        assert base.execute("SELECT observation_id, sightings FROM facts").fetchall() == [("o2", 2)]


def test_the_timeline_leaves_out_what_is_quoted_from_another_survey(tmp_path: Path) -> None:
    rows = (observation("o1", item_id="i"), observation("o2", item_id="i", edition_of_report="prior"))
    out = emitted(tmp_path, document(*rows, year="2026"))
    with sqlite3.connect(out / "chosa.sqlite") as base:
        assert base.execute("SELECT observation_id, year FROM timeline").fetchall() == [("o1", "2026")]


def test_a_failed_write_leaves_the_earlier_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = emitted(tmp_path, document(observation(value=1.5)))
    before = (out / "observations.csv").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("chosa.emit.csv_files.CsvSink.close", full)
    with pytest.raises(OutputFailed, match="the disk is full"):
        emitted(tmp_path, document(observation(value=2.5)))
    assert (out / "observations.csv").read_bytes() == before
    assert not list(out.glob(".unfinished-*"))


def test_a_directory_without_tables_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(NothingThere, match=r"chosa run INPUT\.\.\. -o"):
        list(read_rows(tmp_path, OBSERVATIONS, Observation))


def test_tables_of_another_version_are_not_misread(tmp_path: Path) -> None:
    (tmp_path / "observations.csv").write_text("observation_id,value\n1,2\n")
    with pytest.raises(NothingThere, match="run again"):
        list(read_rows(tmp_path, OBSERVATIONS, Observation))
