"""Rows for tests: a small document whose text tries everything that could break a table."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from chosa.observation import Observation
from chosa.rows import DocumentRows
from chosa.tables import ChartRow, DocumentRow, LabelRow, NoteRow, PageRow, ReadingRow

NASTY = (
    '=HYPERLINK("http://example.com")',
    "+1",
    "-α",
    "@SUM(A1)",
    "a,b",
    'say "yes"',
    "</script><script>alert(1)</script>",
    "'=already",
    "全角　スペース",
    "𠮷野家 🍣",
    "",
)


def observation(id: str = "o1", **changes: Any) -> Observation:
    """A plain row: 47.6 % of everyone say チャット."""
    plain = Observation(
        observation_id=id,
        edition_of_report="this",
        fact_id=id,
        document_id="doc1",
        page=1,
        source="chart",
        question="利用しているツール",
        item="チャット",
        value=47.6,
        unit="percent",
        qualifier="exact",
        base_n=412,
        base_n_source="printed",
        status="review",
        confidence=0.9,
        witnesses="label+geometry",
        x0=10.0,
        y0=20.0,
        x1=30.5,
        y1=40.25,
        snippet="47.6%",
    )
    return replace(plain, **changes)


def document(*observations: Observation, **changes: Any) -> DocumentRows:
    """A document with these rows, each with one reading."""
    row = DocumentRow(
        document_id="doc1", file="a.pdf", sha256="ab" * 32, bytes=10, pages=1, title="見本調査", status="ok"
    )
    return DocumentRows(
        document=replace(row, **changes),
        observations=observations,
        pages=(
            PageRow(
                "doc1",
                1,
                text_source="text",
                legibility=1.0,
                unit="pt",
                width=595.0,
                height=842.0,
                status="ok",
            ),
        ),
        charts=(ChartRow("doc1-p1-c1", "doc1", 1, type="bar", origin="vector"),),
        readings=tuple(
            ReadingRow(o.observation_id, 1, "label", "text", o.value, o.snippet) for o in observations
        ),
        labels=(LabelRow("item", "チャット", "chat", 100.0, occurrences=1, decided_by="exact"),),
        notes=(NoteRow("witness-disputed", "warning", "doc1", 1, message="x", remedy="y"),),
    )


def nasty_document() -> DocumentRows:
    """A row for each nasty text, in every text column that comes from a document."""
    return document(
        *(
            observation(
                f"o{n}", item=text, segment=text, question=text, snippet=text, value=-1.5 if n % 2 else 3.0
            )
            for n, text in enumerate(NASTY)
        )
    )
