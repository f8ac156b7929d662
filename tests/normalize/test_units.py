"""Units and periods in canonical form."""

from decimal import Decimal

import pytest

from normalize.units import parse_period, parse_quantity, parse_unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("52.7％", "52.7", "percent"),
        ("8割", "80", "percent"),
        ("▲3.2ポイント", "-3.2", "point"),
        ("1,234人", "1234", "count"),
        ("400万円", "4000000", "currency_jpy"),
        ("1.5億円", "150000000", "currency_jpy"),
        ("$5", "5", "currency_usd"),
        ("3倍", "3", "ratio"),
        ("6ヶ月", "6", "month"),
    ],
)
def test_a_quantity_is_read_with_its_unit(text: str, value: str, unit: str) -> None:
    quantity = parse_quantity(text)
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.raw) == (Decimal(value), unit, text)


def test_an_unknown_unit_is_refused() -> None:
    assert parse_unit("光年") is None
    assert parse_quantity("3光年") is None


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021年", "period:2021"),
        ("２０２１年度", "period:fy2021"),
        ("2021年3月", "period:2021-03"),
        ("令和6年", "period:2024"),
        ("平成元年", "period:1989"),
        ("R5", "period:2023"),
    ],
)
def test_a_period_has_one_id(text: str, period: str) -> None:
    found = parse_period(text)
    assert found is not None
    assert found.id == period


@pytest.mark.parametrize("text", ["16年", "3ヶ月", "20代", "平成の頃", "9999年"])
def test_what_is_no_period_is_refused(text: str) -> None:
    assert parse_period(text) is None
