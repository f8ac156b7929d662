"""One input, made from a seed and a number and read from end to end; and what a reading always promises."""

from __future__ import annotations

import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from benchmarks.fuzz import seeds
from benchmarks.fuzz.mutate import mutated
from benchmarks.fuzz.scenes import mutated_scene
from chosa.codec import decode, encode
from chosa.inputs import Document
from chosa.join import document_rows
from chosa.rows import DocumentRows
from chosa.taxonomy import matcher_for
from extract.backends import OCR_ENGINES
from extract.document import read_page, read_scene, read_whole
from extract.errors import ExtractError
from extract.finding import PageReading
from extract.scene import Scene
from extract.settings import Settings
from extract.sources import open_source
from extract.sources.origin import Origin

# Every second input is a scene; of the files so many in a hundred are of a kind, whatever their number.
SCENES = 2
KINDS = {"pdf": 40, "html": 20, "svg": 15, "txt": 15}
# Pages of a file that are read: the mutation shows in the first ones or not at all.
PAGES = 2
ENGINE = {"guess": "benchmarks.fuzz.guess:Guess"}  # known while an input is read


@dataclass(frozen=True, slots=True)
class Input:
    """A mutated file, or mutated scenes of one document."""

    name: str
    data: bytes = b""
    scenes: tuple[Scene, ...] = ()

    @property
    def kind(self) -> str:
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``read`` (with results or without), ``refused`` (an error that says what to do), ``out of memory``,
    ``broken`` (a fault)."""

    what: str
    results: int = 0
    message: str = ""
    trace: str = ""
    kind: str = ""


def make_input(seed: int, number: int) -> Input:
    """The same seed and number give the same input."""
    dice = Random(f"{seed} {number}")
    if number % SCENES == 0:
        known = seeds.scenes()
        chosen = [dice.choice(known) for _ in range(dice.choice((1, 1, 2)))]
        scenes = tuple(mutated_scene(dice, scene, dice.choice(known)) for scene in chosen)
        return Input(f"{seed}-{number}.scenes", scenes=scenes)
    wanted = dice.choices([*KINDS, ""], [*KINDS.values(), 100 - sum(KINDS.values())])[0]
    files = [f for f in seeds.files() if f.kind == wanted or (not wanted and f.kind not in KINDS)]
    chosen_file = dice.choice(files)
    others = [f.data for f in files if f.kind == chosen_file.kind]
    data = mutated(dice, chosen_file.kind, chosen_file.data, others)
    return Input(f"{seed}-{number}.{chosen_file.kind}", data=data)


def attempt(root: Path, _: Path | None, seed: int, number: int, ocr: str) -> Outcome:
    """Make the input and read it, in a worker that may write to the folder ``root``."""
    found = make_input(seed, number)
    return replace(read_input(found, root, ocr), kind=found.kind)


def read_input(found: Input, root: Path, ocr: str = "guess") -> Outcome:
    """What becomes of an input: every error outside the family, and every broken promise, is a fault."""
    try:
        rows = _rows_of_scenes(found) if found.scenes else _rows_of_file(found, root, ocr)
        broken = sorted(set(broken_promises(rows)))
    except ExtractError as error:
        return Outcome("refused", message=str(error))
    except MemoryError:
        return Outcome("out of memory")
    except Exception as error:
        return Outcome(
            "broken", message=f"{type(error).__name__}: {error}"[:200], trace=traceback.format_exc()
        )
    if broken:
        return Outcome("broken", message="; ".join(broken)[:200])
    return Outcome("read", len(rows.observations))


def _rows_of_scenes(found: Input) -> DocumentRows:
    pages = [_kept(read_scene(scene)) for scene in found.scenes]
    return _rows(found.name, Origin(found.name, "pdf", len(pages)), pages)


def _rows_of_file(found: Input, root: Path, ocr: str) -> DocumentRows:
    settings = Settings(ocr=ocr)  # type: ignore[arg-type]
    with patch.dict(OCR_ENGINES, ENGINE), tempfile.TemporaryDirectory(dir=root) as folder:
        path = Path(folder) / found.name
        path.write_bytes(found.data)
        with open_source(path, settings) as source:
            origin, count = source.origin, len(source)
        pages = list(_pages(path, min(count, PAGES), settings))
        return _rows(found.name, origin, pages)


def _pages(path: Path, count: int, settings: Settings) -> Iterator[PageReading]:
    """The pages that can be read; the last error is raised when none can."""
    refused: ExtractError | None = None
    kept = 0
    for index in range(count):
        try:
            yield _kept(read_page(path, index, settings))
            kept += 1
        except ExtractError as error:
            refused = error
    if refused and not kept:
        raise refused


def _kept(reading: PageReading) -> PageReading:
    """The page as it comes back from the store."""
    return decode(PageReading, encode(reading))


def _rows(name: str, origin: Origin, pages: list[PageReading]) -> DocumentRows:
    document = Document("fuzz", Path(name), name)
    rows = document_rows(document, read_whole(origin, pages), [], matcher_for(None))
    return decode(DocumentRows, encode(rows))


def broken_promises(rows: DocumentRows) -> Iterator[str]:
    """What the columns promise and these rows do not keep."""
    for row in rows.observations:
        numbers: tuple[Any, ...] = (row.value, row.confidence, row.x0, row.y0, row.x1, row.y1, row.scale)
        if not all(n is None or isfinite(n) for n in numbers):
            yield "a number that is none in a row"
        if not 0 <= row.confidence <= 1:
            yield f"a confidence of {row.confidence}"
        if row.status not in ("accepted", "review"):
            yield f"a status of {row.status!r}"
        if not row.observation_id:
            yield "a row without id"
    ids = [row.observation_id for row in rows.observations]
    if len(set(ids)) < len(ids):
        yield "two rows with one id"
