"""Years, dates and waves of a survey as tables head their columns and rows with them."""

from __future__ import annotations

import re
import unicodedata

YEARS = re.compile(
    r"((平成|令和|昭和|大正|[RHS](?=\d))\s*(元|\d{1,2})\s*年?度?|(19|20)\d\d\s*年?度?|\d{2}年度|'\d\d|FY\s*'?\d{2,4})"
    r"([-~/](平成|令和)?\d{1,4}年?度?)?"
    r"([./]\d{1,2}([./]\d{1,2})?)?(\s*\d{1,2}月(\s*\d{1,2}日)?|\s*Q\d|\s*第?\d四半期|[春夏秋冬])?"
    r"(期|末|時点|卒|実績|見込み?|予測|計画|調査)?(\s*[(\[].*[)\]])?"
)
WAVES = re.compile(
    r"(前々回|前回|今回|前々期|前期|今期|当期|来期|前々年|前年|昨年|今年|本年|来年|第\d+回|"
    r"previous|current|last year|this year)(調査|度|同期|見通し|予想|計画|実績)?(\s*[(\[].*[)\]])?",
    re.IGNORECASE,
)
DAYS = re.compile(
    r"\d{1,2}月(\d{1,2}日)?|(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(\s*\d{4})?"
)


def is_year(text: str) -> bool:
    """A year or a date that names one: 2024, 令和5年度, H29, FY2023, 2024年4月, 2024年（見込）."""
    return bool(YEARS.fullmatch(unicodedata.normalize("NFKC", text).strip()))


def is_time(text: str) -> bool:
    """A year, a month, a day, or a wave of the survey (前回, 今期)."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return any(pattern.fullmatch(folded) for pattern in (YEARS, WAVES, DAYS))
