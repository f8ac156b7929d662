"""What is drawn where: a comparison laid out as lines, dots and words, in pixels from the top left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10
from typing import Literal

from chosa.comparison import Comparison, Point, group_of
from chosa.emit.cells import number

# Pixels. LABELS: room for names at the left; FIGURES: for value, interval and n at the right.
WIDTH, LABELS, FIGURES, MARGIN = 960, 320, 230, 16
TITLE, ROW, HEADING, FOOT, LINE = 52, 24, 28, 34, 17
# Okabe and Ito's colours, told apart by colour-blind readers too; groups beyond them share grey.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
OTHER, INK, DIM, RULE, PAPER = "#777777", "#1c2430", "#5a6675", "#e3e7ec", "#ffffff"
TICKS = 5  # about as many steps on the axis
LONGEST_NAME = 23  # wide characters that fit LABELS
LONGEST_LINE = 118  # narrow characters that fit the width


@dataclass(frozen=True, slots=True)
class Line:
    x0: float
    y0: float
    x1: float
    y1: float
    color: str
    width: float = 1


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    fill: str
    color: str
    radius: float = 5


@dataclass(frozen=True, slots=True)
class Words:
    """``y`` is the base line; ``anchor`` the end of the text that ``x`` is at."""

    x: float
    y: float
    text: str
    size: int = 13
    color: str = INK
    anchor: Literal["start", "middle", "end"] = "start"
    bold: bool = False


Shape = Line | Dot | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """``plain`` shapes, and ``facts``: what is told when one points at it, with its shapes."""

    width: int
    height: int
    plain: tuple[Shape, ...]
    facts: tuple[tuple[str, tuple[Shape, ...]], ...]


@dataclass(frozen=True, slots=True)
class Axis:
    low: float
    high: float
    step: float

    def x(self, value: float) -> float:
        room = WIDTH - LABELS - FIGURES
        return round(LABELS + (value - self.low) / (self.high - self.low) * room, 1)


def comparison_drawing(found: Comparison, title: str = "") -> Drawing:
    """The points of the first unit among them (others cannot share its axis); ``title`` instead of the
    item's own wording."""
    points = [p for p in found.points if p.observation.unit == found.points[0].observation.unit]
    axis = axis_of(points)
    plain: list[Shape] = [Words(MARGIN, 28, title or titled(points), 17, bold=True)]
    facts, y = [], float(TITLE)
    for place, (group, members) in enumerate(groupby(points, key=group_of)):
        color = COLOURS[place] if place < len(COLOURS) else OTHER
        plain += [Dot(MARGIN + 5, y + 13, color, color), Words(MARGIN + 18, y + 18, group, bold=True)]
        y += HEADING
        for point in members:
            facts.append((_said(point), tuple(_fact(point, y + ROW / 2, axis, color))))
            y += ROW
    plain += _grid(axis, TITLE + HEADING - 4, y + 2, points[0].observation.unit)
    y += FOOT + LINE / 2
    for line in _foot(points, found.warnings):
        plain.append(Words(MARGIN, y, line, 12, DIM))
        y += LINE
    return Drawing(WIDTH, round(y + 4), tuple(plain), tuple(facts))


def titled(points: Sequence[Point]) -> str:
    """The item as most rows word it, with its id."""
    o = points[0].observation
    wordings = Counter(p.observation.item for p in points)
    best = min(wordings, key=lambda w: (-wordings[w], len(w), w))
    return f"{best}（{o.item_id}）" if best and o.item_id else best or o.item_id


def axis_of(points: Sequence[Point]) -> Axis:
    """0 or below to a round number above everything."""
    ends = [end for p in points for end in (p.observation.value, *(p.interval or ()))]
    top, bottom = max(0.0, *ends), min(0.0, *ends)
    top = top if top > bottom else 1.0  # all values 0
    span = top - bottom
    unit = 10 ** floor(log10(span / TICKS))
    step = next(unit * m for m in (1, 2, 5, 10) if span / (unit * m) <= TICKS)
    return Axis(floor(bottom / step) * step, ceil(top / step) * step, step)


def _grid(axis: Axis, top: float, bottom: float, unit: str) -> Iterator[Shape]:
    for n in range(round((axis.high - axis.low) / axis.step) + 1):
        value = round(float(axis.low + n * axis.step), 10)
        yield Line(axis.x(value), top, axis.x(value), bottom, RULE)
        mark = "%" if unit == "percent" else ""
        yield Words(axis.x(value), bottom + 16, f"{number(value)}{mark}", 12, DIM, "middle")


def _fact(point: Point, y: float, axis: Axis, color: str) -> Iterator[Shape]:
    o = point.observation
    yield Words(LABELS - 14, y + 4.5, _short(point.name, LONGEST_NAME), anchor="end")
    if point.interval:
        low, high = map(axis.x, point.interval)
        yield Line(low, y, high, y, color, 2)
    # A row nobody has confirmed is hollow.
    yield Dot(axis.x(o.value), y, PAPER if o.status == "review" else color, color)
    right = WIDTH - FIGURES
    yield Words(right + 74, y + 4.5, point.value, anchor="end", bold=True)
    between = f"{point.interval[0]}–{point.interval[1]}" if point.interval else ""
    yield Words(right + 84, y + 4.5, between, 12, DIM)
    yield Words(WIDTH - MARGIN, y + 4.5, f"n={o.base_n or '?'}", 12, DIM, "end")


def _said(point: Point) -> str:
    o = point.observation
    return f"{point.name} {group_of(point)}: {point.value} (n={o.base_n or '?'}) {o.question}"


def _foot(points: Sequence[Point], warnings: Sequence[str]) -> Iterator[str]:
    """What the signs mean, and the warnings: a picture travels without its page."""
    if any(p.interval for p in points):
        yield "線は95%信頼区間（Wilson、単純無作為抽出を仮定）　○は未確認の値"
    yield from (_short(f"! {warning}", LONGEST_LINE, wide=False) for warning in warnings)


def _short(text: str, most: int, wide: bool = True) -> str:
    """The text cut to so many characters; ``wide``: two narrow ones count as one."""
    room = float(most)
    for n, letter in enumerate(text):
        room -= 1 if not wide or letter > "\u2e7f" else 0.55
        if room < 0:
            return text[:n] + "…"
    return text
