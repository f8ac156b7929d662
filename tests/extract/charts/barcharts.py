"""Bar charts drawn as scenes: lying or upright, grouped or stacked, with every label optional."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.scene import Mark, Scene, Word
from tests.extract.charts.drawing import EM, rect, scene, square, word

COLORS = ("#2f6fb0", "#e8883a", "#5aa352", "#b04a4a", "#8a6bbf")
UNIT = 3.0  # points per percent
BASE = 180.0  # where lying bars begin, and upright ones stand
THICK = 10.0


@dataclass(frozen=True)
class Plot:
    """``rows`` maps a category to its values by series; a label is "" where nothing is printed."""

    rows: Mapping[str, Sequence[float]]
    series: Sequence[str] = ("",)
    colors: Sequence[str] = COLORS
    labels: Mapping[tuple[str, int], str] | None = None
    title: str = "利用している理由"
    legend: Sequence[str] | None = None
    ticks: Sequence[float] = ()
    unit: str = "%"
    top: float = 90.0
    start: float = 0.0

    def label(self, row: str, k: int) -> str:
        if self.labels is not None and (row, k) in self.labels:
            return self.labels[row, k]
        return f"{self.rows[row][k]:.1f}{self.unit}"

    @property
    def pitch(self) -> float:
        return THICK * len(self.series) + 8


def lying(plot: Plot) -> Scene:
    """Grouped bars that grow to the right, names before the baseline."""
    words, marks = head(plot), legend_marks(plot)
    for r, (name, values) in enumerate(plot.rows.items()):
        y = plot.top + r * plot.pitch
        middle = y + THICK * len(values) / 2
        words += [word(line, BASE - 6, middle + (i - (name.count("\n")) / 2) * EM * 1.2, align="right")
                  for i, line in enumerate(name.split("\n"))]  # fmt: skip
        for k, value in enumerate(values):
            end = BASE + (value - plot.start) * UNIT
            if value != plot.start:
                low, high = sorted((BASE, end))
                marks.append(rect(low, y + k * THICK, high, y + (k + 1) * THICK, plot.colors[k]))
            text = plot.label(name, k)
            if text and value >= plot.start:
                words.append(word(text, end + 3, y + (k + 0.5) * THICK))
            elif text:
                words.append(word(text, end - 3, y + (k + 0.5) * THICK, align="right"))
    bottom = plot.top + len(plot.rows) * plot.pitch
    words += [
        word(f"{t:g}{plot.unit}", BASE + (t - plot.start) * UNIT, bottom + 8, align="centre")
        for t in plot.ticks
    ]
    return scene(words, marks)


def stacked(plot: Plot) -> Scene:
    """Segments end to end, labels in their middle."""
    words, marks = head(plot), legend_marks(plot)
    for r, (name, values) in enumerate(plot.rows.items()):
        y, x = plot.top + r * 30, BASE
        words.append(word(name, BASE - 6, y + 10, align="right"))
        for k, value in enumerate(values):
            marks.append(rect(x, y, x + value * UNIT, y + 20, plot.colors[k]))
            if plot.label(name, k):
                words.append(
                    word(plot.label(name, k), x + value * UNIT / 2, y + 10, align="centre", color="#ffffff")
                )
            x += value * UNIT
    return scene(words, marks)


def upright(plot: Plot, floor: float = 320.0) -> Scene:
    """Grouped columns on a floor, names below, labels above."""
    words, marks = head(plot), legend_marks(plot)
    for r, (name, values) in enumerate(plot.rows.items()):
        x = 120 + r * (22 * len(values) + 20)
        words.append(word(name, x + 11 * len(values), floor + 8, align="centre"))
        for k, value in enumerate(values):
            height = (value - plot.start) * UNIT
            marks.append(rect(x + 22 * k, floor - height, x + 22 * (k + 1), floor, plot.colors[k]))
            if plot.label(name, k):
                words.append(word(plot.label(name, k), x + 22 * k + 11, floor - height - 6, align="centre"))
    words += [word(f"{t:g}", 100, floor - (t - plot.start) * UNIT, align="right") for t in plot.ticks]
    return scene(words, marks)


def head(plot: Plot) -> list[Word]:
    """Title and legend texts; the legend's order may differ from the bars'."""
    words = [word(plot.title, 100, plot.top - 50, size=12)] if plot.title else []
    x = BASE
    for name in plot.legend if plot.legend is not None else plot.series:
        if name:
            words.append(word(name, x + 8, plot.top - 18))
            x += 10 * len(name) + 30
    return words


def legend_marks(plot: Plot) -> list[Mark]:
    marks, x = [], BASE
    for name in plot.legend if plot.legend is not None else plot.series:
        if name:
            marks.append(square(x, plot.top - 18, plot.colors[list(plot.series).index(name)]))
            x += 10 * len(name) + 30
    return marks
