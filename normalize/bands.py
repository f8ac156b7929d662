"""Ranges as canonical ids: 100名〜500名未満, 100〜499人 and 100人以上500人未満 are one band.

A band is a property (employees, revenue, age ...) with a lower and an upper end. Ends are exact: a band of
people, ages or companies counts in whole numbers, so ``未満 500`` is ``499``; for money, shares and time
``lt500`` stays apart from ``500``. What the people are (employees? a team?) must come from the label or the
question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from normalize.fold import fold
from normalize.wording import take_apart

WHOLE = frozenset({"employees", "team", "customers", "age", "people", "companies", "times"})

LONGEST = 150  # years; more is a calendar year (1970年~1974年), not a duration

_MULTIPLIER = {
    "": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7,
    "億": 10**8, "十億": 10**9, "百億": 10**10, "兆": 10**12,
    "k": 1000, "m": 10**6, "b": 10**9, "mm": 10**6,
}  # fmt: skip
_UNITS = {
    "円": "jpy", "ドル": "usd", "名": "people", "人": "people", "社": "companies", "歳": "age", "才": "age",
    "%": "percent", "パセント": "percent", "年": "years", "か月": "months", "月": "months", "週間": "weeks",
    "週": "weeks", "日": "days", "時間": "hours", "分": "minutes", "代": "decade", "回": "times",
    "ポイント": "points", "点": "points", "年代": "none", "件": "cases",
}  # fmt: skip
_MONTHS = {"years": 12, "months": 1}
_NUM = r"(?P<cur{0}>[$¥])?(?P<n{0}>\d+(?:\.\d+)?)"
_NUM += r"(?P<mul{0}>百万|千万|十億|百億|[十百千万億兆]|mm|[kmb])?(?P<unit{0}>"
_NUM += "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + r"|)"
_LOW, _HIGH = _NUM.format(0), _NUM.format(1)
_HIGH_END = r"(?P<highend>未満|以下|以内|まで|より少ない|程度)?"
_BOTH = re.compile(
    rf"{_LOW}(?:(?P<lowend>以上|超|より大きい|より多い|から)~?|~){_HIGH}{_HIGH_END}(?P<rest>規模)?"
)
_ONE = re.compile(
    rf"(?P<sign>[<>≦≧≤≥])?{_LOW}(?P<end>以上先|以上|超|未満|以下|以内|まで|より大きい|より多い|より少ない|~)?(?P<rest>規模)?"
)
_HALF_YEAR = re.compile(r"半年")

_DIMENSIONS: tuple[tuple[str, re.Pattern[str], frozenset[str]], ...] = tuple(
    (name, re.compile(pattern), frozenset(units.split()))
    for name, pattern, units in (
        (
            "customers",
            r"担当社数|顧客数|顧客社数|契約社数|導入社数|担当顧客|取引社数",
            "people companies none",
        ),
        (
            "team",
            r"(cs|担当|部門|チム|サポト|体制).{0,6}(人数|人員|名)|かかわる人|チム規模|担当者数",
            "people none",
        ),
        (
            "employees",
            r"従業員|社員数|社員規模|会社規模|企業規模|会社の規模|会社人数|企業の規模|employee",
            "people none",
        ),
        ("income", r"年収|給与|報酬|収入", "jpy usd none"),
        ("budget", r"予算|費用|投資額|支出", "jpy usd none"),
        ("contract_value", r"acv|契約額|契約金額|発注額|契約単価|顧客単価", "jpy usd none"),
        ("arr", r"arr|年間経常収益", "jpy usd none"),
        ("mrr", r"mrr|月次経常収益", "jpy usd none"),
        ("capital", r"資本金", "jpy usd none"),
        ("revenue", r"売上|年商|収益規模", "jpy usd none"),
        ("age", r"年齢|年代", "age decade none"),
    )
)
NAMED = frozenset(name for name, _, _ in _DIMENSIONS)  # properties that a unit alone does not tell
_FREE = {
    "percent": "percent", "age": "age", "decade": "age", "jpy": "money", "usd": "money",
    "companies": "companies", "times": "times", "points": "points", "years": "duration",
    "months": "duration", "weeks": "duration", "days": "duration", "hours": "duration",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Band:
    """``dimension`` (employees, revenue ...), ``unit`` (people, jpy, months ...), ends in that unit; None =
    open.

    ``low_open`` / ``high_open``: the end itself is not included. ``timing``: 以内 (within) or 先 (from then
    on).
    """

    dimension: str
    unit: str
    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False
    timing: str = ""

    @property
    def id(self) -> str:
        """``band:employees:100-499``, ``band:revenue_jpy:500000000-lt1000000000``,
        ``band:duration_months:60-``."""
        low = "" if self.low is None else ("gt" if self.low_open else "") + _text(self.low)
        high = "" if self.high is None else ("lt" if self.high_open else "") + _text(self.high)
        unit = "" if self.dimension in WHOLE or self.dimension == self.unit else f"_{self.unit}"
        return f"band:{self.dimension}{unit}:{low}-{high}" + (f":{self.timing}" if self.timing else "")


def parse_band(label: str, question: str = "", dimension: str = "") -> Band | None:
    """The band a label names, None when it names none or when nothing says what is counted.

    ``question`` settles what bare people, money or numbers are, else ``dimension``, that of the bands the
    label stands with. A single value (2020, 5年) is no band, except 100%.
    """
    key = _HALF_YEAR.sub("6か月", fold(label))
    name, key = _dimension_in(key)
    match = _BOTH.fullmatch(key)
    ends = _two_ends(match) if match else None
    if not match and (match := _ONE.fullmatch(key)):
        ends = _one_end(match)
    if not match or not ends:
        return None
    unit, _ = _units(match)
    if unit == "years" and max(end for end in ends[:2] if end is not None) >= LONGEST:
        return None
    dimension = (
        name
        or _asked(unit, fold(question))
        or (dimension if _fits(dimension, unit) else "")
        or (_FREE.get(unit, "") if unit != "people" or question else "people")
    )
    if not dimension or not _fits(dimension, unit):
        return None
    return _standard(dimension, unit, ends)


def bands_of(labels: Iterable[str]) -> str:
    """The property that all bands among the labels are of; "" where they name none or several."""
    bands = (parse_band(take_apart(label).text) for label in dict.fromkeys(labels))
    known = {band.dimension for band in bands if band and band.dimension in NAMED}
    return known.pop() if len(known) == 1 else ""


def _dimension_in(key: str) -> tuple[str, str]:
    """A band may name its property itself: 従業員100~499名 -> (employees, 100~499名)."""
    for name, pattern, _ in _DIMENSIONS:
        found = pattern.search(key)
        if found and found.start() == 0:
            return name, key[found.end() :].lstrip("数が")
    return "", key


def _asked(unit: str, question: str) -> str:
    for name, pattern, units in _DIMENSIONS:
        if (unit or "none") in units and pattern.search(question):
            return name
    return ""


def _fits(dimension: str, unit: str) -> bool:
    return all(name != dimension or (unit or "none") in units for name, _, units in _DIMENSIONS)


def _units(match: re.Match[str]) -> tuple[str, str]:
    """(unit of the band, unit written at the lower end): 100~499名 -> people, ""; 3か月~1年 -> months,
    months."""
    groups = match.groupdict()
    signs = {"$": "usd", "¥": "jpy"}
    written = [
        _UNITS.get(groups.get(f"unit{n}") or "", "") or signs.get(groups.get(f"cur{n}") or "", "")
        for n in "01"
    ]
    low, high = written
    return ("months" if (low, high) == ("months", "years") else high or low), low


Ends = tuple[Decimal | None, Decimal | None, bool, bool, str]


def _two_ends(match: re.Match[str]) -> Ends | None:
    groups = match.groupdict()
    unit, low_unit = _units(match)
    # 1~5億円: the multiplier of the upper end holds for both, unless the lower end has one or would not be
    # lower
    shared = groups["mul0"] or ("" if low_unit else groups["mul1"]) or ""
    high = Decimal(groups["n1"]) * _MULTIPLIER[groups["mul1"] or ""]
    if unit == "months" and groups["unit1"].startswith("年"):
        high *= 12
    low = Decimal(groups["n0"]) * _MULTIPLIER[shared]
    if low >= high:
        low = Decimal(groups["n0"]) * _MULTIPLIER[groups["mul0"] or ""]
    if low >= high:
        return None
    more, less = (
        groups["lowend"] in ("超", "より大きい", "より多い"),
        groups["highend"] in ("未満", "より少ない"),
    )
    return low, high, more, less, ""


def _one_end(match: re.Match[str]) -> Ends | None:
    groups = match.groupdict()
    value = Decimal(groups["n0"]) * _MULTIPLIER[groups["mul0"] or ""]
    unit, _ = _units(match)
    sign, end = groups["sign"] or "", groups["end"] or ""
    if unit == "decade":
        return (value, value + 9, False, False, "") if not (sign or end) else (value, None, False, False, "")
    if end in ("以上", "超", "より大きい", "より多い", "~", "以上先") or sign in (">", "≧", "≥"):
        return (
            value,
            None,
            end in ("超", "より大きい", "より多い") or sign == ">",
            False,
            "from" if end == "以上先" else "",
        )
    if end in ("未満", "以下", "以内", "まで", "より少ない") or sign in ("<", "≦", "≤"):
        return (
            None,
            value,
            False,
            end in ("未満", "より少ない") or sign == "<",
            "within" if end == "以内" else "",
        )
    if unit == "percent" and value == 100:
        return value, value, False, False, ""
    return None


def _standard(dimension: str, unit: str, ends: Ends) -> Band:
    """Whole-number bands closed at both ends, durations in months where they are whole months."""
    low, high, low_open, high_open, timing = ends
    if unit in _MONTHS:
        factor = _MONTHS[unit]
        low, high = (None if end is None else end * factor for end in (low, high))
        unit = "months"
    if dimension in WHOLE:
        low = low + 1 if low is not None and low_open else low
        high = high - 1 if high is not None and high_open else high
        low_open = high_open = False
        if low is None and dimension not in ("age", "times"):
            low = Decimal(1)
    if unit == "decade":
        unit = "age"
    return Band(dimension, unit, low, high, low_open, high_open, timing)


def _text(value: Decimal) -> str:
    return format(value.normalize(), "f")
