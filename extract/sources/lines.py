"""Lines of a text dump -> paragraphs: what the page width broke is joined again.

A dump keeps the line breaks of the page it came from, sometimes with a blank line after every line. A
line that fills its column and does not end a sentence goes on in the next one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from extract.linebreaks import cuts_number
from extract.scene import Paragraph, ParagraphKind

# A line that reaches this share of its column's width was broken by the page, not by its author.
FULL = 0.86
# In half-width characters: a last word that did not fit leaves at most this much room.
ROOM = 5
# Half-width characters; narrower columns are labels, whose breaks say nothing by their width.
NARROWEST = 14
# Half-width characters: a heading is at most this long.
HEADING = 90
# Share of line pairs with a blank line between them from which a dump is double-spaced.
DOUBLE_SPACED = 0.6

_ENDS = re.compile(r"[。．！？!?]$|[。！？]?[」』】）)〕》]$")
_SENTENCE_END = re.compile(r"[。！？!?][」』）)]*$")
_MARKER = re.compile(
    r"^(?:[■□◆◇●○◎▼▽▲★☆※•⚫・◦‣▶►◉❖✓✔*]|[-–—]\s|[【〈《＜<]|\(?[0-9０-９]{1,2}[).．）、](?![0-9０-９])|\[|"
    r"[①-⑳]|第\s*[0-9０-９一二三四五六七八九十]+\s*[章節部回]|Q\s*[0-9０-９.．:：]|（注|＜|>>)"
)
_BULLET = re.compile(r"^(?:[•⚫・◦‣▶►●○✓✔*]|[-–—]\s|[①-⑳]|\(?[0-9０-９]{1,2}[).．）](?![0-9０-９]))\s*")
_HEADED = re.compile(r"^(?:[■□◆◇▼▽★☆【]|第\s*[0-9０-９一二三四五六七八九十]+\s*[章節部]|Q\s*[0-9０-９])")
_NOTED = re.compile(r"^(?:※|（注|\(注|注[)）:：])")
_RULE = re.compile(r"^[-=_＿―─━〜~*・.。\s]{3,}$")
# No Japanese word or label starts with these: what does, continues the line before.
_CONTINUES = re.compile(
    r"^[、。，．）」』】〕》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々％%]|^[をがにのへるれ](?!ん)"
)
# A sample size ends a label, however long the label is.
_BASE = re.compile(r"[(（]\s*[nNｎＮ]\s*[=＝]\s*[0-9０-９,，]+[^)）]*[)）]$")
_WIDE_GAP = r"(?<=[^\x00-\x7f])[ \u3000](?=[^\x00-\x7f])"


def width(text: str) -> int:
    """Columns the text takes in a fixed-width font: 2 for full-width characters."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def text_to_paragraphs(text: str) -> list[Paragraph]:
    """Paragraphs of a dump in order; rulers (-----) and blank lines only part them."""
    lines = [_tidy(line) for line in text.splitlines()]
    doubled = _is_double_spaced(lines)
    columns = _column_widths(lines, doubled)
    filled = _filled(lines, columns, doubled)
    paragraphs: list[list[str]] = []
    last, gap = -1, 0
    for i, line in enumerate(lines):
        if not line or _RULE.match(line):
            gap += 1 if not line else 5
            continue
        if last >= 0 and _goes_on(lines[last], line, gap, filled[last], doubled):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
        last, gap = i, 0
    return [p for p in map(_paragraph, _despaced(paragraphs)) if p.text]


def _tidy(line: str) -> str:
    return re.sub(r"[ \t\u00a0\u3000\u200b]+", " ", line.replace("\u00ad", "")).strip()


def _is_double_spaced(lines: Sequence[str]) -> bool:
    filled = [i for i, line in enumerate(lines) if line]
    pairs = [b - a for a, b in pairwise(filled)]
    return len(pairs) >= 8 and sum(p == 2 for p in pairs) >= DOUBLE_SPACED * len(pairs)


def _column_widths(lines: Sequence[str], doubled: bool) -> list[int]:
    """For every line the width of the column it stands in: the widest of the lines around it."""
    widths = [width(line) for line in lines]
    if doubled:
        filled = sorted(w for w in widths if w)
        usual = filled[int(0.9 * (len(filled) - 1))] if filled else 0
        return [usual] * len(lines)
    columns = [0] * len(lines)
    start = 0
    for i in range(len(lines) + 1):
        if i == len(lines) or not lines[i]:
            if i > start:
                columns[start:i] = [max(widths[start:i])] * (i - start)
            start = i + 1
    return columns


def _filled(lines: Sequence[str], columns: Sequence[int], doubled: bool) -> list[bool]:
    """Which lines fill their column. The longest line of a list always does, so a column wants two such
    lines, or a comma that shows the line to be running text.
    """
    reach = [
        c >= NARROWEST and (width(ln) >= FULL * c or width(ln) >= c - ROOM)
        for ln, c in zip(lines, columns, strict=True)
    ]
    filled = []
    for i, line in enumerate(lines):
        mates = any(0 <= j < len(lines) and lines[j] and reach[j] for j in (i - 1, i + 1))
        filled.append(reach[i] and (doubled or mates or bool(re.search("[、。]", line))))
    return filled


def _goes_on(above: str, line: str, gap: int, filled: bool, doubled: bool) -> bool:
    """Whether the line is the rest of the one above."""
    if gap > (1 if doubled else 0) or _MARKER.match(line) or _SENTENCE_END.search(above):
        return False
    if _CONTINUES.match(line):
        return True
    return filled and not _BASE.search(above) and not (_ENDS.search(above) and _HEADED.match(above))


def _despaced(paragraphs: Sequence[Sequence[str]]) -> list[str]:
    """Each paragraph's lines joined: Japanese without a blank, Latin words with one."""
    joined = []
    for lines in paragraphs:
        spaced = any(is_letter_spaced(line) for line in lines)
        text = ""
        for line in lines:
            plain = close_up(line) if spaced else line
            text += (_joint(text, plain) if text else "") + plain
        joined.append(text)
    return joined


def _joint(left: str, right: str) -> str:
    if cuts_number(left, right):
        return ""
    return " " if left[-1:].isascii() and right[:1].isascii() and left[-1:] not in "-/" else ""


def is_letter_spaced(line: str) -> bool:
    """Whether single Japanese characters stand apart (契 約 更 新): at least two of them, not in a list."""
    parts = line.split(" ")
    lone = [p for p in parts if len(p) == 1 and p > "\u2e7f"]
    return len(lone) >= 2 and len(lone) * 4 >= len(parts)


def close_up(line: str) -> str:
    """A letter-spaced line set solid: no blanks at Japanese characters, within numbers, before %."""
    text = re.sub(_WIDE_GAP, "", line)
    text = re.sub(r"(?<=[0-9.]) (?=[0-9.%％])", "", text)
    text = re.sub(r"(?<=[^\x00-\x7f]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) (?=[^\x00-\x7f])", "", text)
    return re.sub(r"(?<=[A-Z]) (?=[A-Z](?![a-z]))", "", text)


def _paragraph(text: str) -> Paragraph:
    kind: ParagraphKind = "body"
    level = 0
    if _NOTED.match(text):
        kind = "note"
    elif _HEADED.match(text) and width(text) <= HEADING and not _SENTENCE_END.search(text):
        kind, level = "heading", 2
    elif _BULLET.match(text):
        kind, text = "item", _BULLET.sub("", text)
    return Paragraph(text.strip(), kind, level=level)
