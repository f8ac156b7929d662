"""What is mutated: the project's own reports, hostile files, drawings, and scenes of generated charts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pymupdf

from benchmarks.generated import known_charts
from extract.scene import Scene
from extract.settings import Settings
from extract.sources import open_source
from extract.sources.grids import with_grids
from fixtures.hostile import CASES, Surroundings
from fixtures.hostile.pen import DUMP, HTML

REPORTS = Path(__file__).resolve().parents[2] / "fixtures" / "reports"
# Reports whose pages have content beside a picture.
VECTOR = ("release_vector.pdf", "release_pasted.pdf", "crosstabs.pdf")
# Bytes; larger files are mutated just as well, only slower.
LARGEST = 200_000
CHARTS = 12


@dataclass(frozen=True, slots=True)
class Seed:
    """A file to mutate: its name, whose ending says how, and its bytes."""

    name: str
    data: bytes

    @property
    def kind(self) -> str:
        return self.name.rpartition(".")[2]


@cache
def files() -> tuple[Seed, ...]:
    """Reports (PDF also with its streams unpacked, so that their content can be mutated), dumps, drawings."""
    reports = [Seed(p.name, p.read_bytes()) for p in sorted(REPORTS.rglob("*")) if p.is_file()]
    unpacked = [replace(s, data=expanded(s.data)) for s in reports if s.name in VECTOR]
    vector = pymupdf.open(REPORTS / "release_vector.pdf")
    drawings = [
        Seed(f"chart-{page.number}.svg", page.get_svg_image(text_as_path=False).encode()) for page in vector
    ]
    small = [Seed("page.html", HTML.encode()), Seed("dump.txt", DUMP.encode())]
    return (*reports, *unpacked, *drawings, *small, *hostile())


@cache
def hostile() -> tuple[Seed, ...]:
    """The small files of the hostile corpus: already odd, they are odder still when mutated."""
    import tempfile

    found = []
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(c for c in CASES if not c.heavy and not c.endless):
            path = Path(folder) / str(number)
            case.write(path, Surroundings())
            if path.is_file() and not path.is_symlink() and 0 < path.stat().st_size < LARGEST // 10:
                found.append(Seed(f"hostile{Path(case.name).suffix.lower()}", path.read_bytes()))
    return tuple(found)


def expanded(pdf: bytes) -> bytes:
    """The file with every stream but images unpacked."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        return bytes(document.tobytes(expand=255, no_new_id=True, garbage=0))


@cache
def scenes() -> tuple[Scene, ...]:
    """Charts with known truth and the pages of the reports with a text layer."""
    found = [known.scene for known in known_charts(CHARTS, 1)]
    for name in ("release_vector.pdf", "crosstabs.pdf", "release_dump.txt", "release_web.html"):
        with open_source(REPORTS / name, Settings()) as source:
            count = len(source) if name.endswith("pdf") else 1
            found += [with_grids(source.see(index)) for index in range(count)]
    return tuple(found)
