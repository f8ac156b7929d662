"""A decision finds its row again: in a re-run, a new version, a slightly different file; or it is stale."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chosa.corrections import Correction, Corrector, about
from chosa.rows import DocumentRows
from tests.chosa.rows import document, observation

ROW = observation("o1")
OTHER = observation("o2", item="電話", value=12.5, x0=10.0, x1=30.0, y0=100.0, y1=110.0)
DOCUMENT = document(ROW, OTHER)
# Another file of the same report: other bytes, and a cover page before.
AGAIN = {"sha256": "cd" * 32}
LATER = {"observation_id": "new", "page": 2}


def decision(action: str = "set", **changes: Any) -> Correction:
    set_value = {"field": "value", "before": "47.6", "after": "41.6"} if action == "set" else {}
    return Correction("2026-01-01", "hanako", action, **(about(ROW, DOCUMENT.document) | set_value | changes))


def outcome(rows: DocumentRows, *decisions: Correction, present: frozenset[str] = frozenset()) -> str:
    """The status of the first row, "stale" when the decisions are."""
    corrector = Corrector(decisions, present=present)
    status = corrector.apply(rows).observations[0].status
    return "stale" if corrector.stale() else status


@pytest.mark.parametrize("action", ["set", "accept", "reject"])
def test_a_run_over_the_same_file(action: str) -> None:
    expected = {"set": "corrected", "accept": "accepted", "reject": "rejected"}[action]
    assert outcome(DOCUMENT, decision(action)) == expected


@pytest.mark.parametrize(
    ("change", "set_", "reject"),
    [
        ({"observation_id": "new"}, "corrected", "rejected"),
        ({"observation_id": "new", "item": "チャッ ト"}, "corrected", "rejected"),
        ({"observation_id": "new", "x0": 500.0, "x1": 520.0}, "corrected", "rejected"),
        ({"observation_id": "new", "value": 41.6}, "corrected", "stale"),
        ({"observation_id": "new", "item": "Web チャット"}, "corrected", "stale"),
        ({"observation_id": "new", "segment": "SaaS", "value": 4.76}, "corrected", "stale"),
        ({"observation_id": "new", "item": "Web チャット", "page": 2}, "stale", "stale"),
        ({"observation_id": "new", "item": "Web チャット", "unit": "count"}, "stale", "stale"),
    ],
    ids=["other id", "other spacing", "other box", "better read", "other item", "other group and number",
         "other page", "other unit"],
)  # fmt: skip
def test_a_new_version_over_the_same_file(change: dict[str, Any], set_: str, reject: str) -> None:
    """What is set is true of the page; what was rejected was a reading of it."""
    rows = document(replace(ROW, **change), OTHER)
    assert (outcome(rows, decision()), outcome(rows, decision("reject"))) == (set_, reject)


@pytest.mark.parametrize(
    ("change", "file", "expected"),
    [
        ({}, {}, "rejected"),
        ({}, {"title": "", "file": "2026/a.pdf"}, "rejected"),
        ({}, {"title": "別の調査", "file": "b.pdf"}, "stale"),
        ({"value": 12.0}, {}, "stale"),
        ({"item": "メール"}, {}, "stale"),
        ({"segment": "SaaS"}, {}, "stale"),
    ],
    ids=["same title", "same file name", "another report", "another year's number", "another item",
         "another group"],
)  # fmt: skip
def test_a_slightly_different_file_of_the_same_report(
    change: dict[str, Any], file: dict[str, Any], expected: str
) -> None:
    rows = document(replace(ROW, **LATER, **change), **(AGAIN | file))
    assert outcome(rows, decision("reject", file="a.pdf")) == expected


def test_a_number_set_does_not_go_over_to_another_years_number() -> None:
    """Two years of one survey share title and labels: setting one must not overwrite the other."""
    rows = document(replace(ROW, **LATER, value=52.0), **AGAIN)
    corrector = Corrector([decision()])
    assert corrector.apply(rows) == rows
    assert [why for _, why in corrector.stale()] == ["no row is about this"]


def test_a_document_that_is_there_is_not_looked_for_in_others() -> None:
    twin = document(replace(ROW, **LATER), **AGAIN)
    both = frozenset({DOCUMENT.document.sha256, twin.document.sha256})
    assert outcome(twin, decision(), present=both) == "stale"
    assert outcome(twin, decision(), present=frozenset({twin.document.sha256})) == "corrected"


def test_of_two_rows_with_the_same_labels_the_number_tells_which_is_meant() -> None:
    twins = document(replace(ROW, observation_id="n1", value=10.0), replace(ROW, observation_id="n2"))
    rows = Corrector([decision("reject")]).apply(twins).observations
    assert [o.status for o in rows] == ["review", "rejected"]


def test_of_two_rows_that_agree_in_all_the_box_tells_and_without_one_nothing_is_guessed() -> None:
    far = {"x0": 300.0, "x1": 320.0}
    rows = document(replace(ROW, observation_id="n1", **far), replace(ROW, observation_id="n2"))
    after = Corrector([decision("reject")]).apply(rows).observations
    assert [o.status for o in after] == ["review", "rejected"]
    boxless = Corrector([decision("reject", box="")])
    assert boxless.apply(rows).observations == rows.observations
    assert len(boxless.stale()) == 1


def test_decisions_about_one_row_stay_together() -> None:
    """The second was made when the row already had the item that the first gave it."""
    first = decision(field="item", before="チャット", after="メール")
    second = replace(decision(), when="2026-01-02", item="メール")
    rows = document(replace(ROW, observation_id="new"), OTHER)
    (row, _) = Corrector([first, second]).apply(rows).observations
    assert (row.item, row.value, row.status) == ("メール", 41.6, "corrected")
