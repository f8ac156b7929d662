"""Numbers without a name are kept as doubts, with their place."""

from __future__ import annotations

from dataclasses import replace

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


def test_a_bar_read_off_gives_way_to_the_table_that_prints_its_value() -> None:
    printed = Finding(source="table", value=35.2, unit="percent", item="10～29社", segment="中堅", page=3)
    bar = Finding(
        source="chart",
        value=35.6,
        unit="percent",
        item="10~29社",
        segment="中堅",
        page=3,
        qualifier="measured",
    )
    other = replace(bar, segment="大手")
    off = replace(bar, value=41.0)
    assert bound([bar, other, off, printed])[0] == (other, off, printed)


def test_a_table_without_a_heading_has_that_of_the_chart_it_prints() -> None:
    printed = Finding(source="table", value=35.2, unit="percent", item="10～29社", page=3)
    count = replace(printed, value=112, unit="count")
    bar = replace(printed, source="chart", value=35.6, qualifier="measured", question="担当の数")
    assert {f.question for f in bound([bar, printed, count])[0]} == {"担当の数"}
    assert bound([bar, replace(printed, question="表1")])[0][0].question == "表1"
