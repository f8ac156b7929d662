"""Records survive the store; text that no encoding can carry does not stop a run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chosa.codec import decode, encode
from extract.finding import PageReading, Taken
from extract.scene import Box, Scene, Word


def page(text: str) -> PageReading:
    word = Word(text, Box(0, 0, 1, 1), 9.0)
    return PageReading(Scene(10, 10, page=1, words=(word,)), taken=Taken(frozenset({3, 1, 2})))


@given(st.text())
def test_a_page_comes_back_as_it_was(text: str) -> None:
    assert decode(PageReading, encode(page(text))) == page(text)


@pytest.mark.parametrize(
    ("text", "kept"), [("a\ud800b", "a\ufffdb"), ("\udcff.txt", "\ufffd.txt"), ("\ud83c\udf63", "🍣")]
)
def test_half_characters_are_replaced(text: str, kept: str) -> None:
    assert decode(PageReading, encode(page(text))) == page(kept)


def test_the_same_record_gives_the_same_bytes() -> None:
    shuffled = PageReading(page("a").scene, taken=Taken(frozenset({2, 3, 1})))
    assert encode(shuffled) == encode(page("a"))
