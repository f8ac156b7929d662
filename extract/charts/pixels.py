"""Marks and words told apart where both come from pixels: strokes of characters, swatches read as ■."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.charts.color import distance, is_grey, same
from extract.scene import Box, Mark, Scene, Word

# What an OCR engine makes of a swatch.
SWATCH_TEXT = re.compile(r"[■□◼◻●○◆◇▲△▼▽★☆口ロ回日目田oOＯ○一ー―\-|Il。・.、■]{1,2}")
# A mark with this share of its area under words is made of their strokes, unless its colour says otherwise.
SCRAP_COVER = 0.6
# A swatch and its bars are traced to the same colour within this (RGB distance).
OWN_COLOR = 8.0
# No character is this many times as high as the usual text of a chart.
HUGE = 8.0
# Characters that a line sample may be read as, how near its ink is to its marker's (RGB distance), and
# what share of them the marker covers: no stroke of a character covers as much.
SAMPLE_TEXT, SAMPLE_INK, SAMPLE_SHARE = 3, 60.0, 0.12
# Characters that are one level stroke, how wide they are and how far off their line (em of the word).
DASHES, DASH_WIDTH, DASH_OFF = "一ー―—–-", 1.1, 0.25
# Recognition cuts a year in two where its figures are set apart by less than this (em).
CUT = 0.2
WHOLE_YEAR = re.compile(r"(?:19|20)\d\d(?:年.{0,4})?")
# Blurred edges of bars are up to this many times as wide as the slack of their place (0.1-0.2 px).
EDGE = 4.0


def tell_apart(scene: Scene) -> Scene:
    """The scene without traced marks that are strokes of characters and without words that are swatches.

    Words keep their indices: a word that is no text becomes empty.
    """
    scene = replace(scene, words=_mended(scene.words))
    if all(mark.seen_by == "vector" for mark in scene.marks):
        return replace(scene, words=_without_swatches(scene.words, scene.marks))
    bars = [m for m in scene.marks if m.seen_by == "pixels" and m.kind == "rect" and not _is_edge(m)]
    scene = replace(
        scene, marks=tuple(m for m in scene.marks if not _is_edge(m) and not _is_outline(m, bars))
    )
    traced = [mark for mark in scene.marks if mark.seen_by == "pixels"]
    words = _without_swatches(scene.words, scene.marks)
    boxes = [word.box for word in words if word.text]
    within = {id(mark): next((box for box in boxes if _within(mark.box, box)), None) for mark in traced}
    colors = {
        m.fill for m in traced if within[id(m)] is None and m.fill and m.kind in ("rect", "sector", "area")
    }
    kept = []
    for mark in scene.marks:
        if any(_is_dash(mark, w) for w in words if w.text[:1] in DASHES and w.text):
            continue
        word = within.get(id(mark))
        if _is_swatch(mark, word, colors) if word else not _is_scrap(mark, boxes, colors):
            kept.append(mark)
    return replace(scene, marks=tuple(kept), words=words)


def _mended(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words with years that recognition cut in two made whole: 「202」「2年」."""
    out = list(words)
    for i, first in enumerate(words):
        if first.seen_by != "ocr" or not first.text[-1:].isdigit() or not out[i].text:
            continue
        for j, second in enumerate(words):
            if j == i or second.seen_by != "ocr" or not out[j].text or not second.text[:1].isdigit():
                continue
            em = min(first.size, second.size)
            level = abs(first.box.cy - second.box.cy) < 0.2 * em and max(first.size, second.size) < 1.3 * em
            year = WHOLE_YEAR.fullmatch(first.text + second.text)
            if level and year and 0 <= second.box.x0 - first.box.x1 < CUT * em:
                out[i] = _joined(out[i], second)
                out[j] = replace(second, text="", edges=(), doubts=())
                break
    return tuple(out)


def _joined(first: Word, second: Word) -> Word:
    known = all(len(w.edges) == len(w.text) + 1 for w in (first, second))
    told = all(len(w.doubts) == len(w.text) for w in (first, second))
    return replace(
        first,
        text=first.text + second.text,
        box=first.box | second.box,
        edges=(*first.edges[:-1], *second.edges) if known else (),
        doubts=(*first.doubts, *second.doubts) if told else (),
        confidence=min(first.confidence, second.confidence),
    )


def _is_edge(mark: Mark) -> bool:
    """A traced rectangle hardly wider than its own uncertainty is the blurred edge of another."""
    return mark.kind == "rect" and min(mark.box.width, mark.box.height) < EDGE * mark.slack


