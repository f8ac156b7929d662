"""Where a row of text is one word, where a blank belongs, and where it must be cut.

Works on solid pieces and on gaps in em alone, so that it holds for any font, size and direction. Two
facts carry it: set text has one spacing at a time (so a series of equal gaps between single characters is
letter-spacing, however wide), and Japanese has no blanks between words (so a blank inside it is spacing,
not a word border, where the row is spaced).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

Decision = Literal["join", "blank", "cut"]
Script = Literal["k", "d", "l"]

# All in em. Gaps below this are kerning: the letters are set solid.
SOLID = 0.1
# A word blank of Latin type is .25-.35, stretched in justified text to .6; the automatic space between
# kanji and numerals of word processors is .25; columns and neighbours are an em apart and more.
LATIN_BLANK, LATIN_CUT = 0.12, 0.8
KANJI_CUT, SPACED_KANJI_CUT = 0.3, 0.75
TYPED_CUT = 0.2
# Neighbouring values stand at least this far apart; the digits of one number do not, unless spaced.
VALUES_CUT = 0.12
# A change of colour or of size cuts already here: a legend entry beside the next.
RESTYLED_CUT = 0.15
# Letter-spacing: a series of gaps each within EVEN of their mean (rounding of positions).
EVEN = 0.08
# How wide it may be by script: kanji are spread over a table cell, digits hardly ever, Latin seldom.
WIDEST: dict[str, float] = {"k": 3.0, "d": 0.7, "l": 0.6}
# Gaps wider than this cannot be spacing, so they say nothing about a row being justified.
JUSTIFIED = 1.0
# Kanji that stand alone as words in table heads and axes: never spread parts of one word.
ALONE = frozenset("男女計有無月火水木金土日年大中小上下人件％%○×△◎●－-・")

_DIGITS = frozenset("0123456789０１２３４５６７８９.,．，%％▲△±+＋")
_PERCENT = frozenset("%％")
_CLOSING, _OPENING = frozenset("、。，．）」』】〕》〉"), frozenset("（「『【〔《〈")
HALF = 0.5  # em of such white


class Gap(NamedTuple):
    """The room between two pieces: ``width`` in em, a typed blank in it, another style behind it.

    ``walled``: a ruling line or the edge of a bar stands in it.
    """

    width: float
    typed: bool = False
    restyled: bool = False
    walled: bool = False


def script(char: str) -> Script:
    """``d`` parts of numbers, ``k`` Japanese and other full-width characters, ``l`` everything else."""
    if char in _DIGITS:
        return "d"
    if char < "\u0370":
        return "l"
    return "k" if char >= "\u2e80" or unicodedata.east_asian_width(char) in "WF" else "l"


def cuts(pieces: Sequence[str], gaps: Sequence[Gap]) -> list[Decision]:
    """One decision per gap between the pieces (``len(pieces) - 1`` of them)."""
    if not gaps:
        return []
    ends = [(script(p[0]), script(p[-1])) for p in pieces]
    spaced = _letter_spaced(pieces, gaps)
    usual = _usual_kanji_gap(pieces, ends, gaps)
    return [
        "join" if spaced[i] else _decide(pieces, ends[i][1] + ends[i + 1][0], gaps, i, usual)
        for i in range(len(gaps))
    ]


def _decide(pieces: Sequence[str], pair: str, gaps: Sequence[Gap], i: int, usual: float) -> Decision:
    gap = gaps[i]
    width = gap.width - (usual if "k" in pair else 0.0) - _own_white(pieces[i][-1], pieces[i + 1][0])
    if gap.walled or gap.width < -0.5 or (gap.restyled and width > RESTYLED_CUT):
        return "cut"
    if pair == "dd" and width >= VALUES_CUT:
        return "cut" if width >= LATIN_CUT or _value_border(pieces, gaps, i) else "join"
    if "k" in pair:
        return _at_kanji(pair, gap, width, spaced=usual > SOLID)
    if width >= LATIN_CUT:
        return "cut"
    return "blank" if width >= LATIN_BLANK else "join"


def _own_white(left: str, right: str) -> float:
    """White that belongs to Japanese punctuation: half an em after a comma, before an opening bracket.

    Typesetters cut it out of the character and put it back as a gap (JIS X 4051).
    """
    return (HALF if left in _CLOSING else 0.0) + (HALF if right in _OPENING else 0.0)


def _at_kanji(pair: str, gap: Gap, width: float, spaced: bool) -> Decision:
    """At least one side is Japanese."""
    if spaced:
        return "join" if width < SPACED_KANJI_CUT else "cut"
    if "l" in pair and gap.typed and width < LATIN_CUT:
        return "blank" if width >= LATIN_BLANK else "join"
    if width >= KANJI_CUT or (gap.typed and width >= TYPED_CUT):
        return "cut"
    return "join"


def _value_border(pieces: Sequence[str], gaps: Sequence[Gap], i: int) -> bool:
    """Whether the digits left and right of gap i are two numbers: ``48.0% 34.8%``, ``12 34``."""
    left, right = pieces[i], pieces[i + 1]
    if right[0] in "%％.．,，" or left[-1] in "▲△±+＋.．,，":
        return False
    if left[-1] in _PERCENT:
        return True
    # ``8 1%`` is a spaced 81 %, not an 8 and a 1 %: a lone digit before a digit with its percent sign
    lone = len(left) == 1 and (i == 0 or gaps[i - 1].width >= VALUES_CUT)
    return not (lone and len(right) > 1 and gaps[i].width < 0.45)


def _usual_kanji_gap(
    pieces: Sequence[str], ends: Sequence[tuple[Script, Script]], gaps: Sequence[Gap]
) -> float:
    """The spacing of a justified row: the median gap at Japanese characters, 0 for a row set solid."""
    widths = [
        g.width
        for i, g in enumerate(gaps)
        if -0.2 < g.width < JUSTIFIED and ("k" in (ends[i][1], ends[i + 1][0]))
    ]
    solid = sum(len(p) - 1 for p in pieces if "k" in (script(p[0]), script(p[-1])))
    if len(widths) < 2 or solid >= len(widths):
        return 0.0
    usual = median(widths + [0.0] * solid)
    return usual if usual > SOLID / 2 else 0.0


def _letter_spaced(pieces: Sequence[str], gaps: Sequence[Gap]) -> list[bool]:
    """For every gap whether it is letter-spacing inside one word."""
    found = [False] * len(gaps)
    i = 0
    while i < len(gaps):
        j = _even_until(pieces, gaps, i)
        if j - i >= 2:
            chars = [pieces[i][-1], *pieces[i + 1 : j], pieces[j][0]]
            if _is_spaced_word(chars, gaps[i:j]):
                found[i:j] = [True] * (j - i)
        elif j - i == 1 and _is_spaced_pair(pieces, gaps, i):
            found[i] = True
        i = max(j, i + 1)
    return found


def _even_until(pieces: Sequence[str], gaps: Sequence[Gap], i: int) -> int:
    """The end of the series of equal, visible gaps between single characters that starts at gap i."""
    j, total = i, 0.0
    while j < len(gaps):
        gap = gaps[j]
        if gap.width < SOLID or gap.restyled or gap.walled or (j > i and len(pieces[j]) != 1):
            break
        mean = (total + gap.width) / (j - i + 1)
        if abs(gap.width - mean) > max(EVEN, 0.12 * mean):
            break
        total += gap.width
        j += 1
    return j


def _is_spaced_word(chars: Sequence[str], gaps: Sequence[Gap]) -> bool:
    width = sum(g.width for g in gaps) / len(gaps)
    scripts = {script(c) for c in chars}
    if "l" in scripts and (len(chars) < 4 or "k" in scripts) and width > LATIN_BLANK * 1.5:
        return False
    if width > max(WIDEST[s] for s in scripts) or all(c in ALONE for c in chars):
        return False
    return scripts != {"d"} or _one_number("".join(chars), width)


def _is_spaced_pair(pieces: Sequence[str], gaps: Sequence[Gap], i: int) -> bool:
    """Whether two lone characters are one word spread over its cell: ``区　分``, ``２　級``."""
    left, right, width = pieces[i], pieces[i + 1], gaps[i].width
    if len(left) != 1 or len(right) != 1 or width > WIDEST["k"]:
        return False
    if script(right) != "k" or script(left) == "l" or left in ALONE or right in ALONE:
        return False
    before = gaps[i - 1] if i else None
    after = gaps[i + 1] if i + 1 < len(gaps) else None
    return all(g is None or g.walled or g.width > 1.3 * width for g in (before, after))


def _one_number(text: str, width: float) -> bool:
    """Whether evenly spaced digits are one number: not ticks (1 2 3 4), nor two values (4 % 3 %)."""
    if (
        width > WIDEST["d"]
        or sum(text.count(sign) for sign in _PERCENT) > 1
        or text[:-1].endswith(("%", "％"))
    ):
        return False
    digits = [unicodedata.digit(c) for c in text if c.isdigit()]
    steps = {b - a for a, b in pairwise(digits)}
    ticks = len(digits) == len(text) and len(digits) >= 3 and len(steps) == 1 and steps != {0}
    return not ticks or width < 0.35
