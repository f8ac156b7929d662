"""What vouches for numbers in sentences: the words around them, charts that show them, other numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.finding import Binding, Finding, Qualifier
from extract.weigh.echo import same_group
from extract.weigh.hedges import stands_for
from extract.weigh.leftover import leftover
from tests.extract.weigh.documents import bar, bare, heard, told


def witnesses(*findings: Finding) -> str:
    """Of the first."""
    return heard(list(findings)).findings[0].witnesses


EVERYONE = Binding("quoted", "everyone", "asked")
CLAUSE = Binding("quoted", "clause", "none", framed=True)


@pytest.mark.parametrize(
    ("snippet", "segment", "binding", "status"),
    [
        pytest.param("「導入済み」は47.6%でした", "", EVERYONE, "accepted", id="quoted"),
        pytest.param(
            "「導入済み」は47.6%でした", "", replace(EVERYONE, question="none"), "review", id="nothing asked"
        ),
        pytest.param("大企業では「導入済み」が47.6%", "大企業", CLAUSE, "accepted", id="its group"),
        pytest.param(
            "大企業は「導入済み」が47.6%", "大企業", replace(CLAUSE, framed=False), "review", id="a subject"
        ),
        pytest.param("大企業では「導入済み」が47.6%", "", EVERYONE, "review", id="a group missed"),
        pytest.param(
            "「導入済み」が47.6%",
            "大企業",
            replace(CLAUSE, group="carried"),
            "accepted",
            id="a frame goes on",
        ),
        pytest.param(
            "「導入済み」が47.6%", "大企業", Binding("quoted", "carried", "none"), "review", id="from before"
        ),
        pytest.param(
            "「導入済み」は47.6%でした", "", replace(EVERYONE, lost=True), "review", id="a share unread"
        ),
        pytest.param(
            "導入済みは47.6%でした",
            "",
            replace(EVERYONE, item="named"),
            "accepted",
            id="a plain noun where the text asks",
        ),
        pytest.param(
            "導入をすでに済ませたのは47.6%でした",
            "",
            replace(EVERYONE, item="named"),
            "review",
            id="where it begins is a guess",
        ),
        pytest.param(
            "「導入済み」が3割で、計47.6%",
            "",
            Binding("quoted apart", "everyone", "none"),
            "review",
            id="apart",
        ),
    ],
)
def test_how_tightly_a_sentence_binds(snippet: str, segment: str, binding: Binding, status: str) -> None:
    said = told(snippet, 47.6, "導入済み", segment, binding=binding)
    (found,) = heard([said]).findings
    assert found.status == status, found.witnesses


def test_a_round_figure_needs_an_exact_one_that_it_stands_for() -> None:
    half = told("約半数が「導入済み」と回答", 50.0, "導入済み", qualifier="vague", text="約半数", page=1)
    assert heard([half]).findings[0].status == "review"
    exact = bar("導入済み", 51.2, 51.2, segment="")
    assert heard([half, exact]).findings[0].status == "accepted"


def test_a_plain_noun_at_its_number_is_a_label_where_the_text_asks() -> None:
    said = told("価格が47.6%", 47.6, "価格", binding=replace(EVERYONE, item="named"))
    assert heard([said]).findings[0].witnesses == "label+grammar"
    clause = told("導入を決めたのが47.6%", 47.6, "導入を決めた", binding=replace(EVERYONE, item="named"))
    assert heard([clause]).findings[0].witnesses == "label"


def test_the_items_of_other_numbers_are_not_left_over() -> None:
    said = told("「価格」が61.0%、「納期」が47.6%", 47.6, "納期", binding=replace(EVERYONE, beside=("価格",)))
    assert leftover(said) == []


def test_a_small_chart_may_give_the_number_to_another_group() -> None:
    said = told("「導入済み」は47.6%でした", 47.6, "導入済み", binding=EVERYONE)
    shown = [bar("導入済み", 47.6, 47.6, segment="大企業"), bar("未導入", 52.4, 52.4, segment="大企業")]
    assert heard([said, *shown]).findings[0].witnesses.endswith("!echo")


def test_recognised_digits_need_a_witness_however_tight_the_sentence() -> None:
    seen = told("「導入済み」は47.6%でした", 47.6, "導入済み", engine="ocr")
    assert heard([seen]).findings[0].status == "review"
    assert heard([seen, bar("導入済み", 47.6, 47.6, segment="")]).findings[0].status == "accepted"


@pytest.mark.parametrize(
    ("snippet", "item", "segment", "words"),
    [
        ("子どもが「楽しい」と答えた割合は88.2%", "楽しい", "", ["子"]),
        ("子どもが「楽しい」と答えた割合は88.2%", "楽しい", "子ども", []),
        ("最も多かった回答は「価格」で88.2%", "価格", "", []),
        ("無料プランでは88.2%にとどまる", "毎日使う", "有料プラン", ["無料プラン"]),
    ],
)
def test_words_left_over(snippet: str, item: str, segment: str, words: list[str]) -> None:
    assert leftover(told(snippet, 88.2, item, segment)) == words


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("SaaS", "SaaS企業", True), ("効果実感層", "カスタマーサクセス効果実感層", True),
        ("効果実感層", "効果未実感層", False), ("中所得層", "低所得層", False),
        ("小学校高学年", "小学校低学年", False), ("2022年度", "2023年度", False),
        ("制度を導入している企業", "制度を導入した企業", True), ("大企業", "中小企業", False),
        ("10代・20代", "10代", False), ("男性 × 20代", "男性", False),
        ("47都道府県中32", "都道府県", False), ("会員", "窓口を利用した会員の一部", False),
        ("男性 × 20代", "男性×20代", True),
    ],
)  # fmt: skip
def test_which_wordings_name_one_group(a: str, b: str, same: bool) -> None:
    assert same_group(a, b) == same_group(b, a) == same


TOOLS = [
    bar("CRM", 47.6, 47.6), bar("MAツール", 33.3, 33.3), bar("チャット", 14.3, 14.3),
    bar("特にない", 9.5, 9.5),
    bar("CRM", 20.0, 20.0, segment="非SaaS"), bar("MAツール", 13.3, 13.3, segment="非SaaS"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "segment", "value", "said"),
    [
        pytest.param("CRMを利用", "SaaS", 47.6, "echo", id="the item with a word more"),
        pytest.param("CRM", "SaaSの提供企業", 47.6, "echo", id="the group with a word more"),
        pytest.param("CRMを利用", "SaaS", 33.3, "", id="the nearest cell holds another number"),
        pytest.param("CRM", "大企業", 47.6, "!echo", id="the chart gives it to another group"),
        pytest.param("CRM", "非SaaS", 47.6, "!echo", id="to the opposite group"),
        pytest.param("CRM", "SaaS", 47.0, "", id="a whole number may be any"),
    ],
)
def test_the_cell_that_a_sentence_means(item: str, segment: str, value: float, said: str) -> None:
    found = witnesses(told(f"{segment}では「{item}」が{value}%", value, item, segment), *TOOLS)
    assert ("echo" in found) == bool(said), found
    assert ("!echo" in found) == (said == "!echo")


@pytest.mark.parametrize(
    ("value", "qualifier", "exact", "stands"),
    [
        (80, "at_least", 86.0, True), (80, "at_least", 79.0, False), (80, "at_least", 92.0, False),
        (50, "at_least", 61.0, True), (20, "vague", 16.4, True), (19, "approx", 18.8, True),
        (19, "approx", 21.0, False), (10, "at_most", 8.4, True), (10, "at_most", 10.4, False),
        (40, "approx", 43.2, True),
    ],
)  # fmt: skip
def test_what_round_figures_stand_for(value: float, qualifier: Qualifier, exact: float, stands: bool) -> None:
    assert stands_for(told("", value, "CRM", qualifier=qualifier), exact) == stands


def test_a_round_figure_is_echoed_by_the_chart() -> None:
    hedged = told("SaaSでは「CRM」が約5割", 50.0, "CRM", "SaaS", qualifier="approx", text="約5割")
    assert "echo" in witnesses(hedged, *TOOLS)


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "agrees"),
    [
        (27.6, "point", "exact", True), (27.0, "point", "exact", False), (30.0, "point", "approx", True),
        (20.0, "point", "at_least", True), (2.0, "ratio", "approx", True), (4.0, "ratio", "approx", False),
    ],
)  # fmt: skip
def test_a_difference_that_is_stated(value: float, unit: str, qualifier: str, agrees: bool) -> None:
    gap = told("", value, "CRM", "SaaS vs. 非SaaS", unit=unit, qualifier=qualifier)
    found = heard([gap, *TOOLS]).findings
    assert [("difference" in f.witnesses) for f in (found[0], found[1], found[5])] == [agrees] * 3
    assert "difference" not in found[2].witnesses


def test_told_answers_of_one_question_that_make_100() -> None:
    answers = [told(f"「{item}」が{v}%", v, item) for item, v in (("増", 60.0), ("同", 30.5), ("減", 9.5))]
    assert all("sum" in f.witnesses for f in heard(answers).findings)
    assert all("sum" not in f.witnesses for f in heard(answers[:2]).findings)


def test_a_bare_mark_and_a_sentence_vouch_for_each_other() -> None:
    said = told("SaaSでは「CRM」が48%", 48.0, "CRM", "SaaS")
    found = heard([said, bare("CRM", 47.9)]).findings
    assert ["echo" in f.witnesses for f in found] == [True, True]
