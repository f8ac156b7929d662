"""The category axis of a line chart: which words name which place, and years between printed years."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extract.charts.draft import Name
from extract.charts.labels import parse_value
from extract.charts.turn import Direction, turned
from extract.charts.wording import Line, lines_to_names
from extract.scene import Box, Scene

ROW = 0.35  # em by which the words of one axis row differ in height
CENTRED = 0.45  # share of the pitch a name may stand off its place
WRAP = 0.9  # em of white between the lines of one name
COVERAGE = 0.5  # share of the places the row of names must name, unless it counts years
REACH = 12.0  # em from the plot to its axis row
AXIS_UNIT = re.compile(r"\s*[（(]\s*(?:年|年度|月|日|歳|回|西暦|平成|令和|調査年|FY)[)）]$|(?<=\d)\s*[（(]$")
YEAR = re.compile(r"(\d{4}|'?\d{2})(年度?|FY)?$")
OFF_YEAR = 0.15  # years by which the places of printed years miss an even calendar


@dataclass(frozen=True, slots=True)
class Periods:
    """The name of each place (text "" where it has none) and the words used."""

    names: tuple[Name, ...]
    words: frozenset[int]


def name_places(
    scene: Scene, words: Sequence[int], places: Sequence[float], plot: Box, direction: Direction, em: float
) -> Periods:
    """Names of the places from the row of words that stands on one line before the plot.

    ``plot`` and ``places`` are bar coordinates. Values printed at the points follow the line up and
    down and carry decimals or signs; the names of an axis do neither.
    """
    pitch = min((b - a for a, b in pairwise(places)), default=4 * em)
    for row in _rows(scene, words, plot, direction, em):
        if sum(_is_plain_value(scene.words[w].text) for w in row) * 2 > len(row):
            continue
        owners = _owners(scene, row, places, max(pitch, 0.5 * em), direction)
        if len(owners) >= max(2.0, COVERAGE * len(places)):
            return _wrapped(scene, words, owners, len(places), direction, em)
        years = _years(scene, row, places, direction)
        if years is not None:
            return years
    return Periods(tuple(Name("") for _ in places), frozenset())


def _rows(scene: Scene, words: Sequence[int], plot: Box, direction: Direction, em: float) -> list[list[int]]:
    """Rows of words outside the plot on either side of the value direction, nearest first."""
    rows: list[list[int]] = []
    outside = []
    for w in words:
        box = turned(scene.words[w].box, direction)
        away = max(plot.x0 - box.cx, box.cx - plot.x1)
        if 0 < away <= REACH * em + 0.5 * plot.width and plot.y0 - 4 * em <= box.cy <= plot.y1 + 4 * em:
            outside.append((box.cx if direction == "v" else box.x1, w))
    for at, w in sorted(outside):
        if rows and at - _at(scene, rows[-1][-1], direction) <= ROW * em:
            rows[-1].append(w)
        else:
            rows.append([w])
    before = [r for r in rows if _at(scene, r[0], direction) < plot.x0]
    after = [r for r in rows if _at(scene, r[0], direction) > plot.x1]
    return sorted(before, key=lambda r: -_at(scene, r[0], direction)) + after


def _at(scene: Scene, w: int, direction: Direction) -> float:
    box = turned(scene.words[w].box, direction)
    return box.cx if direction == "v" else box.x1


def _is_plain_value(text: str) -> bool:
    """A number no axis of names would carry: with decimals or a percent sign."""
    parsed = parse_value(text)
    return parsed is not None and (parsed[2] > 0 or parsed[1] in ("percent", "point"))


def _owners(
    scene: Scene, row: Sequence[int], places: Sequence[float], pitch: float, direction: Direction
) -> dict[int, list[int]]:
    """Words of the row by the place they stand at."""
    owners: dict[int, list[int]] = {}
    for w in row:
        middle = turned(scene.words[w].box, direction).cy
        near = min(range(len(places)), key=lambda k: abs(places[k] - middle))
        if abs(places[near] - middle) <= CENTRED * pitch:
            owners.setdefault(near, []).append(w)
    return owners


def _wrapped(
    scene: Scene,
    words: Sequence[int],
    owners: dict[int, list[int]],
    count: int,
    direction: Direction,
    em: float,
) -> Periods:
    """Names with the lines that follow under them."""
    blocks: list[list[Line]] = []
    used: set[int] = set()
    free = set(words)
    for k in range(count):
        own = sorted(owners.get(k, []), key=lambda w: scene.words[w].box.x0)
        if direction == "v" and own:
            own += _below(scene, own, free, em)
        used |= set(own)
        blocks.append([_line(scene, w) for w in own])
    filled = lines_to_names([b for b in blocks if b])
    made = iter(filled)
    names = tuple(next(made) if b else Name("") for b in blocks)
    return Periods(tuple(_clean(n) for n in names), frozenset(used))


def _below(scene: Scene, own: Sequence[int], free: set[int], em: float) -> list[int]:
    """The following lines of a name, centred under its first."""
    found: list[int] = []
    last = scene.words[own[0]].box
    while True:
        under = [
            w for w in free
            if abs(scene.words[w].box.cx - last.cx) <= em
            and scene.words[w].box.cy > last.cy + 0.4 * em
            and scene.words[w].box.y0 - last.y1 <= WRAP * em and w not in found
        ]  # fmt: skip
        if not under:
            return found
        nearest = min(under, key=lambda w: scene.words[w].box.y0)
        found.append(nearest)
        last = scene.words[nearest].box


def _line(scene: Scene, w: int) -> Line:
    word = scene.words[w]
    return Line(word.text.strip(), word.size, word.color, word.box, (w,))


def _clean(name: Name) -> Name:
    """Without the unit that the last tick carries for the whole axis: `2020（年）`."""
    return Name(AXIS_UNIT.sub("", name.text), name.alt, name.base_n, name.words, name.box, name.group)


def _years(scene: Scene, row: Sequence[int], places: Sequence[float], direction: Direction) -> Periods | None:
    """Every place's year when the row prints some years of an even calendar (`1947 50 55 ... 2020`)."""
    ticks: list[tuple[float, int]] = []
    suffix = ""
    for w in sorted(row, key=lambda w: turned(scene.words[w].box, direction).cy):
        text = AXIS_UNIT.sub("", unicodedata.normalize("NFKC", scene.words[w].text).strip())
        match = YEAR.match(text)
        if match is None:
            continue
        digits = int(match[1].lstrip("'"))
        if digits < 100:
            if not ticks:
                return None
            century = ticks[-1][1] // 100 * 100
            digits += century if century + digits > ticks[-1][1] else century + 100
        suffix = suffix or (match[2] or "")
        ticks.append((turned(scene.words[w].box, direction).cy, digits))
    if len(ticks) < 3:
        return None
    at = np.array([t[0] for t in ticks])
    year = np.array([float(t[1]) for t in ticks])
    slope, offset = np.polyfit(at, year, 1)
    errors = np.abs(slope * at + offset - year)
    if slope <= 0 or float(np.median(errors)) > OFF_YEAR * max(1.0, float(np.median(np.diff(year)))):
        return None
    told = [slope * y + offset for y in places]
    if sum(abs(t - round(t)) <= 2 * OFF_YEAR for t in told) < 0.9 * len(told):
        return None
    by_place = {round(float(slope * a + offset)): w for (a, _), w in zip(ticks, row, strict=False)}
    names = tuple(
        Name(f"{round(t)}{suffix}", words=(by_place[round(t)],) if round(t) in by_place else ()) for t in told
    )
    return Periods(names, frozenset(row))
