"""What people decided is found again by every later run, or named as stale."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chosa.corrections import (
    COLUMNS,
    Correction,
    Corrector,
    about,
    append_corrections,
    contradictions,
    read_corrections,
)
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


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"action": "frobnicate"}, "unknown action 'frobnicate'"),
        ({"action": "set", "field": "page", "after": "3"}, "unknown field 'page'"),
        ({"action": "set", "field": "value", "after": "many"}, "'many' is no value"),
        ({"action": "set", "field": "unit", "after": "furlong"}, "'furlong' is no unit"),
        ({"action": "set", "field": "value", "after": "inf"}, "'inf' is no value"),
        ({"action": "label", "field": "page"}, "unknown kind of label"),
        ({"action": "split", "after": "two rows"}, "is no list of rows"),
        ({"action": "split", "after": '[{"item": "a"}]'}, "at least two rows"),
        ({"action": "split", "after": '[{"item": "a"}, {"item": "a"}]'}, "are the same"),
        ({"action": "split", "after": '[{"value": "1"}, {"value": "many"}]'}, "'many' is no value"),
    ],
)
def test_a_line_that_means_nothing_is_named(tmp_path: Path, bad: dict[str, str], says: str) -> None:
    append_corrections(tmp_path, [decision(), replace(decision(), **bad)])
    with pytest.raises(UsageError, match=f"line 3: .*{says}"):
        read_corrections(tmp_path)


@pytest.mark.parametrize("action", ["accept", "reject"])
def test_a_judgement_holds_for_the_number_that_was_judged(action: str) -> None:
    """Whoever accepted 47.6 did not accept the 4.76 that another version reads."""
    other = document(replace(ROW, value=4.76))
    corrector = Corrector([decision(action)])
    assert corrector.apply(other).observations == other.observations
    ((stale, why),) = corrector.stale()
    assert (stale.action, why) == (action, "the row reads 4.76 'チャット' now")


def test_a_number_set_and_then_accepted_stays_set() -> None:
    fixed = decision("set", "2026-01-01", field="value", before="47.6", after="41.6")
    (row, _) = applied(DOCUMENT, fixed, decision("accept", "2026-01-02", value="41.6")).observations
    assert (row.value, row.status) == (41.6, "corrected")


def test_undo_takes_one_decision_back() -> None:
    first = decision("set", "2026-01-01", field="item", after="電話")
    second = decision("set", "2026-01-02", field="value", after="1")
    undone = decision("undo", "2026-01-03", before="2026-01-02")
    (row, _) = applied(DOCUMENT, first, second, undone).observations
    assert (row.item, row.value) == ("電話", 47.6)


def test_what_two_people_decided_differently_is_named_and_the_later_counts() -> None:
    first = decision("set", "2026-01-01", field="value", after="1")
    second = replace(first, when="2026-01-02", who="taro", after="2")
    assert contradictions([first, second]) == [(first, second)]
    assert contradictions([first, replace(second, after="1")]) == []
    assert contradictions([first, replace(second, field="item")]) == []
    assert contradictions([first, replace(second, who="hanako")]) == []
    assert applied(DOCUMENT, first, second).observations[0].value == 2


def test_a_file_that_an_earlier_version_began_keeps_its_columns(tmp_path: Path) -> None:
    old = COLUMNS[: COLUMNS.index("unit")]
    (tmp_path / "corrections.csv").write_text(",".join(old) + "\n", encoding="utf-8")
    append_corrections(tmp_path, [decision()])
    assert read_corrections(tmp_path) == (replace(decision(), unit="", box=""),)


def test_a_reason_of_several_lines_is_one_line_of_the_file(tmp_path: Path) -> None:
    append_corrections(tmp_path, [decision(why="smudged,\r\nsee page 3")])
    assert (tmp_path / "corrections.csv").read_text(encoding="utf-8").count("\n") == 2
    assert read_corrections(tmp_path)[0].why == "smudged, see page 3"


def test_no_file_no_decisions(tmp_path: Path) -> None:
    assert read_corrections(tmp_path) == ()
