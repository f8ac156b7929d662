"""Nothing is lost by a kill: ``python -m benchmarks.killed FOLDER --moments 50``

One run over the folder is left alone. Another starts with nothing known, is killed (-9) at random moments
and started again each time, until it is left to end: its tables must be the first one's, byte for byte. The
moments are spread over the whole run, the writing of the tables included; half of the kills take the workers
along, the other half leave them to find out.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.measured import ROOT, environment, run
from benchmarks.scale import digests, scratch

EARLIEST = 0.2  # seconds after the start: Python itself is hardly up before


def start(inputs: Path, out: Path, cache: Path, jobs: int) -> subprocess.Popen[bytes]:
    """A run in a session of its own, so that it can be killed with all its workers."""
    command = [sys.executable, "-m", "chosa", "run", str(inputs), "-o", str(out), "-q", "-j", str(jobs)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment(cache), start_new_session=True, stderr=subprocess.DEVNULL
    )


def kill(process: subprocess.Popen[bytes], workers_too: bool) -> bool:
    """Whether it was still running."""
    running = process.poll() is None
    if running and workers_too:
        os.killpg(process.pid, signal.SIGKILL)
    elif running:
        process.kill()
    process.wait()
    return running


def kill_again_and_again(folder: Path, args: argparse.Namespace, whole: float, known: float) -> int:
    """Run until so many were killed while running; how many ended before their moment came."""
    dice = random.Random(args.seed)
    killed = ended = 0
    latest = 2 * (known + whole / args.moments)  # time to start and a share of the work
    while killed < args.moments:
        process, begun = start(args.inputs, folder / "out", folder / "cache", args.jobs), time.monotonic()
        with suppress(subprocess.TimeoutExpired):
            process.wait(dice.uniform(EARLIEST, max(latest, 2 * EARLIEST)))
        if kill(process, dice.random() < 0.5):
            killed += 1
        else:  # all is known now: any moment of what such a run takes
            ended, latest = ended + 1, time.monotonic() - begun
    return ended


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", type=Path)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder if not given")
    args = parser.parse_args()
    args.inputs = args.inputs.absolute()
    print(f"seed {args.seed}", flush=True)
    with scratch(args.folder) as folder:
        alone = ["run", str(args.inputs), "-o", str(folder / "alone"), "-q", "-j", str(args.jobs)]
        whole = run(alone, folder / "cache-alone")
        known = run(alone, folder / "cache-alone")
        print(f"left alone: {whole.seconds:.1f} s; when all is known: {known.seconds:.1f} s", flush=True)
        ended = kill_again_and_again(folder, args, whole.seconds, known.seconds)
        last = start(args.inputs, folder / "out", folder / "cache", args.jobs)
        last.wait()
        same = digests(folder / "out") == digests(folder / "alone")
    print(f"killed {args.moments} times (and {ended} runs ended before); tables equal: {same}")
    sys.exit(not same)


if __name__ == "__main__":
    main()
