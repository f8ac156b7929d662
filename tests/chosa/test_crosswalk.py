"""Labels of all documents put together give one row per kind, wording and id."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chosa.emit.crosswalk import Crosswalk
from chosa.labels import merge_labels
from chosa.tables import LabelRow

ROWS = st.builds(
    LabelRow,
    kind=st.sampled_from(["item", "segment"]),
    label=st.sampled_from(["電話", "メール", "𠮷野家", "A", "a"]),
    id=st.sampled_from(["", "phone"]),
    score=st.none() | st.sampled_from([0.0, 80.0, 91.5, 100.0]),
    runner_up=st.sampled_from(["", "mail"]),
    runner_up_score=st.none() | st.floats(0, 100),
    occurrences=st.integers(1, 9),
    decided_by=st.sampled_from(["exact", "fuzzy"]),
    why=st.sampled_from(["", "too close"]),
)


@given(st.lists(st.lists(ROWS, max_size=6), max_size=4))
def test_document_by_document_is_as_all_at_once(documents: list[list[LabelRow]]) -> None:
    crosswalk = Crosswalk()
    for rows in documents:
        crosswalk.add(rows)
    assert tuple(crosswalk.rows()) == merge_labels(row for rows in documents for row in rows)
