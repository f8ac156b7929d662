"""Words of a scene -> paragraphs in reading order.

    words -> line pieces (a gap wider than the line's own spacing parts columns)
          -> blocks (pieces above each other, alike in size, close in height)
          -> reading order (cut the page along its gutters, then along its gaps)
          -> paragraphs (wrapped lines joined; headings, call-outs, notes told apart)

A paragraph keeps one box per character, so that a number can be shown where it stands.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.finding import Taken
from extract.linebreaks import cuts_number
from extract.numbers import find_quantities, plain_signs
from extract.scene import Box, Paragraph, ParagraphKind, Scene, Word, hull

WIDE_GAP = 1.2  # in type sizes: a gap that parts two pieces of one line (columns, cells)
LABEL_GAP = 8.0  # in type sizes: the widest gap between a label and its colon (・対象者　　　：全国の…)
LEADING = 1.0  # in type sizes: the widest white between two lines of one block
ALIKE = 0.12  # share by which the sizes of two lines of one block may differ
GUTTER = 0.8  # in type sizes: the narrowest white strip that parts two columns
MARGIN = 0.075  # share of the page height at its top and bottom where page numbers and running heads live
LARGE = 1.15  # in body sizes: from here a short line is a heading
HUGE = 1.6  # in body sizes: from here a lone number is a call-out
FURIGANA = 0.62  # in sizes of the line below: smaller text right above a line is its reading aid
SURE = 0.999  # the most that a character seen by OCR is trusted
BROKEN = 24  # characters of the shortest paragraph that may go on in the next column
RAGGED = 0.3  # share of the block's width that a wrapped line may leave free where text is set ragged
BETWEEN = 8  # paragraphs that may stand between the two parts of a sentence that a column parted
REPEATED = 3  # pages on which the same text makes it a running head
SLACK_RIGHT = 2.2  # in type sizes: a line that ends this close to the block's right edge was wrapped

_BULLET = re.compile(
    r"^(?:[■◆●◼◇▼▽★☆※⚫•▪◦・○□➤▶►✓✔\-–]\s?|[①-⑳]|\d{1,2}[.．)）](?!\d)\s?|[(（]\d{1,2}[)）]|【|＜|≪|《|[QＱ]\d)"
)
_LABELLED = re.compile(r"^[^\s：:、。「」（()）\d]{2,10}\s*[：:](?!/)")  # 調査対象：全国の…
_WIDOW = re.compile(r"[ぁ-ん]{1,3}[。]?")  # the end of a word that a line had no room for
_PAGE_NUMBER = re.compile(
    r"^(?:[-–—|／/pP.\s]*\d{1,3}[-–—|／/\s]*(?:\d{1,3})?\s*(?:ページ|頁)?|[-–—\s]*[ivx]{1,5}[-–—\s]*)$"
)
_CALLOUT = re.compile(
    r"^(?:約|およそ|全体の|わずか)?\s?[▲+\-−]?\s?[\d,.．０-９]+\s?(?:[%％割倍点人社件名]|ポイント|pt)?(?:以上|超|強|弱)?$"
)
_NOTE = re.compile(r"(?:資料|出典|出所|注|備考|\(注\)|（注）)\s?\d*\s?[：:）)]")
# A finished statement and the head of a next one: running text that a column or a page broke off.
_TOLD = re.compile(r"(?:であった|でした|ました|ている|ています|となった)。.")
_PARTICLE_END = re.compile(r"(?:[がのをに]|から|まで|より)\s*$")  # no line of a list ends so
_ASCII_END = re.compile(r"[A-Za-z0-9,.;:!?)\]]$")
_ASCII_START = re.compile(r"^[A-Za-z0-9(\[]")


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of a line: characters with a box each."""

    text: str
    boxes: tuple[Box, ...]
    doubts: tuple[float, ...]
    box: Box
    size: float
    bold: bool
    color: str
    seen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, top to bottom."""

    lines: tuple[Line, ...]
    box: Box
    size: float


def scene_to_paragraphs(scene: Scene, taken: Taken) -> tuple[Paragraph, ...]:
    """The running text of the scene without the words that charts and tables have taken."""
    if scene.paragraphs:
        return scene.paragraphs
    words = [w for i, w in enumerate(scene.words) if i not in taken.words and w.text.strip()]
    if not words:
        return ()
    lines = _without_margins(_without_furigana(_lines(words)), scene)
    if not lines:
        return ()
    body = body_size(lines)
    blocks = _ordered(_blocks(lines))
    out: list[Paragraph] = []
    for block in blocks:
        paragraphs = _paragraphs(block, body)
        if out and _goes_on(out[-1], paragraphs[0]):
            paragraphs[0] = joined(out.pop(), paragraphs[0])
        out.extend(paragraphs)
    return tuple(_over_columns(out))


def _over_columns(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Join what a column broke off with its rest, though captions, units and notes stand between them."""
    out = list(paragraphs)
    for at in range(len(out) - 1, -1, -1):
        for k in range(at + 2, min(at + 2 + BETWEEN, len(out))):
            if len(out[k].text) < BROKEN or out[k].kind != "body" or _NOTE.match(out[k].text):
                continue
            beside = out[at].boxes and out[k].boxes and out[k].boxes[0].x0 > out[at].boxes[-1].x0
            if beside and _goes_on(out[at], out[k]) and not _BULLET.match(out[k].text):
                out[at] = joined(out[at], out.pop(k))
            break
    return out


