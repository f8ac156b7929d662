"""PDF pages to scenes: the text layer where it is legible, OCR where it is not, marks from the paint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from extract.backends import ocr_engine
from extract.backends.mupdf import MuPdf, PaintedPage
from extract.errors import UnreadableFile
from extract.notes import Note
from extract.scene import Box, Mark, Picture, Scene, TextSource, Word, hull
from extract.settings import Settings
from extract.sources.blocks import number_lines
from extract.sources.drawn import painted_to_marks, walls
from extract.sources.hidden import seen_and_hidden
from extract.sources.layer import Belief, believe, plain_words
from extract.sources.merge import merged_words
from extract.sources.origin import Origin
from extract.sources.outlines import outlined_text, without_letters
from extract.sources.patterns import coloured, poured, strips_joined
from extract.sources.pictures import Shown, images_to_pictures, may_carry_text
from extract.sources.raster import Seen, Trace, has_ink, placed, see_pixels
from extract.sources.runs import spans_to_words
from extract.sources.stacks import stacked

# Dots per inch. Vector pages are rendered so for OCR (values exact from 150 on, labels best at 200); scans
# and pictures at their own resolution between these two, for nothing is gained beyond either.
RENDER, LOWEST_DPI, HIGHEST_DPI = 200.0, 150.0, 200.0
# Pixels. Where the smallest type is lower than this, the region is read again enlarged.
SMALL_TYPE, ENLARGE = 13.0, 1.6
# Dots per inch at which the colour of gradients and hatchings is looked up.
LOOK = 72.0
# Characters; a text layer of less is a stamp or a page number on a scan, not its text.
FEW = 30
# Share of a picture from which a rectangle on it is a panel: its border is known, not what shows inside.
PANEL = 0.2
# Share of garbled characters from which the whole page is read by OCR, not only its garbled blocks.
MOSTLY_BAD = 0.3
# Points of white around a region, so that its outermost letters are whole.
MARGIN = 4.0


@dataclass(frozen=True, slots=True)
class Layer:
    """What a page paints, sorted: believed and disbelieved words, marks, pictures, hidden characters."""

    page: Box
    belief: Belief
    marks: tuple[Mark, ...]
    outlined: tuple[Box, ...]
    pictures: tuple[Shown, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the page to be read from its pixels; ``trace``: for marks too; ``scan``: it may lean."""

    box: Box
    dpi: float
    trace: Trace
    scan: bool = False


