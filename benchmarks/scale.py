"""What a run costs as the number of documents grows: ``python -m benchmarks.scale --counts 100 1000 --dask``

Copies of the fixtures with changes are read by worker processes and, with ``--dask``, by a local cluster of
a scheduler and two workers started separately; the tables must be equal. Then: a run that finds everything
known, one more document, a correction, another taxonomy. Peak memory is the parent's.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.copies import make_copies
from benchmarks.local_cluster import local_cluster
from benchmarks.measured import Measured, run
from chosa.corrections import Correction, about, append_corrections
from chosa.emit.read_back import read_rows
from chosa.observation import OBSERVATIONS, Observation
from chosa.tables import DOCUMENTS, DocumentRow

TIMED = {"log.jsonl", "run.json", ".chosa.lock", "corrections.csv"}
MOST_GROWTH = 1.2  # of the parent's peak, from the first count to the last


@dataclass(frozen=True)
class Line:
    """One run of the table."""

    documents: int
    what: str
    measured: Measured
    pages_read: int
    observations: int


def digests(out: Path) -> dict[str, str]:
    """Every file of the run but those in which times stand."""
    files = (p for p in sorted(out.iterdir()) if p.name not in TIMED)
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@contextmanager
def scratch(folder: Path | None) -> Iterator[Path]:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="chosa-scale-") as name:
        yield Path(name)


class Bench:
    """Runs over the same documents, each a line of the table."""

    def __init__(self, folder: Path, count: int, jobs: int) -> None:
        self.count, self.jobs = count, jobs
        self.inputs, self.out, self.cache = folder / "in", folder / "out", folder / "cache"
        shutil.rmtree(folder, ignore_errors=True)
        make_copies(self.inputs, count)
        self.lines: list[Line] = []

    def run(self, what: str, *options: str, out: Path | None = None, cache: Path | None = None) -> Path:
        out = out or self.out
        arguments = ["run", str(self.inputs), "-o", str(out), "-q", "-j", str(self.jobs), *options]
        measured = run(arguments, cache or self.cache)
        counts = json.loads((out / "run.json").read_text(encoding="utf-8"))["counts"]
        self.lines.append(Line(self.count, what, measured, counts["pages_read"], counts["observations"]))
        print_line(self.lines[-1])
        return out

    def one_more(self) -> None:
        """Another text dump."""
        make_copies(self.inputs, 1, first=self.count + 1 - self.count % 2)

    def correct_one(self) -> None:
        observation = next(iter(read_rows(self.out, OBSERVATIONS, Observation)))
        documents = {d.document_id: d for d in read_rows(self.out, DOCUMENTS, DocumentRow)}
        where = about(observation, documents[observation.document_id])
        correction = Correction(
            "2026-01-01T00:00:00", "bench", "set", **(where | {"field": "item", "after": "X"})
        )
        append_corrections(self.out, [correction])


def taxonomy(folder: Path) -> Path:
    """A taxonomy of one's own, with one more wording."""
    folder.mkdir(exist_ok=True)
    with (folder / "aliases.csv").open("w", encoding="utf-8", newline="") as file:
        row = ("やめた人の割合", "kpi.churn", "item", "bench")
        csv.writer(file).writerows([("alias", "id", "kind", "source"), row])
    return folder


def bench(folder: Path, count: int, jobs: int, dask: bool, formats: Sequence[str]) -> list[Line]:
    bench = Bench(folder, count, jobs)
    asked = [part for name in formats for part in ("--format", name)]
    bench.run("cold, processes", *asked)
    expected = digests(bench.out)
    if dask:
        with local_cluster(folder / "dask", workers=2) as address:
            where = ("--executor", "dask", "--scheduler", address)
            out = bench.run(
                "cold, Dask", *asked, *where, out=folder / "out-dask", cache=folder / "cache-dask"
            )
        print(f"   tables of both equal: {digests(out) == expected}")
    bench.run("all known", *asked)
    print(f"   tables of both equal: {digests(bench.out) == expected}")
    bench.one_more()
    bench.run("one more document", *asked)
    bench.correct_one()
    bench.run("one correction", *asked)
    bench.run("another taxonomy", *asked, "--taxonomy", str(taxonomy(folder / "taxonomy")))
    return bench.lines


def print_line(line: Line) -> None:
    m = line.measured
    print(
        f"| {line.documents} | {line.what} | {line.pages_read} | {line.observations} | {m.seconds:.1f} | "
        f"{m.cpu:.1f} | {m.rss:.0f} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--counts", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--dask", action="store_true", help="read them on a local Dask cluster too")
    parser.add_argument("--format", action="append", default=[], help="an output beside CSV")
    parser.add_argument("--folder", type=Path, help="where to work; a temporary folder if not given")
    args = parser.parse_args()
    print("| documents | run | pages read | observations | seconds | parent's CPU s | parent's peak MiB |")
    print("|--:|---|--:|--:|--:|--:|--:|")
    with scratch(args.folder) as folder:
        lines = [
            line
            for count in args.counts
            for line in bench(folder / str(count), count, args.jobs, args.dask, args.format)
        ]
    for what in dict.fromkeys(line.what for line in lines):
        peaks = [line.measured.rss for line in lines if line.what == what]
        growth = peaks[-1] / peaks[0]
        verdict = "" if growth <= MOST_GROWTH else f" (more than {MOST_GROWTH})"
        print(f"peak memory, {what}: x {growth:.2f}{verdict}")


if __name__ == "__main__":
    main()
