"""Dates as printed -> ISO 8601."""

from __future__ import annotations

import pytest

from extract.survey.dates import find_date, find_period


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025 年 3 月 18 日", "2025-03-18"),
        ("２０２４年１１月", "2024-11"),
        ("令和5年4月1日", "2023-04-01"),
        ("平成元年12月", "1989-12"),
        ("2025.10.14 公開", "2025-10-14"),
        ("発行：2025/03/01", "2025-03-01"),
        ("日付なし", ""),
    ],
)
def test_a_date_is_as_precise_as_it_is_printed(text: str, date: str) -> None:
    assert find_date(text) == date


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2025年2月21日～2025年2月26日", "2025-02-21", "2025-02-26"),
        ("2025年10月14日（火）～同年10月15日（水）", "2025-10-14", "2025-10-15"),
        ("2024年5月10日から14日", "2024-05-10", "2024-05-14"),
        ("2024年12月20日～1月10日", "2024-12-20", "2025-01-10"),
        ("2021年11月と12月に", "2021-11", "2021-12"),
        ("2023年6月5日（月）", "2023-06-05", "2023-06-05"),
        ("令和6年1月15日～2月3日", "2024-01-15", "2024-02-03"),
        ("2024年5月中旬〜6月上旬", "2024-05", "2024-06"),
        ("January 15 - February 2, 2024", "2024-01-15", "2024-02-02"),
        ("between 3 and 17 October 2023", "2023-10-03", "2023-10-17"),
        ("28 Dec 2023 to 5 Jan 2024", "2023-12-28", "2024-01-05"),
        ("Nov. 20 – Jan. 8, 2024", "2023-11-20", "2024-01-08"),
        ("March 2024", "2024-03", "2024-03"),
        ("未定", "", ""),
    ],
)
def test_a_period_has_two_ends(text: str, start: str, end: str) -> None:
    assert find_period(text) == (start, end)
