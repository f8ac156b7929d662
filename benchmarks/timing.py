"""CPU time of a call: medians, because one slow run says nothing; CPU, because machines are shared."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import median


def cpu_seconds() -> float:
    """CPU time of this process, all its threads, and the programs it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def milliseconds(call: Callable[[], object], repeat: int, warm_up: bool = True) -> float:
    """Median CPU milliseconds of a call; once before, uncounted, so that models are loaded."""
    if warm_up:
        call()
    spent = []
    for _ in range(repeat):
        start = cpu_seconds()
        call()
        spent.append(1000 * (cpu_seconds() - start))
    return median(spent)


def machine() -> str:
    """Date, kind of CPU, cores, Python: what a figure must be read with."""
    kind = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        kind = models[0].partition(":")[2].strip() if models else kind
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{date.today().isoformat()}, {kind}, {cores} cores, Python {platform.python_version()}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; numbers to the right."""
    lines = [f"| {' | '.join(head)} |", f"|---|{'--:|' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def whole_run(files: Sequence[Path], out: Path, cache: Path) -> tuple[float, float]:
    """(CPU seconds of all its processes, wall seconds) of ``chosa run`` over the files, one job.

    Workers are children of a server that nobody waits for, so their time is asked of the system while they
    live, where it can be asked; elsewhere it is missing.
    """
    command = [
        sys.executable,
        "-m",
        "chosa",
        "run",
        *map(str, files),
        "-o",
        str(out),
        "--jobs",
        "1",
        "--quiet",
    ]
    start = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, "CHOSA_CACHE": str(cache)}, start_new_session=True)
    spent: dict[int, float] = {}
    while process.poll() is None:
        spent.update(session_seconds(process.pid))
        time.sleep(0.02)
    if process.returncode not in (0, 1):
        raise SystemExit(f"chosa run ended with {process.returncode}")
    return sum(spent.values()), time.perf_counter() - start


def session_seconds(session: int) -> dict[int, float]:
    """CPU seconds so far of every process of a session (Linux)."""
    tick = os.sysconf("SC_CLK_TCK")
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        if int(fields[3]) == session:
            found[int(path.parent.name)] = (int(fields[11]) + int(fields[12])) / tick
    return found
