"""The ways in which survey Japanese says one thing: each frame read with groups and answers of many kinds.

A case that stands in one wording only tests that wording. Here group and answer are put into every frame,
so that a rule that knows only some heads (企業, 人) or some answers shows.
"""

from __future__ import annotations

import pytest

from extract.finding import PageReading
from extract.prose import read_prose
from extract.scene import Paragraph, Scene

GROUPS = (
    "20代", "男性", "中小企業", "利用者", "営業部門", "都内在住者", "年収500万円未満の世帯",
    "ツールを導入している企業", "満足層", "製造業", "新規事業の担当者", "首都圏", "30代女性", "高所得層",
    "子どもがいる世帯", "1年以上利用している人", "ITエンジニア", "契約更新した顧客",
)  # fmt: skip
ANSWERS = ("満足している", "費用が高い", "紹介", "1年未満", "増えた")
CLAUSES = (
    "在宅勤務を続けたい", "費用が負担になっている", "月に1回以上研修を受けている", "制度の内容を知らない",
)  # fmt: skip
MEASURES = ("導入率", "満足度", "離職率", "継続率")

QUOTED = (
    "{G}の41.3%が「{I}」と回答した。",
    "「{I}」と回答した{G}は41.3%だった。",
    "{G}では「{I}」が41.3%だった。",
    "「{I}」は、{G}で41.3%だった。",
    "{G}で「{I}」と答えた割合は41.3%となった。",
    "「{I}」と答えたのは{G}の41.3%だった。",
    "{G}は41.3%が「{I}」とした。",
    "{G}のうち「{I}」は41.3%だった。",
    "「{I}」の割合は{G}が41.3%だった。",
    "「{I}」は{G}（41.3%）で高かった。",
    "{G}における「{I}」の割合は41.3%である。",
    "{G}の場合、「{I}」が41.3%を占める。",
    "41.3%の{G}が「{I}」と回答しています。",
    "「{I}」とした{G}が41.3%を占めた。",
    "{G}に限ると「{I}」は41.3%に上った。",
    "{G}：「{I}」41.3%",
    "「{I}」と答えた人の割合は、{G}が最も高く41.3%。",
    "「{I}」が最も多いのは{G}で、41.3%に達する。",
    "{G}に「{I}」との回答が多く、41.3%であった。",
)
SAID = (
    "{G}の41.3%が{I}と答えた。",
    "{G}の41.3%が{I}ことが分かった。",
    "{G}では{I}人の割合が41.3%となった。",
    "{I}人の割合は{G}で41.3%だった。",
    "{G}のうち{I}人は41.3%にのぼる。",
    "{G}の場合、41.3%が{I}という。",
    "{I}人は、{G}では41.3%に達した。",
)
MEASURED = (
    "{I}は、{G}が41.3%となった。",
    "{I}は{G}で41.3%に達した。",
    "{G}では{I}が41.3%と高い。",
    "{G}における{I}は41.3%である。",
    "{I}を見ると、{G}は41.3%だった。",
    "{I}は{G}（41.3%）が最も高い。",
)
LISTS = (
    "「{a}」が41.3%、「{b}」が28.7%、「{c}」が12.5%だった。",
    "「{a}」（41.3%）、「{b}」（28.7%）、「{c}」（12.5%）の順に多かった。",
    "最も多かったのは「{a}」で41.3%、次いで「{b}」が28.7%、「{c}」が12.5%だった。",
    "1位は「{a}」（41.3%）、2位は「{b}」（28.7%）、3位は「{c}」（12.5%）。",
    "41.3%が「{a}」、28.7%が「{b}」、12.5%が「{c}」と回答した。",
    "『{a}（41.3%）』『{b}（28.7%）』『{c}（12.5%）』が上位に並んだ。",
    "トップは「{a}」で41.3%に上り、以下「{b}」28.7%、「{c}」12.5%と続く。",
    "「{a}」と「{b}」がそれぞれ41.3%、28.7%で、「{c}」は12.5%だった。",
)
TOPICS = ("働く目的", "導入しない理由", "利用している手段", "今後の方針", "解約を防ぐ取り組み", "評価指標")
ASKED = (
    "{T}は「{I}」で41.3%だった。",
    "{T}は「{I}」が41.3%で最多だった。",
    "{T}で最も多いのは「{I}」（41.3%）だった。",
    "{T}として「{I}」を挙げた人が41.3%いた。",
    "{T}について「{I}」と答えた人は41.3%だった。",
    "{T}の1位は「{I}」で、41.3%だった。",
    "{T}を聞くと「{I}」が41.3%だった。",
    "{T}では「{I}」が41.3%だった。",
    "{T}に関しては、「{I}」が41.3%だった。",
    "{T}のトップは「{I}」（41.3%）。",
    "{T}を「{I}」とした企業は全体の41.3%だった。",
    "{T}を見ると、「{I}」が41.3%となっている。",
)
PAIRS = (
    ("20代", "50代"),
    ("導入企業", "未導入企業"),
    ("製造業", "小売業"),
    ("満足層", "不満層"),
    ("女性", "男性"),
)
# Two groups and two answers, with the order in which the frame tells them: g/h the groups, a/b the answers.
CROSSED = (
    (
        "{g}では「{a}」が41.3%、「{b}」が28.7%だった。一方、{h}では「{a}」が12.5%、「{b}」が33.3%だった。",
        "gagbhahb",
    ),
    (
        "{g}の41.3%が「{a}」、28.7%が「{b}」と答えた。{h}は12.5%が「{a}」、33.3%が「{b}」と答えた。",
        "gagbhahb",
    ),
    ("「{a}」は{g}で41.3%、{h}で28.7%、「{b}」は{g}で12.5%、{h}で33.3%だった。", "gahagbhb"),
    (
        "{g}は「{a}」（41.3%）が最も多く、「{b}」（28.7%）が続く。{h}は「{b}」（12.5%）が最多で、「{a}」（33.3%）が次ぐ。",
        "gagbhbha",
    ),
    ("「{a}」と答えたのは{g}が41.3%、{h}が28.7%。「{b}」と答えたのは{g}が12.5%、{h}が33.3%。", "gahagbhb"),
    ("{g}と{h}を比べると、「{a}」はそれぞれ41.3%、28.7%、「{b}」は12.5%、33.3%だった。", "gahagbhb"),
    (
        "{g}では「{a}」が41.3%に上る。{h}では28.7%にとどまる。「{b}」は{g}で12.5%、{h}で33.3%だった。",
        "gahagbhb",
    ),
    ("{g}：「{a}」41.3%、「{b}」28.7%\n{h}：「{a}」12.5%、「{b}」33.3%", "gagbhahb"),
    ("「{a}」（{g}41.3%、{h}28.7%）と「{b}」（{g}12.5%、{h}33.3%）で差が出た。", "gahagbhb"),
)
TAILS = (
    "41.3%だった。", "41.3%に上った。", "41.3%を占めた。", "41.3%と最も高い。", "41.3%いた。",
    "41.3%しかいなかった。", "全体の41.3%だった。", "41.3%と4割を超える。", "4割強（41.3%）だった。",
    "41.3%で、半数に満たない。", "41.3%と回答者の4割を超えている。", "４１．３％でした！",
)  # fmt: skip
HEADS = (
    "「費用が高い」と答えた人は",
    "「費用が高い」が",
    "「費用が高い」と回答した割合は",
    "費用が高いと答えた企業の割合は",
)


