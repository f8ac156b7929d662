"""What one cell says: numbers with their units, a blank, or words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from extract.finding import Unit

# Unit words as cells, headers and captions print them. Longest first, so that 千円 is not 円.
UNITS: tuple[tuple[str, Unit, float], ...] = (
    ("パーセント", "percent", 1),
    ("ポイント", "point", 1),
    ("百万円", "currency_jpy", 1e6),
    ("億円", "currency_jpy", 1e8),
    ("百万ドル", "currency_usd", 1e6), ("億ドル", "currency_usd", 1e8),
    ("百万人", "count", 1e6), ("億人", "count", 1e8),
    ("万円", "currency_jpy", 1e4),
    ("千円", "currency_jpy", 1e3),
    ("百万", "count", 1e6), ("億", "count", 1e8),
    ("万人", "count", 1e4),
    ("千人", "count", 1e3),
    ("か月", "month", 1), ("ヶ月", "month", 1), ("カ月", "month", 1),
    ("時間", "hour", 1),
    ("%", "percent", 1),
    ("ppt", "point", 1), ("pts", "point", 1), ("pp", "point", 1), ("pt", "point", 1),
    ("円", "currency_jpy", 1), ("ドル", "currency_usd", 1),
    ("歳", "age", 1), ("年", "year", 1), ("点", "score", 1), ("倍", "ratio", 1), ("分", "minute", 1),
    ("万", "count", 1e4), ("千", "count", 1e3),
    *((word, "count", 1.0) for word in ("世帯", "団体", "組合", "箇所", "か所", "ヶ所", "カ所", "種類")),
    *((word, "count", 1.0) for word in "人名社件組校票店回台本戸個棟基冊枚床頭羽匹隻便泊通室席両軒"),
)  # fmt: skip
UNIT_OF = {word: (unit, scale) for word, unit, scale in UNITS}
UNIT_WORDS = "|".join(re.escape(word) for word, _, _ in UNITS)
# More digits than a double tells apart: a key of something, no amount.
TOO_LONG = re.compile(r"(?:\d,?){16}")
NUMBER = r"[▲△▼↓+±\-−–]?\s?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[▲△▼↓+±\-−–]?\s?\d+(?:\.\d+)?"
VALUE = re.compile(rf"(?P<before>{UNIT_WORDS})?(?P<number>{NUMBER})\s?(?P<unit>{UNIT_WORDS})?")
# A footnote mark behind a number is no second number.
FOOTNOTE = re.compile(r"(?<=\S)\s*(?:[※*†‡]+\s*\d*|\(?注\s*\d+\)?|(?<=[\d%])\s*\d{1,2}\)|(?<=%)\s+\d)$")
# Footnote marks, rank arrows and brackets may stand beside a number without making it words.
DECORATION = re.compile(r"[()\[\]*†‡※↑↓→|\s]|\(?注\d*\)?")
# More numbers than a count, its share and a change in one cell are lines of rows whose rules are missing.
MOST_NUMBERS = 3
# Statistics of a scale: their bare numbers are scores, whatever they look like.
STATISTIC = re.compile(
    r"平均(値|点|スコア)?|中央値|最頻値|標準偏差|標準誤差|分散|加重平均(値)?|.*(スコア|得点|評点)|SD|NPS"
)
# All respondents, as banners and stubs call them.
EVERYONE = re.compile(
    r"(回答者|全回答者|回答企業)?(全体|合計|計|総計|総数|総合計)(平均)?|全回答者|回答者全体|全平均|"
    r"(grand )?total|all( respondents)?|overall",
    re.IGNORECASE,
)
BLANKS = frozenset({"", "-", "--", "...", "…", "*", "x", "/", "n/a", "na", "—", "–", "−", "ー"})
# The characters of all of these. A text with any other, as most have, is words, and so is a part with it.
_SIGNS = re.escape("".join(sorted({sign for word in (*UNIT_OF, *BLANKS) for sign in word})))
_NO_WORDS = re.compile(rf"[\s\d{_SIGNS}▲△▼↓+±,.()\[\]†‡※↑→|注約]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Value:
    """A number in a cell; ``unit`` None when neither the cell says it. ``start``/``end`` in the text."""

    number: float
    unit: Unit | None
    scale: float
    text: str


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def is_everyone(text: str) -> bool:
    """Whether the words mean all respondents, letter-spaced or not."""
    folded = fold(text)
    return bool(EVERYONE.fullmatch(folded) or EVERYONE.fullmatch(folded.replace(" ", "")))


def is_blank(text: str) -> bool:
    """An empty cell, or the sign of one."""
    return fold(text).lower() in BLANKS


def holds_words(text: str) -> bool:
    """Whether the text is surely no number and no blank, nor several of them: a first, quick look."""
    return _NO_WORDS.fullmatch(unicodedata.normalize("NFKC", text)) is None


@lru_cache(maxsize=4096)  # the numbers of a page are looked at as ruled, as aligned and as a single column
def cell_values(text: str) -> tuple[Value, ...]:
    """The numbers of a cell that holds nothing else; () for words and blanks.

    "2,050,134" -> one; "24 (5.8%)" -> two; "千円 346,384" -> one in thousands of yen; "100~999名" -> none.
    """
    folded = fold(text)
    folded = folded if "(" in folded and folded.endswith(")") else FOOTNOTE.sub("", folded)
    if not folded or re.search(r"\d\s*[~〜/:]\s*\d|\d-\d", folded) or TOO_LONG.search(folded):
        return ()
    found, rest = [], folded
    for match in VALUE.finditer(folded):
        word = match["unit"] or match["before"]
        unit, scale = UNIT_OF[word] if word else (None, 1.0)
        found.append(Value(number_of(match["number"]), unit, scale, match[0].strip()))
        rest = rest.replace(match[0], "", 1)
    if DECORATION.sub("", rest) not in ("", "約") or len(found) > MOST_NUMBERS:
        return ()
    return tuple(found)


def number_of(text: str) -> float:
    """▲, △, ▼, ↓ and every minus sign are below zero; commas group thousands."""
    digits = re.sub(r"[^\d.]", "", text)
    return -float(digits) if re.match(r"[▲△▼↓\-−–]", text) else float(digits)


def named_unit(text: str) -> tuple[Unit, float] | None:
    """The unit a header or caption names: "（単位：千円）", "構成比（%）"; None when it names none."""
    folded = fold(text)
    for pattern in (
        r"単位\s*[:：]?\s*({})",
        r"[(\[]\s*(?:[^()]*[、,・/:;]\s*)?({})\s*[)\]]",
        r"^({})$",
        r"(?<![\d,])({})$",
    ):
        match = re.search(pattern.format(UNIT_WORDS), folded)
        if match and not (
            pattern == r"(?<![\d,])({})$" and match[1] not in ("%", "千円", "万円", "億円", "百万円")
        ):
            return UNIT_OF[match[1]]
    if re.search(r"(割合|比率|構成比|率)$", re.sub(r"\(.*?\)", "", folded)):
        return "percent", 1.0
    if re.search(r"(?<![A-Za-z])D\.?I\.?$", re.sub(r"\(.*?\)", "", folded)):
        return "point", 1.0  # a diffusion index: the difference of two shares
    if STATISTIC.fullmatch(re.sub(r"\s*\(.*?\)", "", folded)):
        return "score", 1.0
    return None
