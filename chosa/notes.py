"""Codes of doubt that are about a run rather than about a document; see ``extract.notes``."""

from __future__ import annotations

from extract.notes import CODES as DOCUMENT_CODES
from extract.notes import Code

RUN_CODES: dict[str, Code] = {
    "file-duplicate": Code("info", "the same bytes were given twice", "nothing: it was read once"),
    "same-report": Code(
        "info", "two documents are the same report in two forms", "count its facts once; see same_report_as"
    ),
    "correction-stale": Code(
        "warning",
        "a correction fits no row of this run, or the row reads otherwise now",
        "look for the number in its document and decide again, or delete the line from corrections.csv",
    ),
    "correction-contradicted": Code(
        "warning", "two people decided differently about one number", "the later decision counts; settle it"
    ),
}

ALL_CODES: dict[str, Code] = DOCUMENT_CODES | RUN_CODES
