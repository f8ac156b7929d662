"""The documents of a run are read, one stream of calls through the store.

pages of a document -> its rows -> pictures of its pages. What is in the store is not asked for again. Nothing
is held of a document that is done but where its rows are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any

from chosa.executor import Call, Failure
from chosa.failed_page import FailedPage
from chosa.inputs import Document
from chosa.opening import Readable, Reader, open_documents, readable
from chosa.picturing import picture_calls
from chosa.scene_places import place_of
from chosa.settings import OCR_SECONDS
from chosa.tasks import (
    DocumentDone,
    PageDone,
    PagePart,
    done_key,
    finish_into_store,
    page_into_store,
    stored_done,
)


@dataclass(frozen=True, slots=True)
class Finished:
    """Where a document's rows are in the store; or why there are none. ``read`` pages were read in this
    run, ``kept`` were there from an earlier one."""

    document: Document
    key: str = ""
    problem: str = ""
    read: int = 0
    kept: int = 0


@dataclass(slots=True)
class _Underway:
    """A document whose pages are being read."""

    what: Readable
    missing: tuple[int, ...]
    failed: dict[int, Failure] = field(default_factory=dict)
    left: int = 0


@dataclass(frozen=True, slots=True)
class _Plan:
    """A document with pages or rows to make: its scenes, and how many of them need OCR."""

    document: Document
    scenes: int
    ocr: int


def read_documents(reader: Reader, documents: Sequence[Document]) -> list[Finished]:
    """One Finished per document, in their order."""
    able = [d for d in documents if not d.problem and not d.twin]
    unopened = open_documents(reader, able)
    finished = {d.id: Finished(d, problem=d.problem) for d in documents}
    for document in able:
        if document.id in unopened:
            finished[document.id] = _problem(document, unopened[document.id])
    plans = _planned(reader, [d for d in able if d.id not in unopened])
    reader.executor.run(_calls(reader, plans, finished))
    return list(finished.values())


def _planned(reader: Reader, documents: Sequence[Document]) -> list[Document]:
    """The documents, those first that take longest, so that at the end no worker waits for one of them.
    Says how much there is to do."""
    plans = [_plan(reader, document) for document in documents]
    ocr = sum(plan.ocr for plan in plans)
    reader.progress.estimate(ocr, ocr * OCR_SECONDS / reader.executor.capacity)
    reader.progress.begin("reading", sum(plan.scenes for plan in plans) + len(plans))
    return [p.document for p in sorted(plans, key=lambda plan: (-plan.ocr, -plan.scenes))]


def _plan(reader: Reader, document: Document) -> _Plan:
    """What is not in the store. Documents are mostly all pictures or none."""
    what = readable(reader, document)
    missing = len(_missing(reader, what)) if isinstance(what, Readable) else 0
    return _Plan(document, missing, min(what.ocr, missing) if isinstance(what, Readable) else 0)


def _missing(reader: Reader, what: Readable) -> tuple[int, ...]:
    """Scenes to be read: none when the rows made of all of them are there."""
    if stored_done(reader.store, reader.keys.rows(what.document, _parts(reader, what, {}))):
        return ()
    return tuple(i for i in what.indices if reader.keys.page(what.document, i) not in reader.store)


def _calls(reader: Reader, documents: Sequence[Document], finished: dict[str, Finished]) -> Iterator[Call]:
    for document in documents:
        what = readable(reader, document)
        if isinstance(what, Failure):
            finished[document.id] = _problem(document, what)
            reader.progress.step()
            continue
        missing = _missing(reader, what)
        underway = _Underway(what, missing, left=len(missing))
        yield from _page_calls(reader, underway, finished)
        if not missing:
            yield from _finish(reader, underway, finished)


def _page_calls(reader: Reader, underway: _Underway, finished: dict[str, Finished]) -> Iterator[Call]:
    document = underway.what.document
    settings = replace(reader.settings.extract, pages=())
    for index in underway.missing:
        key = reader.keys.page(document, index)
        then = partial(_page_ended, reader, underway, finished, index)
        yield Call(
            page_into_store, document.path.absolute(), (key, index, settings), reader.settings.page_seconds,
            then, makes=(key,),
        )  # fmt: skip


def _page_ended(
    reader: Reader, underway: _Underway, finished: dict[str, Finished], index: int, answer: Any
) -> Iterator[Call]:
    reader.progress.step()
    log = reader.log.bind(document=underway.what.document.id, scene=index + 1)
    if isinstance(answer, PageDone):
        log.info("page", **(asdict(answer) | {"seconds": round(answer.seconds, 3)}))
    else:
        underway.failed[index] = answer
        log.error("page-failed", error=answer.message, trace=answer.trace)
    underway.left -= 1
    if not underway.left:
        yield from _finish(reader, underway, finished)


def _finish(reader: Reader, underway: _Underway, finished: dict[str, Finished]) -> Iterator[Call]:
    """The call that makes the document's rows; what follows where they are there already."""
    what, document = underway.what, underway.what.document
    parts = _parts(reader, what, underway.failed)
    key = reader.keys.rows(document, parts)
    then = partial(_rows_ended, reader, underway, finished, key)
    if underway.missing and document.changed():
        yield from then(_forgotten(reader, underway))
        return
    done = stored_done(reader.store, key)
    if done:
        yield from then(done, cached=True)
        return
    taxonomy = reader.settings.taxonomy.absolute() if reader.settings.taxonomy else None
    yield Call(
        finish_into_store, taxonomy, (key, document, what.origin, parts), reader.settings.page_seconds,
        then, needs=tuple(part.key for part in parts if part.key), makes=(key, done_key(key)),
    )  # fmt: skip


