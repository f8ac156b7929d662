"""What writing the tables costs: ``python -m benchmarks.emit --observations 100000 10000000``

Documents of a thousand observations with two witnesses each, no two alike, are written as a run writes them:
decoded one by one as if from the store, joined over all documents, every format asked for. Each number of
observations runs in a process of its own; peak memory must not grow with it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from benchmarks.measured import ROOT, own_peak
from chosa.codec import encode
from chosa.emitting import emit
from chosa.inputs import Document
from chosa.observation import Observation
from chosa.reading import Finished
from chosa.rows import DocumentRows
from chosa.settings import FORMATS, Format
from chosa.store import Store
from chosa.tables import DocumentRow, LabelRow, PageRow, ReadingRow

T = TypeVar("T")

PER_DOCUMENT = 1000  # observations
ITEMS = 50  # labels of a document
MARK = "########"  # where the document's number goes


class Synthetic(Store):
    """A store that makes each document's rows when they are asked for: the key is the document's number."""

    template = b""

    def get(self, key: str, decode: Callable[[bytes], T]) -> T | None:
        return decode(self.template.replace(MARK.encode(), key.encode()))


def document_rows() -> DocumentRows:
    """A document whose every text and id carries its number."""
    ids = [f"{MARK}{n:08x}" for n in range(PER_DOCUMENT)]
    return DocumentRows(
        document=DocumentRow(
            MARK, f"in/{MARK}.pdf", MARK * 8, 100_000, 40, f"調査報告書 {MARK}", status="ok"
        ),
        observations=tuple(_observation(n, id) for n, id in enumerate(ids)),
        pages=tuple(PageRow(MARK, page, text_source="text", unit="pt", status="ok") for page in range(1, 41)),
        readings=tuple(
            ReadingRow(id, number, method, "text", 47.6, "47.6%", 10.0, 20.0, 30.0, 40.0, 0.99, 0.05)
            for id in ids
            for number, method in ((1, "label"), (2, "geometry"))
        ),
        labels=tuple(
            LabelRow("item", _item(n), "", 71.4, "kpi.churn", 71.4, PER_DOCUMENT // ITEMS, "none", "too far")
            for n in range(ITEMS)
        ),
    )


def _item(n: int) -> str:
    return f"選択肢 {n % ITEMS} ({MARK})"


def _observation(n: int, id: str) -> Observation:
    return Observation(
        observation_id=id, edition_of_report="this", fact_id=id, document_id=MARK, page=n // 25 + 1,
        source="chart", question=f"利用しているサービスを選択 {n // ITEMS}", question_type="multiple",
        segment="SaaS企業" if n % 2 else "", item=_item(n), value=(n % 997 + 1) / 10, unit="percent",
        qualifier="exact", base_n=412, base_n_source="printed", status="accepted", confidence=0.9987,
        witnesses="label+geometry+arithmetic", chart_id=f"{MARK}-p{n // 25 + 1}-c1", x0=10.5, y0=20.25,
        x1=30.5, y1=40.25, snippet="47.6%", citation=f"見本社『調査報告書』（2026）p.{n // 25 + 1}",
    )  # fmt: skip


def write(out: Path, observations: int, formats: tuple[Format, ...]) -> dict[str, float]:
    """Seconds, peak MiB of this process, bytes written."""
    store = Synthetic(out)
    Synthetic.template = encode(document_rows())
    numbers = [f"{n:08}" for n in range(1, observations // PER_DOCUMENT + 1)]
    finished = [Finished(Document(n, Path(f"{n}.pdf"), f"{n}.pdf"), n) for n in numbers]
    start, cpu = time.perf_counter(), time.process_time()
    emitted = emit(out, store, finished, (), formats)
    assert emitted.observations == len(numbers) * PER_DOCUMENT
    size = sum(p.stat().st_size for p in out.iterdir())
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    return {"seconds": seconds, "cpu": cpu, "rss": own_peak(), "bytes": size}


def measured(
    folder: Path | None, counts: list[int], formats: list[str]
) -> Iterator[tuple[int, dict[str, float]]]:
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="chosa-emit-", dir=folder) as out:
            asked = [part for name in formats for part in ("--format", name)]
            command = [
                sys.executable,
                "-m",
                "benchmarks.emit",
                "--into",
                out,
                "--observations",
                str(count),
                *asked,
            ]
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
        yield count, json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--observations", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--format", action="append", default=[], choices=FORMATS)
    parser.add_argument(
        "--folder", type=Path, help="where to write; the system's temporary folder if not given"
    )
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.into:
        print(json.dumps(write(args.into, args.observations[0], tuple(args.format))))
        return
    print("| observations | formats | seconds | CPU s | peak MiB | GB written |\n|--:|---|--:|--:|--:|--:|")
    for count, m in measured(args.folder, args.observations, args.format):
        print(
            f"| {count} | {' '.join(['csv', *args.format])} | {m['seconds']:.0f} | {m['cpu']:.0f} | "
            f"{m['rss']:.0f} | {m['bytes'] / 1e9:.2f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
