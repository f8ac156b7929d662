"""A matcher is loaded once for what its taxonomy says, wherever the folder lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from chosa.errors import UsageError
from chosa.taxonomy import matcher_for


def folder(path: Path, wording: str) -> Path:
    path.mkdir(exist_ok=True)
    (path / "aliases.csv").write_text(f"alias,id,kind,source\n{wording},kpi.churn,item,test\n", "utf-8")
    return path


def test_the_same_tables_elsewhere_are_the_same_matcher(tmp_path: Path) -> None:
    assert matcher_for(folder(tmp_path / "a", "やめた人")) is matcher_for(folder(tmp_path / "b", "やめた人"))


def test_tables_that_were_changed_are_read_again(tmp_path: Path) -> None:
    matcher_for(folder(tmp_path / "a", "やめた人"))
    changed = matcher_for(folder(tmp_path / "a", "去った人"))
    assert changed.match(["去った人"], "item")[0].id == "kpi.churn"


def test_a_fault_is_told_each_time(tmp_path: Path) -> None:
    (tmp_path / "items.csv").write_text("no,such,columns\n1,2,3\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(UsageError, match="taxonomy"):
            matcher_for(tmp_path)
