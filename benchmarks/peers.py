"""chosa beside other tools on the same pages: ``python -m benchmarks.peers [FILES] [--python PEERS]``.

All in one run. Every page is a PDF file of its own; each tool reads them in a process of its own, with one
thread where it lets itself be told. Printed are medians of CPU milliseconds per page, and the median over
the pages of chosa's time divided by the tool's: 0.1 means that chosa takes a tenth. Pages are sorted by what
chosa finds on them. Tools that are not installed are left out with a word; see benchmarks/peers.txt.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pymupdf

from benchmarks.timing import machine, table
from extract.document import DocumentReading, read_document
from extract.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "fixtures" / "reports"
# What each kind of page is compared with, the floor first.
PEERS = {
    "text": ("pymupdf", "pdfplumber", "pymupdf4llm"),
    "chart": ("pymupdf", "pdfplumber", "pymupdf4llm"),
    "ruled table": ("pymupdf", "pdfplumber", "pymupdf4llm"),
    "raster": ("rapidocr", "ocrmypdf", "img2table"),
}
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OMP_THREAD_LIMIT": "1",
}


@dataclass(frozen=True)
class Measured:
    """A tool's version and milliseconds per page; pages it failed on are missing."""

    version: str
    pages: dict[str, float]


def kind_of(reading: DocumentReading) -> str:
    """What sort of page it is, by what chosa found on it."""
    page = reading.pages[0]
    if page.scene.text_source in ("ocr", "mixed"):
        return "raster"
    if page.charts:
        return "chart"
    return "ruled table" if page.scene.grids else "text"


def split(files: Sequence[Path], folder: Path) -> list[Path]:
    """Every page of the files as a file of its own."""
    pages = []
    for number, file in enumerate(files):
        with pymupdf.open(file) as document:
            for index in range(len(document)):
                with pymupdf.open() as single:
                    single.insert_pdf(document, from_page=index, to_page=index)
                    pages.append(folder / f"{number}-{index}.pdf")
                    single.save(pages[-1], garbage=3, deflate=True)
    return pages


def sorted_pages(pages: Sequence[Path], most: int) -> dict[str, list[str]]:
    """At most so many pages of each kind, evenly over the files."""
    kinds: dict[str, list[str]] = {}
    for page in pages:
        reading = read_document(page, Settings())
        kinds.setdefault(kind_of(reading), []).append(str(page))
    return {kind: found[:: max(1, len(found) // most)][:most] for kind, found in sorted(kinds.items())}


def measure(tool: str, python: str, repeat: int, pages: Sequence[str]) -> Measured | None:
    """The tool over the pages; None, with a word, when it is not there."""
    program = sys.executable if tool == "chosa" else python
    command = [program, str(ROOT / "benchmarks" / "peer_tools.py"), tool, str(repeat), *pages]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **ONE_THREAD}, check=False
    )
    if done.returncode:
        print(f"{tool}: left out: {(done.stderr.strip().splitlines() or ['failed'])[-1]}", file=sys.stderr)
        return None
    answer = json.loads(done.stdout.splitlines()[-1])
    failed = [line for line in done.stderr.splitlines() if line.startswith(f"{tool}: ")]
    print(*failed, sep="\n", end="\n" if failed else "", file=sys.stderr)
    return Measured(answer["version"], {k: v for k, v in answer["pages"].items() if v is not None})


def compare(kind: str, pages: Sequence[str], python: str, repeat: int) -> list[list[str]]:
    """Rows of the table for one kind of page."""
    own = measure("chosa", python, repeat, pages)
    if own is None:
        sys.exit("chosa itself could not be measured")
    rows = [[f"{kind} ({len(pages)} pages)", "chosa", f"{median(own.pages.values()):.1f}", "1"]]
    for tool in PEERS[kind]:
        found = measure(tool, python, repeat, pages)
        if found and found.pages:
            ratios = [own.pages[page] / spent for page, spent in found.pages.items() if spent > 0]
            name = f"{tool} {found.version}".strip()
            rows.append(["", name, f"{median(found.pages.values()):.1f}", f"{median(ratios):.2f}"])
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", type=Path, nargs="*", help="PDF files; default the project's own reports")
    parser.add_argument("--python", default=sys.executable, help="interpreter of the peers' environment")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--most", type=int, default=8, help="pages of each kind")
    parser.add_argument("--kinds", nargs="+", choices=sorted(PEERS), default=sorted(PEERS))
    args = parser.parse_args()
    files = args.files or sorted(REPORTS.glob("*.pdf"))
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        kinds = sorted_pages(split(files, Path(folder)), args.most)
        rows = []
        for kind in (k for k in args.kinds if k in kinds):
            rows += compare(kind, kinds[kind], args.python, args.repeat)
    print(table(["pages", "tool", "CPU ms per page", "chosa / tool"], rows))


if __name__ == "__main__":
    main()
