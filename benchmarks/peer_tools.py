"""One tool over PDF files, in a process of its own: ``peer_tools.py TOOL FILES``.

Prints JSON: {"version": ..., "files": {file: milliseconds}}; exit code 3 and a sentence when the tool is not
there. The first file is read once before, uncounted, so that what is loaded once is nobody's cost; then each
file is read once, as in a run: read again, its words would be known. Imports nothing of chosa unless chosa is
the tool, so that it runs in the peers' own environment.
"""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.timing import milliseconds

Read = Callable[[Path], object]
DPI = 200


def chosa() -> Read:
    """Everything from the file to weighed findings, in a process as a run starts its workers."""
    import chosa.worker_modules  # noqa: F401
    from extract.document import read_document
    from extract.settings import Settings

    return lambda path: read_document(path, Settings())


def pymupdf() -> Read:
    """The floor: words and drawings, once each."""
    import pymupdf as mu

    def read(path: Path) -> None:
        with mu.open(path) as document:
            for page in document:
                page.get_text("words")
                page.get_drawings()

    return read


def pymupdf4llm() -> Read:
    import pymupdf4llm as tool

    return lambda path: tool.to_markdown(str(path), show_progress=False)


def pdfplumber() -> Read:
    import pdfplumber as tool

    def read(path: Path) -> None:
        with tool.open(path) as document:
            for page in document.pages:
                page.extract_words()
                page.extract_tables()
                _ = page.rects, page.lines, page.curves

    return read


def rapidocr() -> Read:
    """The floor for pictures: one pass of the default engine over the page at 200 dpi."""
    import numpy as np
    import pymupdf as mu
    from rapidocr import RapidOCR

    engine = RapidOCR()

    def read(path: Path) -> None:
        with mu.open(path) as document:
            for page in document:
                shot = page.get_pixmap(dpi=DPI, alpha=False)
                engine(np.frombuffer(shot.samples, np.uint8).reshape(shot.height, shot.width, 3))

    return read


def ocrmypdf() -> Read:
    """Recognised with Tesseract, then the text taken out with Poppler, layout kept."""
    program = Path(sys.executable).with_name("ocrmypdf")
    if not program.exists() or not shutil.which("pdftotext") or not shutil.which("tesseract"):
        raise ImportError("ocrmypdf, tesseract or pdftotext is not installed")

    def read(path: Path) -> None:
        with tempfile.TemporaryDirectory() as folder:
            out = str(Path(folder) / "out.pdf")
            command = [str(program), "--force-ocr", "-l", "jpn", "-j", "1", "--output-type", "pdf", "-q"]
            subprocess.run([*command, str(path), out], check=True, capture_output=True)
            subprocess.run(["pdftotext", "-layout", out, "-"], check=True, capture_output=True)

    return read


def img2table() -> Read:
    """Tables, with Tesseract as the engine."""
    from img2table.document import PDF
    from img2table.ocr import TesseractOCR

    engine = TesseractOCR(n_threads=1, lang="jpn")
    return lambda path: PDF(src=str(path)).extract_tables(ocr=engine, borderless_tables=True)


TOOLS: dict[str, Callable[[], Read]] = {
    "chosa": chosa,
    "pymupdf": pymupdf,
    "pdfplumber": pdfplumber,
    "pymupdf4llm": pymupdf4llm,
    "rapidocr": rapidocr,
    "ocrmypdf": ocrmypdf,
    "img2table": img2table,
}


def version(tool: str) -> str:
    try:
        return importlib.metadata.version(tool)
    except importlib.metadata.PackageNotFoundError:
        return ""


def main() -> None:
    tool, *files = sys.argv[1:]
    try:
        read = TOOLS[tool]()
    except ImportError as error:
        print(f"{tool} is not installed here ({error})", file=sys.stderr)
        sys.exit(3)
    spent: dict[str, float | None] = {}
    for number, file in enumerate(files):
        try:
            spent[file] = milliseconds(lambda file=file: read(Path(file)), 1, number == 0)
        except Exception as error:
            print(f"{tool}: {Path(file).name}: {error}", file=sys.stderr)
            spent[file] = None
    print(json.dumps({"version": version(tool), "files": spent}))


if __name__ == "__main__":
    main()
