"""Rows whose bars are all too short to be drawn: only their name and their printed values say they are there.

Rows of a bar plot stand at a constant pitch. A place of that rhythm without any bar is a row when a
name stands where the other rows have theirs and a value that says next to nothing stands at the
baseline: 「その他 0.5%」 below the last bar that can be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.charts.bands import Bands, Slot, band_edges
from extract.charts.draft import Label
from extract.charts.ground import Ground
from extract.charts.labels import read_labels
from extract.charts.turn import turned, upright
from extract.scene import Box, hull

# A value that would draw less than this share of the longest bar is next to nothing: three pixels of a
# bar of 250, which tracing does not tell from the axis it stands on.
HAIR = 0.012
# Its label stands within this many em of the baseline.
AT_BASELINE = 2.5
# More rows than this do not follow each other without a bar.
MOST_ROWS = 3


def with_empty_rows(ground: Ground, bands: Bands) -> Bands:
    """The rows with those that have a name and values at the baseline but no bar."""
    count = len(bands.slots) // max(len(bands.centres), 1)
    if len(bands.centres) < 2 or not count:
        return bands
    column = _name_column(ground, bands)
    if column is None:
        return bands
    found: list[float] = []
    for centre, step in _open_places(bands):
        after = [c for c in (*bands.centres, *found) if abs(c - (centre - step)) < 0.2 * bands.pitch]
        if after and _is_row(ground, column, centre, bands.pitch):
            found.append(centre)
    return _with(bands, found, count) if found else bands


def _open_places(bands: Bands) -> list[tuple[float, float]]:
    """Places of the rhythm without bars, each with the step that leads to it from a known row."""
    first, last = bands.centres[0], bands.centres[-1]
    places = [(last + k * bands.pitch, bands.pitch) for k in range(1, MOST_ROWS + 1)]
    places += [(first - k * bands.pitch, -bands.pitch) for k in range(1, MOST_ROWS + 1)]
    for before, after in pairwise(bands.centres):
        rows = round((after - before) / bands.pitch)
        step = (after - before) / rows if rows else 0.0
        places += [(before + k * step, step) for k in range(1, min(rows, MOST_ROWS + 1))]
    return places


def _name_column(ground: Ground, bands: Bands) -> Box | None:
    """Where the rows that have bars have their names (bar coordinates); None where nothing names them."""
    boxes = []
    for low, high in bands.edges:
        own = [box for box in _texts(ground) if low <= box.cy < high]
        boxes += [max(own, key=lambda box: box.x1)] if own else []
    return hull(boxes) if 2 * len(boxes) >= len(bands.edges) else None


def _texts(ground: Ground) -> list[Box]:
    """Words before the baseline that are no bare values."""
    boxes = []
    for w in ground.region.words:
        word = ground.scene.words[w]
        box = turned(word.box, ground.plot.direction)
        if (
            word.text.strip()
            and box.x1 <= ground.plot.baseline + 0.5 * ground.em
            and not read_labels(ground.scene, [w])
        ):
            boxes.append(box)
    return boxes


def _is_row(ground: Ground, column: Box, centre: float, pitch: float) -> bool:
    """Whether a name in the names' column and a value of next to nothing stand at this place."""
    low, high = centre - 0.5 * pitch, centre + 0.5 * pitch
    slack = 0.5 * ground.em
    named = any(
        low <= box.cy < high and column.x0 - pitch <= box.x0 + slack and box.x1 <= column.x1 + slack
        and (abs(box.cy - centre) <= 0.3 * pitch or not upright(ground.plot.direction))
        for box in _texts(ground)
    )  # fmt: skip
    return named and any(_says_nothing(ground, label, low, high) for label in ground.labels)


def _says_nothing(ground: Ground, label: Label, low: float, high: float) -> bool:
    top = max((abs(other.value) for other in ground.labels), default=0.0)
    box = turned(label.box, ground.plot.direction)
    away = box.x0 - ground.plot.baseline
    near = low <= box.cy < high and -0.5 * ground.em <= away <= AT_BASELINE * ground.em
    return near and abs(label.value) <= HAIR * top


def _with(bands: Bands, found: Sequence[float], count: int) -> Bands:
    """The bands with rows added at these centres, in order."""
    rows = [(centre, [s for s in bands.slots if s.band == k]) for k, centre in enumerate(bands.centres)]
    offsets = [
        _middle([s.y - bands.centres[s.band] for s in bands.slots if s.series == k]) for k in range(count)
    ]
    rows += [(c, [Slot(0, k, c + offsets[k], None) for k in range(count)]) for c in found]
    rows.sort(key=lambda row: row[0])
    centres = tuple(centre for centre, _ in rows)
    slots = tuple(replace(slot, band=k) for k, (_, own) in enumerate(rows) for slot in own)
    return Bands(centres, band_edges(centres, bands.pitch), slots, bands.pitch)


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0
