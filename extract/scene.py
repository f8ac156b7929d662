"""Record: one page as words, marks and pictures; from here on nobody asks where it came from.

All boxes are in the page's own unit with the origin at the top left of the page *as displayed*
(after /Rotate and CropBox): PDF points for PDF pages, pixels for pictures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from extract.notes import Note

SeenBy = Literal["text", "ocr"]
MarkKind = Literal["rect", "sector", "line", "polyline", "marker", "area"]
TextSource = Literal["text", "ocr", "mixed", "none"]
ParagraphKind = Literal["heading", "body", "item", "callout", "note"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, x to the right and y downwards, ``x0 <= x1`` and ``y0 <= y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def cx(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def area(self) -> float:
        return self.width * self.height

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    def shared(self, other: Box) -> float:
        """Area common to both boxes; 0 when they do not meet."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return width * height if width > 0 and height > 0 else 0.0

    def grown(self, by: float) -> Box:
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)

    def __or__(self, other: Box) -> Box:
        return Box(
            min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1)
        )


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them. Raises ValueError when there is none."""
    rest = iter(boxes)
    first = next(rest, None)
    if first is None:
        raise ValueError("no box to take the hull of")
    x0, y0, x1, y1 = first.x0, first.y0, first.x1, first.y1
    for b in rest:  # one pass and no calls: asked for thousands of times a page
        if b.x0 < x0:
            x0 = b.x0
        if b.y0 < y0:
            y0 = b.y0
        if b.x1 > x1:
            x1 = b.x1
        if b.y1 > y1:
            y1 = b.y1
    return Box(x0, y0, x1, y1)


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters on one line without a gap wider than the line's own spacing.

    ``edges`` are the left edges of the characters and the right edge of the last one
    (``len(text) + 1`` numbers, rising; from top to bottom for vertical text), so that a run can be
    split between any two characters. ``confidence`` is that of the *weakest* character, 0-1, and
    1.0 for a text layer; ``doubts`` are the characters' own confidences where an engine gave them.
    ``line`` and ``block`` number the lines and blocks of the page in reading order. ``angle`` is the reading
    direction in degrees clockwise: 90 downwards, 270 upwards (its edges then fall instead of rising).
    """

    text: str
    box: Box
    size: float
    edges: tuple[float, ...] = ()
    color: str = "#000000"
    bold: bool = False
    confidence: float = 1.0
    doubts: tuple[float, ...] = ()
    seen_by: SeenBy = "text"
    line: int = -1
    block: int = -1
    angle: int = 0


def letters_confidence(words: Iterable[Word]) -> float:
    """The weakest letter, kana or kanji of the words, 0-1: brackets and swatches misread harm no name."""
    weakest = 1.0
    for word in words:
        if len(word.doubts) != len(word.text):
            weakest = min(weakest, word.confidence)
            continue
        for char, sure in zip(word.text, word.doubts, strict=True):
            if char.isalpha():
                weakest = min(weakest, sure)
    return weakest


@dataclass(frozen=True, slots=True)
class Sector:
    """A slice of a pie or donut: angles in degrees clockwise from 12 o'clock, ``end > start``."""

    cx: float
    cy: float
    r_outer: float
    r_inner: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn that is not text: a bar, a slice, a line, a marker, a swatch, a frame.

    ``points`` are the vertices of a line, polyline or area. Colours are ``#rrggbb``, empty when not
    filled or not stroked. ``slack`` is how far an edge may be off, in the page's unit: near 0 for
    vector marks, a fraction of a pixel for marks traced from pixels. ``order`` is the painting order.
    """

    kind: MarkKind
    box: Box
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 0.0
    opacity: float = 1.0
    points: tuple[tuple[float, float], ...] = ()
    sector: Sector | None = None
    dashed: bool = False
    pattern: bool = False
    seen_by: Literal["vector", "pixels"] = "vector"
    slack: float = 0.0
    order: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster image shown on the page; ``read`` when its words and marks are part of the scene."""

    box: Box
    name: str = ""
    width_px: int = 0
    height_px: int = 0
    read: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text in reading order; ``boxes`` has one box per character, or none at all.

    ``legible`` is False for text that does not read like any language (a garbled dump): kept, not read.
    ``doubts`` has the confidence of each character that OCR saw, below 1, and 1.0 for characters of a
    text layer; none at all where nothing was seen by OCR.
    """

    text: str
    kind: ParagraphKind = "body"
    boxes: tuple[Box, ...] = ()
    level: int = 0
    legible: bool = True
    doubts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table; ``text`` is given by sources that know it (web pages), else it lies in ``box``."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    box: Box | None = None
    text: str = ""
    header: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as ruled or marked up: its cells, whatever they hold; ``caption`` where the file gives one."""

    cells: tuple[GridCell, ...]
    box: Box | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """One page, or one picture, as everything later sees it.

    ``page`` is 1-based, None for web pages and text dumps without form feeds; ``image`` names the
    picture inside a web page. ``paragraphs`` is given by sources that know their running text (web
    pages, dumps); for pages with geometry it is empty and ``extract.layout`` makes it from the words.
    ``titles`` are clean question titles the file itself offers for this page (outline, headings, alt
    text). ``legibility`` is the judgement over the text layer, 0 (garbage) to 1. ``turn``: a page lying on
    its side is turned so many degrees clockwise to be read; the scene is then that of the turned page.
    """

    width: float
    height: float
    page: int | None = None
    image: str | None = None
    unit: Literal["pt", "px", "none"] = "pt"
    words: tuple[Word, ...] = ()
    marks: tuple[Mark, ...] = ()
    pictures: tuple[Picture, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    grids: tuple[Grid, ...] = ()
    titles: tuple[str, ...] = ()
    text_source: TextSource = "none"
    legibility: float = 1.0
    legibility_reason: str = ""
    notes: tuple[Note, ...] = field(default=())
    turn: int = 0
