"""Hatched and dotted bars: a texture of strokes that fills a rectangle evenly.

The gaps between the strokes are closed, what is long and straight is taken out (outlines part two hatched
neighbours), and what then fills a rectangle evenly is a bar. Its fill is a made-up colour, because the eye
tells hatchings apart by how dense they are and where they run: brightness is the share of ground, and hue
is the direction. So a bar and its key in the legend have one colour, as plain fills have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.scene import Box
from extract.sources.trace.bars import Rect
from extract.sources.trace.lines import THICKEST, Stroke
from extract.sources.trace.palette import Color

INK, KEY_INK = 26, 45
"""Levels from every ground from which a pixel belongs to a stroke of a hatching, pale ones included, and in
the key of a legend, where little lies between the strokes."""
SPACING, LINE_SHARE = (13, 27), 0.9
"""Pixels between strokes up to which they are one hatching, at least and at most, and that in heights of
the words on the image."""
THINNEST, SHORTEST = 8, 12
"""Pixels of the shorter and the longer side of the smallest piece of texture."""
FULL = 0.85
"""Share of its box a closed hatching fills."""
DENSITY = (0.06, 0.75)
"""Share of ink: dots have least, cross-hatching most."""
EVEN, BLOCKS_EVEN = 0.35, 0.85
"""Share of the usual ink that a block has at least, and share of the blocks that do: a hatching is even,
writing and pictures are not."""
FEW_PARTS, KNOWN = 4, 0.4
"""Plain rectangles, and the share they take, that are no gaps of a hatching."""
HALF = 0.5
"""Share of the shorter of two strokes along which they run side by side."""
CLEAR = 6.0
"""Spacings of length from which a run of ink is an outline and no stroke of a hatching."""
LONG = 1.6
"""Spacings from which a stroke may be an outline; rows of dots make shorter ones."""
BARE = 0.4
"""Share of a hatching that no word covers."""
PREVAILING = 0.5
"""Share of a coloured bar that its fill takes where strokes are drawn upon it."""
SNAP = 12.0
"""Pixels from the end of the texture within which an outline is its edge."""
ALONG = 0.6
"""Share of a side that an outline covers."""
RING = 6
"""Pixels around a word that are looked at."""
STANDALONE = 18
"""Pixels; a thinner hatching is no bar."""
FEWEST = 2
"""Hatched bars of a chart; one alone is an ornament."""
KEY, RIM, OUTLINED = 40, 3, 0.85
"""Pixels of the height of the largest key of a legend, and of its outline, which takes this share of
every side."""
LIKE, KEY_LIKE = 40, 70
"""Levels that made-up colours of one texture differ, and that of a key, which is a small sample of it."""
UNSHARP = 5.0
"""Pixels within which the edge of a texture lies."""
HUE = 70.0
"""Levels of chroma of a hatching that runs in one direction."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of the image: its grounds, the words on it, and the bars and lines found."""

    colors: Sequence[Color]
    words: Sequence[Box]
    rects: Sequence[Rect]
    lines: Sequence[Stroke]


def hatched_bars(image: NDArray[np.uint8], known: Ground) -> list[Rect]:
    """Bars filled with a pattern, and keys of a legend like them; the words are wiped off the image."""
    spacing = _spacing(known.words)
    mask = _ink(image, known, spacing)
    lines = [*known.lines, *_runs(mask, round(CLEAR * spacing))]
    outlines = _without_hatching(lines, known.words, spacing)
    barrier = _drawn(mask.shape, outlines)
    free = cv2.bitwise_and(mask, 1 - barrier)
    if int(free.sum()) < THINNEST * SHORTEST:
        return []
    plain = np.ones((spacing, spacing), np.uint8)
    closed = np.asarray(cv2.morphologyEx(free, cv2.MORPH_CLOSE, plain), np.uint8)
    closed[barrier > 0] = 0
    _heal(closed, known.words)
    solid = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((THINNEST, THINNEST), np.uint8))
    edges, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for edge in edges:
        x, y, w, h = cv2.boundingRect(edge)
        if (
            min(w, h) < STANDALONE
            or max(w, h) < 2 * spacing
            or cv2.contourArea(edge) < FULL * (w - 1) * (h - 1)
        ):
            continue
        inside = mask[y : y + h, x : x + w]
        fill = _fill(image[y : y + h, x : x + w], inside, _hidden(known.words, x, y, w, h), spacing)
        if fill is not None:
            found.append(_framed(x, y, w, h, fill, outlines))
    bars = _one_fill_each([r for r in found if not _is_known(r, known.rects)])
    if len(bars) < FEWEST:
        return []
    keys = _keys(image, _ink(image, known, spacing, KEY_INK), bars)
    return bars + [key for key in keys if not _is_known(key, known.rects)]


