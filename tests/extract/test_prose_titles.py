"""Which chart's title a sentence takes as its question when it asks nothing itself."""

from __future__ import annotations

import pytest

from extract.finding import Chart, Finding, PageReading
from extract.prose import read_prose
from extract.prose.titles import tells
from extract.scene import Box, Paragraph, Scene, Word

CHART = Chart("c1", Box(300, 200, 560, 400), "bar", "研修の実施状況", (), (), "vector", page=1)
ELSEWHERE = Chart("c2", Box(40, 480, 280, 560), "bar", "研修の時間", (), (), "vector", page=1)
SHOWN = Finding("chart", 62.5, "percent", "定期的に実施", question="研修の実施状況", page=2, chart="c1")


def _boxed(text: str, y: float, kind: str = "body") -> Paragraph:
    boxes = tuple(Box(40 + 8 * i, y, 48 + 8 * i, y + 10) for i in range(len(text)))
    return Paragraph(text, kind, boxes)  # type: ignore[arg-type]


def _page(width: float, height: float, *paragraphs: Paragraph, number: int = 1) -> Scene:
    words = tuple(Word(p.text, p.boxes[0], 10.0) for p in paragraphs)
    return Scene(
        width, height, page=number, unit="pt", words=words, paragraphs=paragraphs, text_source="text"
    )


def _questions(
    scene: Scene, charts: tuple[Chart, ...] = (), shown: tuple[Finding, ...] = ()
) -> list[tuple[float, str]]:
    page = PageReading(scene, charts=charts, findings=shown)
    return [(f.value, f.question) for f in read_prose([page], [scene.paragraphs]).findings]


def test_a_number_that_a_chart_prints_has_the_question_of_that_chart() -> None:
    scene = _page(
        595,
        842,
        _boxed("研修が根付いてきた", 100, "heading"),
        _boxed("定期的に実施している企業は62.5%でした。", 140),
    )
    assert _questions(scene, shown=(SHOWN,)) == [(62.5, "研修の実施状況")]


def test_another_value_or_another_label_is_no_match() -> None:
    scene = _page(
        595,
        842,
        _boxed("研修の実施", 100, "heading"),
        _boxed("「外部講師を招く」は62.5%、「定期的に実施」は40.0%でした。", 140),
    )
    assert _questions(scene, shown=(SHOWN,)) == [(62.5, "研修の実施"), (40.0, "研修の実施")]


def test_what_the_text_asks_stays() -> None:
    scene = _page(595, 842, _boxed("研修の頻度を尋ねたところ、「定期的に実施」が62.5%でした。", 140))
    assert _questions(scene, shown=(SHOWN,)) == [(62.5, "研修の頻度")]


def test_on_a_slide_the_nearest_chart_is_meant() -> None:
    scene = _page(
        792,
        612,
        _boxed("人への投資", 40, "heading"),
        _boxed("「効果がある」と回答した企業は71.0%でした。", 300),
    )
    assert _questions(scene, charts=(ELSEWHERE, CHART)) == [(71.0, "研修の実施状況")]


def test_on_a_page_a_heading_that_names_a_topic_is_kept_and_one_that_tells_is_not() -> None:
    sentence = _boxed("「効果がある」と回答した企業は71.0%でした。", 300)
    topic = _page(595, 842, _boxed("研修の効果", 100, "heading"), sentence)
    assert _questions(topic, charts=(CHART,)) == [(71.0, "研修の効果")]
    news = _page(595, 842, _boxed("多くの企業が研修の効果を認めている", 100, "heading"), sentence)
    assert _questions(news, charts=(CHART,)) == [(71.0, "研修の実施状況")]


def test_a_slide_does_not_inherit_the_heading_of_the_one_before() -> None:
    first = _page(792, 612, _boxed("表紙の題", 40, "heading"), number=1)
    second = _page(792, 612, _boxed("「効果がある」と回答した企業は71.0%でした。", 300), number=2)
    reading = read_prose([PageReading(first), PageReading(second)], [first.paragraphs, second.paragraphs])
    assert [f.question for f in reading.findings] == [""]


@pytest.mark.parametrize(
    ("heading", "news"),
    [
        ("専任部署の有無", False),
        ("研修の実施状況", False),
        ("半数の企業が研修を実施している", True),
        ("在宅勤務は3割に", True),
        ("満足度が上昇へ", True),
    ],
)
def test_headings_that_tell(heading: str, news: bool) -> None:
    assert tells(heading) is news


def _summary(sentence: str, *shown: Finding) -> list[tuple[float, str]]:
    scene = _page(595, 842, _boxed("調査結果サマリー", 100, "heading"), _boxed(sentence, 140))
    return _questions(scene, shown=shown)


def test_a_summary_is_no_question_where_a_chart_knows_better() -> None:
    about = "約6割の企業が「定期的に実施」と回答しました。"
    assert _summary(about, SHOWN) == [(60.0, "研修の実施状況")]
    assert _summary(about) == [(60.0, "調査結果サマリー")]


def test_a_label_of_several_charts_decides_nothing() -> None:
    other = Finding("chart", 20.0, "percent", "定期的に実施", question="面談の実施状況", page=3, chart="c9")
    sentence = "「定期的に実施」は前回から3.0ポイント増え、62.5%でした。"
    assert _summary(sentence, SHOWN) == [(3.0, "研修の実施状況"), (62.5, "研修の実施状況")]
    assert _summary(sentence, SHOWN, other) == [(3.0, "調査結果サマリー"), (62.5, "研修の実施状況")]
