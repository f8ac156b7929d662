"""A Dask scheduler and workers on this machine, each a process of its own, as one starts them by hand."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measured import ROOT, environment

LOCAL = ("--host", "127.0.0.1", "--no-dashboard")


@contextmanager
def local_cluster(folder: Path, workers: int) -> Iterator[str]:
    """The scheduler's address; all of it ends with the block."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "scheduler.json"
    started = [_dask(folder, "scheduler", "--port", "0", "--scheduler-file", str(file), *LOCAL)]
    try:
        while not file.exists() or not file.read_bytes():
            time.sleep(0.05)
        address: str = json.loads(file.read_bytes())["address"]
        own = ("--nthreads", "1", "--local-directory", str(folder))
        started += [_dask(folder, "worker", address, *own, *LOCAL) for _ in range(workers)]
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _dask(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *arguments]
    env = {**environment(folder / "unused"), "PYTHONPATH": str(ROOT)}
    with (folder / f"{arguments[0]}-{time.monotonic_ns()}.log").open("wb") as log:
        return subprocess.Popen(command, env=env, stdout=log, stderr=log)
