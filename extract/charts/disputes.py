"""Columns and a line in one plot read as two charts: each printed value belongs to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.charts.draft import Cell, ChartDraft


def settle(drafts: Sequence[ChartDraft]) -> list[ChartDraft]:
    """Drafts in which no word is the value of two charts: the one whose geometry agrees better keeps it."""
    claims: dict[int, list[tuple[float, int]]] = {}
    for d, draft in enumerate(drafts):
        for cell in draft.cells:
            if cell.label is not None:
                claims.setdefault(cell.label.word, []).append((_misfit(cell), d))
    owner = {word: min(found)[1] for word, found in claims.items() if len({d for _, d in found}) > 1}
    at_marks = {_says(draft, c) for draft in drafts for c in draft.cells if c.label and c.mark is not None}
    settled = []
    for d, draft in enumerate(drafts):
        own = [c for c in draft.cells if c.label is None or owner.get(c.label.word, d) == d]
        # A note that repeats what is printed at the point itself is one label printed twice.
        kept = [c for c in own if c.label is None or c.mark is not None or _says(draft, c) not in at_marks]
        settled.append(replace(draft, cells=tuple(kept)))
    return settled


def _says(draft: ChartDraft, cell: Cell) -> tuple[str, str, float | None]:
    series = draft.series[cell.series].text if cell.series is not None and draft.series else ""
    category = draft.categories[cell.category].text if cell.category is not None and draft.categories else ""
    return series, category, cell.label.value if cell.label else None


def _misfit(cell: Cell) -> float:
    """How far the drawn value is from the printed one, as a share of it; infinite without geometry."""
    if cell.measure is None or cell.label is None:
        return float("inf")
    return abs(cell.measure.value - cell.label.value) / max(abs(cell.label.value), 1e-9)
