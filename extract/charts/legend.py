"""Words and small marks -> legends: which colour stands for which series.

A legend is a set of small swatches of one size in rows or columns, each of its own colour, each with
text at the same side, and with larger marks of the same colours elsewhere. Every clause is needed: bars
differ in length, bullets of prose share one colour, icons have no marks of their colour in a chart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from statistics import mean

from extract.charts.color import is_grey, rgb, same, shown
from extract.charts.draft import Legend, LegendEntry
from extract.charts.keytext import Entry, Side, cut_words, entries_beside
from extract.charts.swatches import Swatch, find_swatches, marks_in_color, similar
from extract.charts.wording import Line, lines_to_names
from extract.scene import Mark, Word, hull

ROW_GAP = 12.0  # em from one entry's text to the next swatch in a row: justified legends of wide charts
COLUMN_GAP = 6.0  # em between entries of one column: legends spread along the height of a chart
WRAP_GAP = 2.5  # em between the rows of a legend that wraps without columns
ALIGNED = 0.6  # em: edges and centres of one row or column agree this well
SIZE_SLACK = 0.5  # pt or px: rounding of drawn sizes
FAR = 30.0  # em from a single key to the marks it names: a chart's height
GAP_SPREAD = 0.7  # em by which the white between key and text varies within one legend
TYPE_SIZES = 0.25  # share by which the type of one legend's entries may differ
OCR_SIZES = 0.4  # the same for OCR, whose boxes are up to half an em too high
SIDES: tuple[Side, ...] = ("right", "left", "below")
VALUES = re.compile(r"[\s\d０-９.,，．%％()（）▲△+\-−]+")
YEAR = re.compile(r"(?:19|20)\d\d")
NAMES_FIRST = 3  # keys with names to every key beside a bare figure
LONGEST_SAMPLE = 8.0  # times its marker that a line sample is long at most
INK = 0x60  # every channel of text's ink (0-255), blurred by its edges
LONGER = 2.0  # times as wide as its sample is a line at least
BAR_SIBLINGS = 0.2  # share by which bars of one series differ in length, and keys never do


def find_legends(words: Sequence[Word], marks: Sequence[Mark]) -> tuple[Legend, ...]:
    """Legends of a page or region, in reading order; ``words`` and ``mark`` index the arguments."""
    swatches = find_swatches(words, marks)
    pieces = cut_words(words, swatches)
    groups: list[tuple[Entry, ...]] = []
    for side in SIDES:
        entries = [e for e in entries_beside(side, swatches, pieces) if not _is_letter(e.swatch, marks)]
        bare = [e for e in entries if not _is_name(e)]
        named = _gather([e for e in entries if _is_name(e)])
        groups += [_with_figures(g, bare, marks) for g in named if _is_legend(g, side, marks)]
    chosen: list[tuple[Entry, ...]] = []
    used: set[Swatch] = set()
    said: set[tuple[int, int]] = set()
    for group in sorted(groups, key=_fitness, reverse=True):
        mine = {e.swatch for e in group}
        text = {p.key for e in group for p in e.pieces}
        if not mine & used and not text & said:
            chosen.append(group)
            used |= mine
            said |= text
    legends = [_to_legend(group, marks) for group in chosen]
    return tuple(sorted(legends, key=lambda legend: (legend.box.y0, legend.box.x0)))


def _is_name(entry: Entry) -> bool:
    """A key names something; a bar's end, a slice's edge have a bare value beside them."""
    if any(YEAR.fullmatch(p.text) for p in entry.pieces):
        return True
    return not all(VALUES.fullmatch(p.text) for p in entry.pieces)


def _with_figures(
    group: tuple[Entry, ...], bare: Sequence[Entry], marks: Sequence[Mark]
) -> tuple[Entry, ...]:
    """The legend with keys beside bare figures that are set like the rest: 「100%」 after 「90~100%」."""
    if len(group) < NAMES_FIRST:
        return group
    own = [entry.swatch for entry in group]
    found = [
        e for e in bare
        if any(_distance(e, other) is not None for other in group) and _equally_drawn(e.swatch, own[0])
        and _evenly_set((*group, e)) and not any(_same_key(e.swatch, key) for key in own)
        and not _has_bar_siblings(e.swatch, marks)
    ]  # fmt: skip
    return (*group, *found) if len(found) * NAMES_FIRST <= len(group) else group


def _equally_drawn(a: Swatch, b: Swatch) -> bool:
    slack = SIZE_SLACK + (1.0 if a.traced or b.traced else 0.0)
    size = abs(a.box.width - b.box.width) <= slack and abs(a.box.height - b.box.height) <= slack
    return size and a.shape == b.shape


def _distance(a: Entry, b: Entry) -> float | None:
    """Em between two entries that may be neighbours in one legend, None when they cannot be."""
    em = max(a.em, b.em)
    sizes = OCR_SIZES if a.swatch.traced else TYPE_SIZES
    if not similar(a.swatch, b.swatch) or abs(a.em - b.em) > sizes * em:
        return None
    one, two = a.box, b.box
    gap_x = max(one.x0 - two.x1, two.x0 - one.x1, 0.0) / em
    gap_y = max(one.y0 - two.y1, two.y0 - one.y1, 0.0) / em
    row = abs(a.swatch.box.cy - b.swatch.box.cy) <= ALIGNED * em
    column = abs(a.swatch.box.cx - b.swatch.box.cx) <= ALIGNED * em
    if row and gap_x <= ROW_GAP:
        return gap_x
    if column and gap_y <= COLUMN_GAP:
        return gap_y
    if gap_x == 0.0 and gap_y <= WRAP_GAP:
        return gap_y + 1.0
    return None


def _same_key(a: Swatch, b: Swatch) -> bool:
    drawn_alike = a.shape == b.shape and a.glyph == b.glyph and a.dashed == b.dashed
    return drawn_alike and same(a.color, b.color)


def _is_letter(key: Swatch, marks: Sequence[Mark]) -> bool:
    """A traced stroke in the ink of text that names no line: part of a letter or an icon."""
    if not (key.traced and key.shape == "line" and is_grey(key.color) and max(rgb(key.color)) < INK):
        return False
    own = frozenset(key.marks)
    return not any(
        marks[i].kind in ("line", "polyline") and marks[i].box.width > LONGER * key.box.width
        for i in marks_in_color(key, marks, own)
    )


def _gather(entries: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """Nearest entries first into groups in which no key occurs twice: two legends never merge."""
    pairs = [(d, i, j) for i, j in combinations(range(len(entries)), 2)
             if (d := _distance(entries[i], entries[j])) is not None]  # fmt: skip
    group = {i: [i] for i in range(len(entries))}
    for _, i, j in sorted(pairs):
        a, b = group[i], group[j]
        if a is b or any(_same_key(entries[p].swatch, entries[q].swatch) for p in a for q in b):
            continue
        a += b
        for q in b:
            group[q] = a
    whole = {id(g): g for g in group.values()}.values()
    return [tuple(entries[i] for i in sorted(g)) for g in whole]


def _is_legend(group: Sequence[Entry], side: Side, marks: Sequence[Mark]) -> bool:
    own = frozenset(i for e in group for i in e.swatch.marks)
    if not _evenly_set(group):
        return False
    if side != "right" and any(len(_copies(e.swatch, marks)) > 1 for e in group):
        return False  # points of a line, with years or names under or before them
    if any(_is_point(e.swatch, marks) for e in group):
        return False
    bars = sum(_has_bar_siblings(e.swatch, marks) for e in group)
    if 2 * bars >= len(group):
        return False
    matched = sum(bool(marks_in_color(e.swatch, marks, own)) for e in group)
    if len(group) == 1:
        return _stands_alone(group[0], marks)
    # A glyph of plain text is a bullet until the chart shows its colour; a drawn key may name a
    # series whose bars are all too small to be seen.
    needed = (len(group) + 1) // 2 if group[0].swatch.shape == "glyph" else 1
    return matched >= needed


def _evenly_set(group: Sequence[Entry]) -> bool:
    """Keys of one shape keep one distance to their text."""
    for shape in ("box", "line", "glyph"):
        gaps = [e.gap for e in group if e.swatch.shape == shape]
        if gaps and max(gaps) - min(gaps) > GAP_SPREAD:
            return False
    return True


def _is_point(key: Swatch, marks: Sequence[Mark]) -> bool:
    """Whether a stroke longer than any line sample runs through the key in its colour: a point of data."""
    box = key.box
    for i, mark in enumerate(marks):
        if (
            i in key.marks
            or mark.kind not in ("line", "polyline")
            or mark.box.width <= LONGEST_SAMPLE * max(box.width, box.height)
        ):
            continue
        if same(key.color, mark.stroke, key.traced) and any(
            abs(x - box.cx) <= box.width / 2 and abs(y - box.cy) <= box.height / 2 for x, y in mark.points
        ):
            return True
    return False


def _copies(key: Swatch, marks: Sequence[Mark]) -> list[int]:
    """Marks drawn exactly like the key elsewhere."""
    return [
        i
        for i, m in enumerate(marks)
        if i not in key.marks and same(key.color, shown(m), key.traced) and _equal_size(key, m)
    ]


def _equal_size(key: Swatch, mark: Mark) -> bool:
    slack = SIZE_SLACK + mark.slack
    return abs(mark.box.width - key.box.width) <= slack and abs(mark.box.height - key.box.height) <= slack


def _has_bar_siblings(key: Swatch, marks: Sequence[Mark]) -> bool:
    """Whether marks of its colour start at the same line, equally thick but of other length: bars."""
    slim = key.shape == "line" and key.traced and all(marks[i].kind == "rect" for i in key.marks)
    if key.shape != "box" and not slim:
        return False
    box = key.box
    for i, mark in enumerate(marks):
        other = mark.box
        if i in key.marks or mark.kind != "rect" or not same(key.color, shown(mark), key.traced):
            continue
        slack = SIZE_SLACK + mark.slack
        longer = abs(other.width - box.width) > BAR_SIBLINGS * box.width
        higher = abs(other.height - box.height) > BAR_SIBLINGS * box.height
        lying = abs(other.height - box.height) <= slack and longer
        upright = abs(other.width - box.width) <= slack and higher
        if lying and min(abs(other.x0 - box.x0), abs(other.x1 - box.x1)) <= slack:
            return True
        if upright and min(abs(other.y0 - box.y0), abs(other.y1 - box.y1)) <= slack:
            return True
    return False


def _stands_alone(entry: Entry, marks: Sequence[Mark]) -> bool:
    """A single key needs more proof: squares before headings and dots of a plot have text beside them too."""
    key = entry.swatch
    if key.shape == "glyph" or entry.gap > 1.2 or (key.shape == "line" and is_grey(key.color)):
        return False
    if key.shape == "box" and not 0.3 * entry.em <= min(key.box.width, key.box.height):
        return False
    if key.shape == "box" and max(key.box.width, key.box.height) > 3.0 * min(key.box.width, key.box.height):
        return False
    matched = [
        marks[i] for i in marks_in_color(key, marks, frozenset(key.marks))
        if not marks[i].box.shared(entry.box) and marks[i].box.shared(key.box.grown(FAR * entry.em))
    ]  # fmt: skip
    squares = [m for m in matched if m.kind not in ("line", "polyline")]
    if key.shape == "box" and any(_equal_size(key, m) for m in squares):
        return False  # one of many equal squares
    strokes = [m for m in matched if (m.kind == "polyline" and len(m.points) > 2) or m.kind == "sector"]
    return len(matched) >= 2 or bool(strokes)


def _fitness(group: Sequence[Entry]) -> float:
    """More entries, closer text: `A ■ B ■` reads to the left because the last ■ has no text right."""
    return len(group) - 0.4 * mean(e.gap for e in group)


def _to_legend(group: Sequence[Entry], marks: Sequence[Mark]) -> Legend:
    rows = _reading_order(group)
    names = lines_to_names([_to_lines(e) for e in rows])
    entries = tuple(
        LegendEntry(
            label=name.text,
            color=e.swatch.color,
            swatch=e.swatch.box,
            words=tuple(dict.fromkeys(name.words)),
            base_n=name.base_n,
            alt=name.alt,
            mark=e.swatch.marks[0] if e.swatch.marks else -1,
        )
        for e, name in zip(rows, names, strict=True)
    )
    return Legend(entries, hull(e.box for e in rows))


def _reading_order(group: Sequence[Entry]) -> list[Entry]:
    """Row by row from the top, each from the left; rows by their text, as keys may be traced in part."""
    if any(e.swatch.traced for e in group):
        levels = {id(e): hull(p.box for p in e.lines[0]).cy for e in group}
    else:
        levels = {id(e): e.swatch.box.cy for e in group}
    rows: list[list[Entry]] = []
    for entry in sorted(group, key=lambda e: levels[id(e)]):
        if rows and abs(levels[id(entry)] - levels[id(rows[-1][0])]) <= ALIGNED * entry.em:
            rows[-1].append(entry)
        else:
            rows.append([entry])
    return [entry for row in rows for entry in sorted(row, key=lambda e: e.swatch.box.x0)]


def _to_lines(entry: Entry) -> list[Line]:
    """One line per printed line, and per run of another style within it."""
    return [Line(p.text, p.size, p.color, p.box, (p.word,)) for line in entry.lines for p in line]
