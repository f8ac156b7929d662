"""A document as read becomes rows: ids that last, labels matched in their company, doubts kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from chosa.failed_page import FailedPage
from chosa.inputs import Document
from chosa.join import document_rows, failed_rows
from chosa.rows import DocumentRows
from extract.document import DocumentReading
from extract.finding import Chart, Finding, PageReading, Reading, SurveyFacts
from extract.notes import Note
from extract.scene import Box, Scene
from extract.sources.origin import Origin
from normalize.match import Candidate, LabelKind, Match, Matcher

BOX = Box(10, 20, 30, 40)
PLAIN = Finding(
    "chart", 47.6, "percent", "チャット", question="利用ツール", page=1, box=BOX, chart="c1",
    readings=(Reading("label", "text", 47.6, "47.6%", BOX), Reading("geometry", "marks", 47.41234567)),
)  # fmt: skip
DOCUMENT = Document("doc1", Path("a.pdf"), "in/a.pdf", "ab" * 32, "ab" * 32, 10)


class Overhearing(Matcher):
    """Gives every label its own text as id, and remembers what was asked together."""

    def __init__(self) -> None:
        self.heard: list[tuple[tuple[str, ...], LabelKind, str, bool]] = []

    def match(
        self,
        labels: Sequence[str],
        kind: LabelKind,
        question: str = "",
        garbled: bool = False,
        dimension: str | None = None,
    ) -> list[Match]:
        self.heard.append((tuple(labels), kind, question, garbled))
        return [
            Match(
                label,
                kind,
                None if "?" in label else f"id:{label}",
                91.26,
                "fuzzy",
                Candidate("other", 80.0),
                "too close",
            )
            for label in labels
        ]


def reading(*findings: Finding, scene: Scene | None = None, notes: tuple[Note, ...] = ()) -> DocumentReading:
    page = PageReading(
        scene or Scene(595, 842, page=1, text_source="text"),
        charts=(
            Chart("c1", Box(0, 0, 100, 100), "bar", "利用ツール", ("SaaS",), ("チャット",), "vector", page=1),
        ),
    )
    return DocumentReading(
        Origin("a.pdf", "pdf", 1),
        SurveyFacts(title="見本調査", publisher="見本社", year="2026"),
        (page,),
        findings,
        notes,
    )


def rows(
    *findings: Finding, matcher: Matcher | None = None, failed: Sequence[FailedPage] = ()
) -> DocumentRows:
    return document_rows(DOCUMENT, reading(*findings), failed, matcher or Overhearing())


def ids(*findings: Finding) -> list[str]:
    return [o.observation_id for o in rows(*findings).observations]


def test_a_finding_and_its_matches_become_a_row() -> None:
    (row,) = rows(PLAIN).observations
    assert (row.value, row.item, row.item_id, row.item_score, row.item_runner_up) == (
        47.6, "チャット", "id:チャット", 91.3, "other:80.0",
    )  # fmt: skip
    assert (row.question_id, row.segment_id) == ("id:利用ツール", "")
    assert (row.x0, row.y0, row.x1, row.y1) == (10, 20, 30, 40)
    assert row.chart_id == "doc1-p1-c1"
    assert row.citation == "見本社『見本調査』（2026） p.1"


def test_every_witness_is_a_row_in_order() -> None:
    found = rows(PLAIN).readings
    assert [(r.number, r.method, r.value) for r in found] == [(1, "label", 47.6), (2, "geometry", 47.412346)]


def test_a_chart_counts_its_observations() -> None:
    (chart,) = rows(PLAIN, replace(PLAIN, item="電話"), replace(PLAIN, chart="", source="prose")).charts
    assert chart.observations == 2


def test_an_id_does_not_depend_on_the_value_or_on_other_rows() -> None:
    alone = ids(PLAIN)
    assert ids(replace(PLAIN, value=41.6)) == alone
    assert ids(replace(PLAIN, item="電話"), PLAIN)[1:] == alone


def test_an_id_tells_apart_what_differs() -> None:
    variants = [
        PLAIN,
        replace(PLAIN, segment="SaaS"),
        replace(PLAIN, question="別の設問"),
        replace(PLAIN, unit="count"),
        replace(PLAIN, page=2),
        replace(PLAIN, box=Box(10, 60, 30, 80)),
        replace(PLAIN, source="prose", box=None, snippet="一"),
        replace(PLAIN, source="prose", box=None, snippet="二"),
        PLAIN,
    ]
    assert len(set(ids(*variants))) == len(variants)


def test_sightings_share_a_fact_and_a_lone_row_is_its_own() -> None:
    a, b, c = rows(
        replace(PLAIN, fact="1"), replace(PLAIN, item="x", fact="1"), replace(PLAIN, item="y")
    ).observations
    assert a.fact_id == b.fact_id
    assert c.fact_id == c.observation_id


def test_labels_of_a_chart_are_matched_together_those_of_prose_alone() -> None:
    matcher = Overhearing()
    prose = replace(PLAIN, source="prose", chart="")
    rows(
        PLAIN,
        replace(PLAIN, item="電話"),
        replace(prose, item="メール"),
        replace(prose, item="メルマガ"),
        matcher=matcher,
    )
    asked = [(labels, question) for labels, kind, question, _ in matcher.heard if kind == "item"]
    assert asked == [
        (("チャット", "電話"), "利用ツール"),
        (("メール",), "利用ツール"),
        (("メルマガ",), "利用ツール"),
    ]


def test_the_matcher_is_told_that_a_text_layer_is_hardly_legible() -> None:
    matcher = Overhearing()
    scene = Scene(595, 842, page=1, text_source="text", legibility=0.2)
    document_rows(DOCUMENT, reading(PLAIN, scene=scene), (), matcher)
    assert all(garbled for *_, garbled in matcher.heard)


def test_a_label_that_was_refused_is_a_note_and_counted() -> None:
    found = rows(replace(PLAIN, item="何?"), replace(PLAIN, item="何?", segment="SaaS"))
    assert [(n.code, n.message) for n in found.notes] == [("label-unmatched", "item '何?': too close")]
    assert [(r.id, r.occurrences, r.why) for r in found.labels if r.kind == "item"] == [("", 2, "too close")]


def test_a_page_that_failed_is_a_row_and_makes_the_document_partial() -> None:
    found = rows(PLAIN, failed=[FailedPage(2, None, "page 2: damaged; open it in a viewer")])
    assert (found.document.status, found.document.error) == (
        "partial", "not read: page 2. page 2: damaged; open it in a viewer",
    )  # fmt: skip
    assert [(p.page, p.status) for p in found.pages] == [(1, "ok"), (2, "error")]
    assert [n.code for n in found.notes] == ["page-failed"]


def test_a_document_in_which_nothing_was_found_is_empty_not_an_error() -> None:
    assert rows().document.status == "empty"


def test_a_document_that_failed_is_one_row_and_one_note() -> None:
    found = failed_rows(DOCUMENT, "a.pdf: encrypted; give its password")
    assert (found.document.status, found.document.error) == ("error", "a.pdf: encrypted; give its password")
    assert [(n.code, n.severity) for n in found.notes] == [("file-failed", "error")]
