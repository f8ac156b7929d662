"""One Excel workbook: a sheet per table with a frozen header, filters and a Japanese help row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from chosa.emit.place import Placement
from chosa.observation import OBSERVATIONS
from chosa.schema import Table, values

# A sheet holds 2**20 rows, two of them ours; what does not fit is in the CSV, and the last row says so.
MAX_ROWS = 2**20 - 3
MAX_LINKS = 65_000  # a sheet holds 65 530 links; each id leads to its row in review.html
MAX_TEXT = 32_767  # characters an Excel cell can hold
HEADER_ROWS = 2
# A fixed date of creation, so that the same input gives the same bytes.
CREATED = datetime(2000, 1, 1)
# Text stays text, whatever it looks like; rows go to disk as they are written.
PLAIN_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDE = {"question": 40, "item": 32, "snippet": 60, "segment": 18, "file": 40, "message": 60, "title": 50}
_NARROW = 12  # characters


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
            {"italic": True, "font_color": "#555555", "text_wrap": True, "valign": "top"}
        )
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, _WIDE.get(column.name, _NARROW))
        for number, column in enumerate(table.columns):
            sheet.write_string(0, number, column.ja or column.meaning, small)
        for number, column in enumerate(table.columns):
            sheet.write_string(1, number, column.name, bold)
        sheet.freeze_panes(HEADER_ROWS, 1)
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
                sheet.write_url(
                    number, 0, f"external:review.html#{row.observation_id}", string=row.observation_id
                )
            self._next[table.name] = number + 1
            if number == MAX_ROWS:
                sheet.write_string(number + 1, 0, f"more rows than a sheet holds: see {table.name}.csv")

    def close(self) -> None:
        for name, sheet in self._sheets.items():
            columns = len(self._tables[name].columns)
            sheet.autofilter(HEADER_ROWS - 1, 0, max(HEADER_ROWS, self._next[name] - 1), columns - 1)
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
