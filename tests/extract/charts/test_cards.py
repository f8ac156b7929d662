"""Big numbers with names: cards, waffles, rows of persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from extract.charts import read_charts
from extract.finding import Finding
from extract.scene import Mark, Word
from tests.extract.charts.drawing import dot, rect, scene, slice_, word

RED, PALE = "#c0392b", "#e5e7eb"
SHARES = {"解約が減った": 43, "単価が上がった": 37, "紹介が増えた": 28}


def cards(dy: float, shares: dict[str, int] = SHARES, size: float = 30) -> list[Word]:
    words = [word("導入後の変化（n=214）", 60, 90, size=14)]
    for k, (name, share) in enumerate(shares.items()):
        x = 120 + 180 * k
        words += [
            word(f"{share}%", x, 220, size=size, align="centre"),
            word(name, x, 220 + dy, align="centre"),
        ]
    return words


def read(words: Sequence[Word], marks: Sequence[Mark] = ()) -> list[Finding]:
    frame = rect(10, 10, 590, 390, "", "#999999")
    return list(read_charts(scene(words, [frame, *marks])).findings)


@pytest.mark.parametrize("dy", [-40.0, 30.0])
def test_names_over_or_under_the_numbers(dy: float) -> None:
    found = read(cards(dy))
    assert {(f.item, f.value, f.base_n, f.question) for f in found} == {
        (name, share, 214, "導入後の変化") for name, share in SHARES.items()
    }


def test_names_before_the_numbers() -> None:
    words = [word("相談先がある割合", 60, 40, size=14)]
    for k, (name, share) in enumerate((("経営者", 62), ("部門長", 47))):
        words += [word(name, 60, 120 + 90 * k), word(f"{share}%", 300, 120 + 90 * k, size=24)]
    assert {(f.item, f.value) for f in read(words)} == {("経営者", 62), ("部門長", 47)}


def test_numbers_as_large_as_their_names_are_left_to_tables() -> None:
    assert read(cards(30, size=9)) == []


def test_sentences_are_left_to_prose() -> None:
    assert read(cards(30, {"が減ったと回答": 43, "が増えたと回答": 37})) == []


def test_one_number_alone_is_no_chart() -> None:
    assert read(cards(30, {"解約が減った": 43})) == []


def test_numbers_whose_names_stand_anywhere_are_none() -> None:
    words = cards(30)
    words[-1] = word("紹介が増えた", 480, 330)
    assert read(words) == []


def waffle(k: int, share: int) -> list[Mark]:
    x, y = 85 + 180 * k, 110
    return [rect(x + 7 * (i % 10), y + 7 * (9 - i // 10), x + 6 + 7 * (i % 10), y + 6 + 7 * (9 - i // 10),
                 RED if i < share else PALE) for i in range(100)]  # fmt: skip


def test_squares_in_colour_are_counted() -> None:
    marks = [m for k, share in enumerate((43, 37, 30)) for m in waffle(k, share)]
    drawn = {f.value: [r.value for r in f.readings if r.method == "geometry"] for f in read(cards(30), marks)}
    assert drawn == {43: [43.0], 37: [37.0], 28: [30.0]}


def test_persons_in_a_row_are_counted() -> None:
    words = [word("相談先がある割合", 60, 40, size=14)]
    marks: list[Mark] = []
    for k, (name, share) in enumerate((("経営者", 62), ("部門長", 47))):
        y = 120 + 90 * k
        words += [word(name, 60, y), word(f"{share}%", 400, y, size=24)]
        marks += [dot(130 + 20 * i, y, RED if i < round(share / 10) else PALE, 4) for i in range(10)]
    found = read(words, marks)
    assert {(f.item, tuple(r.value for r in f.readings if r.method == "geometry")) for f in found} == {
        ("経営者", (60.0,)),
        ("部門長", (50.0,)),
    }


def test_gauges_with_names_under_them_are_cards() -> None:
    words = [word("指標の達成（n=208）", 60, 60, size=14)]
    marks: list[Mark] = []
    for k, (name, share) in enumerate((("更新率", 82), ("定着率", 64), ("追加率", 29))):
        x = 110 + 180 * k
        words += [word(f"{share}%", x, 195, size=22, align="centre"), word(name, x, 225, align="centre")]
        marks += [slice_(x, 200, 70, 270, 450, PALE, 45), slice_(x, 200, 70, 270, 270 + 1.8 * share, RED, 45)]
    assert {(f.item, f.value) for f in read(words, marks)} == {("更新率", 82), ("定着率", 64), ("追加率", 29)}


def test_sizes_that_recognition_measured_and_names_that_touch_some_numbers() -> None:
    words = [word("検討の段階（n=420）", 60, 60, size=14)]
    for k, (name, share, size) in enumerate(
        (("知っている", 82.4, 25), ("比べた", 38.2, 22), ("入れた", 19.5, 22))
    ):
        x = 120 + 180 * k
        words.append(replace(word(f"{share}%", x, 200, size=size, align="centre"), seen_by="ocr"))
        words.append(replace(word(name, x, 178 if k < 2 else 172, size=11, align="centre"), seen_by="ocr"))
    assert {(f.item, f.value) for f in read(words)} == {
        ("知っている", 82.4),
        ("比べた", 38.2),
        ("入れた", 19.5),
    }
