"""Where a row of characters is one word, where a blank belongs, and where it must be cut.

Works on gaps in em alone, so that it holds for any font, size and direction. Two facts carry it: set
text has one spacing at a time (so a series of equal gaps is letter-spacing, however wide), and Japanese
has no blanks between words (so a blank inside it is spacing, not a word border, where the row is spaced).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

Decision = Literal["join", "blank", "cut"]
Script = Literal["k", "d", "l"]

# All in em. A word blank of Latin type is .25-.35, stretched in justified text to .6; the automatic space
# between kanji and numerals of word processors is .25; columns and neighbours are an em apart and more.
LATIN_BLANK, LATIN_CUT = 0.12, 0.8
KANJI_CUT, SPACED_KANJI_CUT = 0.3, 0.75
TYPED_CUT = 0.2
# Neighbouring values stand at least this far apart; the digits of one number do not, unless spaced.
VALUES_CUT = 0.12
# A change of colour or of size cuts already here: a legend entry beside the next.
RESTYLED_CUT = 0.15
# Letter-spacing: a series of gaps each within EVEN of their mean (rounding of positions), at least FAINT.
EVEN, FAINT = 0.08, 0.1
# How wide it may be by script: kanji are spread over a table cell, digits hardly ever, Latin seldom.
WIDEST = {"k": 3.0, "d": 0.7, "l": 0.6}
# Gaps wider than this cannot be spacing, so they say nothing about a row being justified.
JUSTIFIED = 1.0
# Kanji that stand alone as words in table heads and axes: never spread parts of one word.
ALONE = frozenset("男女計有無月火水木金土日年大中小上下人件％%○×△◎●－-・")

_DIGITS = frozenset("0123456789０１２３４５６７８９.,．，%％▲△±+＋")
_MINUS = frozenset("-−–－")


@dataclass(frozen=True, slots=True)
class Gap:
    """The room between two characters: ``width`` in em, a typed blank in it, another style behind it.

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
    return "k" if unicodedata.east_asian_width(char) in "WF" or char >= "\u2e80" else "l"


def cuts(chars: Sequence[str], gaps: Sequence[Gap]) -> list[Decision]:
    """One decision per gap (``len(chars) - 1`` of them)."""
    if not gaps:
        return []
    scripts = [script(c) for c in chars]
    spacing = _letter_spacing(chars, scripts, gaps)
    usual = _usual_kanji_gap(scripts, gaps)
    decisions: list[Decision] = []
    for i in range(len(gaps)):
        if spacing[i] is not None:
            decisions.append("join")
            continue
        decisions.append(_decide(chars, scripts, gaps, i, usual))
    return decisions


def _decide(
    chars: Sequence[str], scripts: Sequence[Script], gaps: Sequence[Gap], i: int, usual: float
) -> Decision:
    gap, pair = gaps[i], scripts[i] + scripts[i + 1]
    width = gap.width - (usual if "k" in pair else 0.0)
    if gap.walled or width < -0.5 or (gap.restyled and width > RESTYLED_CUT):
        return "cut"
    if pair == "dd" and width >= VALUES_CUT and _value_border(chars, gaps, i):
        return "cut"
    if "k" in pair:
        return _at_kanji(pair, gap, width, spaced=usual > FAINT)
    if width >= LATIN_CUT:
        return "cut"
    return "blank" if width >= LATIN_BLANK else "join"


def _at_kanji(pair: str, gap: Gap, width: float, spaced: bool) -> Decision:
    """At least one side is Japanese."""
    if spaced:
        return "join" if width < SPACED_KANJI_CUT else "cut"
    if "l" in pair and gap.typed and width < LATIN_CUT:
        return "blank" if width >= LATIN_BLANK else "join"
    if width >= KANJI_CUT or (gap.typed and width >= TYPED_CUT):
        return "cut"
    return "join"


