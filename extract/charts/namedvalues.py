"""Text blocks of a chart: a name, its value, or both in one word, over one or several lines.

`Customer Success 45%` · `影響があった；49.8%` · `はい` over `20 (33.9%)` · `45%` over a translation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.charts.color import distance
from extract.charts.draft import Label
from extract.charts.labels import part_box, prints_values, read_labels
from extract.charts.wording import OTHER_INK, Line, script
from extract.scene import Box, Scene, Word, hull

WORD_GAP = 1.2  # em between the words of one line
LINE_WHITE = 0.7  # em of white between the lines of one block
ALIGNED = 0.7  # em: edges or centres of the lines of one block agree this well
# Where a name may end and its value begin: after a mark, a blank, or a letter before a figure with a sign.
SEAM = re.compile(r"[\s:：;；、,，|｜/／=＝…‥・\-–—]+$")
TRAIL = re.compile(r"[\s:：;；、,，=＝…‥]+$")  # what stays behind when the value stands on the next line
FIGURE = re.compile(r"[\d０-９]")
# What a value at the end of a text may begin with, and one at its beginning end with.
FIRST, LAST = re.compile(r"[\d０-９(（▲△\-−]"), re.compile(r"[%％)）]")
SAMPLE = re.compile(r"[nNｎＮ]\s*[=＝:：]\s*$")
WITHIN = re.compile(r"[\d０-９][,，.．]$")  # `5` of `5,000`
ENUMERATION = re.compile(r"[①-⒛❶-❿⓪-⓿Ⅰ-ⅿ]")  # figures that number things and count nothing
COUNT_AND_SHARE = re.compile(r"[\d０-９,，]+\s*[人名件社票]?\s*[(（]")
SURE = re.compile(r"[%％]")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line with its values taken out of the wording."""

    lines: tuple[Line, ...]
    labels: tuple[Label, ...]
    box: Box
    size: float


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that say one thing: ``names`` top to bottom, ``labels`` its values, ``box`` around all."""

    names: tuple[Line, ...]
    labels: tuple[Label, ...]
    box: Box
    size: float
    color: str

    @property
    def words(self) -> tuple[int, ...]:
        said = [w for line in self.names for w in line.words] + [label.word for label in self.labels]
        return tuple(dict.fromkeys(said))

    @property
    def percent(self) -> Label | None:
        return next((label for label in self.labels if label.unit == "percent"), None)


def find_blocks(scene: Scene, words: Iterable[int]) -> list[Block]:
    """The text of these words as blocks, each with at most one percentage and one count."""
    rows = _rows(scene, [w for w in words if scene.words[w].text.strip() and scene.words[w].angle % 180 == 0])
    lines = [line for row in rows for line in _read_row(scene, row)]
    return [block for stack in _stacks(lines) for block in _split(stack)]


def single_lines(block: Block) -> list[Block]:
    """A block of names without values as one block per line."""
    return [Block((line,), (), line.box, line.size, line.color) for line in block.names]


def split_named(scene: Scene, index: int) -> tuple[Line | None, tuple[Label, ...]]:
    """A word as name and values: either may be missing."""
    word = scene.words[index]
    whole = read_labels(scene, [index])
    if whole and not ENUMERATION.search(word.text):
        return None, whole
    for start, end in _value_spans(word.text):
        if not prints_values(word.text[start:end]):
            continue
        labels = read_labels(replace(scene, words=(_part(word, start, end),)), [0])
        name = (word.text[:start] + word.text[end:]) if start == 0 or end == len(word.text) else ""
        name = SEAM.sub("", name).strip().lstrip(":：;；、,， ") if name else ""
        if not name or not _belongs(word.text, start, end, labels):
            continue
        box = part_box(word, 0, start) if start else part_box(word, end, len(word.text))
        line = Line(_unbracket(name), word.size, word.color, box, (index,))
        return line, tuple(replace(label, word=index) for label in labels)
    return Line(word.text.strip(), word.size, word.color, word.box, (index,)), ()


def _value_spans(text: str) -> list[tuple[int, int]]:
    """Ends and beginnings of the text that could be its value, the longest first."""
    at_end = [(m.start(), len(text)) for m in FIRST.finditer(text, 1)]
    at_start = [(0, m.end()) for m in LAST.finditer(text, 1, len(text) - 1)]
    return [*at_end, *reversed(at_start)]


def _part(word: Word, start: int, end: int) -> Word:
    edges = word.edges[start : end + 1] if len(word.edges) == len(word.text) + 1 else ()
    doubts = word.doubts[start:end] if len(word.doubts) == len(word.text) else ()
    return replace(
        word, text=word.text[start:end], box=part_box(word, start, end), edges=edges, doubts=doubts
    )


def _belongs(text: str, start: int, end: int, labels: Sequence[Label]) -> bool:
    """Whether the figure is the name's value and not part of the name (`週に1回`, `n=312`, `2022年`)."""
    before = text[:start]
    if SAMPLE.search(before) or WITHIN.search(before) or ENUMERATION.search(text[start:end]):
        return False
    apart = not before or bool(SEAM.search(before))
    if not apart and labels[0].unit != "percent" and not COUNT_AND_SHARE.match(text[start:]):
        return False
    if any(label.unit == "percent" for label in labels):
        last = before[-1:]
        return not FIGURE.match(last) and (not last or last not in ".,~～〜-–")
    return start > 0 and not before.rstrip().endswith(("-", "–", "—", "~", "～", "〜"))


