"""Painted glyphs to words: runs of characters without a gap wider than the line's own spacing.

The steps, each a function: spans -> strands (glyphs the pen set one after another) -> rows (strands on
one baseline) -> runs (cut where the gap is wider than the spacing) -> words in page coordinates.
Letter-spaced and justified Japanese comes out without blanks; two values side by side stay two words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import cos, radians, sin

from extract.backends.mupdf import ASCENT, DESCENT, Glyph, Span
from extract.scene import Box, Word
from extract.sources.spacing import Gap, cuts

# Baselines closer than this share of the larger size are one row: numerals and kanji of one label sit up
# to a fifth of an em apart when a tool centres them; superscripts sit a third above.
SAME_ROW = 0.25
# A glyph painted again within this share of an em is a fake bold or a shadow, not a second letter.
TWICE = 0.15
# Runs that overlap by more than this share of an em cannot follow each other on one row.
OVERLAP = 0.3
# The pen may leave room for glyphs that another font paints later; so a strand ends at a hole.
HOLE = 0.5
# Letters set solid may straddle a line; where the gap is at least this wide, the line divides them.
WALL_ROOM = 0.1

# CJK Radicals Supplement has no compatibility mapping for these; fonts without a proper ToUnicode give them.
RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻑⻒⻓⻘⻝⻞⻟⻣⻤⻨⻩⻫⻭⻯⻲⺎⺒⺕⺙⺝⺩⺫⺮⺷⺼",
    "母民西見角長長長青食食食骨鬼麦黄斉歯竜亀兀巳彐攵月王罒竹羊月",
)  # fmt: skip
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(slots=True)
class Strand:
    """Glyphs of one style that the pen set one after another; ``blanks[i]``: a typed blank before glyph i."""

    span: Span
    glyphs: list[Glyph] = field(default_factory=list)
    blanks: list[bool] = field(default_factory=list)
    bold: bool = False

    @property
    def start(self) -> float:
        return self.glyphs[0][1]

    @property
    def end(self) -> float:
        return self.glyphs[-1][2]


@dataclass(frozen=True, slots=True)
class Run:
    """One word in the frame of its row, before it gets page coordinates."""

    text: str
    edges: tuple[float, ...]
    baseline: float
    size: float
    span: Span
    bold: bool


Wall = tuple[float, float, float]  # an upright edge: x, top, bottom


def spans_to_words(spans: Iterable[Span], walls: Sequence[Wall] = ()) -> tuple[Word, ...]:
    """Words of a page from everything it painted as text; no word reaches across a wall."""
    rows = strands_to_rows(_without_copies(spans_to_strands(spans)))
    return tuple(_placed(run) for row in rows for run in row_to_runs(row, walls))


def spans_to_strands(spans: Iterable[Span]) -> list[Strand]:
    """Consecutive glyphs, cut where the style, the row or the pen's direction changes."""
    strands: list[Strand] = []
    current: Strand | None = None
    before: Span | None = None
    blank = False
    for span in spans:
        if before is not None and _painted_again(before, span):
            if current is not None:
                current.bold = True
            continue
        before = span
        if current is None or not _same_style(current.span, span):
            current = None
        size = span.size
        for glyph in span.glyphs:
            char, start, _ = glyph
            if char.isspace() or char == "\u3164":
                blank = True
                continue
            if char in _DROPPED:
                continue
            if current is None or not -OVERLAP * size <= start - current.end <= HOLE * size:
                if current is not None and _twice(current, glyph, size):
                    current.bold = True
                    continue
                current = Strand(span, bold=span.bold)
                strands.append(current)
            current.glyphs.append(glyph)
            current.blanks.append(blank)
            blank = False
    return strands


def _same_style(a: Span, b: Span) -> bool:
    return (
        a.size == b.size
        and a.baseline == b.baseline
        and a.color == b.color
        and a.angle == b.angle
        and a.upright == b.upright
        and a.bold == b.bold
        and a.invisible == b.invisible
    )