def _value_border(chars: Sequence[str], gaps: Sequence[Gap], i: int) -> bool:
    """Whether the digits left and right of gap i are two numbers: ``48.0% 34.8%``, ``12 34``."""
    right = chars[i + 1]
    if right in "%％.．,，" or chars[i] in "▲△±+＋.．,，":
        return False
    single_left = i == 0 or gaps[i - 1].width >= VALUES_CUT
    single_right = i + 1 >= len(gaps) or gaps[i + 1].width >= VALUES_CUT
    # ``8 1%`` is a spaced 81 %, not an 8 and a 1 %: a lone digit before a digit with its percent sign
    return not (single_left and not single_right and chars[i] not in "%％" and gaps[i].width < 0.45) or (
        chars[i] in "%％"
    )


def _usual_kanji_gap(scripts: Sequence[Script], gaps: Sequence[Gap]) -> float:
    """The spacing of a justified row: the median gap at Japanese characters, 0 for a row set solid."""
    widths = [
        g.width
        for i, g in enumerate(gaps)
        if "k" in (scripts[i], scripts[i + 1]) and -0.2 < g.width < JUSTIFIED
    ]
    if len(widths) < 2:
        return 0.0
    usual = median(widths)
    return max(0.0, usual) if usual > FAINT / 2 else 0.0


def _letter_spacing(
    chars: Sequence[str], scripts: Sequence[Script], gaps: Sequence[Gap]
) -> list[float | None]:
    """For every gap the letter-spacing it belongs to, None where it belongs to none."""
    found: list[float | None] = [None] * len(gaps)
    i = 0
    while i < len(gaps):
        j = _even_until(gaps, i)
        if j - i >= 2 and _is_spaced_word(chars[i : j + 1], scripts[i : j + 1], gaps[i:j]):
            width = sum(g.width for g in gaps[i:j]) / (j - i)
            found[i:j] = [width] * (j - i)
        elif j - i >= 1 and j - i < 2 and _is_spaced_pair(chars, scripts, gaps, i):
            found[i] = gaps[i].width
        i = max(j, i + 1)
    return found


def _is_spaced_pair(
    chars: Sequence[str], scripts: Sequence[Script], gaps: Sequence[Gap], i: int
) -> bool:
    """Whether two lone characters are one word spread over its cell: ``区　分``, ``２　級``."""
    width = gaps[i].width
    if scripts[i + 1] != "k" or scripts[i] == "l" or width > WIDEST["k"]:
        return False
    if chars[i] in ALONE or chars[i + 1] in ALONE:
        return False
    before = gaps[i - 1] if i else None
    after = gaps[i + 1] if i + 1 < len(gaps) else None
    return all(g is None or g.walled or g.width > 1.3 * width for g in (before, after))


def _even_until(gaps: Sequence[Gap], i: int) -> int:
    """The end of the series of equal, visible gaps that starts at gap i."""
    j, total = i, 0.0
    while j < len(gaps) and gaps[j].width >= FAINT and not (gaps[j].restyled or gaps[j].walled):
        mean = (total + gaps[j].width) / (j - i + 1)
        if abs(gaps[j].width - mean) > max(EVEN, 0.12 * mean):
            break
        total += gaps[j].width
        j += 1
    return j


def _is_spaced_word(chars: Sequence[str], scripts: Sequence[Script], gaps: Sequence[Gap]) -> bool:
    width = sum(g.width for g in gaps) / len(gaps)
    if "l" in scripts and (len(chars) < 4 or any(s == "k" for s in scripts)) and width > LATIN_BLANK * 1.5:
        return False
    if width > max(WIDEST[s] for s in scripts) or all(c in ALONE for c in chars):
        return False
    if all(s == "d" for s in scripts):
        return _one_number("".join(chars), width)
    return True


def _one_number(text: str, width: float) -> bool:
    """Whether evenly spaced digits are one number: not ticks (1 2 3 4), nor two values (4 % 3 %)."""
    if width > WIDEST["d"] or sum(text.count(sign) for sign in "%％") > 1 or text[:-1].endswith(("%", "％")):
        return False
    digits = [int(unicodedata.digit(c)) for c in text if c.isdigit()]
    steps = {b - a for a, b in pairwise(digits)}
    ticks = len(digits) == len(text) and len(digits) >= 3 and len(steps) == 1 and steps != {0}
    return not ticks or width < 0.35
