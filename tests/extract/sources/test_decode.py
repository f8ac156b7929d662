"""Bytes of pages and dumps -> text, whatever the encoding."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.sources.decode import decode

TEXT = "この調査では、回答者の約８割が「満足」と答えました。①〜髙﨑"
PLAIN = "この調査では、回答者の約８割が「満足」と答えました。"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), id="UTF-8 with mark"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16 with mark"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), id="UTF-16 big end first"),
    ],
)
def test_unicode(data: bytes) -> None:
    assert decode(data)[0] == TEXT


def test_a_dump_cut_off_within_its_last_character_is_utf_8_all_the_same() -> None:
    assert decode(TEXT.encode()[:-1]) == (TEXT[:-1], "utf-8")


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "iso2022_jp"])
def test_japanese_encodings_are_recognised(encoding: str) -> None:
    assert decode((PLAIN * 3).encode(encoding))[0] == PLAIN * 3


def test_a_page_that_says_shift_jis_means_microsofts() -> None:
    page = f'<meta charset="Shift_JIS"><p>{PLAIN}①㈱</p>'
    assert decode(page.encode("cp932"))[0] == page


def test_a_page_that_lies_about_its_encoding_is_read_all_the_same() -> None:
    page = f'<meta charset="iso-8859-1"><p>{PLAIN}</p>'
    assert decode(page.encode("cp932"))[0] == page


@given(st.binary(max_size=300))
def test_any_bytes_become_some_text(data: bytes) -> None:
    assert isinstance(decode(data)[0], str)
