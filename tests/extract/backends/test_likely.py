"""Hesitant characters decided by their neighbours: what changes, and what must stay."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.backends.rapid.decode import Decoder
from extract.backends.rapid.likely import likeliest, may_change


def decided(*places: str | dict[str, float]) -> str:
    """The text chosen; a plain character was read without hesitation."""
    return "".join(char for char, _ in reread(*places))


def reread(*places: str | dict[str, float]) -> list[tuple[str, float]]:
    return likeliest([tuple(p.items()) if isinstance(p, dict) else ((p, 0.99),) for p in places])


@pytest.mark.parametrize(
    ("places", "text"),
    [
        pytest.param(({"葉": 0.56, "業": 0.21}, "務"), "業務", id="the neighbour behind"),
        pytest.param(("企", {"集": 0.65, "業": 0.2}), "企業", id="the neighbour before"),
        pytest.param(({"漏": 0.7, "満": 0.1}, "足"), "満足", id="a runner-up far behind"),
        pytest.param((" ", {"滿": 0.5, "満": 0.48}, " "), " 満 ", id="an old form alone"),
        pytest.param(({"裂": 0.6, "製": 0.3}, "造", {"案": 0.6, "業": 0.3}), "製造業", id="two in one word"),
        pytest.param(("業", "務"), "業務", id="no doubt"),
        pytest.param(("漏", "足"), "漏足", id="read without doubt"),
        pytest.param(({"犬": 0.9, "太": 0.002}, "小"), "犬小", id="nearly sure"),
    ],
)
def test_what_is_chosen(places: tuple[str | dict[str, float], ...], text: str) -> None:
    assert decided(*places) == text


def test_nothing_gives_nothing() -> None:
    assert likeliest([]) == []


@pytest.mark.parametrize("char", "0９一十%(Aa/・〇")
def test_numbers_and_signs_are_never_chosen_anew(char: str) -> None:
    assert not may_change(char)


def test_the_decoder_asks_the_neighbours_and_is_as_sure_as_they_make_it() -> None:
    characters = ("", "葉", "業", "務", "1", "/")
    columns = np.array(
        [[0, 0.7, 0.3, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0.6, 0.4]], np.float32
    )
    glyphs = Decoder(characters)(columns)
    assert "".join(g.char for g in glyphs) == "業務1"
    assert 0.9 < glyphs[0].confidence < 1.0
    assert glyphs[2].confidence == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("places", "char", "low", "high"),
    [
        pytest.param(({"へ": 0.6, "ヘ": 0.4}, "ル", "ス"), "ヘ", 0.85, 1.0, id="twins, told by what follows"),
        pytest.param(("顧", "客", {"ロ": 0.8, "口": 0.2}, "イ"), "ロ", 0.9, 1.0, id="twins of two scripts"),
        pytest.param((" ", {"へ": 0.6, "ヘ": 0.4}, " "), "へ", 0.59, 0.61, id="nobody tells"),
        pytest.param((" ", {"へ": 0.3, "ヘ": 0.2}, " "), "へ", 0.29, 0.31, id="the rest is another sign's"),
    ],
)
def test_how_sure_the_chosen_one_is(
    places: tuple[str | dict[str, float], ...], char: str, low: float, high: float
) -> None:
    [(chosen, sure)] = [
        r for r, place in zip(reread(*places), places, strict=True) if isinstance(place, dict)
    ]
    assert chosen == char
    assert low < sure < high


@given(
    st.lists(
        st.dictionaries(st.sampled_from("へヘロ口業葉務満"), st.floats(0.01, 0.3), min_size=1, max_size=3),
        max_size=6,
    )
)
def test_nothing_is_surer_than_the_candidates_together(places: list[dict[str, float]]) -> None:
    for (char, sure), place in zip(reread(*places), places, strict=True):
        assert char in place
        assert 0 <= sure <= sum(place.values()) + 1e-9
