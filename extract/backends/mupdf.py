"""PyMuPDF: what a PDF page paints, in displayed coordinates, and the page as pixels.

The only importer of pymupdf. Nothing is judged here: glyphs, paths and images come out as they are
painted, with their painting order; ``extract.sources`` makes words and marks of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import atan2, degrees, hypot
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import pymupdf
from numpy.typing import NDArray

from extract.errors import PageFailed, PasswordNeeded, UnreadableFile
from extract.scene import Box

# Pixels one rendering may have: an A4 page at 600 dpi has 35 million; a page of 8400 x 8400 pt at 200 dpi
# would have 544 million (1.6 GB). Above this the resolution is lowered.
MAX_PIXELS = 40_000_000
# Pixels of one image; MuPDF decodes it as a whole (one byte each and more), whatever size is asked for.
MAX_IMAGE = 400_000_000
# A page painted by more paths than this is a map or a drawing, not a chart: the rest is left out.
MAX_PATHS = 20_000
# Share of an em above and below the baseline: the box of a kanji in nearly all fonts (MuPDF itself says .8/.2
# for every font).
ASCENT, DESCENT = 0.86, 0.14
# Points. What lies further out or is larger is no part of any page: PDF readers end at 14 400.
FAR = 1e7
# Ways of blending that let dark type show through, as highlighters do.
_MIXING = frozenset({"Multiply", "Darken", "ColorBurn", "Overlay", "SoftLight", "HardLight"})
PRINT = "if a viewer shows it, print it to a new PDF"
_BOLD = 16  # bit of a span's font flags

_mu: Any = pymupdf  # ships no types


def _unsaid(_: str) -> None:
    """MuPDF tells its warnings by the thousand; PyMuPDF prints them and keeps them all in memory."""


_mu.mupdf.fz_set_warning_callback(_unsaid)
_mu.mupdf.fz_set_error_callback(_unsaid)

_Matrix = tuple[float, float, float, float, float, float]
Item = tuple[Any, ...]


# One painted character with its start and end along the reading direction. A plain tuple: a page has a
# thousand of them, and a record class took longer to fill than MuPDF to trace the page.
Glyph = tuple[str, float, float]


class Span(NamedTuple):
    """Glyphs of one style in painting order, in their own frame; a tuple, as a page may have a thousand.

    Axis u of the frame runs along the reading direction, axis v downwards as its reader holds the page;
    ``angle`` is the direction of u in degrees clockwise from the page's x axis. ``upright`` marks
    vertical writing: the line runs down, its characters stand. ``baseline`` is a v.
    ``invisible`` is text that paints nothing (rendering mode 3, full transparency).
    """

    glyphs: tuple[Glyph, ...]
    baseline: float
    size: float
    color: str
    bold: bool
    font: str
    angle: float
    upright: bool
    invisible: bool
    order: int


@dataclass(frozen=True, slots=True)
class Painted:
    """One painted path: ``items`` are ("l", p, q), ("c", p, c1, c2, q), ("re", rect, turn), ("qu", quad).

    ``clip`` is what the clip paths around it leave visible (None: all), ``depth`` their number.
    Colours are ``#rrggbb``, empty when not filled or not stroked or fully transparent. A path of kind
    ``clip`` paints nothing itself: a gradient or a pattern inside it does.
    """

    kind: str
    items: tuple[Item, ...]
    box: Box
    clip: Box | None
    depth: int
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    opacity: float = 1.0
    dashes: str = ""
    order: int = -1


@dataclass(frozen=True, slots=True)
class Image:
    """A raster image as placed on the page, with its own size in pixels (0 when unknown)."""

    box: Box
    width_px: int
    height_px: int
    order: int


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """Everything a page paints; ``shades`` are painting orders of gradients, ``patterns``: it has tilings."""

    width: float
    height: float
    spans: tuple[Span, ...]
    paths: tuple[Painted, ...]
    images: tuple[Image, ...]
    shades: tuple[int, ...] = ()
    patterns: bool = False


class MuPdf:
    """An open PDF. Raises UnreadableFile, PasswordNeeded on opening and PageFailed on reading."""

    def __init__(self, source: bytes | Path, name: str, passwords: Sequence[str] = ()) -> None:
        self._name = name
        try:
            if isinstance(source, Path):  # read as needed: every page is opened by itself
                self._doc = _mu.open(filename=str(source), filetype="pdf")
            else:
                self._doc = _mu.open(stream=source, filetype="pdf")
        except Exception as error:
            raise UnreadableFile(
                f"{name}: damaged beyond repair ({_first_line(error)}); save or download it again"
            ) from error
        if self._doc.needs_pass and not any(self._doc.authenticate(p) for p in passwords):
            tried = "none of the given passwords opens it" if passwords else "it is encrypted"
            raise PasswordNeeded(f"{name}: {tried}; give its password with --password-file")
        try:
            self.pages: int = len(self._doc)
        except Exception as error:
            raise UnreadableFile(f"{name}: its page list is damaged; save it again") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._doc.close()

    @property
    def repaired(self) -> bool:
        """Whether the file was damaged and MuPDF rebuilt its index."""
        return bool(self._doc.is_repaired)

    def metadata(self) -> dict[str, str]:
        """Title, author, creationDate ... as the file gives them; empty strings when absent."""
        return {key: str(value or "") for key, value in (self._doc.metadata or {}).items()}

    def outline(self) -> tuple[tuple[int, str, int], ...]:
        """(level, title, 1-based page); entries that point nowhere are left out."""
        try:
            entries = self._doc.get_toc(simple=True)
        except Exception:
            return ()  # a damaged outline is no reason to refuse the pages
        return tuple(
            (int(level), str(title).strip(), int(page)) for level, title, page in entries if page > 0
        )

    def size(self, index: int) -> tuple[float, float]:
        """Width and height in points as displayed."""
        rect = self._page(index).rect
        return float(rect.width), float(rect.height)

    def paints(self, index: int) -> bool:
        """Whether the page paints anything: a quick look. A page that cannot be read paints nothing."""
        try:
            return bool(self._page(index).get_bboxlog())
        except Exception:
            return False

    def painted(self, index: int) -> PaintedPage:
        """What the page paints. Raises PageFailed."""
        page = self._page(index)
        turn = tuple(page.rotation_matrix) if page.rotation else None
        try:
            spans = tuple(s for raw in page.get_texttrace() for s in _spans(raw, turn))
            paths = _paths(page.get_cdrawings(extended=True), turn)
            resources = _resources(page)
            images, shades = _images(page, resources, spans, turn)
            patterns = "/Pattern" in resources
        except Exception as error:
            raise PageFailed(
                f"{self._name}, page {index + 1}: damaged ({_first_line(error)}); {PRINT}"
            ) from error
        return PaintedPage(
            float(page.rect.width), float(page.rect.height), spans, paths, images, shades, patterns
        )

    def render(self, index: int, dpi: float, clip: Box | None = None) -> tuple[NDArray[np.uint8], float]:
        """The page, or a part of it, as RGB pixels (h, w, 3), and the pixels per point really used."""
        page = self._page(index)
        self._refuse_bombs(page, index)
        area = _mu.Rect(clip.x0, clip.y0, clip.x1, clip.y1) if clip else page.rect
        scale = dpi / 72
        pixels = max(1.0, area.width * area.height) * scale * scale
        if pixels > MAX_PIXELS:
            scale *= (MAX_PIXELS / pixels) ** 0.5
        try:
            shot = page.get_pixmap(matrix=_mu.Matrix(scale, scale), clip=area, alpha=False, annots=True)
        except Exception as error:
            raise PageFailed(
                f"{self._name}, page {index + 1}: cannot be rendered ({_first_line(error)}); {PRINT}"
            ) from error
        image = np.frombuffer(shot.samples, dtype=np.uint8).reshape(shot.height, shot.width, shot.n)
        return np.ascontiguousarray(image[:, :, :3]), scale

    def _refuse_bombs(self, page: Any, index: int) -> None:
        for image in page.get_images():
            width, height = image[2], image[3]
            if width * height > MAX_IMAGE:
                raise PageFailed(
                    f"{self._name}, page {index + 1}: an image of {width} x {height} pixels is too large; "
                    "export the page at a lower resolution"
                )

    def _page(self, index: int) -> Any:
        try:
            page = self._doc[index]
            if not (page.rect.width > 0 and page.rect.height > 0):
                raise ValueError("the page has no area")
        except Exception as error:
            raise PageFailed(
                f"{self._name}, page {index + 1}: damaged ({_first_line(error)}); {PRINT}"
            ) from error
        return page


def svg_to_pdf(svg: bytes) -> bytes:
    """An SVG drawing as a one-page PDF, so that it is read like one. Raises PageFailed."""
    try:
        with _mu.open(stream=svg, filetype="svg") as doc:
            return bytes(doc.convert_to_pdf())
    except Exception as error:
        raise PageFailed(
            f"an SVG drawing cannot be read ({_first_line(error)}); save it again, or as PNG"
        ) from error


def _first_line(error: Exception) -> str:
    """What MuPDF says; where the file lies is no part of it."""
    said = (str(error).splitlines() or [type(error).__name__])[0]
    return re.sub(r"file '.*' as type", "the file as", said)[:200]


@lru_cache(maxsize=1024)
def _hex(color: tuple[float, ...] | None) -> str:
    if color is None:
        return ""
    parts = [min(255, max(0, round(c * 255))) for c in color]
    if len(parts) == 1:
        parts *= 3
    if len(parts) == 4:  # CMYK, which MuPDF normally has converted already
        c, m, y, k = (min(1.0, max(0.0, v)) for v in color)
        parts = [round(255 * (1 - v) * (1 - k)) for v in (c, m, y)]
    return "#{:02x}{:02x}{:02x}".format(*parts)


def _turned(x: float, y: float, m: _Matrix) -> tuple[float, float]:
    return x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5]


def _turned_rect(rect: Sequence[float], m: _Matrix | None) -> Box:
    x0, y0, x1, y1 = rect[0], rect[1], rect[2], rect[3]
    if m is not None:
        (x0, y0), (x1, y1) = _turned(x0, y0, m), _turned(x1, y1, m)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _spans(raw: dict[str, Any], turn: _Matrix | None) -> list[Span]:
    """A traced span in its frame; more than one when its glyphs leave the baseline."""
    size, upright = float(raw["size"]), bool(raw["wmode"])
    if not 0.0 < size < FAR:  # nothing to be seen, or no number
        return []
    dx, dy = raw["dir"]
    if turn is None and dx == 1.0 and not upright:
        angle, rows = 0.0, _level_rows(raw["chars"], size)
    else:
        dx, dy = _direction(dx, dy, turn, upright)
        angle = round(degrees(atan2(dy, dx)), 1) % 360
        rows = []
        for code, _, origin, box in raw["chars"]:
            glyph, baseline = _glyph(code, origin, box, (dx, dy), size, upright, turn)
            _add(rows, glyph, baseline, size)
    font = raw["font"]
    bold = bool(raw["flags"] & _BOLD) or "bold" in font.lower()
    color = _hex(raw["color"])
    invisible = raw["type"] == 3 or raw["opacity"] < 0.02
    order = raw["seqno"]
    return [
        Span(tuple(g), b, size, color, bold, font, angle, upright, invisible, order)
        for b, g in rows
        if -FAR < g[0][1] < FAR and -FAR < g[-1][2] < FAR and -FAR < b < FAR
    ]


def _level_rows(chars: Sequence[Item], size: float) -> list[tuple[float, list[Glyph]]]:
    """Rows of a span that runs to the right on a page as displayed: nearly all spans, so the short way."""
    baseline = chars[0][2][1]
    if len({c[2][1] for c in chars}) == 1:
        try:
            return [(baseline, [(chr(code), box[0], box[2]) for code, _, _, box in chars])]
        except ValueError:  # beyond Unicode: the font's map is broken
            pass
    rows: list[tuple[float, list[Glyph]]] = []
    for code, _, origin, box in chars:
        _add(rows, (_char(code), box[0], box[2]), origin[1], size)
    return rows


def _add(rows: list[tuple[float, list[Glyph]]], glyph: Glyph, baseline: float, size: float) -> None:
    if rows and abs(rows[-1][0] - baseline) <= 0.1 * size:
        rows[-1][1].append(glyph)
    else:
        rows.append((baseline, [glyph]))


def _char(code: int) -> str:
    return chr(code) if 0 <= code < 0xD800 or 0xDFFF < code <= 0x10FFFF else "\ufffd"


def _direction(dx: float, dy: float, turn: _Matrix | None, upright: bool) -> tuple[float, float]:
    """Unit vector of the reading direction on the displayed page."""
    if turn is not None:
        dx, dy = dx * turn[0] + dy * turn[2], dx * turn[1] + dy * turn[3]
    length = hypot(dx, dy) or 1.0
    dx, dy = dx / length, dy / length
    if upright:  # the line runs at right angles to the characters' own direction
        dx, dy = -dy, dx
    if abs(dx) < 1e-3 or abs(dy) < 1e-3:
        dx, dy = float(round(dx)), float(round(dy))
    return dx, dy


def _glyph(
    code: int,
    origin: Sequence[float],
    box: Sequence[float],
    along: tuple[float, float],
    size: float,
    upright: bool,
    turn: _Matrix | None,
) -> tuple[Glyph, float]:
    """A traced character and its baseline, in the frame whose u axis is ``along``."""
    dx, dy = along
    char = _char(code)
    x0, y0, x1, y1 = box[0], box[1], box[2], box[3]
    x, y = origin[0], origin[1]
    if turn is not None:
        (x0, y0), (x1, y1), (x, y) = _turned(x0, y0, turn), _turned(x1, y1, turn), _turned(x, y, turn)
    if dx and dy:  # slanted: the box is a hull, so the advance is guessed from the script
        start = x * dx + y * dy
        return (char, start, start + size * (1.0 if code > 0x2E7F else 0.55)), y * dx - x * dy
    start, end = sorted((x0 * dx + y0 * dy, x1 * dx + y1 * dy))
    if upright:
        return (char, start, end), max(y0 * dx - x0 * dy, y1 * dx - x1 * dy) - DESCENT * size
    return (char, start, end), y * dx - x * dy


def _paths(raw: Sequence[dict[str, Any]], turn: _Matrix | None) -> tuple[Painted, ...]:
    """Traced paths with the visible part of each; clip paths themselves are kept too."""
    found: list[Painted] = []
    clips: list[Box] = []
    groups: list[tuple[int, float, bool]] = []  # depth, opacity, whether what is under it shows through
    for path in raw[:MAX_PATHS]:
        kind = path["type"]
        depth = int(path.get("level", 0))
        del clips[depth:]
        while groups and groups[-1][0] >= depth:
            groups.pop()
        if kind == "group":
            _, opacity, blended = groups[-1] if groups else (0, 1.0, False)
            mixed = path.get("blendmode") in _MIXING
            groups.append((depth, opacity * _number(path.get("opacity"), 1.0), blended or mixed))
        elif kind == "clip":
            clips.extend([clips[-1] if clips else Box(-1e9, -1e9, 1e9, 1e9)] * (depth - len(clips)))
            box = _scissor(path["scissor"], turn)
            clips.append(box)
            found.append(Painted("clip", _items(path["items"], turn), box, box, depth))
        elif kind in ("f", "s", "fs") and all(-FAR < v < FAR for v in path["rect"]):
            painted = _painted(path, turn, clips[-1] if clips else None, depth)
            found.append(_in_group(painted, *groups[-1][1:]) if groups else painted)
    return tuple(found)


def _in_group(painted: Painted, opacity: float, blended: bool) -> Painted:
    """A path of a transparency group; what a highlighter paints counts as painted before its text."""
    return replace(painted, opacity=painted.opacity * opacity, order=-1 if blended else painted.order)


def _scissor(rect: Sequence[float], turn: _Matrix | None) -> Box:
    """What a clip path leaves visible; without area when it leaves nothing (MuPDF then swaps its ends)."""
    box = _turned_rect(rect, turn)
    if rect[2] < rect[0] or rect[3] < rect[1]:
        return Box(box.x0, box.y0, box.x0, box.y0)
    return box


def _painted(path: dict[str, Any], turn: _Matrix | None, clip: Box | None, depth: int) -> Painted:
    kind = path["type"]
    fill_opacity = _number(path.get("fill_opacity"), 1.0)
    stroke_opacity = _number(path.get("stroke_opacity"), 1.0)
    dashes = str(path.get("dashes") or "")
    return Painted(
        kind,
        _items(path["items"], turn),
        _turned_rect(path["rect"], turn),
        clip,
        depth,
        fill=_hex(path.get("fill")) if "f" in kind and fill_opacity > 0.02 else "",
        stroke=_hex(path.get("color")) if "s" in kind and stroke_opacity > 0.02 else "",
        width=_number(path.get("width"), 0.0),
        opacity=fill_opacity if "f" in kind else stroke_opacity,
        dashes="" if dashes.startswith("[]") else dashes,
        order=int(path["seqno"]),
    )


def _number(value: object, default: float) -> float:
    return float(value) if isinstance(value, (int, float)) else default


def _items(items: Sequence[Item], turn: _Matrix | None) -> tuple[Item, ...]:
    if turn is None:
        return tuple(items)
    turned: list[Item] = []
    for item in items:
        if item[0] == "re":
            box = _turned_rect(item[1], turn)
            turned.append(("re", (box.x0, box.y0, box.x1, box.y1), item[2]))
        elif item[0] == "qu":
            turned.append(("qu", tuple(_turned(p[0], p[1], turn) for p in item[1])))
        else:
            turned.append((item[0], *(_turned(p[0], p[1], turn) for p in item[1:])))
    return tuple(turned)


def _resources(page: Any) -> str:
    """The page's own resource dictionary as the file writes it; nested ones are only referred to."""
    kind, value = page.parent.xref_get_key(page.xref, "Resources")
    if kind == "xref":
        value = page.parent.xref_object(int(value.split()[0]), compressed=True)
    return str(value) if kind in ("dict", "xref") else "/XObject"


