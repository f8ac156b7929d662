"""A value read together with the tick before it: which digits are the tick's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.charts.tickruns import parted_ticks
from extract.scene import Scene, Word
from tests.extract.charts.drawing import scene, word

LEFT, BOTTOM, UNIT = 100.0, 300.0, 3.0


def axis(missing: float, text: str, at: float, left: float = LEFT - 20) -> Scene:
    """Ticks 0 to 60 whose right edges stand at LEFT, one of them run together with what follows it."""
    words: list[Word] = [
        word(f"{t}", LEFT, BOTTOM - UNIT * t, align="right") for t in range(0, 70, 10) if t != missing
    ]
    words.append(word(text, left, BOTTOM - UNIT * at))
    return scene([replace(w, seen_by="ocr") for w in words], [])


def last(found: Scene) -> str:
    return parted_ticks(found).words[-1].text


@pytest.mark.parametrize(("text", "tick", "value"), [("4038.3", 40, "38.3"), ("108.8", 10, "8.8")])
def test_the_value_behind_a_tick_loses_the_tick(text: str, tick: int, value: str) -> None:
    assert last(axis(tick, text, tick, LEFT - word(str(tick), 0, 0).box.width)) == value


def test_a_number_away_from_the_ticks_stays() -> None:
    assert last(axis(40, "4038.3", 40, LEFT + 60)) == "4038.3"


def test_a_number_that_does_not_begin_with_the_tick_of_its_place_stays() -> None:
    assert last(axis(40, "5038.3", 40)) == "5038.3"
    assert last(axis(40, "4038.3", 45)) == "4038.3"


def test_text_layers_are_not_touched() -> None:
    given = axis(40, "4038.3", 40)
    plain = replace(given, words=tuple(replace(w, seen_by="text") for w in given.words))
    assert parted_ticks(plain) is plain
