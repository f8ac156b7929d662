"""The words above a table: what it is about, and the unit it is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.scene import Box, Scene, Word, hull
from extract.tables.cells import UNIT_WORDS, cell_values, fold, named_unit

# How far above the table its caption may stand, and how far apart its lines, in line heights.
REACH = 3.0
LINE_GAP = 1.3
MOST_LINES = 3
# So many numbers and nothing else in a line are the axis of a chart.
TICKS = 3
NOTE = re.compile(r"^[※*＊注（(]*\s*(注|※|資料|出典|出所|備考|source)", re.IGNORECASE)
UNIT_NOTE = re.compile(
    rf"^([（(\[]\s*.{{1,6}}|[（(\[]?\s*(単位|unit)\s*[:：]?\s*.{{1,12}}|{UNIT_WORDS})\s*[)）\]]?$",
    re.IGNORECASE,
)
# A caption that only numbers a part (①一般行政職) is read with the line above it.
PART = re.compile(r"^\s*[①-⑳ア-エ]\s*|^[（(]?[ア-オa-e]+[)）]")


@dataclass(frozen=True, slots=True)
class Caption:
    text: str = ""
    unit_text: str = ""
    words: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    text: str
    box: Box
    size: float
    words: tuple[int, ...]


def lines_above(scene: Scene, table: Box, taken: frozenset[int]) -> list[TextLine]:
    """Lines above the table and over it, nearest first."""
    over = [
        (i, w)
        for i, w in enumerate(scene.words)
        if i not in taken
        and w.angle == 0
        and w.box.y1 <= table.y0 + w.size * 0.5
        and table.x0 - 4 * w.size < w.box.cx < table.x1
    ]
    lines: list[list[tuple[int, Word]]] = []
    for i, word in sorted(over, key=lambda p: (-p[1].box.cy, p[1].box.x0)):
        if lines and abs(word.box.cy - lines[-1][0][1].box.cy) < 0.6 * word.size:
            lines[-1].append((i, word))
        else:
            lines.append([(i, word)])
    return [line_of(line) for line in lines]


def line_of(line: Sequence[tuple[int, Word]]) -> TextLine:
    ordered = sorted(line, key=lambda p: p[1].box.x0)
    return TextLine(
        " ".join(w.text for _, w in ordered),
        hull(w.box for _, w in ordered),
        max(w.size for _, w in ordered),
        tuple(i for i, _ in ordered),
    )


def find_caption(scene: Scene, table: Box, taken: frozenset[int]) -> Caption:
    """The caption nearest above the table: up to three lines set alike; sentences and notes end it."""
    chosen: list[TextLine] = []
    unit_text = ""
    bottom = table.y0
    for line in lines_above(scene, table, taken):
        gap = (bottom - line.box.y1) / max(line.size, 1e-6)
        if gap > (REACH if not chosen else LINE_GAP) or len(chosen) == MOST_LINES:
            break
        bottom = line.box.y0
        if not chosen and UNIT_NOTE.match(fold(line.text)) and named_unit(line.text):
            unit_text = line.text
            continue
        if NOTE.match(fold(line.text)) or line.text.rstrip().endswith("。") or is_scale(scene, line):
            break
        if chosen and abs(line.size - chosen[-1].size) > 0.15 * line.size and not PART.match(chosen[-1].text):
            break
        chosen.append(line)
    text = " ".join(line.text for line in reversed(chosen))
    words = tuple(i for line in chosen for i in line.words)
    return Caption(text.strip(), unit_text or trailing_note(text), words)


def is_scale(scene: Scene, line: TextLine) -> bool:
    """Whether the line is the axis of a chart that stands over its table: numbers in a row."""
    values = [word for word in (scene.words[i].text for i in line.words) if cell_values(word)]
    return len(values) >= TICKS and len(values) == len(line.words)


def trailing_note(text: str) -> str:
    """A unit in brackets that ends the caption: 売上の推移（億円）."""
    match = re.search(r"[（(\[][^（()）]{1,20}[)）\]]\s*$", text)
    return match[0] if match else ""
