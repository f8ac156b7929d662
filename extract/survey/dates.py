"""Dates as printed -> ISO 8601, as precise as printed; era years included."""

from __future__ import annotations

import re

from extract.numbers import fold_width

_ERA = {"令和": 2018, "平成": 1988, "昭和": 1925}
_YEAR = (
    r"(?:(?P<y{n}>(?:19|20)\d\d)|(?P<era{n}>令和|平成|昭和)\s?(?P<ey{n}>元|\d{{1,2}}))\s?(?:年度?|[./／-])"
)
_MONTH = r"\s?(?P<m{n}>1[0-2]|0?[1-9])\s?(?:月|[./／-])?"
_DAY = r"(?:\s?(?P<d{n}>3[01]|[12]\d|0?[1-9])(?!\d)\s?日?)?"
_DATE = re.compile((_YEAR + _MONTH + _DAY).format(n=1))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(?P<{0}>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_TO = r"\s*(?:-|–|—|~|to|until|through|and)\s*"
_DAYS = r"(?P<{0}>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
# January 15 - February 2, 2024 · 3 and 17 October 2023 · 15 Jan 2024 - 2 Feb 2024 · March 2024
_ENGLISH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAME.format('m1')}\s*{_DAYS.format('d1')}(?:,?\s*(?P<y1>20\d\d))?{_TO}(?:{_NAME.format('m2')}\s*)?"
        rf"{_DAYS.format('d2')},?\s*(?P<y2>20\d\d)",
        rf"{_DAYS.format('d1')}(?:\s*{_NAME.format('m1')}(?:,?\s*(?P<y1>20\d\d))?)?{_TO}{_DAYS.format('d2')}\s*"
        rf"{_NAME.format('m2')},?\s*(?P<y2>20\d\d)",
        rf"{_NAME.format('m1')}(?:\s*(?P<y1>20\d\d))?{_TO}{_NAME.format('m2')},?\s*(?P<y2>20\d\d)",
        rf"{_NAME.format('m2')}\s*{_DAYS.format('d2')},?\s*(?P<y2>20\d\d)",
        rf"(?:{_DAYS.format('d2')}\s*)?{_NAME.format('m2')},?\s*(?P<y2>20\d\d)",
    )
)
_WEEKDAY = r"\s*(?:[（(][月火水木金土日・祝]+[)）])?\s*"
_SECOND = re.compile(
    rf"{_WEEKDAY}(?:~|から|-|→|および|と|、)\s*(?:同年)?(?:同月)?"
    r"(?:(?:(?P<y>(?:19|20)\d\d)|(?P<era>令和|平成|昭和)\s?(?P<ey>元|\d{1,2}))\s?(?:年度?|[./-]))?\s?"
    r"(?:(?P<m>1[0-2]|0?[1-9])\s?(?:月|[./-]))?\s?(?:(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)\s?日?)?"
)


def iso(year: int, month: int | None, day: int | None) -> str:
    """「2024年5月」 -> 2024-05."""
    text = f"{year:04d}"
    if month:
        text += f"-{month:02d}"
        if day:
            text += f"-{day:02d}"
    return text


def find_date(text: str) -> str:
    """The first date of the text, "" when there is none."""
    m = _DATE.search(fold_width(text))
    if m is None:
        return _english_period(fold_width(text))[1]
    return iso(_year(m["y1"], m["era1"], m["ey1"]), int(m["m1"]), _int(m["d1"]))


def find_period(text: str) -> tuple[str, str]:
    """Start and end of 「2025年2月21日～2月26日」; a single date is start and end; "" when none is there."""
    folded = re.sub(r"(?<=月)(?:[上中下初]旬|頃|末)", "", fold_width(text))
    m = _DATE.search(folded)
    if m is None:
        return _english_period(folded)
    year, month, day = _year(m["y1"], m["era1"], m["ey1"]), int(m["m1"]), _int(m["d1"])
    start = iso(year, month, day)
    second = _SECOND.match(folded, m.end())
    if second is None or not (second["m"] or second["d"]):
        return start, start
    end_year = _year(second["y"], second["era"], second["ey"]) if second["y"] or second["era"] else year
    end_month = _int(second["m"]) or month
    if end_year == year and end_month < month and not second["y"]:
        end_year += 1
    return start, iso(end_year, end_month, _int(second["d"]))


def _english_period(text: str) -> tuple[str, str]:
    for pattern in _ENGLISH:
        m = pattern.search(text)
        if m:
            found = m.groupdict()
            month, year = _month(found["m2"] or found.get("m1") or ""), int(found["y2"])
            end = iso(year, month, _int(found.get("d2")))
            if "m1" not in found:
                return end, end
            first = _month(found["m1"] or found["m2"] or "")
            return iso(int(found.get("y1") or year - (first > month)), first, _int(found.get("d1"))), end
    return "", ""


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1 if name else 1


def _year(western: str | None, era: str | None, era_year: str | None) -> int:
    if western:
        return int(western)
    return _ERA[era or "令和"] + (1 if era_year == "元" else int(era_year or 1))


def _int(text: str | None) -> int | None:
    return int(text) if text else None
