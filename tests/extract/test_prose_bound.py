"""By what a number is bound to its labels, as recorded for whoever weighs the row."""

from __future__ import annotations

import pytest

from extract.finding import PageReading
from extract.prose import read_prose
from extract.scene import Paragraph, Scene


def _bound(text: str) -> list[tuple[float, str, str, str]]:
    scene = Scene(0, 0, unit="none", paragraphs=(Paragraph(text),), text_source="text")
    found = read_prose([PageReading(scene)], [scene.paragraphs]).findings
    return [(f.value, f.binding.item, f.binding.group, f.binding.question) for f in found if f.binding]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "「はい」が62.5%でした。", [(62.5, "quoted", "everyone", "none")], id="quotation touches"
        ),
        pytest.param(
            "働き方について聞いたところ、「満足」（41.0%）が最多でした。",
            [(41.0, "quoted", "everyone", "asked")],
            id="question asked with a verb",
        ),
        pytest.param(
            "正社員では71%が「満足」と答え、派遣社員では55%だった。",
            [(71, "quoted", "clause", "none"), (55, "quoted apart", "clause", "none")],
            id="the second shares the first one's answer",
        ),
        pytest.param(
            "利用者では「高い」が70%、「低い」が12%でした。",
            [(70, "quoted", "clause", "none"), (12, "quoted", "sentence", "none")],
            id="a group holds for the whole sentence",
        ),
        pytest.param(
            "利用者では「高い」が70%でした。また、「低い」は12%でした。",
            [(70, "quoted", "clause", "none"), (12, "quoted", "carried", "none")],
            id="a group is carried over",
        ),
        pytest.param(
            "利用者の45%が毎日運動している。", [(45, "said", "clause", "none")], id="what its people do"
        ),
    ],
)
def test_binding(text: str, expected: list[tuple[float, str, str, str]]) -> None:
    assert _bound(text) == expected


def test_a_call_out_is_a_twin() -> None:
    scene = Scene(
        500, 700, page=1, unit="pt", text_source="text",
        paragraphs=(Paragraph("70%", "callout"), Paragraph("続けたいと回答した人は70%でした。")),
    )  # fmt: skip
    found = read_prose([PageReading(scene)], [scene.paragraphs]).findings
    assert [f.binding and f.binding.item for f in found] == ["twin", "named"]


@pytest.mark.parametrize(
    ("text", "framed"),
    [
        pytest.param("大企業では「高い」が70%、「低い」が12%でした。", [True, True], id="では"),
        pytest.param("大企業では「高い」が70%。また、「低い」は12%でした。", [True, True], id="goes on"),
        pytest.param(
            "大企業の70%が「高い」と答え、「低い」は12%でした。", [True, False], id="の, its share only"
        ),
        pytest.param("大企業は「高い」が70%、「低い」が12%でした。", [False, False], id="a subject"),
        pytest.param("大企業に聞いたところ、「高い」が70%でした。", [True], id="whom it was asked"),
        pytest.param("「高い」が70%でした。", [False], id="everyone"),
    ],
)
def test_frames(text: str, framed: list[bool]) -> None:
    scene = Scene(0, 0, unit="none", paragraphs=(Paragraph(text),), text_source="text")
    found = read_prose([PageReading(scene)], [scene.paragraphs]).findings
    assert [f.binding is not None and f.binding.framed for f in found] == framed


def test_what_stands_beside_the_number_of_a_sentence() -> None:
    text = "費用について聞いたところ、「高い」（70%）、「低い」（12%）でした。"
    scene = Scene(0, 0, unit="none", paragraphs=(Paragraph(text),), text_source="text")
    first, _ = read_prose([PageReading(scene)], [scene.paragraphs]).findings
    assert first.binding is not None
    assert first.binding.beside == ("低い", "費用", "高い")
    assert not first.binding.lost
