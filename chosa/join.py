"""A document as read, joined with the matches of its labels, becomes rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from chosa.clean import clean
from chosa.failed_page import FailedPage
from chosa.inputs import Document
from chosa.labels import GARBLED_BELOW, Labelled, label_rows, match_labels
from chosa.notes import ALL_CODES
from chosa.observation import Observation
from chosa.rows import DocumentRows
from chosa.tables import ChartRow, DocumentRow, NoteRow, PageRow, ReadingRow
from extract.finding import Chart, Finding, PageReading, Reading, SurveyFacts
from extract.notes import Note
from extract.scene import Box
from extract.weigh.verdict import names_settled

if TYPE_CHECKING:  # loading the readers takes a second, and only workers call them
    from extract.document import DocumentReading
    from normalize.match import Match, Matcher

ID_BYTES = 8  # of an observation id: among ten million rows two share one with p = 0.000003
ONE_BOX = 0.5  # points; boxes that differ by less give the same observation id
Corners = tuple[float | None, float | None, float | None, float | None]


def document_rows(
    document: Document, reading: DocumentReading, failed: Sequence[FailedPage], matcher: Matcher
) -> DocumentRows:
    """All rows of a document that could be opened."""
    garbled = _garbled(reading)
    labelled = match_labels(
        reading.findings, [garbled.get((f.page, f.image), False) for f in reading.findings], matcher
    )
    facts = reading.facts
    ids = _observation_ids(document, reading.findings)
    observations = tuple(
        _observation(document, facts, finding, labels, id)
        for finding, labels, id in zip(reading.findings, labelled, ids, strict=True)
    )
    labels = label_rows(labelled)
    per_chart = Counter(o.chart_id for o in observations)
    return DocumentRows(
        document=document_row(document, reading, failed),
        observations=observations,
        pages=_page_rows(document, reading, failed),
        charts=tuple(
            _chart_row(document, chart, per_chart) for page in reading.pages for chart in page.charts
        ),
        readings=tuple(
            _reading_row(id, n, r)
            for id, finding in zip(ids, reading.findings, strict=True)
            for n, r in enumerate(finding.readings, 1)
        ),
        labels=labels,
        notes=(
            *(note_row(document.id, note) for note in reading.notes),
            *(note_row(document.id, Note("page-failed", f.message, f.page, f.image)) for f in failed),
            *(
                note_row(
                    document.id,
                    Note("label-unmatched", f"{row.kind} {row.label!r}: {row.why or 'no id fits'}"),
                )
                for row in labels
                if not row.id
            ),
        ),
    )


def _garbled(reading: DocumentReading) -> dict[tuple[int | None, str | None], bool]:
    """Places whose words come from a text layer that is hardly legible."""
    return {
        (p.scene.page, p.scene.image): p.scene.text_source == "text" and p.scene.legibility < GARBLED_BELOW
        for p in reading.pages
    }


def document_row(document: Document, reading: DocumentReading, failed: Sequence[FailedPage]) -> DocumentRow:
    """The row of a document that could be opened."""
    facts = reading.facts
    status: Literal["ok", "partial", "empty", "error"] = "ok" if reading.findings else "empty"
    error = ""
    if failed:
        status = "partial" if reading.pages else "error"
        error = _failures(failed)
    return DocumentRow(
        document_id=document.id,
        file=clean(document.given),
        sha256=document.sha256,
        bytes=document.size,
        pages=reading.origin.pages,
        title=clean(facts.title),
        publisher=clean(facts.publisher),
        survey_name=clean(facts.survey_name),
        edition=clean(facts.edition),
        year=clean(facts.year),
        fieldwork_start=clean(facts.fieldwork_start),
        fieldwork_end=clean(facts.fieldwork_end),
        method=clean(facts.method),
        region=clean(facts.region),
        population=clean(facts.population),
        sample_size=facts.sample_size,
        release_date=clean(facts.release_date),
        url=clean(facts.url),
        weighted=clean(facts.weighted),
        status=status,
        error=error,
    )


def _failures(failed: Sequence[FailedPage]) -> str:
    places = ", ".join(str(f.page or f.image or "text") for f in failed[:10])
    more = f" and {len(failed) - 10} more" if len(failed) > 10 else ""
    return clean(f"not read: page {places}{more}. {failed[0].message}")


def failed_rows(document: Document, message: str, code: str = "file-failed") -> DocumentRows:
    """The rows of a document that could not be opened at all."""
    row = DocumentRow(
        document_id=document.id,
        file=clean(document.given),
        sha256=document.sha256,
        bytes=document.size,
        status="error",
        error=clean(message),
    )
    return DocumentRows(row, notes=(note_row(document.id, Note(code, message)),))


def twin_rows(document: Document) -> DocumentRows:
    """The row of an input whose bytes were given before."""
    row = DocumentRow(
        document_id=document.id,
        file=clean(document.given),
        sha256=document.sha256,
        bytes=document.size,
        same_report_as=document.twin,
        status="ok",
    )
    return DocumentRows(
        row, notes=(run_note("file-duplicate", f"{document.given}: as {document.twin}", document.id),)
    )


def run_note(code: str, message: str, document_id: str = "") -> NoteRow:
    """A note of the run itself."""
    kind = ALL_CODES[code]
    return NoteRow(
        code=code, severity=kind.severity, document_id=document_id, message=clean(message), remedy=kind.remedy
    )


def note_row(document_id: str, note: Note) -> NoteRow:
    """A note of the extract stage as a row."""
    kind = ALL_CODES[note.code]
    x0, y0, x1, y1 = note.box or (None, None, None, None)
    return NoteRow(
        code=note.code,
        severity=kind.severity,
        document_id=document_id,
        page=note.page,
        image=clean(note.image or ""),
        x0=_rounded(x0),
        y0=_rounded(y0),
        x1=_rounded(x1),
        y1=_rounded(y1),
        message=clean(note.message),
        remedy=kind.remedy,
    )


def _observation(
    document: Document, facts: SurveyFacts, finding: Finding, labels: Labelled, id: str
) -> Observation:
    """The join of one finding with its matches."""
    if all(match is None or is_known(match) for match in (labels.item, labels.segment)):
        finding = names_settled(finding)
    x0, y0, x1, y1 = corners(finding.box)
    item = labels.item
    return Observation(
        observation_id=id,
        edition_of_report=finding.edition,
        fact_id=_fact_id(document, finding, id),
        document_id=document.id,
        page=finding.page,
        image=clean(finding.image or ""),
        source=finding.source,
        question=clean(finding.question),
        question_id=_id(labels.question),
        question_type=finding.question_type,
        segment=clean(finding.segment),
        segment_id=_id(labels.segment),
        item=clean(finding.item),
        item_alt=clean(finding.item_alt),
        item_id=_id(item),
        item_score=round(item.score, 1) if item and item.id else None,
        item_runner_up=f"{item.runner_up.id}:{item.runner_up.score:.1f}" if item and item.runner_up else "",
        value=finding.value,
        unit=finding.unit,
        scale=finding.scale,
        qualifier=finding.qualifier,
        base_n=finding.base_n,
        base_n_source=finding.base_n_source,
        status=finding.status,
        confidence=round(finding.confidence, 4),
        witnesses=clean(finding.witnesses),
        chart_id=chart_id(document, finding.page, finding.image, finding.chart) if finding.chart else "",
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        snippet=clean(finding.snippet),
        citation=clean(_citation(facts, finding)),
    )


def is_known(match: Match) -> bool:
    """Whether the label is, to the letter, a wording of the taxonomy: no misread letter made it up."""
    return match.score == 100 and match.decided_by in ("exact", "alias")


def _id(match: Match | None) -> str:
    return match.id or "" if match else ""


def _fact_id(document: Document, finding: Finding, id: str) -> str:
    """A fact that was seen once is known by its only sighting."""
    return _short(document.sha256, "fact", finding.fact) if finding.fact else id


def _citation(facts: SurveyFacts, finding: Finding) -> str:
    """「publisher『title』（year）p.3」, leaving out what the document does not say."""
    title = facts.title or facts.survey_name
    page = f" p.{finding.page}" if finding.page else ""
    year = f"（{facts.year}）" if facts.year else ""
    return f"{facts.publisher}{f'『{title}』' if title else ''}{year}{page}"


def _observation_ids(document: Document, findings: Sequence[Finding]) -> list[str]:
    """Ids from where a number stands and what it is of; its value stays out, so that a better reading
    of the same number keeps the id. The nth of several that agree in all of this is told apart by n."""
    seen: Counter[str] = Counter()
    ids = []
    for f in findings:
        where = (
            tuple(round(c / ONE_BOX) for c in (f.box.x0, f.box.y0, f.box.x1, f.box.y1))
            if f.box
            else f.snippet
        )
        base = _short(
            document.sha256,
            f.page,
            f.image,
            f.source,
            where,
            f.question,
            f.segment,
            f.item,
            f.unit,
            f.qualifier,
        )
        seen[base] += 1
        ids.append(base if seen[base] == 1 else _short(base, seen[base]))
    return ids


def _short(*parts: object) -> str:
    text = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=ID_BYTES).hexdigest()


def chart_id(document: Document, page: int | None, image: str | None, key: str) -> str:
    """Document, place and number of a chart; a picture of a web page by a hash of its name."""
    place = f"p{page}" if page is not None else "text" if not image else f"i{_short(image)[:6]}"
    return f"{document.id}-{place}-{key}"


def _chart_row(document: Document, chart: Chart, counts: Counter[str]) -> ChartRow:
    x0, y0, x1, y1 = corners(chart.box)
    id = chart_id(document, chart.page, chart.image, chart.key)
    low, high = chart.axis_range or (None, None)
    return ChartRow(
        chart_id=id,
        document_id=document.id,
        page=chart.page,
        image=clean(chart.image or ""),
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        type=chart.type,
        title=clean(chart.title),
        series=" | ".join(map(clean, chart.series)),
        categories=" | ".join(map(clean, chart.categories)),
        origin=chart.origin,
        axis_min=low,
        axis_max=high,
        bases=" | ".join(f"{clean(label)}={n}" for label, n in chart.bases),
        observations=counts[id],
    )


def _reading_row(observation_id: str, number: int, reading: Reading) -> ReadingRow:
    x0, y0, x1, y1 = corners(reading.box)
    return ReadingRow(
        observation_id=observation_id,
        number=number,
        method=reading.method,
        engine=clean(reading.engine),
        value=None if reading.value is None else round(reading.value, 6),
        text=clean(reading.text),
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        confidence=round(reading.confidence, 4),
        slack=round(reading.slack, 4),
        why=clean(reading.why),
    )


def _page_rows(
    document: Document, reading: DocumentReading, failed: Sequence[FailedPage]
) -> tuple[PageRow, ...]:
    """Pages in order, those that failed among them."""
    counts = Counter((f.page, f.image) for f in reading.findings)
    tables = {(f.page, f.image, f.chart or f.question) for f in reading.findings if f.source == "table"}
    rows = [_page_row(document, page, counts, tables) for page in reading.pages]
    rows += [
        PageRow(
            document.id,
            f.page,
            clean(f.image or ""),
            text_source="none",
            status="error",
            error=clean(f.message),
        )
        for f in failed
    ]
    return tuple(sorted(rows, key=lambda row: (row.page or 0, row.image)))


def _page_row(
    document: Document,
    page: PageReading,
    counts: Counter[tuple[int | None, str | None]],
    tables: set[tuple[int | None, str | None, str]],
) -> PageRow:
    scene = page.scene
    place = (scene.page, scene.image)
    return PageRow(
        document_id=document.id,
        page=scene.page,
        image=clean(scene.image or ""),
        text_source=scene.text_source,
        legibility=round(scene.legibility, 4),
        legibility_reason=clean(scene.legibility_reason),
        charts=len(page.charts),
        tables=sum(table[:2] == place for table in tables),
        observations=counts[place],
        words=len(scene.words),
        width=_rounded(scene.width),
        height=_rounded(scene.height),
        unit=scene.unit,
        status="ok",
    )


def corners(box: Box | None) -> Corners:
    """A box as four cells, to a hundredth of its unit."""
    return (_rounded(box.x0), _rounded(box.y0), _rounded(box.x1), _rounded(box.y1)) if box else (None,) * 4


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2) + 0.0