def _painted_again(a: Span, b: Span) -> bool:
    """Whether span b paints span a once more: fill, then outline, or a fake bold."""
    return (
        len(a.glyphs) == len(b.glyphs)
        and abs(a.baseline - b.baseline) <= TWICE * a.size
        and all(
            x[0] == y[0] and abs(x[1] - y[1]) <= TWICE * a.size
            for x, y in zip(a.glyphs, b.glyphs, strict=True)
        )
    )


def _twice(strand: Strand, glyph: Glyph, size: float) -> bool:
    """Whether this glyph was just painted at the same place: ``4 4 5 5`` for a fake bold ``45``."""
    return any(old[0] == glyph[0] and abs(old[1] - glyph[1]) <= TWICE * size for old in strand.glyphs[-2:])


def _without_copies(strands: list[Strand]) -> list[Strand]:
    """Strands without those painted again at nearly the same place (fake bold, shadows, outlines)."""
    kept: list[Strand] = []
    seen: dict[tuple[str, int, float], list[Strand]] = {}
    for strand in strands:
        text = "".join(g[0] for g in strand.glyphs)
        near = TWICE * strand.span.size
        key = (text, len(strand.glyphs), strand.span.angle)
        for old in seen.get(key, ()):
            if (
                abs(old.start - strand.start) <= near
                and abs(old.span.baseline - strand.span.baseline) <= near
            ):
                old.bold = True
                break
        else:
            seen.setdefault(key, []).append(strand)
            kept.append(strand)
    return kept


def strands_to_rows(strands: list[Strand]) -> list[list[Strand]]:
    """Strands on one baseline that do not lie over each other, left to right; rows from the top."""
    rows: list[list[Strand]] = []
    open_rows: list[list[Strand]] = []
    for strand in sorted(strands, key=lambda s: (s.span.angle, s.span.upright, s.span.baseline, s.start)):
        home = None
        still_open = []
        for row in open_rows:
            if _may_share(row[0], strand):
                still_open.append(row)
                if home is None and not _covers(row, strand):
                    home = row
        open_rows = still_open
        if home is None:
            home = []
            rows.append(home)
            open_rows.append(home)
        home.append(strand)
    for row in rows:
        row.sort(key=lambda s: s.start)
    return rows


def _may_share(a: Strand, b: Strand) -> bool:
    return (
        a.span.angle == b.span.angle
        and a.span.upright == b.span.upright
        and abs(a.span.baseline - b.span.baseline) <= SAME_ROW * max(a.span.size, b.span.size)
    )


def _covers(row: list[Strand], strand: Strand) -> bool:
    slack = OVERLAP * strand.span.size
    return any(s.start < strand.end - slack and strand.start < s.end - slack for s in row)


def row_to_runs(row: list[Strand], walls: Sequence[Wall] = ()) -> Iterator[Run]:
    """Words of one row, cut and joined by ``extract.sources.spacing``."""
    glyphs = [(g, s) for s in row for g in s.glyphs]
    gaps = list(_gaps(row))
    if walls and row[0].span.angle == 0.0 and any(WALL_ROOM <= g.width < 2.5 for g in gaps):
        gaps = _walled(gaps, [g for g, _ in glyphs], row, walls)
    decisions = cuts([g[0][0] for g in glyphs], gaps)
    first = 0
    for i in range(1, len(glyphs) + 1):
        if i == len(glyphs) or decisions[i - 1] == "cut":
            yield _run(glyphs[first:i], decisions[first : i - 1])
            first = i


def _gaps(row: list[Strand]) -> Iterator[Gap]:
    """The gap after each glyph but the last."""
    before: tuple[Strand, Glyph] | None = None
    for strand in row:
        size = strand.span.size
        for glyph, blank in zip(strand.glyphs, strand.blanks, strict=True):
            if before is not None:
                old, last = before
                em = size if old is strand else max(size, old.span.size)
                restyled = old is not strand and _restyled(old, strand)
                yield Gap((glyph[1] - last[2]) / em, blank, restyled)
            before = (strand, glyph)


