"""For any decisions: the file gives back what went in, order of lines does not count, undo is exact."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from chosa.clean import clean
from chosa.corrections import Correction, append_corrections, part_ids, parts_text, read_corrections, standing

TEXT = st.text(max_size=30).map(clean)
WHO = st.sampled_from(["hanako", "taro"])
IDS = st.sampled_from(["o1", "o2"])
MINUTES = st.integers(0, 10_000).map(lambda n: f"2026-01-01T{n:05}")
SETS = st.builds(
    Correction,
    MINUTES,
    WHO,
    st.just("set"),
    IDS,
    st.just("item"),
    before=TEXT,
    after=TEXT,
    why=TEXT,
    title=TEXT,
)
SPLITS = st.builds(
    Correction, MINUTES, WHO, st.just("split"), IDS, after=st.just(parts_text([{"item": "a"}, {"item": "b"}]))
)
UNDOS = st.builds(Correction, MINUTES, WHO, st.just("undo"), IDS, before=st.one_of(st.just(""), MINUTES))
DECISIONS = st.lists(st.one_of(SETS, SPLITS, UNDOS), max_size=12, unique_by=lambda c: c.when)


@given(DECISIONS, st.randoms(use_true_random=False))
def test_the_file_gives_back_what_went_in_whatever_the_order_of_its_lines(
    decisions: list[Correction], order: random.Random
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shuffled = order.sample(decisions, len(decisions))
        for each in shuffled:
            append_corrections(Path(folder), [each])
        lines = (Path(folder) / "corrections.csv").read_bytes() if decisions else b""
        assert lines.count(b"\n") == len(decisions) + bool(decisions)
        assert list(read_corrections(Path(folder))) == sorted(decisions, key=lambda c: c.when)


@given(DECISIONS)
def test_what_stands_needs_no_second_look(decisions: list[Correction]) -> None:
    live = standing(sorted(decisions, key=lambda c: c.when))
    assert standing(live) == live
    assert not any(c.action == "undo" for c in live)


@given(DECISIONS, st.one_of(SETS, SPLITS))
def test_a_decision_taken_back_at_once_leaves_no_trace(decisions: list[Correction], last: Correction) -> None:
    before = [c for c in sorted(decisions, key=lambda c: c.when) if c.when != "z"]
    made = replace(last, when="y")
    on_part = [replace(made, when="yy", action="accept", observation_id=id) for id in parts(made)]
    undo = Correction("z", "taro", "undo", made.observation_id, before="y")
    assert standing([*before, made, *on_part, undo]) == standing(before)


def parts(made: Correction) -> tuple[str, ...]:
    return part_ids(made) if made.action == "split" else ()
