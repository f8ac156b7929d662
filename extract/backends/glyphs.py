"""Glyphs of one straight line to words: split where the gap is wider than the line's own spacing."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# Gap beyond the expected distance that ends a word, in em: finds 98-100 % of the gaps of half an em, and
# splits 1-2 % of words that have none.
GAP = 0.4
# Latin words are one run with their blanks; a blank wider than this is a column gap.
BLANK_GAP = 0.75
# A number keeps its counter over the quarter of an em that word processors put between digits and kanji.
COUNTER_GAP = 0.65
_COUNTERS = frozenset("年月日代歳")
# Pitch of digits and letters, in em, that are set full-width.
FULL_WIDTH = (0.8, 1.2)
# Two values printed side by side and read as one: a percent sign ends a value.
_VALUE_END = re.compile(r"(?<=\d[%％])(?=[\d.\-+−▲△])")

# How far a character reaches from the centre of its ink to the left and to the right, in em. Signs that
# may have been full-width get the room they would then take.
_OPENING, _CLOSING = frozenset("(（「『【〈《[［"), frozenset(")）」』】〉》]］、。，．")
_EITHER_WIDTH = frozenset("%％?？!！/／~～〜+＋=＝&＆:：#＃＠@ー―—–MWmw")
_NARROW = 0.28
# Rows a character's ink takes above and below the baseline, in em.
_DESCENDING = frozenset("gjpqyQ,;")
_X_HEIGHT = frozenset("acegmnopqrsuvwxyz")
_BRACKETS = frozenset("()[]{}|")
_LOW_SIGNS = frozenset("、。，．.,・ー～~-−=:_…")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as read: ``at`` is its centre along the line, ``confidence`` 0-1."""

    char: str
    at: float
    confidence: float


def text_of(glyphs: Sequence[Glyph]) -> str:
    """The characters alone; one per glyph."""
    return "".join(g.char for g in glyphs)


def is_wide(char: str) -> bool:
    """Whether the character takes a full em."""
    return unicodedata.east_asian_width(char) in "WF"


def advance(char: str) -> float:
    """Expected advance of a character in em."""
    return 1.0 if is_wide(char) else 2 * _NARROW


def reach(char: str) -> tuple[float, float]:
    """Room to the left and to the right of the centre of a character's ink, in em."""
    if char in _OPENING:
        return 0.75, 0.25
    if char in _CLOSING:
        return 0.25, 0.75
    half = 0.5 if is_wide(char) or char in _EITHER_WIDTH else _NARROW
    return half, half


def rise(text: str) -> tuple[float, float]:
    """How far the ink of a text reaches above and below its baseline, in em."""
    above = below = 0.0
    for char in text:
        if char in _LOW_SIGNS or char.isspace():
            up, down = 0.0, 0.1 if char in "、。,，" else 0.0
        elif "\u3041" <= char <= "\u30ff":
            up, down = 0.78, 0.05
        elif is_wide(char):
            up, down = 0.84, 0.08
        elif char in _BRACKETS:
            up, down = 0.78, 0.15
        else:
            up, down = 0.54 if char in _X_HEIGHT else 0.73, 0.2 if char in _DESCENDING else 0.0
        above, below = max(above, up), max(below, down)
    return above, below


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


def pitch(glyphs: Sequence[Glyph]) -> float:
    """The line's own distance between full-width characters; 0 when it has too few of them to tell."""
    steps = [
        b.at - a.at
        for a, b in pairwise(glyphs)
        if is_wide(a.char) and is_wide(b.char) and reach(a.char)[1] == 0.5 == reach(b.char)[0]
    ]
    return statistics.median(steps) if len(steps) >= 3 else 0.0


def _set_wide(glyphs: Sequence[Glyph], em: float) -> bool:
    """Whether digits and letters are set full-width: the recogniser gives both widths as one."""
    solid = [g for g in glyphs if not g.char.isspace()]
    steps = [(b.at - a.at) / em for a, b in pairwise(solid) if a.char.isascii() and b.char.isascii()]
    return len(steps) >= 2 and FULL_WIDTH[0] < statistics.median(steps) < FULL_WIDTH[1]


def _split_gaps(glyphs: Sequence[Glyph], em: float) -> list[list[Glyph]]:
    spacing = max(1.0, pitch(glyphs) / em)  # letter-spaced type has more than 1 em
    wide = _set_wide(glyphs, em)
    parts: list[list[Glyph]] = []
    blanks: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.char.isspace():
            blanks.append(glyph)
            continue
        if last is None or _is_gap(last, glyph, em, spacing, bool(blanks), wide):
            parts.append([])
        elif blanks and not (wide and last.char.isascii() and glyph.char.isascii()):
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


def _is_gap(left: Glyph, right: Glyph, em: float, spacing: float, blank: bool, wide: bool) -> bool:
    ascii_pair = left.char.isascii() and right.char.isascii()
    expected = 1.0 if wide and ascii_pair else (reach(left.char)[1] + reach(right.char)[0]) * spacing
    excess = (right.at - left.at) / em - expected
    if left.char.isdigit() and right.char in _COUNTERS:
        return excess > COUNTER_GAP
    return excess > (BLANK_GAP if blank and ascii_pair and not wide else GAP)