def _spacing(words: Sequence[Box]) -> int:
    """Pixels between strokes up to which they are one hatching."""
    heights = sorted(min(word.width, word.height) for word in words)
    usual = heights[len(heights) // 2] if heights else 0.0
    return int(np.clip(LINE_SHARE * usual, *SPACING)) | 1


def _is_known(rect: Rect, known: Sequence[Rect]) -> bool:
    """Whether a few plain rectangles are all there is; the gaps of a hatching are many small ones."""
    parts = [_shared(rect, other) for other in known]
    parts = [part for part in parts if part > 0]
    return len(parts) <= FEW_PARTS and sum(parts) > KNOWN * rect.width * rect.height


def _shared(a: Rect, b: Rect) -> float:
    width, height = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    return width * height if min(width, height) > 0 else 0.0


def _fill(
    part: NDArray[np.uint8], inside: NDArray[np.uint8], hidden: NDArray[np.bool_], spacing: int
) -> Color | None:
    """The fill of a rectangle of texture, None where it is uneven: a prevailing colour that is no ground is
    its own, with the strokes drawn upon it; else one is made up for the strokes."""
    shown = inside[~hidden]
    if shown.size < BARE * inside.size:
        return None
    if float(shown.mean()) > DENSITY[1]:
        color = np.median(part[~hidden], axis=0)
        alike = np.abs(part[~hidden].astype(np.int16) - color.astype(np.int16)).max(axis=1) <= INK
        red, green, blue = (round(float(v)) for v in color)
        return (red, green, blue) if float(alike.mean()) >= PREVAILING else None
    return _made_up(part, inside) if _is_even(inside, hidden, spacing) else None


def in_hatching(rect: Rect, bars: Sequence[Rect]) -> bool:
    """Whether a rectangle is a stroke of one of these hatched bars, a gap between two, or on its outline."""
    x, y, slim = (rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2, min(rect.width, rect.height)
    return any(
        bar.x0 - RIM - 1 <= x <= bar.x1 + RIM + 1
        and bar.y0 - RIM - 1 <= y <= bar.y1 + RIM + 1
        and (slim < HALF * min(bar.width, bar.height) or _shared(rect, bar) > KNOWN * bar.width * bar.height)
        for bar in bars
    )


def clipped(rect: Rect, bars: Sequence[Rect]) -> Rect:
    """The rectangle ended where a hatched bar in line with it begins: their outline is one of both."""
    for bar in bars:
        if _in_row(rect, bar):
            x0, x1 = _ended(rect.x0, rect.x1, bar.x0, bar.x1)
            rect = replace(rect, x0=x0, x1=x1)
        elif _in_row(rect.flipped(), bar.flipped()):
            y0, y1 = _ended(rect.y0, rect.y1, bar.y0, bar.y1)
            rect = replace(rect, y0=y0, y1=y1)
    return rect


def _in_row(a: Rect, b: Rect) -> bool:
    return abs(a.y0 - b.y0) <= RIM + 1 and abs(a.y1 - b.y1) <= RIM + 1


def _ended(start: float, stop: float, other_start: float, other_stop: float) -> tuple[float, float]:
    if start < other_start < stop <= other_start + SNAP:
        return start, other_start
    if other_stop - SNAP <= start < other_stop < stop:
        return other_stop, stop
    return start, stop


def _one_fill_each(bars: Sequence[Rect]) -> list[Rect]:
    """The bars with the fills of like textures made one, the largest bar's."""
    fills: list[Color] = []
    out = []
    for bar in sorted(bars, key=lambda r: -r.width * r.height):
        fill = min(fills, key=lambda f: _apart(f, bar.fill), default=None)
        if fill is None or _apart(fill, bar.fill) > LIKE:
            fill = bar.fill
            fills.append(fill)
        out.append(replace(bar, fill=fill))
    return out


def _keys(image: NDArray[np.uint8], mask: NDArray[np.uint8], bars: Sequence[Rect]) -> list[Rect]:
    """Small boxes with an outline all around and a texture inside: keys of a legend, filled as the bars
    they are most like."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for x, y, w, h, _ in stats[1:]:
        if not (THINNEST + 2 * RIM <= h <= KEY and THINNEST + 2 * RIM <= w <= 3 * KEY and h <= 1.5 * w):
            continue
        box = mask[y : y + h, x : x + w]
        sides = (
            box[:RIM].max(axis=0),
            box[-RIM:].max(axis=0),
            box[:, :RIM].max(axis=1),
            box[:, -RIM:].max(axis=1),
        )
        inside = box[RIM:-RIM, RIM:-RIM]
        if min(float(side.mean()) for side in sides) < OUTLINED:
            continue
        if not DENSITY[0] <= float(inside.mean()) <= DENSITY[1]:
            continue
        own = _made_up(image[y + RIM : y + h - RIM, x + RIM : x + w - RIM], inside)
        near = min((bar.fill for bar in bars), key=lambda fill: _apart(fill, own))
        fill = near if _apart(near, own) <= KEY_LIKE else own
        found.append(_rect(float(x), float(y), float(x + w), float(y + h), fill))
    return found


def _heal(closed: NDArray[np.uint8], words: Sequence[Box]) -> None:
    """Fill, in place, the words that have texture on two opposite sides: they stand in it."""
    height, width = closed.shape
    for word in words:
        x0, y0 = max(RING, int(word.x0) - 3), max(RING, int(word.y0) - 3)
        x1, y1 = min(width - RING, int(word.x1) + 4), min(height - RING, int(word.y1) + 4)
        if x1 <= x0 or y1 <= y0:
            continue
        sides = (
            (closed[y0:y1, x0 - RING : x0], closed[y0:y1, x1 : x1 + RING]),
            (closed[y0 - RING : y0, x0:x1], closed[y1 : y1 + RING, x0:x1]),
        )
        if any(all(float(side.mean()) >= 0.5 for side in pair) for pair in sides):
            closed[y0:y1, x0:x1] = 1


def _ink(image: NDArray[np.uint8], known: Ground, spacing: int, least: int = INK) -> NDArray[np.uint8]:
    """1 where neither a ground nor a bar is; what is slimmer than the spacing may be a gap of a hatching."""
    mask: NDArray[np.uint8] = np.ones(image.shape[:2], np.uint8)
    for ground in known.colors:
        low = np.array([max(0, v - least) for v in ground], np.uint8)
        high = np.array([min(255, v + least) for v in ground], np.uint8)
        mask[cv2.inRange(image, low, high) > 0] = 0
    for rect in (r for r in known.rects if min(r.width, r.height) > spacing):
        corners = (int(rect.x0) - 1, int(rect.y0) - 1), (int(rect.x1) + 1, int(rect.y1) + 1)
        cv2.rectangle(mask, *corners, 0, cv2.FILLED)
    return mask


def _without_hatching(lines: Sequence[Stroke], words: Sequence[Box], spacing: int) -> list[Stroke]:
    """The long strokes that are no hatching themselves: one of several side by side, words in between."""
    kept: list[Stroke] = []
    for level in (True, False):
        own = [s for s in lines if (s.y0 == s.y1) == level]
        ends = [(s.x0, s.x1, s.y0) if level else (s.y0, s.y1, s.x0) for s in own]
        sides = [
            (w.x0, w.x1, y) if level else (w.y0, w.y1, x)
            for w in words
            for x, y in ((w.x0, w.y0), (w.x1, w.y1))
        ]
        if not own:
            continue
        start, stop, at = np.array(ends + sides).T
        order = np.argsort(at, kind="stable")
        start, stop, at = start[order], stop[order], at[order]
        for stroke, (low, high, place) in zip(own, ends, strict=True):
            if high - low < LONG * spacing:
                continue
            near = slice(*np.searchsorted(at, (place - spacing, place + spacing)))
            along = np.minimum(stop[near], high) - np.maximum(start[near], low)
            beside = at[near][along > HALF * np.minimum(stop[near] - start[near], high - low)]
            if not ((beside < place - RIM).any() and (beside > place + RIM).any()):
                kept.append(stroke)
    return kept


def _runs(mask: NDArray[np.uint8], least: int) -> list[Stroke]:
    """Long level and standing runs of ink: outlines that lean by a pixel or two, or touch a bar."""
    found = []
    for level in (True, False):
        own = mask if level else np.ascontiguousarray(mask.T)
        thick = cv2.dilate(own, np.ones((3, 1), np.uint8))
        runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
        edges, _ = cv2.findContours(runs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for x, y, w, h in map(cv2.boundingRect, edges):
            middle = y + h / 2
            ends = (
                (float(x), middle, float(x + w), middle)
                if level
                else (middle, float(x), middle, float(x + w))
            )
            if h <= THICKEST + 3:
                found.append(Stroke(*ends, float(h - 2), (0, 0, 0)))
    return found


def _drawn(shape: tuple[int, ...], lines: Sequence[Stroke]) -> NDArray[np.uint8]:
    barrier = np.zeros(shape, np.uint8)
    for line in lines:
        ends = (round(line.x0), round(line.y0)), (round(line.x1), round(line.y1))
        cv2.line(barrier, *ends, 1, max(3, round(line.thickness) + 2))
    return barrier


def _hidden(words: Sequence[Box], x: int, y: int, w: int, h: int) -> NDArray[np.bool_]:
    """True within the box where a word hides the texture."""
    hidden = np.zeros((h, w), bool)
    for word in words:
        x0, y0 = max(0, int(word.x0) - x - 3), max(0, int(word.y0) - y - 3)
        x1, y1 = int(word.x1) - x + 4, int(word.y1) - y + 4
        if x1 > 0 and y1 > 0 and x0 < w and y0 < h:
            hidden[y0:y1, x0:x1] = True
    return hidden


def _is_even(inside: NDArray[np.uint8], hidden: NDArray[np.bool_], spacing: int) -> bool:
    """Whether every part of the texture that shows has about as much ink as the others."""
    height, width = inside.shape
    shares = []
    rows, columns = max(1, height // spacing), max(1, min(24, width // spacing))
    for ys in np.array_split(np.arange(height), rows):
        for xs in np.array_split(np.arange(width), columns):
            part = np.ix_(ys, xs)
            shown = ~hidden[part]
            if shown.mean() > 0.5:
                shares.append(float(inside[part][shown].mean()))
    if not shares:
        return False
    usual = float(np.median(shares))
    even = float(np.mean([share >= EVEN * usual for share in shares]))
    return DENSITY[0] <= usual <= DENSITY[1] and even >= BLOCKS_EVEN


def _made_up(part: NDArray[np.uint8], inside: NDArray[np.uint8]) -> Color:
    """A colour for the texture: bright where there is little ink, its hue the direction of the strokes."""
    grey = cv2.GaussianBlur(cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), (0, 0), 1.0)
    dx, dy = cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    strength = float((dx * dx + dy * dy).sum()) or 1.0
    flat = float((dx * dx - dy * dy).sum()) / strength
    slant = float((2 * dx * dy).sum()) / strength
    light = 255.0 * (1.0 - float(inside.mean()))
    values = light + HUE * slant, light - HUE * slant, light + HUE * flat
    red, green, blue = (int(np.clip(v, 0, 249)) for v in values)
    return red, green, blue


def _framed(x: int, y: int, w: int, h: int, fill: Color, outlines: Sequence[Stroke]) -> Rect:
    """The rectangle out to the outlines around it, where there are some."""
    left = _edge(float(x), [s for s in outlines if s.x0 == s.x1 and _covers(s.y0, s.y1, y, y + h)], True)
    right = _edge(float(x + w), [s for s in outlines if s.x0 == s.x1 and _covers(s.y0, s.y1, y, y + h)], True)
    top = _edge(float(y), [s for s in outlines if s.y0 == s.y1 and _covers(s.x0, s.x1, x, x + w)], False)
    foot = _edge(float(y + h), [s for s in outlines if s.y0 == s.y1 and _covers(s.x0, s.x1, x, x + w)], False)
    return replace(_rect(left, top, right, foot, fill), blur=UNSHARP)


def _rect(x0: float, y0: float, x1: float, y1: float, fill: Color) -> Rect:
    core = (round(x0), round(y0), round(x1), round(y1))
    return Rect(x0, y0, x1, y1, fill, (fill, fill, fill, fill), core=core)


def _covers(start: float, stop: float, low: float, high: float) -> bool:
    return min(stop, high) - max(start, low) >= ALONG * (high - low)


def _edge(at: float, lines: Sequence[Stroke], standing: bool) -> float:
    places = [line.x0 if standing else line.y0 for line in lines]
    near = [place for place in places if abs(place - at) <= SNAP]
    return min(near, key=lambda place: abs(place - at), default=at)


def _apart(a: Color, b: Color) -> int:
    return max(abs(p - q) for p, q in zip(a, b, strict=True))
