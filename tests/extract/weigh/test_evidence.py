"""How the confidence model is fitted, and on what: rows with known truth."""

from __future__ import annotations

import random

import pytest

from benchmarks.evidence import Row, is_shown, rows_of_prose
from benchmarks.faults import FAULTS, WHOLE, corrupt, injected
from benchmarks.fit import STATED, fit
from benchmarks.generated import known_charts
from benchmarks.known_prose import SETS, is_right, passage, passages, read
from extract.document import read_scene
from extract.weigh.testimony import Kind


def row(*kinds: Kind, right: bool) -> Row:
    return Row("prose", tuple((kind, 1.0) for kind in kinds), 0.5, False, False, False, right)


def test_weights_stay_as_stated_where_no_row_speaks() -> None:
    weights = fit([row("prose", right=True)] * 4)
    assert weights["table text"] == STATED["table text"]
    assert weights["prose"] > STATED["prose"]


def test_a_witness_that_agrees_with_wrong_rows_loses_weight() -> None:
    rows = [row("prose", "sum told", right=False)] * 40 + [row("prose", right=True)] * 40
    weights = fit(rows)
    assert weights["sum told"] < STATED["sum told"]
    assert fit(rows) == weights


@pytest.mark.parametrize(
    ("fault", "text", "reads"),
    [("lost point", "47.6%", {"476%"}), ("sign as digit", "47.6%", {"47.69", "47.66"}),
     ("leading one", "0.5%", {"10.5%"})],
)  # fmt: skip
def test_what_a_fault_makes_of_a_label(fault: str, text: str, reads: set[str]) -> None:
    assert FAULTS[fault](random.Random(1), text) in reads


def test_no_corrupted_label_slips_in_where_a_witness_can_see_it() -> None:
    found = injected(known_charts(8, 5), random.Random(5), 0.3)
    assert len({outcome.fault for outcome in found}) >= len(WHOLE)
    assert [o for o in found if o.off > 1.0 and o.slipped] == []


def test_charts_as_drawn_are_read_right() -> None:
    for known in known_charts(4, 7):
        scene, faulty = corrupt(known.scene, random.Random(1), rate=0.0)
        assert not faulty
        assert all(is_shown(f, known) for f in read_scene(scene).findings)


def test_wordings_that_both_hold() -> None:
    told = passage("# x\n「はい」が62.5%だった。\n= 62.5 % | はい / 回答はい | 会社員 /")
    assert told.expected[0].items == ("はい", "回答はい")
    assert told.expected[0].groups == ("会社員", "")
    assert [is_right(finding, told) for finding in read(told)] == [True]


def test_the_sentences_written_for_this_are_read_in_part() -> None:
    """Only ever scored: a reader that is right everywhere was tuned on them."""
    assert len(passages("sentences")) > 50
    rows = list(rows_of_prose(("sentences",), (1,)))
    assert 0.7 < sum(r.right for r in rows) / len(rows) < 1.0
    assert SETS["sentences"].name == "known_sentences.txt"
