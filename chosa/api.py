"""chosa from Python: run it on files, get the tables as pandas DataFrames."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

import pandas as pd

from chosa import comparison
from chosa.comparison import Comparison, cells_of
from chosa.emit.cells import undefused
from chosa.errors import NothingThere
from chosa.observation import Observation
from chosa.pipeline import run_pipeline
from chosa.places import default_cache
from chosa.plot.drawing import comparison_drawing
from chosa.schema import Table
from chosa.settings import Format, RunSettings, default_jobs
from chosa.tables import CHARTS, DOCUMENTS, LABELS, NOTES, OBSERVATIONS, PAGES, READINGS, DocumentRow
from extract.settings import Settings

R = TypeVar("R")
_DTYPES = {"string": "string", "integer": "Int64", "number": "Float64"}


@dataclass(frozen=True)
class Result:
    """The tables of a run, columns as in the CSV files (see output/README.md).

    Text columns are ``string`` with "" where empty, numbers are nullable ``Int64`` and ``Float64``.
    ``exit_code``: 0 all read, 1 some files or pages failed (``documents.error`` says why).
    """

    observations: pd.DataFrame
    documents: pd.DataFrame
    pages: pd.DataFrame
    charts: pd.DataFrame
    readings: pd.DataFrame
    labels: pd.DataFrame
    notes: pd.DataFrame
    exit_code: int = 0

    def __repr__(self) -> str:
        rows, files = len(self.observations), len(self.documents)
        return f"<{rows} observations of {files} documents, exit code {self.exit_code}>"

    def compare(self, item_id: str, segment_id: str | None = None) -> Compared:
        """One item across the reports and years: each fact once, rejected rows left out. ``segment_id``
        "" is everyone, None every group. Raises NothingThere when no row has the id."""
        points = comparison.compare(
            _records(self.observations, Observation),
            _records(self.documents, DocumentRow),
            item_id,
            segment_id,
        )
        if not points.points:
            raise NothingThere(f"no row has item_id {item_id!r}; ids are in the column item_id of labels")
        return Compared(points)


@dataclass(frozen=True)
class Compared:
    """One item across reports; a notebook shows it as its picture."""

    comparison: Comparison

    @property
    def table(self) -> pd.DataFrame:
        """A row per fact: report, group, question, value, base and the ends of its 95 % interval (Wilson)."""
        rows = [cells_of(point) for point in self.comparison.points]
        frame = pd.DataFrame(rows, columns=list(comparison.COLUMNS))
        numbers = {"value": "Float64", "base_n": "Int64", "low_95": "Float64", "high_95": "Float64"}
        return frame.astype({name: numbers.get(name, "string") for name in frame.columns})

    @property
    def warnings(self) -> tuple[str, ...]:
        """What differs between the facts beside the value, as sentences."""
        return self.comparison.warnings

    def png(self) -> bytes:
        """The picture, with a Japanese font of its own."""
        from chosa.plot.png import as_png

        return as_png(comparison_drawing(self.comparison))

    def svg(self) -> str:
        """The picture, with the viewer's fonts."""
        from chosa.plot.svg import as_svg

        return as_svg(comparison_drawing(self.comparison))

    def __repr__(self) -> str:
        found = self.comparison
        item = found.points[0].observation.item_id
        return f"<{item}: {len(found.points)} facts, {len(found.warnings)} warnings>"

    def _repr_png_(self) -> bytes:
        return self.png()


def _records(frame: pd.DataFrame, row: type[R]) -> Iterator[R]:
    """The rows of a table as the records they were; empty cells of number columns are None."""
    for cells in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        yield row(**{str(name): cell for name, cell in cells.items()})


def run(
    paths: str | Path | Sequence[str | Path],
    out: str | Path | None = None,
    *,
    pages: Sequence[int] = (),
    ocr: Literal["rapid", "tesseract"] = "rapid",
    jobs: int | None = None,
    scheduler: str | None = None,
    taxonomy: str | Path | None = None,
    passwords: Sequence[str] = (),
    formats: Sequence[Format] = (),
    cache: bool = True,
) -> Result:
    """Read files and folders; the same as ``chosa run`` on the command line.

    ``out`` keeps the output files, None keeps only the returned tables. ``pages`` are 1-based.
    ``scheduler`` is the address of a Dask cluster to read on instead of ``jobs`` processes here. Files that
    cannot be read do not raise: they are rows of ``documents`` with an error. Raises ChosaError when the
    run itself cannot go on (output not writable, in use by another run, unusable taxonomy).

    >>> result = run("reports/")                                           # doctest: +SKIP
    >>> result.observations.query("item_id == 'churn_rate'")[["segment", "value"]]   # doctest: +SKIP
    """
    settings = RunSettings(
        extract=Settings(ocr=ocr, passwords=tuple(passwords), pages=tuple(pages)),
        jobs=jobs or default_jobs(),
        scheduler=scheduler or "",
        taxonomy=Path(taxonomy) if taxonomy else None,
        cache=default_cache() if cache else None,
        formats=tuple(formats),
        review_page=out is not None,
    )
    inputs = [paths] if isinstance(paths, str | Path) else list(paths)
    if out is not None:
        return load(out, run_pipeline(inputs, Path(out), settings).exit_code)
    with tempfile.TemporaryDirectory(prefix="chosa-") as folder:
        return load(folder, run_pipeline(inputs, Path(folder), settings).exit_code)


def load(directory: str | Path, exit_code: int = 0) -> Result:
    """The tables of an earlier run. Raises FileNotFoundError when there are none."""
    folder = Path(directory)
    return Result(
        **{
            t.name: read_table(folder, t)
            for t in (OBSERVATIONS, DOCUMENTS, PAGES, CHARTS, READINGS, LABELS, NOTES)
        },
        exit_code=exit_code,
    )


def read_table(folder: Path, table: Table) -> pd.DataFrame:
    """One table as it was before its text was defused for spreadsheets."""
    dtypes = {column.name: _DTYPES[column.kind] for column in table.columns}
    blank = {c.name: [] if c.kind == "string" else [""] for c in table.columns}
    frame = pd.read_csv(folder / f"{table.name}.csv", dtype=dtypes, keep_default_na=False, na_values=blank)
    for column in table.columns:
        if column.kind == "string":
            frame[column.name] = frame[column.name].map(undefused).astype("string")
    return frame
