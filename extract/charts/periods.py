"""The category axis of a line chart: which words name which place, and years between printed years."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extract.charts.draft import Name
from extract.charts.labels import parse_value, part_box
from extract.charts.turn import Direction, turned
from extract.charts.wording import Line, lines_to_names
from extract.scene import Box, Scene, Word

ROW = 0.35  # em by which the words of one axis row differ in height
CENTRED = 0.45  # share of the pitch a name may stand off its place
WRAP = 0.9  # em of white between the lines of one name
COVERAGE = 0.5  # share of the places the row of names must name, unless it counts years
REACH = 12.0  # em from the plot to its axis row
BESIDE = 4.0  # em the row may reach beyond the first and last place
SPANNED = 0.5  # share of the plot that the row of names spans
STREWN = 1.6  # em from character to character that no letter-spacing reaches
WIDE = 1.2  # pitches: a wider word of the row holds several names
AXIS_UNIT = re.compile(r"\s*[（(]\s*(?:年|年度|月|日|歳|回|西暦|平成|令和|調査年|FY)[)）]$|(?<=\d)\s*[（(]$")
YEAR = re.compile(r"(\d{4}|'?\d{2})(年度?|FY)?$")
OFF_YEAR = 0.15  # years by which the places of printed years miss an even calendar
# One name of a tight row of periods: `2019年2020年`, `第1回第2回`, `4月5月`.
PERIOD = re.compile(
    r"(?:19|20)\d\d(?:年度?)?|第\d+(?:回|四半期)|\d{1,2}月|\d{1,2}(?:歳|代)|[RHSＲＨＳ]\d{1,2}(?:年度?)?|FY\d+|[1-4]Q|Q[1-4]"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A word, or one of the names that a tight row ran together; ``at`` and ``place`` in bar coordinates."""

    text: str
    box: Box
    size: float
    color: str
    word: int
    at: float
    place: float


@dataclass(frozen=True, slots=True)
class Periods:
    """The name of each place (text "" where it has none) and the words used."""

    names: tuple[Name, ...]
    words: frozenset[int]


def name_places(
    scene: Scene, words: Iterable[int], places: Sequence[float], plot: Box, direction: Direction, em: float
) -> Periods:
    """Names of the places from the row of words that stands on one line outside the plot.

    ``plot`` and ``places`` are bar coordinates. Values printed at the points follow the line up and
    down and carry decimals or signs; the names of an axis do neither.
    """
    pitch = max(min((b - a for a, b in pairwise(places)), default=4 * em), 0.5 * em)
    parts = [part for w in words for part in _parts(scene, w, pitch, direction)]
    for row in _rows(parts, plot, em):
        if 2 * sum(is_plain_value(part.text) for part in row) > len(row):
            continue
        owners = _owners(row, places, pitch)
        years = _years(row, places) if len(owners) < len(places) else None
        if years is not None:
            return years
        if len(owners) >= max(min(2, len(places)), COVERAGE * len(places)):
            return _wrapped(parts, owners, len(places), direction, em)
    return Periods(tuple(Name("") for _ in places), frozenset())


def place_row(scene: Scene, words: Iterable[int], plot: Box, direction: Direction, em: float) -> list[float]:
    """Where the names of the category axis stand, for lines that do not show their own points."""
    parts = [part for w in words for part in _parts(scene, w, 2 * em, direction)]
    for row in _rows(parts, plot, em):
        names = [part for part in row if not is_plain_value(part.text) and script_or_digit(part.text)]
        spread = max((p.place for p in names), default=0.0) - min((p.place for p in names), default=0.0)
        if len(names) >= 2 and 2 * len(names) > len(row) and spread >= SPANNED * (plot.y1 - plot.y0):
            return sorted(part.place for part in names)
    return []


def script_or_digit(text: str) -> bool:
    """Whether a text can name anything: letters or figures, no bare punctuation."""
    return bool(re.search(r"\w", text))


def is_plain_value(text: str) -> bool:
    """A number no axis of names would carry: with decimals or a percent sign."""
    parsed = parse_value(text)
    return parsed is not None and (parsed[2] > 0 or parsed[1] in ("percent", "point"))


def _parts(scene: Scene, index: int, pitch: float, direction: Direction) -> list[Part]:
    word = scene.words[index]
    spans = [(0, len(word.text))]
    known = len(word.edges) == len(word.text) + 1
    if direction == "v" and word.box.width > WIDE * pitch and known:
        spans = _names_in(word.text) or spans
    if direction == "v" and known and _is_strewn(word):
        spans = [(k, k + 1) for k, char in enumerate(word.text) if not char.isspace()]
    found = []
    for start, end in spans:
        box = part_box(word, start, end)
        if end - start == 1 and box.width > word.size:
            box = Box(box.x0, box.y0, box.x0 + word.size, box.y1)
        bar = turned(box, direction)
        at = bar.cx if direction == "v" else bar.x1
        found.append(Part(word.text[start:end].strip(), box, word.size, word.color, index, at, bar.cy))
    return found


