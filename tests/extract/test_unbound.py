"""Numbers without a name are kept as doubts, with their place."""

from __future__ import annotations

from extract.finding import Finding
from extract.scene import Box
from extract.unbound import bound


def test_a_number_without_an_item_is_a_note_with_its_box() -> None:
    named = Finding(source="chart", value=47.6, unit="percent", item="CRM", page=3)
    bare = Finding(source="chart", value=12.5, unit="percent", item=" ", page=3, box=Box(1, 2, 3, 4))
    kept, notes = bound([named, bare])
    assert kept == (named,)
    assert [(n.code, n.page, n.box) for n in notes] == [("number-unread", 3, (1, 2, 3, 4))]
    assert "12.5" in notes[0].message
