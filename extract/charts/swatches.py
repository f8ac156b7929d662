"""Small marks and ■●◆ characters beside text: candidates for the keys of a legend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from extract.charts.color import WHITE, is_pale, over_white, same, shown
from extract.scene import Box, Mark, Word, hull

GLYPHS = re.compile(r"[-－—―━─]{0,2}[■□●○◆◇▲△▼▽★☆◼◻◾◽▪▫⬛⬜][-－—―━─]{0,2}")
HOLLOW = "□◻◽▫"
TALL = 2.2  # em: no swatch is higher than its text by more
LONG = 7.0  # em: dashed line samples with a marker are the longest keys
TINY = 0.15  # em: below this a mark is a speck, a tick or a border
NEAR = 3.0  # em: how far from any word a mark may lie to be looked at
SIZE_RATIO = 1.3  # swatches of one legend are drawn alike
SEEN_RATIO = 2.0  # traced keys are often only the markers of line samples, which differ in shape

SLIM = 5.0  # times as long as high: a traced rectangle that is the sample of a line
PAPER = 248  # every channel of paper (0-255); chart tools' palest greys and tints lie below
CUT_RATIO = 3.0  # a marker may cut a traced line sample in two

# A recognised letter this sure is one; what swatches, squares and dashes are read as.
SURE_LETTER = 0.95
BOXY = frozenset("口ロ回国図困因固日目田曰皿四一ー二ニ三ミ工エI1lノ丨")

SQUARE = 0.25  # share by which the sides of a marker differ
BAR = 3.0  # times as large as its key a bar is at least

Shape = Literal["box", "line", "glyph", "marker"]  # marker: all that was seen of a line sample


@dataclass(frozen=True, slots=True)
class Swatch:
    """One key. ``marks`` are the marks it is drawn with; a glyph stands in the text of ``word``."""

    box: Box
    color: str
    shape: Shape
    marks: tuple[int, ...] = ()
    word: int = -1
    glyph: str = ""
    traced: bool = False
    dashed: bool = False


def find_swatches(words: Sequence[Word], marks: Sequence[Mark]) -> list[Swatch]:
    """Every mark or glyph that could be a key, in no order of merit."""
    level = [w for w in words if w.text.strip() and w.angle % 180 == 0]
    if not level:
        return []
    small = _small_marks(level, marks)
    drawn = [_to_swatch(group, marks) for group in _concentric(small, marks)]
    keys = [_sampled(s, marks) for s in drawn if s is not None and not _is_written_on(s, level)]
    return keys + _glyphs(words, keys)


def _sampled(key: Swatch, marks: Sequence[Mark]) -> Swatch:
    """A traced marker in the colour of a line is what was seen of the sample of that line."""
    square = abs(key.box.width - key.box.height) <= SQUARE * max(key.box.width, key.box.height)
    if not key.traced or key.shape != "box" or not square:
        return key
    bars = any(
        m.kind == "rect" and m.box.area > BAR * key.box.area and same(key.color, shown(m), True)
        for m in marks
    )
    lines = any(m.kind == "polyline" and len(m.points) > 2 and same(key.color, m.stroke, True) for m in marks)
    return replace(key, shape="marker") if lines and not bars else key


def _is_written_on(swatch: Swatch, words: Sequence[Word]) -> bool:
    """Text stands inside: a badge, a boxed number, or ink of a letter that was traced as a mark.

    OCR may read the swatch itself as one character.
    """
    box = swatch.box
    for word in words:
        if len(word.edges) != len(word.text) + 1 or box.y1 < word.box.y0 or box.y0 > word.box.y1:
            continue
        within = [c for c, (a, b) in enumerate(pairwise(word.edges)) if box.x0 <= (a + b) / 2 <= box.x1]
        letters = [c for c in within if _is_letter(word, c)]
        if swatch.traced and letters and word.box.y0 <= box.cy <= word.box.y1:
            return not GLYPHS.search(word.text)  # a stroke of な is no line sample
        read_as_one = word.seen_by == "ocr" and len(within) == 1 and not letters
        if within and swatch.shape == "box" and box.y0 <= word.box.cy <= box.y1 and not read_as_one:
            return not GLYPHS.search(word.text)
    return False


def _is_letter(word: Word, c: int) -> bool:
    """Whether a recognised character is a letter for sure, and none that a swatch is taken for."""
    char = word.text[c]
    sure = len(word.doubts) == len(word.text) and word.doubts[c] >= SURE_LETTER
    return sure and char.isalpha() and char not in BOXY


def _small_marks(words: Sequence[Word], marks: Sequence[Mark]) -> list[int]:
    """Indices of marks of a key's size that lie near a word."""
    if not marks:
        return []
    em = float(np.quantile([w.size for w in words], 0.9))
    boxes = np.array([(m.box.x0, m.box.y0, m.box.x1, m.box.y1) for m in marks])
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    sized = (width <= LONG * em) & (height <= TALL * em) & (np.maximum(width, height) >= TINY * em)
    keep = [int(i) for i in np.flatnonzero(sized) if shown(marks[int(i)])]
    if not keep:
        return []
    text = np.array([(w.box.x0, w.box.y0, w.box.x1, w.box.y1) for w in words])
    reach = NEAR * np.array([w.size for w in words])
    part = boxes[keep]
    meets = (
        (part[:, None, 0] <= text[None, :, 2] + reach)
        & (part[:, None, 2] >= text[None, :, 0] - reach)
        & (part[:, None, 1] <= text[None, :, 3] + reach)
        & (part[:, None, 3] >= text[None, :, 1] - reach)
    )
    return [keep[int(k)] for k in np.flatnonzero(meets.any(axis=1))]


