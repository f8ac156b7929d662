"""One Excel workbook: a sheet per table with a frozen header, filters and a Japanese help row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from chosa.emit.place import Placement
from chosa.observation import OBSERVATIONS, Observation
from chosa.schema import Table, names, values

# A sheet holds 2**20 rows, two of them ours; what does not fit is in the CSV, and the last row says so.
MAX_ROWS = 2**20 - 3
MAX_LINKS = 65_000  # a sheet holds 65 530 links; each value leads to its row in review.html
MAX_TEXT = 32_767  # characters an Excel cell can hold
HEADER_ROWS = 2
A4 = 9  # Excel's number of this paper
# A fixed date of creation, so that the same input gives the same bytes.
CREATED = datetime(2000, 1, 1)
# Text stays text, whatever it looks like; rows go to disk as they are written.
PLAIN_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# Widths in characters; a Japanese one counts two.
_WIDE = {
    "question": 44, "item": 32, "snippet": 60, "segment": 20, "file": 40, "message": 70, "title": 50,
    "citation": 60, "witnesses": 30, "observation_id": 18, "fact_id": 18, "document_id": 14, "chart_id": 20,
    "sha256": 16, "publisher": 28, "survey_name": 32, "population": 36, "url": 36, "error": 60, "remedy": 60,
    "why": 60, "text": 24, "label": 40, "id": 26, "item_id": 24, "segment_id": 24, "question_id": 24,
    "item_runner_up": 24, "runner_up": 26, "series": 40, "categories": 60, "bases": 40, "code": 20,
    "legibility_reason": 40, "edition_of_report": 18, "base_n_source": 15, "question_type": 15,
}  # fmt: skip
_NARROW = 12
# Columns for programs, folded away under a plus sign.
_FOLDED = {"fact_id", "item_score", "item_runner_up", "scale", "x0", "y0", "x1", "y1", "sha256", "slack"}
HELP_HEIGHT = 44  # points: three lines of help
# What a person looks for first; rejected rows do not count.
_STATUS_COLORS = {"review": "#FCE5CD", "corrected": "#CFE2F3", "rejected": "#D9D9D9", "error": "#F4CCCC"}

_VALUE = names(Observation).index("value")


def workbook(placement: Placement, name: str) -> xlsxwriter.Workbook:
    """A new workbook; until it is closed its rows are files beside it, not in the system's temporary folder,
    which may be small or in memory."""
    return xlsxwriter.Workbook(str(placement.path(name)), {**PLAIN_TEXT, "tmpdir": str(placement.scratch())})


def close_workbook(book: xlsxwriter.Workbook) -> None:
    """Write the file. Raises OSError, which the library wraps in an error of its own."""
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


class ExcelSink:
    """chosa.xlsx; text is written as text, so nothing a document says can become a formula or a link."""

    def __init__(self, placement: Placement, tables: Sequence[Table]) -> None:
        self._book = workbook(placement, "chosa.xlsx")
        self._book.set_properties({"title": "chosa", "created": CREATED})
        self._linked = self._book.add_format({"font_color": "#0563C1", "underline": 1})
        self._next: dict[str, int] = {}
        self._sheets: dict[str, Worksheet] = {}
        self._tables = {table.name: table for table in tables}
        for table in tables:
            self._sheets[table.name] = self._sheet(table)
            self._next[table.name] = HEADER_ROWS

    def _sheet(self, table: Table) -> Worksheet:
        sheet = self._book.add_worksheet(table.name)
        bold = self._book.add_format({"bold": True, "bg_color": "#DDE6F0"})
        small = self._book.add_format(
            {"italic": True, "font_size": 9, "font_color": "#555555", "text_wrap": True, "valign": "top"}
        )
        for number, column in enumerate(table.columns):
            folded = {"level": 1, "hidden": True} if column.name in _FOLDED else {}
            sheet.set_column(number, number, _WIDE.get(column.name, _NARROW), None, folded)
        sheet.set_row(0, HELP_HEIGHT)
        for number, column in enumerate(table.columns):
            sheet.write_string(0, number, column.ja or column.meaning, small)
        for number, column in enumerate(table.columns):
            sheet.write_string(1, number, column.name, bold)
        sheet.freeze_panes(HEADER_ROWS, 1)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.repeat_rows(0, HEADER_ROWS - 1)
        return sheet

    def write(self, table: Table, rows: Sequence[Any]) -> None:
        sheet = self._sheets[table.name]
        for row in rows:
            number = self._next[table.name]
            if number > MAX_ROWS:
                return
            for place, value in enumerate(values(row)):
                _write_cell(sheet, number, place, value)
            if table is OBSERVATIONS and number <= MAX_LINKS:
                self._link(sheet, number, row)
            self._next[table.name] = number + 1
            if number == MAX_ROWS:
                sheet.write_string(number + 1, 0, f"more rows than a sheet holds: see {table.name}.csv")

    def _link(self, sheet: Worksheet, number: int, row: Observation) -> None:
        """The value leads to the row beside its page; it stays a number."""
        sheet.write_url(number, _VALUE, f"external:review.html#{row.observation_id}", self._linked)
        sheet.write_number(number, _VALUE, row.value, self._linked)

    def _color_status(self, sheet: Worksheet, table: Table, last: int) -> None:
        for place, column in enumerate(table.columns):
            for status, color in _STATUS_COLORS.items() if column.name == "status" else ():
                look = {"type": "cell", "criteria": "==", "value": f'"{status}"'}
                look["format"] = self._book.add_format({"bg_color": color})
                sheet.conditional_format(HEADER_ROWS, place, last, place, look)

    def close(self) -> None:
        for name, sheet in self._sheets.items():
            last = max(HEADER_ROWS, self._next[name] - 1)
            sheet.autofilter(HEADER_ROWS - 1, 0, last, len(self._tables[name].columns) - 1)
            self._color_status(sheet, self._tables[name], last)
        close_workbook(self._book)

    def abandon(self) -> None:
        """Its rows are in the scratch folder, which goes with the placement."""


def _write_cell(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value[:MAX_TEXT])
    else:
        sheet.write_number(row, column, value)
