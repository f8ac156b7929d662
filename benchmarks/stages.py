"""What each stage costs, and how cost grows: ``python -m benchmarks.stages [FILES] [--repeat 5]``.

CPU milliseconds, medians. Pages are sorted by what is found on them: text, chart, ruled table, raster. Then
the steps of a document (read as a whole, normalise, emit), a run and the same run again, and how cost grows
with pages of a document, words of a page, and labels to be matched.
"""

from __future__ import annotations

import chosa.single_thread  # noqa: F401  (first: numeric libraries read these variables when loaded)

# isort: split
import argparse
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

import pymupdf

from benchmarks.generated import ITEMS, known_charts
from benchmarks.timing import cpu_seconds, machine, milliseconds, table, whole_run
from chosa.codec import encode
from chosa.inputs import Document
from chosa.join import document_rows
from chosa.store import Store, key_of
from chosa.taxonomy import matcher_for
from extract.document import DocumentReading, read_page, read_page_of, read_scene, read_whole
from extract.finding import PageReading
from extract.settings import Settings
from extract.sources import open_source
from extract.sources.grids import with_grids

REPORTS = Path(__file__).resolve().parents[1] / "fixtures" / "reports"
Costs = tuple[float, float, float]
KINDS = ("text", "chart", "ruled table", "raster")
PAGES, WORDS, LABELS = (10, 100, 1000), (250, 1000, 4000), (100, 1000, 10_000)
ROWS = 2000  # observations written by the emit stage


def kind_of(reading: PageReading) -> str:
    """What sort of page it is, by what was found on it."""
    if reading.scene.text_source in ("ocr", "mixed"):
        return "raster"
    if reading.charts:
        return "chart"
    return "ruled table" if reading.scene.grids else "text"


def bare(document: pymupdf.Document, index: int) -> None:
    """The floor: PyMuPDF's words and drawings, once each."""
    document[index].get_text("words")
    document[index].get_drawings()


def one_pass(path: Path, kinds: dict[int, str]) -> dict[int, Costs]:
    """(floor, see, read) of each page of a document just opened, in milliseconds: see is its scene, read is
    charts and tables on it. The first pass fills ``kinds``; the others leave out pages to be recognised."""
    costs: dict[int, Costs] = {}
    with open_source(path, Settings()) as source, pymupdf.open(path) as document:
        for index in (i for i in range(len(source)) if kinds.get(i) != "raster"):
            start = cpu_seconds()
            bare(document, index)
            bared = cpu_seconds()
            scene = source.see(index)
            seen = cpu_seconds()
            reading = read_scene(with_grids(scene))
            end = cpu_seconds()
            kinds[index] = kind_of(reading)
            costs[index] = 1000 * (bared - start), 1000 * (seen - bared), 1000 * (end - seen)
    return costs


def pages(files: Sequence[Path], repeat: int) -> str:
    """The table of pages by kind; the floor says nothing about pages that must be recognised."""
    found: dict[str, list[Costs]] = {}
    for path in files:
        kinds: dict[int, str] = {}
        passes = [one_pass(path, kinds) for _ in range(repeat)]
        for index, kind in kinds.items():
            spent = [costs[index] for costs in passes if index in costs]
            floor, see, read = (median(values) for values in zip(*spent, strict=True))
            found.setdefault(kind, []).append((floor, see, read))
    rows = []
    for kind in (k for k in KINDS if k in found):
        floor, see, read = (median(values) for values in zip(*found[kind], strict=True))
        ratio = "" if kind == "raster" else f"{median((s + r) / f for f, s, r in found[kind]):.2f}"
        bare_ms = "" if kind == "raster" else f"{floor:.1f}"
        rows.append([f"{kind} ({len(found[kind])})", bare_ms, f"{see:.1f}", f"{read:.1f}", ratio])
    return table(["pages", "PyMuPDF words + drawings", "see", "read", "(see + read) / PyMuPDF"], rows)


def whole(files: Sequence[Path], repeat: int) -> tuple[str, DocumentReading]:
    """The table of a document's steps, over all vector pages of the files taken as one document."""
    origin, readings = None, []
    for path in files:
        with open_source(path, Settings()) as source:
            origin = origin or source.origin
            readings += [r for i in range(len(source)) if kind_of(r := read_page_of(source, i)) != "raster"]
    if origin is None or not readings:
        raise SystemExit("no vector page among the files")
    read = read_whole(origin, readings)
    document = Document("benchmark", files[0], files[0].name)
    matcher = matcher_for(None)
    join = milliseconds(lambda: document_rows(document, read, [], matcher), repeat)
    together = milliseconds(lambda: read_whole(origin, readings), repeat)
    rows = [
        [f"prose, survey facts, witnesses ({len(readings)} pages)", f"{together:.1f}"],
        [f"normalise and join ({len(read.findings)} findings)", f"{join:.1f}"],
    ]
    return table(["step of a document", "CPU ms"], rows), read


