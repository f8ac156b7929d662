"""What the witnesses say decides: accepted or for review, and in what words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.finding import Finding, Qualifier, Reading, SurveyFacts, Unit
from extract.scene import Box
from extract.weigh import weigh
from extract.weigh.verdict import names_settled
from tests.extract.weigh.documents import HERE, bar, bare, chart, heard, told


def test_label_and_length_agree() -> None:
    (found,) = heard([bar("CRM", 47.6, 47.5)]).findings
    assert (found.status, found.witnesses) == ("accepted", "label+geometry")
    assert found.confidence > 0.99


@pytest.mark.parametrize(
    ("printed", "drawn"),
    [
        pytest.param(74.0, 4.1, id="an axis line read as a leading 7"),
        pytest.param(28.0, 2.8, id="a lost decimal point"),
        pytest.param(13.3, 31.2, id="the neighbour's label"),
    ],
)
def test_a_label_its_bar_denies_goes_to_a_person(printed: float, drawn: float) -> None:
    weighed = heard([bar("CRM", printed, drawn)])
    assert weighed.findings[0].status == "review"
    assert weighed.findings[0].witnesses == "label!geometry"
    assert [n.code for n in weighed.notes] == ["witness-disputed"]


def test_a_last_digit_that_no_respondent_count_gives_is_disputed() -> None:
    weighed = heard([bar("CRM", 47.7, 47.6, n=21)])
    assert weighed.findings[0].witnesses == "label+geometry!arithmetic"
    assert weighed.findings[0].status == "review"


def test_bars_are_drawn_from_unrounded_figures() -> None:
    exact = bar("CRM", 48.0, 47.55, text="48%")
    tight = replace(exact, readings=(exact.readings[0], replace(exact.readings[1], slack=0.01)))
    assert heard([tight]).findings[0].status == "accepted"


def test_recognised_digits_alone_are_not_believed() -> None:
    assert heard([bar("CRM", 47.6, engine="rapid")]).findings[0].status == "review"


def test_a_doubtful_character_needs_more_than_one_witness() -> None:
    sure = bar("CRM", 47.6, 47.5, engine="rapid", confidence=0.99)
    doubtful = replace(sure, readings=(replace(sure.readings[0], confidence=0.5), sure.readings[1]))
    assert heard([sure]).findings[0].status == "accepted"
    assert heard([doubtful]).findings[0].status == "review"


def test_parts_of_a_whole_vouch_for_each_other() -> None:
    parts = [bar("増えた", 60.0), bar("同じ", 30.5), bar("減った", 9.5)]
    found = heard(parts, chart("hbar_stacked100")).findings
    assert {f.witnesses for f in found} == {"label+sum"}
    assert {f.status for f in found} == {"accepted"}


def test_of_parts_that_make_too_much_the_one_its_length_denies_is_blamed() -> None:
    parts = [bar("増えた", 60.0, 60.1), bar("同じ", 80.5, 30.4), bar("減った", 9.5, 9.4)]
    found = heard(parts, chart("hbar_stacked100")).findings
    assert [f.status for f in found] == ["accepted", "review", "accepted"]


def test_a_lost_point_stands_out_from_the_charts_number_format() -> None:
    labels = [
        bar(item, v, v, engine="rapid")
        for item, v in zip("abcde", (11.0, 22.0, 33.0, 44.0, 55.0), strict=True)
    ]
    odd = bar("f", 6.0, 6.0, engine="rapid", text="6%")
    assert heard([*labels, odd]).findings[-1].witnesses == "label+geometry!format"


def test_labels_shifted_by_one_condemn_the_whole_chart() -> None:
    lengths = [11.0, 42.0, 23.0, 64.0, 23.4]
    labels = [*lengths[1:], lengths[0]]
    shifted = [bar(item, v, w) for item, v, w in zip("abcde", labels, lengths, strict=True)]
    weighed = heard([*shifted, bar("f", 30.0, 30.1)])
    assert {f.status for f in weighed.findings} == {"review"}
    assert weighed.findings[-1].witnesses == "label+geometry!chart"


def test_one_label_at_the_wrong_slice_condemns_the_pie() -> None:
    slices = [bar("増えた", 4.5, 81.7), bar("同じ", 13.8, 13.8), bar("減った", 4.5, 4.5)]
    assert {f.status for f in heard(slices, chart("pie")).findings} == {"review"}


def test_a_slice_without_a_name_condemns_the_pie_but_no_gauge() -> None:
    slices = [bar("増えた", 4.5, 4.5), bar("同じ", 13.8, 13.8), bar("減った", 81.7, 81.7)]
    bare_slice = replace(chart("pie"), categories=("増えた", "同じ", ""))
    assert {f.status for f in heard(slices, bare_slice).findings} == {"review"}
    gauge = replace(chart("donut"), categories=("増えた", ""))
    assert heard(slices[:1], gauge).findings[0].status == "accepted"


@pytest.mark.parametrize(
    ("item", "segment"),
    [
        ("", "SaaS"),
        ("8.9%", "SaaS"),
        ("CRM", "12.3%"),
        ("級区分による職員数である。", ""),
        ("注）", ""),
        ("4級", "」は、比"),
    ],
)
def test_a_number_bound_to_no_name_goes_to_a_person(item: str, segment: str) -> None:
    (found,) = heard([bar(item, 47.6, 47.5, segment=segment)]).findings
    assert (found.status, found.witnesses) == ("review", "label+geometry!binding")


def test_a_mark_without_label_and_group_is_a_stray_where_labelled_bars_have_groups() -> None:
    pairs = [bar(item, v, v, segment=group) for item, v in (("CRM", 47.6), ("SFA", 31.2)) for group in "AB"]
    strays = [bare("CRM", 0.1, ""), bare("SFA", 0.1, "")]
    assert all("!binding" in f.witnesses for f in heard([*pairs, *strays]).findings[4:])
    assert all("!binding" not in f.witnesses for f in heard(strays).findings)


def test_a_number_among_classes_of_numbers_is_one_of_them() -> None:
    rates = [bar("80～90%未満", 18.6, 18.5), bar("90～100%未満", 44.3, 44.2), bar("100%", 5.9, 6.0)]
    assert "binding" not in heard(rates).findings[2].witnesses
    assert heard([bar("継続率", 44.3, 44.2), *rates[1:]]).findings[2].witnesses.endswith("!binding")


def test_a_doubtful_letter_in_a_name_needs_the_name_spelt_elsewhere() -> None:
    doubtful = replace(bar("登録デー夕数", 47.6, 47.5), names_confidence=0.55)
    assert heard([doubtful]).findings[0].witnesses == "label+geometry!names"
    misspelt = replace(bar("登録データ数", 20.0, 20.0), page=2)
    assert heard([doubtful, misspelt]).findings[0].status == "review"
    spelt = replace(misspelt, item="登録デー夕数")
    assert heard([doubtful, spelt]).findings[0].status == "accepted"


def test_who_knows_the_words_settles_a_doubtful_name() -> None:
    (doubtful,) = heard([replace(bar("登録データ数", 47.6, 47.5), names_confidence=0.55)]).findings
    settled = names_settled(doubtful)
    assert (doubtful.status, settled.status) == ("review", "accepted")
    assert settled.witnesses == "label+geometry"
    assert names_settled(settled) == settled


def test_doubtful_digits_that_make_100_with_their_neighbours_are_believed() -> None:
    parts = [bar(item, v, v, engine="rapid") for item, v in (("増", 60.0), ("同", 30.5), ("減", 9.5))]
    blurred = replace(
        parts[2], readings=(replace(parts[2].readings[0], confidence=0.6), parts[2].readings[1])
    )
    found = heard([*parts[:2], blurred], chart("hbar_stacked100")).findings
    assert [f.status for f in found] == ["accepted"] * 3


def test_a_shift_that_all_marks_of_a_series_share_is_no_dispute() -> None:
    shared = [tight(bar(item, v, v - 0.3)) for item, v in zip("abcdef", range(10, 70, 10), strict=True)]
    odd = tight(bar("g", 45.0, 45.3))
    found = heard([*shared, odd]).findings
    assert [f.status for f in found] == ["accepted"] * 6 + ["review"]
    assert [f.status for f in heard(shared[:3]).findings] == ["review"] * 3  # too few to tell a shift


def tight(finding: Finding) -> Finding:
    """Measured to a twentieth of a point."""
    label, mark = finding.readings
    return replace(finding, readings=(label, replace(mark, slack=0.05)))


def test_a_sign_that_became_a_digit_stands_out_from_the_other_labels() -> None:
    texts = (("a", 14.0, "14.0%"), ("b", 31.4, "31.4%"), ("c", 22.06, "22.06"))
    found = heard([bar(item, v, v, engine="rapid", text=text) for item, v, text in texts]).findings
    assert found[-1].status == "review"
    assert found[0].status == "accepted"


def test_a_letter_of_another_script_is_settled_by_nobody() -> None:
    (doubtful,) = heard([replace(bar("登録デー夕数", 47.6, 47.5), names_confidence=0.55)]).findings
    assert names_settled(doubtful) == doubtful


def test_a_mark_without_a_group_among_groups_is_a_stray() -> None:
    grouped = [bar(f"項目{i}", 10.0 * i + 5, 10.0 * i + 5) for i in range(8)]
    stray = bar("項目8", 90.0, 90.0, segment="")
    assert [f.status for f in heard([*grouped, stray]).findings] == ["accepted"] * 8 + ["review"]
    alone = [replace(f, segment="") for f in grouped]
    assert {f.status for f in heard(alone).findings} == {"accepted"}


def test_years_are_names() -> None:
    assert heard([bar("設置率", 47.6, 47.5, segment="2025")]).findings[0].status == "accepted"


def test_two_numbers_in_one_cell_of_a_chart_go_to_a_person() -> None:
    found = heard([bar("CRM", 47.6, 47.5), bar("CRM", 20.0, 20.0), bar("SFA", 30.0, 30.0)]).findings
    assert [f.status for f in found] == ["review", "review", "accepted"]


def test_the_same_number_in_prose_and_chart_is_one_fact() -> None:
    said = told("SaaSでは「CRM」が47.6%", 47.6, "CRM", "SaaS")
    drawn, sentence = heard([bar("CRM", 47.6, 47.5), said]).findings
    assert drawn.fact == sentence.fact
    assert "echo" in sentence.witnesses
    assert sentence.status == "accepted"


@pytest.mark.parametrize(
    ("segment", "item", "value", "qualifier", "echoed"),
    [
        ("SaaS", "CRM", 50.0, "approx", True),
        ("SaaS", "CRM", 30.0, "approx", False),
        ("SaaS企業", "CRM", 47.6, "exact", True),
        ("非SaaS", "CRM", 47.6, "exact", False),
        ("SaaS", "チャット", 47.6, "exact", False),
    ],
)
def test_what_counts_as_an_echo(
    segment: str, item: str, value: float, qualifier: Qualifier, echoed: bool
) -> None:
    said = Finding(
        source="prose", value=value, unit="percent", item=item, segment=segment, page=2, qualifier=qualifier,
        readings=(Reading("label", "text", value, f"{value:g}%"),),
    )  # fmt: skip
    assert ("echo" in heard([bar("CRM", 47.6, 47.5), said]).findings[1].witnesses) == echoed


def test_two_values_for_one_fact_are_kept_and_noted() -> None:
    weighed = heard([bar("CRM", 8.1, 8.1), replace(bar("CRM", 8.4, 8.4), chart="c2", page=3)])
    assert [f.value for f in weighed.findings] == [8.1, 8.4]
    assert "source-contradicts" in [n.code for n in weighed.notes]


def test_bare_bars_are_believed_when_the_labelled_ones_prove_the_scale() -> None:
    proofs = [bar(item, v, v + 0.1) for item, v in (("a", 20.0), ("b", 40.0), ("c", 60.0))]
    assert heard([*proofs, bare("d", 33.0)]).findings[-1].status == "accepted"
    assert heard([*proofs[:2], bare("d", 33.0)]).findings[-1].status == "review"


@pytest.mark.parametrize(("count", "status"), [(10.0, "accepted"), (16.0, "review")])
def test_count_share_and_size_vouch_for_each_other(count: float, status: str) -> None:
    def cell(value: float, unit: Unit, text: str) -> Finding:
        return Finding(
            source="table", value=value, unit=unit, item="CRM", segment="SaaS", question="利用ツール", page=1,
            base_n=21 if unit == "percent" else None, base_n_source="printed" if unit == "percent" else "",
            readings=(Reading("label", "rapid", value, text, HERE, 0.97),),
        )  # fmt: skip

    found = heard([cell(count, "count", f"{count:g}"), cell(47.6, "percent", "47.6%")]).findings
    assert [f.status for f in found] == [status, status]


def test_a_size_stated_for_a_group_holds_for_its_later_charts() -> None:
    found = heard([bar("CRM", 47.6, 47.5)], told=(("SaaS", 21),)).findings[0]
    assert (found.base_n, found.base_n_source) == (21, "inherited")
    assert "arithmetic" in found.witnesses


def test_a_size_of_another_question_is_left_alone() -> None:
    found = heard([bar("CRM", 47.7, 47.6)], told=(("SaaS", 21),)).findings[0]
    assert (found.base_n, found.status) == (None, "accepted")


def test_one_value_that_a_size_does_not_allow_is_reason_to_leave_it_alone() -> None:
    values = (38.4, 38.7, 40.5, 41.0, 42.0, 43.1, 20.1)  # 20.1 % of 524 is nobody's share
    asked = [bar(f"CRM{i}", v, v) for i, v in enumerate(values)]
    of_all, of_some = heard(asked[:-1], told=(("SaaS", 524),)), heard(asked, told=(("SaaS", 524),))
    assert {f.base_n for f in of_all.findings} == {524}
    assert {(f.base_n, f.status) for f in of_some.findings} == {(None, "accepted")}


@pytest.mark.parametrize(
    ("printed", "base"),
    [pytest.param(21, 21, id="the chart's own"), pytest.param(None, None, id="open in the chart as well")],
)
def test_a_sentence_has_the_respondents_of_the_chart_whose_number_it_repeats(
    printed: int | None, base: int | None
) -> None:
    charted = [bar("CRM", 47.6, 47.6, n=printed), bar("SFA", 47.7, 47.7), bar("MA", 9.1, 9.1)]
    sentence = told("SaaSでは「CRM」が47.6％", 47.6, "CRM", "SaaS", base_n=524, base_n_source="inherited")
    found = heard([*charted, sentence], told=(("SaaS", 524),)).findings[-1]
    assert found.base_n == base
    assert found.base_n_source == ("inherited" if base else "")


def test_a_group_worded_alike_inherits_the_size_unless_it_is_the_opposite() -> None:
    told = (("フェーズ分け運用を行っている企業", 326), ("フェーズ分け運用を行っていない企業", 513))
    alike = bar("増加した", 76.1, 76.1, segment="フェーズ分けの運用を行っている企業")
    found = heard([alike], told=told).findings[0]
    assert (found.base_n, found.base_n_source) == (326, "inherited")


def test_counts_that_add_up_to_the_sample_are_the_sizes_of_their_groups() -> None:
    def count(item: str, k: int, segment: str) -> Finding:
        box = Box(k, 0, k + 5, 5)
        readings = (Reading("label", "text", float(k), str(k), box),)
        return Finding(
            source="chart", value=k, unit="count", item=item, segment=segment, page=1, chart="c9",
            box=box, readings=readings,
        )  # fmt: skip

    counts = [
        count("SNS", 10, "SaaS"),
        count("紹介", 11, "SaaS"),
        count("SNS", 4, "非SaaS"),
        count("紹介", 5, "非SaaS"),
    ]
    weighed = weigh([*counts, bar("CRM", 47.6, 47.6)], (chart(),), SurveyFacts(sample_size=30))
    assert [f.base_n for f in weighed.findings] == [21, 21, 9, 9, 21]


def test_the_size_in_the_chart_is_printed_and_holds_for_its_own_group() -> None:
    both = [bar("CRM", 47.6, 47.6), bar("CRM", 33.3, 33.3, segment="非SaaS")]
    found = heard(both, chart(bases=(("SaaS", 21), ("非SaaS", 30)))).findings
    assert [(f.base_n, f.base_n_source) for f in found] == [(21, "printed"), (30, "printed")]


def test_weighted_data_silence_the_arithmetic() -> None:
    odd = [bar(chr(97 + i), v, v, n=50) for i, v in enumerate((11.3, 22.7, 33.1, 44.9, 55.5, 66.3))]
    weighed = heard(odd)
    assert weighed.facts.weighted == "yes"
    assert {f.status for f in weighed.findings} == {"accepted"}


def test_charts_of_a_page_that_contradict_each_other_name_for_name_lack_a_group() -> None:
    first = [
        replace(bar(name, v, v), chart="c1", question="頻度") for name, v in (("毎月", 38.4), ("毎年", 61.6))
    ]
    other = [
        replace(bar(name, v, v), chart="c2", question="頻度") for name, v in (("毎月", 24.7), ("毎年", 75.3))
    ]
    assert {f.status for f in heard([*first, *other]).findings} == {"review"}
    told = [replace(f, segment="2023年") for f in other]
    assert {f.status for f in heard([*first, *told]).findings} == {"accepted"}
