"""One item across reports: each fact once, with its interval, and what to beware of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chosa.comparison import comparable, compare, interval
from chosa.tables import DocumentRow
from tests.chosa.rows import observation

A, B = DocumentRow("a", "a.pdf", year="2025"), DocumentRow("b", "b.pdf", year="2026")
TWIN = DocumentRow("t", "t.html", year="2025", same_report_as="a")


def row(id: str, document: str = "a", **changes: object):  # type: ignore[no-untyped-def]
    return observation(id, **({"document_id": document, "item_id": "chat", "status": "accepted"} | changes))


@pytest.mark.parametrize(
    ("value", "n", "expected"),
    [
        (50.0, 100, (40.4, 59.6)),  # Wilson score interval, as in statsmodels proportion_confint
        (0.0, 50, (0.0, 7.1)),
        (100.0, 50, (92.9, 100.0)),
        (47.6, None, None),
    ],
)
def test_the_interval(value: float, n: int | None, expected: tuple[float, float] | None) -> None:
    assert interval(observation(value=value, base_n=n)) == expected


def test_only_percentages_have_an_interval() -> None:
    assert interval(observation(unit="count")) is None


def test_years_are_in_order() -> None:
    found = compare([row("2", "b"), row("1", "a")], [A, B], "chat")
    assert [p.document.year for p in found.points] == ["2025", "2026"]


def test_a_report_in_two_forms_counts_once() -> None:
    found = compare([row("1", "a"), row("2", "t")], [A, TWIN], "chat")
    assert [p.observation.observation_id for p in found.points] == ["1"]


def test_a_number_said_twice_counts_once_by_its_best_row() -> None:
    found = compare([row("1", status="review"), row("2")], [A], "chat")
    assert [p.observation.observation_id for p in found.points] == ["2"]


def test_sightings_of_one_fact_count_once_however_their_question_is_worded() -> None:
    told = row("1", fact_id="f", source="prose", question="")
    drawn = row("2", fact_id="f", question="利用しているツール（複数回答）")
    assert [p.observation.observation_id for p in compare([told, drawn], [A], "chat").points] == ["2"]
    other = row("3", question="今後利用したいツール")
    assert len(compare([told, drawn, other], [A], "chat").points) == 2


def test_a_chart_stands_for_a_number_before_the_sentence_about_it() -> None:
    found = compare([row("1", source="prose"), row("2")], [A], "chat")
    assert [p.observation.observation_id for p in found.points] == ["2"]


def test_rejected_rows_and_other_items_do_not_count() -> None:
    assert compare([row("1", status="rejected"), row("2", item_id="mail")], [A], "chat").points == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"question": "別の設問"}, "2 different questions"),
        ({"unit": "count"}, "different units"),
        ({"base_n": None}, "no base n"),
        ({"base_n": 100}, "bases of one group differ: n=100 to 412"),
        ({"qualifier": "measured"}, "measured off the drawing"),
        ({"value": 47.6}, "perhaps one survey"),
        ({"edition_of_report": "prior"}, "1 rows quote an earlier survey"),
        ({"status": "review"}, "not reviewed"),
    ],
)
def test_what_makes_rows_hard_to_compare_is_said(change: dict[str, object], says: str) -> None:
    found = compare([row("1"), row("2", "b", **({"value": 50.1} | change))], [A, B], "chat")
    assert any(says in warning for warning in found.warnings)


def test_two_waves_of_one_question_give_no_warning() -> None:
    assert compare([row("1"), row("2", "b", value=50.1)], [A, B], "chat").warnings == ()


def test_the_same_question_with_and_without_the_kind_of_answer_is_one() -> None:
    second = row("2", "b", value=50.1, question="利用しているツール（複数回答、n=412）")
    assert compare([row("1"), second], [A, B], "chat").warnings == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [({"population": "全国の会社員"}, "2 different populations"), ({"weighted": "人口比で補正"}, "weighted")],
)
def test_what_differs_between_the_surveys_is_said(change: dict[str, str], says: str) -> None:
    documents = [replace(A, population="経営者"), replace(B, **change)]
    found = compare([row("1"), row("2", "b", value=50.1)], documents, "chat")
    assert any(says in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("change", "said"),
    [({}, "47.6%"), ({"qualifier": "approx"}, "~47.6%"), ({"unit": "count", "value": 12.0}, "12 count")],
)
def test_a_number_is_said_with_its_unit(change: dict[str, object], said: str) -> None:
    (point,) = compare([row("1", **change)], [A], "chat").points
    assert point.value == said


def test_items_that_can_be_compared_are_listed_those_of_most_reports_first() -> None:
    rows = [row("1"), row("2", "t"), row("3", item_id="mail"), row("4", "b", item_id="mail", item="メール")]
    rows += [row("5", item_id=""), row("6", item_id="fax", status="rejected")]
    found = comparable(rows, [A, B, TWIN])
    assert [(c.item_id, c.reports, c.rows) for c in found] == [("mail", 2, 2), ("chat", 1, 2)]
    assert found[1].wording == "チャット"
