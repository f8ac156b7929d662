"""Every document of a run is opened: what it says of itself, how many scenes it has, how many need OCR."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from structlog.typing import FilteringBoundLogger

from chosa.codec import decode, encode
from chosa.entry_keys import EntryKeys
from chosa.executor import Call, Executor, Failure
from chosa.inputs import Document
from chosa.progress import Progress
from chosa.settings import OPEN_SHARE, RunSettings
from chosa.store import Store
from chosa.tasks import Opened, open_document
from extract.sources.origin import Origin


@dataclass(frozen=True, slots=True)
class Reader:
    """What every step needs."""

    settings: RunSettings
    store: Store
    keys: EntryKeys
    executor: Executor
    log: FilteringBoundLogger
    progress: Progress


@dataclass(frozen=True, slots=True)
class Readable:
    """A document that could be opened, which of its scenes are to be read, and how many need OCR."""

    document: Document
    origin: Origin
    indices: tuple[int, ...]
    ocr: int = 0


def open_documents(reader: Reader, documents: Sequence[Document]) -> dict[str, Failure]:
    """Afterwards every document's Opened is in the store, but for those that cannot be opened."""
    failures: dict[str, Failure] = {}
    missing = [d for d in documents if reader.keys.opened(d) not in reader.store]
    reader.progress.begin("opening", len(missing))
    reader.executor.run(_open_calls(reader, missing, failures))
    return failures


def _open_calls(
    reader: Reader, documents: Iterable[Document], failures: dict[str, Failure]
) -> Iterator[Call]:
    settings = replace(reader.settings.extract, pages=())
    seconds = OPEN_SHARE * reader.settings.page_seconds
    for document in documents:
        then = partial(_opened, reader, document, failures)
        yield Call(open_document, document.path.absolute(), (settings,), seconds, then)


def _opened(reader: Reader, document: Document, failures: dict[str, Failure], answer: Any) -> tuple[()]:
    reader.progress.step()
    if isinstance(answer, Opened):
        reader.store.put(reader.keys.opened(document), encode(answer))
        kind, scenes = answer.origin.kind, answer.scenes
        reader.log.info("opened", document=document.id, file=document.given, kind=kind, scenes=scenes)
    else:
        failures[document.id] = answer
        error, trace = answer.message, answer.trace
        reader.log.error("not-opened", document=document.id, file=document.given, error=error, trace=trace)
    return ()


def readable(reader: Reader, document: Document) -> Readable | Failure:
    """The opened document with the scenes to read: those of the pages asked for, all where it has none."""
    opened = reader.store.get(reader.keys.opened(document), partial(decode, Opened))
    if opened is None:
        return Failure("what was known of it was lost from the cache while the run went on; run again")
    pages = reader.settings.extract.pages
    wanted = tuple(
        i for i in range(opened.scenes) if not pages or opened.origin.pages is None or i + 1 in pages
    )
    if opened.scenes and not wanted:
        return Failure(
            f"{document.path.name} has {opened.scenes} pages and none of those asked for with --pages"
        )
    return Readable(document, opened.origin, wanted, min(opened.ocr, len(wanted)))
