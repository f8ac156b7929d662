"""Record: everything one document contributes to the tables; stored, so that a re-run only emits."""

from __future__ import annotations

from dataclasses import dataclass

from chosa.observation import Observation
from chosa.tables import ChartRow, DocumentRow, LabelRow, NoteRow, PageRow, ReadingRow


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """The rows of one document, in the order in which they are written."""

    document: DocumentRow
    observations: tuple[Observation, ...] = ()
    pages: tuple[PageRow, ...] = ()
    charts: tuple[ChartRow, ...] = ()
    readings: tuple[ReadingRow, ...] = ()
    labels: tuple[LabelRow, ...] = ()
    notes: tuple[NoteRow, ...] = ()
