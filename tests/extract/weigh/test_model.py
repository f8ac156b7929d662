"""The shipped confidence model knows every kind of testimony and says what each is worth."""

from __future__ import annotations

from typing import get_args

import pytest

from extract.weigh.model import fitted, log_odds, probability
from extract.weigh.testimony import Kind

FOR = (
    "label sure", "geometry agrees", "scale proven", "arithmetic agrees", "count agrees", "sum agrees",
    "sum told", "difference agrees", "echo fine", "echo coarse", "echo alike",
    "echo hedged", "echo nearest", "echo drawn",
    "item quoted", "item quoted apart", "nothing left over", "repair proven",
)  # fmt: skip


def test_every_kind_has_a_weight_and_nothing_else_has() -> None:
    assert set(fitted().weights) == set(get_args(Kind))


def test_the_weights_say_where_they_come_from() -> None:
    about = fitted().about
    assert about["made_by"] == "python -m benchmarks.fit"
    assert {"charts", "pictures", "seed", "rows", "rows_of_prose", "wrong"} <= set(about)


@pytest.mark.parametrize("kind", sorted(fitted().weights))
def test_what_agrees_raises_the_odds_and_what_disputes_lowers_them(kind: str) -> None:
    weight = fitted().weights[kind]
    if kind in FOR:
        assert weight > 0
    if kind.endswith(("denies", "doubtful", "nearly", "elsewhere", "repaired")):
        assert weight < 0


def test_odds_add_up() -> None:
    odds = log_odds([("a", 1.0), ("b", 2.0)], {"a": 0.5, "b": -0.25})
    assert odds == 0.0
    assert probability(odds) == 0.5


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        log_odds([("hearsay", 1.0)], fitted().weights)
