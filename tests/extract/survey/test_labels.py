"""Labels of survey outlines, in the words of many publishers."""

from __future__ import annotations

import pytest

from extract.survey.labels import meaning


@pytest.mark.parametrize(
    ("label", "fact"),
    [
        ("調査期間", "period"), ("・実施時期：", "period"), ("【アンケート回収期間】", "period"),
        ("Fieldwork", "period"),
        ("調査手法", "method"), ("(3) 調査方法", "method"), ("募集方法", "method"), ("Methodology", "method"),
        ("調査対象エリア", "region"), ("対象地域", "region"), ("Countries", "region"),
        ("調査対象者条件", "population"), ("回答者", "population"), ("対象企業", "population"),
        ("有効回答数", "valid"), ("有効回収票数", "valid"), ("有効サンプル数", "valid"),
        ("サンプルサイズ", "sample"), ("本調査回収数", "sample"), ("n数", "sample"),
        ("Sample size", "sample"), ("回収状況", "sample"),
        ("配布数", "sent"), ("標本数", "sent"),
        ("調査実施会社", "publisher"), ("企画・実施", "publisher"), ("Conducted by", "publisher"),
        ("調査タイトル", "survey_name"), ("集計方法", "weighted"), ("発行日", "release"),
        ("調査目的", ""), ("調査結果", ""), ("回収率", ""), ("業種", ""), ("売上の方法論について", ""),
    ],
)  # fmt: skip
def test_a_label_is_known_by_how_it_is_built(label: str, fact: str) -> None:
    assert meaning(label) == fact
