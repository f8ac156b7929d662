"""A web page's markup -> its article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from extract.sources.article import html_to_article

PAGE = """<html><head><title>利用者調査 | 報道の場</title>
<meta property="og:site_name" content="調査の会社"><link rel="canonical" href="https://example.jp/a"></head><body>
<header><p>ログインして最新の記事をすべて読むことができますのでご登録ください</p></header>
<nav><ul><li><a href="/">先頭の頁へ戻るための長い長い案内の文</a></li></ul></nav>
<div><article><h1>利用者調査の結果</h1>
<p>回答者の<b>47.6%</b>が満足と<br>答えました。これは前回の調査よりも高い値です。</p>
<h2>設問1</h2><p>不満の理由を尋ねた結果を次の図に示します。</p><ul><li>待ち時間</li><li>料金</li></ul>
<figure><img src="f/1.png" alt="理由の図"><figcaption>図1 不満の理由</figcaption></figure>
<table><caption>表1</caption><tr><th rowspan="2">年代</th><th colspan="2">回答</th></tr>
<tr><th>はい</th><th>いいえ</th></tr><tr><td>20代</td><td>40%</td><td>60%</td></tr></table>
<p style="display: none">見えない文がここに書かれていますが読まれません。</p>
</article></div>
<aside><p>関連する記事の紹介がここに並びますが、この記事の一部ではありません。</p></aside>
<footer><p>会社の案内や利用規約などの長い文がここに置かれています。</p></footer></body></html>"""


def test_the_article_alone_in_order() -> None:
    said = [(p.kind, p.text) for p in html_to_article(PAGE).paragraphs]
    assert said == [
        ("heading", "利用者調査の結果"),
        ("body", "回答者の47.6%が満足と答えました。これは前回の調査よりも高い値です。"),
        ("heading", "設問1"),
        ("body", "不満の理由を尋ねた結果を次の図に示します。"),
        ("item", "待ち時間"),
        ("item", "料金"),
        ("note", "図1 不満の理由"),
    ]


def test_a_picture_has_its_caption_its_alt_text_and_its_heading() -> None:
    (figure,) = html_to_article(PAGE).figures
    assert figure.source == "f/1.png"
    assert figure.titles == ("図1 不満の理由", "理由の図", "設問1")


def test_tables_keep_their_spans() -> None:
    (grid,) = html_to_article(PAGE).grids
    assert grid.caption == "表1"
    assert [(c.row, c.column, c.rows, c.columns, c.text) for c in grid.cells] == [
        (0, 0, 2, 1, "年代"), (0, 1, 1, 2, "回答"), (1, 1, 1, 1, "はい"), (1, 2, 1, 1, "いいえ"),
        (2, 0, 1, 1, "20代"), (2, 1, 1, 1, "40%"), (2, 2, 1, 1, "60%"),
    ]  # fmt: skip
    assert [c.header for c in grid.cells] == [True] * 4 + [False] * 3


def test_what_the_page_says_about_itself() -> None:
    meta = html_to_article(PAGE).meta
    assert (meta.title, meta.url, meta.publisher) == (
        "利用者調査 | 報道の場",
        "https://example.jp/a",
        "調査の会社",
    )


def test_a_table_that_only_places_things_is_read_as_text() -> None:
    article = html_to_article("<table><tr><td><p>本文がこの枠の中に書かれています。</p></td></tr></table>")
    assert not article.grids
    assert [p.text for p in article.paragraphs] == ["本文がこの枠の中に書かれています。"]


def test_a_span_that_claims_a_million_columns_does_not_get_them() -> None:
    page = '<table><tr><td colspan="1000000">a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>'
    (grid,) = html_to_article(page).grids
    assert max(c.column for c in grid.cells) < 100


@given(st.text(st.sampled_from("<>/pdivtabler \"='!-満足%"), max_size=120))
def test_any_markup_gives_an_article_or_a_named_refusal(text: str) -> None:
    try:
        html_to_article(text)
    except (ValueError, etree.ParserError):
        pytest.skip("nothing in it")
