"""Glyphs of one straight line to words: split where the gap is wider than the line's own spacing."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# Advance widths in em: what a full-width and what a half-width character takes.
WIDE, NARROW = 1.0, 0.56
# Gap beyond the expected advance that ends a word, in em: finds 98-100 % of the gaps of half an em, and
# splits 1-2 % of words that have none.
GAP = 0.4
# Latin words are one run with their blanks; a blank wider than this is a column gap.
BLANK_GAP = 0.75
# Two values printed side by side and read as one: a percent sign ends a value.
_VALUE_END = re.compile(r"(?<=\d[%％])(?=[\d.\-+−▲△])")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as read: ``at`` is its centre along the line, ``confidence`` 0-1."""

    char: str
    at: float
    confidence: float


def text_of(glyphs: Sequence[Glyph]) -> str:
    """The characters alone; one per glyph."""
    return "".join(g.char for g in glyphs)


def advance(char: str) -> float:
    """Expected advance of a character in em."""
    return WIDE if unicodedata.east_asian_width(char) in "WF" else NARROW


def split_glyphs(glyphs: Sequence[Glyph], em: float) -> list[list[Glyph]]:
    """Runs of glyphs without a wide gap; blanks only inside a run. ``em`` in the unit of ``at``."""
    runs = [part for run in _split_gaps(glyphs, em) for part in _split_values(run)]
    return [run for run in map(_stripped, runs) if run]


def glyphs_to_edges(glyphs: Sequence[Glyph], em: float) -> tuple[float, ...]:
    """Left edges and the last right edge: half way between neighbours, half an advance at the ends."""
    inner = [(a.at + b.at) / 2 for a, b in pairwise(glyphs)]
    first = glyphs[0].at - advance(glyphs[0].char) * em / 2
    last = glyphs[-1].at + advance(glyphs[-1].char) * em / 2
    return (first, *inner, last)


def _split_gaps(glyphs: Sequence[Glyph], em: float) -> list[list[Glyph]]:
    pitch = max(1.0, _pitch(glyphs) / em)
    parts: list[list[Glyph]] = []
    blanks: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.char.isspace():
            blanks.append(glyph)
            continue
        if last is None or _is_gap(last, glyph, em, pitch, bool(blanks)):
            parts.append([])
        elif blanks:
            parts[-1].append(Glyph(" ", (last.at + glyph.at) / 2, blanks[0].confidence))
        parts[-1].append(glyph)
        last, blanks = glyph, []
    return parts


def _split_values(run: list[Glyph]) -> list[list[Glyph]]:
    cuts = [0, *(m.start() for m in _VALUE_END.finditer(text_of(run))), len(run)]
    return [run[a:b] for a, b in pairwise(cuts)]


def _stripped(run: list[Glyph]) -> list[Glyph]:
    solid = [i for i, g in enumerate(run) if not g.char.isspace()]
    return run[solid[0] : solid[-1] + 1] if solid else []


def _is_gap(left: Glyph, right: Glyph, em: float, pitch: float, blank: bool) -> bool:
    expected = (advance(left.char) + advance(right.char)) / 2 * pitch
    excess = (right.at - left.at) / em - expected
    return excess > (BLANK_GAP if blank and left.char.isascii() and right.char.isascii() else GAP)


def _pitch(glyphs: Sequence[Glyph]) -> float:
    """The line's own distance between full-width characters (letter-spaced type has more than 1 em)."""
    steps = [b.at - a.at for a, b in pairwise(glyphs) if advance(a.char) == WIDE == advance(b.char)]
    return statistics.median(steps) if len(steps) >= 3 else 0.0
