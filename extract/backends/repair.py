"""Systematic OCR errors mended, each by a rule with its reason: the only place where read text is changed.

A rule may look at the neighbouring characters and at nothing else: no dictionary, no page, no other
number. What the ink tells beyond that, ``points`` and ``slashes`` mend, and what the other pages tell,
``extract.votes``. The rest (層 read as 眉, a wrong digit) is left to the matching of labels and to the
witnesses of a number. Characters keep their places and confidences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.backends.glyphs import Glyph, text_of

_KATAKANA = "ァ-ヺー"
_HIRAGANA = "ぁ-ゖ"
_KANJI = "一-鿿々〆"
_JAPANESE = f"{_KATAKANA}{_HIRAGANA}{_KANJI}"


@dataclass(frozen=True, slots=True)
class Rule:
    """Every match of ``pattern`` becomes ``becomes``, one character for one. ``why`` says what it undoes."""

    pattern: re.Pattern[str]
    becomes: str
    why: str


def _rule(pattern: str, becomes: str, why: str) -> Rule:
    return Rule(re.compile(pattern), becomes, why)


def _kana_for_kanji(kanji: str, kana: str) -> list[Rule]:
    """A kanji and a katakana of one shape: what stands among katakana is katakana, among kanji kanji."""
    why = f"{kanji} and {kana} have one shape"
    return [
        _rule(f"(?<=[{_KATAKANA}]){kanji}(?=[{_KATAKANA}])", kana, why),
        _rule(f"(?<=[{_KANJI}]){kana}(?=[{_KANJI}])", kanji, why),
    ]


RULES: tuple[Rule, ...] = (
    # The full-width slash is thin and stands apart: read as ノ.
    _rule(f"(?<=[{_KANJI}])ノ(?=[{_HIRAGANA}])", "/", "a slash read as ノ"),
    _rule(f"(?<=[{_HIRAGANA}])ノ(?=[{_KANJI}{_HIRAGANA}])", "/", "a slash read as ノ"),
    _rule(f"(?<=[A-Za-z0-9)）])ノ(?=[A-Za-z0-9{_KANJI}{_HIRAGANA}])", "/", "a slash read as ノ"),
    _rule("(?<=[年月日回人])ノ(?=[0-9])", "/", "a slash read as ノ"),
    # The numeral one and the long-vowel mark.
    _rule(f"(?<=[{_KANJI}])ー", "一", "ー never follows a kanji"),
    _rule(f"^ー(?=[{_KANJI}])", "一", "ー never begins a word"),
    _rule("(?<=[ァ-ヺ])[一―—–‐−-](?=[ァ-ヺ])", "ー", "between katakana only the long-vowel mark stands"),
    # One shape, two scripts.
    _rule("(?<![ァ-ヺー])ロ(?=コミ)", "口", "口コミ is word of mouth"),
    _rule(f"(?<=[{_KANJI}])ロ(?=[{_KANJI}のにをがはで]|$)", "口", "口 and ロ have one shape"),
    _rule(f"(?<=[{_KATAKANA}])口(?=[{_KATAKANA}])(?!コミ)", "ロ", "口 and ロ have one shape"),
    _rule(
        "(?<![人出入窓蛇戸河川裏傷改利悪辛甘大小一二三両無糸傍火早])口(?=[ァ-ヺ]{2})(?!コミ)",
        "ロ",
        "before katakana 口 ends a word, and few words end in it",
    ),
    _rule(f"(?<=[{_KATAKANA}])卜|卜(?=[{_KATAKANA}])", "ト", "卜 and ト have one shape"),
    _rule(f"(?<=[{_KATAKANA}])夕(?![{_KANJI}{_HIRAGANA}])", "タ", "夕 and タ have one shape"),
    *_kana_for_kanji("二", "ニ"),
    *_kana_for_kanji("工", "エ"),
    *_kana_for_kanji("八", "ハ"),
    _rule(f"(?<=[{_KATAKANA}])力(?=[{_KATAKANA}])", "カ", "力 and カ have one shape"),
    _rule(f"(?<=[ァ-ヺー])[△Δ∆](?=[{_JAPANESE}])", "ム", "a triangle never stands inside a word"),
    _rule("(?<=[ァ-ヺー]{2})[△Δ∆]$", "ム", "nor close behind one"),
    _rule("千(?=[ャュョェ])", "チ", "a small kana follows チ, never 千"),
    _rule(f"(?<=[{_KATAKANA}])へ(?=[{_KATAKANA}])", "ヘ", "へ and ヘ have one shape"),
    _rule(f"ヘ(?![{_KATAKANA}])", "へ", "no katakana word ends in ヘ"),
    _rule(f"(?<=[{_KATAKANA}])べ(?=[{_KATAKANA}])", "ベ", "べ and ベ have one shape"),
    _rule(f"(?<![{_KATAKANA}])ベ(?![{_KATAKANA}])", "べ", "べ and ベ have one shape"),
    # The capital I, which many fonts draw like l.
    _rule("(?<=[A-Z])l(?![a-z])", "I", "abbreviations are in capitals: KPI, AI"),
    _rule("(?<![A-Za-z])Sler(?![a-z])", "SIer", "a system integrator, SI and er"),
    # Numbers.
    _rule("(?<=\\d)[,:;、](?=\\d{1,2} ?[%％])", ".", "a comma groups three digits, never one or two"),
    _rule("(?<=^\\d\\d)[,:](?=\\d$)|(?<=^\\d\\d\\d)[,:](?=\\d$)", ".", "a comma groups three digits"),
    _rule("(?<=\\d)[OoＯ](?=[\\d.%％])", "0", "a letter among digits"),
    _rule("(?<=\\d[.,])[OoＯ]", "0", "a letter among digits"),
    _rule("(?<![A-Za-z\\d])[lI](?=\\d*\\.\\d+ ?[%％])", "1", "a letter before digits of a share"),
    _rule("(?<=[ァ-ヶ]ー)夕", "タ", "after a long katakana vowel the sign is katakana too"),
    # Full-width signs come back half-width; beside Japanese they are put back as printed.
    _rule(f"\\((?=[{_JAPANESE}「])|(?<=[{_JAPANESE}」])\\(", "（", "brackets beside Japanese are full-width"),
    _rule(f"(?<=[{_JAPANESE}」])\\)|\\)(?=[{_JAPANESE}「])", "）", "brackets beside Japanese are full-width"),
    _rule(f"(?<=[{_JAPANESE}])/(?=[{_JAPANESE}])", "／", "a slash between Japanese is full-width"),
    _rule(
        f"(?<=[{_JAPANESE}\\d])[~～](?=[{_JAPANESE}\\d]|$)", "〜", "ranges carry the wave dash of JIS X 0208"
    ),
    _rule(f"(?<=[{_JAPANESE}])[·•･](?=[{_JAPANESE}])", "・", "between Japanese the dot is the middle dot"),
)

# Digits and letters of either width are one character to the recogniser: 4５.1 is read as easily as 45.1.
_HALF = {ord("０") + i: "0123456789"[i] for i in range(10)} | {
    ord(full) + i: chr(ord(half) + i) for full, half in (("Ａ", "A"), ("ａ", "a")) for i in range(26)
}

# Read where a bar ends, an axis runs or a frame stands; no label begins or ends with them.
_EDGES = frozenset("|｜¦")
_BEFORE_NUMBER = re.compile(r"^[|｜¦\[\]!_'`:;,.]+(?=[\d.]*\d[\d.,]* ?[%％]?$)")
# Marks of a legend or a list read as a character before its text.
SWATCHES = frozenset("■□☑☐▪▫◼◻●○◆◇▲△▼▽★☆※✓✔")
# A line of a legend with its marker, read as a letter between dashes: 「-O-男性」.
_LINE_KEY = re.compile(r"(?:(?<=\s)|^|(?<=[ぁ-んァ-ヶ一-龥]))[-－—―━─][O0oQ◯〇○●◆■▲◇□△Xx×*][-－—―━─]\s?")


def mend(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs of one word with the systematic errors of their engine undone."""
    kept = _without_edges(list(glyphs))
    fixed = mend_text(text_of(kept))
    return [replace(g, char=char) for g, char in zip(kept, fixed, strict=True)]


