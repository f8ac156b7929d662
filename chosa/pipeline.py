"""The run: find the inputs, read them in workers, emit the tables."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from filelock import FileLock, Timeout

from chosa.corrections import IdOf
from chosa.emit.place import why_not_written
from chosa.emit.timeline import timeline
from chosa.emitting import Emitted, emit, write_run_file
from chosa.entry_keys import EntryKeys
from chosa.errors import OutputBusy, OutputFailed, UsageError
from chosa.executor import Executor
from chosa.inputs import find_inputs
from chosa.opening import Reader
from chosa.picturing import Pictures
from chosa.progress import Progress, Quiet
from chosa.reading import Finished, read_documents
from chosa.record import run_record
from chosa.settings import RunSettings
from chosa.store import Store
from chosa.workers import Workers

LOCK = ".chosa.lock"
SCRATCH = ".chosa-scratch"


@dataclass(frozen=True, slots=True)
class Report:
    """How a run went."""

    out: Path
    emitted: Emitted
    pages_read: int
    pages_kept: int
    seconds: float

    @property
    def exit_code(self) -> int:
        """0 when everything was read, 1 when a file or page was not."""
        return int(any(d.row.status in ("partial", "error") for d in self.emitted.documents))


def run_pipeline(
    paths: Sequence[str | Path], out: Path, settings: RunSettings, progress: Progress | None = None
) -> Report:
    """Read the inputs and write their tables to ``out``. Raises ChosaError."""
    if not paths:
        raise UsageError("nothing to read: name at least one file or folder")
    if settings.taxonomy:
        _check_taxonomy(settings.taxonomy)
    try:
        return _run(paths, out, settings, progress or Quiet())
    except OSError as error:  # the log too is written to this directory
        raise OutputFailed(why_not_written(out, error)) from error


def _run(paths: Sequence[str | Path], out: Path, settings: RunSettings, progress: Progress) -> Report:
    start = time.perf_counter()
    with _locked(out), timeline(out / "log.jsonl") as log, _store(out, settings) as store:
        inputs = find_inputs(paths)
        log.info("start", inputs=len(inputs.documents), skipped=len(inputs.skipped))
        with _executor(settings, store) as executor:
            keys = EntryKeys(settings.extract, settings.taxonomy)
            reader = Reader(settings, store, keys, executor, log, progress)
            finished = read_documents(reader, inputs.documents)
        emitted = emit(out, store, finished, inputs.skipped, settings.formats, _id_of(settings.taxonomy))
        if settings.review_page:
            _write_review(out, store, finished)
        report = _report(out, emitted, finished, time.perf_counter() - start)
        write_run_file(
            out, run_record(settings, emitted, report.pages_read, report.pages_kept, report.seconds)
        )
        log.info("end", observations=emitted.observations, seconds=round(report.seconds, 3))
    return report


def _executor(settings: RunSettings, store: Store) -> Executor:
    """This machine's processes, or a Dask cluster. Raises WorkersFailed, UsageError."""
    if settings.scheduler:
        from chosa.cluster import Cluster

        return Cluster(settings.scheduler, store, settings.worker_memory_mib)
    return Workers(store.root, settings.jobs, settings.worker_memory_mib)


def _check_taxonomy(folder: Path) -> None:
    """A faulty taxonomy is told at once, not by every document. Raises UsageError."""
    from chosa.taxonomy import matcher_for

    matcher_for(folder.absolute())


def _id_of(taxonomy: Path | None) -> IdOf:
    """Matches a label that a person put right; the matcher is loaded when there is one."""

    def id_of(kind: str, label: str, question: str) -> str:
        from chosa.taxonomy import matcher_for

        matcher = matcher_for(taxonomy.absolute() if taxonomy else None)
        return matcher.match([label], cast(Any, kind), question)[0].id or ""

    return id_of


def _report(out: Path, emitted: Emitted, finished: Sequence[Finished], seconds: float) -> Report:
    return Report(out, emitted, sum(f.read for f in finished), sum(f.kept for f in finished), seconds)


def _write_review(out: Path, store: Store, finished: Sequence[Finished]) -> None:
    from chosa.review.page import write_review_page

    pictures = Pictures(store, {f.document.id: (f.document, f.key) for f in finished})
    write_review_page(out, lambda key: pictures.image(key[0], (key[1], key[2])))


@contextmanager
def _locked(out: Path) -> Iterator[None]:
    """The output directory, made if need be and held by this run alone."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / LOCK)
        lock.acquire(timeout=0)
    except Timeout:
        raise OutputBusy(
            f"another run is writing to {out}; wait for it, or choose another directory with -o"
        ) from None
    except OSError as error:
        raise OutputFailed(why_not_written(out, error)) from error
    try:
        yield
    finally:
        lock.release()


def _usable(folder: Path) -> bool:
    """Whether something can be kept there: a home directory may be read-only, or missing."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


@contextmanager
def _store(out: Path, settings: RunSettings) -> Iterator[Store]:
    """The cache; or, when none is wanted or it cannot be written to, a store that goes with the run."""
    if settings.cache and _usable(settings.cache):
        yield Store(settings.cache)
        return
    scratch = out / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    try:
        yield Store(scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
