"""One command of chosa in a process of its own: how long it took and how much memory that process had at
its peak, worker processes not counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_MARK = "benchmarks.measured "


@dataclass(frozen=True)
class Measured:
    """``cpu``: seconds of the process itself; ``rss``: its peak in MiB."""

    exit_code: int
    seconds: float
    cpu: float
    rss: float


def run(arguments: Sequence[str], cache: Path) -> Measured:
    """``chosa`` with these arguments and this cache. Raises RuntimeError when it did not get to its end."""
    command = [sys.executable, "-m", "benchmarks.measured", *arguments]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment(cache), stderr=subprocess.PIPE, text=True)
    seconds = time.perf_counter() - start
    said = [line for line in done.stderr.splitlines() if line.startswith(_MARK)]
    if not said:
        raise RuntimeError(done.stderr)
    own = json.loads(said[-1].removeprefix(_MARK))
    return Measured(done.returncode, seconds, own["cpu"], own["rss"])


def environment(cache: Path) -> Mapping[str, str]:
    """One thread per process, as in worker processes."""
    return {**os.environ, "CHOSA_CACHE": str(cache), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def own_peak() -> float:
    """Peak resident memory of this process in MiB (Linux)."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    from chosa.cli import run_command

    code = run_command(sys.argv[1:])
    print(_MARK + json.dumps({"cpu": time.process_time(), "rss": own_peak()}), file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
