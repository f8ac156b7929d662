"""The documents of a run are opened, their pages read, each finished: in workers, through the store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial

from structlog.typing import FilteringBoundLogger

from chosa.codec import decode, encode
from chosa.failed_page import FailedPage
from chosa.inputs import Document
from chosa.progress import Progress
from chosa.settings import OCR_SECONDS, OPEN_SHARE, RunSettings
from chosa.store import Store, key_of
from chosa.tasks import (
    DocumentDone,
    Failure,
    Opened,
    PageDone,
    PagePart,
    finish_into_store,
    open_document,
    page_into_store,
)
from chosa.versions import code_stamp, extract_stamp, taxonomy_stamp
from chosa.workers import Call, Workers
from extract.settings import Settings
from extract.sources.origin import Origin

# Where something stands in a document: page and picture, as in the tables.
Place = tuple[int | None, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """What every step needs."""

    settings: RunSettings
    store: Store
    workers: Workers
    log: FilteringBoundLogger
    progress: Progress


@dataclass(frozen=True, slots=True)
class Readable:
    """A document that could be opened, which of its scenes are to be read, and how many need OCR."""

    document: Document
    origin: Origin
    indices: tuple[int, ...]
    ocr: int = 0


@dataclass(frozen=True, slots=True)
class Finished:
    """Where a document's rows are in the store; or why there are none. ``read`` pages were read in this
    run, ``kept`` were there from an earlier one. ``places`` are its scenes: where, and the scene's index."""

    document: Document
    key: str = ""
    problem: str = ""
    read: int = 0
    kept: int = 0
    places: tuple[tuple[Place, int], ...] = ()


def read_documents(reader: Reader, documents: Sequence[Document]) -> list[Finished]:
    """One Finished per document, in their order."""
    opened = _open_all(reader, [d for d in documents if not d.problem and not d.twin])
    readable = [o for o in opened.values() if isinstance(o, Readable)]
    parts, fresh = _read_pages(reader, readable)
    done = _finish_all(reader, readable, parts)
    return [_finished(d, opened.get(d.id), done.get(d.id), parts.get(d.id, ()), fresh) for d in documents]


def _finished(
    document: Document,
    opened: Readable | Failure | None,
    done: str | Failure | None,
    parts: Sequence[PagePart],
    fresh: frozenset[str],
) -> Finished:
    problem = document.problem
    for answer in (opened, done):
        problem = _named(document, answer.message) if isinstance(answer, Failure) else problem
    read = sum(part.key in fresh for part in parts)
    kept = sum(not part.failed for part in parts) - read
    places = _places(opened) if isinstance(opened, Readable) else ()
    return Finished(document, done if isinstance(done, str) else "", problem, read, kept, places)


def _places(readable: Readable) -> tuple[tuple[Place, int], ...]:
    places = ((place_of(readable.origin, index), index) for index in readable.indices)
    return tuple(((page, image or ""), index) for (page, image), index in places)


def _open_all(reader: Reader, documents: Sequence[Document]) -> dict[str, Readable | Failure]:
    """Every document's Origin, from the store or from a worker."""
    settings = replace(reader.settings.extract, pages=())
    by_id = {d.id: d for d in documents}
    keys = {d.id: _open_key(d, settings) for d in documents}
    answers: dict[str, Readable | Failure] = {}
    seconds = OPEN_SHARE * reader.settings.page_seconds
    calls = []
    for document in documents:
        known = reader.store.get(keys[document.id], partial(decode, Opened))
        if known:
            answers[document.id] = _readable(document, known, reader.settings.extract.pages)
        else:
            calls.append(Call(document.id, open_document, (document.path.absolute(), settings), seconds))
    reader.progress.begin("opening", len(calls))
    for id, answer in reader.workers.run(calls):
        reader.progress.step()
        if isinstance(answer, Opened):
            reader.store.put(keys[id], encode(answer))
            answers[id] = _readable(by_id[id], answer, reader.settings.extract.pages)
            reader.log.info(
                "opened", document=id, file=by_id[id].given, kind=answer.origin.kind, scenes=answer.scenes
            )
        else:
            answers[id] = answer
            reader.log.error(
                "not-opened", document=id, file=by_id[id].given, error=answer.message, trace=answer.trace
            )
    return answers


def _readable(document: Document, opened: Opened, pages: Sequence[int]) -> Readable | Failure:
    """The scenes to read: those of the pages asked for, all where the document has no pages."""
    wanted = tuple(
        i for i in range(opened.scenes) if not pages or opened.origin.pages is None or i + 1 in pages
    )
    if opened.scenes and not wanted:
        return Failure(
            f"{document.path.name} has {opened.scenes} pages and none of those asked for with --pages"
        )
    return Readable(document, opened.origin, wanted, min(opened.ocr, len(wanted)))


