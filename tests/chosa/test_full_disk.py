"""A disk that is full, or may not be written to, is told in a sentence; nothing half-written is left."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chosa.settings import FORMATS
from tests.chosa.test_pipeline import DUMP

ROOT = Path(__file__).parents[2]
KIB = 1024


def mounts() -> bool:
    """Whether this process may mount a file system for itself (root may, and some containers let it)."""
    if not shutil.which("unshare"):
        return False
    command = ["unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=16k", "none", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


needs_mounts = pytest.mark.skipif(not mounts(), reason="may not mount a small disk")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an input, its tables, and a cache in which all of it is known."""
    folder = tmp_path_factory.mktemp("disk")
    (folder / "small").mkdir()
    (folder / "dump.txt").write_text(DUMP, encoding="utf-8")
    done = run(folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def run(
    folder: Path,
    *options: str,
    out: str = "out",
    cache: str = "cache",
    disk: str = "",
    limit: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[str]:
    """``chosa run``; with ``disk``, on a file system of its own made with these options at folder/small."""
    command = [sys.executable, "-m", "chosa", "run", str(folder / "dump.txt"), "-o", str(folder / out)]
    command += ["-q", "-j", "1", *options]
    if disk:
        mount = f'mount -t tmpfs -o {disk} none {folder / "small"} && exec "$@"'
        command = ["unshare", "-m", "sh", "-c", mount, "sh", *command]
    env = {**os.environ, "CHOSA_CACHE": str(folder / cache)}
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, preexec_fn=limit, timeout=120
    )


def is_told(done: subprocess.CompletedProcess[str], what: str) -> None:
    assert done.returncode == 1
    assert what in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr


@needs_mounts
@pytest.mark.parametrize(("size", "format"), [("4k", ""), *(("40k", format) for format in FORMATS)])
def test_tables_that_do_not_fit_are_told(known: Path, size: str, format: str) -> None:
    options = ["--format", format] if format else []
    is_told(run(known, *options, out="small/out", disk=f"size={size}"), "the disk is full")


@needs_mounts
def test_readings_that_cannot_be_kept_are_told(known: Path) -> None:
    is_told(run(known, cache="small/cache", disk="size=8k"), "cannot be kept")


@needs_mounts
def test_a_directory_that_may_not_be_written_to_is_told(known: Path) -> None:
    is_told(run(known, out="small/out", disk="ro"), "choose another directory with -o")


@needs_mounts
def test_a_cache_that_may_not_be_written_to_costs_nothing_but_time(known: Path) -> None:
    assert run(known, cache="small/cache", disk="ro").returncode == 0


@pytest.mark.parametrize("size", [0, 8 * KIB], ids=["not even the log", "not the tables"])
def test_a_limit_on_the_size_of_files_is_told_and_leaves_the_tables(known: Path, size: int) -> None:
    before = {p.name: p.read_bytes() for p in (known / "out").glob("*.csv")}
    done = run(known, limit=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    is_told(done, "no more may be written (File too large)")
    assert {p.name: p.read_bytes() for p in (known / "out").glob("*.csv")} == before
    assert not list((known / "out").glob(".unfinished-*"))