def _goes_on(last: Paragraph, first: Paragraph) -> bool:
    """Whether a sentence that one block broke off goes on in the next, as at the foot of a column."""
    if last.kind != "body" or first.kind != "body" or len(last.text) < BROKEN:
        return False
    higher = first.boxes[0].y0 < last.boxes[-1].y0
    alike = abs(last.boxes[-1].height - first.boxes[0].height) <= ALIKE * last.boxes[-1].height
    ended = re.search(r"[。！？!?」』）)：:％%]\s*$", last.text) or re.search(r"https?:", last.text[-40:])
    return higher and alike and not ended and "。" in first.text and "。" in last.text + first.text


def joined(first: Paragraph, second: Paragraph) -> Paragraph:
    """One paragraph of two that a column, a page or a picture parted."""
    known = len(first.boxes) == len(first.text) and len(second.boxes) == len(second.text)
    doubts = _doubts(first) + _doubts(second) if first.doubts or second.doubts else ()
    boxes = first.boxes + second.boxes if known else ()
    return replace(first, text=first.text + second.text, boxes=boxes, doubts=doubts)


def _doubts(paragraph: Paragraph) -> tuple[float, ...]:
    return paragraph.doubts or (1.0,) * len(paragraph.text)


def scene_lines(scene: Scene) -> list[Line]:
    """All line pieces of a page, top to bottom, whoever has taken their words."""
    return _lines([w for w in scene.words if w.text.strip()])


def running_heads(pages: Sequence[Sequence[Paragraph]]) -> frozenset[str]:
    """Texts that stand on many pages but for their numbers: page heads and feet, side tabs.

    A call-out or a heading stands on one or two; ``REPEATED`` pages make it furniture.
    """
    seen: Counter[str] = Counter()
    for paragraphs in pages:
        seen.update({_numberless(p.text) for p in paragraphs if len(p.text) <= 80})
    return frozenset(t for t, n in seen.items() if n >= max(REPEATED, 0.3 * len(pages)) and len(t) > 1)


def is_running(paragraph: Paragraph, heads: frozenset[str]) -> bool:
    """Whether the paragraph is one of the document's running heads."""
    return len(paragraph.text) <= 80 and _numberless(paragraph.text) in heads


def _numberless(text: str) -> str:
    """The text without page numbers; a statement keeps its numbers, they make it another one."""
    if re.search(r"[%％割。]", text):
        return text
    return re.sub(r"[\d\s０-９]+", "", text)


def body_size(lines: Sequence[Line]) -> float:
    """The type size that most characters have."""
    weight: Counter[float] = Counter()
    for line in lines:
        weight[round(line.size * 2) / 2] += len(line.text)
    return max(weight, key=lambda size: weight[size])


# words -> line pieces


