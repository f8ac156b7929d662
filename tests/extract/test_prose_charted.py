"""Numbers of sentences that a chart prints too: which of the chart's labels they take."""

from __future__ import annotations

from extract.finding import Binding, Finding
from extract.prose.charted import as_charted

SAID = Finding(
    "prose", 1.1, "percent", "期間のみで分けている", "実感層", binding=Binding("before", "clause", "asked")
)


def _bar(value: float, item: str, segment: str = "", question: str = "分け方") -> Finding:
    return Finding("chart", value, "percent", item, segment, question)


def test_a_clause_takes_the_label_that_it_begins_with() -> None:
    shown = [_bar(1.1, "期間のみ", "実感層"), _bar(7.7, "期間と得点", "実感層")]
    assert as_charted(SAID, "", shown).item == "期間のみ"


def test_a_quoted_answer_stays_as_quoted() -> None:
    quoted = Finding(
        "prose", 70.2, "percent", "増加した（継続）", binding=Binding("quoted", "clause", "asked")
    )
    assert as_charted(quoted, "", [_bar(70.2, "増加した")]).item == "増加した（継続）"


def test_a_whole_number_of_another_page_tells_nothing() -> None:
    said = Finding("prose", 40.0, "percent", "期間のみで分けている", page=1)
    shown = [Finding("chart", 40.0, "percent", "期間のみ", page=2)]
    assert as_charted(said, "", shown) == said


def test_the_part_of_the_chart_that_the_section_names() -> None:
    said = Finding("prose", 38.4, "percent", "顧客管理", "導入企業")
    shown = [_bar(38.4, "顧客管理", "効果がある"), _bar(20.1, "顧客管理", "効果がない")]
    assert as_charted(said, "38.4％が効果があると答えた。", shown).segment == "効果がある"
    assert as_charted(said, "38.4％だった。", shown).segment == "導入企業"


def test_a_group_of_the_chart_is_not_replaced() -> None:
    said = Finding("prose", 38.4, "percent", "顧客管理", "効果がない")
    shown = [_bar(38.4, "顧客管理", "効果がある"), _bar(20.1, "顧客管理", "効果がない")]
    assert as_charted(said, "効果がある、効果がない", shown).segment == "効果がない"


def test_a_nested_group_whose_whole_the_question_names() -> None:
    said = Finding("prose", 7.7, "percent", "利用していない", "非運用層 × 実感層")
    shown = [_bar(7.7, "利用していない", "実感層", "非運用層の利用状況")]
    assert as_charted(said, "", shown).segment == "実感層"
