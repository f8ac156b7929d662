"""Decisions through whole runs: over the same report, over it with a cover page, over another one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pymupdf
import pytest

import chosa
from chosa.review.desk import Desk

REPORT = Path(__file__).parents[2] / "fixtures" / "reports" / "release_vector.pdf"


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report's tables, in which a chart's number was set, another split, one rejected."""
    folder = tmp_path_factory.mktemp("runs")
    shutil.copy(REPORT, folder / "report.pdf")
    rows = run(folder, "report.pdf").observations
    chart = rows[(rows.page == 2) & (rows.source == "chart") & (rows.segment == "効果実感層")]
    ids = chart.set_index("item").observation_id
    desk = Desk(folder / "tables", "hanako")
    desk.decide(ids["継続率"], "set", "value", "55.9", "printed over a line")
    desk.decide(
        ids["解約率"], "split", parts=[{"item": "解約率"}, {"item": "チャーンレート", "value": "45.3"}]
    )
    desk.decide(ids["顧客満足度"], "reject")
    return folder


def run(folder: Path, name: str) -> chosa.Result:
    return chosa.run(folder / name, folder / "tables", jobs=1, cache=False)


def told(result: chosa.Result) -> dict[str, tuple[Any, str]]:
    """item -> (value, status) of the chart's rows about the one group that were decided about."""
    rows = result.observations
    rows = rows[(rows.source == "chart") & (rows.segment == "効果実感層") & ~rows.status.isin(["accepted"])]
    return {row["item"]: (row.value, row.status) for _, row in rows.iterrows() if row.qualifier != "measured"}


DECIDED = {
    "継続率": (55.9, "corrected"),
    "解約率": (45.2, "corrected"),
    "チャーンレート": (45.3, "corrected"),
    "顧客満足度": (34.3, "rejected"),
}


def test_a_run_over_the_same_file_applies_them(decided: Path) -> None:
    result = run(decided, "report.pdf")
    assert told(result) == DECIDED
    assert "correction-stale" not in set(result.notes.code)


def test_a_file_with_a_cover_page_and_another_name_gets_them_too(decided: Path) -> None:
    with pymupdf.open(decided / "report.pdf") as pages:
        pages.new_page(0)
        pages.save(decided / "report_v2.pdf")
    result = run(decided, "report_v2.pdf")
    assert set(result.observations.page) == {2, 3, 4}
    assert told(result) == DECIDED


def test_another_report_gets_none_and_every_decision_is_stale(decided: Path) -> None:
    (decided / "other.txt").write_text("「継続率」が47.6%でした。", encoding="utf-8")
    result = run(decided, "other.txt")
    assert told(result) == {}
    assert list(result.notes.code).count("correction-stale") == 3
