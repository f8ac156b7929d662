"""Kanji and kana the recogniser hesitates over, decided together with their neighbours.

On small type the right character often comes second: 葉務, 漏足, 企集 for 業務, 満足, 企業. What follows what
in Japanese is known (``extract.sources.likeness``), so the series of candidates is chosen whose shapes and
neighbourhoods together are the likeliest (Viterbi 1967). Digits, numerals and signs are never chosen anew,
and what was read without hesitation stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log

from extract.sources.likeness import association

# Confidence from which a character stays, and the probability a candidate must have.
SURE, LEAST = 0.97, 1e-3
# Candidates looked at per character.
MOST = 6
# What the association of two neighbours counts against the shape of one, and what a pair is taken to have
# that was never seen. Of 27 characters that this changed on 46 pictures of charts, small and scanned, 26
# became right and one stayed wrong; on scans that can hardly be read about one change in twenty does harm.
WEIGHT, UNSEEN = 0.7, -1.0
# How likely kanji outside the first level of JIS X 0208 are: old forms (滿, 號) and rare names.
RARE = 0.1
# Numerals, and the middle dot, which parts words.
_FIXED = frozenset("〇一二三四五六七八九十百千万億兆・")

Candidates = Sequence[tuple[str, float]]


def may_change(char: str) -> bool:
    """Whether a character is kana or kanji and no numeral."""
    return ("\u3041" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff") and char not in _FIXED


def likeliest(places: Sequence[Candidates]) -> list[str]:
    """One character per place. A place with one candidate is certain, whatever its probability."""
    best: list[dict[str, tuple[float, str]]] = []
    for candidates in places:
        before = best[-1] if best else {"": (0.0, "")}
        best.append(
            {
                char: max(
                    (score + _worth(char, p, len(candidates) > 1) + _link(last, char), last)
                    for last, (score, _) in before.items()
                )
                for char, p in candidates
            }
        )
    chosen: list[str] = []
    char = max(best[-1], key=lambda c: best[-1][c][0]) if best else ""
    for place in reversed(best):
        chosen.append(char)
        char = place[char][1]
    return chosen[::-1]


def _worth(char: str, probability: float, contested: bool) -> float:
    return log(max(probability, 1e-9)) + _rarity(char) if contested else 0.0


@lru_cache(maxsize=8192)
def _rarity(char: str) -> float:
    if not "\u3400" <= char <= "\u9fff":
        return 0.0
    try:
        return log(RARE) if char.encode("shift_jis") >= b"\x98\x9f" else 0.0
    except UnicodeEncodeError:
        return log(RARE)


@lru_cache(maxsize=32768)
def _link(first: str, second: str) -> float:
    """What two neighbours are worth together; nothing where one is no kana or kanji."""
    if not first or not may_change(first) or not may_change(second):
        return 0.0
    known = association(first, second)
    return WEIGHT * (UNSEEN if known is None else known)
