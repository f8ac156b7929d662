"""Fuzzing: ``python -m benchmarks.fuzz --inputs 5000 --seconds 1800 --seed 1``.

Mutated reports, hostile files, drawings and scenes are read in worker processes under limits of time and
memory. Printed is what became of them. Exit code 1, and the inputs saved for replay, when a worker crashed,
an input never ended, an error came from outside the family, or a row broke a promise of its columns.
``--replay FILE...`` reads saved inputs again (or makes 1-17.pdf anew) and shows their tracebacks.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fuzz.attempt import Input, Outcome, attempt, make_input, read_input
from chosa.codec import encode
from chosa.executor import Call, Failure
from chosa.settings import default_jobs
from chosa.workers import Workers

# Seconds for one input, and MiB for one worker: most take a hundredth of a second, a traced page of noise
# ten; on a busy machine many times that.
INPUT_SECONDS, MEMORY_MIB = 300.0, 4096
TELL = 500  # inputs after which it says how far it is
FAULTS = ("broken", "crashed", "never ended")


class Campaign:
    """The outcomes so far, and the inputs that failed, saved in a folder."""

    def __init__(self, seed: int, failures: Path) -> None:
        self.counts: Counter[str] = Counter()
        self.results = 0
        self.taken = 0
        self._seed = seed
        self._failures = failures

    def take(self, number: int, answer: Outcome | Failure) -> None:
        outcome = answer if isinstance(answer, Outcome) else _ended(answer)
        self.counts[outcome.what] += 1
        self.counts[f"{outcome.kind or make_input(self._seed, number).kind}: {outcome.what}"] += 1
        self.results += outcome.results
        self.taken += 1
        if self.taken % TELL == 0:
            print(f"{self.taken} inputs, {self.faults()} faults", flush=True)
        if outcome.what in FAULTS:
            self._save(number, outcome)

    def _save(self, number: int, outcome: Outcome) -> None:
        found = make_input(self._seed, number)
        self._failures.mkdir(parents=True, exist_ok=True)
        path = self._failures / found.name
        path.write_bytes(encode(found.scenes) if found.scenes else found.data)
        path.with_suffix(path.suffix + ".why").write_text(f"{outcome.message}\n{outcome.trace}", "utf-8")
        print(f"{outcome.what}: {path}: {outcome.message}", flush=True)

    def faults(self) -> int:
        return sum(self.counts[what] for what in FAULTS)

    def report(self, seconds: float) -> str:
        totals = {k: n for k, n in sorted(self.counts.items()) if ":" not in k}
        lines = [f"{sum(totals.values())} inputs in {seconds:.0f} s, {self.results} results read"]
        lines += [f"  {n:6} {what}" for what, n in totals.items()]
        lines += [f"  {n:6}   {what}" for what, n in sorted(self.counts.items()) if ":" in what]
        return "\n".join(lines)


def _ended(failure: Failure) -> Outcome:
    """How a worker ended that gave no answer."""
    late = "took longer" in failure.message
    return Outcome("never ended" if late else "crashed", message=failure.message, trace=failure.trace)


def calls(campaign: Campaign, numbers: Iterator[int], args: argparse.Namespace) -> Iterator[Call]:
    """One call per input, as long as there is time."""
    end = time.monotonic() + args.seconds
    for number in numbers:
        if time.monotonic() > end:
            return

        def then(answer: Outcome | Failure, number: int = number) -> tuple[()]:
            campaign.take(number, answer)
            return ()

        yield Call(attempt, None, (args.seed, number, args.ocr), INPUT_SECONDS, then)


def run(args: argparse.Namespace) -> int:
    """The campaign; how many faults it found."""
    start = time.monotonic()
    campaign = Campaign(args.seed, args.failures)
    with (
        tempfile.TemporaryDirectory() as root,
        Workers(Path(root), args.jobs, MEMORY_MIB, "benchmarks.fuzz.warm") as workers,
    ):
        workers.run(calls(campaign, iter(range(args.inputs)), args))
    print(campaign.report(time.monotonic() - start))
    return campaign.faults()


def replay(paths: list[Path], ocr: str) -> int:
    """Saved inputs read again, here: their tracebacks are shown."""
    faults = 0
    for path in paths:
        with tempfile.TemporaryDirectory() as root:
            seed, number = map(int, path.stem.split("-"))
            made = path.suffix == ".scenes" or not path.exists()
            found = make_input(seed, number) if made else Input(path.name, path.read_bytes())
            outcome = read_input(found, Path(root), ocr)
        faults += outcome.what in FAULTS
        print(f"{path}: {outcome.what} {outcome.message}\n{outcome.trace}")
    return faults


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.fuzz",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--inputs", type=int, default=5000)
    parser.add_argument("--seconds", type=float, default=1800.0, help="no new input is begun after that")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=default_jobs())
    parser.add_argument("--ocr", default="guess", help="guess (invented words, no cost), rapid or tesseract")
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"), help="where inputs are saved")
    parser.add_argument("--replay", type=Path, nargs="+", metavar="SEED-NUMBER.KIND")
    return parser.parse_args(given)


def main() -> None:
    args = arguments()
    sys.exit(min(1, replay(args.replay, args.ocr) if args.replay else run(args)))


if __name__ == "__main__":
    main()
