"""Big numbers in a row or a column, each with a name and perhaps icons: 「解約率が低下した」 43%.

Infographics show shares so, without any bar. Two or more numbers of one size in a row or a column, each with
a name at the same place beside it, are the values of one question. Waffles and rows of persons that stand
with the number are counted: 43 of 100 squares in colour bear 43 % out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from extract.charts.color import is_grey, is_pale, shown
from extract.charts.draft import Cell, ChartDraft, Label, Measure
from extract.charts.namedvalues import Block, find_blocks
from extract.charts.regions import chart_region
from extract.charts.sites import Plot
from extract.charts.titles import text_lines
from extract.charts.wording import join, lines_to_names
from extract.scene import Box, Mark, Scene, hull

# The numbers are set at least this many times as large as their names.
LARGER = 1.3
# Numbers of one chart have one size within this share, and stand in line within this many em of theirs.
ONE_SIZE, SEEN_SIZE, IN_LINE = 0.06, 0.16, 0.6  # the second where recognition measured the size
# Their names keep one place beside them within this many em of the number, at most this far away (em): a
# waffle may stand between, or a row of persons.
ONE_PLACE, FARTHEST, ROW = 0.8, 9.0, 20.0
# More numbers than this are a table.
MOST = 12
# A longer name (characters), or one that goes on from the number or ends a sentence, is a sentence.
LONGEST = 30
SENTENCE = re.compile(r"^[がはをのとでにもへ、]|[。、．]$")
LETTER = re.compile(r"[^\W\d_]")
# Icons of one pictogram: so many at least, of one size in steps of this (the page's unit).
FEWEST_ICONS, SIZE_STEP = 10, 0.5

Side = Literal["over", "under", "left", "right"]
SIDES: tuple[Side, ...] = ("over", "under", "left", "right")


@dataclass(frozen=True, slots=True)
class _Card:
    """A number, with the text block that names it."""

    label: Label
    size: float
    name: Block | None


def read_cards(scene: Scene, taken: Iterable[int]) -> list[ChartDraft]:
    """The cards among the words that no chart has taken, one draft per row, column or grid of them."""
    used = set(taken)
    blocks = find_blocks(scene, [w for w in range(len(scene.words)) if w not in used])
    numbers = [_Card(label, scene.words[label.word].size, b if b.names else None)
               for b in blocks if (label := b.percent) is not None]  # fmt: skip
    texts = [b for b in blocks if b.names and not b.labels]
    drafts = []
    for group in _groups(numbers):
        named = _named(group, texts)
        if named is not None:
            drafts.append(_to_draft(scene, named, used))
    return drafts


def _groups(numbers: Sequence[_Card]) -> list[list[_Card]]:
    """Numbers of one size that stand in rows and columns with each other."""
    groups: list[list[_Card]] = []
    for card in sorted(numbers, key=lambda c: (-c.size, c.label.box.y0, c.label.box.x0)):
        for group in groups:
            slack = ONE_SIZE if card.label.engine == "text" else SEEN_SIZE
            if abs(group[0].size - card.size) <= slack * card.size and any(
                _in_line(card, other) for other in group
            ):
                group.append(card)
                break
        else:
            groups.append([card])
    return [group for group in groups if 2 <= len(group) <= MOST]


def _in_line(one: _Card, other: _Card) -> bool:
    a, b, slack = one.label.box, other.label.box, IN_LINE * one.size
    return min(abs(a.cy - b.cy), abs(a.cx - b.cx), abs(a.x0 - b.x0), abs(a.x1 - b.x1)) <= slack


def _named(group: Sequence[_Card], texts: Sequence[Block]) -> list[_Card] | None:
    """The numbers with their names: their own, or those on the side where all have one at one place."""
    own = [card for card in group if card.name is not None and _may_name(card.name, card)]
    if len(own) == len(group):
        return list(group)
    # Where some names stand so near to their numbers that they make one block, and others do not.
    texts = [*texts, *(_apart(card.name) for card in own if card.name is not None)]
    found: list[tuple[float, list[_Card]]] = []
    for side in SIDES:
        names = [_nearest(card, texts, side) for card in group]
        if any(name is None for name in names):
            continue
        cards = [replace(card, name=name) for card, name in zip(group, names, strict=True)]
        told = {name.box for name in names if name is not None}
        if len(told) == len(cards) and _one_place(cards, side):
            found.append((sum(_away(c.label.box, c.name.box, side) for c in cards if c.name), cards))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _apart(block: Block) -> Block:
    """The names of a block without its values."""
    return replace(block, labels=(), box=hull(line.box for line in block.names))


def _may_name(block: Block, card: _Card) -> bool:
    text = join([line.text for line in block.names])
    size = max(line.size for line in block.names)
    wording = bool(LETTER.search(text)) and len(text) <= LONGEST and not SENTENCE.search(text)
    return wording and card.size >= LARGER * size


def _nearest(card: _Card, texts: Sequence[Block], side: Side) -> Block | None:
    """The nearest text on this side of the number that may be its name."""
    box = card.label.box
    beside = [t for t in texts if _on_side(box, t.box, side, card.size)]
    best = min(beside, key=lambda t: _away(box, t.box, side), default=None)
    reach = (ROW if side == "left" else FARTHEST) * card.size
    if best is None or _away(box, best.box, side) > reach or not _may_name(best, card):
        return None
    return best


def _on_side(number: Box, text: Box, side: Side, em: float) -> bool:
    if side in ("over", "under"):
        level = min(number.x1, text.x1) > max(number.x0, text.x0)
        return level and (
            text.y1 <= number.y0 + 0.3 * em if side == "over" else text.y0 >= number.y1 - 0.3 * em
        )
    level = abs(number.cy - text.cy) <= 0.8 * em
    return level and (text.x1 <= number.x0 if side == "left" else text.x0 >= number.x1)


def _away(number: Box, text: Box, side: Side) -> float:
    gaps = {
        "over": number.y0 - text.y1,
        "under": text.y0 - number.y1,
        "left": number.x0 - text.x1,
        "right": text.x0 - number.x1,
    }
    return max(gaps[side], 0.0)


def _one_place(cards: Sequence[_Card], side: Side) -> bool:
    """Whether the names stand at the same place beside each number: across, and along by either edge."""
    pairs = [(c.label.box, c.name.box) for c in cards if c.name is not None]
    slack = ONE_PLACE * cards[0].size
    if side in ("over", "under"):
        across = [_away(number, text, side) for number, text in pairs]
        along = [
            [n.cx - t.cx for n, t in pairs],
            [n.x0 - t.x0 for n, t in pairs],
            [n.x1 - t.x1 for n, t in pairs],
        ]
    else:
        across = [n.cy - t.cy for n, t in pairs]
        along = [
            [n.x0 - t.x0 for n, t in pairs],
            [n.x0 - t.x1 for n, t in pairs],
            [n.x1 - t.x0 for n, t in pairs],
        ]
    return max(across) - min(across) <= slack and any(max(a) - min(a) <= slack for a in along)


def _to_draft(scene: Scene, cards: Sequence[_Card], used: set[int]) -> ChartDraft:
    ordered = sorted(cards, key=lambda c: (round(c.label.box.cy / c.size), c.label.box.x0))
    names = lines_to_names([c.name.names for c in ordered if c.name is not None])
    words = {c.label.word for c in ordered} | {w for name in names for w in name.words}
    parts = [hull([c.label.box, *(line.box for line in c.name.names)]) for c in ordered if c.name]
    icons = [_icons(scene.marks, box, parts) for box in parts]
    plot = Plot("cards", hull([*parts, *(mark.box for group in icons for mark in group)]), ())
    lines = text_lines(scene, [w for w in range(len(scene.words)) if w not in used | words])
    region = chart_region(scene, plot, None, frozenset(words), [], lines)
    cells = tuple(
        Cell(None, k, card.label, None, _share(icons[k]), card.label.box, card.label.unit)
        for k, card in enumerate(ordered)
    )
    return ChartDraft("cards", region, (), names, cells, words=tuple(sorted(words)))


def _icons(marks: Sequence[Mark], card: Box, cards: Sequence[Box]) -> list[Mark]:
    """The icons of one size in rows that stand with this number and with no other; empty without any."""
    sizes: dict[tuple[str, int, int], list[Mark]] = {}
    for mark in (m for m in marks if m.fill and _belongs(m.box, card, cards)):
        key = mark.kind, round(mark.box.width / SIZE_STEP), round(mark.box.height / SIZE_STEP)
        sizes.setdefault(key, []).append(mark)
    best = max(sizes.values(), key=len, default=[])
    ordered = sorted(best, key=lambda m: (round(m.box.cy), m.box.cx))
    gaps = [b.box.cx - a.box.cx for a, b in pairwise(ordered) if round(a.box.cy) == round(b.box.cy)]
    return ordered if len(best) >= FEWEST_ICONS and gaps and max(gaps) <= 1.5 * min(gaps) else []


def _share(icons: Sequence[Mark]) -> Measure | None:
    """The percentage of them that is in colour, when the rest is of one pale colour or grey."""
    inked = [m for m in icons if not is_pale(shown(m), 200) and not is_grey(shown(m))]
    if len({shown(m) for m in inked}) != 1 or len({shown(m) for m in icons}) != 2:
        return None
    return Measure(100.0 * len(inked) / len(icons), 100.0 / len(icons), f"{len(inked)} of {len(icons)} icons")


def _belongs(mark: Box, card: Box, cards: Sequence[Box]) -> bool:
    """Whether a mark is nearer to this card than to any other."""
    mine = _distance(mark, card)
    return all(other is card or _distance(mark, other) > mine for other in cards)


def _distance(mark: Box, card: Box) -> float:
    dx = max(card.x0 - mark.cx, mark.cx - card.x1, 0.0)
    dy = max(card.y0 - mark.cy, mark.cy - card.y1, 0.0)
    return dx + dy
