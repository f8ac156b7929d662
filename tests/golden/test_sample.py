"""The fixtures give what output/sample holds, to the byte, and what their truth says."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from chosa.dictionary import dictionary
from tests.golden.sample import COLUMNS, NAMES, REPORTS, ROOT, SAMPLE, read_fixtures

TRUTH = ROOT / "fixtures" / "truth"

pytestmark = pytest.mark.ocr


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("fixtures")
    read_fixtures(out)
    return out


@pytest.mark.parametrize("name", NAMES)
def test_tables_are_those_of_the_sample(results: Path, name: str) -> None:
    fresh = (results / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    kept = (SAMPLE / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    assert fresh == kept, "scripts/sample rewrites it; look at the diff first"


def test_the_same_input_gives_the_same_bytes(results: Path, tmp_path: Path) -> None:
    read_fixtures(tmp_path)
    for name in NAMES:
        assert (tmp_path / f"{name}.csv").read_bytes() == (results / f"{name}.csv").read_bytes()


def test_no_accepted_number_is_wrong(results: Path) -> None:
    """Every accepted chart or table number of a fixture is in its truth, under its item."""
    rows = pd.read_csv(results / "observations.csv", keep_default_na=False, dtype=str)
    documents = pd.read_csv(results / "documents.csv", keep_default_na=False, dtype=str)
    names = {r.document_id: Path(r.file).name for r in documents.itertuples()}
    accepted = rows[(rows.status == "accepted") & rows.source.isin(["chart", "table"])]
    assert len(accepted) > 0.8 * sum(rows.source.isin(["chart", "table"]))
    for name, group in accepted.groupby(accepted.document_id.map(names)):
        truth = pd.read_csv(TRUTH / f"{name}.csv", keep_default_na=False)
        known = {(item, round(float(value))) for item, value in zip(truth.item, truth.value, strict=True)}
        told = {(r.item, round(float(r.value))) for r in group.itertuples()}
        assert told <= known, name


def test_every_report_is_accounted_for(results: Path) -> None:
    documents = pd.read_csv(results / "documents.csv", keep_default_na=False, dtype=str)
    files = sorted(p.name for p in REPORTS.iterdir() if p.is_file())
    assert sorted(Path(f).name for f in documents.file) == files
    assert set(documents.status) == {"ok"}


def test_the_column_descriptions_are_those_of_the_code() -> None:
    assert COLUMNS.read_text(encoding="utf-8") == dictionary(), "scripts/sample rewrites it"