def mend_text(text: str) -> str:
    """The text with half-width digits and letters and the rules applied in order; as long as before."""
    text = text.translate(_HALF)
    for _ in range(len(text)):  # a mended character may be the neighbour that mends the next
        before = text
        for rule in RULES:
            text = rule.pattern.sub(rule.becomes, text)
        if text == before:
            break
    return _paired(text)


def split_swatch(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """A legend's swatch or a bullet read as a character is a word of its own, apart from its label."""
    samples = [m.span() for m in _LINE_KEY.finditer(text_of(glyphs))]
    if samples:
        cuts = [0, *(edge for span in samples for edge in span), len(glyphs)]
        pieces = [list(glyphs[a:b]) for a, b in pairwise(cuts)]
        kept = [piece for k, piece in enumerate(pieces) if k % 2 == 0]  # a line sample is no text
        return [piece for piece in kept if piece]
    head = 0
    while head < len(glyphs) and glyphs[head].char in SWATCHES - {"※"}:
        head += 1
    parts = [list(glyphs[:head]), list(glyphs[head:])]
    return [part for part in parts if part]


def _without_edges(glyphs: list[Glyph]) -> list[Glyph]:
    while glyphs and glyphs[0].char in _EDGES:
        glyphs = glyphs[1:]
    while glyphs and glyphs[-1].char in _EDGES:
        glyphs = glyphs[:-1]
    noise = _BEFORE_NUMBER.match(text_of(glyphs))
    return glyphs[noise.end() :] if noise else glyphs


def _paired(text: str) -> str:
    """Brackets that belong together are of one width: the full one if either is."""
    chars, open_at = list(text), list[int]()
    for i, char in enumerate(chars):
        if char in "(（":
            open_at.append(i)
        elif char in ")）" and open_at:
            start = open_at.pop()
            if "（" in chars[start] or "）" in char:
                chars[start], chars[i] = "（", "）"
    return "".join(chars)
