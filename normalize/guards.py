"""What two labels must agree in exactly before they may match fuzzily: polarity, numbers, bounds, contrasts.

SaaS / 非SaaS, 1年未満 / 2年未満 and 影響があった / 影響はなかった are one edit apart and mean different
things: no similarity score may bridge them. The words are data (tables/contrasts.csv).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from normalize.fold import fold
from normalize.sense import spelled
from normalize.tables import rows

# a digit inside a word (B2B, 5aaS, アルバ1ト) is no number
_NUMBER = re.compile(r"(?<![a-z\d.])(?!(?<=[ァ-ヺ])\d(?=[ァ-ヺ]))\d+(?:\.\d+)?(?![a-z\d])")
_LATIN = re.compile(r"[a-z]{2,}")
# what the last word makes of a label: a rate, a count, an amount, a tool, a skill ... must be the same
_ENDINGS = {
    "rate": "率 割合 比率", "count": "数 件数 回数 人数 社数 頻度", "amount": "額 金額 単価 高",
    "span": "時間 期間 年数", "tool": "ツール システム プラットフォーム ソフト ソフトウェア",
    "skill": "力 スキル 能力", "survey": "調査", "unit": "部門 部署 組織 チーム",
    "person": "者 担当 担当者 責任者 役員 マネージャー",
    "doing": "している ている しています ています", "": "不足している",
}  # fmt: skip
_VERB = re.compile(
    r"(?<=[ぁ-ん\u4e00-\u9fff])[ただるすくうむ]$"
)  # 増えた / 増える: what happened and what is to come
ENGLISH = (
    0.8  # share of Latin letters from which a label counts as English: its words are compared by similarity
)


@dataclass(frozen=True, slots=True)
class Guard:
    """The exact part of a label: ``must`` has to be equal, ``may`` only must not clash within a group."""

    must: tuple[frozenset[tuple[str, str]], tuple[str, ...], tuple[str, ...]]
    may: frozenset[tuple[str, str]]
    clashing: frozenset[str]

    def agrees(self, other: Guard) -> bool:
        if self.must != other.must:
            return False
        for group in self.clashing & other.clashing:
            mine, theirs = ({v for g, v in guard.may if g == group} for guard in (self, other))
            if mine.isdisjoint(theirs):
                return False
        return True

    def damaged(self, whole: Guard) -> bool:
        """Whether this label says nothing that ``whole`` does not: a misread glyph hides a word, it adds
        none."""
        (mine, numbers, _), (theirs, others, _) = self.must, whole.must
        return numbers == others and mine <= theirs


@lru_cache(maxsize=200_000)
def guard(key: str) -> Guard:
    """The guard of a folded label."""
    exact: set[tuple[str, str]] = set()
    may: set[tuple[str, str]] = set()
    for match in _pattern().finditer(spelled(key)):
        group, value, mode = _words()[match[0]]
        if mode == "exact":
            exact.add((group, value))
        elif mode == "clash":
            may.add((group, value))
    if (ending := _ending().search(key)) and _endings()[ending[0]]:
        exact.add(("ending", _endings()[ending[0]]))
    if verb := _VERB.search(key):
        may.add(("verb", "past" if verb[0] in "ただ" else "present"))
    letters = sum(c.isascii() and c.isalpha() for c in key)
    latin: tuple[str, ...] = (
        () if letters > ENGLISH * len(key) and letters > 8 else tuple(sorted(set(_LATIN.findall(key))))
    )
    must = (frozenset(exact), tuple(sorted(_NUMBER.findall(key))), latin)
    return Guard(must, frozenset(may), frozenset(group for group, _ in may))


@cache
def _words() -> dict[str, tuple[str, str, str]]:
    return {fold(row["word"]): (row["group"], row["value"], row["mode"]) for row in rows("contrasts")}


@cache
def _endings() -> dict[str, str]:
    return {fold(word): name for name, words in _ENDINGS.items() for word in words.split()}


@cache
def _ending() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(map(re.escape, _endings()), key=lambda w: (-len(w), w))) + ")$")


@cache
def _pattern() -> re.Pattern[str]:
    """Longest word first, so that 未満 is a bound and not the negation 未."""
    return re.compile("|".join(sorted(map(re.escape, _words()), key=lambda word: (-len(word), word))))
