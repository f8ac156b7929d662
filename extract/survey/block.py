"""The outline block of a survey (調査方法：… 調査期間：…) -> label and value, from tables, text and places.

A report prints it as lines with a colon, as a two-column list, or as a table; on pages with geometry
the value stands right of its label, and what follows below it is the rest of the value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.layout import Line, scene_lines
from extract.scene import Paragraph, Scene
from extract.survey.labels import meaning
from extract.tables.matrix import Entry, Matrix, grid_to_matrix

_BULLETS = r"[・■◆●◼◇▼▶○◯□※\-–—＊*•⚫◎◉▪【\[〔＜<《≪]"
_WITH_COLON = re.compile(
    rf"^\s*(?:{_BULLETS}|\d{{1,2}}[.．)）])*\s*(?P<label>[^：:。、]{{2,34}}?)\s*[】\]〕＞>》≫]?\s*"
    r"(?:[：:]|｜|[ \t]{2,}|\u3000+|／)\s*(?P<value>.+)$",
    re.S,
)
_BRACKETED = re.compile(
    rf"^\s*{_BULLETS}?[【\[〔＜<《≪](?P<label>[^】\]〕＞>》≫]{{2,20}})[】\]〕＞>》≫]\s*[：:]?\s*(?P<value>.+)$",
    re.S,
)
# A label and a value with no more than a blank between them, as dumps of two-column lists have it.
_APART = re.compile(
    rf"^\s*(?:{_BULLETS}|\d{{1,2}}[.．)）])*\s*(?P<label>\S{{2,14}}) (?P<value>[^。]{{2,90}})$"
)
LONGEST_LABEL = 14  # characters looked at before a colon
LONGEST = 160  # characters of a value that stands on the line below its label
ROW = 0.6  # in line heights: how far the middle of a value may be off its label's
WIDEST = 6  # columns of a table that may be an outline


def block_facts(scenes: Sequence[Scene], texts: Sequence[Sequence[Paragraph]]) -> dict[str, list[str]]:
    """Values by meaning, in document order; several values where the document states several."""
    out: dict[str, list[str]] = {}
    for scene, paragraphs in zip(scenes, texts, strict=True):
        for key, value in [*_from_grids(scene), *_from_places(scene), *_from_text(paragraphs)]:
            if value and value not in out.setdefault(key, []):
                out[key].append(value)
    return out


def _from_grids(scene: Scene) -> Iterator[tuple[str, str]]:
    """Rows of label and value, or a row of labels over one of values."""
    for grid in scene.grids:
        yield from _pairs(grid_to_matrix(grid, scene))


def _pairs(matrix: Matrix) -> Iterator[tuple[str, str]]:
    rows = [row for cells in matrix.rows if 2 <= len(row := _filled(cells)) <= WIDEST]
    if len(rows) == 2 and len(rows[0]) == len(rows[1]) and all(meaning(text) for text in rows[0]):
        yield from ((meaning(a), b) for a, b in zip(*rows, strict=True) if a and b and not meaning(b))
        return
    for row in rows:
        for at in range(len(row) - 1):
            label, value = row[at], row[at + 1]
            if value and value != label and meaning(label) and not meaning(value):
                several = _run_together(f"{label}：{value}")
                yield from several if len(several) > 1 else [(meaning(label), value)]


def _filled(cells: Sequence[Entry | None]) -> list[str]:
    """The texts of a row, spanning cells once; frames around each cell leave empty ones between them."""
    found = {e.origin: e.text.strip() for e in cells if e is not None and e.text.strip()}
    return list(found.values())


def _from_text(paragraphs: Sequence[Paragraph]) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    waiting = ""
    for paragraph in paragraphs:
        for line in paragraph.text.split("\n"):
            told = _told(line)
            if told:
                out += told
                waiting = ""
            elif meaning(line):
                waiting = meaning(line)
            elif waiting:
                if len(line) <= LONGEST and not re.search(r"。|^[^：:\d]{2,3}$", line):
                    out.append((waiting, line.strip()))
                waiting = ""
    return out


def _told(line: str) -> list[tuple[str, str]]:
    """The facts of a line of labels and values: one, or several that have run together."""
    if re.search(r"(?:ます|ました|です|でした)。", line):
        return []
    cells = [cell.strip() for cell in re.split(r"[|｜]", line.strip(" |｜"))]
    if len(cells) == 2 and meaning(cells[0]) and cells[1]:  # a table as text
        return [(meaning(cells[0]), cells[1])]
    several = _run_together(line)
    if len(several) > 1:
        return several
    for pattern in (_WITH_COLON, _BRACKETED, _APART):
        m = pattern.match(line)
        key = meaning(m["label"]) if m else ""
        if m and key:
            return [(key, m["value"].strip())]
    return []


def _run_together(line: str) -> list[tuple[str, str]]:
    """調査時期：…調査対象：…: each value ends where the next label starts."""
    starts: list[tuple[int, int, str]] = []
    for colon in re.finditer(r"[：:]", line):
        first = max(starts[-1][1] if starts else 0, colon.start() - LONGEST_LABEL)
        found = ((at, meaning(line[at : colon.start()])) for at in range(first, colon.start() - 1))
        label = next(((at, key) for at, key in found if key), None)
        if label is not None:
            starts.append((label[0], colon.end(), label[1]))
    ends = [*(at for at, _, _ in starts), len(line)][1:]
    return [(key, line[a:b].strip()) for (_, a, key), b in zip(starts, ends, strict=True)]


def _from_places(scene: Scene) -> list[tuple[str, str]]:
    """Labels with their values to the right, on pages that know where their words stand."""
    lines = scene_lines(scene)
    labels = [(line, meaning(line.text)) for line in lines if meaning(line.text)]
    return [(key, text) for line, key in labels if (text := _right_of(line, [ln for ln, _ in labels], lines))]


def _right_of(label: Line, labels: Sequence[Line], lines: Sequence[Line]) -> str:
    """The first line right of the label and those that go on below it, up to the next label."""
    height = label.box.height
    right = [ln for ln in lines if ln.box.x0 >= label.box.x1 and ln is not label]
    beside = [ln for ln in right if abs(ln.box.cy - label.box.cy) <= ROW * height]
    if not beside:
        return ""
    first = min(beside, key=lambda ln: ln.box.x0)
    below = [lb.box.cy for lb in labels if lb.box.cy > label.box.cy + ROW * height]
    limit = min(below, default=first.box.y1 + 6 * height) - ROW * height
    text, last = first.text, first
    for line in sorted(right, key=lambda ln: ln.box.y0):
        goes_on = (
            line.box.y0 > last.box.cy and line.box.y0 - last.box.y1 <= 1.5 * height and line.box.cy < limit
        )
        if goes_on and line.box.x0 < first.box.x1 and line.box.x1 > first.box.x0:
            text, last = text + line.text, line
    return text.lstrip("：: ").strip()
