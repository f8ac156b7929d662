"""A file that changes while it is read is an error row and leaves nothing that a later run believes."""

from __future__ import annotations

from pathlib import Path

from chosa.api import load
from chosa.pipeline import run_pipeline
from chosa.progress import Quiet
from chosa.settings import RunSettings
from fixtures.hostile.pen import DUMP


class Meddler(Quiet):
    """Writes to the file after it was hashed and before it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self, what: str, total: int) -> None:
        if what == "reading":
            self._path.write_text(DUMP.replace("47.6", "91.7"), encoding="utf-8")


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    path, other = tmp_path / "report.txt", tmp_path / "other.txt"
    path.write_text(DUMP, encoding="utf-8")
    other.write_text(DUMP + "別の報告\n", encoding="utf-8")
    settings = RunSettings(jobs=1, cache=tmp_path / "cache", review_page=False)
    run_pipeline([path, other], tmp_path / "out", settings, Meddler(path))
    documents = load(tmp_path / "out").documents
    assert list(documents["status"]) == ["error", "ok"]
    assert documents["error"].iloc[0] == "report.txt: was changed while it was being read; run again"

    path.write_text(DUMP, encoding="utf-8")  # the first bytes again: nothing of the others may be found
    run_pipeline([path], tmp_path / "out", settings)
    assert list(load(tmp_path / "out").observations["value"]) == [47.6]
