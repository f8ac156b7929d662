"""Painted glyphs to words: runs of characters without a gap wider than the line's own spacing.

The steps, each a function: spans -> pieces (glyphs set solid) -> rows (pieces on one baseline) -> runs
(cut or joined at the gaps between pieces) -> words in page coordinates. Letter-spaced and justified
Japanese comes out without blanks; two values side by side stay two words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin
from operator import le, sub

from extract.backends.mupdf import ASCENT, DESCENT, Glyph, Span
from extract.scene import Box, Word
from extract.sources.spacing import SOLID, Decision, Gap, cuts

# Baselines closer than this share of the larger size are one row: numerals and kanji of one label sit up
# to a fifth of an em apart when a tool centres them; superscripts sit a third above.
SAME_ROW = 0.25
# A glyph painted again within this share of an em is a fake bold or a shadow, not a second letter.
TWICE = 0.15
# Pieces that overlap by more than this share of an em cannot follow each other on one row.
OVERLAP = 0.3
# Letters set solid may straddle a line; where the gap is at least this wide, the line divides them.
WALL_ROOM = 0.1

Wall = tuple[float, float, float]  # an upright edge: x, top, bottom

# CJK Radicals Supplement has no compatibility mapping for these; fonts without a proper ToUnicode give them.
RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻑⻒⻓⻘⻝⻞⻟⻣⻤⻨⻩⻫⻭⻯⻲⺎⺒⺕⺙⺝⺩⺫⺮⺷⺼",
    "母民西見角長長長青食食食骨鬼麦黄斉歯竜亀兀巳彐攵月王罒竹羊月",
)  # fmt: skip
# Browsers name a printed minus so, where the font draws both alike: before a digit it is one.
SOFT_HYPHEN, MINUS = "\u00ad", "\u2212"
_DROPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_BLANKS = " \t\r\n\u00a0\u2002\u2003\u2009\u3000\u3164"
_IRREGULAR = re.compile(f"[{_DROPPED}{_BLANKS}]")
# Signs that share a glyph with the one Japanese writes; the maps that browsers write name the first of them.
TWINS = str.maketrans("\u2027\u2215\u22ef\u2011\u2012\u2329\u232a", "・／…-–〈〉")
_FOLDED = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06\u2027\u2215\u22ef\u2011\u2012\u2329\u232a]")


@dataclass(slots=True)
class Piece:
    """Glyphs of one style set solid: text, left edges, right end; ``typed``: a typed blank before it."""

    text: str
    starts: list[float]
    end: float
    span: Span
    typed: bool
    bold: bool

    @property
    def start(self) -> float:
        return self.starts[0]


@dataclass(frozen=True, slots=True)
class Run:
    """One word in the frame of its row, before it gets page coordinates."""

    text: str
    edges: tuple[float, ...]
    span: Span
    bold: bool


def spans_to_words(spans: Iterable[Span], walls: Sequence[Wall] = ()) -> tuple[Word, ...]:
    """Words of a page from everything it painted as text; no word reaches across a wall."""
    rows = pieces_to_rows(_without_copies(spans_to_pieces(spans)))
    return tuple(_placed(run) for row in rows for run in row_to_runs(row, walls))


def spans_to_pieces(spans: Iterable[Span]) -> list[Piece]:
    """The solid pieces of all spans in painting order, glyphs painted twice taken once."""
    pieces: list[Piece] = []
    before: Span | None = None
    typed = False
    for span in _with_minus(spans):
        if before is not None and _painted_again(before, span):
            if pieces:
                pieces[-1].bold = True
            continue
        before = span
        text = "".join([g[0] for g in span.glyphs])
        starts = [g[1] for g in span.glyphs]
        ends = [g[2] for g in span.glyphs]
        if not _IRREGULAR.search(text) and _is_solid(starts, ends, span.size):
            if not typed and pieces and _continues(pieces[-1], span, starts[0]):
                pieces[-1].text += text
                pieces[-1].starts += starts
                pieces[-1].end = ends[-1]
            else:
                pieces.append(Piece(text, starts, ends[-1], span, typed, span.bold))
            typed = False
            continue
        typed = _add_pieces(pieces, span, typed)
    return pieces


def _with_minus(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, with a minus for every soft hyphen right before a digit."""
    held: Span | None = None
    for span in spans:
        if held is not None:
            yield _minus_in(held, span.glyphs[0][0] if span.glyphs else "")
        held = span
        if SOFT_HYPHEN not in [glyph[0] for glyph in span.glyphs]:
            yield span
            held = None
    if held is not None:
        yield _minus_in(held, "")