def _walled(gaps: list[Gap], glyphs: list[Glyph], row: list[Strand], walls: Sequence[Wall]) -> list[Gap]:
    """The gaps, with those marked in which a wall stands that is as high as the row."""
    size = row[0].span.size
    middle = row[0].span.baseline - 0.35 * size
    left, right = glyphs[0][1], glyphs[-1][2]
    near = [
        x for x, top, bottom in walls
        if left < x < right and top <= middle - 0.3 * size and bottom >= middle + 0.3 * size
    ]  # fmt: skip
    if not near:
        return gaps
    marked = list(gaps)
    for i, gap in enumerate(gaps):
        if gap.width >= WALL_ROOM:
            end, start = glyphs[i][2], glyphs[i + 1][1]
            if any(end - 0.1 * size <= x <= start + 0.1 * size for x in near):
                marked[i] = replace(gap, walled=True)
    return marked


def _restyled(a: Strand, b: Strand) -> bool:
    big, small = max(a.span.size, b.span.size), min(a.span.size, b.span.size)
    return a.span.color != b.span.color or big > 1.6 * small


def _run(glyphs: Sequence[tuple[Glyph, Strand]], decisions: Sequence[str]) -> Run:
    text: list[str] = []
    edges: list[float] = []
    for i, ((char, start, end), _) in enumerate(glyphs):
        if i and decisions[i - 1] == "blank":
            text.append(" ")
            edges.append(glyphs[i - 1][0][2])
        plain = plain_char(char)
        for k, part in enumerate(plain):
            text.append(part)
            edges.append(start + (end - start) * k / len(plain))
    edges.append(glyphs[-1][0][2])
    main = max((s for _, s in glyphs), key=lambda s: s.span.size)
    bold = sum(s.bold for _, s in glyphs) * 2 > len(glyphs)
    return Run("".join(text), _rising(edges), main.span.baseline, main.span.size, main.span, bold)


def _rising(edges: list[float]) -> tuple[float, ...]:
    """Edges of tightly set glyphs may step back by a hair; splitting needs them in order."""
    for i in range(1, len(edges)):
        edges[i] = max(edges[i], edges[i - 1])
    return tuple(edges)


def plain_char(char: str) -> str:
    """Ligatures as letters and radicals as the kanji they stand for; everything else as it is."""
    if char < "\u2e80":
        return char
    if char <= "\u2fdf":
        return unicodedata.normalize("NFKC", char.translate(RADICALS))
    if "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    return char


def _placed(run: Run) -> Word:
    """The run as a word of the page; text read downwards or upwards has its edges along y."""
    top, bottom = run.baseline - ASCENT * run.size, run.baseline + DESCENT * run.size
    start, end = run.edges[0], run.edges[-1]
    angle = run.span.angle
    if angle == 0.0:
        box, edges = Box(start, top, end, bottom), run.edges
    elif angle == 90.0:
        box, edges = Box(-bottom, start, -top, end), run.edges
    elif angle == 270.0:
        box, edges = Box(top, -end, bottom, -start), tuple(-e for e in run.edges)
    elif angle == 180.0:
        box, edges = Box(-end, -bottom, -start, -top), tuple(-e for e in run.edges)
    else:
        box, edges = _slanted(start, end, top, bottom, angle), ()
    return Word(
        text=run.text, box=box, size=run.size, edges=edges, color=run.span.color or "#000000",
        bold=run.bold, angle=round(angle),
    )  # fmt: skip


def _slanted(start: float, end: float, top: float, bottom: float, angle: float) -> Box:
    dx, dy = cos(radians(angle)), sin(radians(angle))
    corners = [(u * dx - v * dy, u * dy + v * dx) for u in (start, end) for v in (top, bottom)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))
