"""Rows that hold no numbers of their own: a title inside the table, headings over the rows below them."""

from __future__ import annotations

from collections.abc import Sequence

from extract.tables.matrix import Entry, Matrix


def lone_entry(matrix: Matrix, row: int) -> Entry | None:
    """The only cell of the row with something in it; None where there are several or none."""
    filled = {e.origin: e for e in matrix.rows[row] if e is not None and e.text.strip()}
    return next(iter(filled.values())) if len(filled) == 1 else None


def title_rows(matrix: Matrix) -> list[int]:
    """Leading rows of one cell over all columns: the title stands inside the frame."""
    rows = []
    for at in range(len(matrix.rows) - 1):
        lone = lone_entry(matrix, at)
        if lone is None or any(e is not lone for e in matrix.rows[at]) or matrix.width < 2:
            break
        if lone.origin[0] != at or any(e is lone for e in matrix.rows[at + 1]):
            break
        rows.append(at)
    return rows


def section_rows(matrix: Matrix, body: Sequence[int]) -> list[int]:
    """Rows of the body with words in their first cell alone (性別 over 男性 and 女性), others below them."""
    return [r for r in body if is_section(matrix, r) and any(b > r for b in body)]


def is_section(matrix: Matrix, row: int) -> bool:
    lone = lone_entry(matrix, row)
    if lone is None or matrix.width < 2 or not any(char.isalpha() for char in lone.text):
        return False
    first = next((e for e in matrix.rows[row] if e is not None), None)
    return first is lone and lone.origin[0] == row and not spans_down(matrix, lone, row)


def spans_down(matrix: Matrix, entry: Entry, row: int) -> bool:
    return row + 1 < len(matrix.rows) and any(e is entry for e in matrix.rows[row + 1])


def section_over(matrix: Matrix, sections: Sequence[int], row: int) -> Entry | None:
    """The heading that the row stands under."""
    above = [r for r in sections if r < row]
    return lone_entry(matrix, above[-1]) if above else None
