"""Pages as small pictures for the review page: made in workers, kept in the store."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from chosa.codec import decode, encode
from chosa.reading import Finished, Place, Reader
from chosa.store import Store, key_of
from chosa.tasks import Failure, guarded, stored_rows
from chosa.versions import installed
from chosa.workers import Call
from extract.settings import Settings

# Dots per inch of a page in the review page: the 7 pt type of chart labels is legible, a page is 50 KB.
DPI = 96.0
# Longest side in pixels: a poster or a long web picture must not outweigh all other pages.
MOST_PX = 1600
# Colours kept: charts use a dozen, and the greys of type need the rest. PNG with a palette was smaller
# than WebP at quality 50 on text pages, and three times as fast to write.
COLOURS = 48
PICTURE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as a PNG; ``scale`` pixels make one unit of the boxes on it."""

    png: bytes
    scale: float


@dataclass(frozen=True, slots=True)
class Pictured:
    """Where the pictures of a run's pages are in the store, by document id and place."""

    keys: Mapping[tuple[str, Place], str]

    def image(self, store: Store, document_id: str, place: Place) -> PageImage | None:
        key = self.keys.get((document_id, place))
        return store.get(key, partial(decode, PageImage)) if key else None


def picture_pages(reader: Reader, finished: Sequence[Finished]) -> Pictured:
    """Pictures of all pages that have a boxed number; a page that cannot be pictured goes without."""
    wanted = {}
    for each in finished:
        for place, index in _places_with_boxes(reader.store, each):
            wanted[each.document.id, place] = (each, index, _key(each, index))
    missing = {k: w for k, w in wanted.items() if w[2] not in reader.store}
    reader.progress.begin("picturing", len(missing))
    for key, answer in reader.workers.run(_calls(reader, missing)):
        reader.progress.step()
        if isinstance(answer, Failure):
            reader.log.warning(
                "not-pictured", document=key[0], place=key[1], error=answer.message, trace=answer.trace
            )
    return Pictured({k: w[2] for k, w in wanted.items()})


def _places_with_boxes(store: Store, each: Finished) -> Iterator[tuple[Place, int]]:
    """(place, scene index) of the document's pages on which a number has a box."""
    rows = stored_rows(store, each.key) if each.key else None
    if rows:
        boxed = {(o.page, o.image) for o in rows.observations if o.x0 is not None}
        yield from ((place, index) for place, index in each.places if place in boxed)


def _calls(
    reader: Reader, wanted: Mapping[tuple[str, Place], tuple[Finished, int, str]]
) -> Iterator[Call[tuple[str, Place]]]:
    settings = reader.settings.extract
    for key, (each, index, entry) in wanted.items():
        args = (reader.store.root, entry, each.document.path.absolute(), index, settings)
        yield Call(key, picture_into_store, args, PICTURE_SECONDS)


def picture_into_store(root: Path, key: str, path: Path, index: int, settings: Settings) -> bool | Failure:
    """Picture scene ``index`` of the file and keep it under the key; False where there is nothing to see."""
    return guarded(_picture)(root, key, path, index, settings)


def _picture(root: Path, key: str, path: Path, index: int, settings: Settings) -> bool:
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


def _key(each: Finished, index: int) -> str:
    engines = [installed(name) for name in ("pymupdf", "pillow")]
    return key_of("picture", each.document.digest, index, DPI, MOST_PX, COLOURS, *engines)