def _unbracket(name: str) -> str:
    return name[:-1].rstrip() if name.endswith(("(", "（")) else name


def _rows(scene: Scene, words: Sequence[int]) -> list[list[int]]:
    """Words in lines: side by side, on one height, close together."""
    rows: list[list[int]] = []
    for w in sorted(words, key=lambda w: (scene.words[w].box.x0, scene.words[w].box.cy)):
        word = scene.words[w]
        for row in rows:
            last = scene.words[row[-1]]
            em = max(word.size, last.size)
            level = abs(last.box.cy - word.box.cy) <= 0.4 * min(word.size, last.size)
            if level and -0.3 * em <= word.box.x0 - last.box.x1 <= WORD_GAP * em and not _parted(last, word):
                row.append(w)
                break
        else:
            rows.append([w])
    return rows


def _parted(last: Word, word: Word) -> bool:
    """Two values side by side belong to two marks unless the second is in brackets."""
    first, second = SURE.search(last.text), SURE.search(word.text)
    return bool(first and second)


def _read_row(scene: Scene, row: Sequence[int]) -> list[TextLine]:
    """The row as one line, or one line per value where it holds nothing but several of one kind."""
    lines: list[Line] = []
    labels: list[Label] = []
    for w in row:
        name, values = split_named(scene, w)
        if name is not None:
            lines.append(name)
        labels += values
    size = max(scene.words[w].size for w in row)
    if not lines and sum(label.unit == "percent" for label in labels) > 1:
        return [TextLine((), (label,), label.box, size) for label in labels]
    box = hull(scene.words[w].box for w in row)
    return [TextLine(tuple(lines), tuple(labels), box, size)]


def _stacks(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines under each other that are aligned and close."""
    stacks: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda t: (t.box.cy, t.box.x0)):
        best: tuple[float, list[TextLine]] | None = None
        for stack in stacks:
            last = stack[-1]
            em = min(last.size, line.size)
            white = (line.box.y0 - last.box.y1) / em
            under = line.box.cy - last.box.cy > 0.5 * em and -0.6 <= white <= LINE_WHITE
            if under and _aligned(last, line) and not _another_speaks(last, line):
                off = abs(white) + abs(line.box.cx - last.box.cx) / (10 * em)
                if best is None or off < best[0]:
                    best = (off, stack)
        if best:
            best[1].append(line)
        else:
            stacks.append([line])
    return stacks


def _another_speaks(a: TextLine, b: TextLine) -> bool:
    """Two names in two inks and one script name two series; a translation changes script as well."""
    if not a.lines or not b.lines or a.labels or b.labels:
        return False
    inks = distance(a.lines[0].color, b.lines[0].color) > OTHER_INK
    return inks and script(a.lines[0].text) == script(b.lines[0].text)


def _aligned(a: TextLine, b: TextLine) -> bool:
    slack = ALIGNED * min(a.size, b.size)
    offs = (a.box.x0 - b.box.x0, a.box.x1 - b.box.x1, a.box.cx - b.box.cx)
    return min(abs(off) for off in offs) <= slack


def _split(stack: Sequence[TextLine]) -> list[Block]:
    """A stack of lines cut so that no block has two values of one kind."""
    names_first = bool(stack[0].lines) or not any(line.lines for line in stack)
    runs: list[list[TextLine]] = [[]]
    for k, line in enumerate(stack):
        run = runs[-1]
        full = any(t.labels for t in run)
        if full and (
            (line.labels and not _completes(run, line))
            or (line.lines and not line.labels and names_first and _names_the_next(stack, k))
        ):
            runs.append([])
        runs[-1].append(line)
    return [_to_block(run) for run in runs if run]


def _completes(run: Sequence[TextLine], line: TextLine) -> bool:
    """`20` under `33.9%`: the other way to say the same value, and no name between."""
    kinds = {label.unit == "percent" for t in run for label in t.labels}
    more = {label.unit == "percent" for label in line.labels}
    return not line.lines and not kinds & more and bool(run[-1].labels)


def _names_the_next(stack: Sequence[TextLine], k: int) -> bool:
    """Whether a line of name only heads the next value rather than continue the last one."""
    first = next(t for t in stack if t.labels)
    if first.lines:
        return False  # `Yes 80%` over `はい`: what follows a named value belongs to it
    later = [t for t in stack[k + 1 :] if t.labels]
    return bool(later) and not later[0].lines


def _to_block(run: Sequence[TextLine]) -> Block:
    labels = tuple(label for t in run for label in t.labels)
    lines = [line for t in run for line in t.lines]
    valued = next((k for k, t in enumerate(run) if t.labels), len(run) - 1)
    above = sum(len(t.lines) for t in run[: valued + 1])
    if labels and above:
        lines[above - 1] = replace(lines[above - 1], text=TRAIL.sub("", lines[above - 1].text))
    names = tuple(line for line in lines if line.text)
    first = run[0]
    color = names[0].color if names else ""
    return Block(names, labels, hull(t.box for t in run), first.size, color)
