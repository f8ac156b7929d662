"""One row that holds two numbers or two items becomes two, in every run from then on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chosa.corrections import Correction, Corrector, about, part_ids, parts_text
from chosa.rows import DocumentRows
from tests.chosa.rows import document, observation

ROW = observation("o1", item="チャット・電話", chart_id="doc1-p1-c1")
DOCUMENT = document(ROW, observation("o2", item="メール", value=12.5))
PARTS = ({"item": "チャット", "value": "47.6"}, {"item": "電話", "value": "12.4"})


def split(**changes: Any) -> Correction:
    what = {"after": parts_text(PARTS), "why": "two labels in one"} | changes
    return Correction("2026-01-01", "hanako", "split", **(about(ROW, DOCUMENT.document) | what))


def on_part(action: str, when: str = "2026-01-02", **changes: Any) -> Correction:
    part = {"observation_id": part_ids(split())[0], "item": "電話", "value": "12.4", "after": ""}
    return replace(split(), action=action, when=when, **(part | changes))


def applied(rows: DocumentRows, *decisions: Correction) -> list[tuple[str, float, str]]:
    return [(o.item, o.value, o.status) for o in Corrector(decisions).apply(rows).observations]


def test_two_rows_stand_in_the_place_of_one() -> None:
    assert applied(DOCUMENT, split()) == [
        ("チャット", 47.6, "corrected"), ("電話", 12.4, "corrected"), ("メール", 12.5, "review"),
    ]  # fmt: skip


def test_the_new_row_stands_where_the_old_one_does_and_is_a_fact_of_its_own() -> None:
    first, second, _ = Corrector([split()]).apply(DOCUMENT).observations
    assert first.observation_id == "o1"
    assert (second.page, second.x0, second.base_n, second.segment) == (1, ROW.x0, 412, "")
    assert second.fact_id == second.observation_id == part_ids(split())[0]


def test_each_part_says_who_split_it_and_why() -> None:
    rows = Corrector([split()]).apply(DOCUMENT)
    told = [r for r in rows.readings if r.method == "correction"]
    assert [(r.observation_id, r.engine, r.value, r.why) for r in told] == [
        ("o1", "hanako", 47.6, "two labels in one"),
        (part_ids(split())[0], "hanako", 12.4, "two labels in one"),
    ]


def test_pages_and_charts_count_the_new_row() -> None:
    rows = Corrector([split()]).apply(DOCUMENT)
    assert rows.pages[0].observations == 3
    assert rows.charts[0].observations == 2


def test_the_ids_of_labels_are_matched_anew() -> None:
    rows = Corrector([split()], lambda kind, label, question: f"{kind}:{label}").apply(DOCUMENT)
    assert [o.item_id for o in rows.observations] == ["item:チャット", "item:電話", ""]


def test_the_new_row_can_be_decided_about_and_split_like_any_other() -> None:
    assert applied(DOCUMENT, split(), on_part("reject"))[1] == ("電話", 12.4, "rejected")
    again = on_part("split", after=parts_text([{"segment": "SaaS"}, {"segment": "非SaaS", "value": "9"}]))
    assert applied(DOCUMENT, split(), again)[1:3] == [("電話", 12.4, "corrected"), ("電話", 9.0, "corrected")]


@pytest.mark.parametrize("before", ["", "2026-01-01"])
def test_undo_makes_one_row_of_them_again_and_takes_what_was_decided_about_the_new_one(before: str) -> None:
    undo = replace(split(), action="undo", when="2026-01-03", before=before, after="")
    corrector = Corrector([split(), on_part("reject"), undo])
    assert corrector.apply(DOCUMENT) == DOCUMENT
    assert corrector.stale() == []


def test_it_survives_a_new_version_and_another_file() -> None:
    for rows in (
        document(replace(ROW, observation_id="new")),
        document(replace(ROW, observation_id="new", page=2), sha256="cd" * 32),
    ):
        assert applied(rows, split(), on_part("set", field="value", after="12")) == [
            ("チャット", 47.6, "corrected"), ("電話", 12.0, "corrected"),
        ]  # fmt: skip


def test_where_a_new_version_reads_two_rows_the_split_is_stale() -> None:
    rows = document(observation("n1", item="チャット"), observation("n2", item="電話", value=12.4))
    corrector = Corrector([split()])
    assert corrector.apply(rows) == rows
    assert len(corrector.stale()) == 1
