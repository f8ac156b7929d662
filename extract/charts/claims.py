"""A first reading of every plot: is it a chart, and which words does it use?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from extract.charts.bars import read_bars
from extract.charts.boxplots import read_boxes
from extract.charts.draft import ChartDraft, Legend, Region, RegionKind
from extract.charts.lines import read_lines
from extract.charts.sectors import read_sectors
from extract.scene import Box, Scene

READERS: dict[RegionKind, Callable[[Region], ChartDraft | None]] = {
    "bars": read_bars,
    "sectors": read_sectors,
    "lines": read_lines,
    "boxes": read_boxes,
}


def first_reading(
    scene: Scene,
    kind: RegionKind,
    plot: Box,
    marks: Sequence[int],
    legend: Legend | None,
    words: Iterable[int],
) -> ChartDraft | None:
    """The plot read with all these words, None when it cannot be read.

    What it needs for its names, values and axis is no title, and what cannot be read is no chart.
    """
    reader = READERS.get(kind)
    if reader is None:
        return None
    said = {w for entry in legend.entries for w in entry.words} if legend else set()
    free = tuple(w for w in words if w not in said)
    return reader(Region(scene, kind, plot, plot, tuple(marks), free, legend))
