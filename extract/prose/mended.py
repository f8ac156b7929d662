"""Paragraphs of a page, put together again where a line end was taken for a paragraph's.

Letters seen by OCR differ in height from line to line, so that a line may look like the end of its block.
A line of running text that breaks off inside a sentence, with the next one right below it, goes on there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.layout import joined
from extract.prose.callouts import lone_numbers
from extract.scene import Box, Paragraph, hull

SHORTEST = 24  # characters of the shortest line that can be a broken off part of running text
BELOW = 2.2  # heights of the line: how far below it the next one may begin
BESIDE = 2.0  # heights: how far the two lines may begin from each other at the left
RAGGED = 3.0  # heights: how far before the right edge of the next paragraph a wrapped line may end
_ENDED = re.compile(r"[。！？!?」』】）)：:％%…]\s*$|(?:です|ます|でした|ました|である)\s*$")
_BIG = re.compile(r"^(?:の|が)[^、。]{4,}")
_OPENS = re.compile(r"^\s*(?:[■◆●◼◇▼▽★☆※【＜≪・•⚫\-–]|[①-⑳]|\d{1,2}[.．)）]\s?\D|[(（]\d{1,2}[)）]|[QＱ]\d)")


def mended(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs with broken ones joined; those without boxes stay as they are."""
    out: list[Paragraph] = []
    for paragraph in paragraphs:
        if out and _goes_on(out[-1], paragraph):
            out[-1] = replace(joined(out[-1], paragraph), kind="body")
        else:
            out.append(paragraph)
    return out


def _goes_on(first: Paragraph, second: Paragraph) -> bool:
    if _BIG.match(second.text) and len(lone_numbers(first.text)) == 1:
        return True  # a call-out with its sentence: 78％ / の企業が増員を予定
    if first.kind not in ("body", "item") or second.kind != "body" or len(first.text) < SHORTEST:
        return False
    if _ENDED.search(first.text) or _OPENS.match(second.text) or "。" not in second.text:
        return False
    if len(first.boxes) != len(first.text) or len(second.boxes) != len(second.text):
        return False
    return _right_below(first.boxes, second.boxes)


def _right_below(first: Sequence[Box], second: Sequence[Box]) -> bool:
    """Whether the second begins at the left on the line below the last line of the first, which is full."""
    last, head = first[-1], second[0]
    height = max(last.height, head.height)
    line = hull(b for b in first if abs(b.cy - last.cy) < 0.5 * height)
    below = 0 < head.cy - last.cy <= BELOW * height
    left = abs(line.x0 - head.x0) <= BESIDE * height or abs(first[0].x0 - head.x0) <= BESIDE * height
    full = last.x1 >= max(b.x1 for b in second) - RAGGED * height
    return below and left and full