def rerun(files: Sequence[Path]) -> str:
    """A run, and the same run again: CPU time of all its processes."""
    with tempfile.TemporaryDirectory() as folder:
        cache, out = Path(folder) / "cache", Path(folder) / "out"
        cold = whole_run(files, out, cache)
        warm = min(whole_run(files, out, cache) for _ in range(3))
    rows = [["cold", *map(fixed, cold)], ["warm", *map(fixed, warm)]]
    rows.append(["cold / warm", f"{cold[0] / warm[0]:.0f}", f"{cold[1] / warm[1]:.0f}"])
    return table([f"run over {len(files)} files", "CPU s", "wall s"], rows)


def fixed(seconds: float) -> str:
    return f"{seconds:.2f}"


def many_pages(count: int) -> Callable[[], object]:
    """Prose, facts and witnesses of a document of so many chart pages."""
    charts = [read_scene(known.scene) for known in known_charts(10, 1)]
    readings = [_on_page(charts[n % 10], n + 1) for n in range(count)]
    with open_source(REPORTS / "release_vector.pdf", Settings()) as source:
        origin = replace(source.origin, pages=count)
    return lambda: read_whole(origin, readings)


def _on_page(reading: PageReading, page: int) -> PageReading:
    """The reading as that of another page."""
    return replace(
        reading,
        scene=replace(reading.scene, page=page),
        charts=tuple(replace(c, page=page) for c in reading.charts),
        findings=tuple(replace(f, page=page) for f in reading.findings),
    )


def many_words(count: int) -> Callable[[], object]:
    """A page of so many words in columns, seen and read."""
    with pymupdf.open() as document:
        page = document.new_page(width=1190, height=1684)
        for n in range(count):
            page.insert_text((20 + n % 20 * 58, 20 + n // 20 * 8), f"{n % 100}.{n % 10}%", fontsize=6)
        data = document.tobytes(deflate=True)
    path = Path(tempfile.gettempdir()) / f"chosa-words-{count}.pdf"

    def read() -> None:
        path.write_bytes(data)
        read_page(path, 0, Settings())
        path.unlink()

    return read


def many_labels(count: int) -> Callable[[], object]:
    """So many labels that nobody has matched before, in charts of ten."""
    matcher = matcher_for(None)
    names = iter(range(10**9))

    def match() -> None:
        for _ in range(count // 10):
            matcher.match([f"{ITEMS[n % len(ITEMS)]}{next(names)}" for n in range(10)], "item", "")

    return match


def growth(repeat: int) -> str:
    """Cost per thing at three sizes: level when cost grows with their number and not with its square."""
    kinds = (
        ("pages of a document", PAGES, many_pages),
        ("words of a page", WORDS, many_words),
        ("labels", LABELS, many_labels),
    )
    rows = []
    for name, sizes, make in kinds:
        costs = [milliseconds(make(size), repeat) / size for size in sizes]
        rows += [[name, *map(str, sizes)], ["CPU ms each", *(f"{c:.3f}" for c in costs)]]
    return table(["grows with", "small", "middle", "large"], rows)


def emit(reading: DocumentReading, repeat: int) -> str:
    """Rows of one document, repeated, written as tables."""
    from chosa.emitting import emit as write
    from chosa.reading import Finished

    document = Document("benchmark", Path("benchmark.pdf"), "benchmark.pdf")
    rows = document_rows(document, reading, [], matcher_for(None))
    times = max(1, ROWS // max(1, len(rows.observations)))
    with tempfile.TemporaryDirectory() as folder:
        store, out = Store(Path(folder) / "store"), Path(folder) / "out"
        out.mkdir()
        finished = []
        for number in range(times):
            own = Document(f"benchmark-{number}", document.path, document.given)
            key = key_of("benchmark", number)
            store.put(key, encode(document_rows(own, reading, [], matcher_for(None))))
            finished.append(Finished(own, key))
        spent = milliseconds(lambda: write(out, store, finished, (), ()), repeat)
    count = times * len(rows.observations)
    return table(["emit", "CPU ms"], [[f"{count} observations of {times} documents, CSV", f"{spent:.0f}"]])


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.stages",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", type=Path, nargs="*", help="PDF files; default the project's own reports")
    parser.add_argument("--repeat", type=int, default=5)
    args = parser.parse_args()
    files = args.files or sorted(REPORTS.glob("*.pdf"))
    print(machine(), pages(files, args.repeat), sep="\n\n", flush=True)
    steps, reading = whole(files, args.repeat)
    print("", steps, sep="\n", flush=True)
    print("", emit(reading, args.repeat), sep="\n", flush=True)
    print("", growth(args.repeat), "", rerun(files), sep="\n")


if __name__ == "__main__":
    main()