def _read_pages(
    reader: Reader, documents: Sequence[Readable]
) -> tuple[dict[str, tuple[PagePart, ...]], frozenset[str]]:
    """The pages of every document in order, and the keys of those that were read now, not in the store."""
    settings = replace(reader.settings.extract, pages=())
    keys = {(r.document.id, i): _page_key(r.document, i, settings) for r in documents for i in r.indices}
    missing = [(r, i) for r in documents for i in r.indices if keys[r.document.id, i] not in reader.store]
    ocr = _ocr_left(documents, missing)
    reader.progress.estimate(ocr, ocr * OCR_SECONDS / reader.settings.jobs)
    reader.progress.begin("reading", len(missing))
    answers: dict[tuple[str, int], PageDone | Failure] = {}
    for key, answer in reader.workers.run(_page_calls(reader, missing, keys, settings)):
        answers[key] = answer
        reader.progress.step()
        _log_page(reader.log, key, answer)
    parts = {
        r.document.id: tuple(
            _part(r, i, keys[r.document.id, i], answers.get((r.document.id, i))) for i in r.indices
        )
        for r in documents
    }
    fresh = frozenset(keys[k] for k, answer in answers.items() if isinstance(answer, PageDone))
    return parts, fresh


def _ocr_left(documents: Sequence[Readable], missing: Sequence[tuple[Readable, int]]) -> int:
    """Pages that need OCR among those not in the store: documents are mostly all pictures or none."""
    left = Counter(readable.document.id for readable, _ in missing)
    return sum(min(each.ocr, left[each.document.id]) for each in documents)


def _page_calls(
    reader: Reader,
    missing: Sequence[tuple[Readable, int]],
    keys: dict[tuple[str, int], str],
    settings: Settings,
) -> Iterator[Call[tuple[str, int]]]:
    for readable, index in missing:
        document = readable.document
        args = (reader.store.root, keys[document.id, index], document.path.absolute(), index, settings)
        yield Call((document.id, index), page_into_store, args, reader.settings.page_seconds)


def _log_page(log: FilteringBoundLogger, key: tuple[str, int], answer: PageDone | Failure) -> None:
    if isinstance(answer, Failure):
        log.error("page-failed", document=key[0], scene=key[1] + 1, error=answer.message, trace=answer.trace)
    else:
        log.info(
            "page",
            document=key[0],
            scene=key[1] + 1,
            **(asdict(answer) | {"seconds": round(answer.seconds, 3)}),
        )


def _part(readable: Readable, index: int, key: str, answer: PageDone | Failure | None) -> PagePart:
    if not isinstance(answer, Failure):
        return PagePart(key)
    page, image = place_of(readable.origin, index)
    return PagePart("", FailedPage(page, image, _named(readable.document, answer.message)))


def _named(document: Document, message: str) -> str:
    """The message with the file's name in it."""
    name = document.path.name
    return message if name in message else f"{name}: {message}"


def place_of(origin: Origin, index: int) -> tuple[int | None, str | None]:
    """(page, image) of a scene: a web page's pictures follow its text."""
    if origin.pages is not None:
        return index + 1, None
    picture = index - 1
    return None, origin.files[picture] if 0 <= picture < len(origin.files) else None


def _finish_all(
    reader: Reader, documents: Sequence[Readable], parts: dict[str, tuple[PagePart, ...]]
) -> dict[str, str | Failure]:
    """The key of every document's rows, or why it has none."""
    stamp = key_of(extract_stamp(), taxonomy_stamp(reader.settings.taxonomy), code_stamp("chosa"))
    keys = {r.document.id: _rows_key(r.document, parts[r.document.id], stamp) for r in documents}
    missing = [r for r in documents if keys[r.document.id] not in reader.store]
    reader.progress.begin("joining", len(missing))
    answers: dict[str, str | Failure] = dict(keys)
    for id, answer in reader.workers.run(_finish_calls(reader, missing, keys, parts)):
        reader.progress.step()
        if isinstance(answer, DocumentDone):
            reader.log.info(
                "document", document=id, **(asdict(answer) | {"seconds": round(answer.seconds, 3)})
            )
        else:
            answers[id] = answer
            reader.log.error("document-failed", document=id, error=answer.message, trace=answer.trace)
    return answers


def _finish_calls(
    reader: Reader, missing: Sequence[Readable], keys: dict[str, str], parts: dict[str, tuple[PagePart, ...]]
) -> Iterator[Call[str]]:
    taxonomy = reader.settings.taxonomy.absolute() if reader.settings.taxonomy else None
    for readable in missing:
        id = readable.document.id
        args = (reader.store.root, keys[id], readable.document, readable.origin, parts[id], taxonomy)
        yield Call(id, finish_into_store, args, reader.settings.page_seconds)


def _open_key(document: Document, settings: Settings) -> str:
    """Passwords count here: who has none must not be shown what was read with one."""
    return key_of("opened", document.digest, document.path.name, extract_stamp(), *settings.passwords)


def _page_key(document: Document, index: int, settings: Settings) -> str:
    """All that a page's reading depends on: bytes, place, settings, code and engines."""
    knobs = asdict(replace(settings, passwords=(), pages=()))
    return key_of(
        "page", document.digest, document.path.suffix, index, repr(sorted(knobs.items())), extract_stamp()
    )


def _rows_key(document: Document, parts: Sequence[PagePart], stamp: str) -> str:
    """The input's name is in its rows, so it counts."""
    pages = [part.key or repr(part.failed) for part in parts]
    return key_of("rows", document.id, document.given, document.sha256, stamp, *pages)
