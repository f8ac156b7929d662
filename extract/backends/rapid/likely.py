"""Kanji and kana the recogniser hesitates over, decided together with their neighbours.

On small type the right character often comes second: 葉務, 漏足, 企集 for 業務, 満足, 企業. What follows what
in Japanese is known (``extract.sources.likeness``), so the series of candidates is chosen whose shapes and
neighbourhoods together are the likeliest (Viterbi 1967). Digits, numerals and signs are never chosen anew,
and what was read without hesitation stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import exp, log

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


def likeliest(places: Sequence[Candidates]) -> list[tuple[str, float]]:
    """One character per place and how sure it is: its share among the candidates of that place, in what all
    series together are worth (forward-backward, Rabiner 1989). ヘ and へ look alike; before ルス it is ヘ.

    A place with one candidate is certain, whatever its probability, and keeps it.
    """
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
    sure = _shares(places)
    return [(char, sure[i][char]) for i, char in enumerate(chosen[::-1])]


def _shares(places: Sequence[Candidates]) -> list[dict[str, float]]:
    """For each place what each candidate is of the probability that the recogniser gave to all of them."""
    ahead, behind = _passed(places, _link), _passed(places[::-1], lambda a, b: _link(b, a))[::-1]
    shares = []
    for candidates, before, after in zip(places, ahead, behind, strict=True):
        contested = len(candidates) > 1
        worth = {c: exp(before[c] + after[c] - _worth(c, p, contested)) for c, p in candidates}
        whole = sum(worth.values())
        told = min(1.0, sum(p for _, p in candidates))
        shares.append({c: told * w / whole for c, w in worth.items()})
    return shares


def _passed(places: Sequence[Candidates], link: Callable[[str, str], float]) -> list[dict[str, float]]:
    """What each candidate is worth with all that came before it, in natural logarithms, per place less the
    greatest."""
    passed: list[dict[str, float]] = []
    last = {"": 0.0}
    for candidates in places:
        here = {
            char: _worth(char, p, len(candidates) > 1)
            + log(sum(exp(score + link(before, char)) for before, score in last.items()))
            for char, p in candidates
        }
        most = max(here.values())
        last = {char: score - most for char, score in here.items()}
        passed.append(last)
    return passed


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
