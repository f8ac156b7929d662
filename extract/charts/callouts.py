"""Notes inside a chart over time that state a series' value at one period.

`2020年` over `最低の婚姻件数：525,507組`: the line names the series and the value, the line above it the
period. They are often the only printed values of a chart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from extract.charts.draft import Cell, ChartDraft, Name
from extract.charts.namedvalues import split_named
from extract.charts.wave import is_period
from extract.scene import Scene, Word

LINES_ABOVE = 3.5  # line heights from a value's line up to its period
ALIGNED = 1.0  # em: the lines of a note begin this near to one another


def with_callouts(draft: ChartDraft, taken: frozenset[int]) -> ChartDraft:
    """The draft with the values its notes state; ``taken`` are words that other charts have used."""
    scene = draft.region.scene
    used = set(draft.words) | taken
    periods = [w for w in draft.region.words if is_period(scene.words[w].text)]
    series, categories = list(draft.series), list(draft.categories)
    cells: list[Cell] = []
    words: list[int] = []
    for w in draft.region.words:
        name, labels = split_named(scene, w)
        if name is None or len(labels) != 1 or w in used:
            continue
        period = _period_above(scene, w, periods)
        said = _series_named(name.text, series, draft)
        if period is None or said is None:
            continue
        if said.text not in [s.text for s in series]:
            series.append(said)
        column = _category(scene.words[period].text, categories)
        if column is None:
            column = len(categories)
            categories.append(Name(_year(scene.words[period].text), words=(period,)))
        index = [s.text for s in series].index(said.text)
        cells.append(Cell(index, column, labels[0], None, None, labels[0].box, labels[0].unit))
        words += [w, period]
    if not cells:
        return draft
    kept = [c for c in draft.cells if not c.label or c.label.word not in words]
    kept = [c for c in kept if c.label or not any(_same_place(c, n) for n in cells)]
    return replace(
        draft,
        series=tuple(series),
        categories=tuple(categories),
        cells=(*kept, *cells),
        words=tuple(sorted({*draft.words, *words})),
    )


def _same_place(a: Cell, b: Cell) -> bool:
    return (a.series, a.category) == (b.series, b.category)


def _period_above(scene: Scene, index: int, periods: Sequence[int]) -> int | None:
    """The nearest period that heads the note."""
    word = scene.words[index]
    above = [p for p in periods if _heads(scene.words[p], word)]
    return max(above, key=lambda p: scene.words[p].box.y0, default=None)


def _heads(period: Word, word: Word) -> bool:
    em = word.size
    rise = word.box.cy - period.box.cy
    return 0.5 * em < rise <= LINES_ABOVE * 1.5 * em and abs(period.box.x0 - word.box.x0) <= ALIGNED * em


def _series_named(text: str, series: Sequence[Name], draft: ChartDraft) -> Name | None:
    """The series whose name the note's wording ends with, the longest of several."""
    legend = draft.region.legend
    entries = [Name(e.label, e.alt, e.base_n, e.words, e.swatch) for e in legend.entries] if legend else []
    known = [
        name for name in (*series, *entries) if len(name.text) > 1 and _fold(text).endswith(_fold(name.text))
    ]
    return max(known, key=lambda name: len(name.text), default=None)


def _category(text: str, categories: Sequence[Name]) -> int | None:
    wanted = _year(text)
    return next((k for k, name in enumerate(categories) if _year(name.text) == wanted), None)


def _year(text: str) -> str:
    return re.sub(r"[\s年]", "", unicodedata.normalize("NFKC", text))


def _fold(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