def _concentric(small: Sequence[int], marks: Sequence[Mark]) -> list[list[int]]:
    """Marks drawn over each other around one centre: fill and border, line and marker."""
    groups: list[list[int]] = []
    centres: dict[tuple[int, int], list[int]] = {}
    for i in sorted(small, key=lambda i: (-marks[i].box.area, i)):
        box = marks[i].box
        slack = max(0.6, 0.15 * max(box.width, box.height))
        x, y = round(box.cx / 4), round(box.cy / 4)
        near = [g for u in (x - 1, x, x + 1) for v in (y - 1, y, y + 1) for g in centres.get((u, v), [])]
        for g in near:
            other = marks[groups[g][0]].box
            if abs(other.cx - box.cx) <= slack and abs(other.cy - box.cy) <= slack:
                groups[g].append(i)
                break
        else:
            centres.setdefault((x, y), []).append(len(groups))
            groups.append([i])
    return groups


def _to_swatch(group: Sequence[int], marks: Sequence[Mark]) -> Swatch | None:
    """The key drawn by these marks; its colour is the topmost that is not paper."""
    parts = sorted((marks[i] for i in group), key=lambda m: m.order)
    box = hull(m.box for m in parts)
    colors = [shown(m) for m in parts if m.fill or m.kind in ("line", "polyline")]
    inked = [c for c in colors if not is_pale(c, PAPER)]
    if not colors or not (inked or any(m.stroke for m in parts)):
        return None
    longest = max(parts, key=lambda m: m.box.width)
    drawn = longest.box
    traced_line = longest.seen_by == "pixels" and longest.kind == "rect" and drawn.width > SLIM * drawn.height
    is_line = traced_line or longest.kind in ("line", "polyline")
    is_line = is_line or (not longest.fill and drawn.width > 4 * drawn.height)
    if is_line and drawn.height > 0.5 * drawn.width:
        return None  # a slanted or upright stroke is a leader or a tick
    line_color = over_white(longest.stroke, longest.opacity) if is_line and longest.stroke else ""
    color = line_color or (inked[-1] if inked else colors[-1])
    traced = any(m.seen_by == "pixels" for m in parts)
    dashed = any(m.dashed for m in parts)
    return Swatch(box, color, "line" if is_line else "box", tuple(group), traced=traced, dashed=dashed)


def _glyphs(words: Sequence[Word], keys: Sequence[Swatch]) -> list[Swatch]:
    found = []
    for k, word in enumerate(words):
        if word.angle % 180 or len(word.edges) != len(word.text) + 1:
            continue
        for hit in GLYPHS.finditer(word.text):
            box = Box(word.edges[hit.start()], word.box.y0, word.edges[hit.end()], word.box.y1)
            traced = word.seen_by == "ocr"
            if traced and hit[0] in HOLLOW and len(word.text.strip()) == 1:
                if not any(key.box.shared(box) > 0 for key in keys):  # the key of white bars was not seen
                    found.append(Swatch(box, WHITE, "box", (), k, "", traced))
                continue
            found.append(Swatch(box, word.color, "glyph", (), k, hit[0], traced))
    return found


def similar(a: Swatch, b: Swatch) -> bool:
    """Whether two keys could belong to one legend by their drawing."""
    if "glyph" in (a.shape, b.shape):
        return a.shape == b.shape
    if a.shape != b.shape:
        return True  # columns and a line in one chart
    wide = sorted((a.box.width, b.box.width))
    high = sorted((a.box.height, b.box.height))
    traced = a.traced and b.traced
    if a.shape == "line":
        return wide[1] <= (CUT_RATIO if traced else SIZE_RATIO) * wide[0]
    slack, ratio = (1.5, SEEN_RATIO) if traced else (0.3, SIZE_RATIO)
    return wide[1] <= ratio * wide[0] + slack and high[1] <= ratio * high[0] + slack


def marks_in_color(swatch: Swatch, marks: Sequence[Mark], own: frozenset[int]) -> list[int]:
    """Marks outside the legend's own that show the swatch's colour and are no smaller than it."""
    found = []
    for i, mark in enumerate(marks):
        if i in own or not (mark.fill or mark.stroke):
            continue
        traced = swatch.traced or mark.seen_by == "pixels"
        colors = {shown(mark), over_white(mark.stroke, mark.opacity) if mark.stroke else ""}
        if not any(same(swatch.color, c, traced) for c in colors if c):
            continue
        if mark.kind in ("line", "polyline", "sector") or mark.box.area >= 0.6 * swatch.box.area:
            found.append(i)
    return found
