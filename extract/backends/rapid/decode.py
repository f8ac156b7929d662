"""What the recogniser said: CTC columns decoded to characters, each with its place and its confidence.

The model knows 18,708 characters, many of them simplified or traditional Chinese forms of Japanese ones
(满 for 満, 增 for 増). Classes that Japanese does not write are ruled out *before* the best is chosen,
because the right form nearly always is the runner-up; a table of replacements would have to guess. Where
the model hesitates between characters that Japanese does write, ``likely`` asks their neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.backends.glyphs import Glyph
from extract.backends.rapid.likely import LEAST, MOST, SURE, Candidates, likeliest, may_change

# Typographic signs outside Shift_JIS that Japanese reports print.
ALSO = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ㈱№℡–—~〜～©®™€²³½¼•")
# A slash loses narrowly against the blank: emitted where "/" and "／" together reach this probability.
SLASH = 0.10


class Decoder:
    """Greedy CTC over the characters that Japanese writes, hesitant ones decided by their neighbours."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self._kept = np.array([i for i, c in enumerate(characters) if i == 0 or is_japanese(c)])
        self._chars = [characters[i] for i in self._kept]
        self._slashes = [i for i, c in enumerate(self._chars) if c in ("/", "／")]

    def __call__(self, columns: NDArray[np.float32]) -> tuple[Glyph, ...]:
        """``columns`` are class probabilities, shape (columns, classes)."""
        kept = columns[:, self._kept]
        kept /= np.maximum(kept.sum(axis=1, keepdims=True), 1e-9)
        best = kept.argmax(axis=1)
        slash = kept[:, self._slashes].sum(axis=1)
        best[(best == 0) & (slash >= SLASH)] = self._slashes[0]
        top = np.maximum(kept[np.arange(len(best)), best], np.where(np.isin(best, self._slashes), slash, 0))
        glyphs: list[Glyph] = []
        places: list[Candidates] = []
        for start, end in runs(best):
            if best[start] == 0:
                continue
            char, confidence = self._chars[best[start]], float(top[start:end].max())
            glyphs.append(Glyph(char, _centre(top, start, end), confidence))
            row = kept[start + int(top[start:end].argmax())]
            hesitant = confidence < SURE and may_change(char)
            places.append(self._candidates(row) if hesitant else ((char, confidence),))
        return tuple(_reconsidered(glyphs, places))

    def _candidates(self, row: NDArray[np.float32]) -> Candidates:
        """The likeliest kana and kanji of a column of probabilities."""
        found = [
            (self._chars[i], float(row[i])) for i in np.argpartition(row, -min(MOST, len(row)))[-MOST:] if i
        ]
        return [(char, p) for char, p in found if p >= LEAST and may_change(char)]


def _reconsidered(glyphs: Sequence[Glyph], places: Sequence[Candidates]) -> Sequence[Glyph]:
    """The glyphs with hesitant characters as their neighbours suggest, and as sure as these make them."""
    if all(len(candidates) == 1 for candidates in places):
        return glyphs
    return [
        replace(glyph, char=char, confidence=sure) if len(candidates) > 1 else glyph
        for glyph, (char, sure), candidates in zip(glyphs, likeliest(places), places, strict=True)
    ]


def runs(classes: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Stretches of equal classes as (start, end)."""
    cuts = np.flatnonzero(np.diff(classes)) + 1
    bounds = [0, *cuts.tolist(), len(classes)]
    return [(a, b) for a, b in pairwise(bounds) if b > a]


def is_japanese(char: str) -> bool:
    """Whether Japanese writes this character: Shift_JIS, and a few signs beside it."""
    if char in ALSO:
        return True
    try:
        char.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return True


def _centre(weight: NDArray[np.float32], start: int, end: int) -> float:
    part = weight[start:end]
    return float((np.arange(start, end) * part).sum() / max(float(part.sum()), 1e-9)) + 0.5
