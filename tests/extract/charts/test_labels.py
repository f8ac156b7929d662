"""Which printed words are values, and what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.charts.labels import evenly_spaced, fold_with_places, parse_value, read_labels
from tests.extract.charts.drawing import scene, word

SAID = {
    "47.6%": (47.6, "percent", 1, 1.0),
    "４７．６％": (47.6, "percent", 1, 1.0),
    "▲3.2": (-3.2, None, 1, 1.0),
    "+12.5%": (12.5, "percent", 1, 1.0),
    "1,234件": (1234.0, "count", 0, 1.0),
    "(12.8%)": (12.8, "percent", 1, 1.0),
    "52億円": (52.0, "currency_jpy", 0, 1e8),
    "¥980": (980.0, "currency_jpy", 0, 1.0),
    "3.5倍": (3.5, "ratio", 1, 1.0),
    "0": (0.0, None, 0, 1.0),
}
NAMES = ["10名未満", "2022年調査", "50%以上", "n=35", "$1M", "週に1回", "-", "", "Q3", "1位 価格"]


@pytest.mark.parametrize("text", SAID)
def test_values(text: str) -> None:
    assert parse_value(text) == SAID[text]


@pytest.mark.parametrize("text", NAMES)
def test_numbers_within_names_are_no_values(text: str) -> None:
    assert parse_value(text) is None


def test_count_and_percentage_in_one_word_are_two_labels() -> None:
    both = read_labels(scene([word("20 (33.9%)", 100, 50)], []), [0])
    assert [(label.value, label.unit) for label in both] == [(20.0, "count"), (33.9, "percent")]
    assert both[0].box.x1 < both[1].box.x0


def test_ticks_run_together_are_single_labels_with_places_of_their_own() -> None:
    ticks = read_labels(scene([word("0% 20% 40%", 100, 50)], []), [0])
    assert [tick.value for tick in ticks] == [0, 20, 40]
    assert ticks[0].box.x1 <= ticks[1].box.x0 <= ticks[1].box.x1 <= ticks[2].box.x0


@given(st.decimals(0, 1_000_000, places=1), st.sampled_from(["%", "", "件", "円"]))
def test_what_is_printed_is_read(number: object, unit: str) -> None:
    said = parse_value(f"{number:,}{unit}")
    assert said is not None
    assert said[0] == float(f"{number}")


@given(st.text(max_size=30))
def test_folding_remembers_where_every_character_stood(text: str) -> None:
    folded, places = fold_with_places(text)
    assert len(folded) == len(places)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


@pytest.mark.parametrize(
    ("numbers", "even"),
    [([0, 10, 20, 30], True), ([0, 10.3, 20, 30.1], True), ([0, 10, 25], False), ([5], False)],
)
def test_even_spacing(numbers: list[float], even: bool) -> None:
    assert evenly_spaced(numbers, 0.05) is even
