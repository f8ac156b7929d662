"""Scans as they should have been scanned: which way is up, and how far the page leans.

Leaning is found on the page's own lines: of all small turns, the true one gives the sharpest row
profile (Postl 1986). Which way is up is tried with the OCR engine, on few lines, because that depends
on nothing installed; most pages are upright and cost nothing more than a look at what was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scene import Box, Mark, Sector, Word

Pixels = NDArray[np.uint8]

# Degrees. Leaning below LEAST moves a word of a line across A4 by less than a fifth of a line.
MOST, COARSE, FINE, LEAST = 4.0, 0.5, 0.05, 0.12
# Pixels of the shorter side when looking for the lean: lines of 8 pt text are then still 5 px high.
LOOK = 900


def lean(image: Pixels) -> float:
    """Degrees the content is turned clockwise against the horizontal, 0 when it is not clearly turned."""
    ink = _ink(image)
    if ink is None:
        return 0.0
    coarse = np.arange(-MOST, MOST + COARSE / 2, COARSE)
    best = float(coarse[int(np.argmax([_sharpness(ink, a) for a in coarse]))])
    fine = np.arange(best - COARSE, best + COARSE + FINE / 2, FINE)
    scores = [_sharpness(ink, a) for a in fine]
    found = float(fine[int(np.argmax(scores))])
    if abs(found) < LEAST or abs(found) >= MOST:
        return 0.0
    return found if max(scores) > 1.02 * _sharpness(ink, 0.0) else 0.0


def _ink(image: Pixels) -> NDArray[np.float32] | None:
    """Dark strokes of a small copy; None when there are too few to say anything."""
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    scale = LOOK / min(grey.shape[:2])
    if scale < 1:
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(grey, 31)
    ink = np.clip(ground.astype(np.int16) - grey.astype(np.int16) - 20, 0, 255).astype(np.float32)
    return ink if float((ink > 0).mean()) > 0.002 else None


def _sharpness(ink: NDArray[np.float32], angle: float) -> float:
    """How much neighbouring rows differ once the picture is sheared back by the angle."""
    height, width = ink.shape
    shear = np.array([[1, 0, 0], [-np.tan(radians(angle)), 1, 0]], dtype=np.float64)
    level = cv2.warpAffine(ink, shear, (width, height), flags=cv2.INTER_LINEAR)
    rows = level.sum(axis=1)
    return float((np.diff(rows) ** 2).sum())


def levelled(image: Pixels, angle: float) -> Pixels:
    """The image turned back about its middle by the angle it leans; corners are filled with its border."""
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    size = (width, height)
    flat = cv2.warpAffine(image, turn, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Way:
    """From the picture that was read back to the picture as displayed: lean, then quarter turns.

    ``turn`` is how far the displayed picture was turned clockwise before reading (0, 90, 180, 270);
    ``width`` and ``height`` are those of the turned picture.
    """

    turn: int
    lean: float
    width: float
    height: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.lean:
            a = radians(self.lean)
            dx, dy = x - self.width / 2, y - self.height / 2
            x = self.width / 2 + dx * cos(a) - dy * sin(a)
            y = self.height / 2 + dx * sin(a) + dy * cos(a)
        if self.turn == 90:
            return y, self.width - x
        if self.turn == 180:
            return self.width - x, self.height - y
        if self.turn == 270:
            return self.height - y, x
        return x, y

    def box(self, box: Box) -> Box:
        """The box about the same middle; leaning does not make it larger, quarter turns swap its sides."""
        cx, cy = self.point(box.cx, box.cy)
        w, h = (box.height, box.width) if self.turn in (90, 270) else (box.width, box.height)
        return Box(cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2)

    def word(self, word: Word) -> Word:
        if not self.turn and not self.lean:
            return word
        box = self.box(word.box)
        return replace(word, box=box, edges=self._edges(word, box), angle=(word.angle - self.turn) % 360)

    def _edges(self, word: Word, box: Box) -> tuple[float, ...]:
        if not word.edges or word.angle not in (0, 90, 180, 270):
            return word.edges
        old_start = word.box.x0 if word.angle in (0, 180) else word.box.y0
        away = [e - old_start for e in word.edges]
        axis_x = (word.angle - self.turn) % 180 == 0
        flipped = self.turn == 180 or ((self.turn == 90) == (word.angle in (0, 180)) and self.turn != 0)
        start, end = (box.x0, box.x1) if axis_x else (box.y0, box.y1)
        return tuple(end - a for a in away) if flipped else tuple(start + a for a in away)

    def mark(self, mark: Mark) -> Mark:
        if not self.turn and not self.lean:
            return mark
        sector = mark.sector
        if sector is not None:
            cx, cy = self.point(sector.cx, sector.cy)
            shift = self.lean - self.turn
            start = (sector.start + shift) % 360
            sector = Sector(cx, cy, sector.r_outer, sector.r_inner, start, start + sector.end - sector.start)
        return replace(
            mark,
            box=self.box(mark.box),
            points=tuple(self.point(x, y) for x, y in mark.points),
            sector=sector,
        )


def quarter(image: Pixels, turn: int) -> Pixels:
    """The image turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(image, -turn // 90))


def lying(words: Sequence[Word]) -> int:
    """The quarter turn a page needs whose lines run up (90) or down (270), 0 when most run level."""
    lines = [w for w in words if len(w.text) >= 4]
    for angle, turn in ((270, 90), (90, 270)):
        if sum(w.angle == angle for w in lines) > MOSTLY * len(lines):
            return turn
    return 0


# Share of lines that decides which way a page lies: a sideways table on an upright page has fewer.
MOSTLY = 0.6
# Mean confidence of what was read: upright pages have .98, upside down .68-.87, sideways less.
TRUSTED = 0.93
# How much better a part must read upside down for the page to be turned.
BETTER = 0.05


def trust(words: Sequence[Word]) -> float:
    """Mean confidence of what was read, long words counting more; 0 when nothing was."""
    weights = [len(w.text) for w in words if len(w.text) >= 2]
    if not weights:
        return 0.0
    means = [(sum(w.doubts) / len(w.doubts) if w.doubts else w.confidence) for w in words if len(w.text) >= 2]
    return sum(m * n for m, n in zip(means, weights, strict=True)) / sum(weights)
