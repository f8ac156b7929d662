"""Glyphs of one region to words: split where the gap is wider than the line's own spacing."""

from __future__ import annotations

import statistics
import unicodedata
from collections.abc import Sequence

from extract.backends.rapid.decode import Glyph

# Advance widths in em: what a full-width and what a half-width character takes.
WIDE, NARROW = 1.0, 0.56
# Gap beyond the expected advance that ends a word, in em: finds 98-100 % of the gaps of half an em, and
# splits 1-2 % of words that have none.
GAP = 0.4
# Latin words are one run with their blanks; a blank wider than this is a column gap.
BLANK_GAP = 0.75


def advance(char: str) -> float:
    """Expected advance of a character in em."""
    return WIDE if unicodedata.east_asian_width(char) in "WF" else NARROW


def split_glyphs(glyphs: Sequence[Glyph], em: float) -> list[list[Glyph]]:
    """Runs of glyphs without a wide gap; blanks only inside a run. ``em`` in the glyphs' unit."""
    pitch = max(1.0, _pitch(glyphs) / em) if em > 0 else 1.0
    parts: list[list[Glyph]] = []
    blank = False
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.char.isspace():
            blank = True
            continue
        if last is None or _is_gap(last, glyph, em, pitch, blank):
            parts.append([])
        elif blank:
            parts[-1].append(Glyph(" ", (last.at + glyph.at) / 2, min(last.confidence, glyph.confidence)))
        parts[-1].append(glyph)
        last, blank = glyph, False
    return parts


def glyphs_to_edges(glyphs: Sequence[Glyph], em: float) -> tuple[float, ...]:
    """Left edges and the last right edge: half way between neighbours, half an advance at the ends."""
    inner = [(a.at + b.at) / 2 for a, b in zip(glyphs, glyphs[1:], strict=False)]
    first = glyphs[0].at - advance(glyphs[0].char) * em / 2
    last = glyphs[-1].at + advance(glyphs[-1].char) * em / 2
    return (first, *inner, last)


def _is_gap(left: Glyph, right: Glyph, em: float, pitch: float, blank: bool) -> bool:
    expected = (advance(left.char) + advance(right.char)) / 2 * pitch
    excess = (right.at - left.at) / em - expected
    return excess > (BLANK_GAP if blank and left.char.isascii() and right.char.isascii() else GAP)


def _pitch(glyphs: Sequence[Glyph]) -> float:
    """The line's own distance between full-width characters (letter-spaced type has more than 1 em)."""
    steps = [
        b.at - a.at
        for a, b in zip(glyphs, glyphs[1:], strict=False)
        if advance(a.char) == WIDE == advance(b.char)
    ]
    return statistics.median(steps) if len(steps) >= 3 else 0.0