def _is_outline(mark: Mark, bars: Sequence[Mark]) -> bool:
    """A traced line along or within a bar is its blurred edge."""
    if mark.kind != "line" or mark.seen_by == "vector":
        return False
    reach = 2 * EDGE * mark.slack
    return any(
        bar.box.x0 - reach <= mark.box.x0 and mark.box.x1 <= bar.box.x1 + reach
        and bar.box.y0 - reach <= mark.box.y0 and mark.box.y1 <= bar.box.y1 + reach
        for bar in bars
    )  # fmt: skip


def _without_swatches(words: Sequence[Word], marks: Sequence[Mark]) -> tuple[Word, ...]:
    usual = sorted(word.box.height for word in words)[len(words) // 2] if words else 0.0
    return tuple(
        word if word.seen_by != "ocr"
        else replace(word, text="", edges=(), doubts=())
        if _is_drawing(word, usual, marks) or _is_sample(word, marks)
        else _emptied(word, marks)
        for word in words
    )  # fmt: skip


def _is_sample(word: Word, marks: Sequence[Mark]) -> bool:
    """A line sample with its marker read as 「IT」: the marker stands in the word, in its ink."""
    if len(word.text.strip()) > SAMPLE_TEXT or is_grey(word.color) or any(c.isdigit() for c in word.text):
        return False
    return any(
        mark.kind in ("rect", "marker") and mark.seen_by == "pixels" and bool(mark.fill)
        and distance(mark.fill, word.color) <= SAMPLE_INK and mark.box.shared(word.box) > 0.95 * mark.box.area
        and SAMPLE_SHARE * word.box.area < mark.box.area and mark.box.width < 2 * mark.box.height
        for mark in marks
    )  # fmt: skip


def _is_drawing(word: Word, usual: float, marks: Sequence[Mark]) -> bool:
    """A slice or a bar read as one huge character."""
    if len(word.text.strip()) > 2 or word.box.height < HUGE * usual:
        return False
    return any(mark.box.shared(word.box) > 0.5 * word.box.area for mark in marks if mark.fill)


def _emptied(word: Word, marks: Sequence[Mark]) -> Word:
    """A swatch that OCR read as ■ or 口 has a mark of its own size at its place, traced or drawn."""
    if not SWATCH_TEXT.fullmatch(word.text.strip()):
        return word
    for mark in marks:
        covered = mark.box.shared(word.box) > 0.6 * min(mark.box.area, word.box.area)
        if covered and mark.fill and max(mark.box.width, mark.box.height) < 3 * word.size:
            return replace(word, text="", edges=(), doubts=())
    return word


def _within(mark: Box, word: Box) -> bool:
    height = word.y1 - word.y0
    slack = 0.1 * height
    return (
        word.x0 - slack <= mark.x0 and mark.x1 <= word.x1 + slack
        and word.y0 - slack <= mark.y0 and mark.y1 <= word.y1 + slack
        and mark.y1 - mark.y0 <= 1.05 * height
    )  # fmt: skip


def _is_dash(mark: Mark, word: Word) -> bool:
    """The first character of 「一部の顧客」 traced as a line: the box of the word may begin behind it."""
    if mark.seen_by != "pixels" or mark.kind not in ("rect", "line") or len(word.text.strip()) < 2:
        return False
    em, box, ink = word.size, mark.box, mark.fill or mark.stroke
    slim = box.height < 0.3 * em and 0.3 * em < box.width <= DASH_WIDTH * em
    at_start = word.box.x0 - DASH_WIDTH * em <= box.x0 and box.x1 <= word.box.x0 + DASH_WIDTH * em
    level = abs(box.cy - word.box.cy) <= DASH_OFF * em
    return slim and at_start and level and bool(ink) and same(ink, word.color, traced=True)


def _is_scrap(mark: Mark, words: Sequence[Box], colors: set[str]) -> bool:
    """A small traced mark mostly under words, of a colour that nothing else has: strokes of two lines."""
    if mark.seen_by == "vector" or mark.kind not in ("rect", "area", "marker"):
        return False
    over = [word for word in words if mark.box.shared(word) > 0 and mark.box.height < 2.5 * word.height]
    if sum(mark.box.shared(word) for word in over) < SCRAP_COVER * mark.box.area:
        return False
    return not any(same(mark.fill, color, traced=True) for color in colors if color != mark.fill)


def _is_swatch(mark: Mark, word: Box, colors: set[str]) -> bool:
    """A swatch that OCR took into a word stands at its start and has larger marks of its very colour."""
    at_start = mark.box.x1 < word.x0 + 1.3 * word.height
    return at_start and bool(mark.fill) and any(distance(mark.fill, color) <= OWN_COLOR for color in colors)
