"""The fixtures give what output/sample holds, and what their truth says.

On one machine the same input gives the same bytes. Between processors the recogniser's last digits differ,
so the committed sample is compared with a tolerance in the columns that come from it.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from chosa.dictionary import dictionary
from tests.golden.sample import COLUMNS, NAMES, REPORTS, ROOT, SAMPLE, read_fixtures

TRUTH = ROOT / "fixtures" / "truth"
# Ids are made from boxes, messages quote measures: both may turn on the last digit of a float.
LOOSE = {"observation_id", "fact_id", "message", "title", "same_report_as"}
# How far numbers may differ between processors: points of a box, confidences, percent read off a mark.
NEAR = {
    "x0": 0.6, "y0": 0.6, "x1": 0.6, "y1": 0.6,
    "confidence": 0.05, "legibility": 0.05, "value": 0.15, "slack": 0.1,
}  # fmt: skip

pytestmark = pytest.mark.ocr


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("fixtures")
    read_fixtures(out)
    return out


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.mark.parametrize("name", NAMES)
def test_tables_are_those_of_the_sample(results: Path, name: str) -> None:
    fresh, kept = table(results, name), table(SAMPLE, name)
    assert list(fresh.columns) == list(kept.columns)
    assert len(fresh) == len(kept), "scripts/sample rewrites it; look at the diff first"
    for column in fresh.columns:
        if column in LOOSE:
            continue
        if column in NEAR:
            a, b = (pd.to_numeric(t[column], errors="coerce").fillna(-1) for t in (fresh, kept))
            assert (a - b).abs().max() <= NEAR[column], column
        else:
            assert fresh[column].tolist() == kept[column].tolist(), column


def test_the_same_input_gives_the_same_bytes(results: Path, tmp_path: Path) -> None:
    read_fixtures(tmp_path)
    for name in NAMES:
        assert (tmp_path / f"{name}.csv").read_bytes() == (results / f"{name}.csv").read_bytes()


def plain(text: str) -> str:
    """One wave dash for two: ～ in the drawing's words, 〜 in recognised ones."""
    return text.replace("～", "〜")


def truth_of(name: str) -> set[tuple[str, str, float, str]]:
    rows = pd.read_csv(TRUTH / f"{name}.csv", keep_default_na=False)
    return {(plain(r.item), plain(r.segment), round(float(r.value), 1), r.unit) for r in rows.itertuples()}


def test_no_accepted_number_is_wrong(results: Path) -> None:
    """Every accepted chart or table number of a fixture is in its truth, under its item and group."""
    rows, documents = table(results, "observations"), table(results, "documents")
    names = {r.document_id: Path(str(r.file)).name for r in documents.itertuples()}
    numbers = rows[rows.source.isin(["chart", "table"]) & (rows.qualifier != "measured")]
    accepted = numbers[numbers.status == "accepted"]
    assert len(accepted) > 0.9 * len(numbers)
    for name, group in accepted.groupby(accepted.document_id.map(names)):
        told = {
            (plain(r.item), plain(r.segment), round(float(r.value), 1), r.unit) for r in group.itertuples()
        }
        assert told <= truth_of(str(name)), name


def test_every_report_is_accounted_for(results: Path) -> None:
    documents = table(results, "documents")
    files = sorted(p.name for p in REPORTS.iterdir() if p.is_file())
    assert sorted(Path(f).name for f in documents.file) == files
    assert set(documents.status) == {"ok"}


def test_the_column_descriptions_are_those_of_the_code() -> None:
    assert COLUMNS.read_text(encoding="utf-8") == dictionary(), "scripts/sample rewrites it"