def _rows(text: str) -> set[tuple[float, str, str]]:
    paragraphs = tuple(Paragraph(line) for line in text.split("\n"))
    scene = Scene(0, 0, unit="none", paragraphs=paragraphs, text_source="text")
    found = read_prose([PageReading(scene)], [scene.paragraphs]).findings
    return {(f.value, f.item, f.segment) for f in found}


@pytest.mark.parametrize(
    ("frame", "items"),
    [*((f, ANSWERS) for f in QUOTED), *((f, CLAUSES) for f in SAID), *((f, MEASURES) for f in MEASURED)],
)
def test_every_kind_of_group_is_bound(frame: str, items: tuple[str, ...]) -> None:
    wrong = []
    for n, group in enumerate(GROUPS):
        item = items[n % len(items)]
        text = frame.format(G=group, I=item)
        if _rows(text) != {(41.3, item, group)}:
            wrong.append((text, _rows(text)))
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize("frame", LISTS)
@pytest.mark.parametrize(
    "names", [("紹介", "検索", "広告"), ("価格が高い", "使い方が分からない", "必要がない")]
)
def test_lists(frame: str, names: tuple[str, str, str]) -> None:
    a, b, c = names
    assert _rows(frame.format(a=a, b=b, c=c)) == {(41.3, a, ""), (28.7, b, ""), (12.5, c, "")}


@pytest.mark.parametrize("frame", ASKED)
def test_what_is_asked_is_neither_item_nor_group(frame: str) -> None:
    for n, topic in enumerate(TOPICS):
        item = ANSWERS[n % len(ANSWERS)]
        assert _rows(frame.format(T=topic, I=item)) == {(41.3, item, "")}, frame.format(T=topic, I=item)


@pytest.mark.parametrize(("frame", "order"), CROSSED)
def test_groups_and_answers_crossed(frame: str, order: str) -> None:
    for g, h in PAIRS:
        names = {"g": g, "h": h, "a": "費用が高い", "b": "効果が分からない"}
        text = frame.format(**names)
        values = (41.3, 28.7, 12.5, 33.3)
        told = {(v, names[order[2 * k + 1]], names[order[2 * k]]) for k, v in enumerate(values)}
        assert _rows(text) == told, text


@pytest.mark.parametrize("head", HEADS)
def test_how_a_sentence_ends_changes_nothing(head: str) -> None:
    for tail in TAILS:
        assert _rows(head + tail) == {(41.3, "費用が高い", "")}, head + tail
