"""A question as a table of items by groups: the best sighting in each cell."""

from __future__ import annotations

from chosa.emit.crosstab_file import crosstabs
from chosa.observation import Observation
from tests.chosa.rows import observation


def table(*rows: Observation) -> dict[tuple[str, str], dict[str, dict[str, float]]]:
    return {
        block: {item: {group: o.value for group, o in cells.items()} for item, cells in items.items()}
        for block, items in crosstabs(rows).items()
    }


def test_items_are_rows_and_groups_are_columns() -> None:
    rows = (
        observation("1", item="電話", segment="SaaS", value=1.0),
        observation("2", item="電話", segment="非SaaS", value=2.0),
        observation("3", item="メール", value=3.0),
    )
    assert table(*rows) == {
        ("利用しているツール", "percent"): {"電話": {"SaaS": 1.0, "非SaaS": 2.0}, "メール": {"全体": 3.0}}
    }


def test_counts_and_percentages_are_two_tables() -> None:
    rows = (observation("1"), observation("2", unit="count", value=196.0))
    assert [block[1] for block in table(*rows)] == ["percent", "count"]


def test_the_best_sighting_stands_in_the_cell() -> None:
    rows = (
        observation("1", value=1.0, status="review", confidence=0.99),
        observation("2", value=2.0, status="accepted"),
        observation("3", value=3.0, status="rejected"),
    )
    assert table(*rows) == {("利用しているツール", "percent"): {"チャット": {"全体": 2.0}}}


def test_what_has_no_question_has_no_table() -> None:
    assert table(observation("1", question="")) == {}
