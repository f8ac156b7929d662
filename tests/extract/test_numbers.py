"""What a number says: value, unit, qualifier; and which numbers cannot be results."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numbers import find_quantities, fold_width, kanji_number, literal

STATED = [
    ("47.6％", [(47.6, "exact")], "percent"),
    ("35・1％", [(35.1, "exact")], "percent"),
    ("４３．２％", [(43.2, "exact")], "percent"),
    ("約 8 割", [(80, "approx")], "percent"),
    ("7割5分", [(75, "exact")], "percent"),
    ("三割", [(30, "exact")], "percent"),
    ("6割以上", [(60, "at_least")], "percent"),
    ("約3割超", [(30, "at_least")], "percent"),
    ("5割を超える", [(50, "at_least")], "percent"),
    ("2割に満たない", [(20, "at_most")], "percent"),
    ("8割強", [(80, "vague")], "percent"),
    ("6割半ば", [(60, "vague")], "percent"),
    ("20％前後", [(20, "approx")], "percent"),
    ("半数", [(50, "vague")], "percent"),
    ("過半数", [(50, "at_least")], "percent"),
    ("約2～3割", [(20, "range_low"), (30, "range_high")], "percent"),
    ("30～40％台", [(30, "range_low"), (40, "range_high")], "percent"),
    ("3%から20%", [(3, "range_low"), (20, "range_high")], "percent"),
    ("３人に１人", [(33.3, "approx")], "percent"),
    ("五人に一人", [(20, "approx")], "percent"),
    ("4分の3", [(75, "approx")], "percent"),
    ("1/3未満", [(33.3, "at_most")], "percent"),
    ("▲3.2ポイント", [(-3.2, "exact")], "point"),
    ("5.1pt", [(5.1, "exact")], "point"),
    ("2～4倍", [(2, "range_low"), (4, "range_high")], "ratio"),
    ("ほぼ倍", [(2, "approx")], "ratio"),
    ("52万5,507組", [(525507, "exact")], "count"),
    ("1億2,000万円", [(120000000, "exact")], "currency_jpy"),
    ("$25K - 1M", [(25000, "range_low"), (1000000, "range_high")], "currency_usd"),
    ("18.4時間", [(18.4, "exact")], "hour"),
    ("11.6年", [(11.6, "exact")], "year"),
    ("スコアは-6", [(-6, "exact")], "score"),
    ("7.8点", [(7.8, "exact")], "score"),
]


@pytest.mark.parametrize(("text", "values", "unit"), STATED, ids=[s[0] for s in STATED])
def test_a_number_is_read_as_it_is_stated(text: str, values: list[tuple[float, str]], unit: str) -> None:
    (found,) = find_quantities(text)
    assert not found.refusal
    assert list(found.values) == values
    assert found.unit == unit


REFUSED = [
    ("2025年2月21日", "date"), ("令和5年度", "date"), ("03-1234-5678", "phone"), ("第3回", "ordinal"),
    ("上位4分の1", "ordinal"), ("2位", "ordinal"), ("Q12", "ordinal"), ("20歳から65歳", "eligibility"),
    ("20代", "eligibility"), ("従業員1,000名以上", "eligibility"), ("年収500万円以上", "eligibility"),
    ("n=494", "sample"), ("https://example.com/2025/10.html", "url"), ("バージョン2.1", "version"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[r[0] for r in REFUSED])
def test_a_number_that_cannot_be_a_result_is_refused(text: str, reason: str) -> None:
    (found,) = find_quantities(text)
    assert found.refusal == reason


def test_before_and_after_are_no_range() -> None:
    (moved,) = find_quantities("48.5%から39.9%に低下")
    (spread,) = find_quantities("3%から20%を費やす")
    assert moved.change
    assert not spread.change


def test_different_units_are_different_numbers() -> None:
    found = find_quantities("58.3%から2024年の71.9%")
    assert [(q.values, q.refusal) for q in found] == [
        (((58.3, "exact"),), ""),
        ((), "date"),
        (((71.9, "exact"),), ""),
    ]


@given(st.integers(1, 99))
def test_kanji_numerals_say_what_digits_say(n: int) -> None:
    tens, ones = divmod(n, 10)
    digits = "〇一二三四五六七八九"
    kanji = ("" if tens == 0 else "十" if tens == 1 else digits[tens] + "十") + (digits[ones] if ones else "")
    assert kanji_number(kanji) == n


@given(st.integers(0, 99_999_999))
def test_thousands_separators_change_nothing(n: int) -> None:
    assert literal(f"{n:,}") == n


@given(st.text(alphabet="０１２３４５６７８９％．（）～約割人に半数ab12.,% 　", max_size=30))
def test_spans_stay_inside_and_apart(text: str) -> None:
    found = find_quantities(text)
    assert len(fold_width(text)) == len(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_string_of_digits_is_no_number() -> None:
    assert find_quantities("1" * 5000 + "人") == ()
