"""chosa from Python: the same tables as DataFrames."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import chosa
from chosa.errors import NothingThere, UsageError
from tests.chosa.rows import document, observation
from tests.chosa.test_emit import emitted

ROOT = Path(__file__).parents[2]
DUMP = "「満足している」が47.6%、「不満がある」が12.4%でした。"


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("api") / "dump.txt"
    path.write_text(DUMP, encoding="utf-8")
    return path


def test_one_path_gives_tables_and_leaves_no_file(dump: Path) -> None:
    result = chosa.run(dump, jobs=1, cache=False)
    assert result.exit_code == 0
    assert sorted(result.observations["value"]) == [12.4, 47.6]
    assert list(result.documents["file"]) == [str(dump)]
    assert set(result.readings["observation_id"]) <= set(result.observations["observation_id"])
    assert sorted(p.name for p in dump.parent.iterdir()) == ["dump.txt"]


def test_an_output_directory_keeps_the_files_and_can_be_loaded_again(dump: Path, tmp_path: Path) -> None:
    result = chosa.run([dump], tmp_path / "out", jobs=1, cache=False, formats=["parquet"])
    assert (tmp_path / "out" / "observations.parquet").exists()
    assert chosa.load(tmp_path / "out").observations.equals(result.observations)


def test_a_file_that_cannot_be_read_is_a_row_not_an_exception(tmp_path: Path) -> None:
    result = chosa.run(tmp_path / "gone.pdf", jobs=1, cache=False)
    assert result.exit_code == 1
    assert list(result.documents["status"]) == ["error"]
    assert len(result.observations) == 0


def test_an_item_is_compared_as_on_the_command_line(tmp_path: Path) -> None:
    rows = (observation("o1", item_id="i", segment="SaaS"), observation("o2", item_id="i", base_n=None))
    compared = chosa.load(emitted(tmp_path, document(*rows, year="2026"), ())).compare("i")
    table = compared.table
    assert table[["segment", "value", "low_95", "year"]].values.tolist() == [
        ["", 47.6, pd.NA, "2026"], ["SaaS", 47.6, 42.8, "2026"],
    ]  # fmt: skip
    assert any("no base n" in warning for warning in compared.warnings)
    assert repr(compared) == f"<i: 2 facts, {len(compared.warnings)} warnings>"
    assert compared.png().startswith(b"\x89PNG")
    assert compared.svg().startswith("<svg ")


def test_only_one_group_is_compared_when_asked(tmp_path: Path) -> None:
    rows = (observation("o1", item_id="i", segment="SaaS", segment_id="s"), observation("o2", item_id="i"))
    result = chosa.load(emitted(tmp_path, document(*rows), ()))
    assert result.compare("i", "s").table["observation_id"].tolist() == ["o1"]
    assert result.compare("i", "").table["observation_id"].tolist() == ["o2"]
    with pytest.raises(NothingThere, match="labels"):
        result.compare("no.such")


def test_nothing_to_read_raises() -> None:
    with pytest.raises(UsageError):
        chosa.run([])


def test_importing_chosa_loads_nothing_heavy() -> None:
    script = "import sys, chosa; print({'numpy', 'pandas', 'pymupdf'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout == "set()\n"


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(AttributeError, match="no attribute 'walk'"):
        chosa.walk  # noqa: B018
