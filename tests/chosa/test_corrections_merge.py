"""Two people's corrections merge with git: both files grew, no line is lost, none is torn."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from chosa.corrections import Correction, append_corrections, read_corrections
from chosa.errors import UsageError

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="no git: apt install git")


def git(folder: Path, *words: str, check: bool = True) -> int:
    who = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *words], cwd=folder, check=check, capture_output=True).returncode


def decisions(who: str, count: int) -> list[Correction]:
    """The reasons have lines that a merge by lines could take for the same."""
    return [
        Correction(f"2026-01-0{n}", who, "set", f"o{n}", "item", "a", f"{who}\n\n{n}", why="same\nreason")
        for n in range(1, count + 1)
    ]


def commit(folder: Path, who: str, count: int) -> list[Correction]:
    append_corrections(folder, decisions(who, count))
    git(folder, "add", ".")
    git(folder, "commit", "-m", who)
    return decisions(who, count)


@pytest.fixture(params=[0, 2], ids=["both begin", "both go on"])
def repository(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """With decisions of an earlier day, or none."""
    git(tmp_path, "init", "-b", "main")
    git(tmp_path, "commit", "--allow-empty", "-m", "begin")
    if request.param:
        commit(tmp_path, "earlier", request.param)
    return tmp_path


def test_two_branches_merge_without_a_conflict(repository: Path) -> None:
    before = len(read_corrections(repository))
    git(repository, "checkout", "-b", "taro")
    commit(repository, "taro", 3)
    git(repository, "checkout", "main")
    commit(repository, "hanako", 4)
    git(repository, "merge", "--no-edit", "taro")
    found = read_corrections(repository)
    assert len(found) == before + 7
    assert {(c.who, c.after) for c in found} >= {("taro", "taro 3"), ("hanako", "hanako 4")}
    assert [c.when for c in found] == sorted(c.when for c in found)


def test_a_merge_without_the_attribute_is_named(repository: Path) -> None:
    """Whoever left .gitattributes out has git's marks in the file."""
    (repository / ".gitattributes").write_text("")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "attribute left out")
    git(repository, "checkout", "-b", "taro")
    commit(repository, "taro", 1)
    git(repository, "checkout", "main")
    commit(repository, "hanako", 1)
    assert git(repository, "merge", "taro", check=False) == 1
    with pytest.raises(UsageError, match=r"line \d+: a merge left its marks"):
        read_corrections(repository)


def test_a_decision_that_came_twice_counts_once(tmp_path: Path) -> None:
    append_corrections(tmp_path, [*decisions("taro", 1), *decisions("taro", 1)])
    assert len(read_corrections(tmp_path)) == 1