def _minus_in(span: Span, after: str) -> Span:
    text = "".join(glyph[0] for glyph in span.glyphs) + after
    glyphs = tuple(
        (MINUS, *glyph[1:]) if glyph[0] == SOFT_HYPHEN and text[at + 1 : at + 2].isdigit() else glyph
        for at, glyph in enumerate(span.glyphs)
    )
    return span._replace(glyphs=glyphs)


def _continues(piece: Piece, span: Span, start: float) -> bool:
    """Whether a span goes on where the piece ends: many programs change the font within a word."""
    old, size = piece.span, span.size
    return (
        old.baseline == span.baseline
        and -OVERLAP * size <= start - piece.end < SOLID * size
        and old.size == size
        and old.color == span.color
        and old.angle == span.angle
        and old.upright == span.upright
        and piece.bold == span.bold
    )


def _is_solid(starts: list[float], ends: list[float], size: float) -> bool:
    if len(starts) == 1:
        return True
    gaps = list(map(sub, starts[1:], ends))
    return bool(max(gaps) < SOLID * size and min(gaps) >= -OVERLAP * size)


def _add_pieces(pieces: list[Piece], span: Span, typed: bool) -> bool:
    """The pieces of a span with blanks, gaps or letters painted twice; whether it ends in a blank."""
    size = span.size
    current: Piece | None = None
    for glyph in span.glyphs:
        char, start, end = glyph
        if char in _BLANKS:
            typed = True
            current = None
        elif char in _DROPPED:
            continue
        elif current is not None and -OVERLAP * size <= start - current.end < SOLID * size:
            current.text += char
            current.starts.append(start)
            current.end = end
        elif current is not None and _twice(current, glyph, size):
            current.bold = True
        else:
            current = Piece(char, [start], end, span, typed, span.bold)
            pieces.append(current)
            typed = False
    return typed


def _painted_again(a: Span, b: Span) -> bool:
    """Whether span b paints span a once more: fill, then outline, or a fake bold."""
    if len(a.glyphs) != len(b.glyphs) or abs(a.baseline - b.baseline) > TWICE * a.size:
        return False
    near = TWICE * a.size
    return all(x[0] == y[0] and abs(x[1] - y[1]) <= near for x, y in zip(a.glyphs, b.glyphs, strict=True))


def _twice(piece: Piece, glyph: Glyph, size: float) -> bool:
    """Whether this glyph was just painted at the same place: ``4 4 5 5`` for a fake bold ``45``."""
    last = zip(piece.text[-2:], piece.starts[-2:], strict=True)
    return any(char == glyph[0] and abs(start - glyph[1]) <= TWICE * size for char, start in last)


def _without_copies(pieces: list[Piece]) -> list[Piece]:
    """Pieces without those painted again at nearly the same place (fake bold, shadows, outlines)."""
    kept: list[Piece] = []
    seen: dict[str, list[Piece]] = {}
    for piece in pieces:
        near = TWICE * piece.span.size
        for old in seen.get(piece.text, ()):
            if (
                abs(old.start - piece.start) <= near
                and abs(old.span.baseline - piece.span.baseline) <= near
                and old.span.angle == piece.span.angle
            ):
                old.bold = True
                break
        else:
            seen.setdefault(piece.text, []).append(piece)
            kept.append(piece)
    return kept