def _images(
    page: Any, resources: str, spans: Sequence[Span], turn: _Matrix | None
) -> tuple[tuple[Image, ...], tuple[int, ...]]:
    """Images in painting order with their pixel sizes, and the painting orders of gradients.

    The log of paint, which alone knows the order and tells gradients from images, takes as long as
    everything else together; so it is asked only where gradients may be or an image may hide text.
    Elsewhere images count as painted first. Gradients inside form objects are not looked for.
    """
    shaded = "/Shading" in resources or "/Pattern" in resources
    if not shaded and "/XObject" not in resources and b"BI" not in page.read_contents():
        return (), ()
    infos = [i for i in page.get_image_info() if i["width"] > 0 and i["height"] > 0]
    images = [Image(_turned_rect(i["bbox"], turn), i["width"], i["height"], -1) for i in infos]
    if not shaded and not any(_may_hide(image, spans) for image in images):
        return tuple(images), ()
    placed: list[Image] = []
    if any(_may_be_shadow(i) for i in infos):  # object numbers cost a decoding of every image
        infos = page.get_image_info(xrefs=True)
    sizes = {tuple(round(v) for v in i["bbox"]): (i["width"], i["height"]) for i in infos}
    shadows = {tuple(round(v) for v in i["bbox"]) for i in infos if _is_shadow(i)}
    log = page.get_bboxlog()
    for order, (kind, box) in enumerate(log):
        if kind in ("fill-image", "fill-imgmask"):
            key = tuple(round(v) for v in box)
            width, height = sizes.get(key, (0, 0))
            painted = -1 if key in shadows else order  # a soft mask lets the text under it show
            placed.append(Image(_turned_rect(box, turn), width, height, painted))
    return tuple(placed), tuple(order for order, (kind, _) in enumerate(log) if kind == "fill-shade")


def _is_shadow(info: dict[str, Any]) -> bool:
    """Whether an image is the grey map of a soft mask (a drop shadow), which is no object of the page."""
    return _may_be_shadow(info) and bool(info["xref"] == 0)


def _may_be_shadow(info: dict[str, Any]) -> bool:
    return bool(info["colorspace"] == 1 and info["bpc"] == 8)


def _may_hide(image: Image, spans: Sequence[Span]) -> bool:
    """Whether any level text stands in the image's box (slanted text: always, it is seldom)."""
    box = image.box
    return any(s.angle != 0.0 or box.holds(s.glyphs[0][1], s.baseline) for s in spans)
