"""What a second run saves, and a second job: ``python -m benchmarks.runs FOLDER``

The folder is read with one job and with two, each time with nothing known, and then again with all known.
Give it a machine that has nothing else to do; of several rounds the median counts.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from benchmarks.measured import run
from benchmarks.scale import scratch


def measure(folder: Path, inputs: Path, jobs: int, number: int) -> tuple[float, float]:
    """Seconds of a run that knows nothing, and of the same again."""
    place = folder / f"{jobs}-{number}"
    arguments = ["run", str(inputs), "-o", str(place / "out"), "-q", "-j", str(jobs)]
    cold, warm = (run(arguments, place / "cache").seconds for _ in range(2))
    return cold, warm


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("inputs", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, nargs=2, default=[1, 2])
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder if not given")
    args = parser.parse_args()
    medians = {}
    print("| jobs | cold s | warm s | warm is faster |\n|--:|--:|--:|--:|", flush=True)
    with scratch(args.folder) as folder:
        for jobs in args.jobs:
            pairs = [measure(folder, args.inputs.absolute(), jobs, n) for n in range(args.rounds)]
            cold, warm = (statistics.median(column) for column in zip(*pairs, strict=True))
            medians[jobs] = cold
            print(f"| {jobs} | {cold:.1f} | {warm:.2f} | x {cold / warm:.0f} |", flush=True)
    few, many = args.jobs
    print(f"{many} jobs are {medians[few] / medians[many]:.2f} times as fast as {few}")


if __name__ == "__main__":
    main()
