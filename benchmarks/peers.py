"""chosa beside other tools on the same pages: ``python -m benchmarks.peers [FILES] [--python PEERS]``.

All in one run, one tool after the other and all of them again; each in a process of its own, with one
thread where it lets itself be told. Pages are sorted by what chosa finds on them. Every page is read as a
file of its own, so that each tool pays for opening it and for its fonts; and vector pages once more
together, one file for each report and kind, so that it pays once. Printed are CPU milliseconds per page, the
median over the files; chosa's time divided by the tool's, the median over the files; and the same of the
sums: 0.1 means that chosa takes a tenth. Tools that are not installed are left out with a word; see
benchmarks/peers.txt.
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
from itertools import groupby
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
    """A tool's version and milliseconds per file; files it failed on are missing."""

    version: str
    files: dict[str, float]


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


def sorted_pages(pages: Sequence[Path], most: int) -> dict[str, list[Path]]:
    """At most so many pages of each kind, evenly over the files."""
    kinds: dict[str, list[Path]] = {}
    for page in pages:
        kinds.setdefault(kind_of(read_document(page, Settings())), []).append(page)
    return {kind: found[:: -(-len(found) // most)] for kind, found in sorted(kinds.items())}


def together(kind: str, pages: Sequence[Path], folder: Path) -> dict[str, int]:
    """The pages of each report in one file: its path and how many pages it has."""
    found = {}
    for report, own in groupby(pages, key=lambda page: page.stem.partition("-")[0]):
        path = folder / f"{report} {kind}.pdf"
        with pymupdf.open() as document:
            for page in own:
                with pymupdf.open(page) as single:
                    document.insert_pdf(single)
            document.save(path, garbage=4, deflate=True)  # 4: fonts that are the same become one
            found[str(path)] = len(document)
    return found


def measure(tool: str, python: str, files: Sequence[str]) -> Measured | None:
    """The tool over the files; None, with a word, when it is not there."""
    program = sys.executable if tool == "chosa" else python
    command = [program, str(ROOT / "benchmarks" / "peer_tools.py"), tool, *files]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, **ONE_THREAD}, check=False
    )
    if done.returncode:
        print(f"{tool}: left out: {(done.stderr.strip().splitlines() or ['failed'])[-1]}", file=sys.stderr)
        return None
    answer = json.loads(done.stdout.splitlines()[-1])
    failed = [line for line in done.stderr.splitlines() if line.startswith(f"{tool}: ")]
    print(*failed, sep="\n", end="\n" if failed else "", file=sys.stderr)
    return Measured(answer["version"], {k: v for k, v in answer["files"].items() if v is not None})


def in_turn(tools: Sequence[str], python: str, repeat: int, files: Sequence[str]) -> dict[str, Measured]:
    """Every tool's median over the rounds; the tools take turns, so that a busy machine is busy for all."""
    rounds: dict[str, list[Measured]] = {}
    there = list(tools)
    for _ in range(repeat):
        answers = {tool: measure(tool, python, files) for tool in there}
        there = [tool for tool in there if answers[tool] is not None]
        for tool, answer in answers.items():
            if answer is not None:
                rounds.setdefault(tool, []).append(answer)
    return {
        tool: Measured(
            found[0].version,
            {
                file: median(m.files[file] for m in found)
                for file in files
                if all(file in m.files for m in found)
            },
        )
        for tool, found in rounds.items()
    }


def compare(kind: str, name: str, files: dict[str, int], python: str, repeat: int) -> list[list[str]]:
    """Rows of the table for files of one kind of page, each with its number of pages."""
    measured = in_turn(("chosa", *PEERS[kind]), python, repeat, list(files))
    own = measured.pop("chosa", None)
    if own is None:
        sys.exit("chosa itself could not be measured")
    each = median(spent / files[file] for file, spent in own.files.items())
    rows = [[name, "chosa", f"{each:.1f}", "1", "1"]]
    for tool, found in measured.items():
        both = [file for file in found.files if file in own.files]
        if both:
            each = median(found.files[file] / files[file] for file in both)
            ratio = median(own.files[file] / found.files[file] for file in both)
            total = sum(own.files[file] for file in both) / sum(found.files[file] for file in both)
            rows.append(
                ["", f"{tool} {found.version}".strip(), f"{each:.1f}", f"{ratio:.2f}", f"{total:.2f}"]
            )
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
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kinds = sorted_pages(split(files, folder), args.most)
        rows = []
        for kind in (k for k in args.kinds if k in kinds):
            pages = kinds[kind]
            alone = dict.fromkeys(map(str, pages), 1)
            rows += compare(kind, f"{kind} ({len(pages)} pages)", alone, args.python, args.repeat)
            if kind != "raster":
                reports = together(kind, pages, folder)
                title = f"{kind}, together ({len(reports)} reports)"
                rows += compare(kind, title, reports, args.python, args.repeat)
    head = ["pages", "tool", "CPU ms per page", "chosa / tool, median", "chosa / tool, all"]
    print(table(head, rows))


if __name__ == "__main__":
    main()
