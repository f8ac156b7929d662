"""How the lines of a label become its name, its translation and its sample size."""

from __future__ import annotations

import pytest

from extract.charts.wording import Line, join, lines_to_names
from extract.scene import Box

BLACK, TEAL = "#000000", "#008080"


def lines(*texts: str, second: str = BLACK) -> list[Line]:
    return [
        Line(t, 8.0, BLACK if k == 0 else second, Box(0, 10 * k, 50, 10 * k + 8)) for k, t in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["カスタマー", "サクセス"], "カスタマーサクセス"),
        (["Customer", "Success"], "Customer Success"),
        (["Semi-", "annually"], "Semi-annually"),
        (["SaaS", "企業"], "SaaS企業"),
        (["導入済み", "", "企業"], "導入済み企業"),
    ],
)
def test_lines_join_as_their_script_asks(parts: list[str], whole: str) -> None:
    assert join(parts) == whole


def test_another_script_in_another_ink_is_a_translation() -> None:
    (name,) = lines_to_names([lines("Yes", "はい", second=TEAL)])
    assert (name.text, name.alt) == ("Yes", "はい")


def test_mixed_script_in_one_ink_is_one_name() -> None:
    (name, other) = lines_to_names([lines("CRM", "ツール"), lines("表計算", "ソフト")])
    assert (name.text, name.alt) == ("CRMツール", "")
    assert other.text == "表計算ソフト"


def test_when_every_label_changes_script_all_have_translations() -> None:
    names = lines_to_names([lines("Yes", "はい"), lines("No", "いいえ")])
    assert [(n.text, n.alt) for n in names] == [("Yes", "はい"), ("No", "いいえ")]


def test_the_sample_size_leaves_the_name() -> None:
    (name,) = lines_to_names([lines("未導入企業", "（n=1,263）")])
    assert (name.text, name.base_n) == ("未導入企業", 1263)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("満足度（%）", "満足度"),
        ("参加者数 (人)", "参加者数"),
        ("売上高（億円）", "売上高"),
        ("（%）", "（%）"),
        ("若手（入社3年目）", "若手（入社3年目）"),
    ],
)
def test_the_unit_leaves_the_name(printed: str, name: str) -> None:
    assert [n.text for n in lines_to_names([lines(printed)])] == [name]
