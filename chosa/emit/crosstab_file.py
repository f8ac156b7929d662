"""crosstabs.xlsx: for people, each question of a document as items by groups, a sheet per document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from chosa.emit.excel_file import A4, CREATED, close_workbook, workbook
from chosa.emit.place import Placement
from chosa.observation import EVERYONE, OBSERVATIONS, RANK, Observation
from chosa.schema import Table

_ITEM_WIDTH, _GROUP_WIDTH = 40, 18  # characters
_HEAD_HEIGHT = 30  # points: two lines, a group's name and its n
MAX_SHEETS = 250  # more tabs than this nobody turns; all rows are in observations.csv

Block = tuple[str, str]  # question, unit


def crosstabs(rows: Iterable[Observation]) -> dict[Block, dict[str, dict[str, Observation]]]:
    """question and unit -> item -> group -> the best sighting; all in the order of their first row.
    Rejected rows and rows without a question or an item have no place in a table."""
    tables: dict[Block, dict[str, dict[str, Observation]]] = {}
    for o in rows:
        if o.status == "rejected" or not o.question or not o.item:
            continue
        cells = tables.setdefault((o.question, o.unit), {}).setdefault(o.item, {})
        group = o.segment or EVERYONE
        if group not in cells or _better(o, cells[group]):
            cells[group] = o
    return tables


def _better(new: Observation, old: Observation) -> bool:
    return (RANK[new.status], -new.confidence) < (RANK[old.status], -old.confidence)


class CrosstabSink:
    """Takes the observations, one document per call; numbers still for review are grey."""

    def __init__(self, placement: Placement, tables: Sequence[Table]) -> None:
        self._book = workbook(placement, "crosstabs.xlsx")
        self._book.set_properties({"title": "chosa", "created": CREATED})
        self._bold = self._book.add_format({"bold": True})
        self._head = self._book.add_format({"bold": True, "bg_color": "#DDE6F0"})
        self._group = self._book.add_format(
            {"bold": True, "bg_color": "#DDE6F0", "text_wrap": True, "align": "right", "valign": "bottom"}
        )
        self._doubt = self._book.add_format({"font_color": "#999999", "italic": True})
        self._title = self._book.add_format({"bold": True, "font_size": 14})
        self._sheets = 0

    def write(self, table: Table, rows: Sequence[Any]) -> None:
        tables = crosstabs(rows) if table is OBSERVATIONS else {}
        if not tables or self._sheets >= MAX_SHEETS:
            return
        self._sheets += 1
        sheet = self._book.add_worksheet(rows[0].document_id)
        sheet.set_column(0, 0, _ITEM_WIDTH)
        sheet.set_column(1, 60, _GROUP_WIDTH)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.freeze_panes(0, 1)
        sheet.set_paper(A4)
        sheet.write_string(0, 0, _report(rows[0]), self._title)
        line = 2
        for block, items in tables.items():
            line = self._write_block(sheet, line, block, items) + 1

    def _write_block(
        self, sheet: Worksheet, line: int, block: Block, items: dict[str, dict[str, Observation]]
    ) -> int:
        """One question from this line on; the line after it."""
        groups = list(dict.fromkeys(group for cells in items.values() for group in cells))
        sheet.write_string(line, 0, block[0], self._bold)
        sheet.set_row(line + 1, _HEAD_HEIGHT)
        sheet.write_string(line + 1, 0, block[1], self._head)
        for column, group in enumerate(groups, 1):
            sheet.write_string(line + 1, column, _with_base(group, items), self._group)
        for row, (item, cells) in enumerate(items.items(), line + 2):
            sheet.write_string(row, 0, item)
            for group, o in cells.items():
                doubt = self._doubt if o.status == "review" else None
                sheet.write_number(row, 1 + groups.index(group), o.value, doubt)
        return line + 2 + len(items)

    def close(self) -> None:
        if not self._sheets:
            self._book.add_worksheet("empty")
        close_workbook(self._book)

    def abandon(self) -> None:
        """Its rows are in the scratch folder, which goes with the placement."""


def _report(o: Observation) -> str:
    """The report as it is cited, without the page."""
    return o.citation.removesuffix(f" p.{o.page}") or o.document_id


def _with_base(group: str, items: dict[str, dict[str, Observation]]) -> str:
    """The group's heading, with its sample size where all its cells agree on one."""
    bases = {cells[group].base_n for cells in items.values() if group in cells}
    base = bases.pop() if len(bases) == 1 else None
    return f"{group} (n={base})" if base else group
