"""The key two spellings of one label share.

A key is for comparing, never for showing: it drops what spelling, typography and OCR vary (width,
case, spaces, brackets, middle dots, long-vowel marks and dashes, small kana, okurigana, simplified
and old kanji) and keeps what carries meaning (letters, digits, decimal points, ranges, % and < >).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from normalize.tables import rows

DASHES = "ー-‐‑‒–—―−─━ｰ﹘﹣－"
WAVES = "~〜～∼"
KEPT = frozenset("%$¥<>≦≧≤≥")  # signs that carry meaning in a band or unit
ROUNDS = 8  # folding is repeated until nothing changes; two rounds are the most ever seen

_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)
_SPACE = re.compile(r"\s+")
_ENDS = "%円年人名社月歳万億千代上超ル"  # what a value may end with before the mark of a range
_RANGE = re.compile(rf"(?:(?<=[\d{_ENDS}])|(?<=\d[kmb]))\s*[{re.escape(DASHES + WAVES)}]\s*(?=[\d$¥])")
_STRAY = re.compile(rf"(?<![\d{_ENDS}])(?<!\d[kmb])~|~(?![\d$¥])")
_COMMA = re.compile(r"(?<=\d)[,،、](?=\d{3})")
_POINT = re.compile(r"(?<!\d)\.|\.(?!\d)")
_KATAKANA_ONE = re.compile(r"(?<=[ァ-ヶ])一")  # a long-vowel mark read as the kanji one
_MONTHS = re.compile(r"(?<=[\d数何])(?:[ヶケカヵか]|箇|ヵ)月")
_NUMERAL = re.compile(
    r"[一二三四五六七八九](?=年|か月|[ヶケカヵ箇]月|週|日|時間|割|倍|回|度|人|社|名|つ|番|位)"
)
_DIGITS = {kanji: str(n) for n, kanji in enumerate("〇一二三四五六七八九")}


def plain(text: str) -> str:
    """The text as a person would retype it: NFKC, radicals as kanji, no invisible characters, single spaces.

    Brackets, separators and letter case stay: this is what parsing works on.
    """
    text = _INVISIBLE.sub("", text).translate(_radicals())
    text = unicodedata.normalize("NFKC", text)
    return _SPACE.sub(" ", text).strip()


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """The comparison key of ``text``; ``fold(fold(x)) == fold(x)``, and "" for text without letters or
    digits."""
    for _ in range(ROUNDS):
        folded = _fold_once(text)
        if folded == text:
            break
        text = folded
    return text


def _fold_once(text: str) -> str:
    text = plain(plain(text).casefold())
    text = _COMMA.sub("", _RANGE.sub("~", text))
    text = _letters(text)
    text = _NUMERAL.sub(lambda m: _DIGITS[m[0]], text)  # before the kanji two becomes the kana of its shape
    text = text.translate(_glyphs())
    text = _KATAKANA_ONE.sub("", text)
    text = _MONTHS.sub("か月", text)
    for written, standard in _spellings():
        text = text.replace(written, standard)
    return text


def _letters(text: str) -> str:
    """Letters, digits and the few signs with meaning; ``~`` only between two values, ``.`` only inside a
    number."""
    text = _POINT.sub("", text)
    kept = [c for c in text if (c.isalnum() and c not in DASHES) or c in KEPT or c in "~."]
    joined = "".join(kept)
    return _STRAY.sub("", joined)


@cache
def _radicals() -> dict[int, str]:
    """CJK Radicals Supplement (U+2E80-2EF3), which NFKC leaves alone, to the kanji they stand for."""
    return {ord(row["variant"]): row["standard"] for row in rows("radicals")}


@cache
def _glyphs() -> dict[int, str]:
    """Glyphs that OCR and old or simplified forms exchange: one target per group."""
    table = {ord(row["variant"]): row["standard"] for row in rows("kanji_variants")}
    table |= {ord(row["variant"]): row["standard"] for row in rows("lookalikes")}
    return table


@cache
def _spellings() -> tuple[tuple[str, str], ...]:
    """Ways to write one word (okurigana, kana or kanji, loan-word endings), longest first, in folded
    letters."""
    pairs = []
    for row in rows("spellings"):
        written, standard = (
            _letters(plain(row[c]).casefold()).translate(_glyphs()) for c in ("written", "standard")
        )
        if written != standard:
            pairs.append((written, standard))
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
