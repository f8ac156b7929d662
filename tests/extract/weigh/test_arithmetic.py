"""k/n must round to the printed share, and the shares together tell n."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.weigh.arithmetic import (
    ACCIDENT,
    Share,
    choose_base,
    decimals_of,
    fit,
    infer_base,
    odds,
    respondents,
    tolerable,
)


def share(k: int, n: int, decimals: int = 1) -> Share:
    return Share(round(100 * k / n, decimals), decimals)


@pytest.mark.parametrize(
    ("text", "decimals"),
    [("47.6%", 1), ("47.60", 2), ("8割", 0), ("100%", 0), ("４７．６％", 1), ("n.a.", 0), ("", 0)],
)
def test_decimals_are_those_of_the_first_number(text: str, decimals: int) -> None:
    assert decimals_of(text) == decimals


@pytest.mark.parametrize(
    ("value", "n", "k"),
    [(47.6, 21, 10), (33.3, 3, 1), (66.7, 3, 2), (50.0, 3, None), (47.7, 21, None), (120.0, 50, None)],
)
def test_a_share_needs_a_whole_number_of_respondents(value: float, n: int, k: int | None) -> None:
    assert respondents(Share(value, 1), n) == k


@given(st.integers(1, 3000), st.data())
def test_every_true_share_is_possible(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    found = respondents(share(k, n), n)
    assert found is not None
    assert share(found, n) == share(k, n)


def test_the_test_is_blind_where_everything_is_possible() -> None:
    assert odds(Share(12.3, 1), 1000) == 1.0
    assert odds(Share(12.0, 0), 100) == 1.0
    assert odds(Share(12.3, 1), 99) == pytest.approx(0.0999, abs=1e-3)


def test_of_the_stated_sizes_the_one_that_allows_all_values_is_chosen() -> None:
    shares = [share(k, 221) for k in (12, 47, 66, 101, 133, 180)]
    chosen = choose_base(shares, [221, 263])
    assert chosen is not None
    assert chosen.n == 221


def test_one_misread_value_among_many_does_not_topple_the_base() -> None:
    shares = [share(k, 221) for k in (12, 47, 66, 101, 133, 180, 91, 55)]
    misread = Share(28.9, 1)
    assert respondents(misread, 221) is None
    found = fit([*shares, misread], 221)
    assert tolerable(found, 9)
    assert found.misfits == {misread}


def test_whole_numbers_printed_with_a_decimal_tell_no_size() -> None:
    assert infer_base([Share(24.0, 1), Share(36.0, 1), Share(40.0, 1)]) is None


def test_two_sizes_that_allow_all_values_leave_it_open() -> None:
    assert choose_base([share(10, 20), share(5, 20)], [20, 40]) is None


def test_inferred_sizes_are_right_where_they_are_asserted() -> None:
    """Generated groups: what is asserted is right as often as the accepted odds of an accident say."""
    dice = random.Random(7)
    right = asserted = 0
    for _ in range(300):
        n = dice.randint(30, 400)
        found = infer_base([share(dice.randint(0, n), n) for _ in range(dice.randint(3, 12))])
        asserted += found is not None
        right += found is not None and found.n == n
    assert asserted > 100
    assert right / asserted >= 1 - 2 * ACCIDENT
