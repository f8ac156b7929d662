"""What people decided is found again by every later run, or named as stale."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chosa.corrections import Correction, Corrector, about, append_corrections, read_corrections
from chosa.errors import UsageError
from chosa.rows import DocumentRows
from tests.chosa.rows import document, observation

ROW = observation("o1")
DOCUMENT = document(ROW, observation("o2", item="電話", value=12.5))


def decision(action: str = "accept", when: str = "2026-01-01T00:00:00+00:00", **changes: Any) -> Correction:
    return Correction(when, "hanako", action, **(about(ROW, DOCUMENT.document) | changes))


def applied(rows: DocumentRows, *corrections: Correction) -> DocumentRows:
    return Corrector(corrections).apply(rows)


@pytest.mark.parametrize(
    ("action", "field", "after", "expected"),
    [
        pytest.param("accept", "", "", {"status": "accepted"}, id="accept"),
        pytest.param("reject", "", "", {"status": "rejected"}, id="reject"),
        pytest.param("set", "value", "41.6", {"status": "corrected", "value": 41.6}, id="value"),
        pytest.param("set", "item", "電子メール", {"status": "corrected", "item": "電子メール"}, id="item"),
        pytest.param("set", "base_n", "300", {"status": "corrected", "base_n": 300}, id="base"),
    ],
)
def test_a_decision_changes_its_row_only(
    action: str, field: str, after: str, expected: dict[str, Any]
) -> None:
    rows = applied(DOCUMENT, decision(action, field=field, after=after))
    assert rows.observations == (replace(ROW, **expected), DOCUMENT.observations[1])


def test_a_label_put_right_gets_the_id_of_the_right_one() -> None:
    rows = document(replace(ROW, item_id="chat"))
    correction = decision("set", field="item", after="電話")
    (row,) = Corrector([correction], lambda kind, label, question: f"{kind}:{label}").apply(rows).observations
    assert (row.item, row.item_id) == ("電話", "item:電話")
    (row,) = Corrector([correction]).apply(rows).observations
    assert (row.item, row.item_id) == ("電話", "")


def test_a_decision_is_a_witness(tmp_path: Path) -> None:
    rows = applied(DOCUMENT, decision("set", field="value", before="47.6", after="41.6", why="smudge"))
    last = [r for r in rows.readings if r.observation_id == "o1"][-1]
    assert (last.number, last.method, last.engine, last.value, last.why) == (
        2,
        "correction",
        "hanako",
        41.6,
        "smudge",
    )


def test_the_latest_decision_about_a_field_counts() -> None:
    first = decision("set", "2026-01-02", field="value", after="1")
    second = decision("set", "2026-01-03", field="value", after="2")
    assert applied(DOCUMENT, first, second).observations[0].value == 2


def test_undo_takes_earlier_decisions_back_and_later_ones_stand() -> None:
    undone = [decision("reject", "2026-01-01"), decision("undo", "2026-01-02")]
    assert applied(DOCUMENT, *undone).observations[0] == ROW
    assert applied(DOCUMENT, *undone, decision("accept", "2026-01-03")).observations[0].status == "accepted"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"observation_id": "new"}, id="a new version gave the row another id"),
        pytest.param({"observation_id": "new", "item": "チャッ ト"}, id="spacing changed too"),
        pytest.param({"observation_id": "new", "value": 41.6}, id="the value is read better now"),
    ],
)
def test_a_row_with_a_new_id_is_known_by_what_it_is_about(change: dict[str, Any]) -> None:
    rows = document(replace(ROW, **change))
    assert applied(rows, decision("reject")).observations[0].status == "rejected"


def test_another_file_of_the_same_report_is_known_by_its_title() -> None:
    rows = document(replace(ROW, observation_id="new"), sha256="cd" * 32)
    assert applied(rows, decision("reject")).observations[0].status == "rejected"


def test_another_report_is_not_touched_and_the_decision_is_stale() -> None:
    corrector = Corrector([decision("reject")])
    rows = document(replace(ROW, observation_id="new"), sha256="cd" * 32, title="別の調査")
    assert corrector.apply(rows) == rows
    assert (corrector.applied, len(corrector.stale())) == (0, 1)


def test_of_two_rows_at_one_place_the_value_tells_which_is_meant() -> None:
    twins = document(replace(ROW, observation_id="n1", value=10.0), replace(ROW, observation_id="n2"))
    assert [o.status for o in applied(twins, decision("reject")).observations] == ["review", "rejected"]


def test_a_label_gets_its_id_wherever_it_stands() -> None:
    rows = applied(
        DOCUMENT, Correction("2026", "hanako", "label", field="item", before="チャット", after="web_chat")
    )
    assert [o.item_id for o in rows.observations] == ["web_chat", ""]
    assert (rows.labels[0].id, rows.labels[0].decided_by) == ("web_chat", "correction")


def test_decisions_are_kept_in_a_file_that_only_grows(tmp_path: Path) -> None:
    first, second = (
        decision("accept", "2026-01-01"),
        decision("set", "2026-01-02", field="item", after="=危険, 「」"),
    )
    append_corrections(tmp_path, [first])
    before = (tmp_path / "corrections.csv").read_bytes()
    append_corrections(tmp_path, [second])
    assert (tmp_path / "corrections.csv").read_bytes().startswith(before)
    assert read_corrections(tmp_path) == (first, second)


def test_files_of_two_people_merge_in_any_order(tmp_path: Path) -> None:
    append_corrections(tmp_path, [decision("accept", "2026-01-02"), decision("reject", "2026-01-01")])
    assert [c.when for c in read_corrections(tmp_path)] == ["2026-01-01", "2026-01-02"]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"action": "frobnicate"}, "unknown action 'frobnicate'"),
        ({"action": "set", "field": "page", "after": "3"}, "unknown field 'page'"),
        ({"action": "set", "field": "value", "after": "many"}, "'many' is no value"),
        ({"action": "set", "field": "unit", "after": "furlong"}, "'furlong' is no unit"),
        ({"action": "label", "field": "page"}, "unknown kind of label"),
    ],
)
def test_a_line_that_means_nothing_is_named(tmp_path: Path, bad: dict[str, str], says: str) -> None:
    append_corrections(tmp_path, [decision(), replace(decision(), **bad)])
    with pytest.raises(UsageError, match=f"line 3: .*{says}"):
        read_corrections(tmp_path)


def test_no_file_no_decisions(tmp_path: Path) -> None:
    assert read_corrections(tmp_path) == ()
