"""Pages as small pictures for the review page: made in workers, kept in the store."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from chosa.codec import decode, encode
from chosa.executor import Call, Failure
from chosa.inputs import Document
from chosa.opening import Reader
from chosa.scene_places import Place
from chosa.store import Store, key_of
from chosa.tasks import DocumentDone, guarded, stored_done
from chosa.versions import installed
from extract.settings import Settings

# Dots per inch of a page in the review page: the 7 pt type of chart labels stays sharp when its crop is
# enlarged; a page is 40 KB (22 KB at 96 dpi) and takes 0.05 s to draw.
DPI = 144.0
# Longest side in pixels: a poster or a long web picture must not outweigh all other pages.
MOST_PX = 2200
# Colours kept: charts use a dozen, and the greys of type need the rest. PNG with a palette was smaller
# than WebP at quality 50 on text pages, and three times as fast to write.
COLOURS = 48
PICTURE_SECONDS = 60.0
_ENGINES = tuple(map(installed, ("pymupdf", "pillow")))


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as a PNG; ``scale`` pixels make one unit of the boxes on it."""

    png: bytes
    scale: float


@dataclass(slots=True)
class Pictures:
    """The pictures of a run's pages, looked up one after the other; ``rows`` are the documents and the keys
    of their rows by document id. Only the last document's places are held."""

    store: Store
    rows: Mapping[str, tuple[Document, str]]
    _last: str = ""
    _indices: Mapping[Place, int] = field(default_factory=dict)

    def image(self, document_id: str, place: Place) -> PageImage | None:
        """The picture of a place, None where there is none."""
        document, key = self.rows[document_id]
        if document_id != self._last:
            done = stored_done(self.store, key)
            self._last, self._indices = document_id, dict(done.boxed) if done else {}
        if place not in self._indices:
            return None
        return self.store.get(_key(document, self._indices[place]), partial(decode, PageImage))


def picture_calls(reader: Reader, document: Document, done: DocumentDone) -> Iterator[Call]:
    """Pictures of all pages of a document that have a boxed number, where a review page is wanted."""
    for place, index in done.boxed if reader.settings.review_page else ():
        key = _key(document, index)
        if key not in reader.store:
            args = (key, index, reader.settings.extract)
            then = partial(_pictured, reader, document, place)
            yield Call(
                picture_into_store, document.path.absolute(), args, PICTURE_SECONDS, then, makes=(key,)
            )


def _pictured(reader: Reader, document: Document, place: Place, answer: Any) -> tuple[()]:
    """A page that cannot be pictured goes without."""
    if isinstance(answer, Failure):
        error, trace = answer.message, answer.trace
        reader.log.warning("not-pictured", document=document.id, place=place, error=error, trace=trace)
    return ()


def picture_into_store(root: Path, path: Path, key: str, index: int, settings: Settings) -> bool | Failure:
    """Picture scene ``index`` of the file and keep it under the key; False where there is nothing to see."""
    return guarded(_picture)(root, path, key, index, settings)


def _picture(root: Path, path: Path, key: str, index: int, settings: Settings) -> bool:
    from PIL import Image

    from extract.picture import page_picture

    seen = page_picture(path, index, settings, DPI, MOST_PX)
    if seen is None:
        return False
    file = io.BytesIO()
    few = Image.fromarray(seen.pixels).quantize(
        COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    few.save(file, "PNG")
    Store(root).put(key, encode(PageImage(file.getvalue(), seen.scale)))
    return True


def _key(document: Document, index: int) -> str:
    return key_of("picture", document.digest, index, DPI, MOST_PX, COLOURS, *_ENGINES)
