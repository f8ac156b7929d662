"""What a label says, spelled in one vocabulary: synonyms as one word, particles and light verbs dropped.

Two labels with the same sense key say the same in other words (顧客離脱の防止 / 解約防止). The synonyms are
data (tables/synonyms.csv); a key that two ids share decides nothing.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from normalize.fold import fold
from normalize.similarity import core, drop_light
from normalize.tables import rows

_WORD = re.compile(
    r"[ぁ-ゖ]+|[^ぁ-ゖ]+"
)  # kanji and katakana stay together: OCR and folding mix their glyphs


@lru_cache(maxsize=200_000)
def sense(key: str) -> str:
    """A folded label with every synonym replaced by the word that stands for it, in the order written."""
    return core(spelled(key))


@lru_cache(maxsize=200_000)
def spelled(key: str) -> str:
    """A folded label with every synonym replaced, nothing dropped."""
    return _pattern().sub(lambda match: _standard()[match[0]], key)


@lru_cache(maxsize=200_000)
def sense_key(key: str) -> str:
    """The sense without its order: the words of the label, each once, sorted."""
    parted = _pattern().sub(lambda match: f" {_standard()[match[0]]} ", key)
    words = [word for chunk in parted.split() for word in _WORD.findall(drop_light(chunk))]
    return " ".join(sorted(set(words)))


@cache
def _standard() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in rows("synonyms"):
        word = fold(row["word"])
        for other in row["others"].split():
            table.setdefault(fold(other), word)
        table[word] = word
    return table


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _standard()), key=lambda word: (-len(word), word))))
