"""Hesitant characters decided by their neighbours: what changes, and what must stay."""

from __future__ import annotations

import numpy as np
import pytest

from extract.backends.rapid.decode import Decoder
from extract.backends.rapid.likely import likeliest, may_change


def decided(*places: str | dict[str, float]) -> str:
    """The text chosen; a plain character was read without hesitation."""
    return "".join(likeliest([tuple(p.items()) if isinstance(p, dict) else ((p, 0.99),) for p in places]))


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


def test_the_decoder_asks_the_neighbours_and_keeps_the_confidence_of_what_it_takes() -> None:
    characters = ("", "葉", "業", "務", "1", "/")
    columns = np.array(
        [[0, 0.7, 0.3, 0, 0, 0], [1, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0], [0, 0, 0, 0, 0.6, 0.4]], np.float32
    )
    glyphs = Decoder(characters)(columns)
    assert "".join(g.char for g in glyphs) == "業務1"
    assert glyphs[0].confidence == pytest.approx(0.3)
