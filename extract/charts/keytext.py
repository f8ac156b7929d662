"""The text beside a swatch: its line, the lines it wraps to, cut where the next swatch begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extract.charts.swatches import Swatch
from extract.scene import Box, Word, hull

Side = Literal["right", "left", "below"]

REACH = 2.5  # em from a swatch to its text; spreadsheets leave 0.3-0.8, slides up to 2
OVERLAP = 0.35  # em a text box may reach into its swatch: OCR boxes are generous
SAME_ROW = 0.5  # em between the centres of a swatch and its line
WORD_GAP = 1.6  # em between the words of one label; a full-width slash that recognition drops leaves 1.4
SURE = 0.9  # a first character below this confidence may be the edge of its swatch
WRAP = 0.9  # em of white between the lines of one label
ALIGNED = 0.7  # em: lines of one label begin this near to one another


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, or the part of it on one side of a swatch it was merged with."""

    text: str
    box: Box
    size: float
    color: str
    word: int
    first: int

    @property
    def key(self) -> tuple[int, int]:
        return self.word, self.first


@dataclass(frozen=True, slots=True)
class Entry:
    """A swatch with the lines of its text, top to bottom."""

    swatch: Swatch
    lines: tuple[tuple[Piece, ...], ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(p for line in self.lines for p in line)

    @property
    def box(self) -> Box:
        return hull([self.swatch.box, *(p.box for p in self.pieces)])

    @property
    def em(self) -> float:
        return self.lines[0][0].size

    @property
    def gap(self) -> float:
        """Em of white between swatch and text."""
        text, key = hull(p.box for p in self.pieces), self.swatch.box
        dx = max(text.x0 - key.x1, key.x0 - text.x1, 0.0)
        dy = max(text.y0 - key.y1, key.y0 - text.y1, 0.0)
        return max(dx, dy) / self.em


def entries_beside(side: Side, swatches: Sequence[Swatch], pieces: Sequence[Piece]) -> list[Entry]:
    """Each swatch that has text on this side, with that text."""
    starts = _nearest_each(side, swatches, pieces)
    anchored = {p.key for p in starts.values()}
    found = []
    for swatch, start in starts.items():
        if side == "below":
            found.append(Entry(swatch, _lines_below(start, pieces)))
        elif side == "left":
            found.append(Entry(swatch, (_run_left(start, pieces, swatches),)))
        else:
            found.append(Entry(swatch, _wrapped(swatch, start, pieces, swatches, anchored)))
    return found


def _nearest_each(side: Side, swatches: Sequence[Swatch], pieces: Sequence[Piece]) -> dict[Swatch, Piece]:
    """The first piece of each swatch; a piece beside several swatches goes to the nearest of them."""
    nearest: dict[tuple[int, int], tuple[float, Swatch, Piece]] = {}
    for swatch in swatches:
        hit = _first_piece(side, swatch, pieces)
        if hit is None:
            continue
        cost, piece = hit
        if piece.key not in nearest or cost < nearest[piece.key][0]:
            nearest[piece.key] = (cost, swatch, piece)
    return {swatch: piece for _, swatch, piece in nearest.values()}


def cut_words(words: Sequence[Word], swatches: Sequence[Swatch]) -> list[Piece]:
    """Words as pieces without the characters that are, or lie upon, a swatch."""
    pieces: list[Piece] = []
    for k, word in enumerate(words):
        if word.angle % 180 or not word.text.strip():
            continue
        on_line = [s for s in swatches if (s.word == k or s.word < 0) and _on_line(s, word)]
        if not on_line or len(word.edges) != len(word.text) + 1:
            pieces.append(Piece(word.text.strip(), word.box, word.size, word.color, k, 0))
            continue
        pieces += _cut(word, k, on_line)
    return pieces


def _on_line(swatch: Swatch, word: Word) -> bool:
    box, line, em = swatch.box, word.box, word.size
    if abs(box.y0 + box.y1 - line.y0 - line.y1) > 2 * SAME_ROW * em:
        return False
    inside = line.x0 - 0.2 * em <= box.cx <= line.x1 + 0.2 * em or box.x0 < line.x0 < box.x1
    return inside and box.width <= 4 * em


def _cut(word: Word, index: int, on_line: Sequence[Swatch]) -> list[Piece]:
    """Runs of characters between swatches; a swatch between two characters parts them as well."""
    pieces: list[Piece] = []
    run: list[int] = []
    centres = sorted(s.box.cx for s in on_line)
    last = float("-inf")
    for c in range(len(word.text)):
        middle = (word.edges[c] + word.edges[c + 1]) / 2
        covered = any(s.box.x0 <= middle <= s.box.x1 for s in on_line) or _stained(word, c, on_line)
        parted = any(last < x <= middle for x in centres)
        if (covered or parted) and run:
            pieces.append(_piece(word, index, run))
            run = []
        if not covered:
            run.append(c)
        last = middle
    if run:
        pieces.append(_piece(word, index, run))
    return [p for p in pieces if p.text]


def _stained(word: Word, c: int, on_line: Sequence[Swatch]) -> bool:
    """A doubtful first character that begins on a swatch is the swatch's edge read as a 1."""
    doubtful = c == 0 and len(word.doubts) == len(word.text) and word.doubts[0] < SURE
    return doubtful and any(s.box.x0 < word.edges[0] < s.box.x1 for s in on_line)


def _piece(word: Word, index: int, run: Sequence[int]) -> Piece:
    text = "".join(word.text[c] for c in run)
    start = run[0] + len(text) - len(text.lstrip())
    end = run[-1] - (len(text) - len(text.rstrip()))
    box = Box(word.edges[min(start, run[-1])], word.box.y0, word.edges[max(end, run[0]) + 1], word.box.y1)
    return Piece(text.strip(), box, word.size, word.color, index, run[0])


def _first_piece(side: Side, swatch: Swatch, pieces: Sequence[Piece]) -> tuple[float, Piece] | None:
    """The piece nearest to the swatch on this side and how near, in em.

    A swatch centred on its label may stand between two lines.
    """
    best: tuple[float, Piece] | None = None
    key = swatch.box
    height, width, level, right = key.height, key.width, key.cy, side == "right"
    for p in pieces:
        em = p.size
        if height > 2.2 * em or width > 7 * em:
            continue
        if side == "below":
            along, across = p.box.y0 - key.y1, abs(p.box.cx - key.cx)
            fits = across <= max(0.5 * p.box.width, 0.5 * em) and key.y1 - OVERLAP * em <= p.box.y0
        else:
            box = p.box
            across = abs((box.y0 + box.y1) / 2 - level)
            fits = across <= 1.1 * em
            along = box.x0 - key.x1 if right else key.x0 - box.x1
        if not fits or not -OVERLAP * em <= along <= REACH * em:
            continue
        cost = max(along, 0.0) / em + 2.0 * max(across / em - SAME_ROW, 0.0)
        if best is None or cost < best[0]:
            best = (cost, p)
    return best


def _blocked(left: float, right: float, y: float, em: float, swatches: Sequence[Swatch]) -> bool:
    """Whether a swatch stands on the row between two x."""
    return any(left < s.box.cx < right and abs(s.box.cy - y) <= SAME_ROW * em for s in swatches)


def _run_right(start: Piece, pieces: Sequence[Piece], swatches: Sequence[Swatch]) -> tuple[Piece, ...]:
    line = [start]
    for p in sorted(pieces, key=lambda p: p.box.x0):
        end = line[-1]
        if p.box.x0 < end.box.x0 + 0.01 or abs(p.box.cy - start.box.cy) > SAME_ROW * start.size:
            continue
        if p.box.x0 - end.box.x1 > WORD_GAP * start.size:
            break
        if _blocked(end.box.x1 - 0.1, p.box.x0 + 0.1, start.box.cy, start.size, swatches):
            break
        line.append(p)
    return tuple(line)


def _run_left(start: Piece, pieces: Sequence[Piece], swatches: Sequence[Swatch]) -> tuple[Piece, ...]:
    line = [start]
    for p in sorted(pieces, key=lambda p: -p.box.x1):
        end = line[0]
        if p.box.x1 > end.box.x1 - 0.01 or abs(p.box.cy - start.box.cy) > SAME_ROW * start.size:
            continue
        if end.box.x0 - p.box.x1 > WORD_GAP * start.size:
            break
        if _blocked(p.box.x1 - 0.1, end.box.x0 + 0.1, start.box.cy, start.size, swatches):
            break
        line.insert(0, p)
    return tuple(line)


def _next_line(
    line: Piece, start: Piece, pieces: Sequence[Piece], step: Literal[1, -1]
) -> tuple[float, Piece] | None:
    """The aligned line below (1) or above (-1) with the em of white between."""
    near: tuple[float, Piece] | None = None
    for p in pieces:
        if abs(p.box.x0 - start.box.x0) > ALIGNED * start.size or p.key == line.key:
            continue
        white = (p.box.y0 - line.box.y1 if step == 1 else line.box.y0 - p.box.y1) / start.size
        onward = (p.box.cy - line.box.cy) * step > 0.3 * start.size
        if -0.5 <= white <= WRAP and onward and (near is None or white < near[0]):
            near = (white, p)
    return near


def _wrapped(
    swatch: Swatch,
    start: Piece,
    pieces: Sequence[Piece],
    swatches: Sequence[Swatch],
    anchored: set[tuple[int, int]],
) -> tuple[tuple[Piece, ...], ...]:
    """The line beside the swatch, the lines under it, and lines over it when the swatch is centred."""
    lines = [start]
    below = _follow(start, start, pieces, anchored, 1)
    lines += below
    above = _follow(start, start, pieces, anchored, -1)
    centred = abs(hull([p.box for p in [*above, *lines]]).cy - swatch.box.cy) <= SAME_ROW * start.size
    between_lines = abs(start.box.cy - swatch.box.cy) > 0.2 * start.size
    if above and centred and (below or between_lines):
        lines = above[::-1] + lines
    return tuple(_run_right(p, pieces, swatches) for p in lines)


def _follow(
    line: Piece, start: Piece, pieces: Sequence[Piece], anchored: set[tuple[int, int]], step: Literal[1, -1]
) -> list[Piece]:
    """Lines that continue the label in one direction until another swatch's line comes nearer."""
    found: list[Piece] = []
    while (step_to := _next_line(line, start, pieces, step)) is not None:
        white, nearest = step_to
        if nearest.key in anchored:
            break
        onward = _next_line(nearest, start, pieces, step)
        if onward is not None and onward[1].key in anchored and onward[0] < white - 0.25:
            break  # it stands closer to the next swatch's line: that one is centred on its label
        found.append(nearest)
        line = nearest
    return found


def _lines_below(start: Piece, pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], ...]:
    lines = [start]
    while (near := _next_centred(lines[-1], start, pieces)) is not None:
        lines.append(near)
    return tuple((line,) for line in lines)


def _next_centred(line: Piece, start: Piece, pieces: Sequence[Piece]) -> Piece | None:
    under = [
        p
        for p in pieces
        if abs(p.box.cx - start.box.cx) <= ALIGNED * start.size
        and p.box.cy > line.box.cy + 0.3 * start.size
        and p.box.y0 - line.box.y1 <= WRAP * start.size
    ]
    return min(under, key=lambda p: p.box.y0, default=None)
