"""Equal ranges in different spellings are one band; unequal ones never are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.bands import parse_band
from normalize.match import Matcher


@pytest.mark.parametrize(
    ("label", "question", "band_id"),
    [
        ("100名〜500名未満", "従業員規模", "band:employees:100-499"),
        ("100〜499人", "従業員数", "band:employees:100-499"),
        ("100人以上500人未満", "会社規模", "band:employees:100-499"),
        ("従業員100〜499名", "", "band:employees:100-499"),
        ("10名未満", "従業員規模", "band:employees:1-9"),
        ("10,000名以上", "従業員規模", "band:employees:10000-"),
        ("1-5名", "カスタマーサクセスの人数", "band:team:1-5"),
        ("5億〜10億円未満", "売上規模", "band:revenue_jpy:500000000-lt1000000000"),
        ("5億円以上10億円未満", "年商", "band:revenue_jpy:500000000-lt1000000000"),
        ("50〜100億円未満", "売上高", "band:revenue_jpy:5000000000-lt10000000000"),
        ("400万〜500万円未満", "年収", "band:income_jpy:4000000-lt5000000"),
        ("$10M - $50M", "ARR", "band:arr_usd:10000000-50000000"),
        ("<$1M", "ARR", "band:arr_usd:-lt1000000"),
        ("50~60%未満", "", "band:percent:50-lt60"),
        ("130％以上", "", "band:percent:130-"),
        ("1〜2年未満", "", "band:duration_months:12-lt24"),
        ("3ヶ月〜1年未満", "", "band:duration_months:3-lt12"),
        ("半年以内", "", "band:duration_months:-6:within"),
        ("1年以上先", "", "band:duration_months:12-:from"),
        ("20代", "", "band:age:20-29"),
        ("20～29歳", "", "band:age:20-29"),
        ("60代以上", "", "band:age:60-"),
    ],
)
def test_a_band_has_one_id(label: str, question: str, band_id: str) -> None:
    band = parse_band(label, question)
    assert band is not None
    assert band.id == band_id


@pytest.mark.parametrize(
    ("label", "question"),
    [
        pytest.param("2020年", "推移", id="a year"),
        pytest.param("1970年から1974年", "推移", id="years of a period"),
        pytest.param("16年", "経験年数", id="a single duration"),
        pytest.param("1人~50人", "開発要員の規模", id="people of a kind nobody names"),
        pytest.param("500〜100名", "従業員数", id="upside down"),
        pytest.param("顧客満足度", "従業員数", id="no numbers"),
    ],
)
def test_what_is_no_band_is_refused(label: str, question: str) -> None:
    assert parse_band(label, question) is None


@settings(deadline=None)
@given(low=st.integers(1, 5000), width=st.integers(2, 5000), dash=st.sampled_from("~〜～-ー–"))
def test_spellings_of_any_head_count_agree(low: int, width: int, dash: str) -> None:
    high = low + width
    spellings = [f"{low}{dash}{high - 1}人", f"{low:,}名{dash}{high:,}名未満", f"{low}人以上{high}人未満"]
    ids = {band.id for text in spellings if (band := parse_band(text, "従業員数"))}
    assert ids == {f"band:employees:{low}-{high - 1}"}


def test_a_band_that_does_not_say_of_what_is_of_what_its_neighbours_are() -> None:
    together = Matcher().match(["従業員300名以上", "300名未満の企業", "2年以上"], "segment", "面談の頻度")
    assert [match.id for match in together] == [
        "band:employees:300-",
        "band:employees:1-299",
        "band:duration_months:24-",
    ]
    alone = Matcher().match(["300名未満の企業"], "segment", "面談の頻度")
    assert alone[0].id is None
