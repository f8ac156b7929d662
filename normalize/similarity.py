"""How alike two folded labels are, 0-1: edits weighted by what they destroy.

A hiragana particle more or less hardly changes a label, a kanji does; glyphs that OCR exchanges cost little,
and two neighbouring kanji exchanged are another word, not a misreading.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from normalize.fold import fold
from normalize.tables import rows

KANJI, KATAKANA, HIRAGANA, LATIN, DIGIT = 1.4, 1.0, 0.6, 1.2, 2.0  # weight of one character
CONFUSABLE = 0.25  # share of the full cost when OCR is known to exchange the two glyphs
OTHER_WORD = 1.5  # extra weight per further kanji in a run of exchanged kanji
CORE = 0.985  # likeness of the cores counts a little less than that of the labels
SHORT_CORE = 0.5  # a core with less than this share of the label's weight says too little to compare
MISREADINGS = 3  # glyphs of one label that may be misread before it counts as another label
PER_MISREADING = 6  # letters of a label per glyph beyond the first that may be misread
SHORTEST_MISREAD = 4  # characters; in a shorter label any glyph is half of the meaning
STROKES = frozenset("ノ一")  # what OCR makes of slashes and dashes: not there in the label itself
LAST_KANJI = 1.5  # extra weight of a kanji more or less at the end: 率, 性, 期, 層 make another word

_LIGHT_WORDS = """における において について に関する に対する に応じた による によって のための ための として
しています している しており していく して した する される された 行っている 行っています 行って 行う 行った
実施している 実施する 実施 実践 もしくは あるいは または および ならびに など 等 具体的な 自社の 自社が
顧客からの お客様からの サービスの サービスへの 自社サービスの クラス という といった こと もの の を が は
に で と"""


@lru_cache(maxsize=200_000)
def core(key: str) -> str:
    """The key without particles, light verbs and filler: what the label is about."""
    stripped = drop_light(key)
    return stripped if _weight(stripped) >= SHORT_CORE * _weight(key) else key


def drop_light(key: str) -> str:
    """The key without particles and light verbs, however little is left."""
    return _light().sub("", key)


@cache
def _light() -> re.Pattern[str]:
    words = sorted({fold(word) for word in _LIGHT_WORDS.split()}, key=lambda word: (-len(word), word))
    return re.compile("|".join(words))


def similarity(a: str, b: str) -> float:
    """Likeness of two folded labels, 0-1, the better of whole keys and cores."""
    whole = _alike(a, b)
    core_a, core_b = core(a), core(b)
    if core_a == a and core_b == b:
        return whole
    return max(whole, CORE * _alike(core_a, core_b))


def misread(a: str, b: str, words: Container[str] = ()) -> int:
    """In how many glyphs ``a`` may be ``b`` as OCR reads it; 0 when it is the same or something else.

    A glyph is misread when it is known to be exchanged for its like, when it is a stroke made of a slash or
    dash, or when no pair of letters it stands in is in ``words``: 顧蔵 is no word, so 顧蔵満足度 is a misread
    顧客満足度; another word (顧客単価) would be made of known pairs. ``words``: the letter pairs of the
    taxonomy.
    """
    allowed = min(1 + len(b) // PER_MISREADING, MISREADINGS)
    if len(b) < SHORTEST_MISREAD or not 0 < Levenshtein.distance(a, b, score_cutoff=allowed) <= allowed:
        return 0
    edits = Levenshtein.editops(a, b)
    for edit in edits:
        glyph = a[edit.src_pos] if edit.tag != "insert" else ""
        if edit.tag == "replace" and b[edit.dest_pos] in _confusions().get(glyph, ""):
            continue
        if edit.tag == "delete" and glyph in STROKES:
            continue
        if edit.tag != "replace" or not words or not _no_word(a, edit.src_pos, words):
            return 0
    return len(edits)


def _no_word(key: str, at: int, words: Container[str]) -> bool:
    pairs = [key[i : i + 2] for i in (at - 1, at) if 0 <= i < len(key) - 1]
    return not any(pair in words for pair in pairs)


def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    total = _weight(a) + _weight(b)
    if not total:
        return 0.0
    cost = 0.0
    for op in Levenshtein.opcodes(a, b):
        if op.tag != "equal":
            old, new = a[op.src_start : op.src_end], b[op.dest_start : op.dest_end]
            cost += _cost(old, new)
            if (
                not (old and new)
                and op.src_end == len(a)
                and op.dest_end == len(b)
                and _is_kanji((old + new)[-1])
            ):
                cost += LAST_KANJI
    return max(0.0, 1.0 - cost / total)


def _cost(old: str, new: str) -> float:
    """Cost of turning ``old`` into ``new``: pairwise for as many characters as both have, the rest in
    full."""
    cost, run = 0.0, 0
    for x, y in zip(old, new, strict=False):
        full = _char(x) + _char(y)
        if y in _confusions().get(x, ""):
            cost += CONFUSABLE * full
            run = 0
        else:
            run += _is_kanji(x) and _is_kanji(y)
            cost += full + (OTHER_WORD if run > 1 else 0.0)
    shorter = min(len(old), len(new))
    for rest in (old[shorter:], new[shorter:]):
        cost += CONFUSABLE * _weight(rest) if rest in STROKES else _weight(rest)
    return cost


@lru_cache(maxsize=200_000)
def _weight(text: str) -> float:
    return sum(map(_char, text))


@cache
def _char(c: str) -> float:
    if c.isdigit():
        return DIGIT
    if _is_kanji(c):
        return KANJI
    if "ぁ" <= c <= "ゖ":
        return HIRAGANA
    return KATAKANA if "ァ" <= c <= "ヺ" else LATIN


def _is_kanji(c: str) -> bool:
    return "\u4e00" <= c <= "\u9fff" or "\u3400" <= c <= "\u4dbf"


@cache
def _confusions() -> dict[str, frozenset[str]]:
    """Glyphs that OCR exchanges, both ways, in folded form."""
    table: dict[str, set[str]] = {}
    for row in rows("confusions"):
        a, b = fold(row["a"]), fold(row["b"])
        if a and b and a != b and len(a) == len(b) == 1:
            table.setdefault(a, set()).add(b)
            table.setdefault(b, set()).add(a)
    return {c: frozenset(others) for c, others in table.items()}
