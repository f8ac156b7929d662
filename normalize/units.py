"""Units and periods in canonical form, the raw text kept: 5億円 = 500 000 000 currency_jpy, 令和6年 =
2024."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from normalize.fold import fold, plain
from normalize.tables import rows


@dataclass(frozen=True, slots=True)
class Unit:
    """A canonical unit; one written unit is ``factor`` of it (万円: currency_jpy, 10000; 割: percent, 10)."""

    id: str
    label_ja: str
    label_en: str
    factor: Decimal
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in a canonical unit, with the text it was read from."""

    value: Decimal
    unit: str
    raw: str


@dataclass(frozen=True, slots=True)
class Period:
    """A year, fiscal year or month: ISO 8601 as precise as written; ``fiscal`` for 年度 (April to March)."""

    iso: str
    fiscal: bool
    raw: str

    @property
    def id(self) -> str:
        return f"period:{'fy' if self.fiscal else ''}{self.iso}"


_NUMBER = re.compile(r"([-▲△]?)\s*([$¥]?)\s*(\d[\d,]*(?:\.\d+)?)\s*(.*)")
_ERAS = {
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
    "M": 1867,
    "T": 1911,
    "S": 1925,
    "H": 1988,
    "R": 2018,
}
_PERIOD = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[MTSHR](?=\d))?(?P<year>元|\d{1,4})年?(?P<fy>度|年度|版|調査)?"
    r"(?:[./-]?(?P<month>1[0-2]|0?[1-9])月(?:調査|時点)?)?"
)
FIRST, LAST = 1868, 2100  # western years that are taken for years


def parse_unit(text: str) -> Unit | None:
    """The unit a text names (``％``, ``万円``, ``ポイント``), None when it names none."""
    found = _written().get(fold(text) or plain(text))
    return Unit(found.id, found.label_ja, found.label_en, found.factor, text) if found else None


def parse_quantity(text: str) -> Quantity | None:
    """A number with its unit in canonical form: ``5億円``, ``▲3.2ポイント``, ``8割``; None without number
    or unit."""
    match = _NUMBER.fullmatch(plain(text))
    unit = parse_unit(match[4] or match[2]) if match else None
    if not match or not unit:
        return None
    value = Decimal(match[3].replace(",", "")) * unit.factor
    return Quantity(-value if match[1] else value, unit.id, text)


def parse_period(text: str) -> Period | None:
    """A period: 2021年, 2021年度, ２０２１年３月, 令和6年, R5; None for anything else, durations included."""
    match = _PERIOD.fullmatch(plain(text).replace(" ", ""))
    if not match:
        return None
    year = 1 if match["year"] == "元" else int(match["year"])
    if match["era"]:
        year += _ERAS[match["era"]]
    elif match["year"] == "元" or len(match["year"]) != 4:
        return None
    if not FIRST <= year <= LAST:
        return None
    iso = f"{year:04d}" + (f"-{int(match['month']):02d}" if match["month"] else "")
    return Period(iso, match["fy"] in ("度", "年度"), text)


@cache
def _written() -> dict[str, Unit]:
    table: dict[str, Unit] = {}
    for row in rows("units"):
        unit = Unit(row["id"], row["label_ja"], row["label_en"], Decimal(row["factor"]))
        for text in (*row["written"].split(), row["label_ja"]):
            table.setdefault(fold(text) or plain(text), unit)
    return table