def _forgotten(reader: Reader, underway: _Underway) -> Failure:
    """What was read of a file that changed meanwhile is kept under the hash of other bytes: away with it."""
    document = underway.what.document
    for index in underway.missing:
        reader.store.drop(reader.keys.page(document, index))
    reader.store.drop(reader.keys.opened(document))
    return Failure("was changed while it was being read; run again")


def _rows_ended(
    reader: Reader,
    underway: _Underway,
    finished: dict[str, Finished],
    key: str,
    answer: Any,
    cached: bool = False,
) -> Iterator[Call]:
    reader.progress.step()
    document = underway.what.document
    read = len(underway.missing) - len(underway.failed)
    kept = len(underway.what.indices) - len(underway.missing)
    if isinstance(answer, DocumentDone):
        finished[document.id] = Finished(document, key, "", read, kept)
        reader.log.info(
            "document", document=document.id, observations=answer.observations, accepted=answer.accepted,
            charts=answer.charts, seconds=round(answer.seconds, 3), cached=cached,
        )  # fmt: skip
        yield from picture_calls(reader, document, answer)
    else:
        finished[document.id] = _problem(document, answer, read, kept)
        reader.log.error("document-failed", document=document.id, error=answer.message, trace=answer.trace)


def _parts(reader: Reader, what: Readable, failed: dict[int, Failure]) -> tuple[PagePart, ...]:
    return tuple(_part(reader, what, index, failed.get(index)) for index in what.indices)


def _part(reader: Reader, what: Readable, index: int, failure: Failure | None) -> PagePart:
    if failure is None:
        return PagePart(index, reader.keys.page(what.document, index))
    page, image = place_of(what.origin, index)
    return PagePart(index, "", FailedPage(page, image or None, _named(what.document, failure.message)))


def _problem(document: Document, failure: Failure, read: int = 0, kept: int = 0) -> Finished:
    return Finished(document, "", _named(document, failure.message), read, kept)


def _named(document: Document, message: str) -> str:
    """The message with the file's name in it."""
    name = document.path.name
    return message if name in message else f"{name}: {message}"
