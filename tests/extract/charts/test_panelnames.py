"""What stands over pies side by side: their names, or labels of their topmost slices."""

from __future__ import annotations

from extract.charts.panelnames import panel_names
from extract.scene import Box, Scene, Word
from tests.extract.charts.drawing import scene, word

PIES = [Box(100, 100, 250, 250), Box(350, 100, 500, 250)]


def over(first: str, second: str, lift: float = 15.0, shift: float = 0.0) -> list[Word]:
    return [
        word(first, 175, 100 - lift, align="centre"),
        word(second, 425 + shift, 100 - lift, align="centre"),
    ]


def names(words: list[Word]) -> set[str]:
    found: Scene = scene(words, [])
    return {found.words[w].text for w in panel_names(found, PIES)}


def test_lines_at_one_height_are_names() -> None:
    assert names(over("2014年（n=1,010）", "2024年（n=1,035）")) == {"2014年（n=1,010）", "2024年（n=1,035）"}


def test_a_label_that_both_pies_carry_is_none() -> None:
    assert names(over("その他", "その他")) == set()


def test_labels_with_values_are_none() -> None:
    assert names(over("はい 9.4%", "いいえ 6.1%")) == set()


def test_lines_at_other_places_over_their_pies_are_none() -> None:
    assert names(over("夫が主", "妻が主", shift=60)) == set()


def test_one_pie_has_no_panel_name() -> None:
    found = scene(over("2014年", "2024年"), [])
    assert panel_names(found, PIES[:1]) == frozenset()