class PdfSource:
    """An open PDF. Raises UnreadableFile, PasswordNeeded."""

    def __init__(self, path: Path, settings: Settings) -> None:
        self._path = path
        self._pdf = MuPdf(path, path.name, settings.passwords)
        self._settings = settings
        meta = self._pdf.metadata()
        self.origin = Origin(
            name=path.name,
            kind="pdf",
            pages=self._pdf.pages,
            title=meta.get("title", ""),
            author=meta.get("author", ""),
            created=meta.get("creationDate", ""),
            outline=self._pdf.outline(),
            repaired=self._pdf.repaired,
        )
        if self._pdf.pages == 0 or (self._pdf.repaired and self._paints_nothing()):
            self._pdf.close()
            raise UnreadableFile(f"{path.name}: damaged, its pages are lost; save or download it again")

    def __len__(self) -> int:
        return self._pdf.pages

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pdf.close()

    def see(self, index: int) -> Scene:
        """Page ``index`` as a scene. Raises PageFailed."""
        layer = self._layer(index)
        regions = layer_to_regions(layer, lambda box: self._shows_more(index, box, layer))
        seen = [(region, self._read(index, region)) for region in regions]
        self._as_opened()
        titles = tuple(title for _, title, number in self.origin.outline if number == index + 1)
        return replace(layer_to_scene(layer, seen), page=index + 1, titles=titles)

    def shown(self, index: int, dpi: float) -> tuple[NDArray[np.uint8], float]:
        """The page as pixels and the pixels per point. Raises PageFailed."""
        return self._pdf.render(index, dpi)

    def _as_opened(self) -> None:
        """Damage met on one page makes MuPDF rebuild its index, and read the pages after it otherwise."""
        if self._pdf.repaired and not self.origin.repaired:
            self._pdf.close()
            self._pdf = MuPdf(self._path, self._path.name, self._settings.passwords)

    def _layer(self, index: int) -> Layer:
        def recognise(box: Box) -> str:
            engine = ocr_engine(self._settings.ocr)
            pixels, _ = self._pdf.render(index, RENDER, box.grown(0.15 * min(box.width, box.height)))
            if box.height > box.width:  # read downwards: only the whole engine turns what it reads
                return "".join(w.text for w in engine.read(pixels))
            word = engine.read_line(pixels)
            return word.text if word else ""

        painted = self._pdf.painted(index)
        page = Box(0.0, 0.0, painted.width, painted.height)
        marks = self._marks(index, painted, page)
        seen, hidden = seen_and_hidden(painted.spans, painted.images, marks, page)
        marks, outlined = outlined_text(marks)
        words = number_lines(stacked(spans_to_words(seen, walls(marks))))
        belief = believe(words, recognise)
        if not words and hidden:
            belief = replace(believe(number_lines(spans_to_words(hidden)), recognise), good=(), bad=())
        pictures = tuple(images_to_pictures(painted.images, page))
        return Layer(page, belief, marks, outlined, pictures, sum(len(s.glyphs) for s in hidden))

    def _shows_more(self, index: int, box: Box, layer: Layer) -> bool:
        """Whether a picture under text shows anything but that text: a chart, not a background."""
        if sum(len(w.text) for w in layer.belief.good if box.holds(w.box.cx, w.box.cy)) < FEW:
            return True
        pixels, scale = self._pdf.render(index, LOOK, box)
        solid = [m.box for m in layer.marks if not m.points and m.box.area <= PANEL * box.area]
        known = [_moved(b, scale, box) for b in [*(w.box for w in layer.belief.good), *solid]]
        strokes = [
            [((x - box.x0) * scale, (y - box.y0) * scale) for x, y in m.points]
            for m in layer.marks
            if m.points
        ]
        frames = [_outline(_moved(m.box, scale, box)) for m in layer.marks if m.box.area > PANEL * box.area]
        return has_ink(pixels, known, strokes + frames)

    def _marks(self, index: int, painted: PaintedPage, page: Box) -> tuple[Mark, ...]:
        """Marks in painting order; gradients and hatchings have the colour the rendered page shows."""
        fillings = poured(painted, page)
        marks = strips_joined(painted_to_marks(fillings.paths, page))
        if not fillings.sure and not fillings.unsure:
            return marks
        shapes = coloured(fillings, *self._pdf.render(index, LOOK))
        return tuple(sorted(marks + shapes, key=lambda m: m.order))

    def _read(self, index: int, region: Region) -> Seen:
        """A region's words and marks in page coordinates, read again larger where its type is small."""
        seen, scale = self._read_at(index, region, region.dpi)
        sizes = sorted(w.size * scale for w in seen.words)
        if sizes and sizes[len(sizes) // 10] < SMALL_TYPE and region.dpi * ENLARGE <= 400:
            again, _ = self._read_at(index, region, region.dpi * ENLARGE)
            if len(again.words) >= 0.9 * len(seen.words):
                seen = again
        return seen

    def _read_at(self, index: int, region: Region, dpi: float) -> tuple[Seen, float]:
        engine = ocr_engine(self._settings.ocr)
        pixels, scale = self._pdf.render(index, dpi, region.box)
        seen = see_pixels(pixels, engine, scan=region.scan, trace=region.trace)
        return placed(seen, scale, region.box.x0, region.box.y0), scale

    def _paints_nothing(self) -> bool:
        """Whether no page of a repaired file paints anything at all."""
        return not any(self._pdf.paints(i) for i in range(self._pdf.pages))


def layer_to_regions(layer: Layer, shows_more: Callable[[Box], bool]) -> list[Region]:
    """What must be read from pixels: nothing at all on a page with a good text layer and no pictures.

    ``shows_more`` tells a chart from a background where a picture lies under text.
    """
    page, belief = layer.page, layer.belief
    whole = next((p for p in layer.pictures if p.fills(page)), None)
    few = sum(len(w.text) for w in belief.good) < FEW
    if whole is not None and (few or belief.bad_share >= MOSTLY_BAD):
        return [Region(page, _dpi(whole), trace="charts", scan=True)]
    if belief.bad_share >= MOSTLY_BAD:
        charts = any(may_carry_text(p, page) for p in layer.pictures)
        return [Region(page, RENDER, trace="charts" if charts else "no")]
    regions = [Region(_within(b.grown(MARGIN), page), RENDER, trace="no") for b in belief.bad_boxes]
    if layer.outlined:
        regions.append(Region(_within(hull(layer.outlined).grown(MARGIN), page), RENDER, trace="no"))
    regions += [
        Region(p.box, _dpi(p), trace="yes" if _numbered(p.box, belief.good) else "charts")
        for p in layer.pictures
        if may_carry_text(p, page) and shows_more(p.box)
    ]
    return _united(regions)


def _numbered(box: Box, words: Sequence[Word]) -> bool:
    """Whether numbers of the text layer stand on a picture: a chart whose labels are live."""
    return any(box.holds(w.box.cx, w.box.cy) and any(map(str.isdigit, w.text)) for w in words)


def _outline(box: Box) -> list[tuple[float, float]]:
    return [(box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1), (box.x0, box.y0)]


def _moved(box: Box, scale: float, origin: Box) -> Box:
    """A box of the page in the pixels of a part of it, its border included."""
    x, y = origin.x0, origin.y0
    moved = Box((box.x0 - x) * scale, (box.y0 - y) * scale, (box.x1 - x) * scale, (box.y1 - y) * scale)
    return moved.grown(2)


def _dpi(picture: Shown) -> float:
    return min(max(picture.dpi, LOWEST_DPI), HIGHEST_DPI) if picture.dpi else RENDER


def _within(box: Box, page: Box) -> Box:
    return Box(max(box.x0, page.x0), max(box.y0, page.y0), min(box.x1, page.x1), min(box.y1, page.y1))


def _united(regions: Sequence[Region]) -> list[Region]:
    """Regions that lie over each other are read once."""
    united: list[Region] = []
    for region in regions:
        for i, other in enumerate(united):
            if region.box.shared(other.box) > 0.5 * min(region.box.area, other.box.area):
                united[i] = Region(
                    region.box | other.box,
                    max(region.dpi, other.dpi),
                    max(region.trace, other.trace, key=("no", "charts", "yes").index),
                )
                break
        else:
            united.append(region)
    return united


def layer_to_scene(layer: Layer, seen: Sequence[tuple[Region, Seen]]) -> Scene:
    """The scene of a page from its layer and from what was read off its pixels."""
    belief = layer.belief
    kept = plain_words(belief.good)
    read = [w for _, s in seen for w in s.words]
    turn = next((s.turn for _, s in seen), 0)
    if turn:
        return _turned_scene(layer, seen[0][1])
    words = number_lines(merged_words(kept, read)) if read else kept
    drawn = without_letters(layer.marks, read) if layer.outlined else layer.marks
    marks = drawn + tuple(m for r, s in seen for m in s.marks if r.scan or _in_picture(m, layer))
    return Scene(
        width=layer.page.width,
        height=layer.page.height,
        words=tuple(words),
        marks=marks,
        pictures=tuple(_picture(p, seen) for p in layer.pictures),
        text_source=_text_source(words),
        legibility=belief.score,
        legibility_reason=belief.reason,
        notes=tuple(_notes(layer, bool(read))),
    )


def _turned_scene(layer: Layer, seen: Seen) -> Scene:
    """The scene of a scan that lies on its side, upright: nothing of the page but what was read."""
    sideways = seen.turn in (90, 270)
    width, height = layer.page.width, layer.page.height
    size = (height, width) if sideways else (width, height)
    whole = Box(0.0, 0.0, *size)
    return Scene(
        width=size[0],
        height=size[1],
        words=number_lines(seen.words),
        marks=seen.marks,
        pictures=tuple(Picture(whole, "", p.width_px, p.height_px, True) for p in layer.pictures[:1]),
        text_source="ocr",
        legibility=layer.belief.score,
        legibility_reason=layer.belief.reason,
        notes=tuple(_notes(layer, True)),
        turn=seen.turn,
    )


def _in_picture(mark: Mark, layer: Layer) -> bool:
    """Whether a traced mark belongs to a picture; beside pictures the file's own marks are better."""
    return any(p.box.holds(mark.box.cx, mark.box.cy) for p in layer.pictures)


def _picture(shown: Shown, seen: Sequence[tuple[Region, Seen]]) -> Picture:
    read = any(r.box.shared(shown.box) > 0.8 * shown.box.area for r, _ in seen)
    return Picture(shown.box, "", shown.width_px, shown.height_px, read)


def _text_source(words: Sequence[Word]) -> TextSource:
    by = {w.seen_by for w in words}
    if len(by) == 2:
        return "mixed"
    return "text" if "text" in by else "ocr" if by else "none"


def _notes(layer: Layer, read: bool) -> list[Note]:
    belief = layer.belief
    garbled = bool(belief.bad) or (layer.hidden > 0 and not belief.good and belief.score < 0.5)
    if garbled:
        return [
            Note("text-garbled", f"{belief.reason}; {'read by OCR' if read else 'nothing could be read'}")
        ]
    if not belief.good and read:
        why = "its text is hidden under the picture" if layer.hidden else "the page has no text layer"
        return [Note("text-missing", why)]
    return []


def painted_scene(painted: PaintedPage) -> Scene:
    """What a page paints as a scene, its text layer taken at its word (drawings made by programs)."""
    page = Box(0.0, 0.0, painted.width, painted.height)
    marks = painted_to_marks(painted.paths, page)
    seen, _ = seen_and_hidden(painted.spans, painted.images, marks, page)
    words = plain_words(number_lines(stacked(spans_to_words(seen, walls(marks)))))
    return Scene(
        width=painted.width,
        height=painted.height,
        words=words,
        marks=marks,
        pictures=tuple(
            Picture(p.box, "", p.width_px, p.height_px) for p in images_to_pictures(painted.images, page)
        ),
        text_source="text" if words else "none",
    )