def _lines(words: Sequence[Word]) -> list[Line]:
    """Words side by side on one base line, parted at wide gaps; upright words only by their own line."""
    flat = sorted((w for w in words if w.angle % 180 == 0), key=lambda w: (w.box.cy, w.box.x0))
    rows: list[list[Word]] = []
    for word in flat:
        row = next((r for r in reversed(rows[-12:]) if _same_row(r, word)), None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    pieces = [piece for row in rows for piece in _pieces(sorted(row, key=lambda w: w.box.x0))]
    pieces += [[w] for w in words if w.angle % 180 != 0]
    return sorted((_line(p) for p in pieces), key=lambda ln: (ln.box.y0, ln.box.x0))


def _same_row(row: Sequence[Word], word: Word) -> bool:
    last = row[-1]
    shared = min(last.box.y1, word.box.y1) - max(last.box.y0, word.box.y0)
    return (
        shared > 0.5 * min(last.box.height, word.box.height) and 0.5 < word.size / max(last.size, 0.1) < 2.0
    )


def _pieces(row: Sequence[Word]) -> list[list[Word]]:
    out: list[list[Word]] = []
    reach = 0.0  # a comma printed inside a word ends before that word does
    for word in row:
        last = out[-1][-1] if out else None
        labelled = last is not None and (word.text[:1] in "：:" or last.text[-1:] in "：:")
        if last is not None and word.box.x0 - reach <= (LABEL_GAP if labelled else WIDE_GAP) * max(
            word.size, last.size
        ):
            out[-1].append(word)
            reach = max(reach, word.box.x1)
        else:
            out.append([word])
            reach = word.box.x1
    return out


def _line(words: Sequence[Word]) -> Line:
    text = ""
    boxes: list[Box] = []
    doubts: list[float] = []
    for word in _untangled(words):
        own = _character_boxes(word)
        if text and _spaced(boxes[-1], word, text):
            text += " "
            boxes.append(Box(boxes[-1].x1, boxes[-1].y0, max(own[0].x0, boxes[-1].x1), boxes[-1].y1))
            doubts.append(1.0)
        text += word.text
        boxes.extend(own)
        doubts.extend(_character_doubts(word))
    size = max(words, key=lambda w: len(w.text)).size
    bold = sum(len(w.text) for w in words if w.bold) * 2 > len(text)
    around = hull(w.box for w in words)
    return Line(plain_signs(text), tuple(boxes), tuple(doubts), around, size, bold, _color(words))


def _color(words: Sequence[Word]) -> str:
    """The colour that most characters have."""
    weight: Counter[str] = Counter()
    for word in words:
        weight[word.color] += len(word.text)
    return max(weight, key=lambda color: weight[color])


def _character_doubts(word: Word) -> list[float]:
    """The confidence of each character that OCR saw, kept below 1; 1.0 for a text layer."""
    if word.seen_by == "text":
        return [1.0] * len(word.text)
    own = word.doubts if len(word.doubts) == len(word.text) else (word.confidence,) * len(word.text)
    return [min(d, SURE) for d in own]


def _untangled(words: Sequence[Word]) -> Sequence[Word]:
    """Words one after the other; a word printed inside another one (a comma between brackets set close,
    with a glyph of its own) is put between that word's characters."""
    out: list[Word] = []
    for word in words:
        host = out[-1] if out else None
        if (
            host is None
            or word.box.x1 > host.box.x1
            or len(word.text) > 2
            or len(host.edges) != len(host.text) + 1
        ):
            out.append(word)
            continue
        boxes = _character_boxes(host)
        k = sum(b.cx <= word.box.cx for b in boxes)
        edge = host.edges[k]
        edges = (*host.edges[:k], *(edge for _ in word.text), *host.edges[k:])
        out[-1] = replace(host, text=host.text[:k] + word.text + host.text[k:], edges=edges, doubts=())
    return out


@lru_cache(maxsize=4096)  # the lines of a page are put together twice: with its tables and without
def _character_boxes(word: Word) -> tuple[Box, ...]:
    b, n = word.box, len(word.text)
    upright = word.angle % 180 != 0
    lo, hi = (b.y0, b.y1) if upright else (b.x0, b.x1)
    edges = word.edges if len(word.edges) == n + 1 else tuple(lo + (hi - lo) * k / n for k in range(n + 1))
    steps = itertools.pairwise(edges)
    if upright:
        return tuple([Box(b.x0, p, b.x1, q) if p <= q else Box(b.x0, q, b.x1, p) for p, q in steps])
    return tuple([Box(p, b.y0, q, b.y1) if p <= q else Box(q, b.y0, p, b.y1) for p, q in steps])


def _spaced(last: Box, word: Word, text: str) -> bool:
    gap = word.box.x0 - last.x1
    latin = bool(_ASCII_END.search(text) and _ASCII_START.search(word.text))
    return gap > (0.15 if latin else 0.6) * word.size


def _without_furigana(lines: Sequence[Line]) -> list[Line]:
    def reads(small: Line, big: Line) -> bool:
        above = -0.2 * big.size <= big.box.y0 - small.box.y1 <= 0.3 * big.size
        inside = small.box.x0 >= big.box.x0 - big.size and small.box.x1 <= big.box.x1 + big.size
        return (
            small.size < FURIGANA * big.size
            and above
            and inside
            and bool(re.fullmatch(r"[ぁ-んァ-ヶー\s]+", small.text))
        )

    return [ln for ln in lines if not any(reads(ln, other) for other in lines if other is not ln)]


def _without_margins(lines: Sequence[Line], scene: Scene) -> list[Line]:
    """Page numbers dropped; running heads can only be known over all pages (see extract.prose)."""
    top, bottom = scene.height * MARGIN, scene.height * (1 - MARGIN)
    if scene.height <= 0:
        return list(lines)
    return [
        ln
        for ln in lines
        if not ((ln.box.y1 <= top or ln.box.y0 >= bottom) and _PAGE_NUMBER.match(ln.text.strip()))
    ]


# line pieces -> blocks


def _blocks(lines: Sequence[Line]) -> list[Block]:
    """Pieces joined with the nearest one right above when size and place agree."""
    groups: list[list[Line]] = []
    for line in lines:
        home = [g for g in groups if _continues(g, line)]
        if home:
            min(home, key=lambda g: line.box.y0 - g[-1].box.y1).append(line)
        else:
            groups.append([line])
    return [
        Block(tuple(g), hull(ln.box for ln in g), max(g, key=lambda ln: len(ln.text)).size) for g in groups
    ]


def _continues(group: Sequence[Line], line: Line) -> bool:
    last = group[-1]
    gap = line.box.y0 - last.box.y1
    size = max(last.size, line.size)
    overlap = min(last.box.x1, line.box.x1) - max(last.box.x0, line.box.x0)
    if not (-0.5 * size < gap <= LEADING * size) or overlap <= 0:
        return False
    if abs(last.size - line.size) > ALIKE * size:
        return False
    return overlap > 0.5 * min(last.box.width, line.box.width)


# blocks -> reading order


def _ordered(blocks: list[Block]) -> list[Block]:
    """Columns first where a gutter runs through, else rows at the widest gap, and so on inside."""
    if len(blocks) < 2:
        return blocks
    size = sorted(b.size for b in blocks)[len(blocks) // 2]
    for cut in (_cut_columns(blocks, size), _cut_rows(blocks)):
        if cut:
            return [b for part in cut for b in _ordered(part)]
    return sorted(blocks, key=lambda b: (b.box.y0, b.box.x0))


def _cut_columns(blocks: list[Block], size: float) -> list[list[Block]] | None:
    x, side = _widest_gap([(b.box.x0, b.box.x1) for b in blocks])
    if side < GUTTER * size:
        return None
    left, right = [b for b in blocks if b.box.x1 <= x], [b for b in blocks if b.box.x1 > x]
    tall = all(sum(len(b.lines) for b in part) >= 2 for part in (left, right))
    y0, y1 = (
        max(min(b.box.y0 for b in p) for p in (left, right)),
        min(max(b.box.y1 for b in p) for p in (left, right)),
    )
    return [left, right] if tall and y1 - y0 > 2 * size else None


def _cut_rows(blocks: list[Block]) -> list[list[Block]] | None:
    y, height = _widest_gap([(b.box.y0, b.box.y1) for b in blocks])
    if height <= 0:
        return None
    return [[b for b in blocks if b.box.y1 <= y], [b for b in blocks if b.box.y1 > y]]


def _widest_gap(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Where the widest strip free of all spans begins, and how wide it is (0 when there is none)."""
    best, width, reach = 0.0, 0.0, None
    for lo, hi in sorted(spans):
        if reach is not None and lo - reach > width:
            best, width = reach, lo - reach
        reach = hi if reach is None else max(reach, hi)
    return best, width


# blocks -> paragraphs


def _paragraphs(block: Block, body: float) -> list[Paragraph]:
    out: list[list[Line]] = []
    for line in block.lines:
        if out and _wraps(out[-1][-1], line, block):
            out[-1].append(line)
        else:
            out.append([line])
    return [_paragraph(lines, body) for lines in out]


def _wraps(last: Line, line: Line, block: Block) -> bool:
    weight = last.bold != line.bold and last.size >= line.size and not _unclosed(last.text)
    if _BULLET.match(line.text) or weight or _is_labelled(line, block):
        return False
    short = block.box.x1 - last.box.x1
    reaches = short <= SLACK_RIGHT * last.size
    ends = bool(re.search(r"[。！？!?]$", last.text.strip()))
    indented = line.box.x0 - last.box.x0 > 0.6 * line.size and line.box.x0 - block.box.x0 > 0.6 * line.size
    if ends:
        return reaches and not indented
    if _centred(last, line):
        return _WIDOW.fullmatch(line.text.strip()) is not None
    reaches = reaches or short <= RAGGED * block.box.width
    return (
        reaches
        or _unclosed(last.text)
        or (
            not re.search(r"[。]", last.text)
            and (len(block.lines) <= 8 or _PARTICLE_END.search(last.text) is not None)
            and not indented
            and _open_end(last.text)
        )
    )


def _is_labelled(line: Line, block: Block) -> bool:
    """Whether the line is one of several that begin with a label and a colon: a list, not wrapped text."""
    return _LABELLED.match(line.text) is not None and any(
        _LABELLED.match(other.text) and abs(other.box.x0 - line.box.x0) < 0.6 * line.size
        for other in block.lines
        if other is not line
    )


def _centred(last: Line, line: Line) -> bool:
    """Lines of different length about one middle are a title's own lines, not a wrapped sentence."""
    ragged = abs(line.box.x0 - last.box.x0) > line.size and abs(line.box.x1 - last.box.x1) > line.size
    return ragged and abs(line.box.cx - last.box.cx) < 0.5 * line.size


def _unclosed(text: str) -> bool:
    return any(text.count(a) > text.count(b) for a, b in ("「」", "（）", "『』"))


def _open_end(text: str) -> bool:
    return bool(re.search(r"(?:[、,（(「・]|[がのをにはでとやもらり]|し|て)$", text.strip())) or text.count(
        "「"
    ) > text.count("」")


def _paragraph(lines: Sequence[Line], body: float) -> Paragraph:
    text = ""
    boxes: list[Box] = []
    doubts: list[float] = []
    for line in lines:
        cut = cuts_number(text, line.text)
        if text and not cut and _ASCII_END.search(text) and _ASCII_START.search(line.text):
            text += " "
            boxes.append(replace(boxes[-1], x0=boxes[-1].x1))
            doubts.append(1.0)
        text += line.text
        boxes.extend(line.boxes)
        doubts.extend(line.doubts)
    size = max(ln.size for ln in lines)
    kind, level = _kind(text, size, body, all(ln.bold for ln in lines))
    seen = tuple(doubts) if any(d < 1 for d in doubts) else ()
    return Paragraph(text, kind, tuple(boxes), level, doubts=seen)


def _kind(text: str, size: float, body: float, bold: bool) -> tuple[ParagraphKind, int]:
    stripped = text.strip()
    if size >= HUGE * body and _CALLOUT.match(stripped) and find_quantities(stripped):
        return "callout", 0
    short = len(stripped) <= 80 and not stripped.endswith("。") and not _TOLD.search(stripped)
    if short and size >= LARGE * body:
        return "heading", 1 if size >= HUGE * body else 2
    if short and bold and len(stripped) <= 50:
        return "heading", 3
    if re.match(r"^[※＊*注]", stripped):
        return "note", 0
    if _BULLET.match(stripped):
        return "item", 0
    return "body", 0
