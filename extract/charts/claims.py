"""Words that name slices and lines: they may stand where a title could, and are none."""

from __future__ import annotations

from collections.abc import Sequence

from extract.charts.boxplots import read_boxes
from extract.charts.draft import Legend, Region, RegionKind
from extract.charts.lines import read_lines
from extract.charts.sectors import read_sectors
from extract.scene import Box, Scene

READERS = {"sectors": read_sectors, "lines": read_lines, "boxes": read_boxes}


def label_words(
    scene: Scene,
    kind: RegionKind,
    plot: Box,
    marks: Sequence[int],
    legend: Legend | None,
    words: Sequence[int],
) -> frozenset[int]:
    """The words around the plot that a first reading needs for its names, values and axis.

    Bars have their names in a column or row of their own and need no first reading.
    """
    reader = READERS.get(kind)
    if reader is None:
        return frozenset()
    said = {w for entry in legend.entries for w in entry.words} if legend else set()
    free = tuple(w for w in words if w not in said)
    draft = reader(Region(scene, kind, plot, plot, tuple(marks), free, legend))
    return frozenset(draft.words) - said if draft else frozenset()
