"""Names that say when: years of either calendar, fiscal years, months, waves of a survey."""

from __future__ import annotations

import re
import unicodedata

from extract.charts.draft import Label

# A period: a year in either calendar, a fiscal year, a month, a survey wave.
PERIOD = re.compile(
    r"^(?:(?:19|20)\d{2}|(?:明治|大正|昭和|平成|令和|[MTSHR])\s?(?:\d{1,2}|元))"
    r"(?:年度?|FY|[./年]\d{1,2}(?:[./月]\d{1,2}日?|月)?)?(?:調査|時点|版)?$"
    r"|^FY\s?\d{2,4}$|^\d{1,2}月$|^第\d+回(?:調査)?$|^(?:今回|前回|昨年|前年|本年|今年)(?:度|調査)?$"
    r"|^['’]\d{2}(?:年度?)?$|^(?:(?:19|20)\d{2}(?:年度?|FY)?)?(?:[1-4]Q|Q[1-4]|第?[1-4]四半期|[上下](?:半)?期|[春夏秋冬])$"
)


def is_period(text: str) -> bool:
    """Whether a name says a point or span of time."""
    return bool(PERIOD.match(re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", text))))


def is_date(label: Label) -> bool:
    """Whether a number read as a label names a year (`2020年`) instead of stating a value (`3年`)."""
    return label.unit == "year" and is_period(label.text)
