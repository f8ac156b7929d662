"""Which part of a text layer is believed, which words win where layer and OCR meet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.scene import Box, Word
from extract.sources import layer as layer_module
from extract.sources.blocks import number_lines
from extract.sources.layer import believe, plain_words
from extract.sources.legible import Verdict, VerdictName
from extract.sources.merge import merged_words, numbers_agree
from tests.extract.sources.engines import ocr_word, texts

GOOD = "この調査では回答者の多くが満足していると答えた。"
BAD = "縺薙ｮ隱ｿ譟ｻ縺ｧ縺ｯ蝗樒ｭ碑??ｮ螟壹￥縺梧ｺ雜ｳ"


def word(text: str, x: float = 0.0, y: float = 0.0, size: float = 10.0) -> Word:
    width = size * len(text)
    edges = tuple(x + i * size for i in range(len(text) + 1))
    return Word(text, Box(x, y, x + width, y + size), size, edges)


def layer(*lines: str) -> tuple[Word, ...]:
    """Every line a block of its own."""
    return number_lines([word(text, y=40.0 * i) for i, text in enumerate(lines)])


def test_a_good_layer_is_believed_without_looking() -> None:
    def never(box: Box) -> str:
        raise AssertionError("nothing should be recognised")

    belief = believe(layer(*[GOOD] * 6), never)
    assert (len(belief.good), len(belief.bad)) == (6, 0)
    assert belief.score > 0.9


def test_a_garbled_layer_is_not() -> None:
    belief = believe(layer(*[BAD] * 6), lambda box: GOOD)
    assert belief.bad_share == 1
    assert belief.score < 0.5


def test_a_page_that_is_half_good_keeps_its_good_half() -> None:
    belief = believe(layer(*[GOOD] * 6, BAD), lambda box: GOOD)
    assert texts(belief.good) == [GOOD] * 6
    assert texts(belief.bad) == [BAD]


def test_an_odd_block_that_the_page_really_shows_is_kept() -> None:
    belief = believe(layer(*[GOOD] * 8, BAD), lambda box: BAD)
    assert not belief.bad


def downwards(text: str, x: float) -> Word:
    return replace(word(text, x), angle=90, box=Box(x, 0, x + 10, 10.0 * len(text)))


def test_what_is_odd_among_unsure_lines_that_the_page_shows_is_looked_at_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A poem in old spelling, read downwards: half of it unsure, half of it judged garbled."""
    poem = number_lines([downwards("いかにもたしかにともりつづける", 40.0 * i) for i in range(8)])
    names: list[VerdictName] = ["unsure", "garbled"]
    odd = {key: Verdict(names[key % 2], 0.1, "odd") for key in range(8)}
    monkeypatch.setattr(layer_module, "_judged", lambda texts: dict(odd))
    shown = {w.box: w.text for w in poem}
    assert not believe(poem, shown.__getitem__).bad
    assert len(believe(poem, lambda box: "まったくべつのことがかいてある").bad) == len(poem)


def test_icons_are_taken_out_of_words_with_their_edges() -> None:
    (plain,) = plain_words([word("\ue801満足")])
    assert (plain.text, plain.edges) == ("満足", (10, 20, 30))
    assert plain_words([word("\ue801\ue802")]) == ()


def test_words_read_over_words_of_the_layer_are_dropped() -> None:
    kept = [word("満足", 0, 0)]
    read = [ocr_word("満足", Box(1, 0, 21, 10)), ocr_word("47.6%", Box(100, 0, 130, 10))]
    assert texts(merged_words(kept, read)) == ["満足", "47.6%"]


def test_numbers_of_the_layer_stay_when_the_page_shows_them_and_go_when_not() -> None:
    kept = [word("12.5", 0, 20.0 * i) for i in range(4)]
    same = [ocr_word("12.5%", w.box) for w in kept]
    other = [ocr_word("98.1%", w.box) for w in kept]
    assert numbers_agree(kept, same)
    assert not numbers_agree(kept, other)
    assert {w.seen_by for w in merged_words(kept, same)} == {"text"}
    assert texts(merged_words(kept, other)) == ["98.1%"] * 4
