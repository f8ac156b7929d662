"""When two wordings inside one document mean the same thing: a plain key, no taxonomy."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

EVERYONE = frozenset({"", "全体", "合計", "計", "total", "all", "回答者全体"})
SAMPLE = re.compile(r"[（(]?\s*[nNＮｎ]\s*[=＝:：]\s*[\d,，]+\s*(?:人|名|社)?[)）]?")
QUIET = re.compile(r"[\W_ー―]+")
# Groups told together: 10代・20代, 男性 × 20代.
SEVERAL = re.compile(r"[・、×&＆]|および|及び|または")
# One shape in two scripts: recognition tells them apart by luck.
TWINS = str.maketrans("へべぺ口夕工力二卜", "ヘベペロタエカニト")
# What stands in two wordings for the same place, up to this long, makes them two things: 中所得層, 低所得層.
SHORT = 2
# A name within another says the same from this share of its length: 実感層 of カスタマーサクセス実感層.
LEAST_PART = 0.3
NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=16384)
def key(label: str) -> str:
    """The label without spacing, punctuation, width, printed sample size and twins among letters."""
    return spelt(label).translate(TWINS)


@lru_cache(maxsize=16384)
def spelt(label: str) -> str:
    """The label to the letter, without spacing, punctuation, width and printed sample size."""
    folded = unicodedata.normalize("NFKC", SAMPLE.sub("", unicodedata.normalize("NFKC", label)))
    return QUIET.sub("", folded).lower()


def group_key(segment: str) -> str:
    """The key of a respondent group; "" is everyone."""
    folded = key(segment)
    return "" if folded in EVERYONE else folded


def joined(label: str) -> bool:
    """Whether a wording names several groups, or one within another."""
    return SEVERAL.search(label) is not None


@lru_cache(maxsize=16384)
def pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset((text,))


def likeness(a: str, b: str) -> float:
    """Dice coefficient of the character pairs of two keys, 0-1 (Dice 1945)."""
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    left, right = pairs(a), pairs(b)
    return 2 * len(left & right) / (len(left) + len(right))


def contained(a: str, b: str) -> bool:
    """Whether one key is the other with some words more, and not a mere word of it."""
    short, long = sorted((a, b), key=len)
    return short in long and len(short) >= LEAST_PART * len(long)


def same_numbers(a: str, b: str) -> bool:
    """Ages, years and sizes are never alike: 1年以内 is not 3年以内."""
    return NUMBER.findall(a) == NUMBER.findall(b)


def substituted(a: str, b: str) -> bool:
    """Whether two keys differ just by something short in place of another: that is another group or answer,
    where a word more or another turn of phrase may be the same."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    left, right = len(a) - start - end, len(b) - start - end
    return 0 < left <= SHORT and 0 < right <= SHORT