def _is_strewn(word: Word) -> bool:
    """Characters wide apart: one line across several names set upright, one character under another."""
    steps = sorted(b - a for a, b in pairwise(word.edges[:-1]))
    return len(steps) >= 2 and steps[len(steps) // 2] >= STREWN * word.size


def _names_in(text: str) -> list[tuple[int, int]]:
    """Where the names of a run of names lie; [] when it is not made of periods or blank-separated."""
    hits = [match.span() for match in PERIOD.finditer(text)]
    if len(hits) >= 2 and not "".join(re.split(PERIOD, text)).strip():
        return hits
    pieces = [match.span() for match in re.finditer(r"\S+", text)]
    return pieces if len(pieces) >= 2 and all(re.search(r"\d", text[a:b]) for a, b in pieces) else []


def _rows(parts: Sequence[Part], plot: Box, em: float) -> list[list[Part]]:
    """Rows of words outside the plot on either side of the value direction, nearest first."""
    outside = [
        part
        for part in parts
        if 0 < max(plot.x0 - part.at, part.at - plot.x1) <= REACH * em + 0.5 * plot.width
        and plot.y0 - BESIDE * em <= part.place <= plot.y1 + BESIDE * em
    ]
    rows: list[list[Part]] = []
    for part in sorted(outside, key=lambda part: (part.at, part.place)):
        if rows and part.at - rows[-1][-1].at <= ROW * em:
            rows[-1].append(part)
        else:
            rows.append([part])
    before = [row for row in rows if row[0].at < plot.x0]
    after = [row for row in rows if row[0].at > plot.x1]
    return before[::-1] + after


def _owners(row: Sequence[Part], places: Sequence[float], pitch: float) -> dict[int, list[Part]]:
    """Parts of the row by the place they stand at."""
    owners: dict[int, list[Part]] = {}
    for part in row:
        near = min(range(len(places)), key=lambda k: abs(places[k] - part.place))
        if abs(places[near] - part.place) <= CENTRED * pitch:
            owners.setdefault(near, []).append(part)
    return owners


def _wrapped(
    parts: Sequence[Part], owners: dict[int, list[Part]], count: int, direction: Direction, em: float
) -> Periods:
    """Names with the lines that follow under them."""
    blocks: list[list[Line]] = []
    for k in range(count):
        own = sorted(owners.get(k, []), key=lambda part: part.box.x0)
        if direction == "v" and own:
            own += _below(parts, own, em)
        blocks.append([Line(p.text, p.size, p.color, p.box, (p.word,)) for p in own])
    made = iter(lines_to_names([b for b in blocks if b]))
    names = tuple(_clean(next(made)) if b else Name("") for b in blocks)
    return Periods(names, frozenset(w for name in names for w in name.words))


def _below(parts: Sequence[Part], own: Sequence[Part], em: float) -> list[Part]:
    """The following lines of a name, centred under its first."""
    found: list[Part] = []
    last = own[0].box
    while True:
        under = [
            p
            for p in parts
            if abs(p.box.cx - last.cx) <= em
            and p.box.cy > last.cy + 0.4 * em
            and p.box.y0 - last.y1 <= WRAP * em
        ]
        if not under:
            return found
        found.append(min(under, key=lambda p: p.box.y0))
        last = found[-1].box


def _clean(name: Name) -> Name:
    """Without the unit that the last tick carries for the whole axis: `2020（年）`."""
    return Name(AXIS_UNIT.sub("", name.text), name.alt, name.base_n, name.words, name.box, name.group)


def _years(row: Sequence[Part], places: Sequence[float]) -> Periods | None:
    """Every place's year when the row prints some years of an even calendar (`1947 50 55 ... 2020`)."""
    ticks, suffix = _calendar(row)
    if len(ticks) < 3:
        return None
    at = np.array([part.place for part, _ in ticks])
    year = np.array([float(y) for _, y in ticks])
    slope, offset = np.polyfit(at, year, 1)
    errors = np.abs(slope * at + offset - year)
    if slope <= 0 or float(np.median(errors)) > OFF_YEAR * max(1.0, float(np.median(np.diff(year)))):
        return None
    told = [float(slope * y + offset) for y in places]
    if sum(abs(t - round(t)) <= 2 * OFF_YEAR for t in told) < 0.9 * len(told):
        return None
    printed = {y: (part.word,) for part, y in ticks}
    names = tuple(Name(f"{round(t)}{suffix}", words=printed.get(round(t), ())) for t in told)
    return Periods(names, frozenset(part.word for part in row))


def _calendar(row: Sequence[Part]) -> tuple[list[tuple[Part, int]], str]:
    """The years of a row, two-digit ones completed from the year before, and what follows the figures."""
    ticks: list[tuple[Part, int]] = []
    suffix = ""
    for part in sorted(row, key=lambda part: part.place):
        match = YEAR.match(AXIS_UNIT.sub("", unicodedata.normalize("NFKC", part.text)))
        if match is None:
            continue
        year = int(match[1].lstrip("'"))
        if year < 100:
            if not ticks:
                return [], ""
            century = ticks[-1][1] // 100 * 100
            year += century if century + year > ticks[-1][1] else century + 100
        suffix = suffix or (match[2] or "")
        ticks.append((part, year))
    return ticks, suffix
