"""Sample sizes beside names, in titles and in notes."""

from __future__ import annotations

import pytest

from extract.charts.bases import split_base, split_bracketed, split_population, stated_bases


@pytest.mark.parametrize(
    ("text", "rest", "n"),
    [
        ("導入済み（n=257）", "導入済み", 257),
        ("導入済み（ｎ＝1,257 ）", "導入済み", 1257),
        ("全体 n = 300", "全体", 300),
        ("回答者数：312人", "", 312),
        ("318 件の回答", "", 318),
        ("2024 (N=389)", "2024", 389),
        ("経営層 (n=23) 計", "経営層 計", 23),
        ("Sample Size = 222, all respondents", "all respondents", 222),
        ("回答数が多い", "回答数が多い", None),
        ("Region=7", "Region=7", None),
    ],
)
def test_a_sample_size_is_split_off(text: str, rest: str, n: int | None) -> None:
    assert split_base(text) == (rest, n)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("男性(1,024人)", ("男性", 1024)),
        ("20代（312）", ("20代", 312)),
        ("価格（税込）", ("価格（税込）", None)),
    ],
)
def test_bare_counts_in_brackets_only_count_in_names(text: str, said: tuple[str, int | None]) -> None:
    assert split_bracketed(text) == said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("満足していますか（n=500、利用企業）", ("満足していますか", 500, "利用企業")),
        ("選んだ理由（複数回答、n=512）", ("選んだ理由（複数回答）", 512, "")),
        ("選んだ理由（複数回答）", ("選んだ理由（複数回答）", None, "")),
        ("利用状況 n=88", ("利用状況", 88, "")),
        ("接客の評価（10点満点、n=120）", ("接客の評価（10点満点）", 120, "")),
        ("接客の評価（5段階、n=120）", ("接客の評価（5段階）", 120, "")),
    ],
)
def test_a_title_names_its_group_beside_the_sample_size(
    title: str, said: tuple[str, int | None, str]
) -> None:
    assert split_population(title) == said


def test_a_note_may_state_several_sample_sizes() -> None:
    assert stated_bases("※ 導入済み：n=345、未導入：n=149") == (("導入済み", 345), ("未導入", 149))
