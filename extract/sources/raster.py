"""Pixels to words and marks: a scanned page, a picture on a page, a picture file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.backends import OcrEngine
from extract.scene import Box, Mark, Sector, Word, hull
from extract.sources.trace import trace_marks
from extract.sources.upright import BETTER, TRUSTED, Way, lean, levelled, lying, quarter, trust

Pixels = NDArray[np.uint8]

# Pixels. A strip of the page this large is read to find out which way is up.
TRIAL = 700

# Levels between neighbouring pixels that make an edge, and the share of such pixels from which an image at
# 72 dpi shows something: charts and text have 2-10 %, gradients and washes none.
EDGE, INKED = 40, 0.008
# Share of such an image that must be free of known things to tell, and how wide known lines are taken.
UNKNOWN, STROKE = 0.1, 6


@dataclass(frozen=True, slots=True)
class Seen:
    """What pixels show, upright: ``turn`` is how far (clockwise) they had to be turned for it.

    Coordinates are those of the turned image; leaning is undone, so they fit the image as it is.
    """

    words: tuple[Word, ...] = ()
    marks: tuple[Mark, ...] = ()
    turn: int = 0
    lean: float = 0.0


Trace = Literal["no", "charts", "yes"]


def see_pixels(image: Pixels, engine: OcrEngine, scan: bool = False, trace: Trace = "charts") -> Seen:
    """Words and marks of an RGB image. ``scan``: it may lie on its side or lean a little.

    ``trace``: whether marks are looked for; ``charts``: only if there is a number in it. A picture without
    a number is a photograph: no chart to be traced, and slow to trace.
    """
    angle = lean(image) if scan else 0.0
    seen = _see(image, engine, 0, angle, trace)
    turn = _way_up(image, engine, seen) if scan else 0
    if turn == 0:
        return seen
    return _see(image, engine, turn, lean(quarter(image, turn)), trace)


def _see(image: Pixels, engine: OcrEngine, turn: int, angle: float, trace: Trace) -> Seen:
    flat = quarter(image, turn) if turn else image
    height, width = flat.shape[:2]
    if angle:
        flat = levelled(flat, angle)
    words = engine.read(flat)
    wanted = trace == "yes" or (trace == "charts" and any(c.isdigit() for w in words for c in w.text))
    marks = trace_marks(flat, [w.box for w in words]) if wanted else ()
    way = Way(0, angle, width, height)
    return Seen(tuple(map(way.word, words)), tuple(map(way.mark, marks)), turn, angle)


def _way_up(image: Pixels, engine: OcrEngine, seen: Seen) -> int:
    """The turn that puts the page upright: from the way its lines run, or by reading a part of it turned.

    Lines running up or down say which; upside down they run level, but read badly.
    """
    sideways = lying(seen.words)
    if sideways or trust(seen.words) >= TRUSTED or not seen.words:
        return sideways
    part = _busiest(image, seen.words)
    return 180 if trust(engine.read(quarter(part, 180))) > trust(engine.read(part)) + BETTER else 0


def _busiest(image: Pixels, words: tuple[Word, ...]) -> Pixels:
    """A square of the image about the middle of what was found, at most TRIAL pixels wide."""
    height, width = image.shape[:2]
    box = hull(w.box for w in words) if words else Box(0, 0, width, height)
    x = int(min(max(box.cx - TRIAL / 2, 0), max(0, width - TRIAL)))
    y = int(min(max(box.cy - TRIAL / 2, 0), max(0, height - TRIAL)))
    return np.ascontiguousarray(image[y : y + TRIAL, x : x + TRIAL])


def placed(seen: Seen, scale: float, x: float, y: float) -> Seen:
    """The same in another frame: pixels divided by ``scale``, then moved by (x, y)."""
    return replace(
        seen,
        words=tuple(_placed_word(w, scale, x, y) for w in seen.words),
        marks=tuple(_placed_mark(m, scale, x, y) for m in seen.marks),
    )


def _placed_box(box: Box, scale: float, x: float, y: float) -> Box:
    return Box(box.x0 / scale + x, box.y0 / scale + y, box.x1 / scale + x, box.y1 / scale + y)


def _placed_word(word: Word, scale: float, x: float, y: float) -> Word:
    start = y if word.angle in (90, 270) else x
    return replace(
        word,
        box=_placed_box(word.box, scale, x, y),
        size=word.size / scale,
        edges=tuple(e / scale + start for e in word.edges),
    )


def _placed_mark(mark: Mark, scale: float, x: float, y: float) -> Mark:
    s = mark.sector
    return replace(
        mark,
        box=_placed_box(mark.box, scale, x, y),
        stroke_width=mark.stroke_width / scale,
        points=tuple((px / scale + x, py / scale + y) for px, py in mark.points),
        slack=mark.slack / scale,
        sector=None
        if s is None
        else Sector(s.cx / scale + x, s.cy / scale + y, s.r_outer / scale, s.r_inner / scale, s.start, s.end),
    )


def enlarged(image: Pixels, factor: float) -> Pixels:
    """The image resampled for reading; small type is read better when it is larger."""
    way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    return np.asarray(cv2.resize(image, None, fx=factor, fy=factor, interpolation=way), dtype=np.uint8)


def has_ink(
    image: Pixels, known: Sequence[Box], strokes: Sequence[Sequence[tuple[float, float]]] = ()
) -> bool:
    """Whether an image shows sharp edges besides what is known to stand on it: no plain background.

    ``known`` boxes and ``strokes`` (points of lines) are in its pixels.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.int16)
    sharp = np.zeros(grey.shape, dtype=bool)
    sharp[:, 1:] |= np.abs(np.diff(grey, axis=1)) > EDGE
    sharp[1:, :] |= np.abs(np.diff(grey, axis=0)) > EDGE
    taken = np.zeros(grey.shape, dtype=np.uint8)
    for box in known:
        taken[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1] = 1
    for points in strokes:
        line = np.rint(np.array(points)).astype(np.int32)
        cv2.polylines(taken, [line], isClosed=False, color=1, thickness=STROKE)
    free = taken == 0
    return float(free.mean()) >= UNKNOWN and float(sharp[free].mean()) >= INKED