def pieces_to_rows(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces on one baseline that do not lie over each other, left to right; rows from the top."""
    rows: list[list[Piece]] = []
    open_rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: (p.span.angle, p.span.upright, p.span.baseline, p.starts[0])):
        home = None
        open_rows = [row for row in open_rows if _may_share(row[0].span, piece.span)]
        for row in open_rows:
            if not _covers(row, piece):
                home = row
                break
        if home is None:
            home = []
            rows.append(home)
            open_rows.append(home)
        home.append(piece)
    for row in rows:
        row.sort(key=lambda p: p.starts[0])
    return rows


def _may_share(a: Span, b: Span) -> bool:
    return (
        abs(a.baseline - b.baseline) <= SAME_ROW * max(a.size, b.size)
        and a.angle == b.angle
        and a.upright == b.upright
    )


def _covers(row: list[Piece], piece: Piece) -> bool:
    slack = OVERLAP * piece.span.size
    start, end = piece.starts[0], piece.end
    last = row[-1]
    if last.end - slack <= start and last.span.baseline == piece.span.baseline:
        return False  # sorted by start on one baseline: it follows the last, and so all before it
    return any(p.starts[0] < end - slack and start < p.end - slack for p in row)


def row_to_runs(row: list[Piece], walls: Sequence[Wall] = ()) -> Iterator[Run]:
    """Words of one row, cut and joined by ``extract.sources.spacing``."""
    if len(row) == 1:
        yield _run(row, ())
        return
    gaps = [_gap(a, b) for a, b in pairwise(row)]
    if walls and row[0].span.angle == 0.0 and any(WALL_ROOM <= g.width < 2.5 for g in gaps):
        gaps = _walled(gaps, row, walls)
    decisions = cuts([p.text for p in row], gaps)
    first = 0
    for i in range(1, len(row) + 1):
        if i == len(row) or decisions[i - 1] == "cut":
            yield _run(row[first:i], decisions[first : i - 1])
            first = i


def _gap(a: Piece, b: Piece) -> Gap:
    one, two = a.span, b.span
    if one is two:
        return Gap((b.starts[0] - a.end) / one.size, b.typed)
    big, small = max(one.size, two.size), min(one.size, two.size)
    restyled = one.color != two.color or big > 1.6 * small
    return Gap((b.starts[0] - a.end) / (big or 1.0), b.typed, restyled)


def _walled(gaps: list[Gap], row: list[Piece], walls: Sequence[Wall]) -> list[Gap]:
    """The gaps, with those marked in which a wall stands that is as high as the row."""
    size = row[0].span.size
    middle = row[0].span.baseline - 0.35 * size
    left, right = row[0].start, row[-1].end
    near = [
        x for x, top, bottom in walls
        if left < x < right and top <= middle - 0.3 * size and bottom >= middle + 0.3 * size
    ]  # fmt: skip
    if not near:
        return gaps
    slack = 0.1 * size
    return [
        Gap(gap.width, gap.typed, gap.restyled, walled=True)
        if gap.width >= WALL_ROOM and any(a.end - slack <= x <= b.start + slack for x in near)
        else gap
        for gap, (a, b) in zip(gaps, pairwise(row), strict=True)
    ]


def _run(pieces: Sequence[Piece], decisions: Sequence[Decision]) -> Run:
    text = pieces[0].text
    edges = list(pieces[0].starts)
    for before, piece, decision in zip(pieces, pieces[1:], decisions, strict=False):
        if decision == "blank":
            text += " "
            edges.append(before.end)
        text += piece.text
        edges += piece.starts
    edges.append(pieces[-1].end)
    if _FOLDED.search(text):
        text, edges = _folded(text, edges)
    if not all(map(le, edges, edges[1:])):
        edges = _rising(edges)
    main = pieces[0] if len(pieces) == 1 else max(pieces, key=lambda p: p.span.size)
    bold = sum(len(p.text) for p in pieces if p.bold) * 2 > len(text)
    return Run(text, tuple(edges), main.span, bold)


def _folded(text: str, edges: list[float]) -> tuple[str, list[float]]:
    """Ligatures as letters, radicals as the kanji they stand for; edges divided among the letters."""
    plain: list[str] = []
    parted: list[float] = []
    for i, char in enumerate(text):
        part = plain_char(char)
        for k, letter in enumerate(part):
            plain.append(letter)
            parted.append(edges[i] + (edges[i + 1] - edges[i]) * k / len(part))
    return "".join(plain), [*parted, edges[-1]]


def _rising(edges: list[float]) -> list[float]:
    """Edges of tightly set glyphs may step back by a hair; splitting needs them in order."""
    for i in range(1, len(edges)):
        edges[i] = max(edges[i], edges[i - 1])
    return edges


def plain_char(char: str) -> str:
    """Ligatures as letters, radicals and twin signs as what they stand for; everything else as it is."""
    if ord(char) in TWINS:
        return char.translate(TWINS)
    return unicodedata.normalize("NFKC", char.translate(RADICALS)) if _FOLDED.match(char) else char


def _placed(run: Run) -> Word:
    """The run as a word of the page; text read downwards or upwards has its edges along y."""
    size, baseline, angle = run.span.size, run.span.baseline, run.span.angle
    top, bottom = baseline - ASCENT * size, baseline + DESCENT * size
    start, end = run.edges[0], run.edges[-1]
    edges = run.edges
    if angle == 0.0:
        box = Box(start, top, end, bottom)
    elif angle == 90.0:
        box = Box(-bottom, start, -top, end)
    elif angle == 270.0:
        box, edges = Box(top, -end, bottom, -start), tuple(-e for e in edges)
    elif angle == 180.0:
        box, edges = Box(-end, -bottom, -start, -top), tuple(-e for e in edges)
    else:
        box, edges = _slanted(start, end, top, bottom, angle), ()
    color = run.span.color or "#000000"
    return Word(run.text, box, size, edges, color, run.bold, angle=round(angle))


def _slanted(start: float, end: float, top: float, bottom: float, angle: float) -> Box:
    dx, dy = cos(radians(angle)), sin(radians(angle))
    corners = [(u * dx - v * dy, u * dy + v * dx) for u in (start, end) for v in (top, bottom)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))
