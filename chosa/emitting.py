"""The rows of all documents, out of the store and into the tables; one document in memory at a time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from chosa.corrections import Correction, Corrector, IdOf, contradictions, read_corrections
from chosa.emit.crosswalk import Crosswalk
from chosa.emit.datapackage import datapackage
from chosa.emit.place import Placement, placing
from chosa.emit.sink import Sink
from chosa.join import failed_rows, run_note, twin_rows
from chosa.reading import Finished
from chosa.rows import DocumentRows
from chosa.same_report import SeenReports, fingerprint
from chosa.settings import Format
from chosa.store import Store
from chosa.tables import (
    CHARTS,
    DOCUMENTS,
    LABELS,
    NOTES,
    OBSERVATIONS,
    PAGES,
    READINGS,
    TABLES,
    DocumentRow,
    NoteRow,
)
from chosa.tasks import stored_rows

# Files of formats that were not asked for this time; left lying, they would contradict the new tables.
FORMAT_FILES: dict[Format, tuple[str, ...]] = {
    "parquet": tuple(f"{t.name}.parquet" for t in TABLES),
    "sqlite": ("chosa.sqlite",),
    "excel": ("chosa.xlsx", "crosstabs.xlsx"),
    "jsonl": tuple(f"{t.name}.jsonl" for t in TABLES),
}
BATCH_ROWS = 1000  # rows handed to the outputs at once


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """One document as the summary tells it."""

    row: DocumentRow
    pages: int
    charts: int
    observations: int
    accepted: int
    review: int


@dataclass(frozen=True, slots=True)
class Emitted:
    """What went into the tables."""

    documents: tuple[DocumentCount, ...]
    notes: tuple[tuple[str, int], ...]
    corrections_applied: int
    corrections_stale: int

    @property
    def observations(self) -> int:
        return sum(d.observations for d in self.documents)

    @property
    def accepted(self) -> int:
        return sum(d.accepted for d in self.documents)

    @property
    def review(self) -> int:
        return sum(d.review for d in self.documents)


def emit(
    out: Path,
    store: Store,
    finished: Sequence[Finished],
    skipped: Sequence[str],
    formats: Sequence[Format],
    id_of: IdOf | None = None,
) -> Emitted:
    """Write every table of the run and move them into place; ``id_of`` matches labels that people put
    right. Raises OutputFailed, UsageError."""
    corrections = read_corrections(out)
    corrector = Corrector(corrections, id_of, frozenset(f.document.sha256 for f in finished))
    tally = _Tally()
    with placing(out) as placement, _open_sinks(placement, formats) as sinks:
        for rows in _rows(store, finished):
            tally.reports.add(fingerprint(rows))
            _write(sinks, tally.count(corrector.apply(rows)))
        same = tally.settle_same()
        _write_last(sinks, tally, _run_notes(skipped, corrections, corrector, same))
        placement.path("datapackage.json").write_text(datapackage(TABLES), encoding="utf-8", newline="\n")
    _remove_stale(out, formats)
    return Emitted(
        tuple(tally.documents), tuple(sorted(tally.notes.items())), corrector.applied, len(corrector.stale())
    )


def _rows(store: Store, finished: Iterable[Finished]) -> Iterator[DocumentRows]:
    """The rows of each document in order: from the store, or the row that says why there are none."""
    for each in finished:
        if each.document.twin:
            yield twin_rows(each.document)
        elif each.problem:
            yield failed_rows(each.document, each.problem)
        else:
            lost = "its rows were lost from the cache while the run went on; run again"
            yield stored_rows(store, each.key) or failed_rows(each.document, lost)


class _Tally:
    """What is only known when all documents have passed: counts, the crosswalk, which are the same report."""

    def __init__(self) -> None:
        self.documents: list[DocumentCount] = []
        self.notes: Counter[str] = Counter()
        self.labels = Crosswalk()
        self.reports = SeenReports()

    def count(self, rows: DocumentRows) -> DocumentRows:
        statuses = Counter(o.status for o in rows.observations)
        self.documents.append(
            DocumentCount(
                row=rows.document,
                pages=len(rows.pages),
                charts=len(rows.charts),
                observations=len(rows.observations),
                accepted=statuses["accepted"] + statuses["corrected"],
                review=statuses["review"],
            )
        )
        self.notes.update(note.code for note in rows.notes)
        self.labels.add(rows.labels)
        return rows

    def settle_same(self) -> dict[str, str]:
        """Name in each document the earlier one that is the same report; all such pairs."""
        same = self.reports.same()
        for n, document in enumerate(self.documents):
            twin = same.get(document.row.document_id)
            if twin:
                self.documents[n] = replace(document, row=replace(document.row, same_report_as=twin))
        return same


def _run_notes(
    skipped: Sequence[str], corrections: Sequence[Correction], corrector: Corrector, same: dict[str, str]
) -> list[NoteRow]:
    notes = [run_note("file-skipped", name) for name in skipped]
    notes += [
        run_note("same-report", f"the same report as {first}", id) for id, first in sorted(same.items())
    ]
    notes += [
        run_note("correction-stale", f"{_said(c)} by {c.who} on {c.when}: {_meant(c)}: {reason}")
        for c, reason in corrector.stale()
    ]
    notes += [
        run_note(
            "correction-contradicted",
            f"{_said(first)} by {first.who}, {_said(second)} by {second.who}: {_meant(second)}",
        )
        for first, second in contradictions(corrections)
    ]
    return notes


def _said(c: Correction) -> str:
    return f"{c.action} {c.field} {c.before!r} -> {c.after!r}" if c.action == "set" else c.action


def _meant(c: Correction) -> str:
    where = f"{c.file} page {c.page}" if c.page else f"{c.file} {c.image}".strip()
    return f"{c.item} {c.segment} {c.value} ({where})"


def _write(sinks: Sequence[Sink], rows: DocumentRows) -> None:
    for sink in sinks:
        sink.write(OBSERVATIONS, rows.observations)
        sink.write(PAGES, rows.pages)
        sink.write(CHARTS, rows.charts)
        sink.write(READINGS, rows.readings)
        sink.write(NOTES, rows.notes)


def _write_last(sinks: Sequence[Sink], tally: _Tally, notes: Sequence[NoteRow]) -> None:
    tally.notes.update(note.code for note in notes)
    documents = (each.row for each in tally.documents)
    for table, rows in ((DOCUMENTS, documents), (LABELS, tally.labels.rows()), (NOTES, notes)):
        for batch in _batches(rows):
            for sink in sinks:
                sink.write(table, batch)


def _batches(rows: Iterable[Any]) -> Iterator[Sequence[Any]]:
    rows = iter(rows)
    return iter(lambda: tuple(islice(rows, BATCH_ROWS)), ())


@contextmanager
def _open_sinks(placement: Placement, formats: Sequence[Format]) -> Iterator[list[Sink]]:
    """Every output asked for, finished at the end; let go of when something went wrong."""
    sinks: list[Sink] = []
    try:
        sinks += _sinks(placement, formats)
        yield sinks
        for sink in sinks:
            sink.close()
    except BaseException:
        for sink in sinks:
            sink.abandon()
        raise


def _sinks(placement: Placement, formats: Sequence[Format]) -> Iterator[Sink]:
    """CSV always; the others load their libraries only when asked for."""
    from chosa.emit.csv_files import CsvSink

    yield CsvSink(placement, TABLES)
    if "parquet" in formats:
        from chosa.emit.parquet_files import ParquetSink

        yield ParquetSink(placement, TABLES)
    if "sqlite" in formats:
        from chosa.emit.sqlite_file import SqliteSink

        yield SqliteSink(placement, TABLES)
    if "excel" in formats:
        from chosa.emit.crosstab_file import CrosstabSink
        from chosa.emit.excel_file import ExcelSink

        yield ExcelSink(placement, TABLES)
        yield CrosstabSink(placement, TABLES)
    if "jsonl" in formats:
        from chosa.emit.jsonl_files import JsonlSink

        yield JsonlSink(placement, TABLES)


def _remove_stale(out: Path, formats: Sequence[Format]) -> None:
    for format, files in FORMAT_FILES.items():
        if format not in formats:
            for name in files:
                (out / name).unlink(missing_ok=True)


def write_run_file(out: Path, content: dict[str, object]) -> None:
    """run.json: what was run, on what, with what."""
    with placing(out) as placement:
        text = json.dumps(content, ensure_ascii=False, indent=2, default=str)
        placement.path("run.json").write_text(
            text + "\n", encoding="utf-8", errors="backslashreplace", newline="\n"
        )
