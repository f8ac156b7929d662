"""Memory does not grow with what is written."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.emit import measured


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
def test_six_times_the_rows_need_no_more_memory(tmp_path: Path) -> None:
    few, many = (found["rss"] for _, found in measured(tmp_path, [10_000, 60_000], ["parquet", "jsonl"]))
    assert many < 1.2 * few
