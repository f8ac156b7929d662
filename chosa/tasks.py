"""What a worker process does: open a document, read a page, finish a document, picture a page.

Every task is a plain function: root of the store, the one file or folder it reads, plain arguments. So it
runs in any process that has these, on this machine or another. Results go through the store, so that a
task's answer is small and a killed run has lost nothing that was read.

The readers are imported inside the tasks: they take a second to load, and the process that only hands tasks
out, or finds everything in the store, does not need them. Worker processes have them loaded beforehand.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from chosa.codec import decode, encode
from chosa.errors import ChosaError
from chosa.executor import Failure
from chosa.failed_page import FailedPage
from chosa.inputs import Document
from chosa.rows import DocumentRows
from chosa.scene_places import Place, place_of
from chosa.store import Store, key_of
from extract.errors import ExtractError
from extract.settings import Settings
from extract.sources.origin import Origin

P = ParamSpec("P")
T = TypeVar("T")

# A page of 50 000 words is 20 MB of JSON; what is larger is a bomb, not a page.
MAX_READING_BYTES = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that can be read: what it says of itself, how many scenes it has, and how many of these
    at least need OCR."""

    origin: Origin
    scenes: int
    ocr: int = 0


@dataclass(frozen=True, slots=True)
class PageDone:
    """One page was read and is in the store."""

    charts: int
    findings: int
    text_source: str
    seconds: float


@dataclass(frozen=True, slots=True)
class PagePart:
    """One scene of a document to be finished: its key in the store, or why it could not be read."""

    index: int
    key: str
    failed: FailedPage | None = None


@dataclass(frozen=True, slots=True)
class DocumentDone:
    """One document's rows are in the store. ``boxed``: the scenes on which a number has a box."""

    observations: int
    accepted: int
    charts: int
    seconds: float
    boxed: tuple[tuple[Place, int], ...] = ()


def guarded(task: Callable[P, T]) -> Callable[P, T | Failure]:
    """The task with every error turned into a Failure. An error outside the family is a fault of ours:
    it costs this page only, and its trace goes to the log. What ends the whole run (ChosaError) is raised."""

    def run(*args: P.args, **kwargs: P.kwargs) -> T | Failure:
        try:
            return task(*args, **kwargs)
        except ExtractError as error:
            return Failure(_without_folders(str(error), args))
        except ChosaError:
            raise  # not this page's fault: the run cannot go on
        except MemoryError:
            return Failure("needs more memory than a worker may use; read it by itself with --memory raised")
        except Exception as error:
            trace = traceback.format_exc()
            return Failure(f"could not be read ({type(error).__name__}: {error}); please report it", trace)

    return run


def _without_folders(message: str, arguments: tuple[object, ...]) -> str:
    """The message with the files it is about by name alone: where they lie differs from worker to worker."""
    for path in arguments:
        if isinstance(path, Path):
            message = message.replace(str(path), path.name)
    return message


def open_document(root: Path, path: Path, settings: Settings) -> Opened | Failure:
    """What the file says of itself."""
    return guarded(_open)(path, settings)


def _open(path: Path, settings: Settings) -> Opened:
    from extract.sources import open_source

    with open_source(path, settings) as source:
        origin, scenes = source.origin, len(source)
    return Opened(origin, scenes, _for_ocr(path, origin, scenes, settings))


def _for_ocr(path: Path, origin: Origin, scenes: int, settings: Settings) -> int:
    """Scenes that are pictures, as far as a cheap look tells."""
    from extract.backends.peek import pages_without_fonts

    if origin.kind == "pdf":
        return pages_without_fonts(path, settings.passwords)
    return {"image": scenes, "html": max(0, scenes - 1)}.get(origin.kind, 0)


def page_into_store(root: Path, path: Path, key: str, index: int, settings: Settings) -> PageDone | Failure:
    """Read scene ``index`` of the file and keep it under the key."""
    return guarded(_page)(root, path, key, index, settings)


def _page(root: Path, path: Path, key: str, index: int, settings: Settings) -> PageDone | Failure:
    from extract.document import read_page_of
    from extract.sources.kept import kept_open

    start = time.perf_counter()
    with kept_open(path, settings) as source:
        reading = read_page_of(source, index)
    content = encode(reading)
    if len(content) > MAX_READING_BYTES:
        return Failure(
            f"the page holds too much ({len(content) >> 20} MiB of words and marks) to be a report's page"
        )
    Store(root).put(key, content)
    seconds = time.perf_counter() - start
    return PageDone(len(reading.charts), len(reading.findings), reading.scene.text_source, seconds)


def finish_into_store(
    root: Path,
    taxonomy: Path | None,
    key: str,
    document: Document,
    origin: Origin,
    parts: tuple[PagePart, ...],
) -> DocumentDone | Failure:
    """Read what only shows over all pages, match the labels, and keep the document's rows under the key
    and then, under ``done_key``, that they are there."""
    return guarded(_finish)(root, taxonomy, key, document, origin, parts)


def _finish(
    root: Path,
    taxonomy: Path | None,
    key: str,
    document: Document,
    origin: Origin,
    parts: tuple[PagePart, ...],
) -> DocumentDone:
    from chosa.join import document_rows
    from chosa.taxonomy import matcher_for
    from extract.document import read_whole
    from extract.finding import PageReading

    start = time.perf_counter()
    store = Store(root)
    pages, failed = [], []
    for part in parts:
        page = store.get(part.key, partial(decode, PageReading)) if not part.failed else None
        if page is not None:
            pages.append(page)
        else:
            failed.append(part.failed or FailedPage(None, None, "its reading was lost; run again"))
    rows = document_rows(document, read_whole(origin, pages), failed, matcher_for(taxonomy))
    store.put(key, encode(rows))
    accepted = sum(o.status == "accepted" for o in rows.observations)
    seconds = time.perf_counter() - start
    boxed = _boxed(rows, origin, parts)
    done = DocumentDone(len(rows.observations), accepted, len(rows.charts), seconds, boxed)
    store.put(done_key(key), encode(done))
    return done


def _boxed(rows: DocumentRows, origin: Origin, parts: tuple[PagePart, ...]) -> tuple[tuple[Place, int], ...]:
    boxed = {(o.page, o.image) for o in rows.observations if o.x0 is not None}
    places = ((place_of(origin, part.index), part.index) for part in parts)
    return tuple((place, index) for place, index in places if place in boxed)


def done_key(rows_key: str) -> str:
    """Where it is kept that a document's rows are in the store."""
    return key_of("done", rows_key)


def stored_done(store: Store, rows_key: str) -> DocumentDone | None:
    """What is said of a document's rows; None when they are not there, or not all of them."""
    return store.get(done_key(rows_key), partial(decode, DocumentDone)) if rows_key in store else None


def stored_rows(store: Store, key: str) -> DocumentRows | None:
    """A document's rows, None when they are not (or no longer) there."""
    return store.get(key, partial(decode, DocumentRows))
